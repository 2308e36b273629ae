//! Brainbow's engine as a command: the page's experiments, run natively to the same bits.
//!
//! The engine knows neither files nor clocks nor words; this crate has them.

mod arguments;
mod arrays;
mod bar;
mod data;
mod destination;
mod evaluate;
mod experiment;
mod failure;
mod files;
mod fit;
mod flaw;
mod interrupt;
mod link;
mod malformed;
mod matrix;
mod numbers;
mod output;
mod report;
mod run;
mod score;
mod sets;
mod suggestion;
mod summary;
mod tables;
mod train;
mod weights;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Train(arguments) => train::train(&arguments),
        Command::Evaluate(arguments) => evaluate::evaluate(&arguments),
        Command::Summary(arguments) => summary::summary(&arguments),
        Command::Data(arguments) => data::list(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_silent() {
                eprintln!("brainbow: {failure}");
            }
            ExitCode::from(failure.code())
        }
    }
}
