//! The queues between the host and a device.
//!
//! What a program adds is charged to the device's ledger, entry by entry, until the host takes it. Who finds the ledger spent
//! waits for the host to take an entry, as who takes from an empty queue waits for the host to add one.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::Mutex;
use runahead_async::{Async, Error, WriteBuffer};
use runahead_ir::Literal;
use runahead_runtime::{Charge, Ledger};

/// A queue of tensors between the host and a device: each entry is what one `infeed` takes, or one `outfeed` gives.
#[derive(Default)]
pub struct Feed {
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    entries: VecDeque<Entry>,
    /// How many entries are charged, with those that are being taken.
    charged: usize,
    /// Who waits for an entry, to be told to look again.
    waiting: Vec<WriteBuffer<()>>,
    /// Who waits for memory.
    short: Vec<WriteBuffer<()>>,
}

struct Entry {
    tensors: Vec<Literal>,
    /// `None` for what the host added.
    charge: Option<Charge>,
}

/// Bytes that an entry takes beside those of its tensors, at most, and each tensor beside its elements.
const ENTRY_BYTES: usize = 3 * size_of::<Entry>() + 32;
const TENSOR_BYTES: usize = size_of::<Literal>() + 64;

/// Bytes that an entry takes.
fn footprint(tensors: &[Literal]) -> usize {
    let bytes = |tensor: &Literal| tensor.ty().byte_count().unwrap_or(0).saturating_add(TENSOR_BYTES);
    tensors.iter().map(bytes).fold(ENTRY_BYTES, usize::saturating_add)
}

/// Has those look again who wait.
fn tell(waiting: Vec<WriteBuffer<()>>) {
    for waiter in waiting {
        // The first writer of a new value need not wait.
        if let Ok(mut told) = waiter.wait() {
            told.set(());
        }
    }
}

impl Feed {
    /// Adds an entry at the end.
    pub fn put(&self, tensors: Vec<Literal>) {
        let mut queue = self.queue.lock();
        queue.entries.push_back(Entry { tensors, charge: None });
        let waiting = std::mem::take(&mut queue.waiting);
        drop(queue);
        tell(waiting);
    }

    /// Adds an entry at the end, which is charged until it is taken. Where there is no memory for it, it waits, if it may,
    /// for others to be taken.
    ///
    /// # Errors
    /// Where nothing can be taken that would release any, or nobody is left who could take it.
    pub(crate) fn put_charged(
        &self,
        tensors: Vec<Literal>,
        ledger: &Arc<Ledger>,
        waits: bool,
    ) -> Result<(), String> {
        let bytes = footprint(&tensors);
        loop {
            let told = Async::new();
            {
                let mut queue = self.queue.lock();
                // With the queue locked: who takes an entry releases its bytes before it looks who waits.
                match ledger.charge_now(bytes) {
                    Ok(charge) => {
                        queue.charged += 1;
                        queue.entries.push_back(Entry { tensors, charge: Some(charge) });
                        let waiting = std::mem::take(&mut queue.waiting);
                        drop(queue);
                        tell(waiting);
                        return Ok(());
                    }
                    Err(exceeded) if queue.charged == 0 || !waits => {
                        let charged = queue.charged;
                        return Err(format!("adds to a queue of {charged} entries: {exceeded}"));
                    }
                    Err(_) => queue.short.push(told.write()),
                }
            }
            told.wait()
                .map_err(|error| format!("waits for the host to take what was added before: {error}"))?;
        }
    }

    /// Takes the entry at the front, if there is one.
    pub fn take(&self) -> Option<Vec<Literal>> {
        let entry = self.queue.lock().entries.pop_front()?;
        Some(self.taken(entry))
    }

    /// Takes the entry at the front, and waits for one where there is none.
    ///
    /// # Errors
    /// Where nobody is left who could add one.
    pub fn wait(&self) -> Result<Vec<Literal>, Error> {
        loop {
            let told = Async::new();
            {
                let mut queue = self.queue.lock();
                if let Some(entry) = queue.entries.pop_front() {
                    drop(queue);
                    return Ok(self.taken(entry));
                }
                queue.waiting.push(told.write());
            }
            told.wait()?;
        }
    }

    /// The tensors of an entry that was taken; what it was charged is released.
    fn taken(&self, Entry { tensors, charge }: Entry) -> Vec<Literal> {
        if charge.is_some() {
            drop(charge);
            let mut queue = self.queue.lock();
            queue.charged -= 1;
            let short = std::mem::take(&mut queue.short);
            drop(queue);
            tell(short);
        }
        tensors
    }
}

impl std::fmt::Debug for Feed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Feed of {} entries", self.queue.lock().entries.len())
    }
}

/// The queues of a device.
#[derive(Clone, Debug, Default)]
pub struct Feeds {
    /// What `infeed` takes from.
    pub infeed: Arc<Feed>,
    /// What `outfeed` adds to. An entry counts as memory of the device until it is taken; a program that would go beyond the
    /// device's budget with one waits for the host to take others.
    pub outfeed: Arc<Feed>,
}
