//! Diagnosing: snapshots, reports of deadlocks, graphs and timelines.
//!
//! A pool knows what its tasks do if it has a [registry](crate::PoolBuilder::registry). That costs some hundred nanoseconds a
//! task, so it is off by default. The environment variable `RUNAHEAD_REGISTRY=1` turns it on for a program that is built
//! already.
//!
//! # A program that hangs
//!
//! Take a [`snapshot`](crate::Pool::snapshot): the live tasks, what each waits for, and who is to write that.
//!
//! ```
//! use runahead_async::{Async, Pool};
//! let pool = Pool::builder().workers(1).registry(true).build();
//! let (input, output) = (Async::<i32>::new(), Async::<i32>::new());
//! pool.task("copy").dispatch((input.read(), output.write()), |(x, y)| y.set(*x));
//! let text = pool.snapshot().to_string();
//! // 1 tasks
//! //   copy (src/main.rs:4:6): waiting
//! //     waits to read the value made at src/main.rs:3:23, which no waiting task is to write
//! assert!(text.contains("copy (") && text.contains("which no waiting task is to write"), "{text}");
//! ```
//!
//! # A deadlock
//!
//! When all threads wait, each wait ends in an error of kind [`Deadlock`](crate::ErrorKind::Deadlock). Its text lists the
//! threads that block and the tasks that wait, and names those that wait for each other in a circle, each with what it
//! holds:
//!
//! ```text
//! nothing can run, and what src/main.rs:9:6 waits for cannot come: 1 threads block
//!   blocked in src/main.rs:9:6
//!     waits to read the value made at src/main.rs:2:17, which task behind (src/main.rs:8:5) is to write
//! 2 tasks wait for each other in a circle
//!   task left (src/main.rs:6:5)
//!     holds the value made at src/main.rs:2:17, to write it
//!     waits to write the value made at src/main.rs:3:17, after task right (src/main.rs:7:5)
//!   task right (src/main.rs:7:5)
//!     holds the value made at src/main.rs:3:17, to write it
//!     waits to write the value made at src/main.rs:2:17, after task left (src/main.rs:6:5)
//! ```
//!
//! Read it from the circle: `left` took its place on the first value before `right` did, and on the second one after it. So
//! the places were taken crosswise, and the cure is [`acquire`](crate::acquire()). Where a pool has no registry the report says
//! how many tasks it could not list. The other causes are a guard that is kept while waiting, a place that is never filled,
//! and a task that waits for its own result.
//!
//! Deadlocks are noticed on Linux, when no thread of the process is left that could go on. A thread that sleeps in another
//! library may hold a buffer for all that is known, so while one lives no deadlock is called.
//!
//! # What depends on what, and when it ran
//!
//! A [`Recording`](crate::Recording) is a whole run. [`to_dot`](crate::Recording::to_dot) gives its graph for Graphviz:
//!
//! ```text
//!   +--------+  data   +--------+   read, then written   +--------+
//!   | load   | ------> | solve  | - - - - - - - - - - -> | reload |
//!   +--------+         +--------+                        +--------+
//! ```
//!
//! [`to_chrome_trace`](crate::Recording::to_chrome_trace) gives its timeline for Perfetto, a row for each worker:
//!
//! ```text
//!   worker 1  [load ][solve        ][reload]
//!   worker 2         [check ]       [report   ]
//! ```
//!
//! A row with gaps means that the program has less to do at once than there are workers; long chains of short tasks, that the
//! tasks are too small.
//!
//! ```
//! use runahead_async::{Async, Pool};
//! let pool = Pool::builder().workers(2).registry(true).build();
//! pool.start_recording();
//! let a = Async::from(1);
//! pool.task("double").dispatch(a.mutate(), |a| *a *= 2);
//! pool.task("show").dispatch(a.read(), |a| assert_eq!(*a, 2));
//! pool.wait_idle()?;
//! let recording = pool.take_recording();
//! assert_eq!(recording.dependencies().len(), 1);
//! assert!(recording.to_dot().contains("double") && recording.to_chrome_trace().contains("show"));
//! # Ok::<(), runahead_async::Error>(())
//! ```
