//! How well a network tells numbers, or classes that are not those of images, on what it learns from and on what is held
//! out.

use super::{Evaluation, Reading};
use crate::baseline::{Fit, Fits, Shares};

impl Evaluation {
    /// How well the numbers told of the samples held out fit those that are so; none where classes are told apart.
    pub fn fit(&self) -> Option<Fit> {
        Fit::of(self.pairs(&self.ids, &self.told))
    }

    /// The same of those learned from, too.
    pub fn fits(&self) -> Option<Fits> {
        let (held_out, learned) = self.told.split_at_checked(self.ids.len())?;
        Some(Fits::new(self.pairs(&self.learned, learned), self.pairs(&self.ids, held_out)))
    }

    /// How often classes are told right; none of images, of which those learned from are not read.
    pub fn shares(&self) -> Option<Shares> {
        let (held_out, learned) = (self.readings.len(), self.learned.len());
        let is_right = |reading: &&Reading| reading.actual == reading.predicted;
        let right = [self.right, self.readings.iter().filter(is_right).count()];
        (held_out > 0 && learned > 0).then(|| Shares::new(right, [learned, held_out]))
    }

    /// What is told of a sample, in the target's units; none where that is no number, or it is not used.
    pub fn told(&self, id: u32) -> Option<f64> {
        let place = self.ids.binary_search(&id).or_else(|_| {
            let place = self.learned.binary_search(&id);
            place.map(|place| self.ids.len() + place)
        });
        self.told.get(place.ok()?).copied()
    }

    fn pairs<'a>(&'a self, ids: &'a [u32], told: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + Clone {
        told.iter().zip(ids).filter_map(|(&told, &id)| Some((told, f64::from(self.data.value(id)?))))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::Dataset;
    use crate::experiment::parse_link;
    use crate::trainer::Trainer;

    fn evaluated(link: &str) -> (Trainer, Evaluation) {
        let experiment = parse_link(link).experiment;
        let data = Arc::new(Dataset::made(&experiment.data).unwrap().unwrap());
        let mut trainer = Trainer::new(experiment, data).unwrap();
        trainer.run(30);
        let mut evaluation = Evaluation::new(&trainer);
        while !evaluation.advance() {}
        (trainer, evaluation)
    }

    #[test]
    fn numbers_are_those_that_the_network_answers_to_each_sample() {
        let (trainer, evaluation) = evaluated("data=function&f=x^2&points=700&hidden=5&val=0.3");
        let data = trainer.data();
        let answer = |id: u32| f64::from(evaluation.answers_to(&data.input(id))[0]);
        for &id in trainer.train().iter().chain(&**trainer.held_out()) {
            assert!((evaluation.told(id).unwrap() - answer(id)).abs() < 1e-5);
        }
        let pair = |&id: &u32| (answer(id), f64::from(data.value(id).unwrap()));
        let rmse = |ids: &[u32]| Fit::of(ids.iter().map(pair)).unwrap().rmse;
        let fits = evaluation.fits().unwrap();
        assert!((fits.train.unwrap().rmse - rmse(trainer.train())).abs() < 1e-6);
        assert!((fits.held_out.unwrap().rmse - rmse(trainer.held_out())).abs() < 1e-6);
        assert_eq!((evaluation.fit(), evaluation.shares()), (fits.held_out, None));
    }

    #[test]
    fn of_classes_those_told_right_are_counted_and_the_loss_is_that_of_what_is_held_out() {
        let (trainer, evaluation) = evaluated("data=moons&points=300&noise=0.2&hidden=4&out=1&loss=bce");
        let data = trainer.data();
        let is_right = |id: &&u32| {
            let answers = evaluation.answers_to(&data.input(**id));
            (answers[1] > answers[0]) == (data.label(**id) == 1)
        };
        let share = |ids: &[u32]| ids.iter().filter(is_right).count() as f64 / ids.len() as f64;
        let shares = evaluation.shares().unwrap();
        assert_eq!([shares.train, shares.held_out], [share(trainer.train()), share(trainer.held_out())]);
        assert!(shares.train > 0.5 && shares.train < 1.0);
        assert_eq!(evaluation.matrix().accuracy(), Some(shares.held_out));
        assert_eq!(evaluation.matrix().total() as usize, trainer.held_out().len());
        assert!(evaluation.fits().is_none_or(|fits| fits.all.is_none()));
    }

    #[test]
    fn images_that_are_learned_from_are_not_read() {
        let data = Arc::new(Dataset::generated(1, 100, 50));
        let trainer = Trainer::new(parse_link("hidden=0").experiment, data).unwrap();
        let mut evaluation = Evaluation::new(&trainer);
        while !evaluation.advance() {}
        assert_eq!((evaluation.matrix().total(), evaluation.shares()), (50, None));
    }
}
