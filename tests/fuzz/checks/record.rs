//! What must hold for any bytes as a delivery file: from records to proven policies without a panic, and no event lost.

use policy::Quota;
use std::io::Read;
use trail::{Item, Limits, Mapper, Needs, read_records};
use usage::Usage;

pub fn check(bytes: &[u8]) {
    // Small limits, so that damage at their edges is near.
    let limits = Limits { record_bytes: 4096, file_bytes: 1 << 16 };
    let whole = analyze(bytes, &limits);
    // However the bytes arrive, they say the same; of damaged gzip, a little more or less can be told.
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        assert_eq!(analyze(Trickle(bytes), &limits), whole);
    }

    let rows = whole.1;
    assert_eq!(rows.totals.events, whole.0);
    assert_eq!(Usage::from_rows(&rows).rows(), rows);
    let written = serde_json::to_string(&rows).unwrap();
    assert_eq!(serde_json::from_str::<usage::Rows>(&written).unwrap(), rows);
    for (quota, include_denied, generalize) in [(Quota::Managed, true, 1), (Quota::User, false, 10)] {
        let options = generate::Options { quota, include_denied, generalize, ..generate::Options::default() };
        let generated = generate::generate(&rows, &[], catalog::builtin(), &options).unwrap();
        for one in &generated.principals {
            assert_eq!(one.proof.allowed, one.proof.requests);
            for policy in &one.policies {
                assert!(policy.document.size() <= Quota::Managed.characters());
                assert_eq!(policy::parse(&policy::render::json(&policy.document)).as_ref(), Ok(&policy.document));
            }
        }
    }
}

fn analyze(input: impl Read, limits: &Limits) -> (u64, usage::Rows) {
    let mut mapper = Mapper::new(catalog::builtin());
    let mut usage = Usage::default();
    let mut events = 0;
    read_records(input, limits, |item| {
        let record = match item {
            Item::Record(record) => record,
            Item::Other(_) => return,
            Item::Problem(problem) => return assert!(!problem.to_string().is_empty()),
        };
        let mapped = mapper.map(&record);
        if let Needs::Permissions(permissions) = &mapped.needs {
            assert!(!permissions.is_empty());
            for permission in permissions {
                assert!(permission.action.contains(':') && !permission.resources.is_empty());
                assert!(permission.resources.is_sorted());
            }
        }
        usage.add(&record, &mapped);
        events += 1;
    });
    (events, usage.rows())
}

/// Gives a few bytes a read, so that every boundary falls inside a chunk.
struct Trickle<'a>(&'a [u8]);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = buffer.len().min(7);
        self.0.read(&mut buffer[..count])
    }
}
