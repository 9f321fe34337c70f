//! `ephor init`: a skeleton that passes at once.

use super::args::{Init, Skeleton};
use super::screen::Screen;
use super::{Exit, check, files};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Texts;

pub(super) fn run(options: &Init, screen: &mut Screen) -> Exit {
    let Skeleton::State = options.what;
    let mut problems = Vec::new();
    check::date(&options.as_of, &mut problems);
    if options.file.exists() && options.file.as_os_str() != "-" {
        let message = format!("`{}` is there already", options.file.display());
        problems.push(Diagnostic::nowhere(Code::E604, message).help("name another file; nothing is written over"));
    }
    if options.file.extension().is_some_and(|end| end == "json" || end == "jsonl") {
        let message = format!("`{}` promises JSON, and the skeleton is YAML", options.file.display());
        problems.push(Diagnostic::nowhere(Code::E603, message).help("name a file that ends in .yaml"));
    }
    let text = skeleton(options);
    if problems.is_empty() && options.file.as_os_str() == "-" {
        screen.out(&text);
        return Exit::Good;
    }
    if problems.is_empty() {
        problems.extend(files::write(&options.file, &text).err());
    }
    screen.problems(&problems, &Texts::default());
    if !problems.is_empty() {
        return Exit::Fault;
    }
    let file = options.file.display();
    screen.out(&format!(
        "`{file}` can be read, and says nothing of the law yet. Fill it in; then\n  \
         ephor validate {file}   says whether it can be read\n  \
         ephor check {file}      gives verdicts, and exits with 1 as long as nothing is decided\n"
    ));
    Exit::Good
}

fn skeleton(options: &Init) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    format!(
        "# A description of one State's law. What can be said is listed by `ephor list facts`;\n\
         # how it is said stands in docs/DESCRIPTIONS.md. What is not said is unknown, and never a pass.\n\
         format: ephor.description\n\
         format-version: \"1.0\"\n\
         as-of: {}\n\
         \n\
         state:\n\
         \x20 iso: {}\n\
         \x20 name: {}\n\
         \x20 # armed-forces: standing        # or none, ceremonial\n\
         \n\
         instruments: []\n\
         # - {{id: constitution, title: Constitution, kind: constitution, in-force: 1995-01-01, publicity: public}}\n\
         provisions: []\n\
         # - {{id: constitution-10, instrument: constitution, locator: art. 10}}\n\
         bodies: []\n\
         # - {{id: minister, name: Minister of Defence, kind: minister, evidence: [constitution-10]}}\n\
         forces: []\n\
         # - {{id: army, name: Army, categories: [armed], parent: minister, founded-by: [constitution-10]}}\n\
         controls: []\n\
         # - {{holder: minister, over: [army], kind: command, evidence: [constitution-10]}}\n\
         norms: []\n\
         missions: []\n",
        options.as_of,
        quoted(&options.iso),
        quoted(&options.name)
    )
}
