//! Attributes of Shardy, the dialect in which JAX says how tensors are spread over devices. Nothing here computes with
//! them: they are kept as text spells them.

use super::cursor::Cursor;
use super::error::Read;
use super::pool::Pool;
use crate::Attribute;

pub(super) fn attribute<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Attribute> {
    let at = cursor.at;
    let text = match cursor.varint()? {
        0 => {
            let axes: Vec<String> = names(pool, cursor)?.iter().map(|axis| format!("{axis:?}")).collect();
            format!("#sdy<manual_axes{{{}}}>", axes.join(", "))
        }
        // A part of a mesh: an axis and its size.
        1 => format!("{:?}={}", &*pool.strings.next(cursor)?, cursor.signed()?),
        2 => {
            let axes = texts(pool, cursor)?.join(", ");
            let devices = cursor.signed_list()?;
            let devices =
                if devices.is_empty() { String::new() } else { format!(", device_ids={devices:?}") };
            format!("#sdy.mesh<[{axes}]{devices}>")
        }
        // A part of an axis: what is before it and its own size.
        3 => format!("({}){}", cursor.signed()?, cursor.signed()?),
        4 => {
            let name = pool.strings.next(cursor)?;
            match pool.optional_attribute(cursor)? {
                Some(part) => format!("{:?}:{}", &*name, text(cursor, part)?),
                None => format!("{:?}", &*name),
            }
        }
        5 => dimension(pool, cursor)?,
        6 => sharding(pool, cursor, false)?,
        15 => sharding(pool, cursor, true)?,
        7 | 16 => {
            let shardings = texts(pool, cursor)?;
            let stripped: Vec<&str> =
                shardings.iter().map(|s| s.strip_prefix("#sdy.sharding").unwrap_or(s)).collect();
            format!("#sdy.sharding_per_value<[{}]>", stripped.join(", "))
        }
        8 => cursor.signed_list()?.into_iter().map(factor).collect(),
        9 => format!("[{}]", texts(pool, cursor)?.join(", ")),
        10 => rule(pool, cursor)?,
        11 => format!("#sdy<axis_ref_list{{{}}}>", texts(pool, cursor)?.join(", ")),
        12 => {
            let lists = texts(pool, cursor)?;
            let stripped: Vec<&str> = lists
                .iter()
                .map(|list| {
                    let inner =
                        list.strip_prefix("#sdy<axis_ref_list").and_then(|list| list.strip_suffix('>'));
                    inner.unwrap_or(list)
                })
                .collect();
            format!("#sdy<list_of_axis_ref_lists[{}]>", stripped.join(", "))
        }
        13 => {
            let axes = texts(pool, cursor)?.join(", ");
            format!("{{{axes}}}: {}->{}", cursor.signed()?, cursor.signed()?)
        }
        14 => format!("#sdy<all_to_all_param_list[{}]>", texts(pool, cursor)?.join(", ")),
        code => {
            let message = format!("Shardy has no attribute {code} that is known; expected one up to 16");
            return Err(cursor.fault(at, message));
        }
    };
    Ok(Attribute::Opaque(text.into()))
}

/// The text of an attribute that is a part of another.
fn text(cursor: &Cursor<'_>, attribute: Attribute) -> Read<String> {
    match attribute {
        Attribute::Opaque(text) => Ok(text.to_string()),
        _ => cursor.fail("a part of a sharding is none; expected an attribute of Shardy"),
    }
}

fn texts<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Vec<String>> {
    pool.attributes(cursor)?.into_iter().map(|part| text(cursor, part)).collect()
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
    let mut parts = texts(pool, cursor)?;
    if cursor.byte()? == 0 {
        parts.push("?".into());
    }
    let (priority, given) = cursor.flagged()?;
    let priority = if given { format!("p{priority}") } else { String::new() };
    Ok(format!("{{{}}}{priority}", parts.join(", ")))
}

fn sharding<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>, has_unreduced: bool) -> Read<String> {
    let at = cursor.at;
    let mesh = match pool.attribute(cursor)? {
        Attribute::Symbol(name) => format!("@{name}"),
        Attribute::Opaque(text) => text.strip_prefix("#sdy.").unwrap_or(&text).to_string(),
        _ => return Err(cursor.fault(at, "a sharding names no mesh; expected a symbol or a mesh")),
    };
    let mut text = format!("#sdy.sharding<{mesh}, [{}]", texts(pool, cursor)?.join(", "));
    for (word, given) in [("replicated", true), ("unreduced", has_unreduced)] {
        let axes = if given { texts(pool, cursor)? } else { Vec::new() };
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
    let (operands, results) = (texts(pool, cursor)?.join(", "), texts(pool, cursor)?.join(", "));
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
