//! The outermost level: aliases, the module, its functions.

use std::sync::Arc;

use super::attributes::{size_of_attribute, size_of_type};
use super::lexer::Kind;
use super::parser::{Parser, Read, Scope, shorten};
use crate::{Attribute, Attributes, Function, Location, Mesh, Module, Region, Type, Values, Visibility};

/// A parameter whose location is an alias that may be defined further down.
struct NamedByAlias<'a> {
    function: usize,
    parameter: usize,
    alias: &'a str,
}

/// The name that a parameter's location gives it.
enum ParameterName<'a> {
    None,
    Known(Arc<str>),
    Alias(&'a str),
}

/// A function's parameters and results as they are declared.
#[derive(Default)]
struct Signature {
    parameters: Vec<crate::ValueId>,
    names: Vec<Option<Arc<str>>>,
    parameter_attributes: Vec<Attributes>,
    result_types: Vec<Type>,
    result_attributes: Vec<Attributes>,
}

/// The mesh of `sdy.mesh @name = <["x"=2, "y"=4]>`.
fn mesh(statement: &str) -> Option<Mesh> {
    let (name, rest) = statement.strip_prefix("sdy.mesh")?.trim_start().strip_prefix('@')?.split_once('=')?;
    let text = rest.trim_start().strip_prefix('<')?;
    let (text, _) = text.split_once('>')?;
    let name = name.trim();
    let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
    Some(Mesh { name: name.into(), text: text.into() })
}

impl<'a> Parser<'a> {
    /// The whole text: aliases, then `module { functions }` or functions alone.
    pub(super) fn program(&mut self) -> Read<Module> {
        let mut module = Module { source: Some(Arc::clone(self.source)), ..Module::default() };
        let mut pending = Vec::new();
        let mut seen_module = false;
        loop {
            match self.token.kind {
                Kind::End => break,
                Kind::Hash | Kind::Bang => self.alias()?,
                Kind::Word if self.is_word("module") || self.is_word("builtin.module") => {
                    if seen_module || !module.functions.is_empty() {
                        return self.unexpected("one module; several programs are separated by `// -----`");
                    }
                    seen_module = true;
                    self.module(&mut module, &mut pending)?;
                }
                Kind::String if self.token_text() == "\"builtin.module\"" && !seen_module => {
                    seen_module = true;
                    self.quoted_module(&mut module)?;
                }
                _ if seen_module => return self.unexpected("the end of the program after the module"),
                _ => self.module_item(&mut module, &mut pending)?,
            }
        }
        for NamedByAlias { function, parameter, alias } in pending {
            module.functions[function].parameter_names[parameter] = self.location_names.get(alias).cloned();
        }
        Ok(module)
    }

    /// `#name = attribute`, `#loc1 = loc(…)` or `!name = type`.
    fn alias(&mut self) -> Read<()> {
        let (kind, name) = (self.token.kind, self.token_text());
        self.advance();
        self.expect(b'=')?;
        if kind == Kind::Bang {
            // The element type of a quantized tensor is kept as it is written.
            let ty = self.ty()?;
            let size = size_of_type(&ty);
            self.type_aliases.insert(name, (ty, size));
        } else if self.is_word("loc") {
            if let ParameterName::Known(text) = self.location_name()? {
                self.location_names.insert(name, text);
            }
        } else {
            let attribute = self.attribute()?;
            let size = size_of_attribute(&attribute);
            self.attribute_aliases.insert(name, (attribute, size));
        }
        Ok(())
    }

    /// A location, and the name in it where it is nothing but a name.
    fn location_name(&mut self) -> Read<ParameterName<'a>> {
        if !self.is_word("loc") {
            return Ok(ParameterName::None);
        }
        self.advance();
        let mut ahead = self.lexer.clone();
        let (inner, after) = (ahead.next(), ahead.next());
        if !self.is(b'(') {
            return self.unexpected("`(` after `loc`");
        }
        let alone = after.kind == Kind::Punctuation(b')');
        let name = match inner.kind {
            Kind::String if alone => {
                self.advance();
                let name = self.string("a name")?;
                self.expect(b')')?;
                return Ok(ParameterName::Known(name.into()));
            }
            Kind::Hash if alone => ParameterName::Alias(&self.text[inner.start..inner.end]),
            _ => ParameterName::None,
        };
        self.balanced()?;
        Ok(name)
    }

    /// `module @name attributes {…} { … } loc(…)`.
    fn module(&mut self, module: &mut Module, pending: &mut Vec<NamedByAlias<'a>>) -> Read<()> {
        self.advance();
        if self.token.kind == Kind::Symbol {
            module.name = Some(self.symbol("")?);
        }
        if self.eat_word("attributes") {
            module.attributes = self.optional_dictionary()?;
        }
        if !self.eat(b'{') {
            return self.unexpected("`{` and the functions of the module");
        }
        while !self.is(b'}') {
            self.module_item(module, pending)?;
        }
        self.advance();
        self.skip_location()
    }

    fn module_item(&mut self, module: &mut Module, pending: &mut Vec<NamedByAlias<'a>>) -> Read<()> {
        let at = self.token.start;
        match self.token.kind {
            Kind::Word => match self.token_text() {
                "func.func" | "func" => {
                    let function = self.function(module.functions.len(), pending)?;
                    self.add_function(module, function, at)
                }
                name if name.starts_with("sdy.") => {
                    self.skip_statement()?;
                    module.meshes.extend(mesh(&self.text[at..self.previous_end]));
                    Ok(())
                }
                "module" | "builtin.module" => {
                    self.unexpected("a function: modules inside modules are not read")
                }
                _ => self.unexpected("a function `func.func @name(…) { … }`"),
            },
            Kind::String if self.token_text() == "\"func.func\"" => {
                let function = self.quoted_function()?;
                self.add_function(module, function, at)
            }
            Kind::Stray if self.token_text() == "#" => self.unexpected("a function"),
            _ => self.unexpected("a function `func.func @name(…) { … }`"),
        }
    }

    fn add_function(&mut self, module: &mut Module, function: Function, at: usize) -> Read<()> {
        if !self.function_names.insert(Arc::clone(&function.name)) {
            let name = shorten(&function.name);
            return self
                .error_at(at, format!("there is another function `@{name}`; expected a name of its own"));
        }
        module.functions.push(function);
        Ok(())
    }

    /// Moves past an operation of the outermost level that is of no interest: to the next line outside brackets.
    fn skip_statement(&mut self) -> Read<()> {
        loop {
            if self.is(b'<') || self.is(b'(') || self.is(b'{') || self.is(b'[') {
                self.balanced()?;
            } else {
                self.advance();
            }
            let between = &self.text[self.previous_end..self.token.start];
            if self.token.kind == Kind::End || self.is(b'}') || between.contains('\n') {
                return Ok(());
            }
        }
    }

    /// `func.func public @name(%arg0: type {…} loc(…), …) -> (type {…}) attributes {…} { … } loc(…)`.
    fn function(&mut self, index: usize, pending: &mut Vec<NamedByAlias<'a>>) -> Read<Function> {
        let location = self.location();
        self.advance();
        self.values = Values::default();
        self.scope = Scope::default();
        let visibility = match self.token_text() {
            "public" => Some(Visibility::Public),
            "private" => Some(Visibility::Private),
            "nested" => Some(Visibility::Nested),
            _ => None,
        };
        if visibility.is_some() {
            self.advance();
        }
        let name = self.symbol("the function's name such as `@main`")?;
        let mut signature = Signature::default();
        self.list(b'(', b')', |p| {
            if p.token.kind != Kind::Value {
                return p.unexpected("a parameter such as `%arg0: tensor<4xf32>`");
            }
            let (name, at) = (p.token_text(), p.token.start);
            p.advance();
            p.expect(b':')?;
            let ty = p.ty()?;
            let value = p.values.add(ty);
            p.define(name, value, 1, at)?;
            let attributes = p.optional_dictionary()?;
            let parameter = signature.parameters.len();
            let mut known = name_in_attributes(&attributes);
            match p.location_name()? {
                ParameterName::None => {}
                ParameterName::Known(name) => known = Some(name),
                ParameterName::Alias(alias) => {
                    pending.push(NamedByAlias { function: index, parameter, alias });
                }
            }
            signature.parameters.push(value);
            signature.names.push(known);
            signature.parameter_attributes.push(attributes);
            Ok(())
        })?;
        if self.token.kind == Kind::Arrow {
            self.advance();
            self.declared_results(&mut signature)?;
        }
        let attributes =
            if self.eat_word("attributes") { self.optional_dictionary()? } else { Attributes::default() };
        if !self.is(b'{') {
            return self.unexpected("`{` and the body: a function without one cannot be run");
        }
        let body = self.function_body(signature.parameters)?;
        Ok(Function {
            name,
            visibility,
            parameter_names: signature.names,
            parameter_attributes: signature.parameter_attributes,
            result_types: signature.result_types,
            result_attributes: signature.result_attributes,
            attributes,
            body,
            values: std::mem::take(&mut self.values),
            location,
        })
    }

    fn function_body(&mut self, parameters: Vec<crate::ValueId>) -> Read<Region> {
        let mut body = Region { parameters, ..Region::default() };
        self.nested(|p| {
            p.expect(b'{')?;
            if p.is(b'}') {
                return p.unexpected("an operation or `return`");
            }
            p.region_body(&mut body)?;
            p.expect(b'}')
        })?;
        self.skip_location()?;
        Ok(body)
    }

    /// `(type {…}, type)` or `type`.
    fn declared_results(&mut self, signature: &mut Signature) -> Read<()> {
        let results = if self.is(b'(') {
            self.list(b'(', b')', |p| Ok((p.ty()?, p.optional_dictionary()?)))?
        } else {
            vec![(self.ty()?, Attributes::default())]
        };
        (signature.result_types, signature.result_attributes) = results.into_iter().unzip();
        Ok(())
    }

    /// `"builtin.module"() <{…}> ({ functions }) {…} : () -> ()`.
    fn quoted_module(&mut self, module: &mut Module) -> Read<()> {
        self.advance();
        self.expect(b'(')?;
        self.expect(b')')?;
        let mut attributes = Attributes::default();
        if self.eat(b'<') {
            attributes = self.nested(Self::dictionary)?;
            self.expect(b'>')?;
        }
        self.expect(b'(')?;
        self.expect(b'{')?;
        if self.token.kind == Kind::Block {
            self.advance();
            self.expect(b':')?;
        }
        while !self.is(b'}') {
            self.module_item(module, &mut Vec::new())?;
        }
        self.advance();
        self.expect(b')')?;
        attributes.0.extend(self.optional_dictionary()?.0);
        self.expect(b':')?;
        self.function_type()?;
        self.skip_location()?;
        if let Some(Attribute::String(name)) = attributes.remove("sym_name") {
            module.name = Some(name);
        }
        module.attributes = attributes;
        Ok(())
    }

    /// `"func.func"() <{function_type = …, sym_name = …}> ({ … }) {…} : () -> ()`.
    fn quoted_function(&mut self) -> Read<Function> {
        let (at, location) = (self.token.start, self.location());
        self.values = Values::default();
        self.scope = Scope::default();
        self.advance();
        self.expect(b'(')?;
        self.expect(b')')?;
        let mut attributes = Attributes::default();
        if self.eat(b'<') {
            attributes = self.nested(Self::dictionary)?;
            self.expect(b'>')?;
        }
        self.expect(b'(')?;
        let body = self.region()?;
        self.expect(b')')?;
        attributes.0.extend(self.optional_dictionary()?.0);
        self.expect(b':')?;
        self.function_type()?;
        self.skip_location()?;
        let Some(Attribute::String(name)) = attributes.remove("sym_name") else {
            return self.error_at(at, "attribute `sym_name` is missing; expected the function's name");
        };
        let Some(Attribute::FunctionType(types, result_types)) = attributes.remove("function_type") else {
            return self.error_at(at, "attribute `function_type` is missing; expected the function's type");
        };
        if !body.parameters.iter().map(|&p| &self.values[p]).eq(&types) {
            return self
                .error_at(at, "the body has other parameters than `function_type`; expected the same types");
        }
        let visibility = match attributes.remove("sym_visibility") {
            Some(Attribute::String(v)) if &*v == "public" => Some(Visibility::Public),
            Some(Attribute::String(v)) if &*v == "private" => Some(Visibility::Private),
            Some(Attribute::String(v)) if &*v == "nested" => Some(Visibility::Nested),
            _ => None,
        };
        let parameter_attributes = dictionaries(attributes.remove("arg_attrs"), body.parameters.len());
        let result_attributes = dictionaries(attributes.remove("res_attrs"), result_types.len());
        Ok(Function {
            name,
            visibility,
            parameter_names: parameter_attributes.iter().map(name_in_attributes).collect(),
            parameter_attributes,
            result_types,
            result_attributes,
            attributes,
            body,
            values: std::mem::take(&mut self.values),
            location: Location::at(location.offset().unwrap_or(at)),
        })
    }
}

/// `count` dictionaries out of a list of them; empty ones where there is no list.
pub(crate) fn dictionaries(attribute: Option<Attribute>, count: usize) -> Vec<Attributes> {
    let mut items = match attribute {
        Some(Attribute::Array(items)) => items,
        _ => Vec::new(),
    }
    .into_iter();
    let next = || match items.next() {
        Some(Attribute::Dictionary(attributes)) => attributes,
        _ => Attributes::default(),
    };
    std::iter::repeat_with(next).take(count).collect()
}

/// Attributes by which exporters name a parameter.
const NAMING: [&str; 3] = ["jax.arg_info", "tf_saved_model.index_path", "runahead.name"];

/// The name that a parameter's attributes give it.
pub(crate) fn name_in_attributes(attributes: &Attributes) -> Option<Arc<str>> {
    NAMING.iter().find_map(|name| match attributes.get(name) {
        Some(Attribute::String(text)) => Some(Arc::clone(text)),
        _ => None,
    })
}

/// Whether a parameter's attributes give it that name.
pub(super) fn names(attributes: &Attributes, name: &str) -> bool {
    name_in_attributes(attributes).is_some_and(|n| &*n == name)
}
