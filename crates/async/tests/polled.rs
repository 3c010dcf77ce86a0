//! Accesses that were polled, and then complete in whatever way: a waiter is queued for them on their epoch, which must
//! not go before the waiter has been told.

mod common;

use std::pin::Pin;
use std::sync::mpsc::{Receiver, sync_channel};
use std::task::{Context, Waker};

use runahead_async::{Async, MutBuffer, ReadBuffer, WriteBuffer, WriteGuard, all, dispatch};

use common::everywhere;

/// How a polled access completes.
#[derive(Clone, Copy, Debug)]
enum Way {
    Try,
    Wait,
    Poll,
    Dispatch,
    Drop,
    Clone,
    All,
}

const WAYS: [Way; 7] = [Way::Try, Way::Wait, Way::Poll, Way::Dispatch, Way::Drop, Way::Clone, Way::All];

/// Polls so many times; whether it was given what it awaits.
fn poll<F: Future + Unpin>(future: &mut F, times: usize) -> bool {
    let mut context = Context::from_waker(Waker::noop());
    (0..times).any(|_| Pin::new(&mut *future).poll(&mut context).is_ready())
}

/// Completes a read; what it has seen, where it has.
fn read(mut buffer: ReadBuffer<u64>, polls: usize, way: Way) -> Option<u64> {
    if poll(&mut buffer, polls) {
        return None;
    }
    match way {
        Way::Try => loop {
            if let Some(read) = buffer.try_read() {
                return Some(*read.unwrap());
            }
            std::thread::yield_now();
        },
        Way::Wait => Some(*buffer.wait().unwrap()),
        Way::Poll => loop {
            if poll(&mut buffer, 1) {
                return None;
            }
            std::thread::yield_now();
        },
        Way::Dispatch => {
            let seen = Async::new();
            dispatch((buffer, seen.write()), |(x, seen)| seen.set(*x));
            Some(*seen.wait().unwrap())
        }
        Way::Drop => None,
        Way::Clone => Some(*buffer.clone().wait().unwrap()),
        Way::All => {
            let (a, b) = all((buffer.clone(), buffer)).wait().unwrap();
            assert_eq!(*a.unwrap(), *b.unwrap());
            None
        }
    }
}

/// Completes a write, which adds one to the value where it takes place.
fn mutate(mut buffer: MutBuffer<u64>, polls: usize, way: Way) {
    if poll(&mut buffer, polls) {
        return;
    }
    match way {
        Way::Try => loop {
            if let Some(value) = buffer.try_mutate() {
                *value.unwrap() += 1;
                return;
            }
            std::thread::yield_now();
        },
        Way::Wait | Way::Clone => *buffer.wait().unwrap() += 1,
        Way::Poll => {
            while !poll(&mut buffer, 1) {
                std::thread::yield_now();
            }
        }
        Way::Dispatch => dispatch(buffer, |x| *x += 1),
        Way::All => *all((buffer,)).wait().unwrap().0.unwrap() += 1,
        Way::Drop => {}
    }
}

/// Ends the writes that it is sent.
fn end_writes(writes: &Receiver<WriteGuard<u64>>) {
    for (count, mut write) in writes.iter().enumerate() {
        write.set(count as u64);
    }
}

const ROUNDS: usize = if cfg!(miri) { 10 } else { 3000 };

#[test]
fn a_polled_read_completes_in_any_way_while_its_writer_ends_elsewhere() {
    let value = Async::from(0);
    let (sender, writes) = sync_channel(0);
    let writer = std::thread::spawn(move || end_writes(&writes));
    let mut count = 0;
    for round in 0..ROUNDS {
        for way in WAYS {
            let write = value.write().wait().unwrap();
            let first = value.read();
            sender.send(write).unwrap();
            let seen = read(first, round % 3, way);
            assert!(seen.is_none_or(|seen| seen == count), "{seen:?} instead of {count} by {way:?}");
            count += 1;
        }
    }
    drop(sender);
    writer.join().unwrap();
    assert_eq!(*value.wait().unwrap(), count - 1);
}

#[test]
fn polled_reads_of_several_threads_complete_while_their_writer_ends() {
    let value = Async::from(0);
    let (sender, writes) = sync_channel(0);
    let writer = std::thread::spawn(move || end_writes(&writes));
    let (reads, other_reads) = sync_channel::<(ReadBuffer<u64>, Way)>(0);
    let reader =
        std::thread::spawn(move || other_reads.iter().for_each(|(buffer, way)| _ = read(buffer, 1, way)));
    for round in 0..ROUNDS {
        let way = WAYS[round % WAYS.len()];
        let write = value.write().wait().unwrap();
        let (mine, other) = (value.read(), value.read());
        reads.send((other, way)).unwrap();
        sender.send(write).unwrap();
        read(mine, 2, WAYS[round / WAYS.len() % WAYS.len()]);
    }
    drop((sender, reads));
    writer.join().unwrap();
    reader.join().unwrap();
}

#[test]
fn a_polled_write_completes_in_any_way_while_what_is_before_ends_elsewhere() {
    let value = Async::from(0);
    let (sender, writes) = sync_channel(0);
    let writer = std::thread::spawn(move || end_writes(&writes));
    for round in 0..ROUNDS {
        for way in WAYS {
            let write = value.write().wait().unwrap();
            let change = value.mutate();
            sender.send(write).unwrap();
            mutate(change, round % 3, way);
        }
    }
    drop(sender);
    writer.join().unwrap();
    assert!(*value.wait().unwrap() >= (ROUNDS * WAYS.len()) as u64 - 1);
}

#[test]
fn a_polled_access_that_waits_is_given_to_a_task() {
    everywhere(|| {
        for polls in 0..3 {
            let (value, seen) = (Async::from(1), Async::new());
            let before = value.wait().unwrap();
            let mut write: WriteBuffer<i32> = value.write();
            let mut read = value.read();
            let mut change = value.mutate();
            assert!(!poll(&mut write, polls) && !poll(&mut read, polls) && !poll(&mut change, polls));
            dispatch(change, |x| *x += 10);
            dispatch((read, seen.write()), |(x, seen)| seen.set(*x));
            dispatch(write, |x| x.set(5));
            drop(before);
            assert_eq!((*seen.wait().unwrap(), *value.wait().unwrap()), (5, 15));
        }
    });
}

#[test]
fn a_polled_access_whose_turn_has_come_is_given_to_a_task() {
    everywhere(|| {
        for polls in 0..3 {
            let value = Async::from(1);
            let before = value.wait().unwrap();
            let mut change = value.mutate();
            assert!(!poll(&mut change, polls));
            drop(before);
            dispatch(change, |x| *x += 10);
            assert_eq!(*value.wait().unwrap(), 11);
        }
    });
}
