//! How well numbers are told, beside simpler models of the same samples: for people and as JSON.

use std::fmt::Write;

use brainbow::baseline::{Baseline, Fit, Fits};
use serde::Serialize;

use crate::run::Run;

/// A simpler model.
#[derive(Serialize)]
pub struct Simpler {
    /// 0 is the mean, 1 linear.
    degree: u8,
    parameters: usize,
    #[serde(flatten)]
    fits: Fits,
}

impl From<&Baseline> for Simpler {
    fn from(Baseline { degree, model, fits }: &Baseline) -> Self {
        Self { degree: *degree, parameters: model.parameters(), fits: *fits }
    }
}

/// Of the last whole evaluation; none where classes are told apart.
pub fn fits(run: &Run) -> Option<Fits> {
    let evaluation = run.evaluation.as_ref()?;
    evaluation.fit()?;
    let told = evaluation.told();
    Some(Fits::of(&run.trainer, |id| f64::from(told[id as usize])))
}

/// The network and simpler models, line by line.
pub fn table(parameters: usize, fits: &Fits, simpler: &[Baseline]) -> String {
    let mut text = String::from(
        "model                    parameters  RMSE train  held out       all   R² train  held out       all\n",
    );
    line(&mut text, "this network", parameters, fits);
    for Baseline { degree, model, fits } in simpler {
        let name = match degree {
            0 => "mean".to_string(),
            1 => "linear".to_string(),
            degree => format!("polynomial, degree {degree}"),
        };
        line(&mut text, &name, model.parameters(), fits);
    }
    text
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
