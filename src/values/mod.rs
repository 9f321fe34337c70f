//! Values that stand in rules and descriptions: truth, dates, durations, numbers. None of them reads a clock.

pub mod date;
pub mod truth;

pub use date::{Date, parse_duration};
pub use truth::Truth;
