//! All integration tests in one binary: one link, one place to look.

mod cases;
mod drawing;
mod hostile;
mod pages;
mod rule_support;
