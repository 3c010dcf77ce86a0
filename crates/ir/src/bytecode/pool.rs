//! Attributes and types: entries that are read when something refers to them, and then kept.
//!
//! An entry refers to others by their index, forwards and backwards, so a file could speak of things nested without end
//! or of more parts than memory holds. Whatever is handed out is copied; depth and copies are bounded.

use std::sync::Arc;

use super::cursor::Cursor;
use super::error::Read;
use super::file::{self, File};
use super::resources::Resources;
use super::tables::{Dialects, Strings};
use super::{builtin, quant, sdy, stablehlo, vhlo};
use crate::text::{
    MAX_EXPANSION, MAX_NESTING, parse_attribute, parse_quantized, parse_type, size_of_attribute, size_of_type,
};
use crate::{Attribute, Attributes, DYNAMIC, ElementType, MAX_RANK, Quantization, TensorType, Type};

/// What an entry among the types stands for.
#[derive(Clone)]
pub(super) enum Known {
    Type(Type),
    /// The element type of a quantized tensor.
    Quantized(ElementType, Arc<Quantization>),
    Function(Vec<Type>, Vec<Type>),
}

/// Where an entry stands and how it is encoded.
#[derive(Clone, Copy)]
struct Entry {
    start: usize,
    end: usize,
    dialect: usize,
    /// Whether it is in the dialect's own encoding; as text else.
    custom: bool,
}

/// What an entry stands for, how deep it nests and of how many parts it is.
struct Kept<T> {
    value: T,
    height: usize,
    size: usize,
}

struct Slot<T> {
    entry: Entry,
    kept: Option<Kept<T>>,
}

/// All attributes and types of a file.
pub(super) struct Pool<'a> {
    data: Cursor<'a>,
    pub(super) strings: Strings,
    dialects: Vec<Arc<str>>,
    resources: Resources<'a>,
    attributes: Vec<Slot<Attribute>>,
    types: Vec<Slot<Known>>,
    /// How deep this place is nested in regions, attributes and types.
    depth: usize,
    expanded: usize,
    most_expanded: usize,
}

impl<'a> Pool<'a> {
    pub(super) fn read(file: &File<'a>, strings: Strings, dialects: &Dialects) -> Read<Pool<'a>> {
        let data = file.section(file::ATTRIBUTES)?;
        let mut offsets = file.section(file::ATTRIBUTE_OFFSETS)?;
        let attributes = offsets.count("attributes")?;
        let types = offsets.count("types")?;
        let mut start = data.at;
        let attributes = entries(&mut offsets, &data, &mut start, attributes, dialects.names.len())?;
        let types = entries(&mut offsets, &data, &mut start, types, dialects.names.len())?;
        offsets.finish("the last entry")?;
        let resources = Resources::read(file, &strings, dialects.names.len())?;
        Ok(Pool {
            // Every use takes a byte of the file, and most attributes are of few parts.
            most_expanded: MAX_EXPANSION + 16 * data.at.max(start),
            strings,
            dialects: dialects.names.clone(),
            resources,
            attributes: attributes.into_iter().map(|entry| Slot { entry, kept: None }).collect(),
            types: types.into_iter().map(|entry| Slot { entry, kept: None }).collect(),
            data,
            depth: 0,
            expanded: 0,
        })
    }

    /// Runs `read` one level deeper.
    pub(super) fn nested<T>(
        &mut self,
        cursor: &Cursor<'_>,
        read: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Read<T> {
        self.enter(cursor)?;
        let result = read(self);
        self.leave();
        result
    }

    /// Goes into a region.
    pub(super) fn enter(&mut self, cursor: &Cursor<'_>) -> Read<()> {
        self.hold(cursor, 1)?;
        self.depth += 1;
        Ok(())
    }

    /// Comes out of a region.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Whether something of so many levels may be in this place.
    fn hold(&self, cursor: &Cursor<'_>, height: usize) -> Read<()> {
        if self.depth + height > MAX_NESTING {
            return cursor.fail(format!("things nest too deep; expected at most {MAX_NESTING} levels"));
        }
        Ok(())
    }

    /// Counts what is about to be copied.
    fn expand(&mut self, cursor: &Cursor<'_>, size: usize) -> Read<()> {
        self.expanded = self.expanded.saturating_add(size);
        if self.expanded > self.most_expanded {
            let message =
                "attributes and types stand for too many parts; expected a program that they shorten less";
            return cursor.fail(message);
        }
        Ok(())
    }

    /// The attribute whose index is next.
    pub(super) fn attribute(&mut self, cursor: &mut Cursor<'a>) -> Read<Attribute> {
        let index = cursor.index(self.attributes.len(), "attribute")?;
        self.attribute_at(cursor, index)
    }

    /// The attribute that may be next, or nothing.
    pub(super) fn optional_attribute(&mut self, cursor: &mut Cursor<'a>) -> Read<Option<Attribute>> {
        let at = cursor.at;
        let (index, is_some) = cursor.flagged()?;
        if !is_some {
            return Ok(None);
        }
        let index = cursor.check_index(at, index, self.attributes.len(), "attribute")?;
        self.attribute_at(cursor, index).map(Some)
    }

    fn attribute_at(&mut self, cursor: &Cursor<'a>, index: usize) -> Read<Attribute> {
        if self.attributes[index].kept.is_none() {
            let entry = self.attributes[index].entry;
            let value = self.nested(cursor, |pool| pool.read_attribute(entry))?;
            let (height, size) = (height_of_attribute(&value), size_of_attribute(&value));
            self.attributes[index].kept = Some(Kept { value, height, size });
        }
        let Some(Kept { value, height, size }) = &self.attributes[index].kept else {
            return cursor.fail("an attribute is part of itself; expected one that is not");
        };
        let (value, height, size) = (value.clone(), *height, *size);
        self.hold(cursor, height)?;
        self.expand(cursor, size)?;
        Ok(value)
    }

    fn read_attribute(&mut self, entry: Entry) -> Read<Attribute> {
        let mut cursor = self.data.part(entry.start, entry.end);
        let at = cursor.at;
        if !entry.custom {
            let text = cursor.terminated("an attribute's text")?;
            cursor.finish("an attribute's text")?;
            let text = String::from_utf8_lossy(text);
            // A type that stands for an attribute is written as one.
            return parse_attribute(&text)
                .map_err(|error| cursor.fault(at, format!("`{}`: {}", shorten(&text), error.message())));
        }
        let attribute = match &*Arc::clone(&self.dialects[entry.dialect]) {
            "builtin" | "" => builtin::attribute(self, &mut cursor),
            "vhlo" => vhlo::attribute(self, &mut cursor),
            "stablehlo" => stablehlo::attribute(self, &mut cursor),
            "chlo" => stablehlo::chlo_attribute(&mut cursor),
            "sdy" => sdy::attribute(self, &mut cursor),
            dialect => Err(unknown_encoding(&cursor, "attributes", dialect)),
        }?;
        cursor.finish("an attribute")?;
        Ok(attribute)
    }

    /// The type whose index is next.
    pub(super) fn known(&mut self, cursor: &mut Cursor<'a>) -> Read<Known> {
        let index = cursor.index(self.types.len(), "type")?;
        self.known_at(cursor, index)
    }

    fn known_at(&mut self, cursor: &Cursor<'a>, index: usize) -> Read<Known> {
        if self.types[index].kept.is_none() {
            let entry = self.types[index].entry;
            let value = self.nested(cursor, |pool| pool.read_type(entry))?;
            let (height, size) = match &value {
                Known::Type(ty) => (height_of_type(ty), size_of_type(ty)),
                Known::Quantized(..) => (1, 1),
                Known::Function(a, b) => {
                    let types = || a.iter().chain(b);
                    let height = types().map(height_of_type).max().unwrap_or(0);
                    (1 + height, 1 + types().map(size_of_type).sum::<usize>())
                }
            };
            self.types[index].kept = Some(Kept { value, height, size });
        }
        let Some(Kept { value, height, size }) = &self.types[index].kept else {
            return cursor.fail("a type is part of itself; expected one that is not");
        };
        let (value, height, size) = (value.clone(), *height, *size);
        self.hold(cursor, height)?;
        self.expand(cursor, size)?;
        Ok(value)
    }

    fn read_type(&mut self, entry: Entry) -> Read<Known> {
        let mut cursor = self.data.part(entry.start, entry.end);
        let at = cursor.at;
        if !entry.custom {
            let text = cursor.terminated("a type's text")?;
            cursor.finish("a type's text")?;
            let text = String::from_utf8_lossy(text);
            if let Some((storage, quantization)) = parse_quantized(&text) {
                return Ok(Known::Quantized(storage, Arc::new(quantization)));
            }
            return match parse_type(&text) {
                Ok(ty) => Ok(Known::Type(ty)),
                Err(error) => Err(cursor.fault(at, format!("`{}`: {}", shorten(&text), error.message()))),
            };
        }
        let known = match &*Arc::clone(&self.dialects[entry.dialect]) {
            "builtin" | "" => builtin::ty(self, &mut cursor),
            "vhlo" => vhlo::ty(self, &mut cursor),
            "stablehlo" => stablehlo::ty(self, &mut cursor),
            "quant" => quant::ty(self, &mut cursor),
            dialect => Err(unknown_encoding(&cursor, "types", dialect)),
        }?;
        cursor.finish("a type")?;
        Ok(known)
    }

    /// The type of a value whose index is next.
    pub(super) fn ty(&mut self, cursor: &mut Cursor<'a>) -> Read<Type> {
        match self.known(cursor)? {
            Known::Type(ty) => Ok(ty),
            Known::Quantized(storage, q) => Ok(Type::Other(q.display(storage).to_string().into())),
            Known::Function(..) => cursor.fail("this is the type of a function; expected that of a value"),
        }
    }

    /// The type of a value that was counted together with a flag at `at`.
    pub(super) fn ty_of_index(&mut self, cursor: &mut Cursor<'a>, at: usize, index: u64) -> Read<Type> {
        let index = cursor.check_index(at, index, self.types.len(), "type")?;
        match self.known_at(cursor, index)? {
            Known::Type(ty) => Ok(ty),
            _ => Err(cursor.fault(at, "this is not the type of a value; expected that")),
        }
    }

    /// A tensor type whose index is next.
    pub(super) fn tensor(&mut self, cursor: &mut Cursor<'a>) -> Read<TensorType> {
        let at = cursor.at;
        match self.known(cursor)? {
            Known::Type(Type::Tensor(ty)) => Ok(ty),
            _ => Err(cursor.fault(at, "this is not the type of a tensor; expected that")),
        }
    }

    /// Types after their number.
    pub(super) fn types(&mut self, cursor: &mut Cursor<'a>) -> Read<Vec<Type>> {
        let count = cursor.count("types")?;
        (0..count).map(|_| self.ty(cursor)).collect()
    }

    /// Attributes after their number.
    pub(super) fn attributes(&mut self, cursor: &mut Cursor<'a>) -> Read<Vec<Attribute>> {
        let count = cursor.count("attributes")?;
        (0..count).map(|_| self.attribute(cursor)).collect()
    }

    /// Pairs of a name and an attribute, after their number.
    pub(super) fn dictionary(&mut self, cursor: &mut Cursor<'a>) -> Read<Attributes> {
        let mut items = Attributes::default();
        for _ in 0..cursor.count("attributes")? {
            let name = self.string_attribute(cursor)?;
            items.0.push((name, self.attribute(cursor)?));
        }
        let mut names: Vec<&str> = items.0.iter().map(|(name, _)| &**name).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return cursor.fail(format!("`{}` is given twice; expected each name once", shorten(twice[0])));
        }
        Ok(items)
    }

    /// The text of an attribute that is a string.
    pub(super) fn string_attribute(&mut self, cursor: &mut Cursor<'a>) -> Read<Arc<str>> {
        let at = cursor.at;
        match self.attribute(cursor)? {
            Attribute::String(text) => Ok(text),
            _ => Err(cursor.fault(at, "this attribute is no string; expected one")),
        }
    }

    /// The bytes of the resource whose handle is next.
    pub(super) fn resource(&self, cursor: &mut Cursor<'a>) -> Read<&'a [u8]> {
        self.resources.next(cursor)
    }

    /// The number of attributes, and where one of a dialect's own encoding stands.
    pub(super) fn count_of_attributes(&self) -> usize {
        self.attributes.len()
    }

    /// The bytes of an attribute of the builtin dialect, and none for any other.
    pub(super) fn builtin_entry(&self, index: usize) -> Option<Cursor<'a>> {
        let Entry { start, end, dialect, custom } = self.attributes.get(index)?.entry;
        (custom && &*self.dialects[dialect] == "builtin").then(|| self.data.part(start, end))
    }
}

/// The type of a tensor of so many axes, of which negative sizes are not known; as text where its elements are of a
/// kind that nothing here computes with.
pub(super) fn tensor_type(
    cursor: &Cursor<'_>,
    dims: &[i64],
    element: Known,
    encoding: Option<Attribute>,
) -> Read<Known> {
    if dims.len() > MAX_RANK {
        return cursor.fail(format!("a tensor has {} axes; expected at most {MAX_RANK}", dims.len()));
    }
    let sizes = dims.iter().map(|&d| usize::try_from(d).unwrap_or(DYNAMIC));
    let encoding = match encoding {
        None | Some(Attribute::Unit) => None,
        Some(Attribute::Opaque(text)) => Some(text),
        Some(_) => {
            return cursor.fail("the encoding of a tensor type is not known; expected `#dialect.name<…>`");
        }
    };
    let (element, quantization) = match element {
        Known::Quantized(storage, q) => (storage, Some(q)),
        Known::Type(Type::Other(name)) => match ElementType::from_name(&name) {
            Some(element) => (element, None),
            None if &*name != "index" && !name.starts_with('!') => {
                return cursor
                    .fail(format!("the elements of a tensor are {}; expected numbers", shorten(&name)));
            }
            None => {
                let shape: String =
                    sizes.map(|d| if d == DYNAMIC { "?x".into() } else { format!("{d}x") }).collect();
                return Ok(Known::Type(Type::Other(format!("tensor<{shape}{name}>").into())));
            }
        },
        _ => return cursor.fail("the elements of a tensor are of no number type; expected one such as f32"),
    };
    Ok(Known::Type(Type::Tensor(TensorType { element, dims: sizes.collect(), quantization, encoding })))
}

/// The type of numbers by its name.
pub(super) fn number(name: &str) -> Known {
    Known::Type(Type::Other(name.into()))
}

fn entries(
    offsets: &mut Cursor<'_>,
    data: &Cursor<'_>,
    start: &mut usize,
    count: usize,
    dialects: usize,
) -> Read<Vec<Entry>> {
    let mut entries = Vec::with_capacity(count);
    while entries.len() < count {
        let dialect = offsets.index(dialects, "dialect")?;
        let at = offsets.at;
        let in_group = offsets.count("entries")?;
        if in_group > count - entries.len() {
            let left = count - entries.len();
            return Err(offsets.fault(at, format!("a group of {in_group} entries; expected at most {left}")));
        }
        for _ in 0..in_group {
            let at = offsets.at;
            let (length, custom) = offsets.flagged()?;
            let length = data.part(*start, data.at + data.remaining()).check_count(at, length, "bytes")?;
            entries.push(Entry { start: *start, end: *start + length, dialect, custom });
            *start += length;
        }
    }
    Ok(entries)
}

fn unknown_encoding(cursor: &Cursor<'_>, what: &str, dialect: &str) -> super::error::Fault {
    let message = format!(
        "{what} of the dialect `{}` are in an encoding that is not known; expected those of builtin, vhlo, stablehlo, \
         chlo, sdy or quant, or text",
        shorten(dialect)
    );
    cursor.fault(cursor.at, message)
}

/// How many levels of attributes an attribute has.
fn height_of_attribute(attribute: &Attribute) -> usize {
    1 + match attribute {
        Attribute::Array(items) => items.iter().map(height_of_attribute).max().unwrap_or(0),
        Attribute::Dictionary(items) => {
            items.0.iter().map(|(_, a)| height_of_attribute(a)).max().unwrap_or(0)
        }
        Attribute::Type(ty) => height_of_type(ty),
        Attribute::FunctionType(a, b) => a.iter().chain(b).map(height_of_type).max().unwrap_or(0),
        _ => 0,
    }
}

fn height_of_type(ty: &Type) -> usize {
    1 + match ty {
        Type::Tuple(parts) => parts.iter().map(height_of_type).max().unwrap_or(0),
        _ => 0,
    }
}

/// At most 40 characters of a text, for a message.
pub(super) fn shorten(text: &str) -> String {
    crate::text::shorten(text)
}
