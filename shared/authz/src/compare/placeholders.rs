//! Templates of policies name accounts by placeholders: `arn:aws:iam::<ACCOUNT ID>:role/deploy`, `${AWS::AccountId}`.
//!
//! A placeholder stands for whichever account is filled in, so it is read as every account that either policy names.

use std::collections::BTreeSet;

use policy::{Arn, Document, PrincipalBlock, Principals, Statement};

use crate::principal::is_account;

/// Both policies with the placeholders in their `Principal` elements replaced.
pub(super) fn fill(old: &[Document], new: &[Document]) -> (Vec<Document>, Vec<Document>) {
    let (mut old, mut new) = (old.to_vec(), new.to_vec());
    let statements = || old.iter().chain(&new).flat_map(|document| &document.statements);
    if !statements().flat_map(names).any(|name| placeholder(name).is_some()) {
        return (old, new);
    }
    let accounts: BTreeSet<String> = statements()
        .flat_map(names)
        .filter_map(|name| if is_account(name) { Some(name) } else { Arn::parse(name).ok().map(|arn| arn.account) })
        .filter(|account| is_account(account))
        .map(str::to_owned)
        .collect();
    for statement in old.iter_mut().chain(&mut new).flat_map(|document| &mut document.statements) {
        let Some(PrincipalBlock::Principal(block) | PrincipalBlock::NotPrincipal(block)) = &mut statement.principal
        else {
            continue;
        };
        let Principals::ByKind(kinds) = block else { continue };
        for (_, names) in kinds {
            let filled = names.iter().flat_map(|name| match placeholder(name) {
                Some(account) => accounts.iter().map(|id| name.replacen(account, id, 1)).collect(),
                None => vec![name.clone()],
            });
            *names = filled.collect();
        }
    }
    (old, new)
}

fn names(statement: &Statement) -> impl Iterator<Item = &str> {
    let block = statement.principal.as_ref().map(PrincipalBlock::principals);
    let kinds = match block {
        Some(Principals::ByKind(kinds)) => kinds.as_slice(),
        _ => &[],
    };
    kinds.iter().flat_map(|(_, names)| names).map(String::as_str)
}

/// The placeholder in the account's place.
fn placeholder(name: &str) -> Option<&str> {
    const OF_STACK: &str = "${AWS::AccountId}";
    if name.contains(OF_STACK) {
        return Some(OF_STACK);
    }
    let account = if name.starts_with("arn:") { Arn::parse(name).ok()?.account } else { name };
    let is_placeholder = ["<", "${", "{", "["].iter().any(|open| account.starts_with(open));
    is_placeholder.then_some(account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_stands_for_each_account_named() {
        let document = |principal: &str| {
            let mut statement = Statement::allow(["sts:AssumeRole"], ["*"]);
            statement.principal = Some(PrincipalBlock::Principal(Principals::aws([principal])));
            Document::new(vec![statement])
        };
        let (old, new) = fill(
            &[document("arn:aws:iam::<ACCOUNT ID>:role/deploy")],
            &[document("arn:aws:iam::111122223333:role/deploy")],
        );
        assert_eq!(old, new);
        let (old, _) = fill(&[document("arn:aws:iam::${AWS::AccountId}:root")], &[document("444455556666")]);
        assert_eq!(names(&old[0].statements[0]).collect::<Vec<_>>(), ["arn:aws:iam::444455556666:root"]);
    }
}
