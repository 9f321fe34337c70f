//! Before anything is timed, all engines judge the same descriptions, and must give the same verdicts.

use crate::generate::{self, Size};
use crate::hand;
use crate::ours::{Pack, Worker};
use crate::peers::Peer;

/// An engine, and which of the thirty rules it says.
pub type Named<'a> = (String, Vec<usize>, Box<dyn Peer + 'a>);

/// Compares over so many descriptions of each size; an engine that is slow sees fewer. Ends the program where two disagree.
pub fn all(pack: &Pack, engines: &mut [Named<'_>], documents: usize) {
    println!("## Verdicts compared\n\n| engine | rules | descriptions | verdicts that differ |\n|---|---|---|---|");
    let mut wrong = 0;
    let sizes = [(Size::Small, documents), (Size::Real, documents / 10)];
    let mut silent = Worker::new(pack, pack.options(false, true));
    let mut kept = Worker::new(pack, pack.options(true, true));
    let mut count = 0;
    for (size, documents) in sizes {
        for seed in 1..=documents as u64 {
            let text = generate::description(seed, size).to_string();
            let case = hand::read(text.as_bytes());
            let (mut by_hand, mut ours, mut reasoned) = (Vec::new(), Vec::new(), Vec::new());
            case.judge(&mut by_hand);
            silent.check(text.as_bytes(), &mut ours);
            kept.check(text.as_bytes(), &mut reasoned);
            let mut each = hand::Each::default();
            case.judge(&mut each);
            let each: Vec<_> = each.0.iter().map(|(rule, force, letter)| (*rule, case.name(*force), *letter)).collect();
            let bad = differ(&by_hand, &ours) + differ(&by_hand, &reasoned) + usize::from(each != silent.each());
            if bad > 0 {
                println!("by hand and ephor differ on seed {seed}, {size:?}");
            }
            // The same as YAML.
            if seed <= 20 {
                let yaml = generate::yaml(&generate::description(seed, size));
                let mut again = Vec::new();
                silent.read_as(yaml.as_bytes(), ephor::facts::Form::Yaml);
                silent.judge(&mut again);
                assert_eq!(again, ours, "JSON and YAML differ on seed {seed}");
            }
            wrong += bad;
            count += 1;
        }
    }
    println!("| by hand and ephor (with reasons, without, force by force, YAML) | 30 | {count} | {wrong} |");
    for (name, rules, engine) in engines {
        let (mut bad, mut count) = (0, 0);
        for (size, documents) in [(Size::Small, documents.min(500)), (Size::Real, documents.min(500) / 25)] {
            let texts = generate::texts(1, documents, size);
            let together = engine.together(&texts);
            for (at, text) in texts.iter().enumerate() {
                let (mut by_hand, mut letters) = (Vec::new(), Vec::new());
                hand::check(text.as_bytes(), &mut by_hand);
                if let Some(found) = &together {
                    letters.clone_from(&found[at]);
                } else {
                    engine.read(text.as_bytes());
                    engine.judge(&mut letters);
                }
                let wanted: Vec<u8> = rules.iter().map(|rule| by_hand[*rule]).collect();
                bad += differ(&wanted, &letters);
                count += 1;
            }
        }
        println!("| {name} | {} | {count} | {bad} |", rules.len());
        wrong += bad;
    }
    if wrong > 0 {
        println!("\nThe engines disagree. Nothing is timed.");
        std::process::exit(1);
    }
}

fn differ(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).filter(|(a, b)| a != b).count() + one.len().abs_diff(other.len())
}
