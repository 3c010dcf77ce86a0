//! Loops over a tile: a few rows of a few columns, small enough for the innermost cache.
//!
//! Every operand of a loop is addressed by row and column. Along the columns it is either contiguous or one element
//! for the whole row; along the rows it has any stride. So a loop reads a tensor in place, a scalar, a bias along the
//! columns or a value for each row, all without a copy.

use std::marker::PhantomData;

use crate::element::{Element, elements, elements_mut};
use crate::ops::Scalar;
use crate::simd::{Loop, Machine, Plain, vectorized};

/// The size of a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) rows: usize,
    pub(crate) cols: usize,
}

/// An operand of a loop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    /// Begins at the tile's first element.
    pub(crate) bytes: &'a [u8],
    /// Elements from one row to the next.
    pub(crate) row_stride: usize,
    /// Whether there is an element for each column, next to each other; otherwise one stands for the whole row.
    pub(crate) per_column: bool,
}

impl<'a> Source<'a> {
    /// No operand.
    pub(crate) const NONE: Source<'static> = Source { bytes: &[], row_stride: 0, per_column: false };

    /// One element for all of the tile.
    pub(crate) fn constant(element: &'a [u8]) -> Source<'a> {
        Source { bytes: element, row_stride: 0, per_column: false }
    }

    fn is_flat(&self, grid: Grid) -> bool {
        if self.per_column { self.row_stride == grid.cols } else { self.row_stride == 0 }
    }
}

/// Where a loop writes: an element for each column, rows a stride apart.
#[derive(Debug)]
pub(crate) struct Target<'a> {
    /// Begins at the tile's first element.
    pub(crate) bytes: &'a mut [u8],
    /// Elements from one row to the next.
    pub(crate) row_stride: usize,
}

/// A compiled loop. Operands beyond the operation's own are not looked at.
pub(crate) type TileFn = fn(Grid, &[Source<'_>; 3], Target<'_>);

/// An operation on one element.
pub(crate) trait Map1: Sized {
    type A: Element;
    type Out: Element;
    /// Whether the loop becomes vector code, so that it is compiled for each instruction set.
    const VECTOR: bool;
    /// The loop.
    const TILE: TileFn = tile1::<Self>;
    /// Whether there are operands that [`lane`](Map1::lane) is not right for.
    const HAS_RARE: bool = false;
    fn apply<M: Machine>(a: Self::A) -> Self::Out;
    /// The operation without branches, for operands that are not rare.
    #[inline(always)]
    fn lane<M: Machine>(a: Self::A) -> Self::Out {
        Self::apply::<M>(a)
    }
    /// Whether only [`apply`](Map1::apply) is right for the operand.
    #[inline(always)]
    fn is_rare(_: Self::A) -> bool {
        false
    }
}

/// An operation on two elements.
pub(crate) trait Map2: Sized {
    type A: Element;
    type B: Element;
    type Out: Element;
    /// As [`Map1::VECTOR`].
    const VECTOR: bool;
    /// The loop.
    const TILE: TileFn = tile2::<Self>;
    fn apply<M: Machine>(a: Self::A, b: Self::B) -> Self::Out;
}

/// An operation on three elements.
pub(crate) trait Map3: Sized {
    type A: Element;
    type B: Element;
    type C: Element;
    type Out: Element;
    /// As [`Map1::VECTOR`].
    const VECTOR: bool;
    /// The loop.
    const TILE: TileFn = tile3::<Self>;
    fn apply<M: Machine>(a: Self::A, b: Self::B, c: Self::C) -> Self::Out;
}

/// A tile whose operands all run on from row to row is one long row.
pub(crate) fn flattened(grid: Grid, sources: &[Source<'_>], target: &Target<'_>) -> Grid {
    let flat = target.row_stride == grid.cols && sources.iter().all(|s| s.is_flat(grid));
    if flat { Grid { rows: 1, cols: grid.rows * grid.cols } } else { grid }
}

/// The loop of a [`Map1`].
pub(crate) fn tile1<O: Map1>(grid: Grid, sources: &[Source<'_>; 3], target: Target<'_>) {
    if O::VECTOR {
        vectorized(Loop1::<O> { grid, sources, target, operation: PhantomData });
    } else {
        plain1::<O>(grid, sources, target);
    }
}

/// The loop of a [`Map2`].
pub(crate) fn tile2<O: Map2>(grid: Grid, sources: &[Source<'_>; 3], target: Target<'_>) {
    if O::VECTOR {
        vectorized(Loop2::<O> { grid, sources, target, operation: PhantomData });
    } else {
        plain2::<O>(grid, sources, target);
    }
}

/// The loop of a [`Map2`] with its operands exchanged.
pub(crate) fn tile2_swapped<O: Map2>(grid: Grid, sources: &[Source<'_>; 3], target: Target<'_>) {
    (O::TILE)(grid, &[sources[1], sources[0], Source::NONE], target);
}

/// The loop of a [`Map3`].
pub(crate) fn tile3<O: Map3>(grid: Grid, sources: &[Source<'_>; 3], target: Target<'_>) {
    if O::VECTOR {
        vectorized(Loop3::<O> { grid, sources, target, operation: PhantomData });
    } else {
        plain3::<O>(grid, sources, target);
    }
}

/// A [`Map1`] of one element.
pub(crate) fn scalar1<O: Map1>(a: &Scalar, _: &Scalar, _: &Scalar) -> Scalar {
    Scalar::of(O::apply::<Plain>(a.get()))
}

/// A [`Map2`] of two elements.
pub(crate) fn scalar2<O: Map2>(a: &Scalar, b: &Scalar, _: &Scalar) -> Scalar {
    Scalar::of(O::apply::<Plain>(a.get(), b.get()))
}

/// A [`Map2`] of two elements exchanged.
pub(crate) fn scalar2_swapped<O: Map2>(a: &Scalar, b: &Scalar, _: &Scalar) -> Scalar {
    Scalar::of(O::apply::<Plain>(b.get(), a.get()))
}

/// A [`Map3`] of three elements.
pub(crate) fn scalar3<O: Map3>(a: &Scalar, b: &Scalar, c: &Scalar) -> Scalar {
    Scalar::of(O::apply::<Plain>(a.get(), b.get(), c.get()))
}

// Most operations on most types never become vector code, and there are many of them: what is compiled for each is one
// small loop over a row.

/// The form of [`tile1`] for machines and operations without vectors.
fn plain1<O: Map1>(grid: Grid, sources: &[Source<'_>; 3], target: Target<'_>) {
    let sizes = [size_of::<O::A>(), 0, 0];
    each_row(grid, &sources[..1], sizes, target, size_of::<O::Out>(), |sources, out| {
        let a = operand(sources[0]);
        for (col, out) in elements_mut(out).iter_mut().enumerate() {
            *out = O::apply::<Plain>(a(col));
        }
    });
}

/// The form of [`tile2`] for machines and operations without vectors.
fn plain2<O: Map2>(grid: Grid, sources: &[Source<'_>; 3], target: Target<'_>) {
    let sizes = [size_of::<O::A>(), size_of::<O::B>(), 0];
    each_row(grid, &sources[..2], sizes, target, size_of::<O::Out>(), |sources, out| {
        let (a, b) = (operand(sources[0]), operand(sources[1]));
        for (col, out) in elements_mut(out).iter_mut().enumerate() {
            *out = O::apply::<Plain>(a(col), b(col));
        }
    });
}

/// The form of [`tile3`] for machines and operations without vectors.
fn plain3<O: Map3>(grid: Grid, sources: &[Source<'_>; 3], target: Target<'_>) {
    let sizes = [size_of::<O::A>(), size_of::<O::B>(), size_of::<O::C>()];
    each_row(grid, sources, sizes, target, size_of::<O::Out>(), |sources, out| {
        let (a, b, c) = (operand(sources[0]), operand(sources[1]), operand(sources[2]));
        for (col, out) in elements_mut(out).iter_mut().enumerate() {
            *out = O::apply::<Plain>(a(col), b(col), c(col));
        }
    });
}

/// Calls a function with each row of the sources and of the target: with one element of a source that has one for the
/// whole row.
fn each_row(
    grid: Grid,
    sources: &[Source<'_>],
    sizes: [usize; 3],
    target: Target<'_>,
    out_size: usize,
    row: fn([&[u8]; 3], &mut [u8]),
) {
    let Grid { rows, cols } = flattened(grid, sources, &target);
    if cols == 0 {
        return;
    }
    for index in 0..rows {
        let mut operands: [&[u8]; 3] = [&[]; 3];
        for ((operand, source), size) in operands.iter_mut().zip(sources).zip(sizes) {
            let len = if source.per_column { cols } else { 1 };
            *operand = &source.bytes[index * source.row_stride * size..][..len * size];
        }
        row(operands, &mut target.bytes[index * target.row_stride * out_size..][..cols * out_size]);
    }
}

/// The element of each column of a row that has one for each, or one for all. The compiler is kept from making a loop
/// for each of the two.
#[inline(always)]
fn operand<T: Element>(row: &[u8]) -> impl Fn(usize) -> T {
    let row = elements::<T>(row);
    let step = usize::from(row.len() != 1);
    move |col| row[std::hint::black_box(col) * step]
}

#[derive(Clone, Copy)]
struct Rows<'a, T> {
    data: &'a [T],
    stride: usize,
    per_column: bool,
}

impl<'a, T: Element> Rows<'a, T> {
    #[inline(always)]
    fn of(source: &Source<'a>) -> Rows<'a, T> {
        Rows { data: elements(source.bytes), stride: source.row_stride, per_column: source.per_column }
    }

    #[inline(always)]
    fn row(&self, row: usize, cols: usize) -> &'a [T] {
        &self.data[row * self.stride..][..cols]
    }

    #[inline(always)]
    fn one(&self, row: usize) -> T {
        self.data[row * self.stride]
    }

    /// The element of a row and column.
    #[inline(always)]
    fn at(&self, row: usize, col: usize) -> T {
        self.data[row * self.stride + if self.per_column { col } else { 0 }]
    }
}

struct Loop1<'a, O> {
    grid: Grid,
    sources: &'a [Source<'a>; 3],
    target: Target<'a>,
    operation: PhantomData<O>,
}

impl<O: Map1> Loop for Loop1<'_, O> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let Loop1 { grid, sources, target, .. } = self;
        if !M::WIDE {
            return plain1::<O>(grid, sources, target);
        }
        let Grid { rows, cols } = flattened(grid, &sources[..1], &target);
        let a = Rows::<O::A>::of(&sources[0]);
        let out = elements_mut(target.bytes);
        for row in 0..rows {
            let out = &mut out[row * target.row_stride..][..cols];
            if a.per_column {
                row1::<O, M>(a.row(row, cols), out);
            } else {
                out.fill(O::apply::<M>(a.one(row)));
            }
        }
    }
}

#[inline(always)]
fn row1<O: Map1, M: Machine>(a: &[O::A], out: &mut [O::Out]) {
    for (out, &a) in out.iter_mut().zip(a) {
        *out = O::lane::<M>(a);
    }
    if O::HAS_RARE && a.iter().fold(false, |any, &a| any | O::is_rare(a)) {
        for (out, &a) in out.iter_mut().zip(a).filter(|(_, a)| O::is_rare(**a)) {
            *out = O::apply::<M>(a);
        }
    }
}

struct Loop2<'a, O> {
    grid: Grid,
    sources: &'a [Source<'a>; 3],
    target: Target<'a>,
    operation: PhantomData<O>,
}

impl<O: Map2> Loop for Loop2<'_, O> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let Loop2 { grid, sources, target, .. } = self;
        if !M::WIDE {
            return plain2::<O>(grid, sources, target);
        }
        let Grid { rows, cols } = flattened(grid, &sources[..2], &target);
        let (a, b) = (Rows::<O::A>::of(&sources[0]), Rows::<O::B>::of(&sources[1]));
        let out = elements_mut(target.bytes);
        for row in 0..rows {
            let out = &mut out[row * target.row_stride..][..cols];
            match (a.per_column, b.per_column) {
                (true, true) => row2::<O, M>(a.row(row, cols), b.row(row, cols), out),
                (true, false) => row2_right::<O, M>(a.row(row, cols), b.one(row), out),
                (false, true) => row2_left::<O, M>(a.one(row), b.row(row, cols), out),
                (false, false) => out.fill(O::apply::<M>(a.one(row), b.one(row))),
            }
        }
    }
}

#[inline(always)]
fn row2<O: Map2, M: Machine>(a: &[O::A], b: &[O::B], out: &mut [O::Out]) {
    for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
        *out = O::apply::<M>(a, b);
    }
}

#[inline(always)]
fn row2_right<O: Map2, M: Machine>(a: &[O::A], b: O::B, out: &mut [O::Out]) {
    for (out, &a) in out.iter_mut().zip(a) {
        *out = O::apply::<M>(a, b);
    }
}

#[inline(always)]
fn row2_left<O: Map2, M: Machine>(a: O::A, b: &[O::B], out: &mut [O::Out]) {
    for (out, &b) in out.iter_mut().zip(b) {
        *out = O::apply::<M>(a, b);
    }
}

struct Loop3<'a, O> {
    grid: Grid,
    sources: &'a [Source<'a>; 3],
    target: Target<'a>,
    operation: PhantomData<O>,
}

impl<O: Map3> Loop for Loop3<'_, O> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let Loop3 { grid, sources, target, .. } = self;
        if !M::WIDE {
            return plain3::<O>(grid, sources, target);
        }
        let Grid { rows, cols } = flattened(grid, sources, &target);
        let (a, b) = (Rows::<O::A>::of(&sources[0]), Rows::<O::B>::of(&sources[1]));
        let c = Rows::<O::C>::of(&sources[2]);
        let out = elements_mut(target.bytes);
        for row in 0..rows {
            let out = &mut out[row * target.row_stride..][..cols];
            match (a.per_column, b.per_column, c.per_column) {
                (true, true, true) => {
                    let sources = a.row(row, cols).iter().zip(b.row(row, cols)).zip(c.row(row, cols));
                    for (out, ((&a, &b), &c)) in out.iter_mut().zip(sources) {
                        *out = O::apply::<M>(a, b, c);
                    }
                }
                (true, true, false) => {
                    let c = c.one(row);
                    for (out, (&a, &b)) in out.iter_mut().zip(a.row(row, cols).iter().zip(b.row(row, cols))) {
                        *out = O::apply::<M>(a, b, c);
                    }
                }
                (true, false, true) => {
                    let b = b.one(row);
                    for (out, (&a, &c)) in out.iter_mut().zip(a.row(row, cols).iter().zip(c.row(row, cols))) {
                        *out = O::apply::<M>(a, b, c);
                    }
                }
                _ => {
                    for (col, out) in out.iter_mut().enumerate() {
                        *out = O::apply::<M>(a.at(row, col), b.at(row, col), c.at(row, col));
                    }
                }
            }
        }
    }
}
