//! Wakers of those who wait for one thing.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering, fence};
use std::task::Waker;

use parking_lot::Mutex;

use crate::contain;

/// Who waits for a thing to happen: a waker for each future that awaits it, however often it is polled.
///
/// A future [registers](Self::register) and then looks whether the thing has happened; whoever makes it happen does so and
/// then [wakes](Self::wake_all). The first ends, and the second begins, with an operation that is sequentially consistent,
/// so one of the two sees the other. Wakers are cloned, dropped and woken outside the lock: all of that is a program's own
/// code.
#[derive(Default)]
pub(crate) struct Wakers {
    /// How many there are; changed under the lock.
    count: AtomicUsize,
    wakers: Mutex<HashMap<u64, Waker>>,
}

impl Wakers {
    /// Whether nobody waits, for one who has just made the thing happen.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.count.load(Ordering::SeqCst) == 0
    }

    /// Has this waker woken for the future of that key, instead of the one before.
    pub(crate) fn register(&self, key: Key, waker: &Waker) {
        let is_there =
            |wakers: &HashMap<u64, Waker>| wakers.get(&key.0).is_some_and(|before| before.will_wake(waker));
        if !is_there(&self.wakers.lock()) {
            let new = waker.clone();
            let before = {
                let mut wakers = self.wakers.lock();
                let before = wakers.insert(key.0, new);
                self.count.store(wakers.len(), Ordering::SeqCst);
                before
            };
            contain::contained(|| drop(before));
        }
        fence(Ordering::SeqCst);
    }

    /// The future of that key does not wait any more.
    pub(crate) fn remove(&self, key: Key) {
        let before = {
            let mut wakers = self.wakers.lock();
            let before = wakers.remove(&key.0);
            self.count.store(wakers.len(), Ordering::SeqCst);
            before
        };
        contain::contained(|| drop(before));
    }

    /// The thing has happened.
    pub(crate) fn wake_all(&self) {
        fence(Ordering::SeqCst);
        let wakers = {
            let mut wakers = self.wakers.lock();
            self.count.store(0, Ordering::SeqCst);
            std::mem::take(&mut *wakers)
        };
        wakers.into_values().for_each(|waker| contain::contained(|| waker.wake()));
    }
}

/// Tells futures apart.
#[derive(Clone, Copy)]
pub(crate) struct Key(u64);

impl Key {
    pub(crate) fn new() -> Key {
        static KEYS: AtomicU64 = AtomicU64::new(0);
        Key(KEYS.fetch_add(1, Ordering::Relaxed))
    }
}

/// A future's part in [`Wakers`] that `owner` has; it is given up when this is dropped.
pub(crate) struct Registered<O> {
    owner: O,
    wakers: fn(&O) -> &Wakers,
    key: Key,
}

impl<O> Registered<O> {
    /// Nothing is registered yet.
    pub(crate) fn new(owner: O, wakers: fn(&O) -> &Wakers) -> Registered<O> {
        Registered { owner, wakers, key: Key::new() }
    }

    pub(crate) fn owner(&self) -> &O {
        &self.owner
    }

    pub(crate) fn register(&self, waker: &Waker) {
        (self.wakers)(&self.owner).register(self.key, waker);
    }
}

impl<O> Drop for Registered<O> {
    fn drop(&mut self) {
        (self.wakers)(&self.owner).remove(self.key);
    }
}
