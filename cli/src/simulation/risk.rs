//! High-risk actions: those by which a principal, once taken over, gets further than its own policies say.

use super::actions::Allowed;
use catalog::{AccessLevel, Catalog};

/// What counts, for reports.
pub const DEFINITION: &str =
    "actions that AWS classes as permissions management, and those that hand on a role or make credentials";

/// Beside the actions whose access level is "Permissions management": what AWS classes as writing or reading, though it
/// hands out an identity. <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html>
const BESIDES: [(&str, &str); 18] = [
    ("iam:PassRole", "gives a role to a service, which then acts with it"),
    ("iam:CreateAccessKey", "makes a lasting key of a user"),
    ("iam:UpdateAccessKey", "makes a key work again that was switched off"),
    ("iam:CreateLoginProfile", "gives a user a password"),
    ("iam:UpdateLoginProfile", "changes a user's password"),
    ("iam:CreateServiceSpecificCredential", "makes a password of a user for one service"),
    ("iam:ResetServiceSpecificCredential", "changes a user's password for one service"),
    ("iam:UpdateServiceSpecificCredential", "makes a password work again that was switched off"),
    ("iam:UploadSigningCertificate", "lets a certificate sign as a user"),
    ("iam:UploadSSHPublicKey", "lets a key act as a user in CodeCommit"),
    ("sts:AssumeRole", "makes a session of a role"),
    ("sts:AssumeRoleWithSAML", "makes a session of a role"),
    ("sts:AssumeRoleWithWebIdentity", "makes a session of a role"),
    ("sts:AssumeRoot", "makes a session of a member account's root user"),
    ("sts:GetFederationToken", "makes a session that outlives the credentials it came from"),
    ("ec2-instance-connect:SendSSHPublicKey", "opens a shell on an instance, and with it the instance's role"),
    ("ssm:StartSession", "opens a shell on an instance, and with it the instance's role"),
    ("redshift:GetClusterCredentials", "makes a password of a database user"),
];

/// Why an action is high-risk, if it is.
pub fn reason(action: &str, catalog: &Catalog) -> Option<&'static str> {
    let (service, name) = action.split_once(':')?;
    if let Some((_, reason)) = BESIDES.iter().find(|(besides, _)| besides.eq_ignore_ascii_case(action)) {
        return Some(reason);
    }
    let level = catalog.action(service, name)?.access_level();
    (level == AccessLevel::PermissionsManagement).then_some("grants or changes permissions")
}

/// The high-risk actions among those allowed, each with the reason.
pub fn among(allowed: &Allowed, catalog: &Catalog) -> Vec<(String, &'static str)> {
    let found = allowed.iter().filter_map(|(_, action)| Some((action.to_owned(), reason(action, catalog)?)));
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_actions_that_exist_and_are_not_counted_anyway() {
        let catalog = catalog::builtin();
        for (name, _) in BESIDES {
            let (service, action) = name.split_once(':').unwrap();
            let known = catalog.action(service, action).unwrap_or_else(|| panic!("{name} does not exist"));
            assert_eq!(known.name(), action);
            assert_ne!(known.access_level(), AccessLevel::PermissionsManagement, "{name} counts without the table");
        }
    }

    #[test]
    fn the_reason_is_told() {
        let catalog = catalog::builtin();
        assert_eq!(reason("iam:passrole", catalog), Some("gives a role to a service, which then acts with it"));
        assert_eq!(reason("s3:PutBucketPolicy", catalog), Some("grants or changes permissions"));
        assert_eq!(reason("s3:GetObject", catalog), None);
        assert_eq!(reason("nothing:AtAll", catalog), None);
    }
}
