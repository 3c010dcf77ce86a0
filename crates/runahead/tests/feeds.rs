//! Programs that add to the queue to the host in loops: what they add counts as memory of the device.

use runahead::asynchronous::{Deterministic, Pool};
use runahead::{Buffer, Device, Program, device, feeds};

/// Adds the numbers up to that many to the queue, and gives how many.
fn counting(device: &Device, count: u64) -> Buffer {
    let text = format!(
        "func.func @main() -> tensor<i64> {{
           %zero = stablehlo.constant dense<0> : tensor<i64>
           %one = stablehlo.constant dense<1> : tensor<i64>
           %end = stablehlo.constant dense<{count}> : tensor<i64>
           %t = stablehlo.create_token : !stablehlo.token
           %n, %u = stablehlo.while(%i = %zero, %v = %t) : tensor<i64>, !stablehlo.token
             cond {{
               %c = stablehlo.compare LT, %i, %end : (tensor<i64>, tensor<i64>) -> tensor<i1>
               stablehlo.return %c : tensor<i1>
             }} do {{
               %w = \"stablehlo.outfeed\"(%i, %v) {{outfeed_config = \"\"}} : (tensor<i64>, !stablehlo.token) -> !stablehlo.token
               %j = stablehlo.add %i, %one : tensor<i64>
               stablehlo.return %j, %w : tensor<i64>, !stablehlo.token
             }}
           return %n : tensor<i64>
         }}"
    );
    let program = Program::from_text("counting.mlir", &*text).unwrap().compile(device).unwrap();
    program.execute(&[]).unwrap().remove(0)
}

fn number(literal: &runahead::Literal) -> i64 {
    literal.to_elements::<i64>().unwrap()[0]
}

#[test]
fn a_program_waits_for_the_host_to_take_what_there_is_no_memory_for() {
    for workers in [1, 2] {
        let name = format!("cpu:{}", 60 + workers);
        Pool::new(workers).run(|| {
            let (device, queue) = (device(&name).unwrap(), feeds(&name).unwrap().outfeed);
            device.set_budget(Some(20_000));
            let count = counting(&device, 5000);
            for i in 0..5000 {
                let entry = queue.wait().unwrap();
                assert_eq!((entry.len(), number(&entry[0])), (1, i));
                assert!(device.memory_use().live <= 20_000);
            }
            assert_eq!(number(&count.to_host().wait().unwrap()), 5000);
            drop(count);
            assert!(queue.take().is_none());
            assert!(device.memory_use().peak <= 20_000);
        });
    }
}

#[test]
fn who_waits_for_what_cannot_end_before_the_queue_is_emptied_is_told() {
    let device = device("cpu:63").unwrap();
    let queue = feeds("cpu:63").unwrap().outfeed;
    // A scheduler of one thread sees that nobody is left who could take an entry.
    Deterministic::new(0).run(|| {
        device.set_budget(Some(20_000));
        let count = counting(&device, 1 << 40);
        let error = count.to_host().wait().unwrap_err().to_string();
        assert!(error.contains("nothing can run") && error.contains("feed.rs"), "{error}");
    });
    assert!(device.memory_use().peak <= 20_000);
    let mut entries = 0;
    while let Some(entry) = queue.take() {
        assert_eq!(number(&entry[0]), entries);
        entries += 1;
    }
    assert!((10..1000).contains(&entries), "{entries} entries");
    assert_eq!(device.memory_use().live, 0);
}
