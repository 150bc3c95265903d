//! Patterns, against each other: whether two can mean the same text.

/// Whether some text is matched by both globs. Takes at most (length x length) steps.
pub(crate) fn meet(a: &[u8], b: &[u8]) -> bool {
    // Most pairs part ways before the first wildcard.
    let is_wild = |byte: &u8| matches!(byte, b'*' | b'?');
    let same = a.iter().zip(b).take_while(|(a, b)| a == b && !is_wild(a)).count();
    let (a, b) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    match (a.first(), b.first()) {
        (None, None) => return true,
        (Some(a), Some(b)) if !is_wild(a) && !is_wild(b) => return false,
        _ => {}
    }
    if b.len() < 128 { meet_short(a, b) } else { meet_long(a, b) }
}

/// Row by row: bit `j` says whether what stands before in `a` can be what stands before `j` in `b`.
fn meet_short(a: &[u8], b: &[u8]) -> bool {
    let (mut stars, mut ones) = (0_u128, 0_u128);
    for (at, step) in b.iter().enumerate() {
        stars |= u128::from(*step == b'*') << at;
        ones |= u128::from(*step == b'?') << at;
    }
    // A star of `b` can be no text at all: what is reached spreads over runs of stars.
    let close = |mut reached: u128| loop {
        let spread = reached | ((reached & stars) << 1);
        if spread == reached {
            return reached;
        }
        reached = spread;
    };
    let mut reached = close(1);
    for &step in a {
        reached = if step == b'*' {
            // From the lowest place on.
            if reached == 0 { 0 } else { u128::MAX << reached.trailing_zeros() }
        } else {
            let mut same = ones;
            for (at, other) in b.iter().enumerate() {
                same |= u128::from(*other == step || (step == b'?' && *other != b'*')) << at;
            }
            close((reached & stars) | ((reached & same & !stars) << 1))
        };
        if reached == 0 {
            return false;
        }
    }
    reached >> b.len() & 1 == 1
}

fn meet_long(a: &[u8], b: &[u8]) -> bool {
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
    fn short_and_long_agree() {
        let parts = ["", "a", "b", "*", "?", "ab", "*a", "a*", "?b*", "**", "a?*b"];
        let mut texts: Vec<String> = vec![String::new()];
        for _ in 0..3 {
            texts = texts.iter().flat_map(|text| parts.map(|part| format!("{text}{part}"))).collect();
        }
        for a in texts.iter().step_by(7) {
            for b in &texts {
                assert_eq!(meet_short(a.as_bytes(), b.as_bytes()), meet_long(a.as_bytes(), b.as_bytes()), "{a} {b}");
                assert_eq!(meet(a.as_bytes(), b.as_bytes()), meet_long(a.as_bytes(), b.as_bytes()), "{a} {b}");
            }
        }
    }

    #[test]
    fn variables_are_stars() {
        assert_eq!(with_stars("home/${aws:username}/*"), "home/*/*");
        assert_eq!(with_stars("a${b}${c}d${"), "a*d");
    }
}
