//! What must hold for any text as a policy document: read, written and read again it is the same.

pub fn check(text: &str) {
    match policy::parse_with_spans(text) {
        Ok((document, spans)) => {
            assert!(spans.get("").is_some());
            let json = policy::render::json(&document);
            assert_eq!(policy::parse(&json).as_ref(), Ok(&document));
            assert_eq!(policy::from_value(&policy::to_value(&document)).as_ref(), Ok(&document));
            assert!(document.size() <= json.chars().count());
            let _ = policy::render::terraform(text.get(..10).unwrap_or_default(), std::slice::from_ref(&document));
            let _ = policy::render::cloudformation("fuzz", &[document]);
        }
        Err(error) => {
            assert!(error.line > 0 && error.column > 0);
            assert!(!error.message.is_empty() && error.message.len() < 2_000);
        }
    }
}
