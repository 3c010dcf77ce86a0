//! Prints a module as text that [`parse`](crate::parse) reads back to the same program.
//!
//! The text is canonical: values are numbered in the order in which they are printed, an operation has its pretty
//! form where the dialect's own printer would give it one, and constants of many elements are hexadecimal strings.
//! A module that does not verify prints too, in the quoted form where the pretty one could not say what is there.

mod attributes;
mod control;
mod numbers;
mod operation;
mod pretty;

use std::fmt::{self, Write};

use crate::{Attributes, Function, Module, Region, Type, ValueId, Visibility};

pub(super) use attributes::float_type;
pub(crate) use attributes::{quoted, symbol_text};
pub(crate) use numbers::float_text;

impl fmt::Display for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("module")?;
        if let Some(name) = &self.name {
            f.write_str(" ")?;
            attributes::symbol(f, name)?;
        }
        if !self.attributes.is_empty() {
            f.write_str(" attributes ")?;
            attributes::dictionary(f, &self.attributes)?;
        }
        f.write_str(" {\n")?;
        for mesh in &self.meshes {
            f.write_str("  sdy.mesh ")?;
            attributes::symbol(f, &mesh.name)?;
            writeln!(f, " = <{}>", mesh.text)?;
        }
        for function in &self.functions {
            Printer::new(f, function).function()?;
        }
        f.write_str("}\n")
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printer::new(f, self).function()
    }
}

/// What a value is called.
#[derive(Clone, Copy)]
enum Name {
    /// Not printed yet: the module uses a value before it defines it.
    None,
    /// `%arg3`.
    Parameter(u32),
    /// `%3`.
    Result(u32),
    /// `%3#1`.
    Part(u32, u32),
}

struct Printer<'p> {
    out: &'p mut dyn Write,
    function: &'p Function,
    names: Vec<Name>,
    parameters: u32,
    results: u32,
    indent: usize,
    /// Regions around this place, the function's body included.
    regions: usize,
}

impl<'p> Printer<'p> {
    fn new(out: &'p mut dyn Write, function: &'p Function) -> Printer<'p> {
        let names = vec![Name::None; function.values.len()];
        Printer { out, function, names, parameters: 0, results: 0, indent: 1, regions: 0 }
    }

    fn function(&mut self) -> fmt::Result {
        let function = self.function;
        self.start_line()?;
        self.out.write_str("func.func ")?;
        self.out.write_str(match function.visibility {
            Some(Visibility::Public) => "public ",
            Some(Visibility::Private) => "private ",
            Some(Visibility::Nested) => "nested ",
            None => "",
        })?;
        attributes::symbol(self.out, &function.name)?;
        self.out.write_str("(")?;
        for (i, &parameter) in function.body.parameters.iter().enumerate() {
            self.comma(i)?;
            self.parameter(parameter)?;
            let attributes = function.parameter_attributes.get(i);
            self.trailing_dictionary(attributes)?;
            let named = function.parameter_names.get(i).cloned().flatten();
            // A name that an attribute gives is not said twice.
            if let Some(name) =
                named.filter(|name| attributes.is_none_or(|a| !super::program::names(a, name)))
            {
                self.out.write_str(" loc(")?;
                attributes::string(self.out, &name)?;
                self.out.write_str(")")?;
            }
        }
        self.out.write_str(")")?;
        self.function_results()?;
        if !function.attributes.is_empty() {
            self.out.write_str(" attributes ")?;
            attributes::dictionary(self.out, &function.attributes)?;
        }
        self.out.write_str(" {\n")?;
        self.region_lines(&function.body, "return")?;
        self.start_line()?;
        self.out.write_str("}\n")
    }

    fn function_results(&mut self) -> fmt::Result {
        let function = self.function;
        if function.result_types.is_empty() {
            return Ok(());
        }
        let plain = function.result_attributes.iter().all(Attributes::is_empty);
        if let ([ty], true) = (&function.result_types[..], plain) {
            return write!(self.out, " -> {ty}");
        }
        self.out.write_str(" -> (")?;
        for (i, ty) in function.result_types.iter().enumerate() {
            self.comma(i)?;
            write!(self.out, "{ty}")?;
            self.trailing_dictionary(function.result_attributes.get(i))?;
        }
        self.out.write_str(")")
    }

    fn trailing_dictionary(&mut self, attributes: Option<&Attributes>) -> fmt::Result {
        match attributes {
            Some(attributes) if !attributes.is_empty() => {
                self.out.write_str(" ")?;
                attributes::dictionary(self.out, attributes)
            }
            _ => Ok(()),
        }
    }

    /// The operations of a region and its return, one deeper than the line that opened it.
    fn region_lines(&mut self, region: &Region, terminator: &str) -> fmt::Result {
        self.indent += 1;
        self.regions += 1;
        for op in &region.ops {
            self.operation(op)?;
        }
        // A region without anything in it is how the text says that it does not even return.
        let in_function = terminator == "return";
        if in_function || !region.ops.is_empty() || !region.returns.is_empty() {
            self.start_line()?;
            self.out.write_str(terminator)?;
            if !region.returns.is_empty() {
                self.out.write_str(" ")?;
                self.values(&region.returns)?;
                self.out.write_str(" : ")?;
                self.types_of(&region.returns)?;
            }
            self.out.write_str("\n")?;
        }
        self.regions -= 1;
        self.indent -= 1;
        Ok(())
    }

    /// `{ … }`, from the brace to the brace.
    fn braced_region(&mut self, region: &Region) -> fmt::Result {
        self.out.write_str("{\n")?;
        self.region_lines(region, "stablehlo.return")?;
        self.start_line()?;
        self.out.write_str("}")
    }

    /// `{ ^bb0(%arg0: type): … }`.
    fn quoted_region(&mut self, region: &Region) -> fmt::Result {
        self.out.write_str("{\n")?;
        if !region.parameters.is_empty() {
            self.start_line()?;
            self.out.write_str("^bb0(")?;
            for (i, &parameter) in region.parameters.iter().enumerate() {
                self.comma(i)?;
                self.parameter(parameter)?;
            }
            self.out.write_str("):\n")?;
        }
        self.region_lines(region, "stablehlo.return")?;
        self.start_line()?;
        self.out.write_str("}")
    }

    // Small parts.

    fn start_line(&mut self) -> fmt::Result {
        (0..self.indent).try_for_each(|_| self.out.write_str("  "))
    }

    fn comma(&mut self, index: usize) -> fmt::Result {
        if index > 0 { self.out.write_str(", ") } else { Ok(()) }
    }

    fn set_name(&mut self, value: ValueId, name: Name) {
        if let Some(slot) = self.names.get_mut(value.0 as usize) {
            *slot = name;
        }
    }

    fn name_parameter(&mut self, value: ValueId) {
        self.set_name(value, Name::Parameter(self.parameters));
        self.parameters += 1;
    }

    /// `%arg0: type`, newly named.
    fn parameter(&mut self, value: ValueId) -> fmt::Result {
        self.name_parameter(value);
        self.value(value)?;
        self.out.write_str(": ")?;
        self.type_of(value)
    }

    fn value(&mut self, value: ValueId) -> fmt::Result {
        match self.names.get(value.0 as usize).copied().unwrap_or(Name::None) {
            Name::None => write!(self.out, "%undefined{}", value.0),
            Name::Parameter(n) => write!(self.out, "%arg{n}"),
            Name::Result(n) => write!(self.out, "%{n}"),
            Name::Part(n, part) => write!(self.out, "%{n}#{part}"),
        }
    }

    fn values(&mut self, values: &[ValueId]) -> fmt::Result {
        values.iter().enumerate().try_for_each(|(i, &value)| {
            self.comma(i)?;
            self.value(value)
        })
    }

    fn try_type(&self, value: ValueId) -> Option<&'p Type> {
        let function = self.function;
        (value.0 as usize).lt(&function.values.len()).then(|| &function.values[value])
    }

    fn type_of(&mut self, value: ValueId) -> fmt::Result {
        match self.try_type(value) {
            Some(ty) => write!(self.out, "{ty}"),
            None => self.out.write_str("!undefined"),
        }
    }

    fn types_of(&mut self, values: &[ValueId]) -> fmt::Result {
        values.iter().enumerate().try_for_each(|(i, &value)| {
            self.comma(i)?;
            self.type_of(value)
        })
    }

    /// `(a, b) -> c`.
    fn function_type(&mut self, operands: &[ValueId], results: &[ValueId]) -> fmt::Result {
        self.out.write_str("(")?;
        self.types_of(operands)?;
        self.out.write_str(") -> ")?;
        self.result_types(results)
    }

    /// `c` or `(c, d)`.
    fn result_types(&mut self, results: &[ValueId]) -> fmt::Result {
        if let [result] = results {
            return self.type_of(*result);
        }
        self.out.write_str("(")?;
        self.types_of(results)?;
        self.out.write_str(")")
    }
}
