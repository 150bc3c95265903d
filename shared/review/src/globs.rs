//! Patterns, against each other: whether two can mean the same text.

/// Whether some text is matched by both globs. Takes at most (length x length) steps.
pub(crate) fn meet(a: &[u8], b: &[u8]) -> bool {
    // Row by row: `reached[j]` says whether what stands before in `a` can be what stands before `j` in `b`.
    let mut reached = vec![false; b.len() + 1];
    set(&mut reached, 0);
    close(&mut reached, b);
    for &step in a {
        let mut next = vec![false; b.len() + 1];
        for (at, _) in reached.iter().enumerate().filter(|(_, is_reached)| **is_reached) {
            match (step, b.get(at)) {
                (b'*', _) => next.iter_mut().skip(at).for_each(|slot| *slot = true),
                (_, Some(b'*')) => set(&mut next, at),
                (_, Some(other)) if step == b'?' || *other == b'?' || step == *other => set(&mut next, at + 1),
                _ => {}
            }
        }
        close(&mut next, b);
        reached = next;
    }
    reached.last().copied().unwrap_or_default()
}

/// A star of `b` can be no text at all.
fn close(reached: &mut [bool], b: &[u8]) {
    for (at, step) in b.iter().enumerate() {
        if *step == b'*' && reached.get(at).copied().unwrap_or_default() {
            set(reached, at + 1);
        }
    }
}

fn set(slots: &mut [bool], at: usize) {
    if let Some(slot) = slots.get_mut(at) {
        *slot = true;
    }
}

/// A text with policy variables, each as a star: `${aws:username}` may be anything. So may a format's `${RoleName}`.
pub(crate) fn with_stars(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        match after.split_once('}') {
            Some((_, after)) => {
                if !out.ends_with('*') {
                    out.push('*');
                }
                rest = after;
            }
            None => {
                rest = after;
                break;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_meet_where_one_text_is_both() {
        let cases = [
            ("a*", "*b", true),
            ("a*c", "ab", false),
            ("a?c", "abc", true),
            ("", "*", true),
            ("", "?", false),
            ("role/*", "*/x", true),
            ("role/a", "user/*", false),
            ("*", "", true),
            ("a*b*c", "a?c", true),
            ("ab*", "a", false),
        ];
        for (a, b, expected) in cases {
            assert_eq!(meet(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
            assert_eq!(meet(b.as_bytes(), a.as_bytes()), expected, "{b} {a}");
        }
    }

    #[test]
    fn variables_are_stars() {
        assert_eq!(with_stars("home/${aws:username}/*"), "home/*/*");
        assert_eq!(with_stars("a${b}${c}d${"), "a*d");
    }
}
