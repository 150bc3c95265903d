//! The case files: requests under policies, with the answers that AWS documents.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod read;

use leastwise_authz::{Prepared, wire};
use read::{Case, cases};
use serde_json::json;

#[test]
fn every_case_is_decided_as_documented() {
    let cases = cases();
    let mut wrong = Vec::new();
    for Case { name, request, policies, answer: wanted } in &cases {
        let got = match wire::answer(&json!({ "request": request, "policies": policies })) {
            Ok(answer) => json!([answer["decision"], answer["reason"]]),
            Err(error) => error.to_string().into(),
        };
        if got != *wanted {
            wrong.push(format!("{name}\n  got    {got}\n  wanted {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() > 2_500, "only {} cases were found", cases.len());
}

#[test]
fn only_variables_and_impossible_dates_cost_allocations() {
    let mut others = 0;
    for Case { name, request, policies, .. } in cases() {
        let exempt = policies.to_string().contains("${") || request.to_string().contains("-02-30");
        let request = wire::request(&request).unwrap();
        let Ok(prepared) = Prepared::new(&wire::policies(&policies).unwrap()) else { continue };
        let cost = allocation_counter::measure(|| {
            std::hint::black_box(prepared.evaluate(&request));
        });
        if exempt {
            others += cost.count_total;
        } else {
            assert_eq!(cost.count_total, 0, "{name}");
        }
    }
    assert!(others > 0, "nothing is counted");
}
