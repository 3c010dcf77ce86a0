//! The process must not grow.

use runahead_ir::{ElementType, Literal, TensorType};
use runahead_pjrt::Client;

use super::{ALONE, device, floats, increment, values};

/// Whether what was freed is kept for a while, to see whether it is used again, as the address sanitizer does.
const QUARANTINES: bool = cfg!(sanitized);

/// The memory of the process, in bytes; 0 where that is not known.
fn resident() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let pages = pages.and_then(|text| text.split(' ').nth(1)?.parse().ok()).unwrap_or(0usize);
    pages * 4096
}

pub(crate) fn uploads_do_not_grow_memory(client: &Client) {
    let _alone = ALONE.lock();
    let device = device(client, 0);
    let big = Literal::new(TensorType::new(ElementType::U8, [1 << 20]), vec![7u8; 1 << 20]).unwrap();
    let upload = |count: usize| {
        for _ in 0..count {
            device.upload(&big).unwrap().ready().wait().unwrap();
        }
        device.synchronize().unwrap();
    };
    upload(50);
    let before = resident();
    upload(500);
    let grown = resident().saturating_sub(before);
    assert!(grown < 100 << 20 || QUARANTINES, "by {grown} bytes, in 500 MiB of uploads");
    assert_eq!(device.memory_use().live, 0);
}

pub(crate) fn long_chains_do_not_leak(client: &Client) {
    let _alone = ALONE.lock();
    let device = device(client, 0);
    let program = device.compile(&increment()).unwrap();
    let mut x = device.upload(&floats(&[0.0; 4])).unwrap();
    let mut run = |count: usize| {
        // The host may run any number of executions ahead, each of which takes memory until it is done: what is
        // measured here is what stays after that, so that it is held to a thousand.
        for _ in 0..count / 1000 {
            for _ in 0..1000 {
                x = program.execute(&[&x]).unwrap().remove(0);
            }
            device.synchronize().unwrap();
        }
        values(&x)[0]
    };
    run(10_000);
    let before = resident();
    assert_eq!(run(100_000), 110_000.0);
    let grown = resident().saturating_sub(before);
    // A buffer takes some hundred bytes at least.
    assert!(grown < 32 << 20 || QUARANTINES, "by {grown} bytes, in 100,000 executions");
}
