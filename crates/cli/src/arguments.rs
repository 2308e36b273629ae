//! The command line, and its help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

const EXAMPLES: &str = "\
Examples:
  brainbow train                                 the page's first network, on what data there is
  brainbow train --link 'data=mnist&hidden=128&opt=adam' --data ~/data --save net.safetensors
  brainbow train experiment.json --json > run.jsonl
  brainbow train --resume net.safetensors --epochs 60 --save net.safetensors
  brainbow evaluate net.safetensors --data ~/data
  brainbow summary --link 'hidden=30,10'
  brainbow data --data ~/data

Exit codes:
  0    done
  1    the output or a file could not be written
  2    wrong usage: an argument, an experiment or a link that can't be used
  3    data or weights that are missing or broken
  4    the run diverged: its loss stopped being a number
  130  interrupted by Ctrl-C or another signal that ends programs; saved where --save says so";

/// Trains, evaluates and describes small neural networks: Brainbow's engine, without its page.
///
/// An experiment and its data give the same weights here as in the page, bit for bit: compare the
/// fingerprints.
#[derive(Parser)]
#[command(name = "brainbow", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    Train(Train),
    Evaluate(Evaluate),
    Summary(Summary),
    Data(Data),
}

/// Which experiment. Without either it is the one that the page starts with.
#[derive(Args)]
pub struct Which {
    /// The experiment as JSON (`-` reads standard input): the object that `brainbow train --json` and the page's
    /// `lab.experiment` show
    pub experiment: Option<PathBuf>,
    /// The page's address, or what stands behind its `#`
    #[arg(long, value_name = "URL", conflicts_with = "experiment")]
    pub link: Option<String>,
}

/// Where data sets lie, unless somebody says otherwise.
pub const FOLDER: &str = "data";

/// Where data sets lie.
#[derive(Args)]
pub struct Folder {
    /// The folder that has the image sets, packed or not: in its `mnist`, `fashion-mnist` and `cifar10`; MNIST and
    /// CIFAR-10 also in itself
    #[arg(long = "data", value_name = "DIR", env = "BRAINBOW_DATA", default_value = FOLDER)]
    pub path: PathBuf,
}

/// Train a network: a line for every epoch, with the fingerprint of its weights
///
/// Each epoch's loss and accuracy are means over the samples learned from, as they were read while learning;
/// val_loss and val_accuracy are those of all held-out samples, read at the epoch's end.
///
/// With --save the weights are written after every epoch, at the end and when Ctrl-C is pressed.
#[derive(Args)]
#[command(after_help = "\
Examples:
  brainbow train --link 'data=generated&hidden=30' --epochs 5
  brainbow train experiment.json --data ~/data --save net.safetensors
  brainbow train --resume net.safetensors --epochs 60 --save net.safetensors")]
pub struct Train {
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub folder: Folder,
    /// Learn for so many epochs, whatever the experiment says
    #[arg(long, value_name = "N")]
    pub epochs: Option<u32>,
    /// Another seed for initial weights, order and split
    #[arg(long, value_name = "N", conflicts_with = "resume")]
    pub seed: Option<u32>,
    /// Another learning rate; with --resume, from there on
    #[arg(long, value_name = "RATE")]
    pub rate: Option<f32>,
    /// Write the weights here, under PyTorch's names and in its shapes (`0.weight` is outputs × inputs), with
    /// all that it takes to go on
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Go on from weights that --save wrote, as if the run had never stopped
    #[arg(long, value_name = "FILE", conflicts_with_all = ["experiment", "link"])]
    pub resume: Option<PathBuf>,
    /// Print an object for every epoch and a closing one, each on a line
    ///
    /// An epoch has epoch, loss, accuracy, val_loss, val_accuracy, fingerprint and seconds; the closing
    /// object state (finished, stopped with its reason, interrupted or diverged), step, history, confusion (rows
    /// actual), fingerprint, seconds, samplesPerSecond (evaluation left out), experiment and link; where numbers are
    /// told, fits and simpler models instead of a confusion matrix. What is no number is null.
    #[arg(long)]
    pub json: bool,
}

/// Read all held-out samples with saved weights: accuracy, confusion matrix, scores of every class
#[derive(Args)]
#[command(after_help = "\
Examples:
  brainbow evaluate net.safetensors --data ~/data
  brainbow evaluate net.safetensors --on fashion --json")]
pub struct Evaluate {
    /// What `brainbow train --save` wrote
    pub weights: PathBuf,
    #[command(flatten)]
    pub folder: Folder,
    /// Read the test samples of another data set than the experiment's
    #[arg(long, value_name = "SET")]
    pub on: Option<Set>,
    /// Print one object
    #[arg(long)]
    pub json: bool,
}

/// A data set by name.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Set {
    /// MNIST's 10,000 test digits
    Mnist,
    /// Fashion-MNIST's 10,000 test images
    Fashion,
    /// The batch of CIFAR-10 that is held out
    Cifar10,
    /// 4,000 digits that the program draws
    Generated,
}

/// List a network's layers, output shapes and parameters, as Keras does
#[derive(Args)]
#[command(after_help = "\
Examples:
  brainbow summary --link 'hidden=30,10'
  brainbow summary experiment.json --json")]
pub struct Summary {
    #[command(flatten)]
    pub which: Which,
    /// Print one object
    #[arg(long)]
    pub json: bool,
}

/// List the data sets that are there, checked by reading them
#[derive(Args)]
#[command(after_help = "\
Examples:
  brainbow data --data ~/data
  brainbow data --json")]
pub struct Data {
    #[command(flatten)]
    pub folder: Folder,
    /// Print one object
    #[arg(long)]
    pub json: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        super::Arguments::command().debug_assert();
    }
}
