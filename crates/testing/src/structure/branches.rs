//! Branches: what each gives may be anything of the right type.

use runahead_ir::{Built, OpKind, Region, Type, ValueId};

use crate::generate::Generator;

impl Generator<'_> {
    /// An `if` or a `case` of several branches.
    pub(super) fn branches(&mut self) -> Built<Vec<ValueId>> {
        let types: Vec<Type> = (0..1 + self.choices.below(4))
            .map(|_| match self.choices.once_in(3) {
                true => self.palette_type().into(),
                false => {
                    let like = self.any();
                    self.builder.type_of(like).clone()
                }
            })
            .collect();
        if self.choices.once_in(2) {
            let predicate = self.predicate(&[]);
            let regions = self.branch_regions(&types, 2)?;
            return Ok(self.builder.inferred(OpKind::If, &[predicate], regions)?.to_vec());
        }
        let index = self.index_scalar();
        let count = 1 + self.choices.below(4);
        let regions = self.branch_regions(&types, count)?;
        Ok(self.builder.inferred(OpKind::Case, &[index], regions)?.to_vec())
    }

    fn branch_regions(&mut self, types: &[Type], count: usize) -> Built<Vec<Region>> {
        (0..count)
            .map(|_| {
                self.region(Vec::new(), |g, _| {
                    let around: Vec<ValueId> =
                        g.values.iter().copied().filter(|&v| types.contains(g.builder.type_of(v))).collect();
                    let operations = g.choices.one_of(&[0, 1, 2, 4]);
                    for _ in 0..operations.min(g.budget) {
                        g.step();
                    }
                    Ok(g.carried_on(types, &around))
                })
            })
            .collect()
    }
}
