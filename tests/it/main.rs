//! All integration tests in one binary: one link, one place to look.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod facts_decode;
mod facts_json;
mod facts_properties;
mod facts_support;
mod facts_yaml;
