//! The time that is asked about.

use crate::failure::Failure;
use usage::stat;

/// Seconds since 1970, from `start` on and before `end`; either may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    pub start: Option<i64>,
    pub end: Option<i64>,
}

const DAY: i64 = 86_400;

impl Window {
    /// From two arguments; a day given as the end is included.
    pub fn parse(start: Option<&str>, end: Option<&str>) -> Result<Window, Failure> {
        let midnight = |text: &str| stat::parse_day(text).map(|day| i64::from(day) * DAY);
        let time = |name: &str, text: &str, whole_day: i64| {
            midnight(text).map(|time| time + whole_day).or_else(|| stat::parse_time(text)).ok_or_else(|| {
                Failure::invalid(
                    format!("--{name} `{text}` is no time"),
                    "write a UTC day as 2026-01-31 or a time as 2026-01-31T12:00:00Z",
                )
            })
        };
        let window = Window {
            start: start.map(|text| time("start", text, 0)).transpose()?,
            end: end.map(|text| time("end", text, DAY)).transpose()?,
        };
        if let Window { start: Some(start), end: Some(end) } = window
            && start >= end
        {
            return Err(Failure::invalid("--start is not before --end", ""));
        }
        Ok(window)
    }

    pub fn is_open(&self) -> bool {
        self.start.is_none() && self.end.is_none()
    }

    /// Whether an event of this time is asked about; one without a time only if everything is.
    pub fn holds(&self, time: Option<i64>) -> bool {
        match time {
            None => self.is_open(),
            Some(time) => self.start.is_none_or(|start| start <= time) && self.end.is_none_or(|end| time < end),
        }
    }

    /// Whether a delivery file below `CloudTrail/REGION/YYYY/MM/DD/` can hold such events; one elsewhere always can. CloudTrail delivers within some
    /// 15 minutes, now and then later: the day after is read too.
    pub fn may_hold_day(&self, path: &str) -> bool {
        let Some(day) = day_of_path(path) else { return true };
        let first = day * DAY;
        self.start.is_none_or(|start| start < first + DAY) && self.end.is_none_or(|end| first - DAY < end)
    }
}

/// The day of `.../CloudTrail/eu-west-1/2026/11/22/...`, counted from 1970. Other dates in a path, those of a backup
/// for one, say nothing about the events.
fn day_of_path(path: &str) -> Option<i64> {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    parts
        .windows(5)
        .rev()
        .find_map(|window| {
            let ["CloudTrail", _, year, month, day] = window else { return None };
            let digits =
                |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
            (digits(year, 4) && digits(month, 2) && digits(day, 2))
                .then(|| stat::parse_day(&format!("{year}-{month}-{day}")))
                .flatten()
        })
        .map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_make_windows() {
        let day = Window::parse(Some("2026-11-20"), Some("2026-11-20")).unwrap();
        let at = |text| stat::parse_time(text);
        assert!(day.holds(at("2026-11-20T00:00:00Z")) && day.holds(at("2026-11-20T23:59:59Z")));
        assert!(!day.holds(at("2026-11-19T23:59:59Z")) && !day.holds(at("2026-11-21T00:00:00Z")) && !day.holds(None));
        assert!(Window::parse(Some("yesterday"), None).is_err());
        assert!(
            Window::parse(Some("2026-11-20T10:00:00"), None).is_err()
                && Window::parse(Some("2026-11-20 10:00"), None).is_err()
        );
        assert_eq!(Window::parse(Some("2026-11-20T10:00:00+02:00"), None).unwrap().start, at("2026-11-20T08:00:00Z"));
        assert!(Window::parse(Some("2026-11-21"), Some("2026-11-20")).is_err());
        assert!(Window::default().holds(None));
    }

    #[test]
    fn folders_of_other_days_are_not_opened() {
        let window = Window::parse(Some("2026-11-20"), Some("2026-11-20")).unwrap();
        for (path, may) in [
            ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/a.json.gz", true),
            ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/21/a.json.gz", true),
            ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/19/a.json.gz", false),
            ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22/a.json.gz", false),
            ("AWSLogs/a.json.gz", true),
            ("CloudTrail/eu-west-1/2026/99/99/a.json", true),
            ("backups/2026/01/15/a.json.gz", true),
            ("backups/2026/01/15/CloudTrail/eu-west-1/2026/11/20/a.json.gz", true),
        ] {
            assert_eq!(window.may_hold_day(path), may, "{path}");
        }
    }
}
