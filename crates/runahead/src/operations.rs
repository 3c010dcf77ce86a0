//! The operations as methods.

use crate::ops;
use crate::{ElementType, Lazy, Operand, Output, Result};

macro_rules! methods {
    ($($(#[$attribute:meta])* $name:ident ($($argument:ident: $ty:ty),*) [$($generic:tt)*] -> $output:ty;)*) => {
        /// The operations of [`ops`] as methods of tensors in any mode.
        ///
        /// ```
        /// use runahead::{Operations, Tensor};
        /// let x = Tensor::from_slice(&[3f32, 4.0], [2], &runahead::device("cpu")?)?;
        /// let length = x.square()?.sum([])?.sqrt()?;
        /// assert_eq!(length.to_scalar::<f32>()?, 5.0);
        /// assert_eq!((&x * 2.0)?.to_vec::<f32>()?, [6.0, 8.0]);
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        pub trait Operations: Operand + Sized {
            $(
                #[doc = concat!("See [`ops::", stringify!($name), "`].")]
                ///
                /// # Errors
                #[doc = concat!("As for [`ops::", stringify!($name), "`].")]
                $(#[$attribute])*
                fn $name<$($generic)*>(&self, $($argument: $ty),*) -> Result<$output> {
                    ops::$name(self, $($argument),*)
                }
            )*
        }
    };
}

methods! {
    abs() [] -> Output<&Self>;
    cbrt() [] -> Output<&Self>;
    ceil() [] -> Output<&Self>;
    cos() [] -> Output<&Self>;
    exp() [] -> Output<&Self>;
    expm1() [] -> Output<&Self>;
    floor() [] -> Output<&Self>;
    is_finite() [] -> Output<&Self>;
    log() [] -> Output<&Self>;
    log1p() [] -> Output<&Self>;
    negate() [] -> Output<&Self>;
    not() [] -> Output<&Self>;
    round() [] -> Output<&Self>;
    rsqrt() [] -> Output<&Self>;
    sigmoid() [] -> Output<&Self>;
    sign() [] -> Output<&Self>;
    sin() [] -> Output<&Self>;
    sqrt() [] -> Output<&Self>;
    tan() [] -> Output<&Self>;
    tanh() [] -> Output<&Self>;
    acos() [] -> Output<&Self>;
    acosh() [] -> Output<&Self>;
    asin() [] -> Output<&Self>;
    asinh() [] -> Output<&Self>;
    atan() [] -> Output<&Self>;
    atanh() [] -> Output<&Self>;
    cosh() [] -> Output<&Self>;
    sinh() [] -> Output<&Self>;
    erf() [] -> Output<&Self>;
    erfc() [] -> Output<&Self>;
    erf_inv() [] -> Output<&Self>;
    lgamma() [] -> Output<&Self>;
    digamma() [] -> Output<&Self>;
    square() [] -> Output<&Self>;
    conj() [] -> Output<&Self>;
    real() [] -> Output<&Self>;
    imag() [] -> Output<&Self>;
    relu() [] -> Output<&Self>;
    gelu() [] -> Output<&Self>;
    silu() [] -> Output<&Self>;
    add(other: B) [B: Operand] -> Output<(&Self, B)>;
    atan2(other: B) [B: Operand] -> Output<(&Self, B)>;
    divide(other: B) [B: Operand] -> Output<(&Self, B)>;
    maximum(other: B) [B: Operand] -> Output<(&Self, B)>;
    minimum(other: B) [B: Operand] -> Output<(&Self, B)>;
    multiply(other: B) [B: Operand] -> Output<(&Self, B)>;
    power(other: B) [B: Operand] -> Output<(&Self, B)>;
    remainder(other: B) [B: Operand] -> Output<(&Self, B)>;
    subtract(other: B) [B: Operand] -> Output<(&Self, B)>;
    and(other: B) [B: Operand] -> Output<(&Self, B)>;
    or(other: B) [B: Operand] -> Output<(&Self, B)>;
    xor(other: B) [B: Operand] -> Output<(&Self, B)>;
    shift_left(other: B) [B: Operand] -> Output<(&Self, B)>;
    shift_right(other: B) [B: Operand] -> Output<(&Self, B)>;
    complex(other: B) [B: Operand] -> Output<(&Self, B)>;
    eq(other: B) [B: Operand] -> Output<(&Self, B)>;
    ne(other: B) [B: Operand] -> Output<(&Self, B)>;
    gt(other: B) [B: Operand] -> Output<(&Self, B)>;
    ge(other: B) [B: Operand] -> Output<(&Self, B)>;
    lt(other: B) [B: Operand] -> Output<(&Self, B)>;
    le(other: B) [B: Operand] -> Output<(&Self, B)>;
    matmul(other: B) [B: Operand] -> Output<(&Self, B)>;
    mse(other: B) [B: Operand] -> Output<(&Self, B)>;
    clamp(low: L, high: H) [L: Operand, H: Operand] -> Output<(&Self, (L, H))>;
    cast(element: ElementType) [] -> Output<&Self>;
    sum(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    sum_keep(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    prod(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    prod_keep(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    max(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    max_keep(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    min(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    min_keep(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    all(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    all_keep(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    any(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    any_keep(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    mean(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    mean_keep(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    softmax(axis: isize) [] -> Output<&Self>;
    log_softmax(axis: isize) [] -> Output<&Self>;
    logsumexp(axis: isize) [] -> Output<&Self>;
    argmax(axis: isize) [] -> Output<&Self>;
    argmin(axis: isize) [] -> Output<&Self>;
    cumsum(axis: isize) [] -> Output<&Self>;
    unsqueeze(axis: isize) [] -> Output<&Self>;
    reshape(dims: impl AsRef<[usize]>) [] -> Output<&Self>;
    broadcast(dims: impl AsRef<[usize]>) [] -> Output<&Self>;
    permute(permutation: impl AsRef<[isize]>) [] -> Output<&Self>;
    transpose(a: isize, b: isize) [] -> Output<&Self>;
    squeeze(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    flip(axes: impl AsRef<[isize]>) [] -> Output<&Self>;
    narrow(axis: isize, from: usize, count: usize) [] -> Output<&Self>;
    slice(start: impl AsRef<[usize]>, end: impl AsRef<[usize]>, step: impl AsRef<[usize]>) [] -> Output<&Self>;
    pad(before_and_behind: impl AsRef<[(usize, usize)]>, value: V) [V: Operand] -> Output<(&Self, V)>;
    split(sizes: impl AsRef<[usize]>, axis: isize) [] -> Output<&Self, Vec<Lazy>>;
    chunk(parts: usize, axis: isize) [] -> Output<&Self, Vec<Lazy>>;
    sort(axis: isize, descending: bool) [] -> Output<&Self, (Lazy, Lazy)>;
    top_k(k: usize, axis: isize) [] -> Output<&Self, (Lazy, Lazy)>;
    index_select(indices: I, axis: isize) [I: Operand] -> Output<(&Self, I)>;
    take_along(indices: I, axis: isize) [I: Operand] -> Output<(&Self, I)>;
    scatter_add(indices: I, updates: U, axis: isize) [I: Operand, U: Operand] -> Output<(&Self, I, U)>;
    one_hot(classes: usize, element: ElementType) [] -> Output<&Self>;
    layer_norm(weight: Option<W>, bias: Option<B>, epsilon: f64) [W: Operand, B: Operand] -> Output<(&Self, W, B)>;
    rms_norm(weight: Option<W>, epsilon: f64) [W: Operand] -> Output<(&Self, W)>;
    tril(diagonal: i64) [] -> Output<&Self>;
    triu(diagonal: i64) [] -> Output<&Self>;
    cholesky() [] -> Output<&Self>;
    svd() [] -> Output<&Self, (Lazy, Lazy, Lazy)>;
    eigh() [] -> Output<&Self, (Lazy, Lazy)>;
    qr() [] -> Output<&Self, (Lazy, Lazy)>;
    solve(b: B) [B: Operand] -> Output<(&Self, B)>;
    cross_entropy(labels: I) [I: Operand] -> Output<(&Self, I)>;
}

impl Operations for crate::Tensor {}
impl Operations for crate::AsyncTensor {}
impl Operations for Lazy {}
