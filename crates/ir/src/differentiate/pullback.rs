//! Running a tape: forwards with tangents, or transposed and backwards with cotangents.

use super::linearize::{Goal, Linearizer};
use super::tape::{Branches, Kept, Loop, Step, Tangent, Tape};
use super::{Differentiated, transpose};
use crate::{Binary, ElementType, OpKind, TensorType, Type, ValueId};

/// What tangents or cotangents are, as far as they are known.
type Known = Vec<Option<ValueId>>;

fn known(tape: &Tape<'_>, tangents: &[Tangent], values: &[ValueId]) -> Known {
    let mut known = vec![None; tape.types.len()];
    tangents.iter().zip(values).for_each(|(tangent, &value)| known[tangent.0 as usize] = Some(value));
    known
}

impl<'f> Linearizer<'f> {
    /// Does something with a tape of its own.
    pub(super) fn nested<T>(
        &mut self,
        run: impl FnOnce(&mut Self) -> Differentiated<T>,
    ) -> Differentiated<T> {
        let tape = std::mem::take(&mut self.tape);
        let tangents = std::mem::take(&mut self.tangents);
        let result = run(self);
        self.tape = tape;
        self.tangents = tangents;
        result
    }

    // Forwards.

    /// Runs the tape on tangents of the inputs, and gives those of values of the old function.
    pub(super) fn push_forward(
        &mut self,
        inputs: &[Tangent],
        given: &[ValueId],
        wanted: &[ValueId],
    ) -> Differentiated<Vec<ValueId>> {
        let tape = std::mem::take(&mut self.tape);
        let mut known = known(&tape, inputs, given);
        let needed = tape.needed(wanted.iter().filter_map(|&value| self.tangent(value)));
        for (step, _) in tape.steps.iter().zip(needed).filter(|(_, needed)| *needed) {
            let results = match step {
                Step::Op { kind, operands, result } => {
                    let value = transpose::run(self, kind, operands, tape.ty(*result), &known)?;
                    vec![value]
                }
                Step::Branches(branches) => self.branches_forward(branches, &known)?,
                Step::Loop(turns) => self.loop_forward(turns, &tape, &known)?,
                Step::Unsupported { error, .. } => return Err(error.clone()),
            };
            for (tangent, value) in step.results().iter().zip(results) {
                known[tangent.0 as usize] = Some(value);
            }
        }
        wanted.iter().map(|&value| self.tangent_or_zeros(value, &known)).collect()
    }

    fn tangent_or_zeros(&mut self, value: ValueId, known: &Known) -> Differentiated<ValueId> {
        match self.tangent(value).and_then(|tangent| known[tangent.0 as usize]) {
            Some(value) => Ok(value),
            None => {
                let ty = self.source.type_of(value).as_tensor().expect("it has a tangent").clone();
                self.zeros(&ty)
            }
        }
    }

    fn branches_forward(&mut self, branches: &Branches<'f>, known: &Known) -> Differentiated<Vec<ValueId>> {
        let given = values(&branches.captured, known);
        let mut regions = Vec::new();
        for region in &branches.op.regions {
            let wanted: Vec<ValueId> = branches.results.iter().map(|&(i, _)| region.returns[i]).collect();
            regions.push(self.new_region(Vec::new(), |l, _| {
                l.nested(|l| {
                    let inputs: Vec<Tangent> = inputs(l, branches.captured.iter().map(|&(value, _)| value));
                    l.region(region)?;
                    l.push_forward(&inputs, &given, &wanted)
                })
            })?);
        }
        Ok(self.builder.inferred(branches.op.kind.clone(), &[branches.index], regions)?.to_vec())
    }

    fn loop_forward(
        &mut self,
        turns: &Loop<'f>,
        tape: &Tape<'f>,
        known: &Known,
    ) -> Differentiated<Vec<ValueId>> {
        let (condition, body) = (&turns.op.regions[0], &turns.op.regions[1]);
        let count = turns.initial.len();
        let mut carried = turns.initial.clone();
        for &(_, initial, result) in &turns.carried {
            let initial = initial.and_then(|tangent| known[tangent.0 as usize]);
            carried.push(match initial {
                Some(value) => value,
                None => self.zeros(tape.ty(result))?,
            });
        }
        let types: Vec<Type> = carried.iter().map(|&value| self.builder.type_of(value).clone()).collect();
        let condition = self.new_region(types.clone(), |l, parameters| l.copy_body(condition, parameters))?;
        let outer = values(&turns.captured, known);
        let wanted: Vec<ValueId> = turns.carried.iter().map(|&(i, ..)| body.returns[i]).collect();
        let turn = self.new_region(types.clone(), |l, parameters| {
            l.set_values(&body.parameters, parameters);
            l.nested(|l| {
                let own = turns.carried.iter().map(|&(i, ..)| body.parameters[i]);
                let inputs = inputs(l, own.chain(turns.captured.iter().map(|&(value, _)| value)));
                let returned = l.region(body)?;
                let given = [&parameters[count..], &outer].concat();
                let tangents = l.push_forward(&inputs, &given, &wanted)?;
                Ok([returned, tangents].concat())
            })
        })?;
        Ok(self.builder.op(OpKind::While, &carried, types, vec![condition, turn])[count..].to_vec())
    }

    // Backwards.

    /// Runs the tape transposed, from cotangents of values of the old function to those of the inputs.
    pub(super) fn pull_back(
        &mut self,
        inputs: &[Tangent],
        from: &[ValueId],
        cotangents: &[ValueId],
    ) -> Differentiated<Vec<ValueId>> {
        let tape = std::mem::take(&mut self.tape);
        let mut known: Known = vec![None; tape.types.len()];
        for (&value, &cotangent) in from.iter().zip(cotangents) {
            if let Some(tangent) = self.tangent(value) {
                self.accumulate(&mut known, tangent, cotangent)?;
            }
        }
        for step in tape.steps.iter().rev() {
            let results = step.results();
            if results.iter().all(|tangent| known[tangent.0 as usize].is_none()) {
                continue;
            }
            match step {
                Step::Op { kind, operands, result } => {
                    let cotangent = known[result.0 as usize].expect("there is one, as was seen");
                    let parts = transpose::transpose(self, kind, operands, &tape, cotangent)?;
                    for (tangent, part) in parts {
                        self.accumulate(&mut known, tangent, part)?;
                    }
                }
                Step::Branches(branches) => self.branches_backward(branches, &tape, &mut known)?,
                Step::Loop(turns) => self.loop_backward(turns, &tape, &mut known)?,
                Step::Unsupported { error, .. } => return Err(error.clone()),
            }
        }
        let found = inputs.iter().map(|tangent| match known[tangent.0 as usize] {
            Some(value) => Ok(value),
            None => self.zeros(tape.ty(*tangent)),
        });
        found.collect()
    }

    fn accumulate(&mut self, known: &mut Known, tangent: Tangent, part: ValueId) -> Differentiated<()> {
        let sum = &mut known[tangent.0 as usize];
        *sum = Some(match *sum {
            Some(rest) => self.binary(Binary::Add, rest, part)?,
            None => part,
        });
        Ok(())
    }

    fn branches_backward(
        &mut self,
        branches: &Branches<'f>,
        tape: &Tape<'f>,
        known: &mut Known,
    ) -> Differentiated<()> {
        if branches.captured.is_empty() {
            return Ok(());
        }
        let cotangents = self.all(tape, branches.results.iter().map(|&(_, tangent)| tangent), known)?;
        let mut regions = Vec::new();
        for region in &branches.op.regions {
            let from: Vec<ValueId> = branches.results.iter().map(|&(i, _)| region.returns[i]).collect();
            regions.push(self.new_region(Vec::new(), |l, _| {
                l.nested(|l| {
                    let inputs = inputs(l, branches.captured.iter().map(|&(value, _)| value));
                    l.region(region)?;
                    l.pull_back(&inputs, &from, &cotangents)
                })
            })?);
        }
        let parts = self.builder.inferred(branches.op.kind.clone(), &[branches.index], regions)?;
        for (&(_, tangent), &part) in branches.captured.iter().zip(&parts) {
            self.accumulate(known, tangent, part)?;
        }
        Ok(())
    }

    fn loop_backward(&mut self, turns: &Loop<'f>, tape: &Tape<'f>, known: &mut Known) -> Differentiated<()> {
        debug_assert_eq!(self.goal, Goal::Backward);
        let body = &turns.op.regions[1];
        let record = turns.turns.as_ref().expect("loops keep their turns in reverse mode");
        let counter = TensorType::scalar(ElementType::I64);
        let left = self.number(&counter, record.count as f64)?;
        let own = self.all(tape, turns.carried.iter().map(|&(_, _, result)| result), known)?;
        let mut carried = [vec![left], own].concat();
        for &(_, tangent) in &turns.captured {
            carried.push(self.zeros(tape.ty(tangent))?);
        }
        let types: Vec<Type> = carried.iter().map(|&value| self.builder.type_of(value).clone()).collect();
        let condition = self.new_region(types.clone(), |l, parameters| {
            let zero = l.zeros(&counter)?;
            Ok(vec![l.compare(crate::ComparisonDirection::Gt, parameters[0], zero)?])
        })?;
        let from: Vec<ValueId> = turns.carried.iter().map(|&(i, ..)| body.returns[i]).collect();
        let turn = self.new_region(types.clone(), |l, parameters| {
            let one = l.number(&counter, 1.0)?;
            let turn = l.binary(Binary::Subtract, parameters[0], one)?;
            let mut began = Vec::with_capacity(record.kept.len());
            for kept in &record.kept {
                began.push(l.kept_in(*kept, turn)?);
            }
            l.set_values(&body.parameters, &began);
            let (own, sums) = parameters[1..].split_at(turns.carried.len());
            let parts = l.nested(|l| {
                let places = turns.carried.iter().map(|&(i, ..)| body.parameters[i]);
                let inputs = inputs(l, places.chain(turns.captured.iter().map(|&(value, _)| value)));
                l.region(body)?;
                l.pull_back(&inputs, &from, own)
            })?;
            let mut next = vec![turn];
            next.extend(&parts[..own.len()]);
            for (&sum, &part) in sums.iter().zip(&parts[own.len()..]) {
                next.push(l.binary(Binary::Add, sum, part)?);
            }
            Ok(next)
        })?;
        let results = self.builder.op(OpKind::While, &carried, types, vec![condition, turn]);
        let (own, sums) = results[1..].split_at(turns.carried.len());
        for (&(_, initial, _), &part) in turns.carried.iter().zip(own) {
            if let Some(initial) = initial {
                self.accumulate(known, initial, part)?;
            }
        }
        for (&(_, tangent), &part) in turns.captured.iter().zip(sums) {
            self.accumulate(known, tangent, part)?;
        }
        Ok(())
    }

    /// What a turn of a loop began with.
    fn kept_in(&mut self, kept: Kept, turn: ValueId) -> Differentiated<ValueId> {
        let all = match kept {
            Kept::Same(value) => return Ok(value),
            Kept::Each(all) => all,
        };
        let dims = self.ty(all).dims[1..].to_vec();
        let sizes: Vec<usize> = [1].into_iter().chain(dims.iter().copied()).collect();
        let zero = self.zeros(&TensorType::scalar(ElementType::I64))?;
        let mut operands = vec![all, turn];
        operands.resize(2 + dims.len(), zero);
        let slice = self.builder.inferred(OpKind::DynamicSlice { sizes }, &operands, Vec::new())?[0];
        Ok(self.builder.reshape(slice, &dims)?)
    }

    /// The cotangents of several, zeros where there is none.
    fn all(
        &mut self,
        tape: &Tape<'f>,
        tangents: impl Iterator<Item = Tangent>,
        known: &Known,
    ) -> Differentiated<Vec<ValueId>> {
        let all = tangents.map(|tangent| match known[tangent.0 as usize] {
            Some(value) => Ok(value),
            None => self.zeros(tape.ty(tangent)),
        });
        all.collect()
    }
}

/// Gives tangents to values of the old function, on the tape that is there.
fn inputs(l: &mut Linearizer<'_>, of: impl Iterator<Item = ValueId>) -> Vec<Tangent> {
    of.map(|value| l.input(value)).collect()
}

fn values(captured: &[(ValueId, Tangent)], known: &Known) -> Vec<ValueId> {
    let value =
        |&(_, tangent): &(ValueId, Tangent)| known[tangent.0 as usize].expect("tangents come in order");
    captured.iter().map(value).collect()
}
