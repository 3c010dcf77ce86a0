//! Faults seeded into placement: each is one that a mistake in the passes could make, and the proof has to find all that
//! change what a program computes.

mod programs;

use std::collections::HashMap;
use std::sync::Arc;

use runahead_ir::{Module, parse};
use runahead_runtime::AlignedBytes;

use super::super::check::{self, Claims, Sizes};
use super::super::draft::{Cell, Draft, Step};
use super::super::{CompileOptions, build, lower, needs};
use super::live::Ranges;
use super::merge::Buffers;
use super::{Donations, Placed, copies, emit, homes, live, merge};
use crate::plan::{Action, Home, Parameter, Program, Span};
use crate::process::Process;
use crate::run::Input;
use crate::testing::Random;

/// What is done wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Fault {
    /// A value's life ends one step too early.
    EndsEarly,
    /// A value's life begins too late.
    BeginsLate,
    /// A value that a loop reads is not kept until the loop's end.
    NotKeptInLoop,
    /// A loop's parameter is not kept from the body's end to the test.
    NotKeptToTest,
    /// A value that comes after a choice is not kept in one of its branches.
    NotKeptInBranch,
    /// Two values share a buffer that are needed at the same time.
    SharedByTwo,
    /// A copy at a loop's entry is left out.
    EntryCopyLeftOut,
    /// A copy at the end of a loop's body is left out.
    BackCopyLeftOut,
    /// A copy at the end of a branch or of the program is left out.
    OtherCopyLeftOut,
    /// Copies that take place at once are done in the order of the text.
    CopiesInOrder,
    /// What copies overwrite is not brought to safety.
    SpareLeftOut,
    /// A buffer lies where another one is.
    Overlapping,
    /// A buffer lies in a donated parameter that is still read.
    InParameter,
    /// A constant is looked for elsewhere.
    ConstantElsewhere,
    /// A step reads an operand where another one is.
    OtherOperand,
    /// Two steps run in the wrong order.
    Exchanged,
    /// A loop tests what another value's place holds.
    OtherPredicate,
    /// Two results are left in each other's place.
    ResultsExchanged,
}

const FAULTS: [Fault; 18] = [
    Fault::EndsEarly,
    Fault::BeginsLate,
    Fault::NotKeptInLoop,
    Fault::NotKeptToTest,
    Fault::NotKeptInBranch,
    Fault::SharedByTwo,
    Fault::EntryCopyLeftOut,
    Fault::BackCopyLeftOut,
    Fault::OtherCopyLeftOut,
    Fault::CopiesInOrder,
    Fault::SpareLeftOut,
    Fault::Overlapping,
    Fault::InParameter,
    Fault::ConstantElsewhere,
    Fault::OtherOperand,
    Fault::Exchanged,
    Fault::OtherPredicate,
    Fault::ResultsExchanged,
];

/// A plan, made with a fault or without.
struct Made {
    program: Program,
    /// What the proof says of it, and what its first part does: the bounds of memory, without which it must not run.
    proof: Result<(), String>,
    may_run: bool,
}

/// Plans a program, with a fault in it; `None` where it has no place for that fault.
fn plan(module: &Module, donated: &[usize], fault: Option<Fault>, random: &mut Random) -> Option<Made> {
    let options = CompileOptions { donated: donated.to_vec(), ..CompileOptions::default() };
    let function = module.main().unwrap();
    let (graph, mut block) = build::build(module, function, options.limits).unwrap();
    needs::drop_unneeded(&graph, &mut block);
    let mut draft = lower::lower(module, &options, &graph, &block).unwrap();
    let constants = draft.cells.constants().unwrap();
    let donations = Donations { donated, wanted: &|_| None };

    let mut lives = live(&draft);
    let mut seeded = fault.is_none() || shorten(fault, &draft, &mut lives, random);
    let mut buffers = merge(&draft, lives, &donations);
    seeded |= share(fault, &mut buffers, random);
    let mut sequences = copies::sequences(&mut draft, &mut buffers);
    seeded |= disorder(fault, &draft, &buffers, &mut sequences, random);
    let mut homes = homes(&draft, &buffers);
    seeded |= displace(fault, &draft, &buffers, &mut homes, random);
    let Placed { mut actions, mut claims, arena_bytes, results_in } =
        emit(draft, &buffers, &sequences, &homes);
    seeded |= confuse(fault, &mut actions, &mut claims, random);
    if !seeded {
        return None;
    }

    let types = |function: &runahead_ir::Function| -> Vec<runahead_ir::TensorType> {
        function.body.parameters.iter().map(|&p| function.type_of(p).as_tensor().unwrap().clone()).collect()
    };
    let parameters: Vec<Parameter> = types(function)
        .into_iter()
        .enumerate()
        .map(|(i, ty)| Parameter { name: None, ty, donated: donated.contains(&i), result: results_in[i] })
        .collect();
    let results: Vec<_> = block.returns.iter().map(|&val| graph.info(val).ty.clone()).collect();
    let result_bytes: Box<[usize]> = results
        .iter()
        .enumerate()
        .map(|(i, ty)| match results_in.contains(&Some(i)) {
            true => 0,
            false => ty.byte_count().unwrap(),
        })
        .collect();
    let sizes =
        Sizes { parameters: &parameters, results: &result_bytes, constants: &constants, arena: arena_bytes };
    let proof = check::check(&graph, &block, &actions, &claims, &sizes);
    let may_run = check::check_spans(&actions, &sizes).is_ok();
    let program = Program {
        parameter_bytes: parameters.iter().map(|p| p.ty.byte_count().unwrap()).collect(),
        parameters,
        results,
        result_bytes,
        actions,
        constants,
        arena_bytes,
        allocated_bytes: 0,
        table_bytes: 0,
        runs: Default::default(),
        uses_feeds: false,
        nanoseconds: 0,
    };
    Some(Made { program, proof, may_run })
}

fn one_of<T: Copy>(items: &[T], random: &mut Random) -> Option<T> {
    (!items.is_empty()).then(|| items[random.below(items.len())])
}

/// Calls `visit` for every step, at any depth.
fn for_each_step<'a>(steps: &'a [Step], visit: &mut dyn FnMut(&'a Step)) {
    for step in steps {
        visit(step);
        match step {
            Step::Run(_) => {}
            Step::While(repeat) => {
                for_each_step(&repeat.condition, visit);
                for_each_step(&repeat.body, visit);
            }
            Step::Choose(choose) => choose.branches.iter().for_each(|b| for_each_step(&b.steps, visit)),
        }
    }
}

/// Faults in when values are needed.
fn shorten(fault: Option<Fault>, draft: &Draft, lives: &mut [Ranges], random: &mut Random) -> bool {
    let mut loops = Vec::new();
    let mut choices = Vec::new();
    for_each_step(&draft.steps, &mut |step| match step {
        Step::While(repeat) => loops.push(repeat),
        Step::Choose(choose) => choices.push(choose),
        Step::Run(_) => {}
    });
    let long = |ranges: &Ranges| ranges.0.iter().any(|(first, last)| last - first > 2);
    let cells: Vec<usize> = (0..lives.len()).filter(|&cell| long(&lives[cell])).collect();
    match fault {
        Some(Fault::EndsEarly | Fault::BeginsLate) => {
            let Some(cell) = one_of(&cells, random) else { return false };
            let range = lives[cell].0.iter_mut().rev().find(|(first, last)| last - first > 2).unwrap();
            match fault {
                Some(Fault::EndsEarly) => range.1 -= 2,
                _ => range.0 += ((range.1 - range.0) / 2).max(2),
            }
            true
        }
        Some(Fault::NotKeptInLoop) => {
            let Some(repeat) = one_of(&loops, random) else { return false };
            let (entry, end) = (live::reads(repeat.entry), live::writes(repeat.back));
            let kept: Vec<usize> = cells
                .iter()
                .copied()
                .filter(|&cell| lives[cell].0.iter().any(|&(first, last)| first < entry && last == end))
                .collect();
            let Some(cell) = one_of(&kept, random) else { return false };
            let range = lives[cell].0.iter_mut().find(|range| range.1 == end).unwrap();
            range.1 = live::writes(repeat.test);
            true
        }
        Some(Fault::NotKeptToTest) => {
            let Some(repeat) = one_of(&loops, random) else { return false };
            let carried = repeat.carried[random.below(repeat.carried.len())];
            let (entry, test) = (live::writes(repeat.entry), live::writes(repeat.test));
            let Some(range) = lives[carried.parameter.0].0.iter_mut().find(|r| r.0 <= entry && r.1 >= test)
            else {
                return false;
            };
            range.1 = entry;
            true
        }
        Some(Fault::NotKeptInBranch) => {
            let Some(choose) = one_of(&choices, random) else { return false };
            let branch = &choose.branches[random.below(choose.branches.len())];
            let (start, end) = (live::reads(branch.start), live::writes(branch.end));
            let through: Vec<usize> = cells
                .into_iter()
                .filter(|&cell| lives[cell].0.iter().any(|&(first, last)| first < start && last > end))
                .collect();
            let Some(cell) = one_of(&through, random) else { return false };
            let ranges = &mut lives[cell].0;
            let at = ranges.iter().position(|&(first, last)| first < start && last > end).unwrap();
            let (first, last) = ranges[at];
            ranges.splice(at..=at, [(first, start - 1), (end + 1, last)]);
            true
        }
        _ => false,
    }
}

/// Faults in what shares a buffer.
fn share(fault: Option<Fault>, buffers: &mut Buffers, random: &mut Random) -> bool {
    if fault != Some(Fault::SharedByTwo) {
        return false;
    }
    let all: Vec<Cell> = buffers.iter().map(|(cell, _)| cell).collect();
    let mut pairs = Vec::new();
    for &a in &all {
        for &b in &all {
            let (x, y) = (buffers.buffer(a), buffers.buffer(b));
            let plain = |cell: Cell| {
                let buffer = buffers.buffer(cell);
                buffer.constant.is_none() && buffer.parameter.is_none() && buffer.result.is_none()
            };
            if a < b && x.bytes == y.bytes && plain(a) && plain(b) && x.live.meets(&y.live) {
                pairs.push((a, b));
            }
        }
    }
    let Some((a, b)) = one_of(&pairs, random) else { return false };
    buffers.unite(a, b);
    true
}

/// Faults in copies.
fn disorder(
    fault: Option<Fault>,
    draft: &Draft,
    buffers: &Buffers,
    sequences: &mut copies::Sequences,
    random: &mut Random,
) -> bool {
    let (mut entries, mut backs) = (Vec::new(), Vec::new());
    for_each_step(&draft.steps, &mut |step| {
        if let Step::While(repeat) = step {
            entries.push(repeat.entry);
            backs.push(repeat.back);
        }
    });
    let mut ticks: Vec<usize> = sequences.keys().copied().collect();
    ticks.sort_unstable();
    let is_spare = |cell: Cell| draft.cells.val(cell).is_none() && buffers.buffer(cell).result.is_none();
    match fault {
        Some(fault @ (Fault::EntryCopyLeftOut | Fault::BackCopyLeftOut | Fault::OtherCopyLeftOut)) => {
            ticks.retain(|tick| match fault {
                Fault::EntryCopyLeftOut => entries.contains(tick),
                Fault::BackCopyLeftOut => backs.contains(tick),
                _ => !entries.contains(tick) && !backs.contains(tick),
            });
            let Some(tick) = one_of(&ticks, random) else { return false };
            let moves = sequences.get_mut(&tick).unwrap();
            moves.remove(random.below(moves.len()));
            true
        }
        Some(Fault::CopiesInOrder) => {
            ticks.retain(|tick| sequences[tick].len() > 1);
            let Some(tick) = one_of(&ticks, random) else { return false };
            let moves = sequences.get_mut(&tick).unwrap();
            let at = random.below(moves.len() - 1);
            moves.swap(at, at + 1);
            true
        }
        Some(Fault::SpareLeftOut) => {
            ticks.retain(|tick| sequences[tick].iter().any(|m| is_spare(m.to.cell)));
            let Some(tick) = one_of(&ticks, random) else { return false };
            let moves = sequences.get_mut(&tick).unwrap();
            let at = moves.iter().position(|m| is_spare(m.to.cell)).unwrap();
            let spare = moves.remove(at);
            moves.iter_mut().filter(|m| m.from.cell == spare.to.cell).for_each(|m| m.from = spare.from);
            true
        }
        _ => false,
    }
}

/// Faults in where buffers are.
fn displace(
    fault: Option<Fault>,
    draft: &Draft,
    buffers: &Buffers,
    homes: &mut homes::Homes,
    random: &mut Random,
) -> bool {
    let in_arena: Vec<(Cell, usize)> = {
        let mut all: Vec<(Cell, usize)> = homes
            .places
            .iter()
            .filter(|(cell, place)| place.0 == Home::Arena && buffers.buffer(**cell).bytes > 0)
            .map(|(&cell, &(_, start))| (cell, start))
            .collect();
        all.sort_unstable();
        all
    };
    match fault {
        Some(Fault::Overlapping) => {
            let (Some((a, _)), Some((b, at))) = (one_of(&in_arena, random), one_of(&in_arena, random)) else {
                return false;
            };
            let fits = at + buffers.buffer(a).bytes <= homes.arena_bytes;
            if a == b || !fits || !buffers.buffer(a).live.meets(&buffers.buffer(b).live) {
                return false;
            }
            homes.places.insert(a, (Home::Arena, at));
            true
        }
        Some(Fault::InParameter) => {
            let Some((cell, _)) = one_of(&in_arena, random) else { return false };
            let fitting: Vec<usize> = (0..draft.parameters.len())
                .filter(|&i| {
                    let memory = buffers.buffer(draft.parameters[i]);
                    memory.is_donated()
                        && memory.bytes >= buffers.buffer(cell).bytes
                        && memory.live.meets(&buffers.buffer(cell).live)
                })
                .collect();
            let Some(i) = one_of(&fitting, random) else { return false };
            homes.places.insert(cell, (Home::Parameter(i), 0));
            true
        }
        Some(Fault::ConstantElsewhere) => {
            let mut constants: Vec<(Cell, usize)> = homes
                .places
                .iter()
                .filter(|(_, place)| place.0 == Home::Constants)
                .map(|(&cell, &(_, start))| (cell, start))
                .collect();
            constants.sort_unstable();
            let (Some((a, x)), Some((b, y))) = (one_of(&constants, random), one_of(&constants, random))
            else {
                return false;
            };
            if a == b || buffers.buffer(a).bytes != buffers.buffer(b).bytes {
                return false;
            }
            homes.places.insert(a, (Home::Constants, y));
            homes.places.insert(b, (Home::Constants, x));
            true
        }
        _ => false,
    }
}

/// Faults in the finished actions.
fn confuse(
    fault: Option<Fault>,
    actions: &mut Vec<Action>,
    claims: &mut Claims,
    random: &mut Random,
) -> bool {
    match fault {
        Some(Fault::ResultsExchanged) => {
            let Some(at) = (1..claims.returns.len()).find(|&i| {
                let (a, b) = (claims.returns[0].1, claims.returns[i].1);
                a.len == b.len && claims.returns[0].0 != claims.returns[i].0
            }) else {
                return false;
            };
            let (a, b) = (claims.returns[0].1, claims.returns[at].1);
            let exchange = |span: &mut Span| match span.home {
                home if home == a.home => span.home = b.home,
                home if home == b.home => span.home = a.home,
                _ => {}
            };
            for_each_span(actions, &exchange);
            true
        }
        Some(fault @ (Fault::OtherOperand | Fault::Exchanged | Fault::OtherPredicate)) => {
            let mut count = 0;
            each_sequence(actions, &mut |_| count += 1);
            let mut at = random.below(count);
            let mut seeded = false;
            each_sequence(actions, &mut |actions| {
                if at == 0 {
                    seeded = confuse_sequence(fault, actions, random);
                }
                at = at.wrapping_sub(1);
            });
            seeded
        }
        _ => false,
    }
}

/// Calls `visit` for all actions that run one after the other, at each depth.
fn each_sequence(actions: &mut Vec<Action>, visit: &mut dyn FnMut(&mut Vec<Action>)) {
    visit(actions);
    for action in actions {
        match action {
            Action::While { condition, body, .. } => {
                each_sequence(condition, visit);
                each_sequence(body, visit);
            }
            Action::Choose { branches, .. } => branches.iter_mut().for_each(|b| each_sequence(b, visit)),
            _ => {}
        }
    }
}

fn for_each_span(actions: &mut Vec<Action>, change: &dyn Fn(&mut Span)) {
    each_sequence(actions, &mut |actions| {
        for action in actions {
            match action {
                Action::Run(step) => {
                    let step = Arc::get_mut(step).expect("a plan's step is shared once it is compiled");
                    let spans = step.operands.iter_mut().chain(&mut step.results);
                    spans.chain([&mut step.scratch]).for_each(change);
                }
                Action::Copy { from, to } => [from, to].into_iter().for_each(change),
                Action::While { predicate, .. } => change(predicate),
                Action::Choose { index, .. } => change(index),
                Action::Native(_) => {}
            }
        }
    });
}

fn confuse_sequence(fault: Fault, actions: &mut [Action], random: &mut Random) -> bool {
    let steps: Vec<usize> = (0..actions.len()).filter(|&i| matches!(actions[i], Action::Run(_))).collect();
    match fault {
        Fault::Exchanged => {
            let neighbours: Vec<usize> = steps.iter().copied().filter(|i| steps.contains(&(i + 1))).collect();
            let Some(at) = one_of(&neighbours, random) else { return false };
            actions.swap(at, at + 1);
            true
        }
        Fault::OtherOperand => {
            let read: Vec<Span> = steps
                .iter()
                .flat_map(|&i| match &actions[i] {
                    Action::Run(step) => step.operands.clone(),
                    _ => Vec::new(),
                })
                .collect();
            let (Some(at), Some(other)) = (one_of(&steps, random), one_of(&read, random)) else {
                return false;
            };
            let Action::Run(step) = &mut actions[at] else { return false };
            let step = Arc::get_mut(step).expect("a plan's step is shared once it is compiled");
            let fits = |&i: &usize| {
                step.shared[i].is_none() && step.operands[i].len == other.len && step.operands[i] != other
            };
            let Some(i) = (0..step.operands.len()).find(fits) else { return false };
            step.operands[i] = other;
            true
        }
        _ => {
            let written: Vec<Span> = steps
                .iter()
                .filter_map(|&i| match &actions[i] {
                    Action::Run(step) => step.results.first().copied(),
                    _ => None,
                })
                .collect();
            let Some(other) = one_of(&written, random) else { return false };
            let mut tests = actions.iter_mut().filter_map(|action| match action {
                Action::While { predicate, .. } => Some(predicate),
                _ => None,
            });
            match tests.next() {
                Some(predicate) if predicate.home != other.home || predicate.start != other.start => {
                    *predicate = Span { len: 1, ..other };
                    true
                }
                _ => false,
            }
        }
    }
}

/// Runs a plan; none where its loops turn too often.
fn run(program: &Program, inputs: &[Vec<u8>]) -> Option<Vec<Vec<u8>>> {
    let rubbish = |bytes: usize| {
        let mut memory = AlignedBytes::zeroed(bytes).unwrap();
        memory.fill(0x81);
        memory
    };
    let mut inputs: Vec<AlignedBytes> = inputs.iter().map(|i| AlignedBytes::copy_of(i).unwrap()).collect();
    let mut results: Vec<AlignedBytes> = program.result_bytes.iter().map(|&bytes| rubbish(bytes)).collect();
    let mut arena = rubbish(program.arena_bytes);
    let turns = std::sync::atomic::AtomicUsize::new(0);
    let stop = move || turns.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 10_000;
    let process = Process::alone(None).stopped_by(std::sync::Arc::new(stop));
    let given =
        inputs.iter_mut().zip(&program.parameters).map(|(bytes, parameter)| match parameter.donated {
            true => Input::Keep(&mut bytes[..]),
            false => Input::Read(&bytes[..]),
        });
    program.run_on(&process, given, results.iter_mut().map(|r| &mut r[..]), &mut arena);
    let value = |i: usize| match program.parameters.iter().position(|p| p.result == Some(i)) {
        Some(parameter) => inputs[parameter].to_vec(),
        None => results[i].to_vec(),
    };
    process.failure().is_none().then(|| (0..results.len()).map(value).collect())
}

#[test]
fn every_fault_that_changes_a_result_is_found() {
    let mut wrong: HashMap<Fault, usize> = HashMap::new();
    let mut found: HashMap<Fault, usize> = HashMap::new();
    for seed in 0..PROGRAMS {
        let mut random = Random::new(seed);
        let text = programs::program(&mut random);
        let module = parse("test", &*text).unwrap_or_else(|e| panic!("seed {seed}: {e}\n{text}"));
        runahead_ir::verify(&module).unwrap_or_else(|e| panic!("seed {seed}: {}\n{text}", e[0]));
        let count = module.main().unwrap().body.parameters.len();
        let donated: Vec<usize> = (0..count).filter(|_| random.below(2) == 0).collect();
        let right = plan(&module, &donated, None, &mut random).unwrap();
        assert_eq!(right.proof, Ok(()), "seed {seed}: {text}");
        let inputs: Vec<Vec<u8>> =
            right.program.parameter_bytes.iter().map(|&bytes| random.bytes(bytes)).collect();
        let Some(expected) = run(&right.program, &inputs) else { continue };
        // With and without donation.
        let kept = plan(&module, &[], None, &mut random).unwrap();
        assert_eq!(kept.proof, Ok(()), "seed {seed}: {text}");
        assert_eq!(run(&kept.program, &inputs), Some(expected.clone()), "seed {seed}: {text}");
        for fault in FAULTS {
            let Some(made) = plan(&module, &donated, Some(fault), &mut random) else { continue };
            *found.entry(fault).or_default() += usize::from(made.proof.is_err());
            if made.may_run && run(&made.program, &inputs).as_ref() != Some(&expected) {
                *wrong.entry(fault).or_default() += 1;
                assert!(
                    made.proof.is_err(),
                    "seed {seed}: {fault:?} is not found\n{:?}\n{text}",
                    made.program.describe()
                );
            }
        }
    }
    for fault in FAULTS {
        let (wrong, found) =
            (wrong.get(&fault).copied().unwrap_or(0), found.get(&fault).copied().unwrap_or(0));
        assert!(wrong >= 5, "{fault:?} made {wrong} wrong results, and was found {found} times");
    }
}

/// How many programs are planned.
const PROGRAMS: u64 = 2000;
