//! A step allocates nothing after the first: counted by the allocator, for every optimizer and activation, with and
//! without skipping zeros, in batches of one block and of several.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].
#![allow(unsafe_code)] // An allocator is unsafe to write.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Arc;

use brainbow::experiment::parse_link;
use brainbow::network::FirstLayer;
use brainbow::{Dataset, Trainer};

/// The system's allocator, and how often this thread has asked it for memory.
struct Counting;

thread_local! {
    static ASKED: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: every call goes on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.set(ASKED.get() + 1);
        // SAFETY: as the caller promised.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as the caller promised.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ASKED.set(ASKED.get() + 1);
        // SAFETY: as the caller promised.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const OPTIMIZERS: [&str; 7] = ["sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adam", "adamw"];

fn asked_after_the_first_step(data: &Arc<Dataset>, link: &str, first_layer: FirstLayer) -> u64 {
    let mut trainer = Trainer::new(parse_link(&format!("{link}&epochs=9")).experiment, data.clone()).unwrap();
    trainer.set_first_layer(first_layer);
    trainer.run(1);
    let before = ASKED.get();
    trainer.measure_next_step();
    trainer.run(2 * trainer.steps_per_epoch());
    ASKED.get() - before
}

#[test]
fn no_step_but_the_first_allocates() {
    let data = Arc::new(Dataset::generated(1, 200, 10));
    data.train().for_each(|id| assert!(!data.pixels(id).is_empty())); // Digits are drawn when first looked at.
    let networks =
        ["0", "1", "10&act=sigmoid", "30&act=tanh", "128,9&act=leaky&drop=0.2", "7,50,3&act=gelu&loss=bce"];
    for first_layer in [FirstLayer::Auto, FirstLayer::Dense, FirstLayer::Sparse] {
        for (opt, hidden) in OPTIMIZERS.into_iter().flat_map(|opt| networks.map(|h| (opt, h))) {
            for batch in [5, 64, 150] {
                let link = format!("hidden={hidden}&opt={opt}&batch={batch}");
                assert_eq!(
                    asked_after_the_first_step(&data, &link, first_layer),
                    0,
                    "{link}, {first_layer:?}"
                );
            }
        }
    }
    let others = [
        "hidden=9,6,5&act=linear,softplus,relu&l2=0.01&warmup=5&decay=cosine:1",
        "hidden=140&loss=mse&scale=standard&decay=step:1:0.5",
        "hidden=9&loss=mae&scale=mean&init=zero",
        "hidden=9&loss=sigmoid-mae&opt=adamw&weightDecay=0.1&stop=patience:3",
    ];
    for link in others {
        assert_eq!(asked_after_the_first_step(&data, link, FirstLayer::Auto), 0, "{link}");
    }
    let function = "data=function&f=sin(x)&noise=0.1&hidden=5&scale=standard&batch=7";
    let points = Dataset::made(&parse_link(function).experiment.data).unwrap().unwrap();
    assert_eq!(asked_after_the_first_step(&Arc::new(points), function, FirstLayer::Auto), 0, "{function}");
}
