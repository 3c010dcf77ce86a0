//! From an element type or width known at run time to generic code.

/// Evaluates the expression with `$t` standing for the unsigned type that is `$width` bytes wide.
///
/// Sixteen bytes are two words: that is how complex numbers are aligned.
macro_rules! by_width {
    ($width:expr, $t:ident => $body:expr) => {
        match $width {
            1 => {
                type $t = u8;
                $body
            }
            2 => {
                type $t = u16;
                $body
            }
            4 => {
                type $t = u32;
                $body
            }
            8 => {
                type $t = u64;
                $body
            }
            _ => {
                type $t = [u64; 2];
                $body
            }
        }
    };
}
pub(crate) use by_width;
