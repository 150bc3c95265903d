//! Usage, answers and the audit trail in one DynamoDB table.
//!
//! Counting is exactly-once in effect, and rests on two steps that are one transaction each:
//!
//! 1. **Ingest** ([`Store::ingest`]). What an object counted is put into the journal together with its ledger entry. The
//!    transaction is refused where the ledger entry exists, so that an object counts once whoever delivers it how often.
//! 2. **Fold** ([`Store::fold`]). Entries of the journal are merged into usage, summaries and totals, and marked as folded,
//!    in one transaction that is refused where the mark or an item has changed since it was read. What is marked is then
//!    deleted from the journal, by whoever comes next if need be.
//!
//! A death between any two calls leaves either nothing or something whole; whoever comes next goes on from there. Reads see
//! what is folded.
//!
//! The table's keys stand in [`table`]; they and the reasons for them in docs/DESIGN.md.

mod contribution;
#[cfg(feature = "embedded")]
pub mod embedded;
mod error;
mod fold;
mod ingest;
mod journal;
mod kept;
mod lane;
mod leaf;
mod pause;
mod read;
mod summary;
pub mod table;

pub use contribution::{Contribution, NO_DAY, Reading};
pub use error::Error;
pub use fold::Folded;
pub use ingest::{Ingested, Object};
pub use kept::Decision;
pub use read::DayTotals;
pub use summary::{SeenAs, ServiceUse, Summary};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, KeysAndAttributes, ScalarAttributeType,
};
use pause::Pause;
use std::collections::HashMap;
use table::{Item, Key, PARTITION, SORT};

/// The table, and a client that may use it.
#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    table: String,
}

/// Keys that one BatchGetItem takes.
const BATCH: usize = 100;

impl Store {
    /// The table of this name. The client's own retries cover throttling and lost connections.
    pub fn new(client: Client, table: impl Into<String>) -> Store {
        Store { client, table: table.into() }
    }

    /// Makes the table, where no template did. That it exists is no error.
    ///
    /// # Errors
    /// [`Error::Call`].
    pub async fn create(&self) -> Result<(), Error> {
        let key = |name: &str, kind: KeyType| {
            KeySchemaElement::builder().attribute_name(name).key_type(kind).build().map_err(malformed("CreateTable"))
        };
        let attribute = |name: &str| {
            let builder = AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S);
            builder.build().map_err(malformed("CreateTable"))
        };
        let made = self
            .client
            .create_table()
            .table_name(&self.table)
            .billing_mode(BillingMode::PayPerRequest)
            .attribute_definitions(attribute(PARTITION)?)
            .attribute_definitions(attribute(SORT)?)
            .key_schema(key(PARTITION, KeyType::Hash)?)
            .key_schema(key(SORT, KeyType::Range)?)
            .send()
            .await;
        match made {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_in_use_exception()) => Ok(()),
            Err(error) => Err(Error::call("CreateTable", error)),
        }
    }

    /// The items of these keys that exist, as they are now.
    async fn get_all(&self, keys: &[Key]) -> Result<HashMap<Key, Item>, Error> {
        let mut found = HashMap::new();
        for some in keys.chunks(BATCH) {
            let mut wanted: Vec<Item> = some.iter().map(Key::item).collect();
            // DynamoDB answers with what fits 16 MB, and names the rest.
            let mut pause = Pause::new("BatchGetItem");
            while !wanted.is_empty() {
                pause.before_next().await?;
                let asked = KeysAndAttributes::builder().set_keys(Some(wanted)).consistent_read(true).build();
                let asked = asked.map_err(malformed("BatchGetItem"))?;
                let answer = self.client.batch_get_item().request_items(&self.table, asked).send().await;
                let answer = answer.map_err(|error| Error::call("BatchGetItem", error))?;
                for item in answer.responses.into_iter().flatten().flat_map(|(_, items)| items) {
                    found.insert(Key::of(&item)?, item);
                }
                let rest = answer.unprocessed_keys.unwrap_or_default();
                wanted = rest.into_values().flat_map(|keys| keys.keys).collect();
            }
        }
        Ok(found)
    }

    /// All items of a partition whose sort key starts with `prefix`, in order.
    async fn query(&self, partition: &str, prefix: &str) -> Result<Vec<Item>, Error> {
        let mut pages = self.query_of(partition, prefix).into_paginator().items().send();
        let mut items = Vec::new();
        while let Some(item) = pages.next().await {
            items.push(item.map_err(|error| Error::call("Query", error))?);
        }
        Ok(items)
    }

    fn query_of(
        &self,
        partition: &str,
        prefix: &str,
    ) -> aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder {
        let query = self.client.query().table_name(&self.table).expression_attribute_names("#p", PARTITION);
        let query = query.expression_attribute_values(":p", table::text(partition));
        if prefix.is_empty() {
            return query.key_condition_expression("#p = :p");
        }
        query
            .key_condition_expression("#p = :p AND begins_with(#s, :s)")
            .expression_attribute_names("#s", SORT)
            .expression_attribute_values(":s", table::text(prefix))
    }
}

/// A request that the SDK does not even build: a defect of ours.
fn malformed(call: &'static str) -> impl Fn(aws_sdk_dynamodb::error::BuildError) -> Error {
    move |error| Error::Call { call, reason: error.to_string(), code: None }
}
