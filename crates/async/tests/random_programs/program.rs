//! What a random program is made of.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;

/// How many values a program works on.
pub(crate) const VALUES: usize = 4;

pub(crate) type Value = usize;

/// One step of the program, which acquires accesses and dispatches or spawns a task for them; the task's name is the
/// step's number.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Writes a constant, or nothing.
    Write(Value, Option<u64>),
    Mutate(Value),
    /// Writes the third from the first two. (`out` is another value: a task that holds a read cannot write the next
    /// epoch.)
    Zip {
        a: Value,
        b: Value,
        out: Value,
    },
    Fail(Value),
    Panic(Value),
    /// Drops a buffer: at once or later, having been polled or not.
    Drop {
        value: Value,
        buffer: Buffer,
        later: bool,
        polled: bool,
    },
    /// Gives up the handle and goes on with a new value: one that is there, one that a task reads before it is first
    /// written, or one that nobody writes.
    Renew(Value, Option<u64>, bool),
    /// A spawned task that awaits accesses of different values in this order.
    Spawn(Vec<(Value, Await)>, End),
    /// A task that makes values and tasks of its own and waits for them, then for a value of the program's.
    Nested {
        read: Value,
        out: Value,
        depth: u32,
    },
    /// Writes the second from the first, read in that form.
    Read {
        from: Value,
        form: Form,
        out: Value,
    },
    /// Moves the first to the second, in one task.
    Move {
        from: Value,
        to: Value,
    },
    /// Goes on with a new value in the second's place: a copy of the first, or what is moved out of it.
    Fresh {
        from: Value,
        to: Value,
        moved: bool,
    },
    /// Copies the first to the second.
    Assign {
        from: Value,
        to: Value,
    },
    /// Reserves a place that is filled, or dropped unfilled, now or later.
    Defer {
        value: Value,
        fill: Option<u64>,
        later: bool,
    },
    /// A spawned task that awaits several reads at once.
    All(Vec<Value>),
    /// Tries to access the value, and leaves it as it is.
    Try(Value),
    /// The program itself waits.
    Wait(Value),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    Maybe,
    OrCancel,
    Result,
    View,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Buffer {
    Read,
    Write,
    Cancelling,
    Mutate,
}

/// What a spawned task does with an access; `keep` says whether it keeps the guard to its end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Await {
    Read { keep: bool, clone: bool },
    Mutate { keep: bool, release: bool },
    Write { keep: bool, set: bool },
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    Well,
    Fails,
    Panics,
}

/// How values are computed, so that every order gives another result.
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    a.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17) ^ b.wrapping_add(0x1234_5678)
}

pub(crate) fn programs() -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 1..40)
}

fn value() -> impl Strategy<Value = Value> {
    0..VALUES
}

/// Several different values in any order.
fn values(count: usize) -> impl Strategy<Value = Vec<Value>> {
    subsequence((0..VALUES).collect::<Vec<_>>(), count).prop_shuffle()
}

fn step() -> impl Strategy<Value = Step> {
    let buffer =
        prop_oneof![Just(Buffer::Read), Just(Buffer::Write), Just(Buffer::Cancelling), Just(Buffer::Mutate)];
    let zip = (values(2), any::<bool>()).prop_map(|(v, twice)| {
        let (a, out) = (v[0], v[1]);
        let b = if twice { a } else { (0..VALUES).find(|b| *b != a && *b != out).expect("more than two") };
        Step::Zip { a, b, out }
    });
    let spawn = (1..=VALUES).prop_flat_map(|count| {
        let end = prop_oneof![3 => Just(End::Well), 1 => Just(End::Fails), 1 => Just(End::Panics)];
        (values(count), vec(awaited(), count), end)
            .prop_map(|(values, awaits, end)| Step::Spawn(values.into_iter().zip(awaits).collect(), end))
    });
    let nested = (values(2), 0..3u32).prop_map(|(v, depth)| Step::Nested { read: v[0], out: v[1], depth });
    let form = prop_oneof![Just(Form::Maybe), Just(Form::OrCancel), Just(Form::Result), Just(Form::View)];
    let read = (values(2), form).prop_map(|(v, form)| Step::Read { from: v[0], form, out: v[1] });
    let fresh = (values(2), any::<bool>()).prop_map(|(v, moved)| Step::Fresh { from: v[0], to: v[1], moved });
    let defer = (value(), any::<Option<u64>>(), any::<bool>()).prop_map(|(value, fill, later)| Step::Defer {
        value,
        fill,
        later,
    });
    prop_oneof![
        4 => read,
        2 => values(2).prop_map(|v| Step::Move { from: v[0], to: v[1] }),
        1 => fresh,
        1 => values(2).prop_map(|v| Step::Assign { from: v[0], to: v[1] }),
        2 => defer,
        1 => values(3).prop_map(Step::All),
        1 => value().prop_map(Step::Try),
        3 => (value(), proptest::option::weighted(0.8, any::<u64>())).prop_map(|(v, c)| Step::Write(v, c)),
        4 => value().prop_map(Step::Mutate),
        4 => zip,
        1 => value().prop_map(Step::Fail),
        1 => value().prop_map(Step::Panic),
        3 => (value(), buffer, any::<bool>(), any::<bool>())
            .prop_map(|(value, buffer, later, polled)| Step::Drop { value, buffer, later, polled }),
        1 => (value(), any::<Option<u64>>(), any::<bool>()).prop_map(|(v, c, read)| Step::Renew(v, c, read)),
        4 => spawn,
        1 => nested,
        1 => value().prop_map(Step::Wait),
    ]
}

fn awaited() -> impl Strategy<Value = Await> {
    (0..3, any::<bool>(), any::<bool>()).prop_map(|(kind, keep, other)| match kind {
        0 => Await::Read { keep, clone: other },
        1 => Await::Mutate { keep, release: other },
        _ => Await::Write { keep, set: other },
    })
}
