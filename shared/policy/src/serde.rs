//! Documents inside other values: serialised as [`crate::to_value`] writes them, read as [`crate::from_value`] does.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::document::Document;

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::to_value(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        crate::from_value(&value).map_err(D::Error::custom)
    }
}
