//! One function instead of calls between many.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::text::MAX_NESTING;
use crate::{Function, Module, Op, OpKind, Region, ValueId, Values};

/// Why calls could not be inlined.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InlineError {
    /// The module has no `@main`, and not just one function.
    #[error("the module has no @main; expected that or a single function")]
    NoMain,
    /// A called function is not there, or takes or gives another number of values than the call.
    #[error("@{0} does not fit its calls; expected a module that verifies")]
    BadCallee(Arc<str>),
    /// The result would be too large, or calls go in circles.
    #[error(
        "more than {0} operations after inlining; expected fewer, or a higher limit, and no circles of calls"
    )]
    TooLarge(usize),
    /// Regions would nest too deep.
    #[error("regions nest more than {MAX_NESTING} levels deep after inlining; expected fewer")]
    TooDeep,
}

/// Replaces every call in the main function by the called function's operations, likewise every composite by its
/// decomposition, also inside regions. Functions that nothing refers to any more are removed.
///
/// `limit` is the most operations that may result; calls count too.
///
/// ```
/// let mut module = runahead_ir::parse(
///     "a.mlir",
///     "func.func @main(%a: tensor<f32>) -> tensor<f32> {
///        %0 = call @twice(%a) : (tensor<f32>) -> tensor<f32>
///        return %0 : tensor<f32>
///      }
///      func.func private @twice(%a: tensor<f32>) -> tensor<f32> {
///        %0 = stablehlo.add %a, %a : tensor<f32>
///        return %0 : tensor<f32>
///      }",
/// )?;
/// runahead_ir::passes::inline_calls(&mut module, 1000)?;
/// assert_eq!(module.functions.len(), 1);
/// assert_eq!(module.functions[0].body.ops[0].kind.name(), "stablehlo.add");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there is no main function, the limit is passed, or the module does not verify. The module is then as it was.
pub fn inline_calls(module: &mut Module, limit: usize) -> Result<(), InlineError> {
    let main = module.main().ok_or(InlineError::NoMain)?;
    let functions = module.functions.iter().map(|f| (&*f.name, f)).collect();
    let mut inliner = Inliner { functions, values: Values::default(), left: limit, limit };
    let mut map = HashMap::new();
    let body = inliner.region(main, &main.body, &mut map, 0)?;
    let values = inliner.values;
    let name = Arc::clone(&main.name);
    if let Some(main) = module.functions.iter_mut().find(|f| f.name == name) {
        (main.body, main.values) = (body, values);
    }
    remove_unreferenced(module, &name);
    Ok(())
}

struct Inliner<'m> {
    functions: HashMap<&'m str, &'m Function>,
    /// The types of the new main function's values.
    values: Values,
    left: usize,
    limit: usize,
}

/// The operations of a called function that are still to be copied. Calls are kept in a list and not on the stack, so
/// that a long chain of them is as good as a short one.
struct Frame<'m> {
    function: &'m Function,
    ops: std::slice::Iter<'m, Op>,
    /// The new value for each of the function's that is defined so far.
    map: HashMap<ValueId, ValueId>,
    /// The results of the call, in the caller.
    results: &'m [ValueId],
}

impl<'m> Inliner<'m> {
    fn spend(&mut self) -> Result<(), InlineError> {
        self.left = self.left.checked_sub(1).ok_or(InlineError::TooLarge(self.limit))?;
        Ok(())
    }

    /// New values with the types of a function's.
    fn define(&mut self, function: &Function, values: &[ValueId], map: &mut HashMap<ValueId, ValueId>) {
        for &value in values {
            map.insert(value, self.values.add(function.values[value].clone()));
        }
    }

    /// A copy of a region in which every call is replaced. `map` holds the values around it.
    fn region(
        &mut self,
        function: &'m Function,
        region: &'m Region,
        map: &mut HashMap<ValueId, ValueId>,
        depth: usize,
    ) -> Result<Region, InlineError> {
        if depth == MAX_NESTING {
            return Err(InlineError::TooDeep);
        }
        self.define(function, &region.parameters, map);
        let mut ops = Vec::new();
        let outer = std::mem::take(map);
        let mut frames = vec![Frame { function, ops: region.ops.iter(), map: outer, results: &[] }];
        while let Some(frame) = frames.last_mut() {
            let Some(op) = frame.ops.next() else {
                let Some(done) = frames.pop() else { break };
                match frames.last_mut() {
                    None => *map = done.map,
                    Some(caller) => {
                        let returns = &done.function.body.returns;
                        if returns.len() != done.results.len() {
                            return Err(InlineError::BadCallee(Arc::clone(&done.function.name)));
                        }
                        for (&result, &returned) in done.results.iter().zip(returns) {
                            caller.map.insert(result, lookup(&done.map, returned, done.function)?);
                        }
                    }
                }
                continue;
            };
            self.spend()?;
            let current = frame.function;
            let operands =
                op.operands.iter().map(|&v| lookup(&frame.map, v, current)).collect::<Result<_, _>>()?;
            if let Some(callee) = called(&op.kind) {
                let callee = match self.functions.get(&**callee) {
                    Some(found) if found.body.parameters.len() == op.operands.len() => *found,
                    _ => return Err(InlineError::BadCallee(Arc::clone(callee))),
                };
                let operands: Vec<ValueId> = operands;
                let map = callee.body.parameters.iter().copied().zip(operands).collect();
                frames.push(Frame {
                    function: callee,
                    ops: callee.body.ops.iter(),
                    map,
                    results: &op.results,
                });
                continue;
            }
            let mut regions = Vec::with_capacity(op.regions.len());
            for region in &op.regions {
                regions.push(self.region(current, region, &mut frame.map, depth + 1)?);
            }
            self.define(current, &op.results, &mut frame.map);
            ops.push(Op {
                kind: op.kind.clone(),
                operands: operands.into(),
                results: op.results.iter().map(|r| frame.map[r]).collect(),
                regions,
                attributes: op.attributes.clone(),
                location: op.location,
            });
        }
        Ok(Region {
            parameters: region.parameters.iter().map(|p| map[p]).collect(),
            ops,
            returns: region.returns.iter().map(|&v| lookup(map, v, function)).collect::<Result<_, _>>()?,
            return_location: region.return_location,
        })
    }
}

fn lookup(
    map: &HashMap<ValueId, ValueId>,
    value: ValueId,
    function: &Function,
) -> Result<ValueId, InlineError> {
    map.get(&value).copied().ok_or_else(|| InlineError::BadCallee(Arc::clone(&function.name)))
}

/// The function that an operation is replaced by.
fn called(kind: &OpKind) -> Option<&Arc<str>> {
    match kind {
        OpKind::Call { callee } => Some(callee),
        OpKind::Composite { decomposition, .. } => Some(decomposition),
        _ => None,
    }
}

/// Removes the functions that neither the main function nor what it refers to needs.
fn remove_unreferenced(module: &mut Module, main: &str) {
    let mut needed: HashSet<Arc<str>> = HashSet::new();
    let mut open: Vec<Arc<str>> = vec![main.into()];
    while let Some(name) = open.pop() {
        if let Some(function) = module.function(&name) {
            open.extend(function.references().into_iter().filter(|r| !needed.contains(r)));
        }
        needed.insert(name);
    }
    module.functions.retain(|f| needed.contains(&f.name));
}
