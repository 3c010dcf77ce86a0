//! Acquiring accesses of several values as one step.
//!
//! The tails of all the values' timelines are locked, in the order of their addresses, then the accesses are acquired in
//! the order in which they were asked for, then the tails are unlocked. A thread that acquires a single access has one
//! tail locked at a time, and takes no other meanwhile, so nobody waits in a circle for these locks.
//!
//! While a thread has all of them locked, nobody else acquires anything of these values. So for any two acquisitions that
//! have values in common, one is before the other on all of those, and orders that several threads make are some order.

use std::ptr::NonNull;

use smallvec::SmallVec;

use crate::epoch::{Epoch, Timeline};

/// Timelines with their tails locked.
pub(crate) struct Several {
    /// By address, each once.
    locked: SmallVec<[Locked; 4]>,
}

struct Locked {
    timeline: NonNull<Timeline>,
    last: NonNull<Epoch>,
}

impl Several {
    /// Locks the tails of these timelines, of which one may be there several times.
    ///
    /// # Safety
    /// The timelines stay as long as what is returned, and this thread has none of their tails locked.
    #[inline]
    pub(crate) unsafe fn lock(timelines: &mut [NonNull<Timeline>]) -> Several {
        timelines.sort_unstable();
        let mut locked: SmallVec<[Locked; 4]> = SmallVec::new();
        for &timeline in &*timelines {
            if locked.last().is_none_or(|last| last.timeline != timeline) {
                // SAFETY: as promised.
                let last = unsafe { timeline.as_ref() }.lock();
                locked.push(Locked { timeline, last });
            }
        }
        Several { locked }
    }

    #[inline]
    fn find(&mut self, timeline: NonNull<Timeline>) -> &mut Locked {
        let found = if self.locked.len() <= 8 {
            self.locked.iter().position(|locked| locked.timeline == timeline)
        } else {
            self.locked.binary_search_by_key(&timeline, |locked| locked.timeline).ok()
        };
        let index = found.expect("accesses are acquired of the timelines that are locked");
        &mut self.locked[index]
    }

    /// Acquires a read of a timeline's last epoch.
    #[inline]
    pub(crate) fn read(&mut self, timeline: NonNull<Timeline>) -> NonNull<Epoch> {
        let locked = self.find(timeline);
        // SAFETY: the timeline is there, and its tail is locked.
        unsafe { locked.timeline.as_ref().count_read() };
        locked.last
    }

    /// Acquires a write.
    #[inline]
    pub(crate) fn write(&mut self, timeline: NonNull<Timeline>) -> NonNull<Epoch> {
        let locked = self.find(timeline);
        let last = &mut locked.last;
        let tail = *last;
        // SAFETY: as above; it is unlocked when all are, with what is the last epoch then.
        unsafe { locked.timeline.as_ref().write_locked(tail, |new| *last = new) }
    }
}

impl Drop for Several {
    #[inline]
    fn drop(&mut self) {
        for locked in &self.locked {
            // SAFETY: the timeline is there, and its tail was locked by us.
            unsafe { locked.timeline.as_ref() }.unlock(locked.last);
        }
    }
}
