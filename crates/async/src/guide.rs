//! A guide: from the first value to gradients, errors and deadlocks.
//!
//! Each section is a program that runs. Nothing but this crate is needed.
//!
//! Chapters of their own are about [pools and budgets](pools), [services on tokio](services), [groups, cancellation and
//! deadlines](cancelling), [priorities], [diagnosing], [testing], and [coming from](coming_from) tokio, rayon, OpenMP,
//! Taskflow or oneTBB.
//!
//! # A first value
//!
//! An [`Async<T>`](crate::Async) is a handle on a value that may not be there yet. Operations on it return at once;
//! what they stand for is done by worker threads, when what it needs is there. [`wait`](crate::Async::wait) is for the
//! end, when the result is wanted.
//!
//! ```
//! use runahead_async::Async;
//! let a = Async::from(20);
//! let b = &a + 1; // a value to be
//! let c = &b * 2;
//! assert_eq!(*c.wait()?, 42);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! Operators, comparisons and functions of numbers are there ([`exp`](crate::Async::exp) and its kind), and
//! [`map`](crate::Async::map), [`zip`](crate::Async::zip) and [`then`](crate::Async::then) for everything else.
//!
//! ```
//! use runahead_async::Async;
//! let text = Async::from(String::from("12 30"));
//! let sum = text.try_map(|text| text.split(' ').map(str::parse::<i32>).sum::<Result<i32, _>>());
//! assert_eq!(*sum.wait()?, 42);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! # Order
//!
//! Values can change, and yet every run gives the same. For whoever wants access to a value *acquires* it, and that
//! happens in the order of the program: [`read`](crate::Async::read), [`write`](crate::Async::write) and
//! [`mutate`](crate::Async::mutate) take places in line. A read sees the write before it, however late it is looked at;
//! the next write waits until the reads before it are over.
//!
//! ```
//! use runahead_async::{Async, dispatch};
//! let a = Async::from(1);
//! let before = a.read();
//! dispatch(a.mutate(), |a| *a = 2);
//! let after = a.read();
//! assert_eq!(*before.wait()?, 1); // not 2, whatever ran first
//! assert_eq!(*after.wait()?, 2);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! So a program is written as if it ran line by line, and is a graph of tasks, of which all run at once that can. The
//! examples `cholesky`, `alignment` and `ising` of this crate are such programs.
//!
//! # Tasks
//!
//! [`dispatch`](crate::dispatch()) runs a closure when the turns of what it is given have come, and
//! [`compute`](crate::compute) gives what the closure returns as a value. What is given are buffers, and tuples, vectors
//! and options of them.
//!
//! ```
//! use runahead_async::{Async, compute, dispatch};
//! let parts: Vec<_> = (1..=4).map(Async::from).collect();
//! let reads: Vec<_> = parts.iter().map(|part| part.read()).collect();
//! let total = Async::new(); // not even written yet
//! dispatch((reads, total.write()), |(parts, total)| total.set(parts.into_iter().sum::<i32>()));
//! let half = compute(total.read(), |total| total / 2);
//! assert_eq!(*half.wait()?, 5);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! [`spawn`](crate::spawn()) runs a future, for work that goes back and forth between waiting and computing. Buffers are
//! futures; [`all`](crate::all) awaits several. What a future needs is best acquired before it is spawned, where the
//! order of the program is.
//!
//! ```
//! use runahead_async::{Async, Error, all, spawn};
//! let (a, b) = (Async::from(3), Async::from(4));
//! let (reads, mutate) = (all((a.read(), b.read())), b.mutate());
//! let done = spawn(async move {
//!     let (a, b) = reads.await;
//!     let sum = *a? + *b?; // the guards go here, so that the change can begin
//!     *mutate.await? = sum;
//!     Ok::<_, Error>(sum)
//! });
//! assert_eq!((*done.wait()?, *b.wait()?), (7, 7));
//! # Ok::<(), Error>(())
//! ```
//!
//! # Sums and prefixes
//!
//! [`reduce`](crate::reduce) combines many values as a tree, and [`scan`](crate::scan) gives all partial results. The
//! shape of the tree depends on the number of values alone, so a sum of floating-point numbers is the same each time.
//!
//! ```
//! use runahead_async::{Async, reduce, scan};
//! let squares: Vec<_> = (1..=10).map(|i| Async::from(i).map(|i| i * i)).collect();
//! assert_eq!(*reduce(&squares, |a, b| a + b).unwrap().wait()?, 385);
//! assert_eq!(*scan(&squares, |a, b| a + b)[2].wait()?, 14);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! # Places, parts and other forms
//!
//! * [`defer`](crate::Async::defer) reserves a write's place now, to be filled when its value is known; a
//!   [`Promise`](crate::Promise) is a value that is set once, and read before.
//! * [`view`](crate::Async::view) is a handle on a part of a value, ordered with the whole.
//! * [`copy`](crate::Async::copy), [`assign`](crate::Async::assign) and [`take`](crate::Async::take) copy and move from
//!   value to value.
//! * [`maybe`](crate::ReadBuffer::maybe) reads `None` where nothing was written,
//!   [`or_cancel`](crate::ReadBuffer::or_cancel) cancels then, and [`result`](crate::ReadBuffer::result) lets a task
//!   handle the error.
//! * [`try_read`](crate::Async::try_read) and its kind never wait.
//!
//! ```
//! use runahead_async::{Async, Promise, dispatch};
//! let matrix = Async::from(vec![0.0; 4]);
//! let corner = matrix.view(|m| &m[3], |m| &mut m[3]);
//! let factor = Promise::new();
//! dispatch((factor.value().read(), corner.mutate()), |(factor, corner)| *corner += factor);
//! let sum = matrix.map(|m| m.iter().sum::<f64>());
//! factor.set(2.5); // only now can anything of this run
//! assert_eq!(*sum.wait()?, 2.5);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! # Errors
//!
//! A task may return a `Result`, and may panic. What it was to write then has no value but an error, which says which
//! task it began in, where that was dispatched, and what it came through. Tasks that need such a value are not called,
//! and pass the error on. Nothing is lost for good: the next write heals the value.
//!
//! ```
//! use runahead_async::{Async, ErrorKind, dispatch, task};
//! let setting = Async::new();
//! task("read the setting").dispatch(setting.write(), |s| "8x".parse::<u32>().map(|n| s.set(n)));
//! let doubled = &setting * 2u32;
//! let error = doubled.wait().unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Failed);
//! assert_eq!(error.origin().name(), Some("read the setting"));
//! assert!(error.downcast_ref::<std::num::ParseIntError>().is_some());
//!
//! let lenient = dispatch_default(&setting);
//! assert_eq!(*lenient.wait()?, 4);
//! dispatch(setting.write(), |s| s.set(8));
//! assert_eq!(*setting.wait()?, 8);
//!
//! /// The setting, or four.
//! fn dispatch_default(setting: &Async<u32>) -> Async<u32> {
//!     runahead_async::compute(setting.read().result(), |setting| setting.copied().unwrap_or(4))
//! }
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! A value that is never written is an error for its readers too, of kind [`Unwritten`](crate::ErrorKind::Unwritten),
//! as soon as nobody is left who could write it: a buffer dropped, a place not filled, the last handle gone.
//!
//! # Waiting, and deadlocks
//!
//! Any thread may wait, a task too. What cannot be waited for is oneself: a thread that holds a guard, a buffer or a
//! place, and waits for what comes after it. Most of all, keep no guard of a value while waiting for a later change of
//! it.
//!
//! ```
//! use runahead_async::{Async, dispatch};
//! let a = Async::from(1);
//! let guard = a.wait()?;
//! dispatch(a.mutate(), |a| *a += 1);
//! // a.wait() here would wait for the change, which waits for the guard
//! drop(guard);
//! assert_eq!(*a.wait()?, 2);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! Such a wait does not hang where that can be noticed: when nothing can run any more it ends in an error of kind
//! [`Deadlock`](crate::ErrorKind::Deadlock), which lists who waits for what.
//!
//! ```
//! use runahead_async::{Async, Deterministic, ErrorKind, task};
//! let error = Deterministic::new(1).run(|| {
//!     let (a, b) = (Async::<i32>::new(), Async::<i32>::new());
//!     let (read_a, read_b) = (a.read(), b.read());
//!     task("left").dispatch((read_a, b.write()), |(a, b)| b.set(*a));
//!     task("right").dispatch((read_b, a.write()), |(b, a)| a.set(*b));
//!     a.wait().unwrap_err()
//! });
//! assert_eq!(error.kind(), ErrorKind::Deadlock);
//! assert!(error.to_string().contains("task left"));
//! ```
//!
//! # Several threads
//!
//! Each thread has an order of its own. Where two of them take places on the same values one by one, crosswise, each may come
//! first on one of them, and both wait for ever. [`acquire`](crate::acquire()) takes several places as one step, so that one
//! thread is before the other on all of them. Operators and assignments do so by themselves.
//!
//! ```
//! use runahead_async::{Async, acquire, dispatch};
//! let (checking, savings) = (Async::from(100), Async::from(0));
//! std::thread::scope(|threads| {
//!     threads.spawn(|| {
//!         dispatch(acquire((checking.mutating(), savings.mutating())), |(from, to)| {
//!             *from -= 30;
//!             *to += 30;
//!         });
//!     });
//!     threads.spawn(|| {
//!         dispatch(acquire((savings.reading(), checking.reading())), |(savings, checking)| {
//!             assert_eq!(savings + checking, 100);
//!         });
//!     });
//! });
//! assert_eq!((*checking.wait()?, *savings.wait()?), (70, 30));
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! # Gradients
//!
//! A [`Var`](crate::Var) is a value with a gradient. Compute with variables, say what to differentiate by
//! [`backward`](crate::Var::backward), and ask for gradients. All of it is dataflow: nothing waits, and a training loop
//! can be queued before its first step has run.
//!
//! ```
//! use runahead_async::{Async, Var};
//! let mut x = Async::from(0.0f64);
//! for _ in 0..50 {
//!     let v = Var::from(x.clone());
//!     let loss = (&v - 3.0).powi(2);
//!     loss.backward();
//!     x -= v.gradient() * 0.25;
//! }
//! assert!((*x.wait()? - 3.0).abs() < 1e-12);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! Underneath is a value that runs backwards, [`Reverse`](crate::Reverse) in its plain form: read first, and summed of
//! contributions later, in one order whoever comes first.
//!
//! A program's own types can have gradients, by [`Ring`](crate::Ring), and its own operations, by
//! [`Var::map`](crate::Var::map) and [`Var::zip`](crate::Var::zip). What complex gradients are is said at
//! [`Var`](crate::Var).
//!
//! # Testing
//!
//! [`Deterministic`](crate::Deterministic) runs a program in an order that a seed picks. A test that goes through a few
//! hundred seeds goes through as many interleavings, and repeats the one that fails.
//!
//! ```
//! use runahead_async::{Async, Deterministic};
//! for seed in 0..200 {
//!     Deterministic::new(seed).run(|| {
//!         let mut x = Async::from(1);
//!         let before = x.copy();
//!         x += &before;
//!         x *= 10;
//!         assert_eq!((*before.wait().unwrap(), *x.wait().unwrap()), (1, 20));
//!     });
//! }
//! ```

pub mod cancelling;
pub mod coming_from;
pub mod diagnosing;
pub mod pools;
pub mod priorities;
pub mod services;
pub mod testing;
