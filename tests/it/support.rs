//! What tests share: running the program, goldens that are accepted with `EPHOR_BLESS=1`, and the built-in packs.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use ephor::pack::{self, Loaded};
use ephor::text::Texts;

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program, run in the root of the project, without colour and 80 columns wide.
pub(crate) fn ephor(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

/// The program before it is run.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ephor"));
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS", "LC_ALL", "LC_CTYPE", "TERM"] {
        command.env_remove(name);
    }
    command.env("LANG", "C.UTF-8");
    command
}

/// Runs the program in a folder of its own that holds these files; gives its exit code and what it printed.
pub(crate) fn typed(files: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String) {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("ephor-typed-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let output = command(arguments).current_dir(&folder).output().unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    (output.status.code(), transcript(&output))
}

/// What a run printed, both streams, and its exit code.
pub(crate) fn transcript(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stderr), text(&output.stdout))
}

/// Compares with a golden file. `EPHOR_BLESS=1` accepts what is there; it is then read in review.
pub(crate) fn golden(path: &str, actual: &str) {
    let path = root().join(path);
    if std::env::var_os("EPHOR_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let first = expected.lines().zip(actual.lines()).position(|(one, other)| one != other);
    let at = first.unwrap_or(expected.lines().count().min(actual.lines().count()));
    assert!(
        expected == actual,
        "{} differs at line {}:\n  expected: {}\n  actual:   {}\n(EPHOR_BLESS=1 accepts what is there)",
        path.display(),
        at + 1,
        expected.lines().nth(at).unwrap_or("(the end)"),
        actual.lines().nth(at).unwrap_or("(the end)")
    );
}

/// An empty folder of the tests' own.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Every pack inside the program.
pub(crate) static BUILT_IN: LazyLock<(Texts, Loaded)> = LazyLock::new(|| {
    let mut texts = Texts::default();
    let mut files = pack::texts_of("");
    files.extend(pack::built_in().into_iter().flat_map(pack::texts_of));
    let loaded = pack::load(&mut texts, &files);
    (texts, loaded)
});

/// Files below a folder with this ending, sorted.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
