//! What must hold for any text as a line of `diff --jsonl`: witnesses are decided as they claim, and no policy goes beyond
//! itself.

use serde_json::{Value, json};

pub fn check(text: &str) {
    let Ok(line) = serde_json::from_str::<Value>(text) else { return };
    let (old, new) = (&line["old"], &line["new"]);
    for (old, new) in [(old, new), (new, old)] {
        let mut asked = line.clone();
        (asked["old"], asked["new"]) = (old.clone(), new.clone());
        let Some(answer) = answer(&asked) else { return };
        assert_eq!(answer["verdict"] == "new-access", answer["witness"].is_object());
        if answer["witness"].is_object() && matches!(line["type"].as_str(), None | Some("identity")) {
            assert!(is_allowed(new, &answer["witness"]), "not allowed by the new policy: {answer}");
            assert!(!is_allowed(old, &answer["witness"]), "allowed by the old policy: {answer}");
        }
        asked["old"] = new.clone();
        let same = self::answer(&asked);
        assert!(same.is_none_or(|same| same["verdict"] != "new-access"), "a policy goes beyond itself");
    }
}

fn answer(line: &Value) -> Option<Value> {
    authz::compare::wire::answer(line, catalog::builtin()).ok()
}

fn is_allowed(policy: &Value, request: &Value) -> bool {
    let line = json!({"request": request, "policies": {"identity": policy}});
    authz::wire::answer(&line).is_ok_and(|answer| answer["decision"] == "allowed")
}
