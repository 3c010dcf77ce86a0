//! Enumerations by their names in text, such as the `LT` of `#stablehlo<comparison_direction LT>`.

use crate::{
    ComparisonDirection, ComparisonType, FftType, Precision, RngAlgorithm, RngDistribution,
    TriangularTranspose,
};

/// An enumeration whose values are written as upper-case words.
pub(crate) trait Named: Copy + PartialEq + 'static {
    /// What the enumeration is called between `#stablehlo<` and the value.
    const WORD: &'static str;
    /// Every value with its name.
    const NAMES: &'static [(&'static str, Self)];

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, v)| *v)
    }

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, v)| *v == self).map_or("", |(n, _)| n)
    }
}

macro_rules! named {
    ($type:ident, $word:literal: $($variant:ident = $name:literal),*) => {
        impl Named for $type {
            const WORD: &'static str = $word;
            const NAMES: &'static [(&'static str, Self)] = &[$(($name, $type::$variant)),*];
        }
    };
}

named!(ComparisonDirection, "comparison_direction": Eq = "EQ", Ne = "NE", Ge = "GE", Gt = "GT", Le = "LE", Lt = "LT");
named!(ComparisonType, "comparison_type":
    Float = "FLOAT", TotalOrder = "TOTALORDER", Signed = "SIGNED", Unsigned = "UNSIGNED");
named!(Precision, "precision": Default = "DEFAULT", High = "HIGH", Highest = "HIGHEST");
named!(TriangularTranspose, "transpose": NoTranspose = "NO_TRANSPOSE", Transpose = "TRANSPOSE", Adjoint = "ADJOINT");
named!(FftType, "fft_type": Fft = "FFT", Ifft = "IFFT", Rfft = "RFFT", Irfft = "IRFFT");
named!(RngDistribution, "rng_distribution": Uniform = "UNIFORM", Normal = "NORMAL");
named!(RngAlgorithm, "rng_algorithm": Default = "DEFAULT", ThreeFry = "THREE_FRY", Philox = "PHILOX");

/// The value of `#stablehlo<word VALUE>`; also of the older `#stablehlo.word<VALUE>` and of other dialects.
pub(crate) fn value_of<T: Named>(text: &str) -> Option<T> {
    let inner = text.strip_suffix('>')?;
    let (head, value) = inner.rsplit_once(['<', ' '])?;
    head.trim_end().ends_with(T::WORD).then(|| T::from_name(value.trim()))?
}

/// `#stablehlo<word VALUE>`.
pub(crate) fn text_of<T: Named>(value: T) -> String {
    format!("#stablehlo<{} {}>", T::WORD, value.name())
}
