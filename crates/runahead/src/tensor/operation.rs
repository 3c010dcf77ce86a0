//! Operations made of plain functions.

use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use quick_cache::Equivalent;

use super::error::Result;
use super::evaluate::{PROGRAMS_KEPT, Programs, insert, kept};
use super::lazy::Lazy;
use super::mode::{Compiled, Parts, Recorded, Value};
use super::operand::Operands;
use super::run::{run, trace};
use super::signature::{Signature, SignatureRef};

/// What an operation is told beside its operands: an axis, a shape, a flag. Floats are given as [`Exactly`] that.
pub trait Attributes: Hash + Eq + Clone + Debug + Send + Sync + 'static {}

impl<T: Hash + Eq + Clone + Debug + Send + Sync + 'static> Attributes for T {}

/// A float that is equal to one of the same bits.
#[derive(Clone, Copy, Debug)]
pub struct Exactly(pub f64);

impl PartialEq for Exactly {
    fn eq(&self, other: &Exactly) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Exactly {}

impl Hash for Exactly {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// An operation in three modes, made of a function that says how it is computed from other operations on [`Lazy`]s.
///
/// Where an operand is recorded, so is the function's result. Else the function is recorded once for each device,
/// attributes and types of operands; the compiled program is kept, and run now or later as the operands are. So the
/// function must be determined by its arguments; it captures nothing, which is checked when it is compiled. Errors of
/// the function are found at the call in every mode.
///
/// ```
/// use runahead::{Operand, Output, Result, Tensor, operation, ops};
///
/// /// `a * b + c`.
/// fn multiply_add<A: Operand, B: Operand, C: Operand>(a: A, b: B, c: C) -> Result<Output<(A, B, C)>> {
///     operation("multiply_add", (a, b, c), (), |(a, b, c), ()| ops::add(ops::multiply(a, b)?, c))
/// }
///
/// let x = Tensor::from_slice(&[1f32, 2.0], [2], &runahead::device("cpu")?)?;
/// assert_eq!(multiply_add(&x, &x, 1.0)?.to_vec::<f32>()?, [2.0, 5.0]);
/// let later = multiply_add(x.to_async(), &x, &x)?;
/// assert_eq!(later.wait()?.to_vec::<f32>()?, [2.0, 6.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Those of the function, with the operation's name and the types of the operands; where operands are on several
/// devices; where the program cannot be compiled or submitted; for operations that run now, what goes wrong.
pub fn operation<O, A, R, F>(
    name: &'static str,
    operands: O,
    attributes: A,
    function: F,
) -> Result<R::In<O::Mode>>
where
    O: Operands,
    A: Attributes,
    R: Recorded,
    F: Fn(O::Recorded, &A) -> Result<R> + 'static,
{
    const { assert!(size_of::<F>() == 0, "the function of an operation captures nothing") };
    run(
        name,
        &operands,
        |recorded| function(recorded, &attributes),
        |device, buffers, donated| {
            let signature = SignatureRef::new(device, &operands, buffers);
            let key = KeyRef { function: TypeId::of::<F>(), signature, attributes: &attributes };
            if let Some(program) = programs().get(&key) {
                return Ok(program);
            }
            let (program, captured) = trace(name, device, buffers, donated, |parameters| {
                Ok(Parts::of(function(operands.recorded(parameters), &attributes)?))
            })?;
            if captured.is_empty() {
                return Ok(insert(programs(), key.to_owned(), program));
            }
            // What a function has from elsewhere, from a static say, may be another tensor the next time.
            buffers.extend(captured.into_iter().map(Cow::Owned));
            Ok(program)
        },
    )
}

fn programs() -> &'static Programs<Key, Arc<Compiled>> {
    static PROGRAMS: OnceLock<Programs<Key, Arc<Compiled>>> = OnceLock::new();
    PROGRAMS.get_or_init(|| kept(PROGRAMS_KEPT))
}

/// What a compiled operation is for.
#[derive(Clone)]
struct Key {
    function: TypeId,
    signature: Signature,
    attributes: Arc<dyn AnyAttributes>,
}

struct KeyRef<'a> {
    function: TypeId,
    signature: SignatureRef<'a>,
    attributes: &'a dyn AnyAttributes,
}

impl KeyRef<'_> {
    fn to_owned(&self) -> Key {
        let (function, signature) = (self.function, self.signature.to_owned());
        Key { function, signature, attributes: self.attributes.shared() }
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.function.hash(state);
        self.signature.hash(state);
        self.attributes.hash_into(state);
    }
}

impl Hash for KeyRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.function.hash(state);
        self.signature.hash(state);
        self.attributes.hash_into(state);
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        self.function == other.function
            && self.signature == other.signature
            && self.attributes.equals(&*other.attributes)
    }
}

impl Eq for Key {}

impl Equivalent<Key> for KeyRef<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.function == key.function
            && self.signature.equivalent(&key.signature)
            && self.attributes.equals(&*key.attributes)
    }
}

/// [`Attributes`] of a type that is not known.
trait AnyAttributes: Any + Send + Sync {
    fn hash_into(&self, state: &mut dyn Hasher);
    fn equals(&self, other: &dyn AnyAttributes) -> bool;
    fn shared(&self) -> Arc<dyn AnyAttributes>;
}

impl<A: Attributes> AnyAttributes for A {
    fn hash_into(&self, mut state: &mut dyn Hasher) {
        self.hash(&mut state);
    }

    fn equals(&self, other: &dyn AnyAttributes) -> bool {
        (other as &dyn Any).downcast_ref::<A>() == Some(self)
    }

    fn shared(&self) -> Arc<dyn AnyAttributes> {
        Arc::new(self.clone())
    }
}

/// What an operation with one result gives for such operands.
pub type Output<O, R = Lazy> = <R as Value>::In<<O as Operands>::Mode>;
