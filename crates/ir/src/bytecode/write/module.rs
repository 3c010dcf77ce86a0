//! The IR section: the module, its functions, their regions and operations.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::file::{IR, since};
use super::super::properties;
use super::super::versions::ArtifactVersion;
use super::WriteError;
use super::emitter::Emitter;
use super::operation::{Lowered, lower};
use super::pool::{Form, Pool};
use crate::generic::kind_to_attributes;
use crate::source::Lines;
use crate::{
    Attribute, Attributes, Function, Location, Module, Op, OpKind, Region, Type, ValueId, Visibility,
};

/// What an operation is said to have, by the bits of its mask.
const HAS_ATTRIBUTES: u8 = 1;
const HAS_RESULTS: u8 = 2;
const HAS_OPERANDS: u8 = 4;
const HAS_REGIONS: u8 = 16;
const HAS_PROPERTIES: u8 = 64;

type Written<T> = Result<T, WriteError>;

pub(super) struct Writer<'m> {
    module: &'m Module,
    lines: Option<Lines<'m>>,
    version: ArtifactVersion,
    format: u64,
    pool: Pool,
}

/// The values of a function, by the numbers that the file gives them.
struct Body<'m> {
    function: &'m Function,
    numbers: HashMap<ValueId, usize>,
    /// The number of the next value of the innermost region.
    next: usize,
    /// The number after the last value of the innermost region.
    end: usize,
}

/// What stands in an operation.
#[derive(Default)]
struct Parts<'p> {
    name: &'p str,
    location: usize,
    dictionary: Option<usize>,
    properties: Option<usize>,
    results: Vec<usize>,
    operands: Vec<usize>,
}

impl<'m> Writer<'m> {
    pub(super) fn new(module: &'m Module, version: ArtifactVersion) -> Writer<'m> {
        let lines = module.source.as_deref().and_then(Lines::new);
        Writer { module, lines, version, format: version.format(), pool: Pool::new(version) }
    }

    pub(super) fn write(mut self) -> Written<Vec<u8>> {
        let mut functions = Emitter::default();
        for function in &self.module.functions {
            self.function(&mut functions, function)?;
        }
        // The region of the module: one block, which defines no values.
        let mut region = Emitter::default();
        region.size(1);
        region.size(0);
        region.flagged(self.module.functions.len(), false);
        region.0.append(&mut functions.0);
        let mut ir = Emitter::default();
        ir.flagged(1, false);
        self.module_head(&mut ir)?;
        ir.flagged(1, true);
        if self.format >= since::LAZY_REGIONS {
            ir.section(IR, &region);
        } else {
            ir.0.append(&mut region.0);
        }
        Ok(self.pool.file(&ir))
    }

    fn module_head(&mut self, out: &mut Emitter) -> Written<()> {
        let mut attributes = self.module.attributes.clone();
        let name = self.module.name.as_ref().map(|name| Attribute::String(Arc::clone(name)));
        let mut own = None;
        if self.format >= since::PROPERTIES {
            let mut e = Emitter::default();
            let name = name.map(|name| self.pool.attribute(Form::Builtin, &name)).transpose()?;
            e.optional(name);
            let visibility = attributes.remove("sym_visibility");
            let visibility = visibility.map(|v| self.pool.attribute(Form::Builtin, &v)).transpose()?;
            e.optional(visibility);
            own = Some(self.pool.properties(e));
        } else if let Some(name) = name {
            attributes.set("sym_name", name);
        }
        let dictionary = match attributes.is_empty() {
            true => None,
            false => Some(
                self.pool
                    .op_dictionary(Form::Builtin, &attributes)
                    .map_err(|error| error.within("the module"))?,
            ),
        };
        let location = self.pool.unknown_location();
        let parts =
            Parts { name: "builtin.module", location, dictionary, properties: own, ..Parts::default() };
        self.head(out, &parts, true);
        Ok(())
    }

    fn function(&mut self, out: &mut Emitter, function: &'m Function) -> Written<()> {
        let place = |error: WriteError| error.within(&format!("@{}", function.name));
        let types = |values: &[ValueId]| -> Option<Vec<Type>> {
            let known =
                |&v: &ValueId| ((v.0 as usize) < function.values.len()).then(|| function.values[v].clone());
            values.iter().map(known).collect()
        };
        let Some(parameters) = types(&function.body.parameters) else {
            return Err(place(WriteError::new(
                "a parameter is no value of the function; expected a valid module",
            )));
        };
        let dictionaries = |all: &[Attributes]| {
            let all: Vec<Attributes> = all.iter().map(|one| without_shardings(one, self.version)).collect();
            let all_empty = all.iter().all(Attributes::is_empty);
            let items = all.into_iter().map(Attribute::Dictionary);
            Attribute::Array(if all_empty { Vec::new() } else { items.collect() })
        };
        let visibility = match function.visibility {
            Some(Visibility::Public) => "public",
            Some(Visibility::Private) => "private",
            Some(Visibility::Nested) => "nested",
            None => "",
        };
        let own = vec![
            ("arg_attrs", dictionaries(&function.parameter_attributes)),
            ("function_type", Attribute::FunctionType(parameters, function.result_types.clone())),
            ("res_attrs", dictionaries(&function.result_attributes)),
            ("sym_name", Attribute::String(Arc::clone(&function.name))),
            ("sym_visibility", Attribute::String(visibility.into())),
        ];
        let (dictionary, properties) =
            self.said(own, &without_shardings(&function.attributes, self.version)).map_err(place)?;
        let location = self.location(function.location);
        let parts = Parts { name: "vhlo.func_v1", location, dictionary, properties, ..Parts::default() };
        self.head(out, &parts, true);
        out.flagged(1, false);
        let mut body = Body { function, numbers: HashMap::new(), next: 0, end: 0 };
        self.region(out, &mut body, &function.body, Form::Vhlo, &function.parameter_names)
            .map_err(|error| error.within(&format!("@{}", function.name)))
    }

    /// The attributes of an operation of VHLO: in versions of the format without properties all in one dictionary.
    fn said(
        &mut self,
        own: Vec<(&'static str, Attribute)>,
        more: &Attributes,
    ) -> Written<(Option<usize>, Option<usize>)> {
        let mut dictionary = more.clone();
        let mut properties = None;
        if self.format < since::PROPERTIES {
            dictionary.0.extend(own.into_iter().map(|(name, value)| (name.into(), value)));
        } else if !own.is_empty() {
            let mut e = Emitter::default();
            for (name, value) in &own {
                e.size(self.pool.attribute(Form::Vhlo, value).map_err(|error| error.within(name))?);
            }
            properties = Some(self.pool.properties(e));
        }
        let dictionary = match dictionary.is_empty() {
            true => None,
            false => Some(self.pool.op_dictionary(Form::Vhlo, &dictionary)?),
        };
        Ok((dictionary, properties))
    }

    /// The head of an operation, whose regions follow where it has some.
    fn head(&mut self, out: &mut Emitter, parts: &Parts<'_>, has_regions: bool) {
        let mut mask = if has_regions { HAS_REGIONS } else { 0 };
        for (bit, there) in [
            (HAS_ATTRIBUTES, parts.dictionary.is_some()),
            (HAS_PROPERTIES, parts.properties.is_some()),
            (HAS_RESULTS, !parts.results.is_empty()),
            (HAS_OPERANDS, !parts.operands.is_empty()),
        ] {
            mask |= if there { bit } else { 0 };
        }
        out.size(self.pool.operation(parts.name, !is_unknown(parts.name)));
        out.byte(mask);
        out.size(parts.location);
        parts.dictionary.iter().for_each(|&index| out.size(index));
        parts.properties.iter().for_each(|&index| out.size(index));
        if !parts.results.is_empty() {
            out.indices(&parts.results);
        }
        if !parts.operands.is_empty() {
            out.indices(&parts.operands);
        }
    }

    /// Where something was read: the line of a text, or what bytecode said.
    fn location(&mut self, location: Location) -> usize {
        if let (Some(lines), Some(offset)) = (&self.lines, location.offset()) {
            let (line, column) = lines.position(offset);
            return self.pool.file_location(lines.name(), line, column);
        }
        match self.module.source.as_ref().and_then(|source| source.origin(location)) {
            Some(origin) => self.pool.name_location(origin),
            None => self.pool.unknown_location(),
        }
    }

    // Regions.

    /// A region of one block; the types of its parameters are of a dialect.
    fn region(
        &mut self,
        out: &mut Emitter,
        body: &mut Body<'m>,
        region: &'m Region,
        form: Form,
        names: &[Option<Arc<str>>],
    ) -> Written<()> {
        let around = (body.next, body.end);
        let first = body.end;
        body.next = first;
        // Casts define values too, so how many there are is known once the operations are written.
        body.end = first + region.parameters.len() + defined(region);
        out.size(1);
        out.size(body.end - first);
        let casts = if form == Form::Builtin { region.parameters.len() } else { 0 };
        debug_assert_eq!(casts, 0, "regions beside VHLO's operations take nothing");
        let written = region.ops.iter().filter(|op| sharded(op).is_none());
        let operations = written.map(|op| 1 + casts_around(op)).sum::<usize>() + 1;
        out.flagged(operations, !region.parameters.is_empty());
        if !region.parameters.is_empty() {
            out.size(region.parameters.len());
            for (i, &parameter) in region.parameters.iter().enumerate() {
                let ty = self.pool.ty(form, body.type_of(parameter)?)?;
                let name = names.get(i).cloned().flatten();
                let location = name.map(|name| self.pool.name_location(&name));
                if self.format >= since::NO_UNKNOWN_LOCATIONS {
                    out.flagged(ty, location.is_some());
                    location.iter().for_each(|&location| out.size(location));
                } else {
                    out.size(ty);
                    let location = location.unwrap_or_else(|| self.pool.unknown_location());
                    out.size(location);
                }
                body.define(parameter);
            }
            if self.format >= since::USE_ORDERS {
                out.byte(0);
            }
        }
        for op in &region.ops {
            let place = |error: WriteError| match &self.module.source {
                Some(source) => {
                    error.within(&format!("{}: {}", source.describe(op.location), op.kind.name()))
                }
                None => error.within(op.kind.name()),
            };
            self.operation(out, body, op).map_err(place)?;
        }
        let operands = body.numbers(&region.returns)?;
        let location = self.location(region.return_location);
        self.head(out, &Parts { name: "vhlo.return_v1", location, operands, ..Parts::default() }, false);
        (body.next, body.end) = around;
        Ok(())
    }

    fn operation(&mut self, out: &mut Emitter, body: &mut Body<'m>, op: &'m Op) -> Written<()> {
        if let Some((&operand, &result)) = sharded(op) {
            let number = body.numbers(&[operand])?[0];
            body.numbers.insert(result, number);
            return Ok(());
        }
        if is_foreign(&op.kind) {
            return self.foreign(out, body, op);
        }
        let Lowered { vhlo, own, more } = lower(op, self.version)?;
        let (dictionary, properties) = self.said(own, &without_shardings(&more, self.version))?;
        let name = format!("vhlo.{}", vhlo.name);
        let parts = Parts {
            name: &name,
            location: self.location(op.location),
            dictionary,
            properties,
            results: self.pool.types(Form::Vhlo, &body.types(&op.results)?)?,
            operands: body.numbers(&op.operands)?,
        };
        self.head(out, &parts, !op.regions.is_empty());
        op.results.iter().for_each(|&result| body.define(result));
        if !op.regions.is_empty() {
            out.flagged(op.regions.len(), false);
            for region in &op.regions {
                self.region(out, body, region, Form::Vhlo, &[])?;
            }
        }
        Ok(())
    }

    /// An operation of another dialect: it stands as it is, on values that are cast to the builtin dialect's types and
    /// back.
    fn foreign(&mut self, out: &mut Emitter, body: &mut Body<'m>, op: &'m Op) -> Written<()> {
        let name = op.kind.name();
        self.pool.need((1, 11), "an operation of another dialect than StableHLO")?;
        if !op.regions.is_empty() {
            return Err(WriteError::new(
                "it has regions, which no portable artifact holds; expected it written out",
            ));
        }
        let location = self.location(op.location);
        let mut operands = Vec::new();
        for &operand in &op.operands {
            let ty = self.pool.ty(Form::Builtin, body.type_of(operand)?)?;
            let number = body.numbers(&[operand])?;
            self.cast(out, location, number, ty);
            operands.push(body.take_number());
        }
        let mut attributes = kind_to_attributes(&op.kind);
        attributes.0.extend(op.attributes.0.iter().cloned());
        let fields = properties::fields_of(name);
        let mut e = Emitter::default();
        for (field, may_be_missing) in &fields {
            let value = attributes.remove(field);
            let value = value.map(|value| self.pool.attribute(Form::Builtin, &value)).transpose()?;
            match (value, may_be_missing) {
                (value, true) => e.optional(value),
                (Some(value), false) => e.size(value),
                (None, false) => {
                    return Err(WriteError::new(format!("attribute `{field}` is missing; expected it")));
                }
            }
        }
        let properties = (!fields.is_empty()).then(|| self.pool.properties(e));
        let dictionary = match attributes.is_empty() {
            true => None,
            false => Some(self.pool.op_dictionary(Form::Builtin, &attributes)?),
        };
        let types = body.types(&op.results)?;
        let results = self.pool.types(Form::Builtin, &types)?;
        self.head(out, &Parts { name, location, dictionary, properties, results, operands }, false);
        let made: Vec<usize> = op.results.iter().map(|_| body.take_number()).collect();
        for ((&result, number), ty) in op.results.iter().zip(made).zip(&types) {
            let ty = self.pool.ty(Form::Vhlo, ty)?;
            self.cast(out, location, vec![number], ty);
            body.define(result);
        }
        Ok(())
    }

    fn cast(&mut self, out: &mut Emitter, location: usize, operands: Vec<usize>, ty: usize) {
        let name = super::super::ir::CAST;
        self.head(out, &Parts { name, location, results: vec![ty], operands, ..Parts::default() }, false);
    }
}

impl Body<'_> {
    fn take_number(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    fn define(&mut self, value: ValueId) {
        let number = self.take_number();
        self.numbers.insert(value, number);
    }

    fn numbers(&self, values: &[ValueId]) -> Written<Vec<usize>> {
        let number = |value| {
            let unknown = || WriteError::new("a value is used that is not defined; expected a valid module");
            self.numbers.get(value).copied().ok_or_else(unknown)
        };
        values.iter().map(number).collect()
    }

    fn type_of(&self, value: ValueId) -> Written<&Type> {
        if (value.0 as usize) < self.function.values.len() {
            return Ok(&self.function.values[value]);
        }
        Err(WriteError::new("a value is not one of the function's; expected a valid module"))
    }

    fn types(&self, values: &[ValueId]) -> Written<Vec<Type>> {
        values.iter().map(|&value| self.type_of(value).cloned()).collect()
    }
}

/// Whether artifacts hold an operation beside VHLO's.
fn is_foreign(kind: &OpKind) -> bool {
    !kind.name().starts_with("stablehlo.") && !matches!(kind, OpKind::Call { .. })
}

/// Whether an operation is of a dialect of which only the names are known, so that all its attributes are in its
/// dictionary.
fn is_unknown(name: &str) -> bool {
    !["vhlo.", "builtin.", "chlo.", "sdy."].iter().any(|dialect| name.starts_with(dialect))
}

/// The casts that stand around an operation.
fn casts_around(op: &Op) -> usize {
    if is_foreign(&op.kind) { op.operands.len() + op.results.len() } else { 0 }
}

/// The values that the operations of a region define, casts included.
fn defined(region: &Region) -> usize {
    let written = region.ops.iter().filter(|op| sharded(op).is_none());
    written.map(|op| op.results.len() + casts_around(op)).sum()
}

/// The operand and the result of an operation that only says how its operand is spread over devices.
///
/// Such things name meshes of devices, which a module does not keep, so they are left out.
fn sharded(op: &Op) -> Option<(&ValueId, &ValueId)> {
    let constraint = matches!(&op.kind, OpKind::Unknown { name } if &**name == "sdy.sharding_constraint");
    match (constraint, &op.operands[..], &op.results[..]) {
        (true, [operand], [result]) => Some((operand, result)),
        _ => None,
    }
}

/// Attributes but those that say how something is spread over devices: those that name meshes, and in versions that
/// have nothing beside VHLO all.
fn without_shardings(attributes: &Attributes, version: ArtifactVersion) -> Attributes {
    let left_out = if version.has((1, 11)) { "#sdy.sharding" } else { "#sdy" };
    let is_sharding =
        |value: &Attribute| matches!(value, Attribute::Opaque(text) if text.starts_with(left_out));
    Attributes(attributes.0.iter().filter(|(_, value)| !is_sharding(value)).cloned().collect())
}
