//! Many values into one, by trees: reduction and scan.

use std::sync::Arc;

use crate::combine::compute;
use crate::value::Async;

/// Combines all values with an associative function, as a balanced tree of tasks: with `n` values, `n - 1` tasks, of
/// which those at the same height of the tree run at once. The tree depends on `n` alone, so the result is the same each
/// time, rounding included. `None` where there are no values.
///
/// ```
/// use runahead_async::{Async, reduce};
/// let words: Vec<_> = ["a", "b", "c", "d", "e"].map(|word| Async::from(word.to_owned())).into();
/// let text = reduce(&words, |left, right| format!("({left}{right})")).unwrap();
/// assert_eq!(*text.wait()?, "(((ab)(cd))e)");
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[track_caller]
pub fn reduce<T, F>(values: &[Async<T>], f: F) -> Option<Async<T>>
where
    T: Clone + Send + Sync + 'static,
    F: Fn(&T, &T) -> T + Send + Sync + 'static,
{
    if let [only] = values {
        return Some(only.copy());
    }
    let f = Arc::new(f);
    let mut level = values.to_vec();
    while level.len() > 1 {
        level = pairs(&level, &f);
    }
    level.pop()
}

/// All partial results of combining the values with an associative function from the left: the first one, the first two,
/// and so on to all. About `2 n` tasks for `n` values, of which none waits for more than `2 log n` others. The order of
/// combining depends on `n` alone.
///
/// ```
/// use runahead_async::{Async, scan};
/// let sums = scan(&[1, 2, 3, 4].map(Async::from), |a, b| a + b);
/// let sums: Vec<i32> = sums.iter().map(|sum| sum.wait().map(|sum| *sum)).collect::<Result<_, _>>()?;
/// assert_eq!(sums, [1, 3, 6, 10]);
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[track_caller]
pub fn scan<T, F>(values: &[Async<T>], f: F) -> Vec<Async<T>>
where
    T: Clone + Send + Sync + 'static,
    F: Fn(&T, &T) -> T + Send + Sync + 'static,
{
    scan_pairs(values, &Arc::new(f))
}

/// As [`scan`]; its depth is the logarithm of the number of values.
#[track_caller]
fn scan_pairs<T, F>(values: &[Async<T>], f: &Arc<F>) -> Vec<Async<T>>
where
    T: Clone + Send + Sync + 'static,
    F: Fn(&T, &T) -> T + Send + Sync + 'static,
{
    let Some(first) = values.first() else { return Vec::new() };
    let mut results = vec![first.copy()];
    if values.len() == 1 {
        return results;
    }
    // Those of the pairs are the results at the odd places; what lies between needs one step more.
    let of_pairs = scan_pairs(&pairs(values, f), f);
    for i in 1..values.len() {
        results.push(match i % 2 {
            1 => of_pairs[i / 2].clone(),
            _ => combined(&of_pairs[i / 2 - 1], &values[i], f),
        });
    }
    results
}

/// Each two neighbours combined; one that is left over stays as it is.
#[track_caller]
fn pairs<T, F>(values: &[Async<T>], f: &Arc<F>) -> Vec<Async<T>>
where
    T: Send + Sync + 'static,
    F: Fn(&T, &T) -> T + Send + Sync + 'static,
{
    let mut combined_pairs = Vec::with_capacity(values.len().div_ceil(2));
    for pair in values.chunks(2) {
        combined_pairs.push(match pair {
            [left, right] => combined(left, right, f),
            _ => pair[0].clone(),
        });
    }
    combined_pairs
}

#[track_caller]
fn combined<T, F>(left: &Async<T>, right: &Async<T>, f: &Arc<F>) -> Async<T>
where
    T: Send + Sync + 'static,
    F: Fn(&T, &T) -> T + Send + Sync + 'static,
{
    let f = Arc::clone(f);
    compute((left.read(), right.read()), move |(left, right)| f(left, right))
}
