//! Reverse values and variables: sums in one order, and gradients compared with finite differences.

mod common;

use common::everywhere;
use num_complex::Complex;
use runahead_async::{Async, Deterministic, Error, ErrorKind, Pool, Reverse, Var, dispatch, spawn, task};

type C = Complex<f64>;

/// A function of variables, and the same of numbers.
type OfReals = (fn(&Var<f64>, &Var<f64>) -> Var<f64>, fn(f64, f64) -> f64);
type OfComplexes = (fn(&Var<C>, &Var<C>) -> Var<C>, fn(C, C) -> C);

const REAL: &[OfReals] = &[
    (|a, b| a + b, |a, b| a + b),
    (|a, b| a - b, |a, b| a - b),
    (|a, b| a * b, |a, b| a * b),
    (|a, b| a / b, |a, b| a / b),
    (|a, b| a * 3.0 + 2.0 - b, |a, b| a * 3.0 + 2.0 - b),
    (|a, b| 3.0 * a + 2.0 / b, |a, b| 3.0 * a + 2.0 / b),
    (|a, b| (5.0 - a) * (b / 4.0), |a, b| (5.0 - a) * (b / 4.0)),
    (|a, b| -a * (b - 1.5), |a, b| -a * (b - 1.5)),
    (|a, b| a.exp() * b, |a, b| a.exp() * b),
    (|a, b| a.ln() * b.ln(), |a, b| a.ln() * b.ln()),
    (|a, b| a.sqrt() + b.sqrt(), |a, b| a.sqrt() + b.sqrt()),
    (|a, b| a.sin() * b.cos(), |a, b| a.sin() * b.cos()),
    (|a, b| (a * b).tanh(), |a, b| (a * b).tanh()),
    (|a, b| a.powi(3) * b.powi(-2), |a, b| a.powi(3) * b.powi(-2)),
    (|a, b| a.powi(0) * b.powi(1), |a, b| a.powi(0) * b.powi(1)),
    (|a, b| a.conj() * b.re() + b.im(), |a, b| a * b),
    (|a, _| a * a * a / (a + a), |a, _| a * a / 2.0),
];

const COMPLEX: &[OfComplexes] = &[
    (|a, b| a + b, |a, b| a + b),
    (|a, b| a - b, |a, b| a - b),
    (|a, b| a * b, |a, b| a * b),
    (|a, b| a / b, |a, b| a / b),
    (|a, b| -a * b, |a, b| -a * b),
    (|a, b| C::i() * a - b * C::new(1.0, 2.0), |a, b| C::i() * a - b * C::new(1.0, 2.0)),
    (|a, b| a.exp() * b, |a, b| a.exp() * b),
    (|a, b| a.ln() * b, |a, b| a.ln() * b),
    (|a, b| a.sqrt() * b, |a, b| a.sqrt() * b),
    (|a, b| a.sin() + b.cos(), |a, b| a.sin() + b.cos()),
    (|a, b| (a * b).tanh(), |a, b| (a * b).tanh()),
    (|a, b| a.powi(3) * b.powi(-2), |a, b| a.powi(3) * b.powi(-2)),
    (|a, b| a.conj() * b, |a, b| a.conj() * b),
    (|a, b| a.conj().exp() * b.conj(), |a, b| a.conj().exp() * b.conj()),
];

/// The derivative of a real function, by differences.
fn slope(f: impl Fn(f64) -> f64) -> f64 {
    let h = 1e-5;
    (8.0 * (f(h) - f(-h)) - (f(2.0 * h) - f(-2.0 * h))) / (12.0 * h)
}

/// The gradient of a real function of a complex number, by differences.
fn slopes(f: impl Fn(C) -> f64) -> C {
    C::new(slope(|h| f(C::new(h, 0.0))), slope(|h| f(C::new(0.0, h))))
}

#[test]
fn real_gradients_agree_with_finite_differences() {
    let (a, b) = (0.8, 1.7);
    for (number, (of_variables, of_numbers)) in REAL.iter().enumerate() {
        let (x, y) = (Var::from(a), Var::from(b));
        let z = of_variables(&x, &y);
        assert!((*z.wait().unwrap() - of_numbers(a, b)).abs() < 1e-14, "function {number}");
        z.seed(1.5);
        let gradients = [x.gradient(), y.gradient()].map(|gradient| *gradient.wait().unwrap());
        let expected = [slope(|h| 1.5 * of_numbers(a + h, b)), slope(|h| 1.5 * of_numbers(a, b + h))];
        for (gradient, expected) in gradients.into_iter().zip(expected) {
            assert!((gradient - expected).abs() < 1e-9, "function {number}: {gradient}, not {expected}");
        }
    }
}

#[test]
fn complex_gradients_agree_with_finite_differences() {
    let (a, b, seed) = (C::new(0.8, 0.3), C::new(-0.6, 1.1), C::new(0.7, -0.4));
    for (number, (of_variables, of_numbers)) in COMPLEX.iter().enumerate() {
        let (x, y) = (Var::from(a), Var::from(b));
        let z = of_variables(&x, &y);
        assert!((*z.wait().unwrap() - of_numbers(a, b)).norm() < 1e-14, "function {number}");
        z.seed(seed);
        let gradients = [x.gradient(), y.gradient()].map(|gradient| *gradient.wait().unwrap());
        let real = |w: C| (seed.conj() * w).re;
        let expected = [slopes(|h| real(of_numbers(a + h, b))), slopes(|h| real(of_numbers(a, b + h)))];
        for (gradient, expected) in gradients.into_iter().zip(expected) {
            assert!((gradient - expected).norm() < 1e-9, "function {number}: {gradient}, not {expected}");
        }
    }
}

#[test]
fn real_and_imaginary_parts_join_complex_and_real_variables() {
    let a = C::new(0.8, 0.3);
    let z = Var::from(a);
    let w = z.sin();
    let y = w.re() * w.im().exp();
    y.backward();
    let expected = slopes(|h| {
        let w = (a + h).sin();
        w.re * w.im.exp()
    });
    assert!((*z.gradient().wait().unwrap() - expected).norm() < 1e-9);
}

#[test]
#[cfg_attr(miri, ignore = "Miri rounds functions at random")]
fn gradients_are_the_same_under_every_scheduler() {
    fn gradients() -> (f64, f64) {
        let (x, y) = (Var::from(0.1), Var::from(0.2));
        let mut sum = x.clone();
        for i in 0..20 {
            sum += (&x * &y + f64::from(i)).sin() / (&sum + 3.0);
        }
        sum.clone().backward();
        sum.seed(0.5);
        (*x.gradient().wait().unwrap(), *y.gradient().wait().unwrap())
    }
    let reference = Deterministic::new(12345).run(gradients);
    // Bit for bit: the contributions are summed in the order of the program.
    everywhere(|| assert_eq!(gradients(), reference));
}

#[test]
fn what_is_never_seeded_gives_zero_and_never_hangs() {
    everywhere(|| {
        let (x, y) = (Var::from(2.0), Var::from(3.0));
        let (unused, unseeded) = (x.sin(), &x * &y);
        let seeded = &y * 10.0;
        seeded.backward();
        assert_eq!(*x.gradient().wait().unwrap(), 0.0);
        assert_eq!(*y.gradient().wait().unwrap(), 10.0);
        // Those in between can be asked too, while they are held.
        assert_eq!((*unused.gradient().wait().unwrap(), *unseeded.gradient().wait().unwrap()), (0.0, 0.0));
        let alone = Var::from(C::new(1.0, 1.0));
        assert_eq!(*alone.gradient().wait().unwrap(), C::new(0.0, 0.0));
    });
}

#[test]
fn seeds_and_handles_come_and_go_in_any_order() {
    everywhere(|| {
        let x = Var::from(3.0);
        let early = x.gradient_later();
        let again = x.clone();
        let square = &x * &again;
        square.seed(1.0); // before the value may be there
        let seed = Async::new();
        square.seed_with(&seed);
        let between = square.gradient_later();
        let cube = &square * &x;
        cube.seed(10.0);
        drop((cube, again));
        dispatch(seed.write(), |seed| seed.set(2.0));
        drop(square);
        drop(x);
        assert_eq!(*early.wait().unwrap(), 3.0 * 6.0 + 10.0 * 27.0);
        assert_eq!(*between.wait().unwrap(), 3.0 + 10.0 * 3.0);
    });
}

#[test]
fn a_gradient_that_is_asked_for_closes_what_depends_on_it() {
    everywhere(|| {
        let x = Var::from(3.0);
        let kept = &x * &x; // held to the end
        let y = kept.sin() + &kept;
        y.clone().backward();
        let gradient = x.gradient();
        assert!((*gradient.wait().unwrap() - 6.0 * (9.0f64.cos() + 1.0)).abs() < 1e-14);
        assert!(x.gradient().is_same(&gradient));
        assert!((*kept.gradient().wait().unwrap() - 9.0f64.cos() - 1.0).abs() < 1e-14);
        assert_eq!(*y.gradient().wait().unwrap(), 1.0);
        drop(kept);
    });
}

#[test]
fn using_a_variable_after_its_gradient_panics_and_says_where() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let x = Var::from(3.0);
    let y = &x * 2.0;
    x.gradient().wait().unwrap();
    let uses: [&dyn Fn(); 3] = [&|| _ = &x + 1.0, &|| _ = y.sin(), &|| y.seed(1.0)];
    for use_it in uses {
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(use_it)).unwrap_err();
        let message = panic.downcast_ref::<String>().unwrap();
        assert!(message.contains("gradients.rs"), "{message}");
    }
    std::panic::set_hook(hook);
}

#[test]
fn errors_reach_the_gradients_that_depend_on_them() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    everywhere(|| {
        let broken = Async::<f64>::new();
        task("origin").dispatch(broken.write(), |broken| "x".parse().map(|x| broken.set(x)));
        let (x, y, z) = (Var::from(1.0), Var::from(2.0), Var::from(broken));
        let (good, bad) = (&x * &y, &y * &z);
        good.backward();
        bad.backward();
        assert_eq!(*x.gradient().wait().unwrap(), 2.0);
        for gradient in [y.gradient(), z.gradient()] {
            assert_eq!(gradient.wait().unwrap_err().origin().name(), Some("origin"));
        }

        // What fails and is not seeded does no harm.
        let w = Var::from(1.0);
        let unused = w.map(|_| -> f64 { panic!("forward") }, |g, _, _| *g);
        (&w * 3.0).backward();
        assert!(unused.wait().unwrap_err().to_string().contains("forward"));
        assert_eq!(*w.gradient().wait().unwrap(), 3.0);

        let v = Var::from(1.0);
        let backward = v.map(|v| *v, |_, _, _| panic!("backward")).sin().sin();
        backward.backward();
        assert!(v.gradient().wait().unwrap_err().to_string().contains("backward"));

        let u = Var::from(1.0);
        let seed = Async::new();
        drop(seed.write().cancel_if_unwritten());
        u.seed_with(&seed); // counts as absent
        u.seed(2.0);
        assert_eq!(*u.gradient().wait().unwrap(), 2.0);
        let failing = Async::new();
        task("seed").dispatch(failing.write(), |_| Err::<(), _>("no seed"));
        let t = Var::from(1.0);
        (&t + 1.0).seed_with(&failing);
        assert_eq!(t.gradient().wait().unwrap_err().origin().name(), Some("seed"));
    });
    std::panic::set_hook(hook);
}

#[test]
fn variables_are_used_in_tasks() {
    everywhere(|| {
        let x = Var::from(3.0);
        let (gradient, inner) = (x.gradient_later(), x.clone());
        let squared = spawn(async move {
            let y = &inner * &inner;
            let value = *y.read().await?;
            y.backward();
            Ok::<_, Error>(value)
        });
        assert_eq!(*squared.wait().unwrap(), 9.0);
        drop(x);
        assert_eq!(*gradient.wait().unwrap(), 6.0);
    });
}

#[test]
fn many_terms_are_exact() {
    everywhere(|| {
        let variables: Vec<_> = (1..=128).map(|i| Var::from(f64::from(i))).collect();
        let mut sum = &variables[0] * &variables[0];
        for variable in &variables[1..] {
            sum += variable * variable;
        }
        sum.backward();
        for (i, variable) in variables.iter().enumerate() {
            assert_eq!(*variable.gradient().wait().unwrap(), 2.0 * (i + 1) as f64);
        }
    });
}

#[test]
fn a_graph_of_a_hundred_thousand_nodes_needs_no_stack() {
    const NODES: usize = if cfg!(miri) { 60 } else { 100_000 };
    let test = || {
        for seeded in [true, false] {
            for kept in [true, false] {
                let pool = Pool::new(2);
                let gradient = pool.run(|| {
                    let factor = 1.0 + 1e-7;
                    let x = Var::from(factor);
                    let mut y = Var::from(1.0);
                    let mut held = Vec::new();
                    for _ in 0..NODES {
                        y = &y * &x;
                        if kept {
                            held.push(y.clone());
                        }
                    }
                    if seeded {
                        y.backward();
                    }
                    *x.gradient().wait().unwrap()
                });
                let expected = NODES as f64 * (1.0 + 1e-7f64).powi(NODES as i32 - 1);
                let expected = if seeded { expected } else { 0.0 };
                assert!((gradient - expected).abs() <= expected * 1e-10, "{gradient}, not {expected}");
            }
        }
        // An error all the way back, and one all the way forward.
        for forward in [true, false] {
            Deterministic::new(1).run(|| {
                let broken = Async::<f64>::new();
                drop(broken.write());
                let x = if forward { Var::from(broken.clone()) } else { Var::from(1.0) };
                let mut y = x.clone();
                for _ in 0..NODES / 4 {
                    y = -y;
                }
                if forward {
                    y.seed(1.0)
                } else {
                    y.seed_with(&fails())
                }
                drop(y);
                assert!(x.gradient().wait().is_err());
            });
        }
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(test).unwrap().join().unwrap();
}

fn fails() -> Async<f64> {
    let value = Async::new();
    dispatch(value.write(), |_| Err::<(), _>("no seed"));
    value
}

#[test]
fn a_scheduler_that_is_dropped_leaves_no_gradient_waiting() {
    let (x, gradient);
    let scheduler = Deterministic::new(0);
    {
        let gate = Async::<f64>::new();
        let place = gate.defer();
        (x, gradient) = scheduler.run(|| {
            let x = Var::from(1.0);
            let y = &x * &Var::from(gate);
            y.seed(1.0);
            drop(y);
            let gradient = x.gradient();
            (x, gradient)
        });
        drop(scheduler);
        place.set(1.0);
    }
    // What was to contribute was cancelled.
    assert_eq!(*gradient.wait().unwrap(), 0.0);
    drop(x);
}

#[test]
fn reverse_values_sum_in_the_order_of_the_program() {
    everywhere(|| {
        let terms = [1e16, 1.0, -1e16, 1.0, 0.5];
        let values: Vec<_> = terms.iter().map(|_| Async::new()).collect();
        let mut sum = Reverse::new();
        let (early, doubled) = (sum.read(), sum.value().map(|sum| 2.0 * sum));
        for value in &values[..4] {
            sum += value;
        }
        sum -= &values[4];
        let absent = sum.contribution();
        let (plus, minus) = (sum.contribution(), sum.deduction());
        sum.add(&Async::from(1.0));
        sum -= 2.0;
        drop(sum);
        for (value, term) in values.iter().zip(terms).rev() {
            dispatch(value.write(), move |value| value.set(term));
        }
        dispatch((minus, plus, absent), |(minus, plus, _)| {
            minus.set(0.25);
            plus.set(10.0);
        });
        let expected = (((1e16 + 1.0) - 1e16) + 1.0) - 0.5 + 10.0 - 0.25 + 1.0 - 2.0;
        assert_eq!((*early.wait().unwrap(), *doubled.wait().unwrap()), (expected, 2.0 * expected));
    });
}

#[test]
fn contributions_that_are_missing_or_cancelled_are_absent_and_errors_are_not() {
    everywhere(|| {
        let mut sum = Reverse::new();
        drop(sum.contribution().cancel_if_unwritten());
        let cancelled = Async::<i32>::new();
        drop(cancelled.write().cancel_if_unwritten());
        sum -= &cancelled;
        assert_eq!(sum.finish().wait().unwrap_err().kind(), ErrorKind::Unwritten);
        assert_eq!(Reverse::<i32>::new().finish().wait().unwrap_err().kind(), ErrorKind::Unwritten);
        let empty = Reverse::<i32>::new();
        let read = empty.read().maybe();
        drop(empty);
        assert!(read.wait().unwrap().is_none());

        let mut sum = Reverse::new();
        sum -= 1;
        sum.add(&cancelled);
        assert_eq!(*sum.finish().wait().unwrap(), -1);

        let mut sum = Reverse::new();
        sum += 1;
        let place = sum.contribution();
        task("fails").dispatch(place, |_| Err::<(), _>("on purpose"));
        assert_eq!(sum.finish().wait().unwrap_err().origin().name(), Some("fails"));
    });
}

#[test]
fn a_thousand_contributions_and_a_long_chain_of_reverse_values() {
    const TERMS: i64 = if cfg!(miri) { 16 } else { 1024 };
    everywhere_few(|| {
        let mut sum = Reverse::new();
        let places: Vec<_> = (0..TERMS).map(|_| sum.contribution()).collect();
        let total = sum.finish();
        for (i, place) in places.into_iter().enumerate().rev() {
            dispatch(place, move |place| place.set(i as i64));
        }
        assert_eq!(*total.wait().unwrap_or_else(|error| panic!("{error}")), TERMS * (TERMS - 1) / 2);
        // Each contributes to the one before it, and the last one is seeded.
        let mut chain: Vec<_> = (0..4 * TERMS).map(|_| Reverse::<i64>::new()).collect();
        let first = chain[0].value();
        for i in (1..chain.len()).rev() {
            let value = chain[i].value();
            chain[i - 1] += &value;
        }
        *chain.last_mut().unwrap() += 7;
        drop(chain);
        assert_eq!(*first.wait().unwrap(), 7);
    });
}

fn everywhere_few(test: impl Fn()) {
    if !cfg!(miri) {
        Pool::new(2).run(&test);
    }
    for seed in 0..3 {
        Deterministic::new(seed).run(&test);
    }
}
