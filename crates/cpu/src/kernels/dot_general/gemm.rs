//! One matrix product on strided operands, and its division among threads.

use gemm::Parallelism;
use num_complex::Complex;

use super::super::parallel::{
    ColumnBlock, for_each_column_block_mut, for_each_part_mut, split_point, threads_for,
};
use crate::element::Element;
use crate::simd::{Loop, Machine, vectorized};

/// Multiplications that are worth another thread.
const PRODUCTS_PER_PART: usize = 1 << 18;

/// Splits fall on multiples of these, so that few of the tiles that are computed at once are cut.
const ROWS: usize = 12;
const COLUMNS: usize = 64;

/// A part has more rows or columns than the first number, and more elements than the second: the `gemm` crate sums
/// smaller products in another order, and how work is divided is not to show in the result.
const LEAST_SIDE: usize = 64;
const LEAST_AREA: usize = 256;

/// Sums of so few complex products are added up as they are written, rounding after each operation: where they cancel,
/// that is what other implementations give to the last place.
const SHORT_SUM: usize = 8;

/// Sums of so few products are added up from zero here: the crate begins them with the first, which may be negative zero.
const FEW_PRODUCTS: usize = 2;

/// The shape of `out[i, j] = Σ lhs[i, l] * rhs[l, j]`, with strides in elements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::kernels) struct Gemm {
    pub(in crate::kernels) m: usize,
    pub(in crate::kernels) n: usize,
    pub(in crate::kernels) k: usize,
    pub(in crate::kernels) lhs_row: usize,
    pub(in crate::kernels) lhs_column: usize,
    pub(in crate::kernels) rhs_row: usize,
    pub(in crate::kernels) rhs_column: usize,
}

/// A type that matrices are multiplied in.
pub(in crate::kernels) trait Multiply: Element {
    /// `self * factor + sum`.
    fn multiply_add(self, factor: Self, sum: Self) -> Self;

    /// The element added to zero: itself, but for negative zero, which no sum from zero comes to.
    fn added_to_zero(self) -> Self;

    /// `out = lhs * rhs`, added to what `out` holds where `accumulate` is set.
    ///
    /// # Safety
    /// All elements that `shape` reaches from the slices' starts lie in the slices, and `out` is as large as it says.
    unsafe fn multiply(
        shape: &Gemm,
        lhs: &[Self],
        rhs: &[Self],
        out: &mut ColumnBlock<'_, Self>,
        accumulate: bool,
    );
}

impl Gemm {
    /// Computes the product into a block of as many rows and columns, on this thread.
    ///
    /// # Panics
    /// Where an operand is too short or the block has another size.
    pub(in crate::kernels) fn run<T: Multiply>(
        &self,
        lhs: &[T],
        rhs: &[T],
        out: &mut ColumnBlock<'_, T>,
        accumulate: bool,
    ) {
        assert!(out.rows() == self.m && out.columns() == self.n, "the result has another shape");
        if self.m == 0 || self.n == 0 {
            return;
        }
        if self.k == 0 {
            if !accumulate {
                (0..self.m).for_each(|row| out.row(row).fill(T::zeroed()));
            }
            return;
        }
        let reach = |rows: usize, row: usize, columns: usize, column: usize| {
            ((rows - 1).checked_mul(row)?).checked_add((columns - 1).checked_mul(column)?)
        };
        assert!(reach(self.m, self.lhs_row, self.k, self.lhs_column).is_some_and(|last| last < lhs.len()));
        assert!(reach(self.k, self.rhs_row, self.n, self.rhs_column).is_some_and(|last| last < rhs.len()));
        if T::TYPE.is_complex() && self.k <= SHORT_SUM {
            return self.run_as_written(lhs, rhs, out, accumulate);
        }
        if self.k <= FEW_PRODUCTS {
            return vectorized(ByRows { shape: self, lhs, rhs, out, accumulate });
        }
        // SAFETY: just checked.
        unsafe { T::multiply(self, lhs, rhs, out, accumulate) }
        // The crate begins the sums of a vector with their first product.
        if self.m == 1 || self.n == 1 {
            for row in 0..self.m {
                out.row(row).iter_mut().for_each(|sum| *sum = sum.added_to_zero());
            }
        }
    }

    /// The product, each element as a sum from the first product to the last.
    fn run_as_written<T: Multiply>(
        &self,
        lhs: &[T],
        rhs: &[T],
        out: &mut ColumnBlock<'_, T>,
        accumulate: bool,
    ) {
        for i in 0..self.m {
            for (j, out) in out.row(i).iter_mut().enumerate() {
                let first = if accumulate { *out } else { T::zeroed() };
                *out = (0..self.k).fold(first, |sum, l| {
                    let left = lhs[i * self.lhs_row + l * self.lhs_column];
                    left.multiply_add(rhs[l * self.rhs_row + j * self.rhs_column], sum)
                });
            }
        }
    }

    /// Computes the product into dense rows, with the threads there are.
    ///
    /// How the work is divided does not show in the result: each element is summed in the same order.
    pub(in crate::kernels) fn run_parallel<T: Multiply>(&self, lhs: &[T], rhs: &[T], out: &mut [T]) {
        let work = self.m.saturating_mul(self.n).saturating_mul(self.k);
        let parts = threads_for(work, PRODUCTS_PER_PART);
        let least = |group: usize, across: usize| LEAST_SIDE.max(LEAST_AREA / across.max(1)) + 2 * group;
        let by_rows = parts.min(self.m / least(ROWS, self.n));
        let by_columns = parts.min(self.n / least(COLUMNS, self.m));
        if by_columns > by_rows {
            let bound = |part| split_at(self.n, COLUMNS, by_columns, part);
            for_each_column_block_mut(out, self.n, by_columns, &bound, &|part, mut out| {
                let rhs = &rhs[(bound(part) * self.rhs_column).min(rhs.len())..];
                Gemm { n: out.columns(), ..*self }.run(lhs, rhs, &mut out, false);
            });
        } else {
            let parts = by_rows.max(1);
            let first = |part| split_at(self.m, ROWS, parts, part);
            for_each_part_mut(out, parts, &|part| first(part) * self.n, &|part, out| {
                let m = first(part + 1) - first(part);
                let lhs = &lhs[(first(part) * self.lhs_row).min(lhs.len())..];
                let mut out = ColumnBlock::whole(out, m, self.n, self.n);
                Gemm { m, ..*self }.run(lhs, rhs, &mut out, false);
            });
        }
    }
}

/// Where part `part` begins when `count` rows or columns are shared out in groups of `group`.
fn split_at(count: usize, group: usize, parts: usize, part: usize) -> usize {
    (split_point(count.div_ceil(group), parts, part) * group).min(count)
}

/// The products that the `gemm` crate computes.
macro_rules! multiply_by_crate {
    ($($t:ty => $one:expr, $zero:expr;)*) => {
        $(impl Multiply for $t {
            #[inline(always)]
            fn multiply_add(self, factor: $t, sum: $t) -> $t {
                self * factor + sum
            }

            #[inline(always)]
            fn added_to_zero(self) -> $t {
                self + $zero
            }

            unsafe fn multiply(
                shape: &Gemm,
                lhs: &[$t],
                rhs: &[$t],
                out: &mut ColumnBlock<'_, $t>,
                accumulate: bool,
            ) {
                let Gemm { m, n, k, lhs_row, lhs_column, rhs_row, rhs_column } = *shape;
                let row_len = out.row_len() as isize;
                // SAFETY: the caller's promise: every element that is read or written is there. `out` is not read
                // unless it holds a result already.
                unsafe {
                    gemm::gemm::<$t>(
                        m,
                        n,
                        k,
                        out.as_mut_ptr(),
                        1,
                        row_len,
                        accumulate,
                        lhs.as_ptr(),
                        lhs_column as isize,
                        lhs_row as isize,
                        rhs.as_ptr(),
                        rhs_column as isize,
                        rhs_row as isize,
                        $one,
                        $one,
                        false,
                        false,
                        false,
                        Parallelism::None,
                    );
                }
            }
        })*
    };
}

multiply_by_crate! {
    f32 => 1.0, 0.0;
    f64 => 1.0, 0.0;
    Complex<f32> => Complex::new(1.0, 0.0), Complex::new(0.0, 0.0);
    Complex<f64> => Complex::new(1.0, 0.0), Complex::new(0.0, 0.0);
}

/// The products that wrap around.
macro_rules! multiply_wrapping {
    ($($t:ty)*) => {
        $(impl Multiply for $t {
            #[inline(always)]
            fn multiply_add(self, factor: $t, sum: $t) -> $t {
                self.wrapping_mul(factor).wrapping_add(sum)
            }

            #[inline(always)]
            fn added_to_zero(self) -> $t {
                self
            }

            unsafe fn multiply(
                shape: &Gemm,
                lhs: &[$t],
                rhs: &[$t],
                out: &mut ColumnBlock<'_, $t>,
                accumulate: bool,
            ) {
                vectorized(ByRows { shape, lhs, rhs, out, accumulate });
            }
        })*
    };
}

multiply_wrapping! { i32 i64 }

/// Adds multiples of the right matrix's rows to each row of the result, which begins with zeros.
struct ByRows<'a, 'o, T> {
    shape: &'a Gemm,
    lhs: &'a [T],
    rhs: &'a [T],
    out: &'a mut ColumnBlock<'o, T>,
    accumulate: bool,
}

impl<T: Multiply> Loop for ByRows<'_, '_, T> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let ByRows { shape, lhs, rhs, out, accumulate } = self;
        for i in 0..shape.m {
            let row = out.row(i);
            if !accumulate {
                row.fill(T::zeroed());
            }
            for l in 0..shape.k {
                let x = lhs[i * shape.lhs_row + l * shape.lhs_column];
                let rhs = &rhs[l * shape.rhs_row..];
                if shape.rhs_column == 1 {
                    for (sum, y) in row.iter_mut().zip(rhs) {
                        *sum = x.multiply_add(*y, *sum);
                    }
                } else {
                    for (sum, y) in row.iter_mut().zip(rhs.iter().step_by(shape.rhs_column.max(1))) {
                        *sum = x.multiply_add(*y, *sum);
                    }
                }
            }
        }
    }
}
