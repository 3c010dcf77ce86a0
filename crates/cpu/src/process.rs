//! The processes that run a program together, and what is between them.
//!
//! A process is a replica of a partition: what `replica_id` and `partition_id` give. Processes meet in collective
//! operations and send each other messages; the host feeds them by queues. A process that runs alone is a world of its
//! own. The processes of a world run on threads of their own, as each may wait for the others at any time.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use parking_lot::{Condvar, Mutex};
use runahead_ir::Literal;
use runahead_runtime::{Charge, Ledger, Processes, machine_memory};

use crate::feed::Feeds;

/// What collective operations of one kind and the same members are told apart by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Occasion {
    pub(crate) operation: &'static str,
    pub(crate) channel: i64,
    pub(crate) members: Vec<usize>,
}

/// What messages are told apart by: their channel and, where the program names those, who sends and who receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Route {
    pub(crate) channel: i64,
    pub(crate) between: Option<(usize, usize)>,
}

/// Tensors that one process gives to another, or to all of a group.
pub(crate) type Parcel = Arc<Vec<Vec<u8>>>;

/// What processes share.
#[derive(Debug, Default)]
struct Shared {
    meetings: HashMap<(Occasion, u64), Meeting>,
    messages: HashMap<Route, VecDeque<Message>>,
    /// Messages whose memory is charged.
    charged: usize,
    /// How many messages were received.
    received: u64,
    /// What each process waits for; `None` while it runs.
    waits: Vec<Option<Wait>>,
    ended: Vec<bool>,
    /// Nothing can go on any more.
    stuck: bool,
}

/// A message that nobody has received.
struct Message {
    parcel: Parcel,
    charge: Charge,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message of {} bytes", self.charge.bytes())
    }
}

/// Bytes that a message takes beside those of its tensors, at most, and each tensor beside its own.
const MESSAGE_BYTES: usize = 3 * size_of::<Message>() + 128;
const TENSOR_BYTES: usize = size_of::<Vec<u8>>() + 64;

#[derive(Debug, Default)]
struct Meeting {
    brought: HashMap<usize, Parcel>,
    left: usize,
}

#[derive(Clone, Debug)]
enum Wait {
    Meeting(Occasion, u64),
    Message(Route),
    /// For memory to send a message in: until more than so many were received.
    Memory(u64),
}

#[derive(Debug)]
struct World {
    processes: Processes,
    shared: Mutex<Shared>,
    changed: Condvar,
}

/// One process of a world, running a program.
#[derive(Debug)]
pub struct Process {
    /// `None` where there is no other process.
    world: Option<Arc<World>>,
    id: usize,
    /// `None` where the program uses none.
    feeds: Option<Feeds>,
    /// Whether it waits for the host where the queue is empty that it takes from, and where memory is spent on that which it
    /// adds to.
    waits_for_host: bool,
    /// What the entries of queues and messages are charged to; `None` where the program has neither.
    ledger: Option<Arc<Ledger>>,
    /// How often the process has been on each occasion.
    rounds: Mutex<HashMap<Occasion, u64>>,
    failed: AtomicBool,
    failure: Mutex<Option<String>>,
    stop: Option<Stop>,
    /// Whether the run was given a number, and need not be counted.
    is_numbered: bool,
    run: AtomicU64,
    /// How often random numbers were drawn in the run.
    draws: AtomicU64,
}

/// What the random numbers of one operation follow from, beside the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Draw {
    /// How many runs came before this one.
    pub(crate) run: u64,
    /// How often numbers were drawn in this run.
    pub(crate) draw: u64,
    pub(crate) process: usize,
}

/// A ledger for a process that is charged to none.
fn own_ledger() -> Arc<Ledger> {
    Arc::new(Ledger::new(Some(machine_memory())))
}

/// Whether to stop.
#[derive(Clone)]
struct Stop(Arc<dyn Fn() -> bool + Send + Sync>);

impl std::fmt::Debug for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stop")
    }
}

impl Process {
    /// A process alone in its world, with the queues that its program uses, if it does.
    pub fn alone(feeds: Option<Feeds>) -> Process {
        let ledger = feeds.as_ref().map(|_| own_ledger());
        Process { waits_for_host: true, ledger, ..Process::new(None, 0, feeds) }
    }

    /// The same process, whose entries of queues and messages are charged to that ledger. Without it they are charged to one of
    /// its own, which has the machine's memory.
    pub fn charged_to(self, ledger: Arc<Ledger>) -> Process {
        Process { ledger: Some(ledger), ..self }
    }

    /// The same process, which asks between turns of a loop, a thousand apart at most, whether it is to stop, and then fails.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use runahead_cpu::{CompileOptions, Process, compile};
    /// use runahead_runtime::AlignedBytes;
    ///
    /// let endless = "func.func @main() -> tensor<i64> {
    ///   %one = stablehlo.constant dense<1> : tensor<i64>
    ///   %y = stablehlo.while(%i = %one) : tensor<i64>
    ///     cond {
    ///       %c = stablehlo.compare GE, %i, %one : (tensor<i64>, tensor<i64>) -> tensor<i1>
    ///       stablehlo.return %c : tensor<i1>
    ///     } do {
    ///       %n = stablehlo.add %i, %one : tensor<i64>
    ///       stablehlo.return %n : tensor<i64>
    ///     }
    ///   return %y : tensor<i64>
    /// }";
    /// let program = compile(&runahead_ir::parse("endless", endless)?, &CompileOptions::default())?;
    /// let process = Process::alone(None).stopped_by(Arc::new(|| true));
    /// let mut arena = AlignedBytes::zeroed(program.arena_bytes()).unwrap();
    /// let mut result = AlignedBytes::zeroed(8).unwrap();
    /// program.run_as(&process, &[], &mut [&mut result], &mut arena);
    /// assert_eq!(process.failure().as_deref(), Some("was stopped"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn stopped_by(self, stop: Arc<dyn Fn() -> bool + Send + Sync>) -> Process {
        Process { stop: Some(Stop(stop)), ..self }
    }

    /// The same process, for the run of a program before which so many others came. Without it, runs are counted in the order
    /// in which they begin.
    pub fn numbered(self, run: u64) -> Process {
        Process { is_numbered: true, run: AtomicU64::new(run), ..self }
    }

    /// The same process, which stops when another does, and in which what is random follows from where the other is.
    pub(crate) fn within(self, other: &Process) -> Process {
        self.started_by(other, other.next_number())
    }

    fn started_by(self, starter: &Process, number: u64) -> Process {
        Process { stop: starter.stop.clone(), ..self }.numbered(number)
    }

    /// A number for a run of another program that this run starts.
    fn next_number(&self) -> u64 {
        let Draw { run, draw, .. } = self.draw();
        run << 20 ^ draw
    }

    /// Begins a run, which is counted where it was not given a number.
    pub(crate) fn begin(&self, count: impl FnOnce() -> u64) {
        if !self.is_numbered {
            self.run.store(count(), Ordering::Relaxed);
            self.draws.store(0, Ordering::Relaxed);
        }
    }

    /// What the next random numbers follow from.
    pub(crate) fn draw(&self) -> Draw {
        let (run, draw) = (self.run.load(Ordering::Relaxed), self.draws.fetch_add(1, Ordering::Relaxed));
        Draw { run, draw, process: self.id }
    }

    /// The processes of a world, in the order of replicas and, within each, partitions. They share queues, which are
    /// full at the start: who finds the infeed empty fails. They
    /// stop when the process does that started them.
    pub(crate) fn world(processes: Processes, feeds: &Feeds, starter: &Process) -> Vec<Process> {
        let world = World::new(processes);
        let number = starter.next_number();
        let ledger = starter.ledger.clone().unwrap_or_else(own_ledger);
        let process = |id| {
            let process = Process::new(Some(Arc::clone(&world)), id, Some(feeds.clone()));
            process.charged_to(Arc::clone(&ledger)).started_by(starter, number)
        };
        (0..processes.count()).map(process).collect()
    }

    fn new(world: Option<Arc<World>>, id: usize, feeds: Option<Feeds>) -> Process {
        Process {
            world,
            id,
            feeds,
            waits_for_host: false,
            ledger: None,
            rounds: Mutex::default(),
            failed: AtomicBool::new(false),
            failure: Mutex::default(),
            stop: None,
            is_numbered: false,
            run: AtomicU64::new(0),
            draws: AtomicU64::new(0),
        }
    }

    pub(crate) fn id(&self) -> usize {
        self.id
    }

    fn partitions(&self) -> usize {
        self.world.as_ref().map_or(1, |world| world.processes.partitions)
    }

    pub(crate) fn replica(&self) -> usize {
        self.id / self.partitions()
    }

    pub(crate) fn partition(&self) -> usize {
        self.id % self.partitions()
    }

    /// Notes why the program fails; the first reason stays.
    pub(crate) fn fail(&self, reason: String) {
        self.failure.lock().get_or_insert(reason);
        self.failed.store(true, Ordering::Release);
    }

    /// Whether the program is to end: it has failed, or is to stop, which is a failure too.
    pub(crate) fn is_to_end(&self) -> bool {
        if self.stop.as_ref().is_some_and(|stop| stop.0()) {
            self.fail("was stopped".to_owned());
        }
        self.failed.load(Ordering::Relaxed)
    }

    /// Why the program failed, if it did.
    pub fn failure(&self) -> Option<String> {
        if !self.failed.load(Ordering::Acquire) {
            return None;
        }
        self.failure.lock().clone()
    }

    /// The next entry of the infeed.
    pub(crate) fn infeed(&self) -> Result<Vec<Literal>, String> {
        let Some(feeds) = &self.feeds else { return Err("has no queue".to_owned()) };
        if self.waits_for_host {
            return feeds.infeed.wait().map_err(|error| format!("waits for the infeed: {error}"));
        }
        feeds.infeed.take().ok_or_else(|| "finds the infeed empty".to_owned())
    }

    /// Adds an entry to the outfeed; waits for the host to take others where there is no memory for it.
    pub(crate) fn outfeed(&self, tensors: Vec<Literal>) -> Result<(), String> {
        let (Some(feeds), Some(ledger)) = (&self.feeds, &self.ledger) else { return Ok(()) };
        feeds.outfeed.put_charged(tensors, ledger, self.waits_for_host)
    }

    /// Brings a parcel to an occasion, and waits for those of all members; gives them in the members' order.
    pub(crate) fn meet(&self, occasion: Occasion, parcel: Vec<Vec<u8>>) -> Result<Vec<Parcel>, String> {
        let is_alone = occasion.members.iter().all(|&member| member == self.id);
        let Some(world) = self.world.as_ref().filter(|_| !is_alone) else {
            // Nobody else comes. Who sends to itself is named twice, but brings something once.
            return Ok(vec![Arc::new(parcel)]);
        };
        let round = {
            let mut rounds = self.rounds.lock();
            let round = rounds.entry(occasion.clone()).or_default();
            *round += 1;
            *round
        };
        let members = occasion.members.clone();
        let key = (occasion, round);
        let mut shared = world.shared.lock();
        shared.meetings.entry(key.clone()).or_default().brought.insert(self.id, Arc::new(parcel));
        world.changed.notify_all();
        world.wait(&mut shared, self.id, Wait::Meeting(key.0.clone(), round))?;
        let Some(meeting) = shared.meetings.get_mut(&key) else { return Err("lost its meeting".to_owned()) };
        meeting.left += 1;
        let all = members.iter().filter_map(|member| meeting.brought.get(member).cloned()).collect();
        if meeting.left == members.len() {
            shared.meetings.remove(&key);
        }
        Ok(all)
    }

    /// Sends a message to whoever receives on the route; waits for others to be received where there is no memory for it.
    pub(crate) fn send(&self, route: Route, parcel: Vec<Vec<u8>>) -> Result<(), String> {
        let (Some(world), Some(ledger)) = (&self.world, &self.ledger) else { return Ok(()) };
        let bytes = parcel.iter().map(|tensor| tensor.len().saturating_add(TENSOR_BYTES));
        let bytes = bytes.fold(MESSAGE_BYTES, usize::saturating_add);
        let mut shared = world.shared.lock();
        let charge = loop {
            // With the messages locked: who receives one releases its bytes before it says so.
            match ledger.charge_now(bytes) {
                Ok(charge) => break charge,
                Err(exceeded) if shared.charged == 0 => return Err(exceeded.to_string()),
                Err(_) => {
                    let wait = Wait::Memory(shared.received);
                    world.wait(&mut shared, self.id, wait)?;
                }
            }
        };
        shared.charged += 1;
        shared.messages.entry(route).or_default().push_back(Message { parcel: Arc::new(parcel), charge });
        world.changed.notify_all();
        Ok(())
    }

    /// Waits for a message on a route.
    pub(crate) fn receive(&self, route: Route) -> Result<Parcel, String> {
        let channel = route.channel;
        let alone = || format!("waits for a message on channel {channel} in a program of one process");
        let world = self.world.as_ref().ok_or_else(alone)?;
        let mut shared = world.shared.lock();
        world.wait(&mut shared, self.id, Wait::Message(route))?;
        let message = shared.messages.get_mut(&route).and_then(VecDeque::pop_front);
        let Some(Message { parcel, charge }) = message else {
            return Err(format!("finds no message on channel {channel}"));
        };
        // Who waits for the device's memory is not to be woken with the messages locked.
        parking_lot::MutexGuard::unlocked(&mut shared, || drop(charge));
        shared.charged -= 1;
        shared.received += 1;
        world.changed.notify_all();
        Ok(parcel)
    }

    /// Ends the process: nobody needs to wait for it any more.
    pub(crate) fn end(&self) {
        let Some(world) = &self.world else { return };
        let mut shared = world.shared.lock();
        shared.ended[self.id] = true;
        shared.look_for_a_way_on();
        world.changed.notify_all();
    }
}

/// Ends a process, also where its program panics, so that nobody waits for it.
struct Ends<'a>(&'a Process);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// Runs what each process of a world does, on a thread of its own; gives how each ended.
pub(crate) fn run_all<'a, T: Send, R: FnOnce() -> Result<T, String> + Send>(
    runs: impl Iterator<Item = (&'a Process, R)>,
) -> Vec<Result<T, String>> {
    std::thread::scope(|scope| {
        let spawn = |(process, run): (&'a Process, R)| {
            scope.spawn(move || {
                let _ends = Ends(process);
                run()
            })
        };
        // All are begun before the first is waited for.
        let threads: Vec<_> = runs.map(spawn).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|_| Err("a process panicked".to_owned()))
        };
        threads.into_iter().map(join).collect()
    })
}

impl World {
    fn new(processes: Processes) -> Arc<World> {
        let count = processes.count();
        let shared = Shared { waits: vec![None; count], ended: vec![false; count], ..Shared::default() };
        Arc::new(World { processes, shared: Mutex::new(shared), changed: Condvar::new() })
    }

    /// Waits until what a process waits for is there.
    fn wait(
        &self,
        shared: &mut parking_lot::MutexGuard<'_, Shared>,
        id: usize,
        wait: Wait,
    ) -> Result<(), String> {
        shared.waits[id] = Some(wait.clone());
        shared.look_for_a_way_on();
        while !shared.is_there(&wait) {
            if shared.stuck {
                shared.waits[id] = None;
                self.changed.notify_all();
                return Err(match wait {
                    Wait::Meeting(occasion, _) => format!(
                        "waits for the processes {:?} in {}, but not all of them come",
                        occasion.members, occasion.operation
                    ),
                    Wait::Message(Route { channel, .. }) => {
                        format!("waits for a message on channel {channel} that nobody sends")
                    }
                    Wait::Memory(_) => format!(
                        "waits for memory that {} messages take which nobody receives; receive them, or raise the \
                         device's budget",
                        shared.charged
                    ),
                });
            }
            self.changed.wait(shared);
        }
        shared.waits[id] = None;
        Ok(())
    }
}

impl Shared {
    fn is_there(&self, wait: &Wait) -> bool {
        match wait {
            Wait::Meeting(occasion, round) => self
                .meetings
                .get(&(occasion.clone(), *round))
                .is_some_and(|meeting| meeting.brought.len() == occasion.members.len()),
            Wait::Message(route) => self.messages.get(route).is_some_and(|queue| !queue.is_empty()),
            Wait::Memory(received) => self.received > *received,
        }
    }

    /// Notes where every process has ended or waits for what is not there.
    fn look_for_a_way_on(&mut self) {
        let goes_on = |(wait, ended): (&Option<Wait>, &bool)| {
            !ended && wait.as_ref().is_none_or(|wait| self.is_there(wait))
        };
        if !self.waits.iter().zip(&self.ended).any(goes_on) {
            self.stuck = true;
        }
    }
}

#[cfg(test)]
mod tests;
