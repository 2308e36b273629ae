//! Where a file is written: behind all links, and so that what is there stays whole until the new one is.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::failure::Failure;

/// More links in a row than this lead nowhere, as for the system.
const LINKS: usize = 40;

/// Writes a file; one that is there stays whole until the new one is.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = behind_links(path).and_then(|file| {
        let partial = partial(&file);
        fs::write(&partial, bytes).and_then(|()| fs::rename(&partial, file))
    });
    written.map_err(|error| cannot(path, &error))
}

/// Finds out before hours of learning whether the file can be written.
pub fn check(path: &Path) -> Result<(), Failure> {
    let what = match fs::metadata(path) {
        Ok(found) if found.is_dir() => "a folder",
        Ok(found) if !found.is_file() => "no file",
        _ => {
            let tried = behind_links(path).and_then(|file| {
                let partial = partial(&file);
                fs::write(&partial, []).and_then(|()| fs::remove_file(&partial))
            });
            return tried.map_err(|error| cannot(path, &error));
        }
    };
    Err(Failure::Usage(format!("{} is {what}. Say --save with a file's name.", path.display())))
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    Failure::Failed(format!(
        "{} can't be written: {error}. Say --save with a place that can.",
        path.display()
    ))
}

/// The file that a path leads to, there or not.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..LINKS {
        match fs::read_link(&path) {
            Ok(to) => path = path.parent().unwrap_or(Path::new("")).join(to),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("its links lead in a circle"))
}

fn partial(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".partial-{}", std::process::id()));
    name.into()
}
