//! The CPU backend.

#![allow(dead_code)] // Until the plan uses the kernels.

mod element;
mod kernel;
mod kernels;
mod math;
mod ops;
mod region;
mod simd;
mod split;
mod tile;
