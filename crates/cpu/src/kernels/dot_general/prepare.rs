//! What surrounds a product: operands brought into the type and the layout that it is computed in, and its result
//! brought out of them.

use runahead_ir::ElementType;

use super::super::copy::StridedCopy;
use super::super::scratch::Carver;
use super::convert::{Conversion, convert, narrow, widen};

/// What is done with an operand before it is multiplied.
#[derive(Debug)]
pub(in crate::kernels) struct Preparation {
    widen: Option<Conversion>,
    pack: Option<StridedCopy>,
    /// Elements of the operand, and bytes of as many in the type of the computation.
    count: usize,
    bytes: usize,
}

impl Preparation {
    /// Brings `count` elements to the type of the computation, then into another order where there is a copy for it.
    /// `None` where there is no way between the types.
    pub(in crate::kernels) fn new(
        element: ElementType,
        compute: ElementType,
        pack: Option<StridedCopy>,
        count: usize,
    ) -> Option<Preparation> {
        let widen = widen(element, compute).ok()?;
        let pack = pack.map(|pack| pack.of_width(compute.size()));
        Some(Preparation { widen, pack, count, bytes: count.saturating_mul(compute.size()) })
    }

    pub(in crate::kernels) fn scratch_bytes(&self) -> usize {
        let steps = usize::from(self.widen.is_some()) + usize::from(self.pack.is_some());
        Carver::size(self.bytes).saturating_mul(steps)
    }

    /// The prepared operand: the operand itself where nothing is to be done.
    pub(in crate::kernels) fn run<'a>(&self, operand: &'a [u8], scratch: &mut Carver<'a>) -> &'a [u8] {
        let mut bytes = operand;
        if let Some(conversion) = self.widen {
            let wide = scratch.take(self.bytes);
            convert(conversion, bytes, wide, self.count);
            bytes = wide;
        }
        if let Some(pack) = &self.pack {
            let packed = scratch.take(self.bytes);
            pack.run(packed, 0, bytes, 0);
            bytes = packed;
        }
        bytes
    }
}

/// What is done with a product to make it the result.
#[derive(Debug)]
pub(in crate::kernels) struct Finish {
    unpack: Option<StridedCopy>,
    narrow: Option<Conversion>,
    count: usize,
    bytes: usize,
}

impl Finish {
    /// Brings `count` elements into the result's order, where there is a copy for it, then to its type.
    pub(in crate::kernels) fn new(
        element: ElementType,
        compute: ElementType,
        unpack: Option<StridedCopy>,
        count: usize,
    ) -> Finish {
        let unpack = unpack.map(|unpack| unpack.of_width(compute.size()));
        Finish { unpack, narrow: narrow(element), count, bytes: count.saturating_mul(compute.size()) }
    }

    pub(in crate::kernels) fn scratch_bytes(&self) -> usize {
        let steps = usize::from(self.narrow.is_some()) + usize::from(self.unpack.is_some());
        Carver::size(self.bytes).saturating_mul(steps)
    }

    /// Has `compute` write the product (with the scratch memory that is left) and makes it the result.
    pub(in crate::kernels) fn run<'a>(
        &self,
        result: &mut [u8],
        scratch: &mut Carver<'a>,
        compute: impl FnOnce(&mut [u8], &mut Carver<'a>),
    ) {
        let Some(conversion) = self.narrow else {
            return self.ordered(result, scratch, compute);
        };
        let wide = scratch.take(self.bytes);
        self.ordered(wide, scratch, compute);
        convert(conversion, wide, result, self.count);
    }

    fn ordered<'a>(
        &self,
        result: &mut [u8],
        scratch: &mut Carver<'a>,
        compute: impl FnOnce(&mut [u8], &mut Carver<'a>),
    ) {
        let Some(unpack) = &self.unpack else {
            return compute(result, scratch);
        };
        let product = scratch.take(self.bytes);
        compute(product, scratch);
        unpack.run(result, 0, product, 0);
    }
}
