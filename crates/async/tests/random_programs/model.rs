//! What a program does, one step after another.

use runahead_async::ErrorKind;

use crate::program::{Await, Buffer, End, Step, VALUES, Value, mix};
use crate::run::{Outcome, Outcomes};

fn failed(kind: ErrorKind, step: usize) -> Outcome {
    Err((kind, Some(step.to_string())))
}

fn unwritten() -> Outcome {
    Err((ErrorKind::Unwritten, None))
}

pub(crate) fn run(program: &[Step]) -> Outcomes {
    let mut values: Vec<Outcome> = (0..VALUES).map(|v| Ok(v as u64)).collect();
    let mut seen = Vec::new();
    for (number, step) in program.iter().enumerate() {
        match step {
            Step::Write(v, constant) => {
                if let Some(constant) = constant {
                    values[*v] = Ok(*constant);
                }
            }
            Step::Mutate(v) => values[*v] = values[*v].clone().map(|x| mix(x, number as u64)),
            Step::Zip { a, b, out } => {
                values[*out] = values[*a].clone().and_then(|a| Ok(mix(a, values[*b].clone()?)));
            }
            Step::Fail(v) => values[*v] = failed(ErrorKind::Failed, number),
            Step::Panic(v) => {
                // It mutates, so where there is no value it is not called.
                values[*v] = values[*v].clone().and(failed(ErrorKind::Panicked, number));
            }
            Step::Drop { value, buffer: Buffer::Cancelling, .. } => {
                values[*value] = Err((ErrorKind::Cancelled, None));
            }
            Step::Drop { .. } => {}
            Step::Renew(v, constant, read) => {
                values[*v] = constant.map_or_else(unwritten, Ok);
                if *read {
                    seen.push(values[*v].clone());
                }
            }
            Step::Spawn(awaits, end) => {
                let result = spawned(&mut values, number, awaits, *end);
                seen.push(result);
            }
            Step::Nested { read, out, depth } => {
                values[*out] = values[*read].clone().map(|x| mix(x, 1 << depth));
            }
            Step::Wait(v) => seen.push(values[*v].clone()),
        }
    }
    seen.extend(values);
    seen
}

/// What a spawned task gives, and what it leaves of the values.
fn spawned(values: &mut [Outcome], number: usize, awaits: &[(Value, Await)], end: End) -> Outcome {
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
            Await::Read { .. } => match &values[*v] {
                Ok(x) => sum = mix(sum, *x),
                Err(e) => error = Some(e.clone()),
            },
            Await::Mutate { keep, release } => match &mut values[*v] {
                Ok(x) => {
                    *x = mix(*x, sum);
                    sum = mix(sum, *x);
                    if release {
                        marked.retain(|other| other != v);
                    } else if !keep {
                        given_up = Some(*v);
                    }
                }
                Err(e) => error = Some(e.clone()),
            },
            Await::Write { keep, set } => {
                if set {
                    values[*v] = Ok(sum);
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
        values[v] = result.clone();
    }
    result
}
