//! Formulas in x that a visitor types: a small language, read once and evaluated safely.
//!
//! Numbers, `x`, `pi`, `e`, parentheses, `+ − × ÷ ^` (also `- * · /`), and sin, cos, tan, exp, log (natural), sqrt, abs, tanh
//! of something in parentheses. `^` binds tighter than a sign before it and to the right, as in Python: −x^2 is −(x²).

mod parser;

use serde::Serialize;
use thiserror::Error;

/// A formula that has been read; what it is at a place is a number, or NaN where it is not defined.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// In the order of evaluation: operations take what those before them have left.
    steps: Vec<Step>,
}

/// A function of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Negative,
    Sin,
    Cos,
    Tan,
    Exp,
    Log,
    Sqrt,
    Abs,
    Tanh,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    X,
    Number(f64),
    Call(Function),
    Plus,
    Minus,
    Times,
    Over,
    Power,
}

/// What is wrong with a formula, and where: at which of its characters, from 0.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "code", rename_all = "camelCase")]
pub enum FormulaError {
    /// Longer than [`Formula::MOST`].
    #[error("a formula may have {most} characters")]
    FormulaTooLong {
        /// Characters allowed.
        most: usize,
    },
    /// A character that means nothing there.
    #[error("{found:?} is not expected at {position}")]
    FormulaUnexpected {
        /// Where.
        position: usize,
        /// What.
        found: char,
    },
    /// A word that is no function and no number.
    #[error("{name:?} at {position} is not known")]
    FormulaUnknown {
        /// Where it begins.
        position: usize,
        /// The word.
        name: String,
    },
    /// It ends where something more is needed.
    #[error("the formula ends too early, at {position}")]
    FormulaEnds {
        /// Its length.
        position: usize,
    },
}

impl Formula {
    /// More characters are no formula of ours.
    pub const MOST: usize = 200;

    /// Reads a formula, or says what is wrong with it and where.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        parser::parse(text).map(|steps| Self { steps })
    }

    /// Its value at `x`; NaN or infinite where it has none.
    pub fn at(&self, x: f64) -> f64 {
        let mut stack = Vec::with_capacity(8);
        for &step in &self.steps {
            let value = match step {
                Step::X => x,
                Step::Number(number) => number,
                Step::Call(function) => function.of(pop(&mut stack)),
                Step::Plus | Step::Minus | Step::Times | Step::Over | Step::Power => {
                    let right = pop(&mut stack);
                    combine(step, pop(&mut stack), right)
                }
            };
            stack.push(value);
        }
        pop(&mut stack)
    }
}

fn combine(step: Step, left: f64, right: f64) -> f64 {
    match step {
        Step::Plus => left + right,
        Step::Minus => left - right,
        Step::Times => left * right,
        Step::Over => left / right,
        Step::Power => libm::pow(left, right),
        Step::X | Step::Number(_) | Step::Call(_) => unreachable!("of one number or none"),
    }
}

fn pop(stack: &mut Vec<f64>) -> f64 {
    stack.pop().expect("the parser leaves as many numbers as are taken")
}

impl Function {
    const ALL: [(&str, Function); 8] = [
        ("sin", Function::Sin),
        ("cos", Function::Cos),
        ("tan", Function::Tan),
        ("exp", Function::Exp),
        ("log", Function::Log),
        ("sqrt", Function::Sqrt),
        ("abs", Function::Abs),
        ("tanh", Function::Tanh),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
    }

    fn of(self, x: f64) -> f64 {
        match self {
            Function::Negative => -x,
            Function::Sin => libm::sin(x),
            Function::Cos => libm::cos(x),
            Function::Tan => libm::tan(x),
            Function::Exp => libm::exp(x),
            Function::Log => libm::log(x),
            Function::Sqrt => libm::sqrt(x),
            Function::Abs => libm::fabs(x),
            Function::Tanh => libm::tanh(x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str, x: f64) -> f64 {
        Formula::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).at(x)
    }

    #[test]
    fn the_values_are_those_of_python() {
        // python3: [eval(t) for t in ...] with math's functions, x = 1.5
        for (text, expected) in [
            ("sin(x)", 0.9974949866040544),
            ("x^2", 2.25),
            ("-x^2", -2.25),
            ("2^3^2", 512.0),
            ("2^-1", 0.5),
            ("1 − 2 − 3", -4.0),
            ("8÷4/2", 1.0),
            ("2·x×2*x", 9.0),
            ("(1+x)*(1-x)", -1.25),
            ("exp(-x)*cos(2*pi*x)", -0.22313016014842982),
            ("log(e^x)+sqrt(abs(-4))", 3.5),
            ("tanh(x)-tan(0)", 0.9051482536448664),
            ("1.5e3 + .5 + 2.", 1502.5),
            ("2*e", 5.43656365691809),
            ("π", std::f64::consts::PI),
            ("--+x", 1.5),
        ] {
            let found = at(text, 1.5);
            assert!((found - expected).abs() <= 1e-14 * expected.abs().max(1.0), "{text}: {found}");
        }
        assert!(at("sqrt(x)", -1.0).is_nan() && at("1/x", 0.0).is_infinite());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        use FormulaError::{FormulaEnds, FormulaTooLong, FormulaUnexpected, FormulaUnknown};
        let error = |text: &str| Formula::parse(text).unwrap_err();
        let unexpected = |position, found| FormulaUnexpected { position, found };
        assert_eq!(error(""), FormulaEnds { position: 0 });
        assert_eq!(error("2 +"), FormulaEnds { position: 3 });
        assert_eq!(error("sin(x"), FormulaEnds { position: 5 });
        assert_eq!(error("2x"), unexpected(1, 'x'));
        assert_eq!(error("(x))"), unexpected(3, ')'));
        assert_eq!(error("x ² "), unexpected(2, '²'));
        assert_eq!(error("sin x"), unexpected(4, 'x'));
        assert_eq!(error("1.2.3"), unexpected(3, '.'));
        assert_eq!(error("alert(1)"), FormulaUnknown { position: 0, name: "alert".into() });
        assert_eq!(error("x + y"), FormulaUnknown { position: 4, name: "y".into() });
        assert_eq!(error(&"(".repeat(201)), FormulaTooLong { most: 200 });
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-+*/^() .0-9a-zπ÷×−·,;=!]{0,40}", x in -1e3..1e3_f64) {
            if let Ok(formula) = Formula::parse(&text) {
                let _ = formula.at(x);
            }
        }

        #[test]
        fn any_nesting_is_read_or_refused(depth in 0..300_usize, open in "[(]|sin[(]|-") {
            let close = if open == "-" { "" } else { ")" };
            let text = format!("{}x{}", open.repeat(depth), close.repeat(depth));
            let read = Formula::parse(&text);
            prop_assert_eq!(read.is_ok(), text.chars().count() <= Formula::MOST);
        }

        #[test]
        fn sums_and_products_are_those_of_rust(a in -9..9_i32, b in -9..9_i32, c in 1..9_i32) {
            let (x, y, z) = (f64::from(a), f64::from(b), f64::from(c));
            prop_assert_eq!(at(&format!("({a}) + ({b}) * {c}"), 0.0), x + y * z);
            prop_assert_eq!(at(&format!("({a} - {b}) / {c}").replace("--", "+"), 0.0), (x - y) / z);
        }
    }
}
