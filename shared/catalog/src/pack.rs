//! Writing the file from facts, and reading facts back out of it.

use crate::lookup::Catalog;
use crate::model::{Action, ResourceType};
use crate::table::{MAGIC, Section, VERSION, need};
use crate::{
    ActionFacts, ActionName, BindingFacts, ConditionKeyFacts, EventSourceFacts, Facts, Need, OperationFacts,
    PassedRoleFacts, Provenance, ReleaseFacts, ResourceTypeFacts, RuleEffect, RuleFacts, ServiceFacts, VariableFacts,
};
use std::collections::BTreeMap;

/// Writes a catalog. The same facts give the same bytes.
///
/// # Errors
/// Names the first action, resource type, service or API that something refers to and that the facts do not hold.
pub fn pack(facts: &Facts) -> Result<Vec<u8>, String> {
    let mut writer = Writer::new(facts);
    writer.releases();
    writer.services()?;
    writer.retired();
    writer.operations()?;
    writer.event_sources()?;
    writer.called_via();
    writer.id_prefixes()?;
    Ok(writer.finish())
}

struct Writer<'a> {
    facts: &'a Facts,
    sections: [Vec<u32>; Section::ALL.len()],
    pool: Vec<u8>,
    names: BTreeMap<&'a str, u32>,
    lists: BTreeMap<Vec<u32>, u32>,
    rules: BTreeMap<&'a RuleFacts, u32>,
    services: BTreeMap<&'a str, u32>,
    actions: BTreeMap<(&'a str, &'a str), u32>,
    resource_types: BTreeMap<(&'a str, &'a str), u32>,
    apis: BTreeMap<&'a str, u32>,
}

impl<'a> Writer<'a> {
    fn new(facts: &'a Facts) -> Writer<'a> {
        let mut writer = Writer {
            facts,
            sections: Default::default(),
            pool: Vec::new(),
            names: BTreeMap::new(),
            lists: BTreeMap::new(),
            rules: BTreeMap::new(),
            services: BTreeMap::new(),
            actions: BTreeMap::new(),
            resource_types: BTreeMap::new(),
            apis: BTreeMap::new(),
        };
        writer.push(Section::Names, &[0]);
        writer.name("");
        writer.list(Vec::new());
        // References point forwards as well, so the numbers are given first; maps keep them in table order.
        let (mut action_row, mut type_row) = (0, 0);
        for (number, (prefix, service)) in (0..).zip(&facts.services) {
            writer.services.insert(prefix, number);
            for name in service.actions.keys() {
                writer.actions.insert((prefix, name), action_row);
                action_row += 1;
            }
            for name in service.resource_types.keys() {
                writer.resource_types.insert((prefix, name), type_row);
                type_row += 1;
            }
        }
        writer
    }

    fn push(&mut self, section: Section, words: &[u32]) {
        if let Some(target) = self.sections.get_mut(section as usize) {
            target.extend_from_slice(words);
        }
    }

    fn length(&self, section: Section) -> u32 {
        self.sections.get(section as usize).map_or(0, Vec::len) as u32
    }

    fn rows(&self, section: Section) -> u32 {
        self.length(section) / section.width()
    }

    fn name(&mut self, text: &'a str) -> u32 {
        if let Some(&number) = self.names.get(text) {
            return number;
        }
        let number = self.names.len() as u32;
        self.names.insert(text, number);
        self.pool.extend_from_slice(text.as_bytes());
        let end = self.pool.len() as u32;
        self.push(Section::Names, &[end]);
        number
    }

    fn list(&mut self, items: Vec<u32>) -> u32 {
        if let Some(&start) = self.lists.get(&items) {
            return start;
        }
        let start = self.length(Section::Lists);
        self.push(Section::Lists, &[items.len() as u32]);
        self.push(Section::Lists, &items);
        self.lists.insert(items, start);
        start
    }

    fn name_list(&mut self, texts: &'a [String]) -> u32 {
        let items = texts.iter().map(|text| self.name(text)).collect();
        self.list(items)
    }

    fn action(&self, (service, name): &ActionName) -> Result<u32, String> {
        let key = (service.to_ascii_lowercase(), name.to_ascii_lowercase());
        let found = self.actions.get(&(key.0.as_str(), key.1.as_str()));
        found.copied().ok_or_else(|| format!("there is no action `{service}:{name}`"))
    }

    fn action_list(&mut self, actions: &[ActionName]) -> Result<u32, String> {
        let items = actions.iter().map(|action| self.action(action)).collect::<Result<_, _>>()?;
        Ok(self.list(items))
    }

    fn resource_type(&self, service: &str, name: &str) -> Result<u32, String> {
        let key = (service.to_ascii_lowercase(), name.to_ascii_lowercase());
        let found = self.resource_types.get(&(key.0.as_str(), key.1.as_str()));
        found.copied().ok_or_else(|| format!("there is no resource type `{name}` in `{service}`"))
    }

    fn releases(&mut self) {
        for release in &self.facts.release {
            let ReleaseFacts { name, version, date, licence, what } = release;
            let words = [name, version, date, licence, what].map(|text| self.name(text));
            self.push(Section::Releases, &words);
        }
    }

    fn services(&mut self) -> Result<(), String> {
        for (number, (prefix, service)) in (0..).zip(&self.facts.services) {
            let start = |writer: &Writer<'a>| {
                [Section::Actions, Section::ResourceTypes, Section::ConditionKeys].map(|section| writer.rows(section))
            };
            let first = start(self);
            for action in service.actions.values() {
                self.action_row(number, prefix, action)?;
            }
            for kind in service.resource_types.values() {
                let variables = kind.variables.iter().map(|variable| {
                    let names = std::iter::once(&variable.name).chain(&variable.parameters);
                    let names = names.map(|text| self.name(text)).collect();
                    self.list(names)
                });
                let variables = variables.collect();
                let words = [
                    number,
                    self.name(&kind.name),
                    self.name_list(&kind.arn_formats),
                    self.name_list(&kind.condition_keys),
                    self.list(variables),
                ];
                self.push(Section::ResourceTypes, &words);
            }
            for key in service.condition_keys.values() {
                let words = [self.name(&key.name), self.name(&key.kind)];
                self.push(Section::ConditionKeys, &words);
            }
            let [actions, types, keys] = first;
            let [actions_end, types_end, keys_end] = start(self);
            let texts = [&service.prefix, &service.title, &service.retired].map(|text| self.name(text));
            self.push(Section::Services, &texts);
            self.push(Section::Services, &[actions, actions_end, types, types_end, keys, keys_end]);
        }
        Ok(())
    }

    fn action_row(&mut self, service: u32, prefix: &str, action: &'a ActionFacts) -> Result<(), String> {
        let resources = action.resources.iter();
        let resources = resources
            .map(|(name, required)| Ok(self.resource_type(prefix, name)? << 1 | u32::from(*required)))
            .collect::<Result<_, String>>()?;
        let roles = action.passed_roles.iter();
        let roles = roles.flat_map(|role| [self.name(&role.parameter), self.name(&role.passed_to)]).collect();
        let words = [
            service,
            self.name(&action.name),
            action.access_level.code() | action.provenance.code() << 8,
            self.list(resources),
            self.name_list(&action.condition_keys),
            self.name_list(&action.dependent_actions),
            self.list(roles),
        ];
        self.push(Section::Actions, &words);
        Ok(())
    }

    fn retired(&mut self) {
        for ((service, action), why) in &self.facts.retired_actions {
            let words = [service, action, why].map(|text| self.name(text));
            self.push(Section::Retired, &words);
        }
    }

    fn operations(&mut self) -> Result<(), String> {
        let facts = self.facts;
        let mut open: Option<(&str, u32)> = None;
        for ((api, _), operation) in &facts.operations {
            if open.is_none_or(|(name, _)| name != api) {
                self.close_api(open);
                open = Some((api, self.rows(Section::Operations)));
            }
            let (code, need) = match &operation.need {
                Need::Actions(actions) => (need::ACTIONS, self.action_list(actions)?),
                Need::OneOf(actions) => (need::ONE_OF, self.action_list(actions)?),
                Need::Nothing(reason) => (need::NOTHING, self.name(reason)),
                Need::Retired(reason) => (need::RETIRED, self.name(reason)),
            };
            let rules = operation.rules.iter().map(|rule| self.rule(rule)).collect::<Result<_, _>>()?;
            let mut bindings = Vec::with_capacity(operation.bindings.len() * 4);
            for binding in &operation.bindings {
                bindings.extend([
                    self.resource_type(&binding.service, &binding.resource_type)?,
                    self.name(&binding.variable),
                    self.name(&binding.parameter),
                    binding.provenance.code(),
                ]);
            }
            let words = [
                self.name(&operation.name),
                code | operation.provenance.code() << 8,
                need,
                self.list(rules),
                self.list(bindings),
            ];
            self.push(Section::Operations, &words);
        }
        self.close_api(open);
        Ok(())
    }

    fn close_api(&mut self, open: Option<(&'a str, u32)>) {
        if let Some((name, first)) = open {
            self.apis.insert(name, self.rows(Section::Apis));
            let words = [self.name(name), first, self.rows(Section::Operations)];
            self.push(Section::Apis, &words);
        }
    }

    fn rule(&mut self, rule: &'a RuleFacts) -> Result<u32, String> {
        if let Some(&row) = self.rules.get(rule) {
            return Ok(row);
        }
        let row = self.rows(Section::Rules);
        let actions = self.action_list(&rule.actions)?;
        let words = [self.name(&rule.when), self.name(&rule.equals), rule.effect as u32, actions];
        self.push(Section::Rules, &words);
        self.rules.insert(rule, row);
        Ok(row)
    }

    fn event_sources(&mut self) -> Result<(), String> {
        for (name, source) in &self.facts.event_sources {
            let row = |known: &BTreeMap<&str, u32>, what: &str, key: &String| {
                known.get(key.as_str()).copied().ok_or_else(|| format!("event source `{name}`: no {what} `{key}`"))
            };
            let apis = source.apis.iter().map(|key| row(&self.apis, "API", key)).collect::<Result<_, _>>()?;
            let services =
                source.services.iter().map(|key| row(&self.services, "service", key)).collect::<Result<_, _>>()?;
            let words = [self.name(name), self.list(apis), self.list(services), self.name(&source.retired)];
            self.push(Section::EventSources, &words);
        }
        Ok(())
    }

    fn called_via(&mut self) {
        for principal in &self.facts.called_via {
            let word = self.name(principal);
            self.push(Section::CalledVia, &[word]);
        }
    }

    fn id_prefixes(&mut self) -> Result<(), String> {
        for (prefix, (service, kind)) in &self.facts.id_prefixes {
            let words = [self.name(prefix), self.resource_type(service, kind)?];
            self.push(Section::IdPrefixes, &words);
        }
        Ok(())
    }

    fn finish(self) -> Vec<u8> {
        let mut header = Vec::from(MAGIC.as_slice());
        header.extend(VERSION.to_le_bytes());
        let mut at = header.len() + Section::ALL.len() * 8;
        let mut body = Vec::new();
        for (section, words) in Section::ALL.into_iter().zip(&self.sections) {
            let bytes: Vec<u8> = match section {
                Section::Pool => self.pool.clone(),
                _ => words.iter().flat_map(|word| word.to_le_bytes()).collect(),
            };
            let length = if section == Section::Pool { bytes.len() } else { words.len() };
            header.extend((at as u32).to_le_bytes());
            header.extend((length as u32).to_le_bytes());
            at += bytes.len();
            body.extend(bytes);
        }
        header.extend(body);
        header
    }
}

/// Reads the facts back: `pack(&unpack(catalog))` gives the catalog's bytes again.
pub fn unpack(catalog: &Catalog) -> Facts {
    let table = &catalog.table;
    let mut facts = Facts::default();
    for source in catalog.release().sources() {
        facts.release.push(ReleaseFacts {
            name: source.name.to_owned(),
            version: source.version.to_owned(),
            date: source.date.to_owned(),
            licence: source.licence.to_owned(),
            what: source.what.to_owned(),
        });
    }
    for service in catalog.services() {
        let facts_of = ServiceFacts {
            prefix: service.prefix().to_owned(),
            title: service.title().to_owned(),
            retired: service.retirement().to_owned(),
            actions: service.actions().map(|action| (lower(action.name()), unpack_action(action))).collect(),
            resource_types: service.resource_types().map(|kind| (lower(kind.name()), unpack_type(kind))).collect(),
            condition_keys: service
                .condition_keys()
                .map(|key| {
                    let facts = ConditionKeyFacts { name: key.name().to_owned(), kind: key.kind().to_owned() };
                    (lower(key.name()), facts)
                })
                .collect(),
        };
        facts.services.insert(lower(service.prefix()), facts_of);
    }
    for row in table.rows(Section::Retired) {
        let text = |field| table.name(Section::Retired, row, field).to_owned();
        facts.retired_actions.insert((text(0), text(1)), text(2));
    }
    for row in table.rows(Section::EventSources) {
        let names = |field, section| {
            table.list(Section::EventSources, row, field).map(move |other| table.name(section, other, 0))
        };
        let source = EventSourceFacts {
            apis: names(1, Section::Apis).map(str::to_owned).collect(),
            services: names(2, Section::Services).map(lower).collect(),
            retired: table.name(Section::EventSources, row, 3).to_owned(),
        };
        facts.event_sources.insert(table.name(Section::EventSources, row, 0).to_owned(), source);
    }
    for api in table.rows(Section::Apis) {
        for row in table.range(Section::Apis, api, 1, Section::Operations) {
            let operation = unpack_operation(catalog, row);
            let key = (table.name(Section::Apis, api, 0).to_owned(), lower(&operation.name));
            facts.operations.insert(key, operation);
        }
    }
    for row in table.rows(Section::CalledVia) {
        facts.called_via.insert(table.name(Section::CalledVia, row, 0).to_owned());
    }
    for row in table.rows(Section::IdPrefixes) {
        let kind = ResourceType { catalog, row: table.field(Section::IdPrefixes, row, 1) };
        let value = (lower(kind.service()), kind.name().to_owned());
        facts.id_prefixes.insert(table.name(Section::IdPrefixes, row, 0).to_owned(), value);
    }
    facts
}

fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

fn owned<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    texts.map(str::to_owned).collect()
}

fn unpack_action(action: Action<'_>) -> ActionFacts {
    let roles = action.pass_role();
    ActionFacts {
        name: action.name().to_owned(),
        access_level: action.access_level(),
        resources: action
            .resources()
            .map(|resource| (resource.resource_type.name().to_owned(), resource.required))
            .collect(),
        condition_keys: owned(action.condition_keys()),
        dependent_actions: owned(action.dependent_actions()),
        passed_roles: roles
            .map(|role| PassedRoleFacts { parameter: role.parameter.to_owned(), passed_to: role.passed_to.to_owned() })
            .collect(),
        provenance: action.provenance(),
    }
}

fn unpack_type(kind: ResourceType<'_>) -> ResourceTypeFacts {
    ResourceTypeFacts {
        name: kind.name().to_owned(),
        arn_formats: owned(kind.arn_formats()),
        condition_keys: owned(kind.condition_keys()),
        variables: kind
            .variables()
            .map(|variable| VariableFacts {
                name: variable.name().to_owned(),
                parameters: owned(variable.parameters()),
            })
            .collect(),
    }
}

fn unpack_operation(catalog: &Catalog, row: u32) -> OperationFacts {
    let table = &catalog.table;
    let action_name = |row: u32| {
        let action = Action { catalog, row };
        (action.service().to_owned(), action.name().to_owned())
    };
    let flags = table.field(Section::Operations, row, 1);
    let reason = || table.name(Section::Operations, row, 2).to_owned();
    let actions = || table.list(Section::Operations, row, 2).map(action_name).collect();
    let need = match flags & 0xff {
        need::NOTHING => Need::Nothing(reason()),
        need::RETIRED => Need::Retired(reason()),
        need::ONE_OF => Need::OneOf(actions()),
        _ => Need::Actions(actions()),
    };
    let rules = table.list(Section::Operations, row, 3).map(|rule| RuleFacts {
        when: table.name(Section::Rules, rule, 0).to_owned(),
        equals: table.name(Section::Rules, rule, 1).to_owned(),
        effect: if table.field(Section::Rules, rule, 2) == 0 { RuleEffect::Use } else { RuleEffect::Also },
        actions: table.list(Section::Rules, rule, 3).map(action_name).collect(),
    });
    let mut items = table.list(Section::Operations, row, 4);
    let mut bindings = Vec::new();
    while let Some([kind, variable, parameter, provenance]) = items.take_array::<4>() {
        let kind = ResourceType { catalog, row: kind };
        bindings.push(BindingFacts {
            service: kind.service().to_owned(),
            resource_type: kind.name().to_owned(),
            variable: table.text(variable).to_owned(),
            parameter: table.text(parameter).to_owned(),
            provenance: Provenance::from_code(provenance),
        });
    }
    OperationFacts {
        name: table.name(Section::Operations, row, 0).to_owned(),
        need,
        provenance: Provenance::from_code(flags >> 8),
        rules: rules.collect(),
        bindings,
    }
}
