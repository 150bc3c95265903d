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

/// Policies under which nothing but this document says no. Of a policy that names its principals: that of a VPC endpoint,
/// which is asked whoever owns what.
pub fn policies(layer: Layer, document: Document) -> Policies {
    let all = Policies {
        identity: vec![everything()],
        resource: Some(everything_to_everyone()),
        session: vec![everything()],
        ..Policies::default()
    };
    match layer {
        Layer::Resource => Policies { endpoint: Some(document), ..all },
        _ => Policies { identity: vec![document], resource: None, ..all },
    }
}

/// Whether the document alone decides that the request is allowed: as the caller's only identity policy, or as the
/// policy of a resource in another account whose callers may do everything.
pub fn allowed(layer: Layer, document: &Document, request: &Request) -> bool {
    let alone = authz::evaluate(request, &policies(layer, document.clone())).unwrap().is_allowed();
    // Who is told the resource's account knows the key too.
    if layer == Layer::Resource && request.context().get("aws:ResourceAccount").is_some() {
        let policies = Policies {
            identity: vec![everything()],
            resource: Some(document.clone()),
            session: vec![everything()],
            ..Policies::default()
        };
        let foreign = authz::evaluate(&request.clone().in_account("000000000001"), &policies).unwrap();
        assert_eq!(foreign.is_allowed(), alone, "{request:?}");
    }
    alone
}

/// The same by the lines that scripts use.
pub fn allowed_on_the_wire(layer: Layer, document: &Document, request: &Value) -> bool {
    let all = policy::to_value(&everything());
    let everyone = policy::to_value(&everything_to_everyone());
    let document = policy::to_value(document);
    let policies = match layer {
        Layer::Resource => json!({"identity": [all], "endpoint": document, "resource": everyone, "session": [all]}),
        // A session of a federated user may do what both the user and the session may.
        _ if request["principal"].as_str().is_some_and(|name| name.contains(":federated-user/")) => {
            json!({"identity": [document], "session": [all]})
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
