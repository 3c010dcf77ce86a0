//! Tables of vectors.

use super::module::in_layer;
use super::{Init, Module, Parameter, Phase, Source};
use crate::{Lazy, Result, ops};

/// For each index, a row of a table: `weight` is `[rows, size]`. An index outside takes the nearest row.
///
/// ```
/// use runahead::nn::{Embedding, Module, Store};
/// use runahead::Tensor;
/// let device = runahead::device("cpu")?;
/// let embedding = Embedding::new(100, 16, &Store::fresh(1, &device).source())?;
/// let words = Tensor::from_slice(&[3i32, 1, 4], [1, 3], &device)?;
/// assert_eq!(embedding.call(&words)?.dims(), [1, 3, 16]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Embedding {
    path: String,
    weight: Parameter,
}

impl Embedding {
    /// A table of so many rows.
    ///
    /// # Errors
    /// Where the source has no `weight` of that shape.
    pub fn new(rows: usize, size: usize, source: &Source) -> Result<Embedding> {
        let weight = source.get_with([rows, size], "weight", Init::Normal { mean: 0.0, deviation: 1.0 })?;
        Ok(Embedding { path: source.path().to_owned(), weight })
    }

    /// The table, which a [`Linear`](super::Linear) may share.
    pub fn weight(&self) -> &Parameter {
        &self.weight
    }
}

impl Module for Embedding {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, indices: Lazy, _: Phase) -> Result<Lazy> {
        in_layer("embedding", &self.path, &[&indices], || ops::embedding(self.weight.get(), &indices))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        visit(&self.weight);
    }
}
