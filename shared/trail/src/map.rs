//! From a record to the permissions that its call needed.

use crate::arn_format::{Site, escape, is_pattern};
use crate::exact;
use crate::json::{Json, Leaf, same_name};
use crate::outcome::Outcome;
use crate::plan::{Plan, PlannedAction};
use crate::principal::{Principal, PrincipalKind};
use crate::record::Record;
use crate::refusal;
use crate::resource::{Call, Found, Inference, Lazy, infer};
use catalog::{Catalog, Resolution, RuleEffect, UnknownReason};
use hashbrown::HashMap;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// What a record means for access.
#[derive(Debug)]
pub struct Mapped<'r> {
    /// Who called.
    pub principal: Principal<'r>,
    /// The AWS service that called with the principal's session, if one did.
    pub via: Option<&'r str>,
    /// Whether the call was authorised.
    pub outcome: Outcome,
    /// What it needed.
    pub needs: Needs,
}

/// What a call needed.
#[derive(Debug)]
pub enum Needs {
    /// These permissions, never none.
    Permissions(Vec<Permission>),
    /// Nothing: the reason says why.
    Nothing(Arc<str>),
    /// The catalog does not know: the reason says what.
    Unknown(Arc<str>),
}

/// One action on the resources that a call used it on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// `service:Name`, as the service authorization reference spells it.
    pub action: Arc<str>,
    /// Resource patterns as a policy writes them, sorted, never empty; `*` where the action has no resource level or
    /// where nothing could be inferred.
    pub resources: Vec<String>,
    /// How the resources were found.
    pub inference: Inference,
    /// Condition keys that limit the permission to this use (`iam:PassedToService`, `aws:CalledVia`, ...), sorted.
    pub context: Vec<(&'static str, String)>,
    /// How the action was found.
    pub provenance: Provenance,
    /// AWS documents that the call may need this besides, and the service decides whether it checks it: tags that are
    /// given when something is made. What the call is certain to need is not `besides`.
    pub besides: bool,
}

/// How an action was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// By the catalog.
    Catalog(catalog::Provenance),
    /// By a rule about what the request holds.
    Request,
    /// AWS's own refusal names it.
    Refusal,
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Provenance::Catalog(provenance) => provenance.fmt(f),
            Provenance::Request => f.write_str("request rule"),
            Provenance::Refusal => f.write_str("named by the refusal"),
        }
    }
}

/// Maps records, remembering what the catalog says about each operation.
pub struct Mapper<'c> {
    catalog: &'c Catalog,
    operations: HashMap<String, Planned, foldhash::fast::FixedState>,
    key: String,
}

enum Planned {
    Permissions(Plan),
    Nothing(Arc<str>),
    Unknown(Arc<str>),
}

/// Operations remembered at most, so that a file full of invented names cannot fill the memory.
const REMEMBERED: usize = 50_000;

impl<'c> Mapper<'c> {
    /// A mapper that knows what `catalog` knows.
    pub fn new(catalog: &'c Catalog) -> Mapper<'c> {
        Mapper { catalog, operations: HashMap::default(), key: String::new() }
    }

    /// What `record` means.
    pub fn map<'r>(&mut self, record: &'r Record<'_>) -> Mapped<'r> {
        let principal = Principal::of(record);
        let via = principal.via(record);
        let outcome = Outcome::of(&record.error_code);
        let needs = self.needs(record, outcome, via);
        Mapped { principal, via, outcome, needs }
    }

    fn needs(&mut self, record: &Record<'_>, outcome: Outcome, via: Option<&str>) -> Needs {
        if let Some(reason) = not_a_call(record) {
            // Console actions are calls of no API, save where the catalog knows the permission behind one.
            let known =
                &*record.event_type == "AwsConsoleAction" && matches!(self.planned(record), Planned::Permissions(_));
            if !known {
                return Needs::Nothing(reason.into());
            }
        }
        let catalog = self.catalog;
        let plan = match self.planned(record) {
            Planned::Permissions(plan) => plan,
            Planned::Nothing(reason) => return Needs::Nothing(reason.clone()),
            Planned::Unknown(reason) => return Needs::Unknown(reason.clone()),
        };
        let request = match record.request_parameters {
            Some(raw) if plan.reads_request => Json::parse(raw.get()),
            _ => Json::Null,
        };
        let leaves = request.leaves();
        let call = Call {
            record,
            request: &request,
            leaves: &leaves,
            site: Site::new(partition(record), &record.aws_region, owner(record, &leaves).unwrap_or(record.account())),
            response: Lazy::new(record.response_elements),
            reported: Lazy::new(record.resources),
        };
        let mut permissions = permissions(&call, plan, catalog);
        if permissions.is_empty() {
            let names: Vec<&str> = plan.actions.iter().map(|action| &*action.full_name).collect();
            return Needs::Unknown(format!("the request does not say which it needs: {}", names.join(", ")).into());
        }
        if outcome == Outcome::Denied
            && let Some(refused) = refusal::parse(&record.error_message)
        {
            apply_refusal(&call, &refused, &mut permissions, catalog);
        }
        for permission in &mut permissions {
            keep_patterns(permission);
            permission.context.extend(via.map(|service| called_via(catalog, service)));
            permission.context.sort_unstable();
        }
        Needs::Permissions(permissions)
    }

    fn planned(&mut self, record: &Record<'_>) -> &Planned {
        self.key.clear();
        self.key.push_str(&record.event_source);
        self.key.push('\n');
        self.key.push_str(&record.event_name);
        if self.operations.len() >= REMEMBERED && !self.operations.contains_key(self.key.as_str()) {
            self.operations.clear();
        }
        let catalog = self.catalog;
        self.operations.entry_ref(self.key.as_str()).or_insert_with(|| look_up(catalog, record))
    }
}

/// The caller's ARN tells the partition; partitions share no credentials.
fn partition<'r>(record: &'r Record<'_>) -> Option<&'r str> {
    let identity = &record.user_identity;
    [&identity.arn, &identity.session_context.session_issuer.arn]
        .into_iter()
        .find_map(|arn| arn.strip_prefix("arn:")?.split_once(':'))
        .map(|(partition, _)| partition)
}

/// A request may hold anything where an ARN is expected: what no policy could hold names nothing.
fn keep_patterns(permission: &mut Permission) {
    if permission.resources.iter().all(|resource| is_pattern(resource)) {
        return;
    }
    permission.resources.retain(|resource| is_pattern(resource));
    if permission.resources.is_empty() {
        permission.resources.push("*".to_owned());
        permission.inference = Inference::Unknown;
    }
}

/// The account that a request names as the owner of what it is about.
fn owner<'r>(record: &Record<'_>, leaves: &[Leaf<'r>]) -> Option<&'r str> {
    let parameter = match &*record.event_source {
        "ecr.amazonaws.com" => "registryId",
        "glue.amazonaws.com" => "catalogId",
        _ => return None,
    };
    let named = leaves.iter().find(|leaf| same_name(leaf.name, parameter))?.value;
    (named.len() == 12 && named.bytes().all(|byte| byte.is_ascii_digit())).then_some(named)
}

fn look_up(catalog: &Catalog, record: &Record<'_>) -> Planned {
    match catalog.operation(&record.event_source, &record.event_name) {
        Resolution::Permission(operation) => Planned::Permissions(Plan::of(operation)),
        Resolution::None { reason, .. } => Planned::Nothing(reason.into()),
        Resolution::Retired { reason } => Planned::Unknown(format!("retired: {reason}").into()),
        Resolution::Unknown(UnknownReason::Service) => Planned::Unknown("unknown event source".into()),
        Resolution::Unknown(UnknownReason::Operation) => {
            Planned::Unknown("unknown operation of a known service".into())
        }
    }
}

/// Why a record is no call that could need a permission.
fn not_a_call(record: &Record<'_>) -> Option<&'static str> {
    match &*record.event_type {
        "" | "AwsApiCall" | "AwsVpceEvent" => None,
        "AwsServiceEvent" => Some("a service event: something AWS did"),
        "AwsConsoleSignIn" => Some("a sign-in event"),
        "AwsConsoleAction" => Some("a console action that calls no API"),
        _ => Some("an event type that is no API call"),
    }
}

/// The permissions of a call; none when the request does not say which of several it was.
fn permissions(call: &Call<'_>, plan: &Plan, catalog: &Catalog) -> Vec<Permission> {
    if let Some(decided) = exact::instead(call) {
        return decided.into_iter().map(Permission::decided).collect();
    }
    let holds = |when: &str, equals: Option<&str>| {
        let value = if when.contains('.') { at_path(call.request, when) } else { call.request.find(when) };
        value.is_some_and(|value| {
            value.is_given()
                && equals.is_none_or(|equals| value.as_text().is_some_and(|text| text.eq_ignore_ascii_case(equals)))
        })
    };
    let rules: Vec<_> = plan.rules.iter().filter(|rule| holds(&rule.when, rule.equals.as_deref())).collect();
    let by_rule = |effect| {
        rules
            .iter()
            .filter(move |rule| rule.effect == effect)
            .flat_map(|rule| &rule.actions)
            .map(|action| (action, Provenance::Request))
    };
    let replaced = by_rule(RuleEffect::Use).next().is_some();
    if plan.one_of && !replaced {
        return Vec::new();
    }
    let own = plan
        .actions
        .iter()
        .filter(|action| !replaced && !exact::decided_beside(call, action))
        .map(|action| (action, Provenance::Catalog(plan.provenance)));
    let actions = own.chain(by_rule(RuleEffect::Use)).chain(by_rule(RuleEffect::Also));

    let mut permissions: Vec<Permission> = Vec::with_capacity(plan.actions.len());
    for (action, provenance) in actions {
        if permissions.iter().any(|known| known.action == action.full_name) {
            continue;
        }
        let (mut found, context) = exact::resources(call, action, catalog);
        let besides = provenance == Provenance::Request && action.tags_what_is_made() && !replaced;
        if besides {
            only_made(&mut found.patterns, plan);
        }
        permissions.push(Permission {
            action: action.full_name.clone(),
            resources: found.patterns,
            inference: found.inference,
            context,
            provenance,
            besides,
        });
        passed_roles(call, action, &mut permissions);
    }
    permissions.extend(exact::beside(call).into_iter().map(Permission::decided));
    permissions
}

/// Tags go to what the call makes, not to what else it names (the subnet group of a new database).
fn only_made(patterns: &mut Vec<String>, plan: &Plan) {
    let made = |pattern: &String| {
        let types = plan.actions.iter().flat_map(|action| &action.types).filter(|kind| kind.required);
        types.flat_map(|kind| &kind.formats).any(|format| format.fits(pattern))
    };
    if patterns.iter().any(made) {
        patterns.retain(made);
    }
}

fn at_path<'j, 'a>(json: &'j Json<'a>, path: &str) -> Option<&'j Json<'a>> {
    path.split('.').try_fold(json, |json, name| json.get(name))
}

impl Permission {
    fn decided(decided: exact::Decided) -> Permission {
        Permission {
            action: decided.action.into(),
            resources: decided.found.patterns,
            inference: decided.found.inference,
            context: Vec::new(),
            provenance: Provenance::Request,
            besides: false,
        }
    }
}

/// Handing a role to a service needs iam:PassRole on it, which is never an event of its own.
fn passed_roles(call: &Call<'_>, action: &PlannedAction, permissions: &mut Vec<Permission>) {
    for (parameter, passed_to) in &action.passed_roles {
        let named = call.leaves.iter().filter(|leaf| same_name(leaf.name, parameter)).map(|leaf| leaf.value);
        // `"iamInstanceProfile": {"name": "web"}`
        let within = call.request.find(parameter).and_then(|object| object.text("arn").or_else(|| object.text("name")));
        for given in named.chain(within) {
            let Some(role) = role_arn(call, given) else { continue };
            let context = if passed_to.is_empty() {
                Vec::new()
            } else {
                vec![("iam:PassedToService", in_partition(call, passed_to).to_owned())]
            };
            let passed = Permission {
                action: PASS_ROLE.into(),
                resources: vec![role],
                inference: Inference::Request,
                context,
                provenance: Provenance::Request,
                besides: false,
            };
            if !permissions.contains(&passed) {
                permissions.push(passed);
            }
        }
    }
}

/// The service principal that takes a role, by its name where the call was made. In the China Regions EC2 and EMR have names
/// of their own; IAM, which checks what is put into an instance profile, says `ec2.amazonaws.com` there as everywhere.
/// <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2SpotFleetTaggingRole.html>,
/// <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEMRFullAccessPolicy_v2.html>,
/// <https://github.com/aws/karpenter-provider-aws/issues/6843>
fn in_partition<'p>(call: &Call<'_>, principal: &'p str) -> &'p str {
    match principal {
        _ if call.site.partition != "aws-cn" || &*call.record.event_source == "iam.amazonaws.com" => principal,
        "ec2.amazonaws.com" => "ec2.amazonaws.com.cn",
        "elasticmapreduce.amazonaws.com" => "elasticmapreduce.amazonaws.com.cn",
        _ => principal,
    }
}

const PASS_ROLE: &str = "iam:PassRole";

/// A role's ARN from its ARN or name, or from an instance profile's: the request does not say which role a profile
/// holds, and those that the console and most templates make hold the role of the same name.
/// Service-linked roles need no PassRole.
fn role_arn(call: &Call<'_>, given: &str) -> Option<String> {
    if given.starts_with("arn:") {
        let resource = given.splitn(6, ':').nth(5)?;
        let is_role = resource.starts_with("role/") && !resource.starts_with("role/aws-service-role/");
        let is_profile = resource.starts_with("instance-profile/");
        return match (is_role, is_profile) {
            (true, _) => Some(escape(given).into_owned()),
            (_, true) => Some(escape(&given.replacen(":instance-profile/", ":role/", 1)).into_owned()),
            _ => None,
        };
    }
    let is_name = !given.is_empty()
        && given.len() <= 128
        && given.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-/".contains(&byte));
    is_name.then(|| {
        format!("arn:{}:iam::{}:role/{}", call.site.partition, call.site.account, given.trim_start_matches('/'))
    })
}

/// AWS's message names the action and the resource that were refused, which may be other than the operation's own
/// (a refused CreateFunction may lack only iam:PassRole).
fn apply_refusal(
    call: &Call<'_>,
    refused: &refusal::Refused<'_>,
    permissions: &mut Vec<Permission>,
    catalog: &Catalog,
) {
    let Some((service, name)) = refused.action.split_once(':') else { return };
    let Some(action) = catalog.action(service, name) else { return };
    let planned = PlannedAction::of(action, None);
    let resource = refused.resource.filter(|resource| resource.starts_with("arn:") || *resource == "*");
    let mut permission =
        match permissions.iter().position(|known| known.action.eq_ignore_ascii_case(&planned.full_name)) {
            Some(position) => permissions.swap_remove(position),
            None => {
                let found = if resource.is_some() { Found::any(Inference::Unknown) } else { infer(call, &planned) };
                Permission {
                    action: planned.full_name,
                    resources: found.patterns,
                    inference: found.inference,
                    context: Vec::new(),
                    provenance: Provenance::Refusal,
                    besides: false,
                }
            }
        };
    if let Some(resource) = resource
        && resource != "*"
    {
        // AWS prints `instance/*` for what has no name yet, so its stars are wildcards and not text.
        permission.resources = vec![resource.to_owned()];
        permission.inference = Inference::Answer;
    }
    // What else the call needs was not decided, and is needed all the same.
    permissions.insert(0, permission);
}

/// AWS lists the services that appear in aws:CalledVia; for any other, aws:ViaAWSService tells a forward access
/// session from a call of the principal's own.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia>
pub fn called_via(catalog: &Catalog, service: &str) -> (&'static str, String) {
    if catalog.called_via(service) {
        ("aws:CalledVia", service.to_owned())
    } else {
        ("aws:ViaAWSService", "true".to_owned())
    }
}

/// What a principal with this name is called in a table.
pub fn display_name(kind: PrincipalKind, arn: &str) -> Cow<'_, str> {
    let principal = Principal { kind, arn: arn.into(), account: "".into(), cross_account: false };
    match principal.permission_set() {
        Some(set) => Cow::Owned(format!("permission set {set}")),
        None => Cow::Borrowed(arn),
    }
}
