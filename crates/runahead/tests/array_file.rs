//! Files that are opened, and read array by array.

use std::fs;
use std::path::{Path, PathBuf};

use runahead::files::{self, ArrayFile, FileError};
use runahead::{Literal, device};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/arrays").join(name)
}

fn read_all(path: &Path) -> Result<Vec<(String, Literal)>, FileError> {
    let file = ArrayFile::open(path)?;
    file.names().map(|name| Ok((name.to_owned(), file.get(name).unwrap().read()?))).collect()
}

#[test]
fn arrays_are_those_that_the_whole_file_has() {
    let names = [
        "every_type.safetensors",
        "plain.safetensors",
        "compressed.npz",
        "stored.npz",
        "big_endian.npz",
        "fortran.npz",
        "none.npz",
        "plain.npy",
        "no_elements.npy",
        "scalar.npy",
    ];
    for name in names {
        let mut whole = files::read(data(name)).unwrap();
        whole.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(read_all(&data(name)).unwrap(), whole, "{name}");
    }
}

/// Three arrays in two files, one of them in a folder, and an index with these places.
fn shards(places: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let literal = |x: f32| Literal::from_elements([2], &[x, x + 1.0]).unwrap();
    fs::create_dir(folder.path().join("more")).unwrap();
    files::write(folder.path().join("1.safetensors"), &[("a", literal(1.0)), ("b", literal(3.0))]).unwrap();
    files::write(folder.path().join("more/2.safetensors"), &[("c", literal(5.0))]).unwrap();
    fs::write(folder.path().join("model.safetensors.index.json"), places).unwrap();
    folder
}

fn shards_with(map: &str) -> String {
    let folder = shards(&format!("{{\"metadata\": {{}}, \"weight_map\": {map}}}"));
    let path = folder.path().join("model.safetensors.index.json");
    match read_all(&path) {
        Ok(arrays) => format!("{:?}", arrays.iter().map(|(name, _)| name).collect::<Vec<_>>()),
        Err(error) => error.to_string().replace(&*folder.path().to_string_lossy(), ""),
    }
}

#[test]
fn an_index_tells_which_file_holds_what() {
    let folder =
        shards(r#"{"weight_map": {"a": "1.safetensors", "c": "more/2.safetensors", "b": "1.safetensors"}}"#);
    let arrays = read_all(&folder.path().join("model.safetensors.index.json")).unwrap();
    let elements: Vec<_> =
        arrays.iter().map(|(name, x)| (&**name, x.to_elements::<f32>().unwrap())).collect();
    assert_eq!(elements, [("a", vec![1.0, 2.0]), ("b", vec![3.0, 4.0]), ("c", vec![5.0, 6.0])]);
}

#[test]
fn an_index_that_lies_is_refused() {
    let index = "/model.safetensors.index.json";
    for elsewhere in ["../1.safetensors", "/1.safetensors", "more/../1.safetensors", "./1.safetensors", ""] {
        assert_eq!(
            shards_with(&format!("{{\"a\": {elsewhere:?}}}")),
            format!(
                "{index}: array \"a\": the index says that it is in the file {elsewhere:?}; expected one in the \
                 index's folder or below, by a relative name"
            )
        );
    }
    assert_eq!(
        shards_with(r#"{"c": "1.safetensors"}"#),
        format!(
            "{index}: array \"c\": the index says that it is in the file \"1.safetensors\", which does not hold it; \
             write the files again"
        )
    );
    assert_eq!(
        shards_with(r#"{"c": "3.safetensors"}"#),
        "/3.safetensors: there is no such file; check the folder and the spelling"
    );
    assert_eq!(shards_with(r#"{"c": "more"}"#), "/more: this is not a regular file; give the path of a file");
    assert_eq!(
        shards_with(r#"{"c": 3}"#),
        format!("{index}: array \"c\": the index is wrong: it has 3 for a file's name; write it again")
    );
    assert_eq!(
        shards_with("[]"),
        format!(
            "{index}: the index is wrong: it has no object \"weight_map\" of files by the names of arrays; write it \
             again"
        )
    );
    let broken = shards_with("{");
    assert!(broken.starts_with(&format!("{index}: the index is wrong: EOF while parsing")), "{broken}");
    let deep = shards_with(&"[".repeat(100_000));
    assert!(deep.contains("recursion limit exceeded"), "{deep}");
}

#[test]
fn an_index_of_absurd_length_is_not_read() {
    let folder = shards("");
    let path = folder.path().join("model.safetensors.index.json");
    fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
    let error = ArrayFile::open(&path).unwrap_err().to_string();
    assert!(error.contains("it is 1099511627776 bytes long, and no index needs more than"), "{error}");
}

#[test]
fn a_shard_that_was_cut_short_is_named() {
    let folder = shards(r#"{"weight_map": {"a": "1.safetensors"}}"#);
    let shard = folder.path().join("1.safetensors");
    let bytes = fs::read(&shard).unwrap();
    fs::write(&shard, &bytes[..bytes.len() - 1]).unwrap();
    let error = read_all(&folder.path().join("model.safetensors.index.json")).unwrap_err();
    assert_eq!(error.path(), shard);
    assert!(error.to_string().contains("the data take 8 bytes, but there are only 7"), "{error}");
}

#[test]
fn an_archive_that_changed_since_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.npz");
    files::write(&path, &[("x", Literal::from_elements([2], &[1f32, 2.0]).unwrap())]).unwrap();
    let file = ArrayFile::open(&path).unwrap();
    files::write(&path, &[("x", Literal::from_elements([1], &[1f32]).unwrap())]).unwrap();
    let error = file.get("x").unwrap().read().unwrap_err().to_string();
    assert!(error.contains("it is no longer tensor<2xf32>, as it was when the file was opened"), "{error}");
}

#[test]
fn a_mapped_file_that_is_replaced_keeps_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.safetensors");
    let old = Literal::from_elements([3], &[1f32, 2.0, 3.0]).unwrap();
    files::write(&path, &[("x", &old)]).unwrap();
    let file = ArrayFile::open(&path).unwrap();
    files::write(&path, &[("x", Literal::from_elements([1], &[9f32]).unwrap())]).unwrap();
    assert_eq!(file.get("x").unwrap().read().unwrap(), old);
}

#[test]
fn what_cannot_be_read_fails_where_it_is_used() {
    let device = device("cpu:40").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.npz");
    files::write(&path, &[("x", Literal::from_elements([2], &[1f32, 2.0]).unwrap())]).unwrap();
    let file = ArrayFile::open(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let array = file.get("x").unwrap().clone();
    let buffer = device.upload_from(array.ty().clone(), move |memory| array.read_to(memory)).unwrap();
    let error = buffer.to_host().wait().map(drop).unwrap_err();
    assert!(error.downcast_ref::<FileError>().is_some(), "{error}");
    assert!(error.to_string().contains("there is no such file"), "{error}");
}
