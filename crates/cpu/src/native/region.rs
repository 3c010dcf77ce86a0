//! A part of a plan as loops of scalars.

use std::collections::HashMap;
use std::sync::Arc;

use runahead_ir::{ElementType, TensorType};
use runahead_lower::loops::{Bytes, Loops, Place, Statement, Tensor, Writer};
use smallvec::SmallVec;

use super::StepForm;
use crate::plan::{Action, Home, Span, Step};

/// Scalar operations that a step may do to be written as loops: where there are more, calling its kernel costs little
/// beside them, and the kernel computes with wider vectors and on several threads.
const MOST_WORK: usize = 4096;
/// Elements of a copy that is done one by one.
const COPIED_ONE_BY_ONE: usize = 16;

/// The numbers of the memories: parameters, then results, then constants and the arena.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Homes {
    pub(crate) parameters: usize,
    pub(crate) results: usize,
}

impl Homes {
    /// How many there are.
    pub(crate) fn count(self) -> usize {
        self.parameters + self.results + 2
    }

    fn number(self, home: Home) -> usize {
        match home {
            Home::Parameter(i) => i,
            Home::Result(i) => self.parameters + i,
            Home::Constants => self.parameters + self.results,
            Home::Arena => self.parameters + self.results + 1,
        }
    }
}

/// A part of a plan as loops, with the steps that are called.
pub(super) struct Region {
    pub(super) loops: Loops,
    pub(super) calls: Vec<Arc<Step>>,
}

/// A loop or choice; `None` where all its steps would be calls.
pub(super) fn of(action: &Action, homes: Homes) -> Option<Region> {
    let mut builder =
        Builder { homes, writer: Writer::default(), calls: Vec::new(), written: 0, sizes: HashMap::new() };
    builder.note_sizes(action);
    while builder.note_copies(action) {}
    builder.action(action);
    let Builder { writer, calls, written, .. } = builder;
    (written > 0).then(|| Region { loops: writer.finish(), calls })
}

struct Builder {
    homes: Homes,
    writer: Writer,
    calls: Vec<Arc<Step>>,
    /// Steps that are written as loops.
    written: usize,
    /// The size of the elements that steps find at a place.
    sizes: HashMap<(usize, usize), usize>,
}

impl Builder {
    /// Notes how large the elements are that begin at places of memory, so that copies can go by elements.
    fn note_sizes(&mut self, action: &Action) {
        let mut note = |span: &Span, ty: &TensorType| {
            self.sizes.insert((self.homes.number(span.home), span.start), ty.element.size());
        };
        match action {
            Action::Run(step) => {
                if let Some(form) = &step.form {
                    let (operands, results) = form.tensors();
                    step.operands.iter().zip(&operands).for_each(|(span, ty)| note(span, ty));
                    step.results.iter().zip(&results).for_each(|(span, ty)| note(span, ty));
                }
            }
            Action::While { condition, body, .. } => {
                condition.iter().chain(body).for_each(|action| self.note_sizes(action));
            }
            Action::Choose { branches, .. } => {
                branches.iter().flatten().for_each(|action| self.note_sizes(action))
            }
            Action::Copy { .. } | Action::Native(_) => {}
        }
    }

    /// Notes that what is copied has elements of the size that they have where they are copied to, or from, where only one of
    /// the two is known; whether there was something to note.
    fn note_copies(&mut self, action: &Action) -> bool {
        match action {
            Action::Copy { from, to } => {
                let [from, to] = [from, to].map(|span| (self.homes.number(span.home), span.start));
                let (known, other) = match (self.sizes.get(&from), self.sizes.get(&to)) {
                    (Some(&size), None) => (size, to),
                    (None, Some(&size)) => (size, from),
                    _ => return false,
                };
                self.sizes.insert(other, known);
                true
            }
            Action::While { condition, body, .. } => {
                condition.iter().chain(body).any(|action| self.note_copies(action))
            }
            Action::Choose { branches, .. } => {
                branches.iter().flatten().any(|action| self.note_copies(action))
            }
            Action::Run(_) | Action::Native(_) => false,
        }
    }

    fn list(&mut self, actions: &[Action]) -> Vec<Statement> {
        self.in_list(|builder| actions.iter().for_each(|action| builder.action(action)))
    }

    fn in_list(&mut self, write: impl FnOnce(&mut Builder)) -> Vec<Statement> {
        self.writer.open();
        write(self);
        self.writer.close()
    }

    fn action(&mut self, action: &Action) {
        match action {
            Action::Run(step) => match step.form.as_ref().filter(|form| is_small(form, step)) {
                Some(form) => self.loops(form, step),
                None => self.call(step),
            },
            Action::Copy { from, to } => self.copy(from, to),
            Action::While { condition, predicate, body } => {
                let mut tested = None;
                let condition = self.in_list(|builder| {
                    condition.iter().for_each(|action| builder.action(action));
                    tested = Some(builder.read(predicate, ElementType::Bool));
                });
                let body = self.list(body);
                if let Some(predicate) = tested {
                    self.writer.push(Statement::While { condition, predicate, body });
                }
            }
            Action::Choose { index, index_type, branches } => {
                let index = self.read(index, *index_type);
                let branches = branches.iter().map(|branch| self.list(branch)).collect();
                self.writer.push(Statement::Choose { index, branches });
            }
            Action::Native(_) => unreachable!("what is compiled is not inside what is not"),
        }
    }

    fn bytes(&self, span: &Span) -> (usize, Bytes) {
        (self.homes.number(span.home), Bytes { start: span.start, len: span.len })
    }

    fn tensor(&self, span: &Span, ty: &TensorType) -> Tensor {
        Tensor::new(self.homes.number(span.home), span.start, ty)
    }

    fn place(&self, span: &Span, element: ElementType, offset: usize) -> Place {
        let (memory, _) = self.bytes(span);
        let within = Bytes { start: span.start + offset, len: element.size() };
        Place { memory, element, start: within.start as i64, terms: SmallVec::new(), within }
    }

    fn read(&mut self, span: &Span, element: ElementType) -> runahead_lower::loops::Argument {
        let place = self.place(span, element, 0);
        self.writer.read(place)
    }

    fn loops(&mut self, form: &StepForm, step: &Step) {
        let (operand_types, result_types) = form.tensors();
        let tensors = |spans: &[Span], types: &[TensorType]| -> Vec<Tensor> {
            spans.iter().zip(types).map(|(span, ty)| self.tensor(span, ty)).collect()
        };
        let (operands, results) =
            (tensors(&step.operands, &operand_types), tensors(&step.results, &result_types));
        form.write(&mut self.writer, &operands, &results);
        self.written += 1;
    }

    fn call(&mut self, step: &Arc<Step>) {
        let spans = step.operands.iter().chain(&step.results).chain([&step.scratch]);
        let touches = spans.map(|span| self.bytes(span)).collect();
        self.writer.push(Statement::Call { number: self.calls.len(), touches });
        self.calls.push(step.clone());
    }

    /// A copy: of a few elements one by one, so that they may stay in registers.
    fn copy(&mut self, from: &Span, to: &Span) {
        let size_at = |span: &Span| self.sizes.get(&(self.homes.number(span.home), span.start)).copied();
        let size = size_at(from).or_else(|| size_at(to));
        let whole = [1, 2, 4, 8, 16].contains(&from.len).then_some(from.len);
        let size = size.or(whole).unwrap_or(1);
        let element = match size {
            1 => ElementType::U8,
            2 => ElementType::U16,
            4 => ElementType::U32,
            8 => ElementType::U64,
            _ => ElementType::C128,
        };
        if from.len / size > COPIED_ONE_BY_ONE || !from.len.is_multiple_of(size) {
            let (from, (memory, to)) = (self.bytes(from), self.bytes(to));
            self.writer.push(Statement::Copy { from, to: (memory, to.start) });
            return;
        }
        let places: Vec<usize> = (0..from.len).step_by(size).collect();
        for at in places {
            let (from, to) = (self.place(from, element, at), self.place(to, element, at));
            let value = self.writer.read(from);
            self.writer.write(to, value);
        }
    }
}

/// Whether a step is written as loops.
fn is_small(form: &StepForm, step: &Step) -> bool {
    let shares = step.shared.iter().enumerate().filter_map(|(operand, result)| Some((operand, (*result)?)));
    form.work() <= MOST_WORK && shares.into_iter().all(|(operand, result)| form.may_share(operand, result))
}
