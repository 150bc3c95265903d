//! What nearly every rule uses.

pub(crate) use crate::{
    PolicyType,
    findings::{Change, Findings, shown},
    rule::{Example, Origin, Rule, Severity},
    subject::{ActionPattern, Statement, Subject},
};
pub(crate) use policy::{Node, json::Value};
