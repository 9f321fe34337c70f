//! ephor checks the law of a State against commitments on democratic oversight of the security sector.
//!
//! ```text
//! rule text ──> syntax (tree) ──> model (meaning) ──┐
//!                                                   ├──> engine (verdicts with proofs) ──> reason (in words) ──> report
//! description ──────────────────> facts (rows) ─────┘
//! ```
//!
//! Layers, each naming only those before it: `parallel`, `text`, `values`, `diagnostic`, `vocabulary`, `syntax`, `model`, `pack`, `reading`, `facts`, `review`,
//! `engine`, `reason`, `scenario`, `schema`, `report`, `cli`. A test holds the order. Everything above `cli` is pure: no files, clock,
//! environment or screen.
//!
//! Words: a *rule* asks something of each *subject* (a force) in lettered *limbs*; a *description* states *facts*, each resting on a
//! *provision*; a *verdict* is one of five, with its *proof*; a *diagnostic* speaks of a text, never of law. No word of the security sector
//! stands in this code: records, forces and paragraphs come from `rules/`.

pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod facts;
pub mod model;
pub mod pack;
pub mod parallel;
pub mod reading;
pub mod reason;
pub mod report;
pub mod review;
pub mod scenario;
pub mod schema;
pub mod syntax;
pub mod text;
pub mod values;
pub mod vocabulary;
