//! The data sets: opened for a run, and listed by `brainbow data`.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use brainbow::Dataset;
use brainbow::dataset::{DataSpec, GENERATED_TEST, GENERATED_TRAIN};
use serde::Serialize;

use crate::arguments;
use crate::failure::Failure;
use crate::mnist::{self, FILES, Published};
use crate::numbers::count;
use crate::output;

/// The data that an experiment names. Generated digits are drawn at once, so that no epoch's time has it in it.
pub fn open(spec: DataSpec, folder: &Path) -> Result<Arc<Dataset>, Failure> {
    match spec {
        DataSpec::Mnist => Ok(Arc::new(mnist::load(folder)?)),
        DataSpec::Generated { seed } => {
            let data = Dataset::generated(seed, GENERATED_TRAIN, GENERATED_TEST);
            (0..data.test().end).for_each(|id| {
                data.pixels(id);
            });
            Ok(Arc::new(data))
        }
    }
}

/// What a data set is called.
pub fn title(spec: DataSpec) -> &'static str {
    match spec {
        DataSpec::Mnist => "MNIST digits",
        DataSpec::Generated { .. } => "generated digits",
    }
}

/// What was found of one file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    name: &'static str,
    path: Option<String>,
    bytes: Option<u64>,
    sha256: Option<String>,
    items: Option<usize>,
    /// Whether its contents are those that were published.
    published: bool,
    flaw: Option<String>,
}

#[derive(Serialize)]
struct Sets {
    folder: String,
    mnist: Vec<Found>,
    /// Whether MNIST can be learned on.
    usable: bool,
}

/// `brainbow data`.
pub fn list(arguments: &arguments::Data) -> Result<(), Failure> {
    let folder = &arguments.folder.path;
    let mnist: Vec<Found> = FILES.iter().map(|file| look(folder, file)).collect();
    let loaded = mnist::load(folder);
    let sets = Sets { folder: folder.display().to_string(), mnist, usable: loaded.is_ok() };
    if arguments.json {
        output::object(&sets)?;
    } else {
        print(&sets)?;
    }
    match loaded {
        Err(failure) if mnist::is_in(folder) => Err(failure),
        _ => Ok(()),
    }
}

fn look(folder: &Path, file: &Published) -> Found {
    let mut found = Found {
        name: file.name,
        path: None,
        bytes: None,
        sha256: None,
        items: None,
        published: false,
        flaw: None,
    };
    let Some(path) = mnist::find(folder, file.name) else { return found };
    found.path = Some(path.display().to_string());
    match mnist::read_and_hash(&path) {
        Err(flaw) => found.flaw = Some(flaw),
        Ok(contents) => {
            found.published = contents.sha256 == file.packed || contents.plain_sha256 == file.plain;
            found.bytes = Some(contents.length);
            match contents.check(file.name, &path) {
                Ok(items) => found.items = Some(items),
                Err(flaw) => found.flaw = Some(flaw),
            }
            found.sha256 = Some(contents.sha256);
        }
    }
    found
}

fn print(sets: &Sets) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    if sets.mnist.iter().all(|file| file.path.is_none()) {
        writeln!(out, "mnist      not in {}: `npm run data` fetches it", sets.folder)?;
    } else {
        let verdict = match (sets.usable, sets.mnist.iter().all(|file| file.published)) {
            (false, _) => "can't be used",
            (true, true) => "60,000 to learn from, 10,000 held out; as published",
            (true, false) => "can be read, but these are not the published digits",
        };
        writeln!(out, "mnist      {verdict}")?;
        for file in &sets.mnist {
            print_file(&mut out, file)?;
        }
    }
    let [train, test] = [GENERATED_TRAIN, GENERATED_TEST].map(count);
    writeln!(out, "generated  {train} to learn from, {test} held out; drawn by the program, always there")?;
    Ok(())
}

fn print_file(out: &mut impl Write, file: &Found) -> Result<(), Failure> {
    let Some(path) = &file.path else {
        writeln!(out, "  ✗ {} is missing", file.name)?;
        return Ok(());
    };
    let mark = if file.flaw.is_none() && file.published { '✓' } else { '✗' };
    writeln!(out, "  {mark} {path}")?;
    if let (Some(bytes), Some(sha256)) = (file.bytes, &file.sha256) {
        let items = file.items.map_or(String::new(), |items| format!("{} items, ", count(items as u64)));
        writeln!(out, "      {items}{} bytes, SHA-256 {sha256}", count(bytes))?;
    }
    if let Some(flaw) = &file.flaw {
        writeln!(out, "      {flaw}")?;
    } else if !file.published {
        writeln!(out, "      Not the published file: fingerprints will differ from everybody else's.")?;
    }
    Ok(())
}
