//! The policies that apply to a request, from files, and where each statement of a decision stands.

use crate::arguments::SimulateArguments;
use crate::failure::Failure;
use crate::input::PolicyFile;
use authz::{Decision, Layer, Outcome, Policies, Reason};
use policy::{Document, Statement};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

/// Policies, and the files that they came from.
#[derive(Clone, Debug, Default)]
pub struct Applying {
    pub policies: Policies,
    /// By layer, level and index.
    sources: BTreeMap<(Layer, Option<usize>, usize), Source>,
}

/// A document of a file.
type Source = (Rc<PolicyFile>, usize);

/// A decision as it is told.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    pub decision: &'static str,
    /// The statements that decided.
    pub by: Vec<By>,
    /// A sentence.
    pub reason: String,
}

/// A statement that decided.
#[derive(Clone, Debug, Serialize)]
pub struct By {
    #[serde(serialize_with = "layer_word")]
    pub layer: Layer,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<usize>,
    pub policy: usize,
    pub statement: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    pub file: String,
    pub line: usize,
    pub column: usize,
}

impl Applying {
    /// What the flags name.
    pub fn of(arguments: &SimulateArguments) -> Result<Applying, Failure> {
        let mut applying = Applying::default();
        let resource: Vec<PathBuf> = arguments.resource_policy.iter().cloned().collect();
        let endpoint: Vec<PathBuf> = arguments.endpoint_policy.iter().cloned().collect();
        for (layer, paths) in [
            (Layer::Identity, &arguments.policy),
            (Layer::Resource, &resource),
            (Layer::Boundary, &arguments.boundary),
            (Layer::Session, &arguments.session),
            (Layer::Scp, &arguments.scp),
            (Layer::Rcp, &arguments.rcp),
            (Layer::Endpoint, &endpoint),
        ] {
            for path in paths {
                let file = PolicyFile::read(path)?;
                file.check(layer)?;
                applying.add(layer, Rc::new(file))?;
            }
        }
        Ok(applying)
    }

    /// Adds a file: to the policies of its kind, or as the next level of an organisation's.
    pub fn add(&mut self, layer: Layer, file: Rc<PolicyFile>) -> Result<(), Failure> {
        let policies = &mut self.policies;
        let documents = file.documents.clone();
        let (level, first) = match layer {
            Layer::Identity => (None, extend(&mut policies.identity, documents)),
            Layer::Session => (None, extend(&mut policies.session, documents)),
            Layer::Boundary => (None, extend(policies.boundary.get_or_insert_default(), documents)),
            Layer::Scp => {
                policies.scps.push(documents);
                (Some(policies.scps.len() - 1), 0)
            }
            Layer::Rcp => {
                policies.rcps.push(documents);
                (Some(policies.rcps.len() - 1), 0)
            }
            Layer::Resource | Layer::Endpoint => {
                let slot = if layer == Layer::Resource { &mut policies.resource } else { &mut policies.endpoint };
                let mut documents = documents.into_iter();
                *slot = documents.next();
                if documents.next().is_some() {
                    return Err(Failure::invalid(
                        format!("`{}` holds several policies, and there is only one {}", file.name, layer.name()),
                        "write their statements into one document",
                    ));
                }
                (None, 0)
            }
        };
        for index in 0..file.documents.len() {
            self.sources.insert((layer, level, first + index), (Rc::clone(&file), index));
        }
        Ok(())
    }

    /// Takes identity policies as allowing everything: what a limit limits.
    pub fn assume_everything_granted(&mut self) {
        self.policies.identity = vec![Document::new(vec![Statement::allow(["*"], ["*"])])];
    }

    /// The decision, with the statements that decided as they stand in their files.
    pub fn tell(&self, decision: &Decision) -> Told {
        let by: Vec<By> = decision.by.iter().filter_map(|reason| self.by(reason)).collect();
        let named: Vec<String> = by.iter().map(By::name).collect();
        let reason = match decision.outcome {
            Outcome::Allowed if !named.is_empty() => format!("allowed by {}", named.join(", ")),
            Outcome::ExplicitDeny if !named.is_empty() => format!("denied by {}", named.join(", ")),
            _ => decision.to_string(),
        };
        Told { decision: decision.outcome.as_str(), by, reason }
    }

    /// `None` for what is assumed and stands in no file.
    fn by(&self, reason: &Reason) -> Option<By> {
        let (file, index) = self.sources.get(&(reason.layer, reason.level, reason.policy))?;
        let place = file.place(*index, reason.statement);
        Some(By {
            layer: reason.layer,
            level: reason.level,
            policy: reason.policy,
            statement: reason.statement,
            sid: file.statement(*index, reason.statement).and_then(|statement| statement.sid.clone()),
            file: file.name.clone(),
            line: place.line,
            column: place.column,
        })
    }
}

impl By {
    /// The kind of policy: `service control policy at level 1`.
    pub fn policy_name(&self) -> String {
        let level = self.level.map(|level| format!(" at level {level}")).unwrap_or_default();
        format!("{}{level}", self.layer.name())
    }

    /// `` `Read` of `policy.json` line 3 ``
    pub fn name(&self) -> String {
        let name = self.sid.as_ref().map_or_else(|| format!("statement {}", self.statement), |sid| format!("`{sid}`"));
        format!("{name} of `{}` line {}", self.file, self.line)
    }
}

fn layer_word<S: Serializer>(layer: &Layer, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(layer.as_str())
}

/// Gives the index of the first that was added.
fn extend(list: &mut Vec<Document>, more: Vec<Document>) -> usize {
    let first = list.len();
    list.extend(more);
    first
}
