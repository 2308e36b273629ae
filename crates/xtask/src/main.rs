//! `cargo xtask wasm`: builds the engine for the browser into `web/generated/`.
//!
//! wasm-bindgen's own library makes the glue, in the very version of the lock file, so nothing is
//! downloaded and nothing can disagree. `wasm-opt` comes from the npm package `binaryen`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use wasm_bindgen_cli_support::Bindgen;

const NAME: &str = "brainbow_wasm";

fn main() -> Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("wasm") => wasm(),
        other => bail!("cargo xtask wasm is all there is, not {other:?}"),
    }
}

fn wasm() -> Result<()> {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("crates/xtask lies in the house")?;
    let module = compile(root)?;
    let out = root.join("web/generated");
    let stamp = out.join("built-from");
    let fresh = fs::read(&module)?;
    if fs::read(&stamp).is_ok_and(|built| built == fresh) {
        return Ok(());
    }
    Bindgen::new()
        .input_path(&module)
        .out_name(NAME)
        .typescript(true)
        .omit_default_module_path(true)
        .web(true)?
        .generate(&out)?;
    optimise(root, &out.join(format!("{NAME}_bg.wasm")))?;
    fs::write(stamp, fresh)?;
    Ok(())
}

fn compile(root: &Path) -> Result<PathBuf> {
    let target = "wasm32-unknown-unknown";
    let status = Command::new(std::env::var("CARGO").unwrap_or("cargo".into()))
        .current_dir(root)
        .args([
            "build",
            "--quiet",
            "--profile",
            "wasm",
            "--package",
            "brainbow-wasm",
            "--lib",
            "--target",
            target,
        ])
        // It would replace the flags of .cargo/config.toml, and with them the vector instructions.
        .env_remove("RUSTFLAGS")
        .status()?;
    if !status.success() {
        std::process::exit(1); // The compiler has said why.
    }
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    Ok(folder.join(target).join("wasm").join(format!("{NAME}.wasm")))
}

/// Makes the module smaller; without the npm package it works as well, a little larger.
fn optimise(root: &Path, module: &Path) -> Result<()> {
    let tool = root.join("node_modules/binaryen/bin/wasm-opt");
    if !tool.exists() {
        println!("wasm-opt is not there (npm ci brings it): the module stays as the compiler made it");
        return Ok(());
    }
    let status = Command::new("node")
        .arg(tool)
        .args([
            "-Oz",
            "--converge",
            "--enable-simd",
            "--enable-bulk-memory",
            "--enable-nontrapping-float-to-int",
        ])
        .args(["--enable-sign-ext", "--enable-mutable-globals", "--enable-reference-types"])
        .args(["--enable-multivalue", "--strip-debug", "--strip-producers"])
        // What makes code shorter but unlike other code packs worse: values kept for later, and large functions, whose
        // many locals have longer names. So one that is called once is put into its caller only where it is small.
        .args(["--one-caller-inline-max-function-size", "30", "--skip-pass=local-cse", "--low-memory-unused"])
        .arg(module)
        .arg("-o")
        .arg(module)
        .status()?;
    ensure!(status.success(), "wasm-opt failed");
    Ok(())
}
