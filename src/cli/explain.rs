//! `ephor explain`: a diagnostic code, a rule, a paragraph, a fact, a record, a term, a definition, a parameter, a verdict. Works offline.

use super::args::Explain;
use super::coverage::by_number;
use super::screen::Screen;
use super::select::begins_id;
use super::{Exit, packs};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Model;
use crate::model::ir::{Assessable, MODALITIES, Rule, Verdict};
use crate::reading;
use crate::report::json::citation;
use crate::report::matrix::wrap;
use crate::text::{Texts, count};
use crate::vocabulary::Record;

/// What each verdict means, in words that a report can print.
const VERDICTS: &[(Verdict, &str)] = &[
    (
        Verdict::Met,
        "The limbs of the rule together hold, on evidence that reaches the rule's floor. It says that the law reflects the commitment, not that practice does.",
    ),
    (
        Verdict::Partly,
        "The rule certainly does not hold in full, or holds only on evidence below its floor, and what the rule calls partly met holds.",
    ),
    (
        Verdict::NotMet,
        "The limbs certainly do not hold: a search found nothing, or a fact speaks against. It says that the commitment is not reflected, never that something is illegal.",
    ),
    (
        Verdict::CannotTell,
        "A fact that could still change the result is unknown, disputed, or rests on a list that nobody said is complete. Silence is never compliance.",
    ),
    (Verdict::NotApplicable, "An established fact makes that the question does not arise. It never follows from silence."),
];

/// The languages of the OSCE by their codes.
const LANGUAGES: &[(&str, &str)] =
    &[("en", "English"), ("fr", "French"), ("de", "German"), ("it", "Italian"), ("ru", "Russian"), ("es", "Spanish")];

pub(super) fn run(options: &Explain, screen: &mut Screen) -> Exit {
    let mut texts = Texts::default();
    let loaded = packs::load(&packs::with_every(&options.packs), &mut texts);
    let language = LANGUAGES.iter().find(|(code, _)| *code == options.lang).map_or("English", |(_, language)| *language);
    let text = explain(&loaded.model, options.id.trim(), language, screen.style.width);
    if let Some(text) = text {
        screen.out(&text);
        return Exit::Good;
    }
    let problem = Diagnostic::nowhere(Code::E605, format!("there is nothing called `{}`", options.id));
    screen.problem(&problem.help(nearest_help(&loaded.model, options.id.trim())), &texts);
    Exit::Fault
}

/// The nearest name, or where names of that kind are listed.
fn nearest_help(model: &Model, id: &str) -> String {
    let is_code =
        id.strip_prefix(['E', 'W', 'e', 'w']).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    if is_code {
        return "`ephor list codes` names every code".to_owned();
    }
    let known = known_names(model);
    match nearest(id, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`ephor list rules`, `paragraphs`, `facts` or `codes` names what can be explained".to_owned(),
    }
}

fn explain(model: &Model, id: &str, language: &str, width: usize) -> Option<String> {
    let code = Code::ALL.iter().find(|code| code.number().eq_ignore_ascii_case(id) || code.name() == id);
    if let Some(code) = code {
        return Some(format!("{}\n", code.page().trim_end()));
    }
    if let Some((verdict, text)) = VERDICTS.iter().find(|(verdict, _)| verdict.word() == id || verdict.words() == id) {
        return Some(format!("{}\n\n{}\n", verdict.words(), wrap(text, width, "")));
    }
    if let Some(found) = model.rules.iter().find(|rule| rule.id == id) {
        return Some(rule(model, found, language, width));
    }
    let number = id.strip_prefix('¶').or_else(|| id.strip_prefix("CoC ")).unwrap_or(id).trim();
    paragraph(model, number, width)
        .or_else(|| words(model, id, width))
        .or_else(|| begun(model, id, width))
        .or_else(|| scattered(model, id, width))
}

/// The rules whose ids begin so: `coc-21`.
fn begun(model: &Model, id: &str, width: usize) -> Option<String> {
    let rules: Vec<&Rule> = model.rules.iter().filter(|rule| begins_id(rule, id)).collect();
    let lines: String = rules.iter().map(|rule| entry(&rule.id, &rule.title, width)).collect();
    (!rules.is_empty()).then(|| format!("{} whose ids begin with `{id}`\n\n{lines}", count(rules.len(), "rule")))
}

/// A word with several meanings: a term of lists, an attribute of records, a topic of rules.
fn scattered(model: &Model, id: &str, width: usize) -> Option<String> {
    let vocabulary = &model.vocabulary;
    let mut lines = String::new();
    for list in &vocabulary.enumerations {
        for term in list.terms.iter().filter(|term| term.name == id) {
            lines.push_str(&entry(&format!("a term of {}", list.name), &term.meaning, width));
        }
    }
    for record in &vocabulary.records {
        if let Some(attribute) = record.attribute(id) {
            let question = super::list::asked(&record.attributes[attribute as usize].question);
            lines.push_str(&entry(&format!("{}.{id}", record.name), &question, width));
        }
    }
    let topic: Vec<&str> =
        model.rules.iter().filter(|rule| rule.topics.iter().any(|topic| topic == id)).map(|rule| rule.id.as_str()).collect();
    if !topic.is_empty() {
        lines.push_str(&entry("a topic of", &topic.join(", "), width));
    }
    for one in model.instruments.iter().filter(|one| one.name == id) {
        let what = format!("{}, of {}, in effect from {}: {}", one.title, one.of, one.from, count(one.paragraphs.len(), "paragraph"));
        lines.push_str(&entry("an instrument", &what, width));
    }
    let those = |which: &dyn Fn(&Rule) -> bool| model.rules.iter().filter(|rule| which(rule)).count();
    let groups = [("a pack", those(&|rule| rule.pack == id)), ("a severity", those(&|rule| rule.severity.word() == id))];
    for (what, rules) in groups.into_iter().filter(|(_, rules)| *rules > 0) {
        lines.push_str(&entry(what, &format!("of {}; `ephor list rules` names them", count(rules, "rule")), width));
    }
    (!lines.is_empty()).then(|| format!("{id}\n\n{lines}"))
}

/// A name and what it means, side by side or, in a narrow terminal, one below the other.
fn entry(name: &str, meaning: &str, width: usize) -> String {
    const COLUMN: usize = 26;
    if width < COLUMN + 30 || name.chars().count() > COLUMN {
        return format!("  {name}\n      {}\n", wrap(meaning, width.saturating_sub(6), "      "));
    }
    format!("  {name:<COLUMN$}{}\n", wrap(meaning, width.saturating_sub(COLUMN + 2), &" ".repeat(COLUMN + 2)))
}

/// A name and what it stands for on one line, or on two where that is too wide.
fn heading(name: &str, title: &str, width: usize) -> String {
    let line = format!("{name}  {title}");
    if line.chars().count() <= width { line + "\n" } else { format!("{name}\n{}\n", wrap(title, width, "")) }
}

fn known_names(model: &Model) -> Vec<String> {
    let mut names: Vec<String> = model.rules.iter().map(|rule| rule.id.clone()).collect();
    names.extend(Code::ALL.iter().map(|code| code.number().to_owned()));
    names.extend(model.definitions.iter().map(|one| one.name.clone()));
    names.extend(model.qualifiers.iter().map(|one| one.name.clone()));
    names.extend(model.parameters.iter().map(|one| one.name.clone()));
    names.extend(model.vocabulary.enumerations.iter().map(|one| one.name.clone()));
    for record in &model.vocabulary.records {
        names.push(record.name.clone());
        names.extend(record.attributes.iter().map(|one| format!("{}.{}", record.name, one.name)));
    }
    names
}

fn rule(model: &Model, rule: &Rule, language: &str, width: usize) -> String {
    let modality = MODALITIES.iter().find(|(known, _)| *known == rule.modality).map_or("", |(_, words)| words.trim_end_matches(" that"));
    let cites: Vec<String> = rule.cites.iter().map(|one| citation(model, one)).collect();
    let mut out = format!("{}\n", heading(&rule.id, &rule.title, width));
    let mut part = |label: &str, text: &str| {
        if !text.is_empty() {
            let indent = " ".repeat(12);
            out.push_str(&format!("{label:<12}{}\n", wrap(text, width.saturating_sub(12), &indent)));
        }
    };
    part("cites", &cites.join(", "));
    part("binds by", modality);
    let footing: Vec<String> = rule.footing.iter().map(|one| footing(model, one)).collect();
    part("footing", &footing.join("; "));
    part("severity", rule.severity.word());
    part("pack", &rule.pack);
    part("topics", &rule.topics.join(", "));
    out.push_str(&format!("\n{}\n\n", wrap(&reading::rule(model, rule), width, "")));
    let mut part = |label: &str, text: &str| {
        if !text.is_empty() {
            let indent = " ".repeat(12);
            out.push_str(&format!("{label:<12}{}\n", wrap(text, width.saturating_sub(12), &indent)));
        }
    };
    if language != "English" && !rule.translations.iter().any(|one| one.language == language) {
        part("language", &format!("English; this rule is not in {language} yet"));
    }
    for word in ["question", "remedy", "caution", "note", "companion"] {
        part(word, &with_variables(rule, rule.prose(word, language)));
    }
    for cited in &rule.cites {
        let paragraph = &model.instruments[cited.instrument].paragraphs[cited.paragraph];
        part("commitment", &format!("{}: {}", citation(model, cited), paragraph.sense));
    }
    out
}

/// A text of a rule with its variables as the sentence writes them: `F` for `{F}`.
fn with_variables(rule: &Rule, text: &str) -> String {
    let names = rule.variables.iter().filter(|variable| !variable.name.is_empty());
    names.fold(text.to_owned(), |text, variable| text.replace(&format!("{{{}}}", variable.name), &variable.name))
}

fn footing(model: &Model, part: &crate::model::ir::FootingPart) -> String {
    let list = model.vocabulary.frame.graded_by.and_then(|slot| crate::model::ir::enumeration(&model.vocabulary.attribute(slot).ty));
    let terms: Vec<&str> =
        part.terms.iter().filter_map(|term| list.map(|id| model.vocabulary.enumeration(id).terms[*term as usize].name.as_str())).collect();
    let mut text = part.footing.word().to_owned();
    if let Some(from) = &part.from {
        text.push_str(&format!(" from {}", citation(model, from)));
    }
    if let Some(with) = &part.with {
        text.push_str(&format!(" with {with}"));
    }
    if !terms.is_empty() {
        text.push_str(&format!(" for {}", terms.join(", ")));
    }
    text
}

fn paragraph(model: &Model, number: &str, width: usize) -> Option<String> {
    let (at, instrument, found) = model
        .instruments
        .iter()
        .enumerate()
        .find_map(|(at, one)| one.paragraphs.iter().position(|one| one.number == number).map(|found| (at, one, found)))?;
    let paragraph = &instrument.paragraphs[found];
    let section = instrument
        .sections
        .iter()
        .find(|(number, _)| *number == paragraph.section)
        .map_or(String::new(), |(number, heading)| format!("section {number}, {heading}"));
    let title = heading(&format!("{} paragraph {number}", instrument.name), &format!("({section})"), width);
    let mut out = format!("{title}\n{}\n\n", wrap(&paragraph.sense, width, ""));
    for (label, text) in [("binds", &paragraph.binds), ("modality", &paragraph.modality), ("wording", &paragraph.wording)] {
        out.push_str(&format!("{label:<12}{}\n", wrap(text, width.saturating_sub(12), &" ".repeat(12))));
    }
    let assessable = match &paragraph.assessable {
        Assessable::Fully => "yes".to_owned(),
        Assessable::InPart(because) => format!("in part: {because}"),
        Assessable::Not(because) => format!("no: {because}"),
    };
    out.push_str(&format!("assessable  {}\n", wrap(&assessable, width.saturating_sub(12), &" ".repeat(12))));
    let citing = model.rules.iter().filter(|rule| rule.cites.first().is_some_and(|one| one.instrument == at && one.paragraph == found));
    let mut rules: Vec<&Rule> = citing.collect();
    rules.sort_by_key(|rule| by_number(&rule.id));
    for rule in rules {
        let title = heading(&rule.id, &rule.title, width.saturating_sub(12));
        let line = title.trim_end().replace('\n', &format!("\n{}", " ".repeat(12)));
        out.push_str(&format!("rule        {line}\n"));
    }
    Some(out)
}

/// A word of the vocabulary or a declaration.
fn words(model: &Model, id: &str, width: usize) -> Option<String> {
    if let Some(one) = model.definitions.iter().find(|one| one.name == id) {
        return Some(format!("{id}, a definition\n\n{}\n", wrap(&reading::definition(model, one), width, "")));
    }
    if let Some(one) = model.qualifiers.iter().find(|one| one.name == id) {
        let reader = reading::Reader::letters(model, &[]);
        return Some(format!("{id}, read “{}”\n\nIt rests on {}.\n", one.read, wrap(&reader.article(&one.noun), width, "")));
    }
    if let Some(one) = model.parameters.iter().find(|one| one.name == id) {
        return Some(format!("{id}: {}\n\n{}\n", reading::scalar(&one.value), wrap(&one.because, width, "")));
    }
    if let Some(one) = model.vocabulary.enumerations.iter().find(|one| one.name == id) {
        let order = if one.ordered { ", in order from the highest" } else { "" };
        let terms: String = one.terms.iter().map(|term| entry(&term.name, &term.meaning, width)).collect();
        return Some(format!("{}\n\n{terms}", wrap(&format!("{id}, a list of terms{order}: {}", one.meaning), width, "")));
    }
    if let Some(one) = model.vocabulary.records.iter().find(|one| one.name == id || one.list == id) {
        return Some(record(model, one, width));
    }
    let (record, attribute) = id.split_once('.')?;
    let record = model.vocabulary.records.iter().find(|one| one.name == record || one.list == record)?;
    let attribute = &record.attributes[record.attribute(attribute)? as usize];
    let mut out = format!(
        "{}\n{}\n\n{}\n",
        heading(&format!("{}.{}", record.name, attribute.name), &attribute.label, width),
        wrap(&super::list::asked(&attribute.question), width, ""),
        wrap(&format!("takes {}", super::list::type_words(model, &attribute.ty)), width, "  ")
    );
    if let Some(list) = crate::model::ir::enumeration(&attribute.ty) {
        for term in &model.vocabulary.enumeration(list).terms {
            out.push_str(&entry(&term.name, &term.meaning, width));
        }
    }
    Some(out)
}

fn record(model: &Model, record: &Record, width: usize) -> String {
    let mut out = format!("{}\n\n", wrap(&format!("{}: {}", record.name, record.meaning), width, ""));
    for attribute in &record.attributes {
        let takes = super::list::type_words(model, &attribute.ty);
        out.push_str(&entry(&attribute.name, &format!("{} Takes {takes}.", super::list::asked(&attribute.question)), width));
    }
    out
}
