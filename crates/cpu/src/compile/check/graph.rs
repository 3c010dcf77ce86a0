//! Whether a plan's claims are what the graph says: a kernel reads its node's operands and computes its results, a fused
//! loop reads all that its results are made of, and control flow carries what it has to.

use std::collections::{HashMap, HashSet};

use super::{BranchClaim, Claim, Claims, Name};
use crate::compile::graph::{Block, Graph, Node, Val, Work};

/// Compares all claims with the graph.
pub(super) fn check(graph: &Graph, block: &Block<'_>, claims: &Claims) -> Result<(), String> {
    if claims.parameters != block.parameters {
        return Err("the plan has other parameters than the program".into());
    }
    for (val, _) in &claims.constants {
        if graph.info(*val).literal.is_none() {
            return Err(format!("{val:?} is no constant"));
        }
    }
    all_found(graph, claims.returns.iter().map(|(name, _)| *name), &block.returns, "the program's results")?;
    Comparison { graph }.block(block, &claims.body)
}

/// Whether a name is where the graph says that a value's elements are, next to each other: in its own memory, or in that
/// of a value of which it is a dense part.
fn is_found(graph: &Graph, name: Name, val: Val) -> bool {
    let (mut val, mut start) = (val, 0);
    loop {
        if name == (Name { val, start }) {
            return true;
        }
        let info = graph.info(val);
        if info.view.base == val || !info.view.is_dense(&info.ty.dims) {
            return false;
        }
        start += info.view.offset * info.ty.element.size();
        val = info.view.base;
    }
}

fn all_found(
    graph: &Graph,
    names: impl ExactSizeIterator<Item = Name>,
    vals: &[Val],
    what: &str,
) -> Result<(), String> {
    if names.len() != vals.len() {
        return Err(format!("{what}: {} names for {} values", names.len(), vals.len()));
    }
    for (name, &val) in names.zip(vals) {
        if !is_found(graph, name, val) {
            return Err(format!("{what}: {name:?} is said to be {val:?}"));
        }
    }
    Ok(())
}

struct Comparison<'a> {
    graph: &'a Graph,
}

impl Comparison<'_> {
    fn block(&self, block: &Block<'_>, claims: &[Claim]) -> Result<(), String> {
        let nodes: HashMap<Val, &Node<'_>> = block
            .nodes
            .iter()
            .flat_map(|node| node.results.iter().map(move |&result| (result, node)))
            .collect();
        // The nodes without results are told by their order.
        let mut silent = block.nodes.iter().filter(|node| node.results.is_empty());
        for claim in claims {
            let first = match claim {
                Claim::Copy => continue,
                Claim::Run { results, .. } | Claim::Choose { results, .. } => results.first().copied(),
                Claim::While { carried, .. } => carried.first().map(|c| c.result),
            };
            let node = match first {
                Some(result) => nodes.get(&result).copied(),
                None => silent.next(),
            };
            let node =
                node.ok_or_else(|| format!("an action computes {first:?}, which no node of its block does"))?;
            self.claim(node, &nodes, claim)?;
        }
        match silent.next() {
            Some(node) => Err(format!("{} is left out", node.op.kind.name())),
            None => Ok(()),
        }
    }

    fn claim(&self, node: &Node<'_>, nodes: &HashMap<Val, &Node<'_>>, claim: &Claim) -> Result<(), String> {
        let name = node.op.kind.name();
        match (&node.work, claim) {
            (Work::Map(_) | Work::Reduce { .. }, Claim::Run { operands, results }) => {
                self.fused(nodes, operands, results)
            }
            (Work::Kernel, Claim::Run { operands, results }) => {
                if results[..] != node.results[..] {
                    return Err(format!("{name} computes {:?}, not {results:?}", node.results));
                }
                all_found(self.graph, operands.iter().copied(), &node.operands, name)
            }
            (Work::Code(_), Claim::Run { operands, results }) => {
                if results[..] != node.results[..] {
                    return Err(format!("{name} computes {:?}, not {results:?}", node.results));
                }
                // It sees its operands through their views.
                let bases: Vec<Val> =
                    node.operands.iter().map(|&operand| self.graph.info(operand).view.base).collect();
                all_found(self.graph, operands.iter().copied(), &bases, name)
            }
            (
                Work::While { condition, body },
                Claim::While { condition: condition_claims, predicate, body: body_claims, carried },
            ) => {
                all_found(self.graph, carried.iter().map(|c| c.initial), &node.operands, "initial values")?;
                all_found(self.graph, carried.iter().map(|c| c.next), &body.returns, "next values")?;
                all_found(self.graph, [*predicate].into_iter(), &condition.returns, "the predicate")?;
                let same = carried.iter().map(|c| c.parameter).eq(body.parameters.iter().copied())
                    && carried.iter().map(|c| c.result).eq(node.results.iter().copied());
                if !same {
                    return Err("a loop claims other parameters or results".into());
                }
                self.block(condition, condition_claims)?;
                self.block(body, body_claims)
            }
            (Work::Choose { branches }, Claim::Choose { index, branches: branch_claims, results }) => {
                all_found(self.graph, [*index].into_iter(), &node.operands, "the index")?;
                if results[..] != node.results[..] || branches.len() != branch_claims.len() {
                    return Err("a choice claims other results or branches".into());
                }
                for (branch, BranchClaim { body, returns }) in branches.iter().zip(branch_claims) {
                    let names = returns.iter().map(|(name, _)| *name);
                    all_found(self.graph, names, &branch.returns, "a branch's results")?;
                    self.block(branch, body)?;
                }
                Ok(())
            }
            _ => Err(format!("{name} is done by another kind of action")),
        }
    }

    /// Whether what a fused loop reads is all that its results are made of.
    fn fused(
        &self,
        nodes: &HashMap<Val, &Node<'_>>,
        operands: &[Name],
        results: &[Val],
    ) -> Result<(), String> {
        if operands.iter().any(|operand| operand.start != 0) {
            return Err("a fused loop reads a part of a value".into());
        }
        let read: HashSet<Val> = operands.iter().map(|operand| operand.val).collect();
        let mut waiting: Vec<Val> = results.to_vec();
        let mut seen: HashSet<Val> = results.iter().copied().collect();
        while let Some(val) = waiting.pop() {
            let node = nodes.get(&val).filter(|node| matches!(node.work, Work::Map(_) | Work::Reduce { .. }));
            let node =
                node.ok_or_else(|| format!("a fused loop does not read {val:?}, and cannot compute it"))?;
            for &operand in &node.operands {
                if self.graph.splat(operand).is_some() {
                    continue;
                }
                for base in self.graph.bases(operand) {
                    if !read.contains(&base) && seen.insert(base) {
                        waiting.push(base);
                    }
                }
            }
        }
        Ok(())
    }
}
