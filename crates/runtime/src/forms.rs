//! The forms in which a program is kept compiled.

use std::ops::Deref;
use std::sync::Arc;

use parking_lot::Mutex;

/// A program may be kept in so many forms beside its first.
const FORMS_KEPT: usize = 8;

/// A program, compiled once for each set of arguments that executions were given for keeps; of those beside the first
/// form, the newest are kept.
pub(crate) struct Forms<F> {
    first: F,
    first_donated: Box<[usize]>,
    /// The newest at the end.
    others: Mutex<Vec<Form<F>>>,
}

struct Form<F> {
    donated: Box<[usize]>,
    compiled: Arc<F>,
}

/// A form that was asked for. The first needs no reference of its own, which all who execute the program would contend
/// for.
pub(crate) enum Found<'a, F> {
    First(&'a F),
    Other(Arc<F>),
}

impl<F> Deref for Found<'_, F> {
    type Target = F;

    fn deref(&self) -> &F {
        match self {
            Found::First(form) => form,
            Found::Other(form) => form,
        }
    }
}

impl<F> Forms<F> {
    /// Compiles the first form, for executions to which those arguments are donated.
    pub(crate) fn new<E>(
        donated: &[usize],
        compile: impl FnOnce(&[usize]) -> Result<F, E>,
    ) -> Result<Forms<F>, E> {
        let donated = in_order(donated.to_vec());
        let first = compile(&donated)?;
        Ok(Forms { first, first_donated: donated.into(), others: Mutex::default() })
    }

    pub(crate) fn first(&self) -> &F {
        &self.first
    }

    /// The form for executions to which those arguments are donated, which are [in order](in_order); it is compiled where
    /// there is none yet.
    pub(crate) fn get<E>(
        &self,
        donated: &[usize],
        compile: impl FnOnce(&[usize]) -> Result<F, E>,
    ) -> Result<Found<'_, F>, E> {
        // One by one: to compare no bytes at the address of an empty slice, where there is no memory, takes some processors as
        // long as all the rest of a small execution.
        if self.first_donated.iter().eq(donated) {
            return Ok(Found::First(&self.first));
        }
        let find = |forms: &[Form<F>]| {
            forms.iter().find(|form| *form.donated == *donated).map(|form| Arc::clone(&form.compiled))
        };
        if let Some(known) = find(&self.others.lock()) {
            return Ok(Found::Other(known));
        }
        let compiled = Arc::new(compile(donated)?);
        let mut others = self.others.lock();
        // Another thread may have compiled the same meanwhile.
        if let Some(known) = find(&others) {
            return Ok(Found::Other(known));
        }
        if others.len() == FORMS_KEPT {
            others.remove(0);
        }
        others.push(Form { donated: donated.into(), compiled: Arc::clone(&compiled) });
        Ok(Found::Other(compiled))
    }
}

/// Arguments by number, the smallest first and each once.
pub(crate) fn in_order(mut arguments: Vec<usize>) -> Vec<usize> {
    arguments.sort_unstable();
    arguments.dedup();
    arguments
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn a_form_is_compiled_once_and_the_newest_are_kept() {
        let compiled = Mutex::new(Vec::new());
        let compile = |donated: &[usize]| {
            compiled.lock().push(donated.to_vec());
            Ok::<_, Infallible>(donated.to_vec())
        };
        let Ok(forms) = Forms::new(&[3, 1, 3], compile);
        for donated in [&[1, 3][..], &[0], &[0], &[1, 3]] {
            let Ok(form) = forms.get(donated, compile);
            assert_eq!(*form, donated);
        }
        assert_eq!(*compiled.lock(), [vec![1, 3], vec![0]]);
        (0..=FORMS_KEPT).for_each(|i| _ = forms.get(&[i], compile));
        assert_eq!(compiled.lock().len(), 2 + FORMS_KEPT, "the oldest had been compiled before");
        _ = forms.get(&[0], compile);
        assert_eq!(compiled.lock().last().unwrap(), &[0], "the oldest was dropped");
    }
}
