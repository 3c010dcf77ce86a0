//! Values that are read first and summed later.

use std::borrow::Cow;
use std::ops::{AddAssign, SubAssign};
use std::panic::Location;

use crate::access::{ReadBuffer, WriteBuffer, write_now};
use crate::error::Error;
use crate::form::Addend;
use crate::scalar::Additive;
use crate::task::TaskBuilder;
use crate::value::Async;

/// A value that runs backwards: it is read first, and is then the sum of what is contributed to it until it is dropped.
///
/// Contributions are values or places for values, added or subtracted. They are summed in the order in which they were
/// made, whenever they come, so the sum is the same under every scheduler, rounding included. One that is never written,
/// or is cancelled, counts as absent; where all are absent there is no sum, and readers find that nothing was written. An
/// error of another kind becomes the sum's.
///
/// ```
/// use runahead_async::{Async, Reverse, dispatch};
/// let mut sum = Reverse::new();
/// let doubled = sum.value().map(|sum| sum * 2.0); // read before anything is known
/// let late = sum.contribution(); // a place, for a task to write
/// sum += 10.0;
/// sum -= &Async::from(4.0);
/// dispatch(late, |late| late.set(0.5));
/// drop(sum);
/// assert_eq!(*doubled.wait()?, 13.0);
/// # Ok::<(), runahead_async::Error>(())
/// ```
///
/// To read it while it is there to be contributed to is to wait for oneself; see [`finish`](Self::finish).
#[must_use = "dropped at once, it is a value that nobody writes"]
pub struct Reverse<T: Additive> {
    sum: Async<T>,
    /// None once it is finished.
    write: Option<WriteBuffer<T>>,
    contributions: Vec<Addend<T>>,
    signs: Vec<Sign>,
    made_at: &'static Location<'static>,
}

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Plus,
    Minus,
}

impl<T: Additive> Reverse<T> {
    /// A value that nothing is contributed to so far.
    ///
    /// ```
    /// use runahead_async::{ErrorKind, Reverse};
    /// let sum = Reverse::<f64>::new();
    /// assert_eq!(sum.finish().wait().unwrap_err().kind(), ErrorKind::Unwritten);
    /// ```
    #[track_caller]
    #[allow(clippy::new_without_default)] // As for a promise: it is made for a place in the program.
    pub fn new() -> Reverse<T> {
        let sum = Async::new();
        let write = Some(sum.write());
        Reverse { sum, write, contributions: Vec::new(), signs: Vec::new(), made_at: Location::caller() }
    }

    /// The value, which is there when this is dropped or finished and the contributions are.
    ///
    /// ```
    /// use runahead_async::Reverse;
    /// let mut sum = Reverse::new();
    /// let negated = -sum.value();
    /// sum += 3;
    /// drop(sum);
    /// assert_eq!(*negated.wait()?, -3);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn value(&self) -> Async<T> {
        self.sum.clone()
    }

    /// Takes a place in line for reading the value.
    ///
    /// ```
    /// use runahead_async::Reverse;
    /// let mut sum = Reverse::new();
    /// let read = sum.read();
    /// sum += 3;
    /// drop(sum);
    /// assert_eq!(*read.wait()?, 3);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn read(&self) -> ReadBuffer<T> {
        self.sum.read()
    }

    /// Adds what the value is now, in program order; as `+=` does.
    ///
    /// ```
    /// use runahead_async::{Async, Reverse};
    /// let (mut sum, a) = (Reverse::new(), Async::from(1));
    /// sum.add(&a);
    /// a.assign(&Async::from(10));
    /// sum += &a;
    /// assert_eq!(*sum.finish().wait()?, 11);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn add(&mut self, value: &Async<T>) {
        self.copy(Sign::Plus, value);
    }

    /// Subtracts what the value is now, in program order; as `-=` does.
    ///
    /// ```
    /// use runahead_async::{Async, Reverse};
    /// let mut sum = Reverse::new();
    /// sum.subtract(&Async::from(1));
    /// assert_eq!(*sum.finish().wait()?, -1);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn subtract(&mut self, value: &Async<T>) {
        self.copy(Sign::Minus, value);
    }

    /// A contribution that is a copy of the value, so that the value may change before the sum is made.
    fn copy(&mut self, sign: Sign, value: &Async<T>) {
        let accesses = (Addend(value.read()), self.place(sign));
        TaskBuilder::new(self.made_at).dispatch(accesses, |(value, place)| -> Result<(), Error> {
            if let Some(value) = value? {
                place.set(value.clone());
            }
            Ok(())
        });
    }

    /// A place for something that is to be added, for a task to write. Left unwritten it counts as absent.
    ///
    /// ```
    /// use runahead_async::{Reverse, dispatch};
    /// let mut sum = Reverse::new();
    /// for i in 1..=10 {
    ///     let place = sum.contribution();
    ///     dispatch(place, move |place| if i % 2 == 0 { place.set(i) });
    /// }
    /// assert_eq!(*sum.finish().wait()?, 2 + 4 + 6 + 8 + 10);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn contribution(&mut self) -> WriteBuffer<T> {
        self.place(Sign::Plus)
    }

    /// A place for something that is to be subtracted, for a task to write. Left unwritten it counts as absent.
    ///
    /// ```
    /// use runahead_async::{Reverse, dispatch};
    /// let mut sum = Reverse::new();
    /// let (credit, debit, unused) = (sum.contribution(), sum.deduction(), sum.contribution());
    /// dispatch(credit, |credit| credit.set(5));
    /// dispatch(debit, |debit| debit.set(2));
    /// drop(unused);
    /// assert_eq!(*sum.finish().wait()?, 3);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn deduction(&mut self) -> WriteBuffer<T> {
        self.place(Sign::Minus)
    }

    fn place(&mut self, sign: Sign) -> WriteBuffer<T> {
        let value = Async::new_at(self.made_at);
        self.contributions.push(Addend(value.read()));
        self.signs.push(sign);
        value.write()
    }

    /// Ends the contributions, as dropping does, and gives the sum.
    ///
    /// ```
    /// use runahead_async::Reverse;
    /// let mut sum = Reverse::new();
    /// sum += 1;
    /// sum += 2;
    /// assert_eq!(*sum.finish().wait()?, 3);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn finish(self) -> Async<T> {
        self.sum.clone()
    }
}

impl<T: Additive> Drop for Reverse<T> {
    fn drop(&mut self) {
        let Some(write) = self.write.take() else { return };
        if self.contributions.is_empty() {
            return;
        }
        let (contributions, signs) =
            (std::mem::take(&mut self.contributions), std::mem::take(&mut self.signs));
        let task = TaskBuilder::new(self.made_at);
        task.dispatch((contributions, write), move |(contributions, sum)| -> Result<(), Error> {
            if let Some(total) = signed_sum(contributions.into_iter().zip(signs))? {
                sum.set(total.into_owned());
            }
            Ok(())
        });
    }
}

impl<T: Additive> AddAssign<&Async<T>> for Reverse<T> {
    fn add_assign(&mut self, value: &Async<T>) {
        self.add(value);
    }
}

impl<T: Additive> SubAssign<&Async<T>> for Reverse<T> {
    fn sub_assign(&mut self, value: &Async<T>) {
        self.subtract(value);
    }
}

impl<T: Additive> AddAssign<T> for Reverse<T> {
    fn add_assign(&mut self, value: T) {
        write_now(self.place(Sign::Plus), value);
    }
}

impl<T: Additive> SubAssign<T> for Reverse<T> {
    fn sub_assign(&mut self, value: T) {
        write_now(self.place(Sign::Minus), value);
    }
}

/// What a contribution gives a task.
type Contributed<'a, T> = Result<Option<&'a T>, Error>;

/// The sum of what is there, in order; `None` where nothing is.
fn signed_sum<'a, T: Additive>(
    contributions: impl Iterator<Item = (Contributed<'a, T>, Sign)>,
) -> Result<Option<Cow<'a, T>>, Error> {
    let mut total: Option<Cow<'a, T>> = None;
    for (contribution, sign) in contributions {
        let Some(value) = contribution? else { continue };
        total = Some(match (total, sign) {
            (None, Sign::Plus) => Cow::Borrowed(value),
            (None, Sign::Minus) => Cow::Owned(-value.clone()),
            (Some(total), Sign::Plus) => Cow::Owned(total.into_owned() + value),
            (Some(total), Sign::Minus) => Cow::Owned(total.into_owned() - value),
        });
    }
    Ok(total)
}
