//! The pretty forms that follow one pattern, as a table that the reader and the printer share:
//! `name %a, %b, key = value, key = value {attributes} : types`.

/// How a field is written and which attribute it stands for.
pub(crate) struct Field {
    /// The word before `=`; for a [`Shape::Bare`] field, none.
    pub(crate) key: &'static str,
    /// The attribute.
    pub(crate) attribute: &'static str,
    pub(crate) shape: Shape,
    /// Whether it may be left out.
    pub(crate) optional: bool,
}

/// How a field's value is written.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    /// `[0, 1]` for `array<i64: 0, 1>`.
    Integers,
    /// `0` for `0 : i64`.
    Integer,
    /// `true`.
    Bool,
    /// `"text"`.
    String,
    /// `NAME` for `#stablehlo<word NAME>`; the word.
    Enum(&'static str),
    /// `[NAME, NAME]` for an array of those.
    Enums(&'static str),
    /// `<…>` for `#stablehlo.name<…>`; the name.
    Struct(&'static str),
}

/// Which types stand after the colon.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Types {
    /// `(operands) -> results`.
    Function,
    /// One type that all operands and the result have, or the function type where they differ.
    Same,
    /// The result's type alone.
    Result,
    /// The predicate's type and the result's, as of `select`.
    Select,
    /// The type of each operand, which are those of the results.
    Each,
    /// The type of each operand, an arrow, and the results' types.
    Arrow,
}

pub(crate) struct Form {
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [Field],
    pub(crate) types: Types,
}

const fn field(key: &'static str, attribute: &'static str, shape: Shape) -> Field {
    Field { key, attribute, shape, optional: false }
}

const fn optional(key: &'static str, attribute: &'static str, shape: Shape) -> Field {
    Field { key, attribute, shape, optional: true }
}

const fn form(name: &'static str, fields: &'static [Field], types: Types) -> Form {
    Form { name, fields, types }
}

use Shape::*;

static FORMS: [Form; 32] = [
    form("stablehlo.select", &[], Types::Select),
    form("stablehlo.clamp", &[], Types::Same),
    form("stablehlo.complex", &[], Types::Result),
    form("stablehlo.bitcast_convert", &[], Types::Function),
    form("stablehlo.iota", &[field("dim", "iota_dimension", Integer)], Types::Result),
    form("stablehlo.dynamic_iota", &[field("dim", "iota_dimension", Integer)], Types::Function),
    form("stablehlo.broadcast_in_dim", &[field("dims", "broadcast_dimensions", Integers)], Types::Function),
    form(
        "stablehlo.dynamic_broadcast_in_dim",
        &[field("dims", "broadcast_dimensions", Integers)],
        Types::Function,
    ),
    form("stablehlo.broadcast", &[field("sizes", "broadcast_sizes", Integers)], Types::Function),
    form("stablehlo.reshape", &[], Types::Function),
    form("stablehlo.dynamic_reshape", &[], Types::Function),
    form("stablehlo.transpose", &[field("dims", "permutation", Integers)], Types::Function),
    form("stablehlo.reverse", &[field("dims", "dimensions", Integers)], Types::Same),
    form("stablehlo.concatenate", &[field("dim", "dimension", Integer)], Types::Function),
    form("stablehlo.real_dynamic_slice", &[], Types::Function),
    form("stablehlo.dynamic_slice", &[field("sizes", "slice_sizes", Integers)], Types::Function),
    form("stablehlo.dynamic_update_slice", &[], Types::Function),
    form(
        "stablehlo.pad",
        &[
            field("low", "edge_padding_low", Integers),
            field("high", "edge_padding_high", Integers),
            field("interior", "interior_padding", Integers),
        ],
        Types::Function,
    ),
    form("stablehlo.dynamic_pad", &[], Types::Function),
    form("stablehlo.get_dimension_size", &[field("dim", "dimension", Integer)], Types::Function),
    form("stablehlo.set_dimension_size", &[field("dim", "dimension", Integer)], Types::Function),
    form("stablehlo.dot", &[optional("precision", "precision_config", Enums("precision"))], Types::Function),
    form("stablehlo.einsum", &[field("config", "einsum_config", String)], Types::Function),
    form("stablehlo.unary_einsum", &[field("config", "einsum_config", String)], Types::Function),
    form("stablehlo.cholesky", &[optional("lower", "lower", Bool)], Types::Same),
    form(
        "stablehlo.fft",
        &[field("type", "fft_type", Enum("fft_type")), field("length", "fft_length", Integers)],
        Types::Function,
    ),
    form(
        "stablehlo.rng",
        &[field("distribution", "rng_distribution", Enum("rng_distribution"))],
        Types::Function,
    ),
    form(
        "stablehlo.rng_bit_generator",
        &[field("algorithm", "rng_algorithm", Enum("rng_algorithm"))],
        Types::Function,
    ),
    form("stablehlo.after_all", &[], Types::Same),
    form("stablehlo.create_token", &[], Types::Result),
    form("stablehlo.partition_id", &[], Types::Result),
    form("stablehlo.replica_id", &[], Types::Result),
];

static ELEMENTWISE: Form = form("", &[], Types::Same);
static CHLO: Form = form("", &[], Types::Arrow);
static CHLO_BROADCAST: Form = form("", &[], Types::Function);

/// The fields of `dot_general` after its axes.
pub(crate) static DOT_GENERAL: [Field; 2] = [
    optional("precision", "precision_config", Enums("precision")),
    optional("algorithm", "algorithm", Struct("dot_algorithm")),
];

/// The pattern of an operation; none for one whose pretty form is its own, or which has none.
pub(crate) fn form_of(name: &str) -> Option<&'static Form> {
    if let Some(form) = FORMS.iter().find(|form| form.name == name) {
        return Some(form);
    }
    if name.starts_with("chlo.broadcast_") {
        return Some(&CHLO_BROADCAST);
    }
    if name.starts_with("chlo.") {
        return Some(&CHLO);
    }
    let elementwise = crate::Unary::from_name(name).is_some() || crate::Binary::from_name(name).is_some();
    elementwise.then_some(&ELEMENTWISE)
}
