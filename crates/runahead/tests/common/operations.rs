//! A case for each operation on tensors.

use runahead::ops::{Convolving, Masking};
use runahead::{AsyncTensor, ElementType, Lazy, Operand, Output, Result, Tensor, ops};

/// The cases and what they are called in the table of arrays.
pub(crate) type Cases<T> = Vec<(&'static str, fn(&[T]) -> Result<Vec<T>>)>;

/// The same table for each kind of tensor.
macro_rules! cases {
    ($T:ty, one { $($one:ident($($argument:tt)*);)* } listed { $($name:ident: |$x:ident| $body:expr;)* }) => {{
        let mut cases: Cases<$T> = vec![
            $((stringify!($one), cases!(@one $T, $one, $($argument)*)),)*
            $((stringify!($name), |$x: &[$T]| $body),)*
        ];
        cases.sort_by_key(|case| case.0);
        cases
    }};
    (@one $T:ty, $name:ident, x) => { |x: &[$T]| Ok(vec![ops::$name(&x[0])?]) };
    (@one $T:ty, $name:ident, x x) => { |x: &[$T]| Ok(vec![ops::$name(&x[0], &x[1])?]) };
}

macro_rules! all_cases {
    ($T:ty) => {
        cases!($T, one {
            abs(x); cbrt(x); ceil(x); cos(x); exp(x); expm1(x); floor(x); negate(x); round(x); sigmoid(x); sign(x);
            sin(x); tan(x); tanh(x); asinh(x); atan(x); cosh(x); sinh(x); erf(x); erfc(x); log(x); log1p(x); rsqrt(x);
            sqrt(x); lgamma(x); digamma(x); acos(x); asin(x); atanh(x); erf_inv(x); acosh(x); square(x);
            add(x x); subtract(x x); multiply(x x); divide(x x); maximum(x x); minimum(x x); atan2(x x); power(x x);
            remainder(x x); matmul(x x); relu(x); gelu(x); silu(x); mse(x x); cross_entropy(x x); embedding(x x);
        } listed {
            select: |x| Ok(vec![ops::select(&x[0], &x[1], &x[2])?]);
            clamp: |x| Ok(vec![ops::clamp(&x[0], -0.5, 0.5)?]);
            cast: |x| Ok(vec![ops::cast(&x[0], ElementType::I32)?]);
            matmul_vectors: |x| Ok(vec![ops::matmul(&x[0], &x[1])?]);
            matmul_row: |x| Ok(vec![ops::matmul(&x[0], &x[1])?]);
            matmul_column: |x| Ok(vec![ops::matmul(&x[0], &x[1])?]);
            matmul_batched: |x| Ok(vec![ops::matmul(&x[0], &x[1])?]);
            matmul_one_for_all: |x| Ok(vec![ops::matmul(&x[0], &x[1])?]);
            permute: |x| Ok(vec![ops::permute(&x[0], [2, 0, -2])?]);
            transpose: |x| Ok(vec![ops::transpose(&x[0], -1, 0)?]);
            broadcast: |x| Ok(vec![ops::broadcast(&x[0], [2, 4, 3])?]);
            concat: |x| Ok(vec![ops::concat(x, 1)?]);
            stack: |x| Ok(vec![ops::stack(x, -1)?]);
            split: |x| ops::split(&x[0], [1, 3, 1], 1);
            chunk: |x| ops::chunk(&x[0], 3, 0);
            narrow: |x| Ok(vec![ops::narrow(&x[0], 1, 1, 3)?]);
            slice: |x| Ok(vec![ops::slice(&x[0], [0, 1], [2, 5], [1, 2])?]);
            flip: |x| Ok(vec![ops::flip(&x[0], [0, 2])?]);
            pad: |x| Ok(vec![ops::pad(&x[0], [(1, 0), (2, 3)], 1.5)?]);
            squeeze: |x| Ok(vec![ops::squeeze(&x[0], [0, 2])?]);
            unsqueeze: |x| Ok(vec![ops::unsqueeze(&x[0], 1)?]);
            sum: |x| Ok(vec![ops::sum(&x[0], [0, 2])?]);
            prod: |x| Ok(vec![ops::prod(&x[0], [2, 0])?]);
            max: |x| Ok(vec![ops::max(&x[0], [0, -1])?]);
            min: |x| Ok(vec![ops::min(&x[0], [0, 2])?]);
            mean: |x| Ok(vec![ops::mean(&x[0], [0, 2])?]);
            mean_keep: |x| Ok(vec![ops::mean_keep(&x[0], [1])?]);
            sum_all: |x| Ok(vec![ops::sum(&x[0], [])?]);
            any: |x| Ok(vec![ops::any(ops::gt(&x[0], 1.5)?, [1])?]);
            all: |x| Ok(vec![ops::all(ops::gt(&x[0], -0.7)?, [1])?]);
            argmax: |x| Ok(vec![ops::argmax(&x[0], 1)?]);
            argmin: |x| Ok(vec![ops::argmin(&x[0], 0)?]);
            argmax_integers: |x| Ok(vec![ops::argmax(&x[0], 1)?]);
            sort: |x| ops::sort(&x[0], 1, false).map(|(values, places)| vec![values, places]);
            top_k: |x| ops::top_k(&x[0], 3, 1).map(|(values, places)| vec![values, places]);
            cumsum: |x| Ok(vec![ops::cumsum(&x[0], 1)?]);
            softmax: |x| Ok(vec![ops::softmax(&x[0], 0)?]);
            log_softmax: |x| Ok(vec![ops::log_softmax(&x[0], -1)?]);
            logsumexp: |x| Ok(vec![ops::logsumexp(&x[0], 1)?]);
            layer_norm: |x| Ok(vec![ops::layer_norm(&x[0], Some(&x[1]), Some(&x[2]), 1e-5)?]);
            rms_norm: |x| Ok(vec![ops::rms_norm(&x[0], Some(&x[1]), 1e-6)?]);
            batch_norm: |x| Ok(vec![ops::batch_norm(&x[0], &x[1], &x[2], Some(&x[3]), Some(&x[4]), 1e-5)?]);
            group_norm: |x| Ok(vec![ops::group_norm(&x[0], 2, Some(&x[1]), Some(&x[2]), 1e-5)?]);
            index_select: |x| Ok(vec![ops::index_select(&x[0], &x[1], 1)?]);
            take_along: |x| Ok(vec![ops::take_along(&x[0], &x[1], 1)?]);
            scatter_add: |x| Ok(vec![ops::scatter_add(&x[0], &x[1], &x[2], 1)?]);
            attention: |x| Ok(vec![attention(&x[..3], Some(&x[3]), Masking::Mask)?]);
            attention_masked: |x| Ok(vec![attention(&x[..3], Some(&x[3]), Masking::Mask)?]);
            attention_causal: |x| Ok(vec![attention(x, None, Masking::Causal)?]);
            rotary_embedding: |x| Ok(vec![ops::rotary_embedding(&x[0], 3, 10_000.0)?]);
            lora: |x| Ok(vec![ops::lora(&x[0], &x[1], &x[2], &x[3], 0.5)?]);
            conv1d: |x| Ok(vec![ops::conv1d(&x[0], &x[1], convolving(2, 1, 2, 1))?]);
            conv2d: |x| Ok(vec![ops::conv2d(&x[0], &x[1], convolving(1, 1, 1, 2))?]);
            conv_transpose1d: |x| Ok(vec![ops::conv_transpose1d(&x[0], &x[1], convolving(2, 1, 1, 1))?]);
            conv_transpose2d: |x| Ok(vec![ops::conv_transpose2d(&x[0], &x[1], convolving(2, 1, 2, 2))?]);
            max_pool: |x| Ok(vec![ops::max_pool(&x[0], [3, 2], [2, 2])?]);
            avg_pool: |x| Ok(vec![ops::avg_pool(&x[0], [2], [2])?]);
            einsum_batched: |x| Ok(vec![ops::einsum("bij, bjk -> bki", x)?]);
            einsum_diagonal: |x| Ok(vec![ops::einsum("iij,j->i", x)?]);
            einsum_chain: |x| Ok(vec![ops::einsum("ab,bc,cd", x)?]);
            einsum_rest: |x| Ok(vec![ops::einsum("...ij,...j->i...", x)?]);
            einsum_outer: |x| Ok(vec![ops::einsum("i,j->ji", x)?]);
            tril: |x| Ok(vec![ops::tril(&x[0], 1)?]);
            triu: |x| Ok(vec![ops::triu(&x[0], -1)?]);
            cholesky: |x| Ok(vec![ops::cholesky(&x[0])?]);
            triangular_solve: |x| Ok(vec![ops::triangular_solve(&x[0], &x[1], true)?]);
            // Vectors are known but for their signs or phases.
            svd: |x| ops::svd(&x[0]).and_then(|(u, s, vt)| Ok(vec![ops::abs(u)?, s, ops::abs(vt)?]));
            svd_wide: |x| ops::svd(&x[0]).and_then(|(u, s, vt)| Ok(vec![ops::abs(u)?, s, ops::abs(vt)?]));
            svd_complex: |x| {
                let (u, s, vt) = ops::svd(ops::complex(&x[0], &x[1])?)?;
                Ok(vec![ops::abs(u)?, s, ops::abs(vt)?])
            };
            eigh: |x| ops::eigh(&x[0]).and_then(|(w, v)| Ok(vec![w, ops::abs(v)?]));
            eigh_complex: |x| {
                let (w, v) = ops::eigh(ops::complex(&x[0], &x[1])?)?;
                Ok(vec![w, ops::abs(v)?])
            };
            qr: |x| ops::qr(&x[0]).map(|(q, r)| vec![q, r]);
            qr_complex: |x| {
                let (q, r) = ops::qr(ops::complex(&x[0], &x[1])?)?;
                Ok(vec![ops::real(&q)?, ops::imag(&q)?, ops::real(&r)?, ops::imag(&r)?])
            };
            solve_complex: |x| {
                let solution = ops::solve(ops::complex(&x[0], &x[1])?, ops::complex(&x[2], &x[3])?)?;
                Ok(vec![ops::real(&solution)?, ops::imag(&solution)?])
            };
            solve: |x| Ok(vec![ops::solve(&x[0], &x[1])?]);
            one_hot: |x| Ok(vec![ops::one_hot(&x[0], 4, ElementType::F32)?]);
        })
    };
}

fn attention<T: Operand>(x: &[T], mask: Option<&T>, masking: Masking) -> Result<Output<(T, T, T, T)>> {
    ops::scaled_dot_product_attention(&x[0], &x[1], &x[2], mask, masking, None)
}

fn convolving(stride: usize, padding: usize, dilation: usize, groups: usize) -> Convolving {
    Convolving { stride, padding, dilation, groups }
}

macro_rules! in_modes {
    ($($mode:ident: $T:ty;)*) => {
        $(#[allow(dead_code, reason = "not every test is of every mode")]
        pub(crate) fn $mode() -> Cases<$T> {
            all_cases!($T)
        })*
    };
}

in_modes! {
    now: Tensor;
    later: AsyncTensor;
    lazily: Lazy;
}
