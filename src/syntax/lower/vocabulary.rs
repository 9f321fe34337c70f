//! Items that declare: frame, instruments, questionnaires, terms, records, parameters, qualifiers, definitions.

use super::Builder;
use crate::syntax::ast::{
    AskedItem, Assessable, Attribute, Definition, Edition, Frame, FrameLine, Instrument, Name, Paragraph, Parameter, Qualifier,
    Questionnaire, Record, Terms, Type, TypedVariable,
};
use crate::syntax::grammar::{Cursor, Rule};

impl Builder {
    pub(super) fn edition(&mut self, mut node: Cursor<'_>) -> Edition {
        Edition { number: node.expect(Rule::number).name(), language: node.expect(Rule::title).name() }
    }

    pub(super) fn frame(&mut self, mut node: Cursor<'_>) -> Frame {
        let place = node.place();
        let lines = node.each(Rule::frame_line).into_iter().map(|mut line| FrameLine {
            role: line.expect(Rule::frame_role).name(),
            words: line
                .each(Rule::frame_word)
                .into_iter()
                .map(|mut one| (one.expect(Rule::word).name(), one.optional(Rule::word).map(|of| of.name())))
                .collect(),
        });
        Frame { lines: lines.collect(), place }
    }

    pub(super) fn instrument(&mut self, mut node: Cursor<'_>) -> Instrument {
        let (name, title) = (node.expect(Rule::title).name(), node.expect(Rule::string).name());
        let (of, from) = (node.expect(Rule::date), node.expect(Rule::date));
        let (of, from) = (self.date(&of), self.date(&from));
        let mut instrument = Instrument { name, title, of, from, sections: Vec::new(), paragraphs: Vec::new() };
        for mut part in node.children() {
            match part.rule() {
                Rule::section => instrument.sections.push((part.expect(Rule::number_name).name(), part.expect(Rule::string).name())),
                Rule::paragraph => instrument.paragraphs.push(self.paragraph(part)),
                _ => {}
            }
        }
        instrument
    }

    fn paragraph(&mut self, mut node: Cursor<'_>) -> Paragraph {
        let mut paragraph = Paragraph {
            number: node.expect(Rule::number_name).name(),
            sense: node.expect(Rule::string).name(),
            section: None,
            binds: None,
            modality: None,
            requirements: None,
            assessable: None,
            wording: None,
        };
        for part in node.each(Rule::paragraph_part).into_iter().filter_map(|mut part| part.next()) {
            let mut part = part;
            match part.rule() {
                Rule::in_section => paragraph.section = Some(part.expect(Rule::number_name).name()),
                Rule::addressees => paragraph.binds = Some(part.expect(Rule::string).name()),
                Rule::modality_word => paragraph.modality = Some(part.expect(Rule::string).name()),
                Rule::requirements => paragraph.requirements = Some(part.expect(Rule::number).name()),
                Rule::reading_state => paragraph.wording = Some(part.expect(Rule::string).name()),
                Rule::assessable => paragraph.assessable = part.next().map(assessable),
                _ => {}
            }
        }
        paragraph
    }

    pub(super) fn questionnaire(&mut self, mut node: Cursor<'_>) -> Questionnaire {
        let title = node.expect(Rule::string).name();
        let items = node.each(Rule::asked_item).into_iter().map(|mut item| AskedItem {
            number: item.expect(Rule::string).name(),
            topic: item.expect(Rule::string).name(),
            by: item.optional(Rule::asked_by).map(|mut by| by.expect(Rule::word).name()),
            from: item
                .optional(Rule::asked_from)
                .map(|mut from| from.each(Rule::rule_id).into_iter().map(|id| id.name()).collect())
                .unwrap_or_default(),
        });
        Questionnaire { title, items: items.collect() }
    }

    pub(super) fn terms(&mut self, mut node: Cursor<'_>) -> Terms {
        let name = node.expect(Rule::word).name();
        let mut terms = Terms { name, ordered: false, meaning: String::new(), terms: Vec::new() };
        for mut part in node.children() {
            match part.rule() {
                Rule::ordered => terms.ordered = true,
                Rule::string => terms.meaning = part.name().text,
                Rule::term => {
                    let word = part.expect(Rule::term_word).name();
                    terms.terms.push((word, part.string(), part.optional(Rule::read).map(|mut read| read.string())));
                }
                _ => {}
            }
        }
        terms
    }

    pub(super) fn record(&mut self, mut node: Cursor<'_>) -> Record {
        let (name, meaning) = (node.expect(Rule::term_word).name(), node.string());
        let mut record = Record {
            name,
            meaning,
            listed: None,
            part_of: Vec::new(),
            single: false,
            gathered_by: Vec::new(),
            needs_evidence: false,
            attributes: Vec::new(),
        };
        for mut part in node.children() {
            match part.rule() {
                Rule::record_option => record_option(&mut record, part.next()),
                Rule::attribute => record.attributes.push(attribute(part)),
                _ => {}
            }
        }
        record
    }

    pub(super) fn parameter(&mut self, mut node: Cursor<'_>) -> Parameter {
        let name = node.expect(Rule::word).name();
        let value = node.expect(Rule::literal);
        Parameter { name, value: self.literal(value), because: node.expect(Rule::because).string() }
    }

    pub(super) fn qualifier(&mut self, mut node: Cursor<'_>) -> Qualifier {
        let name = node.expect(Rule::word).name();
        let read = node.expect(Rule::read).string();
        let resting_on = node.expect(Rule::resting);
        Qualifier { name, read, resting_on: self.resting(resting_on) }
    }

    pub(super) fn definition(&mut self, mut node: Cursor<'_>) -> Definition {
        let mut order = vec![node.expect(Rule::variable).name()];
        node.optional(Rule::article);
        let name = node.expect(Rule::word).name();
        order.extend(node.each(Rule::variable).iter().map(Cursor::name));
        let variables = node.each(Rule::typed_variable).into_iter();
        let variables = variables
            .map(|mut one| TypedVariable { kind: one.expect(Rule::word).name(), name: one.expect(Rule::variable).name() })
            .collect();
        let read = node.expect(Rule::read).expect(Rule::string).name();
        let denied = node.expect(Rule::denied).expect(Rule::string).name();
        let limbs = node.expect(Rule::limbs);
        Definition { name, order, variables, read, denied, limbs: self.limbs(limbs) }
    }
}

fn assessable(mut node: Cursor<'_>) -> Assessable {
    let because = |node: &mut Cursor<'_>| node.expect(Rule::because).string();
    match node.rule() {
        Rule::not_assessable => Assessable::Not(because(&mut node)),
        Rule::partly_assessable => Assessable::InPart(because(&mut node)),
        _ => Assessable::Fully,
    }
}

fn record_option(record: &mut Record, option: Option<Cursor<'_>>) {
    let Some(mut option) = option else { return };
    match option.rule() {
        Rule::listed => record.listed = Some(option.expect(Rule::word).name()),
        Rule::part_of => record.part_of.push(option.expect(Rule::word).name()),
        Rule::scoped_by => record.gathered_by = option.each(Rule::word).iter().map(Cursor::name).collect(),
        Rule::single_record => record.single = true,
        Rule::needs_evidence => record.needs_evidence = true,
        _ => {}
    }
}

fn attribute(mut node: Cursor<'_>) -> Attribute {
    let name = node.expect(Rule::attribute_word).name();
    let ty = ty(node.expect(Rule::type_));
    let mut attribute = Attribute { name, ty, required: false, label: None, asks: None, read: None, denied: None };
    for mut option in node.each(Rule::attribute_option).into_iter().filter_map(|mut option| option.next()) {
        match option.rule() {
            Rule::required => attribute.required = true,
            Rule::label_text => attribute.label = Some(option.string()),
            Rule::asks => attribute.asks = Some(option.expect(Rule::string).name()),
            Rule::read => attribute.read = Some(option.expect(Rule::string).name()),
            Rule::denied => attribute.denied = Some(option.expect(Rule::string).name()),
            _ => {}
        }
    }
    attribute
}

fn ty(mut node: Cursor<'_>) -> Type {
    let plain = node.name();
    let Some(mut inner) = node.next() else { return Type::Plain(plain) };
    let words = |inner: &mut Cursor<'_>| -> Vec<Name> {
        inner.children().iter().filter(|one| one.rule() == Rule::word).map(Cursor::name).collect()
    };
    match inner.rule() {
        Rule::one_of => Type::OneOf(inner.expect(Rule::word).name()),
        Rule::several => Type::Several(words(&mut inner)),
        Rule::reference => Type::Reference(words(&mut inner)),
        _ => Type::Plain(inner.name()),
    }
}
