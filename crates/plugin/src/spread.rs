//! How tensors are spread over the partitions of a program.
//!
//! JAX says it by Shardy's attributes: a mesh gives the partitions coordinates on axes with names, and a sharding says for each
//! dimension of a tensor along which axes it is cut, the first of which goes slowest. Here that becomes, for each
//! dimension, into how many parts it is cut and which of them each partition has. XLA's way of writing the same, which JAX
//! reads from compiled programs, is [`Spread::to_hlo`].

use std::collections::{BTreeMap, HashMap};

use runahead::TensorType;
use runahead::ir::Module;

use crate::error::Fault;

/// The meshes of a program by name.
pub(crate) struct Meshes {
    meshes: HashMap<String, Mesh>,
    partitions: usize,
}

/// The axes and sizes of a mesh, and where on it each partition is.
#[derive(Clone)]
struct Mesh {
    axes: Vec<(String, usize)>,
    /// For each partition its place, counted along the axes, the last of which goes fastest.
    places: Vec<usize>,
    /// The devices as the mesh names them, where it does.
    devices: Vec<usize>,
}

/// How a tensor is spread.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spread {
    /// Into how many parts each dimension is cut.
    pub(crate) counts: Vec<usize>,
    /// Which part of each dimension a partition has.
    pub(crate) parts: Vec<Vec<usize>>,
    /// For each dimension the partitions that together have all parts of it and the same of all others, in the parts' order.
    pub(crate) groups: Vec<Vec<Vec<usize>>>,
    /// The partitions whose parts are yet to be added, where some are: the tensor is the sum of what those of a group have.
    pub(crate) sums: Vec<Vec<usize>>,
    /// The only partition that has the tensor at all.
    pub(crate) only: Option<usize>,
    /// The partitions in the order of their places.
    order: Vec<usize>,
}

/// A part of an axis: the axis, how many of its coordinates go by before the part's changes, and how many values that has.
struct Piece {
    axis: usize,
    stride: usize,
    size: usize,
}

impl Spread {
    /// Of a tensor that every partition has.
    pub(crate) fn whole(partitions: usize) -> Spread {
        Spread {
            counts: Vec::new(),
            parts: vec![Vec::new(); partitions],
            groups: Vec::new(),
            sums: Vec::new(),
            only: None,
            order: (0..partitions).collect(),
        }
    }

    /// Whether every partition has all of the tensor.
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_cut() && self.sums.is_empty()
    }

    /// Whether the partitions have different parts.
    pub(crate) fn is_cut(&self) -> bool {
        self.counts.iter().any(|&count| count > 1)
    }

    /// Whether the same partitions have the same.
    pub(crate) fn is_like(&self, other: &Spread) -> bool {
        (&self.counts, &self.parts, &self.sums) == (&other.counts, &other.parts, &other.sums)
    }

    /// How a tensor is spread whose dimensions are these of one that is spread like this, and others that nobody cuts.
    pub(crate) fn rearranged(&self, dims: &[Option<usize>]) -> Spread {
        let count = |dim: &Option<usize>| dim.map_or(1, |dim| self.counts[dim]);
        let alone = || (0..self.parts.len()).map(|partition| vec![partition]).collect();
        let part = |parts: &Vec<usize>| dims.iter().map(|dim| dim.map_or(0, |dim| parts[dim])).collect();
        Spread {
            counts: dims.iter().map(count).collect(),
            parts: self.parts.iter().map(part).collect(),
            groups: dims.iter().map(|dim| dim.map_or_else(alone, |dim| self.groups[dim].clone())).collect(),
            ..self.clone()
        }
    }

    /// The type of a partition's part.
    ///
    /// # Errors
    /// Where the tensor cannot be cut like that.
    pub(crate) fn part_of(&self, ty: &TensorType) -> Result<TensorType, Fault> {
        if !self.is_cut() {
            return Ok(ty.clone());
        }
        let counts = &self.counts;
        let fits =
            counts.len() == ty.rank() && ty.dims.iter().zip(counts).all(|(dim, count)| dim % count == 0);
        if !fits {
            return Err(Fault::invalid(format!("a {ty} cannot be cut into {counts:?} equal parts")));
        }
        Ok(ty.with_dims(ty.dims.iter().zip(counts).map(|(dim, count)| dim / count)))
    }

    /// As XLA writes it: `{devices=[2,1,2]0,1,2,3 last_tile_dim_replicate}`.
    pub(crate) fn to_hlo(&self) -> String {
        if let Some(device) = self.only {
            return format!("{{maximal device={device}}}");
        }
        if self.is_whole() {
            return "{replicated}".into();
        }
        let mut tiles: BTreeMap<&[usize], Vec<usize>> = BTreeMap::new();
        let (alone, mut sums) =
            (self.order.iter().map(std::slice::from_ref), self.sums.iter().map(Vec::as_slice));
        let (groups, summands): (Vec<&[usize]>, usize) = match self.sums.first() {
            None => (alone.collect(), 1),
            Some(first) => (sums.by_ref().collect(), first.len()),
        };
        for group in groups {
            tiles.entry(&self.parts[group[0]]).or_default().extend(group);
        }
        let copies = self.order.len() / self.counts.iter().product::<usize>() / summands;
        let mut dims: Vec<String> = self.counts.iter().map(usize::to_string).collect();
        dims.extend((copies > 1).then(|| copies.to_string()));
        dims.extend((summands > 1).then(|| summands.to_string()));
        let end = match (copies > 1, summands > 1) {
            (false, false) => "",
            (true, false) => " last_tile_dim_replicate",
            (false, true) => " last_tile_dims={unreduced}",
            (true, true) => " last_tile_dims={replicated, unreduced}",
        };
        let devices: Vec<String> = tiles.into_values().flatten().map(|device| device.to_string()).collect();
        format!("{{devices=[{}]{}{end}}}", dims.join(","), devices.join(","))
    }
}

fn malformed(text: &str) -> Fault {
    Fault::invalid(format!("`{text}` is no mesh or sharding of Shardy's"))
}

impl Mesh {
    /// Reads `["x"=2, "y"=4]` or `["x"=2], device_ids=[1, 0]`.
    fn read(text: &str, partitions: usize) -> Result<Mesh, Fault> {
        let fault = || malformed(text);
        let (axes, rest) = text.strip_prefix('[').and_then(|text| text.split_once(']')).ok_or_else(fault)?;
        let mut read = Vec::new();
        for axis in axes.split(", ").filter(|axis| !axis.is_empty()) {
            let (name, size) = axis.rsplit_once('=').ok_or_else(fault)?;
            read.push((unquoted(name).to_owned(), size.parse().map_err(|_| fault())?));
        }
        let devices = match rest.strip_prefix(", device_ids=[").and_then(|rest| rest.strip_suffix(']')) {
            None => Vec::new(),
            Some(ids) => {
                ids.split(", ").map(str::parse).collect::<Result<Vec<usize>, _>>().map_err(|_| fault())?
            }
        };
        let size = read.iter().try_fold(1usize, |size, (_, of)| size.checked_mul(*of)).ok_or_else(fault)?;
        let mut places: Vec<usize> = (0..partitions).collect();
        if size == partitions && devices.len() == partitions {
            for (place, &device) in devices.iter().enumerate() {
                *places.get_mut(device).ok_or_else(fault)? = place;
            }
        }
        Ok(Mesh { axes: read, places, devices })
    }

    fn size(&self) -> usize {
        self.axes.iter().map(|(_, size)| size).product()
    }

    /// The coordinate of a place on an axis.
    fn coordinate(&self, place: usize, axis: usize) -> usize {
        let behind: usize = self.axes[axis + 1..].iter().map(|(_, size)| size).product();
        place / behind % self.axes[axis].1
    }

    /// Reads `"x"` or `"x":(2)4`, the part of an axis that has 4 values and is behind one that has 2.
    fn piece(&self, text: &str) -> Option<Piece> {
        let (name, part) = match text.split_once("\":(") {
            None => (text, None),
            Some((name, part)) => (name, Some(part.split_once(')')?)),
        };
        let name = name.trim_matches('"');
        let axis = self.axes.iter().position(|(axis, _)| axis == name)?;
        let all = self.axes[axis].1;
        let (before, size) = match part {
            None => (1, all),
            Some((before, size)) => (before.parse::<usize>().ok()?, size.parse::<usize>().ok()?),
        };
        let cut = before.checked_mul(size).filter(|&cut| cut > 0 && all.is_multiple_of(cut))?;
        Some(Piece { axis, stride: all / cut, size })
    }
}

fn unquoted(name: &str) -> &str {
    name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name)
}

impl Meshes {
    /// A program's meshes.
    pub(crate) fn of(module: &Module, partitions: usize) -> Result<Meshes, Fault> {
        let read =
            |mesh: &runahead::ir::Mesh| Ok((mesh.name.to_string(), Mesh::read(&mesh.text, partitions)?));
        let meshes = module.meshes.iter().map(read).collect::<Result<_, Fault>>()?;
        Ok(Meshes { meshes, partitions })
    }

    /// Reads what Shardy has between `#sdy.sharding<` and `>`; of the axes only those that are named, where some are.
    ///
    /// # Errors
    /// Where it is no sharding of these meshes.
    pub(crate) fn spread(&self, text: &str, of: Option<&[String]>) -> Result<Spread, Fault> {
        let fault = || malformed(text);
        let (mesh, rest) = match text.strip_prefix("mesh<") {
            Some(inline) => {
                let (mesh, rest) = inline.split_once(">, ").ok_or_else(fault)?;
                (Mesh::read(mesh, self.partitions)?, rest)
            }
            None => {
                let (name, rest) =
                    text.strip_prefix('@').and_then(|text| text.split_once(", ")).ok_or_else(fault)?;
                (self.meshes.get(unquoted(name)).cloned().ok_or_else(fault)?, rest)
            }
        };
        let (dims, rest) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or_else(fault)?;
        let mut whole = Spread::whole(self.partitions);
        if let ([], [device]) = (&mesh.axes[..], &mesh.devices[..]) {
            whole.only = Some(*device);
            return Ok(whole);
        }
        let read = |axes: &str| -> Option<Vec<Piece>> {
            let (axes, _) = axes.split_once('}')?;
            let axes = axes.split(", ").filter(|axis| !matches!(*axis, "" | "?"));
            let mut read = axes.map(|axis| mesh.piece(axis)).collect::<Option<Vec<_>>>()?;
            read.retain(|piece| of.is_none_or(|of| of.contains(&mesh.axes[piece.axis].0)));
            Some(read)
        };
        let pieces = dims.split('{').skip(1).map(read).collect::<Option<Vec<_>>>().ok_or_else(fault)?;
        let summed = match rest.split_once("unreduced={") {
            None => Vec::new(),
            Some((_, axes)) => read(axes).ok_or_else(fault)?,
        };
        let counts: Vec<usize> =
            pieces.iter().map(|dim| dim.iter().map(|piece| piece.size).product()).collect();
        let is_sum = summed.iter().any(|piece| piece.size > 1);
        if !is_sum && counts.iter().all(|&count| count == 1) {
            return Ok(whole);
        }
        if mesh.size() != self.partitions {
            let (found, expected) = (mesh.size(), self.partitions);
            return Err(Fault::invalid(format!("a mesh of {found} devices in a program for {expected}")));
        }
        let mut order: Vec<usize> = (0..self.partitions).collect();
        order.sort_by_key(|&partition| mesh.places[partition]);
        let part = |place: usize, dim: &Vec<Piece>| {
            let digit = |piece: &Piece| mesh.coordinate(place, piece.axis) / piece.stride % piece.size;
            dim.iter().fold(0, |part, piece| part * piece.size + digit(piece))
        };
        let parts: Vec<Vec<usize>> =
            mesh.places.iter().map(|&place| pieces.iter().map(|dim| part(place, dim)).collect()).collect();
        // Together are those that differ in these pieces of the axes alone, in the order of their digits.
        let together = |dim: &Vec<Piece>| -> Vec<Vec<usize>> {
            let mut groups: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
            for &partition in &order {
                let mut rest: Vec<usize> =
                    (0..mesh.axes.len()).map(|axis| mesh.coordinate(mesh.places[partition], axis)).collect();
                for piece in dim {
                    let digit = rest[piece.axis] / piece.stride % piece.size;
                    rest[piece.axis] -= digit * piece.stride;
                }
                groups.entry(rest).or_default().push(partition);
            }
            let in_order = |mut group: Vec<usize>| {
                group.sort_by_key(|&partition| part(mesh.places[partition], dim));
                group
            };
            groups.into_values().map(in_order).collect()
        };
        let groups = pieces.iter().map(together).collect();
        let sums = if is_sum { together(&summed) } else { Vec::new() };
        Ok(Spread { counts, parts, groups, sums, only: None, order })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meshes() -> Meshes {
        let text = "module {
          sdy.mesh @mesh = <[\"x\"=2, \"y\"=2]>
          sdy.mesh @turned = <[\"a\"=4], device_ids=[3, 2, 1, 0]>
          sdy.mesh @maximal = <[], device_ids=[2]>
          func.func @main(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }
        }";
        Meshes::of(&runahead::ir::parse("meshes", text).unwrap(), 4).unwrap()
    }

    #[test]
    fn parts_and_groups() {
        let spread = meshes().spread("@mesh, [{\"y\", ?}, {}, {\"x\"}p1]", None).unwrap();
        assert_eq!(spread.counts, [2, 1, 2]);
        assert_eq!(spread.parts, [[0, 0, 0], [1, 0, 0], [0, 0, 1], [1, 0, 1]]);
        assert_eq!(spread.groups[0], [[0, 1], [2, 3]]);
        assert_eq!(spread.groups[2], [[0, 2], [1, 3]]);
        let both = meshes().spread("@mesh, [{\"y\", \"x\"}]", None).unwrap();
        assert_eq!(both.parts, [[0], [2], [1], [3]]);
        assert_eq!(both.groups[0], [[0, 2, 1, 3]]);
        let halved = meshes().spread("@turned, [{\"a\":(2)2}]", None).unwrap();
        assert_eq!(halved.parts, [[1], [0], [1], [0]]);
        assert_eq!(halved.groups[0], [[3, 2], [1, 0]]);
        let manual = meshes().spread("@mesh, [{\"y\", \"x\"}]", Some(&["x".into()])).unwrap();
        assert_eq!(manual.parts, [[0], [0], [1], [1]]);
        assert!(meshes().spread("@mesh, [{\"z\"}]", None).is_err());
        assert!(meshes().spread("@none, [{}]", None).is_err());
        let sum = meshes().spread("@mesh, [{\"y\"}], unreduced={\"x\"}", None).unwrap();
        assert_eq!((sum.counts, sum.sums), (vec![2], vec![vec![0, 2], vec![1, 3]]));
        assert!(meshes().spread("@mesh, [{}], unreduced={\"z\"}", None).is_err());
    }

    #[test]
    fn as_xla_writes_it() {
        // What JAX's `NamedSharding._to_xla_hlo_sharding` gives for the same.
        for (text, expected) in [
            ("@mesh, [{}, {}]", "{replicated}"),
            ("@mesh, [{\"x\"}, {\"y\"}]", "{devices=[2,2]0,1,2,3}"),
            ("@mesh, [{\"y\"}, {}]", "{devices=[2,1,2]0,2,1,3 last_tile_dim_replicate}"),
            ("@mesh, [{\"y\", \"x\"}]", "{devices=[4]0,2,1,3}"),
            ("@turned, [{\"a\"}]", "{devices=[4]3,2,1,0}"),
            ("@maximal, []", "{maximal device=2}"),
            ("@mesh, [{\"y\"}], unreduced={\"x\"}", "{devices=[2,2]0,2,1,3 last_tile_dims={unreduced}}"),
            (
                "@mesh, [{}], unreduced={\"x\"}",
                "{devices=[1,2,2]0,2,1,3 last_tile_dims={replicated, unreduced}}",
            ),
            ("@mesh, [], unreduced={\"y\", \"x\"}", "{devices=[4]0,2,1,3 last_tile_dims={unreduced}}"),
        ] {
            assert_eq!(meshes().spread(text, None).unwrap().to_hlo(), expected, "{text}");
        }
    }
}
