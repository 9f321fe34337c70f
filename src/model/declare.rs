//! Items that declare something: what they declare goes into the model, name clashes and unknown names are said.

use super::ir::{Instrument, Paragraph, Parameter, Scalar};
use super::{Builder, PackFile};
use crate::diagnostic::suggest::{did_you_mean, did_you_mean_this, list};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{self, Item, LiteralKind, Name};
use crate::vocabulary::{Attribute, Enumeration, Frame, Record, RecordId, Slot, Term, Type};

/// The one edition of the language that this program reads.
const EDITION: &str = "1";
/// Sets of terms are kept as bits.
const MOST_TERMS: usize = 128;
/// Sets of attributes are kept as bits, two for each.
const MOST_ATTRIBUTES: usize = 64;
/// Types that are one word.
const PLAIN: &[(&str, Type)] = &[
    ("yes or no", Type::YesNo),
    ("text", Type::Text),
    ("date", Type::Date),
    ("number", Type::Number),
    ("percentage", Type::Percentage),
    ("duration", Type::Duration),
    ("money", Type::Money),
];

impl Builder {
    /// Terms and records, then the frame that points into them.
    pub(super) fn declare_vocabulary(&mut self, files: &[PackFile]) {
        let items = || files.iter().flat_map(|file| &file.file.items);
        for item in items() {
            match item {
                Item::Terms(terms) => self.terms(terms),
                Item::Record(record) => self.record_name(record),
                _ => {}
            }
        }
        for item in items() {
            if let Item::Record(record) = item {
                self.record_attributes(record);
            }
        }
        let frames: Vec<&ast::Frame> = items().filter_map(|item| if let Item::Frame(frame) = item { Some(frame) } else { None }).collect();
        if let Some(first) = frames.first() {
            self.frame(first);
            for other in frames.iter().skip(1) {
                let message = "the frame is declared twice";
                let diagnostic = Diagnostic::new(Code::E201, other.place, message).also(first.place, "first here");
                self.problems.push(diagnostic.help("take this one out; the vocabulary has one frame"));
            }
        }
    }

    /// Instruments and parameters. Qualifiers and definitions are conditions, and follow them.
    pub(super) fn declare_rest(&mut self, files: &[PackFile]) {
        let items = || files.iter().flat_map(|file| &file.file.items);
        for item in items() {
            match item {
                Item::Instrument(instrument) => self.instrument(instrument),
                Item::Parameter(parameter) => self.parameter(parameter),
                _ => {}
            }
        }
        self.named_conditions(files);
    }

    /// Whether what is there means the same with these files behind it: their words are looked up after its own, but a record can be taken
    /// for a list of terms, and a term for a parameter.
    pub(super) fn are_joined(&self, files: &[PackFile]) -> bool {
        let is_term = |name: &str| self.vocabulary().enumerations.iter().any(|one| one.term(name).is_some());
        files.iter().flat_map(|file| &file.file.items).all(|item| match item {
            Item::Frame(_) | Item::Terms(_) | Item::Record(_) => false,
            Item::Parameter(one) => !is_term(&one.name.text),
            _ => true,
        })
    }

    /// Whether a file is in an edition that this program reads; one that says nothing is taken to be.
    pub(super) fn is_readable(file: &ast::File) -> bool {
        match file.items.first() {
            Some(Item::Edition(edition)) => edition.number.text == EDITION && edition.language.text == "English",
            _ => true,
        }
    }

    pub(super) fn edition(&mut self, file: &ast::File) {
        let Some(first) = file.items.first() else { return };
        match first {
            Item::Edition(_) if Builder::is_readable(file) => {}
            Item::Edition(edition) => {
                let place = if edition.number.text == EDITION { edition.language.place } else { edition.number.place };
                let message = format!(
                    "edition {} in {} is not known to this program, so the file is left out",
                    edition.number.text, edition.language.text
                );
                self.problems.push(Diagnostic::new(Code::E105, place, message).help("write `edition 1, in English` if that is what it is"));
            }
            other => {
                let place = item_place(other);
                self.problems.push(
                    Diagnostic::new(Code::E105, place, "the file does not begin with its edition")
                        .help("put `edition 1, in English` on the first line, so that a later program knows how to read it"),
                );
            }
        }
        for item in file.items.iter().skip(1) {
            if let Item::Edition(edition) = item {
                self.problems.push(Diagnostic::new(Code::E105, edition.number.place, "the edition stands twice").help("keep the first"));
            }
        }
    }

    /// Says that a name is taken. True if it is.
    pub(super) fn taken(&mut self, name: &Name, first: Option<crate::text::Place>, what: &str) -> bool {
        let Some(first) = first else { return false };
        let message = format!("{what} `{}` is declared twice", name.text);
        self.problems.push(
            Diagnostic::new(Code::E201, name.place, message)
                .here("again here")
                .also(first, "first here")
                .help("rename one of the two, or take it out"),
        );
        true
    }

    fn terms(&mut self, terms: &ast::Terms) {
        let first = self.vocabulary().enumeration_named(&terms.name.text).map(|id| self.vocabulary().enumeration(id).place);
        if self.taken(&terms.name, first, "the list of terms") {
            return;
        }
        let mut made = Enumeration {
            name: terms.name.text.clone(),
            meaning: terms.meaning.clone(),
            ordered: terms.ordered,
            terms: Vec::new(),
            place: terms.name.place,
        };
        if terms.terms.len() > MOST_TERMS {
            let message = format!("`{}` has {} terms; at most {MOST_TERMS} are possible", made.name, terms.terms.len());
            self.problems.push(Diagnostic::new(Code::E214, made.place, message).help("divide the list into two"));
        }
        for (at, (word, meaning, reading)) in terms.terms.iter().enumerate().take(MOST_TERMS) {
            let first = terms.terms.iter().take(at).find(|(known, _, _)| known.text == word.text).map(|(known, _, _)| known.place);
            if self.taken(word, first, "the term") {
                continue;
            }
            let reading = reading.clone().unwrap_or_else(|| word.text.replace('-', " "));
            made.terms.push(Term { name: word.text.clone(), meaning: meaning.clone(), reading });
        }
        self.model.vocabulary.enumerations.push(made);
    }

    fn record_name(&mut self, record: &ast::Record) {
        let first = self.vocabulary().record_named(&record.name.text).map(|id| self.vocabulary().record(id).place);
        if self.taken(&record.name, first, "the record") {
            return;
        }
        let mut made = Record::new(&record.name.text, &record.meaning, record.name.place);
        if let Some(listed) = &record.listed {
            made.list.clone_from(&listed.text);
        }
        made.single = record.single;
        made.part = !record.part_of.is_empty();
        made.needs_evidence = record.needs_evidence;
        self.model.vocabulary.records.push(made);
    }

    fn record_attributes(&mut self, record: &ast::Record) {
        let Some(id) = self.vocabulary().record_named(&record.name.text) else { return };
        if self.vocabulary().record(id).place != record.name.place {
            return;
        }
        for attribute in &record.attributes {
            let Some(ty) = self.ty(&attribute.ty) else { continue };
            let reads = |given: &Option<Name>, default: String| given.as_ref().map_or(default, |name| name.text.clone());
            let plain = attribute.name.text.replace('-', " ");
            let read = reads(&attribute.read, format!("with the {plain} {{value}}"));
            let denied = reads(&attribute.denied, format!("not {read}"));
            for phrase in [&attribute.read, &attribute.denied].into_iter().flatten() {
                self.placeholders(phrase, &["value"]);
            }
            let made = Attribute {
                name: attribute.name.text.clone(),
                ty,
                required: attribute.required,
                label: attribute.label.clone().unwrap_or(plain),
                question: attribute.asks.as_ref().map_or(String::new(), |asks| asks.text.clone()),
                read,
                denied,
                place: attribute.name.place,
            };
            if attribute.asks.is_none() {
                let message = format!("`{}` of `{}` has no question for the assessor", attribute.name.text, record.name.text);
                self.problems.push(
                    Diagnostic::new(Code::E215, attribute.name.place, message)
                        .help("add `asks \"…\"`: from it come the questionnaire and the messages"),
                );
            }
            self.attribute(record, id, made);
        }
        for word in &record.gathered_by {
            match self.vocabulary().record(id).attribute(&word.text) {
                Some(found) => self.model.vocabulary.records[id as usize].gathered_by.push(found),
                None => self.unknown_attribute(word, id),
            }
        }
    }

    fn attribute(&mut self, record: &ast::Record, id: RecordId, made: Attribute) {
        let known = self.vocabulary().record(id);
        let first = known.attribute(&made.name).map(|at| known.attributes[at as usize].place);
        let name = Name { text: made.name.clone(), place: made.place };
        if self.taken(&name, first, "the attribute") {
            return;
        }
        if self.vocabulary().record(id).attributes.len() < MOST_ATTRIBUTES {
            self.model.vocabulary.records[id as usize].add(made);
        } else if record.attributes.get(MOST_ATTRIBUTES).is_some_and(|one| one.name.place == made.place) {
            let message =
                format!("`{}` has {} attributes; at most {MOST_ATTRIBUTES} are possible", record.name.text, record.attributes.len());
            self.problems
                .push(Diagnostic::new(Code::E214, name.place, message).help("move some of them into a record that is part of this one"));
        }
    }

    fn ty(&mut self, ty: &ast::Type) -> Option<Type> {
        match ty {
            ast::Type::Plain(name) => PLAIN.iter().find(|(word, _)| *word == name.text).map(|(_, ty)| ty.clone()),
            ast::Type::OneOf(name) => self.enumeration(name).map(Type::Term),
            ast::Type::Reference(names) => self.records_named(names).map(Type::Reference),
            ast::Type::Several(names) => {
                if let [one] = names.as_slice()
                    && let Some(id) = self.vocabulary().enumeration_named(&one.text)
                {
                    self.used.enumerations.insert(id);
                    return Some(Type::Terms(id));
                }
                let records = self.records_named(names)?;
                match records.as_slice() {
                    [one] if self.vocabulary().record(*one).part => Some(Type::Parts(*one)),
                    _ => Some(Type::References(records)),
                }
            }
        }
    }

    fn enumeration(&mut self, name: &Name) -> Option<u16> {
        let found = self.vocabulary().enumeration_named(&name.text);
        match found {
            Some(id) => {
                self.used.enumerations.insert(id);
            }
            None => {
                let known = self.vocabulary().enumerations.iter();
                let help = did_you_mean_this(&name.text, known.map(|one| (one.name.as_str(), one.meaning.as_str())));
                self.problems.push(Diagnostic::new(Code::E202, name.place, format!("`{}` is no list of terms", name.text)).help(help));
            }
        }
        found
    }

    pub(super) fn records_named(&mut self, names: &[Name]) -> Option<Vec<RecordId>> {
        let found: Vec<Option<RecordId>> = names.iter().map(|name| self.record(name)).collect();
        found.into_iter().collect()
    }

    /// The record of this name; says so if there is none.
    pub(super) fn record(&mut self, name: &Name) -> Option<RecordId> {
        let found = self.vocabulary().record_named(&name.text);
        if found.is_none() {
            let help = did_you_mean_this(&name.text, self.vocabulary().records.iter().map(|one| (one.name.as_str(), one.meaning.as_str())));
            self.problems
                .push(Diagnostic::new(Code::E202, name.place, format!("`{}` is no record of the vocabulary", name.text)).help(help));
        }
        found
    }

    /// Says that a record has no such attribute.
    pub(super) fn unknown_attribute(&mut self, name: &Name, record: RecordId) {
        let record = self.vocabulary().record(record);
        let names = record.attributes.iter().map(|one| one.name.as_str());
        let mut help = did_you_mean(&name.text, names.clone());
        if let Some(near) = crate::diagnostic::suggest::nearest(&name.text, names)
            && let Some(attribute) = record.attribute(near).map(|at| &record.attributes[at as usize])
        {
            help = format!("did you mean `{near}` (“{}”)?", attribute.question);
        }
        let message = format!("a {} has no attribute `{}`", record.name, name.text);
        self.problems.push(Diagnostic::new(Code::E202, name.place, message).help(help));
    }

    fn frame(&mut self, frame: &ast::Frame) {
        let mut made = Frame::default();
        for line in &frame.lines {
            let words: Vec<(Option<RecordId>, Option<Slot>)> =
                line.words.iter().map(|(word, of)| self.frame_word(word, of.as_ref())).collect();
            let record = words.first().and_then(|(record, _)| *record);
            let slot = words.first().and_then(|(_, slot)| *slot);
            let slots = || words.iter().filter_map(|(_, slot)| *slot).collect();
            match line.role.text.as_str() {
                "state" => made.state = record,
                "subject" => made.subject = record,
                "evidence" => made.evidence = record,
                "capacities" => made.capacities = slot,
                "graded-by" => made.graded_by = slot,
                "source" => made.source = slot,
                "suspends" => made.suspends = slot,
                "situation" => made.situation = slot,
                "regime" => made.regime = slot,
                "begins" => made.begins = slots(),
                "seen" => made.seen = slots(),
                _ => made.ends = slots(),
            }
        }
        self.model.vocabulary.frame = made;
    }

    fn frame_word(&mut self, word: &Name, of: Option<&Name>) -> (Option<RecordId>, Option<Slot>) {
        let Some(of) = of else { return (self.record(word), None) };
        let Some(record) = self.record(of) else { return (None, None) };
        match self.vocabulary().record(record).attribute(&word.text) {
            Some(attribute) => (None, Some((record, attribute))),
            None => {
                self.unknown_attribute(word, record);
                (None, None)
            }
        }
    }

    fn instrument(&mut self, instrument: &ast::Instrument) {
        let first = self.model.instruments.iter().find(|one| one.name == instrument.name.text).map(|one| one.place);
        if self.taken(&instrument.name, first, "the instrument") {
            return;
        }
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for paragraph in &instrument.paragraphs {
            let first = paragraphs.iter().find(|one| one.number == paragraph.number.text).map(|one| one.place);
            if self.taken(&paragraph.number, first, "the paragraph") {
                continue;
            }
            let text = |name: &Option<Name>| name.as_ref().map_or(String::new(), |name| name.text.clone());
            if let Some(section) = &paragraph.section
                && !instrument.sections.iter().any(|(number, _)| number.text == section.text)
            {
                let help = format!("the sections are {}", list(instrument.sections.iter().map(|(number, _)| number.text.as_str())));
                self.problems
                    .push(Diagnostic::new(Code::E202, section.place, format!("there is no section `{}`", section.text)).help(help));
            }
            let Some(assessable) = paragraph.assessable.clone() else {
                let message = format!("paragraph {} does not say whether it can be assessed", paragraph.number.text);
                self.problems.push(
                    Diagnostic::new(Code::E215, paragraph.number.place, message)
                        .help("add `assessable`, `assessable in part because \"…\"` or `not assessable because \"…\"`"),
                );
                continue;
            };
            paragraphs.push(Paragraph {
                number: paragraph.number.text.clone(),
                sense: paragraph.sense.text.clone(),
                section: text(&paragraph.section),
                binds: text(&paragraph.binds),
                modality: text(&paragraph.modality),
                requirements: paragraph.requirements.as_ref().and_then(|name| name.text.parse().ok()).unwrap_or(0),
                assessable,
                wording: text(&paragraph.wording),
                place: paragraph.number.place,
            });
        }
        self.model.instruments.push(Instrument {
            name: instrument.name.text.clone(),
            title: instrument.title.text.clone(),
            of: instrument.of,
            from: instrument.from,
            sections: instrument.sections.iter().map(|(number, heading)| (number.text.clone(), heading.text.clone())).collect(),
            paragraphs,
            place: instrument.name.place,
        });
    }

    fn parameter(&mut self, parameter: &ast::Parameter) {
        let first = self.model.parameters.iter().find(|one| one.name == parameter.name.text).map(|one| one.place);
        if !self.taken(&parameter.name, first, "the parameter") {
            let value = scalar(&parameter.value.kind);
            self.model.parameters.push(Parameter {
                name: parameter.name.text.clone(),
                value,
                because: parameter.because.clone(),
                place: parameter.name.place,
            });
        }
    }

    /// Says that a reading names something other than what may be put in.
    pub(super) fn placeholders(&mut self, text: &Name, known: &[&str]) {
        let mut rest = text.text.as_str();
        while let Some((_, after)) = rest.split_once('{') {
            let (inside, tail) = after.split_once('}').unwrap_or((after, ""));
            if !known.contains(&inside) {
                let message = format!("`{{{inside}}}` stands for nothing here");
                self.problems.push(
                    Diagnostic::new(Code::E216, text.place, message).help(format!("what can be put in: {}", list(known.iter().copied()))),
                );
            }
            rest = tail;
        }
    }
}

/// A literal as a value.
pub(super) fn scalar(literal: &LiteralKind) -> Scalar {
    match literal {
        LiteralKind::Date(date) => Scalar::Date(*date),
        LiteralKind::Percentage(value) => Scalar::Percentage(*value),
        LiteralKind::Duration(days) => Scalar::Duration(*days),
        LiteralKind::Money(amount, currency) => Scalar::Money(*amount, currency.clone()),
        LiteralKind::Number(value) => Scalar::Number(*value),
        LiteralKind::YesNo(value) => Scalar::YesNo(*value),
        LiteralKind::Text(text) => Scalar::Text(text.clone()),
    }
}

fn item_place(item: &Item) -> crate::text::Place {
    match item {
        Item::Edition(item) => item.number.place,
        Item::Frame(item) => item.place,
        Item::Instrument(item) => item.name.place,
        Item::Questionnaire(item) => item.title.place,
        Item::Terms(item) => item.name.place,
        Item::Record(item) => item.name.place,
        Item::Parameter(item) => item.name.place,
        Item::Qualifier(item) => item.name.place,
        Item::Definition(item) => item.name.place,
        Item::Rule(item) => item.id.place,
        Item::Setting(item) | Item::Scenario(item) => item.title.place,
    }
}
