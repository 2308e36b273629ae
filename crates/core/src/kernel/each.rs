//! One formula for every value of some slices, four at a time: what activations, dropout and optimizers do.
//!
//! Written out in vectors: the compiler would make the same of a plain loop, and three others beside it. What is left of
//! the last four is filled up with zeros, so that no value's bits depend on its place.

use wide::f32x4;

use super::lanes::LANES;

/// `each!((w, v), (g) => { v = 0.9 * v + g; w -= lr * v; })`: runs the block with four values of each slice under the
/// slice's name, and writes those of the first group back. All slices are equally long.
macro_rules! each {
    (($($changed:ident),+), ($($read:ident),*) => $formula:block) => {{
        let length = [$($changed.len()),+][0];
        assert!(true $(&& $changed.len() == length)+ $(&& $read.len() == length)*, "equally long slices");
        macro_rules! at {
            ($four:ident, $put:ident, $place:expr) => {
                let results = {
                    // What is only written is read in vain, which the compiler notices.
                    #[allow(unused_variables, unused_mut, unused_assignments)]
                    let ($(mut $changed,)+ $($read,)*) =
                        ($($crate::kernel::$four($changed, $place),)+ $($crate::kernel::$four($read, $place),)*);
                    $formula
                    [$($changed),+]
                };
                let mut results = results.into_iter();
                $($crate::kernel::$put($changed, $place, results.next());)+
            };
        }
        for place in 0..length / $crate::kernel::LANES {
            at!(four, put_four, place);
        }
        if !length.is_multiple_of($crate::kernel::LANES) {
            at!(rest, put_rest, length - length % $crate::kernel::LANES);
        }
    }};
}

pub(crate) use each;

/// The vector at a place, counted in vectors.
#[inline(always)]
pub fn four(values: &[f32], place: usize) -> f32x4 {
    f32x4::new(values.as_chunks::<LANES>().0[place])
}

#[inline(always)]
pub fn put_four(values: &mut [f32], place: usize, vector: Option<f32x4>) {
    if let Some(vector) = vector {
        values.as_chunks_mut::<LANES>().0[place] = vector.to_array();
    }
}

/// The values from a place on, fewer than four, and zeros.
#[inline(never)]
pub fn rest(values: &[f32], start: usize) -> f32x4 {
    let at = |lane| values.get(start + lane).copied().unwrap_or(0.0);
    f32x4::new([at(0), at(1), at(2), 0.0])
}

#[inline(never)]
pub fn put_rest(values: &mut [f32], start: usize, vector: Option<f32x4>) {
    let vector = vector.unwrap_or_default().to_array();
    values[start..].iter_mut().zip(vector).for_each(|(to, value)| *to = value);
}

/// The values, with zeros for denormal numbers, on which processors are several times slower. For what decays from step to
/// step: where a pixel is paper for 800 steps, its velocity would become one, and stay one.
#[inline(always)]
pub fn flushed(values: f32x4) -> f32x4 {
    !values.abs().simd_lt(f32x4::splat(f32::MIN_POSITIVE)) & values
}

/// Counts, place by place, the values above a threshold; NaN is not.
pub fn count_above(values: &[f32], threshold: f32, counts: &mut [u32]) {
    counts.iter_mut().zip(values).for_each(|(count, &value)| *count += u32::from(value > threshold));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_computed_once_and_none_beyond_the_end() {
        for length in 0..11 {
            let read: Vec<f32> = (0..length).map(|i| i as f32 + 0.5).collect();
            let mut sums = vec![100.0; length];
            let mut twice = vec![f32::NAN; length];
            {
                let (read, sums, twice) = (&read[..], &mut sums[..], &mut twice[..]);
                each!((sums, twice), (read) => {
                    sums += read;
                    twice = 2.0 * read;
                });
            }
            for (i, &x) in read.iter().enumerate() {
                assert_eq!((sums[i], twice[i]), (100.0 + x, 2.0 * x));
            }
        }
    }

    #[test]
    fn what_is_no_normal_number_is_flushed_but_for_infinities_and_nan() {
        let [least, denormal] = [f32::MIN_POSITIVE, f32::MIN_POSITIVE.next_down()];
        let flush = |values: [f32; 4]| flushed(f32x4::new(values)).to_array();
        assert_eq!(flush([least, -least, denormal, -denormal]), [least, -least, 0.0, 0.0]);
        let [infinity, less, nan, one] = flush([f32::INFINITY, f32::NEG_INFINITY, f32::NAN, 1.0]);
        assert!(infinity == f32::INFINITY && less == f32::NEG_INFINITY && nan.is_nan() && one == 1.0);
    }

    #[test]
    fn no_number_is_not_above() {
        let mut counts = [5; 4];
        count_above(&[1.0, 2.0, f32::NAN, 3.0], 1.5, &mut counts);
        assert_eq!(counts, [5, 6, 5, 6]);
    }
}
