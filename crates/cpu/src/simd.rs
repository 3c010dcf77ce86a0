//! Running a loop with the widest vectors that the machine has.
//!
//! A loop is written once, as plain Rust over slices. [`vectorized`] compiles it for each instruction set that the
//! target may have and calls the best one that this machine has; the compiler turns the loop into vector code there.
//! For that, everything that the loop calls must be `#[inline(always)]`.

use pulp::{Arch, Simd, WithSimd};

/// What a loop may know about the instructions that it is compiled for.
pub(crate) trait Machine {
    /// Whether it has wide vectors, so that a loop should take a form that becomes vector code for it. On other machines
    /// (and for operations that never do) one small form is enough.
    const WIDE: bool;
    /// `a * b + c`, rounded once where the machine does that in one instruction, twice where not.
    fn mul_add32(a: f32, b: f32, c: f32) -> f32;
    /// The same of doubles.
    fn mul_add64(a: f64, b: f64, c: f64) -> f64;
}

/// A machine with fused multiply-add.
pub(crate) struct Fused;
/// A machine of which nothing is known.
pub(crate) struct Plain;

impl Machine for Fused {
    const WIDE: bool = true;
    #[inline(always)]
    fn mul_add32(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }
    #[inline(always)]
    fn mul_add64(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c)
    }
}

impl Machine for Plain {
    const WIDE: bool = false;
    #[inline(always)]
    fn mul_add32(a: f32, b: f32, c: f32) -> f32 {
        a * b + c
    }
    #[inline(always)]
    fn mul_add64(a: f64, b: f64, c: f64) -> f64 {
        a * b + c
    }
}

/// A loop that can be compiled for any machine. Implementations are `#[inline(always)]`.
pub(crate) trait Loop {
    fn run<M: Machine>(self);
}

/// Runs a loop with the widest vectors there are.
#[inline(always)]
pub(crate) fn vectorized(work: impl Loop) {
    Arch::new().dispatch(Dispatched(work));
}

struct Dispatched<L>(L);

impl<L: Loop> WithSimd for Dispatched<L> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        if S::IS_SCALAR { self.0.run::<Plain>() } else { self.0.run::<Fused>() }
    }
}
