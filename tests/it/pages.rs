//! The page of each diagnostic code is true: its failing example raises that code and nothing else, its mended example raises nothing.
//!
//! A fenced block is executed by its language: `ephor` is loaded with the files that every pack shares and its stories are run, `yaml` and
//! `json` are read as descriptions, `bytes` too (`\xE9` stands for that byte), `console` is typed into a shell in an empty folder and must print what stands there. A block with a
//! second word is not executed but written to a file of that name, for a `console` block below it.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use ephor::diagnostic::{Code, Diagnostic};
use ephor::facts::{self, Form};
use ephor::text::{SourceId, Texts};
use ephor::{pack, review};

use crate::rule_support::{load, own, stories};

const SECTIONS: [&str; 5] = ["What", "Failing example", "Why", "Mended example", "See also"];
/// What a page says where no example can be written down.
const NO_EXAMPLE: &str = "No example can be given";

/// A page, taken apart.
struct Page {
    title: String,
    sections: Vec<(String, String)>,
}

/// A fenced block.
struct Block {
    language: String,
    file: Option<String>,
    text: String,
}

impl Page {
    fn of(code: Code) -> Page {
        let mut page = Page { title: String::new(), sections: Vec::new() };
        let mut fenced = false;
        for line in code.page().lines() {
            fenced ^= line.starts_with("```");
            match (fenced, line.strip_prefix("# "), line.strip_prefix("## "), page.sections.last_mut()) {
                (false, Some(title), _, _) => page.title = title.to_owned(),
                (false, _, Some(section), _) => page.sections.push((section.to_owned(), String::new())),
                (_, _, _, Some((_, text))) => {
                    text.push_str(line);
                    text.push('\n');
                }
                _ => assert!(line.is_empty(), "{}: a line before the first section: {line}", code.number()),
            }
        }
        page
    }

    fn section(&self, name: &str) -> &str {
        self.sections.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }
}

fn blocks(section: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in section.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(info), false) => {
                let (language, file) = info.split_once(' ').map_or((info, None), |(language, file)| (language, Some(file.to_owned())));
                blocks.push(Block { language: language.to_owned(), file, text: String::new() });
                open = true;
            }
            (Some(_), true) => open = false,
            (None, true) => {
                if let Some(block) = blocks.last_mut() {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
            }
            (None, false) => {}
        }
    }
    assert!(!open, "a fence is not closed:\n{section}");
    blocks
}

/// The codes that an example raises.
fn raised(code: Code, section: &str) -> BTreeSet<String> {
    let folder = tempfile(code);
    let mut all = BTreeSet::new();
    for block in blocks(section) {
        match (&block.file, block.language.as_str()) {
            (Some(file), _) => std::fs::write(folder.join(file), &block.text).unwrap(),
            (None, "ephor") => all.extend(of_rules(&block.text)),
            (None, "yaml") => all.extend(of_description(&block.text, Form::Yaml)),
            (None, "json") => all.extend(of_description(&block.text, Form::Json)),
            (None, "console") => all.extend(of_console(code, &block.text, &folder)),
            (None, "bytes") => all.extend(of_bytes(&block.text)),
            (None, other) => panic!("{}: `{other}` is no language of an example", code.number()),
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    all
}

fn numbers(problems: &[Diagnostic]) -> BTreeSet<String> {
    problems.iter().map(|one| one.code.number().to_owned()).collect()
}

fn of_rules(text: &str) -> BTreeSet<String> {
    let (texts, loaded) = load(text);
    let mut problems = own(&texts, loaded.problems.into_iter().chain(loaded.stories).collect());
    if problems.iter().all(|one| !one.is_error()) {
        problems.extend(stories(&loaded.model));
    }
    numbers(&problems)
}

fn of_description(text: &str, form: Form) -> BTreeSet<String> {
    let model = pack::load(&mut Texts::default(), &pack::texts_of("")).model;
    let (facts, mut problems) = facts::read(text, SourceId(0), form, &model.vocabulary);
    problems.extend(facts.iter().flat_map(|facts| review::undated(&model, facts)));
    numbers(&problems)
}

/// A description in YAML in which `\xE9` stands for that byte.
fn of_bytes(text: &str) -> BTreeSet<String> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (number, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(number, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    match facts::utf8(&bytes, SourceId(0)) {
        Ok(text) => of_description(text, Form::Yaml),
        Err(problem) => numbers(&[problem]),
    }
}

/// Runs each `$ …` of a console, holds its output against what is written, and gives the codes in it. With `EPHOR_BLESS=1` the page is
/// written anew from what was printed.
fn of_console(code: Code, text: &str, folder: &Path) -> BTreeSet<String> {
    let mut shown = String::new();
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            shown.push_str(&format!("{line}\n{}", run(command, folder)));
        }
    }
    if std::env::var_os("EPHOR_BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/codes/{}.md", code.number()));
        let page = std::fs::read_to_string(&path).unwrap().replace(text, &shown);
        std::fs::write(path, page).unwrap();
    } else {
        assert_eq!(shown, text, "the console on the page of {} is what the program prints", code.number());
    }
    let known = |number: &&str| Code::ALL.iter().any(|code| code.number() == *number);
    shown.split(|c: char| !c.is_ascii_alphanumeric()).filter(known).map(str::to_owned).collect()
}

/// What `ephor …` prints, both streams together as on a terminal.
fn run(command: &str, folder: &Path) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    assert_eq!(words.first(), Some(&"ephor"), "{command}");
    let (mut reader, writer) = std::io::pipe().unwrap();
    let mut ephor = Command::new(env!("CARGO_BIN_EXE_ephor"));
    ephor.args(words.iter().skip(1)).current_dir(folder).env_clear().stdin(std::process::Stdio::null());
    let mut child = ephor.stdout(writer.try_clone().unwrap()).stderr(writer).spawn().unwrap();
    drop(ephor);
    let mut out = String::new();
    reader.read_to_string(&mut out).unwrap();
    child.wait().unwrap();
    out
}

/// An empty folder of this test alone.
fn tempfile(code: Code) -> std::path::PathBuf {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("ephor-page-{}-{}-{number}", code.number(), std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn every_page_has_the_five_sections() {
    for code in Code::ALL.iter().copied() {
        let page = Page::of(code);
        assert_eq!(page.title, format!("{} {}", code.number(), code.name()));
        let names: Vec<&str> = page.sections.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, SECTIONS, "{}", code.number());
        for (name, text) in &page.sections {
            assert!(!text.trim().is_empty(), "{}: `{name}` is empty", code.number());
        }
    }
}

#[test]
fn every_failing_example_raises_its_code_and_no_other() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().copied() {
        let page = Page::of(code);
        let section = page.section("Failing example");
        let expected = BTreeSet::from([code.number().to_owned()]);
        let given = if section.contains(NO_EXAMPLE) { expected.clone() } else { raised(code, section) };
        if given != expected || section.contains(NO_EXAMPLE) != blocks(section).is_empty() {
            wrong.push(format!("{} raises {given:?}", code.number()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_mended_example_raises_nothing() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().copied() {
        let page = Page::of(code);
        let (failing, mended) = (page.section("Failing example"), page.section("Mended example"));
        let given = raised(code, mended);
        if !given.is_empty() || blocks(mended).is_empty() != failing.contains(NO_EXAMPLE) {
            wrong.push(format!("{} mended raises {given:?}", code.number()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn pages_refer_only_to_pages_that_there_are() {
    for code in Code::ALL {
        let known = |word: &str| Code::ALL.iter().any(|one| one.number() == word);
        let is_code =
            |word: &&str| word.len() == 4 && word.starts_with(['E', 'W']) && word.bytes().skip(1).all(|byte| byte.is_ascii_digit());
        for word in code.page().split(|c: char| !c.is_ascii_alphanumeric()).filter(is_code) {
            assert!(known(word), "the page of {} names {word}, which is no code", code.number());
        }
    }
}

#[test]
fn every_code_is_raised_somewhere() {
    let mut source = String::new();
    read_all(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut source);
    for code in Code::ALL {
        assert!(source.contains(&format!("Code::{}", code.number())), "{} is raised nowhere", code.number());
    }
}

fn read_all(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, out);
        } else if path.extension().is_some_and(|end| end == "rs") {
            out.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}
