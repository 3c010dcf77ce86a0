//! Deadlocks under the pool end in errors. A program of its own, without the test harness: a thread that it knows
//! nothing of could still write, so the harness's own thread would keep the deadlocks from being called so.

use runahead_async::{Async, Error, ErrorKind, Pool, dispatch, spawn};

fn main() {
    if !cfg!(target_os = "linux") {
        println!("skipped: the number of threads is known on Linux only");
        return;
    }
    for workers in [1, 2, 3] {
        let pool = Pool::new(workers);
        for _ in 0..20 {
            pool.run(a_value_that_nobody_writes);
            pool.run(a_writer_that_the_waiting_thread_holds);
            pool.run(tasks_that_wait_for_each_other);
            pool.run(a_task_that_blocks_for_itself);
        }
    }
    println!("4 passed, 0 failed");
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
