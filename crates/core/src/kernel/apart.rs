//! How far two rows of bytes lie apart.

use wide::bytemuck::cast_slice;
use wide::{i16x8, i32x4, u8x16};

/// Bytes that are looked at together.
const WIDE: usize = 16;
/// Bytes after which a sum is compared with the most that is of interest.
const STRETCH: usize = 12 * WIDE;

/// The sum of the squared differences of two rows of equal length; nothing where it is more than `most`, which is known
/// long before the end of most rows.
pub fn squares_apart(a: &[u8], b: &[u8], most: u32) -> Option<u32> {
    assert!(a.len() == b.len(), "rows of equal length");
    let mut sum = 0;
    for (a, b) in a.chunks(STRETCH).zip(b.chunks(STRETCH)) {
        sum += squares(a, b);
        if sum > most {
            return None;
        }
    }
    Some(sum)
}

fn squares(a: &[u8], b: &[u8]) -> u32 {
    let ((a, rest_of_a), (b, rest_of_b)) = (a.as_chunks::<WIDE>(), b.as_chunks::<WIDE>());
    let mut sum = i32x4::ZERO;
    for (&a, &b) in a.iter().zip(b) {
        let (a, b) = (u8x16::new(a), u8x16::new(b));
        let low = i16x8::from_u8x16_low(a) - i16x8::from_u8x16_low(b);
        let high = i16x8::from_u8x16_high(a) - i16x8::from_u8x16_high(b);
        sum += low.dot(low) + high.dot(high);
    }
    let square = |(&a, &b): (&u8, &u8)| u32::from(a.abs_diff(b)).pow(2);
    let rest: u32 = rest_of_a.iter().zip(rest_of_b).map(square).sum();
    cast_slice::<i32, u32>(sum.as_array()).iter().sum::<u32>() + rest
}
