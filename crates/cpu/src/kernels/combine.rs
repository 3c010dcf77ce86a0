//! Bodies that programs reduce with, compiled for whole rows: sums, products, extremes.

use std::marker::PhantomData;

use half::{bf16, f16};
use num_complex::Complex;
use runahead_ir::{Binary, ElementType, Function, Region, ValueId};

use crate::element::{Element, elements, elements_mut};
use crate::kernel::Unsupported;
use crate::ops::{Ordered, Ring, Scalar};
use crate::region::ScalarProgram;
use crate::simd::{Loop, Machine, Plain, vectorized};

/// What combines an accumulated element with a new one.
#[derive(Debug)]
pub(super) enum Body {
    /// The new elements take the place of the old ones.
    Assign,
    /// One operation on one input that rows are combined with.
    Rows(Combiner),
    /// Anything, element by element.
    Program(ScalarProgram),
}

impl Body {
    /// The body of a region of which the first half of the parameters is accumulated.
    pub(super) fn new(region: &Region, function: &Function) -> Result<Body, Unsupported> {
        let (_, new) = region.parameters.split_at(region.parameters.len() / 2);
        if region.returns[..] == *new {
            return Ok(Body::Assign);
        }
        let element = |value: ValueId| function.type_of(value).as_tensor().map(|ty| ty.element);
        if let (Some(op), &[_, new]) = (region.combiner(), &region.parameters[..])
            && let Some(combiner) = element(new).and_then(|element| combiner(op, element))
        {
            return Ok(Body::Rows(combiner));
        }
        Ok(Body::Program(ScalarProgram::build(region, function)?))
    }
}

/// An operation of two elements of one type, compiled as loops over bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Combiner {
    /// Combines each element of the first slice with that of the second.
    pub(super) rows: fn(&mut [u8], &[u8]),
    /// As `rows`, with runs of so many elements, which begin so many elements apart in the second slice.
    pub(super) strided: fn(&mut [u8], &[u8], usize, usize),
    /// Combines each element with all before it in its row, beginning with an initial one.
    pub(super) scan: fn(Scan<'_>),
}

/// Rows to be scanned.
pub(super) struct Scan<'a> {
    pub(super) initial: Scalar,
    pub(super) from: &'a [u8],
    pub(super) to: &'a mut [u8],
    /// Elements of a row.
    pub(super) row: usize,
    /// Whether rows run from their ends.
    pub(super) reverse: bool,
}

/// The loops of an operation on elements of a type, for the usual ones.
pub(super) fn combiner(op: Binary, element: ElementType) -> Option<Combiner> {
    use ElementType::*;
    macro_rules! with {
        ($combine:ident: $($name:ident = $t:ty),*) => {
            match element {
                $($name => Some(loops::<$combine<$t>>()),)*
                _ => None,
            }
        };
    }
    macro_rules! ordered {
        ($combine:ident $($more:tt)*) => {
            with!($combine: I8 = i8, I16 = i16, I32 = i32, I64 = i64, U8 = u8, U16 = u16, U32 = u32, U64 = u64,
                BF16 = bf16, F16 = f16, F32 = f32, F64 = f64, Bool = crate::element::Bool $($more)*)
        };
    }
    match (op, element) {
        (Binary::Add, _) => ordered!(Sum, C64 = Complex<f32>, C128 = Complex<f64>),
        (Binary::Multiply, _) => ordered!(Product, C64 = Complex<f32>, C128 = Complex<f64>),
        (Binary::Maximum, _) | (Binary::Or, Bool) => ordered!(Largest),
        (Binary::Minimum, _) | (Binary::And, Bool) => ordered!(Smallest),
        _ => None,
    }
}

trait Combine {
    type T: Element;
    fn apply(a: Self::T, b: Self::T) -> Self::T;
}

macro_rules! combines {
    ($($name:ident: $bound:ident by $method:ident;)*) => {
        $(struct $name<T>(PhantomData<T>);
        impl<T: $bound> Combine for $name<T> {
            type T = T;
            #[inline(always)]
            fn apply(a: T, b: T) -> T {
                a.$method(b)
            }
        })*
    };
}

combines! {
    Sum: Ring by plus;
    Product: Ring by times;
    Largest: Ordered by larger;
    Smallest: Ordered by smaller;
}

fn loops<C: Combine>() -> Combiner {
    Combiner { rows: rows::<C>, strided: strided::<C>, scan: scan::<C> }
}

fn rows<C: Combine>(to: &mut [u8], with: &[u8]) {
    compute::<C>(Rows::<C> { to: elements_mut(to), with: elements(with) });
}

/// Runs a loop, with vectors where the machine computes with them on this type.
fn compute<C: Combine>(work: impl Loop) {
    use ElementType::*;
    if matches!(C::T::TYPE, Bool | I32 | I64 | U32 | U64 | F32 | F64) {
        vectorized(work)
    } else {
        work.run::<Plain>()
    }
}

struct Rows<'a, C: Combine> {
    to: &'a mut [C::T],
    with: &'a [C::T],
}

impl<C: Combine> Loop for Rows<'_, C> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        for (to, with) in self.to.iter_mut().zip(self.with) {
            *to = C::apply(*to, *with);
        }
    }
}

fn strided<C: Combine>(to: &mut [u8], with: &[u8], run: usize, step: usize) {
    compute::<C>(Strided::<C> { to: elements_mut(to), with: elements(with), run, step });
}

struct Strided<'a, C: Combine> {
    to: &'a mut [C::T],
    with: &'a [C::T],
    run: usize,
    step: usize,
}

impl<C: Combine> Loop for Strided<'_, C> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let Strided { to, with, run, step } = self;
        if run == 1 {
            for (to, with) in to.iter_mut().zip(with.iter().step_by(step)) {
                *to = C::apply(*to, *with);
            }
        } else {
            for (i, to) in to.chunks_exact_mut(run).enumerate() {
                for (to, with) in to.iter_mut().zip(&with[i * step..][..run]) {
                    *to = C::apply(*to, *with);
                }
            }
        }
    }
}

/// Rows that are scanned side by side, so that one does not wait for the other's additions.
const ROWS: usize = 8;

fn scan<C: Combine>(scan: Scan<'_>) {
    let Scan { initial, from, to, row, reverse } = scan;
    let initial = initial.get::<C::T>();
    let (from, to) = (elements::<C::T>(from), elements_mut::<C::T>(to));
    let mut sources = from.chunks_exact(ROWS * row);
    let mut targets = to.chunks_exact_mut(ROWS * row);
    for (from, to) in (&mut sources).zip(&mut targets) {
        scan_rows::<C, ROWS>(initial, from, to, reverse);
    }
    let rest = sources.remainder().chunks_exact(row).zip(targets.into_remainder().chunks_exact_mut(row));
    for (from, to) in rest {
        scan_rows::<C, 1>(initial, from, to, reverse);
    }
}

/// Scans `N` rows, one after the other in memory, side by side.
fn scan_rows<C: Combine, const N: usize>(initial: C::T, from: &[C::T], to: &mut [C::T], reverse: bool) {
    let row = from.len() / N;
    let mut accumulated = [initial; N];
    for step in 0..row {
        let i = if reverse { row - 1 - step } else { step };
        for (r, accumulated) in accumulated.iter_mut().enumerate() {
            *accumulated = C::apply(*accumulated, from[r * row + i]);
            to[r * row + i] = *accumulated;
        }
    }
}
