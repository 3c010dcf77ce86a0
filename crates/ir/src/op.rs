//! The operations: StableHLO's, CHLO's and the few others that programs hold.

use std::sync::Arc;

use crate::{Attributes, ElementType, Literal};

/// An enum of operations that have no attributes of their own, and their names.
macro_rules! named_operations {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[allow(missing_docs)] // The operations are documented by the specification under the same names.
        pub enum $name { $($variant,)* }

        impl $name {
            /// Every operation of this kind.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The operation's name with its dialect, as in `stablehlo.add`.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// The operation of that name, if it is one of these.
            pub fn from_name(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)* _ => None }
            }
        }
    };
}

named_operations! {
    /// Elementwise operations of one operand and no attributes that change the result.
    Unary {
        Abs = "stablehlo.abs",
        Cbrt = "stablehlo.cbrt",
        Ceil = "stablehlo.ceil",
        Convert = "stablehlo.convert",
        Cosine = "stablehlo.cosine",
        CountLeadingZeros = "stablehlo.count_leading_zeros",
        Exponential = "stablehlo.exponential",
        ExponentialMinusOne = "stablehlo.exponential_minus_one",
        Floor = "stablehlo.floor",
        Imag = "stablehlo.imag",
        IsFinite = "stablehlo.is_finite",
        Log = "stablehlo.log",
        LogPlusOne = "stablehlo.log_plus_one",
        Logistic = "stablehlo.logistic",
        Negate = "stablehlo.negate",
        Not = "stablehlo.not",
        PopulationCount = "stablehlo.popcnt",
        Real = "stablehlo.real",
        RoundNearestAfz = "stablehlo.round_nearest_afz",
        RoundNearestEven = "stablehlo.round_nearest_even",
        Rsqrt = "stablehlo.rsqrt",
        Sign = "stablehlo.sign",
        Sine = "stablehlo.sine",
        Sqrt = "stablehlo.sqrt",
        Tan = "stablehlo.tan",
        Tanh = "stablehlo.tanh",
        UniformDequantize = "stablehlo.uniform_dequantize",
        UniformQuantize = "stablehlo.uniform_quantize",
        ChloAcos = "chlo.acos",
        ChloAcosh = "chlo.acosh",
        ChloAsin = "chlo.asin",
        ChloAsinAcosKernel = "chlo._asin_acos_kernel",
        ChloAsinh = "chlo.asinh",
        ChloAtan = "chlo.atan",
        ChloAtanh = "chlo.atanh",
        ChloBesselI1e = "chlo.bessel_i1e",
        ChloConj = "chlo.conj",
        ChloCosh = "chlo.cosh",
        ChloDigamma = "chlo.digamma",
        ChloErf = "chlo.erf",
        ChloErfInv = "chlo.erf_inv",
        ChloErfc = "chlo.erfc",
        ChloIsInf = "chlo.is_inf",
        ChloIsNegInf = "chlo.is_neg_inf",
        ChloIsPosInf = "chlo.is_pos_inf",
        ChloLgamma = "chlo.lgamma",
        ChloSinh = "chlo.sinh",
        ChloSquare = "chlo.square",
        ChloTan = "chlo.tan",
    }
}

named_operations! {
    /// Elementwise operations of two operands of one shape and no attributes.
    Binary {
        Add = "stablehlo.add",
        And = "stablehlo.and",
        Atan2 = "stablehlo.atan2",
        Complex = "stablehlo.complex",
        Divide = "stablehlo.divide",
        Maximum = "stablehlo.maximum",
        Minimum = "stablehlo.minimum",
        Multiply = "stablehlo.multiply",
        Or = "stablehlo.or",
        Power = "stablehlo.power",
        Remainder = "stablehlo.remainder",
        ShiftLeft = "stablehlo.shift_left",
        ShiftRightArithmetic = "stablehlo.shift_right_arithmetic",
        ShiftRightLogical = "stablehlo.shift_right_logical",
        Subtract = "stablehlo.subtract",
        Xor = "stablehlo.xor",
        ChloMulhi = "chlo.mulhi",
        ChloNextAfter = "chlo.next_after",
        ChloPolygamma = "chlo.polygamma",
        ChloZeta = "chlo.zeta",
    }
}

/// What an operation does, with the attributes that say how.
///
/// Axes are counted from 0. Field names are the specification's.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // The operations and their attributes are documented by the specification under the same names.
pub enum OpKind {
    Unary(Unary),
    Binary(Binary),
    Select,
    Clamp,
    Compare {
        direction: ComparisonDirection,
        compare_type: Option<ComparisonType>,
    },
    ReducePrecision {
        exponent_bits: u32,
        mantissa_bits: u32,
    },
    BitcastConvert,

    Constant(Literal),
    Iota {
        dimension: usize,
    },
    DynamicIota {
        dimension: usize,
    },

    BroadcastInDim {
        dimensions: Vec<usize>,
    },
    DynamicBroadcastInDim {
        dimensions: Vec<usize>,
        known_expanding: Option<Vec<usize>>,
        known_nonexpanding: Option<Vec<usize>>,
    },
    /// The older `broadcast`, which prepends axes.
    Broadcast {
        sizes: Vec<usize>,
    },
    Reshape,
    DynamicReshape,
    Transpose {
        permutation: Vec<usize>,
    },
    Reverse {
        dimensions: Vec<usize>,
    },
    Concatenate {
        dimension: usize,
    },
    Slice {
        start: Vec<usize>,
        limit: Vec<usize>,
        strides: Vec<usize>,
    },
    RealDynamicSlice,
    DynamicSlice {
        sizes: Vec<usize>,
    },
    DynamicUpdateSlice,
    /// Edge padding may be negative, which cuts.
    Pad {
        low: Vec<i64>,
        high: Vec<i64>,
        interior: Vec<i64>,
    },
    DynamicPad,
    Gather {
        dimension_numbers: GatherDimensions,
        slice_sizes: Vec<usize>,
        indices_are_sorted: bool,
    },
    DynamicGather {
        dimension_numbers: GatherDimensions,
        indices_are_sorted: bool,
    },
    Scatter {
        dimension_numbers: ScatterDimensions,
        indices_are_sorted: bool,
        unique_indices: bool,
    },
    TorchIndexSelect {
        dim: usize,
        batch_dims: usize,
    },
    GetDimensionSize {
        dimension: usize,
    },
    SetDimensionSize {
        dimension: usize,
    },

    /// The older `dot` of vectors and matrices.
    Dot {
        precision: Vec<Precision>,
    },
    DotGeneral {
        dimension_numbers: DotDimensions,
        precision: Vec<Precision>,
        algorithm: Option<Arc<str>>,
    },
    Einsum {
        config: Arc<str>,
    },
    UnaryEinsum {
        config: Arc<str>,
    },
    Convolution(Box<Convolution>),
    DynamicConv(Box<Convolution>),

    /// The body is the operation's region; operands are the inputs, then as many initial values.
    Reduce {
        dimensions: Vec<usize>,
    },
    ReduceWindow(Box<Window>),
    SelectAndScatter(Box<Window>),
    Map {
        dimensions: Vec<usize>,
    },
    Sort {
        dimension: usize,
        is_stable: bool,
    },
    TopK {
        k: usize,
    },
    /// A loop along an axis of the inputs: the region takes an element of each input and what is carried, and returns an
    /// element of each output and what is carried next. Operands are the inputs, then what is carried first; results the
    /// outputs, then what is carried last.
    Scan {
        dimension: usize,
        inputs: usize,
        outputs: usize,
        carries: usize,
        is_reverse: bool,
        /// The length of the axis, where there are no inputs that have it.
        scan_dim_size: Option<usize>,
    },
    RaggedDot {
        dimension_numbers: RaggedDotDimensions,
        precision: Vec<Precision>,
    },
    /// Another operation of CHLO; its attributes are the operation's.
    Chlo(Arc<str>),

    BatchNormGrad {
        epsilon: f32,
        feature_index: usize,
    },
    BatchNormInference {
        epsilon: f32,
        feature_index: usize,
    },
    BatchNormTraining {
        epsilon: f32,
        feature_index: usize,
    },
    Cholesky {
        lower: bool,
    },
    TriangularSolve {
        left_side: bool,
        lower: bool,
        unit_diagonal: bool,
        transpose_a: TriangularTranspose,
    },
    Fft {
        fft_type: FftType,
        length: Vec<usize>,
    },
    Rng {
        distribution: RngDistribution,
    },
    RngBitGenerator {
        algorithm: RngAlgorithm,
    },

    /// Regions: condition, body.
    While,
    /// Regions: then, else.
    If,
    /// A region for each branch.
    Case,
    Call {
        callee: Arc<str>,
    },
    CustomCall(Box<CustomCall>),
    Composite {
        name: Arc<str>,
        decomposition: Arc<str>,
        version: i64,
        composite_attributes: Attributes,
    },
    OptimizationBarrier,
    Tuple,
    GetTupleElement {
        index: usize,
    },

    AfterAll,
    CreateToken,
    Infeed {
        config: Arc<str>,
    },
    Outfeed {
        config: Arc<str>,
    },
    Send {
        channel: Channel,
        is_host_transfer: bool,
        source_target_pairs: Option<Vec<(i64, i64)>>,
    },
    Recv {
        channel: Channel,
        is_host_transfer: bool,
        source_target_pairs: Option<Vec<(i64, i64)>>,
    },
    PartitionId,
    ReplicaId,
    AllGather {
        all_gather_dim: usize,
        groups: ReplicaGroups,
    },
    AllReduce {
        groups: ReplicaGroups,
    },
    AllToAll {
        split_dimension: usize,
        concat_dimension: usize,
        split_count: usize,
        groups: ReplicaGroups,
    },
    CollectiveBroadcast {
        groups: ReplicaGroups,
    },
    CollectiveReduce {
        groups: ReplicaGroups,
    },
    CollectivePermute {
        source_target_pairs: Vec<(i64, i64)>,
        channel: Option<Channel>,
    },
    CrossReplicaSum {
        groups: ReplicaGroups,
    },
    ReduceScatter {
        scatter_dimension: usize,
        groups: ReplicaGroups,
    },

    /// An operation of the `check` dialect of self-checking programs.
    Check(Check),
    /// An operation that is not known; its attributes are the operation's.
    Unknown {
        name: Arc<str>,
    },
}

impl OpKind {
    /// The operation's name with its dialect, as in `stablehlo.dot_general`.
    pub fn name(&self) -> &str {
        use OpKind::*;
        match self {
            Unary(op) => op.name(),
            Binary(op) => op.name(),
            Select => "stablehlo.select",
            Clamp => "stablehlo.clamp",
            Compare { .. } => "stablehlo.compare",
            ReducePrecision { .. } => "stablehlo.reduce_precision",
            BitcastConvert => "stablehlo.bitcast_convert",
            Constant(_) => "stablehlo.constant",
            Iota { .. } => "stablehlo.iota",
            DynamicIota { .. } => "stablehlo.dynamic_iota",
            BroadcastInDim { .. } => "stablehlo.broadcast_in_dim",
            DynamicBroadcastInDim { .. } => "stablehlo.dynamic_broadcast_in_dim",
            Broadcast { .. } => "stablehlo.broadcast",
            Reshape => "stablehlo.reshape",
            DynamicReshape => "stablehlo.dynamic_reshape",
            Transpose { .. } => "stablehlo.transpose",
            Reverse { .. } => "stablehlo.reverse",
            Concatenate { .. } => "stablehlo.concatenate",
            Slice { .. } => "stablehlo.slice",
            RealDynamicSlice => "stablehlo.real_dynamic_slice",
            DynamicSlice { .. } => "stablehlo.dynamic_slice",
            DynamicUpdateSlice => "stablehlo.dynamic_update_slice",
            Pad { .. } => "stablehlo.pad",
            DynamicPad => "stablehlo.dynamic_pad",
            Gather { .. } => "stablehlo.gather",
            DynamicGather { .. } => "stablehlo.dynamic_gather",
            Scatter { .. } => "stablehlo.scatter",
            TorchIndexSelect { .. } => "stablehlo.torch_index_select",
            GetDimensionSize { .. } => "stablehlo.get_dimension_size",
            SetDimensionSize { .. } => "stablehlo.set_dimension_size",
            Dot { .. } => "stablehlo.dot",
            DotGeneral { .. } => "stablehlo.dot_general",
            Einsum { .. } => "stablehlo.einsum",
            UnaryEinsum { .. } => "stablehlo.unary_einsum",
            Convolution(_) => "stablehlo.convolution",
            DynamicConv(_) => "stablehlo.dynamic_conv",
            Reduce { .. } => "stablehlo.reduce",
            ReduceWindow(_) => "stablehlo.reduce_window",
            SelectAndScatter(_) => "stablehlo.select_and_scatter",
            Map { .. } => "stablehlo.map",
            Sort { .. } => "stablehlo.sort",
            TopK { .. } => "chlo.top_k",
            Scan { .. } => "chlo.scan",
            RaggedDot { .. } => "chlo.ragged_dot",
            Chlo(name) => name,
            BatchNormGrad { .. } => "stablehlo.batch_norm_grad",
            BatchNormInference { .. } => "stablehlo.batch_norm_inference",
            BatchNormTraining { .. } => "stablehlo.batch_norm_training",
            Cholesky { .. } => "stablehlo.cholesky",
            TriangularSolve { .. } => "stablehlo.triangular_solve",
            Fft { .. } => "stablehlo.fft",
            Rng { .. } => "stablehlo.rng",
            RngBitGenerator { .. } => "stablehlo.rng_bit_generator",
            While => "stablehlo.while",
            If => "stablehlo.if",
            Case => "stablehlo.case",
            Call { .. } => "func.call",
            CustomCall(_) => "stablehlo.custom_call",
            Composite { .. } => "stablehlo.composite",
            OptimizationBarrier => "stablehlo.optimization_barrier",
            Tuple => "stablehlo.tuple",
            GetTupleElement { .. } => "stablehlo.get_tuple_element",
            AfterAll => "stablehlo.after_all",
            CreateToken => "stablehlo.create_token",
            Infeed { .. } => "stablehlo.infeed",
            Outfeed { .. } => "stablehlo.outfeed",
            Send { .. } => "stablehlo.send",
            Recv { .. } => "stablehlo.recv",
            PartitionId => "stablehlo.partition_id",
            ReplicaId => "stablehlo.replica_id",
            AllGather { .. } => "stablehlo.all_gather",
            AllReduce { .. } => "stablehlo.all_reduce",
            AllToAll { .. } => "stablehlo.all_to_all",
            CollectiveBroadcast { .. } => "stablehlo.collective_broadcast",
            CollectivePermute { .. } => "stablehlo.collective_permute",
            CollectiveReduce { .. } => "stablehlo.collective_reduce",
            CrossReplicaSum { .. } => "stablehlo.cross-replica-sum",
            ReduceScatter { .. } => "stablehlo.reduce_scatter",
            Check(check) => check.name(),
            Unknown { name } => name,
        }
    }
}

/// The checks of self-checking programs, in the `check` dialect.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Check {
    /// Bitwise equality of two operands.
    ExpectEq,
    /// Bitwise equality with a constant.
    ExpectEqConst(Literal),
    /// Equality of two operands up to an absolute tolerance.
    ExpectAlmostEq { tolerance: Option<f64> },
    /// Equality with a constant up to an absolute tolerance.
    ExpectAlmostEqConst { value: Literal, tolerance: Option<f64> },
    /// Distance of two operands in units in the last place.
    ExpectClose { min_ulp_difference: Option<u64>, max_ulp_difference: Option<u64> },
    /// Bitwise equality with what a probe of that name was given, the so-manieth time from 0.
    ExpectSerializedEq { probe_id: Arc<str>, iteration: u32 },
}

impl Check {
    /// The operation's name with its dialect.
    pub fn name(&self) -> &'static str {
        match self {
            Check::ExpectEq => "check.expect_eq",
            Check::ExpectEqConst(_) => "check.expect_eq_const",
            Check::ExpectAlmostEq { .. } => "check.expect_almost_eq",
            Check::ExpectAlmostEqConst { .. } => "check.expect_almost_eq_const",
            Check::ExpectClose { .. } => "check.expect_close",
            Check::ExpectSerializedEq { .. } => "check.expect_serialized_eq",
        }
    }
}

/// How elements are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ComparisonDirection {
    Eq,
    Ne,
    Ge,
    Gt,
    Le,
    Lt,
}

/// Under which order elements are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ComparisonType {
    Float,
    TotalOrder,
    Signed,
    Unsigned,
}

/// A requested precision of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Precision {
    Default,
    High,
    Highest,
}

/// Which axes of a `dot_general` are batched and contracted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct DotDimensions {
    pub lhs_batching: Vec<usize>,
    pub rhs_batching: Vec<usize>,
    pub lhs_contracting: Vec<usize>,
    pub rhs_contracting: Vec<usize>,
}

/// Which axes of a `ragged_dot` are batched and contracted, and which one is in groups: an axis of the left operand, and
/// where that is its own, the axis of the right operand that counts the groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct RaggedDotDimensions {
    pub dot: DotDimensions,
    pub lhs_ragged: Vec<usize>,
    pub rhs_group: Vec<usize>,
}

/// How a `gather` maps axes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct GatherDimensions {
    pub offset_dims: Vec<usize>,
    pub collapsed_slice_dims: Vec<usize>,
    pub operand_batching_dims: Vec<usize>,
    pub start_indices_batching_dims: Vec<usize>,
    pub start_index_map: Vec<usize>,
    pub index_vector_dim: usize,
}

/// How a `scatter` maps axes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ScatterDimensions {
    pub update_window_dims: Vec<usize>,
    pub inserted_window_dims: Vec<usize>,
    pub input_batching_dims: Vec<usize>,
    pub scatter_indices_batching_dims: Vec<usize>,
    pub scatter_dims_to_operand_dims: Vec<usize>,
    pub index_vector_dim: usize,
}

/// A convolution's axes, window and groups.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Convolution {
    pub input_batch_dimension: usize,
    pub input_feature_dimension: usize,
    pub input_spatial_dimensions: Vec<usize>,
    pub kernel_input_feature_dimension: usize,
    pub kernel_output_feature_dimension: usize,
    pub kernel_spatial_dimensions: Vec<usize>,
    pub output_batch_dimension: usize,
    pub output_feature_dimension: usize,
    pub output_spatial_dimensions: Vec<usize>,
    pub window_strides: Vec<usize>,
    /// Low and high padding of each spatial axis; negative padding cuts.
    pub padding: Vec<(i64, i64)>,
    pub lhs_dilation: Vec<usize>,
    pub rhs_dilation: Vec<usize>,
    pub window_reversal: Vec<bool>,
    pub feature_group_count: usize,
    pub batch_group_count: usize,
    pub precision: Vec<Precision>,
}

/// The window of `reduce_window` and `select_and_scatter`, with an entry for every axis.
///
/// `select_and_scatter` has no dilations: they are all one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Window {
    pub dimensions: Vec<usize>,
    pub strides: Vec<usize>,
    pub base_dilations: Vec<usize>,
    pub window_dilations: Vec<usize>,
    pub padding: Vec<(i64, i64)>,
}

/// What a triangular solve does to its matrix first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TriangularTranspose {
    NoTranspose,
    Transpose,
    Adjoint,
}

/// The kind of a Fourier transform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FftType {
    Fft,
    Ifft,
    Rfft,
    Irfft,
}

/// The distribution of `rng`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RngDistribution {
    Uniform,
    Normal,
}

/// The algorithm of `rng_bit_generator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RngAlgorithm {
    Default,
    ThreeFry,
    Philox,
}

/// A call of something outside the program.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct CustomCall {
    pub target: Arc<str>,
    pub has_side_effect: bool,
    /// A string, or for API version 4 a dictionary.
    pub backend_config: Option<crate::Attribute>,
    pub api_version: i32,
    pub called_computations: Vec<Arc<str>>,
    /// Result, then operand (and its index path in a tuple): which result shares which operand's memory.
    pub output_operand_aliases: Vec<OutputOperandAlias>,
}

impl CustomCall {
    /// The entry of that name in a call's configuration: a dictionary in `backend_config`, or among the operation's other
    /// attributes in `mhlo.backend_config`.
    pub fn option<'a>(
        config: Option<&'a crate::Attribute>,
        attributes: &'a crate::Attributes,
        name: &str,
    ) -> Option<&'a crate::Attribute> {
        [config, attributes.get("mhlo.backend_config")].into_iter().find_map(|config| match config {
            Some(crate::Attribute::Dictionary(entries)) => entries.get(name),
            _ => None,
        })
    }
}

/// One pair of a result and the operand whose memory it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct OutputOperandAlias {
    pub output_tuple_indices: Vec<i64>,
    pub operand_index: i64,
    pub operand_tuple_indices: Vec<i64>,
}

/// A channel between devices or with the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Channel {
    pub id: i64,
    pub channel_type: i64,
}

/// The groups of processes that take part in a collective operation together.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct ReplicaGroups {
    /// Each group's members; a group shorter than the longest is filled up with -1.
    pub groups: Vec<Vec<i64>>,
    pub channel: Option<Channel>,
    pub use_global_device_ids: bool,
}

/// The comparison that StableHLO assumes for a type when none is written.
pub fn default_comparison_type(element: ElementType) -> ComparisonType {
    if element.is_float() || element.is_complex() {
        ComparisonType::Float
    } else if element.is_signed_integer() {
        ComparisonType::Signed
    } else {
        ComparisonType::Unsigned
    }
}
