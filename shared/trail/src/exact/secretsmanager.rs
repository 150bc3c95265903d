//! Secrets Manager: AWS adds six random characters to a secret's name, which a policy writes as `-??????`.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html#auth-and-access_examples_wildcard>

use crate::arn_format::escape;
use crate::plan::PlannedAction;
use crate::resource::{Call, Found};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    if !action.takes("Secret") {
        return None;
    }
    let given = call.all(&["secretId", "secretIdList", "name", "secretARN"]);
    Found::named(given.map(|secret| secret_arn(call, secret)).collect())
}

fn secret_arn(call: &Call<'_>, secret: &str) -> String {
    let whole = secret.starts_with("arn:");
    let arn = if whole {
        escape(secret).into_owned()
    } else {
        format!(
            "arn:{}:secretsmanager:{}:{}:secret:{}",
            call.site.partition,
            call.site.region,
            call.site.account,
            escape(secret)
        )
    };
    // An ARN may be given without the random part; a name never has it.
    if whole && has_random_part(secret) { arn } else { format!("{arn}-??????") }
}

fn has_random_part(arn: &str) -> bool {
    arn.rsplit_once('-')
        .is_some_and(|(_, suffix)| suffix.len() == 6 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
