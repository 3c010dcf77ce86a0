//! Random programs in which each access is polled so often and then completes in a way drawn at random, compared with a
//! sequential model, under ten thousand seeds and on pools.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use runahead_async::{
    Async, Deterministic, Error, MutBuffer, Pool, ReadBuffer, WriteBuffer, acquire, all, dispatch, spawn,
};

/// Numbers from a seed, by splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

const VALUES: usize = 3;

#[derive(Clone, Copy, Debug)]
enum Kind {
    Read,
    Write,
    Mutate,
}

#[derive(Clone, Copy, Debug)]
enum Way {
    Wait,
    /// At once where the turn has come, else by a task.
    Try,
    Dispatch,
    /// By a spawned task, which awaits it.
    Spawn,
    /// With others, by `all`.
    All,
    /// A clone of it, and then it; of a read.
    Clone,
    Drop,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    value: usize,
    /// Another value, of which a read is acquired as one step with the access.
    with: Option<usize>,
    kind: Kind,
    polls: usize,
    way: Way,
    /// It completes when the program next waits.
    later: bool,
}

fn program(random: &mut Random) -> Vec<Step> {
    let ways = [Way::Wait, Way::Try, Way::Dispatch, Way::Spawn, Way::All, Way::Clone, Way::Drop];
    let steps = 1 + random.below(30);
    let step = |random: &mut Random| {
        let value = random.below(VALUES);
        let with = Some((value + 1 + random.below(VALUES - 1)) % VALUES).filter(|_| random.below(4) == 0);
        let kind = random.one_of(&[Kind::Read, Kind::Write, Kind::Mutate]);
        Step {
            value,
            with,
            kind,
            polls: random.below(3),
            way: random.one_of(&ways),
            later: random.below(3) == 0,
        }
    };
    (0..steps).map(|_| step(random)).collect()
}

fn mix(value: u64, number: usize) -> u64 {
    value.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17) ^ number as u64
}

/// What is read, in the order of the program, then what the values end with.
type Seen = Vec<Option<u64>>;

fn sequential(program: &[Step]) -> Seen {
    let mut values = [0, 1, 2];
    let mut seen = Vec::new();
    for (number, step) in program.iter().enumerate() {
        let value = &mut values[step.value];
        match step.kind {
            Kind::Read => seen.push(Some(*value).filter(|_| !matches!(step.way, Way::Drop))),
            // Those give up the place where they are not polled to the end.
            _ if matches!(step.way, Way::Drop) => {}
            Kind::Write => *value = number as u64,
            Kind::Mutate => *value = mix(*value, number),
        }
        if let Some(with) = step.with {
            seen.push(Some(values[with]));
        }
    }
    seen.extend(values.map(Some));
    seen
}

/// What a read has seen, or will have.
enum Sight {
    Nothing,
    Now(u64),
    Then(Async<u64>),
}

enum Buffer {
    Read(ReadBuffer<u64>),
    Write(WriteBuffer<u64>),
    Mutate(MutBuffer<u64>),
}

/// An access that has not completed.
struct Open {
    number: usize,
    buffer: Buffer,
    way: Way,
    /// Where it goes in what was seen, for a read.
    index: Option<usize>,
}

fn poll<F: Future + Unpin>(future: &mut F, times: usize) -> Option<F::Output> {
    (0..times).find_map(|_| match Pin::new(&mut *future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    })
}

fn read(mut buffer: ReadBuffer<u64>, polls: usize, way: Way) -> Result<Sight, (ReadBuffer<u64>, Way)> {
    match poll(&mut buffer, polls) {
        Some(value) if !matches!(way, Way::Drop) => Ok(Sight::Now(*value.unwrap())),
        Some(_) => Ok(Sight::Nothing),
        None => Err((buffer, way)),
    }
}

fn complete_read(mut buffer: ReadBuffer<u64>, way: Way) -> Sight {
    let by_task = |buffer: ReadBuffer<u64>| {
        let seen = Async::new();
        dispatch((buffer, seen.write()), |(value, seen)| seen.set(*value));
        Sight::Then(seen)
    };
    match way {
        Way::Wait => Sight::Now(*buffer.wait().unwrap()),
        Way::Try => match buffer.try_read() {
            Some(value) => Sight::Now(*value.unwrap()),
            None => by_task(buffer),
        },
        Way::Dispatch => by_task(buffer),
        Way::Spawn => Sight::Then(spawn(async move { Ok::<_, Error>(*buffer.await?) })),
        Way::All => {
            let other = buffer.clone();
            Sight::Then(spawn(async move {
                let (a, b) = all((buffer, other)).await;
                let (a, b) = (*a?, *b?);
                assert_eq!(a, b);
                Ok::<_, Error>(a)
            }))
        }
        Way::Clone => by_task(buffer.clone()),
        Way::Drop => Sight::Nothing,
    }
}

fn complete_write(mut buffer: WriteBuffer<u64>, way: Way, number: usize) {
    let number = number as u64;
    match way {
        Way::Wait | Way::All => buffer.wait().unwrap().set(number),
        Way::Try => match buffer.try_write() {
            Some(mut slot) => slot.set(number),
            None => dispatch(buffer, move |slot| slot.set(number)),
        },
        Way::Dispatch | Way::Clone => dispatch(buffer, move |slot| slot.set(number)),
        Way::Spawn => drop(spawn(async move {
            buffer.await?.set(number);
            Ok::<_, Error>(())
        })),
        Way::Drop => {}
    }
}

fn complete_change(mut buffer: MutBuffer<u64>, way: Way, number: usize) {
    let by_task = |buffer: MutBuffer<u64>| dispatch(buffer, move |value| *value = mix(*value, number));
    match way {
        Way::Wait | Way::All => {
            let mut value = buffer.wait().unwrap();
            *value = mix(*value, number);
        }
        Way::Try => match buffer.try_mutate() {
            Some(value) => {
                let mut value = value.unwrap();
                *value = mix(*value, number);
            }
            None => by_task(buffer),
        },
        Way::Dispatch | Way::Clone => by_task(buffer),
        Way::Spawn => drop(spawn(async move {
            let mut value = buffer.await?;
            *value = mix(*value, number);
            Ok::<_, Error>(())
        })),
        Way::Drop => {}
    }
}

fn complete(open: Open, seen: &mut [Sight]) {
    match (open.buffer, open.index) {
        (Buffer::Read(buffer), Some(index)) => seen[index] = complete_read(buffer, open.way),
        (Buffer::Write(buffer), _) => complete_write(buffer, open.way, open.number),
        (Buffer::Mutate(buffer), _) => complete_change(buffer, open.way, open.number),
        (Buffer::Read(_), None) => unreachable!(),
    }
}

fn run(program: &[Step]) -> Seen {
    let values: Vec<Async<u64>> = (0..VALUES as u64).map(Async::from).collect();
    let (mut seen, mut later): (Vec<Sight>, Vec<Open>) = Default::default();
    for (number, &step) in program.iter().enumerate() {
        let Step { value, with, kind, polls, way, .. } = step;
        let (value, with) = (&values[value], with.map(|with| values[with].reading()));
        let (buffer, with) = match kind {
            Kind::Read => {
                let (buffer, with) = acquire((value.reading(), with));
                (Buffer::Read(buffer), with)
            }
            Kind::Write => {
                let (buffer, with) = acquire((value.writing(), with));
                (Buffer::Write(buffer), with)
            }
            Kind::Mutate => {
                let (buffer, with) = acquire((value.mutating(), with));
                (Buffer::Mutate(buffer), with)
            }
        };
        let mut index = None;
        // A guard that polling gives completes the access.
        let open = match buffer {
            Buffer::Read(buffer) => {
                index = Some(seen.len());
                let (sight, buffer) = match read(buffer, polls, way) {
                    Ok(sight) => (sight, None),
                    Err((buffer, _)) => (Sight::Nothing, Some(Buffer::Read(buffer))),
                };
                seen.push(sight);
                buffer
            }
            Buffer::Write(mut buffer) => match poll(&mut buffer, polls) {
                Some(slot) if !matches!(way, Way::Drop) => {
                    slot.unwrap().set(number as u64);
                    None
                }
                Some(_) => None,
                None => Some(Buffer::Write(buffer)),
            },
            Buffer::Mutate(mut buffer) => match poll(&mut buffer, polls) {
                Some(value) if !matches!(way, Way::Drop) => {
                    let mut value = value.unwrap();
                    *value = mix(*value, number);
                    None
                }
                Some(_) => None,
                None => Some(Buffer::Mutate(buffer)),
            },
        };
        if let Some(with) = with {
            seen.push(complete_read(with, Way::Dispatch));
        }
        let Some(buffer) = open else { continue };
        let open = Open { number, buffer, way, index };
        let blocks = matches!(way, Way::Wait | Way::All);
        if step.later {
            later.push(open);
        } else {
            if blocks {
                // What this thread holds may be what it waits for.
                later.drain(..).for_each(|open| complete(open, &mut seen));
            }
            complete(open, &mut seen);
        }
    }
    later.into_iter().for_each(|open| complete(open, &mut seen));
    let seen = seen.into_iter().map(|sight| match sight {
        Sight::Nothing => None,
        Sight::Now(value) => Some(value),
        Sight::Then(value) => Some(*value.wait().unwrap()),
    });
    let mut seen: Seen = seen.collect();
    seen.extend(values.iter().map(|value| Some(*value.wait().unwrap())));
    seen
}

#[test]
fn under_ten_thousand_seeds() {
    for seed in 0..if cfg!(miri) { 20 } else { 10_000 } {
        let program = program(&mut Random(seed));
        let seen = Deterministic::new(seed).run(|| run(&program));
        assert_eq!(seen, sequential(&program), "seed {seed}: {program:#?}");
    }
}

#[test]
fn on_pools() {
    for workers in [1, 2, 4] {
        let pool = Pool::new(workers);
        for seed in 0..if cfg!(miri) { 3 } else { 3000 } {
            let program = program(&mut Random(seed));
            let seen = pool.run(|| run(&program));
            assert_eq!(seen, sequential(&program), "{workers} workers, seed {seed}: {program:#?}");
        }
    }
}
