//! What can be asked of generation.

use policy::Quota;

/// What can be asked of generation; the default is what most people want.
#[derive(Clone, Debug)]
pub struct Options {
    /// Resources as they were used, or `*`.
    pub mode: Mode,
    /// The actions that were used, or all actions of the services that were used.
    pub level: Level,
    /// Only principals whose ARN or permission-set name matches this glob.
    pub principal: Option<String>,
    /// First UTC day that counts, in days since 1970.
    pub start: Option<i32>,
    /// Last UTC day that counts.
    pub end: Option<i32>,
    /// Actions that a principal used less often, on all resources together, are left out.
    pub min_count: u64,
    /// Actions that match one of these globs are left out.
    pub exclude_actions: Vec<String>,
    /// If there are any, actions that match none of these are left out.
    pub allow_actions: Vec<String>,
    /// What was refused is granted, too; not what was refused because of the credentials.
    pub include_denied: bool,
    /// More resources than this under one prefix become `prefix/*`; 0 never generalises.
    pub generalize: usize,
    /// What the policies will be attached as.
    pub quota: Quota,
}

/// Which resources a policy names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `*`.
    Actions,
    /// As they were used.
    Resources,
}

/// Which actions a policy names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Those that were used.
    Action,
    /// `service:*` for each service that was used.
    Service,
}

/// The first of these globs that can match no action: an action has a service and a name.
pub fn matches_no_action<'g>(globs: impl IntoIterator<Item = &'g String>) -> Option<&'g str> {
    globs.into_iter().map(String::as_str).find(|glob| !glob.contains([':', '*']))
}

impl Default for Options {
    fn default() -> Self {
        Options {
            mode: Mode::Resources,
            level: Level::Action,
            principal: None,
            start: None,
            end: None,
            min_count: 1,
            exclude_actions: Vec::new(),
            allow_actions: Vec::new(),
            include_denied: false,
            generalize: 10,
            quota: Quota::Managed,
        }
    }
}
