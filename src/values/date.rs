//! Civil dates and durations, as laws have them: no time of day and no time zone. The only module that names jiff.

use std::fmt;

/// A civil date, ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Date(i32);

impl Date {
    /// Reads `2026-03-01`, and nothing looser.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
        if !shape {
            return None;
        }
        let (year, month, day) = (text.get(0..4)?.parse().ok()?, text.get(5..7)?.parse().ok()?, text.get(8..10)?.parse().ok()?);
        jiff::civil::Date::new(year, month, day).ok().map(Date::from_jiff)
    }

    fn from_jiff(date: jiff::civil::Date) -> Date {
        Date(i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day()))
    }

    fn to_jiff(self) -> Option<jiff::civil::Date> {
        let (year, month, day) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    /// Days from `self` to `other`; negative if `other` lies before.
    pub fn days_until(self, other: Date) -> i64 {
        match (self.to_jiff(), other.to_jiff()) {
            (Some(from), Some(to)) => from.until(to).map_or(0, |span| i64::from(span.get_days())),
            _ => 0,
        }
    }

    /// The date as one number, 20260301.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The date of such a number; only for numbers that [`Date::number`] gave.
    pub fn from_number(number: i32) -> Date {
        Date(number)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

/// Reads `30 days`, `6 months`, `5 years` into days: a month counts 30 days and a year 365.
pub fn parse_duration(text: &str) -> Option<i64> {
    let (count, unit) = text.split_once(' ')?;
    if count.is_empty() || count.len() > 6 || !count.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let days = match unit.trim() {
        "day" | "days" => 1,
        "month" | "months" => 30,
        "year" | "years" => 365,
        _ => return None,
    };
    Some(count.parse::<i64>().ok()? * days)
}

/// `30 days`, `6 months`, `5 years`: days in the largest unit that leaves no rest.
pub fn show_duration(days: i64) -> String {
    let (count, unit) = match days {
        d if d != 0 && d % 365 == 0 => (d / 365, "year"),
        d if d != 0 && d % 30 == 0 => (d / 30, "month"),
        d => (d, "day"),
    };
    if count == 1 { format!("{count} {unit}") } else { format!("{count} {unit}s") }
}
