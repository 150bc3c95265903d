//! What the evaluator and the comparison say, and whether they agree.

use authz::{Comparison, Layer, Policies, Request, Verdict, compare};
use policy::{Document, PrincipalBlock, Principals, Statement};
use serde_json::{Value, json};

/// A policy that allows everything.
pub fn everything() -> Document {
    Document::new(vec![Statement::allow(["*"], ["*"])])
}

/// A resource policy that allows everything to everyone.
pub fn everything_to_everyone() -> Document {
    let mut document = everything();
    document.statements[0].principal = Some(PrincipalBlock::Principal(Principals::Everyone));
    document
}

/// Whether the document alone decides that the request is allowed: as the caller's only identity policy, or as the
/// policy of a resource in another account whose callers may do everything.
pub fn allowed(layer: Layer, document: &Document, request: &Request) -> bool {
    decide(&policies(layer, document.clone()), request, layer)
}

pub fn policies(layer: Layer, document: Document) -> Policies {
    match layer {
        Layer::Resource => Policies {
            identity: vec![everything()],
            resource: Some(document),
            session: vec![everything()],
            ..Policies::default()
        },
        _ => Policies { identity: vec![document], session: vec![everything()], ..Policies::default() },
    }
}

pub fn decide(policies: &Policies, request: &Request, layer: Layer) -> bool {
    let request = match layer {
        Layer::Resource => request.clone().in_account("000000000001"),
        _ => request.clone(),
    };
    authz::evaluate(&request, policies).unwrap().is_allowed()
}

/// The same by the lines that scripts use.
pub fn allowed_on_the_wire(layer: Layer, document: &Document, request: &Value) -> bool {
    let everything = policy::to_value(&everything());
    let document = policy::to_value(document);
    let mut request = request.clone();
    let policies = match layer {
        Layer::Resource => {
            request["resource_account"] = "000000000001".into();
            json!({"identity": [everything], "resource": document, "session": [everything]})
        }
        _ => json!({"identity": [document]}),
    };
    let answer = authz::wire::answer(&json!({"request": request, "policies": policies})).unwrap();
    answer["decision"] == "allowed"
}

/// The verdict on the two documents.
pub fn verdict(layer: Layer, old: &Document, new: &Document) -> Verdict {
    compare(std::slice::from_ref(old), std::slice::from_ref(new), &Comparison::of(layer)).unwrap()
}

/// What is wrong with the verdict's witness: the evaluator decides otherwise.
pub fn false_witness(layer: Layer, old: &Document, new: &Document, verdict: &Verdict) -> Option<String> {
    let witness = verdict.witness()?;
    let (by_new, by_old) = (allowed(layer, new, witness), allowed(layer, old, witness));
    (!by_new || by_old).then(|| {
        let shown = shown(layer, old, new, witness);
        format!("the witness is allowed by NEW: {by_new}, by OLD: {by_old}\n{shown}")
    })
}

/// A request and two policies in few lines.
pub fn shown(layer: Layer, old: &Document, new: &Document, request: &Request) -> String {
    let request = compare::wire::request(request);
    format!("{layer:?} {request}\n{}", shown_pair(old, new))
}

pub fn shown_pair(old: &Document, new: &Document) -> String {
    format!("OLD {}\nNEW {}", policy::to_value(old), policy::to_value(new))
}
