//! A small program for each operation and type.

use runahead_ir::{Binary, Unary};

/// Names of elementwise operations of one operand.
pub(super) fn unary() -> impl Iterator<Item = &'static str> {
    Unary::ALL.iter().map(|op| op.name())
}

/// Names of elementwise operations of two operands.
pub(super) fn binary() -> impl Iterator<Item = &'static str> {
    Binary::ALL.iter().map(|op| op.name()).chain(BROADCASTING.iter().copied())
}

/// Those that broadcast their operands, and are elementwise where there is nothing to broadcast.
const BROADCASTING: &[&str] = &[
    "chlo.broadcast_and",
    "chlo.broadcast_atan2",
    "chlo.broadcast_divide",
    "chlo.broadcast_maximum",
    "chlo.broadcast_minimum",
    "chlo.broadcast_multiply",
    "chlo.broadcast_next_after",
    "chlo.broadcast_or",
    "chlo.broadcast_polygamma",
    "chlo.broadcast_power",
    "chlo.broadcast_remainder",
    "chlo.broadcast_shift_left",
    "chlo.broadcast_shift_right_arithmetic",
    "chlo.broadcast_shift_right_logical",
    "chlo.broadcast_subtract",
    "chlo.broadcast_xor",
    "chlo.broadcast_zeta",
];

/// The type of the parts of a complex type; any other type itself.
fn part(ty: &str) -> &str {
    ty.strip_prefix("complex<").and_then(|rest| rest.strip_suffix('>')).unwrap_or(ty)
}

fn of_one(operation: &str, from: &str, to: &str) -> String {
    format!(
        "func.func @main(%x: tensor<4x{from}>) -> tensor<4x{to}> {{
           %r = \"{operation}\"(%x) : (tensor<4x{from}>) -> tensor<4x{to}>
           return %r : tensor<4x{to}>
         }}"
    )
}

pub(super) fn unary_program(operation: &str, ty: &str) -> String {
    let quantized = |ty: &str| match ty.starts_with('!') {
        true => ty.to_owned(),
        false => format!("!quant.uniform<{}:f32, 0.5>", ty.replace("ui", "u")),
    };
    match operation {
        "stablehlo.is_finite" | "chlo.is_inf" | "chlo.is_pos_inf" | "chlo.is_neg_inf" => {
            of_one(operation, ty, "i1")
        }
        "stablehlo.abs" | "stablehlo.real" | "stablehlo.imag" => of_one(operation, ty, part(ty)),
        // Types are those that the numbers are stored in.
        "stablehlo.uniform_quantize" => of_one(operation, "f32", &quantized(ty)),
        "stablehlo.uniform_dequantize" => of_one(operation, &quantized(ty), "f32"),
        "stablehlo.convert" => format!(
            "func.func @main(%x: tensor<4x{ty}>) -> tensor<4x{ty}> {{
               %w = stablehlo.convert %x : (tensor<4x{ty}>) -> tensor<4xf64>
               %r = stablehlo.convert %w : (tensor<4xf64>) -> tensor<4x{ty}>
               return %r : tensor<4x{ty}>
             }}"
        ),
        _ => of_one(operation, ty, ty),
    }
}

pub(super) fn binary_program(operation: &str, ty: &str) -> String {
    let to = if operation == "stablehlo.complex" { format!("complex<{ty}>") } else { ty.to_owned() };
    format!(
        "func.func @main(%x: tensor<4x{ty}>, %y: tensor<4x{ty}>) -> tensor<4x{to}> {{
           %r = \"{operation}\"(%x, %y) : (tensor<4x{ty}>, tensor<4x{ty}>) -> tensor<4x{to}>
           return %r : tensor<4x{to}>
         }}"
    )
}

/// An operation, the parameters of its program, the type of its result `%r`, and the program's body. `T` stands for the
/// element type, `P` for that of a complex number's parts, `C` for the complex type of such parts, `BODY` for the region
/// that takes the larger of two scalars.
pub(super) type Probe = (&'static str, &'static str, &'static str, &'static str);

pub(super) fn other_program(&(_, parameters, result, body): &Probe, ty: &str) -> String {
    let larger = "({ ^bb0(%p: tensor<{T}>, %q: tensor<{T}>):
        %m = stablehlo.maximum %p, %q : tensor<{T}>
        stablehlo.return %m : tensor<{T}> })";
    let (body, functions) = body.split_once("FUNCTIONS").unwrap_or((body, ""));
    let text = format!(
        "func.func @main({parameters}) -> {result} {{
           {body}
           return %r : {result}
         }}
         {functions}"
    );
    let complex = format!("complex<{ty}>");
    text.replace("{BODY}", larger).replace("{T}", ty).replace("{P}", part(ty)).replace("{C}", &complex)
}

const X: &str = "%x: tensor<4x{T}>";
const XY: &str = "%x: tensor<4x{T}>, %y: tensor<4x{T}>";
const SAME: &str = "tensor<4x{T}>";

pub(super) const OTHERS: &[Probe] = &[
    ("stablehlo.after_all", X, SAME, "%t = stablehlo.after_all : !stablehlo.token
        %r = stablehlo.reshape %x : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.create_token", X, SAME, "%t = stablehlo.create_token : !stablehlo.token
        %r = stablehlo.reshape %x : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.all_gather", X, SAME, "%r = \"stablehlo.all_gather\"(%x) {all_gather_dim = 0 : i64, replica_groups = dense<0> : tensor<1x1xi64>} : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.all_reduce", X, SAME, "%r = \"stablehlo.all_reduce\"(%x) {BODY} {replica_groups = dense<0> : tensor<1x1xi64>} : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.reduce_scatter", X, SAME, "%r = \"stablehlo.reduce_scatter\"(%x) {BODY} {scatter_dimension = 0 : i64, replica_groups = dense<0> : tensor<1x1xi64>} : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.all_to_all", X, SAME, "%r = \"stablehlo.all_to_all\"(%x) {split_dimension = 0 : i64, concat_dimension = 0 : i64, split_count = 1 : i64, replica_groups = dense<0> : tensor<1x1xi64>} : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.collective_broadcast", X, SAME, "%r = \"stablehlo.collective_broadcast\"(%x) {replica_groups = dense<0> : tensor<1x1xi64>} : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.collective_permute", X, SAME, "%r = \"stablehlo.collective_permute\"(%x) {source_target_pairs = dense<0> : tensor<1x2xi64>} : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.collective_reduce", X, SAME, "%r = \"stablehlo.collective_reduce\"(%x) {BODY} {replica_groups = dense<0> : tensor<1x1xi64>} : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.cross-replica-sum", X, SAME, "%r = \"stablehlo.cross-replica-sum\"(%x) {replica_groups = dense<0> : tensor<1x1xi64>} : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.partition_id", "", "tensor<ui32>", "%r = stablehlo.partition_id : tensor<ui32>"),
    ("stablehlo.replica_id", "", "tensor<ui32>", "%r = stablehlo.replica_id : tensor<ui32>"),
    ("stablehlo.send", X, SAME, "%t = stablehlo.create_token : !stablehlo.token
        %s = \"stablehlo.send\"(%x, %t) {channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, is_host_transfer = false} : (tensor<4x{T}>, !stablehlo.token) -> !stablehlo.token
        %r = stablehlo.reshape %x : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.recv", "", SAME, "%t = stablehlo.create_token : !stablehlo.token
        %r, %u = \"stablehlo.recv\"(%t) {channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, is_host_transfer = false} : (!stablehlo.token) -> (tensor<4x{T}>, !stablehlo.token)"),
    ("stablehlo.infeed", "", SAME, "%t = stablehlo.create_token : !stablehlo.token
        %r, %u = \"stablehlo.infeed\"(%t) {infeed_config = \"\", layout = [[0]]} : (!stablehlo.token) -> (tensor<4x{T}>, !stablehlo.token)"),
    ("stablehlo.outfeed", X, SAME, "%t = stablehlo.create_token : !stablehlo.token
        %s = \"stablehlo.outfeed\"(%x, %t) {outfeed_config = \"\"} : (tensor<4x{T}>, !stablehlo.token) -> !stablehlo.token
        %r = stablehlo.reshape %x : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.batch_norm_inference", "%x: tensor<2x3x{T}>, %v: tensor<3x{T}>", "tensor<2x3x{T}>", "%r = \"stablehlo.batch_norm_inference\"(%x, %v, %v, %v, %v) {epsilon = 0.001 : f32, feature_index = 1 : i64} : (tensor<2x3x{T}>, tensor<3x{T}>, tensor<3x{T}>, tensor<3x{T}>, tensor<3x{T}>) -> tensor<2x3x{T}>"),
    ("stablehlo.batch_norm_training", "%x: tensor<2x3x{T}>, %v: tensor<3x{T}>", "tensor<2x3x{T}>", "%r, %m, %w = \"stablehlo.batch_norm_training\"(%x, %v, %v) {epsilon = 0.001 : f32, feature_index = 1 : i64} : (tensor<2x3x{T}>, tensor<3x{T}>, tensor<3x{T}>) -> (tensor<2x3x{T}>, tensor<3x{T}>, tensor<3x{T}>)"),
    ("stablehlo.batch_norm_grad", "%x: tensor<2x3x{T}>, %v: tensor<3x{T}>", "tensor<2x3x{T}>", "%r, %m, %w = \"stablehlo.batch_norm_grad\"(%x, %v, %v, %v, %x) {epsilon = 0.001 : f32, feature_index = 1 : i64} : (tensor<2x3x{T}>, tensor<3x{T}>, tensor<3x{T}>, tensor<3x{T}>, tensor<2x3x{T}>) -> (tensor<2x3x{T}>, tensor<3x{T}>, tensor<3x{T}>)"),
    ("stablehlo.bitcast_convert", X, SAME, "%r = stablehlo.bitcast_convert %x : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.broadcast_in_dim", X, "tensor<2x4x{T}>", "%r = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<4x{T}>) -> tensor<2x4x{T}>"),
    ("stablehlo.broadcast", X, "tensor<2x4x{T}>", "%r = \"stablehlo.broadcast\"(%x) {broadcast_sizes = array<i64: 2>} : (tensor<4x{T}>) -> tensor<2x4x{T}>"),
    ("stablehlo.case", "%i: tensor<i32>, %x: tensor<4x{T}>", SAME, "%r = \"stablehlo.case\"(%i) ({ stablehlo.return %x : tensor<4x{T}> }) : (tensor<i32>) -> tensor<4x{T}>"),
    ("stablehlo.if", "%i: tensor<i1>, %x: tensor<4x{T}>", SAME, "%r = \"stablehlo.if\"(%i) ({ stablehlo.return %x : tensor<4x{T}> }, { stablehlo.return %x : tensor<4x{T}> }) : (tensor<i1>) -> tensor<4x{T}>"),
    ("stablehlo.while", "%i: tensor<i1>, %x: tensor<4x{T}>", SAME, "%r, %j = \"stablehlo.while\"(%x, %i) ({
          ^bb0(%a: tensor<4x{T}>, %b: tensor<i1>): stablehlo.return %b : tensor<i1>
        }, { ^bb0(%a: tensor<4x{T}>, %b: tensor<i1>):
          %n = stablehlo.not %b : tensor<i1>
          %v = stablehlo.reverse %a, dims = [0] : tensor<4x{T}>
          stablehlo.return %v, %n : tensor<4x{T}>, tensor<i1>
        }) : (tensor<4x{T}>, tensor<i1>) -> (tensor<4x{T}>, tensor<i1>)"),
    ("stablehlo.cholesky", "%x: tensor<3x3x{T}>", "tensor<3x3x{T}>", "%r = \"stablehlo.cholesky\"(%x) {lower = true} : (tensor<3x3x{T}>) -> tensor<3x3x{T}>"),
    ("stablehlo.triangular_solve", "%x: tensor<3x3x{T}>", "tensor<3x3x{T}>", "%r = \"stablehlo.triangular_solve\"(%x, %x) {left_side = true, lower = true, unit_diagonal = false, transpose_a = #stablehlo<transpose NO_TRANSPOSE>} : (tensor<3x3x{T}>, tensor<3x3x{T}>) -> tensor<3x3x{T}>"),
    ("stablehlo.clamp", XY, SAME, "%r = stablehlo.clamp %x, %y, %x : tensor<4x{T}>"),
    ("stablehlo.compare", XY, "tensor<4xi1>", "%r = stablehlo.compare LT, %x, %y : (tensor<4x{T}>, tensor<4x{T}>) -> tensor<4xi1>"),
    ("stablehlo.composite", X, SAME, "%r = stablehlo.composite \"a.b\" %x {decomposition = @f} : (tensor<4x{T}>) -> tensor<4x{T}>
        FUNCTIONS func.func private @f(%x: tensor<4x{T}>) -> tensor<4x{T}> { return %x : tensor<4x{T}> }"),
    ("stablehlo.concatenate", XY, "tensor<8x{T}>", "%r = stablehlo.concatenate %x, %y, dim = 0 : (tensor<4x{T}>, tensor<4x{T}>) -> tensor<8x{T}>"),
    ("stablehlo.constant", "", "tensor<0x{T}>", "%r = stablehlo.constant dense<> : tensor<0x{T}>"),
    ("stablehlo.convolution", "%x: tensor<1x5x2x{T}>, %k: tensor<3x2x4x{T}>", "tensor<1x3x4x{T}>", "%r = stablehlo.convolution(%x, %k) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<1x5x2x{T}>, tensor<3x2x4x{T}>) -> tensor<1x3x4x{T}>"),
    ("stablehlo.dynamic_conv", "%x: tensor<1x5x2x{T}>, %k: tensor<3x2x4x{T}>", "tensor<1x3x4x{T}>", "%p = stablehlo.constant dense<0> : tensor<1x2xi64>
        %r = \"stablehlo.dynamic_conv\"(%x, %k, %p) {dimension_numbers = #stablehlo.conv<[b, 0, f]x[0, i, o]->[b, 0, f]>, batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<1x5x2x{T}>, tensor<3x2x4x{T}>, tensor<1x2xi64>) -> tensor<1x3x4x{T}>"),
    ("stablehlo.custom_call", X, SAME, "%r = stablehlo.custom_call @Sharding(%x) : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.dot", "%x: tensor<2x3x{T}>, %y: tensor<3x2x{T}>", "tensor<2x2x{T}>", "%r = stablehlo.dot %x, %y : (tensor<2x3x{T}>, tensor<3x2x{T}>) -> tensor<2x2x{T}>"),
    ("stablehlo.dot_general", "%x: tensor<2x3x{T}>, %y: tensor<3x2x{T}>", "tensor<2x2x{T}>", "%r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3x{T}>, tensor<3x2x{T}>) -> tensor<2x2x{T}>"),
    ("stablehlo.einsum", "%x: tensor<2x3x{T}>, %y: tensor<3x2x{T}>", "tensor<2x2x{T}>", "%r = \"stablehlo.einsum\"(%x, %y) {einsum_config = \"ab,bc->ac\"} : (tensor<2x3x{T}>, tensor<3x2x{T}>) -> tensor<2x2x{T}>"),
    ("stablehlo.unary_einsum", "%x: tensor<2x3x{T}>", "tensor<3x{T}>", "%r = \"stablehlo.unary_einsum\"(%x) {einsum_config = \"ab->b\"} : (tensor<2x3x{T}>) -> tensor<3x{T}>"),
    ("stablehlo.dynamic_broadcast_in_dim", X, "tensor<2x4x{T}>", "%s = stablehlo.constant dense<[2, 4]> : tensor<2xi64>
        %r = stablehlo.dynamic_broadcast_in_dim %x, %s, dims = [1] : (tensor<4x{T}>, tensor<2xi64>) -> tensor<2x4x{T}>"),
    ("stablehlo.dynamic_gather", X, "tensor<2x1x{T}>", "%i = stablehlo.constant dense<1> : tensor<2x1xi64>
        %s = stablehlo.constant dense<1> : tensor<1xi64>
        %r = \"stablehlo.dynamic_gather\"(%x, %i, %s) {dimension_numbers = #stablehlo.gather<offset_dims = [1], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false} : (tensor<4x{T}>, tensor<2x1xi64>, tensor<1xi64>) -> tensor<2x1x{T}>"),
    ("stablehlo.dynamic_iota", "", SAME, "%s = stablehlo.constant dense<4> : tensor<1xi64>
        %r = stablehlo.dynamic_iota %s, dim = 0 : (tensor<1xi64>) -> tensor<4x{T}>"),
    ("stablehlo.dynamic_pad", "%x: tensor<4x{T}>, %v: tensor<{T}>", "tensor<6x{T}>", "%l = stablehlo.constant dense<1> : tensor<1xi64>
        %n = stablehlo.constant dense<0> : tensor<1xi64>
        %r = stablehlo.dynamic_pad %x, %v, %l, %l, %n : (tensor<4x{T}>, tensor<{T}>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<6x{T}>"),
    ("stablehlo.dynamic_reshape", X, "tensor<2x2x{T}>", "%s = stablehlo.constant dense<2> : tensor<2xi64>
        %r = stablehlo.dynamic_reshape %x, %s : (tensor<4x{T}>, tensor<2xi64>) -> tensor<2x2x{T}>"),
    ("stablehlo.dynamic_slice", "%x: tensor<4x{T}>, %i: tensor<i32>", "tensor<2x{T}>", "%r = stablehlo.dynamic_slice %x, %i, sizes = [2] : (tensor<4x{T}>, tensor<i32>) -> tensor<2x{T}>"),
    ("stablehlo.real_dynamic_slice", "%x: tensor<4x{T}>, %i: tensor<1xi32>", "tensor<2x{T}>", "%o = stablehlo.constant dense<1> : tensor<1xi32>
        %r = stablehlo.real_dynamic_slice %x, %i, %i, %o : (tensor<4x{T}>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>) -> tensor<2x{T}>"),
    ("stablehlo.dynamic_update_slice", "%x: tensor<4x{T}>, %u: tensor<2x{T}>, %i: tensor<i32>", SAME, "%r = stablehlo.dynamic_update_slice %x, %u, %i : (tensor<4x{T}>, tensor<2x{T}>, tensor<i32>) -> tensor<4x{T}>"),
    ("stablehlo.fft", "%x: tensor<4x{T}>", SAME, "%r = stablehlo.fft %x, type = FFT, length = [4] : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.gather", X, "tensor<2x1x{T}>", "%i = stablehlo.constant dense<1> : tensor<2x1xi64>
        %r = \"stablehlo.gather\"(%x, %i) {dimension_numbers = #stablehlo.gather<offset_dims = [1], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>, indices_are_sorted = false} : (tensor<4x{T}>, tensor<2x1xi64>) -> tensor<2x1x{T}>"),
    ("stablehlo.get_dimension_size", X, "tensor<i32>", "%r = stablehlo.get_dimension_size %x, dim = 0 : (tensor<4x{T}>) -> tensor<i32>"),
    ("stablehlo.set_dimension_size", X, SAME, "%s = stablehlo.constant dense<4> : tensor<i32>
        %r = stablehlo.set_dimension_size %x, %s, dim = 0 : (tensor<4x{T}>, tensor<i32>) -> tensor<4x{T}>"),
    ("stablehlo.tuple", X, SAME, "%t = stablehlo.tuple %x, %x : tuple<tensor<4x{T}>, tensor<4x{T}>>
        %r = stablehlo.get_tuple_element %t[1] : (tuple<tensor<4x{T}>, tensor<4x{T}>>) -> tensor<4x{T}>"),
    ("stablehlo.get_tuple_element", X, SAME, "%t = stablehlo.tuple %x, %x : tuple<tensor<4x{T}>, tensor<4x{T}>>
        %r = stablehlo.get_tuple_element %t[0] : (tuple<tensor<4x{T}>, tensor<4x{T}>>) -> tensor<4x{T}>"),
    ("stablehlo.iota", "", SAME, "%r = stablehlo.iota dim = 0 : tensor<4x{T}>"),
    ("stablehlo.map", XY, SAME, "%r = \"stablehlo.map\"(%x, %y) {BODY} {dimensions = array<i64: 0>} : (tensor<4x{T}>, tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.optimization_barrier", X, SAME, "%r = stablehlo.optimization_barrier %x : tensor<4x{T}>"),
    ("stablehlo.pad", "%x: tensor<4x{T}>, %v: tensor<{T}>", "tensor<6x{T}>", "%r = stablehlo.pad %x, %v, low = [1], high = [1], interior = [0] : (tensor<4x{T}>, tensor<{T}>) -> tensor<6x{T}>"),
    ("stablehlo.reduce", "%x: tensor<4x{T}>, %v: tensor<{T}>", "tensor<{T}>", "%r = \"stablehlo.reduce\"(%x, %v) {BODY} {dimensions = array<i64: 0>} : (tensor<4x{T}>, tensor<{T}>) -> tensor<{T}>"),
    ("stablehlo.reduce_precision", X, SAME, "%r = stablehlo.reduce_precision %x, format = e5m2 : tensor<4x{T}>"),
    ("stablehlo.reduce_window", "%x: tensor<4x{T}>, %v: tensor<{T}>", "tensor<3x{T}>", "%r = \"stablehlo.reduce_window\"(%x, %v) {BODY} {window_dimensions = array<i64: 2>} : (tensor<4x{T}>, tensor<{T}>) -> tensor<3x{T}>"),
    ("stablehlo.reshape", X, "tensor<2x2x{T}>", "%r = stablehlo.reshape %x : (tensor<4x{T}>) -> tensor<2x2x{T}>"),
    ("stablehlo.reverse", X, SAME, "%r = stablehlo.reverse %x, dims = [0] : tensor<4x{T}>"),
    ("stablehlo.rng", "%a: tensor<{T}>", SAME, "%s = stablehlo.constant dense<4> : tensor<1xi64>
        %r = stablehlo.rng %a, %a, %s, distribution = UNIFORM : (tensor<{T}>, tensor<{T}>, tensor<1xi64>) -> tensor<4x{T}>"),
    ("stablehlo.rng_bit_generator", "%s: tensor<2xui64>", SAME, "%n, %r = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4x{T}>)"),
    ("stablehlo.scatter", "%x: tensor<4x{T}>, %u: tensor<2x{T}>", SAME, "%i = stablehlo.constant dense<1> : tensor<2x1xi64>
        %r = \"stablehlo.scatter\"(%x, %i, %u) {BODY} {scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, indices_are_sorted = false, unique_indices = false} : (tensor<4x{T}>, tensor<2x1xi64>, tensor<2x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.select", "%p: tensor<4xi1>, %x: tensor<4x{T}>, %y: tensor<4x{T}>", SAME, "%r = stablehlo.select %p, %x, %y : tensor<4xi1>, tensor<4x{T}>"),
    ("stablehlo.select_and_scatter", "%x: tensor<4x{T}>, %s: tensor<2x{T}>, %v: tensor<{T}>", SAME, "%r = \"stablehlo.select_and_scatter\"(%x, %s, %v) ({
          ^bb0(%a: tensor<{T}>, %b: tensor<{T}>):
            %c = stablehlo.compare GE, %a, %b : (tensor<{T}>, tensor<{T}>) -> tensor<i1>
            stablehlo.return %c : tensor<i1>
        }, { ^bb0(%a: tensor<{T}>, %b: tensor<{T}>):
            %c = stablehlo.add %a, %b : tensor<{T}>
            stablehlo.return %c : tensor<{T}>
        }) {window_dimensions = array<i64: 2>, window_strides = array<i64: 2>} : (tensor<4x{T}>, tensor<2x{T}>, tensor<{T}>) -> tensor<4x{T}>"),
    ("stablehlo.slice", X, "tensor<2x{T}>", "%r = stablehlo.slice %x [0:4:2] : (tensor<4x{T}>) -> tensor<2x{T}>"),
    ("stablehlo.sort", X, SAME, "%r = \"stablehlo.sort\"(%x) ({
          ^bb0(%a: tensor<{T}>, %b: tensor<{T}>):
            %c = stablehlo.compare LT, %a, %b : (tensor<{T}>, tensor<{T}>) -> tensor<i1>
            stablehlo.return %c : tensor<i1>
        }) {dimension = 0 : i64, is_stable = true} : (tensor<4x{T}>) -> tensor<4x{T}>"),
    ("stablehlo.torch_index_select", "%x: tensor<4x2x{T}>, %i: tensor<3xi32>", "tensor<3x2x{T}>", "%r = \"stablehlo.torch_index_select\"(%x, %i) {dim = 0 : i64, batch_dims = 0 : i64} : (tensor<4x2x{T}>, tensor<3xi32>) -> tensor<3x2x{T}>"),
    ("stablehlo.transpose", "%x: tensor<2x3x{T}>", "tensor<3x2x{T}>", "%r = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x3x{T}>) -> tensor<3x2x{T}>"),
    ("chlo.top_k", X, "tensor<2x{T}>", "%r, %i = chlo.top_k(%x, k = 2) : tensor<4x{T}> -> (tensor<2x{T}>, tensor<2xi32>)"),
    ("chlo.ragged_dot", "%x: tensor<4x3x{T}>, %y: tensor<2x3x2x{T}>, %s: tensor<2xi32>", "tensor<4x2x{T}>", "%r = \"chlo.ragged_dot\"(%x, %y, %s) {ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>} : (tensor<4x3x{T}>, tensor<2x3x2x{T}>, tensor<2xi32>) -> tensor<4x2x{T}>"),
    ("chlo.scan", "%x: tensor<4x{T}>, %v: tensor<{T}>", SAME, "%r, %l = chlo.scan(%x) inits(%v) dimension=0 {
          ^bb0(%a: tensor<{T}>, %b: tensor<{T}>):
            %c = stablehlo.maximum %a, %b : tensor<{T}>
            stablehlo.return %c, %c : tensor<{T}>, tensor<{T}>
        } : (tensor<4x{T}>, tensor<{T}>) -> (tensor<4x{T}>, tensor<{T}>)"),
    ("chlo.constant", "", "tensor<0x{T}>", "%r = \"chlo.constant\"() {value = dense<> : tensor<0x{T}>} : () -> tensor<0x{T}>"),
    ("chlo.constant_like", "%x: tensor<4xf32>", "tensor<4xf32>", "%r = \"chlo.constant_like\"(%x) {value = 1.5 : f32} : (tensor<4xf32>) -> tensor<4xf32>"),
    ("chlo.dynamic_reshape", X, "tensor<2x2x{T}>", "%s = stablehlo.constant dense<2> : tensor<2xi64>
        %r = \"chlo.dynamic_reshape\"(%x, %s) : (tensor<4x{T}>, tensor<2xi64>) -> tensor<2x2x{T}>"),
    ("chlo.broadcast_add", "%x: tensor<4x{T}>, %y: tensor<2x1x{T}>", "tensor<2x4x{T}>", "%r = \"chlo.broadcast_add\"(%x, %y) : (tensor<4x{T}>, tensor<2x1x{T}>) -> tensor<2x4x{T}>"),
    ("chlo.broadcast_compare", XY, "tensor<4xi1>", "%r = \"chlo.broadcast_compare\"(%x, %y) {comparison_direction = #stablehlo<comparison_direction LT>} : (tensor<4x{T}>, tensor<4x{T}>) -> tensor<4xi1>"),
    ("chlo.broadcast_complex", "%x: tensor<4xf32>, %y: tensor<4xf32>", "tensor<4xcomplex<f32>>", "%r = \"chlo.broadcast_complex\"(%x, %y) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xcomplex<f32>>"),
    ("chlo.broadcast_select", "%p: tensor<4xi1>, %x: tensor<4x{T}>", SAME, "%r = \"chlo.broadcast_select\"(%p, %x, %x) : (tensor<4xi1>, tensor<4x{T}>, tensor<4x{T}>) -> tensor<4x{T}>"),
];
