//! Whether a call was authorised.

/// What became of a call, as far as authorisation is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It succeeded.
    Allowed,
    /// It was authorised and failed for another reason (no such key, throttled, not valid): the permission was used.
    Failed,
    /// It was refused: who called may not do this, or could not be told to be who they say.
    Denied,
}

impl Outcome {
    /// From a record's `errorCode`; empty means that it succeeded.
    ///
    /// Services spell "not authorized" in many ways (`AccessDenied`, `Client.UnauthorizedOperation`,
    /// `AuthorizationErrorException`, `VpceAccessDenied`, ...), all of which hold one of a few words. A call whose
    /// signature did not verify was never authorised either.
    pub fn of(error_code: &str) -> Outcome {
        if error_code.is_empty() {
            return Outcome::Allowed;
        }
        let code = error_code.rsplit(['.', '#']).next().unwrap_or(error_code);
        let refused = REFUSED.iter().any(|word| code.contains(word)) || NOT_AUTHENTICATED.contains(&code);
        if refused { Outcome::Denied } else { Outcome::Failed }
    }

    /// The outcome's name, as it stands in output.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Allowed => "allowed",
            Outcome::Failed => "failed",
            Outcome::Denied => "denied",
        }
    }
}

const REFUSED: [&str; 8] = [
    "AccessDenied",
    "AccessDenial",
    "Unauthorized",
    "NotAuthorized",
    "AuthorizationError",
    "Forbidden",
    "AccessNotAllowed",
    "Not authorized",
];

/// Common errors of every AWS API, and Amazon S3's and EC2's own.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>,
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>
const NOT_AUTHENTICATED: [&str; 18] = [
    "AuthFailure",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSecurity",
    "InvalidSignatureException",
    "InvalidToken",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "OptInRequired",
    "RequestExpired",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
    "ExpiredToken",
    "ExpiredTokenException",
    "TokenRefreshRequired",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_told_from_failures() {
        for code in [
            "AccessDenied",
            "AccessDeniedException",
            "Client.UnauthorizedOperation",
            "UnauthorizedOperation",
            "AuthorizationError",
            "AuthorizationErrorException",
            "VpceAccessDenied",
            "KMS.AccessDeniedException",
            "ForbiddenException",
            "NotAuthorizedException",
            "UnauthorizedException",
            "InvalidClientTokenId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "com.amazonaws.example#AccessDeniedException",
        ] {
            assert_eq!(Outcome::of(code), Outcome::Denied, "{code}");
        }
        for code in [
            "NoSuchKey",
            "ThrottlingException",
            "ValidationException",
            "Client.InvalidInstanceID.NotFound",
            "ResourceNotFoundException",
            "BucketNotEmpty",
            "Client.DryRunOperation",
        ] {
            assert_eq!(Outcome::of(code), Outcome::Failed, "{code}");
        }
        assert_eq!(Outcome::of(""), Outcome::Allowed);
    }
}
