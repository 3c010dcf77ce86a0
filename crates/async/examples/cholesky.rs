//! Cholesky factorisation by tiles, written as a sequential loop and run in parallel.
//!
//! Each tile is a value. The loop below is the textbook's; each call acquires the tiles that it reads and the one that it
//! changes, and the order in which it does so is all that the run depends on. The result is compared, bit for bit, with
//! the same loop run directly, and its product with the matrix that it came from.
//!
//! ```sh
//! cargo run --release -p runahead-async --example cholesky
//! ```

use runahead_async::{Async, Error, task};

/// Rows and columns of a tile.
const SIZE: usize = 64;
/// Tiles in a row of the matrix.
const TILES: usize = 6;

/// A tile, row by row.
type Tile = Vec<f64>;

/// Factorises a tile on the diagonal.
fn potrf(a: &mut Tile) {
    for j in 0..SIZE {
        for i in j..SIZE {
            let dot: f64 = (0..j).map(|k| a[i * SIZE + k] * a[j * SIZE + k]).sum();
            let rest = a[i * SIZE + j] - dot;
            a[i * SIZE + j] = if i == j { rest.sqrt() } else { rest / a[j * SIZE + j] };
        }
        a[j * SIZE + j + 1..(j + 1) * SIZE].fill(0.0);
    }
}

/// Solves for a tile below a factorised one: `a` becomes the solution `x` of `x lᵀ = a`.
fn trsm(l: &Tile, a: &mut Tile) {
    for row in a.chunks_exact_mut(SIZE) {
        for j in 0..SIZE {
            let dot: f64 = (0..j).map(|k| row[k] * l[j * SIZE + k]).sum();
            row[j] = (row[j] - dot) / l[j * SIZE + j];
        }
    }
}

/// Subtracts `a bᵀ` from `c`.
fn gemm(a: &Tile, b: &Tile, c: &mut Tile) {
    for (row, c) in a.chunks_exact(SIZE).zip(c.chunks_exact_mut(SIZE)) {
        for (column, c) in b.chunks_exact(SIZE).zip(c) {
            *c -= row.iter().zip(column).map(|(a, b)| a * b).sum::<f64>();
        }
    }
}

/// An element of a symmetric positive definite matrix.
fn element(row: usize, column: usize) -> f64 {
    let distance = row.abs_diff(column) as f64;
    1.0 / (1.0 + distance) + if row == column { 4.0 } else { 0.0 }
}

fn tile(i: usize, j: usize) -> Tile {
    (0..SIZE * SIZE).map(|k| element(i * SIZE + k / SIZE, j * SIZE + k % SIZE)).collect()
}

/// The tiles on and below the diagonal.
fn lower<T>(mut f: impl FnMut(usize, usize) -> T) -> Vec<Vec<T>> {
    (0..TILES).map(|i| (0..=i).map(|j| f(i, j)).collect()).collect()
}

fn factorise(a: &[Vec<Async<Tile>>]) {
    for k in 0..TILES {
        task("potrf").dispatch(a[k][k].mutate(), potrf);
        for i in k + 1..TILES {
            task("trsm").dispatch((a[k][k].read(), a[i][k].mutate()), |(l, a)| trsm(l, a));
        }
        for i in k + 1..TILES {
            for j in k + 1..=i {
                let accesses = (a[i][k].read(), a[j][k].read(), a[i][j].mutate());
                task("gemm").dispatch(accesses, |(a, b, c)| gemm(a, b, c));
            }
        }
    }
}

fn factorise_directly(a: &mut [Vec<Tile>]) {
    for k in 0..TILES {
        potrf(&mut a[k][k]);
        let diagonal = a[k][k].clone();
        for row in &mut a[k + 1..] {
            trsm(&diagonal, &mut row[k]);
        }
        for i in k + 1..TILES {
            for j in k + 1..=i {
                let (left, right) = (a[i][k].clone(), a[j][k].clone());
                gemm(&left, &right, &mut a[i][j]);
            }
        }
    }
}

fn main() -> Result<(), Error> {
    let tiles = lower(|i, j| Async::from(tile(i, j)));
    factorise(&tiles); // returns at once
    let mut expected = lower(tile);
    factorise_directly(&mut expected);

    let mut error = 0.0f64;
    for i in 0..TILES {
        for j in 0..=i {
            assert_eq!(*tiles[i][j].wait()?, expected[i][j], "tile {i}, {j}");
            // What is left of the matrix when the product of the factor and its transpose is subtracted.
            let mut rest = tile(i, j);
            for (left, right) in expected[i].iter().zip(&expected[j]) {
                gemm(left, right, &mut rest);
            }
            error = rest.iter().fold(error, |error, x| error.max(x.abs()));
        }
    }
    assert!(error < 1e-12, "{error}");
    println!(
        "{0}×{0} factorised, as by the sequential loop; the product is off by {error:.1e}",
        TILES * SIZE
    );
    Ok(())
}
