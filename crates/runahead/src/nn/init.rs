//! What fresh parameters begin as.

use runahead_ir::{ElementType, Literal, TensorType};
use runahead_runtime::Device;

use crate::ops::{self, creation};
use crate::{AsyncTensor, InFlight, Number, Result, operation};

/// What a fresh parameter begins as. Random numbers depend on the store's seed and the parameter's full name alone, so that
/// they are the same on every device, and whatever else the model has.
///
/// Fans are counted for weights of shape `[outputs, inputs, …window]`: the inputs, or the outputs, times the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// Zero everywhere.
    Zeros,
    /// One everywhere.
    Ones,
    /// One number everywhere.
    Constant(f64),
    /// Uniform between two numbers.
    Uniform {
        /// The least.
        low: f64,
        /// What all are below.
        high: f64,
    },
    /// Normal.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        deviation: f64,
    },
    /// Uniform with mean 0 and variance `2 / inputs`: for layers that a ReLU follows.
    KaimingUniform,
    /// Normal with mean 0 and variance `2 / inputs`.
    KaimingNormal,
    /// Uniform with mean 0 and variance `2 / (inputs + outputs)`.
    XavierUniform,
    /// Normal with mean 0 and variance `2 / (inputs + outputs)`.
    XavierNormal,
}

impl Init {
    /// Numbers for a bias of a layer with so many inputs: uniform between plus and minus one by their root.
    pub fn bias(inputs: usize) -> Init {
        let bound = 1.0 / (inputs.max(1) as f64).sqrt();
        Init::Uniform { low: -bound, high: bound }
    }

    /// What a parameter of that shape begins as where nothing else is said: matrices and kernels as ReLUs want them, all
    /// else zero.
    pub(super) fn default_for(dims: &[usize]) -> Init {
        if dims.len() < 2 { Init::Zeros } else { Init::KaimingUniform }
    }

    /// Numbers of that type, on their way; `seed` is for these alone.
    pub(super) fn tensor(self, ty: &TensorType, seed: u64, device: &Device) -> Result<AsyncTensor> {
        let (inputs, outputs) = fans(&ty.dims);
        let uniform = |variance: f64| draw(false, 2.0 * (3.0 * variance).sqrt(), -(3.0 * variance).sqrt());
        let normal = |variance: f64| draw(true, variance.sqrt(), 0.0);
        let drawn = match self {
            Init::Zeros => return splat(ty, Number::Integer(0), device),
            Init::Ones => return splat(ty, Number::Integer(1), device),
            Init::Constant(value) => return splat(ty, Number::Real(value), device),
            Init::Uniform { low, high } => draw(false, high - low, low),
            Init::Normal { mean, deviation } => draw(true, deviation, mean),
            Init::KaimingUniform => uniform(2.0 / inputs),
            Init::KaimingNormal => normal(2.0 / inputs),
            Init::XavierUniform => uniform(2.0 / (inputs + outputs)),
            Init::XavierNormal => normal(2.0 / (inputs + outputs)),
        };
        drawn.tensor(ty, seed, device)
    }
}

/// The numbers of inputs and of outputs, at least one.
fn fans(dims: &[usize]) -> (f64, f64) {
    let window: usize = dims.iter().skip(2).product();
    let fan = |axis: usize| (dims.get(axis).copied().unwrap_or(1) * window).max(1) as f64;
    (fan(1), fan(0))
}

fn splat(ty: &TensorType, value: Number, device: &Device) -> Result<AsyncTensor> {
    AsyncTensor::upload(&Literal::splat(ty.clone(), value.element(ty.element)?)?, device)
}

/// Random numbers, scaled and moved.
struct Draw {
    normal: bool,
    scale: f64,
    shift: f64,
}

fn draw(normal: bool, scale: f64, shift: f64) -> Draw {
    Draw { normal, scale, shift }
}

impl Draw {
    fn tensor(self, ty: &TensorType, seed: u64, device: &Device) -> Result<AsyncTensor> {
        // Operands, so that parameters of one shape share a program.
        let number = |value: f64| Literal::from_elements([], &[value]);
        let operands = (InFlight(device), creation::key(seed)?, number(self.scale)?, number(self.shift)?);
        let attributes = (self.normal, ty.dims.to_vec(), ty.element);
        operation("init", operands, attributes, |((), key, scale, shift), (normal, dims, element)| {
            let wide = if *element == ElementType::F64 { ElementType::F64 } else { ElementType::F32 };
            let draw = if *normal { creation::normal } else { creation::uniform };
            let scaled = ops::multiply(draw(&key, dims, wide)?.0, ops::cast(scale, wide)?)?;
            ops::cast(ops::add(scaled, ops::cast(shift, wide)?)?, *element)
        })
    }
}

/// The seed for what has a name.
pub(super) fn seed_for(seed: u64, name: &str) -> u64 {
    // FNV-1a, then the last rounds of SplitMix64, so that names that differ little have seeds that differ much.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut mixed = hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
