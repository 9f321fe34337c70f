//! Conditions, nouns, tests, values and literals.

use super::{Builder, exact};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::DEPTH_LIMIT;
use crate::syntax::ast::{
    Condition, ConditionKind, HowMany, Is, Limb, Limbs, Literal, LiteralKind, Modifier, Noun, Subject, Target, Test, TestKind, Value,
};
use crate::syntax::grammar::{Cursor, Rule};
use crate::values::{Date, parse_duration};

impl Builder {
    pub(super) fn limbs(&mut self, mut node: Cursor<'_>) -> Limbs {
        let mut limbs = Limbs { limbs: Vec::new(), joiners: Vec::new() };
        for part in node.children() {
            match part.rule() {
                Rule::limb | Rule::roman_limb | Rule::digit_limb => limbs.limbs.push(self.limb(part)),
                Rule::joiner => limbs.joiners.push(part.name()),
                _ => {}
            }
        }
        limbs.limbs.shrink_to_fit();
        limbs.joiners.shrink_to_fit();
        limbs
    }

    fn limb(&mut self, mut node: Cursor<'_>) -> Limb {
        let label = node.next().map_or_else(|| node.name(), |label| label.name());
        let process = node.optional(Rule::process).is_some();
        let condition = node.expect(Rule::condition);
        let condition = self.condition(condition);
        Limb { label, process, condition, says: node.optional(Rule::says).map(|mut says| says.expect(Rule::string).name()) }
    }

    pub(super) fn condition(&mut self, mut node: Cursor<'_>) -> Condition {
        let place = node.place();
        self.depth += 1;
        let kind = match node.next() {
            Some(inner) if self.depth <= DEPTH_LIMIT => self.condition_kind(inner),
            _ => {
                self.too_deep("conditions", place);
                ConditionKind::Block(node.name(), Limbs { limbs: Vec::new(), joiners: Vec::new() })
            }
        };
        self.depth -= 1;
        Condition { kind, place }
    }

    /// Says once that `what` stands too deep.
    fn too_deep(&mut self, what: &str, place: crate::text::Place) {
        if self.depth == DEPTH_LIMIT + 1 {
            let message = format!("{what} are nested more than {DEPTH_LIMIT} deep");
            self.problems
                .push(Diagnostic::new(Code::E104, place, message).help("give the inner part a name with `define` and use that name here"));
        }
    }

    fn condition_kind(&mut self, mut inner: Cursor<'_>) -> ConditionKind {
        let boxed = |this: &mut Self, inner: &mut Cursor<'_>| {
            let condition = inner.expect(Rule::condition);
            Box::new(this.condition(condition))
        };
        match inner.rule() {
            Rule::guarded => ConditionKind::Where(boxed(self, &mut inner), boxed(self, &mut inner)),
            Rule::during => ConditionKind::During(inner.expect(Rule::word).name(), boxed(self, &mut inner)),
            Rule::always => ConditionKind::Always(boxed(self, &mut inner)),
            Rule::denial => ConditionKind::Not(boxed(self, &mut inner)),
            Rule::quantified => {
                let how = inner.next().map_or(HowMany::Every, |how| self.how_many(how));
                let noun = inner.expect(Rule::noun);
                ConditionKind::For(how, self.noun(noun), boxed(self, &mut inner))
            }
            Rule::exists => {
                let how = inner.next().map_or(HowMany::Some, |how| self.how_many(how));
                let noun = inner.expect(Rule::noun);
                ConditionKind::There(how, self.noun(noun))
            }
            Rule::block => {
                let word = inner.expect(Rule::block_word).name();
                let limbs = inner.next().unwrap_or(inner);
                ConditionKind::Block(word, self.limbs(limbs))
            }
            _ => self.statement(inner),
        }
    }

    fn how_many(&mut self, mut node: Cursor<'_>) -> HowMany {
        match node.rule() {
            Rule::every => HowMany::Every,
            Rule::no => HowMany::No,
            Rule::share => match node.next() {
                Some(one) if one.rule() == Rule::percentage => HowMany::Share(Value::Literal(self.literal_of(&one))),
                Some(one) => HowMany::Share(Value::Word(one.name())),
                None => HowMany::Every,
            },
            Rule::how_many | Rule::count => {
                let bound = node.expect(Rule::bound).name();
                let number = node.expect(Rule::number).name();
                match bound.text.as_str() {
                    "at least" => HowMany::AtLeast(number),
                    "at most" => HowMany::AtMost(number),
                    _ => HowMany::Exactly(number),
                }
            }
            _ => HowMany::Some,
        }
    }

    fn statement(&mut self, mut node: Cursor<'_>) -> ConditionKind {
        let subject = self.subject(node.expect(Rule::subject));
        let place = node.place();
        let Some(mut verb) = node.next() else {
            return ConditionKind::Block(node.name(), Limbs { limbs: Vec::new(), joiners: Vec::new() });
        };
        match verb.rule() {
            Rule::has => ConditionKind::Has(subject, exact(verb.each(Rule::test_line).into_iter().map(|line| self.test(line)))),
            Rule::has_not => {
                let line = verb.expect(Rule::test_line);
                ConditionKind::HasNot(subject, self.test(line))
            }
            Rule::is => ConditionKind::Is(subject, self.is(verb)),
            Rule::is_not => ConditionKind::IsNot(subject, self.is(verb)),
            rule => {
                let target = match verb.expect(Rule::reach_target).next() {
                    Some(inner) if inner.rule() == Rule::nested => Target::Noun(self.nested(inner)),
                    Some(inner) => Target::Subject(self.subject(inner)),
                    None => Target::Subject(Subject::The(crate::syntax::ast::Name { text: String::new(), place })),
                };
                let through = verb.expect(Rule::through).each_word();
                ConditionKind::Reaches(subject, target, through, rule == Rule::reaches_not)
            }
        }
    }

    fn is(&mut self, mut node: Cursor<'_>) -> Is {
        let mut what = node.expect(Rule::is_what);
        match what.next() {
            Some(first) if first.rule() == Rule::word => {
                Is::Named(first.name(), exact(what.each(Rule::subject).into_iter().map(|one| self.subject(one))))
            }
            Some(first) => Is::Same(self.subject(first)),
            None => Is::Named(what.name(), Vec::new()),
        }
    }

    pub(super) fn subject(&mut self, mut node: Cursor<'_>) -> Subject {
        match node.next() {
            Some(mut inner) if inner.rule() == Rule::the_record => Subject::The(inner.expect(Rule::word).name()),
            Some(inner) => Subject::Variable(inner.name()),
            None => Subject::Variable(node.name()),
        }
    }

    pub(super) fn noun(&mut self, mut node: Cursor<'_>) -> Noun {
        let place = node.place();
        let kind = node.expect(Rule::word).name();
        let variable = node.optional(Rule::variable).map(|one| one.name());
        let modifiers = node.optional(Rule::modifiers).map(|mut all| all.each(Rule::modifier)).unwrap_or_default();
        let modifiers = exact(modifiers.into_iter().filter_map(|mut one| one.next()).map(|one| self.modifier(one)));
        Noun { kind, variable, modifiers, place }
    }

    fn modifier(&mut self, mut node: Cursor<'_>) -> Modifier {
        match node.rule() {
            Rule::in_fact => Modifier::InFact(node.place()),
            Rule::resting => Modifier::RestingOn(self.resting(node)),
            Rule::test_line => Modifier::Test(self.test(node)),
            Rule::other_than => {
                let subject = node.expect(Rule::subject);
                Modifier::OtherThan(self.subject(subject))
            }
            Rule::part_of_this => {
                let subject = node.expect(Rule::subject);
                Modifier::PartOf(self.subject(subject))
            }
            Rule::that_is => match node.next() {
                Some(verb) => {
                    let positive = verb.rule() == Rule::is;
                    Modifier::ThatIs(self.is(verb), positive)
                }
                None => Modifier::Qualifier(node.name()),
            },
            _ => Modifier::Qualifier(node.name()),
        }
    }

    pub(super) fn resting(&mut self, mut node: Cursor<'_>) -> Noun {
        let nested = node.expect(Rule::nested);
        self.nested(nested)
    }

    fn nested(&mut self, mut node: Cursor<'_>) -> Noun {
        let noun = node.expect(Rule::noun);
        self.depth += 1;
        let noun = if self.depth <= DEPTH_LIMIT {
            self.noun(noun)
        } else {
            self.too_deep("nouns in brackets", noun.place());
            Noun { kind: noun.name(), variable: None, modifiers: Vec::new(), place: noun.place() }
        };
        self.depth -= 1;
        noun
    }

    fn test(&mut self, mut node: Cursor<'_>) -> Test {
        let place = node.place();
        let attribute = node.expect(Rule::word).name();
        let mut test = node.expect(Rule::test);
        let kind = match test.next() {
            Some(inner) => self.test_kind(inner),
            None => TestKind::Stated(true),
        };
        Test { attribute, kind, place }
    }

    fn test_kind(&mut self, mut node: Cursor<'_>) -> TestKind {
        let values =
            |this: &mut Self, node: &mut Cursor<'_>| -> Vec<Value> { exact(node.each(Rule::value).into_iter().map(|one| this.value(one))) };
        match node.rule() {
            Rule::any_of => TestKind::AnyOf(values(self, &mut node)),
            Rule::all_of => TestKind::AllOf(values(self, &mut node)),
            Rule::none_of => TestKind::NoneOf(values(self, &mut node)),
            Rule::only_of => TestKind::OnlyOf(values(self, &mut node)),
            Rule::stated => TestKind::Stated(node.text() == "stated"),
            Rule::nested => TestKind::Nested(Box::new(self.nested(node))),
            Rule::compared => {
                let comparator = node.expect(Rule::comparator).name();
                let value = node.expect(Rule::value);
                TestKind::Compared(comparator, self.value(value))
            }
            _ => TestKind::Is(self.value(node)),
        }
    }

    fn value(&mut self, mut node: Cursor<'_>) -> Value {
        match node.next() {
            Some(inner) => match inner.rule() {
                Rule::literal => Value::Literal(self.literal(inner)),
                Rule::subject => Value::Subject(self.subject(inner)),
                Rule::none_value => Value::None(inner.place()),
                _ => Value::Word(inner.name()),
            },
            None => Value::Word(node.name()),
        }
    }

    pub(super) fn literal(&mut self, mut node: Cursor<'_>) -> Literal {
        match node.next() {
            Some(inner) => self.literal_of(&inner),
            None => Literal { kind: LiteralKind::Text(node.text().to_owned()), place: node.place() },
        }
    }

    fn literal_of(&mut self, node: &Cursor<'_>) -> Literal {
        let text = node.text();
        let amount = |text: &str| millionths(text.split_whitespace().next().unwrap_or(text));
        let kind = match node.rule() {
            Rule::date => Some(LiteralKind::Date(self.date(node))),
            Rule::percentage => millionths(text.trim_end_matches('%')).map(LiteralKind::Percentage),
            Rule::duration => parse_duration(&node.name().text.split_whitespace().collect::<Vec<_>>().join(" ")).map(LiteralKind::Duration),
            Rule::money => amount(text).map(|amount| LiteralKind::Money(amount, text.split_whitespace().last().unwrap_or("").to_owned())),
            Rule::number => millionths(text).map(LiteralKind::Number),
            Rule::yes_no => Some(LiteralKind::YesNo(text == "yes")),
            _ => Some(LiteralKind::Text(node.name().text)),
        };
        let kind = kind.unwrap_or_else(|| {
            let message = format!("`{text}` is too large, or has more than six decimal places");
            self.problems.push(Diagnostic::new(Code::E106, node.place(), message).help("write a smaller or rounder number"));
            LiteralKind::Number(0)
        });
        Literal { kind, place: node.place() }
    }

    pub(super) fn date(&mut self, node: &Cursor<'_>) -> Date {
        Date::parse(node.text()).unwrap_or_else(|| {
            let message = format!("`{}` is no day of the calendar", node.text());
            self.problems.push(Diagnostic::new(Code::E106, node.place(), message).help("write year, month and day, as in `2026-03-01`"));
            Date::from_number(0)
        })
    }
}

impl Cursor<'_> {
    /// Every word below this node.
    pub(super) fn each_word(&mut self) -> Vec<crate::syntax::ast::Name> {
        self.children().iter().filter(|one| one.rule() == Rule::word).map(Cursor::name).collect()
    }
}

/// A decimal number in millionths, exactly; `None` if it does not fit.
pub(crate) fn millionths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 6 {
        return None;
    }
    let fraction: i64 = format!("{part:0<6}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(fraction)
}
