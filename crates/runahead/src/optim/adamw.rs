//! Adam with decoupled weight decay.

use super::{Rule, Update};
use crate::{Lazy, Result, ops};

/// Steps by the mean of gradients over the root of their mean square, both decaying and corrected for having begun as
/// zero; and by a share of the parameter: `x -= rate (m / (√v + epsilon) + decay x)`. Without decay it is Adam.
///
/// ```
/// use runahead::optim::AdamW;
/// let adam = AdamW { decay: 0.0, ..AdamW::default() };
/// assert_eq!((adam.beta1, adam.beta2), (0.9, 0.999));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamW {
    /// How much of the mean is kept.
    pub beta1: f64,
    /// How much of the mean square is kept.
    pub beta2: f64,
    /// What is added to the root.
    pub epsilon: f64,
    /// How much of the parameter is taken away.
    pub decay: f64,
}

impl Default for AdamW {
    fn default() -> AdamW {
        AdamW { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.01 }
    }
}

impl Rule for AdamW {
    fn states(&self) -> &'static [&'static str] {
        &["mean", "square"]
    }

    /// What corrects the mean and the mean square.
    fn numbers(&self, step: u64) -> Vec<f64> {
        let correction = |beta: f64| 1.0 / (1.0 - beta.powf(step as f64));
        vec![correction(self.beta1), correction(self.beta2)]
    }

    fn update(&self, update: Update<'_>) -> Result<(Lazy, Vec<Lazy>)> {
        let Update { value, gradient, states, rate, numbers } = update;
        let follow = |state: &Lazy, beta: f64, new: &Lazy| {
            ops::add(ops::multiply(state, beta)?, ops::multiply(new, 1.0 - beta)?)
        };
        let mean = follow(&states[0], self.beta1, gradient)?;
        let square = follow(&states[1], self.beta2, &ops::square(gradient)?)?;
        let root = ops::sqrt(ops::multiply(&square, &numbers[1])?)?;
        let mut direction = ops::divide(ops::multiply(&mean, &numbers[0])?, ops::add(root, self.epsilon)?)?;
        if self.decay != 0.0 {
            direction = ops::add(direction, ops::multiply(value, self.decay)?)?;
        }
        Ok((ops::subtract(value, ops::multiply(direction, rate)?)?, vec![mean, square]))
    }
}
