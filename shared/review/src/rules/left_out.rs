//! Checks of IAM Access Analyzer that leastwise does not make, and why.

/// Code and reason, by code.
pub static LEFT_OUT: &[(&str, &str)] = &[
    (
        "CONFIRM_AUDIENCE_CLAIM_TYPE",
        "asks a question that the policy does not answer: whether tokens have several audiences",
    ),
    ("EQUIVALENT_TO_NULL_FALSE", "AWS does not document which conditions it takes for equivalent"),
    ("EQUIVALENT_TO_NULL_TRUE", "AWS does not document which conditions it takes for equivalent"),
    ("INVALID_KMS_KEY_VALUE", "AWS does not document which forms of a key it takes"),
    ("IRRELEVANT_CONDITION_KEY_IN_POLICY", "depends on the type of the resource that the policy is attached to"),
    ("MISSING_PAIRED_CONDITION_KEYS", "AWS does not document which keys it pairs"),
    ("RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY", "AWS does not document which keys it relates"),
    ("RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY", "AWS does not document which keys it relates"),
    ("RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK", "AWS does not document which keys it means"),
    ("RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL", "AWS does not document which keys it replaces"),
    ("REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION", "AWS does not document which conditions it takes for redundant"),
    (
        "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION",
        "AWS does not document which statements it takes for redundant",
    ),
    ("SCP_SYNTAX_ERROR_ACTION_WILDCARD", "service control policies have the whole language since September 2025"),
    ("SCP_SYNTAX_ERROR_ALLOW_CONDITION", "service control policies have the whole language since September 2025"),
    ("SCP_SYNTAX_ERROR_ALLOW_NOTACTION", "service control policies have the whole language since September 2025"),
    ("SCP_SYNTAX_ERROR_ALLOW_RESOURCE", "service control policies have the whole language since September 2025"),
    ("SCP_SYNTAX_ERROR_NOTRESOURCE", "service control policies have the whole language since September 2025"),
    (
        "UNSUPPORTED_ACTION_FOR_CONDITION_KEY",
        "AWS does not document for which keys it is made; the authorization reference is not complete enough to make it for all",
    ),
    ("UNSUPPORTED_ACTION_IN_POLICY", "depends on the type of the resource that the policy is attached to"),
    ("UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL", "AWS does not document which keys services send"),
    (
        "UNSUPPORTED_GLOBAL_CONDITION_KEY",
        "AWS documents two codes for `aws:ARN`; it is DEPRECATED_GLOBAL_CONDITION_KEY here",
    ),
    ("UNSUPPORTED_RESOURCE_ARN_IN_POLICY", "depends on the type of the resource that the policy is attached to"),
    ("USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES", "AWS does not document which keys and services it means"),
    ("VARIABLE_USAGE_TOO_PERMISSIVE", "AWS does not document what it takes for too permissive"),
    ("WILDCARD_USAGE_TOO_PERMISSIVE", "AWS does not document what it takes for too permissive"),
];
