//! Policy files: one JSON document, or a list of those that one principal or resource has.

use super::elements::{elements, is_list, shifted};
use crate::failure::Failure;
use crate::output;
use authz::{Layer, misunderstood};
use policy::{Document, Effect, ParseError, Place, Spans, Statement};
use serde_json::Value;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// What a file holds, and where.
#[derive(Debug)]
pub struct PolicyFile {
    /// As the file was named; `standard input` for `-`.
    pub name: String,
    pub documents: Vec<Document>,
    /// Where each document starts, and its elements from there.
    places: Vec<(Place, Spans)>,
}

/// Reads a file, or standard input for `-`.
pub fn read_text(path: &Path) -> Result<(String, String), Failure> {
    if path == Path::new("-") {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map_err(Failure::Input)?;
        return Ok(("standard input".to_owned(), text));
    }
    Ok((path.display().to_string(), fs::read_to_string(path).map_err(Failure::read(path))?))
}

impl PolicyFile {
    pub fn read(path: &Path) -> Result<PolicyFile, Failure> {
        let (name, text) = read_text(path)?;
        PolicyFile::parse(name, &text)
    }

    fn parse(name: String, text: &str) -> Result<PolicyFile, Failure> {
        let start = Place { line: 1, column: 1 };
        let mut file = PolicyFile { name, documents: Vec::new(), places: Vec::new() };
        if !is_list(text) {
            file.add(start, text)?;
            return Ok(file);
        }
        let list = elements(text).map_err(|(place, message)| Failure::at(&file.name, place, message, ""))?;
        if list.is_empty() {
            return Err(Failure::at(
                &file.name,
                start,
                "the list holds no policy document",
                "a policy that allows nothing is `{\"Version\": \"2012-10-17\", \"Statement\": []}`",
            ));
        }
        for element in list {
            file.add(element.place, element.text)?;
        }
        Ok(file)
    }

    fn add(&mut self, start: Place, text: &str) -> Result<(), Failure> {
        let (document, spans) = policy::parse_with_spans(text).map_err(|error| self.unreadable(start, error))?;
        self.documents.push(document);
        self.places.push((start, spans));
        Ok(())
    }

    fn unreadable(&self, start: Place, error: ParseError) -> Failure {
        let place = shifted(start, Place { line: error.line, column: error.column });
        Failure::at(&self.name, place, error.message, error.hint.unwrap_or_default())
    }

    pub fn statement(&self, policy: usize, statement: usize) -> Option<&Statement> {
        self.documents.get(policy)?.statements.get(statement)
    }

    /// Where a statement stands in the file.
    pub fn place(&self, policy: usize, statement: usize) -> Place {
        let of = |(start, spans): &(Place, Spans)| {
            let within = spans.get(&format!("Statement[{statement}]")).unwrap_or(Place { line: 1, column: 1 });
            shifted(*start, within)
        };
        self.places.get(policy).map_or(Place { line: 1, column: 1 }, of)
    }

    /// Whether a statement says whom it is about, as policies on resources do.
    pub fn names_principals(&self) -> bool {
        self.documents.iter().flat_map(|document| &document.statements).any(|statement| statement.principal.is_some())
    }

    /// Refuses a Deny that cannot be understood as a policy of this kind, and warns of each Allow that cannot: it
    /// allows nothing.
    pub fn check(&self, layer: Layer) -> Result<(), Failure> {
        for (policy, document) in self.documents.iter().enumerate() {
            for (index, statement) in document.statements.iter().enumerate() {
                let Some(problem) = misunderstood(statement, layer) else { continue };
                let place = self.place(policy, index);
                if statement.effect == Effect::Deny {
                    return Err(Failure::at(
                        &self.name,
                        place,
                        format!("the statement denies, and {problem}"),
                        "what it denies cannot be told, so that nothing else can be",
                    ));
                }
                output::tell(&format!(
                    "warning: `{}` line {}, column {}: the statement allows nothing: {problem}",
                    self.name, place.line, place.column
                ));
            }
        }
        Ok(())
    }
}

/// Whether documents, as JSON, may hold an Allow that cannot be understood: what most of a batch need not be read again for.
pub fn may_be_ignored(documents: &Value, on_resource: bool) -> bool {
    match documents {
        Value::Array(list) => list.iter().any(|one| may_be_ignored(one, on_resource)),
        Value::Object(fields) => match fields.get("Statement") {
            Some(statements) => may_be_ignored(statements, on_resource),
            None => {
                let lacks = |name: &str| !fields.contains_key(name);
                !lacks("Condition")
                    || (lacks("Resource") && lacks("NotResource"))
                    || (on_resource && lacks("Principal"))
            }
        },
        Value::String(_) => true,
        _ => false,
    }
}

/// Warns of each Allow of documents in a batch that cannot be understood, and so allows nothing.
pub fn warn(id: Option<&Value>, layer: Layer, documents: &[Document]) {
    for (index, document) in documents.iter().enumerate() {
        for (number, statement) in document.statements.iter().enumerate() {
            if statement.effect == Effect::Allow
                && let Some(problem) = misunderstood(statement, layer)
            {
                let id = id.map(|id| format!(" of {id}")).unwrap_or_default();
                let policy = layer.name();
                output::tell(&format!("warning: statement {number} of {policy} {index}{id} allows nothing: {problem}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_of_a_list_are_found_where_they_stand() {
        let text = "[{\"Statement\": []},\n {\n  \"Statement\": [\n    {\"Effect\": \"Allow\", \"Action\": \"a:B\", \"Resource\": \"*\"}]}]";
        let file = PolicyFile::parse("file".to_owned(), text).unwrap();
        assert_eq!(file.documents.len(), 2);
        assert_eq!(file.place(1, 0), Place { line: 4, column: 5 });
    }

    #[test]
    fn errors_in_a_list_are_told_where_they_stand() {
        let text = "[{\"Statement\": []},\n {\"Statement\": [{\"Effect\": \"Alow\"}]}]";
        let error = PolicyFile::parse("file".to_owned(), text).unwrap_err().to_string();
        assert!(error.starts_with("`file` line 2, column 28: `Alow` is neither"), "{error}");
    }
}
