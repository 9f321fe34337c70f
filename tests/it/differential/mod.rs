//! The engine against a second, deliberately naive evaluator of the written semantics, on generated rules and descriptions.
//!
//! Besides agreement, four properties are asked of the engine: what it decides stays decided in every world that a description leaves
//! possible; a verdict never changes, but to *cannot tell*, when a fact is forgotten; the order of records does not matter; and reasons
//! cost nothing but time. `EPHOR_CASES` raises the number of cases (one rule on one description), `EPHOR_SEED` tells other stories.

mod compare;
mod count;
mod describe;
mod lists;
mod naive;
mod rules;
mod tape;
mod values;
mod verdicts;

use std::io::Write as _;

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use count::Counts;

/// Cases that are run where nothing is said.
const CASES: usize = 100_000;
/// Rules of a pack, and descriptions that it is run on.
const SIDE: usize = 10;
/// At least so many cases of each verdict in a thousand, and of each construct in so many rules.
const OFTEN: usize = 20;

/// What one group of cases is made of.
#[derive(Clone, Debug)]
struct Tapes {
    declarations: Vec<u8>,
    rules: Vec<Vec<u8>>,
    descriptions: Vec<Vec<u8>>,
    changes: Vec<u8>,
}

fn tapes() -> impl Strategy<Value = Tapes> {
    let tape = |length: usize| vec(any::<u8>(), length / 4..=length);
    // What is dearest stands first, since proptest makes it smaller first.
    (vec(tape(700), 1..=SIDE), vec(tape(120), 1..=SIDE), vec(any::<u8>(), 0..=200), vec(any::<u8>(), 0..=400))
        .prop_map(|(descriptions, rules, declarations, changes)| Tapes { declarations, rules, descriptions, changes })
}

/// A number from the environment.
fn number(name: &str, default: usize) -> usize {
    std::env::var_os(name).and_then(|text| text.into_string().ok()?.parse().ok()).unwrap_or(default)
}

fn run(seed: u64, cases: usize) -> (Counts, Option<String>) {
    let vocabulary = compare::Vocabulary::new();
    let counts = std::cell::RefCell::new(Counts::default());
    let failing = std::cell::Cell::new(false);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { failure_persistence: None, max_shrink_iters: 20_000, max_shrink_time: 20_000, cases: 1, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    while counts.borrow().cases < cases {
        let Ok(tree) = tapes().new_tree(&mut runner) else { break };
        let result = runner.run_one(tree, |tapes| {
            let mut own = Counts::default();
            let result = compare::group(&vocabulary, &tapes, &mut own);
            if !failing.get() {
                counts.borrow_mut().add(&own);
            }
            result.map_err(|difference| {
                failing.set(true);
                TestCaseError::fail(difference)
            })
        });
        match result {
            Ok(_) => {}
            Err(TestError::Fail(reason, _)) => return (counts.into_inner(), Some(reason.message().to_owned())),
            Err(TestError::Abort(reason)) => return (counts.into_inner(), Some(reason.message().to_owned())),
        }
    }
    (counts.into_inner(), None)
}

#[test]
fn the_engine_agrees_with_the_written_semantics() {
    let cases = number("EPHOR_CASES", CASES);
    let seed = number("EPHOR_SEED", 1) as u64;
    let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(1, 16);
    let results: Vec<(Counts, Option<String>)> = std::thread::scope(|scope| {
        let each = |at: usize| {
            std::thread::Builder::new()
                .stack_size(16 << 20)
                .spawn_scoped(scope, move || run(seed * 1000 + at as u64, cases.div_ceil(threads)))
        };
        let all: Vec<_> = (0..threads).filter_map(|at| each(at).ok()).collect();
        all.into_iter().filter_map(|one| one.join().ok()).collect()
    });
    let mut counts = Counts::default();
    results.iter().for_each(|(own, _)| counts.add(own));
    let differences: Vec<&String> = results.iter().filter_map(|(_, difference)| difference.as_ref()).collect();
    let mut screen = std::io::stderr();
    let _ = writeln!(screen, "{counts}{} disagreements", differences.len());
    assert_eq!(results.len(), threads, "a thread was lost");
    assert!(differences.is_empty(), "{}", differences.iter().map(|one| one.as_str()).collect::<Vec<_>>().join("\n\n-------- and:\n"));
    let rare = counts.rare(OFTEN);
    assert!(rare.is_empty(), "seen too rarely: {}", rare.join(", "));
}
