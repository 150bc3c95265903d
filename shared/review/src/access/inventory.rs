//! The actions of a catalog by number, with what each can do.

use std::ops::Range;

use catalog::{AccessLevel, Action, Catalog};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use policy::Pattern;
use smallvec::SmallVec;

use super::breadth::{Format, Reach, of_format};

/// What an action can do to an account, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Gives the caller more access than he has.
    Escalation,
    /// Reads or makes secrets and credentials.
    CredentialExposure,
    /// Changes who has access to a resource.
    ResourceExposure,
    /// Reads data.
    DataRead,
    /// Makes, changes or deletes.
    Write,
    /// Changes tags.
    Tagging,
    /// Reads what there is and how it is set up.
    Metadata,
}

impl Capability {
    /// Every capability, the worst first.
    pub const ALL: [Capability; 7] = [
        Capability::Escalation,
        Capability::CredentialExposure,
        Capability::ResourceExposure,
        Capability::DataRead,
        Capability::Write,
        Capability::Tagging,
        Capability::Metadata,
    ];

    /// The word for it in answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Capability::Escalation => "escalation",
            Capability::CredentialExposure => "credential-exposure",
            Capability::ResourceExposure => "resource-exposure",
            Capability::DataRead => "data-read",
            Capability::Write => "write",
            Capability::Tagging => "tagging",
            Capability::Metadata => "metadata",
        }
    }
}

/// The actions of a catalog, by number.
#[derive(Debug)]
pub struct Inventory<'c> {
    catalog: &'c Catalog,
    services: Vec<Service<'c>>,
    // INVARIANT: as long as each other; the actions of a service stand together, sorted by their names in lower case.
    names: Vec<Box<str>>,
    actions: Vec<Action<'c>>,
    capabilities: Vec<Capability>,
    /// The number of the action's service.
    of: Vec<u16>,
    /// Actions that hand a role to a service, with the service's principal.
    passing: Vec<(usize, &'c str)>,
    /// The resource types of each action, by number.
    types_of: Vec<SmallVec<[u16; 2]>>,
    /// The ARN formats of each resource type.
    types: Vec<Vec<Format>>,
}

#[derive(Debug)]
struct Service<'c> {
    prefix: &'c str,
    actions: Range<usize>,
}

impl<'c> Inventory<'c> {
    /// Numbers the actions of a catalog.
    #[must_use]
    pub fn new(catalog: &'c Catalog) -> Self {
        let mut inventory = Inventory {
            catalog,
            services: Vec::new(),
            names: Vec::new(),
            actions: Vec::new(),
            capabilities: Vec::new(),
            of: Vec::new(),
            passing: Vec::new(),
            types_of: Vec::new(),
            types: Vec::new(),
        };
        let mut numbers: HashMap<(&str, &str), u16, FixedState> = HashMap::default();
        for (number, service) in catalog.services().enumerate() {
            let start = inventory.names.len();
            let mut actions: Vec<(Box<str>, Action<'c>)> =
                service.actions().map(|action| (action.name().to_ascii_lowercase().into(), action)).collect();
            actions.sort_by(|a, b| a.0.cmp(&b.0));
            for (name, action) in actions {
                // Without the service's principal no condition says which service it is.
                if let Some(role) = action.pass_role().find(|role| !role.passed_to.is_empty()) {
                    inventory.passing.push((inventory.names.len(), role.passed_to));
                }
                let types = action.resources().map(|resource| {
                    let kind = resource.resource_type;
                    *numbers.entry((kind.service(), kind.name())).or_insert_with(|| {
                        inventory.types.push(kind.arn_formats().map(Format::of).collect());
                        u16::try_from(inventory.types.len() - 1).unwrap_or(u16::MAX)
                    })
                });
                let types = types.collect();
                inventory.types_of.push(types);
                inventory.capabilities.push(capability(service.prefix(), &name, action));
                inventory.names.push(name);
                inventory.actions.push(action);
                inventory.of.push(u16::try_from(number).unwrap_or(u16::MAX));
            }
            inventory.services.push(Service { prefix: service.prefix(), actions: start..inventory.names.len() });
        }
        inventory
    }

    /// The catalog whose actions these are.
    #[must_use]
    pub fn catalog(&self) -> &'c Catalog {
        self.catalog
    }

    /// How many actions there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The day up to which the catalog knows AWS, `YYYY-MM-DD`: a day that is past.
    pub(crate) fn date(&self) -> &'c str {
        self.catalog.release().date()
    }

    pub(crate) fn name(&self, number: usize) -> Option<String> {
        self.actions.get(number).map(|action| format!("{}:{}", action.service(), action.name()))
    }

    pub(crate) fn capability(&self, number: usize) -> Capability {
        self.capabilities.get(number).copied().unwrap_or(Capability::Metadata)
    }

    pub(crate) fn service_of(&self, number: usize) -> usize {
        self.of.get(number).copied().map(usize::from).unwrap_or_default()
    }

    /// Whether there are resources that it can be about.
    pub(crate) fn has_resources(&self, number: usize) -> bool {
        self.types_of.get(number).is_some_and(|types| !types.is_empty())
    }

    /// Whether policies of its service belong to one resource, and its actions there are about that.
    pub(crate) fn is_of_one(&self, number: usize) -> bool {
        self.services.get(self.service_of(number)).is_some_and(|service| OF_ONE.contains(&service.prefix))
    }

    pub(crate) fn service_name(&self, service: usize) -> &'c str {
        self.services.get(service).map(|service| service.prefix).unwrap_or_default()
    }

    /// The actions that hand a role to a service, with the service's principal.
    pub(crate) fn passing(&self) -> &[(usize, &'c str)] {
        &self.passing
    }

    pub(crate) fn number(&self, action: &str) -> Option<usize> {
        let (service, name) = action.split_once(':')?;
        let range = self.service(service)?.actions.clone();
        let names = self.names.get(range.clone())?;
        let name = name.to_ascii_lowercase();
        names.binary_search_by(|known| known.as_ref().cmp(name.as_str())).ok().map(|at| range.start + at)
    }

    fn service(&self, prefix: &str) -> Option<&Service<'c>> {
        let by_prefix = |service: &Service<'c>| {
            let ours = service.prefix.bytes().map(|byte| byte.to_ascii_lowercase());
            ours.cmp(prefix.bytes().map(|byte| byte.to_ascii_lowercase()))
        };
        self.services.binary_search_by(by_prefix).ok().and_then(|at| self.services.get(at))
    }

    /// Marks the actions that a pattern matches.
    pub(super) fn mark(&self, pattern: &str, bits: &mut Bits) {
        if pattern == "*" {
            bits.set_range(0..self.len());
            return;
        }
        let Some((service, name)) = pattern.split_once(':') else { return };
        let Some(range) = self.service(service).map(|service| service.actions.clone()) else { return };
        let name = name.to_ascii_lowercase();
        let head_end = name.find(['*', '?']).unwrap_or(name.len());
        let (head, tail) = name.split_at(head_end);
        let names = self.names.get(range.clone()).unwrap_or_default();
        let start = names.partition_point(|known| known.as_ref() < head);
        let count = names.get(start..).unwrap_or_default().iter().take_while(|known| known.starts_with(head)).count();
        let from = range.start + start;
        match tail {
            "" => {
                if names.get(start).is_some_and(|known| known.as_ref() == head) {
                    bits.set(from);
                }
            }
            "*" => bits.set_range(from..from + count),
            tail => {
                let tail = Pattern::new(tail);
                let rests = names.get(start..start + count).unwrap_or_default().iter();
                for (at, known) in rests.enumerate() {
                    if tail.matches(known.get(head_end..).unwrap_or_default()) {
                        bits.set(from + at);
                    }
                }
            }
        }
    }

    /// How much of an action's resources a pattern reaches, from 0 (none) to 1 (all), with what is known of the pattern already.
    pub(crate) fn breadth_of(&self, number: usize, reach: &Reach, known: &mut Breadths) -> f64 {
        let types = self.types_of.get(number).map(SmallVec::as_slice).unwrap_or_default();
        match (types, reach) {
            // An action without resources is asked of `*`.
            ([], Reach::Everything) => super::breadth::WITHOUT_RESOURCES,
            ([], _) | (_, Reach::Nothing) => 0.0,
            (_, Reach::Everything) => 1.0,
            (types, reach) => {
                let of_type = |kind: &u16| {
                    *known.entry(*kind).or_insert_with(|| {
                        let formats = self.types.get(usize::from(*kind)).map(Vec::as_slice).unwrap_or_default();
                        formats.iter().map(|format| of_format(reach, format)).fold(0.0, f64::max)
                    })
                };
                types.iter().map(of_type).fold(0.0, f64::max)
            }
        }
    }
}

/// How much one pattern reaches of each resource type that was asked for.
pub(crate) type Breadths = HashMap<u16, f64, FixedState>;

/// Services whose resources' policies are about the resource that they belong to and nothing in it, so that `*` means it, too.
const OF_ONE: [&str; 7] = ["acm-pca", "kinesis", "kms", "lambda", "secretsmanager", "sns", "sqs"];

/// Actions whose answer holds a secret or a credential.
const CREDENTIALS: &[&str] = &[
    "chime:createapikey",
    "codepipeline:pollforjobs",
    "cognito-identity:getcredentialsforidentity",
    "cognito-identity:getopenidtoken",
    "cognito-identity:getopenidtokenfordeveloperidentity",
    "cognito-idp:describeuserpoolclient",
    "connect:getfederationtoken",
    "ec2:getpassworddata",
    "ecr:getauthorizationtoken",
    "gamelift:requestuploadcredentials",
    "iam:createservicespecificcredential",
    "iam:resetservicespecificcredential",
    "lightsail:downloaddefaultkeypair",
    "lightsail:getbucketaccesskeys",
    "lightsail:getinstanceaccessdetails",
    "lightsail:getrelationaldatabasemasteruserpassword",
    "mediapackage:rotatechannelcredentials",
    "mediapackage:rotateingestendpointcredentials",
    "rds-db:connect",
    "redshift-serverless:getcredentials",
    "redshift:getclustercredentials",
    "redshift:getclustercredentialswithiam",
    "secretsmanager:batchgetsecretvalue",
    "secretsmanager:getsecretvalue",
    "snowball:getjobunlockcode",
    "ssm:getparameter",
    "ssm:getparameterhistory",
    "ssm:getparameters",
    "ssm:getparametersbypath",
    "storagegateway:describechapcredentials",
    "sts:getfederationtoken",
];

/// Actions that read what is stored, not how it is set up.
const DATA: &[&str] = &[
    "athena:getqueryresults",
    "batch:describejobs",
    "cassandra:select",
    "codecommit:getblob",
    "codecommit:getfile",
    "codecommit:getfolder",
    "codecommit:gitpull",
    "dynamodb:batchgetitem",
    "dynamodb:exporttabletopointintime",
    "dynamodb:getitem",
    "dynamodb:getrecords",
    "dynamodb:partiqlselect",
    "dynamodb:query",
    "dynamodb:scan",
    "ebs:getsnapshotblock",
    "ebs:listsnapshotblocks",
    "ec2:getconsoleoutput",
    "ec2:getconsolescreenshot",
    "ecr:batchgetimage",
    "ecr:getdownloadurlforlayer",
    "elasticfilesystem:clientmount",
    "es:eshttpget",
    "es:eshttppost",
    "glacier:getjoboutput",
    "kinesis:getrecords",
    "kinesis:subscribetoshard",
    "kinesisvideo:getmedia",
    "kms:decrypt",
    "kms:reencryptfrom",
    "lambda:getfunction",
    "lambda:getlayerversion",
    "logs:filterlogevents",
    "logs:getlogevents",
    "logs:getqueryresults",
    "logs:startlivetail",
    "logs:startquery",
    "neptune-db:readdataviaquery",
    "qldb:partiqlselect",
    "rds-data:batchexecutestatement",
    "rds-data:executestatement",
    "rds:downloadcompletedblogfile",
    "rds:downloaddblogfileportion",
    "rds:startexporttask",
    "redshift-data:executestatement",
    "redshift-data:getstatementresult",
    "s3-object-lambda:getobject",
    "s3:getobject",
    "s3:getobjecttorrent",
    "s3:getobjectversion",
    "sdb:select",
    "sqs:receivemessage",
    "support:describecases",
    "support:describecommunications",
    "timestream:select",
    "workmail:getmailboxdetails",
    "xray:batchgettraces",
];

/// Actions that write, and only what the caller tells of itself: its logs, metrics and traces.
const TELEMETRY: &[&str] = &[
    "cloudwatch:putmetricdata",
    "logs:createlogstream",
    "logs:putlogevents",
    "xray:puttelemetryrecords",
    "xray:puttracesegments",
];

fn capability(service: &str, name: &str, action: Action<'_>) -> Capability {
    let full = format!("{service}:{name}");
    if crate::escalation::gives_more_access(&full) {
        return Capability::Escalation;
    }
    let among = |list: &[&str]| list.binary_search(&full.as_str()).is_ok();
    match action.access_level() {
        _ if among(CREDENTIALS) => Capability::CredentialExposure,
        _ if among(DATA) => Capability::DataRead,
        _ if among(TELEMETRY) => Capability::Metadata,
        AccessLevel::PermissionsManagement => Capability::ResourceExposure,
        AccessLevel::Write => Capability::Write,
        AccessLevel::Tagging => Capability::Tagging,
        AccessLevel::Read | AccessLevel::List => Capability::Metadata,
    }
}

/// A set of actions, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    pub fn empty(size: usize) -> Self {
        Bits(vec![0; size.div_ceil(64)])
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    pub fn set(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    pub fn unset(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word &= !(1 << (at % 64));
        }
    }

    pub fn set_range(&mut self, range: Range<usize>) {
        range.for_each(|at| self.set(at));
    }

    pub fn add(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    pub fn keep(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    pub fn remove(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    /// Every one of the first `size` that was not in it.
    pub fn flip(&mut self, size: usize) {
        self.0.iter_mut().for_each(|word| *word = !*word);
        let behind = size % 64;
        if let (true, Some(last)) = (behind > 0, self.0.last_mut()) {
            *last &= (1 << behind) - 1;
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest.wrapping_sub(1);
                (bit < 64).then_some(at * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_actions_are_sorted_and_exist() {
        for list in [CREDENTIALS, DATA] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{list:?}");
            for full in list {
                let (service, name) = full.split_once(':').unwrap();
                let known = catalog::builtin().action(service, name).is_some();
                assert!(known || catalog::builtin().service(service).is_none_or(|one| one.retired()), "{full}");
            }
        }
    }

    #[test]
    fn patterns_mark_what_they_match() {
        let inventory = Inventory::new(catalog::builtin());
        let of = |pattern: &str| {
            let mut bits = Bits::empty(inventory.len());
            inventory.mark(pattern, &mut bits);
            bits.iter().filter_map(|number| inventory.name(number)).collect::<Vec<_>>()
        };
        for pattern in
            ["sqs:*", "s3:Get*", "S3:getobject", "iam:*Pol?cy*", "ec2:?escribe*", "s3:Nothing", "nothing:*", "*:Get*"]
        {
            let every = catalog::builtin().services().flat_map(|one| one.actions());
            let mut expected: Vec<String> = every
                .map(|action| format!("{}:{}", action.service(), action.name()))
                .filter(|action| policy::action_matches(pattern, action))
                .collect();
            let mut marked = of(pattern);
            marked.sort();
            expected.sort();
            assert_eq!(marked, expected, "{pattern}");
        }
        assert_eq!(of("*").len(), inventory.len());
    }
}
