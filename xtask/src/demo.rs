//! `cargo xtask demo`: the main job on the sample trail.

use crate::{Result, cargo, step};

pub fn run() -> Result<()> {
    let program = ["run", "--quiet", "--locked", "--package", "leastwise", "--"];
    let analyze = ["analyze", "--input", "events/cloudtrail", "--output", "artifacts/analysis.json"];
    let generate =
        ["generate", "--analysis", "artifacts/analysis.json", "--principal", "orders-api", "--format", "human"];
    let all = [
        "generate",
        "--analysis",
        "artifacts/analysis.json",
        "--format",
        "json",
        "--output",
        "artifacts/policies.json",
    ];
    step("build (some minutes the first time)", &mut cargo(&["build", "--locked", "--package", "leastwise"])?)?;
    step("leastwise analyze --input events/cloudtrail", &mut cargo(&[&program[..], &analyze].concat())?)?;
    step("leastwise generate --principal orders-api", &mut cargo(&[&program[..], &generate].concat())?)?;
    step("leastwise generate, for all principals", &mut cargo(&[&program[..], &all].concat())?)?;
    let score = ["score", "events/policies/deploy.json", "--format", "human"];
    step("leastwise score events/policies/deploy.json", &mut cargo(&[&program[..], &score].concat())?)?;
    eprintln!(
        "\nartifacts/analysis.json: what the trail shows; artifacts/policies.json: every principal's policies, with evidence and proof\n\
         the API on this trail: cargo run --package leastwise -- serve --sample"
    );
    Ok(())
}
