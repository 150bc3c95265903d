//! Writing for people: tables, and text that came from a log.

use crate::failure::Failure;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ContentArrangement, Table};
use std::borrow::Cow;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// A table with these columns, as wide as the terminal.
pub fn table(columns: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(columns.iter().copied());
    table
}

/// Prints data.
pub fn print(text: &str) -> Result<(), Failure> {
    // Colours are for terminals.
    let mut output = anstream::stdout().lock();
    output.write_all(text.as_bytes()).and_then(|()| output.flush()).map_err(Failure::Output)
}

/// Writes a file, and the folder that it is in.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(Failure::write(folder))?;
    }
    fs::write(path, text).map_err(Failure::write(path))
}

/// Tells a person something, on standard error; text from a log in it cannot steer the terminal. That nobody can be
/// told (standard error is closed, its disk is full) ends nothing.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", safe(text));
}

/// Text from a log or a policy, which could otherwise steer the terminal: control and direction characters are shown
/// as their code points.
pub fn safe(text: impl AsRef<str>) -> String {
    escaped(text.as_ref(), |character| format!("\\u{{{:x}}}", u32::from(character))).into_owned()
}

/// JSON or HCL whose strings cannot steer the terminal, and mean what they meant: both languages write a character as
/// `\u202e`, and outside strings neither has one that steers.
pub fn safe_source(text: &str) -> Cow<'_, str> {
    escaped(text, |character| format!("\\u{:04x}", u32::from(character)))
}

/// [`safe`] text for a place where a line break would start something new.
pub fn one_line(text: &str) -> String {
    safe(text).replace('\n', "\\u{a}")
}

fn escaped(text: &str, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    // All of them are below U+10000, which `safe_source` rests on.
    let steers = |character: char| {
        (character.is_control() && character != '\n')
            || matches!(
                character,
                '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            )
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if steers(character) {
            shown.push_str(&escape(character));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_steer_the_terminal() {
        assert_eq!(safe("a\u{1b}[31mb\u{202e}c\nd"), "a\\u{1b}[31mb\\u{202e}c\nd");
        assert_eq!(safe("plain é"), "plain é");
        assert_eq!(safe_source("{\n  \"a\": \"\u{9b}31m\u{202e}\"\n}"), "{\n  \"a\": \"\\u009b31m\\u202e\"\n}");
    }
}
