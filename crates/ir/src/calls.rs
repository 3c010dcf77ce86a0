//! Which functions a function refers to.

use std::sync::Arc;

use crate::{Attribute, Function, Op, OpKind};

impl Function {
    /// The functions that this one calls, as calls or as decompositions of composites, each as often as it does.
    pub fn callees(&self) -> Vec<Arc<str>> {
        let mut callees = Vec::new();
        self.for_each_op(|op| match &op.kind {
            OpKind::Call { callee: name } | OpKind::Composite { decomposition: name, .. } => {
                callees.push(Arc::clone(name));
            }
            _ => {}
        });
        callees
    }

    /// The functions that this one names: those that it calls, and those that it hands to custom calls
    /// and to operations that are not known.
    pub fn references(&self) -> Vec<Arc<str>> {
        let mut references = self.callees();
        self.for_each_op(|op| {
            match &op.kind {
                OpKind::CustomCall(call) => references.extend(call.called_computations.iter().cloned()),
                // What is not known may name functions anywhere.
                OpKind::Unknown { .. } => {
                    op.attributes.0.iter().for_each(|(_, attribute)| names(attribute, &mut references));
                }
                _ => {}
            }
        });
        references
    }

    /// Gives the function, and those that it names, other names: what `rename` gives for theirs, where it gives any.
    ///
    /// ```
    /// let text = "func.func @main(%x: tensor<f32>) -> tensor<f32> {
    ///   %y = call @f(%x) : (tensor<f32>) -> tensor<f32>
    ///   return %y : tensor<f32>
    /// }
    /// func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }";
    /// let mut module = runahead_ir::parse("a.mlir", text)?;
    /// let main = &mut module.functions[0];
    /// main.rename(&|name| (name == "f").then(|| "g".into()));
    /// assert_eq!((&*main.name, main.callees()), ("main", vec!["g".into()]));
    /// # Ok::<(), runahead_ir::ParseError>(())
    /// ```
    pub fn rename(&mut self, rename: &dyn Fn(&str) -> Option<Arc<str>>) {
        let change = |name: &mut Arc<str>| {
            if let Some(new) = rename(name) {
                *name = new;
            }
        };
        change(&mut self.name);
        let mut regions = vec![&mut self.body];
        while let Some(region) = regions.pop() {
            for op in &mut region.ops {
                match &mut op.kind {
                    OpKind::Call { callee: name } | OpKind::Composite { decomposition: name, .. } => {
                        change(name)
                    }
                    OpKind::CustomCall(call) => call.called_computations.iter_mut().for_each(change),
                    OpKind::Unknown { .. } => {
                        op.attributes.0.iter_mut().for_each(|(_, attribute)| rename_in(attribute, &change));
                    }
                    _ => {}
                }
                regions.extend(&mut op.regions);
            }
        }
    }

    /// Runs `visit` on every operation, those inside regions included, in no particular order.
    pub fn for_each_op<'f>(&'f self, mut visit: impl FnMut(&'f Op)) {
        let mut regions = vec![&self.body];
        while let Some(region) = regions.pop() {
            for op in &region.ops {
                visit(op);
                regions.extend(&op.regions);
            }
        }
    }
}

/// The names in an attribute that may be those of functions.
fn names(attribute: &Attribute, found: &mut Vec<Arc<str>>) {
    match attribute {
        Attribute::Symbol(name) | Attribute::String(name) => found.push(Arc::clone(name)),
        Attribute::Array(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

/// Changes the names in an attribute that may be those of functions.
fn rename_in(attribute: &mut Attribute, change: &dyn Fn(&mut Arc<str>)) {
    match attribute {
        Attribute::Symbol(name) | Attribute::String(name) => change(name),
        Attribute::Array(items) => items.iter_mut().for_each(|item| rename_in(item, change)),
        _ => {}
    }
}
