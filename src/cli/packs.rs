//! Which rule texts are meant by `--pack` and by the paths of `test` and `lint`.

use std::path::{Path, PathBuf};

use super::files;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{self, Loaded, RuleText};
use crate::text::Texts;

/// The file that makes a folder a root.
const VOCABULARY: &str = "vocabulary.ephor";

/// Loads packs by name or path, with what every pack shares. All that is wrong is in the result.
pub(super) fn load(names: &[String], texts: &mut Texts) -> Loaded {
    load_by(names, texts, pack::load_law)
}

/// The same with all stories, for those who test or explain them.
pub(super) fn load_with_stories(names: &[String], texts: &mut Texts) -> Loaded {
    load_by(names, texts, pack::load)
}

fn load_by(names: &[String], texts: &mut Texts, load: impl Fn(&mut Texts, &[RuleText]) -> Loaded) -> Loaded {
    let mut problems = Vec::new();
    let (mut shared, mut own) = (None, Vec::new());
    for name in names {
        if pack::built_in().contains(&name.as_str()) {
            own.extend(pack::texts_of(name));
        } else {
            from_path(Path::new(name), &mut shared, &mut own, &mut problems);
        }
    }
    let mut all = shared.unwrap_or_else(|| pack::texts_of(""));
    all.extend(own);
    let mut loaded = load(texts, &all);
    problems.append(&mut loaded.problems);
    loaded.problems = problems;
    loaded
}

/// Every pack inside the program.
pub(super) fn every() -> Vec<String> {
    pack::built_in().into_iter().map(str::to_owned).collect()
}

/// Every pack inside the program and those asked for besides; those asked for alone where one of them is a root with a vocabulary of its own.
pub(super) fn with_every(asked: &[String]) -> Vec<String> {
    let root = asked.iter().any(|name| Path::new(name).join(VOCABULARY).is_file());
    if root { asked.to_vec() } else { every().into_iter().chain(asked.iter().cloned()).collect() }
}

/// The ids of all rules inside the program, read where they are asked for.
pub(super) fn every_rule() -> &'static [String] {
    static IDS: std::sync::LazyLock<Vec<String>> =
        std::sync::LazyLock::new(|| load(&every(), &mut Texts::default()).model.rules.into_iter().map(|rule| rule.id).collect());
    &IDS
}

/// The default pack where none is named.
pub(super) fn or_default(names: &[String]) -> Vec<String> {
    if names.is_empty() {
        return vec![pack::DEFAULT.to_owned()];
    }
    // The order in which packs are named means nothing.
    let mut names = names.to_vec();
    names.sort();
    names.dedup();
    names
}

/// A file, a folder of files, or a whole root with a vocabulary of its own and packs as folders.
fn from_path(path: &Path, shared: &mut Option<Vec<RuleText>>, own: &mut Vec<RuleText>, problems: &mut Vec<Diagnostic>) {
    if !path.exists() {
        let name = path.display().to_string();
        let help = did_you_mean(&name, pack::built_in());
        problems.push(Diagnostic::nowhere(Code::E601, format!("there is no pack `{name}`, and no file or folder of that name")).help(help));
        return;
    }
    let (files, wrong) = files::expand(&[path.to_path_buf()], &["ephor"]);
    problems.extend(wrong);
    let root = path.join(VOCABULARY).is_file();
    for file in files {
        let pack = if root { pack_below(path, &file) } else { pack_of(path, &file) };
        match files::read(&file, "-").map(|input| (input.name, String::from_utf8(input.bytes))) {
            Ok((name, Ok(text))) => {
                let text = RuleText { pack: pack.clone(), name, text: text.into() };
                if root && pack.is_empty() { shared.get_or_insert_default().push(text) } else { own.push(text) }
            }
            Ok((name, Err(_))) => problems.push(Diagnostic::nowhere(Code::E305, format!("`{name}` is not UTF-8")).help("save it as UTF-8")),
            Err(problem) => problems.push(problem),
        }
    }
}

/// Below a root: the name of the folder, or nothing for what is shared.
fn pack_below(root: &Path, file: &Path) -> String {
    let inner: PathBuf = file.strip_prefix(root).map(Path::to_path_buf).unwrap_or_default();
    let mut parts = inner.components();
    let first = parts.next().map(|part| part.as_os_str().to_string_lossy().into_owned()).unwrap_or_default();
    if parts.next().is_some() { first } else { String::new() }
}

/// Otherwise: the name of the folder that was named, or the file's without its ending.
fn pack_of(path: &Path, file: &Path) -> String {
    let named = if path.is_dir() {
        path.canonicalize().ok().and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()))
    } else {
        None
    };
    named.or_else(|| file.file_stem().map(|name| name.to_string_lossy().into_owned())).unwrap_or_default()
}
