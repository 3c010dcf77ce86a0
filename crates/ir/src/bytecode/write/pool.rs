//! Attributes, types and strings as they are collected: each is written once, and referred to by its number.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::super::elements;
use super::super::enums::ENUMERATIONS;
use super::super::file::{self, since};
use super::super::versions::ArtifactVersion;
use super::super::vhlo::{NUMBERS, code, type_code};
use super::WriteError;
use super::emitter::Emitter;
use super::parse;
use crate::{Attribute, Attributes, DYNAMIC, ElementType, Literal, Quantization, TensorType, Type, float};

/// Which dialect an attribute or a type is to be of: that of artifacts, or MLIR's own, for what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    Vhlo,
    Builtin,
}

type Written<T> = Result<T, WriteError>;

/// An encoded attribute or type.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Encoded {
    dialect: usize,
    /// Whether it is in the dialect's own encoding, not text.
    custom: bool,
    bytes: Vec<u8>,
}

/// Things that are numbered in the order in which they are first used.
struct Numbered<T> {
    numbers: HashMap<T, usize>,
    things: Vec<T>,
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn new() -> Numbered<T> {
        Numbered { numbers: HashMap::new(), things: Vec::new() }
    }

    fn number(&mut self, thing: T) -> usize {
        match self.numbers.entry(thing) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                let number = self.things.len();
                self.things.push(entry.key().clone());
                *entry.insert(number)
            }
        }
    }
}

pub(super) struct Pool {
    version: ArtifactVersion,
    strings: Numbered<Arc<str>>,
    dialects: Numbered<Arc<str>>,
    /// Each with its dialect, and whether its properties are in an encoding of its own.
    operations: Numbered<(usize, Arc<str>, bool)>,
    attributes: Numbered<Encoded>,
    types: Numbered<Encoded>,
    properties: Numbered<Vec<u8>>,
}

impl Pool {
    pub(super) fn new(version: ArtifactVersion) -> Pool {
        Pool {
            version,
            strings: Numbered::new(),
            dialects: Numbered::new(),
            operations: Numbered::new(),
            attributes: Numbered::new(),
            types: Numbered::new(),
            properties: Numbered::new(),
        }
    }

    // Numbers.

    pub(super) fn string(&mut self, text: &str) -> usize {
        self.strings.number(text.into())
    }

    fn dialect(&mut self, name: &str) -> usize {
        self.dialects.number(name.into())
    }

    /// The operation of a name with its dialect.
    pub(super) fn operation(&mut self, name: &str, registered: bool) -> usize {
        let (dialect, name) = name.split_once('.').unwrap_or(("builtin", name));
        let dialect = self.dialect(dialect);
        self.operations.number((dialect, name.into(), registered))
    }

    pub(super) fn properties(&mut self, properties: Emitter) -> usize {
        self.properties.number(properties.0)
    }

    fn custom_attribute(&mut self, form: Form, bytes: Emitter) -> usize {
        let dialect = self.dialect(form.name());
        self.attributes.number(Encoded { dialect, custom: true, bytes: bytes.0 })
    }

    fn custom_type(&mut self, form: Form, bytes: Emitter) -> usize {
        let dialect = self.dialect(form.name());
        self.types.number(Encoded { dialect, custom: true, bytes: bytes.0 })
    }

    /// An attribute of another dialect, as text.
    fn text(&mut self, text: &str) -> Written<usize> {
        let name = text.strip_prefix('#').map(|rest| rest.split(['.', '<']).next().unwrap_or(rest));
        let Some(name) = name.filter(|name| *name == "sdy" || *name == "chlo") else {
            return Err(WriteError::new(format!(
                "the attribute `{text}` is in no portable artifact; leave it out"
            )));
        };
        self.need((1, 11), &format!("the attribute `{text}`"))?;
        let dialect = self.dialect(name);
        Ok(self.attributes.number(Encoded {
            dialect,
            custom: false,
            bytes: [text.as_bytes(), b"\0"].concat(),
        }))
    }

    /// An error where what an artifact is to hold came later than its version.
    pub(super) fn need(&self, since: (u32, u32), what: &str) -> Written<()> {
        if self.version.has(since) {
            return Ok(());
        }
        let (major, minor) = since;
        let message = format!(
            "{what} is in no portable artifact of version {}; expected version {major}.{minor}.0 or newer",
            self.version
        );
        Err(WriteError::new(message))
    }

    // Attributes.

    pub(super) fn attribute(&mut self, form: Form, attribute: &Attribute) -> Written<usize> {
        match form {
            Form::Vhlo => self.vhlo_attribute(attribute),
            Form::Builtin => self.builtin_attribute(attribute),
        }
    }

    fn vhlo_attribute(&mut self, attribute: &Attribute) -> Written<usize> {
        let form = Form::Vhlo;
        let mut e = Emitter::default();
        match attribute {
            Attribute::Bool(value) => {
                e.varint(code::BOOLEAN);
                e.varint(u64::from(*value));
            }
            Attribute::Integer(value, ty) => {
                e.varint(code::INTEGER);
                e.size(self.ty(form, ty)?);
                integer(&mut e, *value, ty)?;
            }
            Attribute::Float(value, ty) => {
                e.varint(code::FLOAT);
                e.size(self.ty(form, ty)?);
                float_bits(&mut e, *value, ty)?;
            }
            Attribute::String(text) | Attribute::Symbol(text) => {
                e.varint(code::STRING);
                e.size(self.string(text));
            }
            Attribute::Type(ty) => {
                e.varint(code::TYPE);
                e.size(self.ty(form, ty)?);
            }
            Attribute::FunctionType(operands, results) => {
                e.varint(code::TYPE);
                e.size(self.function_type(form, operands, results)?);
            }
            Attribute::Array(items) => {
                e.varint(code::ARRAY);
                e.indices(&self.attributes_of(form, items)?);
            }
            Attribute::Dictionary(items) => {
                e.varint(code::DICTIONARY);
                self.pairs(form, &mut e, items)?;
            }
            Attribute::DenseIntegers(values, element) => {
                let literal = list(values, *element);
                return self.vhlo_attribute(&Attribute::Dense(literal));
            }
            Attribute::Dense(literal) => {
                e.varint(code::TENSOR);
                e.size(self.tensor(form, literal.ty())?);
                e.blob(&elements::data(literal));
            }
            Attribute::Opaque(text) => return self.opaque(text),
            Attribute::Unit => {
                let message =
                    "an attribute without a value is in no portable artifact; give it one, or leave it out";
                return Err(WriteError::new(message));
            }
        }
        Ok(self.custom_attribute(form, e))
    }

    /// An attribute that is kept as text, in the encoding that VHLO has for it.
    fn opaque(&mut self, text: &str) -> Written<usize> {
        let form = Form::Vhlo;
        let mut e = Emitter::default();
        if let Some((kind, number)) = enumerated(text) {
            e.varint(kind);
            e.varint(number);
        } else if let Some(alias) = crate::generic::structs::alias(text) {
            e.varint(code::OUTPUT_OPERAND_ALIAS);
            e.signed_list(alias.output_tuple_indices.into_iter());
            e.signed(alias.operand_index);
            e.signed_list(alias.operand_tuple_indices.into_iter());
        } else if let Some(bounds) = parse::bounds(text) {
            e.varint(code::TYPE_EXTENSIONS);
            e.signed_list(bounds.into_iter());
        } else if let Some(accuracy) = parse::accuracy(text) {
            let mode = self.opaque(&format!("#stablehlo.result_accuracy_mode<{}>", accuracy.mode))?;
            e.varint(code::RESULT_ACCURACY);
            e.bits(accuracy.absolute.to_bits(), 64);
            e.bits(accuracy.relative.to_bits(), 64);
            e.signed(accuracy.ulps);
            e.size(mode);
        } else if let Some(indices) = parse::indices(text) {
            let mut ty = Emitter::default();
            ty.varint(type_code::TENSOR);
            ty.signed_list([indices.len() as i64].into_iter());
            ty.size(self.number(form, "index")?);
            e.varint(code::TENSOR);
            e.size(self.custom_type(form, ty));
            e.blob(&indices.iter().flat_map(|index| index.to_le_bytes()).collect::<Vec<u8>>());
        } else {
            return self.text(text);
        }
        Ok(self.custom_attribute(form, e))
    }

    fn builtin_attribute(&mut self, attribute: &Attribute) -> Written<usize> {
        let form = Form::Builtin;
        let mut e = Emitter::default();
        match attribute {
            Attribute::Array(items) => {
                e.varint(0);
                e.indices(&self.attributes_of(form, items)?);
            }
            Attribute::Dictionary(items) => {
                e.varint(1);
                self.pairs(form, &mut e, items)?;
            }
            Attribute::String(text) => {
                e.varint(2);
                e.size(self.string(text));
            }
            Attribute::Symbol(name) => {
                let mut parts = name.split("::@");
                let first = self.builtin_attribute(&Attribute::String(parts.next().unwrap_or("").into()))?;
                let rest: Vec<Attribute> = parts.map(|part| Attribute::Symbol(part.into())).collect();
                e.varint(if rest.is_empty() { 4 } else { 5 });
                e.size(first);
                if !rest.is_empty() {
                    e.indices(&self.attributes_of(form, &rest)?);
                }
            }
            Attribute::Type(ty) => {
                e.varint(6);
                e.size(self.ty(form, ty)?);
            }
            Attribute::FunctionType(operands, results) => {
                e.varint(6);
                e.size(self.function_type(form, operands, results)?);
            }
            Attribute::Unit => e.varint(7),
            Attribute::Bool(value) => {
                e.varint(8);
                e.size(self.number(form, "i1")?);
                e.byte(u8::from(*value));
            }
            Attribute::Integer(value, ty) => {
                e.varint(8);
                e.size(self.ty(form, ty)?);
                integer(&mut e, *value, ty)?;
            }
            Attribute::Float(value, ty) => {
                e.varint(9);
                e.size(self.ty(form, ty)?);
                float_bits(&mut e, *value, ty)?;
            }
            Attribute::DenseIntegers(values, element) => {
                let bytes: Vec<u8> =
                    values.iter().flat_map(|v| v.to_le_bytes().into_iter().take(element.size())).collect();
                e.varint(17);
                e.size(self.number(form, element.name())?);
                e.size(values.len());
                e.blob(&bytes);
            }
            Attribute::Dense(literal) => {
                e.varint(18);
                e.size(self.tensor(form, literal.ty())?);
                e.blob(&elements::data(literal));
            }
            Attribute::Opaque(text) => return self.text(text),
        }
        Ok(self.custom_attribute(form, e))
    }

    fn attributes_of(&mut self, form: Form, items: &[Attribute]) -> Written<Vec<usize>> {
        items.iter().map(|item| self.attribute(form, item)).collect()
    }

    /// Names and values, sorted by name.
    fn pairs(&mut self, form: Form, e: &mut Emitter, items: &Attributes) -> Written<()> {
        let mut items: Vec<_> = items.0.iter().collect();
        items.sort_by_key(|(name, _)| name);
        e.size(items.len());
        for (name, value) in items {
            e.size(self.attribute(form, &Attribute::String(Arc::clone(name)))?);
            e.size(self.attribute(form, value)?);
        }
        Ok(())
    }

    /// The dictionary of an operation: its own encoding, with values of a dialect.
    pub(super) fn op_dictionary(&mut self, form: Form, items: &Attributes) -> Written<usize> {
        let mut items: Vec<_> = items.0.iter().collect();
        items.sort_by_key(|(name, _)| name);
        let mut e = Emitter::default();
        e.varint(1);
        e.size(items.len());
        for (name, value) in items {
            e.size(self.builtin_attribute(&Attribute::String(Arc::clone(name)))?);
            e.size(self.attribute(form, value)?);
        }
        Ok(self.custom_attribute(Form::Builtin, e))
    }

    // Locations.

    pub(super) fn unknown_location(&mut self) -> usize {
        let mut e = Emitter::default();
        e.varint(super::super::builtin::location::UNKNOWN);
        self.custom_attribute(Form::Builtin, e)
    }

    /// A location that is a name.
    pub(super) fn name_location(&mut self, name: &str) -> usize {
        let (name, unknown) = (self.plain_string(name), self.unknown_location());
        let mut e = Emitter::default();
        e.varint(super::super::builtin::location::NAME);
        e.size(name);
        e.size(unknown);
        self.custom_attribute(Form::Builtin, e)
    }

    pub(super) fn file_location(&mut self, file: &str, line: usize, column: usize) -> usize {
        let file = self.plain_string(file);
        let mut e = Emitter::default();
        e.varint(super::super::builtin::location::FILE_LINE_COLUMN);
        e.size(file);
        e.size(line);
        e.size(column);
        self.custom_attribute(Form::Builtin, e)
    }

    fn plain_string(&mut self, text: &str) -> usize {
        let mut e = Emitter::default();
        e.varint(2);
        e.size(self.string(text));
        self.custom_attribute(Form::Builtin, e)
    }

    // Types.

    pub(super) fn types(&mut self, form: Form, types: &[Type]) -> Written<Vec<usize>> {
        types.iter().map(|ty| self.ty(form, ty)).collect()
    }

    pub(super) fn ty(&mut self, form: Form, ty: &Type) -> Written<usize> {
        let mut e = Emitter::default();
        match ty {
            Type::Tensor(tensor) => return self.tensor(form, tensor),
            Type::Tuple(parts) => {
                let parts = self.types(form, parts)?;
                e.varint(if form == Form::Vhlo { type_code::TUPLE } else { 15 });
                e.indices(&parts);
            }
            Type::Token if form == Form::Vhlo => e.varint(type_code::TOKEN),
            Type::Token => {
                e.varint(0);
                let dialect = self.dialect("stablehlo");
                return Ok(self.types.number(Encoded { dialect, custom: true, bytes: e.0 }));
            }
            Type::Other(name) => return self.number(form, name),
        }
        Ok(self.custom_type(form, e))
    }

    fn function_type(&mut self, form: Form, operands: &[Type], results: &[Type]) -> Written<usize> {
        let (operands, results) = (self.types(form, operands)?, self.types(form, results)?);
        let mut e = Emitter::default();
        e.varint(if form == Form::Vhlo { type_code::FUNCTION } else { 2 });
        e.indices(&operands);
        e.indices(&results);
        Ok(self.custom_type(form, e))
    }

    fn tensor(&mut self, form: Form, tensor: &TensorType) -> Written<usize> {
        let element = match &tensor.quantization {
            Some(q) => self.quantized(form, tensor.element, q)?,
            None => self.number(form, tensor.element.name())?,
        };
        let mut e = Emitter::default();
        match &tensor.encoding {
            Some(encoding) if form == Form::Vhlo => {
                let encoding = self.opaque(encoding)?;
                e.varint(type_code::TENSOR_WITH_ENCODING);
                e.size(encoding);
            }
            Some(encoding) => {
                let encoding = self.text(encoding)?;
                e.varint(14);
                e.size(encoding);
            }
            None => e.varint(if form == Form::Vhlo { type_code::TENSOR } else { 13 }),
        }
        e.signed_list(tensor.dims.iter().map(|&d| if d == DYNAMIC { i64::MIN } else { d as i64 }));
        e.size(element);
        Ok(self.custom_type(form, e))
    }

    fn quantized(&mut self, form: Form, storage: ElementType, q: &Quantization) -> Written<usize> {
        if form == Form::Builtin {
            let message = "a quantized tensor stands beside what artifacts hold; expected one only in StableHLO's operations";
            return Err(WriteError::new(message));
        }
        let (stored, expressed) =
            (self.number(form, storage.name())?, self.number(form, q.expressed.name())?);
        let mut e = Emitter::default();
        e.varint(if q.axis.is_some() { type_code::QUANTIZED_PER_AXIS } else { type_code::QUANTIZED });
        e.varint(u64::from(storage.is_signed_integer()));
        e.size(stored);
        e.size(expressed);
        match q.axis {
            None => {
                e.bits(q.scales[0].to_bits(), 64);
                e.signed(q.zero_points[0]);
                e.signed(q.storage_min);
                e.signed(q.storage_max);
            }
            Some(axis) => {
                self.need((0, 18), "a tensor that is quantized along an axis")?;
                e.size(axis);
                e.signed(q.storage_min);
                e.signed(q.storage_max);
                e.size(q.scales.len());
                q.scales.iter().for_each(|scale| e.bits(scale.to_bits(), 64));
                e.signed_list(q.zero_points.iter().copied());
            }
        }
        Ok(self.custom_type(form, e))
    }

    /// The type of numbers of a name, or another that has a name.
    fn number(&mut self, form: Form, name: &str) -> Written<usize> {
        let mut e = Emitter::default();
        if let Some(part) = name.strip_prefix("complex<").and_then(|rest| rest.strip_suffix('>')) {
            let part = self.number(form, part)?;
            e.varint(if form == Form::Vhlo { type_code::COMPLEX } else { 9 });
            e.size(part);
            return Ok(self.custom_type(form, e));
        }
        let found = match form {
            Form::Vhlo => {
                NUMBERS.iter().find(|(_, known, _)| *known == name).map(|(code, _, since)| (*code, *since))
            }
            Form::Builtin => None,
        };
        match (form, found) {
            (Form::Vhlo, Some((code, since))) => {
                self.need(since, &format!("the type {name}"))?;
                e.varint(code);
            }
            (Form::Builtin, _) if builtin_number(&mut e, name) => {}
            _ => {
                let message = format!(
                    "the type {name} is in no portable artifact; expected a tensor, a token or a tuple"
                );
                return Err(WriteError::new(message));
            }
        }
        Ok(self.custom_type(form, e))
    }

    // Sections.

    /// The file around an IR section.
    pub(super) fn file(mut self, ir: &Emitter) -> Vec<u8> {
        let format = self.version.format();
        let mut out = Emitter(super::super::MAGIC.to_vec());
        out.varint(format);
        out.0.extend(format!("StableHLO_v{}\0", self.version).bytes());
        let dialects = self.dialect_section(format);
        out.section(file::DIALECTS, &dialects);
        let (offsets, data) = self.entry_sections();
        out.section(file::ATTRIBUTE_OFFSETS, &offsets);
        out.section(file::ATTRIBUTES, &data);
        out.section(file::IR, ir);
        if format >= since::PROPERTIES {
            let mut properties = Emitter::default();
            properties.size(self.properties.things.len());
            self.properties.things.iter().for_each(|entry| properties.blob(entry));
            out.section(file::PROPERTIES, &properties);
        }
        let mut strings = Emitter::default();
        strings.size(self.strings.things.len());
        self.strings.things.iter().rev().for_each(|text| strings.size(text.len() + 1));
        self.strings.things.iter().for_each(|text| strings.0.extend(text.bytes().chain([0])));
        out.section(file::STRINGS, &strings);
        out.0
    }

    fn dialect_section(&mut self, format: u64) -> Emitter {
        let mut e = Emitter::default();
        e.size(self.dialects.things.len());
        for name in self.dialects.things.clone() {
            let name = self.string(&name);
            if format >= since::DIALECT_VERSIONS { e.flagged(name, false) } else { e.size(name) }
        }
        if format >= since::NO_UNKNOWN_LOCATIONS {
            e.size(self.operations.things.len());
        }
        // Groups may be of one operation each; those that follow one another make one.
        let operations = self.operations.things.clone();
        for group in operations.chunk_by(|a, b| a.0 == b.0) {
            e.size(group[0].0);
            e.size(group.len());
            for (_, name, registered) in group {
                let name = self.string(name);
                if format >= since::PROPERTIES { e.flagged(name, *registered) } else { e.size(name) }
            }
        }
        e
    }

    fn entry_sections(&self) -> (Emitter, Emitter) {
        let (mut offsets, mut data) = (Emitter::default(), Emitter::default());
        offsets.size(self.attributes.things.len());
        offsets.size(self.types.things.len());
        for entries in [&self.attributes.things, &self.types.things] {
            for group in entries.chunk_by(|a, b| a.dialect == b.dialect) {
                offsets.size(group[0].dialect);
                offsets.size(group.len());
                for entry in group {
                    offsets.flagged(entry.bytes.len(), entry.custom);
                    data.0.extend_from_slice(&entry.bytes);
                }
            }
        }
        (offsets, data)
    }
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Form::Vhlo => "vhlo",
            Form::Builtin => "builtin",
        }
    }
}

/// A list of integers as a literal, which keeps one of them where all are equal.
pub(super) fn list(values: &[i64], element: ElementType) -> Literal {
    let ty = TensorType::new(element, [values.len()]);
    let bytes: Vec<u8> =
        values.iter().flat_map(|v| v.to_le_bytes().into_iter().take(element.size())).collect();
    let same = values.len() > 1 && values.iter().all(|v| *v == values[0]);
    let literal = match same {
        true => Literal::splat(ty, &bytes[..element.size()]),
        false => Literal::new(ty, bytes),
    };
    literal.unwrap_or_else(|error| unreachable!("a list has as many elements as its type: {error}"))
}

/// The kind and the number of a value of an enumeration.
fn enumerated(text: &str) -> Option<(u64, u64)> {
    let inner = text.strip_prefix("#stablehlo")?.strip_suffix('>')?;
    let (word, name) = match inner.strip_prefix('.') {
        Some(inner) => inner.split_once('<')?,
        None => inner.strip_prefix('<')?.split_once(' ')?,
    };
    let enumeration = ENUMERATIONS.iter().find(|e| e.word == word)?;
    let (number, _) = enumeration.values.iter().find(|(_, known)| *known == name)?;
    Some((enumeration.vhlo, *number))
}

fn integer(e: &mut Emitter, value: i128, ty: &Type) -> Written<()> {
    let width = match ty {
        Type::Other(name) if &**name == "index" => Some(64),
        Type::Other(name) => name.trim_start_matches(['s', 'u', 'i']).parse::<usize>().ok(),
        _ => None,
    };
    match width.filter(|width| (1..=64).contains(width)) {
        Some(width) => {
            e.bits(value as u64 & (u64::MAX >> (64 - width)), width);
            Ok(())
        }
        None => Err(WriteError::new(format!(
            "the integer {value} is of type {ty}; expected one of at most 64 bits"
        ))),
    }
}

fn float_bits(e: &mut Emitter, value: f64, ty: &Type) -> Written<()> {
    let element = match ty {
        Type::Other(name) => ElementType::from_name(name).filter(|element| element.is_float()),
        _ => None,
    };
    match element {
        Some(element) => {
            e.bits(float::encode(element, value), element.bits());
            Ok(())
        }
        None => Err(WriteError::new(format!("the float {value} is of type {ty}; expected one such as f32"))),
    }
}

/// A number type of the builtin dialect; false where there is none of that name.
fn builtin_number(e: &mut Emitter, name: &str) -> bool {
    let plain = ["index", "", "bf16", "f16", "f32", "f64"].iter().position(|known| *known == name);
    if let Some(place) = plain.filter(|_| !name.is_empty()) {
        e.size(place + 1);
        return true;
    }
    if name == "none" {
        e.varint(12);
        return true;
    }
    if let Some(place) = super::super::builtin::NARROW.iter().position(|known| *known == name) {
        e.size(place + 21);
        return true;
    }
    let (digits, signedness) = match name.strip_prefix("ui") {
        Some(digits) => (digits, 2),
        None => match name.strip_prefix('i') {
            Some(digits) => (digits, 0),
            None => return false,
        },
    };
    let Ok(width) = digits.parse::<u64>() else { return false };
    e.varint(0);
    e.varint(width << 2 | signedness);
    true
}
