//! Which values are needed in memory, and which nodes for them.

use std::collections::HashSet;

use super::graph::{Block, Graph, Node, Val, Work};

/// Calls `read` for each value that a node needs to find in memory.
///
/// Operations that fuse read through views. Others need an operand as it is: in its own memory, or as a part of the
/// memory of the value that it is a dense view of.
pub(super) fn for_each_read(graph: &Graph, node: &Node<'_>, read: &mut dyn FnMut(Val)) {
    match &node.work {
        Work::Map(_) | Work::Reduce { .. } => {
            for &operand in &node.operands {
                if graph.splat(operand).is_none() {
                    graph.bases(operand).into_iter().for_each(&mut *read);
                }
            }
        }
        Work::Code(_) => node.operands.iter().for_each(|&operand| {
            read(graph.storage(graph.info(operand).view.base).0);
        }),
        _ => node.operands.iter().for_each(|&operand| read(graph.storage(operand).0)),
    }
    for block in node.blocks() {
        block.nodes.iter().for_each(|inner| for_each_read(graph, inner, read));
        block.returns.iter().for_each(|&returned| read(graph.storage(returned).0));
    }
}

/// Drops the nodes that nothing returned depends on and that have no effects, here and in inner blocks.
pub(super) fn drop_unneeded(graph: &Graph, block: &mut Block<'_>) {
    let mut needed: HashSet<Val> = block.returns.iter().map(|&val| graph.storage(val).0).collect();
    let mut kept = vec![true; block.nodes.len()];
    for (node, kept) in block.nodes.iter_mut().zip(&mut kept).rev() {
        *kept = node.has_effects() || node.results.iter().any(|result| needed.contains(result));
        if !*kept {
            continue;
        }
        match &mut node.work {
            Work::While { condition, body } => {
                drop_unneeded(graph, condition);
                drop_unneeded(graph, body);
            }
            Work::Choose { branches } => branches.iter_mut().for_each(|branch| drop_unneeded(graph, branch)),
            _ => {}
        }
        for_each_read(graph, node, &mut |val| {
            needed.insert(val);
        });
    }
    let mut kept = kept.into_iter();
    block.nodes.retain(|_| kept.next().unwrap_or(true));
}
