//! leastwise's own way from gzip bytes to the aggregate, in process: what stands beside the limit.

use hashbrown::HashSet;
use trail::{Item, Limits, Mapper, read_records};
use usage::{Usage, stat};

/// One thread's work over delivery files.
pub struct Pipeline {
    mapper: Mapper<'static>,
    seen: HashSet<u128, foldhash::fast::FixedState>,
    usage: Usage,
}

impl Default for Pipeline {
    fn default() -> Self {
        Pipeline { mapper: Mapper::new(catalog::builtin()), seen: HashSet::default(), usage: Usage::default() }
    }
}

impl Pipeline {
    /// Counts the records of a delivery file into the aggregate, each event once; gives how many records it held.
    pub fn count(&mut self, gzip: &[u8]) -> u64 {
        let mut records = 0;
        read_records(gzip, &Limits::default(), |item| {
            let Item::Record(record) = item else { return };
            records += 1;
            if stat::parse_event_id(&record.event_id).is_none_or(|id| self.seen.insert(id)) {
                let mapped = self.mapper.map(&record);
                self.usage.add(&record, &mapped);
            }
        });
        records
    }

    /// Entries of the aggregate, so that no part of the work can be left out.
    pub fn entries(&self) -> usize {
        self.usage.rows().usage.len()
    }
}
