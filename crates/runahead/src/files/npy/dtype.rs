//! NumPy's names of element types.

use runahead_ir::ElementType::{self, *};

use super::super::error::shortened;
use crate::files::Fault;

/// Kind and size as NumPy spells them, after the sign of the byte order.
const TYPES: [(&str, ElementType); 14] = [
    ("b1", Bool),
    ("i1", I8),
    ("i2", I16),
    ("i4", I32),
    ("i8", I64),
    ("u1", U8),
    ("u2", U16),
    ("u4", U32),
    ("u8", U64),
    ("f2", F16),
    ("f4", F32),
    ("f8", F64),
    ("c8", C64),
    ("c16", C128),
];

/// An element type as a file stores it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Dtype {
    pub(super) element: ElementType,
    pub(super) big_endian: bool,
}

impl Dtype {
    /// Reads a type such as `<f4` or `|b1`.
    pub(super) fn parse(text: &str) -> Result<Dtype, Fault> {
        let unsupported =
            |advice| Fault::UnsupportedDtype { dtype: format!("{:?}", shortened(text)), advice };
        let mut chars = text.chars();
        let order = chars.next();
        let name = chars.as_str();
        let Some(&(_, element)) = TYPES.iter().find(|(known, _)| *known == name) else {
            return Err(unsupported(advice(name)));
        };
        match order {
            Some('<') => Ok(Dtype { element, big_endian: false }),
            Some('>') => Ok(Dtype { element, big_endian: true }),
            Some('|') if element.size() == 1 => Ok(Dtype { element, big_endian: false }),
            _ => Err(unsupported("let the type begin with < or >, its byte order")),
        }
    }

    /// The name under which NumPy knows an element type, little-endian.
    pub(super) fn name(element: ElementType) -> Option<String> {
        let (name, _) = TYPES.iter().find(|(_, known)| *known == element)?;
        let order = if element.size() == 1 { '|' } else { '<' };
        Some(format!("{order}{name}"))
    }
}

fn advice(name: &str) -> &'static str {
    match name.chars().next() {
        Some('U' | 'S' | 'a') => "these are strings: save numbers that stand for them",
        Some('O') => "these are Python objects: save the array with a numeric dtype such as float32",
        Some('M' | 'm') => "these are dates: save them as int64",
        Some('V') => {
            "NumPy saves bfloat16, float8 and int4 without their names: save the array as .safetensors, or as float32"
        }
        _ => {
            "save the array as bool, int8 to int64, uint8 to uint64, float16 to float64, complex64 or complex128"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for (_, element) in TYPES {
            let name = Dtype::name(element).unwrap();
            assert_eq!(Dtype::parse(&name).unwrap(), Dtype { element, big_endian: false }, "{name}");
        }
        assert_eq!(Dtype::name(ElementType::BF16), None);
    }

    #[test]
    fn byte_order_is_read() {
        assert!(Dtype::parse(">f4").unwrap().big_endian);
        for missing in ["|f4", "=f4", "f4", "", "é"] {
            assert!(matches!(Dtype::parse(missing), Err(Fault::UnsupportedDtype { .. })), "{missing}");
        }
    }
}
