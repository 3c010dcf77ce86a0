//! How each family of operations is drawn.

mod contraction;
mod control;
mod elementwise;
mod indexing;
mod numeric;
mod regional;
mod shape;

use contraction::{convolution, dot, dot_general};
use control::{case, dynamic, if_else, optimization_barrier, tuple, while_loop};
use elementwise::{
    binary, bitcast_convert, clamp, compare, constant, convert, quantize, reduce_precision, select, unary,
};
use indexing::{
    dynamic_slice, dynamic_update_slice, gather, get_dimension_size, scatter, torch_index_select,
};
use numeric::{batch_norm, cholesky, fft, rng, rng_bit_generator, triangular_solve};
use regional::{map, reduce, reduce_window, select_and_scatter, sort, top_k};
use runahead_ir::{Built, ElementType, OpKind, TensorType, ValueId};
use shape::{broadcast, broadcast_in_dim, concatenate, iota, pad, reshape, reverse, slice, transpose};

use crate::generate::Generator;

/// Adds an operation; gives its results.
pub type Make = fn(&mut Generator<'_>) -> Built<Vec<ValueId>>;

/// Every family, by a name that stands for it in messages.
pub const FAMILIES: &[(&str, Make)] = &[
    ("unary", unary),
    ("binary", binary),
    ("convert", convert),
    ("quantize", quantize),
    ("select", select),
    ("clamp", clamp),
    ("compare", compare),
    ("reduce_precision", reduce_precision),
    ("bitcast_convert", bitcast_convert),
    ("constant", constant),
    ("iota", iota),
    ("broadcast_in_dim", broadcast_in_dim),
    ("broadcast", broadcast),
    ("reshape", reshape),
    ("transpose", transpose),
    ("reverse", reverse),
    ("concatenate", concatenate),
    ("slice", slice),
    ("pad", pad),
    ("dynamic_slice", dynamic_slice),
    ("dynamic_update_slice", dynamic_update_slice),
    ("gather", gather),
    ("scatter", scatter),
    ("torch_index_select", torch_index_select),
    ("get_dimension_size", get_dimension_size),
    ("dot", dot),
    ("dot_general", dot_general),
    ("convolution", convolution),
    ("reduce", reduce),
    ("reduce_window", reduce_window),
    ("select_and_scatter", select_and_scatter),
    ("map", map),
    ("sort", sort),
    ("top_k", top_k),
    ("batch_norm", batch_norm),
    ("cholesky", cholesky),
    ("triangular_solve", triangular_solve),
    ("fft", fft),
    ("rng", rng),
    ("rng_bit_generator", rng_bit_generator),
    ("while", while_loop),
    ("if", if_else),
    ("case", case),
    ("optimization_barrier", optimization_barrier),
    ("tuple", tuple),
    ("dynamic", dynamic),
];

pub(crate) fn none<T>() -> Built<T> {
    // The rules have no public way to make a problem; this asks them for one.
    let mut builder = runahead_ir::FunctionBuilder::new("", [TensorType::scalar(ElementType::F32)]);
    let scalar = builder.parameter(0);
    Err(builder.transpose(scalar, &[0]).expect_err("a scalar has no axes"))
}

fn one(g: &mut Generator<'_>, kind: OpKind, operands: &[ValueId]) -> Built<Vec<ValueId>> {
    Ok(g.builder.inferred(kind, operands, Vec::new())?.to_vec())
}

fn typed(g: &mut Generator<'_>, kind: OpKind, operands: &[ValueId], ty: TensorType) -> Built<Vec<ValueId>> {
    Ok(vec![g.builder.typed(kind, operands, ty)?])
}
