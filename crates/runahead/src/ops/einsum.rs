//! Einstein's sums.

use runahead_ir::{ComparisonDirection, DotDimensions, ElementType, OpKind, Precision};

use super::elementwise::{compare, record, same_element};
use super::{creation, permute, select, sum};
use crate::{Lazy, Operands, Output, Result, TensorError, operation};

/// Sums of products by Einstein's convention: each operand's axes are named by letters, and what the result does not name
/// is summed over. `...` stands for any axes, which come last in broadcasting. Without `->` the result has the letters
/// that occur once, in alphabetical order, after `...`.
///
/// ```
/// use runahead::{Tensor, ops};
/// let device = runahead::device("cpu")?;
/// let x = Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0], [2, 2], &device)?;
/// assert_eq!(ops::einsum("ij,jk->ik", &[&x, &x])?.to_vec::<f32>()?, [7.0, 10.0, 15.0, 22.0]);
/// assert_eq!(ops::einsum("ii", &[&x])?.to_scalar::<f32>()?, 5.0); // the trace
/// assert_eq!(ops::einsum("...i->...", &[&x])?.to_vec::<f32>()?, [3.0, 7.0]);
///
/// let error = ops::einsum("ij,jk", &[&x]).unwrap_err().to_string();
/// assert!(error.ends_with("\"ij,jk\" names the axes of 2 operands; 1 is given"), "{error}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the text is no such sum, names another number of operands or axes, gives a letter several sizes, or elements are
/// of several types or no numbers.
pub fn einsum<X: Operands<Recorded = Vec<Lazy>>>(equation: &str, operands: X) -> Result<Output<X>> {
    operation("einsum", operands, equation.to_owned(), |operands: Vec<Lazy>, equation| {
        let sum = Sum::parse(equation, &operands)?;
        let mut terms = Vec::with_capacity(operands.len());
        for (tensor, labels) in operands.into_iter().zip(&sum.operands) {
            same_element(&tensor, terms.first().map_or(&tensor, |first: &Term| &first.tensor))?;
            terms.push(Term::new(tensor, labels)?);
        }
        sum.sizes(&terms)?;
        // From the left, so that how it is computed can be written as one likes.
        let mut rest = terms.into_iter();
        let mut term = rest.next().expect("there is an operand, as was seen");
        while let Some(next) = rest.next() {
            let later = rest.as_slice();
            let is_needed = |label: Label| {
                sum.result.contains(&label) || later.iter().any(|term| term.labels.contains(&label))
            };
            term = term.times(next, &is_needed)?;
        }
        let term = term.summed(&|label| sum.result.contains(&label))?;
        let place = |label: &Label| term.labels.iter().position(|own| own == label).map(|at| at as isize);
        let order: Vec<isize> = sum.result.iter().filter_map(place).collect();
        permute(term.tensor, order)
    })
}

/// A letter, or one of the axes that `...` stands for, counted from the last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Label {
    Rest(usize),
    Letter(char),
}

/// What an equation says.
struct Sum<'e> {
    equation: &'e str,
    operands: Vec<Vec<Label>>,
    result: Vec<Label>,
}

impl<'e> Sum<'e> {
    fn parse(equation: &'e str, operands: &[Lazy]) -> Result<Sum<'e>> {
        let invalid = |message: String| TensorError::invalid(format!("{equation:?} {message}"));
        let text: String = equation.chars().filter(|c| !c.is_whitespace()).collect();
        let (left, right) = match text.split_once("->") {
            Some((left, right)) => (left, Some(right)),
            None => (&*text, None),
        };
        let named: Vec<&str> = left.split(',').collect();
        if named.len() != operands.len() {
            let (expected, found) = (named.len(), operands.len());
            let given = if found == 1 { "is" } else { "are" };
            return Err(invalid(format!("names the axes of {expected} operands; {found} {given} given")));
        }
        let mut all = Vec::with_capacity(named.len());
        for (axes, operand) in named.iter().zip(operands) {
            let letters = axes.replace("...", "").chars().count();
            let rank = operand.dims().len();
            let has_rest = axes.contains("...");
            if letters > rank || (letters < rank && !has_rest) {
                return Err(invalid(format!(
                    "names {letters} axes {axes:?} of {}; it has {rank}",
                    operand.ty()
                )));
            }
            all.push(labels(axes, rank - letters).map_err(invalid)?);
        }
        let rest = all.iter().flatten().filter_map(|label| match label {
            Label::Rest(at) => Some(at + 1),
            Label::Letter(_) => None,
        });
        let rest = rest.max().unwrap_or(0);
        let result = match right {
            Some(right) => labels(right, if right.contains("...") { rest } else { 0 }).map_err(invalid)?,
            None => {
                let count = |label: &Label| all.iter().flatten().filter(|other| *other == label).count();
                let mut once: Vec<Label> = all.iter().flatten().copied().collect();
                once.retain(|label| matches!(label, Label::Letter(_)) && count(label) == 1);
                once.sort_unstable();
                (0..rest).rev().map(Label::Rest).chain(once).collect()
            }
        };
        for (i, label) in result.iter().enumerate() {
            let name = match label {
                Label::Letter(letter) => letter.to_string(),
                Label::Rest(_) => "...".to_owned(),
            };
            if !all.iter().flatten().any(|other| other == label) {
                return Err(invalid(format!("names {name:?} in the result, which no operand has")));
            }
            if result[..i].contains(label) {
                return Err(invalid(format!("names {name:?} twice in the result")));
            }
        }
        Ok(Sum { equation, operands: all, result })
    }

    /// An error where a label has several sizes.
    fn sizes(&self, terms: &[Term]) -> Result<()> {
        let mut known: Vec<(Label, usize)> = Vec::new();
        for term in terms {
            for (&label, &size) in term.labels.iter().zip(term.tensor.dims()) {
                match known.iter().find(|(other, _)| *other == label) {
                    None => known.push((label, size)),
                    Some(&(_, other)) if other == size => {}
                    Some(&(_, other)) => {
                        let axis = match label {
                            Label::Letter(letter) => format!("{letter:?}"),
                            Label::Rest(at) => format!("axis {at} from the last of \"...\""),
                        };
                        return Err(TensorError::invalid(format!(
                            "{:?}: {axis} is {other} long in one operand and {size} in another",
                            self.equation
                        )));
                    }
                }
            }
        }
        Ok(())
    }
}

/// The labels of axes, where `...` stands for so many.
fn labels(axes: &str, rest: usize) -> std::result::Result<Vec<Label>, String> {
    let mut labels = Vec::new();
    let (before, after) = axes.split_once("...").unwrap_or((axes, ""));
    for (part, ends) in [(before, axes.contains("...")), (after, false)] {
        for letter in part.chars() {
            if !letter.is_alphabetic() {
                return Err(format!(
                    "has {letter:?} in {axes:?}; expected letters, \"...\", \",\" and \"->\""
                ));
            }
            labels.push(Label::Letter(letter));
        }
        if ends {
            labels.extend((0..rest).rev().map(Label::Rest));
        }
    }
    Ok(labels)
}

/// A tensor with a label for each axis, each once.
struct Term {
    tensor: Lazy,
    labels: Vec<Label>,
}

impl Term {
    /// Takes the diagonal of axes of one label.
    fn new(mut tensor: Lazy, labels: &[Label]) -> Result<Term> {
        let mut labels = labels.to_vec();
        let mut first = 0;
        while first < labels.len() {
            while let Some(second) = (first + 1..labels.len()).find(|&i| labels[i] == labels[first]) {
                let dims = tensor.dims();
                if dims[first] != dims[second] {
                    let message = format!(
                        "axes {first} and {second} of {} have one name; expected one size",
                        tensor.ty()
                    );
                    return Err(TensorError::invalid(message));
                }
                let places = [first, second].map(|axis| creation::iota(dims, ElementType::I64, axis));
                let [rows, columns] = places;
                let is_diagonal = compare(ComparisonDirection::Eq, &rows?, &columns?)?;
                let kept =
                    select(is_diagonal, &tensor, creation::splat(&[], tensor.element(), &zero(&tensor)?)?)?;
                tensor = sum(kept, [second as isize])?;
                labels.remove(second);
            }
            first += 1;
        }
        Ok(Term { tensor, labels })
    }

    /// Sums over what is not needed.
    fn summed(self, is_needed: &dyn Fn(Label) -> bool) -> Result<Term> {
        let axes: Vec<isize> =
            (0..self.labels.len()).filter(|&i| !is_needed(self.labels[i])).map(|i| i as isize).collect();
        if axes.is_empty() {
            return Ok(self);
        }
        let labels = self.labels.into_iter().filter(|&label| is_needed(label)).collect();
        Ok(Term { tensor: sum(self.tensor, axes)?, labels })
    }

    /// The product with another, summed over what both have and nobody needs any more.
    fn times(self, other: Term, is_needed: &dyn Fn(Label) -> bool) -> Result<Term> {
        let a = self.summed_unless(&other, is_needed)?;
        let b = other.summed_unless(&a, is_needed)?;
        let both = |wanted: bool| -> (Vec<Label>, Vec<usize>, Vec<usize>) {
            let mut found = (Vec::new(), Vec::new(), Vec::new());
            for (i, &label) in a.labels.iter().enumerate() {
                if let Some(j) = b.labels.iter().position(|&other| other == label)
                    && is_needed(label) == wanted
                {
                    found.0.push(label);
                    found.1.push(i);
                    found.2.push(j);
                }
            }
            found
        };
        let (batch, lhs_batching, rhs_batching) = both(true);
        let (_, lhs_contracting, rhs_contracting) = both(false);
        let free = |term: &Term, batching: &[usize], contracting: &[usize]| -> Vec<Label> {
            let is_free = |i: &usize| !batching.contains(i) && !contracting.contains(i);
            (0..term.labels.len()).filter(is_free).map(|i| term.labels[i]).collect()
        };
        let labels =
            [batch, free(&a, &lhs_batching, &lhs_contracting), free(&b, &rhs_batching, &rhs_contracting)]
                .concat();
        let dimension_numbers =
            DotDimensions { lhs_batching, rhs_batching, lhs_contracting, rhs_contracting };
        let precision = vec![Precision::Default; 2];
        let kind = OpKind::DotGeneral { dimension_numbers, precision, algorithm: None };
        Ok(Term { tensor: record(kind, &[&a.tensor, &b.tensor])?, labels })
    }

    /// Sums over what neither the other nor anybody needs.
    fn summed_unless(self, other: &Term, is_needed: &dyn Fn(Label) -> bool) -> Result<Term> {
        self.summed(&|label| is_needed(label) || other.labels.contains(&label))
    }
}

fn zero(tensor: &Lazy) -> Result<Vec<u8>> {
    runahead_ir::Binary::Add
        .neutral(tensor.element())
        .ok_or_else(|| TensorError::invalid(format!("elements are {}; expected numbers", tensor.element())))
}
