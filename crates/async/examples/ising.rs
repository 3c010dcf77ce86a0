//! A two-dimensional Ising model, swept in parallel (heat bath, checkerboard).
//!
//! The lattice is cut into bands of rows, and the sites of each are coloured as a checkerboard is: a site's neighbours
//! have the other colour. So the black sites of all bands can change at once while the white ones are read, and the
//! other way round; the program says which values a step reads and changes, and no more. A sweep begins in one band while
//! the one before it goes on in others.
//!
//! The spins are compared with those of the same steps run one after another, and the energy with Onsager's exact one.
//!
//! ```sh
//! cargo run --release -p runahead-async --example ising
//! ```

use runahead_async::{Async, Error, compute, dispatch, reduce};

/// Rows and columns of the lattice, whose edges are joined.
const SIDE: usize = 64;
const BANDS: usize = 8;
const ROWS: usize = SIDE / BANDS;
const SWEEPS: u64 = 3000;
/// Sweeps that are not measured, while the lattice comes to equilibrium.
const WARM_UP: u64 = 300;
/// The inverse temperature; the critical one is 0.4407.
const BETA: f64 = 0.3;

/// The spins of one colour in a band, row by row; a row has half as many as the lattice has columns.
type Spins = Vec<i8>;

/// A number between 0 and 1 for each sweep, colour and site, the same whoever asks first (SplitMix64).
fn random(sweep: u64, site: usize) -> f64 {
    let mut z = (sweep << 32 | site as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

/// The neighbours' sum, for each site of a colour in a band, from the other colour there and in the bands around it.
fn fields(colour: usize, above: &Spins, here: &Spins, below: &Spins) -> impl Fn(usize) -> i32 {
    const HALF: usize = SIDE / 2;
    move |site| {
        let (row, k) = (site / HALF, site % HALF);
        // Bands begin at even rows, so where a row's first site of this colour is depends on the row in the band.
        let shifted = (row + colour) % 2;
        let beside = if shifted == 0 { (k + HALF - 1) % HALF } else { (k + 1) % HALF };
        let up = if row == 0 { above[(ROWS - 1) * HALF + k] } else { here[site - HALF] };
        let down = if row == ROWS - 1 { below[k] } else { here[site + HALF] };
        [up, down, here[site], here[row * HALF + beside]].map(i32::from).iter().sum()
    }
}

/// Draws the spins of a colour in a band anew.
fn step(sweep: u64, band: usize, colour: usize, spins: &mut Spins, others: [&Spins; 3]) {
    let field = fields(colour, others[0], others[1], others[2]);
    for (site, spin) in spins.iter_mut().enumerate() {
        let up = 1.0 / (1.0 + (-2.0 * BETA * f64::from(field(site))).exp());
        let drawn = random(2 * sweep + colour as u64, band * ROWS * SIDE + site);
        *spin = if drawn < up { 1 } else { -1 };
    }
}

/// The energy of the bonds of a band: each bond has one black end, so those are counted.
fn energy(black: &Spins, white: [&Spins; 3]) -> f64 {
    let field = fields(0, white[0], white[1], white[2]);
    black.iter().enumerate().map(|(site, spin)| -f64::from(i32::from(*spin) * field(site))).sum()
}

/// A band, the one above it and the one below.
fn around(band: usize) -> [usize; 3] {
    [(band + BANDS - 1) % BANDS, band, (band + 1) % BANDS]
}

fn cold() -> Spins {
    vec![1; ROWS * SIDE / 2]
}

/// The mean energy of a site, and the spins in the end.
fn run() -> (Async<f64>, [Vec<Async<Spins>>; 2]) {
    let spins = [0, 1].map(|_| (0..BANDS).map(|_| Async::from(cold())).collect::<Vec<_>>());
    let mut energies = Vec::new();
    for sweep in 0..SWEEPS {
        for colour in [0, 1] {
            for band in 0..BANDS {
                let [a, b, c] = around(band).map(|band| spins[1 - colour][band].read());
                let accesses = (spins[colour][band].mutate(), a, b, c);
                dispatch(accesses, move |(spins, a, b, c)| step(sweep, band, colour, spins, [a, b, c]));
            }
        }
        if sweep >= WARM_UP {
            energies.extend((0..BANDS).map(|band| {
                let [a, b, c] = around(band).map(|band| spins[1][band].read());
                compute((spins[0][band].read(), a, b, c), |(black, a, b, c)| energy(black, [a, b, c]))
            }));
        }
    }
    let total = reduce(&energies, |a, b| a + b).expect("there are sweeps");
    (total / ((SWEEPS - WARM_UP) as usize * SIDE * SIDE) as f64, spins)
}

/// The same steps, one after another.
fn run_directly() -> [Vec<Spins>; 2] {
    let mut spins = [0, 1].map(|_| vec![cold(); BANDS]);
    for sweep in 0..SWEEPS {
        for colour in [0, 1] {
            let others = spins[1 - colour].clone();
            for (band, spins) in spins[colour].iter_mut().enumerate() {
                step(sweep, band, colour, spins, around(band).map(|band| &others[band]));
            }
        }
    }
    spins
}

/// The energy of a site of an infinite lattice (Onsager 1944).
fn onsager() -> f64 {
    let k = 2.0 * (2.0 * BETA).sinh() / (2.0 * BETA).cosh().powi(2);
    // The complete elliptic integral, by the arithmetic-geometric mean.
    let (mut a, mut b) = (1.0, (1.0 - k * k).sqrt());
    for _ in 0..20 {
        (a, b) = ((a + b) / 2.0, f64::sqrt(a * b));
    }
    let integral = std::f64::consts::FRAC_PI_2 / a;
    let slope = 2.0 * (2.0 * BETA).tanh().powi(2) - 1.0;
    -(1.0 + std::f64::consts::FRAC_2_PI * slope * integral) / (2.0 * BETA).tanh()
}

fn main() -> Result<(), Error> {
    let (energy, spins) = run();
    for (spins, expected) in spins.iter().flatten().zip(run_directly().iter().flatten()) {
        assert_eq!(*spins.wait()?, *expected);
    }
    let (energy, exact) = (*energy.wait()?, onsager());
    println!("{SWEEPS} sweeps, as one after another; energy {energy:.4}, exactly {exact:.4}");
    assert!((energy - exact).abs() < 0.005);
    Ok(())
}
