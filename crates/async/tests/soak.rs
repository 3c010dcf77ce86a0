//! Requests as a service has them, with a deadline of an hour, a token, a group and a choice between two things to wait
//! for: they leave nothing behind.
//!
//! `RUNAHEAD_SOAK_REQUESTS` says how many there are; ten million take some minutes.

use std::alloc::{GlobalAlloc, Layout, System};
use std::pin::Pin;
use std::sync::atomic::{AtomicIsize, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use runahead_async::{Async, CancelToken, Error, ErrorKind, Group, Pool, task};

/// Counts what is allocated and not freed.
struct Counting;

static LIVE_BYTES: AtomicIsize = AtomicIsize::new(0);

// SAFETY: the system's allocator, and a count.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE_BYTES.fetch_add(layout.size() as isize, Ordering::Relaxed);
        // SAFETY: passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        LIVE_BYTES.fetch_sub(layout.size() as isize, Ordering::Relaxed);
        // SAFETY: passed on.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What comes first: the value, or the token's end.
async fn value_or_end(value: &Async<u64>, token: &CancelToken) -> Option<Result<u64, Error>> {
    let (mut read, mut end) = (value.read(), Box::pin(token.cancelled()));
    std::future::poll_fn(move |context| {
        if let Poll::Ready(value) = Pin::new(&mut read).poll(context) {
            return Poll::Ready(Some(value.map(|value| *value)));
        }
        end.as_mut().poll(context).map(|()| None)
    })
    .await
}

fn request(pool: &Pool, service: &CancelToken, last: &Async<u64>, number: u64) -> Result<(), Error> {
    let deadline = Instant::now() + Duration::from_secs(3600);
    let token = service.child_until(deadline);
    let group = Group::with_token(token.clone());
    let (input, result) = (Async::new(), Async::new());
    pool.task("compute").in_group(&group).dispatch((input.read(), result.write()), |(x, y)| y.set(x + 1));
    let (value, ends) = (result.clone(), token.clone());
    let answer = pool
        .task("answer")
        .in_group(&group)
        .deadline(deadline)
        .spawn(async move { value_or_end(&value, &ends).await.unwrap_or(Ok(0)) });
    // Its last readers and writers are on another timeline, which lives as long as the service.
    pool.task("note").in_group(&group).dispatch((result.read(), last.write()), |(x, last)| last.set(*x));
    if number.is_multiple_of(7) {
        group.cancel();
    }
    input.write().wait()?.set(number);
    match answer.wait() {
        Ok(answer) => assert!(*answer == number + 1 || *answer == 0),
        Err(error) => assert_eq!(error.kind(), ErrorKind::Cancelled),
    }
    let _ = group.wait();
    Ok(())
}

#[test]
fn requests_with_deadlines_leave_nothing_behind() -> Result<(), Error> {
    let requests = std::env::var("RUNAHEAD_SOAK_REQUESTS").ok().and_then(|n| n.parse().ok());
    let requests: u64 = requests.unwrap_or(if cfg!(miri) { 40 } else { 20_000 });
    let pool = Pool::new(2);
    let service = CancelToken::new();
    let last = Async::from(0);
    let run = |numbers: std::ops::Range<u64>| -> Result<isize, Error> {
        for number in numbers {
            request(&pool, &service, &last, number)?;
        }
        pool.wait_idle()?;
        task("settle").dispatch((), |()| ());
        Ok(LIVE_BYTES.load(Ordering::Relaxed))
    };
    let after_few = run(0..requests / 10)?;
    let after_all = run(requests / 10..requests)?;
    // Magazines and queues may grow a little still; a request has some hundred bytes.
    let grown = after_all - after_few;
    assert!(grown < (64 << 10) + requests as isize, "{grown} bytes more after {requests} requests");
    Ok(())
}
