//! Operators, functions, and trees of them.

mod common;

use common::everywhere;
use num_complex::Complex;
use runahead_async::{Async, Constant, Error, ErrorKind, dispatch, reduce, scan, spawn};

#[test]
fn operators_take_values_and_plain_numbers_in_any_form() {
    everywhere(|| {
        let (a, b) = (Async::from(12.0), Async::from(4.0));
        let results = [&a + &b, &a - b.clone(), a.clone() * &b, a.clone() / b.clone(), -&a, -a.clone()];
        assert_eq!(results.map(|result| *result.wait().unwrap()), [16.0, 8.0, 48.0, 3.0, -12.0, -12.0]);
        let results = [&a + 1.0, a.clone() - 2.0, 3.0 * &a, 6.0 / a.clone(), Constant(1.0) - &a];
        assert_eq!(results.map(|result| *result.wait().unwrap()), [13.0, 10.0, 36.0, 0.5, -11.0]);
        let parts = Async::from((2, 5));
        let second = parts.view(|parts| &parts.1, |parts| &mut parts.1);
        assert_eq!(*(&second * &second + 1).wait().unwrap(), 26);
        assert_eq!(*(Async::from(1) + &second).wait().unwrap(), 6);
    });
}

#[test]
fn operators_promote_types() {
    everywhere(|| {
        let (real, complex) = (Async::from(2.0f64), Async::from(Complex::new(1.0f64, 1.0)));
        assert_eq!(*(&real * &complex).wait().unwrap(), Complex::new(2.0, 2.0));
        assert_eq!(*(&complex + 1.0).wait().unwrap(), Complex::new(2.0, 1.0));
        assert_eq!(*(2.0 * &complex).wait().unwrap(), Complex::new(2.0, 2.0));
    });
}

#[test]
fn operators_see_the_program_order() {
    everywhere(|| {
        let mut x = Async::from(1);
        let before = &x + 0;
        x += 1;
        let between = &x * 10;
        x *= 3;
        x -= &between;
        x /= 7;
        assert_eq!([&before, &between, &x].map(|value| *value.wait().unwrap()), [1, 20, -2]);
    });
}

#[test]
fn a_value_may_stand_on_both_sides() {
    everywhere(|| {
        let mut x = Async::from(3);
        let square = &x * &x;
        x += &x.clone();
        x *= x.clone();
        let mut pair = Async::from(Pair(1, 2));
        let second = pair.view(|pair| &pair.1, |pair| &mut pair.1);
        pair += &second;
        assert_eq!((*square.wait().unwrap(), *x.wait().unwrap()), (9, 36));
        assert_eq!(*pair.wait().unwrap(), Pair(3, 4));
    });
}

#[derive(Clone, Debug, PartialEq)]
struct Pair(i32, i32);

impl std::ops::AddAssign<&i32> for Pair {
    fn add_assign(&mut self, right: &i32) {
        self.0 += right;
        self.1 += right;
    }
}

#[test]
fn comparisons_give_values() {
    everywhere(|| {
        let (one, two) = (Async::from(1), Async::from(2));
        let results = [one.lt(&two), one.le(1), one.gt(&two), one.ge(&two), one.eq(1), one.ne(two.clone())];
        assert_eq!(results.map(|result| *result.wait().unwrap()), [true, true, false, false, true, true]);
        let text = Async::from(String::from("b"));
        assert!(*text.gt(Constant(String::from("a"))).wait().unwrap());
    });
}

#[test]
fn errors_and_panics_travel_through_operators() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    everywhere(|| {
        let (one, zero) = (Async::from(1), Async::from(0));
        let mut x = &one / &zero;
        assert_eq!(x.wait().unwrap_err().kind(), ErrorKind::Panicked);
        assert_eq!((&x + 1).wait().unwrap_err().kind(), ErrorKind::Panicked);
        x += 1;
        assert_eq!(x.wait().unwrap_err().kind(), ErrorKind::Panicked);
        dispatch(x.write(), |x| x.set(1));
        x += 1;
        assert_eq!(*x.wait().unwrap(), 2);
        let then = one.then(|_| -> Async<i32> { panic!("on purpose") });
        assert!(then.wait().unwrap_err().to_string().contains("on purpose"));
    });
    std::panic::set_hook(hook);
}

#[test]
fn values_are_mapped_zipped_and_chained() {
    everywhere(|| {
        let (n, text) = (Async::from(3), Async::from(String::from("ab")));
        assert_eq!(*text.zip(&n, |text, n| text.repeat(*n)).wait().unwrap(), "ababab");
        assert_eq!(*text.map(String::len).wait().unwrap(), 2);
        assert!(text.try_map(|text| text.parse::<i32>()).wait().is_err());
        let source = Async::new();
        let early = source.read();
        let chained = n.then(move |&n| {
            spawn(async move {
                let factor: usize = *early.await?;
                Ok::<_, Error>(n * factor)
            })
        });
        dispatch(source.write(), |source| source.set(5));
        assert_eq!(*chained.wait().unwrap(), 15);
        let failed = n.then(|_| spawn(async { Err::<i32, _>("inner") }));
        assert!(failed.wait().unwrap_err().to_string().contains("inner"));
    });
}

#[test]
fn reductions_and_scans_combine_in_one_order() {
    everywhere(|| {
        for n in [0usize, 1, 2, 3, 7, 8, 13] {
            let words: Vec<_> = (0..n).map(|i| Async::from(i.to_string())).collect();
            let plain = |upto: usize| (0..upto).map(|i| i.to_string()).collect::<String>();
            let joined = reduce(&words, |a, b| format!("{a}{b}"));
            assert_eq!(joined.map(|all| all.wait().unwrap().clone()), (n > 0).then(|| plain(n)));
            let prefixes = scan(&words, |a, b| format!("{a}{b}"));
            let prefixes: Vec<_> = prefixes.iter().map(|prefix| prefix.wait().unwrap().clone()).collect();
            assert_eq!(prefixes, (1..=n).map(plain).collect::<Vec<_>>());
        }
        // The results are values of their own.
        let only = [Async::from(1)];
        let copies = [reduce(&only, |a, b| a + b).unwrap(), scan(&only, |a, b| a + b).remove(0)];
        dispatch(only[0].mutate(), |only| *only = 2);
        assert_eq!(copies.map(|copy| *copy.wait().unwrap()), [1, 1]);
    });
}

#[test]
fn reductions_of_many_leaves() {
    let leaves: Vec<_> = (0..512u64).map(Async::from).collect();
    assert_eq!(*reduce(&leaves, |a, b| a + b).unwrap().wait().unwrap(), 511 * 256);
    assert_eq!(*scan(&leaves, |a, b| a + b)[300].wait().unwrap(), 300 * 301 / 2);
}

#[test]
fn functions_of_real_and_complex_numbers() {
    let z = Complex::new(0.3, -0.7);
    let (x, w) = (Async::from(0.3f64), Async::from(z));
    let pairs = [
        (x.exp(), 0.3f64.exp()),
        (x.ln(), 0.3f64.ln()),
        (x.sqrt(), 0.3f64.sqrt()),
        (x.sin(), 0.3f64.sin()),
        (x.cos(), 0.3f64.cos()),
        (x.tanh(), 0.3f64.tanh()),
        (x.powi(-3), 0.3f64.powi(-3)),
        (x.conj(), 0.3),
        (x.re(), 0.3),
        (x.im(), 0.0),
        (w.re(), 0.3),
        (w.im(), -0.7),
    ];
    for (value, expected) in pairs {
        assert_eq!(*value.wait().unwrap(), expected);
    }
    let pairs = [
        (w.exp(), z.exp()),
        (w.ln(), z.ln()),
        (w.sqrt(), z.sqrt()),
        (w.sin(), z.sin()),
        (w.cos(), z.cos()),
        (w.tanh(), z.tanh()),
        (w.powi(2), z.powi(2)),
        (w.conj(), z.conj()),
    ];
    for (value, expected) in pairs {
        assert_eq!(*value.wait().unwrap(), expected);
    }
}
