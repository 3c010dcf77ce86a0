//! Several accesses: vectors, arrays, options and tuples of them, and none.

use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use smallvec::SmallVec;

use crate::error::Error;
use crate::registry::AccessInfo;
use crate::task::Released;
use crate::task::hold::{Access, Hold, Open, Registration};

/// What a vector's accesses are held in: so many lie in the task, and need no allocation that another thread frees.
type Several<H> = SmallVec<[H; 4]>;

#[inline]
fn held<A: Access>(accesses: impl IntoIterator<Item = A>) -> ManuallyDrop<Several<A::Held>> {
    ManuallyDrop::new(accesses.into_iter().map(A::hold).collect())
}

impl<A: Access> Access for SmallVec<[A; 4]> {
    type Args<'a>
        = Vec<A::Args<'a>>
    where
        Self: 'a;
    type Held = ManuallyDrop<Several<A::Held>>;

    #[inline]
    fn hold(self) -> Self::Held {
        held(self)
    }
}

impl<A: Access> Access for Vec<A> {
    type Args<'a>
        = Vec<A::Args<'a>>
    where
        Self: 'a;
    type Held = ManuallyDrop<Several<A::Held>>;

    #[inline]
    fn hold(self) -> Self::Held {
        held(self)
    }
}

impl<H: Hold> Hold for ManuallyDrop<Several<H>> {
    fn unmet(&mut self) -> usize {
        self.iter_mut().map(H::unmet).sum()
    }

    unsafe fn register(this: NonNull<Self>, by: &mut Registration<'_>) -> bool {
        // SAFETY: nobody changes the vector before its last element is registered. (What elements change of themselves are
        // their links, which shared references allow.)
        let elements: &[H] = unsafe { this.as_ref() };
        let (first, count) = (NonNull::from(elements).cast::<H>(), elements.len());
        let mut index = 0;
        // When none is left the vector may be gone.
        while by.left > 0 && index < count {
            // SAFETY: the elements stay where they are, since the vector never grows.
            if unsafe { H::register(first.add(index), by) } {
                return true;
            }
            index += 1;
        }
        false
    }

    fn wanted(&self) -> Option<bool> {
        self.iter().filter_map(H::wanted).reduce(|a, b| a || b)
    }

    #[inline]
    fn prefetch_epochs(&self) {
        self.iter().for_each(H::prefetch_epochs);
    }

    #[inline]
    fn prefetch(&self) {
        self.iter().for_each(H::prefetch);
    }

    #[inline]
    fn prefetch_released(&self) {
        self.iter().for_each(H::prefetch_released);
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        self.iter().for_each(|held| held.describe(into));
    }

    #[inline]
    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released) {
        // SAFETY: each element is finished once and not dropped; only the vector's own memory is.
        unsafe {
            self.iter_mut().for_each(|held| held.finish(error, released));
            let mut all = ManuallyDrop::take(self);
            all.set_len(0);
        }
    }
}

impl<H: Open> Open for ManuallyDrop<Several<H>> {
    type Args<'a>
        = Vec<H::Args<'a>>
    where
        Self: 'a;

    #[inline]
    unsafe fn open<'a>(&'a mut self) -> Result<Self::Args<'a>, Error> {
        // SAFETY: passed on.
        self.iter_mut().map(|held| unsafe { held.open() }).collect()
    }
}

impl<A: Access, const N: usize> Access for [A; N] {
    type Args<'a>
        = [A::Args<'a>; N]
    where
        Self: 'a;
    type Held = [A::Held; N];

    #[inline]
    fn hold(self) -> Self::Held {
        self.map(A::hold)
    }
}

impl<H: Hold, const N: usize> Hold for [H; N] {
    #[inline]
    fn unmet(&mut self) -> usize {
        self.iter_mut().map(H::unmet).sum()
    }

    #[inline]
    unsafe fn register(this: NonNull<Self>, by: &mut Registration<'_>) -> bool {
        // When none is left the task may be gone.
        // SAFETY: passed on, for one element after the other.
        (0..N).any(|index| by.left > 0 && unsafe { H::register(this.cast::<H>().add(index), by) })
    }

    fn wanted(&self) -> Option<bool> {
        self.iter().filter_map(H::wanted).reduce(|a, b| a || b)
    }

    #[inline]
    fn prefetch_epochs(&self) {
        self.iter().for_each(H::prefetch_epochs);
    }

    #[inline]
    fn prefetch(&self) {
        self.iter().for_each(H::prefetch);
    }

    #[inline]
    fn prefetch_released(&self) {
        self.iter().for_each(H::prefetch_released);
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        self.iter().for_each(|held| held.describe(into));
    }

    #[inline]
    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released) {
        // SAFETY: passed on.
        self.iter_mut().for_each(|held| unsafe { held.finish(error, released) });
    }
}

impl<H: Open, const N: usize> Open for [H; N] {
    type Args<'a>
        = [H::Args<'a>; N]
    where
        Self: 'a;

    #[inline]
    unsafe fn open<'a>(&'a mut self) -> Result<Self::Args<'a>, Error> {
        let mut first_error = None;
        // SAFETY: passed on.
        let args = self.each_mut().map(|held| match unsafe { held.open() } {
            Ok(args) => Some(args),
            Err(error) => {
                first_error.get_or_insert(error);
                None
            }
        });
        match first_error {
            Some(error) => Err(error),
            None => Ok(args.map(|args| args.expect("there was no error"))),
        }
    }
}

impl<A: Access> Access for Option<A> {
    type Args<'a>
        = Option<A::Args<'a>>
    where
        Self: 'a;
    type Held = Option<A::Held>;

    #[inline]
    fn hold(self) -> Self::Held {
        self.map(A::hold)
    }
}

impl<H: Hold> Hold for Option<H> {
    #[inline]
    fn unmet(&mut self) -> usize {
        self.as_mut().map_or(0, H::unmet)
    }

    #[inline]
    unsafe fn register(this: NonNull<Self>, by: &mut Registration<'_>) -> bool {
        // SAFETY: nobody changes it before it is registered; the rest is passed on.
        unsafe { this.as_ref().as_ref().map(NonNull::from).is_some_and(|held| H::register(held, by)) }
    }

    fn wanted(&self) -> Option<bool> {
        self.iter().filter_map(H::wanted).reduce(|a, b| a || b)
    }

    #[inline]
    fn prefetch_epochs(&self) {
        self.iter().for_each(H::prefetch_epochs);
    }

    #[inline]
    fn prefetch(&self) {
        self.iter().for_each(H::prefetch);
    }

    #[inline]
    fn prefetch_released(&self) {
        self.iter().for_each(H::prefetch_released);
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        self.iter().for_each(|held| held.describe(into));
    }

    #[inline]
    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released) {
        if let Some(held) = self {
            // SAFETY: passed on.
            unsafe { held.finish(error, released) }
        }
    }
}

impl<H: Open> Open for Option<H> {
    type Args<'a>
        = Option<H::Args<'a>>
    where
        Self: 'a;

    #[inline]
    unsafe fn open<'a>(&'a mut self) -> Result<Self::Args<'a>, Error> {
        // SAFETY: passed on.
        self.as_mut().map(|held| unsafe { held.open() }).transpose()
    }
}

/// A task that depends on nothing; its closure gets `()`.
impl Access for () {
    type Args<'a> = ();
    type Held = ();

    fn hold(self) {}
}

impl Hold for () {
    #[inline]
    fn unmet(&mut self) -> usize {
        0
    }

    #[inline]
    unsafe fn register(_this: NonNull<Self>, _by: &mut Registration<'_>) -> bool {
        false
    }

    #[inline]
    fn prefetch_epochs(&self) {}

    #[inline]
    fn prefetch(&self) {}

    fn describe(&self, _into: &mut Vec<AccessInfo>) {}

    #[inline]
    unsafe fn finish(&mut self, _error: Option<&Error>, _released: &mut Released) {}
}

impl Open for () {
    type Args<'a> = ();

    #[inline]
    unsafe fn open(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),*))*) => {
        $(
            impl<$($name: Access),*> Access for ($($name,)*) {
                type Args<'a>
        = ($($name::Args<'a>,)*)
    where
        Self: 'a;
                type Held = ($($name::Held,)*);

                #[inline]
    fn hold(self) -> Self::Held {
                    ($(self.$index.hold(),)*)
                }
            }

            impl<$($name: Hold),*> Hold for ($($name,)*) {
                #[inline]
                fn unmet(&mut self) -> usize {
                    0 $(+ self.$index.unmet())*
                }

                #[inline]
                unsafe fn register(this: NonNull<Self>, by: &mut Registration<'_>) -> bool {
                    // When none is left the task may be gone.
                    // SAFETY: passed on, for one after the other.
                    unsafe {
                        $(if by.left > 0
                            && Hold::register(NonNull::new_unchecked(&raw mut (*this.as_ptr()).$index), by)
                        {
                            return true;
                        })*
                    }
                    false
                }

                fn wanted(&self) -> Option<bool> {
                    [$(self.$index.wanted()),*].into_iter().flatten().reduce(|a, b| a || b)
                }

                #[inline]
                fn prefetch_epochs(&self) {
                    $(self.$index.prefetch_epochs();)*
                }

                #[inline]
                fn prefetch(&self) {
                    $(self.$index.prefetch();)*
                }

                #[inline]
                fn prefetch_released(&self) {
                    $(self.$index.prefetch_released();)*
                }

                fn describe(&self, into: &mut Vec<AccessInfo>) {
                    $(self.$index.describe(into);)*
                }

                #[inline]
    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released) {
                    // SAFETY: passed on.
                    unsafe { $(self.$index.finish(error, released);)* }
                }
            }

            impl<$($name: Open),*> Open for ($($name,)*) {
                type Args<'a>
        = ($($name::Args<'a>,)*)
    where
        Self: 'a;

                #[inline]
    unsafe fn open<'a>(&'a mut self) -> Result<Self::Args<'a>, Error> {
                    // SAFETY: passed on.
                    unsafe { Ok(($(self.$index.open()?,)*)) }
                }
            }
        )*
    };
}

up_to_eight! { tuples }
