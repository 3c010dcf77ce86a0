//! Rewrites that leave a program's meaning as it is: plain functions on a module or a function.
//!
//! Each expects a module that [`verify`](crate::verify) accepts and leaves one that it accepts. Values that are no
//! longer used stay in a function's table of types; [`inline_calls`] writes the table anew.

mod cse;
mod dce;
mod fold;
mod inline;

pub use cse::cse;
pub use dce::dce;
pub use fold::fold;
pub use inline::{InlineError, inline_calls};

use crate::ValueId;

/// Which value stands in for each value; itself where none does.
struct Replacements(Vec<ValueId>);

impl Replacements {
    fn new(count: usize) -> Replacements {
        Replacements((0..count as u32).map(ValueId).collect())
    }

    fn of(&self, value: ValueId) -> ValueId {
        self.0[value.0 as usize]
    }

    /// Lets `new`, which nothing stands in for, stand in for `old` from here on.
    fn set(&mut self, old: ValueId, new: ValueId) {
        self.0[old.0 as usize] = new;
    }

    fn apply(&self, values: &mut [ValueId]) {
        values.iter_mut().for_each(|v| *v = self.of(*v));
    }
}
