//! Single cases that were wrong once, each with the request that shows it.

use authz::{Comparison, Doubt, Layer, Verdict, compare};
use policy::Document;
use serde_json::{Value, json};

use crate::decide::{allowed_on_the_wire, false_witness, verdict};

fn document(statements: &Value) -> Document {
    policy::from_value(&json!({"Version": "2012-10-17", "Statement": statements})).unwrap()
}

/// An identity policy with one Allow of everything under this condition.
fn when(condition: &Value) -> Value {
    json!([{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}])
}

/// NEW allows this request and OLD does not, so there is new access.
fn is_new(layer: Layer, old: &Value, new: &Value, request: &Value) {
    let (old, new) = (document(old), document(new));
    assert!(allowed_on_the_wire(layer, &new, request), "the evaluator refuses under the new policy");
    assert!(!allowed_on_the_wire(layer, &old, request), "the evaluator allows under the old policy");
    let verdict = verdict(layer, &old, &new);
    assert_ne!(verdict, Verdict::NoNewAccess);
    assert_eq!(false_witness(layer, &old, &new, &verdict), None);
}

/// NEW allows nothing that OLD does not.
fn is_not_new(layer: Layer, old: &Value, new: &Value) {
    let (old, new) = (document(old), document(new));
    let verdict = verdict(layer, &old, &new);
    assert_eq!(false_witness(layer, &old, &new, &verdict), None);
    assert!(verdict.witness().is_none());
}

fn asks(context: &Value) -> Value {
    json!({"principal": "arn:aws:iam::111122223333:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/a", "context": context})
}

fn none() -> Value {
    json!([])
}

// Two values of a key may both be of the kind that a pattern matches; without a set operator several values equal nothing.
#[test]
fn two_values_of_one_class() {
    let new = when(&json!({
        "ForAllValues:StringLike": {"x": "a*"}, "ForAnyValue:StringLike": {"x": "a*"}, "StringNotLike": {"x": "a*"}
    }));
    is_new(Layer::Identity, &none(), &new, &asks(&json!({"x": ["a1", "a2"]})));
}

// Without a set operator several values equal nothing, so a negated operator holds for them.
#[test]
fn several_values_without_a_set_operator() {
    let new = when(&json!({"StringNotLike": {"x": "*"}, "Null": {"x": "false"}}));
    is_new(Layer::Identity, &none(), &new, &asks(&json!({"x": ["a", "b"]})));
}

// A tag holds any text, also where a policy compares it with numbers: "no number" is a class of its own.
#[test]
fn a_tag_that_is_no_number() {
    let deny = |operator: &str| json!({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {operator: {"aws:RequestTag/n": "5"}}});
    let new = json!([
        {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Null": {"aws:RequestTag/n": "false"}}},
        deny("NumericLessThanEquals"), deny("NumericGreaterThan")
    ]);
    is_new(Layer::Identity, &none(), &new, &asks(&json!({"aws:RequestTag/n": "many"})));
}

#[test]
fn a_tag_that_is_no_boolean() {
    let deny = |value: &str| json!({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:RequestTag/n": value}}});
    let new = json!([
        {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Null": {"aws:RequestTag/n": "false"}}},
        deny("true"), deny("false")
    ]);
    is_new(Layer::Identity, &none(), &new, &asks(&json!({"aws:RequestTag/n": "many"})));
}

// Two patterns on one account can meet in an account that neither names.
#[test]
fn patterns_of_accounts_that_meet() {
    let new = when(&json!({
        "StringLike": {"aws:PrincipalAccount": "22*"}, "StringLikeIfExists": {"aws:PrincipalAccount": "*44"}
    }));
    let request = json!({"principal": "arn:aws:iam::222222222244:user/u", "action": "s3:GetObject", "resource": "*"});
    is_new(Layer::Identity, &none(), &new, &request);
}

// `StringEqualsIgnoreCase` lets in spellings that `StringEquals` does not.
#[test]
fn user_names_in_other_case() {
    let old = when(&json!({"StringEquals": {"aws:username": "bob"}}));
    let new = when(&json!({"StringEqualsIgnoreCase": {"aws:username": "bob"}}));
    let request = json!({"principal": "arn:aws:iam::111122223333:user/Bob", "action": "s3:GetObject", "resource": "*"});
    is_new(Layer::Identity, &old, &new, &request);
}

// "FederatedUser" is one of the values of aws:PrincipalType; sessions of GetFederationToken are under the user's policies.
#[test]
fn types_of_principals() {
    let statement = |kind: &str| {
        json!([{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
                "Condition": {"StringEquals": {"aws:PrincipalType": kind}}}])
    };
    for (kind, principal) in [
        ("Account", "arn:aws:iam::111122223333:root"),
        ("User", "arn:aws:iam::111122223333:user/u"),
        ("AssumedRole", "arn:aws:sts::111122223333:assumed-role/r/s"),
        ("FederatedUser", "arn:aws:sts::111122223333:federated-user/f"),
        ("Anonymous", "*"),
    ] {
        let request = json!({"principal": principal, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/a"});
        is_new(Layer::Resource, &none(), &statement(kind), &request);
    }
}

// A variable in a condition on the principal is open: the tag can have any value that its own condition lets through.
#[test]
fn a_variable_in_a_condition_on_the_principal() {
    let new = when(&json!({
        "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/${aws:PrincipalTag/team}"},
        "StringLike": {"aws:PrincipalTag/team": "q*"}
    }));
    let request = json!({"principal": "arn:aws:iam::111122223333:user/qa", "action": "s3:GetObject", "resource": "*",
                         "context": {"aws:PrincipalTag/team": "qa"}});
    is_new(Layer::Identity, &none(), &new, &request);
}

#[test]
fn a_variable_in_a_condition_on_the_resources_account() {
    let new = when(&json!({
        "StringEquals": {"aws:ResourceAccount": "${aws:PrincipalTag/home}"},
        "StringLike": {"aws:PrincipalTag/home": "2*4"},
        "StringNotEquals": {"aws:ResourceAccount": "111122223333"}
    }));
    let request = json!({"principal": "arn:aws:iam::111122223333:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b",
                         "context": {"aws:PrincipalTag/home": "222222222244", "aws:ResourceAccount": "222222222244"}});
    is_new(Layer::Identity, &none(), &new, &request);
}

// There is a number above every number that a policy can name but the last.
#[test]
fn numbers_near_the_end() {
    let new = when(&json!({"NumericGreaterThan": {"x": "1e308"}}));
    is_new(Layer::Identity, &none(), &new, &asks(&json!({"x": "1.5e308"})));
}

// Seconds since 1970 go on beyond the year 9999.
#[test]
fn dates_after_the_year_9999() {
    let new = when(&json!({"DateGreaterThan": {"x": "999999999999999"}}));
    is_new(Layer::Identity, &none(), &new, &asks(&json!({"x": "9999999999999999"})));
}

// The Kelvin sign is a `k` where case is ignored.
#[test]
fn letters_with_case_beyond_ascii() {
    let old = when(&json!({"StringEquals": {"x": ["k", "K"]}}));
    let new = when(&json!({"StringEqualsIgnoreCase": {"x": "k"}}));
    is_new(Layer::Identity, &old, &new, &asks(&json!({"x": "\u{212a}"})));
}

#[test]
fn bounds_that_no_arithmetic_holds() {
    let (least, most) = (i128::MIN.to_string(), i128::MAX.to_string());
    let number = when(&json!({"NumericGreaterThan": {"x": [least, most]}}));
    let date = when(&json!({"DateGreaterThan": {"x": ["170141183460469231731687303715", "1"]}}));
    let unordered: Vec<String> = (0..60)
        .map(|n: i128| {
            let whole = 9_007_199_254_740_992 + n % 7;
            if n % 3 == 0 { format!("{whole}.0") } else { whole.to_string() }
        })
        .collect();
    let mixed = when(&json!({"NumericEquals": {"x": unordered}}));
    for conditions in [number, date, mixed] {
        assert_ne!(verdict(Layer::Identity, &document(&none()), &document(&conditions)), Verdict::NoNewAccess);
    }
}

// Whoever has identity policies has an ARN.
#[test]
fn nobody_with_policies_is_nobody() {
    is_not_new(Layer::Identity, &none(), &when(&json!({"Null": {"aws:PrincipalArn": "true"}})));
}

// A key of a known kind that is only asked to be there.
#[test]
fn a_key_that_is_only_asked_to_be_there() {
    for (key, value) in [
        ("aws:SourceIp", "203.0.113.7"),
        ("aws:CurrentTime", "2026-01-01T00:00:00Z"),
        ("aws:SecureTransport", "true"),
        ("aws:MultiFactorAuthAge", "5"),
        ("x", "a"),
    ] {
        is_new(Layer::Identity, &none(), &when(&json!({"Null": {key: "false"}})), &asks(&json!({key: value})));
    }
}

// Any account but one.
#[test]
fn any_other_account() {
    for operator in ["StringNotLike", "StringNotEquals", "ForAllValues:StringNotLike", "StringNotEqualsIfExists"] {
        let request =
            json!({"principal": "arn:aws:iam::444455556666:user/u", "action": "s3:GetObject", "resource": "*"});
        is_new(Layer::Identity, &none(), &when(&json!({operator: {"aws:PrincipalAccount": "111122223333"}})), &request);
    }
}

// A value twice in a list, and the name of a key in other case, say the same.
#[test]
fn variables_written_otherwise() {
    let (one, other) = (
        document(&when(&json!({"StringEquals": {"x": "${aws:username}"}}))),
        document(&when(&json!({"StringEquals": {"X": ["${aws:UserName}", "${aws:username}"]}}))),
    );
    assert_eq!(verdict(Layer::Identity, &one, &other), Verdict::NoNewAccess);
    assert_eq!(verdict(Layer::Identity, &other, &one), Verdict::NoNewAccess);
}

// The ARN of a federated user's session is what aws:PrincipalArn holds for it.
#[test]
fn a_pattern_of_federated_users() {
    let new = json!([{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
                      "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:sts::*:federated-user/q*"}}}]);
    let request = json!({"principal": "arn:aws:sts::111122223333:federated-user/qa", "action": "s3:GetObject",
                         "resource": "arn:aws:s3:::b/a"});
    is_new(Layer::Resource, &none(), &new, &request);
}

// "This key is always included in the request context for most service actions. The following actions don't support this
// key: ... Amazon Elastic Block Store - All actions"
#[test]
fn actions_without_an_account_of_the_resource() {
    let old = when(&json!({"StringEquals": {"aws:ResourceAccount": "111122223333"}}));
    let new = when(&json!({"StringEqualsIfExists": {"aws:ResourceAccount": "111122223333"}}));
    let request = json!({"principal": "arn:aws:iam::111122223333:user/u", "action": "ebs:GetSnapshotBlock",
                         "resource": "arn:aws:ec2:us-east-1::snapshot/snap-0123456789abcdef0"});
    is_new(Layer::Identity, &old, &new, &request);
}

// "Anonymous requests do not include this key."
#[test]
fn nobody_is_neither_a_service_nor_none() {
    let policy = document(&json!([
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"},
        {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
         "Condition": {"Bool": {"aws:PrincipalIsAWSService": "false"}}}
    ]));
    let request = json!({"principal": "*", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/a"});
    assert!(allowed_on_the_wire(Layer::Resource, &policy, &request));
}

// A witness of a block lies in the block, also after it has got a familiar name.
#[test]
fn a_block_holds_its_witness() {
    let old = [document(&json!([{"Effect": "Allow", "Action": "s3:*Object", "Resource": "*"}]))];
    let new = [document(&json!([{"Effect": "Allow", "Action": ["s3:*Acl", "*"], "Resource": "*"}]))];
    let found = compare::difference(&old, &new, &Comparison::of(Layer::Identity), catalog::builtin()).unwrap();
    for block in found.added.blocks {
        let action = block.witness.action();
        let policy::ActionBlock::Action(patterns) = &block.actions else { continue };
        assert!(patterns.iter().any(|pattern| policy::action_matches(pattern, action)), "{action} in {patterns:?}");
    }
}

// Federated users need a session policy besides, so a user or a role shows more plainly what an identity policy allows.
#[test]
fn users_and_roles_come_before_federated_users() {
    let old =
        [document(&json!([{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:sqs:*:${aws:PrincipalAccount}:a"}]))];
    let new = [document(&json!([{"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:*:*:a"}]))];
    let verdict = compare(&old, &new, &Comparison::of(Layer::Identity)).unwrap();
    let arn = verdict.witness().unwrap().principal().arn().unwrap();
    assert!(arn.contains(":user/") || arn.contains(":role/"), "{arn}");
}

// Defaults are text, whose case matters; the names of keys are none.
#[test]
fn variables_that_differ_in_little() {
    for (old, new) in
        [("${y, 'A'}", "${y, 'a'}"), ("${y}", "${y, 'a'}"), ("${y}a", "${y}A"), ("${y}", "${z}"), ("${y}", "${y}*")]
    {
        let condition = |text: &str| document(&when(&json!({"StringLike": {"x": text}})));
        let resource = |text: &str| {
            document(&json!([{"Effect": "Allow", "Action": "*", "Resource": format!("arn:aws:s3:::{text}")}]))
        };
        for (old, new) in [(condition(old), condition(new)), (resource(old), resource(new))] {
            let verdict = verdict(Layer::Identity, &old, &new);
            assert_ne!(verdict, Verdict::NoNewAccess, "{new:?}");
            assert_eq!(false_witness(Layer::Identity, &old, &new, &verdict), None);
        }
    }
}

// Version 2008-10-17 knows no variables: the text stands for itself.
#[test]
fn variables_that_are_none() {
    let text = |version: &str| {
        policy::from_value(
            &json!({"Version": version, "Statement": when(&json!({"StringEquals": {"x": "${aws:username}"}}))}),
        )
        .unwrap()
    };
    for (old, new) in [("2008-10-17", "2012-10-17"), ("2012-10-17", "2008-10-17")] {
        assert!(verdict(Layer::Identity, &text(old), &text(new)).witness().is_some(), "{old} {new}");
    }
}

/// Allow or Deny everything to whom the element names.
fn to(effect: &str, element: &str, principal: &Value) -> Value {
    json!({"Effect": effect, element: principal, "Action": "*", "Resource": "*"})
}

fn of_resource(old: &[Value], new: &[Value]) -> Verdict {
    verdict(Layer::Resource, &document(&json!(old)), &document(&json!(new)))
}

fn is_doubtful(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Inconclusive(Doubt::Principal(_) | Doubt::Account(_)))
}

// Whom only AWS knows may be anybody whom a policy names, but not everybody.
#[test]
fn principals_whom_only_aws_knows() {
    for name in [json!({"CanonicalUser": "0123456789abcdef"}), json!({"AWS": "AROAEXAMPLEEXAMPLE"})] {
        let account = json!({"AWS": "444455556666"});
        let everyone = || to("Allow", "Principal", &json!("*"));
        let them = || to("Allow", "Principal", &name);
        let all_but_them = || to("Allow", "NotPrincipal", &name);
        let not_them = || to("Deny", "Principal", &name);
        let the_account = || to("Allow", "Principal", &account);
        for (old, new) in [
            (vec![all_but_them()], vec![them()]),
            (vec![all_but_them()], vec![everyone()]),
            (vec![all_but_them()], vec![the_account()]),
            (vec![everyone(), not_them()], vec![everyone()]),
            (vec![everyone(), not_them()], vec![the_account()]),
            (vec![], vec![them()]),
            (vec![the_account()], vec![them()]),
            (vec![them()], vec![them(), to("Allow", "Principal", &json!({"CanonicalUser": "fedcba9876543210"}))]),
        ] {
            let verdict = of_resource(&old, &new);
            assert!(is_doubtful(&verdict), "{old:?} {new:?} {verdict:?}");
        }
        for (old, new) in [
            (vec![everyone()], vec![them()]),
            (vec![them()], vec![them()]),
            (vec![all_but_them()], vec![all_but_them()]),
            (vec![all_but_them()], vec![everyone(), not_them()]),
            (vec![the_account(), them()], vec![them()]),
        ] {
            assert_eq!(of_resource(&old, &new), Verdict::NoNewAccess, "{old:?} {new:?}");
        }
        // There are more principals than those few.
        let verdict = of_resource(&[them()], &[everyone()]);
        assert!(verdict.witness().is_some(), "{verdict:?}");
    }
    // An account may be that of a canonical user; a role that a policy names may be the one that an id stands for.
    let canonical = to("Allow", "Principal", &json!({"CanonicalUser": "0123456789abcdef"}));
    assert!(is_doubtful(&of_resource(&[canonical], &[to("Allow", "Principal", &json!({"AWS": "444455556666"}))])));
    let role = json!({"AWS": "arn:aws:iam::444455556666:role/r"});
    let id = to("Allow", "Principal", &json!({"AWS": "AROAEXAMPLEEXAMPLE"}));
    assert!(is_doubtful(&of_resource(&[id], &[to("Allow", "Principal", &role)])));
}

// A placeholder is one account, and no one knows which.
#[test]
fn placeholders_of_accounts() {
    for placeholder in ["<ACCOUNT ID>", "${AWS::AccountId}"] {
        let root = json!({"AWS": format!("arn:aws:iam::{placeholder}:root")});
        let role = |account: &str| json!({"AWS": format!("arn:aws:iam::{account}:role/deploy")});
        let everyone = || to("Allow", "Principal", &json!("*"));
        let allow = |principal: &Value| to("Allow", "Principal", principal);
        let deny = |principal: &Value| to("Deny", "Principal", principal);
        for (old, new) in [
            // Another name than the one that the placeholder was in.
            (vec![allow(&root)], vec![allow(&role("444455556666"))]),
            // Two accounts, of which it can be one.
            (vec![allow(&role(placeholder))], vec![allow(&role("444455556666")), allow(&role("111122223333"))]),
            (
                vec![everyone(), deny(&role("444455556666")), deny(&role("111122223333"))],
                vec![everyone(), deny(&role("444455556666")), deny(&role(placeholder))],
            ),
        ] {
            let verdict = of_resource(&old, &new);
            assert!(is_doubtful(&verdict) || verdict.witness().is_some(), "{old:?} {new:?} {verdict:?}");
        }
        for (old, new) in [
            (vec![allow(&root)], vec![allow(&root)]),
            // Filled in: the only account, in the same name.
            (vec![allow(&role(placeholder))], vec![allow(&role("444455556666"))]),
        ] {
            assert_eq!(of_resource(&old, &new), Verdict::NoNewAccess, "{old:?} {new:?}");
        }
        assert!(of_resource(&[], &[allow(&root)]).witness().is_some());
        assert!(of_resource(&[allow(&root)], &[everyone()]).witness().is_some());
    }
}

// A placeholder is filled in only where the other policy shows it: another one beside it may be another account.
#[test]
fn placeholders_that_nothing_tells_to_be_filled_in() {
    let role = |account: &str, name: &str| {
        to("Allow", "Principal", &json!({"AWS": format!("arn:aws:iam::{account}:role/{name}")}))
    };
    let not_role =
        |account: &str| to("Deny", "Principal", &json!({"AWS": format!("arn:aws:iam::{account}:role/deploy")}));
    let root = |account: &str| to("Allow", "Principal", &json!({"AWS": format!("arn:aws:iam::{account}:root")}));
    let everyone = || to("Allow", "Principal", &json!("*"));
    for (old, new) in [
        (vec![role("<A>", "deploy")], vec![role("111122223333", "deploy"), role("<B>", "deploy")]),
        (vec![role("<A>", "deploy"), root("<B>")], vec![role("111122223333", "deploy"), role("111122223333", "other")]),
        (vec![everyone(), not_role("<A>"), not_role("111122223333")], vec![everyone(), not_role("111122223333")]),
    ] {
        let verdict = of_resource(&old, &new);
        assert!(is_doubtful(&verdict) || verdict.witness().is_some(), "{old:?} {new:?} {verdict:?}");
    }
}

// A placeholder is the same account wherever it stands: in a principal, a resource or a condition, or twice in a name.
#[test]
fn placeholders_in_all_elements() {
    for placeholder in ["<ACCOUNT ID>", "${AWS::AccountId}"] {
        let policy = |account: &str| {
            json!([{"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{account}:role/{account}-deploy")},
                    "Action": "sqs:SendMessage", "Resource": format!("arn:aws:sqs:*:{account}:q"),
                    "Condition": {"StringEquals": {"aws:SourceAccount": account}}}])
        };
        let (template, filled) = (document(&policy(placeholder)), document(&policy("111122223333")));
        assert_eq!(verdict(Layer::Resource, &template, &filled), Verdict::NoNewAccess);
        assert_eq!(verdict(Layer::Resource, &filled, &template), Verdict::NoNewAccess);
        let of = |account: &str| {
            document(&json!([{"Effect": "Allow", "Action": "*", "Resource": format!("arn:aws:sqs:*:{account}:q")}]))
        };
        assert!(verdict(Layer::Identity, &of(placeholder), &of("*")).witness().is_some());
        assert_eq!(verdict(Layer::Identity, &of("*"), &of(placeholder)), Verdict::NoNewAccess);
        let other = document(&json!([
            {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:sqs:*:111122223333:*"}
        ]));
        assert!(is_doubtful(&verdict(Layer::Identity, &other, &of(placeholder))));
        // One of the accounts that a pattern matches, perhaps.
        let some = document(&json!([{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:sqs:*:44*:q"}]));
        assert!(is_doubtful(&verdict(Layer::Identity, &some, &of(placeholder))));
    }
    // A variable in the same place is none.
    let of = |account: &str| {
        document(&json!([{"Effect": "Allow", "Action": "*", "Resource": format!("arn:aws:sqs:*:{account}:q")}]))
    };
    let found = verdict(Layer::Identity, &of("${aws:PrincipalAccount}"), &of("111122223333"));
    assert!(found.witness().is_some(), "{found:?}");
}

// Blocks show a statement with the placeholders that it was written with.
#[test]
fn blocks_keep_placeholders() {
    let new = [document(&json!([{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::<ACCOUNT ID>:role/deploy"},
                                 "Action": "sqs:*", "Resource": "arn:aws:sqs:*:<ACCOUNT ID>:*"}]))];
    let how = Comparison::of(Layer::Resource);
    let found = compare::difference(&[document(&none())], &new, &how, catalog::builtin()).unwrap();
    let [block] = found.added.blocks.as_slice() else { panic!("{found:#?}") };
    let written = &new[0].statements[0];
    assert_eq!((&block.principal, &block.resources), (&written.principal, &written.resource));
}

// A Deny that spares a canonical user spares the root user of its account only, one that spares an id that user: whoever
// has the id in that account is spared by one and not by the other.
#[test]
fn denials_that_spare_unknown_principals_apart() {
    let everyone = || to("Allow", "Principal", &json!("*"));
    let (user, id) = (json!({"CanonicalUser": "0123456789abcdef"}), json!({"AWS": "AIDAEXAMPLEEXAMPLE"}));
    for (one, other) in [(&user, &id), (&id, &user)] {
        let old = [everyone(), to("Deny", "NotPrincipal", one)];
        let new = [to("Allow", "Principal", one), to("Deny", "NotPrincipal", other)];
        let verdict = of_resource(&old, &new);
        assert!(is_doubtful(&verdict), "{one} {other} {verdict:?}");
    }
}

// A familiar action must not be one that the caller may have had already, if it is the one whom only AWS knows.
#[test]
fn a_familiar_witness_is_new_whoever_is_meant() {
    let old = json!([{"Effect": "Allow", "Principal": {"CanonicalUser": "0123456789abcdef"},
                      "Action": "s3:AbortMultipartUpload", "Resource": "*"}]);
    let new = json!([{"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "s3:*", "Resource": "*"}]);
    let verdict = verdict(Layer::Resource, &document(&old), &document(&new));
    assert_ne!(verdict.witness().unwrap().action(), "s3:AbortMultipartUpload");
}

// Whom only AWS knows may do something, too.
#[test]
fn actions_that_somebody_unknown_is_allowed() {
    let policy = document(&json!([{"Effect": "Allow", "Principal": {"CanonicalUser": "0123456789abcdef"},
                                   "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]));
    let found = compare::allowed_actions(&[policy], Layer::Resource, catalog::builtin()).unwrap();
    let found: Vec<_> = found.iter().map(|found| (found.action.name(), found.is_certain)).collect();
    assert_eq!(found, [("GetObject", false)]);
}

// Patterns of services' names can meet in a name that none of them is.
#[test]
fn patterns_of_services_that_meet() {
    let when = |condition: &Value| json!([{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": condition}]);
    let request = |service: &str| json!({"principal": {"Service": service}, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/a"});
    let key = "aws:PrincipalServiceName";
    let both = when(&json!({"StringLike": {key: "la*"}, "StringLikeIfExists": {key: "*.com"}}));
    is_new(Layer::Resource, &none(), &both, &request("lambda.amazonaws.com"));
    let other = when(&json!({"StringNotEquals": {key: "lambda.amazonaws.com"}, "Null": {key: "false"}}));
    let example = when(&json!({"StringEquals": {key: "example.amazonaws.com"}}));
    is_new(Layer::Resource, &example, &other, &request("sns.amazonaws.com"));
    // A witness is the name of a service and no pattern.
    let (old, new) = (when(&json!({"StringLike": {key: "lambda*"}})), when(&json!({"StringLike": {key: "la*"}})));
    let verdict = verdict(Layer::Resource, &document(&old), &document(&new));
    let authz::Principal::Service(name) = verdict.witness().unwrap().principal() else { panic!("{verdict:?}") };
    assert!(name.ends_with(".amazonaws.com") && !name.contains('*'), "{name}");
}
