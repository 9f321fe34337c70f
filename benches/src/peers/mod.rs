//! Engines. Each reads a text in its own best way and gives a letter for each rule that it can say: P met, F not met, U cannot tell, N not applicable.

#[cfg(feature = "peers")]
pub mod cedar;
pub mod guard;
#[cfg(feature = "peers")]
pub mod rego;
#[cfg(feature = "peers")]
pub mod schema;

use crate::hand;
use crate::measure::Cost;
use crate::ours::Worker;

/// One engine with its rules loaded.
pub trait Peer {
    /// Text to whatever it judges.
    fn read(&mut self, bytes: &[u8]);
    /// A letter for each of its rules, in their order.
    fn judge(&mut self, letters: &mut Vec<u8>);
    /// Letters for all texts from one call, by an engine that is a program of its own.
    fn together(&mut self, _: &[String]) -> Option<Vec<Vec<u8>>> {
        None
    }
    /// What a text cost in such a call.
    fn cost(&mut self, _: &[String]) -> Option<Cost> {
        None
    }
}

/// By hand.
#[derive(Default)]
pub struct Hand(Option<hand::Case>);

impl Peer for Hand {
    fn read(&mut self, bytes: &[u8]) {
        self.0 = Some(hand::read(bytes));
    }

    fn judge(&mut self, letters: &mut Vec<u8>) {
        if let Some(case) = &self.0 {
            case.judge(letters);
        }
    }
}

/// ephor.
pub struct Ours<'p>(pub Worker<'p>);

impl Peer for Ours<'_> {
    fn read(&mut self, bytes: &[u8]) {
        self.0.read(bytes);
    }

    fn judge(&mut self, letters: &mut Vec<u8>) {
        self.0.judge(letters);
    }
}

/// serde_json::Value: reading alone.
#[derive(Default)]
pub struct Parse(Option<serde_json::Value>);

impl Peer for Parse {
    fn read(&mut self, bytes: &[u8]) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        self.0 = Some(serde_json::from_str(text).expect("JSON"));
    }

    fn judge(&mut self, _: &mut Vec<u8>) {}
}

/// Serde structs of every attribute: reading alone.
pub struct Typed;

impl Peer for Typed {
    fn read(&mut self, bytes: &[u8]) {
        crate::typed::read(bytes);
    }

    fn judge(&mut self, _: &mut Vec<u8>) {}
}
