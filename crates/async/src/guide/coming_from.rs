//! Coming from tokio, rayon, OpenMP tasks, Taskflow or oneTBB.
//!
//! # tokio
//!
//! | there | here |
//! |---|---|
//! | `tokio::spawn(future)` | [`spawn`](crate::spawn()); the result is an [`Async`](crate::Async), which many may read |
//! | `JoinHandle` | `Async<T>` |
//! | `oneshot::channel` | [`Promise`](crate::Promise) |
//! | `RwLock<T>` | `Async<T>`: places are in program order, and waiting costs no thread |
//! | `JoinSet`, `TaskTracker` | [`Group`](crate::Group) |
//! | `CancellationToken` | [`CancelToken`](crate::CancelToken), with deadlines |
//! | `Semaphore` around spawning | [`max_tasks`](crate::PoolBuilder::max_tasks) |
//! | `spawn_blocking` | [`dispatch`](crate::dispatch()) on a [`Pool`](crate::Pool) |
//!
//! Tasks can run on the tokio runtime itself: see [services](super::services).
//!
//! # rayon
//!
//! | there | here |
//! |---|---|
//! | `join(a, b)` | two `dispatch`es and [`all`](crate::all()) |
//! | `scope` | [`Group::scope`](crate::Group::scope) |
//! | `(0..n).into_par_iter().for_each(f)` | [`parallel_for(n, &f)`](crate::parallel_for) |
//! | `reduce` | [`reduce`](crate::reduce()), whose tree does not depend on the schedule |
//!
//! rayon's closures borrow from the stack, and the call waits. Tasks here own what they need, and nobody waits, so the next
//! step begins before the last one has ended everywhere.
//!
//! # OpenMP tasks
//!
//! ```
//! use runahead_async::{Async, dispatch};
//! let (x, y) = (Async::from(1), Async::new());
//! // #pragma omp task depend(inout: x)
//! dispatch(x.mutate(), |x| *x += 1);
//! // #pragma omp task depend(in: x) depend(out: y)
//! dispatch((x.read(), y.write()), |(x, y)| y.set(x * 10));
//! // #pragma omp taskwait
//! assert_eq!(*y.wait()?, 20);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! `depend(in)`, `depend(out)` and `depend(inout)` are `read`, `write` and `mutate`; `priority` is
//! [`priority`](crate::TaskBuilder::priority), `taskgroup` a [`Group`](crate::Group), `if(0)`
//! [`here`](crate::TaskBuilder::here). A dependency is on a value, not on an address, and the compiler checks that a task
//! touches nothing else. Several threads may submit: dependencies that are to be taken as one step are
//! [acquired](crate::acquire()) together.
//!
//! # Taskflow
//!
//! | there | here |
//! |---|---|
//! | `taskflow.emplace(f)` | `dispatch(…, f)`, which runs as soon as it can |
//! | `a.precede(b)` | `b` reads what `a` writes |
//! | `executor.run(taskflow).wait()` | [`wait`](crate::Async::wait) for the value that you need |
//! | `Executor(n)` | [`Pool::new(n)`](crate::Pool::new) |
//! | `Semaphore` | [`max_tasks`](crate::PoolBuilder::max_tasks), or a value that all mutate |
//! | `taskflow.dump` | [`Recording::to_dot`](crate::Recording::to_dot) |
//!
//! A graph is not built first and run later: submitting is building, and it overlaps with running.
//!
//! # oneTBB
//!
//! | there | here |
//! |---|---|
//! | `task_group` | [`Group`](crate::Group) |
//! | `task_arena` | [`Pool`](crate::Pool) |
//! | `parallel_for` | [`parallel_for`](crate::parallel_for) |
//! | `flow::continue_node`, `make_edge` | `dispatch` on the values that the edges carried |
//! | `flow::limiter_node` | [`max_tasks`](crate::PoolBuilder::max_tasks) |
//! | `task_group_context::cancel_group_execution` | [`Group::cancel`](crate::Group::cancel) |
