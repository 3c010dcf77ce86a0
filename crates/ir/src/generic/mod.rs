//! The generic form of an operation: a name and a dictionary of attributes.
//!
//! Every reader and writer meets here. The text reader's quoted form, its table of pretty forms and a bytecode reader
//! produce a name and a dictionary, which [`kind_from_attributes`] turns into an [`OpKind`](crate::OpKind);
//! [`kind_to_attributes`] gives the dictionary back to whoever prints or writes. So an operation's attributes are
//! spelled in two places, one for each direction, and nowhere else.

mod dictionary;
pub(crate) mod enums;
mod from_attributes;
mod mesh;
pub(crate) mod structs;
mod to_attributes;

pub use dictionary::AttributeError;
pub(crate) use dictionary::to_numbers;
pub use from_attributes::kind_from_attributes;
pub(crate) use from_attributes::settle_constant;
pub use to_attributes::kind_to_attributes;
