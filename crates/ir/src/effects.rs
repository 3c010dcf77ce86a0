//! What an operation does besides giving its results.

use crate::{Op, OpKind};

impl Op {
    /// Whether nobody notices when the operation is left out and its results are not used.
    ///
    /// Loops count as ending. An operation that is not known, a call, and a collective that others wait for stay.
    pub fn is_removable(&self) -> bool {
        use OpKind::*;
        let own = match &self.kind {
            CustomCall(call) => !call.has_side_effect,
            Call { .. } | Composite { .. } | Check(_) | Unknown { .. } | Chlo(_) => false,
            Infeed { .. } | Outfeed { .. } | Send { .. } | Recv { .. } => false,
            _ => !self.is_collective(),
        };
        own && self.regions.iter().all(|region| region.ops.iter().all(Op::is_removable))
    }

    /// Whether the operation gives the same results every time that it is given the same operands, and does nothing
    /// else: whether two of them are as good as one.
    pub fn is_repeatable(&self) -> bool {
        use OpKind::*;
        // A barrier holds its operands apart from what they are made of, each barrier for itself.
        let own =
            !matches!(self.kind, Rng { .. } | CustomCall(_) | OptimizationBarrier | CreateToken | AfterAll);
        own && self.is_removable()
            && self.regions.iter().all(|region| region.ops.iter().all(Op::is_repeatable))
    }

    /// Whether other processes take part in the operation.
    pub fn is_collective(&self) -> bool {
        use OpKind::*;
        matches!(
            self.kind,
            AllGather { .. }
                | AllReduce { .. }
                | AllToAll { .. }
                | CollectiveBroadcast { .. }
                | CollectivePermute { .. }
                | CollectiveReduce { .. }
                | CrossReplicaSum { .. }
                | ReduceScatter { .. }
        )
    }
}
