//! The past of a run: snapshots of some of its steps, more of them early than late, so that it can be looked at again, or
//! gone on from.

/// The gap to the next snapshot, as a share of the steps taken.
const SHARE: f64 = 0.01;

/// Snapshots, oldest first, that together stay below a limit.
pub struct Past {
    limit: usize,
    share: f64,
    kept: Vec<Kept>,
}

struct Kept {
    step: u64,
    bytes: Vec<u8>,
}

impl Past {
    /// Keeps at most so many bytes.
    pub fn new(limit: usize) -> Self {
        Self { limit, share: SHARE, kept: Vec::new() }
    }

    /// Whether a snapshot of this step is worth its bytes: early everything moves, later little.
    pub fn wants(&self, step: u64) -> bool {
        let gap = |last: &Kept| (last.step as f64 * self.share).max(1.0);
        self.kept.last().is_none_or(|last| step as f64 >= last.step as f64 + gap(last))
    }

    /// Keeps a snapshot of a step that is later than all others; when full, half of the others go.
    pub fn keep(&mut self, step: u64, bytes: Vec<u8>) {
        self.kept.push(Kept { step, bytes });
        while self.bytes() > self.limit && self.kept.len() > 2 {
            self.thin();
        }
    }

    /// The steps that are kept, in order.
    pub fn steps(&self) -> impl Iterator<Item = u64> + '_ {
        self.kept.iter().map(|kept| kept.step)
    }

    /// The newest snapshot that is not of a later step.
    pub fn at(&self, step: u64) -> Option<&[u8]> {
        let kept = self.kept.iter().rev().find(|kept| kept.step <= step)?;
        Some(&kept.bytes)
    }

    /// Forgets what came after a step: from there the run goes another way.
    pub fn forget_after(&mut self, step: u64) {
        self.kept.retain(|kept| kept.step <= step);
    }

    /// Every second one goes, but neither the first nor the last.
    fn thin(&mut self) {
        self.share *= 2.0;
        let last = self.kept.len() - 1;
        let mut place = 0;
        self.kept.retain(|_| {
            place += 1;
            (place - 1) % 2 == 0 || place - 1 == last
        });
    }

    fn bytes(&self) -> usize {
        self.kept.iter().map(|kept| kept.bytes.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(limit: usize, steps: u64) -> Past {
        let mut past = Past::new(limit);
        for step in 0..=steps {
            if past.wants(step) {
                past.keep(step, vec![step as u8; 10]);
            }
        }
        past
    }

    #[test]
    fn early_steps_are_kept_more_often_than_late_ones() {
        let steps: Vec<u64> = filled(usize::MAX, 10_000).steps().collect();
        assert_eq!(steps[..5], [0, 1, 2, 3, 4]);
        let within = |from: u64, to: u64| steps.iter().filter(|&&step| (from..to).contains(&step)).count();
        assert!(within(0, 100) > within(5_000, 5_100) * 10);
        assert!(within(5_000, 10_000) > 15);
    }

    #[test]
    fn however_long_it_runs_the_limit_holds_and_the_first_and_the_last_stay() {
        let past = filled(300, 100_000);
        assert!(past.bytes() <= 300);
        let steps: Vec<u64> = past.steps().collect();
        assert!(steps.len() >= 12, "{steps:?}");
        assert_eq!(steps[0], 0);
        assert!(*steps.last().unwrap() > 70_000, "{steps:?}");
        assert!(steps.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn what_is_asked_for_is_the_newest_that_is_not_later() {
        let mut past = filled(usize::MAX, 1000);
        let step = past.steps().nth(150).unwrap();
        assert_eq!(past.at(step).unwrap()[0], step as u8);
        assert_eq!(past.at(step + 1).unwrap(), past.at(step).unwrap());
        past.forget_after(step);
        assert_eq!(past.steps().last(), Some(step));
        assert!(Past::new(9).at(5).is_none());
    }
}
