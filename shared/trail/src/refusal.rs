//! AWS's words for a refusal: `User: ARN is not authorized to perform: ACTION on resource: ARN because ...`.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>

/// What a refusal names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused<'a> {
    /// `service:Name`.
    pub action: &'a str,
    /// An ARN, `*`, or a phrase such as `user ann`; absent when the message leaves it out.
    pub resource: Option<&'a str>,
}

/// Reads the message of a refused call; `None` when it is in other words.
pub fn parse(message: &str) -> Option<Refused<'_>> {
    let (_, rest) = message
        .split_once("not authorized to perform: ")
        .or_else(|| message.split_once("not authorized to perform "))?;
    let action = rest.split([' ', ',']).next()?.trim_end_matches('.');
    let (service, name) = action.split_once(':')?;
    if service.is_empty() || name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let resource = rest.split_once("on resource: ").map(|(_, resource)| {
        // A resource name may hold spaces; the sentence goes on in a few fixed ways.
        let end = [" because ", " with an explicit deny", " as "]
            .iter()
            .filter_map(|end| resource.find(end))
            .min()
            .unwrap_or(resource.len());
        resource.get(..end).unwrap_or(resource).trim_end_matches(['.', ' ']).trim_matches('"')
    });
    Some(Refused { action, resource: resource.filter(|resource| !resource.is_empty()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_action_and_resource() {
        let cases = [
            (
                "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::reports/a b.csv\" because no identity-based policy allows the s3:GetObject action",
                Some(("s3:GetObject", Some("arn:aws:s3:::reports/a b.csv"))),
            ),
            (
                "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/x with an explicit deny in a service control policy",
                Some(("iam:PassRole", Some("arn:aws:iam::111122223333:role/x"))),
            ),
            ("User: x is not authorized to perform: sns:ListTopics", Some(("sns:ListTopics", None))),
            (
                "User: x is not authorized to perform: ec2:RunInstances. Encoded authorization failure message: abc",
                Some(("ec2:RunInstances", None)),
            ),
            ("Access Denied", None),
            ("", None),
            ("not authorized to perform: :", None),
        ];
        for (message, want) in cases {
            assert_eq!(parse(message).map(|refused| (refused.action, refused.resource)), want, "{message}");
        }
    }
}
