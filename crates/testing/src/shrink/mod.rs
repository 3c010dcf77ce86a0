//! Programs that fail, made smaller while they fail.
//!
//! Results, arguments, operations and the values that loops and branches hand on are left out, operations are replaced by
//! their operands or by constants, loops and branches by one turn and one branch, sizes and types by smaller ones: whatever
//! still verifies and fails in the same way stands for the program from then on.

mod edit;
mod rewrite;

use runahead_ir::{OpKind, TensorType, Type, passes, verify};

use crate::Case;
use crate::values::{Draw, elements};
use edit::{Edit, ops_in};

/// Makes a case smaller as long as `fails` says that it fails in the same way, with that many tries at most.
pub fn shrink(case: &Case, tries: usize, fails: &mut dyn FnMut(&Case) -> bool) -> Case {
    let mut best = case.clone();
    tidy(&mut best);
    let best = if fails(&best) { best } else { case.clone() };
    let size = size(&best);
    let mut shrinker = Shrinker { best, size, tries, fails };
    loop {
        let before = shrinker.size;
        shrinker.results();
        shrinker.inline();
        shrinker.operations();
        shrinker.handed_on();
        shrinker.arguments();
        shrinker.rewrites();
        if shrinker.size >= before || shrinker.tries == 0 {
            return shrinker.best;
        }
    }
}

/// How large a program is: its operations and values first, then the length of its text.
type Size = (usize, usize, usize);

fn size(case: &Case) -> Size {
    let (mut ops, mut real, mut values) = (0, 0, 0);
    for function in &case.module.functions {
        values += 2 * function.body.parameters.len() + 2 * function.result_types.len() + 4;
        function.for_each_op(|op| {
            ops += 1;
            real += usize::from(!matches!(op.kind, OpKind::Constant(_)));
            values += op.operands.len() + op.results.len();
            values += op.regions.iter().map(|r| r.parameters.len() + r.returns.len()).sum::<usize>();
        });
    }
    // Arguments that are all the same are simpler than others.
    let of_kinds = |bytes: &Vec<u8>| bytes.iter().collect::<std::collections::HashSet<_>>().len();
    let kinds: usize = case.arguments.iter().map(of_kinds).sum();
    let length = case.module.to_string().len() + case.arguments.iter().map(Vec::len).sum::<usize>() + kinds;
    (4 * real + ops + values + 2 * case.donated.len(), values, length)
}

struct Shrinker<'f> {
    best: Case,
    size: Size,
    tries: usize,
    fails: &'f mut dyn FnMut(&Case) -> bool,
}

impl Shrinker<'_> {
    /// Tries a change; whether it stays.
    fn attempt(&mut self, change: impl FnOnce(&mut Case) -> Option<()>) -> bool {
        if self.tries == 0 {
            return false;
        }
        let mut case = self.best.clone();
        if change(&mut case).is_none() {
            return false;
        }
        if verify(&case.module).is_err() {
            return false;
        }
        tidy(&mut case);
        let size = size(&case);
        if size >= self.size {
            return false;
        }
        self.tries -= 1;
        if verify(&case.module).is_ok() && (self.fails)(&case) {
            (self.best, self.size) = (case, size);
            return true;
        }
        false
    }

    /// Leaves results out, many at once first.
    fn results(&mut self) {
        let mut count = self.best.main().result_types.len() / 2;
        while count > 0 {
            let mut at = 0;
            while at < self.best.main().result_types.len() {
                let removed = self.attempt(|case| {
                    let main = main_mut(case)?;
                    let end = (at + count).min(main.result_types.len());
                    (end - at < main.result_types.len()).then_some(())?;
                    main.result_types.drain(at..end);
                    main.result_attributes.drain(at..end);
                    main.body.returns.drain(at..end);
                    main.parameter_attributes.iter_mut().for_each(|a| drop(a.remove("tf.aliasing_output")));
                    Some(())
                });
                at += if removed { 0 } else { count };
            }
            count /= 2;
        }
    }

    /// Writes out calls, and says nothing of memory.
    fn inline(&mut self) {
        self.attempt(|case| passes::inline_calls(&mut case.module, 10_000).ok());
        self.attempt(|case| {
            main_mut(case)?.parameter_attributes.iter_mut().for_each(|a| *a = Default::default());
            Some(())
        });
    }

    /// Replaces operations, the last ones first.
    fn operations(&mut self) {
        for function in 0..self.best.module.functions.len() {
            let mut at = self.count(function);
            while at > 0 {
                at = (at - 1).min(self.count(function).saturating_sub(1));
                self.operation(function, at);
                if self.tries == 0 || function >= self.best.module.functions.len() {
                    return;
                }
            }
        }
    }

    fn count(&self, function: usize) -> usize {
        self.best.module.functions.get(function).map_or(0, |f| ops_in(&f.body))
    }

    fn operation(&mut self, function: usize, at: usize) {
        let mut edit = |change: &mut dyn FnMut(&mut Edit<'_>) -> Option<()>| {
            self.attempt(|case| edit::edit(case.module.functions.get_mut(function)?, at, change))
        };
        // Operands of the same types, each for a result: initial values for a loop's.
        let mut done = edit(&mut |e| e.by_operands());
        for operand in 0..3 {
            done = done || edit(&mut |e| e.by_operand(operand));
        }
        done = done || edit(&mut |e| e.by_constants(0));
        done = done || edit(&mut |e| e.by_constants(1));
        for region in 0..4 {
            done = done || edit(&mut |e| e.by_region(region));
        }
        if done {
            return;
        }
        for region in (0..4).rev() {
            edit(&mut |e| e.without_branch(region));
        }
        for slot in (0..8).rev() {
            edit(&mut |e| e.without_slot(slot));
        }
        edit(&mut |e| e.by_splat());
        self.by_argument(function, at);
    }

    /// A value of the main function by an argument, so that what it was computed from goes.
    fn by_argument(&mut self, function: usize, at: usize) {
        self.attempt(|case| {
            let main = case.module.functions.get_mut(function)?;
            let is_main = function == 0 || &*main.name == "main";
            is_main.then_some(())?;
            let ty = edit::by_argument(main, at)?;
            case.arguments.push(elements(&ty, at as u64, Draw::Whole));
            Some(())
        });
    }

    /// Operands of operations inside regions by what stands around, and by each other.
    fn handed_on(&mut self) {
        for function in 0..self.best.module.functions.len() {
            for at in (0..self.count(function)).rev() {
                for (region, position) in
                    (0..3).flat_map(|region| (0..8).map(move |position| (region, position)))
                {
                    self.attempt(|case| {
                        let function = case.module.functions.get_mut(function)?;
                        edit::edit(function, at, &mut |e| e.return_own_parameter(region, position))
                    });
                }
            }
        }
    }

    fn arguments(&mut self) {
        for argument in (0..self.best.arguments.len()).rev() {
            self.attempt(|case| {
                case.donated.retain(|&d| d != argument);
                Some(())
            });
            for number in [0.0, 1.0] {
                self.attempt(|case| {
                    let ty = case.types().get(argument)?.clone();
                    let element = runahead_ir::float::element_bytes(ty.element, number);
                    case.arguments[argument] = element.repeat(ty.element_count()?);
                    Some(())
                });
            }
            // One argument for two.
            for other in 0..argument {
                self.attempt(|case| {
                    let main = main_mut(case)?;
                    let [a, b] = [argument, other].map(|i| main.body.parameters[i]);
                    (main.type_of(a) == main.type_of(b)).then_some(())?;
                    edit::replace(&mut main.body, &[(a, b)]);
                    Some(())
                });
            }
            self.attempt(|case| {
                let bytes = case.arguments[argument].clone();
                let main = main_mut(case)?;
                let value = main.body.parameters[argument];
                let ty = main.type_of(value).as_tensor()?.clone();
                let literal = runahead_ir::Literal::new(ty.clone(), bytes).ok()?;
                let new = main.values.add(Type::Tensor(ty));
                edit::replace(&mut main.body, &[(value, new)]);
                main.body.ops.insert(0, edit::constant(literal, new));
                Some(())
            });
        }
    }

    /// Smaller sizes and simpler types, by the program's text.
    fn rewrites(&mut self) {
        for (from, to) in rewrite::proposals(&self.best) {
            self.attempt(|case| {
                *case = rewrite::rewritten(case, &from, &to)?;
                Some(())
            });
        }
    }
}

fn main_mut(case: &mut Case) -> Option<&mut runahead_ir::Function> {
    let at = case.module.functions.iter().position(|f| &*f.name == "main").unwrap_or(0);
    case.module.functions.get_mut(at)
}

/// Removes what nothing uses: operations, functions, arguments.
fn tidy(case: &mut Case) {
    case.module.functions.iter_mut().for_each(passes::dce);
    loop {
        let called: Vec<_> = case.module.functions.iter().flat_map(|f| f.callees()).collect();
        let before = case.module.functions.len();
        case.module.functions.retain(|f| &*f.name == "main" || called.contains(&f.name));
        if case.module.functions.len() == before {
            break;
        }
    }
    let Case { module, arguments, donated } = case;
    let Some(main) = module.functions.iter_mut().find(|f| &*f.name == "main") else { return };
    let mut used = std::collections::HashSet::new();
    edit::uses(&main.body, &mut |value| {
        used.insert(value);
    });
    for i in (0..main.body.parameters.len()).rev() {
        if used.contains(&main.body.parameters[i]) {
            continue;
        }
        main.body.parameters.remove(i);
        main.parameter_names.remove(i);
        main.parameter_attributes.remove(i);
        arguments.remove(i);
        donated.retain(|&d| d != i);
        donated.iter_mut().for_each(|d| *d -= usize::from(*d > i));
    }
}

/// A tensor type, for what needs one.
fn tensor(ty: &Type) -> Option<&TensorType> {
    ty.as_tensor().filter(|ty| ty.quantization.is_none())
}
