//! ephor checks the law of a State against commitments on democratic oversight of the security sector.
//!
//! Data flows one way: rule text → syntax tree → model; description → facts; model × facts → verdicts with proofs → reports.

pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod facts;
pub mod model;
pub mod pack;
pub mod reading;
pub mod reason;
pub mod report;
pub mod scenario;
pub mod schema;
pub mod syntax;
pub mod text;
pub mod values;
pub mod vocabulary;
