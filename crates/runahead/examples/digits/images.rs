//! The images of `examples/digits`, and batches of them.

use std::path::Path;

use runahead::{AsyncTensor, Device, Literal, files};

use super::Result;

/// Pixels along an edge.
pub(crate) const EDGE: usize = 8;

/// Images and what they show.
pub(crate) struct Images {
    /// From 0 to 1, row by row, image by image.
    pixels: Vec<f32>,
    labels: Vec<i32>,
}

impl Images {
    /// Those to learn from, and those to be tested on.
    pub(crate) fn load() -> Result<(Images, Images)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/digits");
        let read = |name: &str| -> Result<Literal> { Ok(files::read_npy(folder.join(name))?) };
        let dots = read("train_images.npy")?.to_elements::<u8>().ok_or("training images are bytes")?;
        let labels = read("train_labels.npy")?.to_elements::<u8>().ok_or("training labels are bytes")?;
        let training = Images {
            pixels: dots.into_iter().map(|dots| f32::from(dots) / 16.0).collect(),
            labels: labels.into_iter().map(i32::from).collect(),
        };
        let test = Images {
            pixels: read("test_images.npy")?.to_elements().ok_or("test images are floats")?,
            labels: read("test_labels.npy")?.to_elements().ok_or("test labels are 32-bit integers")?,
        };
        Ok((training, test))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.labels.len()
    }

    /// The images turned by a quarter.
    pub(crate) fn turned(&self) -> Images {
        let turn = |image: &[f32]| -> Vec<f32> {
            let places = (0..EDGE).flat_map(|row| (0..EDGE).map(move |column| (row, column)));
            places.map(|(row, column)| image[column * EDGE + EDGE - 1 - row]).collect()
        };
        let pixels = self.pixels.chunks_exact(EDGE * EDGE).flat_map(turn).collect();
        Images { pixels, labels: self.labels.clone() }
    }

    /// A batch, on its way to a device: images `[count, 1, 8, 8]`, and labels.
    pub(crate) fn batch(&self, chosen: &[usize], device: &Device) -> Result<(AsyncTensor, AsyncTensor)> {
        const SIZE: usize = EDGE * EDGE;
        let pixels: Vec<f32> =
            chosen.iter().flat_map(|&i| &self.pixels[i * SIZE..][..SIZE]).copied().collect();
        self.upload(chosen, &pixels, device)
    }

    /// As [`batch`](Self::batch), each image turned, scaled and shifted a little. A pixel is the mean of `taps` by `taps`
    /// points of the image that it shows.
    pub(crate) fn distorted(
        &self,
        chosen: &[usize],
        taps: usize,
        random: &mut Random,
        device: &Device,
    ) -> Result<(AsyncTensor, AsyncTensor)> {
        const SIZE: usize = EDGE * EDGE;
        let distorted = chosen.iter().flat_map(|&i| distort(&self.pixels[i * SIZE..][..SIZE], taps, random));
        let pixels: Vec<f32> = distorted.collect();
        self.upload(chosen, &pixels, device)
    }

    fn upload(
        &self,
        chosen: &[usize],
        pixels: &[f32],
        device: &Device,
    ) -> Result<(AsyncTensor, AsyncTensor)> {
        let labels: Vec<i32> = chosen.iter().map(|&i| self.labels[i]).collect();
        let images = Literal::from_elements([chosen.len(), 1, EDGE, EDGE], pixels)?;
        let labels = Literal::from_elements([chosen.len()], &labels)?;
        Ok((AsyncTensor::upload(&images, device)?, AsyncTensor::upload(&labels, device)?))
    }

    /// All of them.
    pub(crate) fn all(&self, device: &Device) -> Result<(AsyncTensor, AsyncTensor)> {
        self.batch(&(0..self.len()).collect::<Vec<_>>(), device)
    }
}

/// An image turned, scaled and shifted at random; what comes from outside is 0.
fn distort(image: &[f32], taps: usize, random: &mut Random) -> Vec<f32> {
    let (angle, scale) = (random.between(-0.2, 0.2), random.between(0.9, 1.1));
    let (sine, cosine) = (angle.sin() * scale, angle.cos() * scale);
    let shift = [random.between(-0.7, 0.7), random.between(-0.7, 0.7)];
    let pixel = |row: isize, column: isize| match (usize::try_from(row), usize::try_from(column)) {
        (Ok(row), Ok(column)) if row < EDGE && column < EDGE => image[row * EDGE + column],
        _ => 0.0,
    };
    let center = (EDGE as f32 - 1.0) / 2.0;
    let point = |y: f32, x: f32| {
        let (y, x) = (y - center, x - center);
        let (y, x) = (cosine * y - sine * x + center + shift[0], sine * y + cosine * x + center + shift[1]);
        let (row, column) = (y.floor(), x.floor());
        let (down, right) = (y - row, x - column);
        let (row, column) = (row as isize, column as isize);
        let above = pixel(row, column) * (1.0 - right) + pixel(row, column + 1) * right;
        let below = pixel(row + 1, column) * (1.0 - right) + pixel(row + 1, column + 1) * right;
        above * (1.0 - down) + below * down
    };
    let offsets: Vec<f32> = (0..taps).map(|tap| (tap as f32 + 0.5) / taps as f32 - 0.5).collect();
    let shown = |place: usize| {
        let (row, column) = ((place / EDGE) as f32, (place % EDGE) as f32);
        let grid = offsets.iter().flat_map(|dy| offsets.iter().map(move |dx| (dy, dx)));
        grid.map(|(dy, dx)| point(row + dy, column + dx)).sum::<f32>() / (taps * taps) as f32
    };
    (0..EDGE * EDGE).map(shown).collect()
}

/// The same numbers for the same seed everywhere: SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (self.next() >> 40) as f32 / (1u64 << 24) as f32 * (high - low)
    }

    /// The numbers below `count` in any order.
    pub(crate) fn shuffled(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for i in (1..count).rev() {
            order.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
        order
    }
}
