//! What the tests of rule text share: the files that every pack shares, and what is said of a text that is loaded with them.

use std::sync::LazyLock;

use ephor::diagnostic::Diagnostic;
use ephor::model::{self, Model, PackFile};
use ephor::pack::{self, Loaded, RuleText};
use ephor::scenario;
use ephor::syntax;
use ephor::text::{Source, SourceId, Texts};

/// The name of a text under test.
pub(crate) const NAME: &str = "text.ephor";

/// The files that every pack shares, read once, with their texts.
static SHARED: LazyLock<(Texts, Vec<PackFile>)> = LazyLock::new(|| {
    let mut texts = Texts::default();
    let files = pack::texts_of("").into_iter().map(|one| {
        let source = texts.add(Source::new(one.name, one.text.clone()));
        let (file, problems) = syntax::parse(&one.text, source);
        assert_eq!(problems, [], "the shared files are read without a word");
        PackFile { pack: String::new(), file }
    });
    let files = files.collect();
    (texts, files)
});

/// Loads a text with the shared files, as the program does.
pub(crate) fn load(text: &str) -> (Texts, Loaded) {
    let mut texts = Texts::default();
    let mut files = pack::texts_of("");
    files.push(RuleText { pack: "test".to_owned(), name: NAME.to_owned(), text: text.into() });
    let loaded = pack::load(&mut texts, &files);
    (texts, loaded)
}

/// The model of a text with the shared files, and all that is said, without reading those again.
pub(crate) fn quickly(text: &str) -> (Texts, Model, Vec<Diagnostic>) {
    let (mut texts, mut files) = SHARED.clone();
    let source = texts.add(Source::new(NAME, text));
    let (file, mut problems) = syntax::parse(text, source);
    files.push(PackFile { pack: "test".to_owned(), file });
    let built = model::build(&files);
    let (model, mut more) = (built.model, built.problems);
    more.extend(built.stories);
    problems.extend(more);
    (texts, model, ephor::diagnostic::in_order(problems))
}

/// What is said of the text itself, or is an error elsewhere. That shared definitions are not used by a small text is no fault of it.
pub(crate) fn own(texts: &Texts, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let own = |source: SourceId| texts.get(source).is_some_and(|source| source.name == NAME);
    problems.into_iter().filter(|one| one.is_error() || one.place().is_none_or(|place| own(place.source))).collect()
}

/// Runs the stories that a text tells.
pub(crate) fn stories(model: &Model) -> Vec<Diagnostic> {
    model.scenarios.iter().flat_map(|one| scenario::run(model, one).problems).collect()
}
