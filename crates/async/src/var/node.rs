//! The graph behind variables: what has been contributed to whose gradient, and what is to be done with it.
//!
//! Each use of a variable reserves a [`Contribution`] to its gradient, in program order. A variable's node is *closed*
//! when nobody can use it any more, because its handles are gone, or because the gradient of something that it was made
//! of is asked for. When it is closed and all contributions have been delivered it *settles*: they are summed, in the
//! order in which they were reserved, and the operation that made the variable goes backwards, which delivers
//! contributions in turn.
//!
//! The first node that an operation settles goes on in the same task, so a chain runs backwards without a task for each
//! link; others get tasks of their own. What comes to nothing, because nothing was seeded, needs no task at all.
//!
//! Nothing here recurses: steps backwards go through a list, and operations that come to nothing are dropped
//! [flat](crate::contain).

use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

use parking_lot::{Mutex, MutexGuard};
use smallvec::SmallVec;

use crate::access::WriteBuffer;
use crate::access::fill;
use crate::contain;
use crate::error::{Error, ErrorKind, Place};
use crate::scalar::Ring;
use crate::task::TaskBuilder;
use crate::value::{Async, Slot};

pub(super) struct Node<T: Ring> {
    pub(super) value: Async<T>,
    pub(super) made_at: &'static Location<'static>,
    /// Variables that are handles on this node.
    handles: AtomicUsize,
    state: Mutex<State<T>>,
}

struct State<T: Ring> {
    open: bool,
    /// Whether all that were made of this node have been closed.
    walked: bool,
    /// Contributions that have not been delivered, and one more while the node is open.
    pending: usize,
    contributions: SmallVec<[Contributed<T>; 1]>,
    /// The operation that made the variable, until it goes backwards.
    made_by: Option<Box<dyn Operation<T>>>,
    /// What it goes backwards with, from when the node has settled until then.
    total: Option<Result<T, Error>>,
    /// None where it is not asked for; boxed, since that is what most nodes have.
    gradient: Option<Box<Gradient<T>>>,
}

enum Contributed<T> {
    /// Reserved, by a node that was made of this one or by a seed.
    Reserved(Option<Weak<dyn Step>>),
    Absent,
    Value(T),
    Failed(Error),
}

/// The gradient as the program asks for it.
enum Gradient<T: Ring> {
    Asked {
        value: Async<T>,
        write: WriteBuffer<T>,
    },
    /// Not asked for, and settled; none where nothing was contributed.
    Settled(Result<Option<T>, Error>),
    Given(Async<T>),
}

/// How an operation goes backwards. Dropped instead, it contributes nothing.
pub(super) trait Operation<T>: Send {
    /// Delivers contributions, now or when the values that it needs are there.
    fn backward(self: Box<Self>, gradient: Result<T, Error>, ready: &mut Ready);
}

/// Nodes that have settled, whose operations are to go backwards.
pub(super) type Ready = Vec<Arc<dyn Step>>;

/// A node of whatever type.
pub(super) trait Step: Send + Sync {
    /// Has the operation go backwards.
    fn step(&self, ready: &mut Ready);

    /// Closes the node; adds those that were made of it to `users`.
    fn close(self: Arc<Self>, users: &mut Vec<Arc<dyn Step>>, ready: &mut Ready);
}

/// Has operations go backwards, in a task.
pub(super) fn run(mut ready: Ready) {
    while let Some(node) = ready.pop() {
        launch(&mut ready);
        node.step(&mut ready);
    }
}

/// Gives a task to each operation that is to go backwards.
pub(super) fn launch(ready: &mut Ready) {
    for node in ready.drain(..) {
        TaskBuilder::new(Location::caller()).dispatch((), move |()| run(vec![node]));
    }
}

/// Closes a node and all that were made of it.
pub(super) fn close_all(node: Arc<dyn Step>) {
    let (mut open, mut ready) = (vec![node], Ready::new());
    while let Some(node) = open.pop() {
        node.close(&mut open, &mut ready);
    }
    launch(&mut ready);
}

impl<T: Ring> Node<T> {
    /// A node with one handle on it.
    pub(super) fn new(
        value: Async<T>,
        made_by: Option<Box<dyn Operation<T>>>,
        made_at: &'static Location<'static>,
    ) -> Node<T> {
        let state = State {
            open: true,
            walked: false,
            pending: 1,
            contributions: SmallVec::new(),
            made_by,
            total: None,
            gradient: None,
        };
        Node { value, made_at, handles: AtomicUsize::new(1), state: Mutex::new(state) }
    }

    pub(super) fn add_handle(&self) {
        self.handles.fetch_add(1, Ordering::Relaxed);
    }

    /// Gives up a handle; the last one closes the node.
    pub(super) fn drop_handle(self: &Arc<Self>) {
        if self.handles.fetch_sub(1, Ordering::AcqRel) == 1 {
            let mut ready = Ready::new();
            self.close_now(self.state.lock(), &mut ready);
            launch(&mut ready);
        }
    }

    /// Reserves a contribution, of a node that is made of this one or of a seed.
    ///
    /// # Panics
    /// Where the node is closed.
    #[track_caller]
    pub(super) fn contribution(
        self: &Arc<Self>,
        user: Option<Weak<dyn Step>>,
        used_at: &'static Location<'static>,
    ) -> Contribution<T> {
        let mut state = self.state.lock();
        if !state.open {
            drop(state);
            panic!(
                "the variable made at {} is used at {used_at}, after its gradient, or that of something it was made of, \
                 was asked for; ask for gradients last, or by `gradient_later`",
                self.made_at
            );
        }
        state.pending += 1;
        state.contributions.push(Contributed::Reserved(user));
        let index = u32::try_from(state.contributions.len() - 1).expect("fewer uses than four billion");
        Contribution { node: Arc::clone(self), index, delivered: false }
    }

    /// Where the gradient will be.
    pub(super) fn gradient(&self) -> Async<T> {
        let mut state = self.state.lock();
        if let Some(Gradient::Asked { value, .. } | Gradient::Given(value)) = state.gradient.as_deref() {
            return value.clone();
        }
        let value = Async::new_at(self.made_at);
        let write = value.write();
        match state.gradient.take().map(|gradient| *gradient) {
            Some(Gradient::Settled(total)) => {
                state.gradient = Some(Box::new(Gradient::Given(value.clone())));
                drop(state);
                self.give(total, write);
            }
            _ => state.gradient = Some(Box::new(Gradient::Asked { value: value.clone(), write })),
        }
        value
    }

    /// Writes the gradient.
    fn give(&self, total: Result<Option<T>, Error>, write: WriteBuffer<T>) {
        match total {
            Ok(Some(total)) => fill(write, Slot::Value(total)),
            Err(error) => fill(write, Slot::Failed(error)),
            Ok(None) => TaskBuilder::new(self.made_at)
                .dispatch((self.value.read(), write), |(value, write)| write.set(value.zero_like())),
        }
    }

    fn close_now(self: &Arc<Self>, mut state: MutexGuard<'_, State<T>>, ready: &mut Ready) {
        if std::mem::replace(&mut state.open, false) {
            self.less_pending(state, ready);
        }
    }

    /// Counts one less that is pending. With none left, the node settles.
    fn less_pending(self: &Arc<Self>, mut state: MutexGuard<'_, State<T>>, ready: &mut Ready) {
        state.pending -= 1;
        if state.pending > 0 {
            return;
        }
        let contributions = std::mem::take(&mut state.contributions);
        // Unlocked, since the additions are a program's own, and so are destructors.
        drop(state);
        let total = contained(|| sum(contributions), self.made_at).and_then(|total| total);
        let mut state = self.state.lock();
        let mut write = None;
        match state.gradient.take().map(|gradient| *gradient) {
            Some(Gradient::Asked { value, write: asked }) => {
                state.gradient = Some(Box::new(Gradient::Given(value)));
                write = Some((asked, total.clone()));
            }
            // It may be asked for later.
            _ if self.handles.load(Ordering::Acquire) > 0 => {
                state.gradient = Some(Box::new(Gradient::Settled(total.clone())));
            }
            _ => {}
        }
        let mut nothing = None;
        match (total.transpose(), state.made_by.is_some()) {
            (Some(total), true) => {
                state.total = Some(total);
                ready.push(self.clone());
            }
            _ => nothing = state.made_by.take(),
        }
        drop(state);
        if let Some((write, total)) = write {
            self.give(total, write);
        }
        contain::dispose(nothing);
    }
}

/// What a program's own function gives, or the error that it panicked.
pub(super) fn contained<R>(f: impl FnOnce() -> R, made_at: &'static Location<'static>) -> Result<R, Error> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|payload| Error::from_panic(payload, Place::new(None, made_at)))
}

impl<T: Ring> Step for Node<T> {
    fn step(&self, ready: &mut Ready) {
        let mut state = self.state.lock();
        let (made_by, total) = (state.made_by.take(), state.total.take());
        drop(state);
        if let (Some(made_by), Some(total)) = (made_by, total) {
            made_by.backward(total, ready);
        }
    }

    fn close(self: Arc<Self>, users: &mut Vec<Arc<dyn Step>>, ready: &mut Ready) {
        let mut state = self.state.lock();
        // A node that is closed, because its handles are gone, may have been used to make others that are not.
        if !std::mem::replace(&mut state.walked, true) {
            users.extend(state.contributions.iter().filter_map(|contribution| match contribution {
                Contributed::Reserved(Some(user)) => user.upgrade(),
                _ => None,
            }));
        }
        self.close_now(state, ready);
    }
}

/// The sum of what is there, in order; none where nothing is.
fn sum<T: Ring>(contributions: impl IntoIterator<Item = Contributed<T>>) -> Result<Option<T>, Error> {
    let mut total = None;
    for contribution in contributions {
        total = match (contribution, total) {
            (Contributed::Failed(error), _) => return Err(error),
            (Contributed::Value(value), None) => Some(value),
            (Contributed::Value(value), Some(total)) => Some(total + &value),
            (Contributed::Absent | Contributed::Reserved(_), total) => total,
        };
    }
    Ok(total)
}

/// A place in the sum that is a gradient. Dropped undelivered, it is absent.
pub(super) struct Contribution<T: Ring> {
    node: Arc<Node<T>>,
    index: u32,
    delivered: bool,
}

impl<T: Ring> Contribution<T> {
    pub(super) fn deliver(mut self, value: Result<Option<T>, Error>, ready: &mut Ready) {
        self.put(
            match value {
                Ok(Some(value)) => Contributed::Value(value),
                Err(error) if error.kind() != ErrorKind::Cancelled => Contributed::Failed(error),
                _ => Contributed::Absent,
            },
            ready,
        );
    }

    fn put(&mut self, contributed: Contributed<T>, ready: &mut Ready) {
        self.delivered = true;
        let mut state = self.node.state.lock();
        state.contributions[self.index as usize] = contributed;
        self.node.less_pending(state, ready);
    }
}

impl<T: Ring> Drop for Contribution<T> {
    fn drop(&mut self) {
        if !self.delivered {
            let mut ready = Ready::new();
            self.put(Contributed::Absent, &mut ready);
            launch(&mut ready);
        }
    }
}
