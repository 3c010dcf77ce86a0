//! Loops that reduce a tile: along its rows, or its rows into one.
//!
//! Sums run in many lanes that are added as a tree, so that rounding errors stay far below those of adding one after
//! the other. Sums and products of the half-wide floats are those of `f32`, and so are their results: whoever wants them
//! narrower rounds them when all is added up.

use std::marker::PhantomData;

use half::{bf16, f16};
use runahead_ir::{Binary, ElementType};

use crate::element::{Bool, Element, elements, elements_mut};
use crate::halves::HalfElement;
use crate::ops::{Bits, Ordered, Ring, Scalar};
use crate::simd::{Loop, Machine, Plain, vectorized};
use crate::tile::{Grid, Source};

/// A reduction, compiled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fold {
    /// What changes nothing when it is reduced too.
    pub(super) identity: Scalar,
    /// Reduces each row of the tile to one element of the results, combined with what is there unless `first`.
    pub(super) along_rows: fn(Grid, &Source<'_>, results: &mut [u8], first: bool),
    /// Combines the rows of the tile with as many results as there are columns.
    pub(super) into_row: fn(Grid, &Source<'_>, results: &mut [u8]),
}

/// The reduction by an operation of elements of the first type to one of the second, for those that programs reduce much
/// of.
pub(super) fn fold_for(by: Binary, from: ElementType, to: ElementType) -> Option<Fold> {
    macro_rules! by_type {
        ($kind:ident: $($name:ident = $t:ty),*) => {
            match from {
                $(ElementType::$name => {
                    (<$kind<$t> as Folding>::Out::TYPE == to).then(fold::<$kind<$t>>)
                })*
                _ => None,
            }
        };
    }
    macro_rules! numbers {
        ($kind:ident) => {
            by_type!($kind: I32 = i32, I64 = i64, U32 = u32, BF16 = bf16, F16 = f16, F32 = f32, F64 = f64)
        };
    }
    macro_rules! bits {
        ($kind:ident) => {
            by_type!($kind: Bool = Bool, I32 = i32, U32 = u32)
        };
    }
    match by {
        Binary::Add => numbers!(Sum),
        Binary::Multiply => numbers!(Product),
        Binary::Maximum => numbers!(Largest),
        Binary::Minimum => numbers!(Smallest),
        Binary::And => bits!(All),
        Binary::Or => bits!(Any),
        Binary::Xor => bits!(Odd),
        _ => None,
    }
}

/// The element that changes nothing when it is reduced too; `None` where there is no such reduction.
pub(crate) fn identity(by: Binary, from: ElementType, to: ElementType) -> Option<Scalar> {
    fold_for(by, from, to).map(|fold| fold.identity)
}

fn fold<F: Folding>() -> Fold {
    Fold {
        identity: Scalar::of(F::stored(F::IDENTITY)),
        along_rows: along_rows::<F>,
        into_row: into_row::<F>,
    }
}

/// An associative operation.
trait Folding {
    /// What is reduced.
    type T: Accumulated;
    /// What it is reduced to.
    type Out: Element;
    const IDENTITY: <Self::T as Accumulated>::In;
    fn loaded(result: Self::Out) -> <Self::T as Accumulated>::In;
    fn stored(folded: <Self::T as Accumulated>::In) -> Self::Out;
    fn apply(
        a: <Self::T as Accumulated>::In,
        b: <Self::T as Accumulated>::In,
    ) -> <Self::T as Accumulated>::In;
}

/// A type and the one that it is reduced in.
trait Accumulated: Element {
    type In: Element;
    /// Whether the machine has vector instructions for the type, so that loops are compiled for each instruction set.
    const WIDE: bool;
    fn widened(self) -> Self::In;
    fn narrowed(wide: Self::In) -> Self;
}

macro_rules! accumulated {
    ($($t:ty),*) => {$(
        impl Accumulated for $t {
            type In = $t;
            const WIDE: bool = matches!(
                <$t>::TYPE,
                ElementType::F32 | ElementType::F64 | ElementType::I32 | ElementType::U32 | ElementType::I64
            );
            #[inline(always)]
            fn widened(self) -> $t {
                self
            }
            #[inline(always)]
            fn narrowed(wide: $t) -> $t {
                wide
            }
        }
    )*};
}

accumulated!(Bool, i32, i64, u32, f32, f64);

macro_rules! accumulated_in_f32 {
    ($($t:ty, vector $wide:literal;)*) => {$(
        impl Accumulated for $t {
            type In = f32;
            const WIDE: bool = $wide;
            #[inline(always)]
            fn widened(self) -> f32 {
                self.wide()
            }
            #[inline(always)]
            fn narrowed(wide: f32) -> $t {
                <$t>::nearest(wide)
            }
        }
    )*};
}

accumulated_in_f32! {
    bf16, vector true;
    f16, vector true;
}

macro_rules! foldings {
    ($($name:ident<$bound:ident> to $to:ident: $identity:ident, $apply:ident;)*) => {$(
        struct $name<T>(PhantomData<T>);
        impl<T: Accumulated> Folding for $name<T>
        where
            T::In: $bound,
        {
            type T = T;
            foldings!(to $to T);
            const IDENTITY: T::In = T::In::$identity;
            #[inline(always)]
            fn apply(a: T::In, b: T::In) -> T::In {
                a.$apply(b)
            }
        }
    )*};
    // One of the elements themselves.
    (to element $T:ident) => {
        type Out = $T;
        #[inline(always)]
        fn loaded(result: $T) -> $T::In {
            result.widened()
        }
        #[inline(always)]
        fn stored(folded: $T::In) -> $T {
            $T::narrowed(folded)
        }
    };
    // An element of the type that is computed in.
    (to accumulator $T:ident) => {
        type Out = $T::In;
        #[inline(always)]
        fn loaded(result: $T::In) -> $T::In {
            result
        }
        #[inline(always)]
        fn stored(folded: $T::In) -> $T::In {
            folded
        }
    };
}

foldings! {
    Sum<Ring> to accumulator: ZERO, plus;
    Product<Ring> to accumulator: ONE, times;
    Largest<Ordered> to element: LOWEST, larger;
    Smallest<Ordered> to element: HIGHEST, smaller;
    All<Bits> to element: ALL_SET, and;
    Any<Bits> to element: NONE_SET, or;
    Odd<Bits> to element: NONE_SET, xor;
}

fn along_rows<F: Folding>(grid: Grid, source: &Source<'_>, results: &mut [u8], first: bool) {
    let work = AlongRows::<F> {
        grid,
        source: *source,
        data: elements(source.bytes),
        results: elements_mut(results),
        first,
    };
    if F::T::WIDE { vectorized(work) } else { work.run::<Plain>() }
}

struct AlongRows<'a, F: Folding> {
    grid: Grid,
    source: Source<'a>,
    data: &'a [F::T],
    results: &'a mut [F::Out],
    first: bool,
}

impl<F: Folding> Loop for AlongRows<'_, F> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let Grid { rows, cols } = self.grid;
        for (row, result) in self.results[..rows].iter_mut().enumerate() {
            let start = row * self.source.row_stride;
            let folded = if self.source.per_column {
                match M::WIDE {
                    true => fold_row::<F, LANES>(&self.data[start..][..cols]),
                    false => fold_row::<F, FEW_LANES>(&self.data[start..][..cols]),
                }
            } else {
                let repeated = self.data[start].widened();
                (0..cols).fold(F::IDENTITY, |folded, _| F::apply(folded, repeated))
            };
            let folded = if self.first { folded } else { F::apply(F::loaded(*result), folded) };
            *result = F::stored(folded);
        }
    }
}

/// Lanes that a row is reduced in on a machine with wide vectors: enough to keep several operations under way.
const LANES: usize = 64;
/// Lanes on others.
const FEW_LANES: usize = 4;

/// The reduction of a row, in lanes that are combined as a tree.
#[inline(always)]
fn fold_row<F: Folding, const LANES: usize>(row: &[F::T]) -> <F::T as Accumulated>::In {
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut folded = rest.iter().fold(F::IDENTITY, |folded, &x| F::apply(folded, x.widened()));
    if !chunks.is_empty() {
        let mut lanes = [F::IDENTITY; LANES];
        for chunk in chunks {
            for (lane, &x) in lanes.iter_mut().zip(chunk) {
                *lane = F::apply(*lane, x.widened());
            }
        }
        let mut width = LANES;
        while width > 1 {
            width /= 2;
            let (low, high) = lanes.split_at_mut(width);
            for (low, &high) in low.iter_mut().zip(&*high) {
                *low = F::apply(*low, high);
            }
        }
        folded = F::apply(lanes[0], folded);
    }
    folded
}

fn into_row<F: Folding>(grid: Grid, source: &Source<'_>, results: &mut [u8]) {
    let work =
        IntoRow::<F> { grid, source: *source, data: elements(source.bytes), results: elements_mut(results) };
    if F::T::WIDE { vectorized(work) } else { work.run::<Plain>() }
}

struct IntoRow<'a, F: Folding> {
    grid: Grid,
    source: Source<'a>,
    data: &'a [F::T],
    results: &'a mut [F::Out],
}

impl<F: Folding> Loop for IntoRow<'_, F> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let Grid { rows, cols } = self.grid;
        let results = &mut self.results[..cols];
        let row = |row: usize| &self.data[row * self.source.row_stride..];
        if !self.source.per_column {
            for r in 0..rows {
                let x = row(r)[0].widened();
                results.iter_mut().for_each(|to| *to = F::stored(F::apply(F::loaded(*to), x)));
            }
            return;
        }
        // Four rows meet before they reach the results, which are then read and written a quarter as often.
        for r in (0..rows / 4 * 4).step_by(4) {
            let (a, b) = (&row(r)[..cols], &row(r + 1)[..cols]);
            let (c, d) = (&row(r + 2)[..cols], &row(r + 3)[..cols]);
            for i in 0..cols {
                let ab = F::apply(a[i].widened(), b[i].widened());
                let cd = F::apply(c[i].widened(), d[i].widened());
                results[i] = F::stored(F::apply(F::loaded(results[i]), F::apply(ab, cd)));
            }
        }
        for r in rows / 4 * 4..rows {
            for (to, &x) in results.iter_mut().zip(&row(r)[..cols]) {
                *to = F::stored(F::apply(F::loaded(*to), x.widened()));
            }
        }
    }
}
