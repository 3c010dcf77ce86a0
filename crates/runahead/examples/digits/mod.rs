//! What the examples on handwritten digits have in common: the images, a classifier, and a picture of the loss.

#![allow(dead_code, reason = "not every example uses all of it")]

pub(crate) mod classifier;
pub(crate) mod curve;
pub(crate) mod images;
pub(crate) mod training;

/// What can go wrong in an example.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
