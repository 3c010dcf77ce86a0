//! Blocks of transformers.

use super::attention::Masked;
use super::{
    AttentionOptions, Dropout, LayerNorm, Linear, Module, MultiHeadAttention, Parameter, Phase, RmsNorm,
    Source,
};
use crate::{Lazy, Result, ops};

/// What a [`TransformerBlock`] is like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BlockOptions {
    /// Its attention.
    pub attention: AttentionOptions,
    /// The kind of its other parts.
    pub style: BlockStyle,
    /// Elements between the matrices of the feed-forward part.
    pub hidden: usize,
    /// The probability of dropout behind each part.
    pub dropout: f64,
    /// What norms add to variances.
    pub epsilon: f64,
}

/// The kind of a block's norms and feed-forward part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockStyle {
    /// [`LayerNorm`]s, and a GELU between two matrices, as in GPT-2.
    Gelu,
    /// [`RmsNorm`]s, and a SiLU that gates another matrix, without biases, as in Llama.
    GatedSilu,
}

impl BlockOptions {
    /// A block of GELUs with four times the size between its matrices, without dropout.
    pub fn new(attention: AttentionOptions) -> BlockOptions {
        let hidden = attention.size.saturating_mul(4);
        BlockOptions { attention, style: BlockStyle::Gelu, hidden, dropout: 0.0, epsilon: 1e-5 }
    }
}

/// Attention, then a feed-forward part, each behind a norm and added to what it is given:
/// `x += attention(norm(x)); x += feed_forward(norm(x))`.
///
/// Its parts are `attention_norm`, `attention`, `feed_forward_norm`, and `up`, `down` and, where it is gated, `gate`.
///
/// ```
/// use runahead::nn::{AttentionOptions, BlockOptions, Module, Store, TransformerBlock};
/// use runahead::{ElementType, ops};
/// let device = runahead::device("cpu")?;
/// let options = BlockOptions::new(AttentionOptions::new(16, 2));
/// let block = TransformerBlock::new(options, &Store::fresh(1, &device).source())?;
/// let x = ops::randn([2, 5, 16], ElementType::F32, 1, &device)?;
/// assert_eq!(block.call(&x)?.dims(), [2, 5, 16]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct TransformerBlock {
    attention_norm: Norm,
    attention: MultiHeadAttention,
    feed_forward_norm: Norm,
    up: Linear,
    gate: Option<Linear>,
    down: Linear,
    dropouts: Option<[Dropout; 2]>,
}

#[derive(Clone, Debug)]
enum Norm {
    Layer(LayerNorm),
    Rms(RmsNorm),
}

impl Norm {
    fn forward(&self, x: Lazy, phase: Phase) -> Result<Lazy> {
        match self {
            Norm::Layer(norm) => norm.forward(x, phase),
            Norm::Rms(norm) => norm.forward(x, phase),
        }
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        match self {
            Norm::Layer(norm) => norm.visit(visit),
            Norm::Rms(norm) => norm.visit(visit),
        }
    }
}

impl TransformerBlock {
    /// A block of that kind.
    ///
    /// # Errors
    /// Those of its parts.
    pub fn new(options: BlockOptions, source: &Source) -> Result<TransformerBlock> {
        let BlockOptions { attention, style, hidden, dropout, epsilon } = options;
        let size = attention.size;
        let gated = style == BlockStyle::GatedSilu;
        let norm = |name: &str| -> Result<Norm> {
            let part = source.pp(name);
            Ok(match gated {
                true => Norm::Rms(RmsNorm::new(size, epsilon, &part)?),
                false => Norm::Layer(LayerNorm::new(size, epsilon, &part)?),
            })
        };
        let linear = |inputs: usize, outputs: usize, name: &str| {
            let make = if gated { Linear::without_bias } else { Linear::new };
            make(inputs, outputs, &source.pp(name))
        };
        let dropouts = match dropout {
            0.0 => None,
            probability => {
                let layer = |name: &str| Dropout::new(probability, &source.pp(name));
                Some([layer("attention_dropout")?, layer("feed_forward_dropout")?])
            }
        };
        Ok(TransformerBlock {
            attention_norm: norm("attention_norm")?,
            attention: MultiHeadAttention::new(attention, &source.pp("attention"))?,
            feed_forward_norm: norm("feed_forward_norm")?,
            up: linear(size, hidden, "up")?,
            gate: gated.then(|| linear(size, hidden, "gate")).transpose()?,
            down: linear(hidden, size, "down")?,
            dropouts,
        })
    }

    /// The block as a module that takes an input and a mask.
    pub fn masked(&self) -> Masked<'_, TransformerBlock> {
        Masked(self)
    }

    fn apply(&self, x: Lazy, mask: Option<&Lazy>, phase: Phase) -> Result<Lazy> {
        let dropped = |part: Lazy, number: usize| match &self.dropouts {
            Some(dropouts) => dropouts[number].forward(part, phase),
            None => Ok(part),
        };
        let normal = self.attention_norm.forward(x.clone(), phase)?;
        let x = ops::add(x, dropped(self.attention.attend(&normal, &normal, mask)?, 0)?)?;
        let normal = self.feed_forward_norm.forward(x.clone(), phase)?;
        let up = self.up.forward(normal.clone(), phase)?;
        let hidden = match &self.gate {
            Some(gate) => ops::multiply(ops::silu(gate.forward(normal, phase)?)?, up)?,
            None => ops::gelu(up)?,
        };
        ops::add(x, dropped(self.down.forward(hidden, phase)?, 1)?)
    }
}

impl Module for TransformerBlock {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, phase: Phase) -> Result<Lazy> {
        self.apply(x, None, phase)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.attention_norm.visit(visit);
        self.attention.visit(visit);
        self.feed_forward_norm.visit(visit);
        self.up.visit(visit);
        self.gate.iter().for_each(|gate| gate.visit(visit));
        self.down.visit(visit);
        self.dropouts.iter().flatten().for_each(|dropout| dropout.visit(visit));
    }
}

impl Module for Masked<'_, TransformerBlock> {
    type Input = (Lazy, Lazy);
    type Output = Lazy;

    fn forward(&self, (x, mask): (Lazy, Lazy), phase: Phase) -> Result<Lazy> {
        self.0.apply(x, Some(&mask), phase)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.0.visit(visit);
    }
}
