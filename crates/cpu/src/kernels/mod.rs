//! The kernels: one file for each family of operations, and the table that leads from an operation to its kernel.
//!
//! A file has a plain kernel that follows the specification's formula and works for everything; where programs spend
//! their time there are fast ones beside it.

mod bitcast;
mod broadcast;
mod collective;
mod combine;
mod concatenate;
mod convolution;
mod copy;
mod custom_call;
mod dispatch;
mod dot_general;
mod dynamic_slice;
mod feed;
mod fft;
mod gather;
mod iota;
pub(crate) mod linalg;
mod pad;
mod parallel;
mod places;
mod reduce;
mod reduce_window;
mod reshape;
mod reverse;
mod rng;
mod run_parallel;
mod scatter;
mod scratch;
mod select_and_scatter;
mod shape;
mod slice;
mod sort;
#[cfg(test)]
mod testing;
mod top_k;
mod transpose;
mod view;
mod window;

use runahead_ir::OpKind;

pub(crate) use dispatch::by_width;
pub(crate) use parallel::{parts_for, split_point};
pub(crate) use reduce_window::pools;

use crate::kernel::{Kernel, Site, Unsupported};

/// The kernel of an operation on tensors of known shapes.
pub(crate) fn kernel_for(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    match &site.op.kind {
        OpKind::Iota { dimension } => iota::kernel(site, *dimension),
        OpKind::BroadcastInDim { dimensions } => broadcast::in_dim(site, dimensions),
        OpKind::Broadcast { sizes } => broadcast::prepend(site, sizes),
        OpKind::Reshape => reshape::kernel(site),
        OpKind::Transpose { permutation } => transpose::kernel(site, permutation),
        OpKind::Reverse { dimensions } => reverse::kernel(site, dimensions),
        OpKind::Slice { start, strides, .. } => slice::kernel(site, start, strides),
        OpKind::Concatenate { dimension } => concatenate::kernel(site, *dimension),
        OpKind::Pad { low, interior, .. } => pad::kernel(site, low, interior),
        OpKind::DynamicSlice { .. } => dynamic_slice::slice(site),
        OpKind::DynamicUpdateSlice => dynamic_slice::update(site),
        OpKind::Gather { dimension_numbers, slice_sizes, .. } => {
            gather::kernel(site, dimension_numbers, slice_sizes)
        }
        OpKind::Scatter { dimension_numbers, unique_indices, .. } => {
            scatter::kernel(site, dimension_numbers, *unique_indices)
        }
        OpKind::Convolution(convolution) => convolution::kernel(site, convolution),
        OpKind::Reduce { dimensions } => reduce::kernel(site, dimensions),
        OpKind::Map { .. } => reduce::map(site),
        OpKind::ReduceWindow(window) => reduce_window::kernel(site, window),
        OpKind::SelectAndScatter(window) => select_and_scatter::kernel(site, window),
        OpKind::Sort { dimension, .. } => sort::kernel(site, *dimension),
        OpKind::TopK { k } => top_k::kernel(site, *k),
        OpKind::Dot { .. } => dot_general::dot(site),
        OpKind::DotGeneral { dimension_numbers, .. } => dot_general::kernel(site, dimension_numbers),
        OpKind::BitcastConvert => bitcast::kernel(site),
        OpKind::Cholesky { lower } => linalg::cholesky_kernel(site, *lower),
        OpKind::TriangularSolve { left_side, lower, unit_diagonal, transpose_a } => {
            linalg::triangular_kernel(site, *left_side, *lower, *unit_diagonal, *transpose_a)
        }
        OpKind::Fft { fft_type, length } => fft::kernel(site, *fft_type, length),
        OpKind::Rng { distribution } => rng::kernel(site, *distribution),
        OpKind::RngBitGenerator { algorithm } => rng::bit_generator(site, *algorithm),
        OpKind::CustomCall(call) => custom_call::kernel(site, call),
        OpKind::Infeed { .. } | OpKind::Outfeed { .. } => feed::kernel(site),
        OpKind::Send { .. } | OpKind::Recv { .. } => collective::message(site),
        OpKind::ReplicaId | OpKind::PartitionId => collective::identity(site),
        OpKind::AllGather { .. }
        | OpKind::AllReduce { .. }
        | OpKind::AllToAll { .. }
        | OpKind::CollectiveBroadcast { .. }
        | OpKind::CollectivePermute { .. }
        | OpKind::CollectiveReduce { .. }
        | OpKind::CrossReplicaSum { .. }
        | OpKind::ReduceScatter { .. } => collective::kernel(site),
        OpKind::Unknown { name } if &**name == run_parallel::NAME => run_parallel::kernel(site),
        kind => Err(Unsupported(format!("on the CPU: {} has no kernel", kind.name()))),
    }
}
