//! `leastwise.toml`: what flags do not say.

use crate::generate::{API, DEPLOYER, actions, array, principal, reasons, resources, text};
use crate::support::Place;
use serde_json::Value;

#[test]
fn settings_stand_in_a_file_and_flags_overrule_them() {
    let mut place = Place::with_analysis();
    place.write("leastwise.toml", "[generate]\nmode = \"actions\"\nprincipal = \"orders-api\"\nmin-count = 2\nexclude-actions = [\"kms:*\"]\nquota = \"user\"\n");
    let generated = place.generate(&[]);
    assert_eq!(array(&generated["principals"]).len(), 1);
    let api = principal(&generated, API);
    assert_eq!(resources(api), ["*"].into());
    assert!(reasons(api).contains("excluded"));

    let generated = place.generate(&["--mode", "resources", "--principal", "deployer", "--exclude-actions", "iam:*"]);
    assert_eq!(array(&generated["principals"]).len(), 1);
    assert!(resources(principal(&generated, DEPLOYER)).len() > 1);
    assert!(!actions(principal(&generated, DEPLOYER)).iter().any(|action| action.starts_with("iam:")), "lists add up");

    place.write("settings/other.toml", "[generate]\nprincipal = \"PowerUser\"\n");
    let named = place.generate(&["--config", "settings/other.toml"]);
    assert_eq!(principal_names(&named), ["PowerUser"]);
    place.set("LEASTWISE_CONFIG", "settings/other.toml");
    assert_eq!(principal_names(&place.generate(&[])), ["PowerUser"]);
}

fn principal_names(generated: &Value) -> Vec<&str> {
    array(&generated["principals"]).iter().map(|one| text(&one["permission_set"])).collect()
}

#[test]
fn settings_that_cannot_be_read_are_refused_with_their_place() {
    let place = Place::with_analysis();
    for (settings, messages) in [
        (
            "[generate]\nmin-cuont = 3\n",
            &["`leastwise.toml`", "line 2, column 1", "unknown field `min-cuont`", "`min-count`", "hint: "][..],
        ),
        ("[generat]\n", &["line 1", "unknown field `generat`", "`generate`"]),
        ("[generate]\nmode = \"some\"\n", &["line 2", "unknown variant `some`", "`resources`"]),
        ("[generate\n", &["line 1"]),
    ] {
        place.write("leastwise.toml", settings);
        place.run(["generate", "--analysis", "analysis.json"]).fails_with(messages);
    }
    place
        .run(["generate", "--analysis", "analysis.json", "--config", "no-such.toml"])
        .fails_with(&["cannot read `no-such.toml`"]);
}
