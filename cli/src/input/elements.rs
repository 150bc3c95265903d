//! JSON values in a text, with their places: a list's elements, or values one after another (JSON lines).

use policy::Place;
use serde_json::value::RawValue;

/// One value, as written.
#[derive(Clone, Copy, Debug)]
pub struct Element<'t> {
    pub text: &'t str,
    /// Where it starts.
    pub place: Place,
}

/// Whether the text is one JSON list.
pub fn is_list(text: &str) -> bool {
    text.trim_start().starts_with('[')
}

/// The elements of the list that the text is, else the values in it.
///
/// # Errors
/// With the place, when the text is not JSON.
pub fn elements(text: &str) -> Result<Vec<Element<'_>>, (Place, String)> {
    let wrong = |error: serde_json::Error| {
        (Place { line: error.line().max(1), column: error.column().max(1) }, without_place(&error))
    };
    if is_list(text) {
        let list: Vec<&RawValue> = serde_json::from_str(text).map_err(wrong)?;
        return Ok(list.into_iter().map(|raw| element(text, raw.get())).collect());
    }
    let values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    values.map(|value| value.map(|raw| element(text, raw.get())).map_err(wrong)).collect()
}

/// A place in a part of a text that starts at `start`, in the whole text.
pub fn shifted(start: Place, within: Place) -> Place {
    match within.line {
        0 | 1 => Place { line: start.line, column: start.column + within.column.saturating_sub(1) },
        line => Place { line: start.line + line - 1, column: within.column },
    }
}

/// What the error says, without the place that it counts from its own start.
pub fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((message, _)) => message.to_owned(),
        None => text,
    }
}

/// `part` is a slice of `text`.
fn element<'t>(text: &'t str, part: &'t str) -> Element<'t> {
    let offset = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    Element { text: part, place: place_at(text, offset) }
}

fn place_at(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    Place { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<(usize, usize, &str)> {
        elements(text).unwrap().into_iter().map(|one| (one.place.line, one.place.column, one.text)).collect()
    }

    #[test]
    fn elements_know_where_they_stand() {
        assert_eq!(
            places("[1, {\"ä\": 2},\n  \"é\", 3]"),
            [(1, 2, "1"), (1, 5, "{\"ä\": 2}"), (2, 3, "\"é\""), (2, 8, "3")]
        );
        assert_eq!(places("{}\n\n {\"a\": 1}\n"), [(1, 1, "{}"), (3, 2, "{\"a\": 1}")]);
        assert_eq!(places(" []"), []);
        assert_eq!(places(""), []);
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        let (place, message) = elements("[1,\n  2,,]").unwrap_err();
        assert_eq!((place.line, place.column, message.as_str()), (2, 5, "expected value"));
        let (place, _) = elements("{}\n{\"a\":}\n").unwrap_err();
        assert_eq!(place.line, 2);
    }
}
