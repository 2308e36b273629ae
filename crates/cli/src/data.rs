//! The data sets: opened for a run, and listed by `brainbow data`.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use brainbow::Dataset;
use brainbow::dataset::cifar::Part;
use brainbow::dataset::function::FunctionSpec;
use brainbow::dataset::toys::{Toy, ToySpec};
use brainbow::dataset::{DataSpec, GENERATED_TEST, GENERATED_TRAIN};
use serde::Serialize;

use crate::arguments;
use crate::failure::Failure;
use crate::numbers::count;
use crate::sets::{self, ImageSet, Published, SETS};
use crate::{experiment, files, output, tables};

/// The data that an experiment names. Generated digits are drawn at once, so that no epoch's time has it in it.
pub fn open(spec: &DataSpec, folder: &Path) -> Result<Arc<Dataset>, Failure> {
    let data = match spec {
        DataSpec::Mnist => sets::MNIST.load(folder)?,
        DataSpec::Fashion => sets::FASHION.load(folder)?,
        DataSpec::Cifar10 => sets::CIFAR10.load(folder)?,
        DataSpec::Generated { seed } => {
            let data = Dataset::generated(*seed, GENERATED_TRAIN, GENERATED_TEST);
            (0..data.test().end).for_each(|id| {
                data.pixels(id);
            });
            data
        }
        DataSpec::Toy(toy) => Dataset::toy(*toy),
        DataSpec::Function(function) => {
            Dataset::function(function).map_err(|error| Failure::Usage(experiment::sentence(&error)))?
        }
        DataSpec::Table(rows) => {
            let table = match rows.own_table() {
                Some(table) => table.map_err(|error| Failure::Usage(experiment::sentence(&error.into())))?,
                None => tables::open(&rows.table, folder)?,
            };
            Dataset::rows(rows, &table).map_err(|error| Failure::Usage(experiment::sentence(&error)))?
        }
    };
    Ok(Arc::new(data))
}

/// What a data set is called.
pub fn title(spec: &DataSpec) -> &'static str {
    match spec {
        DataSpec::Mnist => "MNIST digits",
        DataSpec::Fashion => "Fashion-MNIST images",
        DataSpec::Cifar10 => "CIFAR-10 photographs",
        DataSpec::Generated { .. } => "generated digits",
        DataSpec::Toy(_) => "points in two dimensions",
        DataSpec::Function(_) => "points of a function",
        DataSpec::Table(_) => "rows of a table",
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

/// What was found of a set.
#[derive(Serialize)]
struct Looked {
    files: Vec<Found>,
    /// Whether it can be learned on.
    usable: bool,
    #[serde(skip)]
    verdict: String,
}

/// `brainbow data`.
pub fn list(arguments: &arguments::Data) -> Result<(), Failure> {
    let folder = &arguments.folder.path;
    if !folder.is_dir() && (folder.exists() || folder != Path::new(arguments::FOLDER)) {
        let path = folder.display();
        return Err(Failure::Usage(format!(
            "{path} is no folder. Say --data with the one that has the data sets."
        )));
    }
    let mut answer = serde_json::Map::new();
    answer.insert("folder".into(), folder.display().to_string().into());
    let mut failed = Ok(());
    for set in SETS {
        let files: Vec<Found> = set.files.iter().map(|file| look(set, folder, file)).collect();
        let loaded = set.load(folder);
        let looked = Looked { usable: loaded.is_ok(), verdict: verdict(set, folder, &files, &loaded), files };
        if arguments.json {
            answer.insert(set.name.into(), serde_json::json!(looked));
        } else {
            print(set, &looked)?;
        }
        if let (Err(failure), true) = (loaded, set.is_in(folder)) {
            failed = failed.and(Err(failure));
        }
    }
    if !arguments.json {
        let [train, test] = [GENERATED_TRAIN, GENERATED_TEST].map(count);
        let kept = "drawn by the program, always there";
        writeln!(std::io::stdout(), "generated  {train} to learn from, {test} held out; {kept}")?;
        let (points, names) =
            (count(u64::from(ToySpec::usual(Toy::Moons).points)), Toy::NAMED.map(|(name, _)| name));
        let kept = format!("points in the plane, {points} to learn from unless `points` says otherwise");
        writeln!(std::io::stdout(), "{}  {kept}", names.join(", "))?;
        let points = count(u64::from(FunctionSpec::usual().points));
        let kept = format!("points of a formula `f`, {points} to learn from unless `points` says otherwise");
        writeln!(std::io::stdout(), "function  {kept}")?;
    }
    for known in tables::KNOWN {
        let (looked, whether) = known.look(folder);
        if arguments.json {
            answer.insert(known.name.into(), serde_json::json!(looked));
        } else {
            writeln!(std::io::stdout(), "{:<9}  {looked}", known.name)?;
        }
        failed = failed.and(whether);
    }
    if arguments.json {
        output::object(&answer)?;
    }
    failed
}

fn verdict(set: &ImageSet, folder: &Path, files: &[Found], loaded: &Result<Dataset, Failure>) -> String {
    let Ok(data) = loaded else {
        let is_there = files.iter().any(|file| file.path.is_some());
        return if is_there {
            "can't be used".into()
        } else {
            format!("not in {}: `npm run data -- {}` fetches it", folder.display(), set.folder)
        };
    };
    let [train, test] = [data.train(), data.test()].map(|ids| count(ids.len() as u64));
    let held_out = match data.held_out_batch() {
        Some(part @ Part::Train(_)) => format!(" ({part}, since {} is not there)", Part::Test),
        Some(Part::Test) | None => String::new(),
    };
    let published = files.iter().all(|file| file.path.is_none() || file.published);
    let origin = if published { "as published" } else { "but these are not the published files" };
    format!("{train} to learn from, {test} held out{held_out}; {origin}")
}

fn look(set: &ImageSet, folder: &Path, file: &Published) -> Found {
    let mut found = Found {
        name: file.name,
        path: None,
        bytes: None,
        sha256: None,
        items: None,
        published: false,
        flaw: None,
    };
    let Some(path) = set.find(folder, file.name) else { return found };
    found.path = Some(path.display().to_string());
    match files::read_and_hash(&path) {
        Err(flaw) => found.flaw = Some(flaw),
        Ok(contents) => {
            found.published =
                file.packed == Some(contents.sha256.as_str()) || contents.plain_sha256 == file.plain;
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

fn print(set: &ImageSet, looked: &Looked) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:<9}  {}", set.name, looked.verdict)?;
    if looked.files.iter().all(|file| file.path.is_none()) {
        return Ok(());
    }
    for file in looked.files.iter().filter(|file| file.path.is_some() || !set.is_divisible()) {
        print_file(&mut out, file)?;
    }
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
