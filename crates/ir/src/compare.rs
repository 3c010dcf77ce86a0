//! Whether two modules are the same program.

use crate::generic::kind_to_attributes;
use crate::{Attribute, Attributes, Function, Module, Op, Region, ValueId};

impl Module {
    /// Whether both modules say the same: the same functions with the same operations on the same values, in the same
    /// order, with the same attributes.
    ///
    /// How values are numbered, where things were read, how a literal is kept and in which order attributes stand do not
    /// matter; the names of functions and of parameters do. Floats are compared by their bits.
    ///
    /// ```
    /// let text = "func.func @f(%a: tensor<f32>) -> tensor<f32> {
    ///   return %a : tensor<f32>
    /// }";
    /// let module = runahead_ir::parse("a.mlir", text)?;
    /// let renamed = runahead_ir::parse("b.mlir", text.replace("%a", "%b"))?;
    /// assert!(module.same_program(&renamed));
    /// # Ok::<(), runahead_ir::ParseError>(())
    /// ```
    pub fn same_program(&self, other: &Module) -> bool {
        self.name == other.name
            && same_attributes(&self.attributes, &other.attributes)
            && all_same(&self.functions, &other.functions, Function::same_function)
    }
}

impl Function {
    /// Whether both functions say the same, as [`Module::same_program`] means it.
    pub fn same_function(&self, other: &Function) -> bool {
        let mut comparison = Comparison { ours: self, theirs: other, map: vec![None; self.values.len()] };
        self.name == other.name
            && self.visibility == other.visibility
            && self.parameter_names == other.parameter_names
            && all_same(&self.parameter_attributes, &other.parameter_attributes, same_attributes)
            && self.result_types == other.result_types
            && all_same(&self.result_attributes, &other.result_attributes, same_attributes)
            && same_attributes(&self.attributes, &other.attributes)
            && comparison.regions(&self.body, &other.body)
    }
}

fn all_same<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

/// In which order attributes were written does not matter.
fn same_attributes(a: &Attributes, b: &Attributes) -> bool {
    let same_order =
        |a: &[&Named], b: &[&Named]| all_same(a, b, |a, b| a.0 == b.0 && same_attribute(&a.1, &b.1));
    let (mut a, mut b): (Vec<&Named>, Vec<&Named>) = (a.0.iter().collect(), b.0.iter().collect());
    if a.iter().map(|(name, _)| name).ne(b.iter().map(|(name, _)| name)) {
        a.sort_by_key(|(name, _)| name);
        b.sort_by_key(|(name, _)| name);
    }
    same_order(&a, &b)
}

type Named = (std::sync::Arc<str>, Attribute);

fn same_attribute(a: &Attribute, b: &Attribute) -> bool {
    match (a, b) {
        (Attribute::Float(a, ty), Attribute::Float(b, other)) => a.to_bits() == b.to_bits() && ty == other,
        (Attribute::Array(a), Attribute::Array(b)) => all_same(a, b, same_attribute),
        (Attribute::Dictionary(a), Attribute::Dictionary(b)) => same_attributes(a, b),
        _ => a == b,
    }
}

struct Comparison<'a> {
    ours: &'a Function,
    theirs: &'a Function,
    /// Their value for each of ours, once it is defined.
    map: Vec<Option<ValueId>>,
}

impl Comparison<'_> {
    fn define(&mut self, ours: &[ValueId], theirs: &[ValueId]) -> bool {
        ours.len() == theirs.len()
            && ours.iter().zip(theirs).all(|(&a, &b)| {
                let known = (a.0 as usize) < self.map.len() && (b.0 as usize) < self.theirs.values.len();
                if known {
                    self.map[a.0 as usize] = Some(b);
                }
                known && self.ours.values[a] == self.theirs.values[b]
            })
    }

    fn uses(&self, ours: &[ValueId], theirs: &[ValueId]) -> bool {
        all_same(ours, theirs, |a, b| self.map.get(a.0 as usize).copied().flatten() == Some(*b))
    }

    fn regions(&mut self, ours: &Region, theirs: &Region) -> bool {
        self.define(&ours.parameters, &theirs.parameters)
            && ours.ops.len() == theirs.ops.len()
            && ours.ops.iter().zip(&theirs.ops).all(|(a, b)| self.ops(a, b))
            && self.uses(&ours.returns, &theirs.returns)
    }

    fn ops(&mut self, ours: &Op, theirs: &Op) -> bool {
        // Kinds that hold a NaN differ from themselves; their attributes are compared bit by bit.
        let same_kind = ours.kind == theirs.kind
            || ours.kind.name() == theirs.kind.name()
                && same_attributes(&kind_to_attributes(&ours.kind), &kind_to_attributes(&theirs.kind));
        same_kind
            && same_attributes(&ours.attributes, &theirs.attributes)
            && self.uses(&ours.operands, &theirs.operands)
            && ours.regions.len() == theirs.regions.len()
            && ours.regions.iter().zip(&theirs.regions).all(|(a, b)| self.regions(a, b))
            && self.define(&ours.results, &theirs.results)
    }
}
