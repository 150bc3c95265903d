//! Who takes part and what each of them does: the small cast of the sample story, and a load of any number of
//! principals.

use crate::actor::Actor;
use crate::calls::{
    Make, analytics as sql, compute as run, delivery as ship, identity as id, messaging as say, secrets,
    storage as keep,
};

/// The region that the applications run in.
pub const HOME: &str = "eu-west-1";
/// The region that global services are recorded in.
pub const GLOBAL: &str = "us-east-1";
/// The account whose trail is written.
pub const ACCOUNT: &str = "111122223333";
/// An account that calls from outside.
pub const PARTNER: &str = "444455556666";

/// One thing that a member does.
#[derive(Debug, Clone, Copy)]
pub struct Task {
    /// How often, against the member's other tasks.
    pub weight: u64,
    /// Makes the call.
    pub make: Make,
    /// True where the member is not allowed to.
    pub refused: bool,
}

/// One principal and its work.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who.
    pub actor: Actor,
    /// Whose resources it works on.
    pub team: String,
    /// How much it does, against the others.
    pub weight: u64,
    /// What it does in the home region.
    pub regional: Vec<Task>,
    /// What it does with the global services, which are recorded in us-east-1.
    pub global: Vec<Task>,
}

impl Member {
    /// What it does in `region`.
    #[must_use]
    pub fn tasks(&self, region: &str) -> &[Task] {
        if region == GLOBAL { &self.global } else { &self.regional }
    }
}

const fn does(weight: u64, make: Make) -> Task {
    Task { weight, make, refused: false }
}

const fn refused(weight: u64, make: Make) -> Task {
    Task { weight, make, refused: true }
}

fn member(actor: Actor, team: &str, weight: u64, regional: Vec<Task>, global: Vec<Task>) -> Member {
    Member { actor, team: team.to_owned(), weight, regional, global }
}

/// The cast of the sample: an online shop's order service, and who builds, asks, looks after and saves it.
#[must_use]
pub fn sample() -> Vec<Member> {
    let mut cast = vec![
        member(
            Actor::role("/orders/", "orders-api", &["task-1f0c", "task-7ab2", "task-93de"]),
            "orders",
            50,
            vec![
                does(20, keep::get_invoice),
                does(14, keep::put_incoming),
                does(4, keep::list_incoming),
                does(18, keep::get_item),
                does(12, keep::put_item),
                does(8, keep::update_item),
                does(6, keep::query),
                does(8, secrets::decrypt),
                does(6, secrets::generate_data_key),
                does(2, secrets::get_secret_value),
                does(3, secrets::get_parameter),
                does(1, secrets::get_parameters_by_path),
                refused(1, say::publish),
            ],
            vec![],
        ),
        member(
            Actor::role("/ci/", "deployer", &["build-117", "build-118"]),
            "orders",
            14,
            vec![
                does(3, run::create_function),
                does(8, run::update_function_code),
                does(3, run::update_function_configuration),
                does(6, run::get_function),
                does(3, ship::create_change_set),
                does(3, ship::execute_change_set),
                does(6, ship::describe_stacks),
                does(2, secrets::put_parameter),
                refused(1, keep::delete_table),
            ],
            vec![
                does(6, id::get_role),
                does(3, id::create_invalidation),
                does(3, id::get_distribution),
                does(2, id::change_resource_record_sets),
                refused(2, id::attach_role_policy),
            ],
        ),
        member(Actor::role("/analytics/", "analyst", &["lena@example.com"]), "analytics", 14, analyst(), vec![]),
        member(
            Actor::PermissionSet { name: "PowerUser".to_owned(), person: "maya@example.com".to_owned() },
            "orders",
            12,
            console(),
            vec![
                does(6, id::list_roles),
                does(5, id::describe_organization),
                does(8, id::describe_event_aggregates),
                refused(2, id::create_user),
            ],
        ),
        member(
            Actor::User { name: "nightly-backup".to_owned() },
            "orders",
            8,
            vec![
                does(12, keep::put_backup),
                does(3, keep::get_backup_version),
                does(2, keep::create_db_snapshot),
                does(3, keep::describe_db_instances),
                does(1, id::get_caller_identity),
            ],
            vec![],
        ),
        member(
            Actor::Federated { name: "contractor".to_owned(), issuer: "token-desk".to_owned() },
            "orders",
            2,
            vec![does(3, say::describe_log_groups), does(2, say::start_query)],
            vec![],
        ),
    ];
    cast.extend(company("orders"));
    cast
}

/// Those who turn up in every account's trail: services, partners, people from a directory.
fn company(team: &str) -> Vec<Member> {
    let service = |principal: &str| Actor::Service { principal: principal.to_owned() };
    vec![
        member(service("cloudtrail.amazonaws.com"), team, 1, vec![does(1, keep::get_log_bucket_acl)], vec![]),
        member(service("lambda.amazonaws.com"), team, 2, vec![does(1, id::assume_service_role)], vec![]),
        member(
            Actor::ServiceLinked {
                principal: "autoscaling.amazonaws.com".to_owned(),
                role: "AWSServiceRoleForAutoScaling".to_owned(),
            },
            team,
            2,
            vec![does(3, run::describe), does(1, run::terminate_instances)],
            vec![],
        ),
        member(
            Actor::OtherAccount { account: PARTNER.to_owned() },
            team,
            1,
            vec![does(3, keep::get_shared_prices), does(1, id::assume_role_from_outside)],
            vec![],
        ),
        member(
            Actor::role("/", "settlement", &["settlement"]).of_account(PARTNER),
            team,
            1,
            vec![does(3, keep::get_shared_prices), refused(1, keep::get_invoice)],
            vec![],
        ),
        member(
            Actor::Saml { person: "ravi@example.com".to_owned() },
            team,
            1,
            vec![],
            vec![does(1, id::assume_role_with_saml)],
        ),
        member(
            Actor::WebIdentity { subject: "repository:example/orders:branch:main".to_owned() },
            team,
            1,
            vec![does(1, id::assume_role_with_web_identity)],
            vec![],
        ),
    ]
}

fn analyst() -> Vec<Task> {
    vec![
        does(6, sql::start_query_execution),
        does(8, sql::get_query_execution),
        does(5, sql::get_query_results),
        does(3, sql::get_table),
        does(6, sql::get_table_by_athena),
        does(5, sql::get_partitions_by_athena),
        does(16, sql::get_object_by_athena),
        does(6, sql::put_result_by_athena),
        does(3, sql::get_results_location_by_athena),
        refused(1, secrets::get_secret_value),
    ]
}

fn console() -> Vec<Task> {
    vec![
        does(10, run::describe),
        does(4, say::describe_alarms),
        does(4, say::describe_log_groups),
        does(3, say::start_query),
        does(3, run::list_functions),
        does(3, keep::list_buckets),
        does(2, keep::get_bucket_encryption),
        does(2, keep::describe_table),
        does(2, ship::get_resources),
        does(1, say::put_metric_alarm),
        does(1, ship::unheard_of),
        does(1, ship::unpublished),
        refused(1, secrets::start_session),
        refused(1, secrets::schedule_key_deletion),
    ]
}

fn service_at_work() -> Vec<Task> {
    let mut tasks = vec![
        does(30, keep::get_invoice),
        does(16, keep::put_incoming),
        does(4, keep::head_invoice),
        does(4, keep::delete_incoming),
        does(3, keep::list_incoming),
        does(28, keep::get_item),
        does(16, keep::put_item),
        does(10, keep::update_item),
        does(8, keep::query),
        does(16, secrets::decrypt),
        does(10, secrets::generate_data_key),
        does(4, secrets::get_secret_value),
        does(4, secrets::get_parameter),
        does(8, run::invoke),
        does(8, say::send_message),
        does(8, say::receive_message),
        does(8, say::delete_message),
        does(5, say::publish),
        does(5, say::put_records),
        does(2, say::put_events),
        does(3, say::start_execution),
        does(2, say::create_log_stream),
    ];
    tasks.push(refused(1, keep::delete_table));
    tasks
}

fn worker() -> Vec<Task> {
    vec![
        does(20, say::receive_message),
        does(20, say::delete_message),
        does(20, keep::get_invoice),
        does(10, keep::put_incoming),
        does(6, run::submit_job),
        does(6, say::describe_execution),
        does(4, run::batch_get_image),
        does(2, run::get_authorization_token),
        does(5, id::assume_role),
        does(3, say::describe_stream),
        does(2, say::get_queue_attributes),
        refused(1, secrets::get_secret_value),
    ]
}

fn release() -> Vec<Task> {
    vec![
        does(3, run::create_function),
        does(8, run::update_function_code),
        does(3, run::update_function_configuration),
        does(6, run::get_function),
        does(4, run::register_task_definition),
        does(3, run::run_task),
        does(3, run::update_service),
        does(3, run::put_image),
        does(3, run::get_authorization_token),
        does(3, ship::create_change_set),
        does(3, ship::execute_change_set),
        does(9, ship::describe_stacks),
        does(3, ship::start_build),
        does(3, ship::batch_get_builds),
        does(2, ship::create_deployment),
        does(2, ship::get_rest_api),
        does(2, run::run_instances),
        does(2, run::terminate_instances),
        does(2, run::register_targets),
        does(2, run::describe_target_health),
        does(2, say::put_rule),
        does(2, secrets::put_parameter),
        refused(1, keep::put_bucket_policy),
    ]
}

fn global_work() -> Vec<Task> {
    vec![
        does(6, id::get_role),
        does(2, id::list_roles),
        does(3, id::create_invalidation),
        does(3, id::get_distribution),
        does(2, id::change_resource_record_sets),
        does(4, id::describe_event_aggregates),
        does(2, id::describe_organization),
        refused(1, id::attach_role_policy),
    ]
}

/// `principals` that do the work, in kinds that repeat, and the usual company around them with 2 % of the events.
#[must_use]
pub fn load(principals: u64) -> Vec<Member> {
    let mut cast: Vec<Member> = (0..principals).map(|index| worker_bee(index, principals)).collect();
    let mut others = company("orders");
    others.push(member(
        Actor::Root,
        "orders",
        1,
        vec![does(1, keep::list_buckets)],
        vec![does(1, id::get_account_summary)],
    ));
    cast.append(&mut others);
    cast
}

fn worker_bee(index: u64, principals: u64) -> Member {
    const TEAMS: [&str; 8] = ["orders", "billing", "catalogue", "search", "shipping", "returns", "media", "identity"];
    let name = TEAMS.get((index % 8) as usize).copied().unwrap_or_default();
    let round = index / 8;
    let team = if round == 0 { name.to_owned() } else { format!("{name}-{round}") };
    let path = format!("/{team}/");
    let role = |name: &str, sessions: &[&str]| Actor::role(&path, &format!("{team}-{name}"), sessions);
    // Together the principals weigh about fifty times as much as the company, however many they are.
    let share = |percent: u64| (percent * 500 / principals.max(1)).max(1);
    let mut console_and_more = console();
    console_and_more.extend([
        does(2, keep::get_bucket_location),
        does(1, run::describe_auto_scaling_groups),
        does(1, run::set_desired_capacity),
        does(1, say::list_subscriptions),
        does(1, secrets::describe_secret),
        does(1, secrets::describe_key),
    ]);
    match index % 8 {
        0 => member(role("api", &["task-1f0c", "task-7ab2", "task-93de"]), &team, share(32), service_at_work(), vec![]),
        1 => member(
            Actor::PermissionSet { name: format!("Developer-{team}"), person: format!("{team}@example.com") },
            &team,
            share(8),
            console_and_more,
            global_work(),
        ),
        2 => member(
            Actor::User { name: format!("{team}-backup") },
            &team,
            share(5),
            vec![
                does(12, keep::put_backup),
                does(6, keep::get_backup_version),
                does(2, keep::create_db_snapshot),
                does(3, keep::describe_db_instances),
                does(2, id::get_caller_identity),
            ],
            vec![],
        ),
        3 => member(role("deployer", &["build-117", "build-118"]), &team, share(8), release(), global_work()),
        4 => member(role("analyst", &["lena@example.com", "omar@example.com"]), &team, share(12), analyst(), vec![]),
        5 => member(role("worker", &["i-0a1b2c3d4e5f60718"]), &team, share(20), worker(), vec![]),
        6 => member(
            Actor::Federated { name: format!("{team}-desk"), issuer: "token-desk".to_owned() },
            &team,
            share(3),
            vec![does(3, say::describe_log_groups), does(2, say::start_query), does(6, keep::get_invoice)],
            vec![],
        ),
        _ => member(role("events", &["stream"]), &team, share(12), service_at_work(), vec![]),
    }
}
