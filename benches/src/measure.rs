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

/// Processor time of this thread in seconds.
pub fn worked() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// What asking for the time itself costs.
fn asking() -> f64 {
    (0..2000).map(|_| -(worked() - worked())).fold(f64::INFINITY, f64::min)
}

/// One pass over texts.
pub fn pass(engine: &mut dyn Peer, texts: &[String], letters: &mut Vec<u8>) -> Cost {
    let (mut read, mut judge) = (0.0, 0.0);
    let asking = asking();
    for text in texts {
        letters.clear();
        let start = worked();
        engine.read(text.as_bytes());
        let middle = worked();
        engine.judge(letters);
        judge += worked() - middle - asking;
        read += middle - start - asking;
    }
    let per = 1e6 / texts.len().max(1) as f64;
    Cost { read: read * per, judge: judge.max(0.0) * per }
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

/// How many times faster two threads are than one.
pub struct Faster {
    pub clock: f64,
    pub work: f64,
}

/// The same work on one thread and on two, in pairs. Threads take items one by one, and keep something each.
pub fn second_thread<W>(items: usize, count: usize, worker: impl Fn() -> W + Sync, work: impl Fn(&mut W, usize) + Sync) -> Faster {
    let run = |threads: usize| {
        let next = AtomicUsize::new(0);
        let start = Instant::now();
        let spent: f64 = std::thread::scope(|scope| {
            let one = || {
                let mut own = worker();
                let start = worked();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= items {
                        break;
                    }
                    work(&mut own, at);
                }
                worked() - start
            };
            let all: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
            all.into_iter().map(|thread| thread.join().expect("a thread")).sum()
        });
        (start.elapsed().as_secs_f64(), spent)
    };
    run(2);
    let pairs: Vec<_> = (0..count).map(|_| (run(1), run(2))).collect();
    Faster {
        clock: median(pairs.iter().map(|(one, two)| one.0 / two.0)),
        work: median(pairs.iter().map(|(one, two)| 2.0 * one.1 / two.1)),
    }
}
