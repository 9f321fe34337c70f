//! Serde structs of every attribute of the vocabulary (written by `build.rs`), for reading alone: what typed reading costs somebody who keeps all that a
//! description says and refuses what the vocabulary does not know. Strings are borrowed, terms are enums; nothing is linked or judged.

#![allow(dead_code)]

use serde::Deserialize;

use crate::hand::{Evidence, Fact};

include!(concat!(env!("OUT_DIR"), "/typed.rs"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collection<'a> {
    name: &'a str,
    of: &'a str,
    on: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complete<'a> {
    list: &'a str,
    r#for: Option<&'a str>,
    by: &'a str,
    on: &'a str,
    #[serde(borrow)]
    searched: Vec<&'a str>,
}

/// Reads and throws away.
pub fn read(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    std::hint::black_box(serde_json::from_str::<Lists<'_>>(text).expect("a description"));
}
