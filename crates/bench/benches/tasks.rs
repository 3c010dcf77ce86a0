//! Prints what tasks cost: `cargo bench -p runahead-bench --bench tasks`, with `-- --alone` without the other runtimes.

use runahead_bench::tasks::{Options, run};

fn main() {
    let others = !std::env::args().any(|argument| argument == "--alone");
    println!("{:>12} {:>10} {:>10} {:>10}", "ns per task", "runahead", "tokio", "rayon");
    let optional = |ns: Option<f64>| ns.map_or("-".into(), |ns| format!("{ns:.1}"));
    run(&Options { others, ..Options::default() }, |measured| {
        let (tokio, rayon) = (optional(measured.tokio_ns), optional(measured.rayon_ns));
        println!("{:>12} {:10.1} {tokio:>10} {rayon:>10}", measured.case, measured.ns_per_task);
    });
}
