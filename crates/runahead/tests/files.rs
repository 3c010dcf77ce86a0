//! What files of arrays hold, as NumPy writes them and as they are written here.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use runahead::files::{self, Fault, FileError};
use runahead_ir::{ElementType, Literal, TensorType};

/// Element types by NumPy's names.
const NUMPY: [(&str, ElementType); 17] = [
    ("bool", ElementType::Bool),
    ("int8", ElementType::I8),
    ("int16", ElementType::I16),
    ("int32", ElementType::I32),
    ("int64", ElementType::I64),
    ("uint8", ElementType::U8),
    ("uint16", ElementType::U16),
    ("uint32", ElementType::U32),
    ("uint64", ElementType::U64),
    ("float16", ElementType::F16),
    ("float32", ElementType::F32),
    ("float64", ElementType::F64),
    ("complex64", ElementType::C64),
    ("complex128", ElementType::C128),
    ("bfloat16", ElementType::BF16),
    ("float8_e4m3fn", ElementType::F8E4M3FN),
    ("float8_e5m2", ElementType::F8E5M2),
];

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/arrays").join(name)
}

fn literal(element: ElementType, dims: &[usize], bytes: Vec<u8>) -> Literal {
    Literal::new(TensorType::new(element, dims.iter().copied()), bytes).unwrap()
}

/// The array of 2x3 elements that `tests/data/arrays/make.py` writes for every type.
fn ramp(element: ElementType) -> Literal {
    use ElementType::*;
    let mut bytes = Vec::new();
    for k in 0..6i64 {
        let (signed, half) = (k - 2, (k - 2) as f64 / 2.0);
        match element {
            Bool => bytes.push((k % 2) as u8),
            I8 | I16 | I32 | I64 => bytes.extend(&signed.to_le_bytes()[..element.size()]),
            U8 | U16 | U32 | U64 => bytes.extend(&k.to_le_bytes()[..element.size()]),
            F32 => bytes.extend((half as f32).to_le_bytes()),
            F64 => bytes.extend(half.to_le_bytes()),
            C64 => bytes.extend([half as f32, k as f32].iter().flat_map(|part| part.to_le_bytes())),
            C128 => bytes.extend([half, k as f64].iter().flat_map(|part| part.to_le_bytes())),
            // -1, -0.5, 0, 0.5, 1 and 1.5 in the types that Rust does not have.
            F16 => bytes.extend([0xbc00u16, 0xb800, 0, 0x3800, 0x3c00, 0x3e00][k as usize].to_le_bytes()),
            BF16 => bytes.extend([0xbf80u16, 0xbf00, 0, 0x3f00, 0x3f80, 0x3fc0][k as usize].to_le_bytes()),
            F8E4M3FN => bytes.push([0xb8, 0xb0, 0, 0x30, 0x38, 0x3c][k as usize]),
            F8E5M2 => bytes.push([0xbc, 0xb8, 0, 0x38, 0x3c, 0x3e][k as usize]),
            other => unreachable!("no ramp of {other} is written"),
        }
    }
    literal(element, &[2, 3], bytes)
}

fn assert_ramps(name: &str, count: usize) {
    let arrays = files::read(data(name)).unwrap();
    assert_eq!(arrays.len(), count, "{name}");
    for (dtype, array) in arrays {
        let (_, element) = NUMPY.into_iter().find(|(known, _)| *known == dtype).unwrap();
        assert_eq!(array, ramp(element), "{name}, {dtype}");
    }
}

#[test]
fn numpy_archives_are_read_in_every_type_order_and_compression() {
    for name in ["stored.npz", "compressed.npz", "fortran.npz", "big_endian.npz"] {
        assert_ramps(name, 14);
    }
    assert_ramps("every_type.safetensors", 16);
    assert_eq!(files::read(data("none.npz")).unwrap(), []);
}

#[test]
fn single_numpy_arrays_are_read() {
    for name in ["plain.npy", "version2.npy", "version3.npy"] {
        assert_eq!(files::read_npy(data(name)).unwrap(), ramp(ElementType::F32), "{name}");
    }
    let scalar = literal(ElementType::F64, &[], 1.5f64.to_le_bytes().to_vec());
    assert_eq!(files::read_npy(data("scalar.npy")).unwrap(), scalar);
    let nothing = literal(ElementType::I32, &[0, 3], vec![]);
    assert_eq!(files::read_npy(data("no_elements.npy")).unwrap(), nothing);
    let cube = literal(ElementType::I16, &[2, 3, 4], (0..24i16).flat_map(i16::to_le_bytes).collect());
    assert_eq!(files::read_npy(data("cube_fortran.npy")).unwrap(), cube);
}

#[test]
fn an_npy_array_goes_by_the_name_of_its_file() {
    let [(name, array)] = &files::read(data("plain.npy")).unwrap()[..] else { panic!("not one array") };
    assert_eq!(name, "plain");
    assert_eq!(*array, ramp(ElementType::F32));
}

#[test]
fn written_files_are_those_that_numpy_and_safetensors_write() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["plain.npy", "scalar.npy", "no_elements.npy", "plain.safetensors"] {
        let path = folder.path().join(name);
        files::write(&path, &files::read(data(name)).unwrap()).unwrap();
        assert_eq!(fs::read(path).unwrap(), fs::read(data(name)).unwrap(), "{name}");
    }
}

#[test]
fn a_splat_is_written_out() {
    let folder = tempfile::tempdir().unwrap();
    let ones = Literal::splat(TensorType::new(ElementType::U16, [4]), [1, 0]).unwrap();
    for name in ["a.npy", "a.npz", "a.safetensors"] {
        let path = folder.path().join(name);
        files::write(&path, &[("a", &ones)]).unwrap();
        assert_eq!(files::read(&path).unwrap(), [("a".to_string(), ones.clone())], "{name}");
    }
}

#[test]
fn arrays_of_an_archive_keep_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ordered.npz");
    let arrays: Vec<(String, Literal)> = ["z", "a", "", "folder/m", "é\\ \n"]
        .into_iter()
        .enumerate()
        .map(|(k, name)| (name.to_string(), literal(ElementType::U8, &[1], vec![k as u8])))
        .collect();
    files::write(&path, &arrays).unwrap();
    assert_eq!(files::read(&path).unwrap(), arrays);
}

#[test]
fn what_a_format_cannot_hold_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let x = ramp(ElementType::F32);

    let error = files::write_npy(at("a.npy"), &ramp(ElementType::BF16)).unwrap_err();
    assert_message(&error, "a .npy file cannot hold bf16; convert the array, or write .safetensors");
    let error = files::write(at("a.safetensors"), &[("c", ramp(ElementType::C128))]).unwrap_err();
    assert_message(
        &error,
        "array \"c\": a .safetensors file cannot hold complex<f64>; convert the array, or write .npz",
    );
    let narrow = literal(ElementType::I4, &[1], vec![7]);
    let error = files::write(at("a.npz"), &[("n", &narrow)]).unwrap_err();
    assert!(error.to_string().ends_with("a .npy file cannot hold i4; convert the array"), "{error}");
    let error = files::write(at("a.npz"), &[("x", &x), ("x", &x)]).unwrap_err();
    assert_message(&error, "array \"x\": two arrays have the same name; give every array its own");
    let error = files::write(at("a.safetensors"), &[("__metadata__", &x)]).unwrap_err();
    assert_message(
        &error,
        "array \"__metadata__\": a .safetensors file cannot hold an array of this name; choose another",
    );
    let error = files::write(at("a.npz"), &[("x".repeat(70_000), &x)]).unwrap_err();
    assert_message(&error, "…\": a .npz file cannot hold an array of this name");
    let error = files::write(at("a.npy"), &[("x", &x), ("y", &x)]).unwrap_err();
    assert_message(&error, "an .npy file holds one array, not 2; write .npz or .safetensors");
    let deep = literal(ElementType::U8, &[1; 65], vec![0]);
    let error = files::write_npy(at("a.npy"), &deep).unwrap_err();
    assert_message(&error, "the array has 65 axes, but NumPy allows no more than 64; reshape it");
    let error = files::write(at("a.txt"), &[("x", &x)]).unwrap_err();
    assert_message(&error, "the name does not tell the format; let it end in .npy, .npz or .safetensors");

    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a failed write left something behind");
}

#[test]
fn a_failed_write_leaves_the_old_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.npz");
    let arrays = [("a", ramp(ElementType::F32)), ("b", ramp(ElementType::BF16))];
    files::write(&path, &arrays[..1]).unwrap();
    let before = fs::read(&path).unwrap();

    let error = files::write(&path, &arrays).unwrap_err();
    assert_eq!(error.array(), Some("b"));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_target_that_is_no_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let x = ramp(ElementType::F32);
    let error = files::write_npy(folder.path(), &x).unwrap_err();
    assert_message(&error, "this is not a regular file; give the path of a file");
    let error = files::write_npy(folder.path().join("missing/a.npy"), &x).unwrap_err();
    assert!(matches!(error.fault(), Fault::NotFound), "{error}");
    assert!(files::write_npy("..", &x).is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_of_the_target_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("a.npy"), folder.path().join("link.npy"));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;

    files::write_npy(&path, &ramp(ElementType::F32)).unwrap();
    fs::write(folder.path().join("any"), "").unwrap();
    assert_eq!(mode(&path), mode(&folder.path().join("any")), "not what any new file has");

    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&path, &link).unwrap();
    files::write_npy(&link, &ramp(ElementType::I8)).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(files::read_npy(&path).unwrap(), ramp(ElementType::I8));
    assert_eq!(mode(&path), 0o640);
}

fn assert_message(error: &FileError, part: &str) {
    let message = error.to_string();
    assert!(message.starts_with(&error.path().display().to_string()), "{message}");
    assert!(message.contains(part), "{message}\nlacks: {part}");
}

fn array(elements: &'static [ElementType]) -> impl Strategy<Value = Literal> {
    (prop::sample::select(elements), prop::collection::vec(0usize..5, 0..4)).prop_flat_map(
        |(element, dims)| {
            let ty = TensorType::new(element, dims);
            let byte = if element == ElementType::Bool { 0..=1u8 } else { 0..=255 };
            prop::collection::vec(byte, ty.byte_count().unwrap())
                .prop_map(move |bytes| Literal::new(ty.clone(), bytes).unwrap())
        },
    )
}

const IN_NPZ: &[ElementType] = &{
    use ElementType::*;
    [Bool, I8, I16, I32, I64, U8, U16, U32, U64, F16, F32, F64, C64, C128]
};

const IN_SAFETENSORS: &[ElementType] = &{
    use ElementType::*;
    [
        Bool, I8, I16, I32, I64, U8, U16, U32, U64, F16, BF16, F32, F64, C64, F8E4M3FN, F8E5M2, F8E8M0FNU,
        F8E4M3FNUZ, F8E5M2FNUZ,
    ]
};

proptest! {
    #[test]
    fn npz_files_give_back_what_they_got(arrays in prop::collection::hash_map(".*", array(IN_NPZ), 0..5)) {
        let arrays: Vec<(String, Literal)> = arrays.into_iter().collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.npz");
        files::write(&path, &arrays).unwrap();
        prop_assert_eq!(files::read(&path).unwrap(), arrays);
    }

    #[test]
    fn safetensors_files_give_back_what_they_got(
        arrays in prop::collection::btree_map(".*", array(IN_SAFETENSORS), 0..5),
    ) {
        let arrays: Vec<(String, Literal)> = arrays.into_iter().collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.safetensors");
        files::write(&path, &arrays).unwrap();
        let mut found = files::read(&path).unwrap();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        prop_assert_eq!(found, arrays);
    }
}
