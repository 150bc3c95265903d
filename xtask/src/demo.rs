//! `cargo xtask demo`: the main job on the sample trail, and the portal on it.

use crate::{Result, cargo, portal, step};
use std::net::TcpListener;

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
    if portal::can_be_built() {
        portal::build()?;
    } else {
        eprintln!("\nnpm is not here: what is served below is the API without the portal, which needs Node.js");
    }
    step("leastwise analyze --input events/cloudtrail", &mut cargo(&[&program[..], &analyze].concat())?)?;
    step("leastwise generate --principal orders-api", &mut cargo(&[&program[..], &generate].concat())?)?;
    step("leastwise generate, for all principals", &mut cargo(&[&program[..], &all].concat())?)?;
    let score = ["score", "events/policies/deploy.json", "--format", "human"];
    step("leastwise score events/policies/deploy.json", &mut cargo(&[&program[..], &score].concat())?)?;
    eprintln!(
        "\nartifacts/analysis.json: what the trail shows; artifacts/policies.json: every principal's policies, with evidence and proof"
    );
    // The usual port, unless somebody has it already.
    let address = if TcpListener::bind(USUAL).is_ok() { USUAL } else { "127.0.0.1:0" };
    let serve = ["serve", "--sample", "--address", address];
    step(
        "leastwise serve --sample: the portal on this trail, until you press Ctrl-C, at",
        &mut cargo(&[&program[..], &serve].concat())?,
    )
}

const USUAL: &str = "127.0.0.1:8787";
