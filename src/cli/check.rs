//! `ephor check`: descriptions read, assessed and reported, and the gate.

use std::path::{Path, PathBuf};

use super::args::{Check, Format};
use super::gate::Tally;
use super::screen::Screen;
use super::select::{self, Selection};
use super::{Exit, files, packs, stream};
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{self, Options, Reasons};
use crate::facts::{self, Form};
use crate::model::ir::{SEVERITIES, Severity};
use crate::report::{Document, Outcome, Style, concise, full, json, matrix, summary};
use crate::review;
use crate::text::{Source, SourceId, Texts};
use crate::values::Date;
use crate::{pack, parallel};

/// With fewer descriptions than this, rules are evaluated side by side as well.
const FEW: usize = 8;

/// A text that is one description.
pub(super) struct Text {
    name: String,
    source: SourceId,
    form: Form,
    sha256: String,
    /// The part of the source that is this description, for a file of many lines.
    problems: Vec<Diagnostic>,
}

pub(super) fn run(options: &Check, screen: &mut Screen) -> Exit {
    let mut problems = Vec::new();
    let as_of = options.as_of.as_deref().map(|text| date(text, &mut problems));
    let least = least(&options.min_severity, &mut problems);
    let outputs = outputs(&options.outputs, &mut problems);
    let written = outputs.iter().map(|(_, path)| path);
    problems.extend(files::overwritten(written, &options.paths, &options.packs));
    if !problems.is_empty() {
        screen.problems(&problems, &Texts::default());
        return Exit::Fault;
    }
    let mut texts = Texts::default();
    let loaded = packs::load(&packs::or_default(&options.packs), &mut texts);
    if let Some(problem) = no_rules(&loaded) {
        screen.problem(&problem, &texts);
        return Exit::Fault;
    }
    let chosen = select::choose(&loaded.model, &options.select, &options.ignore);
    let mut assess = Options {
        as_of: as_of.flatten(),
        rules: chosen.rules.clone(),
        reasons: reasons(options, &outputs),
        side_by_side: false,
        situation: options.situation.clone(),
    };
    if let Some(problem) = assess.as_of.and_then(|day| review::day_asked(&loaded.model, &chosen.rules, day)) {
        screen.problem(&problem, &texts);
        return Exit::Fault;
    }
    if options.format == Some(Format::Ndjson) && outputs.is_empty() && options.situation.is_none() && !chosen.names_subjects() {
        let run = stream::Run {
            options,
            loaded: &loaded,
            chosen: &chosen,
            assess: &assess,
            texts: &texts,
            least: least.unwrap_or(Severity::Minor),
        };
        return run.write(screen);
    }
    let (inputs, wrong) = inputs(&options.paths, &options.stdin_filename, &mut texts);
    assess.side_by_side = inputs.len() < FEW;
    let documents = parallel::with_threads(usize::from(options.jobs), || {
        parallel::map(&inputs, |text| document(text, &texts, &loaded.model, Some((&assess, &chosen))))
    });
    let mut outcome = Outcome {
        texts,
        packs: loaded.packs,
        documents,
        scope: scope(options, chosen.rules.len()),
        problems: loaded.problems.into_iter().filter(Diagnostic::is_error).chain(wrong).collect(),
        model: &loaded.model,
    };
    in_vain(options, &chosen, &mut outcome);
    let exit = report(options, &outcome, &outputs, least.unwrap_or(Severity::Minor), screen);
    // The process ends here, and gives all of it back at once.
    std::mem::forget((outcome, inputs));
    std::mem::forget(loaded.model);
    exit
}

/// What was asked and cannot be answered: no verdict may stand in for the answer.
fn in_vain(options: &Check, chosen: &Selection, outcome: &mut Outcome<'_>) {
    let read = outcome.documents.iter().filter_map(|one| one.facts.as_ref());
    let unmatched =
        if outcome.documents.iter().any(|one| one.facts.is_some()) { chosen.unmatched(outcome.model, read) } else { Vec::new() };
    let in_vain: Vec<Diagnostic> = unmatched.into_iter().chain(unknown_situation(options, outcome)).collect();
    if !in_vain.is_empty() || chosen.rules.is_empty() && outcome.problems.iter().any(Diagnostic::is_error) {
        outcome.documents.iter_mut().for_each(|one| one.assessment = None);
    }
    outcome.problems.extend(in_vain);
}

/// Packs without a rule and without a mistake that would say why.
fn no_rules(loaded: &pack::Loaded) -> Option<Diagnostic> {
    let empty = loaded.model.rules.is_empty() && !loaded.problems.iter().any(Diagnostic::is_error);
    empty.then(|| {
        Diagnostic::nowhere(Code::E602, "there is no rule in what `--pack` names").help("name a pack, or a file or folder with rules")
    })
}

/// Machine formats and `--verbose` tell the reasons of every verdict; people are told those of verdicts that leave something to be done.
fn reasons(options: &Check, outputs: &[(Format, PathBuf)]) -> Reasons {
    let machine = |format: Format| matches!(format, Format::Json | Format::Ndjson);
    let all = options.verbose || options.format.is_some_and(machine) || outputs.iter().any(|(format, _)| machine(*format));
    if all { Reasons::All } else { Reasons::Open }
}

/// `SEVERITY` of `--min-severity`. An advisory rule fails no gate.
fn least(word: &str, problems: &mut Vec<Diagnostic>) -> Option<Severity> {
    let known = SEVERITIES.iter().find(|(_, known)| *known == word).map(|(severity, _)| *severity);
    let message = match known {
        Some(Severity::Advisory) => "an advisory rule never fails the gate".to_owned(),
        Some(_) => return known,
        None => format!("`{word}` is no severity"),
    };
    problems.push(Diagnostic::nowhere(Code::E603, message).help("write critical, major or minor"));
    None
}

/// `--situation` that no description has.
fn unknown_situation(options: &Check, outcome: &Outcome<'_>) -> Option<Diagnostic> {
    let asked = options.situation.as_ref().filter(|asked| *asked != "normal")?;
    let assessed = || outcome.documents.iter().filter_map(|one| one.facts.as_ref().zip(one.assessment.as_ref()));
    let has = |(facts, assessment): (&facts::Facts, &engine::Assessment<'_>)| {
        let world = engine::world::World::new(outcome.model, facts, assessment.as_of);
        world.situations.iter().any(|row| engine::situation_names(&world, Some(*row)).contains(asked))
    };
    if assessed().next().is_none() || assessed().any(has) {
        return None;
    }
    let message = format!("no description has a situation `{asked}` on the day assessed");
    Some(
        Diagnostic::nowhere(Code::E602, message).help("write `normal`, a kind of situation, or the id of one that the description records"),
    )
}

/// `DATE` of `--as-of`.
pub(super) fn date(text: &str, problems: &mut Vec<Diagnostic>) -> Option<Date> {
    let date = Date::parse(text);
    if date.is_none() {
        problems.push(Diagnostic::nowhere(Code::E603, format!("`{text}` is no date")).help("write year, month and day, as in 2026-03-01"));
    }
    date
}

/// Reads files; each becomes one text, a file of JSON Lines one for each line.
pub(super) fn inputs(paths: &[PathBuf], stdin_name: &str, texts: &mut Texts) -> (Vec<Text>, Vec<Diagnostic>) {
    let (paths, mut problems) = files::descriptions(paths);
    let mut all = Vec::new();
    for path in paths {
        match files::read(&path, stdin_name) {
            Ok(input) => one_input(input, texts, &mut all),
            Err(problem) => problems.push(problem),
        }
    }
    (all, problems)
}

fn one_input(input: files::Input, texts: &mut Texts, all: &mut Vec<Text>) {
    let name = Path::new(&input.name).to_path_buf();
    let ending = name.extension().map(|end| end.to_string_lossy().into_owned()).unwrap_or_default();
    if ending == "jsonl" {
        for (at, line) in input.bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace))
        {
            all.push(text(format!("{}:{}", input.name, at + 1), line, Form::Json, texts));
        }
        return;
    }
    let form = form(&input.name, &input.bytes);
    all.push(text(input.name, &input.bytes, form, texts));
}

/// In which form a text is written: by the ending of its name, or else by its first character.
pub(super) fn form(name: &str, bytes: &[u8]) -> Form {
    let ending = Path::new(name).extension().map(|end| end.to_string_lossy().into_owned()).unwrap_or_default();
    let brace = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    if ending == "json" || brace && (ending.is_empty() || name == "-") { Form::Json } else { Form::Yaml }
}

pub(super) fn text(name: String, bytes: &[u8], form: Form, texts: &mut Texts) -> Text {
    let sha256 = pack::sha256(bytes);
    let source = texts.add(Source::new(name.clone(), &*String::from_utf8_lossy(bytes)));
    let problems = facts::utf8(bytes, source).err().into_iter().collect();
    Text { name, source, form, sha256, problems }
}

/// One description read, and assessed if that is asked.
pub(super) fn document<'m>(
    text: &Text,
    texts: &Texts,
    model: &'m crate::model::Model,
    assess: Option<(&Options, &Selection)>,
) -> Document<'m> {
    let mut document = Document {
        path: text.name.clone(),
        sha256: text.sha256.clone(),
        source: text.source,
        facts: None,
        assessment: None,
        problems: text.problems.clone(),
    };
    let Some(source) = texts.get(text.source).filter(|_| text.problems.is_empty()) else { return document };
    let mut facts = facts::Facts::new(text.source, model.vocabulary.records.len());
    let mut problems = facts::Reader::new(&model.vocabulary).read_into(&mut facts, &source.text, text.source, text.form);
    // The header is reviewed beside other faults, so that all of a file are told in one run.
    problems.extend(review::waivers(model, &facts, packs::every_rule));
    if !problems.iter().any(Diagnostic::is_error) {
        problems.extend(review::undated(model, &facts));
    }
    let rules = assess.map_or_else(|| (0..model.rules.len()).collect(), |(options, _)| options.rules.clone());
    if assess.is_none_or(|(options, _)| options.as_of.is_none()) {
        problems.extend(review::day_described(model, &rules, &facts));
    }
    document.problems = crate::diagnostic::in_order(problems);
    if document.problems.iter().any(Diagnostic::is_error) {
        return document;
    }
    if let Some((options, selection)) = assess {
        let mut assessment = engine::assess(model, &facts, options);
        selection.keep(model, &facts, &mut assessment);
        document.assessment = Some(assessment);
    }
    document.facts = Some(facts);
    document
}

pub(super) fn scope(options: &Check, rules: usize) -> json::Scope {
    json::Scope {
        packs: packs::or_default(&options.packs),
        select: options.select.clone(),
        ignore: options.ignore.clone(),
        as_of: options.as_of.clone(),
        situation: options.situation.clone(),
        rules,
    }
}

/// Formats with their words, for `--output`.
const FORMATS: &[(&str, Format)] =
    &[("full", Format::Full), ("concise", Format::Concise), ("matrix", Format::Matrix), ("json", Format::Json), ("ndjson", Format::Ndjson)];

fn outputs(asked: &[String], problems: &mut Vec<Diagnostic>) -> Vec<(Format, PathBuf)> {
    let mut all = Vec::new();
    for one in asked {
        let (word, path) = one.split_once(':').unwrap_or(("", one));
        match FORMATS.iter().find(|(known, _)| *known == word) {
            Some(_) if path == "-" => problems.push(
                Diagnostic::nowhere(Code::E603, format!("`{one}` would write a file called `-`"))
                    .help("what is printed to standard output is chosen with `--format`"),
            ),
            Some((_, format)) if !path.is_empty() => all.push((*format, PathBuf::from(path))),
            _ => {
                let help = format!(
                    "write FORMAT:FILE, where FORMAT is {}",
                    crate::diagnostic::suggest::list(FORMATS.iter().map(|(word, _)| *word))
                );
                problems.push(Diagnostic::nowhere(Code::E603, format!("`{one}` names no format")).help(help));
            }
        }
    }
    all
}

pub(super) fn render(format: Format, outcome: &Outcome<'_>, style: Style) -> String {
    match format {
        Format::Full => full::write(outcome, style),
        Format::Concise => concise::write(outcome, style),
        Format::Matrix => matrix::write(outcome, style),
        Format::Json => json::whole(outcome),
        Format::Ndjson => json::lines(outcome),
    }
}

fn report(options: &Check, outcome: &Outcome<'_>, outputs: &[(Format, PathBuf)], least: Severity, screen: &mut Screen) -> Exit {
    let format = options.format.unwrap_or(if outcome.documents.len() > 1 { Format::Matrix } else { Format::Full });
    let style = Style { verbose: options.verbose, ..screen.style };
    let mut tally = Tally::default();
    outcome.documents.iter().for_each(|one| tally.add(options, outcome.model, one, least));
    tally.fault |= outcome.problems.iter().any(Diagnostic::is_error);
    let gate = tally.gate(options);
    let machine = matches!(format, Format::Json | Format::Ndjson);
    if format == Format::Matrix || machine {
        screen.problems(&outcome.problems, &outcome.texts);
        screen.problems(outcome.documents.iter().flat_map(|one| &one.problems), &outcome.texts);
    }
    screen.out(&render(format, outcome, style));
    if !machine && !options.quiet {
        screen.out(&summary::write(outcome, gate.failing, style));
        gate.words.lines().for_each(|line| screen.out(&format!("{}\n", matrix::wrap(line, style.width.saturating_sub(2), "  "))));
    }
    let mut exit = gate.exit;
    for (format, path) in outputs {
        let plain = Style { color: false, unicode: true, width: 80, verbose: options.verbose };
        if let Err(problem) = files::write(path, &render(*format, outcome, plain)) {
            screen.problem(&problem, &outcome.texts);
            exit = Exit::Fault;
        }
    }
    exit
}

/// One description for `why`, read and assessed.
pub(super) fn one<'m>(
    path: &Path,
    rules: Vec<usize>,
    as_of: Option<Date>,
    texts: &mut Texts,
    model: &'m crate::model::Model,
) -> (Vec<Document<'m>>, Vec<Diagnostic>) {
    if let Some(problem) = as_of.and_then(|day| review::day_asked(model, &rules, day)) {
        return (Vec::new(), vec![problem]);
    }
    let (inputs, problems) = inputs(&[path.to_path_buf()], "-", texts);
    let assess = Options { as_of, rules: rules.clone(), reasons: Reasons::All, side_by_side: true, situation: None };
    let chosen = select::choose(model, &[], &[]);
    let documents = inputs.iter().map(|text| document(text, texts, model, Some((&assess, &chosen)))).collect();
    (documents, problems)
}
