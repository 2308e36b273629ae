//! Dropout (Srivastava and others 2014): while it learns, a layer forgets some of what it is told.
//!
//! Each value is silenced with probability `rate` and otherwise multiplied with `1 / (1 − rate)`, so that
//! nothing has to be scaled where no learning happens: there it passes everything on (as in PyTorch and Keras).

use ndarray::{Array2, ArrayView2, ArrayViewMut2};

use super::{Layer, Moment, Pass};
use crate::kernel::each;
use crate::random::{self, Purpose};

/// x and y: rows × width.
pub struct Dropout {
    rate: f32,
    width: usize,
    seed: u64,
    place: u64,
    /// What each value of the block under way was multiplied with.
    mask: Array2<f32>,
}

impl Dropout {
    /// A layer as wide as the one below; `place` names its own random streams.
    pub fn new(rate: f32, width: usize, seed: u64, place: u64) -> Self {
        Self { rate, width, seed, place, mask: Array2::zeros((0, width)) }
    }

    /// The mask of a row depends on the seed, the layer, the step and the row's place in its batch alone: no cut of the
    /// batch changes it.
    fn draw(&mut self, rows: usize, moment: Moment) {
        if self.mask.nrows() < rows {
            self.mask = Array2::zeros((rows, self.width));
        }
        let kept = 1.0 / (1.0 - self.rate);
        for (row, mut mask) in self.mask.outer_iter_mut().take(rows).enumerate() {
            let index = (moment.step << 32) ^ (self.place << 24) ^ (moment.row + row) as u64;
            let mut rng = random::stream(self.seed, Purpose::Dropout, index);
            mask.mapv_inplace(|_| if random::unit(&mut rng) < self.rate { 0.0 } else { kept });
        }
    }
}

impl Layer for Dropout {
    fn outputs(&self) -> usize {
        self.width
    }

    fn forward(&self, x: ArrayView2<f32>, mut y: ArrayViewMut2<f32>) {
        let standard = "standard layout";
        y.as_slice_mut().expect(standard).copy_from_slice(x.to_slice().expect(standard));
    }

    fn forward_learning(&mut self, x: ArrayView2<f32>, y: ArrayViewMut2<f32>, moment: Moment) {
        self.draw(x.nrows(), moment);
        multiply(x, &self.mask, y);
    }

    fn unfold(&self, _y: &[f32], weights: &[f64]) -> Option<(Vec<f64>, f64)> {
        Some((weights.to_vec(), 0.0))
    }

    /// ∂x = ∂y · mask.
    fn backward(&mut self, pass: Pass, dx: Option<ArrayViewMut2<f32>>) {
        if let Some(dx) = dx {
            multiply(pass.dy, &self.mask, dx);
        }
    }
}

/// Sets `y` to `x` times the first rows of the mask, value by value.
fn multiply(x: ArrayView2<f32>, mask: &Array2<f32>, mut y: ArrayViewMut2<f32>) {
    let standard = "standard layout";
    let (x, y) = (x.to_slice().expect(standard), y.as_slice_mut().expect(standard));
    let mask = &mask.as_slice().expect(standard)[..x.len()];
    each!((y), (x, mask) => { y = x * mask });
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::s;

    fn learn(rows: std::ops::Range<usize>, step: u64) -> Array2<f32> {
        learn_with(&mut Dropout::new(0.25, 40, 7, 2), rows, step)
    }

    fn learn_with(layer: &mut Dropout, rows: std::ops::Range<usize>, step: u64) -> Array2<f32> {
        let x = Array2::ones((rows.len(), 40));
        let mut y = Array2::zeros(x.raw_dim());
        layer.forward_learning(x.view(), y.view_mut(), Moment { step, row: rows.start });
        y
    }

    #[test]
    fn a_quarter_is_silenced_and_the_rest_makes_up_for_it() {
        let y = learn(0..100, 3);
        let silenced = y.iter().filter(|&&v| v == 0.0).count();
        assert!((900..1100).contains(&silenced), "{silenced} of 4000");
        assert!(y.iter().all(|&v| v == 0.0 || v == 1.0 / 0.75));
    }

    #[test]
    fn the_mask_does_not_depend_on_the_cut_of_the_batch_but_on_the_step() {
        let whole = learn(0..10, 3);
        assert_eq!(whole.slice(s![4.., ..]), learn(4..10, 3));
        assert_ne!(whole, learn(0..10, 4));
    }

    #[test]
    fn another_layer_and_another_seed_have_other_masks() {
        let of = |seed, place| learn_with(&mut Dropout::new(0.25, 40, seed, place), 0..10, 3);
        assert_ne!(of(7, 2), of(7, 4));
        assert_ne!(of(7, 2), of(8, 2));
    }

    #[test]
    fn slopes_go_back_through_the_values_that_were_passed_on_and_as_much_enlarged() {
        let mut layer = Dropout::new(0.25, 40, 7, 2);
        // More rows before: the mask is of the block under way.
        learn_with(&mut layer, 0..9, 0);
        let y = learn_with(&mut layer, 4..10, 3);
        let (x, mut dx) = (Array2::ones((6, 40)), Array2::zeros((6, 40)));
        let dy = Array2::from_shape_fn((6, 40), |(i, j)| (i * 40 + j) as f32 - 100.0);
        let pass = Pass { x: x.view(), y: y.view(), dy: dy.view() };
        layer.backward(pass, Some(dx.view_mut()));
        assert_eq!(dx, &dy * &y);
    }

    #[test]
    fn where_nothing_is_learned_everything_passes() {
        let x = Array2::from_shape_fn((3, 40), |(i, j)| (i * 40 + j) as f32);
        let mut y = Array2::zeros(x.raw_dim());
        Dropout::new(0.25, 40, 7, 2).forward(x.view(), y.view_mut());
        assert_eq!(x, y);
    }
}
