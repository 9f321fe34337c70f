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

/// Microseconds a document: reading, judging. Where the two cannot be told apart, all is judging.
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

/// What came of a case: its cost, that of the base and that of ephor over the same documents, round by round.
pub struct Series {
    pub name: String,
    pub rules: usize,
    pub own: Vec<Cost>,
    pub base: Vec<Cost>,
    pub ours: Vec<Cost>,
}

impl Series {
    /// How many times faster ephor is, over the same documents in the same round.
    pub fn slower_than_ours(&self) -> f64 {
        median(self.own.iter().zip(&self.ours).map(|(own, ours)| own.whole() / ours.whole()))
    }

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
    if let Some(cost) = engine.cost(texts) {
        return cost;
    }
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

/// Runs all cases in rounds. The first case is the base, the case `ours` is what peers are compared with; both are timed anew over the documents that a
/// case sees, as often as it takes for them to be warm.
pub fn rounds(cases: &mut [Case<'_>], ours: usize, texts: &[String], count: usize) -> Vec<Series> {
    let mut all: Vec<Series> = cases
        .iter()
        .map(|case| Series { name: case.name.clone(), rules: case.rules, own: Vec::new(), base: Vec::new(), ours: Vec::new() })
        .collect();
    let mut letters = Vec::new();
    // One round to warm up is not counted.
    for round in 0..=count {
        let mut known: Vec<(usize, Cost, Cost)> = Vec::new();
        for at in 0..cases.len() {
            let documents = cases[at].documents.min(texts.len());
            let texts = &texts[..documents];
            if !known.iter().any(|one| one.0 == documents) {
                let laps = (cases[0].documents / documents.max(1)).clamp(1, 10);
                let mut reference = |at: usize| {
                    let all: Vec<Cost> = (0..laps).map(|_| pass(&mut *cases[at].engine, texts, &mut letters)).collect();
                    Cost { read: median(all.iter().map(|one| one.read)), judge: median(all.iter().map(|one| one.judge)) }
                };
                known.push((documents, reference(0), reference(ours)));
            }
            let (base, with) = known.iter().find(|one| one.0 == documents).map_or_else(Default::default, |one| (one.1, one.2));
            let own = match at {
                0 => base,
                at if at == ours => with,
                _ => pass(&mut *cases[at].engine, texts, &mut letters),
            };
            if round > 0 {
                all[at].own.push(own);
                all[at].base.push(base);
                all[at].ours.push(with);
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
    Faster { clock: median(pairs.iter().map(|(one, two)| one.0 / two.0)), work: median(pairs.iter().map(|(one, two)| 2.0 * one.1 / two.1)) }
}
