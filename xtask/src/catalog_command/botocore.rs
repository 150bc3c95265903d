//! botocore's API models: operations, their verbs, and the members of their requests.

use super::{Result, packages::Files};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How deep request structures are read.
const DEPTH: usize = 4;

#[derive(Deserialize)]
struct Document {
    metadata: Metadata,
    operations: BTreeMap<String, DocumentOperation>,
    shapes: BTreeMap<String, Shape>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    #[serde(default)]
    endpoint_prefix: String,
    signing_name: Option<String>,
    protocol: String,
}

#[derive(Deserialize)]
struct DocumentOperation {
    http: Option<Http>,
    input: Option<ShapeName>,
    authtype: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Http {
    pub method: String,
    pub request_uri: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ShapeName {
    shape: String,
    location_name: Option<String>,
    query_name: Option<String>,
}

#[derive(Deserialize)]
struct Shape {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    members: BTreeMap<String, ShapeName>,
    #[serde(default)]
    required: Vec<String>,
    member: Option<ShapeName>,
}

/// One service of botocore, all its versions as one.
pub struct Model {
    /// botocore's folder, such as `elbv2`.
    pub folder: String,
    pub signing_name: String,
    pub endpoint_prefix: String,
    pub operations: BTreeMap<String, Operation>,
}

pub struct Operation {
    pub http: Option<Http>,
    /// Only older versions of the API have it.
    pub withdrawn: bool,
    /// The call is not signed.
    pub unauthenticated: bool,
    pub members: Vec<Member>,
}

/// A member somewhere in a request; a list of scalars counts as one scalar.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// 1 for a member of the request itself.
    pub depth: usize,
    /// Names it can have in a CloudTrail record, best first.
    pub names: Vec<String>,
    /// Name of its shape.
    pub shape: String,
    pub required: bool,
    pub kind: Kind,
}

/// What a member holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Text,
    Number,
    /// A structure, a map, or a list of these: it has no value of its own.
    Container,
    /// A truth value, a date, bytes.
    Other,
}

/// All services of botocore.
pub fn models(files: &Files) -> Result<Vec<Model>> {
    let mut models: BTreeMap<&str, Model> = BTreeMap::new();
    // The newest version of a service comes last in name order: it is put first, and what only older ones have is added.
    for (path, bytes) in files.iter().rev() {
        let (folder, _) = path.split_once('/').ok_or_else(|| format!("botocore has an odd path `{path}`"))?;
        let document: Document =
            serde_json::from_slice(bytes).map_err(|error| format!("botocore `{path}`: {error}"))?;
        let metadata = &document.metadata;
        let newest = !models.contains_key(folder);
        let model = models.entry(folder).or_insert_with(|| Model {
            folder: folder.to_owned(),
            signing_name: metadata.signing_name.clone().unwrap_or_else(|| metadata.endpoint_prefix.clone()),
            endpoint_prefix: metadata.endpoint_prefix.clone(),
            operations: BTreeMap::new(),
        });
        for (name, operation) in &document.operations {
            model
                .operations
                .entry(name.clone())
                .or_insert_with(|| Operation { withdrawn: !newest, ..document.operation(operation) });
        }
    }
    Ok(models.into_values().collect())
}

impl Document {
    fn operation(&self, operation: &DocumentOperation) -> Operation {
        let mut members = Vec::new();
        if let Some(input) = &operation.input {
            self.collect(&input.shape, 1, true, &mut members);
        }
        members.sort();
        members.dedup();
        Operation {
            http: operation.http.clone(),
            withdrawn: false,
            unauthenticated: operation.authtype.as_deref() == Some("none"),
            members,
        }
    }

    fn collect(&self, structure: &str, depth: usize, required: bool, into: &mut Vec<Member>) {
        let Some(structure) = self.shapes.get(structure) else { return };
        for (name, member) in &structure.members {
            let required = required && structure.required.contains(name);
            let mut names = vec![name.clone()];
            names.extend(member.location_name.clone());
            names.extend(member.query_name.clone());
            self.member(&member.shape, names, depth, required, into);
        }
    }

    fn member(&self, shape: &str, mut names: Vec<String>, depth: usize, required: bool, into: &mut Vec<Member>) {
        let Some(target) = self.shapes.get(shape) else { return };
        let kind = match target.kind.as_str() {
            "string" => Kind::Text,
            "integer" | "long" => Kind::Number,
            "structure" | "map" | "list" => Kind::Container,
            _ => Kind::Other,
        };
        if let Some(element) = target.member.as_ref().filter(|_| target.kind == "list") {
            // EC2's records name the element or the set, the others the list.
            if self.metadata.protocol == "ec2" {
                let singular = names.iter().filter_map(|name| name.strip_suffix('s'));
                let sets = names.iter().map(|name| format!("{}Set", name.trim_end_matches('s')));
                let more: Vec<String> = singular.map(str::to_owned).chain(sets).collect();
                names.extend(more);
            }
            if self
                .shapes
                .get(&element.shape)
                .is_some_and(|shape| !["structure", "list"].contains(&shape.kind.as_str()))
            {
                let wire = element.location_name.clone().filter(|name| name != "item" && name != "member");
                names.extend(wire);
                return self.member(&element.shape, names, depth, required, into);
            }
            self.member(&element.shape, names.clone(), depth, required, into);
        }
        if target.kind == "structure" && depth < DEPTH {
            self.collect(shape, depth + 1, required, into);
        }
        let mut unique: Vec<String> = Vec::new();
        for name in names {
            if !unique.iter().any(|known| plain(known) == plain(&name)) {
                unique.push(name);
            }
        }
        into.push(Member { depth, names: unique, shape: shape.to_owned(), required, kind });
    }
}

/// A name as CloudTrail's spelling is compared: letters and digits, in lower case.
pub fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}
