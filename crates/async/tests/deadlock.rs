//! Deadlocks under the pool end in errors. A program of its own, without the test harness: a thread that it knows
//! nothing of could still write, so the harness's own thread would keep the deadlocks from being called so.

use runahead_async::{Async, CancelToken, Error, ErrorKind, Pool, dispatch, spawn, task};

fn main() {
    if std::env::args().any(|argument| argument == CROSSWISE) {
        return println!("{}", crosswise_on_the_default_pool());
    }
    if !cfg!(target_os = "linux") {
        println!("skipped: the number of threads is known on Linux only");
        return;
    }
    for workers in [1, 2, 3] {
        let pool = Pool::new(workers);
        for _ in 0..5 {
            pool.run(a_value_that_nobody_writes);
            pool.run(a_writer_that_the_waiting_thread_holds);
            pool.run(tasks_that_wait_for_each_other);
            pool.run(a_task_that_blocks_for_itself);
            pool.run(the_body_of_a_parallel_for);
            pool.run(while_deadlines_are_set);
        }
        pool.run(while_another_thread_lives);
        the_report_of_a_pool_with_a_registry(workers);
        a_pool_that_nobody_resumes(workers);
        drop(pool);
        a_task_in_a_pool_that_is_dropped(workers);
        no_deadlock_is_seen_where_threads_wake_each_other(workers);
    }
    the_report_of_the_default_pool();
    println!("12 passed, 0 failed");
}

/// With this argument, the program makes a deadlock and prints its report.
const CROSSWISE: &str = "crosswise";

/// Two tasks of which each holds what the other waits for, as two threads that acquire crosswise may make them.
fn crosswise_on_the_default_pool() -> Error {
    let (a, b, seen) = (Async::from(1), Async::from(2), Async::new());
    let (first_a, first_b) = (a.mutate(), b.mutate());
    let (second_b, second_a) = (b.mutate(), a.mutate());
    task("left").dispatch((first_a, second_b), |(a, b)| *a += *b);
    task("right").dispatch((first_b, second_a), |(b, a)| *b += *a);
    task("behind").dispatch((a.read(), seen.write()), |(a, seen)| seen.set(*a));
    // A deadline that nobody awaits.
    let _token = CancelToken::after(std::time::Duration::from_secs(3600));
    seen.wait().map(drop).unwrap_err()
}

fn the_report_of_the_default_pool() {
    let report = |registry: &str| {
        let program = std::env::current_exe().unwrap();
        let output = std::process::Command::new(program)
            .arg(CROSSWISE)
            .env("RUNAHEAD_REGISTRY", registry)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let without = report("0");
    for part in ["3 tasks of the scheduler runahead are alive and not listed", "RUNAHEAD_REGISTRY=1"] {
        assert!(without.contains(part), "{part} is missing:\n{without}");
    }
    assert!(!without.contains("0 tasks wait"), "{without}");
    let with = report("1");
    let circle = with.split_once("2 tasks wait for each other in a circle").expect(&with).1;
    let circle = circle.split_once("3 tasks wait").expect(&with).0;
    for task in ["\n  task left (", "\n  task right ("] {
        let line = circle.split_once(task).expect(&with).1;
        let lines: Vec<&str> = line.lines().take(3).collect();
        assert!(lines[1].contains("holds the value made at") && lines[1].ends_with("to write it"), "{with}");
        assert!(lines[2].contains("waits to write the value made at"), "{with}");
    }
    assert!(!circle.contains("behind") && with.contains("task behind ("), "{with}");
}

fn the_report_of_a_pool_with_a_registry(workers: usize) {
    let pool = Pool::builder().workers(workers).registry(true).build();
    let (a, b, c) = (Async::<i32>::new(), Async::<i32>::new(), Async::<i32>::new());
    let (read_a, read_b, write_a) = (a.read(), b.read(), a.write());
    pool.task("first").dispatch((read_a, b.write()), |(a, b)| b.set(*a));
    pool.task("second").dispatch((read_b, write_a), |(b, a)| a.set(*b));
    let read = b.read();
    let third = pool.task("third").spawn(async move { Ok::<_, Error>(*read.await?) });
    let read = c.read();
    pool.task("fourth").dispatch((), move |()| drop(read.wait()));
    let report = third.wait().unwrap_err().to_string();
    for line in [
        "task first (",
        "which task second (",
        "task second (",
        "which task first (",
        "task third (",
        "blocked in ",
        "task fourth (",
        "which no waiting task is to write",
    ] {
        assert!(report.contains(line), "{line} is missing:\n{report}");
    }
    drop(pool);
}

fn a_pool_that_nobody_resumes(workers: usize) {
    let pool = Pool::builder().workers(workers).name("held back").build();
    pool.pause();
    let a = Async::new();
    pool.task("writes").dispatch(a.write(), |a| a.set(1));
    let report = a.wait().unwrap_err().to_string();
    assert!(report.contains("the pool held back is paused"), "{report}");
    pool.resume();
    assert_eq!(*a.wait().unwrap(), 1);
}

fn the_body_of_a_parallel_for() {
    let (a, b) = (Async::<i32>::new(), Async::new());
    let read = a.read();
    dispatch(b.write(), move |b| {
        let failed = std::sync::atomic::AtomicUsize::new(0);
        runahead_async::parallel_for(4, &|i| {
            if i % 2 == 1 && read.clone().wait().is_err() {
                failed.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
        });
        b.set(failed.into_inner());
    });
    // These waits may end in errors too, each time that nothing can run.
    let failed = std::iter::repeat_with(|| b.wait()).find_map(Result::ok).unwrap();
    assert_eq!(*failed, 2);
}

/// A deadline that nobody awaits cannot end the wait.
fn while_deadlines_are_set() {
    let hour = std::time::Instant::now() + std::time::Duration::from_secs(3600);
    let (a, b) = (Async::<i32>::new(), Async::<i32>::new());
    let token = CancelToken::at(hour);
    task("never").cancel_by(&token).dispatch((a.read(), b.write()), |(a, b)| b.set(*a));
    task("never").deadline(hour).dispatch(a.read(), |_| ());
    assert_eq!(b.wait().unwrap_err().kind(), ErrorKind::Deadlock);
}

/// The thread could write for all that is known, until it has ended.
fn while_another_thread_lives() {
    let (a, b) = (Async::<i32>::new(), Async::<i32>::new());
    let (read, write) = (a.read(), b.write());
    let (go, gone) = std::sync::mpsc::channel::<()>();
    let other = std::thread::spawn(move || {
        let _ = gone.recv();
        drop(write);
        std::thread::yield_now();
    });
    let blocks = std::thread::spawn(move || read.wait().unwrap_err().kind());
    drop(go);
    assert_eq!(b.wait().unwrap_err().kind(), ErrorKind::Unwritten);
    assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Deadlock);
    assert_eq!(blocks.join().unwrap(), ErrorKind::Deadlock);
    other.join().unwrap();
}

fn a_task_in_a_pool_that_is_dropped(workers: usize) {
    let pool = Pool::new(workers);
    let (a, b) = (Async::<i32>::new(), Async::new());
    let (read, write) = (a.read(), a.write());
    pool.task("blocks").dispatch(b.write(), move |b| b.set(read.wait().unwrap_err().kind()));
    // The pool waits for its task, which waits for what this thread holds.
    drop(pool);
    drop(write);
    assert_eq!(*b.wait().unwrap(), ErrorKind::Deadlock);
}

fn no_deadlock_is_seen_where_threads_wake_each_other(workers: usize) {
    let pool = Pool::new(workers);
    for _ in 0..50 {
        let values: Vec<_> = (0..8).map(|_| Async::<usize>::new()).collect();
        let threads: Vec<_> = values
            .windows(2)
            .map(|pair| {
                let (read, write) = (pair[0].read(), pair[1].write());
                std::thread::spawn(move || {
                    let value = *read.wait().unwrap();
                    write.wait().unwrap().set(value + 1);
                })
            })
            .collect();
        pool.task("first").dispatch(values[0].write(), |first| first.set(0));
        assert_eq!(*values[7].wait().unwrap(), 7);
        threads.into_iter().for_each(|thread| thread.join().unwrap());
    }
}

fn a_value_that_nobody_writes() {
    let a = Async::<i32>::new();
    assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Deadlock);
    // The value can still be written.
    dispatch(a.write(), |a| a.set(1));
    assert_eq!(*a.wait().unwrap(), 1);
}

fn a_writer_that_the_waiting_thread_holds() {
    let a = Async::from(1);
    let write = a.write();
    let error = a.wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Deadlock);
    assert!(error.to_string().contains("deadlock.rs"), "{error}");
    drop(write);
    assert_eq!(*a.wait().unwrap(), 1);
}

fn tasks_that_wait_for_each_other() {
    let (a, b) = (Async::<i32>::new(), Async::<i32>::new());
    let (read_a, read_b, write_a, write_b) = (a.read(), b.read(), a.write(), b.write());
    dispatch((read_a, write_b), |(a, b)| b.set(*a));
    let right = spawn(async move {
        let b = *read_b.await?;
        write_a.await?.set(b);
        Ok::<_, Error>(())
    });
    assert_eq!(right.wait().unwrap_err().kind(), ErrorKind::Deadlock);
}

fn a_task_that_blocks_for_itself() {
    let a = Async::<i32>::new();
    let read = a.read();
    dispatch(a.write(), move |a| a.set(if read.wait().is_err() { -1 } else { 1 }));
    // Both waits end in the error, the task's and this one; the task writes what it made of it.
    let _ = a.wait();
    assert_eq!(*a.wait().unwrap(), -1);
}
