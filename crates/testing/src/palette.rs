//! The few types that most values of a program have, so that operations find operands.

use runahead_ir::{Built, ElementType, TensorType, Type, ValueId};

use crate::choices::Choices;
use crate::generate::Generator;
use crate::values::{Draw, elements};

/// The types of a program.
#[derive(Clone, Debug)]
pub(crate) struct Palette {
    elements: Vec<ElementType>,
    shapes: Vec<Vec<usize>>,
    /// The most elements of a value.
    most: usize,
}

/// Sizes of small axes: none, one, and about the widths of vectors.
const SIZES: &[usize] = &[2, 3, 4, 1, 5, 2, 3, 0, 7, 8, 9, 15, 16, 17, 33];

/// Shapes about the sizes at which a compiler may go another way: a tile, a row that is kept, a sum that is taken in
/// pieces, work for several threads.
const LARGE: &[&[usize]] = &[
    &[255],
    &[256],
    &[257],
    &[2048],
    &[2049],
    &[4096],
    &[4097],
    &[64, 65],
    &[63, 64],
    &[32, 129],
    &[31, 300],
    &[3, 1025],
    &[1024, 3],
    &[16, 16, 17],
    &[12, 65],
    &[128, 3],
    &[129],
    &[8, 1024],
    &[32768],
    &[32769],
    &[2, 16384],
    &[33, 1000],
    &[16385, 2],
    &[65536],
];

impl Palette {
    pub(crate) fn new(choices: &mut Choices<'_>) -> Palette {
        use ElementType::*;
        let mut elements = vec![choices.weighted(&[
            (6, F32),
            (3, I32),
            (1, F64),
            (1, I64),
            (1, BF16),
            (1, F16),
            (1, I8),
            (1, Bool),
            (1, C64),
        ])];
        for _ in 0..choices.below(3) {
            elements.push(if choices.once_in(2) {
                choices.one_of(&ElementType::ALL)
            } else {
                choices.one_of(&[I32, F32, Bool, I8, U8, F16, BF16, F64, I64, U32])
            });
        }
        let large = choices.once_in(24);
        let mut shapes = Vec::new();
        for _ in 0..1 + choices.below(3) {
            let rank = choices.one_of(&[1, 2, 2, 3, 1, 4, 5]);
            let mut left = 96;
            let dims: Vec<usize> = (0..rank)
                .map(|_| {
                    let size = choices.one_of(SIZES).min(left);
                    left /= size.max(1);
                    size
                })
                .collect();
            // The long axis anywhere.
            let order = choices.permutation(rank);
            shapes.push(order.into_iter().map(|axis| dims[axis]).collect());
        }
        if large {
            shapes[0] = choices.one_of(LARGE).to_vec();
        }
        shapes.push(Vec::new());
        Palette { elements, shapes, most: if large { 1 << 17 } else { 200 } }
    }

    /// Whether values may be so large that only cheap operations are for them.
    pub(crate) fn is_large(&self) -> bool {
        self.most > 200
    }

    pub(crate) fn element(&self, choices: &mut Choices<'_>) -> ElementType {
        match choices.below(16) {
            0 => choices.one_of(&ElementType::ALL),
            1 => ElementType::Bool,
            _ => choices.one_of(&self.elements),
        }
    }

    pub(crate) fn float(&self, choices: &mut Choices<'_>) -> ElementType {
        let floats: Vec<ElementType> =
            self.elements.iter().copied().filter(|e| e.is_float() || e.is_complex()).collect();
        if floats.is_empty() { ElementType::F32 } else { choices.one_of(&floats) }
    }

    pub(crate) fn shape(&self, choices: &mut Choices<'_>) -> Vec<usize> {
        if choices.once_in(12) {
            let rank = choices.below(6);
            return self.dims(choices, rank);
        }
        let at = choices.below(self.shapes.len());
        self.shapes[at].clone()
    }

    pub(crate) fn dims(&self, choices: &mut Choices<'_>, rank: usize) -> Vec<usize> {
        let known: Vec<&Vec<usize>> = self.shapes.iter().filter(|dims| dims.len() == rank).collect();
        if !known.is_empty() && !choices.once_in(4) {
            return choices.one_of(&known).clone();
        }
        let mut left = 64;
        (0..rank)
            .map(|_| {
                let size = choices.one_of(SIZES).min(left);
                left /= size.max(1);
                size
            })
            .collect()
    }

    pub(crate) fn ty(&self, choices: &mut Choices<'_>) -> TensorType {
        TensorType::new(self.element(choices), self.shape(choices))
    }
}

impl Generator<'_> {
    /// A type of the palette.
    pub(crate) fn palette_type(&mut self) -> TensorType {
        let palette = self.palette.clone().expect("a palette");
        palette.ty(&mut self.choices)
    }

    /// A value of a type: made of one that there is, a constant or a parameter.
    pub(crate) fn adapted(&mut self, ty: TensorType) -> ValueId {
        if !self.choices.once_in(3)
            && let Ok(Some(value)) = self.made_of_another(&ty)
        {
            return value;
        }
        if self.depth == 0 && self.choices.once_in(3) {
            return self.input(ty);
        }
        let seed = self.choices.below(256) as u64;
        if !self.choices.once_in(3) || ty.byte_count().is_none_or(|bytes| bytes > 4096) {
            let element = elements(&TensorType::scalar(ty.element), seed, Draw::Whole);
            return self.builder.splat(ty, &element).expect("a small type");
        }
        let bytes = elements(&ty, seed, Draw::Whole);
        self.builder.constant(runahead_ir::Literal::new(ty, bytes).expect("as many bytes as the type has"))
    }

    /// A value of a type made of one that there is, where that takes one operation.
    fn made_of_another(&mut self, ty: &TensorType) -> Built<Option<ValueId>> {
        let count = ty.element_count();
        let fits = |&value: &ValueId| match self.builder.type_of(value) {
            Type::Tensor(other) if other.quantization.is_none() => {
                other.dims == ty.dims
                    || other.element == ty.element && (other.rank() == 0 || other.element_count() == count)
            }
            _ => false,
        };
        let fitting: Vec<ValueId> = self.values.iter().copied().filter(fits).collect();
        if fitting.is_empty() || ty.quantization.is_some() {
            return Ok(None);
        }
        let value = self.choices.one_of(&fitting);
        let from = self.tensor(value).cloned().expect("a tensor");
        Ok(Some(if from.dims == ty.dims {
            self.builder.convert(value, ty.element)?
        } else if from.element_count() == count {
            self.builder.reshape(value, &ty.dims)?
        } else {
            self.builder.broadcast_in_dim(value, &ty.dims, &[])?
        }))
    }
}
