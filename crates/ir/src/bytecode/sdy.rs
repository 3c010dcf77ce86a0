//! Attributes of Shardy, the dialect in which JAX says how tensors are spread over devices. Nothing here computes with
//! them: they are kept as text spells them.

use super::cursor::Cursor;
use super::error::Read;
use super::pool::Pool;
use crate::Attribute;
use crate::text::{quoted, symbol};

pub(super) fn attribute<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Attribute> {
    let at = cursor.at;
    let text = match cursor.varint()? {
        0 => {
            let axes: Vec<String> = names(pool, cursor)?.iter().map(|axis| quoted(axis)).collect();
            format!("#sdy<manual_axes{{{}}}>", axes.join(", "))
        }
        // A part of a mesh: an axis and its size.
        1 => {
            let name = pool.strings.next(cursor)?;
            format!("#sdy.mesh_axis<{}={}>", quoted(&name), cursor.signed()?)
        }
        2 => {
            let axes = parts(pool, cursor, "mesh_axis")?.join(", ");
            let devices = cursor.signed_list()?;
            let devices =
                if devices.is_empty() { String::new() } else { format!(", device_ids={devices:?}") };
            format!("#sdy.mesh<[{axes}]{devices}>")
        }
        // A part of an axis: what is before it and its own size.
        3 => format!("#sdy.sub_axis_info<({}){}>", cursor.signed()?, cursor.signed()?),
        4 => {
            let name = pool.strings.next(cursor)?;
            match pool.optional_attribute(cursor)? {
                Some(info) => {
                    format!("#sdy.axis_ref<{}:{}>", quoted(&name), part(cursor, info, "sub_axis_info")?)
                }
                None => format!("#sdy.axis_ref<{}>", quoted(&name)),
            }
        }
        5 => dimension(pool, cursor)?,
        6 => sharding(pool, cursor, false)?,
        15 => sharding(pool, cursor, true)?,
        7 | 16 => {
            let shardings: Vec<String> = parts(pool, cursor, "sharding")?
                .into_iter()
                .map(|sharding| format!("<{sharding}>"))
                .collect();
            format!("#sdy.sharding_per_value<[{}]>", shardings.join(", "))
        }
        8 => {
            let factors: String = cursor.signed_list()?.into_iter().map(factor).collect();
            format!("#sdy.dim_mapping<{factors}>")
        }
        9 => format!("#sdy.tensor_mapping<[{}]>", parts(pool, cursor, "dim_mapping")?.join(", ")),
        10 => rule(pool, cursor)?,
        11 => format!("#sdy<axis_ref_list{{{}}}>", parts(pool, cursor, "axis_ref")?.join(", ")),
        12 => {
            let at = cursor.at;
            let mut lists = Vec::new();
            for list in pool.attributes(cursor)? {
                let inner = match &list {
                    Attribute::Opaque(text) => {
                        text.strip_prefix("#sdy<axis_ref_list").and_then(|text| text.strip_suffix('>'))
                    }
                    _ => None,
                };
                match inner {
                    Some(inner) => lists.push(inner.to_string()),
                    None => {
                        return Err(
                            cursor.fault(at, "a list of axes is none; expected `#sdy<axis_ref_list…>`")
                        );
                    }
                }
            }
            format!("#sdy<list_of_axis_ref_lists[{}]>", lists.join(", "))
        }
        13 => {
            let axes = parts(pool, cursor, "axis_ref")?.join(", ");
            format!("#sdy.all_to_all_param<{{{axes}}}: {}->{}>", cursor.signed()?, cursor.signed()?)
        }
        14 => {
            let lists = parts(pool, cursor, "all_to_all_param")?.join(", ");
            format!("#sdy<all_to_all_param_list[{lists}]>")
        }
        code => {
            let message = format!("Shardy has no attribute {code} that is known; expected one up to 16");
            return Err(cursor.fault(at, message));
        }
    };
    Ok(Attribute::Opaque(text.into()))
}

/// What is between `#sdy.name<` and `>` of an attribute that is a part of another.
fn part(cursor: &Cursor<'_>, attribute: Attribute, name: &str) -> Read<String> {
    let inner = match &attribute {
        Attribute::Opaque(text) => text.strip_prefix("#sdy.").and_then(|text| text.strip_prefix(name)),
        _ => None,
    };
    match inner.and_then(|text| text.strip_prefix('<')).and_then(|text| text.strip_suffix('>')) {
        Some(inner) => Ok(inner.to_string()),
        None => {
            cursor.fail(format!("a part of an attribute of Shardy is another; expected `#sdy.{name}<…>`"))
        }
    }
}

fn parts<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>, name: &str) -> Read<Vec<String>> {
    pool.attributes(cursor)?.into_iter().map(|attribute| part(cursor, attribute, name)).collect()
}

fn names<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Vec<String>> {
    let names = pool.attributes(cursor)?.into_iter().map(|name| match name {
        Attribute::String(name) => Ok(name.to_string()),
        _ => cursor.fail("an axis has no name; expected a string"),
    });
    names.collect()
}

/// `{"x", ?}p1`: the axes that a dimension is spread over, whether there may be more, and how urgent that is.
fn dimension<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<String> {
    let mut axes = parts(pool, cursor, "axis_ref")?;
    if cursor.byte()? == 0 {
        axes.push("?".into());
    }
    let (priority, given) = cursor.flagged()?;
    let priority = if given { format!("p{priority}") } else { String::new() };
    Ok(format!("#sdy.dim_sharding<{{{}}}{priority}>", axes.join(", ")))
}

fn sharding<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>, has_unreduced: bool) -> Read<String> {
    let at = cursor.at;
    let mesh = match pool.attribute(cursor)? {
        Attribute::Symbol(name) => symbol(&name),
        mesh @ Attribute::Opaque(_) => format!("mesh<{}>", part(cursor, mesh, "mesh")?),
        _ => return Err(cursor.fault(at, "a sharding names no mesh; expected a symbol or a mesh")),
    };
    let mut text = format!("#sdy.sharding<{mesh}, [{}]", parts(pool, cursor, "dim_sharding")?.join(", "));
    for (word, given) in [("replicated", true), ("unreduced", has_unreduced)] {
        let axes = if given { parts(pool, cursor, "axis_ref")? } else { Vec::new() };
        if !axes.is_empty() {
            text += &format!(", {word}={{{}}}", axes.join(", "));
        }
    }
    Ok(text + ">")
}

/// `i`, `j`, …, `z`, `z_1`, …: how factors of a rule are called.
fn factor(index: i64) -> String {
    const NAMED: i64 = 18;
    match index {
        0..NAMED => char::from(b'i' + index as u8).to_string(),
        _ => format!("z_{}", index.saturating_sub(NAMED - 1)),
    }
}

fn rule<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<String> {
    let sizes = cursor.signed_list()?;
    let mut mappings = || Ok(parts(pool, cursor, "tensor_mapping")?.join(", "));
    let (operands, results) = (mappings()?, mappings()?);
    let mut text = format!("#sdy.op_sharding_rule<({operands})->({results})");
    if !sizes.is_empty() {
        let sizes: Vec<String> =
            sizes.iter().enumerate().map(|(i, size)| format!("{}={size}", factor(i as i64))).collect();
        text += &format!(" {{{}}}", sizes.join(", "));
    }
    for word in ["reduction", "need_replication", "permutation", "blocked_propagation"] {
        let factors: Vec<String> = cursor.signed_list()?.into_iter().map(factor).collect();
        if !factors.is_empty() {
            text += &format!(" {word}={{{}}}", factors.join(", "));
        }
    }
    Ok(text + if cursor.byte()? == 0 { ">" } else { ", custom>" })
}
