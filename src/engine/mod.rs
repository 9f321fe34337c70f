//! Model × facts → verdicts with proofs. Total and bounded: evaluation cannot fail and cannot loop, reads no clock and no file.
//!
//! One evaluator walks one tree. With the [`proof::Silent`] recorder it gives truth alone; with [`proof::Recording`] the same walk keeps
//! its reasons. The engine knows no domain word: subjects, evidence and situations lie where the vocabulary's frame says.

mod assess;
mod closed;
mod evaluate;
mod gathered;
pub mod missing;
pub mod proof;
mod quantify;
mod reach;
mod test;
mod verdict;
pub mod words;
pub mod world;

pub use assess::{Assessment, Finding, Options, Reasons, RollUp, assess, situation_names, worse};
pub use evaluate::name_of;
pub use verdict::{LimbResult, Proof};
