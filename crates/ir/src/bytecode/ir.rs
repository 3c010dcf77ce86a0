//! The IR section: the module, its functions, their regions and operations.

use std::collections::HashSet;
use std::sync::Arc;

use smallvec::SmallVec;

use super::cursor::Cursor;
use super::error::Read;
use super::file::{self, File, since};
use super::place::{Place, Places};
use super::pool::{Pool, shorten};
use super::properties::Properties;
use super::tables::{Dialects, OpName};
use super::upgrade;
use crate::generic::{kind_from_attributes, settle_constant};
use crate::source::Origins;
use crate::text::{dictionaries, name_in_attributes};
use crate::{
    Attribute, Attributes, Function, Location, Mesh, Module, Op, Region, Type, ValueId, Values, Visibility,
};

/// What an operation is said to have, by the bits of its mask.
mod has {
    pub(super) const ATTRIBUTES: u8 = 1;
    pub(super) const RESULTS: u8 = 2;
    pub(super) const OPERANDS: u8 = 4;
    pub(super) const SUCCESSORS: u8 = 8;
    pub(super) const REGIONS: u8 = 16;
    pub(super) const USE_ORDERS: u8 = 32;
    pub(super) const PROPERTIES: u8 = 64;
}

/// The head of an operation: what stands before its operands.
struct Head {
    name: Arc<str>,
    at: usize,
    mask: u8,
    attributes: Attributes,
    result_types: Vec<Type>,
}

/// What an operation is, its regions read.
enum Statement {
    Op(Box<Op>),
    Return {
        values: Vec<ValueId>,
        location: Location,
    },
    /// A cast between two dialects' types that are one here.
    Cast,
}

/// The values that may be used, by the numbers that the file gives them: from the beginning of the innermost region
/// that sees nothing around it.
#[derive(Default)]
struct Scope {
    values: Vec<Option<ValueId>>,
    /// For each region around this place, the number of its next value and the one after its last.
    regions: Vec<(usize, usize)>,
}

pub(super) struct IrReader<'a> {
    version: u64,
    pool: Pool<'a>,
    names: Vec<OpName>,
    properties: Properties<'a>,
    places: Places,
    origins: Origins,
    module: Module,
    seen_module: bool,
    function_names: HashSet<Arc<str>>,
    scope: Scope,
    /// The types of the current function's values.
    values: Values,
}

impl<'a> IrReader<'a> {
    pub(super) fn new(file: &File<'a>, pool: Pool<'a>, dialects: Dialects) -> Read<IrReader<'a>> {
        Ok(IrReader {
            version: file.version,
            pool,
            names: dialects.operations,
            properties: Properties::read(file)?,
            places: Places::default(),
            origins: Origins::default(),
            module: Module::default(),
            seen_module: false,
            function_names: HashSet::new(),
            scope: Scope::default(),
            values: Values::default(),
        })
    }

    /// The program, and where its operations came from.
    pub(super) fn program(mut self, file: &File<'a>) -> Read<(Module, Origins)> {
        let mut section = file.section(file::IR)?;
        let at = section.at;
        let (count, has_parameters) = section.flagged()?;
        if has_parameters {
            return Err(section.fault(at, "the outermost block takes values; expected one that takes none"));
        }
        for _ in 0..section.check_count(at, count, "operations")? {
            self.outermost(&mut section)?;
        }
        section.finish("the last operation")?;
        Ok((self.module, self.origins))
    }

    /// A module or a function.
    fn outermost(&mut self, cursor: &mut Cursor<'a>) -> Read<()> {
        let head = self.head(cursor)?;
        if &*head.name != "builtin.module" {
            return self.module_item(cursor, head);
        }
        let name = Arc::clone(&head.name);
        let read = |reader: &mut Self| {
            if reader.seen_module || !reader.module.functions.is_empty() {
                return Err(cursor.fault(head.at, "there is another module; expected one"));
            }
            reader.seen_module = true;
            let mut attributes = head.attributes;
            if let Some(Attribute::String(name)) = attributes.remove("sym_name") {
                reader.module.name = Some(name);
            }
            reader.module.attributes = attributes;
            reader.plain(cursor, head.mask, "a module")?;
            reader.regions(cursor, head.mask, |reader, cursor| {
                reader.block_of(cursor, |reader, cursor, count, _| {
                    for _ in 0..count {
                        let head = reader.head(cursor)?;
                        reader.module_item(cursor, head)?;
                    }
                    Ok(())
                })
            })
        };
        read(self).map_err(|fault| fault.in_operation(&name))
    }

    fn module_item(&mut self, cursor: &mut Cursor<'a>, head: Head) -> Read<()> {
        let (name, at) = (Arc::clone(&head.name), head.at);
        match &*name {
            "func.func" | "vhlo.func_v1" => {
                let function = self.function(cursor, head).map_err(|fault| fault.in_operation(&name))?;
                if !self.function_names.insert(Arc::clone(&function.name)) {
                    let message = format!(
                        "there is another function `@{}`; expected a name of its own",
                        shorten(&function.name)
                    );
                    return Err(cursor.fault(at, message).in_operation(&name));
                }
                self.module.functions.push(function);
                Ok(())
            }
            // Meshes of devices and the like.
            _ if name.starts_with("sdy.") => {
                self.values = Values::default();
                let mesh = match (head.attributes.get("sym_name"), head.attributes.get("mesh")) {
                    (Some(Attribute::String(name)), Some(Attribute::Opaque(text))) => {
                        let text = text.strip_prefix("#sdy.mesh<").and_then(|text| text.strip_suffix('>'));
                        text.map(|text| Mesh { name: Arc::clone(name), text: text.into() })
                    }
                    _ => None,
                };
                self.module.meshes.extend(mesh);
                self.operation(cursor, head).map(drop)
            }
            _ => Err(cursor
                .fault(at, "this is no function; expected functions in a module")
                .in_operation(&name)),
        }
    }

    fn function(&mut self, cursor: &mut Cursor<'a>, head: Head) -> Read<Function> {
        self.values = Values::default();
        self.plain(cursor, head.mask, "a function")?;
        let Head { at, mut attributes, mask, .. } = head;
        let Some(Attribute::String(name)) = attributes.remove("sym_name") else {
            return Err(cursor.fault(at, "attribute `sym_name` is missing; expected the function's name"));
        };
        let Some(Attribute::FunctionType(types, result_types)) = attributes.remove("function_type") else {
            return Err(
                cursor.fault(at, "attribute `function_type` is missing; expected the function's type")
            );
        };
        let visibility = match attributes.remove("sym_visibility") {
            Some(Attribute::String(v)) if &*v == "public" => Some(Visibility::Public),
            Some(Attribute::String(v)) if &*v == "private" => Some(Visibility::Private),
            Some(Attribute::String(v)) if &*v == "nested" => Some(Visibility::Nested),
            _ => None,
        };
        let parameter_attributes = dictionaries(attributes.remove("arg_attrs"), types.len());
        let result_attributes = dictionaries(attributes.remove("res_attrs"), result_types.len());
        let mut bodies = Vec::new();
        self.regions(cursor, mask, |reader, cursor| {
            bodies.push(reader.region(cursor)?);
            Ok(())
        })?;
        let [Some((body, names))] = &mut bodies[..] else {
            let message = "there is no body; expected one: a function without one cannot be run";
            return Err(cursor.fault(at, message));
        };
        let (body, names) = (std::mem::take(body), std::mem::take(names));
        if !body.parameters.iter().map(|&p| &self.values[p]).eq(&types) {
            let message = "the body has other parameters than `function_type`; expected the same types";
            return Err(cursor.fault(at, message));
        }
        let named = parameter_attributes.iter().map(name_in_attributes);
        Ok(Function {
            parameter_names: names.into_iter().zip(named).map(|(own, named)| own.or(named)).collect(),
            name,
            visibility,
            parameter_attributes,
            result_types,
            result_attributes,
            attributes,
            body,
            values: std::mem::take(&mut self.values),
            location: Location::at(at),
        })
    }

    // Operations.

    fn head(&mut self, cursor: &mut Cursor<'a>) -> Read<Head> {
        let at = cursor.at;
        let index = cursor.index(self.names.len(), "operation")?;
        let name = Arc::clone(&self.names[index].name);
        let mut read = |reader: &mut Self| {
            let mask = cursor.byte()?;
            let place = reader.places.next(cursor, &mut reader.pool)?;
            reader.origins.note(at, place.text.as_ref());
            let mut attributes = Attributes::default();
            if mask & has::ATTRIBUTES != 0 {
                let dictionary_at = cursor.at;
                attributes = match reader.pool.attribute(cursor)? {
                    Attribute::Dictionary(items) => items,
                    _ => {
                        return Err(
                            cursor.fault(dictionary_at, "the attributes are none; expected a dictionary")
                        );
                    }
                };
            }
            if mask & has::PROPERTIES != 0 {
                let properties = reader.properties.next(cursor, &mut reader.pool, &reader.names[index])?;
                for (name, _) in &properties.0 {
                    if attributes.get(name).is_some() {
                        let message =
                            format!("`{name}` is among the properties too; expected each name once");
                        return cursor.fail(message);
                    }
                }
                attributes.0.splice(0..0, properties.0);
            }
            let result_types = match mask & has::RESULTS {
                0 => Vec::new(),
                _ => reader.pool.types(cursor)?,
            };
            Ok((mask, attributes, result_types))
        };
        let (mask, attributes, result_types) = read(self).map_err(|fault| fault.in_operation(&name))?;
        Ok(Head { name, at, mask, attributes, result_types })
    }

    /// The rest of an operation that neither takes nor gives values.
    fn plain(&mut self, cursor: &Cursor<'a>, mask: u8, what: &str) -> Read<()> {
        if mask & (has::RESULTS | has::OPERANDS | has::SUCCESSORS | has::USE_ORDERS) != 0 {
            return cursor.fail(format!("{what} takes or gives values; expected none"));
        }
        Ok(())
    }

    fn operation(&mut self, cursor: &mut Cursor<'a>, head: Head) -> Read<Statement> {
        let name = Arc::clone(&head.name);
        self.rest_of_operation(cursor, head).map_err(|fault| fault.in_operation(&name))
    }

    fn rest_of_operation(&mut self, cursor: &mut Cursor<'a>, head: Head) -> Read<Statement> {
        let Head { name, at, mask, attributes, result_types, .. } = head;
        let mut operands: SmallVec<[ValueId; 3]> = SmallVec::new();
        if mask & has::OPERANDS != 0 {
            for _ in 0..cursor.count("operands")? {
                operands.push(self.operand(cursor)?);
            }
        }
        if mask & has::SUCCESSORS != 0 {
            return cursor
                .fail("the operation names blocks that follow it; expected none: those are not read");
        }
        if mask & has::USE_ORDERS != 0 {
            skip_use_orders(cursor, result_types.len())?;
        }
        let location = Location::at(at);
        if is_return(&name) {
            if mask & has::REGIONS != 0 || !result_types.is_empty() {
                return cursor.fail("a return has regions or results; expected none");
            }
            return Ok(Statement::Return { values: operands.into_vec(), location });
        }
        let same_types = operands.iter().map(|&o| &self.values[o]).eq(&result_types);
        if &*name == CAST && mask & has::REGIONS == 0 && same_types {
            self.define(cursor, &operands)?;
            return Ok(Statement::Cast);
        }
        let (generic, attributes) =
            upgrade::to_generic(&name, attributes).map_err(|message| cursor.fault(at, message))?;
        let (mut kind, attributes) = {
            let types: SmallVec<[&Type; 4]> = operands.iter().map(|&o| &self.values[o]).collect();
            kind_from_attributes(&generic, attributes, &types)
                .map_err(|error| cursor.fault(at, error.to_string()))?
        };
        settle_constant(&mut kind, &result_types);
        let results: SmallVec<[ValueId; 1]> =
            result_types.into_iter().map(|ty| self.values.add(ty)).collect();
        self.define(cursor, &results)?;
        let mut regions = Vec::new();
        self.regions(cursor, mask, |reader, cursor| {
            regions.push(reader.region(cursor)?.unwrap_or_default().0);
            Ok(())
        })?;
        Ok(Statement::Op(Box::new(Op { kind, operands, results, regions, attributes, location })))
    }

    fn operand(&mut self, cursor: &mut Cursor<'a>) -> Read<ValueId> {
        let at = cursor.at;
        let index = cursor.index(self.scope.values.len(), "value")?;
        match self.scope.values[index] {
            Some(value) => Ok(value),
            None => {
                let message =
                    format!("value {index} is not defined here; expected a value defined before its use");
                Err(cursor.fault(at, message))
            }
        }
    }

    /// Gives values their numbers.
    fn define(&mut self, cursor: &Cursor<'a>, values: &[ValueId]) -> Read<()> {
        for &value in values {
            match self.scope.regions.last_mut() {
                Some((next, end)) if *next < *end => {
                    self.scope.values[*next] = Some(value);
                    *next += 1;
                }
                _ => return cursor.fail("a region defines more values than it says; expected as many"),
            }
        }
        Ok(())
    }

    // Regions.

    /// The regions of an operation, each read by `read`, with the scope that it has.
    fn regions(
        &mut self,
        cursor: &mut Cursor<'a>,
        mask: u8,
        mut read: impl FnMut(&mut Self, &mut Cursor<'a>) -> Read<()>,
    ) -> Read<()> {
        if mask & has::REGIONS == 0 {
            return Ok(());
        }
        let at = cursor.at;
        let (count, isolated) = cursor.flagged()?;
        let count = cursor.check_count(at, count, "regions")?;
        if !isolated {
            return (0..count).try_for_each(|_| read(self, cursor));
        }
        // What is inside sees nothing of what is around.
        let around = std::mem::take(&mut self.scope);
        let result = if self.version < since::LAZY_REGIONS {
            (0..count).try_for_each(|_| read(self, cursor))
        } else {
            let section_at = cursor.at;
            match cursor.section()? {
                (file::IR, mut section) => (0..count)
                    .try_for_each(|_| read(self, &mut section))
                    .and_then(|()| section.finish("the last region")),
                _ => Err(cursor.fault(section_at, "this is no IR section; expected one with the regions")),
            }
        };
        self.scope = around;
        result
    }

    /// The one block of a region, of which `read` is told the number of operations and given the names of parameters;
    /// nothing where the region has no block.
    fn block_of<T>(
        &mut self,
        cursor: &mut Cursor<'a>,
        read: impl FnOnce(&mut Self, &mut Cursor<'a>, usize, Parameters) -> Read<T>,
    ) -> Read<T>
    where
        T: Default,
    {
        let at = cursor.at;
        match cursor.varint()? {
            0 => return Ok(T::default()),
            1 => {}
            blocks => {
                let message =
                    format!("a region has {blocks} blocks; expected one: regions of several are not read");
                return Err(cursor.fault(at, message));
            }
        }
        let defined = cursor.count("values")?;
        let first = self.scope.values.len();
        self.pool.enter(cursor)?;
        self.scope.values.resize(first + defined, None);
        self.scope.regions.push((first, first + defined));
        let at = cursor.at;
        let (count, has_parameters) = cursor.flagged()?;
        let parameters = if has_parameters { self.parameters(cursor)? } else { Parameters::default() };
        let count = cursor.check_count(at, count, "operations")?;
        let result = read(self, cursor, count, parameters)?;
        self.scope.regions.pop();
        self.scope.values.truncate(first);
        self.pool.leave();
        Ok(result)
    }

    fn parameters(&mut self, cursor: &mut Cursor<'a>) -> Read<Parameters> {
        let mut parameters = Parameters::default();
        let count = cursor.count("parameters")?;
        for _ in 0..count {
            let (ty, has_location) = if self.version >= since::NO_UNKNOWN_LOCATIONS {
                let at = cursor.at;
                let (index, has_location) = cursor.flagged()?;
                (self.pool.ty_of_index(cursor, at, index)?, has_location)
            } else {
                (self.pool.ty(cursor)?, true)
            };
            let place = match has_location {
                true => self.places.next(cursor, &mut self.pool)?,
                false => Place::default(),
            };
            parameters.values.push(self.values.add(ty));
            parameters.names.push(place.name);
        }
        self.define(cursor, &parameters.values)?;
        if self.version >= since::USE_ORDERS && cursor.byte()? != 0 {
            skip_use_orders(cursor, count)?;
        }
        Ok(parameters)
    }

    /// A region and the names of its parameters; none where it has no block.
    fn region(&mut self, cursor: &mut Cursor<'a>) -> Read<Option<(Region, Names)>> {
        self.block_of(cursor, |reader, cursor, count, parameters| {
            let mut region = Region { parameters: parameters.values, ..Region::default() };
            let mut returned = false;
            for _ in 0..count {
                let head = reader.head(cursor)?;
                let at = head.at;
                if returned {
                    return Err(cursor.fault(at, "an operation follows the return; expected none"));
                }
                match reader.operation(cursor, head)? {
                    Statement::Op(op) => region.ops.push(*op),
                    Statement::Cast => {}
                    Statement::Return { values, location } => {
                        (region.returns, region.return_location) = (values, location);
                        returned = true;
                    }
                }
            }
            if !returned && count > 0 {
                return cursor.fail("the region ends without a return; expected one");
            }
            Ok(Some((region, parameters.names)))
        })
    }
}

/// A name for each parameter that has one.
type Names = Vec<Option<Arc<str>>>;

/// The values that a block is given, and their names.
#[derive(Default)]
struct Parameters {
    values: Vec<ValueId>,
    names: Names,
}

/// What stands in artifacts around operations of dialects that they hold beside VHLO.
pub(super) const CAST: &str = "builtin.unrealized_conversion_cast";

fn is_return(name: &str) -> bool {
    name.ends_with(".return") || name == "vhlo.return_v1"
}

/// In which order values are used matters to nobody here.
fn skip_use_orders(cursor: &mut Cursor<'_>, values: usize) -> Read<()> {
    let count = if values > 1 { cursor.count("values")? } else { 1 };
    for _ in 0..count {
        if values > 1 {
            cursor.varint()?;
        }
        let at = cursor.at;
        let (indices, _) = cursor.flagged()?;
        for _ in 0..cursor.check_count(at, indices, "indices")? {
            cursor.varint()?;
        }
    }
    Ok(())
}
