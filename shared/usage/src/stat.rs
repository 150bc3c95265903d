//! How often and when something was used.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::sync::Arc;

/// Counts and evidence of one permission on one resource. Merging is commutative and associative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    /// Calls.
    pub calls: u64,
    /// First and last call in seconds since 1970, absent when no record said.
    pub seen: Option<(i64, i64)>,
    /// Regions that were called, sorted.
    pub regions: Vec<Arc<str>>,
    /// Calls per UTC day, by day since 1970, sorted.
    pub days: Vec<(i32, u64)>,
    /// The latest few events, latest first.
    pub samples: Vec<Sample>,
}

/// An event that shows the use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sample {
    /// Seconds since 1970.
    pub time: i64,
    /// CloudTrail's event id, a UUID.
    pub event: u128,
}

/// Sample events kept for each use.
pub const SAMPLES: usize = 3;

/// The day that days are counted from.
const FIRST: Date = Date::constant(1970, 1, 1);
const DAY: i64 = 86_400;

impl Stat {
    /// Counts one call.
    pub fn add(&mut self, time: Option<i64>, region: &Arc<str>, event: Option<u128>) {
        self.calls += 1;
        if let Err(at) = self.regions.binary_search(region)
            && !region.is_empty()
        {
            self.regions.insert(at, region.clone());
        }
        let Some(time) = time else { return };
        self.seen = Some(self.seen.map_or((time, time), |(first, last)| (first.min(time), last.max(time))));
        self.count_day(day_of(time), 1);
        if let Some(event) = event {
            self.keep(Sample { time, event });
        }
    }

    /// Adds what `other` counted.
    pub fn merge(&mut self, other: &Stat) {
        self.calls += other.calls;
        self.seen = match (self.seen, other.seen) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        for region in &other.regions {
            if let Err(at) = self.regions.binary_search(region) {
                self.regions.insert(at, region.clone());
            }
        }
        for &(day, calls) in &other.days {
            self.count_day(day, calls);
        }
        for &sample in &other.samples {
            self.keep(sample);
        }
    }

    /// What was counted on the days from `start` to `end`, both included; `None` when nothing was.
    pub fn between(&self, start: Option<i32>, end: Option<i32>) -> Option<Stat> {
        if start.is_none() && end.is_none() {
            return Some(self.clone());
        }
        let within = |day: i32| start.is_none_or(|start| start <= day) && end.is_none_or(|end| day <= end);
        let days: Vec<_> = self.days.iter().copied().filter(|&(day, _)| within(day)).collect();
        let (&(first, _), &(last, _)) = (days.first()?, days.last()?);
        let (seen_first, seen_last) = self.seen?;
        Some(Stat {
            calls: days.iter().map(|(_, calls)| calls).sum(),
            seen: Some((seen_first.max(i64::from(first) * DAY), seen_last.min(i64::from(last) * DAY + DAY - 1))),
            regions: self.regions.clone(),
            samples: self.samples.iter().copied().filter(|sample| within(day_of(sample.time))).collect(),
            days,
        })
    }

    fn count_day(&mut self, day: i32, calls: u64) {
        match self.days.last_mut() {
            Some((last, count)) if *last == day => *count += calls,
            Some((last, _)) if *last > day => match self.days.binary_search_by_key(&day, |&(day, _)| day) {
                Ok(at) => {
                    if let Some((_, count)) = self.days.get_mut(at) {
                        *count += calls;
                    }
                }
                Err(at) => self.days.insert(at, (day, calls)),
            },
            _ => self.days.push((day, calls)),
        }
    }

    fn keep(&mut self, sample: Sample) {
        let full = self.samples.len() >= SAMPLES;
        if full && self.samples.last().is_some_and(|oldest| *oldest >= sample) {
            return;
        }
        if let Err(at) = self.samples.binary_search_by(|known| sample.cmp(known)) {
            self.samples.insert(at, sample);
            self.samples.truncate(SAMPLES);
        }
    }
}

/// The UTC day of a time in seconds, counted from 1970.
pub fn day_of(time: i64) -> i32 {
    i32::try_from(time.div_euclid(DAY)).unwrap_or(i32::MAX)
}

/// Seconds since 1970 of `2026-11-22T04:05:06Z`, the form that CloudTrail writes; other RFC 3339 forms are read too.
pub fn parse_time(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// RFC 3339, whole seconds, UTC.
pub fn format_time(time: i64) -> String {
    Timestamp::from_second(time).map_or_else(|_| time.to_string(), |time| time.to_string())
}

/// `2026-11-22` of a day counted from 1970.
pub fn format_day(day: i32) -> String {
    FIRST.saturating_add(day.days()).to_string()
}

/// The day since 1970 of `2026-11-22`. No other form: days sort as text, and a date whose time was cut off would ask about another
/// time.
pub fn parse_day(text: &str) -> Option<i32> {
    let date: Date = text.parse().ok().filter(|_| text.len() == "2026-11-22".len())?;
    i32::try_from(date.duration_since(FIRST).as_secs() / DAY).ok()
}

/// A UUID as a number.
pub fn parse_event_id(text: &str) -> Option<u128> {
    let bytes: &[u8; 36] = text.as_bytes().try_into().ok()?;
    let mut value = 0u128;
    let mut wrong = 0u8;
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 8 | 13 | 18 | 23) {
            wrong |= u8::from(*byte != b'-');
            continue;
        }
        // Letters of either case, and digits, without a branch: every event passes here twice.
        let letter = byte | 0x20;
        let digit = byte.wrapping_sub(b'0');
        let (is_digit, is_letter) = (digit < 10, (b'a'..=b'f').contains(&letter));
        wrong |= u8::from(!is_digit && !is_letter);
        value =
            value << 4 | u128::from(if is_digit { digit } else { letter.wrapping_sub(b'a').wrapping_add(10) } & 0xf);
    }
    (wrong == 0).then_some(value)
}

/// The UUID of a number.
pub fn format_event_id(id: u128) -> String {
    let hex = format!("{id:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_days_and_ids_read_back() {
        let time = parse_time("2026-11-22T04:05:06Z").unwrap();
        assert_eq!(format_time(time), "2026-11-22T04:05:06Z");
        assert_eq!(format_day(day_of(time)), "2026-11-22");
        assert_eq!(parse_day("2026-11-22"), Some(day_of(time)));
        assert_eq!(parse_day("1969-12-31"), Some(-1));
        assert_eq!(parse_day("9999-12-31").map(format_day).as_deref(), Some("9999-12-31"));
        for other in ["20261122", "-002026-11-22", "2026-11-22T00:00:00Z", "2026-11-31", ""] {
            assert_eq!(parse_day(other), None, "{other}");
        }
        let id = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
        assert_eq!(format_event_id(parse_event_id(id).unwrap()), id);
        for bad in ["", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1fg", "0f1e2d3c44b5a-6978-8796-a5b4c3d2e1f0", "yesterday"] {
            assert_eq!((parse_event_id(bad), parse_time(bad)), (None, None), "{bad}");
        }
    }

    #[test]
    fn the_latest_samples_are_kept_in_any_order() {
        let region: Arc<str> = "eu-west-1".into();
        for order in [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [3, 5, 1, 4, 2]] {
            let mut stat = Stat::default();
            for time in order {
                stat.add(Some(time), &region, Some(time as u128));
            }
            assert_eq!(stat.samples.iter().map(|sample| sample.time).collect::<Vec<_>>(), [5, 4, 3]);
            assert_eq!(stat.seen, Some((1, 5)));
        }
    }

    #[test]
    fn a_window_counts_its_days_only() {
        let region: Arc<str> = "eu-west-1".into();
        let mut stat = Stat::default();
        for day in [10, 11, 11, 13] {
            stat.add(Some(day * DAY + 7), &region, Some(day as u128));
        }
        let window = stat.between(Some(11), Some(12)).unwrap();
        assert_eq!((window.calls, window.days.len(), window.samples.len()), (2, 1, 1));
        assert!(stat.between(Some(12), Some(12)).is_none());
        assert_eq!(stat.between(None, None).unwrap(), stat);
    }
}
