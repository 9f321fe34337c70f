//! Scenarios and settings.

use super::Builder;
use crate::syntax::ast::{Expect, Given, GivenAbsent, GivenAttribute, GivenOne, GivenPeriod, GivenValue, Reason, Scenario};
use crate::syntax::grammar::{Cursor, Rule};

impl Builder {
    pub(super) fn scenario(&mut self, mut node: Cursor<'_>) -> Scenario {
        let title = node.expect(Rule::string).name();
        let as_of = node.optional(Rule::date).map(|date| self.date(&date));
        let given = node.each(Rule::given).into_iter().filter_map(|mut given| given.next()).map(|given| self.given(given)).collect();
        let expect = node.each(Rule::expect).into_iter().map(expectation).collect();
        Scenario { title, as_of, given, expect }
    }

    fn given(&mut self, mut node: Cursor<'_>) -> Given {
        match node.rule() {
            Rule::given_setting => Given::Setting(node.expect(Rule::string).name()),
            Rule::given_complete => {
                let (list, scope) = (node.expect(Rule::word).name(), node.optional(Rule::word).map(|one| one.name()));
                Given::Complete(list, scope, self.period(&mut node))
            }
            Rule::given_absent => {
                let others = node.optional(Rule::other_word).is_some();
                let kind = node.expect(Rule::word).name();
                let attributes = self.given_attributes(node.each(Rule::given_attribute));
                let searched = node.expect(Rule::searched).expect(Rule::string).name();
                node.optional(Rule::comma);
                Given::Absent(GivenAbsent { kind, others, attributes, searched, period: self.period(&mut node) })
            }
            _ => {
                node.optional(Rule::article);
                let kind = node.expect(Rule::word).name();
                let name = node.optional(Rule::given_name).map(|one| one.name());
                let with = node.optional(Rule::given_with).map(|mut with| with.each(Rule::given_attribute)).unwrap_or_default();
                Given::Record(kind, name, self.given_attributes(with))
            }
        }
    }

    fn period(&mut self, node: &mut Cursor<'_>) -> GivenPeriod {
        let Some(mut period) = node.optional(Rule::period) else { return GivenPeriod::default() };
        let mut day = |rule| {
            let date = period.optional(rule).map(|mut one| one.expect(Rule::date));
            date.map(|date| (self.date(&date), date.place()))
        };
        GivenPeriod { from: day(Rule::period_from), until: day(Rule::period_until) }
    }

    fn given_attributes(&mut self, nodes: Vec<Cursor<'_>>) -> Vec<GivenAttribute> {
        nodes.into_iter().map(|node| self.given_attribute(node)).collect()
    }

    fn given_attribute(&mut self, mut node: Cursor<'_>) -> GivenAttribute {
        match node.next() {
            Some(inner) if inner.rule() == Rule::given_fact => GivenAttribute::InFact(inner.place()),
            Some(mut inner) if inner.rule() == Rule::given_evidence => {
                let name = inner.name();
                let values = match self.given_value(inner.expect(Rule::given_value)) {
                    GivenValue::Values(values) => values,
                    GivenValue::Unknown(_) | GivenValue::Disputed(_) | GivenValue::Absent(_) => Vec::new(),
                };
                GivenAttribute::Evidence(name, values)
            }
            Some(word) => {
                let name = word.name();
                let value = node.expect(Rule::given_value);
                GivenAttribute::Value(name, self.given_value(value))
            }
            None => GivenAttribute::InFact(node.place()),
        }
    }

    fn given_value(&mut self, mut node: Cursor<'_>) -> GivenValue {
        if let Some(mut state) = node.optional(Rule::given_state) {
            let place = state.place();
            return match state.optional(Rule::given_open).map(|word| word.text() == "disputed") {
                Some(true) => GivenValue::Disputed(place),
                Some(false) => GivenValue::Unknown(place),
                None => {
                    state.expect(Rule::absent_word);
                    GivenValue::Absent(state.expect(Rule::searched).expect(Rule::string).name())
                }
            };
        }
        GivenValue::Values(node.each(Rule::given_one).into_iter().map(|one| self.given_one(one)).collect())
    }

    fn given_one(&mut self, mut node: Cursor<'_>) -> GivenOne {
        let place = node.place();
        match node.next() {
            Some(inner) if inner.rule() == Rule::literal => GivenOne::Literal(self.literal(inner)),
            Some(inner) if inner.rule() == Rule::given_attribute => {
                let mut all = vec![inner];
                all.extend(node.each(Rule::given_attribute));
                GivenOne::Part(self.given_attributes(all), place)
            }
            Some(inner) => GivenOne::Word(inner.name()),
            None => GivenOne::Word(node.name()),
        }
    }
}

fn expectation(mut node: Cursor<'_>) -> Expect {
    let place = node.place();
    let rule = node.expect(Rule::rule_id).name();
    let (mut subject, mut capacity, mut situation) = (None, None, None);
    for mut part in node.each(Rule::expect_part).into_iter().filter_map(|mut part| part.next()) {
        let word = part.expect(Rule::word).name();
        match part.rule() {
            Rule::expect_for => subject = Some(word),
            Rule::expect_in => capacity = Some(word),
            _ => situation = Some(word),
        }
    }
    let verdict = node.expect(Rule::verdict).name();
    let reasons = node.each(Rule::reason).into_iter().flat_map(|mut reason| reason.each(Rule::reason_one)).filter_map(|mut one| one.next());
    let reasons = reasons.map(|one| if one.rule() == Rule::label { Reason::Limb(one.name()) } else { Reason::Text(one.name()) }).collect();
    Expect { rule, subject, capacity, situation, verdict, reasons, place }
}
