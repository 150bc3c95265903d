//! Who may assume a role, and how.

mod foranyvalue_with_audience_claim_type;
mod invalid_federated_principal_syntax;
mod mismatched_action_for_principal;
mod missing_action_for_condition_key;
mod missing_action_for_roles_anywhere_trust_policy;
mod missing_condition_key_for_oidc_principal;
mod missing_github_repo_condition_key;
mod redundant_principal_in_role_trust_policy;
mod role_trust_policy_syntax_error_notprincipal;
mod role_trust_policy_syntax_error_resource;
mod role_trust_policy_unsupported_wildcard_in_principal;
mod shared_provider_without_tenant;
mod specific_github_repo_and_branch_recommended;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &foranyvalue_with_audience_claim_type::RULE,
    &invalid_federated_principal_syntax::RULE,
    &mismatched_action_for_principal::RULE,
    &missing_action_for_condition_key::RULE,
    &missing_action_for_roles_anywhere_trust_policy::RULE,
    &missing_condition_key_for_oidc_principal::RULE,
    &missing_github_repo_condition_key::RULE,
    &redundant_principal_in_role_trust_policy::RULE,
    &role_trust_policy_syntax_error_notprincipal::RULE,
    &role_trust_policy_syntax_error_resource::RULE,
    &role_trust_policy_unsupported_wildcard_in_principal::RULE,
    &shared_provider_without_tenant::RULE,
    &specific_github_repo_and_branch_recommended::RULE,
];
