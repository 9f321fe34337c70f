//! Files of rule text → model: all files side by side, then all of them together. Knows nothing of what is inside the program, so that the
//! program can be built with what this makes of it (`build.rs`). The only module that names sha2.

use sha2::{Digest, Sha256};

use crate::diagnostic::followers::taken_out;
use crate::diagnostic::{Diagnostic, causes_first};
use crate::model::{self, Model, PackFile};
use crate::text::{Place, Source, SourceId, Texts, Words};
use crate::{parallel, syntax};

/// How the names of texts inside the program begin.
pub const SCHEME: &str = "builtin:";

/// One file of rule text, not yet read.
#[derive(Clone, Debug)]
pub struct RuleText {
    /// Its pack; empty for what every pack shares.
    pub pack: String,
    /// Its name as shown.
    pub name: String,
    /// Its text.
    pub text: Words,
}

/// A pack as it was loaded.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PackInfo {
    /// `coc`
    pub id: String,
    /// SHA-256 over the names and texts of its files, in hexadecimal.
    pub sha256: String,
}

/// Rule text, read and resolved.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The model of all rules without an error.
    pub model: Model,
    /// All that is wrong with declarations and rules.
    pub problems: Vec<Diagnostic>,
    /// All that is wrong with scenarios; the rules can be used all the same.
    pub stories: Vec<Diagnostic>,
    /// The packs, in the order asked for.
    pub packs: Vec<PackInfo>,
}

/// Reads and resolves rule texts together, with their stories.
pub fn load(texts: &mut Texts, files: &[RuleText]) -> Loaded {
    load_with(texts, files, |_, text, source| syntax::parse(text, source), model::build)
}

/// Reads and resolves rule texts together, for those who use them and do not write them: without warnings, and without the stories of texts
/// inside the program, which their tests have read.
pub fn load_law(texts: &mut Texts, files: &[RuleText]) -> Loaded {
    load_with(texts, files, parse_law, model::build_without_warnings)
}

/// The same of texts that stand behind others which are loaded, without a mistake, and among `texts`. `None` where all must be read together:
/// where the others could come to mean something else, and where anything is wrong. Definitions of both come to stand in another order than where
/// all are read together, which nothing shows.
pub fn load_onto(texts: &mut Texts, base: Loaded, all: &[RuleText], behind: &[RuleText]) -> Option<Loaded> {
    let (trees, problems) = read(texts, behind, parse_law);
    let built = model::build_onto(base.model, &trees)?;
    let clean = problems.is_empty() && built.problems.is_empty() && built.stories.is_empty();
    clean.then(|| Loaded { model: built.model, packs: infos(all, base.packs, behind), ..Loaded::default() })
}

fn parse_law(name: &str, text: &str, source: SourceId) -> Read {
    if name.starts_with(SCHEME) { syntax::parse_law(text, source) } else { syntax::parse(text, source) }
}

/// What is read of one text: its tree, and what is wrong with it.
type Read = (syntax::ast::File, Vec<Diagnostic>);

fn load_with(
    texts: &mut Texts,
    files: &[RuleText],
    parse: impl Fn(&str, &str, SourceId) -> Read + Sync + Send,
    build: impl Fn(&[PackFile]) -> model::Built,
) -> Loaded {
    let (trees, mut problems) = read(texts, files, parse);
    let built = build(&trees);
    problems.extend(built.problems);
    let unread: Vec<Place> = trees.iter().flat_map(|one| one.file.unread.iter().copied()).collect();
    let read: Vec<Place> = trees.iter().flat_map(|one| one.file.read.iter().copied()).collect();
    let told = |all| causes_first(taken_out(all, texts, &unread, &read));
    Loaded { model: built.model, problems: told(problems), stories: told(built.stories), packs: infos(files, Vec::new(), files) }
}

/// The trees of texts, side by side, and what is wrong with their form.
fn read(
    texts: &mut Texts,
    files: &[RuleText],
    parse: impl Fn(&str, &str, SourceId) -> Read + Sync + Send,
) -> (Vec<PackFile>, Vec<Diagnostic>) {
    let named: Vec<(SourceId, &RuleText)> = files.iter().map(|file| (texts.add(file.source()), file)).collect();
    let (mut trees, mut problems) = (Vec::new(), Vec::new());
    for ((tree, wrong), file) in parallel::map(&named, |(source, file)| parse(&file.name, &file.text, *source)).into_iter().zip(files) {
        problems.extend(wrong);
        trees.push(PackFile { pack: file.pack.clone(), file: tree });
    }
    (trees, problems)
}

impl RuleText {
    /// The text with its name, to be pointed into.
    pub fn source(&self) -> Source {
        Source::new(self.name.clone(), self.text.clone())
    }
}

/// The packs of files in their order; what is known of one holds unless there is more of it.
fn infos(files: &[RuleText], mut known: Vec<PackInfo>, more: &[RuleText]) -> Vec<PackInfo> {
    known.retain(|one| more.iter().all(|file| file.pack != one.id && !file.pack.is_empty()));
    let mut infos: Vec<PackInfo> = Vec::new();
    for file in files.iter().filter(|file| !file.pack.is_empty()) {
        if infos.iter().all(|one| one.id != file.pack) {
            let same = known.iter().find(|one| one.id == file.pack).cloned();
            infos.push(same.unwrap_or_else(|| PackInfo { id: file.pack.clone(), sha256: digest(files, &file.pack) }));
        }
    }
    infos
}

/// SHA-256 over the names and texts of a pack's files and of those that every pack shares.
fn digest(files: &[RuleText], pack: &str) -> String {
    let mut hasher = Sha256::new();
    for file in files.iter().filter(|file| file.pack == pack || file.pack.is_empty()) {
        hasher.update(file.name.rsplit(['/', ':']).next().unwrap_or("").as_bytes());
        hasher.update([0]);
        hasher.update(file.text.as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize())
}

/// SHA-256 of bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
