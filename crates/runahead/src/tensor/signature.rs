//! What a function is compiled for.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use quick_cache::Equivalent;
use runahead_ir::TensorType;
use runahead_runtime::{Buffer, Device};

use super::mode::Lengths;
use super::operand::Operands;

/// The device and the operands that a function is compiled for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    device: Device,
    structure: Lengths,
    types: Vec<TensorType>,
}

/// What would be such a signature, of operands and their buffers.
pub(crate) struct SignatureRef<'a> {
    device: &'a Device,
    structure: Lengths,
    buffers: &'a [Cow<'a, Buffer>],
}

impl<'a> SignatureRef<'a> {
    pub(crate) fn new(
        device: &'a Device,
        operands: &impl Operands,
        buffers: &'a [Cow<'a, Buffer>],
    ) -> SignatureRef<'a> {
        let mut structure = Lengths::new();
        operands.structure(&mut structure);
        SignatureRef { device, structure, buffers }
    }

    pub(crate) fn to_owned(&self) -> Signature {
        Signature {
            device: self.device.clone(),
            structure: self.structure.clone(),
            types: self.types().cloned().collect(),
        }
    }

    fn types(&self) -> impl Iterator<Item = &TensorType> {
        self.buffers.iter().map(|buffer| buffer.ty())
    }
}

/// Hashes equally from a signature and from a reference to what would be one. There are few devices, so that these are
/// only compared.
fn hash<'t, H: Hasher>(structure: &[usize], types: impl Iterator<Item = &'t TensorType>, state: &mut H) {
    structure.iter().for_each(|&count| state.write_usize(count));
    types.for_each(|ty| ty.hash(state));
}

impl Hash for Signature {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(&self.structure, self.types.iter(), state);
    }
}

impl Hash for SignatureRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(&self.structure, self.types(), state);
    }
}

impl Equivalent<Signature> for SignatureRef<'_> {
    fn equivalent(&self, signature: &Signature) -> bool {
        *self.device == signature.device
            && self.structure == signature.structure
            && self.types().eq(&signature.types)
    }
}
