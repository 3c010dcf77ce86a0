//! Files of arrays that are broken, or that lie: each ends in an error that says what is wrong, where, and what to do.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use runahead::files::{self, ArrayFile, Fault, FileError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/arrays").join(name)
}

fn bytes_of(name: &str) -> Vec<u8> {
    fs::read(data(name)).unwrap()
}

/// The error that reading these bytes ends in.
fn refusal(ending: &str, bytes: &[u8]) -> FileError {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("broken.{ending}"));
    fs::write(&path, bytes).unwrap();
    let error = files::read(&path).expect_err("the file was read");
    let opened = ArrayFile::open(&path);
    let arrays = opened.and_then(|file| file.names().map(|name| file.get(name).unwrap().read()).collect());
    let same: Result<Vec<_>, FileError> = arrays;
    assert_eq!(same.expect_err("the file was read array by array").to_string(), error.to_string());
    assert_eq!(error.path(), path);
    assert!(error.to_string().starts_with(&format!("{}: ", path.display())), "{error}");
    error
}

#[track_caller]
fn assert_refused(ending: &str, bytes: &[u8], message: &str) {
    let error = refusal(ending, bytes).to_string();
    assert!(error.contains(message), "{error}\nlacks: {message}");
}

fn npy(header: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(data);
    bytes
}

fn npy_of_shape(shape: &str, data: &[u8]) -> Vec<u8> {
    npy(&format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}}}"), data)
}

fn safetensors(header: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.bytes());
    bytes.extend(data);
    bytes
}

/// An archive of deflated entries.
fn archive(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Where the archive's list of entries describes the entry of this number.
fn central_header(archive: &[u8], number: usize) -> usize {
    let found = archive.windows(4).enumerate().filter(|(_, window)| window == b"PK\x01\x02");
    found.map(|(at, _)| at).nth(number).unwrap()
}

/// Lets the archive claim another size for its first entry, uncompressed.
fn claim_size(archive: &mut [u8], size: u32) {
    let at = central_header(archive, 0) + 24;
    archive[at..at + 4].copy_from_slice(&size.to_le_bytes());
}

#[test]
fn paths_that_lead_to_no_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["none.npy", "none.npz", "none.safetensors"] {
        let error = files::read(folder.path().join(name)).unwrap_err();
        assert!(
            error.to_string().ends_with("there is no such file; check the folder and the spelling"),
            "{error}"
        );
    }
    let inner = folder.path().join("folder.npy");
    fs::create_dir(&inner).unwrap();
    let error = files::read(inner).unwrap_err().to_string();
    assert!(error.ends_with("this is not a regular file; give the path of a file"), "{error}");
    let error = files::read(folder.path().join("weights")).unwrap_err().to_string();
    assert!(error.ends_with("let it end in .npy, .npz or .safetensors"), "{error}");
}

#[test]
fn empty_files() {
    for ending in ["npy", "npz", "safetensors"] {
        assert_refused(ending, b"", "the file is empty; write it again");
    }
}

#[test]
fn files_of_another_format() {
    assert_refused(
        "npy",
        &bytes_of("stored.npz"),
        "this is no .npy file: it begins with the bytes 50 4b 03 04 2d 00 00 00; it looks like .npz, so let its name end so",
    );
    assert_refused("npz", &bytes_of("plain.npy"), "it looks like .npy, so let its name end so");
    assert_refused("safetensors", &bytes_of("plain.npy"), "it looks like .npy, so let its name end so");
    assert_refused(
        "npy",
        &bytes_of("plain.safetensors"),
        "it looks like .safetensors, so let its name end so",
    );
    for ending in ["npy", "npz", "safetensors"] {
        assert_refused(ending, b"Hello, world", "it begins with the bytes 48 65 6c 6c");
        assert_refused(ending, b"Hello, world", "check that the path is right and the file whole");
    }
}

#[test]
fn every_file_that_was_cut_short() {
    for name in ["plain.npy", "version2.npy", "cube_fortran.npy", "compressed.npz", "every_type.safetensors"]
    {
        let whole = bytes_of(name);
        let ending = name.rsplit('.').next().unwrap();
        for length in 0..whole.len() {
            refusal(ending, &whole[..length]);
        }
    }
    let plain = bytes_of("plain.npy");
    assert_refused(
        "npy",
        &plain[..9],
        "the header ends at byte 10, but there are only 9 bytes; the file was cut short",
    );
    assert_refused("npy", &plain[..60], "the header ends at byte 128, but there are only 60 bytes");
    assert_refused(
        "npy",
        &plain[..150],
        "the data take 24 bytes, but there are only 22; the file was cut short",
    );
    let stored = bytes_of("stored.npz");
    assert_refused("npz", &stored[..1000], "the zip archive is damaged: ");
    let plain = bytes_of("plain.safetensors");
    assert_refused("safetensors", &plain[..5], "the header ends at byte 10, but there are only 5 bytes");
    assert_refused("safetensors", &plain[..100], "the header ends at byte 136, but there are only 100 bytes");
    assert_refused(
        "safetensors",
        &plain[..140],
        "array \"plain\": the data take 24 bytes, but there are only 4",
    );
}

#[test]
fn every_file_with_a_changed_byte_is_read_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["plain.npy", "version3.npy", "compressed.npz", "plain.safetensors"] {
        let path = folder.path().join(name);
        let whole = bytes_of(name);
        for at in 0..whole.len() {
            for change in [0x01, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] ^= change;
                fs::write(&path, bytes).unwrap();
                let _ = files::read(&path);
            }
        }
    }
}

#[test]
fn files_that_go_on() {
    for name in ["plain.npy", "plain.safetensors"] {
        let mut bytes = bytes_of(name);
        let message = format!("the data end at byte {}, but the file goes on", bytes.len());
        bytes.push(0);
        assert_refused(name.rsplit('.').next().unwrap(), &bytes, &message);
    }
}

#[test]
fn npy_headers_that_claim_too_much() {
    assert_refused(
        "npy",
        &npy_of_shape("(1000000000000,)", &[0; 8]),
        "the data take 4000000000000 bytes, but there are only 8",
    );
    let overflowing = format!("({0}, {0})", 1u64 << 40);
    assert_refused(
        "npy",
        &npy_of_shape(&overflowing, &[]),
        "1099511627776x1099511627776 takes more bytes than a machine can address",
    );
    assert_refused(
        "npy",
        &npy_of_shape(&format!("({},)", u64::MAX), &[]),
        "takes more bytes than a machine can address",
    );
    assert_refused(
        "npy",
        &npy_of_shape("(99999999999999999999999,)", &[]),
        "the size of an axis that no machine can address",
    );

    let mut long_header = b"\x93NUMPY\x02\x00\xff\xff\xff\xff".to_vec();
    assert_refused("npy", &long_header, "the header ends at byte 4294967307, but there are only 12 bytes");
    long_header[8..12].copy_from_slice(&100_000u32.to_le_bytes());
    long_header.resize(200_000, b'(');
    assert_refused("npy", &long_header, "the header is wrong at byte 8: it is 100000 bytes long");
}

#[test]
fn npy_headers_that_make_no_sense() {
    assert_refused("npy", b"\x93NUMPY\x09\x07\x00\x00", "the .npy format's version 9.7 is unknown");
    assert_refused(
        "npy",
        &npy("[]", &[]),
        "the header is wrong at byte 10: there is '[' where '{' should be; write the file again",
    );
    assert_refused("npy", &npy(&"(".repeat(60_000), &[]), "the header is wrong at byte 10");
    assert_refused("npy", &npy("{'descr': '\u{e9}4', ", &[]), "elements of type \"é4\" are not supported");
}

#[test]
fn npy_types_without_a_counterpart() {
    for (name, message) in [
        ("strings.npy", "elements of type \"<U3\" are not supported; these are strings: save numbers"),
        ("objects.npy", "elements of type \"|O\" are not supported; these are Python objects"),
        (
            "structure.npy",
            "elements of type structure are not supported; save each field as an array of its own",
        ),
        ("dates.npy", "elements of type \"<M8[D]\" are not supported; these are dates: save them as int64"),
        (
            "bfloat16.npy",
            "elements of type \"<V2\" are not supported; NumPy saves bfloat16, float8 and int4 without their names: save the array as .safetensors",
        ),
    ] {
        assert_refused("npy", &bytes_of(name), message);
    }
    let long_double = npy("{'descr': '<f16', 'fortran_order': False, 'shape': ()}", &[0; 16]);
    assert_refused(
        "npy",
        &long_double,
        "elements of type \"<f16\" are not supported; save the array as bool",
    );
}

#[test]
fn archives_with_something_else_in_them() {
    let plain = bytes_of("plain.npy");
    assert_refused(
        "npz",
        &archive(&[("a.npy", plain.clone()), ("readme.txt", vec![])]),
        "the archive's entry \"readme.txt\" is no array; let the archive hold only .npy files",
    );
    assert_refused(
        "npz",
        &archive(&[("a.npy", plain), ("b.npy", bytes_of("strings.npy"))]),
        "array \"b\": elements of type \"<U3\"",
    );
    assert_refused("npz", &archive(&[("a.npy", vec![])]), "array \"a\": the file is empty");
    assert_refused("npz", &archive(&[("a.npy", b"PNG".to_vec())]), "array \"a\": this is no .npy file");
}

#[test]
fn archives_whose_entries_share_a_name_or_bytes() {
    let plain = bytes_of("plain.npy");
    let mut same_name = archive(&[("a.npy", plain.clone()), ("b.npy", plain.clone())]);
    while let Some(at) = same_name.windows(5).position(|window| window == b"b.npy") {
        same_name[at] = b'a';
    }
    assert_refused("npz", &same_name, "two arrays have the same name; give every array its own");

    let mut same_bytes = archive(&[("a.npy", plain.clone()), ("b.npy", plain)]);
    let offset = central_header(&same_bytes, 1) + 42;
    same_bytes[offset..offset + 4].fill(0);
    assert_refused("npz", &same_bytes, "the zip archive is damaged: its entries overlap");
}

#[test]
fn archives_with_lying_sizes() {
    // A header that claims a little, in front of much more.
    let bomb = npy_of_shape("(4,)", &vec![0; 50_000_000]);
    let end = bomb.len() - 50_000_000 + 16;
    let mut bytes = archive(&[("a.npy", bomb)]);
    assert!(bytes.len() < 100_000);
    let message = format!("array \"a\": the data end at byte {end}, but the file goes on");
    assert_refused("npz", &bytes, &message);
    claim_size(&mut bytes, end as u32);
    assert_refused(
        "npz",
        &bytes,
        "the zip archive is damaged: File is larger than its declared uncompressed size",
    );

    // A header that claims much, in front of a little.
    let mut bytes = archive(&[("a.npy", npy_of_shape("(1000000000,)", &[0; 100]))]);
    assert_refused("npz", &bytes, "array \"a\": the data take 4000000000 bytes, but there are only 100");
    claim_size(&mut bytes, 4_000_000_072);
    assert_refused("npz", &bytes, "array \"a\": ");
}

#[test]
fn archives_with_damaged_data() {
    let mut stored = bytes_of("stored.npz");
    let at = stored.windows(6).position(|window| window == b"\x93NUMPY").unwrap() + 128;
    stored[at] ^= 1;
    assert_refused("npz", &stored, "array \"bool\": the zip archive is damaged: ");

    let mut unknown = archive(&[("a.npy", bytes_of("plain.npy"))]);
    let at = central_header(&unknown, 0) + 10;
    unknown[at] = 12;
    assert_refused("npz", &unknown, "array \"a\": the zip archive is damaged: ");
}

#[test]
fn safetensors_headers_that_make_no_sense() {
    let refused = |header: &str, message| assert_refused("safetensors", &safetensors(header, &[]), message);
    refused("{", "the header is wrong at byte 8: EOF while parsing");
    refused("{} x", "the header is wrong at byte 11: trailing characters");
    refused("{\"a\": 3}", "array \"a\": the header is wrong at byte 14: invalid type: integer `3`");
    refused(
        r#"{"a":{"dtype":"F32","data_offsets":[0,0]}}"#,
        "array \"a\": the header is wrong at byte 48: missing field `shape`",
    );
    refused(
        r#"{"a":{"dtype":"F33","shape":[0],"data_offsets":[0,0]}}"#,
        "unknown variant `F33`, expected one of `BOOL`",
    );
    refused(
        r#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,0]}}"#,
        "invalid value: integer `-1`, expected usize",
    );
    refused(
        r#"{"a":{"dtype":"F4","shape":[0],"data_offsets":[0,0]}}"#,
        "array \"a\": elements of type F4 are not supported; save the array with elements of at least a byte",
    );
    refused(
        &format!("{{\"__metadata__\":{}", "[".repeat(100_000)),
        "array \"__metadata__\": the header is wrong at byte 100023: EOF while parsing a list",
    );
    assert_refused("safetensors", &[0; 9], "this is no .safetensors file");
    assert_refused("safetensors", b"\0\0\0\0\0\0\0\0{}", "the header is wrong at byte 0: it has no bytes");
    assert_refused(
        "safetensors",
        b"\xff\xff\xff\xff\xff\xff\xff\xff{}",
        "the header ends at byte 18446744073709551615, but there are only 10 bytes",
    );
}

#[test]
fn safetensors_headers_that_lie() {
    let refused = |header: &str, message| {
        let error = refusal("safetensors", &safetensors(header, &[0; 16]));
        assert!(error.to_string().contains(message), "{error}\nlacks: {message}");
        error
    };
    let array = |name, shape, begin, end| {
        format!("\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{shape}],\"data_offsets\":[{begin},{end}]}}")
    };
    let one = |shape, begin, end| format!("{{{}}}", array("a", shape, begin, end));
    refused(
        &one("4", 4, 20),
        "array \"a\": the header puts the data at bytes 4 to 20 of the data, but they must begin at byte 0, where the array before ends",
    );
    refused(&one("4", 16, 0), "must begin at byte 0");
    refused(&one("4", 0, 8), "array \"a\": the header gives the data 8 bytes, but tensor<4xf32> takes 16");
    refused(&one("5", 0, 20), "array \"a\": the data take 20 bytes, but there are only 16");
    refused(
        &one("1000000000000", 0, 4_000_000_000_000u64),
        "the data take 4000000000000 bytes, but there are only 16",
    );
    refused(&one("1099511627776,1099511627776", 0, 16), "takes more bytes than a machine can address");
    refused(&one("2", 0, 8), "the data end at byte 70, but the file goes on");

    let overlapping = format!("{{{},{}}}", array("a", "2", 0, 8), array("b", "2", 4, 12));
    let error = refused(&overlapping, "must begin at byte 8, where the array before ends");
    assert_eq!(error.array(), Some("b"));
    assert!(matches!(error.fault(), Fault::BadOffsets { begin: 4, end: 12, expected: 8 }));
    let twice = format!("{{{},{}}}", array("a", "2", 0, 8), array("a", "2", 8, 16));
    refused(&twice, "array \"a\": two arrays have the same name; give every array its own");
}
