//! The strongest edges of a layer: of a hundred thousand weights, the few of each unit that matter most.

use ndarray::ArrayView2;

/// For each unit its strongest edges, strongest first; equals by the place where they begin.
#[derive(Clone, Debug, PartialEq)]
pub struct Edges {
    /// Edges of one unit.
    pub most: usize,
    /// Where each begins; units × most.
    pub from: Vec<u32>,
    /// Its weight; units × most.
    pub weights: Vec<f32>,
}

impl Edges {
    /// The `most` strongest edges into each unit (all of them, where there are not so many). An edge is as strong as
    /// |weight|, or, with the inputs of one sample, as |weight × input|; what is no number has no strength.
    ///
    /// weights: inputs × units. For the edges out of each input, hand in the transposed.
    pub fn strongest(weights: ArrayView2<f32>, inputs: Option<&[f32]>, most: usize) -> Self {
        let (sources, units) = weights.dim();
        let most = most.min(sources);
        let mut edges = Self { most, from: vec![0; units * most], weights: vec![0.0; units * most] };
        if most == 0 {
            return edges;
        }
        // As many as are asked for at first; then whoever is stronger than the weakest.
        let mut strengths = vec![-1.0; units * most];
        for (source, row) in weights.outer_iter().enumerate() {
            let input = inputs.map_or(1.0, |inputs| inputs[source]);
            for (unit, &weight) in row.iter().enumerate() {
                let strength = (weight * input).abs();
                let strength = if strength.is_nan() { 0.0 } else { strength };
                let own = unit * most..(unit + 1) * most;
                if strength > strengths[own.end - 1] {
                    let place =
                        own.start + strengths[own.clone()].partition_point(|&other| other >= strength);
                    insert(&mut strengths[place..own.end], strength);
                    insert(&mut edges.from[place..own.end], source as u32);
                    insert(&mut edges.weights[place..own.end], weight);
                }
            }
        }
        edges
    }
}

/// Puts a value first; the last one falls out.
fn insert<T>(values: &mut [T], value: T) {
    values.rotate_right(1);
    values[0] = value;
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;
    use rand::RngExt;

    use super::*;
    use crate::random::{Purpose, stream};

    fn brute_force(weights: &Array2<f32>, inputs: &[f32], unit: usize, most: usize) -> Vec<(u32, f32)> {
        let column = weights.column(unit);
        let mut all: Vec<(u32, f32)> = (0..).zip(column.iter().copied()).collect();
        let strength = |edge: &(u32, f32)| (edge.1 * inputs[edge.0 as usize]).abs();
        all.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then(a.0.cmp(&b.0)));
        all.truncate(most);
        all
    }

    fn matrix(inputs: usize, units: usize) -> Array2<f32> {
        let mut draw = stream(7, Purpose::Weights, 0);
        // In steps, so that there are equals.
        Array2::from_shape_fn((inputs, units), |_| f32::from(draw.random_range(-40i8..40)) / 16.0)
    }

    #[test]
    fn they_are_those_of_brute_force_by_weight_and_by_contribution() {
        let weights = matrix(90, 13);
        let ones = [1.0; 90];
        let sample: Vec<f32> = (0..90).map(|i| if i % 3 == 0 { 0.0 } else { (i % 7) as f32 / 4.0 }).collect();
        for most in [1, 2, 5, 90, 200] {
            for inputs in [None, Some(&sample[..])] {
                let found = Edges::strongest(weights.view(), inputs, most);
                assert_eq!(found.most, most.min(90));
                for unit in 0..13 {
                    let own = unit * found.most..(unit + 1) * found.most;
                    let pairs =
                        found.from[own.clone()].iter().copied().zip(found.weights[own].iter().copied());
                    let brute = brute_force(&weights, inputs.unwrap_or(&ones), unit, most);
                    assert_eq!(pairs.collect::<Vec<_>>(), brute, "{unit} {most}");
                }
            }
        }
    }

    #[test]
    fn the_transposed_gives_the_edges_out_of_each_input() {
        let weights = matrix(6, 40);
        let found = Edges::strongest(weights.t(), None, 3);
        let brute = brute_force(&weights.t().to_owned(), &[1.0; 40], 4, 3);
        let to: Vec<u32> = brute.iter().map(|edge| edge.0).collect();
        assert_eq!(found.from[12..15], to);
        assert_eq!(found.weights[12], weights[[4, to[0] as usize]]);
    }

    #[test]
    fn what_is_no_number_has_no_strength_and_none_are_asked_for_gives_none() {
        let mut weights = matrix(5, 2);
        weights[[1, 0]] = f32::NAN;
        weights[[2, 0]] = f32::INFINITY;
        let found = Edges::strongest(weights.view(), Some(&[1.0, 1.0, 0.0, 2.0, 1.0]), 5);
        assert!(![1, 2].contains(&found.from[0]));
        let none = Edges::strongest(weights.view(), None, 0);
        assert!(none.from.is_empty() && none.weights.is_empty());
    }
}
