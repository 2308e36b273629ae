use std::sync::Arc;

use super::*;
use ndarray::{Array2, ArrayView2, s};
use proptest::prelude::*;

/// Miri takes seconds for each.
const CASES: u32 = if cfg!(miri) { 6 } else { 192 };
/// No side of a matrix is as long.
const MOST: usize = if cfg!(miri) { 30 } else { 131 };

/// Values between −1 and 1; `layout` 0 has contiguous rows, 1 contiguous columns, 2 neither, 3 rows from below.
fn matrix(rows: usize, columns: usize, layout: usize, salt: u32) -> Array2<f32> {
    let value = |(i, j): (usize, usize)| {
        let hash = (i as u32 * 7919 + j as u32 * 104_729 + salt).wrapping_mul(2_654_435_761);
        (hash >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    match layout {
        0 => Array2::from_shape_fn((rows, columns), value),
        1 => Array2::from_shape_fn((columns, rows), |(j, i)| value((i, j))).reversed_axes(),
        2 => Array2::from_shape_fn((2 * rows, 3 * columns), |(i, j)| value((i / 2, j / 3)))
            .slice_move(s![..;2, ..;3]),
        _ => Array2::from_shape_fn((rows, columns), |(i, j)| value((rows - 1 - i, j)))
            .slice_move(s![..;-1, ..]),
    }
}

fn chain(start: f32, a: ArrayView2<f32>, b: ArrayView2<f32>, i: usize, j: usize) -> f32 {
    (0..a.ncols()).fold(start, |sum, k| sum + a[[i, k]] * b[[k, j]])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]
    #[test]
    fn a_product_is_ndarrays_and_to_the_bit_one_ascending_chain(
        m in 0..MOST, k in 0..MOST, n in 0..MOST,
        layouts in prop::array::uniform3(0..4_usize), carry: bool,
    ) {
        let (a, b) = (matrix(m, k, layouts[0], 1), matrix(k, n, layouts[1], 2));
        let start = if carry { matrix(m, n, 0, 3) } else { Array2::zeros((m, n)) };
        let mut c = matrix(m, n, layouts[2], 3);
        if carry { add_product(a.view(), b.view(), c.view_mut()) } else { product(a.view(), b.view(), c.view_mut()) }
        let oracle = &start + &a.dot(&b);
        for (at, &value) in c.indexed_iter() {
            prop_assert!((value - oracle[at]).abs() < 1e-4);
            prop_assert_eq!(value.to_bits(), chain(start[at], a.view(), b.view(), at.0, at.1).to_bits());
        }
    }

    #[test]
    fn nine_and_ten_columns_are_multiplied_as_any_others(
        m in 4..15_usize, k in 0..11_usize, n in prop::sample::select(vec![9_usize, 10, 22]), carry: bool,
    ) {
        let (a, b) = (matrix(m, k, 1, 1), matrix(k, n, 0, 2));
        let mut around = Array2::from_elem((m + 2, n + 3), 7.0);
        let within = s![1..=m, 2..n + 2];
        let add = if carry { add_product } else { product };
        add(a.view(), b.view(), around.slice_mut(within));
        for (at, &value) in around.slice(within).indexed_iter() {
            let start = if carry { 7.0 } else { 0.0 };
            prop_assert_eq!(value.to_bits(), chain(start, a.view(), b.view(), at.0, at.1).to_bits());
        }
        around.slice_mut(within).fill(7.0);
        prop_assert!(around.iter().all(|&value| value == 7.0));
    }

    #[test]
    #[cfg_attr(miri, ignore = "large, and of code without unsafe")]
    fn columns_that_crowd_in_a_cache_are_multiplied_as_any_others(
        m in prop::sample::select(vec![128_usize, 256]), k in 65..MOST.max(80), n in 1..14_usize, carry: bool,
    ) {
        let (a, b) = (matrix(m, k, 1, 1), matrix(k, n, 0, 2));
        prop_assert!(super::crowded::is_crowded(k, a.strides()[1]));
        let start = if carry { matrix(m, n, 0, 3) } else { Array2::zeros((m, n)) };
        let mut c = matrix(m, n, 0, 3);
        if carry { add_product(a.view(), b.view(), c.view_mut()) } else { product(a.view(), b.view(), c.view_mut()) }
        for (at, &value) in c.indexed_iter() {
            prop_assert_eq!(value.to_bits(), chain(start[at], a.view(), b.view(), at.0, at.1).to_bits());
        }
    }

    #[test]
    fn a_product_writes_nothing_beside_its_target(
        m in 1..20_usize, k in 0..9_usize, n in 1..30_usize, column in 0..5_usize, layout in 0..2_usize,
    ) {
        let (a, b) = (matrix(m, k, layout, 1), matrix(k, n, 0, 2));
        let mut around = Array2::from_elem((m + 2, n + 5), 7.0);
        let within = s![1..=m, column..column + n];
        product(a.view(), b.view(), around.slice_mut(within));
        prop_assert!(around.slice(within).iter().all(|&value| value != 7.0));
        around.slice_mut(within).fill(7.0);
        prop_assert!(around.iter().all(|&value| value == 7.0));
    }

    #[test]
    fn a_sum_over_rows_cut_into_blocks_has_the_bits_of_the_whole(cut in 0..50_usize) {
        let (x, dy) = (matrix(50, 13, 0, 3), matrix(50, 6, 0, 4));
        let mut whole = Array2::zeros((13, 6));
        product(x.t(), dy.view(), whole.view_mut());
        let mut parts = Array2::zeros((13, 6));
        for rows in [s![..cut, ..], s![cut.., ..]] {
            add_product(x.slice(rows).t(), dy.slice(rows), parts.view_mut());
        }
        prop_assert_eq!(whole, parts);
    }
}

/// A sparse matrix and the same written out.
fn digits(rows: usize, columns: usize, ink: u32) -> (Sparse, Array2<f32>) {
    let mut values = [0.0; 256];
    values.iter_mut().enumerate().for_each(|(byte, value)| *value = byte as f32 / 255.0);
    let (mut sparse, mut dense) = (Sparse::new(rows, columns), Array2::from_elem((rows, columns), f32::NAN));
    for row in 0..rows {
        let byte = |column: usize| {
            let hash = (row as u32 * 7919 + column as u32 * 104_729).wrapping_mul(2_654_435_761) >> 8;
            if hash % 10 < ink { (hash >> 8) as u8 } else { 0 }
        };
        sparse.push_row(&(0..columns).map(byte).collect::<Vec<_>>(), &values);
    }
    sparse.copy_into(dense.view_mut());
    (sparse, dense)
}

fn bits(values: &Array2<f32>) -> Vec<u32> {
    values.iter().map(|value| value.to_bits()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]
    #[test]
    fn skipping_zeros_has_the_bits_of_the_dense_products(
        rows in 0..70_usize, inputs in 0..MOST, outputs in 0..MOST, ink in 0..11_u32, carry: bool,
    ) {
        let (mut sparse, dense) = digits(rows, inputs, ink);
        // The scale makes some products vanish below the smallest number.
        let w = matrix(inputs, outputs, 0, 1) * if carry { 1.0 } else { 1e-38 };
        let dy = matrix(rows, outputs, 0, 2);
        let (mut y, mut by_skipping) = (Array2::zeros((rows, outputs)), Array2::from_elem((rows, outputs), f32::NAN));
        product(dense.view(), w.view(), y.view_mut());
        prop_assert!(sparse_product(&sparse, w.view(), by_skipping.view_mut()));
        prop_assert_eq!(bits(&y), bits(&by_skipping));
        let start = Array2::from_elem((inputs, outputs), if carry { 0.3 } else { f32::NAN });
        let (mut gradient, mut by_skipping) = (start.clone(), start);
        let add = if carry { add_product } else { product };
        add(dense.t(), dy.view(), gradient.view_mut());
        sparse_gradient(&mut sparse, dy.view(), by_skipping.view_mut(), carry);
        prop_assert_eq!(bits(&gradient), bits(&by_skipping));
    }

    #[test]
    fn a_weight_or_a_slope_that_is_not_finite_is_not_skipped(
        rows in 1..40_usize, columns in 1..60_usize, place: prop::sample::Index, kind in 0..3_usize,
    ) {
        let (sparse, _) = digits(3, rows, 1);
        let mut w = matrix(rows, columns, 0, 1);
        prop_assert!(all_finite(w.view()));
        w.as_slice_mut().unwrap()[place.index(rows * columns)] = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY][kind];
        prop_assert!(!all_finite(w.view()));
        prop_assert!(!sparse_product(&sparse, w.view(), Array2::zeros((3, columns)).view_mut()));
    }
}

proptest! {
    #[test]
    fn squares_apart_are_summed_to_the_end_or_given_up_where_they_are_too_many(
        pairs in proptest::collection::vec((any::<u8>(), any::<u8>()), 0..500),
        share in 0.0..1.5,
    ) {
        let (a, b): (Vec<u8>, Vec<u8>) = pairs.into_iter().unzip();
        let sum: u32 = a.iter().zip(&b).map(|(&a, &b)| (i64::from(a) - i64::from(b)).pow(2) as u32).sum();
        prop_assert_eq!(squares_apart(&a, &b, u32::MAX), Some(sum));
        let most = (f64::from(sum) * share) as u32;
        prop_assert_eq!(squares_apart(&a, &b, most), (sum <= most).then_some(sum));
    }
}

#[test]
fn black_and_white_photographs_are_as_far_apart_as_can_be() {
    assert_eq!(squares_apart(&[0; 3072], &[255; 3072], u32::MAX), Some(3072 * 255 * 255));
}

#[test]
fn rows_are_added_and_summed() {
    let mut y = ndarray::array![[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]];
    add_row(ndarray::array![[10.0, 20.0, 30.0]].view(), y.view_mut());
    assert_eq!(y, ndarray::array![[11.0, 22.0, 33.0], [14.0, 25.0, 37.0]]);
    let mut sums = ndarray::array![1.0, 0.0, 0.0];
    add_sum_of_rows(y.view(), sums.view_mut());
    assert_eq!(sums, ndarray::array![26.0, 47.0, 70.0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]
    #[test]
    fn a_row_that_was_listed_before_is_the_row(rows in proptest::collection::vec(proptest::collection::vec(0..4_u8, 37), 1..6)) {
        let table: [f32; 256] = std::array::from_fn(|byte| byte as f32 * 0.5);
        let bytes: Vec<Vec<u8>> = rows.iter().map(|row| row.iter().map(|byte| byte.saturating_sub(1)).collect()).collect();
        let (mut listed, mut read) = (Sparse::new(6, 37), Sparse::new(6, 37));
        let once = Arc::new(ListedRows::of(37, &table, bytes.iter().map(Vec::as_slice)));
        for (place, row) in bytes.iter().enumerate() {
            read.push_row(row, &table);
            let inked = row.iter().filter(|&&byte| byte > 0).count();
            prop_assert_eq!(once.has(place), inked <= 37 / 2);
            if once.has(place) {
                listed.push_listed(&once, place);
            } else {
                listed.push_row(row, &table);
            }
        }
        let written = |sparse: &Sparse| {
            let mut all = Array2::from_elem((6, 37), f32::NAN);
            sparse.copy_into(all.slice_mut(s![..bytes.len(), ..]));
            all.iter().map(|value| value.to_bits()).collect::<Vec<_>>()
        };
        prop_assert_eq!(listed.entries(), read.entries());
        prop_assert_eq!(written(&listed), written(&read));
        let products = |sparse: &mut Sparse| {
            let (mut y, mut gradient) = (Array2::zeros((bytes.len(), 3)), Array2::zeros((37, 34)));
            assert!(sparse_product(sparse, matrix(37, 3, 0, 1).view(), y.view_mut()));
            sparse_gradient(sparse, matrix(bytes.len(), 34, 0, 2).view(), gradient.view_mut(), false);
            (y, gradient)
        };
        prop_assert_eq!(products(&mut listed), products(&mut read));
    }
}
