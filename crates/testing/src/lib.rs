//! Programs to test compilers with: generators of valid programs, an evaluator that says what they give, the comparison
//! of values, and a shrinker of programs that fail.
//!
//! Nothing here compiles: a test brings its compiler, runs a [`Case`] with it and compares what it gives with what the
//! evaluation says.
//!
//! ```
//! use runahead_testing::{compare, structure};
//!
//! let case = structure::case(7);
//! assert!(runahead_ir::verify(&case.module).is_ok());
//! let expected = case.evaluate().expect("it is little work").results;
//! // A compiler's results would stand here: the evaluation is right in the sense of the evaluation.
//! let settled: usize = expected.iter().map(compare::settled).sum();
//! assert!(settled > 0);
//! ```
//!
//! - [`generate`] makes small programs, and programs of one operation, of [`families`];
//! - [`structure`] makes programs with loops, branches and calls, in which values have several readers;
//! - [`evaluate`] gives what a program gives, number by number, with how far off each may be;
//! - [`compare`] compares that with bytes;
//! - [`shrink`] makes a program that fails smaller while it fails in the same way, and [`selfcheck`] writes it as text
//!   that checks itself.

mod case;
pub mod choices;
pub mod compare;
pub mod cost;
pub mod evaluate;
pub mod families;
pub mod generate;
mod palette;
pub mod selfcheck;
pub mod shrink;
pub mod structure;
pub mod values;

pub use case::Case;
