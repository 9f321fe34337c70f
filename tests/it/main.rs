//! All integration tests in one binary: one link, one place to look.

mod facts_decode;
mod facts_json;
mod facts_properties;
mod facts_support;
mod facts_yaml;
