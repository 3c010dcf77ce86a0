//! What steps need of memory beside the arena, and how much they write.

use crate::kernel::Kernel;
use crate::plan::Action;

/// What the steps of a program need, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Demands {
    /// The most that a step allocates itself: no two run at the same time.
    pub(super) allocated: usize,
    /// The tables of all kernels.
    pub(super) tables: usize,
    /// What all steps write, each counted once however often it runs.
    pub(super) written: usize,
}

impl Demands {
    pub(super) fn of(actions: &[Action]) -> Demands {
        let mut demands = Demands::default();
        demands.add(actions);
        demands
    }

    fn add(&mut self, actions: &[Action]) {
        for action in actions {
            match action {
                Action::Run(step) => {
                    let written = step.results.iter().map(|span| span.len);
                    self.written = written.fold(self.written, usize::saturating_add);
                    self.allocated = self.allocated.max(step.kernel.allocated_bytes());
                    self.tables = self.tables.saturating_add(step.kernel.table_bytes());
                }
                Action::Copy { to, .. } => self.written = self.written.saturating_add(to.len),
                Action::While { condition, body, .. } => {
                    self.add(condition);
                    self.add(body);
                }
                Action::Native(native) => self.add(std::slice::from_ref(&native.action)),
                Action::Choose { branches, .. } => branches.iter().for_each(|branch| self.add(branch)),
            }
        }
    }
}

/// Makes a kernel's tables, which are counted to those that there are, and looks at what else it needs.
///
/// # Errors
/// Where that is more than the limit: what is, and how many bytes it has.
pub(super) fn admit(
    kernel: &mut dyn Kernel,
    tables: &mut usize,
    limit: usize,
) -> Result<(), (&'static str, usize)> {
    *tables = tables.saturating_add(kernel.table_bytes());
    if *tables > limit {
        return Err(("tables", *tables));
    }
    kernel.make_tables();
    let working = kernel.scratch_bytes().saturating_add(kernel.allocated_bytes());
    if working > limit { Err(("working memory", working)) } else { Ok(()) }
}
