//! Rules: head, selection, duty, *partly*, exceptions, prose.

use super::{Builder, exact};
use crate::syntax::ast::{Citation, Duty, Exception, FootingPart, LimbTest, Outcome, Prose, Rule as RuleItem, Selection};
use crate::syntax::grammar::{Cursor, Rule};

impl Builder {
    pub(super) fn rule_item(&mut self, mut node: Cursor<'_>) -> RuleItem {
        let place = node.place();
        let (id, title) = (node.expect(Rule::rule_id).name(), node.string());
        let heads = node.each(Rule::rule_head);
        let selection = node.expect(Rule::selection);
        let selection = self.selection(selection);
        let duty = node.expect(Rule::duty);
        let duty = self.duty(duty);
        let mut rule = RuleItem {
            id,
            title,
            cites: Vec::new(),
            footing: Vec::new(),
            severity: None,
            topics: Vec::new(),
            selection,
            duty,
            partly: None,
            evidence: None,
            exceptions: Vec::new(),
            lowered: None,
            prose: Vec::new(),
            place,
        };
        heads.into_iter().filter_map(|mut head| head.next()).for_each(|head| rule_head(&mut rule, head));
        for mut part in node.children() {
            match part.rule() {
                Rule::partly => rule.partly = Some(limb_test(part.expect(Rule::limb_test))),
                Rule::evidence_floor => rule.evidence = Some(part.expect(Rule::word).name()),
                Rule::exception => rule.exceptions.push(self.exception(part)),
                Rule::lowered => {
                    let condition = part.expect(Rule::condition);
                    rule.lowered = Some(self.condition(condition));
                }
                Rule::prose => rule.prose.push(Prose {
                    word: part.expect(Rule::prose_word).name(),
                    language: part.optional(Rule::in_language).map(|mut one| one.expect(Rule::language).name()),
                    text: part.expect(Rule::string).name(),
                }),
                _ => {}
            }
        }
        rule.footing.shrink_to_fit();
        rule.topics.shrink_to_fit();
        rule.exceptions.shrink_to_fit();
        rule.prose.shrink_to_fit();
        rule
    }

    fn selection(&mut self, mut node: Cursor<'_>) -> Selection {
        match node.next() {
            Some(mut inner) if inner.rule() == Rule::for_every => {
                let noun = inner.expect(Rule::noun);
                let noun = self.noun(noun);
                inner.each(Rule::comma);
                let in_each =
                    inner.optional(Rule::in_each).map(|mut each| (each.expect(Rule::word).name(), each.expect(Rule::variable).name()));
                Selection::Every { noun, in_each, if_none: inner.expect(Rule::if_none).expect(Rule::verdict).name() }
            }
            Some(mut inner) => Selection::The(inner.expect(Rule::the_record).expect(Rule::word).name()),
            None => Selection::The(node.name()),
        }
    }

    fn duty(&mut self, mut node: Cursor<'_>) -> Duty {
        let who = node.expect(Rule::the_record).expect(Rule::word).name();
        let modality = node.expect(Rule::modality).name();
        let limbs = node.expect(Rule::limbs);
        Duty { modality, who, limbs: self.limbs(limbs) }
    }

    fn exception(&mut self, mut node: Cursor<'_>) -> Exception {
        let condition = node.expect(Rule::condition);
        let condition = self.condition(condition);
        let name = node.expect(Rule::string).name();
        let mut exception =
            Exception { condition, name, cites: Vec::new(), under: None, prevails: Vec::new(), outcome: Outcome::NotApplicable };
        for mut part in node.children() {
            match part.rule() {
                Rule::exception_option => match part.next() {
                    Some(mut one) if one.rule() == Rule::cites => {
                        exception.cites = exact(one.each(Rule::citation).into_iter().map(citation));
                    }
                    Some(mut one) if one.rule() == Rule::under_exception => exception.under = Some(one.expect(Rule::string).name()),
                    Some(mut one) => exception.prevails.push(one.expect(Rule::string).name()),
                    None => {}
                },
                Rule::outcome => {
                    if let Some(inner) = part.next() {
                        exception.outcome = self.outcome(inner);
                    }
                }
                _ => {}
            }
        }
        exception
    }

    fn outcome(&mut self, mut node: Cursor<'_>) -> Outcome {
        if node.rule() == Rule::no_rule {
            return Outcome::NotApplicable;
        }
        let excused =
            node.optional(Rule::excused).map(|mut one| one.each(Rule::label).iter().map(Cursor::name).collect()).unwrap_or_default();
        let duty = node.optional(Rule::but_duty).map(|mut one| {
            let duty = one.expect(Rule::duty);
            self.duty(duty)
        });
        Outcome::Substitute { excused, duty }
    }
}

fn rule_head(rule: &mut RuleItem, mut head: Cursor<'_>) {
    match head.rule() {
        Rule::cites => {
            rule.cites = exact(std::mem::take(&mut rule.cites).into_iter().chain(head.each(Rule::citation).into_iter().map(citation)))
        }
        Rule::severity => rule.severity = Some(head.expect(Rule::severity_word).name()),
        Rule::topic => rule.topics.extend(head.each(Rule::word).iter().map(Cursor::name)),
        Rule::footing => {
            let parts = head.children().into_iter().filter(|part| part.rule() == Rule::footing_part);
            rule.footing.extend(parts.map(footing_part));
        }
        _ => {}
    }
}

fn footing_part(mut node: Cursor<'_>) -> FootingPart {
    let word = node.expect(Rule::footing_word).name();
    let mut part = FootingPart { word, from: None, with: None, terms: Vec::new() };
    if let Some(mut from) = node.optional(Rule::footing_from) {
        part.from = Some(citation(from.expect(Rule::citation)));
        part.with = from.optional(Rule::string).map(|with| with.name().text);
    }
    part.terms = node.each(Rule::word).iter().map(Cursor::name).collect();
    part
}

fn citation(mut node: Cursor<'_>) -> Citation {
    Citation {
        instrument: node.expect(Rule::title).name(),
        paragraph: node.expect(Rule::number_name).name(),
        sentence: node.optional(Rule::number_name).map(|sentence| sentence.name()),
    }
}

fn limb_test(mut node: Cursor<'_>) -> LimbTest {
    let (mut tests, mut joiners) = (Vec::new(), Vec::new());
    for mut part in node.children() {
        match part.rule() {
            Rule::limb_atom => tests.extend(part.next().map(limb_atom)),
            Rule::joiner => joiners.push(part.name()),
            _ => {}
        }
    }
    match tests.len() {
        1 => tests.remove(0),
        _ => LimbTest::Joined(tests, joiners),
    }
}

fn limb_atom(mut node: Cursor<'_>) -> LimbTest {
    match node.rule() {
        Rule::limb_unknown => LimbTest::Unknown(node.expect(Rule::label).name()),
        Rule::limb_group => limb_test(node.expect(Rule::limb_test)),
        Rule::limb_count => LimbTest::AtLeast(node.expect(Rule::number).name(), node.each(Rule::label).iter().map(Cursor::name).collect()),
        Rule::limb_not => match node.expect(Rule::limb_atom).next() {
            Some(inner) => LimbTest::Not(Box::new(limb_atom(inner))),
            None => LimbTest::Holds(node.name()),
        },
        _ => LimbTest::Holds(node.name()),
    }
}
