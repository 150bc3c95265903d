//! A changed policy as text: what did not change stands as it was written.

use policy::{Node, json::Member, json::Value as Json};
use serde_json::Value;

use crate::edits::to_value;

/// The most pairs of elements that are compared to find what became of each; longer lists are taken one by one.
const MOST: usize = 250_000;

/// `text` with the changes that make it `value`: line endings, indentation and order stay, and so does every part that is
/// the same. Where that cannot be had, and where `text` is no JSON, the value in a layout of its own.
pub(crate) fn rewrite(text: &str, value: &Value) -> String {
    let in_place = Node::read(text).ok().and_then(|root| {
        let mut out = String::with_capacity(text.len());
        out.push_str(text.get(..root.start)?);
        Writer { text, style: Style::of(text, &root) }.changed(&root, value, &mut out)?;
        out.push_str(text.get(root.end..)?);
        Some(out)
    });
    let is_same = |out: &String| Node::read(out).is_ok_and(|read| to_value(&read) == *value);
    in_place.filter(is_same).unwrap_or_else(|| format!("{value:#}\n"))
}

/// How a text is laid out.
struct Style<'t> {
    /// `None` where all stands on one line.
    newline: Option<&'t str>,
    /// What one level is indented by.
    unit: &'t str,
    /// What stands between a key and its value.
    colon: &'t str,
}

impl<'t> Style<'t> {
    fn of(text: &'t str, root: &Node<'_>) -> Self {
        let within = text.get(root.start..root.end).unwrap_or_default();
        let newline = within
            .find('\n')
            .map(|at| if within.get(..at).is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" });
        let first = root.elements().iter().find_map(|node| node.members().first());
        let unit = first.map(|member| indent(text, member.start)).filter(|unit| !unit.is_empty()).unwrap_or("  ");
        Style { newline, unit, colon: first.and_then(|member| colon(text, member)).unwrap_or(": ") }
    }

    /// Whether elements on one line stand apart.
    fn is_spaced(&self) -> bool {
        self.colon.len() > 1
    }

    /// A value that is new: on lines of its own that are indented by `indent` and more, or on one line.
    fn render(&self, value: &Value, indent: Option<&str>, out: &mut String) {
        let (open, close, items): (char, char, Vec<(Option<&String>, &Value)>) = match value {
            Value::Array(values) if !values.is_empty() => {
                ('[', ']', values.iter().map(|value| (None, value)).collect())
            }
            Value::Object(members) if !members.is_empty() => {
                ('{', '}', members.iter().map(|(key, value)| (Some(key), value)).collect())
            }
            _ => return out.push_str(&value.to_string()),
        };
        let inner = indent.map(|indent| format!("{indent}{}", self.unit));
        let break_line = |indent: Option<&str>, out: &mut String| {
            if let (Some(indent), Some(newline)) = (indent, self.newline) {
                out.extend([newline, indent]);
            }
        };
        out.push(open);
        for (number, (key, value)) in items.into_iter().enumerate() {
            if number > 0 {
                out.push(',');
                if inner.is_none() && self.is_spaced() {
                    out.push(' ');
                }
            }
            break_line(inner.as_deref(), out);
            if let Some(key) = key {
                out.extend([Value::String(key.clone()).to_string().as_str(), self.colon]);
            }
            self.render(value, inner.as_deref(), out);
        }
        break_line(indent, out);
        out.push(close);
    }
}

struct Writer<'t> {
    text: &'t str,
    style: Style<'t>,
}

/// An element of the changed list or object: where it stood before, and what it is now.
struct Item<'v> {
    before: Option<usize>,
    key: Option<&'v String>,
    value: &'v Value,
}

impl Writer<'_> {
    fn changed(&self, node: &Node<'_>, value: &Value, out: &mut String) -> Option<()> {
        let before = to_value(node);
        if before == *value {
            out.push_str(self.text.get(node.start..node.end)?);
            return Some(());
        }
        match (&node.value, value, &before) {
            (Json::Array(nodes), Value::Array(values), Value::Array(old)) if !nodes.is_empty() => {
                let places: Vec<(usize, usize)> = nodes.iter().map(|node| (node.start, node.end)).collect();
                let items = values.iter().zip(aligned(old, values));
                let items = items.map(|(value, before)| Item { before, key: None, value }).collect();
                self.elements(node, &places, items, out, &|at, value, out| self.changed(nodes.get(at)?, value, out))
            }
            (Json::Object(members), Value::Object(map), _) if !members.is_empty() => {
                let places: Vec<(usize, usize)> = members.iter().map(|one| (one.start, one.node.end)).collect();
                let items = map.iter().map(|(key, value)| {
                    let before = members.iter().position(|member| member.key == *key);
                    Item { before, key: Some(key), value }
                });
                self.elements(node, &places, items.collect(), out, &|at, value, out| {
                    let member = members.get(at)?;
                    out.push_str(self.text.get(member.start..member.node.start)?);
                    self.changed(&member.node, value, out)
                })
            }
            _ => {
                let indent = self.style.newline.map(|_| indent(self.text, node.start));
                self.style.render(value, indent, out);
                Some(())
            }
        }
    }

    /// The elements of a list or an object, each behind what stood in front of it before.
    fn elements(
        &self,
        node: &Node<'_>,
        places: &[(usize, usize)],
        items: Vec<Item<'_>>,
        out: &mut String,
        kept: &dyn Fn(usize, &Value, &mut String) -> Option<()>,
    ) -> Option<()> {
        let (first, last) = (places.first()?, places.last()?);
        out.push_str(self.text.get(node.start..node.start + 1)?);
        if items.is_empty() {
            out.push_str(self.text.get(node.end - 1..node.end)?);
            return Some(());
        }
        let lead = self.text.get(node.start + 1..first.0)?;
        let between = |at: usize| {
            let before = at.checked_sub(1).and_then(|before| places.get(before))?;
            self.text.get(before.1..places.get(at)?.0)
        };
        let usual = match between(places.len() - 1) {
            Some(between) => between.to_owned(),
            None if lead.is_empty() && self.style.is_spaced() => ", ".to_owned(),
            None => format!(",{lead}"),
        };
        let indent = lead.rfind('\n').and_then(|at| lead.get(at + 1..));
        for (number, item) in items.iter().enumerate() {
            out.push_str(match item.before.and_then(between) {
                _ if number == 0 => lead,
                Some(between) => between,
                None => &usual,
            });
            match (item.before, item.key) {
                (Some(at), _) => kept(at, item.value, out)?,
                (None, key) => {
                    if let Some(key) = key {
                        out.extend([Value::String(key.clone()).to_string().as_str(), self.style.colon]);
                    }
                    self.style.render(item.value, indent, out);
                }
            }
        }
        out.push_str(self.text.get(last.1..node.end)?);
        Some(())
    }
}

/// The white space that a line starts with.
fn indent(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default();
    line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
}

/// What stands between a member's key and its value.
fn colon<'t>(text: &'t str, member: &Member<'_>) -> Option<&'t str> {
    let between = text.get(member.start..member.node.start)?;
    between.get(between.rfind('"')? + 1..)
}

/// For each new element the old one that it was: with the fewest that are added, taken out or changed.
fn aligned(old: &[Value], new: &[Value]) -> Vec<Option<usize>> {
    if old.len().saturating_mul(new.len()) > MOST {
        return (0..new.len()).map(|at| (at < old.len()).then_some(at)).collect();
    }
    // What it costs to make the rest of `new` of the rest of `old`.
    let width = new.len() + 1;
    let mut costs = vec![0_usize; (old.len() + 1) * width];
    let cost = |costs: &[usize], i: usize, j: usize| costs.get(i * width + j).copied().unwrap_or(usize::MAX / 2);
    let pair = |i: usize, j: usize| match (old.get(i), new.get(j)) {
        (Some(old), Some(new)) => usize::from(old != new),
        _ => usize::MAX / 4,
    };
    for i in (0..=old.len()).rev() {
        for j in (0..=new.len()).rev() {
            let best = match (old.len() - i, new.len() - j) {
                (0, rest) | (rest, 0) => rest,
                _ => (pair(i, j) + cost(&costs, i + 1, j + 1))
                    .min(1 + cost(&costs, i + 1, j))
                    .min(1 + cost(&costs, i, j + 1)),
            };
            if let Some(slot) = costs.get_mut(i * width + j) {
                *slot = best;
            }
        }
    }
    let (mut i, mut before) = (0, Vec::with_capacity(new.len()));
    while before.len() < new.len() {
        let j = before.len();
        let here = cost(&costs, i, j);
        if i < old.len() && here == pair(i, j) + cost(&costs, i + 1, j + 1) {
            before.push(Some(i));
            i += 1;
        } else if i < old.len() && here == 1 + cost(&costs, i + 1, j) {
            i += 1;
        } else {
            before.push(None);
        }
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_did_not_change_stands_as_it_was_written() {
        let cases = [
            // Taken out: in the middle, at the start, at the end, all.
            (r#"{"a" : [ "x", "y",  "z" ]}"#, json!({"a": ["x", "z"]}), r#"{"a" : [ "x",  "z" ]}"#),
            ("[\n\t\"x\",\n\t\"y\"\n]\n", json!(["y"]), "[\n\t\"y\"\n]\n"),
            ("[\r\n  \"x\",\r\n  \"y\"\r\n]", json!(["x"]), "[\r\n  \"x\"\r\n]"),
            ("[\"x\" ]", json!([]), "[]"),
            // Changed, with an escape and a number that are written otherwise than usual beside it.
            (
                r#"{"a": "\u0041", "n": 1.50, "b": 1}"#,
                json!({"a": "A", "n": "1.50", "b": 2}),
                r#"{"a": "\u0041", "n": 1.50, "b": 2}"#,
            ),
            // Added: on one line, with and without spaces, and on lines of their own.
            (r#"{"a":["x"]}"#, json!({"a": ["x", "y"], "b": {"c": [1, 2]}}), r#"{"a":["x","y"],"b":{"c":[1,2]}}"#),
            (
                r#"{"a": ["x"]}"#,
                json!({"a": ["x", "y"], "b": {"c": [1, 2]}}),
                r#"{"a": ["x", "y"], "b": {"c": [1, 2]}}"#,
            ),
            (
                "{\n    \"s\": [\n        {\"a\": 1}\n    ]\n}\n",
                json!({"v": 1, "s": [{"a": 1, "b": 2}, {"a": [3]}]}),
                "{\n    \"v\": 1,\n    \"s\": [\n        {\"a\": 1, \"b\": 2},\n        {\n            \"a\": [\n                3\n            ]\n        }\n    ]\n}\n",
            ),
            // Of another kind.
            ("{\n\t\"a\": \"x\"\n}", json!({"a": ["x", "y"]}), "{\n\t\"a\": [\n\t\t\"x\",\n\t\t\"y\"\n\t]\n}"),
        ];
        for (text, value, expected) in cases {
            assert_eq!(rewrite(text, &value), expected, "{text}");
            assert_eq!(rewrite(expected, &value), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_json_gets_a_layout_of_its_own() {
        assert_eq!(rewrite("{", &json!({"a": 1})), "{\n  \"a\": 1\n}\n");
    }

    #[test]
    fn long_lists_are_told_apart() {
        let of = |range: std::ops::Range<u32>| range.map(Value::from).collect::<Vec<_>>();
        let (old, mut new) = (of(0..400), of(0..400));
        new.remove(200);
        assert_eq!(aligned(&old, &new).get(200), Some(&Some(201)));
        assert_eq!(aligned(&of(0..1_000), &of(0..1_001)).last(), Some(&None));
    }
}
