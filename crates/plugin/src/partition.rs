//! Programs of several partitions whose parts are settled: what each device does is written out in them.
//!
//! JAX says how tensors are spread over devices by Shardy's attributes, and leaves it to a compiler to cut the program up.
//! None of that is done here. But what `jax.pmap` and `jax.shard_map` make is cut already: a `sdy.manual_computation` holds
//! the program of one device, on its part of every argument. Where the program's own arguments and results are spread as
//! that says, and everything around it is on whole tensors, which every device can compute by itself, the manual
//! computation takes its own place, and what is left is the program of one device.

use std::collections::{HashMap, HashSet};

use runahead::ir::{Attribute, Attributes, Function, Module, Op, OpKind, Region, Type, ValueId, passes};

use crate::error::Fault;

/// The operation that holds the program of one device.
const MANUAL: &str = "sdy.manual_computation";
/// The attribute that says how an argument or a result is spread.
const SHARDING: &str = "sdy.sharding";
/// How large the program may become when calls are inlined.
const MOST_OPERATIONS: usize = 1 << 20;

/// The program of one device of a program of several partitions.
///
/// # Errors
/// Where it would have to be partitioned.
pub(crate) fn of_one_device(module: &Module) -> Result<Module, Fault> {
    let mut module = module.clone();
    passes::inline_calls(&mut module, MOST_OPERATIONS).map_err(|error| Fault::invalid(error.to_string()))?;
    let main = module.main().map(|main| main.name.clone());
    let main = module.functions.iter_mut().find(|function| Some(&function.name) == main.as_ref());
    let main = main.ok_or_else(|| Fault::invalid("the program has no function @main"))?;
    cut(main)?;
    Ok(module)
}

fn refused(what: impl std::fmt::Display) -> Fault {
    Fault::unimplemented(format!(
        "{what}: the program would have to be partitioned, which Runahead does not do; say by jax.shard_map or jax.pmap what \
         each device does, on arguments and results that are spread alike"
    ))
}

/// How a value is spread, as Shardy's text says between `<` and `>`; whole where no axis is named.
fn spread(attributes: Option<&Attributes>) -> &str {
    match attributes.and_then(|attributes| attributes.get(SHARDING)) {
        Some(Attribute::Opaque(text)) => inner(text, "#sdy.sharding<", ">").unwrap_or(text),
        _ => "",
    }
}

fn is_whole(sharding: &str) -> bool {
    !sharding.contains('"')
}

fn inner<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.strip_prefix(before)?.strip_suffix(after)
}

/// The shardings of a list, one for each value.
fn shardings<'a>(op: &'a Op, name: &str) -> Result<Vec<&'a str>, Fault> {
    let text = match op.attributes.get(name) {
        Some(Attribute::Opaque(text)) => inner(text, "#sdy.sharding_per_value<[", "]>"),
        _ => None,
    };
    let text = text.ok_or_else(|| Fault::invalid(format!("{MANUAL} without {name}")))?;
    let (mut found, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'<' => {
                depth += 1;
                if depth == 1 {
                    start = at + 1;
                }
            }
            b'>' => {
                depth -= 1;
                if depth == 0 {
                    found.push(&text[start..at]);
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// Has a function do what one device does.
fn cut(main: &mut Function) -> Result<(), Fault> {
    let parameters = main.body.parameters.clone();
    // How the values are spread that are not whole.
    let mut parts: HashMap<ValueId, String> = HashMap::new();
    for (i, &parameter) in parameters.iter().enumerate() {
        let sharding = spread(main.parameter_attributes.get(i));
        if !is_whole(sharding) {
            parts.insert(parameter, sharding.to_owned());
        }
    }
    let mut settled: HashSet<ValueId> = HashSet::new();
    let mut names: HashMap<ValueId, ValueId> = HashMap::new();
    let mut ops = Vec::new();
    for mut op in std::mem::take(&mut main.body.ops) {
        rename_op(&mut op, &names);
        let is_manual = matches!(&op.kind, OpKind::Unknown { name } if &**name == MANUAL);
        if !is_manual {
            if uses(&op).iter().any(|value| parts.contains_key(value)) {
                return Err(refused(format!("{} on a tensor that is spread over devices", op.kind.name())));
            }
            ops.push(op);
            continue;
        }
        let (given, taken) = (shardings(&op, "out_shardings")?, shardings(&op, "in_shardings")?);
        let Some(body) = op.regions.first() else {
            return Err(Fault::invalid(format!("{MANUAL} without a body")));
        };
        let lengths = [taken.len(), body.parameters.len(), given.len(), body.returns.len()];
        if lengths != [op.operands.len(), op.operands.len(), op.results.len(), op.results.len()] {
            return Err(Fault::invalid(format!("{MANUAL} whose values are not those of its body")));
        }
        let mut inside = HashMap::new();
        for ((&operand, &parameter), sharding) in op.operands.iter().zip(&body.parameters).zip(taken) {
            let known = parts.get(&operand).map_or("", String::as_str);
            if known != sharding && !(is_whole(known) && is_whole(sharding)) {
                return Err(refused(format!(
                    "an operand that is spread by <{known}> and taken by <{sharding}>"
                )));
            }
            let local: Type = main.values[parameter].clone();
            if main.values[operand] != local {
                if !parameters.contains(&operand) && !settled.contains(&operand) {
                    return Err(refused("an operand that is only a part of what computed it"));
                }
                main.values[operand] = local;
            }
            settled.insert(operand);
            inside.insert(parameter, operand);
        }
        let given: Vec<String> = given.into_iter().map(str::to_owned).collect();
        let mut body = op.regions.remove(0);
        rename_region(&mut body, &inside);
        ops.append(&mut body.ops);
        for ((&result, value), sharding) in op.results.iter().zip(body.returns).zip(given) {
            names.insert(result, value);
            if !is_whole(&sharding) {
                parts.insert(value, sharding);
            }
        }
    }
    main.body.ops = ops;
    for value in &mut main.body.returns {
        *value = names.get(value).copied().unwrap_or(*value);
    }
    for (i, value) in main.body.returns.iter().enumerate() {
        let wanted = spread(main.result_attributes.get(i));
        let known = parts.get(value).map_or("", String::as_str);
        if known != wanted && !(is_whole(known) && is_whole(wanted)) {
            return Err(refused(format!(
                "result {i}, which is spread by <{known}> and wanted by <{wanted}>"
            )));
        }
        main.result_types[i] = main.values[*value].clone();
    }
    // What is spread and only handed on is not what its type says, nor is what nobody uses.
    if let Some(left) = parameters.iter().position(|it| parts.contains_key(it) && !settled.contains(it)) {
        return Err(refused(format!("argument {left}, of which no device is told its part")));
    }
    Ok(())
}

/// The values that an operation takes, in its regions too.
fn uses(op: &Op) -> Vec<ValueId> {
    let mut values: Vec<ValueId> = op.operands.to_vec();
    for region in &op.regions {
        values.extend(&region.returns);
        region.ops.iter().for_each(|op| values.extend(uses(op)));
    }
    values
}

fn rename_op(op: &mut Op, names: &HashMap<ValueId, ValueId>) {
    for operand in &mut op.operands {
        *operand = names.get(operand).copied().unwrap_or(*operand);
    }
    op.regions.iter_mut().for_each(|region| rename_region(region, names));
}

fn rename_region(region: &mut Region, names: &HashMap<ValueId, ValueId>) {
    region.ops.iter_mut().for_each(|op| rename_op(op, names));
    for value in &mut region.returns {
        *value = names.get(value).copied().unwrap_or(*value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shardings_of_a_list() {
        let text = "#sdy.sharding_per_value<[<@mesh, [{\"i\"}, {}]>, <@mesh, [{}]>]>";
        let attributes = Attributes(vec![("in_shardings".into(), Attribute::Opaque(text.into()))]);
        let op = Op {
            kind: OpKind::Unknown { name: MANUAL.into() },
            operands: Default::default(),
            results: Default::default(),
            regions: Vec::new(),
            attributes,
            location: Default::default(),
        };
        assert_eq!(shardings(&op, "in_shardings").unwrap(), ["@mesh, [{\"i\"}, {}]", "@mesh, [{}]"]);
        assert!(shardings(&op, "out_shardings").is_err());
    }
}
