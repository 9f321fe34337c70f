//! ephor checks the law of a State against commitments on democratic oversight of the security sector.
//!
//! Data flows one way: rule text → syntax tree → model; description → facts; model × facts → verdicts with proofs → reports.

pub mod diagnostic;
pub mod facts;
pub mod syntax;
pub mod text;
pub mod values;
pub mod vocabulary;
