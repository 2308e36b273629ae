//! PyTorch's numbers as files hold them, and how ours are compared with them.

use std::fs;
use std::path::Path;

use ndarray::Array2;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A dense layer's. weight: outputs × inputs, PyTorch's layout, the transpose of ours.
#[derive(Deserialize)]
pub struct Parameters {
    weight: Rows,
    bias: Vec<f64>,
}

pub type Rows = Vec<Vec<f64>>;

pub fn read<T: DeserializeOwned>(name: &str) -> T {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/parity");
    serde_json::from_str(&fs::read_to_string(folder.join(format!("{name}.json"))).unwrap()).unwrap()
}

pub fn matrix(rows: &Rows) -> Array2<f64> {
    Array2::from_shape_vec((rows.len(), rows[0].len()), rows.concat()).unwrap()
}

pub fn row(values: &[f64]) -> Array2<f64> {
    Array2::from_shape_vec((1, values.len()), values.to_vec()).unwrap()
}

/// The numbers that an f32 holds exactly.
pub fn exact(rows: &Rows) -> Array2<f32> {
    matrix(rows).mapv(|value| value as f32)
}

/// In our layout, in the order of [`brainbow::Network::params`].
pub fn in_our_layout(layers: &[Parameters]) -> impl Iterator<Item = Array2<f64>> + '_ {
    layers.iter().flat_map(|layer| [matrix(&layer.weight).reversed_axes(), row(&layer.bias)])
}

/// Fails where ours is further from PyTorch's than so many units; where all of PyTorch's are zero, ours are.
pub fn compare(what: &str, ours: &Array2<f32>, theirs: &Array2<f64>, units: f64) {
    assert_eq!(ours.dim(), theirs.dim(), "{what}");
    let scale = theirs.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    for (at, &value) in theirs.indexed_iter() {
        let difference = (f64::from(ours[at]) - value).abs();
        let allowed = units * f64::from(f32::EPSILON) * scale;
        assert!(difference <= allowed, "{what} {at:?}: {} for PyTorch's {value}", ours[at]);
    }
    let worst = ours.iter().zip(theirs).map(|(&a, b)| (f64::from(a) - b).abs()).fold(0.0, f64::max);
    println!(
        "{:8.2} of {units} units: {what}",
        worst / scale.max(f64::MIN_POSITIVE) / f64::from(f32::EPSILON)
    );
}

pub fn compare_all<'a>(
    what: &str,
    ours: impl Iterator<Item = &'a Array2<f32>>,
    theirs: &[Parameters],
    units: f64,
) {
    let ours: Vec<_> = ours.collect();
    assert_eq!(ours.len(), 2 * theirs.len(), "{what}");
    for (place, (ours, theirs)) in ours.into_iter().zip(in_our_layout(theirs)).enumerate() {
        compare(&format!("{what} of {} {}", ["weight", "bias"][place % 2], place / 2), ours, &theirs, units);
    }
}

pub fn compare_one(what: &str, ours: f64, theirs: f64, units: f64) {
    compare(what, &Array2::from_elem((1, 1), ours as f32), &row(&[theirs]), units);
}
