//! `bitcast_convert` between types of different widths: the same bits, in more or fewer elements.

use super::shape::{operand, plain, product, result};
use crate::kernel::{Kernel, Operand, Site, Unsupported};

/// Both sides as streams of bits, the lowest first.
#[derive(Debug)]
struct Bitcast {
    /// The bits of an element that count, and the bytes that it takes.
    from: (usize, usize),
    to: (usize, usize),
    /// Whether narrow results are kept with their sign extended.
    signed: bool,
    bits: usize,
}

pub(super) fn kernel(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    let (from, to) = (operand(site, 0)?, result(site, 0)?);
    let (source, target) = (plain(from)?, plain(to)?);
    let bits = product(&from.dims) * source.bits();
    if bits != product(&to.dims) * target.bits() {
        return Err(Unsupported(format!("from {from} to {to}, which have different numbers of bits")));
    }
    Ok(Box::new(Bitcast {
        from: (source.bits(), source.size()),
        to: (target.bits(), target.size()),
        signed: target.is_signed_integer(),
        bits,
    }))
}

impl Kernel for Bitcast {
    fn describe(&self) -> String {
        format!("bitcast_convert of {} bits, {} to {}", self.bits, self.from.0, self.to.0)
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let (from, to) = (operands[0].bytes(), &mut *results[0]);
        let whole = |(bits, bytes): (usize, usize)| bits == bytes * 8;
        if whole(self.from) && whole(self.to) {
            return to.copy_from_slice(from);
        }
        to.fill(0);
        for at in 0..self.bits {
            let ((from_bits, from_bytes), (to_bits, to_bytes)) = (self.from, self.to);
            let source = at / from_bits * from_bytes * 8 + at % from_bits;
            let target = at / to_bits * to_bytes * 8 + at % to_bits;
            to[target / 8] |= (from[source / 8] >> (source % 8) & 1) << (target % 8);
        }
        let (bits, bytes) = self.to;
        if self.signed && bits < 8 && bytes == 1 {
            let unused = 8 - bits as u32;
            to.iter_mut().for_each(|byte| *byte = (((*byte << unused) as i8) >> unused) as u8);
        }
    }
}

#[cfg(test)]
mod tests {
    use runahead_ir::{ElementType, OpKind};

    use super::super::testing::{Case, ty};

    fn cast(
        from: ElementType,
        from_dims: &[usize],
        to: ElementType,
        to_dims: &[usize],
        bytes: &[u8],
    ) -> Vec<u8> {
        let case = Case::new(OpKind::BitcastConvert, &[ty(from, from_dims)], &[ty(to, to_dims)]);
        case.run(&[bytes]).remove(0)
    }

    #[test]
    fn bits_stay_in_order() {
        use ElementType::*;
        assert_eq!(cast(U32, &[1], U8, &[1, 4], &[1, 2, 3, 4]), [1, 2, 3, 4]);
        assert_eq!(cast(U8, &[1, 2], U16, &[1], &[0x34, 0x12]), [0x34, 0x12]);
        assert_eq!(cast(U8, &[2], U4, &[2, 2], &[0x21, 0xF3]), [1, 2, 3, 15]);
        assert_eq!(cast(U8, &[2], I4, &[2, 2], &[0x21, 0xF3]), [1, 2, 3, 0xFF]);
        assert_eq!(cast(I4, &[1, 2], U8, &[1], &[0xFF, 0x07]), [0x7F]);
        assert_eq!(cast(I2, &[1, 4], I8, &[1], &[0, 1, 0xFE, 0xFF]), [0b1110_0100]);
    }
}
