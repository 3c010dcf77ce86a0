//! Learning rates that change.

/// The learning rate of each step.
///
/// ```
/// use runahead::optim::Schedule;
/// let rate = Schedule::Cosine { from: 1e-3, to: 0.0, steps: 900 }.after_warmup(0.0, 100);
/// assert_eq!(rate.rate(50), 5e-4);
/// assert_eq!(rate.rate(100), 1e-3);
/// assert!((rate.rate(550) - 5e-4).abs() < 1e-12);
/// assert_eq!(rate.rate(2000), 0.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Schedule {
    /// One rate.
    Constant(f64),
    /// From one rate to another along a line, then that.
    Linear {
        /// The first rate.
        from: f64,
        /// The last one.
        to: f64,
        /// Steps between them.
        steps: u64,
    },
    /// From one rate to another along half a wave, then that.
    Cosine {
        /// The first rate.
        from: f64,
        /// The last one.
        to: f64,
        /// Steps between them.
        steps: u64,
    },
    /// A rate that is multiplied by a factor over so many steps, little by little.
    Exponential {
        /// The first rate.
        from: f64,
        /// What it is multiplied by.
        factor: f64,
        /// Over so many steps.
        steps: u64,
    },
    /// A rate that is multiplied by a factor after each so many steps.
    Step {
        /// The first rate.
        from: f64,
        /// What it is multiplied by.
        factor: f64,
        /// After so many steps.
        steps: u64,
    },
    /// The rates from steps on, which ascend; the first one's rate also before it.
    Piecewise(Vec<(u64, f64)>),
    /// From a rate along a line to the first one of another schedule, which follows.
    Warmup {
        /// The first rate.
        from: f64,
        /// Steps up to the other schedule.
        steps: u64,
        /// The other schedule.
        then: Box<Schedule>,
    },
}

impl Schedule {
    /// The same schedule after so many steps of growing from a rate to its first one.
    pub fn after_warmup(self, from: f64, steps: u64) -> Schedule {
        Schedule::Warmup { from, steps, then: Box::new(self) }
    }

    /// The rate of a step; steps are counted from 0.
    pub fn rate(&self, step: u64) -> f64 {
        let share = |steps: u64| if step >= steps { 1.0 } else { step as f64 / steps as f64 };
        match *self {
            Schedule::Constant(rate) => rate,
            Schedule::Linear { from, to, steps } => from + (to - from) * share(steps),
            Schedule::Cosine { from, to, steps } => {
                let left = (1.0 + (std::f64::consts::PI * share(steps)).cos()) / 2.0;
                to + (from - to) * left
            }
            Schedule::Exponential { from, factor, steps } => {
                from * factor.powf(step as f64 / steps.max(1) as f64)
            }
            Schedule::Step { from, factor, steps } => from * factor.powf((step / steps.max(1)) as f64),
            Schedule::Piecewise(ref pieces) => {
                let after = pieces.iter().rfind(|&&(begin, _)| begin <= step);
                after.or(pieces.first()).map_or(0.0, |&(_, rate)| rate)
            }
            Schedule::Warmup { from, steps, ref then } if step < steps => {
                from + (then.rate(0) - from) * share(steps)
            }
            Schedule::Warmup { steps, ref then, .. } => then.rate(step - steps),
        }
    }
}

/// One rate.
impl From<f64> for Schedule {
    fn from(rate: f64) -> Schedule {
        Schedule::Constant(rate)
    }
}
