//! `leastwise catalog update`: AWS's public service reference, kept in the user's cache.

use crate::failure::Failure;
use crate::input::catalog::cache;
use crate::output;
use catalog::Catalog;
use catalog::reference::{index, overlay};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fs;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use ureq::Agent;
use ureq::tls::TlsConfig;

/// Documents fetched at once.
const CONCURRENT: usize = 8;
/// The largest document is some 2 MB.
const DOCUMENT_BYTES: u64 = 64 << 20;

pub fn run(url: &str) -> Result<ExitCode, Failure> {
    let path =
        cache().ok_or_else(|| Failure::invalid("there is no cache folder", "set LEASTWISE_CACHE to a folder"))?;
    let agent = agent();
    let entries = index(&fetch(&agent, url)?)
        .map_err(|error| Failure::invalid(format!("`{url}` is no index of a service reference: {error}"), ""))?;
    if entries.is_empty() {
        return Err(Failure::invalid(format!("`{url}` lists no services"), ""));
    }
    let urls: Vec<String> = entries.into_iter().map(|entry| entry.url).collect();
    let documents = fetch_all(&agent, &urls)?;
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let bytes = overlay(catalog::builtin(), &documents, &today).map_err(|error| {
        Failure::invalid(
            format!("the service reference cannot be taken over: {error}"),
            "the catalog in use stays as it is",
        )
    })?;
    // Read back before it replaces a good one.
    let updated = Catalog::from_bytes(bytes.clone())
        .map_err(|error| Failure::invalid(format!("the new catalog cannot be read: {error}"), ""))?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Failure::write(folder))?;
    }
    let fresh = path.with_extension("new");
    fs::write(&fresh, &bytes).map_err(Failure::write(&fresh))?;
    fs::rename(&fresh, &path).map_err(Failure::write(&path))?;
    let actions = |catalog: &Catalog| catalog.services().map(|service| service.actions().len()).sum::<usize>();
    output::print(&format!(
        "{} services read; {} actions known, {} before\nwritten to {}\n",
        documents.len(),
        actions(&updated),
        actions(catalog::builtin()),
        path.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn agent() -> Agent {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    Agent::config_builder()
        .tls_config(TlsConfig::builder().unversioned_rustls_crypto_provider(provider).build())
        .timeout_global(Some(Duration::from_secs(60)))
        .timeout_connect(Some(Duration::from_secs(10)))
        .user_agent(concat!("leastwise/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent()
}

fn fetch(agent: &Agent, url: &str) -> Result<Vec<u8>, Failure> {
    let offline =
        "this needs the network; without it the catalog in use stays as it is (`leastwise catalog` tells its date)";
    let mut response =
        agent.get(url).call().map_err(|error| Failure::invalid(format!("cannot read `{url}`: {error}"), offline))?;
    let body = response.body_mut().with_config().limit(DOCUMENT_BYTES).read_to_vec();
    body.map_err(|error| Failure::invalid(format!("cannot read `{url}`: {error}"), offline))
}

/// All documents, in the order of `urls`; the first failure ends it.
fn fetch_all(agent: &Agent, urls: &[String]) -> Result<Vec<Vec<u8>>, Failure> {
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(urls.len() as u64), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:40.cyan} {pos}/{len} services") {
        bar.set_style(style);
    }
    let next = AtomicUsize::new(0);
    let fetched = Mutex::new(vec![None; urls.len()]);
    let failure = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..CONCURRENT {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(url) = urls.get(index) else { break };
                    match fetch(agent, url) {
                        Ok(document) => {
                            if let Some(slot) = fetched.lock().unwrap_or_else(PoisonError::into_inner).get_mut(index) {
                                *slot = Some(document);
                            }
                            bar.inc(1);
                        }
                        Err(error) => {
                            failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                            next.store(urls.len(), Ordering::Relaxed);
                        }
                    }
                }
            });
        }
    });
    bar.finish_and_clear();
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(failure) => Err(failure),
        None => Ok(fetched.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()),
    }
}
