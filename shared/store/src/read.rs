//! What is known: of everybody, of somebody, of days.

use crate::fold::summary_key;
use crate::leaf::Leaf;
use crate::summary::Summary;
use crate::table::{LANES, account_name, lane_of, principal_partition, read_data};
use crate::{Error, Store};
use futures_util::future::try_join_all;
use std::collections::{BTreeMap, BTreeSet};
use usage::{PrincipalRow, Row, Rows, Usage, thin_samples};

/// What happened in an account on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayTotals {
    /// The account.
    pub account: String,
    /// `2026-11-22`.
    pub day: String,
    /// Totals, unknown events, events that needed nothing; no usage and no principals.
    pub rows: Rows,
}

impl Store {
    /// Everybody who was seen, or who was seen in this account; by account and name.
    ///
    /// # Errors
    /// [`Error::Call`], [`Error::Corrupt`].
    pub async fn summaries(&self, account: Option<&str>) -> Result<Vec<Summary>, Error> {
        let items = self.of_accounts("S", account).await?;
        let mut summaries: Vec<Summary> = items.iter().map(read_data).collect::<Result<_, _>>()?;
        summaries.sort_by(|a, b| (&a.account, &a.principal).cmp(&(&b.account, &b.principal)));
        Ok(summaries)
    }

    /// What is known at a glance of one principal in one account.
    ///
    /// # Errors
    /// [`Error::Call`], [`Error::Corrupt`].
    pub async fn summary(&self, account: &str, principal: &str) -> Result<Option<Summary>, Error> {
        let key = summary_key(account, principal);
        self.get_all(std::slice::from_ref(&key)).await?.get(&key).map(read_data).transpose()
    }

    /// The days on which something happened, or happened in this account; by account and day.
    ///
    /// # Errors
    /// [`Error::Call`], [`Error::Corrupt`].
    pub async fn days(&self, account: Option<&str>) -> Result<Vec<DayTotals>, Error> {
        let items = self.of_accounts("T", account).await?;
        let mut days = Vec::new();
        for item in &items {
            let sort = crate::table::Key::of(item)?.sort;
            let (account, day) = sort.split_once('#').unwrap_or((&sort, ""));
            days.push(DayTotals { account: account.to_owned(), day: day.to_owned(), rows: read_data(item)? });
        }
        days.sort_by(|a, b| (&a.account, &a.day).cmp(&(&b.account, &b.day)));
        Ok(days)
    }

    /// What a principal used in an account, in the months that hold the days from `start` to `end`.
    ///
    /// # Errors
    /// [`Error::Call`], [`Error::Corrupt`].
    pub async fn usage(
        &self,
        account: &str,
        principal: &str,
        start: Option<&str>,
        end: Option<&str>,
    ) -> Result<Vec<Row>, Error> {
        let partition = principal_partition(account, principal);
        let month = |day: &str| day.get(..7).unwrap_or_default().to_owned();
        let (start, end) = (start.map(month), end.map(month));
        let mut usage = Usage::default();
        for item in self.query(&partition, "U#").await? {
            let sort = crate::table::Key::of(&item)?.sort;
            let month = sort.split('#').nth(1).unwrap_or_default();
            let within =
                start.as_deref().is_none_or(|start| start <= month) && end.as_deref().is_none_or(|end| month <= end);
            let leaf = Leaf::of(&item)?;
            if within && !leaf.is_split {
                usage.merge(&Usage::from_rows(&Rows { usage: leaf.rows, ..Rows::default() }));
            }
        }
        let mut rows = usage.rows().usage;
        thin_samples(&mut rows);
        Ok(rows)
    }

    /// Everything that is folded, as one aggregate: what `analyze` writes of the same files, with the sample events of each use
    /// over all its resources ([`usage::thin_samples`]).
    ///
    /// # Errors
    /// [`Error::Call`], [`Error::Corrupt`].
    pub async fn rows(&self) -> Result<Rows, Error> {
        let mut usage = Usage::default();
        let mut names = BTreeSet::new();
        let mut principals: BTreeMap<(String, &'static str, String), PrincipalRow> = BTreeMap::new();
        for summary in self.summaries(None).await? {
            for seen in &summary.seen_as {
                let key = (summary.principal.clone(), seen.kind.name(), seen.owner.clone());
                let row = principals.entry(key).or_insert_with(|| PrincipalRow {
                    principal: summary.principal.clone(),
                    kind: seen.kind,
                    account: seen.owner.clone(),
                    events: 0,
                });
                row.events += seen.events;
            }
            names.insert((summary.account, summary.principal));
        }
        for day in self.days(None).await? {
            usage.merge(&Usage::from_rows(&day.rows));
        }
        for (account, principal) in &names {
            let rows = self.usage(account, principal, None, None).await?;
            usage.merge(&Usage::from_rows(&Rows { usage: rows, ..Rows::default() }));
        }
        let principals = Rows { principals: principals.into_values().collect(), ..Rows::default() };
        usage.merge(&Usage::from_rows(&principals));
        Ok(usage.rows())
    }

    /// Items that stand under each account's lane.
    async fn of_accounts(&self, kind: &str, account: Option<&str>) -> Result<Vec<crate::table::Item>, Error> {
        let (lanes, prefix) = match account {
            Some(account) => (vec![lane_of(account)], format!("{}#", account_name(account))),
            None => ((0..LANES).collect(), String::new()),
        };
        let lanes: Vec<String> = lanes.into_iter().map(|lane| format!("{kind}#{lane}")).collect();
        let items = try_join_all(lanes.iter().map(|lane| self.query(lane, &prefix))).await?;
        Ok(items.into_iter().flatten().collect())
    }
}
