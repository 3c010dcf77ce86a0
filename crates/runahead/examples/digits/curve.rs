//! A loss curve as a picture.

use std::fmt::Write;
use std::path::Path;

use runahead::files;

use super::Result;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
const MARGIN: f64 = 40.0;

/// Writes the loss of each step as an SVG, on a logarithmic scale.
pub(crate) fn write(path: &Path, title: &str, losses: &[f32]) -> Result<()> {
    let logs: Vec<f64> = losses.iter().map(|&loss| f64::from(loss).max(1e-6).log10()).collect();
    let (low, high) = logs.iter().fold((f64::MAX, f64::MIN), |(low, high), &x| (low.min(x), high.max(x)));
    let (low, high) = (low.floor(), high.ceil().max(low.floor() + 1.0));
    let x = |step: usize| MARGIN + (WIDTH - 2.0 * MARGIN) * step as f64 / losses.len().max(2) as f64;
    let y = |log: f64| HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * (log - low) / (high - low);

    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<text x=\"{MARGIN}\" y=\"24\" \
         font-size=\"14\">{title}</text>\n"
    );
    for exponent in low as i32..=high as i32 {
        let (y, right) = (y(f64::from(exponent)), WIDTH - MARGIN);
        writeln!(svg, "<line x1=\"{MARGIN}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>")?;
        writeln!(
            svg,
            "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">1e{exponent}</text>",
            MARGIN - 4.0,
            y + 4.0
        )?;
    }
    for share in 0..=4 {
        let step = losses.len() * share / 4;
        let bottom = HEIGHT - MARGIN + 16.0;
        writeln!(svg, "<text x=\"{:.1}\" y=\"{bottom}\" text-anchor=\"middle\">{step}</text>", x(step))?;
    }
    let points: Vec<String> =
        logs.iter().enumerate().map(|(i, &log)| format!("{:.1},{:.1}", x(i), y(log))).collect();
    writeln!(svg, "<polyline fill=\"none\" stroke=\"#1565c0\" points=\"{}\"/>\n</svg>", points.join(" "))?;
    Ok(files::write_text(path, &svg)?)
}
