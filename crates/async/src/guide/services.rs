//! Services on tokio: what may block, and what never does.
//!
//! With the feature `tokio`, tasks run on the workers of a tokio runtime. Buffers are futures, so a handler awaits them as
//! anything else.
//!
#![cfg_attr(feature = "tokio", doc = "```")]
#![cfg_attr(not(feature = "tokio"), doc = "```ignore")]
//! use std::sync::Arc;
//! use std::time::{Duration, Instant};
//! use runahead_async::{Async, Attached, Error, TokioScheduler, acquire};
//!
//! /// A model that requests read and that is replaced now and then.
//! struct Service {
//!     tasks: Attached<TokioScheduler>,
//!     model: Async<Vec<f64>>,
//!     served: Async<u64>,
//! }
//!
//! impl Service {
//!     /// Handles a request: at most two seconds, and not after the client has gone.
//!     async fn predict(&self, x: f64) -> Result<f64, Error> {
//!         let answer = Async::new();
//!         let places = acquire((self.model.reading(), self.served.mutating(), answer.writing()));
//!         self.tasks
//!             .task("predict")
//!             .deadline(Instant::now() + Duration::from_secs(2))
//!             .while_wanted()
//!             .dispatch(places, move |(model, served, answer)| {
//!                 *served += 1;
//!                 answer.set(model.iter().rev().fold(0.0, |sum, c| sum * x + c));
//!             });
//!         Ok(*answer.read().await?)
//!     }
//!
//!     /// Requests that came before use the old model, those that come after the new one. Nobody waits.
//!     fn replace(&self, model: Vec<f64>) {
//!         self.tasks.task("replace").dispatch(self.model.write(), move |slot| slot.set(model));
//!     }
//! }
//!
//! let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
//! let service = Arc::new(Service {
//!     tasks: Attached::tokio(runtime.handle().clone()),
//!     model: Async::from(vec![1.0, 2.0]),
//!     served: Async::from(0),
//! });
//! runtime.block_on(async {
//!     let requests: Vec<_> = (0..100)
//!         .map(|i| {
//!             let service = Arc::clone(&service);
//!             tokio::spawn(async move { service.predict(f64::from(i)).await })
//!         })
//!         .collect();
//!     for (i, request) in requests.into_iter().enumerate() {
//!         assert_eq!(request.await.unwrap().unwrap(), 1.0 + 2.0 * i as f64);
//!     }
//!     service.replace(vec![5.0]);
//!     assert_eq!(service.predict(3.0).await.unwrap(), 5.0);
//!     assert_eq!(*service.served.read().await.unwrap(), 101);
//! });
#![doc = "```"]
//!
//! # What may block
//!
//! | call | blocks? | in a handler, use |
//! |---|---|---|
//! | `read`, `write`, `mutate`, [`acquire`](crate::acquire()) | never | |
//! | `dispatch`, `spawn` | only on a pool whose budget is spent | [`admitted`](crate::TaskBuilder::admitted) |
//! | `try_read`, `try_write`, `is_ready` | never | |
//! | `set`, `fail` and `set_from` of a [`Promise`](crate::Promise) or place | never | |
//! | dropping a buffer, guard or handle | never | |
//! | [`wait`](crate::Async::wait), [`Group::wait`](crate::Group::wait), `wait_idle` | until it is there | `.await` |
//! | dropping a [`Pool`](crate::Pool) | until its threads have ended | `spawn_blocking` |
//! | a closure that computes | other tasks, where there are as many as the runtime has workers | a [`Pool`](crate::Pool) |
//!
//! A closure that computes for long does not keep the runtime's own futures waiting: they go on on another thread meanwhile.
//! It does take a core. Where handlers must answer within a millisecond, let a [`Pool`](crate::Pool) of fewer workers than
//! there are cores compute, and await the results: wakers cross between the two by themselves. Where a task blocks in
//! `wait`, another thread takes its worker's place.
//!
//! # Shutting down
//!
//! Dropping an [`Attached`](crate::Attached), or the runtime itself, cancels what has not begun: each value that was to be
//! written gets an error of kind [`Cancelled`](crate::ErrorKind::Cancelled), so everybody who waits is told. The scheduler is
//! freed when its last task has ended.
