//! A question to a model: asked, answered, checked, asked again where that helps, and never longer than agreed.

use std::time::Duration;

use authz::{Request, compare::wire::request};
use catalog::Catalog;
use policy::Document;
use review::{Finding, PolicyType};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::time::{Instant, sleep, timeout_at};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    cache::Cache,
    capabilities::capabilities,
    model::{Ask, Field, LanguageModel, ModelError, Reply, Usage},
    prompt::{self, Kind, Language, PROMPT_VERSION},
    reply::{self, Answer},
    verify::{Effect, verify},
};

/// How long all of it may take, if nothing else is said: an API answers within 30 s.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// How often a proposal may be repaired.
pub const REPAIRS: usize = 2;

/// How often one question is asked where the model is throttled or cannot be reached.
const TRIES: u32 = 4;

/// The most tokens of an answer.
const MAX_TOKENS: u32 = 4_000;

/// What a model is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The policy.
    pub document: &'q Document,
    /// What it is attached as.
    pub policy_type: PolicyType,
    /// What rules found in it.
    pub findings: &'q [Finding],
    /// Requests that are in use, and must stay allowed by a proposal.
    pub observed: &'q [Request],
    /// What to look at.
    pub kind: Kind,
    /// The language of the explanation.
    pub language: Language,
    /// What the proposal should be like instead, where there was one already.
    pub follow_up: Option<FollowUp<'q>>,
}

/// What somebody wants changed about a proposal. The answer is checked like the first.
#[derive(Debug, Clone, Copy)]
pub struct FollowUp<'q> {
    /// In their words.
    pub wish: &'q str,
    /// The proposal that they speak of.
    pub previous: Option<&'q Value>,
}

/// What came of it. There is no score, risk or finding in it: a model has no say in those.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Advice {
    /// The model's explanation; `None` where there is none, and the policy is graded by rules alone.
    pub explanation: Option<String>,
    /// The findings that it cites, by code.
    pub cited: Vec<String>,
    /// A narrower policy that passed every check.
    pub proposal: Option<Proposal>,
    /// What went wrong on the way, in words.
    pub notes: Vec<String>,
    /// What it took; nothing where the answer was kept from before.
    pub usage: Usage,
    /// What that costs, in US dollars; `None` where the model's price is not known.
    pub cost: Option<f64>,
    /// Whether the answer was kept from before.
    pub is_kept: bool,
}

impl Advice {
    /// `{"model", "explanation", "cited", "proposal", "refuses", "notes", "usage": {"input_tokens", "output_tokens", "dollars"},
    /// "kept"}`
    #[must_use]
    pub fn to_json(&self, model: &str) -> Value {
        let proposal = self.proposal.as_ref();
        json!({
            "model": model,
            "explanation": self.explanation,
            "cited": self.cited,
            "proposal": proposal.map(|proposal| &proposal.policy),
            "refuses": proposal.map(|proposal| request(&proposal.refuses)),
            "notes": self.notes,
            "usage": {"input_tokens": self.usage.input, "output_tokens": self.usage.output, "dollars": self.cost},
            "kept": self.is_kept,
        })
    }
}

/// A policy that passed every check.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The policy as JSON.
    pub policy: Value,
    /// The policy.
    pub document: Document,
    /// A request that it refuses and the original allows.
    pub refuses: Box<Request>,
}

/// What is kept of an answer: the words, not what was checked. A proposal is checked again each time.
#[derive(Serialize, Deserialize)]
struct Kept {
    explanation: String,
    cited: Vec<String>,
    policy: Option<Value>,
    notes: Vec<String>,
}

/// Asks a model about a policy. Never fails: what goes wrong is a note, and the rules' answer stands without the model's.
pub async fn advise(
    question: &Question<'_>,
    model: &dyn LanguageModel,
    cache: &dyn Cache,
    catalog: &Catalog,
    deadline: Duration,
) -> Advice {
    let key = key(question, model.id());
    if let Some(kept) = cache.get(&key).await.and_then(|text| serde_json::from_str::<Kept>(&text).ok()) {
        return remembered(kept, question, catalog);
    }
    let mut asking = Asking { question, model, catalog, until: Instant::now() + deadline, advice: Advice::default() };
    let said = asking.rounds().await;
    let mut advice = asking.advice;
    let (input, output) = capabilities(model.id()).price;
    if input > 0.0 {
        #[expect(clippy::cast_precision_loss, reason = "tokens of a few questions")]
        let dollars = (advice.usage.input as f64 * input + advice.usage.output as f64 * output) / 1_000_000.0;
        advice.cost = Some(dollars);
    }
    match said {
        Ok(answer) => {
            let kept = Kept {
                explanation: answer.explanation.clone(),
                cited: answer.cited.clone(),
                policy: advice.proposal.as_ref().map(|proposal| proposal.policy.clone()),
                notes: advice.notes.clone(),
            };
            if let Ok(text) = serde_json::to_string(&kept) {
                cache.put(&key, &text).await;
            }
            advice.explanation = Some(answer.explanation);
            advice.cited = answer.cited;
        }
        Err(reason) => advice.notes.push(format!("graded by rules alone: {reason}")),
    }
    advice
}

fn remembered(kept: Kept, question: &Question<'_>, catalog: &Catalog) -> Advice {
    let mut advice = Advice {
        explanation: Some(kept.explanation),
        cited: kept.cited,
        notes: kept.notes,
        is_kept: true,
        ..Advice::default()
    };
    if let Some(policy) = kept.policy {
        match check(&policy, question, catalog) {
            Ok(proposal) => advice.proposal = Some(proposal),
            Err(objections) => advice.notes.push(dropped(&objections)),
        }
    }
    advice
}

/// Everything that an answer depends on: the same policy never costs twice.
fn key(question: &Question<'_>, model: &str) -> String {
    let mut codes: Vec<String> =
        question.findings.iter().map(|finding| format!("{} {}", finding.code, finding.location.path)).collect();
    codes.sort_unstable();
    // What is in use stands in questions, and in answers.
    let mut observed: Vec<String> = question.observed.iter().map(|used| request(used).to_string()).collect();
    observed.sort_unstable();
    let mut all = vec![
        observed.join("\n"),
        policy::to_value(question.document).to_string(),
        question.policy_type.as_str().to_owned(),
        question.kind.as_str().to_owned(),
        question.language.as_str().to_owned(),
        PROMPT_VERSION.to_string(),
        model.to_owned(),
        codes.join("\n"),
    ];
    if let Some(FollowUp { wish, previous }) = question.follow_up {
        all.extend([wish.to_owned(), previous.map(Value::to_string).unwrap_or_default()]);
    }
    // Nobody may find another policy whose answer this would be.
    Sha256::digest(all.join("\u{0}")).iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Asking<'a> {
    question: &'a Question<'a>,
    model: &'a dyn LanguageModel,
    catalog: &'a Catalog,
    until: Instant,
    advice: Advice,
}

impl Asking<'_> {
    /// Asks, and asks again with what speaks against a proposal.
    async fn rounds(&mut self) -> Result<Answer, String> {
        let codes: Vec<&str> = self.question.findings.iter().map(|finding| finding.code).collect();
        let mut ask = Ask {
            system: prompt::system(self.question),
            user: prompt::user(self.question),
            schema: prompt::schema(),
            max_tokens: MAX_TOKENS,
            without: capabilities(self.model.id()).refuses.to_vec(),
        };
        let mut best: Option<Answer> = None;
        for round in 0..=REPAIRS {
            let read = match self.ask(&mut ask).await {
                Ok(reply) if reply.is_cut => Err("the model's answer is cut off".to_owned()),
                Ok(reply) => reply::read(&reply.text, &codes),
                Err(error) => Err(error),
            };
            let answer = match (read, best.take()) {
                (Ok(answer), _) => answer,
                // An explanation that is there already is better than none.
                (Err(error), Some(answer)) => {
                    self.advice.notes.push(error);
                    return Ok(answer);
                }
                (Err(error), None) => return Err(error),
            };
            for code in &answer.made_up {
                self.advice.notes.push(format!("the model cites `{code}`, which is no finding of this policy"));
            }
            let Some(policy) = &answer.policy else { return Ok(answer) };
            match check(policy, self.question, self.catalog) {
                Ok(proposal) => {
                    self.advice.proposal = Some(proposal);
                    return Ok(answer);
                }
                Err(objections) if round == REPAIRS => {
                    self.advice.notes.push(dropped(&objections));
                    return Ok(answer);
                }
                Err(objections) => {
                    ask.user = prompt::repair(self.question, &policy.to_string(), &objections);
                    best = Some(answer);
                }
            }
        }
        best.ok_or_else(|| "the model gave no answer".to_owned())
    }

    /// Asks one question until it is answered, refused, or too late.
    async fn ask(&mut self, ask: &mut Ask) -> Result<Reply, String> {
        let mut tries = 0;
        loop {
            let too_late = || "the model took too long".to_owned();
            let answer = timeout_at(self.until, self.model.answer(ask)).await.map_err(|_| too_late())?;
            let error = match answer {
                Ok(reply) => {
                    self.advice.usage += reply.usage;
                    return Ok(reply);
                }
                Err(error) => error,
            };
            if let ModelError::Refused(message) = &error {
                // A field that the provider names is left out, once.
                let message = message.to_lowercase();
                let named = Field::ALL
                    .into_iter()
                    .find(|field| ask.has(*field) && field.names().iter().any(|name| message.contains(name)));
                match named {
                    Some(field) => {
                        ask.without.push(field);
                        continue;
                    }
                    None => return Err(error.to_string()),
                }
            }
            tries += 1;
            let wait = match &error {
                ModelError::Malformed(_) => return Err(error.to_string()),
                _ if tries >= TRIES => return Err(error.to_string()),
                ModelError::Throttled { after: Some(after) } => *after,
                _ => back_off(tries, &ask.user),
            };
            if Instant::now() + wait >= self.until {
                return Err(error.to_string());
            }
            sleep(wait).await;
        }
    }
}

/// Twice as long each time, and not the same for everybody: half of it is spread by what is asked.
fn back_off(tries: u32, seed: &str) -> Duration {
    let whole = 200_u64 << tries.min(6);
    let spread = xxh3_64(format!("{tries} {seed}").as_bytes()) % (whole / 2);
    Duration::from_millis(whole / 2 + spread)
}

fn check(policy: &Value, question: &Question<'_>, catalog: &Catalog) -> Result<Proposal, Vec<String>> {
    let verified = verify(policy, question.document, question.policy_type, question.observed, catalog);
    let told = |objections: Vec<crate::Objection>| objections.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (document, Effect::Narrower(refuses)) = verified.map_err(told)?;
    Ok(Proposal { policy: policy.clone(), document, refuses })
}

fn dropped(objections: &[String]) -> String {
    format!("the model's proposal was dropped: {}", objections.join("; "))
}
