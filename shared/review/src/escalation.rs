//! Ways in which whoever has the policies can get more access than they give.
//!
//! The ways are data: `escalation/paths.jsonl`. Whether one is open is decided by what is effectively allowed, however the
//! policies are written, and over all policies of a principal.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::access::Access;

/// A known way to get more access.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Path {
    /// Its name, never given to another path.
    pub id: String,
    /// What is done, in the imperative.
    pub title: String,
    /// What kind of way it is.
    pub category: Category,
    /// The actions that it takes, as `service:Name`.
    pub requires: Vec<String>,
    /// The service that a role is passed to; empty where any will do, or none is passed.
    #[serde(default)]
    pub service: String,
    /// Whether it gives nothing where it can be done to the caller's own user only.
    #[serde(default)]
    only_on_others: bool,
    /// Whether it is one only where all resources of a kind are reached.
    #[serde(default)]
    only_wide: bool,
    /// What has to be there in the account, which policies do not tell; empty where nothing has to.
    pub prerequisites: String,
    /// Where it is described.
    pub references: Vec<String>,
}

/// A kind of way to more access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// The caller changes his own policies.
    SelfEscalation,
    /// The caller becomes somebody else.
    PrincipalAccess,
    /// The caller starts something with a role of his choice.
    NewPassrole,
    /// The caller uses what runs with a role already.
    ExistingPassrole,
}

impl Category {
    /// The word for it in answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Category::SelfEscalation => "self-escalation",
            Category::PrincipalAccess => "principal-access",
            Category::NewPassrole => "new-passrole",
            Category::ExistingPassrole => "existing-passrole",
        }
    }
}

static PATHS: LazyLock<Vec<Path>> = LazyLock::new(|| {
    // A test holds that every line is read.
    let lines = include_str!("../escalation/paths.jsonl").lines();
    lines.filter_map(|line| serde_json::from_str(line).ok()).collect()
});

/// Every path, in the order of the file.
#[must_use]
pub fn paths() -> &'static [Path] {
    &PATHS
}

/// An open path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// Its [`Path::id`]; `pass-role-to-SERVICE` for a service that no path of its own is known for.
    pub id: String,
    /// What is done.
    pub title: String,
    /// What kind of way it is.
    pub category: Category,
    /// The actions that it takes.
    pub actions: Vec<String>,
    /// What has to be there in the account.
    pub prerequisites: String,
    /// Where it is described.
    pub references: Vec<String>,
}

const PASS_ROLE: &str = "iam:PassRole";

/// The paths that are open, in the order of the file, then those that are inferred: whatever hands a role to a service.
#[must_use]
pub fn escalations(access: &Access<'_>) -> Vec<Escalation> {
    if access.cells.is_empty() {
        return Vec::new();
    }
    let known = paths().iter().filter(|path| path.is_open(access)).map(|path| Escalation {
        id: path.id.clone(),
        title: path.title.clone(),
        category: path.category,
        actions: path.requires.clone(),
        prerequisites: path.prerequisites.clone(),
        references: path.references.clone(),
    });
    let mut found: Vec<Escalation> = known.collect();
    if access.allows(PASS_ROLE) {
        found.extend(inferred(access));
    }
    found
}

/// Actions that hand a role to a service and stand in no path.
fn inferred(access: &Access<'_>) -> Vec<Escalation> {
    let inventory = access.inventory;
    let mut found: Vec<Escalation> = Vec::new();
    for (number, service) in inventory.passing() {
        let allowed = access.cells.iter().any(|cell| cell.actions.has(*number));
        if !allowed || !access.passes_roles_to(service) {
            continue;
        }
        let Some(name) = inventory.name(*number) else { continue };
        if paths().iter().any(|path| path.requires.iter().any(|action| action.eq_ignore_ascii_case(&name))) {
            continue;
        }
        let prefix = name.split(':').next().unwrap_or_default();
        let id = format!("pass-role-to-{prefix}");
        match found.iter_mut().find(|one| one.id == id) {
            Some(one) => one.actions.push(name),
            None => found.push(Escalation {
                id,
                title: format!("Hand a role to `{prefix}`"),
                category: Category::NewPassrole,
                actions: vec![PASS_ROLE.to_owned(), name],
                prerequisites: "a role trusts the service".to_owned(),
                references: vec![
                    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html".to_owned(),
                ],
            }),
        }
    }
    found
}

impl Path {
    fn is_open(&self, access: &Access<'_>) -> bool {
        self.requires.iter().all(|action| {
            if action.eq_ignore_ascii_case(PASS_ROLE) {
                access.passes_roles_to(&self.service)
            } else if self.only_wide {
                access.allows_on_all(action)
            } else if self.only_on_others {
                access.allows_on_others(action)
            } else {
                access.allows(action)
            }
        })
    }
}

/// Whether an action, in lower case, gives more access by itself, or hands a role to a service.
pub(crate) fn gives_more_access(action: &str) -> bool {
    static ALONE: LazyLock<Vec<String>> = LazyLock::new(|| {
        let alone = PATHS.iter().filter(|path| path.requires.len() == 1 && path.category != Category::ExistingPassrole);
        let mut names: Vec<String> =
            alone.flat_map(|path| &path.requires).map(|name| name.to_ascii_lowercase()).collect();
        names.push(PASS_ROLE.to_ascii_lowercase());
        names.sort_unstable();
        names
    });
    ALONE.binary_search_by(|known| known.as_str().cmp(action)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Inventory, PolicyType};

    fn open(statements: &str) -> Vec<String> {
        let document = policy::parse(&format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)).unwrap();
        let inventory = Inventory::new(catalog::builtin());
        let access = inventory.access(&[document], PolicyType::Identity, &[]);
        escalations(&access).into_iter().map(|one| one.id).collect()
    }

    fn allow(actions: &str, rest: &str) -> String {
        format!(r#"{{"Effect": "Allow", "Action": [{actions}], {rest}}}"#)
    }

    #[test]
    fn every_line_of_the_data_is_a_path_of_its_own_and_names_actions_that_exist() {
        let lines = include_str!("../escalation/paths.jsonl").lines().count();
        assert_eq!(paths().len(), lines);
        assert!(lines >= 200);
        let mut ids: Vec<&str> = paths().iter().map(|path| path.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), lines);
        for action in paths().iter().flat_map(|path| &path.requires) {
            let (service, name) = action.split_once(':').unwrap();
            let catalog = catalog::builtin();
            let gone = catalog.service(service).is_none_or(|service| service.retired());
            assert!(gone || catalog.action(service, name).is_some(), "{action}");
        }
    }

    #[test]
    fn a_path_is_open_by_what_is_allowed_and_not_by_how_it_is_written() {
        for (actions, rest) in [
            (r#""iam:CreatePolicyVersion""#, r#""Resource": "*""#),
            (r#""iam:Create?olicyV*""#, r#""Resource": "*""#),
            (r#""IAM:createpolicyversion""#, r#""Resource": "arn:*:*:*:*:*""#),
            (r#""iam:*""#, r#""Resource": "*", "Condition": {"StringLike": {"aws:PrincipalArn": "*"}}"#),
            (r#""iam:CreatePolicyVersion""#, r#""Resource": "arn:aws:iam::111122223333:policy/orders""#),
            (r#""iam:CreatePolicyVersion""#, r#""NotResource": "arn:aws:iam::111122223333:policy/admin""#),
        ] {
            assert!(open(&allow(actions, rest)).contains(&"iam-create-policy-version".to_owned()), "{actions} {rest}");
        }
    }

    #[test]
    fn what_takes_no_role_to_pass_is_a_path_by_itself() {
        for (action, path) in [
            ("ssm:CreateAssociation", "ssm-create-association-existing"),
            ("ssm:UpdateAssociation", "ssm-update-association"),
            ("rolesanywhere:CreateTrustAnchor", "rolesanywhere-create-trust-anchor"),
            ("rolesanywhere:UpdateTrustAnchor", "rolesanywhere-update-trust-anchor"),
            ("organizations:DetachPolicy", "organizations-detach-policy"),
            ("organizations:UpdatePolicy", "organizations-update-policy"),
        ] {
            let open = open(&allow(&format!("\"{action}\""), r#""Resource": "*""#));
            assert_eq!(open, [path], "{action}");
        }
        let targets = allow(r#""iam:PassRole", "events:PutTargets""#, r#""Resource": "*""#);
        assert!(open(&targets).contains(&"events-put-targets-existing".to_owned()));
    }

    #[test]
    fn a_path_is_closed_by_a_deny_another_resource_or_a_time_that_is_past() {
        let deny = r#"{"Effect": "Deny", "Action": "iam:*Version", "Resource": "*"}"#;
        let allowed = allow(r#""iam:CreatePolicyVersion""#, r#""Resource": "*""#);
        assert!(open(&format!("{allowed}, {deny}")).is_empty());
        assert!(open(&allow(r#""iam:CreatePolicyVersion""#, r#""Resource": "arn:aws:s3:::example""#)).is_empty());
        let past = r#""Resource": "*", "Condition": {"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}"#;
        assert!(open(&allow(r#""iam:CreatePolicyVersion""#, past)).is_empty());
        let own = r#""Resource": "arn:aws:iam::*:user/${aws:username}""#;
        assert!(open(&allow(r#""iam:CreateAccessKey""#, own)).is_empty());
        // Whose name begins with one's own is somebody else.
        let others = r#""Resource": "arn:aws:iam::*:user/${aws:username}*""#;
        assert!(!open(&allow(r#""iam:CreateAccessKey""#, others)).is_empty());
    }

    #[test]
    fn a_role_that_goes_to_another_service_opens_nothing() {
        let passed = |service: &str| {
            let condition =
                format!(r#""Resource": "*", "Condition": {{"StringEquals": {{"iam:PassedToService": "{service}"}}}}"#);
            let pass = allow(r#""iam:PassRole""#, &condition);
            let run = allow(r#""lambda:CreateFunction", "lambda:InvokeFunction""#, r#""Resource": "*""#);
            open(&format!("{pass}, {run}"))
        };
        assert!(passed("lambda.amazonaws.com").contains(&"lambda-create-invoke".to_owned()));
        assert!(passed("ec2.amazonaws.com").is_empty());
    }
}
