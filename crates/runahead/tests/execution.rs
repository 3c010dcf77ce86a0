//! Executions that run ahead: chained on unready buffers, overlapping, within a budget, and failing.

use std::sync::atomic::{AtomicUsize, Ordering};

use runahead::asynchronous::{Deterministic, Pool};
use runahead::{Buffer, Device, Executable, ExecuteError, Lazy, Literal, Program, Tensor, device, fork};

const N: usize = 10_000;

fn compile(device: &Device, body: &str) -> Executable {
    let text = format!(
        "module @step {{
           func.func @main(%x: tensor<{N}xf32>) -> tensor<{N}xf32> {{
             {body}
             return %y : tensor<{N}xf32>
           }}
         }}"
    );
    Program::from_text("step.mlir", text).unwrap().compile(device).unwrap()
}

fn ones() -> Literal {
    Literal::from_elements([N], &[1f32; N]).unwrap()
}

fn first(buffer: &Buffer) -> f32 {
    buffer.to_host().wait().unwrap().to_elements::<f32>().unwrap()[0]
}

const DOUBLE: &str = "%y = stablehlo.add %x, %x : tensor<10000xf32>";

#[test]
fn executions_are_chained_on_buffers_that_are_not_ready() {
    let device = device("cpu:20").unwrap();
    let double = compile(&device, DOUBLE);
    let submit = || {
        let mut x = device.upload(&ones()).unwrap();
        for _ in 0..20 {
            x = double.execute(&[&x]).unwrap().remove(0);
        }
        x
    };
    // Nothing runs before somebody waits, so none of these buffers was ready when it was used.
    for seed in 0..20 {
        let result = Deterministic::new(seed).run(|| {
            let result = submit();
            assert!(!result.is_ready());
            assert_eq!(result.ty().to_string(), "tensor<10000xf32>");
            first(&result)
        });
        assert_eq!(result, 2f32.powi(20));
    }
    for workers in [1, 2, 4] {
        assert_eq!(Pool::new(workers).run(|| first(&submit())), 2f32.powi(20));
    }
    assert_eq!(device.memory_use().live, 0);
}

#[test]
fn dropped_results_of_a_long_chain_leave_nothing_behind() {
    let device = device("cpu:21").unwrap();
    let double = compile(&device, DOUBLE);
    let pool = Pool::new(2);
    pool.run(|| {
        let mut x = device.upload(&ones()).unwrap();
        for _ in 0..2000 {
            x = double.execute(&[&x]).unwrap().remove(0);
        }
    });
    drop(pool);
    assert_eq!(device.memory_use().live, 0);
}

#[test]
fn a_budget_holds_the_submitter_back() {
    let device = device("cpu:22").unwrap();
    let double = compile(&device, DOUBLE);
    let budget = 4 * N * size_of::<f32>();
    device.set_budget(Some(budget));
    let x = device.upload(&ones()).unwrap();
    for _ in 0..200 {
        // The result is dropped at once, so there is always something in flight whose memory will be free.
        double.execute(&[&x]).unwrap();
    }
    assert_eq!(first(&double.execute(&[&x]).unwrap()[0]), 2.0);
    assert!(device.memory_use().peak <= budget);

    // What the caller keeps does not become free by waiting.
    let mut kept = Vec::new();
    let error = loop {
        match double.execute(&[&x]) {
            Ok(results) => kept.push(results),
            Err(error) => break error,
        }
        assert!(kept.len() < 10);
    };
    assert!(matches!(error, ExecuteError::Budget { .. }), "{error}");
    assert!(error.to_string().contains("drop buffers or raise the budget"), "{error}");
    device.set_budget(None);
    double.execute(&[&x]).unwrap();
}

#[test]
fn a_budget_suspends_an_asynchronous_submitter() {
    let device = device("cpu:23").unwrap();
    let double = compile(&device, DOUBLE);
    device.set_budget(Some(4 * N * size_of::<f32>()));
    let x = device.upload(&ones()).unwrap();
    let submitter = runahead::asynchronous::spawn({
        let (double, x) = (double.clone(), x.clone());
        async move {
            for _ in 0..200 {
                double.execute_async(&[&x]).await?;
            }
            Ok::<_, ExecuteError>(())
        }
    });
    submitter.wait().unwrap();
}

#[test]
fn arguments_that_do_not_fit_are_named() {
    let (here, there) = (device("cpu:24").unwrap(), device("cpu:25").unwrap());
    let double = compile(&here, DOUBLE);
    let x = here.upload(&ones()).unwrap();
    let none = double.execute(&[]).unwrap_err().to_string();
    assert_eq!(none, "step takes 1 arguments, but 0 were given");
    assert!(double.execute(&[&x, &x]).is_err());
    let short = here.upload(&Literal::from_elements([3], &[1f32; 3]).unwrap()).unwrap();
    let message = double.execute(&[&short]).unwrap_err().to_string();
    assert!(message.contains("tensor<10000xf32>") && message.contains("tensor<3xf32>"), "{message}");
    let elsewhere = there.upload(&ones()).unwrap();
    let message = double.execute(&[&elsewhere]).unwrap_err().to_string();
    assert!(message.contains("cpu:24") && message.contains("cpu:25"), "{message}");
}

#[test]
fn an_upload_of_a_splat_is_written_out() {
    let device = device("cpu:26").unwrap();
    let double = compile(&device, DOUBLE);
    let ty = ones().ty().clone();
    let splat = Literal::splat(ty, 3f32.to_le_bytes()).unwrap();
    let x = device.upload(&splat).unwrap();
    assert_eq!(first(&double.execute(&[&x]).unwrap()[0]), 6.0);
    assert!(x.to_host().wait().unwrap().to_elements::<f32>().unwrap().iter().all(|&x| x == 3.0));
}

#[test]
fn a_ready_event_fires_when_the_data_is_there() {
    let device = device("cpu:27").unwrap();
    let double = compile(&device, DOUBLE);
    let y = double.execute(&[&device.upload(&ones()).unwrap()]).unwrap().remove(0);
    y.ready().wait().unwrap();
    assert!(y.is_ready() && y.ready().is_ready());
}

fn draw() -> Program {
    const PROGRAM: &str = "func.func @main(%x: tensor<6xi32>) -> tensor<6xi32> {
        %low = stablehlo.constant dense<0> : tensor<i32>
        %high = stablehlo.constant dense<1000000> : tensor<i32>
        %shape = stablehlo.constant dense<6> : tensor<1xi64>
        %a = stablehlo.rng %low, %high, %shape, distribution = UNIFORM : (tensor<i32>, tensor<i32>, tensor<1xi64>) -> tensor<6xi32>
        %b = stablehlo.rng %low, %high, %shape, distribution = UNIFORM : (tensor<i32>, tensor<i32>, tensor<1xi64>) -> tensor<6xi32>
        %c = stablehlo.subtract %a, %b : tensor<6xi32>
        %y = stablehlo.add %x, %c : tensor<6xi32>
        return %y : tensor<6xi32>
    }";
    Program::from_text("draw.mlir", PROGRAM).unwrap()
}

/// Draws numbers by a new executable, several times over without waiting, some of its arguments given for keeps; gives what
/// each execution drew.
fn drawn() -> Vec<Vec<i32>> {
    let device = device("cpu:27").unwrap();
    let draw = draw().compile(&device).unwrap();
    let zeros = Literal::from_elements([6], &[0i32; 6]).unwrap();
    let results: Vec<Buffer> = (0..9)
        .map(|i| {
            let x = device.upload(&zeros).unwrap();
            let donated: &[usize] = if i % 3 == 2 { &[0] } else { &[] };
            draw.submission(&[&x]).donating(donated).submit().unwrap().remove(0)
        })
        .collect();
    results.iter().map(|y| y.to_host().wait().unwrap().to_elements::<i32>().unwrap()).collect()
}

/// The same by forks on a device that has no program for them yet: the first are submitted before there is one.
fn drawn_by_forks() -> Vec<Vec<i32>> {
    static DEVICES: AtomicUsize = AtomicUsize::new(200);
    let device = device(&format!("cpu:{}", DEVICES.fetch_add(1, Ordering::Relaxed))).unwrap();
    let draw = draw();
    let zeros = Tensor::from_slice(&[0i32; 6], [6], &device).unwrap();
    let fork = || fork(|x: Lazy| Ok(draw.call(x)?.remove(0)), &zeros).unwrap();
    let forks: Vec<_> = (0..5).map(|_| fork()).collect();
    let mut drawn: Vec<Vec<i32>> =
        forks.into_iter().map(|fork| fork.wait().unwrap().to_vec().unwrap()).collect();
    // There is a program now, which goes on counting.
    drawn.extend([fork(), fork()].map(|fork| fork.wait().unwrap().to_vec().unwrap()));
    drawn
}

/// What is drawn is the same under every scheduler, and differs from one execution to the next.
fn follows_from_order(drawn: fn() -> Vec<Vec<i32>>) {
    let expected = Deterministic::new(0).run(drawn);
    for (i, numbers) in expected.iter().enumerate() {
        assert!(!expected[..i].contains(numbers), "execution {i} draws what another drew");
    }
    for seed in 1..40 {
        assert_eq!(Deterministic::new(seed).run(drawn), expected, "seed {seed}");
    }
    for workers in [1, 2, 4] {
        for _ in 0..10 {
            assert_eq!(Pool::new(workers).run(drawn), expected, "{workers} workers");
        }
    }
}

#[test]
fn random_numbers_follow_from_the_order_of_submission() {
    follows_from_order(drawn);
}

#[test]
fn random_numbers_follow_from_the_order_of_submission_before_there_is_a_program() {
    follows_from_order(drawn_by_forks);
}
