//! Which classes of a data set are learned: all of them, or some, such as two of ten.
//!
//! Samples keep their ids; a label is then a class's position among those that are learned, by rising number.

use serde::{Deserialize, Serialize};

use super::Task;

/// A choice of classes, as a list of numbers in JSON; the empty list is all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<u8>", try_from = "Vec<u8>")]
pub struct Classes(u32);

impl Classes {
    /// All that there are.
    pub const ALL: Self = Self(0);

    /// These; none where a number is beyond 31, which no data set here has.
    pub fn of(classes: impl IntoIterator<Item = u8>) -> Option<Self> {
        let bit = |mask, class: u8| Some(mask | 1_u32.checked_shl(u32::from(class))?);
        classes.into_iter().try_fold(0, bit).map(Self)
    }

    /// Whether nothing is left out.
    pub fn is_all(&self) -> bool {
        self.0 == 0
    }

    /// Those that are learned of a set with so many, by rising number.
    pub fn among(self, all: usize) -> impl Iterator<Item = u8> {
        (0..all as u8).filter(move |&class| self.position(class).is_some())
    }

    /// How many are learned of a set with so many.
    pub fn count(self, all: usize) -> usize {
        self.among(all).count()
    }

    /// What is to be told where only these are learned.
    pub fn of_task(self, task: Task) -> Task {
        match task {
            Task::Classes(all) => Task::Classes(self.count(all)),
            Task::Value => Task::Value,
        }
    }

    /// What a class is called while it is learned: how many smaller ones there are; none where it is left out.
    pub fn position(self, class: u8) -> Option<u8> {
        if self.is_all() {
            return Some(class);
        }
        let bit = 1_u32.checked_shl(u32::from(class))?;
        (self.0 & bit != 0).then(|| (self.0 & (bit - 1)).count_ones() as u8)
    }

    /// Whether a set with so many has all of these, and there is something to tell apart.
    pub fn fits(self, all: usize) -> bool {
        self.is_all() || (self.0.count_ones() >= 2 && 32 - self.0.leading_zeros() as usize <= all)
    }
}

impl From<Classes> for Vec<u8> {
    fn from(classes: Classes) -> Self {
        (0..32).filter(|class| classes.0 & (1 << class) != 0).collect()
    }
}

impl TryFrom<Vec<u8>> for Classes {
    type Error = &'static str;

    fn try_from(classes: Vec<u8>) -> Result<Self, Self::Error> {
        Self::of(classes).ok_or("a class is a number from 0 to 31")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_a_position_among_the_classes_that_are_learned() {
        let two = Classes::of([9, 2]).unwrap();
        assert_eq!(
            [0, 2, 3, 9, 10, 255].map(|class| two.position(class)),
            [None, Some(0), None, Some(1), None, None]
        );
        assert_eq!(two.among(10).collect::<Vec<_>>(), [2, 9]);
        assert_eq!(Classes::ALL.position(7), Some(7));
        assert_eq!((two.count(10), Classes::ALL.count(10)), (2, 10));
    }

    #[test]
    fn one_class_is_nothing_to_tell_apart_and_an_eleventh_is_none() {
        let fits = |classes: &[u8]| Classes::of(classes.iter().copied()).is_some_and(|it| it.fits(10));
        assert!(fits(&[]) && fits(&[0, 9]) && fits(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
        assert!(!fits(&[3]) && !fits(&[3, 3]) && !fits(&[3, 10]) && !fits(&[3, 32]));
    }

    #[test]
    fn json_has_a_rising_list() {
        let classes: Classes = serde_json::from_str("[9,2,9]").unwrap();
        assert_eq!(serde_json::to_string(&classes).unwrap(), "[2,9]");
        assert!(serde_json::from_str::<Classes>("[32]").is_err());
    }
}
