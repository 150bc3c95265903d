//! Makes a pair of policies smaller for as long as something stays wrong with it.

use policy::{ActionBlock, Document, PrincipalBlock, Principals, ResourceBlock, Statement, Version};

type Pair = (Document, Document);

/// The smallest pair that is still wrong, one step at a time.
pub fn smallest(mut pair: Pair, wrong: impl Fn(&Pair) -> bool) -> Pair {
    while let Some(smaller) = smaller(&pair).into_iter().find(&wrong) {
        pair = smaller;
    }
    pair
}

fn smaller((old, new): &Pair) -> Vec<Pair> {
    let olds = smaller_documents(old).into_iter().map(|old| (old, new.clone()));
    olds.chain(smaller_documents(new).into_iter().map(|new| (old.clone(), new))).collect()
}

fn smaller_documents(document: &Document) -> Vec<Document> {
    let mut found = Vec::new();
    for index in 0..document.statements.len() {
        let mut without = document.clone();
        without.statements.remove(index);
        found.push(without);
    }
    for (index, statement) in document.statements.iter().enumerate() {
        for statement in smaller_statements(statement) {
            let mut changed = document.clone();
            changed.statements[index] = statement;
            found.push(changed);
        }
    }
    if document.version == Version::V2008 {
        found.push(Document { version: Version::V2012, ..document.clone() });
    }
    found
}

fn smaller_statements(statement: &Statement) -> Vec<Statement> {
    let mut found = Vec::new();
    for (index, condition) in statement.conditions.iter().enumerate() {
        let mut without = statement.clone();
        without.conditions.remove(index);
        found.push(without);
        for values in fewer(&condition.values) {
            let mut changed = statement.clone();
            changed.conditions[index].values = values;
            found.push(changed);
        }
    }
    for patterns in fewer(statement.action.patterns()) {
        let action = match &statement.action {
            ActionBlock::Action(_) => ActionBlock::Action(patterns),
            ActionBlock::NotAction(_) => ActionBlock::NotAction(patterns),
        };
        found.push(Statement { action, ..statement.clone() });
    }
    if let ActionBlock::NotAction(_) = statement.action {
        found.push(Statement { action: ActionBlock::Action(vec!["*".to_owned()]), ..statement.clone() });
    }
    let Some(resource) = &statement.resource else { return found };
    for patterns in fewer(resource.patterns()) {
        let resource = match resource {
            ResourceBlock::Resource(_) => ResourceBlock::Resource(patterns),
            ResourceBlock::NotResource(_) => ResourceBlock::NotResource(patterns),
        };
        found.push(Statement { resource: Some(resource), ..statement.clone() });
    }
    let every = ResourceBlock::Resource(vec!["*".to_owned()]);
    if *resource != every {
        found.push(Statement { resource: Some(every), ..statement.clone() });
    }
    if let Some(
        PrincipalBlock::Principal(Principals::ByKind(kinds)) | PrincipalBlock::NotPrincipal(Principals::ByKind(kinds)),
    ) = &statement.principal
    {
        found.push(Statement { principal: Some(PrincipalBlock::Principal(Principals::Everyone)), ..statement.clone() });
        for index in 0..kinds.len() {
            let mut kinds = kinds.clone();
            kinds.remove(index);
            let named = Principals::ByKind(kinds);
            let block = match &statement.principal {
                Some(PrincipalBlock::NotPrincipal(_)) => PrincipalBlock::NotPrincipal(named),
                _ => PrincipalBlock::Principal(named),
            };
            found.push(Statement { principal: Some(block), ..statement.clone() });
        }
    }
    found
}

/// The list without one of its items, but not the empty list.
fn fewer(texts: &[String]) -> Vec<Vec<String>> {
    if texts.len() < 2 {
        return Vec::new();
    }
    let without = |index: usize| texts.iter().enumerate().filter(move |(at, _)| *at != index).map(|(_, t)| t.clone());
    (0..texts.len()).map(|index| without(index).collect()).collect()
}
