//! Attention of several heads.

use super::module::in_layer;
use super::{Linear, Module, Parameter, Phase, Source};
use crate::ops::{self, Masking};
use crate::{Lazy, Result, TensorError};

/// What a [`MultiHeadAttention`] is like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AttentionOptions {
    /// Elements of an input and of an output; those of a head, times the heads.
    pub size: usize,
    /// Heads of queries.
    pub heads: usize,
    /// Heads of keys and values, a divisor of those of queries; each serves as many of these, side by side.
    pub shared_heads: usize,
    /// Whether a query sees no keys later than itself.
    pub causal: bool,
    /// The base of rotary position embedding, where queries and keys are turned by it.
    pub rotary: Option<f64>,
    /// Whether the projections have biases.
    pub bias: bool,
}

impl AttentionOptions {
    /// As many heads of keys as of queries, all seen, no positions, and biases.
    pub fn new(size: usize, heads: usize) -> AttentionOptions {
        AttentionOptions { size, heads, shared_heads: heads, causal: false, rotary: None, bias: true }
    }
}

/// Attention of several heads: of `[batch, length, size]` to itself; [`masked`](Self::masked) takes a mask too,
/// [`across`](Self::across) what to attend to. Its projections are `q_proj`, `k_proj`, `v_proj` and `out_proj`.
///
/// ```
/// use runahead::nn::{AttentionOptions, Module, MultiHeadAttention, Store};
/// use runahead::{ElementType, ops};
/// let device = runahead::device("cpu")?;
/// let options = AttentionOptions { causal: true, shared_heads: 2, ..AttentionOptions::new(32, 4) };
/// let attention = MultiHeadAttention::new(options, &Store::fresh(1, &device).source())?;
/// let x = ops::randn([1, 6, 32], ElementType::F32, 1, &device)?;
/// assert_eq!(attention.call(&x)?.dims(), [1, 6, 32]);
/// let mask = ops::ones([6, 6], ElementType::Bool, &device)?;
/// assert_eq!(attention.masked().call((&x, &mask))?.dims(), [1, 6, 32]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct MultiHeadAttention {
    path: String,
    options: AttentionOptions,
    queries: Linear,
    keys: Linear,
    values: Linear,
    output: Linear,
}

impl MultiHeadAttention {
    /// A layer of that kind.
    ///
    /// # Errors
    /// Where the numbers of heads do not divide the size, or one another, or the source lacks a projection.
    pub fn new(options: AttentionOptions, source: &Source) -> Result<MultiHeadAttention> {
        let AttentionOptions { size, heads, shared_heads, bias, .. } = options;
        let divides = |part: usize, whole: usize| part > 0 && whole.is_multiple_of(part);
        if !divides(heads, size) || !divides(shared_heads, heads) {
            let message = format!(
                "{heads} heads that share {shared_heads} do not suit a size of {size}; expected divisors of one another"
            );
            return in_layer("attention", source.path(), &[], || Err(TensorError::invalid(message)));
        }
        let linear = |outputs: usize, name: &str| {
            let make = if bias { Linear::new } else { Linear::without_bias };
            make(size, outputs, &source.pp(name))
        };
        let shared = size / heads * shared_heads;
        Ok(MultiHeadAttention {
            path: source.path().to_owned(),
            options,
            queries: linear(size, "q_proj")?,
            keys: linear(shared, "k_proj")?,
            values: linear(shared, "v_proj")?,
            output: linear(size, "out_proj")?,
        })
    }

    /// The layer as a module that takes an input and a mask, as
    /// [`scaled_dot_product_attention`](ops::scaled_dot_product_attention) has them.
    pub fn masked(&self) -> Masked<'_, MultiHeadAttention> {
        Masked(self)
    }

    /// The layer as a module that takes an input, and one that it attends to.
    pub fn across(&self) -> Across<'_> {
        Across(self)
    }

    /// Records what `x` finds in `context`, where the mask lets it.
    ///
    /// # Errors
    /// Where shapes do not suit.
    pub fn attend(&self, x: &Lazy, context: &Lazy, mask: Option<&Lazy>) -> Result<Lazy> {
        in_layer("attention", &self.path, &[x, context], || {
            let AttentionOptions { size, heads, shared_heads, causal, rotary, .. } = self.options;
            for given in [x, context] {
                if given.dims().len() != 3 {
                    let message =
                        format!("an input is {}; expected axes of batch, length and size", given.ty());
                    return Err(TensorError::invalid(message));
                }
            }
            let project = |layer: &Linear, x: &Lazy, heads: usize, turned: bool| {
                let projected = layer.forward(x.clone(), Phase::Inference)?;
                let dims = [x.dims()[0], x.dims()[1], heads, size / self.options.heads];
                let apart = ops::transpose(ops::reshape(projected, dims)?, 1, 2)?;
                match rotary {
                    Some(base) if turned => ops::rotary_embedding(apart, 0, base),
                    _ => Ok(apart),
                }
            };
            let queries = project(&self.queries, x, heads, true)?;
            let keys = project(&self.keys, context, shared_heads, true)?;
            let values = project(&self.values, context, shared_heads, false)?;
            let masking = if causal { Masking::Causal } else { Masking::Mask };
            let found = ops::scaled_dot_product_attention(queries, keys, values, mask, masking, None)?;
            let together = ops::reshape(ops::transpose(found, 1, 2)?, [x.dims()[0], x.dims()[1], size])?;
            self.output.forward(together, Phase::Inference)
        })
    }
}

impl Module for MultiHeadAttention {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, _: Phase) -> Result<Lazy> {
        self.attend(&x, &x, None)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        [&self.queries, &self.keys, &self.values, &self.output]
            .into_iter()
            .for_each(|part| part.visit(visit));
    }
}

/// A layer that takes a mask beside its input.
#[derive(Clone, Copy, Debug)]
pub struct Masked<'a, M>(pub(super) &'a M);

impl Module for Masked<'_, MultiHeadAttention> {
    type Input = (Lazy, Lazy);
    type Output = Lazy;

    fn forward(&self, (x, mask): (Lazy, Lazy), _: Phase) -> Result<Lazy> {
        self.0.attend(&x, &x, Some(&mask))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.0.visit(visit);
    }
}

/// Attention to something else than the input.
#[derive(Clone, Copy, Debug)]
pub struct Across<'a>(&'a MultiHeadAttention);

impl Module for Across<'_> {
    type Input = (Lazy, Lazy);
    type Output = Lazy;

    fn forward(&self, (x, context): (Lazy, Lazy), _: Phase) -> Result<Lazy> {
        self.0.attend(&x, &context, None)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.0.visit(visit);
    }
}
