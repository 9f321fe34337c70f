//! All integration tests in one binary: one link, one place to look.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so by failing")]

mod cases;
mod cli;
mod cli_asked;
mod cli_names;
mod dates;
mod differential;
mod docs;
mod drawing;
mod facts_decode;
mod facts_json;
mod facts_properties;
mod facts_support;
mod facts_yaml;
mod handbook;
mod hostile;
mod packs;
mod pages;
mod reading;
mod reply;
mod rule_files;
mod rule_support;
mod schema;
mod states;
mod stream;
mod support;
mod tidy;
