//! Who asks, and what they may ask for.
//!
//! Whoever answers requests (API Gateway with its authorizer, `leastwise serve` on loopback) has checked who it is; here
//! it is only decided what follows from that.

use crate::Problem;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use std::collections::BTreeSet;

/// A caller who is known. Put into a request's extensions before it is routed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// The subject of the token; empty where nobody signs in.
    pub subject: String,
    groups: BTreeSet<String>,
}

/// Groups that may read usage.
const READERS: [&str; 2] = ["reader", "admin"];
/// Groups that limit their members to an account: `account-111122223333`.
const ACCOUNT: &str = "account-";

impl Caller {
    /// A caller with the groups of their token.
    pub fn new(subject: impl Into<String>, groups: impl IntoIterator<Item = String>) -> Caller {
        Caller { subject: subject.into(), groups: groups.into_iter().collect() }
    }

    /// Whoever is at this machine.
    #[must_use]
    pub fn local() -> Caller {
        Caller::new("", ["admin".to_owned()])
    }

    /// The groups of a list as API Gateway renders it: `[reader admin]`. Names with spaces fall into parts, so that it is only
    /// for issuers whose names have none.
    pub fn groups(claim: &str) -> impl Iterator<Item = String> {
        let names = claim.trim_start_matches('[').trim_end_matches(']').split(' ');
        names.map(str::to_owned).filter(|name| !name.is_empty())
    }

    /// Whether they may see usage of an account, or of all where none is named.
    ///
    /// # Errors
    /// 403 where they may not.
    pub fn may_read(&self, account: Option<&str>) -> Result<(), Problem> {
        let refused = |detail: &str, hint: &str| Err(Problem::new(StatusCode::FORBIDDEN, detail).hint(hint));
        if !READERS.iter().any(|group| self.groups.contains(*group)) {
            return refused("usage may be read by the groups reader and admin", "ask to be added to one of them");
        }
        match (self.accounts().next(), account) {
            (None, _) => Ok(()),
            (Some(_), Some(account)) if self.accounts().any(|own| own == account) => Ok(()),
            (Some(own), _) => {
                refused("you may read the usage of your own accounts only", &format!("name one: account={own}"))
            }
        }
    }

    /// Whether they may change what holds for everybody.
    ///
    /// # Errors
    /// 403 where they may not.
    pub fn may_change(&self) -> Result<(), Problem> {
        if self.groups.contains("admin") && self.accounts().next().is_none() {
            return Ok(());
        }
        let detail = "settings may be changed by the group admin";
        Err(Problem::new(StatusCode::FORBIDDEN, detail).hint("ask to be added to it"))
    }

    /// The accounts that they are limited to; none where they are not.
    fn accounts(&self) -> impl Iterator<Item = &str> {
        let of_account = self.groups.iter().filter_map(|group| group.strip_prefix(ACCOUNT));
        of_account.filter(|id| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Caller, Problem> {
        let known = parts.extensions.get::<Caller>().cloned();
        known.ok_or_else(|| Problem::new(StatusCode::UNAUTHORIZED, "nobody is signed in").hint("send a token"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(groups: &[&str]) -> Caller {
        Caller::new("somebody", groups.iter().map(|group| (*group).to_owned()))
    }

    #[test]
    fn groups_say_what_may_be_read() {
        assert!(of(&["reader"]).may_read(None).is_ok());
        assert!(of(&["admin"]).may_read(Some("111122223333")).is_ok());
        assert!(of(&["writer"]).may_read(None).is_err());
        let limited = of(&["reader", "account-111122223333"]);
        assert!(limited.may_read(Some("111122223333")).is_ok());
        assert!(limited.may_read(Some("444455556666")).is_err() && limited.may_read(None).is_err());
        assert!(of(&["account-111122223333"]).may_read(Some("111122223333")).is_err());
    }

    #[test]
    fn a_rendered_list_falls_into_names() {
        assert_eq!(Caller::groups("[reader admin]").collect::<Vec<_>>(), ["reader", "admin"]);
        assert_eq!(Caller::groups("[]").count(), 0);
    }

    #[test]
    fn only_accounts_limit() {
        assert!(of(&["reader", "account-managers"]).may_read(None).is_ok());
        assert!(of(&["reader", "account-11112222333"]).may_read(None).is_ok());
    }
}
