//! The mean image of every class: what a template would look like if it were an average, which it nearly is.
//!
//! A machine with steps, as training is.

use std::sync::Arc;

use crate::dataset::Dataset;

/// Images that one step adds.
const AT_ONCE: usize = 1024;

/// The sums of the images of each class, as far as they have been added.
pub struct Means {
    data: Arc<Dataset>,
    among: Arc<[u32]>,
    added: usize,
    /// classes × inputs.
    sums: Vec<u32>,
    counts: Vec<u32>,
}

impl Means {
    /// Begins to add up some samples, by their classes.
    pub fn new(data: Arc<Dataset>, among: Arc<[u32]>) -> Self {
        let (classes, inputs) = (data.classes(), data.shape().inputs());
        Self { data, among, added: 0, sums: vec![0; classes * inputs], counts: vec![0; classes] }
    }

    /// Adds some more; whether all have been added.
    pub fn advance(&mut self) -> bool {
        let inputs = self.data.shape().inputs();
        let end = (self.added + AT_ONCE).min(self.among.len());
        for &id in &self.among[self.added..end] {
            let class = usize::from(self.data.label(id));
            self.counts[class] += 1;
            let sums = &mut self.sums[class * inputs..][..inputs];
            sums.iter_mut().zip(self.data.pixels(id)).for_each(|(sum, &pixel)| *sum += u32::from(pixel));
        }
        self.added = end;
        end == self.among.len()
    }

    /// The mean of the images of a class, rounded; of none where it has none.
    pub fn mean(&self, class: usize) -> Option<Vec<u8>> {
        let inputs = self.data.shape().inputs();
        let &count = self.counts.get(class).filter(|&&count| count > 0)?;
        let sums = &self.sums[class * inputs..][..inputs];
        Some(sums.iter().map(|sum| ((sum + count / 2) / count) as u8).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_that_of_the_class_s_images_and_of_no_others() {
        let data = Arc::new(Dataset::generated(2, 3000, 10));
        let mut means = Means::new(data.clone(), data.train().collect());
        assert!(means.mean(4).is_none());
        while !means.advance() {}
        for class in [0, 4, 9] {
            let own: Vec<u32> = data.train().filter(|&id| usize::from(data.label(id)) == class).collect();
            let mean = means.mean(class).unwrap();
            for (pixel, &mean) in mean.iter().enumerate() {
                let sum: f64 = own.iter().map(|&id| f64::from(data.pixels(id)[pixel])).sum();
                assert!((f64::from(mean) - sum / own.len() as f64).abs() <= 0.5, "{class} {pixel}");
            }
            assert!(mean.iter().any(|&pixel| pixel > 60));
        }
        assert!(means.mean(10).is_none());
    }
}
