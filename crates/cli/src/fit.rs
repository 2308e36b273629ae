//! How well numbers are told, beside simpler models of the same samples: for people and as JSON.

use std::fmt::Write;

use brainbow::baseline::{Baseline, Fit, Fits, Model, Shares};

use crate::numbers::percent;

/// The network and simpler models of numbers, line by line.
pub fn table(parameters: usize, fits: &Fits, simpler: &[Baseline]) -> String {
    let mut text = String::from(
        "model                    parameters  RMSE train  held out       all   R² train  held out       all\n",
    );
    line(&mut text, "this network", parameters, fits);
    for Baseline { model, parameters, fits, .. } in simpler {
        if let Some(fits) = fits {
            line(&mut text, &name(*model), *parameters, fits);
        }
    }
    text
}

/// The same of classes.
pub fn share_table(parameters: usize, shares: &Shares, simpler: &[Baseline]) -> String {
    let mut text = String::from("model                    parameters  right, train  held out       all\n");
    let lines = simpler.iter().filter_map(|of| Some((name(of.model), of.parameters, of.shares?)));
    for (name, parameters, shares) in [("this network".into(), parameters, *shares)].into_iter().chain(lines)
    {
        let [train, held_out, all] = [shares.train, shares.held_out, shares.all].map(percent);
        writeln!(text, "{name:<23}  {parameters:>10}  {train:>12}  {held_out:>8}  {all:>8}")
            .expect("a string takes all");
    }
    text
}

fn name(model: Model) -> String {
    match model {
        Model::Polynomial { degree: 0 } => "mean".into(),
        Model::Polynomial { degree: 1 } => "linear".into(),
        Model::Polynomial { degree } => format!("polynomial, degree {degree}"),
        Model::MostFrequent => "most frequent class".into(),
        Model::Logistic => "logistic regression".into(),
    }
}

fn line(text: &mut String, name: &str, parameters: usize, fits: &Fits) {
    let cells = |of: &dyn Fn(&Fit) -> Option<f64>| {
        let cell =
            |fit: &Option<Fit>| fit.as_ref().and_then(of).map_or("–".into(), |value| format!("{value:.4}"));
        [&fits.train, &fits.held_out, &fits.all].map(cell)
    };
    let ([a, b, c], [d, e, f]) = (cells(&|fit| Some(fit.rmse)), cells(&|fit| fit.r2));
    let rmse = format!("{a:>10}  {b:>8}  {c:>8}");
    writeln!(text, "{name:<23}  {parameters:>10}  {rmse}  {d:>9}  {e:>8}  {f:>8}")
        .expect("a string takes all");
}
