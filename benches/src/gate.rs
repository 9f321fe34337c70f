//! The small benchmark that keeps ephor fast: it against the program written by hand, in one process, in interleaved rounds.

use crate::generate::{self, Size};
use crate::measure::{self, Case, Series};
use crate::ours::{Pack, Worker};
use crate::peers::{Hand, Ours};

const RECORDED: &str = include_str!("../recorded.json");

/// How much worse than recorded is still good.
const MARGIN: f64 = 1.15;

fn series(documents: usize, rounds: usize) -> Vec<Series> {
    let pack = Pack::thirty();
    let texts = generate::texts(1, documents, Size::Small);
    let case = |name: &str, engine| Case { name: name.to_owned(), rules: 30, documents, engine };
    let mut cases = [
        case("by hand", Box::<Hand>::default() as Box<dyn crate::peers::Peer>),
        case("with reasons", Box::new(Ours(Worker::new(&pack, pack.options(true, true))))),
        case("verdicts alone", Box::new(Ours(Worker::new(&pack, pack.options(false, true))))),
    ];
    measure::rounds(&mut cases, 1, &texts, rounds)
}

/// Whether the gate holds.
pub fn run() -> bool {
    let recorded: serde_json::Value = serde_json::from_str(RECORDED).expect("recorded.json");
    let mut good = true;
    let measured = series(150, 15);
    for series in &measured[1..] {
        let was = recorded[&series.name]["ratio"].as_f64().expect("a recorded ratio");
        let ratio = series.ratio();
        // A noisy machine is asked once more.
        let ratio = if ratio > was * MARGIN {
            ratio.min(self::series(150, 31)[if series.name == "with reasons" { 1 } else { 2 }].ratio())
        } else {
            ratio
        };
        let holds = ratio <= was * MARGIN;
        good &= holds;
        let word = if holds { "good" } else { "worse by more than 15 %" };
        println!("ephor {}: {ratio:.2} times the time of the program written by hand, {was:.2} recorded: {word}", series.name);
    }
    if !good {
        println!("If this is meant, write the new ratio into benches/recorded.json, with the reason.");
    }
    good
}
