//! `ephor check --format ndjson`: descriptions are read, assessed and written block by block, in the order in which they come. Memory is bounded by a
//! block, whatever the size of the input.

use std::io::BufRead;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::args::Check;
use super::gate::Tally;
use super::screen::Screen;
use super::select::Selection;
use super::{Exit, check, files};
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::Options;
use crate::facts::Form;
use crate::model::ir::Severity;
use crate::pack::Loaded;
use crate::parallel;
use crate::report::json::{self, Totals};
use crate::text::Texts;

/// A block ends when it holds so many bytes of descriptions.
const BLOCK: usize = 256 << 10;
/// And at the latest with so many of them: what is written of a short one may be long.
const MOST: usize = 128;
/// The longest line of JSON Lines; one that is longer is an error of its own, and the rest goes on.
const LONGEST_LINE: usize = 64 << 20;
/// Progress is shown to a terminal after this time, and then so often.
const PATIENCE: Duration = Duration::from_millis(500);

/// What all blocks share.
pub(super) struct Run<'r> {
    pub(super) options: &'r Check,
    pub(super) loaded: &'r Loaded,
    pub(super) chosen: &'r Selection,
    pub(super) assess: &'r Options,
    pub(super) texts: &'r Texts,
    pub(super) least: Severity,
}

/// One description, not yet read.
struct Item {
    name: String,
    bytes: Vec<u8>,
    form: Form,
}

/// What came of one.
struct Written {
    lines: String,
    problems: Vec<Diagnostic>,
    texts: Texts,
    tally: Tally,
    totals: Totals,
}

impl Run<'_> {
    /// Everything, from the first line to the last.
    pub(super) fn write(&self, screen: &mut Screen) -> Exit {
        let (paths, mut wrong) = files::descriptions(&self.options.paths);
        wrong.extend(self.loaded.problems.iter().filter(|one| one.is_error()).cloned());
        screen.out(&json::begin(&self.loaded.packs, &check::scope(self.options, self.chosen.rules.len())));
        let mut sum = (Tally::default(), Totals::default());
        self.faults(&wrong, &mut sum.0, screen);
        let items = Items { paths: paths.into_iter(), stdin_name: &self.options.stdin_filename, lines: None };
        parallel::with_threads(usize::from(self.options.jobs), || self.blocks(items, &mut sum, screen));
        screen.out(&json::end(&sum.1));
        sum.0.gate(self.options).exit
    }

    fn faults(&self, all: &[Diagnostic], tally: &mut Tally, screen: &mut Screen) {
        for one in all {
            tally.fault = true;
            screen.problem(one, self.texts);
            screen.out(&json::problem(one, self.texts));
        }
    }

    fn blocks(&self, mut items: Items<'_>, sum: &mut (Tally, Totals), screen: &mut Screen) {
        let (mut seen, mut shown) = (0, Instant::now());
        loop {
            let (block, wrong) = items.block();
            if block.is_empty() && wrong.is_empty() {
                return screen.progress("");
            }
            for written in parallel::map(&block, |item| self.one(item)) {
                screen.problems(&written.problems, &written.texts);
                screen.out(&written.lines);
                sum.0.join(&written.tally);
                sum.1.join(&written.totals);
            }
            self.faults(&wrong, &mut sum.0, screen);
            seen += block.len();
            if shown.elapsed() > PATIENCE {
                shown = Instant::now();
                screen.progress(&format!("{seen} descriptions"));
            }
        }
    }

    fn one(&self, item: &Item) -> Written {
        let mut texts = self.texts.clone();
        let text = check::text(item.name.clone(), &item.bytes, item.form, &mut texts);
        let document = check::document(&text, &texts, &self.loaded.model, Some((self.assess, self.chosen)));
        let (mut tally, mut totals) = (Tally::default(), Totals::default());
        tally.add(self.options, &self.loaded.model, &document, self.least);
        totals.add(&document);
        Written { lines: json::document(&self.loaded.model, &document, &texts), problems: document.problems, texts, tally, totals }
    }
}

/// Descriptions in the order in which they come: whole files, and the lines of JSON Lines.
struct Items<'r> {
    paths: std::vec::IntoIter<PathBuf>,
    stdin_name: &'r str,
    /// The JSON Lines at hand: their name, what is left of them, and how many lines were taken.
    lines: Option<(String, Box<dyn BufRead + Send>, usize)>,
}

impl Items<'_> {
    /// The next descriptions, some [`BLOCK`] bytes of them, and what is wrong with files that could not be read. Nothing at the end.
    fn block(&mut self) -> (Vec<Item>, Vec<Diagnostic>) {
        let (mut block, mut bytes) = (Vec::new(), 0);
        while bytes < BLOCK && block.len() < MOST {
            match self.next() {
                Some(Ok(item)) => {
                    bytes += item.bytes.len();
                    block.push(item);
                }
                // What came before it is written first.
                Some(Err(problem)) => return (block, vec![problem]),
                None => break,
            }
        }
        (block, Vec::new())
    }

    fn next(&mut self) -> Option<Result<Item, Diagnostic>> {
        loop {
            match self.line() {
                Some(one) => return Some(one),
                None => self.lines = None,
            }
            let path = self.paths.next()?;
            let name = files::shown(&path, self.stdin_name);
            if std::path::Path::new(&name).extension().is_none_or(|end| end != "jsonl") {
                let read = files::read(&path, self.stdin_name);
                return Some(read.map(|input| Item { form: check::form(&input.name, &input.bytes), name: input.name, bytes: input.bytes }));
            }
            match files::open(&path, self.stdin_name) {
                Ok(reader) => self.lines = Some((name, reader, 0)),
                Err(problem) => return Some(Err(problem)),
            }
        }
    }

    /// The next line that is not blank.
    fn line(&mut self) -> Option<Result<Item, Diagnostic>> {
        let (name, reader, count) = self.lines.as_mut()?;
        loop {
            *count += 1;
            let place = format!("{name}:{count}");
            match files::line(reader.as_mut(), LONGEST_LINE) {
                Ok(None) => return None,
                Ok(Some(bytes)) if bytes.len() > LONGEST_LINE => {
                    let message = format!("`{place}` is longer than {} MiB", LONGEST_LINE >> 20);
                    return Some(Err(Diagnostic::nowhere(Code::E303, message).help("describe one State a line")));
                }
                Ok(Some(bytes)) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some(bytes)) => return Some(Ok(Item { name: place, bytes, form: Form::Json })),
                Err(error) => {
                    self.lines = None;
                    let message = format!("`{place}` cannot be read: {error}");
                    return Some(Err(Diagnostic::nowhere(Code::E601, message).help("check that the file is there and may be read")));
                }
            }
        }
    }
}
