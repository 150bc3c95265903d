//! From a CloudTrail event to the permission it needs.

use crate::lookup::Catalog;
use crate::model::{Action, ResourceType, Service};
use crate::table::{List, Section, need};
use crate::{Provenance, RuleEffect};

/// What the catalog knows about an event.
#[derive(Debug, Clone, Copy)]
pub enum Resolution<'a> {
    /// The call needs permission.
    Permission(Operation<'a>),
    /// The call needs no permission.
    None {
        /// Why, in one sentence.
        reason: &'a str,
        /// Where that is known from.
        provenance: Provenance,
    },
    /// AWS has withdrawn the service or the operation.
    Retired {
        /// Why, in one sentence.
        reason: &'a str,
    },
    /// The catalog does not know.
    Unknown(UnknownReason),
}

/// What the catalog does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnknownReason {
    /// The event source.
    Service,
    /// The event name, of an event source that it knows.
    Operation,
}

impl Catalog {
    /// What a CloudTrail event needs.
    ///
    /// `event_source` may end in `.amazonaws.com`; `event_name` is as CloudTrail wrote it: stray white space, dates and
    /// versions (`CreateFunction20150331`, `GetDistribution2020_05_31`, `...v2`) are looked through.
    pub fn operation(&self, event_source: &str, event_name: &str) -> Resolution<'_> {
        let source = event_source.trim();
        let source = source.strip_suffix(".cn").unwrap_or(source);
        let source = source.strip_suffix(".amazonaws.com").unwrap_or(source);
        let rows = self.table.rows(Section::EventSources);
        let Some(source) = self.table.find(Section::EventSources, rows, 0, source) else {
            return Resolution::Unknown(UnknownReason::Service);
        };
        let mut name = event_name.trim();
        loop {
            if let Some(found) = self.operation_of(source, name) {
                return found;
            }
            match without_version(name) {
                Some(shorter) => name = shorter,
                None => break,
            }
        }
        match self.table.name(Section::EventSources, source, 3) {
            "" => Resolution::Unknown(UnknownReason::Operation),
            reason => Resolution::Retired { reason },
        }
    }

    fn operation_of(&self, source: u32, name: &str) -> Option<Resolution<'_>> {
        let table = &self.table;
        for api in table.list(Section::EventSources, source, 1) {
            let rows = table.range(Section::Apis, api, 1, Section::Operations);
            if let Some(row) = table.find(Section::Operations, rows, 0, name) {
                return Some(self.resolution(row));
            }
        }
        let services = || table.list(Section::EventSources, source, 2).map(|row| Service { catalog: self, row });
        if let Some(action) = services().find_map(|service| service.action(name)) {
            return Some(Resolution::Permission(Operation { catalog: self, known: Known::Action(action) }));
        }
        let reason = services().find_map(|service| self.retired_action(service.prefix(), name))?;
        Some(Resolution::Retired { reason })
    }

    fn resolution(&self, row: u32) -> Resolution<'_> {
        let flags = self.table.field(Section::Operations, row, 1);
        let reason = self.table.name(Section::Operations, row, 2);
        match flags & 0xff {
            need::NOTHING => Resolution::None { reason, provenance: Provenance::from_code(flags >> 8) },
            need::RETIRED => Resolution::Retired { reason },
            _ => Resolution::Permission(Operation { catalog: self, known: Known::Row(row) }),
        }
    }
}

/// `Name20150331v2` -> `Name20150331` -> `Name`; `Name2020_05_31` -> `Name`.
fn without_version(name: &str) -> Option<&str> {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let cut = |length: usize| name.len().checked_sub(length).and_then(|at| name.split_at_checked(at));
    if let Some((rest, version)) = cut(2)
        && version.starts_with(['v', 'V'])
        && digits(version.get(1..)?, 1)
    {
        return Some(rest);
    }
    if let Some((rest, date)) = cut(8)
        && digits(date, 8)
    {
        return Some(rest.strip_suffix('_').unwrap_or(rest));
    }
    let (rest, date) = cut(10)?;
    let mut parts = date.split('_');
    let dated = [4, 2, 2].into_iter().all(|count| parts.next().is_some_and(|part| digits(part, count)));
    dated.then(|| rest.strip_suffix('_').unwrap_or(rest))
}

/// A call that needs permission.
#[derive(Debug, Clone, Copy)]
pub struct Operation<'a> {
    catalog: &'a Catalog,
    known: Known<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Known<'a> {
    /// A record of the operation table.
    Row(u32),
    /// Only the action is known: the call is in no public API model.
    Action(Action<'a>),
}

impl<'a> Operation<'a> {
    /// What the call needs when no rule says otherwise: all of these, or one of them ([`Operation::one_of`]).
    pub fn actions(self) -> impl Iterator<Item = Action<'a>> + Clone {
        let (rows, single) = match self.known {
            Known::Row(row) => (Some(self.catalog.table.list(Section::Operations, row, 2)), None),
            Known::Action(action) => (None, Some(action)),
        };
        let catalog = self.catalog;
        rows.into_iter().flatten().map(move |row| Action { catalog, row }).chain(single)
    }

    /// Whether the call needs one of its actions and not all: what the request asks for decides which (a PartiQL
    /// statement's verb, the kinds of a transaction's items).
    pub fn one_of(self) -> bool {
        let flags = match self.known {
            Known::Row(row) => self.catalog.table.field(Section::Operations, row, 1),
            Known::Action(_) => need::ACTIONS,
        };
        flags & 0xff == need::ONE_OF
    }

    /// How the actions were found.
    pub fn provenance(self) -> Provenance {
        match self.known {
            Known::Row(row) => Provenance::from_code(self.catalog.table.field(Section::Operations, row, 1) >> 8),
            Known::Action(_) => Provenance::SameName,
        }
    }

    /// What the request can change about the actions. When several rules with [`RuleEffect::Use`] hold, the actions of
    /// all of them stand in place of the operation's.
    pub fn rules(self) -> impl Iterator<Item = Rule<'a>> + Clone {
        let catalog = self.catalog;
        let rows = match self.known {
            Known::Row(row) => Some(catalog.table.list(Section::Operations, row, 3)),
            Known::Action(_) => None,
        };
        rows.into_iter().flatten().map(move |row| Rule { catalog, row })
    }

    /// Which request parameter gives which part of which ARN; for each part the best first.
    ///
    /// Parts that this call's own parameters do not give fall back on [`crate::Variable::parameters`].
    pub fn bindings(self) -> impl Iterator<Item = Binding<'a>> {
        let catalog = self.catalog;
        let mut items = match self.known {
            Known::Row(row) => Some(catalog.table.list(Section::Operations, row, 4)),
            Known::Action(_) => None,
        };
        let table = &catalog.table;
        let own = std::iter::from_fn(move || {
            let [row, variable, parameter, provenance] = items.as_mut()?.take_array::<4>()?;
            Some(Binding {
                resource_type: ResourceType { catalog, row },
                variable: table.text(variable),
                parameter: table.text(parameter),
                provenance: Provenance::from_code(provenance),
            })
        });
        let action = match self.known {
            Known::Row(_) => None,
            Known::Action(action) => Some(action),
        };
        own.chain(action.into_iter().flat_map(Action::resources).flat_map(|resource| {
            let resource_type = resource.resource_type;
            resource_type.variables().flat_map(move |variable| {
                variable.parameters().map(move |parameter| Binding {
                    resource_type,
                    variable: variable.name(),
                    parameter,
                    provenance: Provenance::OtherOperation,
                })
            })
        }))
    }
}

/// "When the request has this parameter, these actions are needed."
#[derive(Debug, Clone, Copy)]
pub struct Rule<'a> {
    catalog: &'a Catalog,
    row: u32,
}

impl<'a> Rule<'a> {
    /// The request parameter that must be present and not empty.
    pub fn when(self) -> &'a str {
        self.catalog.table.name(Section::Rules, self.row, 0)
    }

    /// The value that it must have.
    pub fn equals(self) -> Option<&'a str> {
        Some(self.catalog.table.name(Section::Rules, self.row, 1)).filter(|value| !value.is_empty())
    }

    /// In place of the operation's actions, or beside them.
    pub fn effect(self) -> RuleEffect {
        match self.catalog.table.field(Section::Rules, self.row, 2) {
            0 => RuleEffect::Use,
            _ => RuleEffect::Also,
        }
    }

    /// The actions.
    pub fn actions(self) -> impl Iterator<Item = Action<'a>> + Clone {
        let catalog = self.catalog;
        let rows: List<'a> = catalog.table.list(Section::Rules, self.row, 3);
        rows.map(move |row| Action { catalog, row })
    }
}

/// "This parameter gives that part of the ARN."
#[derive(Debug, Clone, Copy)]
pub struct Binding<'a> {
    /// The resource type whose ARN it is.
    pub resource_type: ResourceType<'a>,
    /// The ARN variable; empty: the parameter holds a whole ARN.
    pub variable: &'a str,
    /// The request parameter, to be compared ignoring case and punctuation, at any depth.
    pub parameter: &'a str,
    /// How that was found.
    pub provenance: Provenance,
}
