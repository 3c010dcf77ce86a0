//! Prints the smallest effective tasks: `cargo bench -p runahead-bench --bench metg -- [PATTERN…]`.

use runahead_bench::metg::{Options, run};

fn main() {
    let names = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let mut options = Options::default();
    let named: Vec<_> = names.map(|name| name.parse().expect("a pattern's name")).collect();
    if !named.is_empty() {
        options.patterns = named;
    }
    println!("{:>16} {:>10} {:>11}", "pattern", "METG us", "iterations");
    run(&options, |measured| {
        println!("{:>16} {:10.3} {:11.1}", measured.pattern.name(), measured.metg_us, measured.iterations);
    });
}
