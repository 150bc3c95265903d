use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "DATA_TYPE_MISMATCH",
    title: "Data type mismatch",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "An element has a value of the wrong JSON type.",
    why: "AWS refuses the policy.",
    instead: "Write the element as the policy grammar has it: texts, lists of texts, or objects.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": {"s3": "GetObject"},
      "Resource": "arn:aws:s3:::example-orders/*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let root = subject.root;
    if !matches!(root.value, Value::Object(_)) {
        findings.add(root, format!("the policy must be an object, not {}", root.value.kind()));
        return;
    }
    for key in ["Version", "Id"] {
        text(root, key, findings);
    }
    let statements = root.get("Statement").map(Node::elements).unwrap_or_default();
    for node in statements {
        if !matches!(node.value, Value::Object(_)) {
            findings.add(node, format!("a statement must be an object, not {}", node.value.kind()));
        }
    }
    for statement in &subject.statements {
        for key in ["Sid", "Effect"] {
            text(statement.node, key, findings);
        }
        for key in ["Action", "NotAction", "Resource", "NotResource"] {
            texts(statement.node.get(key), findings);
        }
        for key in ["Principal", "NotPrincipal"] {
            principal(statement.node.get(key), findings);
        }
        condition(statement.node.get("Condition"), findings);
    }
}

fn text(node: &Node<'_>, key: &str, findings: &mut Findings<'_, '_>) {
    if let Some(node) = node.get(key).filter(|node| node.as_str().is_none()) {
        findings.add(node, format!("`{key}` must be a string, not {}", node.value.kind()));
    }
}

fn texts(node: Option<&Node<'_>>, findings: &mut Findings<'_, '_>) {
    for node in node.map(Node::elements).unwrap_or_default() {
        if node.as_str().is_none() {
            findings.add(node, format!("this must be a string or a list of strings, not {}", node.value.kind()));
        }
    }
}

fn principal(node: Option<&Node<'_>>, findings: &mut Findings<'_, '_>) {
    match node.map(|node| (node, &node.value)) {
        Some((_, Value::Object(members))) => members.iter().for_each(|member| texts(Some(&member.node), findings)),
        Some((node, value)) if node.as_str().is_none() => {
            findings.add(node, format!("a principal must be `\"*\"` or an object, not {}", value.kind()));
        }
        _ => {}
    }
}

fn condition(node: Option<&Node<'_>>, findings: &mut Findings<'_, '_>) {
    let Some(node) = node else { return };
    if !matches!(node.value, Value::Object(_)) {
        findings.add(node, format!("`Condition` must be an object, not {}", node.value.kind()));
    }
    for operator in node.members() {
        if !matches!(operator.node.value, Value::Object(_)) {
            let kind = operator.node.value.kind();
            findings.add(&operator.node, format!("a condition operator must be an object of keys, not {kind}"));
        }
        for value in operator.node.members().iter().flat_map(|key| key.node.elements()) {
            if matches!(value.value, Value::Object(_) | Value::Array(_) | Value::Null) {
                let kind = value.value.kind();
                findings.add(value, format!("a condition value must be a string, a number or a boolean, not {kind}"));
            }
        }
    }
}
