//! What policies effectively allow: actions of the catalog, how much of their resources, under which conditions.
//!
//! It is a function of access, however that is written: patterns are resolved to actions, statements are taken apart into
//! cells of one resource pattern each, and what a Deny takes away as a whole is gone. What a Deny takes away only in part
//! (under a condition, of a part of the resources) is passed over: no policy looks better than it is.

mod breadth;
mod conditions;
mod inventory;
mod principals;

use authz::operators::{Compare, Operator};
use policy::{ActionBlock, Document, Effect, ResourceBlock, Statement};

pub use self::inventory::{Capability, Inventory};
pub(crate) use self::principals::Reached;
use self::{
    breadth::{Reach, WITHOUT_RESOURCES},
    conditions::strength,
    inventory::{Bits, Breadths},
};
use crate::{PolicyType, callers::leaves_named};

/// What the policies of one principal, or of one resource, allow.
#[derive(Debug, Clone)]
pub struct Access<'i> {
    pub(crate) inventory: &'i Inventory<'i>,
    pub(crate) cells: Vec<Cell>,
    policy_type: PolicyType,
}

/// Actions that are allowed on the resources of one pattern, to some, under conditions of one strength.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub reach: Reach,
    /// How much of each resource type it reaches.
    pub breadths: Breadths,
    /// How much is left by conditions: 1 is everything.
    pub factor: f64,
    /// Who is meant.
    pub reached: Reached,
    pub actions: Bits,
    /// The services that roles can be passed to; `None` for all.
    pub passed_to: Option<Vec<String>>,
}

impl<'i> Inventory<'i> {
    /// What documents of this type allow; `boundary` limits them, where there is one.
    ///
    /// Types that only limit allow nothing by themselves. An Allow that cannot be understood allows nothing, a Deny that
    /// cannot be understood denies nothing.
    #[must_use]
    pub fn access(&'i self, documents: &[Document], policy_type: PolicyType, boundary: &[Document]) -> Access<'i> {
        let mut access = Access { inventory: self, cells: Vec::new(), policy_type };
        if !policy_type.grants() {
            return access;
        }
        let denials: Vec<Denial> =
            documents.iter().chain(boundary).flat_map(|document| self.denials(document)).collect();
        let denials = Denials { whole: denials, fences: documents.iter().flat_map(|one| self.fences(one)).collect() };
        let statements = documents.iter().flat_map(|document| &document.statements);
        for statement in statements.filter(|statement| statement.effect == Effect::Allow) {
            self.add(statement, policy_type, &denials, &mut access.cells);
        }
        if !boundary.is_empty() {
            let mut within = Vec::new();
            let statements = boundary.iter().flat_map(|document| &document.statements);
            for statement in statements.filter(|statement| statement.effect == Effect::Allow) {
                self.add(statement, PolicyType::Identity, &Denials::default(), &mut within);
            }
            for cell in &mut access.cells {
                let mut kept = Bits::empty(self.len());
                within.iter().filter(|one| one.reach.meets(&cell.reach)).for_each(|one| kept.add(&one.actions));
                cell.actions.keep(&kept);
            }
        }
        access.cells.retain(|cell| !cell.actions.is_empty());
        access
    }

    fn add(&self, statement: &Statement, policy_type: PolicyType, denials: &Denials, cells: &mut Vec<Cell>) {
        let Some(factor) = strength(&statement.conditions, self.date()) else { return };
        let reached = Reached::by(statement, policy_type);
        let named = self.granted(&statement.action);
        let reaches: Vec<Reach> = match (&statement.resource, policy_type) {
            // It is the policy of one role.
            (_, PolicyType::Trust) => vec![Reach::one_role()],
            (None, _) => vec![Reach::Everything],
            // All but some is as good as all.
            (Some(ResourceBlock::NotResource(patterns)), _) if patterns.iter().any(|pattern| pattern == "*") => return,
            (Some(ResourceBlock::NotResource(_)), _) => vec![Reach::Everything],
            (Some(ResourceBlock::Resource(patterns)), _) => {
                patterns.iter().map(|pattern| Reach::granted(pattern, policy_type)).collect()
            }
        };
        let passed_to = passed_to(statement);
        for reach in reaches {
            let mut actions = named.clone();
            for denial in denials.whole.iter().filter(|denial| denial.covers(&reach)) {
                actions.remove(&denial.actions);
            }
            let mut breadths = Breadths::default();
            self.keep_possible(&mut actions, &reach, &mut breadths, policy_type);
            let passed_to = passed_to.clone();
            let cell = Cell { reach, breadths, factor, reached, actions, passed_to };
            for cell in self.within(&denials.fences, cell) {
                cell.put(cells);
            }
        }
    }

    /// A cell in two: what a Deny leaves to those whom it names, and the rest.
    fn within(&self, fences: &[Denial], mut cell: Cell) -> Vec<Cell> {
        let mut inside = Bits::empty(self.len());
        fences.iter().filter(|fence| fence.covers(&cell.reach)).for_each(|fence| inside.add(&fence.actions));
        inside.keep(&cell.actions);
        if inside.is_empty() {
            return vec![cell];
        }
        cell.actions.remove(&inside);
        // As if the Allow had the condition.
        let named = Cell {
            actions: inside,
            reached: if cell.reached == Reached::Everyone { Reached::Known } else { cell.reached },
            factor: conditions::restricted(cell.factor),
            ..cell.clone()
        };
        vec![named, cell]
    }

    /// Takes out the actions that are about no resource of the pattern.
    fn keep_possible(&self, actions: &mut Bits, reach: &Reach, breadths: &mut Breadths, policy_type: PolicyType) {
        // A policy of a resource is about that resource, whatever it says.
        if policy_type != PolicyType::Identity || *reach == Reach::Everything {
            return;
        }
        let gone: Vec<usize> =
            actions.iter().filter(|&action| self.breadth_of(action, reach, breadths) <= 0.0).collect();
        gone.into_iter().for_each(|action| actions.unset(action));
    }

    /// Those that always hold.
    fn denials(&self, document: &Document) -> Vec<Denial> {
        let denies = document.statements.iter().filter(|statement| statement.effect == Effect::Deny);
        let whole = denies.filter(|statement| {
            // Who is not named may still do it.
            let everyone = statement.principal.is_none() || principals::is_everyone(statement);
            everyone
                && strength(&statement.conditions, self.date()) == Some(1.0)
                && conditions::never_fails(&statement.conditions, self.date())
        });
        whole.map(|statement| self.denial(statement)).collect()
    }

    /// Those that hold for everybody but callers whom they name.
    fn fences(&self, document: &Document) -> Vec<Denial> {
        let denies = document.statements.iter().filter(|statement| statement.effect == Effect::Deny);
        let leaves_named = |statement: &&Statement| {
            leaves_named(statement.conditions.iter().map(|condition| {
                let values = condition.values.iter().map(String::as_str);
                (Operator::parse(&condition.operator), condition.key.as_str(), values)
            }))
        };
        let fences = denies.filter(|one| principals::is_everyone(one)).filter(leaves_named);
        fences.map(|statement| self.denial(statement)).collect()
    }

    fn denial(&self, statement: &Statement) -> Denial {
        Denial { actions: self.actions(&statement.action), resource: statement.resource.clone() }
    }

    /// The actions that an Allow is taken to grant. IAM refuses patterns of services such as `*:*`; whoever wrote one meant
    /// everything, and no refused policy looks better than what was meant.
    fn granted(&self, block: &ActionBlock) -> Bits {
        let mut bits = self.actions(block);
        let is_wild =
            |pattern: &String| pattern.split_once(':').is_some_and(|(service, _)| service.contains(['*', '?']));
        if let ActionBlock::Action(patterns) = block
            && patterns.iter().any(is_wild)
        {
            bits.set_range(0..self.len());
        }
        bits
    }

    fn actions(&self, block: &ActionBlock) -> Bits {
        let mut bits = Bits::empty(self.len());
        block.patterns().iter().for_each(|pattern| self.mark(pattern, &mut bits));
        if let ActionBlock::NotAction(_) = block {
            bits.flip(self.len());
        }
        bits
    }
}

/// What is denied.
#[derive(Default)]
struct Denials {
    /// Always.
    whole: Vec<Denial>,
    /// To all but some.
    fences: Vec<Denial>,
}

/// What one Deny is about.
struct Denial {
    actions: Bits,
    resource: Option<ResourceBlock>,
}

impl Denial {
    /// Whether it denies everything that a pattern reaches.
    fn covers(&self, reach: &Reach) -> bool {
        match &self.resource {
            None => true,
            Some(ResourceBlock::Resource(patterns)) => {
                patterns.iter().any(|pattern| Reach::denied(pattern).contains(reach))
            }
            Some(ResourceBlock::NotResource(patterns)) => {
                !patterns.iter().any(|pattern| Reach::of(pattern).meets(reach))
            }
        }
    }
}

impl Cell {
    /// Adds it to the others, in one with its like.
    fn put(self, cells: &mut Vec<Cell>) {
        let same = |cell: &&mut Cell| {
            cell.reach == self.reach
                && cell.reached == self.reached
                && cell.factor.to_bits() == self.factor.to_bits()
                && cell.passed_to == self.passed_to
        };
        match cells.iter_mut().find(same) {
            Some(cell) => {
                cell.actions.add(&self.actions);
                cell.breadths.extend(self.breadths);
            }
            None => cells.push(self),
        }
    }
}

/// The services that the statement lets roles be passed to.
fn passed_to(statement: &Statement) -> Option<Vec<String>> {
    let about = statement.conditions.iter().find(|condition| {
        let operator = Operator::parse(&condition.operator);
        let is_text = |compare| matches!(compare, Compare::String | Compare::StringIgnoringCase | Compare::StringLike);
        condition.key.eq_ignore_ascii_case("iam:PassedToService")
            && operator.is_some_and(|operator| is_text(operator.compare) && !operator.negated && !operator.if_exists)
    });
    let mut services = about?.values.clone();
    services.sort_unstable();
    (!services.iter().any(|service| service == "*")).then_some(services)
}

impl Access<'_> {
    /// How much of an action's resources a pattern reaches, from 0 (none) to 1 (all), with what is known of the pattern already.
    pub(crate) fn breadth(&self, number: usize, reach: &Reach, known: &mut Breadths) -> f64 {
        let breadth = self.inventory.breadth_of(number, reach, known);
        match self.policy_type == PolicyType::Resource && self.inventory.is_of_one(number) {
            // A policy of one resource is about that, whatever it says.
            true if self.inventory.has_resources(number) => breadth.min(breadth::ITSELF),
            true => 0.0,
            false => breadth,
        }
    }

    /// Whether an action is allowed on anything that it can be about; `service:Name`, case does not matter.
    #[must_use]
    pub fn allows(&self, action: &str) -> bool {
        self.inventory.number(action).is_some_and(|number| self.cells.iter().any(|cell| cell.actions.has(number)))
    }

    /// Whether it is allowed beyond the caller's own user.
    pub(crate) fn allows_on_others(&self, action: &str) -> bool {
        let number = self.inventory.number(action);
        number.is_some_and(|number| self.cells.iter().any(|cell| cell.actions.has(number) && !cell.reach.is_own()))
    }

    /// Whether it is allowed on every resource of a kind.
    pub(crate) fn allows_on_all(&self, action: &str) -> bool {
        let Some(number) = self.inventory.number(action) else { return false };
        let on_all = |cell: &Cell| self.breadth(number, &cell.reach, &mut Breadths::default()) >= WITHOUT_RESOURCES;
        self.cells.iter().any(|cell| cell.actions.has(number) && on_all(cell))
    }

    /// Whether some role can be passed to this service; of an empty name, to any.
    pub(crate) fn passes_roles_to(&self, service: &str) -> bool {
        let Some(number) = self.inventory.number("iam:PassRole") else { return false };
        self.cells.iter().filter(|cell| cell.actions.has(number)).any(|cell| match &cell.passed_to {
            Some(services) if !service.is_empty() => {
                services.iter().any(|pattern| policy::pattern::matches_ignoring_case(pattern, service))
            }
            _ => true,
        })
    }

    /// The actions that are allowed, as `service:Name`, in the catalog's order.
    #[must_use]
    pub fn actions(&self) -> Vec<String> {
        let mut all = Bits::empty(self.inventory.len());
        self.cells.iter().for_each(|cell| all.add(&cell.actions));
        all.iter().filter_map(|number| self.inventory.name(number)).collect()
    }
}
