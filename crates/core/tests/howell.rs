//! The baselines on the Howell census agree with scikit-learn's, and so with what a course publishes: the polynomial of
//! degree 8 on weight alone misses heights by 4.78 cm.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

use std::path::PathBuf;

use brainbow::baseline::{Fit, Logistic, Polynomial};
use brainbow::table::{Table, Values};
use ndarray::Array2;

fn howell() -> Table {
    let folder = PathBuf::from(std::env::var_os("BRAINBOW_DATA").expect("a folder with the data"));
    Table::read(&std::fs::read(folder.join("howell/Howell1.csv")).unwrap()).unwrap()
}

fn column(table: &Table, name: &str) -> Vec<f64> {
    match &table.column(name).unwrap().values {
        Values::Numbers(numbers) => numbers.iter().map(|number| number.unwrap()).collect(),
        Values::Categories { .. } => panic!("{name} holds words"),
    }
}

fn inputs(columns: &[Vec<f64>]) -> Array2<f64> {
    Array2::from_shape_fn((columns[0].len(), columns.len()), |(row, column)| columns[column][row])
}

#[test]
#[ignore = "needs real Howell"]
fn polynomials_fit_heights_as_scikit_learn_does() {
    let table = howell();
    let [weight, age, male, height] = ["weight", "age", "male", "height"].map(|name| column(&table, name));
    // tests/parity/baselines.py: MinMaxScaler, PolynomialFeatures, LinearRegression on all 544 rows.
    type Expected<'a> = (&'a [&'a Vec<f64>], u8, usize, f64, f64);
    let expected: [Expected; 9] = [
        (&[&weight], 1, 2, 9.34588274434055, 0.8851464200503394),
        (&[&weight], 3, 4, 4.820957385865769, 0.969438795576453),
        (&[&weight], 8, 9, 4.781527612652114, 0.9699366608066505),
        (&[&weight, &age], 1, 3, 9.188566372918736, 0.888980467503089),
        (&[&weight, &age], 8, 45, 4.521124365179732, 0.9731220100127009),
        (&[&weight, &age, &male], 1, 4, 9.18848469140542, 0.8889824413046045),
        (&[&weight, &age, &male], 2, 10, 4.900500342448092, 0.968421992147222),
        (&[&weight, &age, &male], 3, 20, 4.117671702312604, 0.977705008235114),
        (&[&weight, &age, &male], 8, 165, 3.759741717110984, 0.9814125461555523),
    ];
    for (columns, degree, parameters, rmse, r2) in expected {
        let x = inputs(&columns.iter().map(|column| (*column).clone()).collect::<Vec<_>>());
        let model = Polynomial::fit(x.view(), &height, degree).unwrap();
        let predicted = x.outer_iter().map(|row| model.predict(&row.to_vec()));
        let pairs: Vec<_> = predicted.zip(height.iter().copied()).collect();
        let fit = Fit::of(pairs.iter().copied()).unwrap();
        assert_eq!(model.parameters(), parameters);
        // Of 165 terms some are nearly sums of others: scikit-learn leaves a little of them out.
        let tolerance = if parameters > 100 { 1e-3 } else { 1e-6 };
        assert!((fit.rmse - rmse).abs() < tolerance * rmse, "{degree}: {} instead of {rmse}", fit.rmse);
        assert!((fit.r2.unwrap() - r2).abs() < tolerance);
    }
}

#[test]
#[ignore = "needs real Howell"]
fn the_sex_of_adults_is_told_as_by_scikit_learn() {
    let table = howell();
    let [height, weight, age, male] = ["height", "weight", "age", "male"].map(|name| column(&table, name));
    let adults: Vec<usize> = (0..table.rows()).filter(|&row| age[row] >= 18.0).collect();
    let of = |column: &Vec<f64>| adults.iter().map(|&row| column[row]).collect::<Vec<_>>();
    let x = inputs(&[of(&height), of(&weight), of(&age)]);
    let labels: Vec<u8> = of(&male).iter().map(|&male| male as u8).collect();
    let model = Logistic::fit(x.view(), &labels, 2).unwrap();
    let probabilities: Vec<f64> = x.outer_iter().map(|row| model.probabilities(&row.to_vec())[1]).collect();
    // tests/parity/baselines.py: StandardScaler, LogisticRegression(tol=1e-12).
    for (found, expected) in
        probabilities.iter().zip([0.3567388909712062, 0.009151202070884549, 0.003214414467726072])
    {
        assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
    }
    let right = probabilities.iter().zip(&labels).filter(|(p, label)| (**p > 0.5) == (**label == 1)).count();
    assert_eq!((right, labels.len()), (304, 352));
}
