//! `leastwise score`: how far policies are from least privilege, why, and a better version.

use crate::advising::Advisor;
use crate::arguments::{ReviewFormat, ScoreArguments};
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::input::{self, PolicyFile, cases};
use crate::render::score::{self, Scored};
use crate::reviewed::Reviewed;
use crate::{batch, output};
use ::review::{Inventory, PolicyType, escalations};
use advisor::{Advice, Kind, Language, Question};
use authz::Request;
use policy::Document;
use std::path::Path;
use std::process::ExitCode;

/// A score below the minimum.
const TOO_LOW: u8 = 1;

pub fn run(arguments: &ScoreArguments, configuration: &Configuration) -> Result<ExitCode, Failure> {
    let catalog = input::catalog::open(arguments.catalog.as_deref())?;
    let inventory = Inventory::new(&catalog);
    if arguments.jsonl {
        batch::run(|text| {
            let request = policy::json::read_whole(text)?;
            ::review::wire::score(&request, &inventory).map_err(|error| error.to_string())
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.policies.iter().filter(|path| *path == Path::new("-")).count() > 1 {
        return Err(Failure::invalid("standard input can be read once", "name a file for the others"));
    }
    if arguments.fixed.is_some() && arguments.policies.len() > 1 {
        return Err(Failure::invalid("--fixed writes one better version", "name one policy"));
    }
    let mut boundary: Vec<Document> = Vec::new();
    for path in &arguments.boundary {
        boundary.extend(PolicyFile::read(path)?.documents);
    }
    let advisor = Advisor::new(arguments)?;
    let mut files = Vec::new();
    for path in &arguments.policies {
        let reviewed = Reviewed::read(path, arguments.kind, arguments.principal.as_deref(), configuration, &catalog)?;
        let observed = observed(arguments, reviewed.policy_type, &catalog)?;
        let mut file = scored(reviewed, &boundary, &observed, &inventory);
        if let Some(advisor) = &advisor {
            file.advice = Some((advisor.model().to_owned(), advised(advisor, &file, &observed, &catalog)));
        }
        files.push(file);
    }
    if let (Some(path), [file]) = (&arguments.fixed, files.as_slice()) {
        match &file.better {
            Some(better) => output::write(path, &better.text(&file.reviewed.text))?,
            None => output::tell("no fix can be made for sure: nothing was written"),
        }
    }
    let format = ReviewFormat::chosen(arguments.format, arguments.output.as_deref());
    let text = match format {
        ReviewFormat::Human => score::human::render(&files),
        ReviewFormat::Json => score::json::render(&files),
        ReviewFormat::Md => score::markdown::render(&files),
        ReviewFormat::Sarif => score::sarif::render(&files),
    };
    match &arguments.output {
        Some(path) => output::write(path, &anstream::adapter::strip_str(&text).to_string())?,
        None => output::print(&text)?,
    }
    let low: Vec<&Scored> = files
        .iter()
        .filter(|file| arguments.minimum.is_some_and(|minimum| file.score.score < minimum || !file.is_readable()))
        .collect();
    for file in &low {
        let name = &file.reviewed.name;
        output::tell(&match file.is_readable() {
            true => format!("`{name}`: {} is below the minimum", file.score.score),
            false => format!("`{name}`: without a score it passes no minimum"),
        });
    }
    Ok(if low.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(TOO_LOW) })
}

/// The requests that the better version must still allow.
fn observed(
    arguments: &ScoreArguments,
    policy_type: PolicyType,
    catalog: &::catalog::Catalog,
) -> Result<Vec<Request>, Failure> {
    let Some(path) = &arguments.cases else { return Ok(Vec::new()) };
    let cases = cases::read(path, arguments.principal.as_deref(), policy_type.layer(), catalog)?;
    Ok(cases.into_iter().map(|case| case.request).collect())
}

fn scored(reviewed: Reviewed, boundary: &[Document], observed: &[Request], inventory: &Inventory<'_>) -> Scored {
    let documents: Vec<Document> = reviewed.reviews.iter().filter_map(|review| review.document.clone()).collect();
    let of = |documents: &[Document]| {
        let access = inventory.access(documents, reviewed.policy_type, boundary);
        let escalations = match reviewed.policy_type {
            // Who is named in a policy of a resource has other policies, too.
            PolicyType::Identity => escalations(&access),
            _ => Vec::new(),
        };
        (inventory.score_of(&access, documents, reviewed.policy_type), escalations)
    };
    let (score, escalations) = of(&documents);
    let better = reviewed.better(inventory.catalog(), observed);
    let better_score = better.as_ref().map(|better| of(&better.documents).0);
    Scored { reviewed, score, escalations, better, better_score, advice: None }
}

/// What the model says; it is asked about one document.
fn advised(advisor: &Advisor, file: &Scored, observed: &[Request], catalog: &::catalog::Catalog) -> Advice {
    let [review] = file.reviewed.reviews.as_slice() else {
        return Advice { notes: vec!["a model is asked about one document at a time".to_owned()], ..Advice::default() };
    };
    let Some(document) = &review.document else {
        return Advice { notes: vec!["there is no policy to ask a model about".to_owned()], ..Advice::default() };
    };
    let question = Question {
        document,
        policy_type: file.reviewed.policy_type,
        findings: &file.reviewed.findings.open,
        observed,
        kind: Kind::default(),
        language: Language::default(),
        follow_up: None,
    };
    advisor.advise(question, catalog)
}
