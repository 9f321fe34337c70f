//! Work side by side. The only module that names rayon; results stand in the order of what they come from, for any number of threads.

use rayon::prelude::*;

/// One result for each item, in the order of the items. One item alone is worked on where the caller stands: to start threads takes longer
/// than most of what a small run has to do.
pub fn map<T: Sync, U: Send>(items: &[T], each: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
    if items.len() < 2 { items.iter().map(each).collect() } else { items.par_iter().map(each).collect() }
}

/// The same, with something that a worker keeps from item to item and that no result may depend on.
pub fn map_with<T: Sync, U: Send, W>(
    items: &[T],
    worker: impl Fn() -> W + Sync + Send,
    each: impl Fn(&mut W, &T) -> U + Sync + Send,
) -> Vec<U> {
    items.par_iter().map_init(worker, |worker, item| each(worker, item)).collect()
}

/// Runs work on so many threads; on one for each processor if the number is 0. Stacks are 8 MiB, as those of the main thread.
pub fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(8 << 20).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
