//! The built command, run as a person runs it.

#![allow(clippy::unwrap_used, dead_code)] // A failed test may panic anywhere; not every test needs everything.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The command, far from any data.
pub fn brainbow(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brainbow"));
    command.args(arguments).env_remove("BRAINBOW_DATA").current_dir(env!("CARGO_TARGET_TMPDIR"));
    command
}

/// Its exit code, what it printed, and what it said.
pub fn run(arguments: &[&str]) -> (i32, String, String) {
    told(brainbow(arguments).output().unwrap())
}

pub fn told(Output { status, stdout, stderr }: Output) -> (i32, String, String) {
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// The objects that a run prints, which must end well.
pub fn objects(arguments: &[&str]) -> Vec<Value> {
    let (code, out, said) = run(&[arguments, &["--json"]].concat());
    assert_eq!(code, 0, "{said}");
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The closing object of a run.
pub fn closing(arguments: &[&str]) -> Value {
    objects(arguments).pop().unwrap()
}

/// An empty folder of this test's own.
pub fn folder(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// A path as an argument.
pub fn word(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Where real MNIST is, as for the engine's tests.
pub fn mnist() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    std::env::var_os("BRAINBOW_DATA").map_or(root, PathBuf::from)
}
