//! Groups of processes along the axes of a mesh.

use std::collections::BTreeMap;

use super::dictionary::MOST;

/// The groups that `#stablehlo.replica_group_mesh_axes<mesh = #stablehlo.mesh<axes = […]>, axes = […]>` stands for:
/// processes are counted along the mesh's axes, the last of which goes fastest, and those form a group that differ in the
/// given axes only, or in the given parts of them. None where the text is something else.
pub(super) fn groups(text: &str) -> Option<Vec<Vec<i64>>> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let inner = text.strip_prefix("#stablehlo.replica_group_mesh_axes<")?.strip_suffix('>')?;
    let (mesh, rest) = inner.strip_prefix("mesh = #stablehlo.mesh<axes = [")?.split_once("]>, axes = [")?;
    let mesh: Vec<(&str, usize)> = items(mesh, "mesh_axis")?
        .into_iter()
        .map(|(name, fields)| {
            let size: usize = fields?.strip_prefix("size = ")?.parse().ok()?;
            (size > 0).then_some((name, size))
        })
        .collect::<Option<_>>()?;
    let count = mesh.iter().try_fold(1usize, |count, &(_, size)| count.checked_mul(size))?;
    if count > MOST {
        return None;
    }
    // Of each given axis, how far apart its neighbours are, and how many there are.
    let steps: Vec<(usize, usize)> = items(rest.strip_suffix(']')?, "axis_ref")?
        .into_iter()
        .map(|(name, fields)| {
            let at = mesh.iter().position(|&(axis, _)| axis == name)?;
            let size = mesh[at].1;
            let stride: usize = mesh[at + 1..].iter().map(|&(_, size)| size).product();
            let Some(fields) = fields else { return Some((stride, size)) };
            let (before, part) = fields.strip_prefix("sub_axis_info = (")?.split_once(')')?;
            let (before, part): (usize, usize) = (before.parse().ok()?, part.parse().ok()?);
            let above = before.checked_mul(part).filter(|&above| above > 0 && size.is_multiple_of(above))?;
            Some((stride * (size / above), part))
        })
        .collect::<Option<_>>()?;
    let members: usize = steps.iter().try_fold(1usize, |count, &(_, size)| count.checked_mul(size))?;
    if members > MOST {
        return None;
    }
    let mut groups = BTreeMap::new();
    for process in 0..count {
        let (mut first, mut place) = (process, 0);
        for &(step, size) in &steps {
            let along = process / step % size;
            first = first.checked_sub(along * step)?;
            place = place * size + along;
        }
        groups.entry(first).or_insert_with(|| vec![-1; members])[place] = process as i64;
    }
    Some(groups.into_values().collect())
}

/// The names of `#stablehlo.kind<name = "a", …>, …` and their other fields.
fn items<'t>(text: &'t str, kind: &str) -> Option<Vec<(&'t str, Option<&'t str>)>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let head = format!("#stablehlo.{kind}<name = \"");
    let item = |item: &'t str| {
        let (name, fields) = item.strip_prefix(&*head)?.split_once('"')?;
        // Of all but the last, the separator took it.
        let fields = fields.strip_suffix('>').unwrap_or(fields);
        match fields {
            "" => Some((name, None)),
            _ => Some((name, Some(fields.strip_prefix(", ")?))),
        }
    };
    text.split(">, ").map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "#stablehlo.replica_group_mesh_axes<mesh = #stablehlo.mesh<axes = [\
        #stablehlo.mesh_axis<name = \"x\", size = 2>, #stablehlo.mesh_axis<name = \"y\", size = 4>]>,
        axes = []>";

    fn of(axes: &str) -> Option<Vec<Vec<i64>>> {
        groups(&TEXT.replace("axes = []", &format!("axes = [{axes}]")))
    }

    fn axis(name: &str, part: &str) -> String {
        format!("#stablehlo.axis_ref<name = \"{name}\"{part}>")
    }

    #[test]
    fn processes_that_differ_along_the_axes_form_groups() {
        let rows = |rows: &[&[i64]]| Some(rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>());
        assert_eq!(of(&axis("y", "")), rows(&[&[0, 1, 2, 3], &[4, 5, 6, 7]]));
        assert_eq!(of(&axis("x", "")), rows(&[&[0, 4], &[1, 5], &[2, 6], &[3, 7]]));
        let major = axis("y", ", sub_axis_info = (1)2");
        assert_eq!(of(&major), rows(&[&[0, 2], &[1, 3], &[4, 6], &[5, 7]]));
        let minor = axis("y", ", sub_axis_info = (2)2");
        assert_eq!(of(&minor), rows(&[&[0, 1], &[2, 3], &[4, 5], &[6, 7]]));
        // The first axis goes slowest.
        assert_eq!(of(&format!("{minor}, {}", axis("x", ""))), rows(&[&[0, 4, 1, 5], &[2, 6, 3, 7]]));
        assert_eq!(of("").map(|groups| groups.len()), Some(8));
    }

    #[test]
    fn what_is_no_mesh_is_refused() {
        assert_eq!(of(&axis("z", "")), None);
        assert_eq!(of(&axis("y", ", sub_axis_info = (3)2")), None);
        assert_eq!(of(&axis("y", ", sub_axis_info = (0)2")), None);
        assert_eq!(groups(&TEXT.replace("size = 2", "size = 0")), None);
        assert_eq!(of(&format!("{0}, {0}", axis("y", ""))), None);
        for text in ["", "#stablehlo.replica_group_mesh_axes<>", "#stablehlo.mesh<axes = []>"] {
            assert_eq!(groups(text), None);
        }
        assert_eq!(groups(&TEXT.replace("size = 2", "size = 4294967296")), None);
        assert_eq!(groups(&TEXT.replace("size = 4", "size = 9223372036854775808")), None);
    }
}
