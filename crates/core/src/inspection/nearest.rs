//! The training images that are nearest to an image, by the distance of their pixels: exact, all of them are looked at.
//!
//! A machine with steps, as training is.

use std::collections::BinaryHeap;
use std::sync::Arc;

use serde::Serialize;

use crate::dataset::Dataset;
use crate::kernel::squares_apart;

/// Images that one step looks at.
const AT_ONCE: usize = 1024;

/// A training image.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Neighbour {
    /// Its id.
    pub id: u32,
    /// Euclidean, with pixels from 0 to 1.
    pub distance: f64,
}

/// The search for the nearest.
pub struct Nearest {
    data: Arc<Dataset>,
    among: Arc<[u32]>,
    pixels: Vec<u8>,
    most: usize,
    looked: usize,
    /// Squared distances of bytes; the farthest of them first.
    found: BinaryHeap<(u32, u32)>,
}

impl Nearest {
    /// Begins to look for the `most` nearest of some samples.
    pub fn new(data: Arc<Dataset>, among: Arc<[u32]>, pixels: Vec<u8>, most: usize) -> Self {
        Self { data, among, pixels, most, looked: 0, found: BinaryHeap::with_capacity(most + 1) }
    }

    /// Looks at some more; whether all have been looked at.
    pub fn advance(&mut self) -> bool {
        let end = (self.looked + AT_ONCE).min(self.among.len());
        for &id in &self.among[self.looked..end] {
            let farthest = self.found.peek().filter(|_| self.found.len() == self.most);
            let most = farthest.map_or(u32::MAX, |&(squares, _)| squares);
            if let Some(squares) = squares_apart(&self.pixels, self.data.pixels(id), most) {
                self.found.push((squares, id));
                if self.found.len() > self.most {
                    self.found.pop();
                }
            }
        }
        self.looked = end;
        self.is_complete()
    }

    /// Whether all have been looked at.
    pub fn is_complete(&self) -> bool {
        self.looked == self.among.len()
    }

    /// The nearest of those looked at so far, nearest first; equals by sample id.
    pub fn neighbours(&self) -> Vec<Neighbour> {
        let found = self.found.clone().into_sorted_vec();
        let neighbour = |(squares, id)| Neighbour { id, distance: f64::from(squares).sqrt() / 255.0 };
        found.into_iter().map(neighbour).collect()
    }
}

/// How far the nearest training image of some held-out samples is: what an image has to be compared with before it can be
/// called unlike. A machine with steps.
pub struct Typical {
    waiting: Vec<u32>,
    search: Option<Nearest>,
    distances: Vec<f64>,
}

impl Typical {
    /// Takes `count` of the held-out samples, spread evenly over them.
    pub fn new(held_out: &[u32], count: usize) -> Self {
        let count = count.min(held_out.len());
        let waiting = (0..count).map(|i| held_out[i * held_out.len() / count]).collect();
        Self { waiting, search: None, distances: Vec::with_capacity(count) }
    }

    /// Looks a little further; whether all have been looked at.
    pub fn advance(&mut self, data: &Arc<Dataset>, among: &Arc<[u32]>) -> bool {
        if let Some(search) = &mut self.search {
            if search.advance() {
                self.distances.extend(search.neighbours().first().map(|nearest| nearest.distance));
                self.search = None;
            }
        } else if let Some(id) = self.waiting.pop() {
            self.search = Some(Nearest::new(data.clone(), among.clone(), data.pixels(id).to_vec(), 1));
        }
        self.is_complete()
    }

    /// Whether all have been looked at.
    pub fn is_complete(&self) -> bool {
        self.waiting.is_empty() && self.search.is_none()
    }

    /// How many are nearer to their nearest training image than `distance`, and how many have been looked at.
    pub fn nearer_than(&self, distance: f64) -> [usize; 2] {
        let nearer = self.distances.iter().filter(|&&other| other < distance).count();
        [nearer, self.distances.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set() -> (Arc<Dataset>, Arc<[u32]>) {
        let data = Arc::new(Dataset::generated(3, 2500, 40));
        let among = data.train().collect();
        (data, among)
    }

    fn apart(a: &[u8], b: &[u8]) -> f64 {
        let apart = a.iter().zip(b).map(|(&a, &b)| f64::from(a) / 255.0 - f64::from(b) / 255.0);
        apart.map(|apart| apart * apart).sum::<f64>().sqrt()
    }

    #[test]
    fn the_nearest_are_those_of_brute_force() {
        let (data, among) = set();
        for id in [2500, 2517, 2539] {
            let mut search = Nearest::new(data.clone(), among.clone(), data.pixels(id).to_vec(), 7);
            while !search.advance() {}
            let mut brute: Vec<(f64, u32)> =
                among.iter().map(|&other| (apart(data.pixels(id), data.pixels(other)), other)).collect();
            brute.sort_by(|a, b| a.partial_cmp(b).unwrap());
            let found = search.neighbours();
            assert_eq!(found.len(), 7);
            for (found, (distance, id)) in found.iter().zip(brute) {
                assert_eq!(found.id, id);
                assert!((found.distance - distance).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn an_image_is_its_own_nearest_and_nothing_is_nearer() {
        let (data, among) = set();
        let mut search = Nearest::new(data.clone(), among, data.pixels(1234).to_vec(), 3);
        while !search.advance() {}
        assert_eq!(search.neighbours()[0], Neighbour { id: 1234, distance: 0.0 });
    }

    #[test]
    fn typical_distances_are_those_of_held_out_samples_to_their_nearest() {
        let (data, among) = set();
        let held_out: Vec<u32> = data.test().collect();
        let mut typical = Typical::new(&held_out, 10);
        while !typical.advance(&data, &among) {}
        let nearest = |id: u32| {
            let all = among.iter().map(|&other| apart(data.pixels(id), data.pixels(other)));
            all.fold(f64::INFINITY, f64::min)
        };
        let mut all: Vec<f64> = (0..10).map(|i| nearest(2500 + 4 * i)).collect();
        all.sort_by(f64::total_cmp);
        assert_eq!(typical.nearer_than(f64::midpoint(all[3], all[4])), [4, 10]);
        assert_eq!(typical.nearer_than(0.0), [0, 10]);
        assert_eq!(typical.nearer_than(1e9), [10, 10]);
    }
}
