//! Documents from text to values and back.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "a test may fail loudly")]

use leastwise_policy as policy;
use policy::{
    ActionBlock, Condition, Document, Effect, PrincipalBlock, PrincipalKind, Principals, Quota, ResourceBlock,
    Statement, Version, from_value, parse, parse_with_spans, render,
};
use proptest::prelude::*;

const EVERYTHING: &str = r#"{
  "Statement": [
    {
      "Condition": {
        "ForAnyValue:StringLike": {"aws:TagKeys": ["a*", "b"]},
        "NumericLessThan": {"aws:MultiFactorAuthAge": 3600},
        "Bool": {"aws:SecureTransport": true, "aws:ViaAWSService": "false"},
        "StringEquals": {}
      },
      "Resource": "arn:aws:s3:::example-bucket/${aws:username}/*",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Principal": {"AWS": ["111122223333", "arn:aws:iam::111122223333:role/r"], "Service": "lambda.amazonaws.com"},
      "Effect": "Allow",
      "Sid": "One"
    },
    {"Effect": "Deny", "NotPrincipal": {"AWS": []}, "NotAction": "iam:*", "NotResource": ["*"]},
    {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}
  ],
  "Id": "example",
  "Version": "2012-10-17"
}"#;

#[test]
fn every_element_is_read() {
    let document = parse(EVERYTHING).unwrap();
    assert_eq!(
        document,
        Document {
            version: Version::V2012,
            id: Some("example".into()),
            statements: vec![
                Statement {
                    sid: Some("One".into()),
                    effect: Effect::Allow,
                    principal: Some(PrincipalBlock::Principal(Principals::ByKind(vec![
                        (PrincipalKind::Aws, vec!["111122223333".into(), "arn:aws:iam::111122223333:role/r".into()]),
                        (PrincipalKind::Service, vec!["lambda.amazonaws.com".into()]),
                    ]))),
                    action: ActionBlock::Action(vec!["s3:GetObject".into(), "s3:PutObject".into()]),
                    resource: Some(ResourceBlock::Resource(vec![
                        "arn:aws:s3:::example-bucket/${aws:username}/*".into()
                    ])),
                    conditions: vec![
                        Condition::new("ForAnyValue:StringLike", "aws:TagKeys", ["a*", "b"]),
                        Condition::new("NumericLessThan", "aws:MultiFactorAuthAge", ["3600"]),
                        Condition::new("Bool", "aws:SecureTransport", ["true"]),
                        Condition::new("Bool", "aws:ViaAWSService", ["false"]),
                    ],
                },
                Statement {
                    sid: None,
                    effect: Effect::Deny,
                    principal: Some(PrincipalBlock::NotPrincipal(Principals::aws(Vec::<String>::new()))),
                    action: ActionBlock::NotAction(vec!["iam:*".into()]),
                    resource: Some(ResourceBlock::NotResource(vec!["*".into()])),
                    conditions: vec![],
                },
                Statement {
                    principal: Some(PrincipalBlock::Principal(Principals::Everyone)),
                    resource: None,
                    ..Statement::allow(["sts:AssumeRole"], ["*"])
                },
            ],
        }
    );
}

#[test]
fn the_version_defaults_to_the_older_one_and_one_statement_needs_no_list() {
    let document = parse(r#"{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#).unwrap();
    assert_eq!(
        document,
        Document { version: Version::V2008, id: None, statements: vec![Statement::deny(["*"], ["*"])] }
    );
}

#[test]
fn errors_say_what_where_and_what_instead() {
    let statement = |body: &str| format!("{{\"Version\":\"2012-10-17\",\n \"Statement\":[{{{body}}}]}}");
    let cases = [
        ("", "the document ends too early", "", 1, 1),
        ("[]", "a policy document must be an object, not a list", "", 1, 1),
        ("{\"Version\":\"2012-10-17\"}", "the document has no `Statement`", "", 1, 1),
        (
            "{\n  \"Version\": \"2013-10-17\", \"Statement\": []}",
            "`2013-10-17` is no version of the policy language",
            "Version",
            2,
            14,
        ),
        ("{\"statement\":[]}", "unknown element `statement`", "statement", 1, 2),
        ("{\"Statement\":[],\"Statement\":[]}", "`Statement` stands twice in one object", "Statement", 1, 17),
        ("{\"Statement\":[],}", "a trailing comma", "", 1, 16),
        ("{\"Statement\":[] // none\n}", "a comment", "", 1, 17),
        ("{\"Statement\":['x']}", "a string in single quotes", "Statement[0]", 1, 15),
        ("{\"Statement\":[\"x\"]}", "a statement must be an object, not a string", "Statement[0]", 1, 15),
        ("{\"Statement\":7}", "`Statement` must be an object or a list of objects, not a number", "Statement", 1, 14),
        ("{\"Statement\":[]} {}", "there is more text after the end of the document", "", 1, 18),
        ("{\"Statement\":[True]}", "`True` is not a JSON value", "Statement[0]", 1, 15),
        ("{\"Id\":01,\"Statement\":[]}", "`01` is not a number", "Id", 1, 7),
        ("{\"Id\":\"\\ud800\",\"Statement\":[]}", "half of a surrogate pair", "Id", 1, 8),
        ("{\"Id\":\"é\" \"Statement\":[]}", "a comma or `}` is missing here", "", 1, 11),
        ("{\"Id\":\"x", "a string without its closing quote", "Id", 1, 7),
        ("{\"Id\":[\"x\"],\"Statement\":[]}", "`Id` must be a string, not a list", "Id", 1, 7),
    ];
    for (text, message, path, line, column) in cases {
        let error = parse(text).unwrap_err();
        assert_eq!(
            (error.message.as_str(), error.path.as_str(), error.line, error.column),
            (message, path, line, column),
            "{text}"
        );
    }
    let in_statement = [
        (
            r#""Effect":"Allow""#,
            "the statement has no `Action`",
            "Statement[0]",
            Some("name the actions in `Action` or `NotAction`"),
        ),
        (r#""Action":"*""#, "the statement has no `Effect`", "Statement[0]", Some("write `Allow` or `Deny`")),
        (
            r#""Effect":"allow","Action":"*""#,
            "`allow` is neither `Allow` nor `Deny`",
            "Statement[0].Effect",
            Some("did you mean `Allow`? case matters here"),
        ),
        (
            r#""Effect":"Permit","Action":"*""#,
            "`Permit` is neither `Allow` nor `Deny`",
            "Statement[0].Effect",
            Some("write `Allow` or `Deny`"),
        ),
        (
            r#""Effect":"Allow","Action":"*","NotAction":"*""#,
            "the statement has both `Action` and `NotAction`",
            "Statement[0].NotAction",
            Some("keep one of them, or write two statements"),
        ),
        (
            r#""Effect":"Allow","Action":["*",7]"#,
            "`Action` must be a string or a list of strings, not a number",
            "Statement[0].Action[1]",
            None,
        ),
        (
            r#""Effect":"Allow","Action":"*","Resources":"*""#,
            "unknown element `Resources`",
            "Statement[0].Resources",
            Some("did you mean `Resource`?"),
        ),
        (
            r#""Effect":"Allow","Action":"*","Extra field":"*""#,
            "unknown element `Extra field`",
            "Statement[0][\"Extra field\"]",
            Some(
                "known here: Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition",
            ),
        ),
        (
            r#""Effect":"Allow","Action":"*","Principal":"111122223333""#,
            "`111122223333` is no principal",
            "Statement[0].Principal",
            Some("write `\"*\"`, or an object such as `{\"AWS\": \"...\"}` or `{\"Service\": \"...\"}`"),
        ),
        (
            r#""Effect":"Allow","Action":"*","Principal":{"Aws":"*"}"#,
            "unknown element `Aws`",
            "Statement[0].Principal.Aws",
            Some("did you mean `AWS`?"),
        ),
        (
            r#""Effect":"Allow","Action":"*","Condition":"a""#,
            "`Condition` must be an object of operators, not a string",
            "Statement[0].Condition",
            None,
        ),
        (
            r#""Effect":"Allow","Action":"*","Condition":{"Bool":"b"}"#,
            "a condition operator must be an object of condition keys, not a string",
            "Statement[0].Condition.Bool",
            None,
        ),
        (
            r#""Effect":"Allow","Action":"*","Condition":{"Bool":{"aws:x":{}}}"#,
            "a condition value must be a string, a number, a boolean, or a list of them, not an object",
            "Statement[0].Condition.Bool[\"aws:x\"][0]",
            None,
        ),
    ];
    for (body, message, path, hint) in in_statement {
        let error = parse(&statement(body)).unwrap_err();
        assert_eq!(
            (error.message.as_str(), error.path.as_str(), error.hint.as_deref(), error.line),
            (message, path, hint, 2),
            "{body}"
        );
    }
}

#[test]
fn values_say_the_same_as_text_but_for_the_place() {
    let value: serde_json::Value = serde_json::from_str(EVERYTHING).unwrap();
    assert_eq!(from_value(&value).unwrap(), parse(EVERYTHING).unwrap());
    let error = from_value(&serde_json::json!({"Statement": [{"Effect": "Allow"}]})).unwrap_err();
    assert_eq!((error.path.as_str(), error.line, error.column), ("Statement[0]", 0, 0));
    assert_eq!(error.message, "the statement has no `Action`");
}

#[test]
fn spans_number_single_values_as_lists() {
    let text = "{\"Statement\": {\n  \"Effect\": \"Allow\",\n  \"Action\": \"é:x\", \"Resource\": [\n    \"*\"],\n  \"Condition\": {\"StringLike\": {\"s3:prefix\": \"a\"}}\n}}";
    let (_, spans) = parse_with_spans(text).unwrap();
    let at = |path: &str| spans.get(path).map(|place| (place.line, place.column));
    assert_eq!(at(""), Some((1, 1)));
    assert_eq!(at("Statement[0]"), Some((1, 15)));
    assert_eq!(at("Statement[0].Effect"), Some((2, 13)));
    assert_eq!(at("Statement[0].Action[0]"), Some((3, 13)));
    assert_eq!(at("Statement[0].Resource"), Some((3, 32)));
    assert_eq!(at("Statement[0].Resource[0]"), Some((4, 5)));
    assert_eq!(at("Statement[0].Condition.StringLike[\"s3:prefix\"][0]"), Some((5, 45)));
    assert_eq!(at("Statement[1]"), None);
}

#[test]
fn absurd_documents_are_refused_with_a_reason() {
    let deep = format!("{{\"Statement\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(parse(&deep).unwrap_err().message, "nested deeper than 32 levels");
    let long = format!("{{\"Id\":\"{}\",\"Statement\":[]}}", "x".repeat(1 << 20));
    assert_eq!(parse(&long).unwrap_err().message, "the document has 1048600 bytes, more than 1048576");
    let key = format!("{{\"{}\":1}}", "x".repeat(1_000));
    assert_eq!(parse(&key).unwrap_err().message, "a key of 1000 bytes, more than 512");
    let many = format!("{{\"Statement\":[{}]}}", vec![r#"{"Effect":"Deny","Action":"*"}"#; 10_000].join(","));
    assert_eq!(parse(&many).unwrap().statements.len(), 10_000);
}

#[test]
fn size_counts_characters_without_white_space() {
    let document = Document::new(vec![Statement::allow(["s3:GetObject"], ["arn:aws:s3:::b/é"])]);
    let minified = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/é"}]}"#;
    assert_eq!(document.size(), minified.chars().count());
    assert!(document.size() < Quota::User.characters());
}

#[test]
fn json_has_one_canonical_order() {
    insta::assert_snapshot!(render::json(&parse(EVERYTHING).unwrap()));
}

#[test]
fn cloudformation_is_a_template() {
    let text = render::cloudformation("app-reader", &[parse(EVERYTHING).unwrap(), Document::new(vec![])]);
    insta::assert_snapshot!(text);
}

#[test]
fn terraform_escapes_templates_and_quotes() {
    let mut document = parse(EVERYTHING).unwrap();
    document.statements[0].sid = Some("say \"hi\" \\ ${path.module} %{ if true } \n".into());
    let text = render::terraform("app reader", &[document, Document::new(vec![Statement::deny(["*"], ["a&{b}${c}"])])]);
    insta::assert_snapshot!(text);
}

/// What Terraform's data source would make of the written configuration, statement by statement.
fn read_back(text: &str) -> Vec<serde_json::Value> {
    let body: hcl::Body = hcl::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut documents = Vec::new();
    for block in body.blocks().filter(|block| block.identifier() == "data") {
        let mut statements = Vec::new();
        for statement in block.body().blocks() {
            let mut out = serde_json::Map::new();
            for attribute in statement.body().attributes() {
                out.insert(attribute.key().to_owned(), decoded(attribute.expr()));
            }
            for inner in statement.body().blocks() {
                let mut fields = serde_json::Map::new();
                for attribute in inner.body().attributes() {
                    fields.insert(attribute.key().to_owned(), decoded(attribute.expr()));
                }
                let list = out.entry(inner.identifier()).or_insert_with(|| serde_json::json!([]));
                list.as_array_mut().unwrap().push(fields.into());
            }
            statements.push(out.into());
        }
        documents.push(serde_json::Value::Array(statements));
    }
    documents
}

fn decoded(expression: &hcl::Expression) -> serde_json::Value {
    match expression {
        hcl::Expression::String(text) => text.as_str().into(),
        hcl::Expression::Array(list) => list.iter().map(decoded).collect(),
        // the escapes `$${` and `%%{` are read as templates without any interpolation
        hcl::Expression::TemplateExpr(template) => {
            let template = hcl::Template::from_expr(template).unwrap();
            template
                .elements()
                .iter()
                .map(|element| match element {
                    hcl::template::Element::Literal(text) => text.replace("$${", "${").replace("%%{", "%{"),
                    other => panic!("an interpolation got through: {other:?}"),
                })
                .collect::<String>()
                .into()
        }
        other => panic!("unexpected {other:?}"),
    }
}

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z:*?/-]{0,12}", "[\\$%&{}\"\\\\a\n\t ]{0,8}", Just("${aws:username}".to_owned()), ".{0,6}",]
}

fn strings() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(hostile_text(), 0..3)
}

fn principals() -> impl Strategy<Value = Principals> {
    prop_oneof![
        Just(Principals::Everyone),
        strings().prop_map(Principals::aws),
        (strings(), strings()).prop_map(|(service, federated)| Principals::ByKind(vec![
            (PrincipalKind::Service, service),
            (PrincipalKind::Federated, federated)
        ])),
    ]
}

prop_compose! {
    fn statement()(
        sid in proptest::option::of(hostile_text()),
        deny in any::<bool>(),
        who in proptest::option::of((any::<bool>(), principals())),
        not_action in any::<bool>(),
        actions in strings(),
        resource in proptest::option::of((any::<bool>(), strings())),
        conditions in proptest::collection::btree_map(("[A-Z][A-Za-z]{2,6}", hostile_text()), strings(), 0..3),
    ) -> Statement {
        Statement {
            sid,
            effect: if deny { Effect::Deny } else { Effect::Allow },
            principal: who.map(|(not, who)| if not { PrincipalBlock::NotPrincipal(who) } else { PrincipalBlock::Principal(who) }),
            action: if not_action { ActionBlock::NotAction(actions) } else { ActionBlock::Action(actions) },
            resource: resource.map(|(not, names)| if not { ResourceBlock::NotResource(names) } else { ResourceBlock::Resource(names) }),
            conditions: conditions.into_iter().map(|((operator, key), values)| Condition { operator, key, values }).collect(),
        }
    }
}

prop_compose! {
    fn document()(
        current in any::<bool>(),
        id in proptest::option::of(hostile_text()),
        statements in proptest::collection::vec(statement(), 0..4),
    ) -> Document {
        Document { version: if current { Version::V2012 } else { Version::V2008 }, id, statements }
    }
}

proptest! {
    #[test]
    fn rendered_json_is_read_back_the_same(document in document()) {
        prop_assert_eq!(&parse(&render::json(&document)).unwrap(), &document);
        prop_assert_eq!(&from_value(&policy::to_value(&document)).unwrap(), &document);
        let compact = serde_json::to_string(&document).unwrap();
        prop_assert_eq!(document.size(), compact.chars().count());
        prop_assert_eq!(serde_json::from_str::<Document>(&compact).unwrap(), document);
    }

    #[test]
    fn rendered_cloudformation_holds_the_documents(documents in proptest::collection::vec(document(), 1..3)) {
        let template: serde_json::Value = serde_json::from_str(&render::cloudformation("p", &documents)).unwrap();
        for (resource, document) in template["Resources"].as_object().unwrap().values().zip(&documents) {
            prop_assert_eq!(&from_value(&resource["Properties"]["PolicyDocument"]).unwrap(), document);
        }
    }

    #[test]
    fn rendered_terraform_is_valid_and_keeps_every_text(document in document()) {
        let read = read_back(&render::terraform("p", std::slice::from_ref(&document)));
        if policy::to_value(&document).to_string().contains("&{") {
            prop_assert!(read.is_empty());
            return Ok(());
        }
        let current = document.version == Version::V2012;
        let texts = |value: &serde_json::Value| -> Vec<String> {
            let list = value.as_array().cloned().unwrap_or_default();
            list.iter().map(|text| text.as_str().unwrap().to_owned()).map(|text| if current { text.replace("&{", "${") } else { text }).collect()
        };
        for (read, statement) in read[0].as_array().unwrap().iter().zip(&document.statements) {
            prop_assert_eq!(read["sid"].as_str(), statement.sid.as_deref());
            let name = match statement.action { ActionBlock::Action(_) => "actions", ActionBlock::NotAction(_) => "not_actions" };
            prop_assert_eq!(texts(&read[name]), statement.action.patterns());
            for (index, condition) in statement.conditions.iter().enumerate() {
                prop_assert_eq!(read["condition"][index]["variable"].as_str(), Some(condition.key.as_str()));
                prop_assert_eq!(&texts(&read["condition"][index]["values"]), &condition.values);
            }
        }
    }

    #[test]
    fn reading_hostile_text_never_panics(text in "[\\{\\}\\[\\]\",:a-zA-Z0-9 \\\\\n*]{0,60}") {
        if let Ok(document) = parse(&text) {
            prop_assert_eq!(parse(&render::json(&document)).unwrap(), document);
        }
    }
}
