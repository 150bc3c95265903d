//! How much of what there is a resource pattern reaches.

use crate::{
    PolicyType,
    arn_formats::LONGEST_ARN,
    globs::{meet, with_stars},
};

/// What counts as reached by an action that is about no resource.
pub(crate) const WITHOUT_RESOURCES: f64 = 0.5;

/// One ARN.
const LEAST: f64 = 0.1;
/// A pattern with `?` and no star: a few ARNs.
const FEW: f64 = 0.15;
/// Characters that halve what a pattern reaches.
const HALVING: f64 = 8.0;
/// What one Region is of all.
const ONE_REGION: f64 = 0.8;
/// One ARN with a Region: what a resource is of all, to the policy that belongs to it.
pub(crate) const ITSELF: f64 = ONE_REGION * LEAST;
/// What some Regions are of all.
const SOME_REGIONS: f64 = 0.9;

/// A resource pattern, read once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    /// `*`, or an ARN of nothing but stars.
    Everything,
    /// An ARN's pattern: variables are stars.
    Arn { text: String, parts: [String; 5], is_own: bool },
    /// What is no ARN reaches nothing.
    Nothing,
}

impl Reach {
    pub fn of(pattern: &str) -> Self {
        if pattern == "*" {
            return Reach::Everything;
        }
        // Nothing has so long a name.
        if pattern.len() > LONGEST_ARN {
            return Reach::Nothing;
        }
        let text = with_stars(&policy::arn::written_out(pattern));
        let mut parts = text.splitn(6, ':');
        if parts.next() != Some("arn") {
            return Reach::Nothing;
        }
        // Parts that are left out at the end stand for stars.
        let mut next = || parts.next().unwrap_or("*").to_owned();
        let parts = [next(), next(), next(), next(), next()];
        if parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte == b'*')) {
            return Reach::Everything;
        }
        // The name is the last part of a user's ARN; with a star behind it, other users have it too.
        let is_own = parts[4].starts_with("user/") && pattern.to_ascii_lowercase().ends_with("/${aws:username}");
        Reach::Arn { text, parts, is_own }
    }

    /// As [`Reach::of`], of what an Allow is about. A pattern that could match `arn` without saying it reaches everything, and in
    /// a resource's policy so does what is no ARN: AWS refuses most such, and none may look better than it could be.
    pub fn granted(pattern: &str, policy_type: PolicyType) -> Self {
        let could_be_an_arn = || with_stars(pattern).split(':').next().is_some_and(|first| first.contains('*'));
        match Reach::of(pattern) {
            Reach::Nothing if policy_type == PolicyType::Resource || could_be_an_arn() => Reach::Everything,
            reach => reach,
        }
    }

    /// Some role.
    pub fn one_role() -> Self {
        Reach::of("arn:*:iam::*:role/one")
    }

    /// As [`Reach::of`], of what a Deny is about for sure: what a variable stands for is one value, which nobody knows.
    pub fn denied(pattern: &str) -> Self {
        match pattern.contains("${") {
            true => Reach::Nothing,
            false => Reach::of(pattern),
        }
    }

    /// Whether it is about the caller's own user.
    pub fn is_own(&self) -> bool {
        matches!(self, Reach::Arn { is_own: true, .. })
    }

    /// Whether it reaches all that the other reaches; proved, where it says so.
    pub fn contains(&self, other: &Reach) -> bool {
        match (self, other) {
            (Reach::Everything, _) | (_, Reach::Nothing) => true,
            (Reach::Arn { text, .. }, Reach::Arn { text: other, .. }) => policy::arn_contains(text, other),
            _ => false,
        }
    }

    /// Whether something is reached by both.
    pub fn meets(&self, other: &Reach) -> bool {
        match (self, other) {
            (Reach::Nothing, _) | (_, Reach::Nothing) => false,
            (Reach::Everything, _) | (_, Reach::Everything) => true,
            (Reach::Arn { parts: a, .. }, Reach::Arn { parts: b, .. }) => {
                a.iter().zip(b).all(|(a, b)| meet(a.as_bytes(), b.as_bytes()))
            }
        }
    }
}

/// How much of the resources of one ARN format a pattern reaches, from 0 (none) to 1 (all).
///
/// On a log scale of its freedom: every eight characters that a pattern fixes halve what it reaches. The measure is the
/// length of the shortest text that it matches, since whatever a narrower pattern matches is at least as long.
pub(crate) fn of_format(reach: &Reach, format: &Format) -> f64 {
    let [partition, service, region, account, resource] = match reach {
        Reach::Everything => return 1.0,
        Reach::Nothing => return 0.0,
        Reach::Arn { parts, .. } => parts,
    };
    let Some([_, of_service, of_region, of_account, of_resource]) = &format.parts else { return format.otherwise };
    let fits = |ours: &str, theirs: &str| meet(ours.as_bytes(), theirs.as_bytes());
    if partition.is_empty()
        || !fits(service, of_service)
        || !fits(region, of_region)
        || !fits(account, of_account)
        || !fits(resource, of_resource)
    {
        return 0.0;
    }
    let region = match region.as_str() {
        _ if !of_region.contains('*') => 1.0,
        "*" => 1.0,
        region if region.contains(['*', '?']) => SOME_REGIONS,
        _ => ONE_REGION,
    };
    region * of_resource_part(resource, of_resource)
}

/// An ARN format of a resource type, read once.
#[derive(Debug)]
pub(crate) struct Format {
    /// Its parts, each variable a star.
    parts: Option<[String; 5]>,
    /// What is reached of a format that is no ARN.
    otherwise: f64,
}

impl Format {
    pub fn of(format: &str) -> Self {
        let mut parts = format.splitn(6, ':');
        if parts.next() != Some("arn") {
            // A format that is a whole ARN by itself can be anything; `*` is for actions without resources.
            return Format { parts: None, otherwise: if format == "*" { 0.0 } else { LEAST } };
        }
        let mut next = || parts.next().map(with_stars);
        let all = (next(), next(), next(), next(), next());
        match all {
            (Some(partition), Some(service), Some(region), Some(account), Some(resource)) => {
                Format { parts: Some([partition, service, region, account, resource]), otherwise: 0.0 }
            }
            _ => Format { parts: None, otherwise: 0.0 },
        }
    }
}

fn of_resource_part(pattern: &str, format: &str) -> f64 {
    let shortest = |text: &str| text.bytes().filter(|byte| *byte != b'*').count();
    if pattern.contains('*') {
        if policy::contains(pattern, format) {
            return 1.0;
        }
        let fixed = shortest(pattern).saturating_sub(shortest(format));
        let fixed = f64::from(u32::try_from(fixed).unwrap_or(u32::MAX));
        return FEW + (1.0 - FEW) * (-fixed / HALVING).exp2();
    }
    // A format without variables is one resource, and all there is.
    match (format.contains('*'), pattern.contains('?')) {
        (false, _) => 1.0,
        (true, true) => FEW,
        (true, false) => LEAST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OBJECT: &str = "arn:${Partition}:s3:::${BucketName}/${ObjectName}";

    fn of(pattern: &str) -> f64 {
        of_format(&Reach::of(pattern), &Format::of(OBJECT))
    }

    #[test]
    fn a_narrower_pattern_reaches_less() {
        let narrowing = [
            "*",
            "arn:aws:s3:::example*",
            "arn:aws:s3:::example-orders/*",
            "arn:aws:s3:::example-orders/a/*",
            "arn:aws:s3:::b/?",
            "arn:aws:s3:::b/k",
        ];
        for pair in narrowing.windows(2) {
            assert!(of(pair[0]) > of(pair[1]), "{pair:?} {} {}", of(pair[0]), of(pair[1]));
        }
    }

    #[test]
    fn all_of_a_kind_is_everything_and_another_kind_is_nothing() {
        for all in ["*", "arn:*:*:*:*:*", "arn:aws:s3:::*", "arn:aws:s3:::*/*", "arn:aws:s3"] {
            assert!((of(all) - 1.0).abs() < f64::EPSILON, "{all} {}", of(all));
        }
        for none in ["arn:aws:s3:::bucket", "arn:aws:sqs:eu-west-1:111122223333:*", "bucket", "arn:aws:s3:eu-west-1::*"]
        {
            assert!(of(none) <= 0.0, "{none}");
        }
    }
}
