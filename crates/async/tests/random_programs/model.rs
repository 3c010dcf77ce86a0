//! What a program does, one step after another.

use runahead_async::ErrorKind;

use crate::program::{Await, Buffer, End, Form, Step, VALUES, Value, mix};
use crate::run::{Outcome, Outcomes};

fn failed(kind: ErrorKind, step: usize) -> Outcome {
    Err((kind, Some(step.to_string())))
}

fn unwritten() -> Outcome {
    Err((ErrorKind::Unwritten, None))
}

/// What a value holds: nothing where nothing was written, or what was written was moved out.
type Slot = Option<Outcome>;

/// What a task reads.
fn read(slot: &Slot) -> Outcome {
    slot.clone().unwrap_or_else(unwritten)
}

pub(crate) fn run(program: &[Step]) -> Outcomes {
    let mut values: Vec<Slot> = (0..VALUES).map(|v| Some(Ok(v as u64))).collect();
    let mut seen = Vec::new();
    for (number, step) in program.iter().enumerate() {
        let task = number as u64;
        match step {
            Step::Write(v, constant) => {
                if let Some(constant) = constant {
                    values[*v] = Some(Ok(*constant));
                }
            }
            Step::Mutate(v) => values[*v] = Some(read(&values[*v]).map(|x| mix(x, task))),
            Step::Zip { a, b, out } => {
                values[*out] = Some(read(&values[*a]).and_then(|a| Ok(mix(a, read(&values[*b])?))));
            }
            Step::Fail(v) => values[*v] = Some(failed(ErrorKind::Failed, number)),
            Step::Panic(v) => {
                // It mutates, so where there is no value it is not called.
                values[*v] = Some(read(&values[*v]).and(failed(ErrorKind::Panicked, number)));
            }
            Step::Drop { value, buffer: Buffer::Cancelling, .. } => {
                values[*value] = Some(Err((ErrorKind::Cancelled, None)));
            }
            Step::Drop { .. } | Step::Try(_) => {}
            Step::Renew(v, constant, early) => {
                values[*v] = constant.map(Ok);
                if *early {
                    seen.push(read(&values[*v]));
                }
            }
            Step::Spawn(awaits, end) => {
                let result = spawned(&mut values, number, awaits, *end);
                seen.push(result);
            }
            Step::Nested { read: from, out, depth } => {
                values[*out] = Some(read(&values[*from]).map(|x| mix(x, 1 << depth)));
            }
            Step::Read { from, form, out } => {
                let result = match (form, &values[*from]) {
                    (Form::Maybe, None) => Ok(task),
                    (Form::OrCancel, None) => Err((ErrorKind::Cancelled, None)),
                    (Form::Result, slot) => Ok(read(slot).map_or(task, |x| mix(x, task))),
                    (_, slot) => read(slot).map(|x| mix(x, task)),
                };
                values[*out] = Some(result);
            }
            Step::Move { from, to } => match values[*from].take() {
                Some(Ok(x)) => values[*to] = Some(Ok(x)),
                slot => {
                    let error = Some(read(&slot));
                    values[*from] = error.clone();
                    values[*to] = error;
                }
            },
            Step::Fresh { from, to, moved } => {
                values[*to] = Some(read(&values[*from]));
                values[*from].take_if(|slot| *moved && slot.is_ok());
            }
            Step::Assign { from, to } => values[*to] = Some(read(&values[*from])),
            Step::Defer { value, fill, .. } => values[*value] = Some(fill.map_or_else(unwritten, Ok)),
            Step::All(several) => {
                let sum = several.iter().try_fold(task, |sum, v| Ok(mix(sum, read(&values[*v])?)));
                seen.push(sum);
            }
            Step::Wait(v) => seen.push(read(&values[*v])),
        }
    }
    seen.extend(values.iter().map(read));
    seen
}

/// What a spawned task gives, and what it leaves of the values.
fn spawned(values: &mut [Slot], number: usize, awaits: &[(Value, Await)], end: End) -> Outcome {
    let mut sum = number as u64;
    // Values whose turn has not ended, or has been given up since the task last awaited.
    let mut marked: Vec<Value> =
        awaits.iter().filter(|(_, what)| !matches!(what, Await::Read { .. })).map(|(v, _)| *v).collect();
    let mut given_up: Option<Value> = None;
    let mut error = None;
    for (v, what) in awaits {
        if let Some(given_up) = given_up.take() {
            marked.retain(|v| *v != given_up);
        }
        match *what {
            Await::Read { .. } => match read(&values[*v]) {
                Ok(x) => sum = mix(sum, x),
                Err(e) => error = Some(e),
            },
            Await::Mutate { keep, release } => match read(&values[*v]) {
                Ok(x) => {
                    let x = mix(x, sum);
                    values[*v] = Some(Ok(x));
                    sum = mix(sum, x);
                    if release {
                        marked.retain(|other| other != v);
                    } else if !keep {
                        given_up = Some(*v);
                    }
                }
                Err(e) => error = Some(e),
            },
            Await::Write { keep, set } => {
                if set {
                    values[*v] = Some(Ok(sum));
                    marked.retain(|other| other != v);
                } else if !keep {
                    given_up = Some(*v);
                }
            }
        }
        if error.is_some() {
            break;
        }
    }
    let result = match (error, end) {
        (Some(error), _) => Err(error),
        (None, End::Well) => return Ok(sum),
        (None, End::Fails) => failed(ErrorKind::Failed, number),
        (None, End::Panics) => failed(ErrorKind::Panicked, number),
    };
    for v in marked {
        values[v] = Some(result.clone());
    }
    result
}
