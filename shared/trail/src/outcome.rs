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
    /// credentials were not accepted was never authorised either: [`credentials_refused`] tells the two apart.
    pub fn of(error_code: &str) -> Outcome {
        if error_code.is_empty() {
            return Outcome::Allowed;
        }
        let refused = REFUSED.iter().any(|word| name_of(error_code).contains(word));
        if refused || credentials_refused(error_code) { Outcome::Denied } else { Outcome::Failed }
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

/// Whether an `errorCode` says that the credentials were not accepted: unknown, expired, wrongly signed. What the caller
/// may do was then never asked, and no policy makes such a call succeed.
pub fn credentials_refused(error_code: &str) -> bool {
    NOT_AUTHENTICATED.contains(&name_of(error_code))
}

/// `Client.UnauthorizedOperation` -> `UnauthorizedOperation`.
fn name_of(error_code: &str) -> &str {
    error_code.rsplit(['.', '#']).next().unwrap_or(error_code)
}

/// EC2 says `AuthFailure` of bad credentials, and as well of an image or an address that belongs to another account.
const REFUSED: [&str; 9] = [
    "AccessDenied",
    "AccessDenial",
    "AuthFailure",
    "Unauthorized",
    "NotAuthorized",
    "AuthorizationError",
    "Forbidden",
    "AccessNotAllowed",
    "Not authorized",
];

/// Common errors of every AWS API, and Amazon S3's own.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
const NOT_AUTHENTICATED: [&str; 17] = [
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
            "Client.AuthFailure",
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
    #[test]
    fn refused_credentials_are_told_from_refused_permissions() {
        for code in
            ["InvalidClientTokenId", "SignatureDoesNotMatch", "ExpiredToken", "com.amazonaws#ExpiredTokenException"]
        {
            assert!(credentials_refused(code), "{code}");
        }
        for code in ["AccessDenied", "Client.UnauthorizedOperation", "Client.AuthFailure", "NoSuchKey", ""] {
            assert!(!credentials_refused(code), "{code}");
        }
    }
}
