//! Answers that were paid for, and decisions that were made.

use crate::table::{
    DATA, EXPIRES, Key, blob, data, number, read_data, read_number, size, unchanged, version, versioned,
};
use crate::{Error, Store};
use serde::{Deserialize, Serialize};

/// What settings take as they are stored: an item of DynamoDB has 400 kB.
const LARGEST_SETTINGS: usize = 380_000;

/// A decision of a gate, as the audit trail keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// RFC 3339.
    pub time: String,
    /// Who asked: the subject of the token, or empty where nobody signs in.
    pub caller: String,
    /// SHA-256 of the policy's text, in hexadecimal digits; the text itself is not kept.
    pub policy: String,
    /// What it was graded as.
    #[serde(default)]
    pub policy_type: String,
    /// The least score that was asked for.
    pub minimum: u8,
    /// What it scored; `None` where it could not be read.
    pub score: Option<u8>,
    /// Whether it was accepted.
    pub accepted: bool,
    /// Codes of its findings.
    pub findings: Vec<String>,
}

impl Store {
    /// An answer that was kept and has not expired. `now` in seconds since 1970.
    ///
    /// # Errors
    /// [`Error::Call`], [`Error::Corrupt`].
    pub async fn answer(&self, key: &str, now: i64) -> Result<Option<String>, Error> {
        let key = Key::new(format!("C#{key}"), "C");
        let found = self.get_all(std::slice::from_ref(&key)).await?;
        // DynamoDB deletes what has expired within days, not at once.
        let lives = |expires: u64| i64::try_from(expires).is_ok_and(|expires| expires > now);
        found.get(&key).filter(|item| lives(read_number(item, EXPIRES))).map(read_data).transpose()
    }

    /// Keeps an answer until a time in seconds since 1970.
    ///
    /// # Errors
    /// [`Error::Call`].
    pub async fn keep_answer(&self, key: &str, answer: &str, expires: i64) -> Result<(), Error> {
        let key = Key::new(format!("C#{key}"), "C");
        let mut item = key.item();
        item.insert(EXPIRES.to_owned(), number(expires));
        item.insert(DATA.to_owned(), blob(data(&answer).map_err(|error| key.corrupt(error))?));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item)).send().await;
        put.map(|_| ()).map_err(|error| Error::call("PutItem", error))
    }

    /// The settings, as JSON, and their version; 0 where there are none.
    ///
    /// # Errors
    /// [`Error::Call`], [`Error::Corrupt`].
    pub async fn settings(&self) -> Result<(Option<String>, u64), Error> {
        let key = settings_key();
        let found = self.get_all(std::slice::from_ref(&key)).await?;
        let Some(item) = found.get(&key) else { return Ok((None, 0)) };
        Ok((Some(read_data(item)?), version(item)))
    }

    /// Writes the settings in the place of this version. `false` where they are in another by now.
    ///
    /// # Errors
    /// [`Error::Call`].
    pub async fn keep_settings(&self, settings: &str, replaced: u64) -> Result<bool, Error> {
        let (item, _) = versioned(&settings_key(), replaced, &settings)?;
        if size(&item) > LARGEST_SETTINGS {
            return Err(Error::TooLarge { what: format!("{} bytes", size(&item)), limit: "380 kB" });
        }
        let (condition, values) = unchanged(replaced);
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put = put.condition_expression(condition).set_expression_attribute_values(values);
        Error::unless_refused("PutItem", put.send().await)
    }

    /// Adds a decision to the audit trail. `id` tells decisions of one moment apart.
    ///
    /// # Errors
    /// [`Error::Call`].
    pub async fn record(&self, decision: &Decision, id: &str) -> Result<(), Error> {
        let day = decision.time.get(..10).unwrap_or_default();
        let key = Key::new(format!("A#{day}"), format!("{}#{id}", decision.time));
        let mut item = key.item();
        item.insert(DATA.to_owned(), blob(data(decision).map_err(|error| key.corrupt(error))?));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        // None takes another's place. The same one again is there already, after an answer that was lost.
        let (condition, values) = unchanged(0);
        let put = put.condition_expression(condition).set_expression_attribute_values(values);
        Error::unless_refused("PutItem", put.send().await).map(|_| ())
    }

    /// The decisions of a day, `2026-11-22`, in their order.
    ///
    /// # Errors
    /// [`Error::Call`], [`Error::Corrupt`].
    pub async fn decisions(&self, day: &str) -> Result<Vec<Decision>, Error> {
        self.query(&format!("A#{day}"), "").await?.iter().map(read_data).collect()
    }
}

fn settings_key() -> Key {
    Key::new("N", "settings")
}
