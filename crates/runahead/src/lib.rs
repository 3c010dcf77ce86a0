//! Run tensor programs ahead of the device.

pub mod files;
