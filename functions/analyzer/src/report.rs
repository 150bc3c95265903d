//! What an invocation did, as a line that CloudWatch makes metrics of.

use serde_json::json;
use store::Reading;

/// Counts of one invocation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Objects counted.
    pub objects: u64,
    /// Events in them.
    pub events: u64,
    /// Events that the catalog does not know.
    pub unknown: u64,
    /// Bytes read, as they are stored.
    pub bytes: u64,
    /// Objects that were counted before.
    pub before: u64,
    /// Digests, foreign objects, test events.
    pub skipped: u64,
    /// Messages that are delivered again.
    pub failed: u64,
    /// Entries of the journal that were folded.
    pub folded: u64,
    /// Seconds from the latest event of the last object to its counting.
    pub lag: Option<u64>,
}

impl Report {
    pub(crate) fn count(&mut self, reading: &Reading, bytes: u64, now: i64) {
        self.objects += 1;
        self.events += reading.events;
        self.unknown += reading.unknown;
        self.bytes += bytes;
        self.lag = reading.latest.map(|latest| u64::try_from(now - latest).unwrap_or(0)).or(self.lag);
    }

    /// Writes CloudWatch's embedded metric format to standard output: one JSON object a line.
    pub(crate) fn write(&self) {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_millis();
        println!("{}", self.line(u64::try_from(now).unwrap_or(0)));
    }

    fn line(&self, now: u64) -> serde_json::Value {
        let metric = |name: &str, unit: &str| json!({"Name": name, "Unit": unit});
        let mut line = json!({
            "_aws": {
                "Timestamp": now,
                "CloudWatchMetrics": [{
                    "Namespace": "leastwise",
                    "Dimensions": [[]],
                    "Metrics": [
                        metric("Objects", "Count"), metric("Events", "Count"), metric("Unknown", "Count"),
                        metric("Bytes", "Bytes"), metric("Before", "Count"), metric("Skipped", "Count"),
                        metric("Failed", "Count"), metric("Folded", "Count"),
                    ],
                }],
            },
            "Objects": self.objects,
            "Events": self.events,
            "Unknown": self.unknown,
            "Bytes": self.bytes,
            "Before": self.before,
            "Skipped": self.skipped,
            "Failed": self.failed,
            "Folded": self.folded,
        });
        // Where nothing was read there is no lag, and zero would be a lie.
        if let (Some(lag), Some(members)) = (self.lag, line.as_object_mut()) {
            members.insert("Lag".to_owned(), lag.into());
        }
        if self.lag.is_some()
            && let Some(metrics) =
                line.pointer_mut("/_aws/CloudWatchMetrics/0/Metrics").and_then(|list| list.as_array_mut())
        {
            metrics.push(metric("Lag", "Seconds"));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails may panic")]

    use super::*;

    #[test]
    fn every_metric_that_is_named_has_a_value() {
        for lag in [None, Some(7)] {
            let line = Report { events: 3, lag, ..Report::default() }.line(1);
            let named = line["_aws"]["CloudWatchMetrics"][0]["Metrics"].as_array().unwrap();
            assert!(named.iter().all(|metric| line[metric["Name"].as_str().unwrap()].is_u64()));
            assert_eq!(line.get("Lag").is_some(), lag.is_some());
        }
    }
}
