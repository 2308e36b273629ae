//! The innermost loop of a dense product: a tile of sums that stays in registers for all of k.
//!
//! One row of the tile reads one value of A, spreads it over four lanes and multiplies it with all
//! vectors of the panel; 3 × 3 or 4 × 2 sums, the panel's vectors and the spread value fill the sixteen
//! registers, and eight sums or more hide the latency of the addition. Pointers, because a bounds check
//! for each value of A is a third of what the loop has to do besides.

#![allow(unsafe_code)]

use wide::f32x4;

use super::lanes::LANES;

/// How A lies in memory, with the distance between its rows or its columns.
#[derive(Clone, Copy)]
pub enum Layout {
    /// Rows are contiguous, this far apart.
    Rows(isize),
    /// Columns are contiguous, this far apart.
    Columns(isize),
}

/// One panel of B: `WIDTH` vectors for each of the inner length's steps.
pub type Panel<'a, const WIDTH: usize> = &'a [[f32x4; WIDTH]];

/// Where a tile's sums come from and go to.
pub struct Target {
    /// The tile's first value.
    pub first: *mut f32,
    /// How far apart its rows are.
    pub step: isize,
    /// Columns of the tile that are really there.
    pub columns: usize,
    /// Whether the chains go on from what stands there; else they start from +0.
    pub carry: bool,
}

/// Computes a tile of `HEIGHT` rows and up to `4 · WIDTH` columns.
///
/// # Safety
/// `a` must point to `HEIGHT` rows and `panel.len()` columns of this layout, all within one allocation,
/// and `target` to `HEIGHT` rows of `target.columns ≤ 4 · WIDTH` values that nobody else reads or writes.
#[inline]
pub unsafe fn multiply<const HEIGHT: usize, const WIDTH: usize>(
    a: *const f32,
    layout: Layout,
    panel: Panel<WIDTH>,
    target: &Target,
) {
    let mut sums = [[f32x4::splat(0.0); WIDTH]; HEIGHT];
    if target.carry {
        for (row, sums) in sums.iter_mut().enumerate() {
            // SAFETY: the target has this row.
            *sums = unsafe { load(target.first.offset(row as isize * target.step), target.columns) };
        }
    }
    // SAFETY: A has these rows and columns.
    let sums = unsafe {
        match layout {
            Layout::Rows(step) => chain(a, 1, panel, sums, |sums, a, b| {
                add(sums, |row| *a.offset(row as isize * step), b);
            }),
            Layout::Columns(step) => {
                chain(a, step, panel, sums, |sums, a, b| add(sums, |row| *a.add(row), b))
            }
        }
    };
    for (row, sums) in sums.iter().enumerate() {
        // SAFETY: the target has this row.
        unsafe { store(target.first.offset(row as isize * target.step), target.columns, sums) };
    }
}

/// One step of a tile's chains: a value of A for each row, times all vectors of the panel.
#[inline(always)]
fn add<const HEIGHT: usize, const WIDTH: usize>(
    sums: &mut [[f32x4; WIDTH]; HEIGHT],
    read: impl Fn(usize) -> f32,
    b: &[f32x4; WIDTH],
) {
    for (row, sums) in sums.iter_mut().enumerate() {
        let a = f32x4::splat(read(row));
        for (sum, b) in sums.iter_mut().zip(b) {
            *sum += a * *b;
        }
    }
}

/// Carries a tile's chains on over all of k: `add` takes the sums a step further, with where A is and the panel's vectors.
///
/// Four steps to a turn of the loop, and a way out between them: without it the compiler finishes all
/// four steps of one sum before it turns to the next, and the registers do not suffice for what it has
/// loaded by then.
///
/// # Safety
/// `a` must point to `panel.len()` places, `step` apart, all within one allocation.
#[inline(always)]
pub unsafe fn chain<const WIDTH: usize, Sums>(
    mut a: *const f32,
    step: isize,
    panel: Panel<WIDTH>,
    mut sums: Sums,
    add: impl Fn(&mut Sums, *const f32, &[f32x4; WIDTH]),
) -> Sums {
    let (mut b, mut left) = (panel.as_ptr(), panel.len());
    macro_rules! step {
        ($at:literal) => {
            if left == $at {
                return sums;
            }
            // SAFETY: fewer steps than the panel has are done.
            unsafe { add(&mut sums, a.offset($at * step), &*b.add($at)) };
        };
    }
    loop {
        step!(0);
        step!(1);
        step!(2);
        step!(3);
        left -= 4;
        // Behind the last column there may be nothing to point to.
        a = a.wrapping_offset(4 * step);
        // SAFETY: these four steps were there.
        b = unsafe { b.add(4) };
    }
}

/// A row as vectors, the last ones filled up with zeros.
#[inline(always)]
pub fn read<const WIDTH: usize>(row: &[f32]) -> [f32x4; WIDTH] {
    // SAFETY: these values are there.
    unsafe { load(row.as_ptr(), row.len()) }
}

/// Writes as much of the vectors as the row takes.
#[inline(always)]
pub fn write<const WIDTH: usize>(row: &mut [f32], vectors: &[f32x4; WIDTH]) {
    // SAFETY: there is room for these values.
    unsafe { store(row.as_mut_ptr(), row.len(), vectors) }
}

/// Reads so many values, and zeros behind them.
///
/// # Safety
/// `from` must point to so many values.
#[inline(always)]
pub unsafe fn load<const WIDTH: usize>(from: *const f32, columns: usize) -> [f32x4; WIDTH] {
    let mut vectors = [f32x4::splat(0.0); WIDTH];
    for (place, vector) in vectors.iter_mut().enumerate() {
        let start = place * LANES;
        if start + LANES <= columns {
            // SAFETY: four values are there.
            *vector = f32x4::new(unsafe { from.add(start).cast::<[f32; LANES]>().read() });
        } else if start < columns {
            // SAFETY: so many values are there.
            *vector = unsafe { load_rest(from.add(start), columns - start) };
        }
    }
    vectors
}

/// Fewer than four values, and zeros behind them. By itself: unrolled into every width it made the module half as large
/// again.
///
/// # Safety
/// `from` must point to so many values.
#[inline(never)]
unsafe fn load_rest(from: *const f32, count: usize) -> f32x4 {
    let mut values = [0.0; LANES];
    for (lane, value) in values.iter_mut().enumerate().take(count) {
        // SAFETY: it lies before `count`.
        *value = unsafe { *from.add(lane) };
    }
    f32x4::new(values)
}

/// Writes so many values.
///
/// # Safety
/// `to` must point to so many values.
#[inline(always)]
unsafe fn store<const WIDTH: usize>(to: *mut f32, columns: usize, sums: &[f32x4; WIDTH]) {
    for (place, vector) in sums.iter().enumerate() {
        let (start, values) = (place * LANES, vector.to_array());
        if start + LANES <= columns {
            // SAFETY: there is room for four.
            unsafe { to.add(start).cast::<[f32; LANES]>().write(values) };
        } else if start < columns {
            // SAFETY: there is room for so many.
            unsafe { store_rest(to.add(start), columns - start, values) };
        }
    }
}

/// Writes fewer than four values.
///
/// # Safety
/// `to` must point to so many values.
#[inline(never)]
unsafe fn store_rest(to: *mut f32, count: usize, values: [f32; LANES]) {
    for (lane, value) in values.into_iter().enumerate().take(count) {
        // SAFETY: it lies before `count`.
        unsafe { *to.add(lane) = value };
    }
}
