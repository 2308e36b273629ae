//! "Did you mean …?": the nearest of the words that are known.

use strsim::damerau_levenshtein;

/// The known word that is a few slips of the finger away: at most one for every three letters.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['_', '-', ' '], "");
    let slips = |candidate: &&str| damerau_levenshtein(&plain(word), &plain(candidate));
    let most = (word.chars().count() / 3).max(1);
    known.into_iter().filter(|candidate| slips(candidate) <= most).min_by_key(slips)
}

/// Behind a refused word: the nearest known one, or all of them.
pub fn instead(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are {}.", list(known)),
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 4] = ["batchSize", "epochs", "seed", "learningRate"];

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_finds_none() {
        for (word, meant) in [("batchsize", "batchSize"), ("batch_size", "batchSize"), ("epcohs", "epochs")] {
            assert_eq!(nearest(word, KEYS), Some(meant));
        }
        assert_eq!(nearest("momentum", KEYS), None);
        assert_eq!(instead("lr", &KEYS[1..3]), "there are `epochs`, `seed`.");
    }
}
