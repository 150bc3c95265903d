//! Bringing a catalog up to date with AWS's Service Reference.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails may panic")]

use leastwise_catalog::reference::{ReferenceError, index, overlay};
use leastwise_catalog::{AccessLevel, Catalog, Provenance, Resolution, builtin};

const DOCUMENT: &str = r#"{
  "Name": "s3",
  "Actions": [
    { "Name": "GetObject",
      "ActionConditionKeys": ["s3:authType"],
      "Annotations": {"Properties": {"IsList": false, "IsPermissionManagement": false, "IsTaggingOnly": false, "IsWrite": false}},
      "Resources": [{"Name": "object"}, {"Name": "a-type-that-is-not-listed"}],
      "SupportedBy": {"IAM Access Analyzer Policy Generation": true, "IAM Action Last Accessed": false} },
    { "Name": "FoldObject",
      "Annotations": {"Properties": {"IsList": false, "IsPermissionManagement": false, "IsTaggingOnly": false, "IsWrite": true}},
      "Resources": [{"Name": "fold", "ConditionKeys": ["s3:FoldDepth"]}] }
  ],
  "ConditionKeys": [{"Name": "s3:FoldDepth", "Types": ["Numeric"]}],
  "Operations": [
    {"Name": "HeadObject", "AuthorizedActions": [{"Name": "FoldObject", "Service": "s3"}]},
    {"Name": "FoldObject", "AuthorizedActions": [{"Name": "FoldObject", "Service": "s3"}]},
    {"Name": "BatchFoldObjects", "AuthorizedActions": [{"Name": "FoldObject", "Service": "s3"}], "SDK": [{"Name": "S3", "Method": "batch_fold_objects", "Package": "Boto3"}]},
    {"Name": "MixObjects", "AuthorizedActions": [{"Name": "FoldObject", "Service": "s3"}, {"Name": "Decrypt", "Service": "kms"}]}
  ],
  "Resources": [
    {"Name": "object", "ARNFormats": ["arn:${Partition}:s3:::${BucketName}/${ObjectName}"]},
    {"Name": "fold", "ARNFormats": ["arn:${Partition}:s3:${Region}:${Account}:fold/${FoldId}"], "ConditionKeys": ["s3:FoldDepth"]}
  ],
  "Version": "v1.4"
}"#;

const NEW_SERVICE: &str = r#"{"Name": "origami", "Actions": [{"Name": "CreateCrane"}],
  "Operations": [{"Name": "BatchCreateCranes", "AuthorizedActions": [{"Name": "CreateCrane", "Service": "origami"}]}], "Version": "v1.3"}"#;

fn updated() -> Catalog {
    let bytes = overlay(builtin(), &[DOCUMENT, NEW_SERVICE], "2026-10-01").expect("the documents are read");
    Catalog::from_bytes(bytes).expect("the result loads")
}

fn needs(catalog: &Catalog, source: &str, event: &str) -> Option<(Vec<String>, bool, Provenance)> {
    let Resolution::Permission(operation) = catalog.operation(source, event) else { return None };
    let actions = operation.actions().map(|action| format!("{}:{}", action.service(), action.name())).collect();
    Some((actions, operation.one_of(), operation.provenance()))
}

#[test]
fn actions_are_added_and_refreshed() {
    let catalog = updated();
    let added = catalog.action("s3", "foldobject").expect("the new action");
    assert_eq!(added.access_level(), AccessLevel::Write);
    assert_eq!(added.provenance(), Provenance::ServiceReference);
    assert_eq!(added.condition_keys().collect::<Vec<_>>(), ["s3:FoldDepth"]);
    let kind = added.resources().next().expect("a resource").resource_type;
    assert_eq!(kind.arn_format(), "arn:${Partition}:s3:${Region}:${Account}:fold/${FoldId}");
    assert_eq!(kind.variables().map(|variable| variable.name()).collect::<Vec<_>>(), ["FoldId"]);

    let refreshed = catalog.action("s3", "GetObject").expect("the old action");
    assert_eq!(refreshed.condition_keys().collect::<Vec<_>>(), ["s3:authType"]);
    assert_eq!(refreshed.resources().count(), 1, "types that the document does not define are left out");
    assert_eq!(
        catalog.service("s3").and_then(|s3| s3.condition_key("s3:folddepth")).map(|key| key.kind()),
        Some("Numeric")
    );
}

#[test]
fn reviewed_tables_stand() {
    let catalog = updated();
    let head = needs(&catalog, "s3", "HeadObject").expect("a permission");
    assert_eq!(head, (vec!["s3:GetObject".to_owned()], false, Provenance::OperationTable));
    let passed = catalog.action("lambda", "CreateFunction").expect("an action").pass_role().count();
    assert_eq!(passed, builtin().action("lambda", "CreateFunction").expect("an action").pass_role().count());
    let actions = |catalog: &Catalog| catalog.services().map(|service| service.actions().len()).sum::<usize>();
    assert_eq!(actions(&catalog), actions(builtin()) + 2, "nothing is taken away");
}

#[test]
fn operations_are_added_where_nothing_was_known() {
    let catalog = updated();
    let fold = || vec!["s3:FoldObject".to_owned()];
    assert_eq!(needs(&catalog, "s3", "FoldObject"), Some((fold(), false, Provenance::SameName)));
    assert_eq!(needs(&catalog, "s3", "BatchFoldObjects"), Some((fold(), false, Provenance::ServiceReference)));
    let mixed = needs(&catalog, "s3", "MixObjects").expect("a permission");
    assert!(mixed.1, "a list of what may be needed is not a list of what is needed");
    assert_eq!(mixed.0, ["s3:FoldObject", "kms:Decrypt"]);
    assert_eq!(
        needs(&catalog, "origami.amazonaws.com", "BatchCreateCranes"),
        Some((vec!["origami:CreateCrane".to_owned()], false, Provenance::ServiceReference))
    );
}

#[test]
fn the_release_says_so_once() {
    let once = updated();
    let bytes = overlay(&once, &[DOCUMENT], "2026-10-02").expect("the document is read");
    let twice = Catalog::from_bytes(bytes).expect("the result loads");
    let last = |catalog: &Catalog| {
        let rows: Vec<String> = catalog
            .release()
            .sources()
            .filter(|source| source.name == "AWS Service Reference")
            .map(|source| format!("{} {}", source.version, source.date))
            .collect();
        rows
    };
    assert_eq!(last(&once), ["v1.4 2026-10-01"]);
    assert_eq!(last(&twice), ["v1.4 2026-10-02"]);
    assert_eq!(twice.release().date(), "2026-10-02");
}

#[test]
fn the_index_lists_documents() {
    let text = r#"[{"service": "s3", "url": "https://example.com/v1/s3/s3.json", "modified": 1}]"#;
    let entries = index(text.as_bytes()).expect("an index");
    assert_eq!((entries[0].service.as_str(), entries[0].url.as_str()), ("s3", "https://example.com/v1/s3/s3.json"));
    assert!(matches!(index(b"<html>"), Err(ReferenceError::Index { .. })));
}

#[test]
fn other_shapes_are_refused() {
    for text in ["", "[]", "{}", r#"{"Name": 1}"#, r#"{"Name": "s3", "Actions": "none"}"#] {
        let result = overlay(builtin(), &[DOCUMENT, text], "2026-10-01");
        assert!(matches!(result, Err(ReferenceError::Document { number: 1, .. })), "{text}");
    }
}
