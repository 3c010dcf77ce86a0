//! The program of one device of a program of several partitions.
//!
//! JAX says by Shardy's attributes how tensors are spread over devices, and leaves it to a compiler to cut the program up. What
//! `jax.pmap` and `jax.shard_map` make is cut already: a `sdy.manual_computation` holds the program of one device, on its part
//! of every operand, and takes its own place here. Elementwise operations, products and reductions are done on parts too.
//! All else is done on whole tensors, by every device for itself: the parts of an operand are gathered where somebody wants it whole, and a device
//! takes its part of a whole tensor where it has to give one. So every program that is spread has its meaning; that each
//! device does all of the work costs time, but the devices are parts of one machine anyway.
//!
//! A function of the host that a program on whole tensors calls is called by one device, which tells the others its results.

use std::collections::{HashMap, HashSet};

use runahead::ir::{
    Attribute, Binary, Channel, ComparisonDirection, Function, Literal, Location, Module, Op, OpKind, Region,
    ReplicaGroups, Type, ValueId, Values, passes,
};
use runahead::{ElementType, TensorType};

use crate::callback;
use crate::error::Fault;
use crate::spread::{Meshes, Spread};

mod parts;

/// The operation that holds the program of one device.
const MANUAL: &str = "sdy.manual_computation";
/// The attribute that says how an argument or a result is spread.
const SHARDING: &str = "sdy.sharding";
/// How large the program may become when calls are inlined.
const MOST_OPERATIONS: usize = 1 << 20;

/// What one device does, and how the program's arguments and results are spread, as XLA writes it.
pub(crate) struct Cut {
    pub(crate) module: Module,
    pub(crate) arguments: Vec<String>,
    pub(crate) results: Vec<String>,
}

/// Cuts a program of several partitions.
///
/// # Errors
/// Where it is spread in a way that cannot be.
pub(crate) fn cut(module: &Module, partitions: usize) -> Result<Cut, Fault> {
    let mut module = module.clone();
    passes::inline_calls(&mut module, MOST_OPERATIONS).map_err(|error| Fault::invalid(error.to_string()))?;
    let meshes = Meshes::of(&module, partitions)?;
    let name = module.main().map(|main| main.name.clone());
    let main = module.functions.iter_mut().find(|function| Some(&function.name) == name.as_ref());
    let main = main.ok_or_else(|| Fault::invalid("the program has no function @main"))?;
    let (arguments, results) = cut_function(main, &meshes, partitions)?;
    Ok(Cut { module, arguments, results })
}

fn cut_function(
    main: &mut Function,
    meshes: &Meshes,
    partitions: usize,
) -> Result<(Vec<String>, Vec<String>), Fault> {
    let mut cutter = Cutter {
        meshes,
        partitions,
        values: std::mem::take(&mut main.values),
        parts: HashMap::new(),
        lacking: HashMap::new(),
        zeros: HashSet::new(),
        partition: None,
    };
    let mut arguments = Vec::new();
    for (i, parameter) in main.body.parameters.iter_mut().enumerate() {
        let said = main.parameter_attributes.get(i).and_then(|attributes| attributes.get(SHARDING));
        let spread = match said {
            Some(Attribute::Opaque(text)) => meshes.spread(sharding(text), None)?,
            _ => Spread::whole(partitions),
        };
        arguments.push(spread.to_hlo());
        if !spread.is_whole() {
            let part = cutter.value_like(*parameter, &spread)?;
            cutter.known(*parameter, spread, part, Lacking::Gathered);
            *parameter = part;
        }
    }
    let mut names = HashMap::new();
    let body = std::mem::take(&mut main.body.ops);
    let mut ops = cutter.operations(body, &mut names, true)?;
    let mut results = Vec::new();
    for (i, value) in main.body.returns.iter_mut().enumerate() {
        rename(value, &names);
        let spread = match main.result_attributes.get(i).and_then(|attributes| attributes.get(SHARDING)) {
            Some(Attribute::Opaque(text)) => meshes.spread(sharding(text), None)?,
            // As it comes, where nothing is said.
            _ => match cutter.parts.get(value) {
                Some((spread, _)) => spread.clone(),
                None => Spread::whole(partitions),
            },
        };
        *value = cutter.part(*value, &spread, &mut ops)?;
        main.result_types[i] = cutter.values[*value].clone();
        results.push(spread.to_hlo());
    }
    if let Some(partition) = cutter.partition {
        ops.insert(0, operation(OpKind::PartitionId, &[], &[partition]));
    }
    main.body.ops = ops;
    main.values = cutter.values;
    Ok((arguments, results))
}

/// What is between `#sdy.sharding<` and `>`.
fn sharding(text: &str) -> &str {
    inner(text, "#sdy.sharding<", ">").unwrap_or(text)
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

/// The axes along which a manual computation is cut.
fn manual_axes(op: &Op) -> Result<Vec<String>, Fault> {
    let text = match op.attributes.get("manual_axes") {
        Some(Attribute::Opaque(text)) => inner(text, "#sdy<manual_axes{", "}>"),
        _ => None,
    };
    let text = text.ok_or_else(|| Fault::invalid(format!("{MANUAL} without manual_axes")))?;
    Ok(text.split(", ").map(|axis| axis.trim_matches('"').to_owned()).collect())
}

fn operation(kind: OpKind, operands: &[ValueId], results: &[ValueId]) -> Op {
    Op {
        kind,
        operands: operands.into(),
        results: results.into(),
        regions: Vec::new(),
        attributes: Default::default(),
        location: Location::UNKNOWN,
    }
}

/// How a value that is known by its parts becomes whole.
enum Lacking {
    /// The parts are gathered.
    Gathered,
    /// An operation gives it that changes nothing.
    By(Box<Op>),
}

struct Cutter<'m> {
    meshes: &'m Meshes,
    partitions: usize,
    values: Values,
    /// The values whose parts are known: how they are spread, and the device's part.
    parts: HashMap<ValueId, (Spread, ValueId)>,
    /// Those of them that are not defined as a whole yet.
    lacking: HashMap<ValueId, Lacking>,
    /// The constants that are nothing but zeros.
    zeros: HashSet<ValueId>,
    /// The partition's number, where somebody wants it.
    partition: Option<ValueId>,
}

impl Cutter<'_> {
    fn known(&mut self, value: ValueId, spread: Spread, part: ValueId, lacking: Lacking) {
        self.parts.insert(value, (spread, part));
        self.lacking.insert(value, lacking);
    }

    fn tensor(&self, value: ValueId) -> Result<&TensorType, Fault> {
        let ty = &self.values[value];
        ty.as_tensor().ok_or_else(|| Fault::invalid(format!("a {ty} cannot be spread over devices")))
    }

    /// A new value for a part of another one.
    fn value_like(&mut self, whole: ValueId, spread: &Spread) -> Result<ValueId, Fault> {
        let part = spread.part_of(self.tensor(whole)?)?;
        Ok(self.values.add(part.into()))
    }

    fn give(&mut self, ops: &mut Vec<Op>, kind: OpKind, operands: &[ValueId], ty: TensorType) -> ValueId {
        let result = self.values.add(ty.into());
        ops.push(operation(kind, operands, &[result]));
        result
    }

    fn constant(&mut self, ops: &mut Vec<Op>, dims: &[usize], numbers: &[u32]) -> Result<ValueId, Fault> {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let ty = TensorType::new(ElementType::U32, dims.iter().copied());
        let literal = Literal::new(ty.clone(), bytes).map_err(|error| Fault::invalid(error.to_string()))?;
        Ok(self.give(ops, OpKind::Constant(literal), &[], ty))
    }

    /// The number of the partition that runs the program.
    fn partition(&mut self) -> ValueId {
        let values = &mut self.values;
        *self.partition.get_or_insert_with(|| values.add(TensorType::scalar(ElementType::U32).into()))
    }

    /// Has a value be there as a whole.
    fn whole(&mut self, value: ValueId, ops: &mut Vec<Op>) -> Result<(), Fault> {
        match self.lacking.remove(&value) {
            None => Ok(()),
            Some(Lacking::By(op)) => {
                for &operand in &op.operands {
                    self.whole(operand, ops)?;
                }
                ops.push(*op);
                Ok(())
            }
            Some(Lacking::Gathered) => {
                let (spread, part) = self.parts[&value].clone();
                let mut ty = self.tensor(part)?.clone();
                let mut gathered = part;
                if !spread.sums.is_empty() {
                    let sum = self.combining(Binary::Add, ty.element);
                    let kind = OpKind::AllReduce { groups: among(&spread.sums) };
                    gathered = self.give(ops, kind, &[gathered], ty.clone());
                    ops.last_mut().expect("it was added").regions.push(sum);
                }
                for dim in (0..spread.counts.len()).filter(|&dim| spread.counts[dim] > 1) {
                    ty.dims[dim] *= spread.counts[dim];
                    let kind = OpKind::AllGather { all_gather_dim: dim, groups: among(&spread.groups[dim]) };
                    gathered = self.give(ops, kind, &[gathered], ty.clone());
                }
                // The last of them gives the value.
                let last = ops.last_mut().expect("a value that is spread is gathered by some operation");
                last.results = [value].into();
                Ok(())
            }
        }
    }

    /// A number for each partition, of which it gets its own.
    fn own(&mut self, ops: &mut Vec<Op>, numbers: &[u32]) -> Result<ValueId, Fault> {
        let (partition, all) = (self.partition(), self.constant(ops, &[numbers.len()], numbers)?);
        let kind = OpKind::DynamicSlice { sizes: vec![1] };
        let one = self.give(ops, kind, &[all, partition], TensorType::new(ElementType::U32, [1]));
        Ok(self.give(ops, OpKind::Reshape, &[one], TensorType::scalar(ElementType::U32)))
    }

    /// The device's part of a value.
    fn part(&mut self, value: ValueId, spread: &Spread, ops: &mut Vec<Op>) -> Result<ValueId, Fault> {
        if spread.is_whole() {
            self.whole(value, ops)?;
            return Ok(value);
        }
        if let Some((known, part)) = self.parts.get(&value)
            && known.is_like(spread)
        {
            return Ok(*part);
        }
        self.whole(value, ops)?;
        let part = self.slice(value, spread, ops)?;
        if spread.sums.is_empty() {
            return Ok(part);
        }
        // The first of those whose parts are added has all of it, the others nothing.
        let has_it = |partition: usize| spread.sums.iter().any(|group| group.first() == Some(&partition));
        let has_it: Vec<u32> = (0..self.partitions).map(|partition| has_it(partition).into()).collect();
        let (own, no) = (self.own(ops, &has_it)?, self.constant(ops, &[], &[0])?);
        let kind = OpKind::Compare { direction: ComparisonDirection::Ne, compare_type: None };
        let has_it = self.give(ops, kind, &[own, no], TensorType::scalar(ElementType::Bool));
        let ty = self.tensor(part)?.clone();
        let nothing = self.give(ops, OpKind::Constant(zeros(&ty)?), &[], ty.clone());
        Ok(self.give(ops, OpKind::Select, &[has_it, part, nothing], ty))
    }

    /// The device's part of a value that is there as a whole.
    fn slice(&mut self, value: ValueId, spread: &Spread, ops: &mut Vec<Op>) -> Result<ValueId, Fault> {
        if !spread.is_cut() {
            return Ok(value);
        }
        let ty = spread.part_of(self.tensor(value)?)?;
        let mut operands = vec![value];
        for (dim, &size) in ty.dims.iter().enumerate() {
            operands.push(match spread.counts[dim] {
                1 => self.constant(ops, &[], &[0])?,
                _ => {
                    let start = |parts: &Vec<usize>| u32::try_from(parts[dim] * size);
                    let starts: Result<Vec<u32>, _> = spread.parts.iter().map(start).collect();
                    let starts =
                        starts.map_err(|_| Fault::invalid(format!("{ty} is too large to be spread")))?;
                    self.own(ops, &starts)?
                }
            });
        }
        Ok(self.give(ops, OpKind::DynamicSlice { sizes: ty.dims.to_vec() }, &operands, ty))
    }

    /// What one device does of some operations. On whole tensors all devices do the same, so that functions of the host are
    /// called by one of them.
    fn operations(
        &mut self,
        body: Vec<Op>,
        names: &mut HashMap<ValueId, ValueId>,
        is_whole: bool,
    ) -> Result<Vec<Op>, Fault> {
        let mut ops = Vec::with_capacity(body.len());
        for mut op in body {
            op.operands.iter_mut().for_each(|value| rename(value, names));
            op.regions.iter_mut().for_each(|region| rename_region(region, names));
            let foreign = match &op.kind {
                OpKind::Unknown { name } => Some(&**name),
                _ => None,
            };
            if let OpKind::Constant(literal) = &op.kind
                && is_zero(literal)
            {
                self.zeros.extend(&op.results);
            }
            if foreign == Some(MANUAL) {
                self.manual(op, names, &mut ops)?;
            } else if matches!(foreign, Some("sdy.sharding_constraint" | "sdy.reshard")) && is_whole {
                self.constrained(op, &mut ops)?;
            } else if !self.on_parts(&op, &mut ops)? {
                for value in uses(&op) {
                    self.whole(value, &mut ops)?;
                }
                for region in &mut op.regions {
                    let body = std::mem::take(&mut region.ops);
                    region.ops = self.operations(body, names, is_whole)?;
                    for value in &mut region.returns {
                        rename(value, names);
                        self.whole(*value, &mut region.ops)?;
                    }
                }
                if is_whole && callback::is_call(&op) {
                    self.once(op, &mut ops)?;
                } else {
                    ops.push(op);
                }
            }
        }
        Ok(ops)
    }

    /// A value that is to be spread in a certain way.
    fn constrained(&mut self, op: Op, ops: &mut Vec<Op>) -> Result<(), Fault> {
        let (&[operand], &[result]) = (&op.operands[..], &op.results[..]) else {
            return Err(Fault::invalid(format!("{} is of one value", op.kind.name())));
        };
        let spread = match op.attributes.get("sharding") {
            Some(Attribute::Opaque(text)) => self.meshes.spread(sharding(text), None)?,
            _ => Spread::whole(self.partitions),
        };
        // What cannot be cut into equal parts stays whole: nobody sees how it is spread.
        if spread.is_whole() || spread.part_of(self.tensor(operand)?).is_err() {
            self.whole(operand, ops)?;
            ops.push(op);
            return Ok(());
        }
        let part = self.part(operand, &spread, ops)?;
        self.known(result, spread, part, Lacking::By(Box::new(op)));
        Ok(())
    }

    /// The program of one device in place of the operation that holds it.
    fn manual(
        &mut self,
        mut op: Op,
        names: &mut HashMap<ValueId, ValueId>,
        ops: &mut Vec<Op>,
    ) -> Result<(), Fault> {
        if op.regions.is_empty() {
            return Err(Fault::invalid(format!("{MANUAL} without a body")));
        }
        let body = op.regions.remove(0);
        let axes = manual_axes(&op)?;
        let spreads = |name| -> Result<Vec<Spread>, Fault> {
            shardings(&op, name)?.into_iter().map(|text| self.meshes.spread(text, Some(&axes))).collect()
        };
        let (taken, given) = (spreads("in_shardings")?, spreads("out_shardings")?);
        let lengths = [taken.len(), body.parameters.len(), given.len(), body.returns.len()];
        if lengths != [op.operands.len(), op.operands.len(), op.results.len(), op.results.len()] {
            return Err(Fault::invalid(format!("{MANUAL} whose values are not those of its body")));
        }
        for ((&operand, parameter), spread) in op.operands.iter().zip(body.parameters).zip(taken) {
            let part = self.part(operand, &spread, ops)?;
            if self.values[part] != self.values[parameter] {
                let (found, expected) = (&self.values[part], &self.values[parameter]);
                return Err(Fault::invalid(format!(
                    "{MANUAL} takes a {expected}, but is given parts that are a {found}"
                )));
            }
            names.insert(parameter, part);
        }
        ops.append(&mut self.operations(body.ops, names, false)?);
        for ((&result, mut value), spread) in op.results.iter().zip(body.returns).zip(given) {
            rename(&mut value, names);
            self.whole(value, ops)?;
            if spread.is_whole() {
                names.insert(result, value);
            } else {
                self.known(result, spread, value, Lacking::Gathered);
            }
        }
        Ok(())
    }

    /// A call that one device does, and tells the others.
    fn once(&mut self, op: Op, ops: &mut Vec<Op>) -> Result<(), Fault> {
        let caller = match op.attributes.get(SHARDING) {
            Some(Attribute::Opaque(_)) => {
                let of = shardings(&op, SHARDING)?;
                let spread = of.first().map(|text| self.meshes.spread(text, None)).transpose()?;
                spread.and_then(|spread| spread.only).filter(|&only| only < self.partitions).unwrap_or(0)
            }
            _ => 0,
        };
        let (partition, truth) = (self.partition(), TensorType::scalar(ElementType::Bool));
        let number = self.constant(ops, &[], &[caller as u32])?;
        let kind = OpKind::Compare { direction: ComparisonDirection::Eq, compare_type: None };
        let is_caller = self.give(ops, kind, &[partition, number], truth);
        let types: Vec<Type> = op.results.iter().map(|&result| self.values[result].clone()).collect();
        let results: Vec<ValueId> = op.results.to_vec();
        let called: Vec<ValueId> = types.iter().map(|ty| self.values.add(ty.clone())).collect();
        let call = Region {
            ops: vec![Op { results: called.iter().copied().collect(), ..op }],
            returns: called,
            ..Region::default()
        };
        let mut nothing = Region::default();
        for ty in &types {
            let value = self.values.add(ty.clone());
            let kind = match ty {
                Type::Token => OpKind::CreateToken,
                Type::Tensor(tensor) => OpKind::Constant(zeros(tensor)?),
                _ => return Err(Fault::invalid(format!("a function of the host gives a {ty}"))),
            };
            nothing.ops.push(operation(kind, &[], &[value]));
            nothing.returns.push(value);
        }
        let told: Vec<ValueId> = types.iter().map(|ty| self.values.add(ty.clone())).collect();
        let mut choice = operation(OpKind::If, &[is_caller], &told);
        choice.regions = vec![call, nothing];
        ops.push(choice);
        let others = (0..self.partitions).filter(|&partition| partition != caller);
        let group: Vec<usize> = std::iter::once(caller).chain(others).collect();
        let groups = among(&[group]);
        for ((ty, told), result) in types.iter().zip(told).zip(results) {
            let kind = match ty {
                Type::Token => OpKind::AfterAll,
                _ => OpKind::CollectiveBroadcast { groups: groups.clone() },
            };
            ops.push(operation(kind, &[told], &[result]));
        }
        Ok(())
    }
}

/// Groups of partitions, for an operation among them.
fn among(groups: &[Vec<usize>]) -> ReplicaGroups {
    let numbers = |group: &Vec<usize>| group.iter().map(|&partition| partition as i64).collect();
    ReplicaGroups {
        groups: groups.iter().map(numbers).collect(),
        channel: Some(Channel { id: 1, channel_type: 1 }),
        use_global_device_ids: true,
    }
}

fn zeros(ty: &TensorType) -> Result<Literal, Fault> {
    Literal::splat(ty.clone(), vec![0; ty.element.size()]).map_err(|error| Fault::invalid(error.to_string()))
}

fn is_zero(number: &Literal) -> bool {
    number.ty().rank() == 0 && number.to_dense().iter().all(|&byte| byte == 0)
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

fn rename(value: &mut ValueId, names: &HashMap<ValueId, ValueId>) {
    *value = names.get(value).copied().unwrap_or(*value);
}

fn rename_region(region: &mut Region, names: &HashMap<ValueId, ValueId>) {
    for op in &mut region.ops {
        op.operands.iter_mut().for_each(|value| rename(value, names));
        op.regions.iter_mut().for_each(|region| rename_region(region, names));
    }
    region.returns.iter_mut().for_each(|value| rename(value, names));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_text(text: &str) -> Cut {
        let module = runahead::ir::parse("cut", text).unwrap();
        let cut = cut(&module, 4).unwrap();
        runahead::ir::verify(&cut.module).unwrap();
        cut
    }

    #[test]
    fn shardings_of_a_list() {
        let text = "#sdy.sharding_per_value<[<@mesh, [{\"i\"}, {}]>, <@mesh, [{}]>]>";
        let mut op = operation(OpKind::Unknown { name: MANUAL.into() }, &[], &[]);
        op.attributes.set("in_shardings", Attribute::Opaque(text.into()));
        assert_eq!(shardings(&op, "in_shardings").unwrap(), ["@mesh, [{\"i\"}, {}]", "@mesh, [{}]"]);
        assert!(shardings(&op, "out_shardings").is_err());
    }

    #[test]
    fn what_is_on_each_element_stays_on_parts() {
        let cut = cut_text(
            "module {
              sdy.mesh @mesh = <[\"x\"=2, \"y\"=2]>
              func.func @main(%x: tensor<8x2xf32> {sdy.sharding = #sdy.sharding<@mesh, [{\"x\"}, {}]>},
                              %y: tensor<8x2xf32>) -> tensor<8x2xf32> {
                %z = stablehlo.add %x, %y : tensor<8x2xf32>
                return %z : tensor<8x2xf32>
              }
            }",
        );
        assert_eq!(cut.arguments, ["{devices=[2,1,2]0,1,2,3 last_tile_dim_replicate}", "{replicated}"]);
        assert_eq!(cut.results, [cut.arguments[0].clone()]);
        let main = cut.module.main().unwrap();
        assert_eq!(main.result_types[0].to_string(), "tensor<4x2xf32>");
        assert!(!cut.module.to_string().contains("all_gather"));
    }

    #[test]
    fn products_are_of_parts_in_what_the_result_has_of_them() {
        let cut = cut_text(
            "module {
              sdy.mesh @mesh = <[\"x\"=2, \"y\"=2]>
              func.func @main(%x: tensor<4x8x2xf32> {sdy.sharding = #sdy.sharding<@mesh, [{\"x\"}, {}, {\"y\"}]>},
                              %y: tensor<4x2x6xf32>, %z: tensor<6x8xf32>)
                  -> (tensor<4x8x6xf32>, tensor<6x4x6xf32>, tensor<6x6xf32>) {
                %0 = stablehlo.dot_general %x, %y, batching_dims = [0] x [0], contracting_dims = [2] x [1]
                  : (tensor<4x8x2xf32>, tensor<4x2x6xf32>) -> tensor<4x8x6xf32>
                %1 = stablehlo.dot_general %z, %0, contracting_dims = [1] x [1]
                  : (tensor<6x8xf32>, tensor<4x8x6xf32>) -> tensor<6x4x6xf32>
                %2 = stablehlo.dot_general %0, %x, contracting_dims = [0, 1] x [0, 1]
                  : (tensor<4x8x6xf32>, tensor<4x8x2xf32>) -> tensor<6x2xf32>
                %3 = stablehlo.dot_general %2, %2, contracting_dims = [1] x [1]
                  : (tensor<6x2xf32>, tensor<6x2xf32>) -> tensor<6x6xf32>
                return %0, %1, %3 : tensor<4x8x6xf32>, tensor<6x4x6xf32>, tensor<6x6xf32>
              }
            }",
        );
        let along = |dims| format!("{{devices=[{dims}]0,1,2,3 last_tile_dim_replicate}}");
        assert_eq!(cut.results, [along("2,1,1,2"), along("1,2,1,2"), "{replicated}".into()]);
        let types = &cut.module.main().unwrap().result_types;
        let types: Vec<String> = types.iter().map(|ty| ty.to_string()).collect();
        assert_eq!(types, ["tensor<2x8x6xf32>", "tensor<6x2x6xf32>", "tensor<6x6xf32>"]);
    }

    /// What a reduction becomes of a tensor that is spread along its first dimension over `x`, and along its second over `y`.
    fn reduced(dims: &str, initial: &str, body: &str, result: &str) -> (Cut, String) {
        let cut = cut_text(&format!(
            "module {{
              sdy.mesh @mesh = <[\"x\"=2, \"y\"=2]>
              func.func @main(%x: tensor<8x4x3xf32> {{sdy.sharding = #sdy.sharding<@mesh, [{{\"x\"}}, {{\"y\"}}, {{}}]>}})
                  -> {result} {{
                %c = stablehlo.constant dense<{initial}> : tensor<f32>
                %0 = stablehlo.reduce(%x init: %c) applies stablehlo.{body} across dimensions = {dims}
                  : (tensor<8x4x3xf32>, tensor<f32>) -> {result}
                return %0 : {result}
              }}
            }}"
        ));
        let text = cut.module.to_string();
        (cut, text)
    }

    #[test]
    fn reductions_are_of_parts_and_then_among_devices() {
        let calls = |text: &str| {
            ["all_reduce", "all_gather"].map(|name| text.matches(&format!("stablehlo.{name}")).count())
        };
        let along = |dims| format!("{{devices=[{dims}]0,1,2,3 last_tile_dim_replicate}}");
        let (cut, text) = reduced("[0]", "0.0", "add", "tensor<4x3xf32>");
        assert_eq!(
            (calls(&text), &*cut.results[0]),
            ([1, 0], "{devices=[2,1,2]0,2,1,3 last_tile_dim_replicate}"),
            "{text}"
        );
        let (cut, text) = reduced("[1, 2]", "-1.0", "maximum", "tensor<8xf32>");
        assert_eq!((calls(&text), &cut.results[0]), ([1, 0], &along("2,2")), "{text}");
        let (cut, text) = reduced("[0, 1, 2]", "0.0", "add", "tensor<f32>");
        assert_eq!((calls(&text), &*cut.results[0]), ([2, 0], "{replicated}"), "{text}");
        let (cut, text) = reduced("[2]", "1.0", "add", "tensor<8x4xf32>");
        assert_eq!((calls(&text), &*cut.results[0]), ([0, 0], "{devices=[2,2]0,1,2,3}"), "{text}");
        // The initial value is to be added once; a product of products is left to one device.
        for (initial, body) in [("1.0", "add"), ("1.0", "multiply")] {
            let (cut, text) = reduced("[0]", initial, body, "tensor<4x3xf32>");
            assert_eq!((calls(&text), &*cut.results[0]), ([0, 2], "{replicated}"), "{text}");
        }
    }

    #[test]
    fn what_is_not_is_gathered_and_cut_again() {
        let cut = cut_text(
            "module {
              sdy.mesh @mesh = <[\"x\"=4]>
              func.func @main(%x: tensor<8x8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{\"x\"}, {}]>})
                  -> (tensor<8x8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{\"x\"}, {}]>}) {
                %y = stablehlo.transpose %x, dims = [1, 0] : (tensor<8x8xf32>) -> tensor<8x8xf32>
                return %y : tensor<8x8xf32>
              }
            }",
        );
        let text = cut.module.to_string();
        assert_eq!(text.matches("stablehlo.all_gather").count(), 1, "{text}");
        assert_eq!(cut.module.main().unwrap().result_types[0].to_string(), "tensor<2x8xf32>");
    }
}
