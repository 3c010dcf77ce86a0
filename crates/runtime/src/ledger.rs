//! Counting a device's memory, and holding back who would exceed its budget.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use parking_lot::Mutex;
use runahead_async::{Async, ReadBuffer, WriteBuffer};

/// How much memory a device holds, has held at most, and may hold.
///
/// Bytes are charged when work that will need them is submitted, so that what is counted is what submitted work holds,
/// and released when the last user of them lets go.
///
/// To charge a result and to release it is an exchange of one number each, which never goes beyond the budget. Who finds
/// the budget spent locks the account, announces that it waits, then tries once more; who releases subtracts, then looks
/// whether somebody waits. So one of the two sees the other.
pub struct Ledger {
    live: AtomicUsize,
    peak: AtomicUsize,
    /// The most that may be held; the most there is where there is no budget.
    budget: AtomicUsize,
    /// Whether the budget was set by the program that is run, and is not the device's own.
    limited: AtomicBool,
    /// Whether somebody waits for something to be released.
    awaited: AtomicBool,
    account: Mutex<Account>,
}

#[derive(Default)]
struct Account {
    /// The part of what is held that is working memory of executions.
    temporary: usize,
    /// What compiled programs keep, which the budget does not count.
    constants: usize,
    programs: usize,
    /// Executions that were submitted and have not ended.
    in_flight: usize,
    /// Submitters that wait for something to be released.
    waiting: Vec<WriteBuffer<()>>,
}

/// In place of a budget, where there is none.
const NO_BUDGET: usize = usize::MAX;

/// What a [`Ledger`] says at one moment, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryUse {
    /// Held now.
    pub live: usize,
    /// The most that was held at once.
    pub peak: usize,
    /// The most that may be held, where there is a limit.
    pub budget: Option<usize>,
    /// The part of `live` that is working memory of executions that have not ended.
    pub temporary: usize,
    /// Constants of compiled programs that are kept, which are not among `live`.
    pub constants: usize,
    /// Compiled programs that are kept.
    pub programs: usize,
}

/// A budget that cannot be kept by waiting: nothing is in flight that will release memory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{needed} bytes are needed, but {live} of the device's budget of {budget} bytes are held by buffers that are kept; \
     drop buffers or raise the budget"
)]
pub struct BudgetExceeded {
    /// Bytes that the work needs.
    pub needed: usize,
    /// Bytes that are held.
    pub live: usize,
    /// The budget.
    pub budget: usize,
}

/// Why nothing was charged.
enum Spent {
    /// The budget is spent until work in flight releases something.
    Until(ReadBuffer<()>),
    /// There is no such work.
    ForGood(BudgetExceeded),
}

/// Bytes charged to a ledger, until it is dropped.
pub struct Charge {
    /// None for no bytes.
    ledger: Option<Arc<Ledger>>,
    bytes: usize,
    /// Whether they are working memory.
    temporary: bool,
}

/// A compiled program that is kept, with that many bytes of constants, until it is dropped.
pub(crate) struct Kept {
    ledger: Arc<Ledger>,
    constants: usize,
}

impl Kept {
    pub(crate) fn new(ledger: &Arc<Ledger>, constants: usize) -> Kept {
        let mut account = ledger.account.lock();
        account.programs += 1;
        account.constants += constants;
        Kept { ledger: Arc::clone(ledger), constants }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let mut account = self.ledger.account.lock();
        account.programs -= 1;
        account.constants -= self.constants;
    }
}

/// What an execution is charged: for its results, for its working memory, and for being in flight.
pub(crate) type Launched = (Charge, Charge, InFlight);

/// Work in flight, until it is dropped: what waits for memory may hope for it.
pub struct InFlight(Arc<Ledger>);

impl InFlight {
    /// What the work is charged to: for what it leaves behind beside its results.
    pub fn ledger(&self) -> Arc<Ledger> {
        Arc::clone(&self.0)
    }
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ledger of {} bytes held", self.live())
    }
}

impl Default for Ledger {
    fn default() -> Ledger {
        Ledger::new(None)
    }
}

impl Ledger {
    /// A ledger of a device that has so much memory, where that is known.
    pub fn new(memory: Option<usize>) -> Ledger {
        Ledger {
            live: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
            budget: AtomicUsize::new(memory.unwrap_or(NO_BUDGET)),
            limited: AtomicBool::new(false),
            awaited: AtomicBool::new(false),
            account: Mutex::default(),
        }
    }

    /// What is held, was held and may be held.
    pub fn memory_use(&self) -> MemoryUse {
        let account = self.account.lock();
        let Account { temporary, constants, programs, .. } = *account;
        let (live, peak) = (self.live(), self.peak.load(Ordering::Relaxed));
        let budget = Some(self.budget()).filter(|&budget| budget != NO_BUDGET);
        MemoryUse { live, peak, budget, temporary, constants, programs }
    }

    fn live(&self) -> usize {
        self.live.load(Ordering::SeqCst)
    }

    fn budget(&self) -> usize {
        self.budget.load(Ordering::SeqCst)
    }

    /// Sets or lifts the budget. What is held already stays.
    pub fn set_budget(&self, budget: Option<usize>) {
        self.change(|_| {
            self.budget.store(budget.unwrap_or(NO_BUDGET), Ordering::SeqCst);
            self.limited.store(budget.is_some(), Ordering::Relaxed);
        });
    }

    /// Whether to charge so many bytes might wait: the budget was set, or there is not as much left of the device's own.
    pub(crate) fn may_wait_for(&self, bytes: usize) -> bool {
        self.limited.load(Ordering::Relaxed) || self.live().saturating_add(bytes) > self.budget()
    }

    /// Forgets the peak: it is what is held now.
    pub fn reset_peak(&self) {
        let _account = self.account.lock();
        self.peak.store(self.live(), Ordering::Relaxed);
    }

    /// Charges bytes; what to wait for before trying again where the budget is spent.
    #[inline]
    fn try_charge(
        self: &Arc<Self>,
        bytes: usize,
        temporary: usize,
        in_flight: usize,
    ) -> Result<Charge, Spent> {
        let noted = temporary > 0 || in_flight > 0;
        if noted || !self.try_hold(bytes) {
            let mut account = self.account.lock();
            // With the account locked: what is held and in flight is seen to be both.
            if !(noted && self.try_hold(bytes)) {
                self.hold_or_wait(bytes, &mut account)?;
            }
            account.in_flight += in_flight;
            account.temporary += temporary;
        }
        Ok(Charge { ledger: (bytes > 0).then(|| Arc::clone(self)), bytes, temporary: false })
    }

    /// Counts bytes as held, if the budget allows that.
    #[inline]
    fn try_hold(&self, bytes: usize) -> bool {
        let mut live = self.live.load(Ordering::SeqCst);
        let held = loop {
            let Some(held) = live.checked_add(bytes).filter(|&held| held <= self.budget()) else {
                return false;
            };
            match self.live.compare_exchange_weak(live, held, Ordering::SeqCst, Ordering::SeqCst) {
                Ok(_) => break held,
                Err(found) => live = found,
            }
        };
        if held > self.peak.load(Ordering::Relaxed) {
            self.peak.fetch_max(held, Ordering::Relaxed);
        }
        true
    }

    /// Counts bytes as held that the budget did not allow before, if it does now.
    #[cold]
    fn hold_or_wait(&self, bytes: usize, account: &mut Account) -> Result<(), Spent> {
        if account.in_flight == 0 {
            if self.try_hold(bytes) {
                return Ok(());
            }
            let (live, budget) = (self.live(), self.budget());
            return Err(Spent::ForGood(BudgetExceeded { needed: bytes, live, budget }));
        }
        self.awaited.store(true, Ordering::SeqCst);
        if self.try_hold(bytes) {
            return Ok(());
        }
        let released = Async::new();
        account.waiting.push(released.write());
        Err(Spent::Until(released.read()))
    }

    /// Charges bytes; where the budget is spent, blocks until work in flight has released enough.
    ///
    /// # Errors
    /// Where nothing is in flight that could release any.
    pub fn charge(self: &Arc<Self>, bytes: usize) -> Result<Charge, BudgetExceeded> {
        self.charge_counting(bytes, 0, 0)
    }

    /// Charges bytes if the budget allows that now: for work in flight, which cannot wait for its own end.
    ///
    /// # Errors
    /// Where it does not.
    pub fn charge_now(self: &Arc<Self>, bytes: usize) -> Result<Charge, BudgetExceeded> {
        if !self.try_hold(bytes) {
            return Err(BudgetExceeded { needed: bytes, live: self.live(), budget: self.budget() });
        }
        Ok(Charge { ledger: (bytes > 0).then(|| Arc::clone(self)), bytes, temporary: false })
    }

    /// Charges the bytes of an execution's results and of its working memory, and counts it as in flight. Where the budget
    /// is spent it blocks, as [`charge`](Self::charge) does.
    ///
    /// # Errors
    /// As for [`charge`](Self::charge).
    pub(crate) fn launch(
        self: &Arc<Self>,
        results: usize,
        temporary: usize,
    ) -> Result<Launched, BudgetExceeded> {
        let charge = self.charge_counting(results.saturating_add(temporary), temporary, 1)?;
        Ok(self.launched(charge, temporary))
    }

    /// As [`launch`](Self::launch), suspending the calling future instead of blocking its thread.
    ///
    /// # Errors
    /// As for [`charge`](Self::charge).
    pub(crate) async fn launch_async(
        self: &Arc<Self>,
        results: usize,
        temporary: usize,
    ) -> Result<Launched, BudgetExceeded> {
        loop {
            match self.try_charge(results.saturating_add(temporary), temporary, 1) {
                Ok(charge) => return Ok(self.launched(charge, temporary)),
                Err(Spent::Until(released)) => drop(released.await),
                Err(Spent::ForGood(exceeded)) => return Err(exceeded),
            }
        }
    }

    /// Charges as [`launch`](Self::launch) does, for an execution in the call, which is in flight where it has working memory:
    /// else its end releases nothing. `None` where the budget is spent.
    #[inline]
    pub(crate) fn try_call(
        self: &Arc<Self>,
        results: usize,
        temporary: usize,
    ) -> Option<(Charge, Option<(Charge, InFlight)>)> {
        if temporary == 0 {
            return Some((self.try_charge(results, 0, 0).ok()?, None));
        }
        let charge = self.try_charge(results.saturating_add(temporary), temporary, 1).ok()?;
        let (charge, working, in_flight) = self.launched(charge, temporary);
        Some((charge, Some((working, in_flight))))
    }

    fn launched(self: &Arc<Self>, mut charge: Charge, temporary: usize) -> Launched {
        let mut working = charge.split(temporary);
        working.temporary = true;
        (charge, working, InFlight(Arc::clone(self)))
    }

    fn charge_counting(
        self: &Arc<Self>,
        bytes: usize,
        temporary: usize,
        in_flight: usize,
    ) -> Result<Charge, BudgetExceeded> {
        loop {
            match self.try_charge(bytes, temporary, in_flight) {
                Ok(charge) => return Ok(charge),
                // An error here says that the wait is over, one way or another; the next round tells.
                Err(Spent::Until(released)) => drop(released.wait()),
                Err(Spent::ForGood(exceeded)) => return Err(exceeded),
            }
        }
    }

    /// Gives up bytes that were charged.
    fn release(&self, bytes: usize) {
        self.live.fetch_sub(bytes, Ordering::SeqCst);
        if self.awaited.load(Ordering::SeqCst) {
            self.change(|_| ());
        }
    }

    /// Changes what is not held alone, and has those look again who wait.
    fn change(&self, change: impl FnOnce(&mut Account)) {
        let waiting = {
            let mut account = self.account.lock();
            change(&mut account);
            self.awaited.store(false, Ordering::SeqCst);
            std::mem::take(&mut account.waiting)
        };
        // Dropping a writer ends its readers' wait.
        drop(waiting);
    }
}

impl Charge {
    /// How many bytes are charged.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Splits off a charge of some of the bytes.
    ///
    /// # Panics
    /// Where there are fewer bytes than that.
    #[inline]
    pub fn split(&mut self, bytes: usize) -> Charge {
        self.bytes = self.bytes.checked_sub(bytes).expect("a charge is split into parts that it has");
        let ledger = match (bytes, self.bytes) {
            (0, _) => None,
            // All of it.
            (_, 0) => self.ledger.take(),
            _ => self.ledger.clone(),
        };
        Charge { ledger, bytes, temporary: self.temporary }
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        let Some(ledger) = &self.ledger else { return };
        if self.temporary {
            ledger.account.lock().temporary -= self.bytes;
        }
        ledger.release(self.bytes);
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.change(|account| account.in_flight -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn live_and_peak_bytes_are_counted() {
        let ledger = Arc::new(Ledger::default());
        let mut a = ledger.charge(100).unwrap();
        let b = a.split(30);
        drop(a);
        let _c = ledger.charge(10).unwrap();
        let counted = |ledger: &Ledger| (ledger.memory_use().live, ledger.memory_use().peak);
        assert_eq!(counted(&ledger), (40, 100));
        drop(b);
        ledger.reset_peak();
        assert_eq!(counted(&ledger), (10, 10));
    }

    #[test]
    fn working_memory_and_kept_programs_are_counted_apart() {
        let ledger = Arc::new(Ledger::default());
        let (results, working, in_flight) = ledger.launch(100, 30).unwrap();
        let kept = Kept::new(&ledger, 7);
        let expected =
            MemoryUse { live: 130, peak: 130, budget: None, temporary: 30, constants: 7, programs: 1 };
        assert_eq!(ledger.memory_use(), expected);
        drop((working, in_flight, kept));
        assert_eq!(
            ledger.memory_use(),
            MemoryUse { live: 100, temporary: 0, constants: 0, programs: 0, ..expected }
        );
        drop(results);
    }

    #[test]
    fn a_device_has_its_memory_as_its_budget() {
        let ledger = Arc::new(Ledger::new(Some(100)));
        assert_eq!(ledger.memory_use().budget, Some(100));
        let _kept = ledger.charge(60).unwrap();
        assert!(ledger.charge(50).is_err() && ledger.may_wait_for(50) && !ledger.may_wait_for(40));
        ledger.set_budget(None);
        assert_eq!((ledger.memory_use().budget, ledger.may_wait_for(1000)), (None, false));
        assert!(ledger.charge(50).is_ok());
        // What is set is waited for however much is left.
        ledger.set_budget(Some(1000));
        assert!(ledger.may_wait_for(1));
    }

    #[test]
    fn a_budget_that_nothing_can_free_is_an_error() {
        let ledger = Arc::new(Ledger::default());
        ledger.set_budget(Some(100));
        let _kept = ledger.charge(60).unwrap();
        let exceeded = ledger.charge(50).map(|_| ()).unwrap_err();
        assert_eq!(exceeded, BudgetExceeded { needed: 50, live: 60, budget: 100 });
        assert_eq!(ledger.charge(usize::MAX).map(|_| ()).unwrap_err().needed, usize::MAX);
    }

    #[test]
    fn what_is_executed_in_a_call_is_waited_for_as_well() {
        let ledger = Arc::new(Ledger::default());
        ledger.set_budget(Some(100));
        let (results, working) = ledger.try_call(40, 50).unwrap();
        assert!(ledger.try_call(20, 0).is_none());
        let mut other = std::pin::pin!(ledger.launch_async(20, 0));
        let mut poll = || {
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            other.as_mut().poll(&mut context).map(|launched| launched.is_ok())
        };
        assert!(poll().is_pending());
        drop(working);
        assert_eq!(poll(), std::task::Poll::Ready(true));
        drop(results);
    }

    #[test]
    fn a_budget_holds_however_many_threads_charge_and_release() {
        let ledger = Arc::new(Ledger::default());
        ledger.set_budget(Some(100));
        // Something is in flight, so that who finds the budget spent waits.
        let in_flight = ledger.launch(0, 0).unwrap();
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let ledger = Arc::clone(&ledger);
                std::thread::spawn(move || (0..500).for_each(|_| drop(ledger.charge(60).unwrap())))
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!((ledger.memory_use().live, ledger.memory_use().peak), (0, 60));
        drop(in_flight);
    }

    #[test]
    fn a_submitter_waits_until_work_in_flight_has_released_enough() {
        let ledger = Arc::new(Ledger::default());
        ledger.set_budget(Some(100));
        let (charge, _, in_flight) = ledger.launch(80, 0).unwrap();
        let (begun, begins) = std::sync::mpsc::channel();
        let submitter = std::thread::spawn({
            let ledger = Arc::clone(&ledger);
            move || {
                begun.send(()).unwrap();
                ledger.charge(50).unwrap().bytes()
            }
        });
        begins.recv().unwrap();
        assert!(!submitter.is_finished());
        drop(charge);
        drop(in_flight);
        assert_eq!(submitter.join().unwrap(), 50);
        assert_eq!(ledger.memory_use().live, 0);
        assert!(ledger.memory_use().peak <= 100);
    }
}
