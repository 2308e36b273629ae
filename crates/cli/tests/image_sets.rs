//! Fashion-MNIST and CIFAR-10 on the command line: found, checked, learned, and refused in sentences.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

mod common;

use common::{closing, folder, objects, run, word};

const RECORD: usize = 3073;

/// A batch that tells its number and its classes.
fn batch(number: u8) -> Vec<u8> {
    let mut bytes = vec![number; 10_000 * RECORD];
    bytes.iter_mut().step_by(RECORD).enumerate().for_each(|(record, label)| *label = (record % 10) as u8);
    bytes
}

#[test]
fn whatever_batches_there_are_are_used_and_the_last_is_held_out() {
    let folder = folder("batches");
    let inside = folder.join("cifar-10-batches-bin");
    std::fs::create_dir_all(&inside).unwrap();
    let train = ["train", "--link", "data=cifar10&hidden=0&epochs=1&classes=3,5", "--data", word(&folder)];
    let refused = |sentence: &str| {
        let (code, _, said) = run(&train);
        assert!(code == 3 && said.contains(sentence), "{code} {said}");
    };
    refused("CIFAR-10 is neither in");
    std::fs::write(inside.join("data_batch_2.bin"), batch(2)).unwrap();
    refused("two batches at least");
    std::fs::write(inside.join("data_batch_4.bin"), &batch(4)[1..]).unwrap();
    refused("data_batch_4.bin has 30,729,999 bytes; a batch of CIFAR-10 has 30,730,000");
    std::fs::write(inside.join("data_batch_4.bin"), batch(4)).unwrap();
    // An excerpt is no batch.
    std::fs::write(inside.join("test_batch.first1000.bin"), &batch(9)[..1000 * RECORD]).unwrap();
    let end = closing(&train);
    assert_eq!(end["confusion"]["counts"].as_array().unwrap().len(), 2);
    let (code, told, _) = run(&["data", "--data", word(&folder)]);
    let expected = "10,000 to learn from, 10,000 held out (data_batch_4, since test_batch is not there); but";
    assert!(code == 0 && told.contains(expected), "{told}");
}

#[test]
#[ignore = "needs real CIFAR-10"]
fn real_batches_are_known_by_their_contents_however_they_are_packed() {
    let found = &objects(&["data", "--data", word(&common::mnist())])[0]["cifar10"];
    assert_eq!(found["usable"], true);
    let files = found["files"].as_array().unwrap();
    let there: Vec<_> = files.iter().filter(|file| !file["path"].is_null()).collect();
    assert!(there.len() >= 2);
    for file in there {
        assert_eq!((&file["published"], &file["items"]), (&true.into(), &10_000.into()), "{file}");
    }
}

#[test]
#[ignore = "needs real Fashion-MNIST"]
fn real_clothes_are_learned_and_two_of_them_with_one_output() {
    let data = common::mnist();
    let train = |link: &str| closing(&["train", "--link", link, "--data", word(&data)]);
    let all = train("data=fashion&hidden=0&epochs=1");
    assert!(all["history"]["val_accuracy"][0].as_f64().unwrap() > 0.75);
    // Sandals and bags.
    let two = train("data=fashion&hidden=0&epochs=1&classes=5,8&loss=bce");
    assert!(two["history"]["val_accuracy"][0].as_f64().unwrap() > 0.97);
    assert_eq!(two["link"], "v=1&data=fashion&classes=5,8&hidden=0&loss=bce&epochs=1");
}
