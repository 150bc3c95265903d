//! From the journal into usage, summaries and totals.

use crate::ingest::BYTES;
use crate::journal::{self, Entry};
use crate::lane::{LEASE, Mark};
use crate::leaf::{self, Leaf};
use crate::summary::Summary;
use crate::table::{
    Item, Key, LANES, SORT, account_name, lane_of, name, principal_partition, read_data, size, unchanged, version,
    versioned,
};
use crate::{Error, Store, malformed};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use usage::{Row, Rows, Usage};
use xxhash_rust::xxh3::xxh3_64;

/// What a fold did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// Entries of the journal that are in the aggregate now.
    pub entries: u64,
    /// Transactions that it took.
    pub transactions: u64,
    /// Transactions that others were faster than.
    pub conflicts: u64,
}

/// Entries that are folded together, at most; DynamoDB answers with what fits a megabyte.
const TOGETHER: i32 = 96;
/// What one transaction takes, the lane's mark among them.
const ITEMS: usize = 100;
/// How often a lane is tried again when others change it.
const ATTEMPTS: u32 = 8;
/// What is left of a lease when a fold ends by itself.
const RELEASE: Duration = Duration::from_secs(15);

impl Store {
    /// Folds the whole journal. Any number of folders may do so at once; they cost each other repeated work.
    ///
    /// # Errors
    /// [`Error::Busy`] where others were faster again and again; [`Error::Call`], [`Error::Corrupt`].
    pub async fn fold(&self) -> Result<Folded, Error> {
        let mut folded = Folded::default();
        for lane in 0..LANES {
            self.fold_lane(lane, 1, None, &mut folded).await?;
        }
        Ok(folded)
    }

    /// Folds the lanes that nobody else is folding and that hold at least so many entries, until a time. Whether anything
    /// is left is not said: somebody will come again.
    ///
    /// # Errors
    /// As [`Store::fold`].
    pub async fn fold_alone(&self, owner: &str, least: usize, until: Option<Instant>) -> Result<Folded, Error> {
        let mut folded = Folded::default();
        let mut failed = None;
        // From another lane each time: where the time is always up, all have their turn.
        let first = xxh3_64(owner.as_bytes()) % LANES;
        for lane in (0..LANES).map(|lane| (first + lane) % LANES) {
            if until.is_some_and(|until| Instant::now() >= until) {
                break;
            }
            if let Err(error) = self.fold_leased(lane, owner, least, until, &mut folded).await {
                // One account's trouble is no other's.
                failed.get_or_insert(error);
            }
        }
        failed.map_or(Ok(folded), Err)
    }

    /// Folds a lane where it is ours for a while, and only as long.
    async fn fold_leased(
        &self,
        lane: u64,
        owner: &str,
        least: usize,
        until: Option<Instant>,
        folded: &mut Folded,
    ) -> Result<(), Error> {
        let ends = Instant::now() + LEASE - RELEASE;
        if self.waiting(lane).await? < least.max(1) || !self.lease(lane, owner).await? {
            return Ok(());
        }
        let until = until.map_or(ends, |until| until.min(ends));
        let result = self.fold_lane(lane, least, Some(until), folded).await;
        self.release(lane, owner).await?;
        result
    }

    /// Whether everything that was ingested is folded.
    ///
    /// # Errors
    /// [`Error::Call`].
    pub async fn is_folded(&self) -> Result<bool, Error> {
        for lane in 0..LANES {
            if self.waiting(lane).await? > 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn fold_lane(
        &self,
        lane: u64,
        least: usize,
        until: Option<Instant>,
        folded: &mut Folded,
    ) -> Result<(), Error> {
        let mut attempts = 0;
        loop {
            let mut mark = self.mark(lane).await?;
            let Page { mut done, entries, last } = self.page(lane, &mark).await?;
            // Before another mark takes its place, all that this one names is out of the journal: also what new entries have
            // pushed behind this page.
            done.extend(last.iter().flat_map(|last| mark.behind(last)));
            self.discard(&done).await?;
            let is_all = last.is_none();
            if (is_all && entries.len() < least.max(1)) || until.is_some_and(|until| Instant::now() >= until) {
                return Ok(());
            }
            if entries.is_empty() {
                continue;
            }
            match self.fold_entries(entries, &mut mark, folded).await? {
                Written::Whole => attempts = 0,
                Written::Conflict => {
                    folded.conflicts += 1;
                    attempts += 1;
                    if attempts == ATTEMPTS {
                        return Err(Error::Busy { attempts });
                    }
                    tokio::time::sleep(Duration::from_millis(5 << attempts)).await;
                }
            }
        }
    }

    /// The next entries of a lane.
    async fn page(&self, lane: u64, mark: &Mark) -> Result<Page, Error> {
        let asked = self.query_of(&journal::partition(lane), "").consistent_read(true).limit(TOGETHER);
        let answer = asked.send().await.map_err(|error| Error::call("Query", error))?;
        let last = answer.last_evaluated_key.as_ref().map(Key::of).transpose()?;
        let (mut done, mut entries) = (Vec::new(), Vec::new());
        for item in answer.items.unwrap_or_default() {
            let key = Key::of(&item)?;
            if mark.names(&key) {
                done.push(key);
            } else {
                entries.push(Entry::of(&item)?);
            }
        }
        Ok(Page { done, entries, last })
    }

    /// How many entries of a lane are to be folded, as far as one page tells; as many as a page has, where there are more.
    async fn waiting(&self, lane: u64) -> Result<usize, Error> {
        let asked = self.query_of(&journal::partition(lane), "").consistent_read(true).limit(TOGETHER);
        let asked = asked.projection_expression("#p, #k").expression_attribute_names("#k", SORT);
        let answer = asked.send().await.map_err(|error| Error::call("Query", error))?;
        if answer.last_evaluated_key.is_some() {
            return Ok(usize::try_from(TOGETHER).unwrap_or(usize::MAX));
        }
        let keys = answer.items.unwrap_or_default().iter().map(Key::of).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            return Ok(0);
        }
        let mark = self.mark(lane).await?;
        Ok(keys.iter().filter(|key| !mark.names(key)).count())
    }

    /// Folds these entries in as few transactions as they fit. What the mark names is out of the journal.
    async fn fold_entries(&self, entries: Vec<Entry>, mark: &mut Mark, folded: &mut Folded) -> Result<Written, Error> {
        let mut left = vec![entries];
        while let Some(mut entries) = left.pop() {
            let items = self.changed(&entries).await?;
            let fits = items.len() < ITEMS && items.iter().map(|(item, _)| size(item)).sum::<usize>() <= BYTES;
            if fits {
                if self.write(&entries, items, mark).await? == Written::Conflict {
                    return Ok(Written::Conflict);
                }
                folded.entries += entries.len() as u64;
                folded.transactions += 1;
            } else if entries.len() > 1 {
                left.push(entries.split_off(entries.len() / 2));
                left.push(entries);
            } else if let Some((entry, halves)) = entries.first().and_then(|entry| Some((entry, entry.halves()?))) {
                // The halves take the entry's place, and are folded in their turn.
                let items = halves.iter().map(|half| Ok((half.item()?, 0))).collect::<Result<Vec<_>, Error>>()?;
                if self.write(std::slice::from_ref(entry), items, mark).await? == Written::Conflict {
                    return Ok(Written::Conflict);
                }
                left.extend(halves.map(|half| vec![half]));
            } else {
                let bytes = items.iter().map(|(item, _)| size(item)).sum::<usize>();
                return Err(Error::TooLarge { what: format!("{bytes} bytes for one row"), limit: "3.8 MB" });
            }
        }
        Ok(Written::Whole)
    }

    /// The items as they are with these entries, each with the version that it replaces.
    async fn changed(&self, entries: &[Entry]) -> Result<Vec<(Item, u64)>, Error> {
        let mut summaries: BTreeMap<Key, Summary> = BTreeMap::new();
        let mut totals: BTreeMap<Key, Usage> = BTreeMap::new();
        let mut usage: BTreeMap<Key, Vec<Row>> = BTreeMap::new();
        for part in entries.iter().flat_map(|entry| &entry.parts) {
            let account = account_name(&part.account);
            let lane = lane_of(&part.account);
            let mut summary = |principal: &str, tell: &dyn Fn(&mut Summary)| {
                let key = summary_key(&part.account, principal);
                tell(summaries.entry(key).or_insert_with(|| Summary::new(&part.account, principal)));
            };
            for row in &part.rows.principals {
                summary(&row.principal, &|summary| summary.see(row));
            }
            let month = part.day.get(..7).unwrap_or_default();
            for row in &part.rows.usage {
                summary(&row.principal, &|summary| summary.count(row));
                let root = leaf::root(&principal_partition(&part.account, &row.principal), month);
                usage.entry(root).or_default().push(row.clone());
            }
            let counts = Rows { principals: Vec::new(), usage: Vec::new(), ..part.rows.clone() };
            if counts != Rows::default() {
                let key = Key::new(format!("T#{lane}"), format!("{account}#{}", part.day));
                totals.entry(key).or_default().merge(&Usage::from_rows(&counts));
            }
        }
        let keys: Vec<Key> = summaries.keys().chain(totals.keys()).cloned().collect();
        let known = self.get_all(&keys).await?;
        let mut items = Vec::new();
        for (key, mut summary) in summaries {
            if let Some(item) = known.get(&key) {
                summary.merge(&read_data(item)?);
            }
            items.push(versioned(&key, known.get(&key).map_or(0, version), &summary)?);
        }
        for (key, mut counts) in totals {
            if let Some(item) = known.get(&key) {
                counts.merge(&Usage::from_rows(&read_data(item)?));
            }
            items.push(versioned(&key, known.get(&key).map_or(0, version), &counts.rows())?);
        }
        // Down the forks, level by level, to the leaves that the rows belong to.
        while !usage.is_empty() {
            let keys: Vec<Key> = usage.keys().cloned().collect();
            let known = self.get_all(&keys).await?;
            let mut below: BTreeMap<Key, Vec<Row>> = BTreeMap::new();
            for (key, rows) in usage {
                let leaf = known.get(&key).map(Leaf::of).transpose()?.unwrap_or_default();
                if leaf.is_split {
                    for row in rows {
                        let child = leaf::below(&key, leaf::bit_below(&key, &row));
                        below.entry(child).or_default().push(row);
                    }
                } else {
                    items.extend(leaf.with(&key, &rows)?);
                }
            }
            usage = below;
        }
        Ok(items)
    }

    /// Writes the items and marks the entries as folded, all or nothing; then takes these out of the journal.
    async fn write(&self, entries: &[Entry], items: Vec<(Item, u64)>, mark: &mut Mark) -> Result<Written, Error> {
        let keys: Vec<Key> = entries.iter().map(|entry| entry.key.clone()).collect();
        let next = mark.next(&keys);
        let mut writes = Vec::new();
        for (item, version) in items.into_iter().chain([next.item()?]) {
            let put = Put::builder().table_name(&self.table).set_item(Some(item));
            let (condition, values) = unchanged(version);
            let put = put.condition_expression(condition).set_expression_attribute_values(values);
            let put = put.build().map_err(malformed("TransactWriteItems"))?;
            writes.push(TransactWriteItem::builder().put(put).build());
        }
        match self.client.transact_write_items().set_transact_items(Some(writes)).send().await {
            Ok(_) => {
                *mark = next;
                self.discard(&keys).await?;
                Ok(Written::Whole)
            }
            Err(error) => {
                let service = error.as_service_error();
                let is_conflict = service.is_some_and(|error| {
                    error.is_transaction_canceled_exception() || error.is_transaction_in_progress_exception()
                });
                if is_conflict { Ok(Written::Conflict) } else { Err(Error::call("TransactWriteItems", error)) }
            }
        }
    }
}

/// The next entries of a lane.
struct Page {
    /// Those that are folded.
    done: Vec<Key>,
    /// Those that are to be.
    entries: Vec<Entry>,
    /// The last of them, where there are more.
    last: Option<Key>,
}

/// What became of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    Whole,
    /// Nothing was written: something had changed.
    Conflict,
}

pub(crate) fn summary_key(account: &str, principal: &str) -> Key {
    Key::new(format!("S#{}", lane_of(account)), format!("{}#{}", account_name(account), name(principal)))
}
