//! Model × facts → verdicts with proofs. Total and bounded: evaluation cannot fail and cannot loop, reads no clock and no file.
//!
//! One evaluator walks one tree. With the silent recorder it gives truth alone; with the recording one the same walk keeps its reasons
//! ([`mod@self::proof`]). Verdicts come first; reasons are told afterwards, of the verdicts that are left. The engine knows no domain word:
//! subjects, evidence and situations lie where the vocabulary's frame says.

mod assess;
mod closed;
mod desk;
mod evaluate;
mod gathered;
mod in_force;
mod missing;
pub mod proof;
mod quantify;
mod reach;
mod record;
mod test;
mod verdict;
pub mod words;
pub mod world;

pub use assess::{Assessment, Finding, Options, Reasons, RollUp, assess, situation_names, worse};
pub use evaluate::name_of;
pub use verdict::{LimbResult, Proof};
