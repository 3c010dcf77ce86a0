//! Stochastic gradient descent.

use super::{Rule, Update};
use crate::{Lazy, Result, ops};

/// Steps against the gradient, or against what is kept of it and of those before: `m = momentum m + g; x -= rate m`. With
/// Nesterov's momentum it is `x -= rate (g + momentum m)`. Weight decay adds `decay x` to the gradient.
///
/// ```
/// use runahead::optim::Sgd;
/// let plain = Sgd::default();
/// let with_momentum = Sgd { momentum: 0.9, nesterov: true, ..Sgd::default() };
/// # let _ = (plain, with_momentum);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Sgd {
    /// How much of what is kept is kept.
    pub momentum: f64,
    /// Whether to look ahead.
    pub nesterov: bool,
    /// How much of the parameter is added to its gradient.
    pub decay: f64,
}

impl Rule for Sgd {
    fn states(&self) -> &'static [&'static str] {
        if self.momentum == 0.0 { &[] } else { &["momentum"] }
    }

    fn update(&self, Update { value, gradient, states, rate, .. }: Update<'_>) -> Result<(Lazy, Vec<Lazy>)> {
        let mut gradient = gradient.clone();
        if self.decay != 0.0 {
            gradient = ops::add(gradient, ops::multiply(value, self.decay)?)?;
        }
        let (direction, states) = match states {
            [momentum] => {
                let momentum = ops::add(&gradient, ops::multiply(momentum, self.momentum)?)?;
                let direction = match self.nesterov {
                    true => ops::add(gradient, ops::multiply(&momentum, self.momentum)?)?,
                    false => momentum.clone(),
                };
                (direction, vec![momentum])
            }
            _ => (gradient, Vec::new()),
        };
        Ok((ops::subtract(value, ops::multiply(direction, rate)?)?, states))
    }
}
