//! From steps over values to a plan's actions, with what each claims to read and to compute.

use std::sync::Arc;

use super::super::check::{BranchClaim, CarriedClaim, Claim, Claims, Name};
use super::super::draft::{Cell, Copy, Draft, Part, Run, Step, Tick};
use super::Placed;
use super::copies::Sequences;
use super::homes::Homes;
use super::merge::Buffers;
use crate::plan::{Action, Span, Step as PlanStep};

/// The actions of a program.
pub(super) fn emit(draft: Draft, buffers: &Buffers, sequences: &Sequences, homes: &Homes) -> Placed {
    let Draft { cells, parameters, steps, returns, end } = draft;
    let emitter = Emitter { cells: &cells, buffers, sequences, homes };
    let mut body = Sequence::default();
    emitter.steps(steps, &mut body);
    emitter.copies(end, &mut body);
    let results_in = parameters.iter().map(|&parameter| buffers.buffer(parameter).result).collect();
    let claims = Claims {
        parameters: parameters.iter().filter_map(|&cell| cells.val(cell)).collect(),
        constants: cells
            .iter()
            .filter(|&cell| buffers.buffer(cell).constant.is_some())
            .filter_map(|cell| Some((cells.val(cell)?, emitter.whole(cell))))
            .collect(),
        returns: returns.iter().map(|copy| (emitter.name(copy.from), emitter.whole(copy.to))).collect(),
        body: body.claims,
    };
    Placed { actions: body.actions, claims, arena_bytes: homes.arena_bytes, results_in }
}

/// Actions and their claims, one for one.
#[derive(Default)]
struct Sequence {
    actions: Vec<Action>,
    claims: Vec<Claim>,
}

impl Sequence {
    fn push(&mut self, action: Action, claim: Claim) {
        self.actions.push(action);
        self.claims.push(claim);
    }
}

struct Emitter<'a> {
    cells: &'a super::super::draft::Cells,
    buffers: &'a Buffers,
    sequences: &'a Sequences,
    homes: &'a Homes,
}

impl Emitter<'_> {
    fn span(&self, part: Part) -> Span {
        self.homes.span(self.buffers, part)
    }

    fn whole(&self, cell: Cell) -> Span {
        self.span(self.cells.whole(cell))
    }

    fn name(&self, part: Part) -> Name {
        let val = self.cells.val(part.cell).expect("only values of the graph are read");
        Name { val, start: part.start }
    }

    fn copies(&self, tick: Tick, to: &mut Sequence) {
        for m in self.sequences.get(&tick).into_iter().flatten() {
            to.push(Action::Copy { from: self.span(m.from), to: self.span(m.to) }, Claim::Copy);
        }
    }

    /// Where a choice or a loop claims to leave a value.
    fn left(&self, copy: &Copy) -> (Name, Span) {
        (self.name(copy.from), self.whole(copy.to))
    }

    fn steps(&self, steps: Vec<Step>, to: &mut Sequence) {
        for step in steps {
            match step {
                Step::Run(run) => self.run(run, to),
                Step::While(repeat) => {
                    self.copies(repeat.entry, to);
                    let (mut condition, mut body) = (Sequence::default(), Sequence::default());
                    let carried = repeat
                        .carried
                        .iter()
                        .map(|carried| CarriedClaim {
                            initial: self.name(carried.initial),
                            parameter: self.name(self.cells.whole(carried.parameter)).val,
                            next: self.name(carried.next),
                            result: self.name(self.cells.whole(carried.result)).val,
                            span: self.whole(carried.parameter),
                        })
                        .collect();
                    self.steps(repeat.condition, &mut condition);
                    self.steps(repeat.body, &mut body);
                    self.copies(repeat.back, &mut body);
                    let predicate = self.span(repeat.predicate);
                    to.push(
                        Action::While { condition: condition.actions, predicate, body: body.actions },
                        Claim::While {
                            condition: condition.claims,
                            predicate: self.name(repeat.predicate),
                            body: body.claims,
                            carried,
                        },
                    );
                }
                Step::Choose(choose) => {
                    let (mut actions, mut claims) = (Vec::new(), Vec::new());
                    for branch in choose.branches {
                        let mut inner = Sequence::default();
                        self.steps(branch.steps, &mut inner);
                        self.copies(branch.end, &mut inner);
                        actions.push(inner.actions);
                        claims.push(BranchClaim {
                            body: inner.claims,
                            returns: branch.returns.iter().map(|copy| self.left(copy)).collect(),
                        });
                    }
                    let results =
                        choose.results.iter().map(|&cell| self.name(self.cells.whole(cell)).val).collect();
                    to.push(
                        Action::Choose {
                            index: self.span(choose.index),
                            index_type: choose.index_type,
                            branches: actions,
                        },
                        Claim::Choose { index: self.name(choose.index), branches: claims, results },
                    );
                }
            }
        }
    }

    fn run(&self, run: Run, to: &mut Sequence) {
        let mut shared = vec![None; run.operands.len()];
        for pair in &run.in_place {
            let operand = run.operands[pair.operand].cell;
            if self.buffers.share(operand, run.results[pair.result]) {
                shared[pair.operand] = Some(pair.result);
            }
        }
        let claim = Claim::Run {
            operands: run.operands.iter().map(|&part| self.name(part)).collect(),
            results: run.results.iter().map(|&cell| self.name(self.cells.whole(cell)).val).collect(),
        };
        let step = PlanStep {
            operands: run.operands.iter().map(|&part| self.span(part)).collect(),
            results: run.results.iter().map(|&cell| self.whole(cell)).collect(),
            scratch: run.scratch.map_or(Span::EMPTY, |cell| self.whole(cell)),
            kernel: run.kernel,
            form: run.form,
            shared,
        };
        to.push(Action::Run(Arc::new(step)), claim);
    }
}
