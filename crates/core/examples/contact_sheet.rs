//! Writes a contact sheet of generated digits as a PGM picture, one row pair per class, black on white:
//! `cargo run --release --example contact_sheet -- sheet.pgm [seed]`

use brainbow::dataset::generated;

/// Digits in a row, and rows; two rows for each class.
const SIDE: usize = 20;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: contact_sheet PATH [SEED]");
        std::process::exit(2);
    };
    let seed = arguments.next().and_then(|word| word.parse().ok()).unwrap_or(1);
    std::fs::write(path, sheet(seed))
}

/// The picture, header and all.
fn sheet(seed: u64) -> Vec<u8> {
    let width = SIDE * 28;
    let mut picture = format!("P5\n{width} {width}\n255\n").into_bytes();
    let header = picture.len();
    picture.resize(header + width * width, 255);
    for digit in 0..10 {
        let of_digit = (0..).filter(|&index| usize::from(generated::label(seed, index)) == digit);
        for (place, index) in of_digit.take(2 * SIDE).enumerate() {
            let mut pixels = [0; 784];
            generated::render(seed, index, &mut pixels);
            let (row, column) = (2 * digit + place / SIDE, place % SIDE);
            for (y, line) in pixels.chunks_exact(28).enumerate() {
                let start = header + (row * 28 + y) * width + column * 28;
                for (paper, ink) in picture[start..start + 28].iter_mut().zip(line) {
                    *paper = 255 - ink;
                }
            }
        }
    }
    picture
}
