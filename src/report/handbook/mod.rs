//! The handbook: what the rules ask, paragraph by paragraph, in Markdown, for a reader who will never open a rule text. It is made from the
//! model alone and judges nobody.

mod asked;
mod examples;
mod intro;
mod rule;
mod verdicts;

use super::json::citation;
use crate::model::Model;
use crate::model::ir::{Assessable, Footing, Instrument, Paragraph, Rule, Selection};
use crate::reading;
use crate::text::Texts;

/// What a handbook is made from.
pub struct Handbook<'a> {
    model: &'a Model,
    texts: &'a Texts,
    rules: Vec<&'a Rule>,
}

/// A handbook of the chosen rules.
pub fn write<'a>(model: &'a Model, texts: &'a Texts, chosen: impl Fn(&Rule) -> bool) -> String {
    let mut rules: Vec<&Rule> = model.rules.iter().filter(|rule| chosen(rule)).collect();
    rules.sort_by_key(|rule| (rule.cites.first().map(|one| (one.instrument, one.paragraph)), numbers(&rule.id)));
    let handbook = Handbook { model, texts, rules };
    let mut out = intro::write(&handbook);
    out.push_str(&handbook.contents());
    for (at, instrument) in model.instruments.iter().enumerate() {
        for (number, heading) in &instrument.sections {
            out.push_str(&handbook.section(at, instrument, number, heading));
        }
    }
    out.push_str(&handbook.beyond());
    out.push_str(&handbook.records());
    out.push_str(&handbook.parameters());
    out.push_str(&handbook.topics());
    out
}

impl Handbook<'_> {
    /// Whether all rules of the model are in it: then all paragraphs are, too.
    fn is_whole(&self) -> bool {
        self.rules.len() == self.model.rules.len()
    }

    /// The name of the record that verdicts are given for, and of its list: `force`, `forces`.
    fn subject(&self) -> (String, String) {
        let record = self.model.vocabulary.frame.subject.map(|id| self.model.vocabulary.record(id));
        record.map_or_else(|| ("subject".to_owned(), "subjects".to_owned()), |one| (words(&one.name), words(&one.list)))
    }

    /// Rules whose first citation is this paragraph; those that only a companion standard asks, or the others.
    fn of_paragraph(&self, instrument: usize, paragraph: usize, beyond: bool) -> Vec<&Rule> {
        let first = |rule: &Rule| rule.cites.first().is_some_and(|one| (one.instrument, one.paragraph) == (instrument, paragraph));
        self.rules.iter().copied().filter(|rule| first(rule) && is_beyond(rule) == beyond).collect()
    }

    /// Paragraphs of a section that the handbook treats.
    fn of_section<'i>(&self, at: usize, instrument: &'i Instrument, section: &str) -> Vec<(usize, &'i Paragraph)> {
        let all = instrument.paragraphs.iter().enumerate().filter(|(_, one)| one.section == section);
        let treated = |index: usize| self.is_whole() || !self.of_paragraph(at, index, false).is_empty();
        all.filter(|(index, _)| treated(*index)).collect()
    }

    fn contents(&self) -> String {
        let mut out = String::from("## Contents\n\n- [How to read this handbook](#how-to-read)\n");
        for (at, instrument) in self.model.instruments.iter().enumerate() {
            for (number, heading) in &instrument.sections {
                let paragraphs = self.of_section(at, instrument, number);
                if paragraphs.is_empty() {
                    continue;
                }
                out.push_str(&format!("- [Section {number}: {heading}](#{})\n", anchor(&[&instrument.name, "section", number])));
                for (index, paragraph) in paragraphs {
                    let links: Vec<String> = self.of_paragraph(at, index, false).iter().map(|rule| link(&rule.id)).collect();
                    let what = match (&paragraph.assessable, links.is_empty()) {
                        (Assessable::Not(_), _) => "not assessable".to_owned(),
                        (_, true) => "no rule here".to_owned(),
                        (_, false) => links.join(", "),
                    };
                    let place = anchor(&[&instrument.name, &paragraph.number]);
                    out.push_str(&format!("  - [Paragraph {}](#{place}): {what}\n", paragraph.number));
                }
            }
        }
        let beyond: Vec<String> = self.rules.iter().filter(|rule| is_beyond(rule)).map(|rule| link(&rule.id)).collect();
        if !beyond.is_empty() {
            out.push_str(&format!("- [What only companion standards ask](#beyond): {}\n", beyond.join(", ")));
        }
        out.push_str("- [Kinds of fact](#facts)\n- [Parameters](#parameters)\n- [Topics](#topics)\n\n");
        out
    }

    fn section(&self, at: usize, instrument: &Instrument, number: &str, heading: &str) -> String {
        let paragraphs = self.of_section(at, instrument, number);
        if paragraphs.is_empty() {
            return String::new();
        }
        let mut out = format!("{}## Section {number}: {heading}\n\n", mark(&anchor(&[&instrument.name, "section", number])));
        for (index, paragraph) in paragraphs {
            out.push_str(&self.paragraph(at, instrument, index, paragraph));
            for rule in self.of_paragraph(at, index, false) {
                out.push_str(&rule::write(self, rule));
            }
        }
        out
    }

    fn paragraph(&self, at: usize, instrument: &Instrument, index: usize, paragraph: &Paragraph) -> String {
        let number = &paragraph.number;
        let mut out = format!("{}### Paragraph {number}\n\n", mark(&anchor(&[&instrument.name, number])));
        out.push_str(&format!("{}\n\n", paragraph.sense));
        out.push_str(&format!("It is addressed to {}. Its modality is “{}”. ", paragraph.binds, paragraph.modality));
        out.push_str(&match &paragraph.assessable {
            Assessable::Fully => "A State’s law can be assessed against it.".to_owned(),
            Assessable::InPart(because) => format!("A State’s law can be assessed against it in part. The reason: {}", ended(because)),
            Assessable::Not(because) => format!("It is not assessable, and has no rule. The reason: {}", ended(because)),
        });
        let elsewhere = self.of_paragraph(at, index, true);
        if !elsewhere.is_empty() {
            let links: Vec<String> = elsewhere.iter().map(|rule| link(&rule.id)).collect();
            out.push_str(&format!(" Companion standards ask more than the paragraph does: see {}.", and(&links)));
        }
        out.push_str("\n\n");
        out
    }

    /// The rules that are never a gap against the instrument.
    fn beyond(&self) -> String {
        let rules: Vec<&&Rule> = self.rules.iter().filter(|rule| is_beyond(rule)).collect();
        if rules.is_empty() {
            return String::new();
        }
        let names: Vec<&str> = self.model.instruments.iter().map(|one| one.title.as_str()).collect();
        let mut packs: Vec<String> = rules.iter().map(|rule| format!("`{}`", rule.pack)).collect();
        packs.sort();
        packs.dedup();
        let mut out = format!("{}## What only companion standards ask\n\n", mark("beyond"));
        out.push_str(&format!(
            "**Nothing in this part is ever a gap against the {}.** These {} rules ask what another standard asks and the {} does not; they stand in the pack {}, which is off unless it is asked for. A rule cites the paragraph with whose subject its standard deals. A *not met* here says that a State’s law falls short of the companion standard, and no more.\n\n",
            names.join(" or the "),
            rules.len(),
            self.model.instruments.first().map_or("instrument", |one| one.name.as_str()),
            packs.join(" and ")
        ));
        for rule in rules {
            out.push_str(&rule::write(self, rule));
        }
        out
    }

    /// What an assessor records, so that the words before the questions are understood.
    fn records(&self) -> String {
        let mut out = format!("{}## Kinds of fact\n\n", mark("facts"));
        out.push_str("Facts are recorded by kind. Under *Facts needed* each line begins with one of these.\n\n| kind | what it is |\n| --- | --- |\n");
        for record in &self.model.vocabulary.records {
            out.push_str(&format!("| {} | {} |\n", words(&record.name), cell(&record.meaning)));
        }
        out.push('\n');
        out
    }

    fn parameters(&self) -> String {
        let mut out = format!("{}## Parameters\n\n", mark("parameters"));
        out.push_str("Where a standard leaves a number open, the rules use one of these, and a report names it beside its value. Some come from a treaty or a decision, others are our choice; each can be changed in one place.\n\n");
        out.push_str("| parameter | value | why | used by |\n| --- | --- | --- | --- |\n");
        for one in &self.model.parameters {
            let users: Vec<String> =
                self.rules.iter().filter(|rule| asked::mentions(self, rule, &one.name)).map(|rule| link(&rule.id)).collect();
            let value = reading::scalar(&one.value);
            out.push_str(&format!("| {} | {value} | {} | {} |\n", words(&one.name), cell(&one.because), users.join(", ")));
        }
        out.push('\n');
        out
    }

    fn topics(&self) -> String {
        let mut topics: Vec<&String> = self.rules.iter().flat_map(|rule| &rule.topics).collect();
        topics.sort();
        topics.dedup();
        let mut out = format!("{}## Topics\n\n", mark("topics"));
        for topic in topics {
            let rules = self.rules.iter().filter(|rule| rule.topics.contains(topic));
            let entry = |rule: &&Rule| format!("{} {}{}", link(&rule.id), rule.title, if is_beyond(rule) { " (companion)" } else { "" });
            let links: Vec<String> = rules.map(entry).collect();
            out.push_str(&format!("- **{}**: {}\n", words(topic), links.join("; ")));
        }
        out
    }

    /// What variables are called in plain sentences: the subject is “the force”, a capacity “this capacity”.
    fn names(&self, rule: &Rule) -> Vec<String> {
        let mut names: Vec<String> = rule.variables.iter().map(|one| one.name.clone()).collect();
        if let Selection::Every { noun, capacity, .. } = &rule.selection {
            let what = format!("the {}", words(&self.model.vocabulary.record(noun.record).name));
            for (slot, name) in [(Some(noun.slot), what), (*capacity, "this capacity".to_owned())] {
                if let Some(known) = slot.and_then(|slot| names.get_mut(slot as usize)) {
                    *known = name;
                }
            }
        }
        names
    }

    fn cites(&self, rule: &Rule) -> String {
        let cites: Vec<String> = rule.cites.iter().map(|one| citation(self.model, one)).collect();
        cites.join(", ")
    }
}

/// Whether a rule stands on companion standards alone.
fn is_beyond(rule: &Rule) -> bool {
    rule.footing.iter().all(|part| part.footing == Footing::Companion)
}

/// The numbers in a name, so that `coc-21.10` stands behind `coc-21.9`.
fn numbers(id: &str) -> Vec<u32> {
    id.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

/// A name of the vocabulary as words; a syllable that is no word keeps its hyphen: “law of war”, “sub-national”.
fn words(name: &str) -> String {
    let text = name.replace('-', " ");
    ["sub", "non"].iter().find_map(|lead| text.strip_prefix(&format!("{lead} ")).map(|rest| format!("{lead}-{rest}"))).unwrap_or(text)
}

fn anchor(parts: &[&str]) -> String {
    parts.join("-").to_lowercase().replace(' ', "-")
}

/// A place to which links lead.
fn mark(anchor: &str) -> String {
    format!("<a id=\"{anchor}\"></a>\n\n")
}

fn link(rule: &str) -> String {
    format!("[{rule}](#{rule})")
}

/// “(a), (b) and (c)”.
fn and(all: &[String]) -> String {
    listed(all, "and")
}

fn listed(all: &[String], word: &str) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// With a full stop at its end.
fn ended(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
