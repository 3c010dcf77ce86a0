//! One operation: the names of its results, then its pretty or its quoted form.

use std::fmt;

use super::{Name, Printer, attributes};
use crate::generic::kind_to_attributes;
use crate::{Attribute, Attributes, Op, OpKind};

impl Printer<'_> {
    pub(super) fn operation(&mut self, op: &Op) -> fmt::Result {
        self.start_line()?;
        // The results get their number here but are named after the operation is printed: it cannot use them.
        let number = self.results;
        if !op.results.is_empty() {
            self.results += 1;
            write!(self.out, "%{number}")?;
            if op.results.len() > 1 {
                write!(self.out, ":{}", op.results.len())?;
            }
            self.out.write_str(" = ")?;
        }
        if !self.pretty(op)? {
            self.quoted(op)?;
        }
        for (i, &result) in op.results.iter().enumerate() {
            let name =
                if op.results.len() == 1 { Name::Result(number) } else { Name::Part(number, i as u32) };
            self.set_name(result, name);
        }
        self.out.write_str("\n")
    }

    /// `"name"(%a) <{…}> ({…}) {…} : (types) -> types`.
    fn quoted(&mut self, op: &Op) -> fmt::Result {
        attributes::string(self.out, op.kind.name())?;
        self.out.write_str("(")?;
        self.values(&op.operands)?;
        self.out.write_str(")")?;
        let properties = self.properties(op);
        if !properties.is_empty() {
            self.out.write_str(" <")?;
            attributes::dictionary(self.out, &properties)?;
            self.out.write_str(">")?;
        }
        if !op.regions.is_empty() {
            self.out.write_str(" (")?;
            for (i, region) in op.regions.iter().enumerate() {
                self.comma(i)?;
                self.quoted_region(region)?;
            }
            self.out.write_str(")")?;
        }
        self.trailing_dictionary(Some(&op.attributes))?;
        self.out.write_str(" : ")?;
        self.function_type(&op.operands, &op.results)
    }

    /// The attributes that say what the operation does, without those that only repeat a default.
    fn properties(&self, op: &Op) -> Attributes {
        let mut properties = kind_to_attributes(&op.kind);
        let ones = |values: &[usize]| values.iter().all(|&v| v == 1);
        properties.0.retain(|(name, value)| {
            let may_default = matches!(&**name, "indices_are_sorted" | "unique_indices" | "is_stable");
            !(may_default && *value == Attribute::Bool(false))
        });
        if let OpKind::ReduceWindow(w) | OpKind::SelectAndScatter(w) = &op.kind {
            for (name, default) in [
                ("window_strides", ones(&w.strides)),
                ("base_dilations", ones(&w.base_dilations)),
                ("window_dilations", ones(&w.window_dilations)),
                ("padding", w.padding.iter().all(|&p| p == (0, 0))),
            ] {
                if default {
                    properties.remove(name);
                }
            }
        }
        properties
    }
}
