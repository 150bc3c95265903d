//! Reading a trail on all processors.
//!
//! Every worker takes the next file, counts it into an aggregate of its own, and the aggregates are merged at the end;
//! which worker had which file makes no difference to the result. Events are told apart by their id across all
//! files, so that one delivered twice counts once.

use crate::analysis::{FileProblem, FileRead, Reading};
use crate::failure::Failure;
use crate::input::Window;
use hashbrown::HashSet;
use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use trail::{Item, Limits, Mapper, Record, read_records};
use usage::{Usage, stat};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// What is to be counted.
pub struct Question<'q> {
    pub window: Window,
    /// Glob over principals.
    pub principal: Option<&'q str>,
    pub catalog: &'q catalog::Catalog,
    /// Stop at the first problem.
    pub strict: bool,
}

/// Something to read records from.
pub trait Input: Sync {
    fn name(&self) -> String;
    fn open(&self) -> Result<Box<dyn Read + '_>, Failure>;
}

/// Bytes read so far, for a progress bar.
pub type Progress = Arc<AtomicU64>;

/// Reads `inputs` with `jobs` threads. Events that are in `seen` count as duplicates, and what is read is added to it.
pub fn read<I: Input>(
    inputs: &[I],
    question: &Question<'_>,
    seen: &Seen,
    jobs: usize,
    progress: &Progress,
) -> (Usage, Reading) {
    let next = AtomicUsize::new(0);
    let stop = AtomicUsize::new(0);
    let counted: Vec<Counted> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs.clamp(1, inputs.len().max(1)))
            .map(|_| {
                scope.spawn(|| {
                    let mut worker =
                        Worker { question, seen, mapper: Mapper::new(question.catalog), counted: Counted::default() };
                    while let Some(input) = inputs.get(next.fetch_add(1, Ordering::Relaxed)) {
                        worker.file(input, progress);
                        if question.strict && !worker.counted.reading.problems.is_empty() {
                            stop.store(1, Ordering::Relaxed);
                        }
                        if stop.load(Ordering::Relaxed) == 1 {
                            break;
                        }
                    }
                    worker.counted
                })
            })
            .collect();
        // A worker that panicked is a defect; what the others counted would be wrong without it.
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    let mut total = Counted::default();
    for counted in counted {
        total.merge(counted);
    }
    total.reading.problems.sort_unstable();
    (total.usage, total.reading)
}

#[derive(Default)]
struct Counted {
    usage: Usage,
    reading: Reading,
}

impl Counted {
    fn merge(&mut self, other: Counted) {
        if self.usage.is_empty() {
            self.usage = other.usage;
        } else {
            self.usage.merge(&other.usage);
        }
        self.reading.merge(other.reading);
    }
}

struct Worker<'w> {
    question: &'w Question<'w>,
    seen: &'w Seen,
    mapper: Mapper<'w>,
    counted: Counted,
}

impl Worker<'_> {
    fn file(&mut self, input: &impl Input, progress: &Progress) {
        let name = input.name();
        let mut problems = Vec::new();
        let mut records = 0;
        let mut hash = Xxh3::new();
        match input.open() {
            Ok(bytes) => {
                let mut bytes = Watched { bytes, hash: &mut hash, progress };
                read_records(&mut bytes, &Limits::default(), |item| match item {
                    Item::Record(record) => {
                        records += 1;
                        self.record(&record);
                    }
                    Item::Other(_) => self.counted.reading.other_items += 1,
                    Item::Problem(problem) => {
                        problems.push(FileProblem {
                            file: name.clone(),
                            offset: problem.offset,
                            reason: problem.kind.to_string(),
                        });
                    }
                });
            }
            Err(failure) => {
                let problem = FileProblem { file: name, offset: 0, reason: failure.with_cause() };
                return self.counted.reading.problems.push(problem);
            }
        }
        self.counted.reading.problems.extend(problems);
        self.counted.reading.files.insert(name, FileRead { hash: format!("{:032x}", hash.digest128()), records });
    }

    fn record(&mut self, record: &Record<'_>) {
        let reading = &mut self.counted.reading;
        if !self.question.window.is_open() && !self.question.window.holds(stat::parse_time(&record.event_time)) {
            reading.outside_window += 1;
            return;
        }
        if !self.seen.first_time(&record.event_id) {
            reading.duplicates += 1;
            return;
        }
        let mapped = self.mapper.map(record);
        if let Some(glob) = self.question.principal
            && !generate::matches_principal(glob, mapped.principal.kind, &mapped.principal.arn)
        {
            reading.other_principals += 1;
            return;
        }
        self.counted.usage.add(record, &mapped);
    }
}

/// Ids of events that were seen, in shards so that workers seldom wait for each other. 17 to 34 bytes an event.
pub struct Seen {
    shards: [Mutex<HashSet<u128, foldhash::fast::FixedState>>; 64],
}

impl Default for Seen {
    fn default() -> Seen {
        Seen { shards: std::array::from_fn(|_| Mutex::new(HashSet::default())) }
    }
}

impl Seen {
    /// Events without an id are all different.
    fn first_time(&self, id: &str) -> bool {
        if id.is_empty() {
            return true;
        }
        let id = stat::parse_event_id(id).unwrap_or_else(|| xxh3_128(id.as_bytes()));
        // The low bits of a UUID are random.
        let shard = self.shards.get((id % 64) as usize);
        shard.is_none_or(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).insert(id))
    }
}

/// Hashes and counts what is read.
struct Watched<'w, R> {
    bytes: R,
    hash: &'w mut Xxh3,
    progress: &'w Progress,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        self.hash.update(buffer.get(..count).unwrap_or_default());
        self.progress.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
