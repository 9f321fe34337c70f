//! Files: which are meant by a path, their bytes, and writing them whole or not at all.

use std::fs;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};

/// Endings of descriptions.
const DESCRIPTIONS: &[&str] = &["yaml", "yml", "json", "jsonl"];
/// Endings of rule text.
const RULES: &[&str] = &["ephor"];
/// Offsets in a text are 32 bits wide.
const MOST_BYTES: u64 = u32::MAX as u64;

/// A file that was asked for.
pub(super) struct Input {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The files that paths mean, sorted and each once, and what is wrong with the paths.
pub(super) fn expand(paths: &[PathBuf], endings: &[&str]) -> (Vec<PathBuf>, Vec<Diagnostic>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" || path.is_file() {
            found.push(path.clone());
        } else if path.is_dir() {
            let before = found.len() + problems.len();
            found.extend(walk(path, &mut problems).filter(|path| ends(path, endings)));
            if found.len() + problems.len() == before {
                let message = format!("the folder `{}` has no file that ends in {}", path.display(), endings.join(", "));
                problems.push(Diagnostic::nowhere(Code::E602, message).help("name another folder, or a file"));
            }
        } else {
            glob(path, &mut found, &mut problems);
        }
    }
    // The order in which paths are named means nothing.
    found.sort();
    found.dedup();
    (found, problems)
}

/// The descriptions that paths mean.
pub(super) fn descriptions(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Diagnostic>) {
    let (rules, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|path| path.is_file() && ends(path, RULES));
    let (found, mut problems) = expand(&paths, DESCRIPTIONS);
    problems.extend(rules.iter().map(|path| {
        let message = format!("`{}` is rule text and describes no State", path.display());
        Diagnostic::nowhere(Code::E603, message).help(format!("to judge by it, write `--pack {}` and name a description", path.display()))
    }));
    (found, problems)
}

fn ends(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|end| endings.iter().any(|known| end == *known))
}

/// The files below a folder, in order. A link that leads nowhere is among them, so that reading it says so; a folder that cannot be read is a
/// problem, for what stands in it would go unseen.
fn walk(root: &Path, problems: &mut Vec<Diagnostic>) -> impl Iterator<Item = PathBuf> {
    let walk = ignore::WalkBuilder::new(root).sort_by_file_path(|one, other| one.cmp(other)).require_git(false).build();
    let mut files = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) => files.extend(Some(entry.into_path()).filter(|path| !path.is_dir())),
            Err(error) => {
                let why = error.io_error().map_or_else(|| error.to_string(), plain);
                let place = place(&error).unwrap_or(root).display();
                let message = format!("the folder `{place}` cannot be read: {why}");
                problems.push(Diagnostic::nowhere(Code::E601, message).help("check that it may be read, or name the files themselves"));
            }
        }
    }
    files.into_iter()
}

/// Where walking through folders failed.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}

/// A path that is no file and no folder: a pattern, or a mistake.
fn glob(path: &Path, found: &mut Vec<PathBuf>, problems: &mut Vec<Diagnostic>) {
    let text = path.to_string_lossy();
    if !text.contains(['*', '?', '[', '{']) {
        let near = near(path).map_or_else(|| "check the path".to_owned(), |near| format!("did you mean `{near}`?"));
        return problems.push(Diagnostic::nowhere(Code::E601, format!("there is no file or folder `{text}`")).help(near));
    }
    let matcher = match globset::GlobBuilder::new(&text).literal_separator(true).build() {
        Ok(glob) => glob.compile_matcher(),
        Err(error) => {
            return problems.push(
                Diagnostic::nowhere(Code::E603, format!("the pattern `{text}` cannot be read: {}", error.kind()))
                    .help("put a literal bracket into brackets"),
            );
        }
    };
    let root: PathBuf = path.components().take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{'])).collect();
    let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
    let before = found.len() + problems.len();
    // A pattern below a folder that is not there matches nothing.
    let files = root.exists().then(|| walk(&root, problems));
    for file in files.into_iter().flatten() {
        let bare = file.strip_prefix("./").unwrap_or(&file);
        if matcher.is_match(bare) {
            found.push(bare.to_path_buf());
        }
    }
    if found.len() + problems.len() == before {
        let message = format!("the pattern `{text}` matches no file");
        problems.push(Diagnostic::nowhere(Code::E602, message).help("check the pattern; quote it so that the shell leaves it alone"));
    }
}

/// A file in the same folder with a name that is near.
fn near(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> =
        fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let near = crate::diagnostic::suggest::nearest(&path.file_name()?.to_string_lossy(), names.iter().map(String::as_str))?.to_owned();
    Some(folder.join(near).display().to_string().trim_start_matches("./").to_owned())
}

/// What a path is called: standard input may have a name of its own.
pub(super) fn shown(path: &Path, stdin_name: &str) -> String {
    if path.as_os_str() == "-" { stdin_name.to_owned() } else { path.display().to_string() }
}

/// A file, or standard input, to be read line by line.
pub(super) fn open(path: &Path, stdin_name: &str) -> Result<Box<dyn BufRead + Send>, Diagnostic> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::BufReader::new(io::stdin())));
    }
    match fs::File::open(path) {
        Ok(file) => Ok(Box::new(io::BufReader::with_capacity(1 << 16, file))),
        Err(error) => Err(Diagnostic::nowhere(Code::E601, format!("`{}` cannot be read: {}", shown(path, stdin_name), plain(&error)))
            .help("check that the file is there and may be read")),
    }
}

/// The next line without its end. Of one that is longer than `most` the rest is passed over, and one byte more than `most` is given.
pub(super) fn line(reader: &mut (dyn BufRead + Send), most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    if (&mut *reader).take(most as u64 + 1).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() > most {
        reader.skip_until(b'\n')?;
    }
    Ok(Some(bytes))
}

/// The bytes of a file, or of standard input for `-`.
pub(super) fn read(path: &Path, stdin_name: &str) -> Result<Input, Diagnostic> {
    let name = shown(path, stdin_name);
    let fault = |error: &io::Error| {
        Diagnostic::nowhere(Code::E601, format!("`{name}` cannot be read: {}", plain(error)))
            .help("check that the file is there and may be read")
    };
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    } else {
        let file = fs::File::open(path).map_err(|error| fault(&error))?;
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Diagnostic::nowhere(Code::E303, format!("`{name}` is larger than 4 GiB")).help("divide it into several files"));
    }
    Ok(Input { name, bytes })
}

/// An error of the system in words.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "reading it is not permitted".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// Outputs that are also read by the same run, as a description or as rule text, or that are named twice: each would be lost.
pub(super) fn overwritten<'a>(outputs: impl Iterator<Item = &'a PathBuf>, paths: &[PathBuf], packs: &[String]) -> Vec<Diagnostic> {
    let known: Vec<(PathBuf, &PathBuf)> = outputs.map(|path| (real(path), path)).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let packs: Vec<PathBuf> = packs.iter().map(PathBuf::from).filter(|path| path.exists()).collect();
    let read = expand(paths, DESCRIPTIONS).0.into_iter().chain(expand(&packs, &["ephor"]).0);
    let read: std::collections::HashSet<PathBuf> = read.filter(|path| path.is_file()).map(|path| real(&path)).collect();
    let mut seen = std::collections::HashSet::new();
    let mut problems = Vec::new();
    for (file, path) in &known {
        let again = (file.is_file() || !file.exists()) && !seen.insert(file);
        let why = if read.contains(file) { "this run reads it" } else { "it is named twice" };
        if read.contains(file) || again {
            let message = format!("`{}` is not written over: {why}", path.display());
            problems.push(Diagnostic::nowhere(Code::E604, message).help("name another file after `-o FORMAT:`"));
        }
    }
    problems
}

/// The file that a path leads to, through links.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Writes a file whole or not at all: beside it first, then in its place. A link is followed; a pipe or a device is written into, never replaced.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let fault = |error: &io::Error| {
        Diagnostic::nowhere(Code::E604, format!("`{}` cannot be written: {error}", path.display()))
            .help("check that the folder is there and may be written to")
    };
    let path = &real(path);
    if path.exists() && !path.is_file() {
        let written = fs::File::options().write(true).open(path).and_then(|mut place| place.write_all(text.as_bytes()));
        return written.map_err(|error| fault(&error));
    }
    let beside = path.with_file_name(format!(
        ".{}.{}.part",
        path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default(),
        std::process::id()
    ));
    let result = fs::File::create(&beside)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path));
    result.map_err(|error| {
        let _ = fs::remove_file(&beside);
        fault(&error)
    })
}
