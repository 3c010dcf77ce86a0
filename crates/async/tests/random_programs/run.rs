//! Running a program on the current scheduler.

use std::pin::Pin;
use std::task::{Context, Waker};

use runahead_async::{
    Async, Defer, Error, ErrorKind, MutBuffer, MutGuard, ReadBuffer, ReadGuard, WriteBuffer, WriteGuard, all,
    dispatch, task,
};

use crate::common::nested;
use crate::program::{Await, Buffer, End, Form, Step, VALUES, Value, mix};

/// A value, or an error's kind and the name of the task where it began.
pub(crate) type Outcome = Result<u64, (ErrorKind, Option<String>)>;

/// What the tasks gave, in the order of the program, then what the values end with.
pub(crate) type Outcomes = Vec<Outcome>;

/// A task's own error.
#[derive(Debug)]
struct Fails;

impl std::fmt::Display for Fails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("fails")
    }
}

impl std::error::Error for Fails {}

type AnyError = Box<dyn std::error::Error + Send + Sync>;

/// Kept to be dropped later, or by a task's end.
enum Held {
    Read { _held: ReadBuffer<u64> },
    Write { _held: WriteBuffer<u64> },
    Mutate { _held: MutBuffer<u64> },
    ReadGuard { _held: ReadGuard<u64> },
    WriteGuard { _held: WriteGuard<u64> },
    MutGuard { _held: MutGuard<u64> },
    Place { place: Defer<u64>, fill: Option<u64> },
}

/// Lets go of what was held, and fills the places.
fn let_go(held: Vec<Held>) {
    for held in held {
        if let Held::Place { place, fill: Some(value) } = held {
            place.set(value);
        }
    }
}

pub(crate) fn run(program: &[Step]) -> Outcomes {
    let mut values: Vec<Async<u64>> = (0..VALUES).map(|v| Async::from(v as u64)).collect();
    let mut later = Vec::new();
    let mut seen = Vec::new();
    for (number, step) in program.iter().enumerate() {
        let task = task(number.to_string());
        let number = number as u64;
        match step {
            Step::Write(v, constant) => {
                let constant = *constant;
                task.dispatch(values[*v].write(), move |x| {
                    if let Some(constant) = constant {
                        x.set(constant);
                    }
                });
            }
            Step::Mutate(v) => task.dispatch(values[*v].mutate(), move |x| *x = mix(*x, number)),
            Step::Zip { a, b, out } => {
                let accesses = (values[*a].read(), values[*b].read(), values[*out].write());
                task.dispatch(accesses, |(a, b, out)| out.set(mix(*a, *b)));
            }
            Step::Fail(v) => task.dispatch(values[*v].write(), |_| Err::<(), _>(Fails)),
            Step::Panic(v) => task.dispatch(values[*v].mutate(), |x| {
                *x = 0;
                assert!(*x > 0, "meant");
            }),
            Step::Drop { value, buffer, later: keep, polled } => {
                let held = acquire(&values[*value], *buffer, *polled);
                if *keep {
                    later.push(held);
                }
            }
            Step::Renew(v, constant, read) => {
                let new = Async::new();
                if *read {
                    let early = new.read();
                    seen.push(task.spawn(async move { Ok::<_, Error>(*early.await?) }));
                }
                match *constant {
                    Some(constant) => dispatch(new.write(), move |x| x.set(constant)),
                    None => drop(new.write()),
                }
                values[*v] = new;
            }
            Step::Spawn(awaits, end) => seen.push(spawn(&values, task, number, awaits, *end)),
            Step::Nested { read, out, depth } => {
                let (read, depth) = (values[*read].read(), *depth);
                task.dispatch(values[*out].write(), move |out| {
                    let leaves = nested(depth);
                    out.set(mix(*read.wait()?, leaves));
                    Ok::<_, Error>(())
                });
            }
            Step::Read { from, form, out } => {
                let (from, out) = (&values[*from], values[*out].write());
                match form {
                    Form::Maybe => task.dispatch((from.read().maybe(), out), move |(x, out)| {
                        out.set(x.map_or(number, |x| mix(*x, number)));
                    }),
                    Form::OrCancel => {
                        task.dispatch((from.read().or_cancel(), out), move |(x, out)| {
                            out.set(mix(*x, number))
                        });
                    }
                    Form::Result => task.dispatch((from.read().result(), out), move |(x, out)| {
                        out.set(x.map_or(number, |x| mix(*x, number)));
                    }),
                    Form::View => {
                        let view = from.view(|x| x, |x| x);
                        task.dispatch((view.read(), out), move |(x, out)| out.set(mix(*x, number)));
                    }
                }
            }
            Step::Move { from, to } => {
                let accesses = (values[*from].write(), values[*to].write());
                task.dispatch(accesses, |(from, to)| from.take().map(|x| to.set(x)));
            }
            Step::Fresh { from, to, moved } => {
                values[*to] = if *moved { values[*from].take() } else { values[*from].copy() };
            }
            Step::Assign { from, to } => values[*to].assign(&values[*from]),
            Step::Defer { value, fill, later: keep } => {
                let held = Held::Place { place: values[*value].defer(), fill: *fill };
                if *keep {
                    later.push(held);
                } else {
                    let_go(vec![held]);
                }
            }
            Step::All(several) => {
                let reads = all(several.iter().map(|v| values[*v].read()).collect::<Vec<_>>());
                seen.push(task.spawn(async move {
                    let read = reads.await.into_iter();
                    read.into_iter().try_fold(number, |sum, x| Ok::<_, Error>(mix(sum, *x?)))
                }));
            }
            Step::Try(v) => {
                drop(values[*v].try_read());
                drop(values[*v].try_write());
                drop(values[*v].try_mutate());
            }
            Step::Wait(v) => {
                // What this thread holds may be what the value waits for.
                let_go(std::mem::take(&mut later));
                let seen_now = Async::new();
                let write = seen_now.write();
                match values[*v].wait() {
                    Ok(value) => write.wait().unwrap().set(*value),
                    Err(error) => dispatch(write, move |_| Err::<(), _>(error)),
                }
                seen.push(seen_now);
            }
        }
    }
    let_go(later);
    seen.extend(values);
    seen.into_iter().map(|value| outcome(&value)).collect()
}

fn outcome(value: &Async<u64>) -> Outcome {
    match value.wait() {
        Ok(value) => Ok(*value),
        Err(error) => Err((error.kind(), error.origin().name().map(str::to_owned))),
    }
}

fn acquire(value: &Async<u64>, buffer: Buffer, polled: bool) -> Held {
    /// Where the buffer is ready already its guard is dropped at once, which is the same, only earlier.
    fn with<B: Future + Unpin>(mut buffer: B, polled: bool) -> B {
        if polled {
            drop(Pin::new(&mut buffer).poll(&mut Context::from_waker(Waker::noop())));
        }
        buffer
    }
    match buffer {
        Buffer::Read => Held::Read { _held: with(value.read(), polled) },
        Buffer::Write => Held::Write { _held: with(value.write(), polled) },
        Buffer::Cancelling => Held::Write { _held: with(value.write().cancel_if_unwritten(), polled) },
        Buffer::Mutate => Held::Mutate { _held: with(value.mutate(), polled) },
    }
}

enum Awaited {
    Read { buffer: ReadBuffer<u64>, keep: bool },
    Mutate { buffer: MutBuffer<u64>, keep: bool, release: bool },
    Write { buffer: WriteBuffer<u64>, keep: bool, set: bool },
}

fn spawn(
    values: &[Async<u64>],
    task: runahead_async::TaskBuilder<'_>,
    number: u64,
    awaits: &[(Value, Await)],
    end: End,
) -> Async<u64> {
    // Acquired in another order than awaited.
    let mut accesses: Vec<_> = awaits
        .iter()
        .rev()
        .map(|(v, what)| match *what {
            Await::Read { keep, clone } => {
                let buffer = values[*v].read();
                Awaited::Read { buffer: if clone { buffer.clone() } else { buffer }, keep }
            }
            Await::Mutate { keep, release } => Awaited::Mutate { buffer: values[*v].mutate(), keep, release },
            Await::Write { keep, set } => Awaited::Write { buffer: values[*v].write(), keep, set },
        })
        .collect();
    accesses.reverse();
    task.spawn(async move {
        let mut sum = number;
        let mut held = Vec::new();
        for access in accesses {
            match access {
                Awaited::Read { buffer, keep } => {
                    let guard = buffer.await?;
                    sum = mix(sum, *guard);
                    if keep {
                        held.push(Held::ReadGuard { _held: guard });
                    }
                }
                Awaited::Mutate { buffer, keep, release } => {
                    let mut guard = buffer.await?;
                    *guard = mix(*guard, sum);
                    sum = mix(sum, *guard);
                    if release {
                        guard.release();
                    } else if keep {
                        held.push(Held::MutGuard { _held: guard });
                    }
                }
                Awaited::Write { buffer, keep, set } => {
                    let mut guard = buffer.await?;
                    if set {
                        guard.set(sum);
                    }
                    if keep {
                        held.push(Held::WriteGuard { _held: guard });
                    }
                }
            }
        }
        match end {
            End::Well => Ok::<_, AnyError>(sum),
            End::Fails => Err(Fails.into()),
            End::Panics => panic!("meant"),
        }
    })
}
