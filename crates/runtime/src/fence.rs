//! Waiting for all that a device has been given to do.

use parking_lot::Mutex;
use runahead_async::{Async, Error, ReadBuffer, WriteBuffer};

/// What is under way on a device.
///
/// Everything that is submitted reads a value, and ends its read when it has ended. So whoever acquires the write behind
/// these reads waits for all of them, and for nothing that is submitted later, as that reads another value.
pub(crate) struct Fence(Mutex<Stretch>);

/// What is submitted between two that wait.
struct Stretch {
    value: Async<()>,
    /// Is there when all that was submitted before this stretch has ended.
    before: Option<ReadBuffer<()>>,
}

impl Fence {
    pub(crate) fn new() -> Fence {
        Fence(Mutex::new(Stretch { value: Async::from(()), before: None }))
    }

    /// To be held by what is submitted, until it has ended.
    pub(crate) fn enter(&self) -> ReadBuffer<()> {
        self.0.lock().value.read()
    }

    /// Takes the places in line behind all that has been submitted.
    fn close(&self) -> (Option<ReadBuffer<()>>, WriteBuffer<()>) {
        let next = Async::from(());
        let mut stretch = self.0.lock();
        let write = stretch.value.write();
        let ended = stretch.value.read();
        stretch.value = next;
        let before = stretch.before.take().filter(|before| !before.is_ready());
        // Where the wait is given up, the write still stands behind its own stretch only; so both are waited for later.
        stretch.before = Some(match &before {
            None => ended,
            Some(earlier) => both(earlier.clone(), ended),
        });
        (before, write)
    }

    pub(crate) fn wait(&self) -> Result<(), Error> {
        let (before, write) = self.close();
        if let Some(before) = before {
            before.wait()?.release();
        }
        write.wait()?.release();
        Ok(())
    }

    pub(crate) async fn ended(&self) -> Result<(), Error> {
        let (before, write) = self.close();
        if let Some(before) = before {
            before.await?.release();
        }
        write.await?.release();
        Ok(())
    }
}

/// Is there when both are.
fn both(a: ReadBuffer<()>, b: ReadBuffer<()>) -> ReadBuffer<()> {
    let ended = Async::new();
    runahead_async::dispatch((a, b, ended.write()), |(_, _, ended)| ended.set(()));
    ended.read()
}
