//! From a day to a day.

use crate::Problem;
use usage::stat::parse_day;

/// UTC days, both included, as `2026-11-22`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Window {
    pub start: Option<String>,
    pub end: Option<String>,
}

impl Window {
    pub fn new(start: Option<String>, end: Option<String>) -> Result<Window, Problem> {
        check_day("start", start.as_deref())?;
        check_day("end", end.as_deref())?;
        if start.is_some() && end.is_some() && start > end {
            return Err(Problem::invalid("`start` is after `end`"));
        }
        Ok(Window { start, end })
    }

    /// Days of one form sort as text.
    pub fn holds(&self, day: &str) -> bool {
        self.start.as_deref().is_none_or(|start| start <= day) && self.end.as_deref().is_none_or(|end| day <= end)
    }

    /// As days since 1970.
    pub fn days(&self) -> (Option<i32>, Option<i32>) {
        (self.start.as_deref().and_then(parse_day), self.end.as_deref().and_then(parse_day))
    }
}

/// That what is given is a day.
pub(crate) fn check_day(name: &str, day: Option<&str>) -> Result<(), Problem> {
    match day.filter(|day| parse_day(day).is_none()) {
        None => Ok(()),
        Some(_) => Err(Problem::invalid(format!("`{name}` is no UTC day")).hint("write it as 2026-01-31")),
    }
}
