//! The example of handwritten digits, run ahead.

use std::path::Path;

use runahead::{Buffer, Literal, Program, Stream, device, files};

fn examples() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/digits"))
}

/// The share of images whose largest score is at the right digit.
fn accuracy(scores: &Literal, labels: &Literal) -> f64 {
    let scores = scores.to_elements::<f32>().unwrap();
    let labels = labels.to_elements::<i32>().unwrap();
    let right = scores.chunks(10).zip(&labels).filter(|(row, label)| {
        row.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0 as i32 == **label
    });
    right.count() as f64 / labels.len() as f64
}

#[test]
fn the_classifier_reads_digits_as_well_as_it_did_in_jax() {
    let device = device("cpu:3").unwrap();
    let program = Program::load(examples().join("classifier.mlir")).unwrap().compile(&device).unwrap();
    let weights = files::read(examples().join("weights.safetensors")).unwrap();
    let fixed: Vec<Option<Buffer>> = program
        .signature()
        .parameters
        .iter()
        .map(|parameter| {
            let (_, weight) = weights.iter().find(|(name, _)| Some(&**name) == parameter.name.as_deref())?;
            Some(device.upload(weight).unwrap())
        })
        .collect();
    let images = files::read_npy(examples().join("test_images.npy")).unwrap();
    let labels = files::read_npy(examples().join("test_labels.npy")).unwrap();
    let stream = || Stream::new(&program, fixed.clone()).unwrap();

    let mut items = 0;
    let ahead = stream().run(std::slice::from_ref(&images), |rows| items += rows).unwrap();
    assert_eq!(items, 540);
    assert_eq!(ahead[0].ty().to_string(), "tensor<540x10xf32>");
    // What JAX reached on these images, 532 of 540, up to an image on the edge between two digits.
    let reached = accuracy(&ahead[0], &labels);
    assert!((reached - 532.0 / 540.0).abs() < 1.5 / 540.0, "{reached}");

    let in_turn = stream().synchronous().run(std::slice::from_ref(&images), |_| {}).unwrap();
    assert!(in_turn == ahead, "running ahead changes no result");
    drop(fixed);
    assert_eq!(device.memory_use().live, 0);
}
