//! Interleaved rounds: in each, every case runs once, so that what disturbs the machine disturbs all. Ratios are taken within a round.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crate::peers::Peer;

/// One thing to be timed over the first `documents` texts.
pub struct Case<'a> {
    pub name: String,
    pub rules: usize,
    pub documents: usize,
    pub engine: Box<dyn Peer + 'a>,
}

/// Microseconds a document: reading, judging.
#[derive(Clone, Copy, Default)]
pub struct Cost {
    pub read: f64,
    pub judge: f64,
}

impl Cost {
    pub fn whole(self) -> f64 {
        self.read + self.judge
    }
}

/// What came of a case: its cost and that of the base over the same documents, round by round.
pub struct Series {
    pub name: String,
    pub rules: usize,
    pub own: Vec<Cost>,
    pub base: Vec<Cost>,
}

impl Series {
    pub fn whole(&self) -> f64 {
        median(self.own.iter().map(|cost| cost.whole()))
    }

    pub fn judge(&self) -> f64 {
        median(self.own.iter().map(|cost| cost.judge))
    }

    pub fn read(&self) -> f64 {
        median(self.own.iter().map(|cost| cost.read))
    }

    /// Median over rounds of own cost by the base's.
    pub fn ratio(&self) -> f64 {
        median(self.own.iter().zip(&self.base).map(|(own, base)| own.whole() / base.whole()))
    }

    pub fn judge_ratio(&self) -> f64 {
        median(self.own.iter().zip(&self.base).map(|(own, base)| own.judge / base.judge))
    }
}

pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = values.collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

/// One pass over texts.
pub fn pass(engine: &mut dyn Peer, texts: &[String], letters: &mut Vec<u8>) -> Cost {
    let (mut read, mut judge) = (0.0, 0.0);
    for text in texts {
        letters.clear();
        let start = Instant::now();
        engine.read(text.as_bytes());
        let middle = Instant::now();
        engine.judge(letters);
        judge += middle.elapsed().as_secs_f64();
        read += (middle - start).as_secs_f64();
    }
    let per = 1e6 / texts.len().max(1) as f64;
    Cost { read: read * per, judge: judge * per }
}

/// Runs all cases in rounds. The first case is the base.
pub fn rounds(cases: &mut [Case<'_>], texts: &[String], count: usize) -> Vec<Series> {
    let mut all: Vec<Series> = cases
        .iter()
        .map(|case| Series { name: case.name.clone(), rules: case.rules, own: Vec::new(), base: Vec::new() })
        .collect();
    let mut letters = Vec::new();
    // One round to warm up is not counted.
    for round in 0..=count {
        let mut bases: Vec<(usize, Cost)> = Vec::new();
        for at in 0..cases.len() {
            let documents = cases[at].documents.min(texts.len());
            let base = match bases.iter().find(|(known, _)| *known == documents) {
                Some((_, cost)) => *cost,
                None => {
                    let cost = pass(&mut *cases[0].engine, &texts[..documents], &mut letters);
                    bases.push((documents, cost));
                    cost
                }
            };
            let own = if at == 0 { base } else { pass(&mut *cases[at].engine, &texts[..documents], &mut letters) };
            if round > 0 {
                all[at].own.push(own);
                all[at].base.push(base);
            }
        }
    }
    all
}

/// Wall time of the same work on one thread and on two: the median of pairs, as how many times faster two are.
pub fn second_thread(items: usize, count: usize, work: impl Fn(usize) + Sync) -> f64 {
    second_thread_with(items, count, || (), |(), at| work(at))
}

/// The same with something that each thread keeps. Threads take items one by one.
pub fn second_thread_with<W>(items: usize, count: usize, worker: impl Fn() -> W + Sync, work: impl Fn(&mut W, usize) + Sync) -> f64 {
    let run = |threads: usize| {
        let next = AtomicUsize::new(0);
        let start = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    let mut own = worker();
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        if at >= items {
                            break;
                        }
                        work(&mut own, at);
                    }
                });
            }
        });
        start.elapsed().as_secs_f64()
    };
    run(2);
    median((0..count).map(|_| run(1) / run(2)))
}
