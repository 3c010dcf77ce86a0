//! Operations with one or two arguments, as they go backwards.

use std::panic::Location;
use std::sync::{Arc, Weak};

use crate::access::ReadBuffer;
use crate::error::{Error, Place};
use crate::scalar::Ring;
use crate::task::TaskBuilder;
use crate::value::Async;
use crate::var::node::{Contribution, Node, Operation, Ready, contained, run};

/// `y = f(x)`.
struct Unary<T: Ring, U: Ring, B> {
    x: ReadBuffer<T>,
    y: ReadBuffer<U>,
    to_x: Contribution<T>,
    backward: B,
    made_at: &'static Location<'static>,
}

/// `z = f(x, y)`.
struct Binary<T: Ring, U: Ring, B> {
    x: ReadBuffer<T>,
    y: ReadBuffer<U>,
    to_x: Contribution<T>,
    to_y: Contribution<U>,
    backward: B,
    made_at: &'static Location<'static>,
}

/// A node for `f(x)`.
///
/// # Panics
/// Where `x` is closed.
#[track_caller]
pub(super) fn unary<T: Ring, U: Ring>(
    x: &Arc<Node<T>>,
    forward: impl FnOnce(&T) -> U + Send + 'static,
    backward: impl FnOnce(&U, &T, &U) -> T + Send + 'static,
) -> Arc<Node<U>> {
    let made_at = Location::caller();
    Arc::new_cyclic(|result: &Weak<Node<U>>| {
        let to_x = x.contribution(Some(result.clone()), made_at);
        let (x, value) = (x.value.read(), Async::new_at(made_at));
        TaskBuilder::new(made_at).dispatch((x.clone(), value.write()), |(x, y)| y.set(forward(x)));
        let y = value.read();
        Node::new(value, Some(Box::new(Unary { x, y, to_x, backward, made_at })), made_at)
    })
}

/// A node for `f(x, y)`.
///
/// # Panics
/// Where `x` or `y` is closed.
#[track_caller]
pub(super) fn binary<T: Ring, U: Ring, V: Ring>(
    x: &Arc<Node<T>>,
    y: &Arc<Node<U>>,
    forward: impl FnOnce(&T, &U) -> V + Send + 'static,
    backward: impl FnOnce(&V, &T, &U) -> (T, U) + Send + 'static,
) -> Arc<Node<V>> {
    let made_at = Location::caller();
    Arc::new_cyclic(|result: &Weak<Node<V>>| {
        let (to_x, to_y) =
            (x.contribution(Some(result.clone()), made_at), y.contribution(Some(result.clone()), made_at));
        let (x, y, value) = (x.value.read(), y.value.read(), Async::new_at(made_at));
        let accesses = (x.clone(), y.clone(), value.write());
        TaskBuilder::new(made_at).dispatch(accesses, |(x, y, z)| z.set(forward(x, y)));
        Node::new(value, Some(Box::new(Binary { x, y, to_x, to_y, backward, made_at })), made_at)
    })
}

/// Calls `now` with what the buffers give, where that is there; else dispatches a task that does, and then has further
/// operations go backwards.
fn with_values<T: Ring, U: Ring>(
    mut x: ReadBuffer<T>,
    mut y: ReadBuffer<U>,
    made_at: &'static Location<'static>,
    ready: &mut Ready,
    then: impl FnOnce(Result<&T, Error>, Result<&U, Error>, &mut Ready) + Send + 'static,
) {
    if x.is_ready()
        && y.is_ready()
        && let (Some(x), Some(y)) = (x.try_read(), y.try_read())
    {
        return then(x.as_deref().map_err(Error::clone), y.as_deref().map_err(Error::clone), ready);
    }
    TaskBuilder::new(made_at).dispatch((x.result(), y.result()), |(x, y)| {
        let mut ready = Ready::new();
        then(x, y, &mut ready);
        run(ready);
    });
}

impl<T, U, B> Operation<U> for Unary<T, U, B>
where
    T: Ring,
    U: Ring,
    B: FnOnce(&U, &T, &U) -> T + Send + 'static,
{
    fn backward(self: Box<Self>, gradient: Result<U, Error>, ready: &mut Ready) {
        let Unary { x, y, to_x, backward, made_at } = *self;
        let gradient = match gradient {
            Ok(gradient) => gradient,
            Err(error) => return to_x.deliver(Err(passed(error, made_at)), ready),
        };
        with_values(x, y, made_at, ready, move |x, y, ready| {
            let value = x.and_then(|x| {
                let y = y?;
                contained(|| backward(&gradient, x, y), made_at)
            });
            to_x.deliver(value.map(Some).map_err(|error| passed(error, made_at)), ready);
        });
    }
}

impl<T, U, V, B> Operation<V> for Binary<T, U, B>
where
    T: Ring,
    U: Ring,
    V: Ring,
    B: FnOnce(&V, &T, &U) -> (T, U) + Send + 'static,
{
    fn backward(self: Box<Self>, gradient: Result<V, Error>, ready: &mut Ready) {
        let Binary { x, y, to_x, to_y, backward, made_at } = *self;
        let deliver = move |values: Result<(T, U), Error>, ready: &mut Ready| match values {
            Ok((x, y)) => {
                to_x.deliver(Ok(Some(x)), ready);
                to_y.deliver(Ok(Some(y)), ready);
            }
            Err(error) => {
                let error = passed(error, made_at);
                to_x.deliver(Err(error.clone()), ready);
                to_y.deliver(Err(error), ready);
            }
        };
        let gradient = match gradient {
            Ok(gradient) => gradient,
            Err(error) => return deliver(Err(error), ready),
        };
        with_values(x, y, made_at, ready, move |x, y, ready| {
            let values = x.and_then(|x| {
                let y = y?;
                contained(|| backward(&gradient, x, y), made_at)
            });
            deliver(values, ready);
        });
    }
}

/// An error that goes backwards through an operation.
fn passed(error: Error, made_at: &'static Location<'static>) -> Error {
    error.passed(Place::new(None, made_at))
}
