//! Conditions and nouns, resolved.

use super::Builder;
use super::ir::{Expr, HowMany, Join, Kind, Limb, Limbs, Modifier, Node, Noun, Operand, Scalar, Target};
use super::scope::Scope;
use crate::diagnostic::suggest::{did_you_mean, did_you_mean_this};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{self, ConditionKind, Is, Name};
use crate::text::Place;

impl Builder {
    pub(super) fn kind(&mut self, name: &Name) -> Option<Kind> {
        if let Some(id) = self.vocabulary().enumeration_named(&name.text) {
            self.used.enumerations.insert(id);
            return Some(Kind::Term(id));
        }
        self.record(name).map(Kind::Record)
    }

    /// Limbs with their letters and joining words checked. `None` if a limb could not be resolved.
    pub(super) fn limbs(&mut self, limbs: &ast::Limbs, scope: &mut Scope) -> Option<Limbs> {
        self.labels(limbs);
        let join = match limbs.joiners.first() {
            Some(joiner) if joiner.text == "or" => Join::Or,
            _ => Join::And,
        };
        if let Some((first, other)) =
            limbs.joiners.first().and_then(|first| limbs.joiners.iter().find(|one| one.text != first.text).map(|other| (first, other)))
        {
            let message =
                format!("`{}` here, but `{}` before: one list, two joining words can be read in two ways", other.text, first.text);
            self.problems.push(
                Diagnostic::new(Code::E102, other.place, message)
                    .also(first.place, "the list began with this word")
                    .help("put the inner part into sub-limbs: `either (i) … or (ii) …` or `both (i) … and (ii) …`"),
            );
        }
        let made: Vec<Option<Limb>> = limbs.limbs.iter().map(|limb| self.limb(limb, scope)).collect();
        made.into_iter().collect::<Option<Vec<Limb>>>().map(|limbs| Limbs { join, limbs })
    }

    fn limb(&mut self, limb: &ast::Limb, scope: &mut Scope) -> Option<Limb> {
        let mark = scope.mark();
        let node = self.condition(&limb.condition, scope);
        scope.leave(mark);
        if let Some(says) = &limb.says {
            let names = scope.names();
            self.placeholders(says, &names);
        }
        let place = Place { source: limb.label.place.source, span: limb.label.place.span.to(limb.condition.place.span) };
        node.map(|node| Limb {
            label: limb.label.text.clone(),
            process: limb.process,
            node,
            says: limb.says.as_ref().map(|says| says.text.clone()),
            place,
        })
    }

    /// The limbs of a rule or definition bear one letter each.
    pub(super) fn letters(&mut self, limbs: &ast::Limbs) {
        for limb in limbs.limbs.iter().filter(|limb| !matches!(limb.label.text.as_bytes(), [b'a'..=b'z'])) {
            let message = format!("({}) is not the letter of a limb", limb.label.text);
            self.problems.push(
                Diagnostic::new(Code::E103, limb.label.place, message)
                    .help("letter limbs `(a)`, `(b)`, `(c)`; sub-limbs `(i)`, `(ii)` stand in a block: `either (i) … or (ii) …`"),
            );
        }
    }

    fn labels(&mut self, limbs: &ast::Limbs) {
        for (at, limb) in limbs.limbs.iter().enumerate() {
            if let Some(first) = limbs.limbs.iter().take(at).find(|one| one.label.text == limb.label.text) {
                let message = format!("the limb ({}) stands twice", limb.label.text);
                self.problems.push(
                    Diagnostic::new(Code::E103, limb.label.place, message)
                        .also(first.label.place, "first here")
                        .help("letter the limbs in order"),
                );
            }
        }
    }

    pub(super) fn condition(&mut self, condition: &ast::Condition, scope: &mut Scope) -> Option<Node> {
        let expr = match &condition.kind {
            ConditionKind::Where(guard, then) => {
                let (guard, then) = (self.condition(guard, scope), self.condition(then, scope));
                Expr::Where(Box::new(guard?), Box::new(then?))
            }
            ConditionKind::During(kind, then) => {
                let then = self.condition(then, scope);
                Expr::During(self.situation(kind)?, Box::new(then?))
            }
            ConditionKind::Always(then) => Expr::Always(Box::new(self.condition(then, scope)?)),
            ConditionKind::Not(inner) => Expr::Not(Box::new(self.condition(inner, scope)?)),
            ConditionKind::Block(word, limbs) => Expr::Block(self.block(word, limbs, scope)?),
            ConditionKind::There(how, noun) => {
                let mark = scope.mark();
                let noun = self.noun(noun, scope);
                scope.leave(mark);
                Expr::Records(self.how_many(how)?, Box::new(noun?), None)
            }
            ConditionKind::For(how, noun, then) => self.quantified(how, noun, then, scope)?,
            ConditionKind::Has(subject, tests) => {
                let (operand, record) = self.record_operand(subject, scope)?;
                let tests: Vec<_> = tests.iter().map(|test| self.test(test, record, scope)).collect();
                Expr::Has(operand, tests.into_iter().collect::<Option<Vec<_>>>()?)
            }
            ConditionKind::HasNot(subject, test) => {
                let (operand, record) = self.record_operand(subject, scope)?;
                let mut test = self.test(test, record, scope)?;
                test.denied = true;
                Expr::Has(operand, vec![test])
            }
            ConditionKind::Is(subject, is) => self.is(subject, is, scope)?,
            ConditionKind::IsNot(subject, is) => {
                let expr = self.is(subject, is, scope)?;
                Expr::Not(Box::new(Node { expr, place: condition.place }))
            }
            ConditionKind::Reaches(subject, target, through, denied) => {
                let expr = self.reaches(subject, target, through, scope)?;
                if *denied { Expr::Not(Box::new(Node { expr, place: condition.place })) } else { expr }
            }
        };
        Some(Node { expr, place: condition.place })
    }

    fn block(&mut self, word: &Name, limbs: &ast::Limbs, scope: &mut Scope) -> Option<Limbs> {
        let made = self.limbs(limbs, scope)?;
        let wanted = if matches!(word.text.as_str(), "either" | "any of") { Join::Or } else { Join::And };
        if made.join != wanted {
            let join = if wanted == Join::Or { "or" } else { "and" };
            let place = limbs.joiners.first().map_or(word.place, |joiner| joiner.place);
            self.problems.push(
                Diagnostic::new(
                    Code::E102,
                    place,
                    format!("`{}` is joined by `{join}`, not by `{}`", word.text, if wanted == Join::Or { "and" } else { "or" }),
                )
                .also(word.place, "begun here")
                .help(format!("write `{join}`, or begin the block with another word")),
            );
        }
        Some(made)
    }

    fn quantified(&mut self, how: &ast::HowMany, noun: &ast::Noun, then: &ast::Condition, scope: &mut Scope) -> Option<Expr> {
        let how = self.how_many(how)?;
        let mark = scope.mark();
        if let Some(id) = self.vocabulary().enumeration_named(&noun.kind.text) {
            self.used.enumerations.insert(id);
            let Some(name) = &noun.variable else {
                let message = "a quantifier over terms needs a variable";
                self.problems.push(Diagnostic::new(Code::E205, noun.place, message).help(format!("write `{} K`", noun.kind.text)));
                return None;
            };
            let slot = scope.bind(&name.text, Kind::Term(id));
            let then = self.condition(then, scope);
            scope.leave(mark);
            return Some(Expr::Terms(how, id, slot, Box::new(then?)));
        }
        let noun = self.noun(noun, scope);
        let then = self.condition(then, scope);
        scope.leave(mark);
        Some(Expr::Records(how, Box::new(noun?), Some(Box::new(then?))))
    }

    fn how_many(&mut self, how: &ast::HowMany) -> Option<HowMany> {
        Some(match how {
            ast::HowMany::Every => HowMany::Every,
            ast::HowMany::Some => HowMany::AtLeast(1),
            ast::HowMany::No => HowMany::AtMost(0),
            ast::HowMany::AtLeast(name) => HowMany::AtLeast(self.count(name)?),
            ast::HowMany::AtMost(name) => HowMany::AtMost(self.count(name)?),
            ast::HowMany::Exactly(name) => HowMany::Exactly(self.count(name)?),
            ast::HowMany::Share(value) => match self.share(value) {
                Some((Scalar::Percentage(share), _)) => HowMany::Share(share, self.parameter_at(value)),
                Some((_, place)) => {
                    self.problems.push(Diagnostic::new(Code::E203, place, "a share is a percentage").help("write it as `75%`"));
                    return None;
                }
                None => return None,
            },
        })
    }

    fn share(&mut self, value: &ast::Value) -> Option<(Scalar, Place)> {
        match value {
            ast::Value::Literal(literal) => Some((super::declare::scalar(&literal.kind), literal.place)),
            ast::Value::Word(name) => self.parameter_named(name).map(|value| (value, name.place)),
            ast::Value::None(_) | ast::Value::Subject(_) => None,
        }
    }

    /// The number of the parameter that a value names.
    fn parameter_at(&self, value: &ast::Value) -> Option<u32> {
        let ast::Value::Word(name) = value else { return None };
        self.model.parameters.iter().position(|one| one.name == name.text).and_then(|at| u32::try_from(at).ok())
    }

    /// The value of a parameter; says so if there is none.
    fn parameter_named(&mut self, name: &Name) -> Option<Scalar> {
        self.used.parameters.insert(name.text.clone());
        let found = self.model.parameters.iter().find(|one| one.name == name.text).map(|one| one.value.clone());
        if found.is_none() {
            let help = did_you_mean(&name.text, self.model.parameters.iter().map(|one| one.name.as_str()));
            self.problems.push(Diagnostic::new(Code::E202, name.place, format!("`{}` is no parameter", name.text)).help(help));
        }
        found
    }

    fn count(&mut self, name: &Name) -> Option<u32> {
        let count = name.text.parse().ok();
        if count.is_none() {
            self.problems
                .push(Diagnostic::new(Code::E106, name.place, format!("`{}` is no whole number", name.text)).help("write a whole number"));
        }
        count
    }

    fn situation(&mut self, name: &Name) -> Option<u16> {
        let slot = self.vocabulary().frame.situation?;
        let id = super::ir::enumeration(&self.vocabulary().attribute(slot).ty)?;
        self.used.attributes.insert(slot);
        self.term(name, id)
    }

    fn record_operand(&mut self, subject: &ast::Subject, scope: &Scope) -> Option<(Operand, u16)> {
        let (operand, kind) = self.operand(subject, scope)?;
        match kind {
            Kind::Record(record) => Some((operand, record)),
            Kind::Term(_) => {
                let place = subject_place(subject);
                self.problems.push(
                    Diagnostic::new(Code::E203, place, "a term has no attributes")
                        .help("say `is` and the term, or use a variable for a record"),
                );
                None
            }
        }
    }

    fn is(&mut self, subject: &ast::Subject, is: &Is, scope: &mut Scope) -> Option<Expr> {
        let (operand, kind) = self.operand(subject, scope)?;
        match is {
            Is::Same(other) => {
                let (other_operand, other_kind) = self.operand(other, scope)?;
                self.same_kind(kind, other_kind, subject_place(other))?;
                Some(Expr::Same(operand, other_operand))
            }
            Is::Named(name, rest) => {
                if let (Kind::Term(id), Operand::Slot(slot), true) = (kind, operand, rest.is_empty())
                    && (self.vocabulary().enumeration(id).term(&name.text).is_some()
                        || self.model.definitions.iter().all(|one| one.name != name.text))
                {
                    return self.term(name, id).map(|term| Expr::IsTerm(slot, id, term));
                }
                let (definition, mut operands) = self.call(name, Some(kind), rest, scope)?;
                operands.insert(0, operand);
                Some(Expr::Call(definition, operands))
            }
        }
    }

    fn same_kind(&mut self, one: Kind, other: Kind, place: Place) -> Option<()> {
        if one == other {
            return Some(());
        }
        let message = format!("{} can never be {}", self.kind_words(one), self.kind_words(other));
        self.problems.push(Diagnostic::new(Code::E203, place, message).help("compare two of the same kind"));
        None
    }

    /// A definition used: its number, and its arguments but the first, whose kind is given.
    fn call(&mut self, name: &Name, first: Option<Kind>, rest: &[ast::Subject], scope: &Scope) -> Option<(u32, Vec<Operand>)> {
        self.used.definitions.insert(name.text.clone());
        let Some(at) = self.model.definitions.iter().position(|one| one.name == name.text) else {
            if self.left_out.contains(&name.text) {
                return None;
            }
            let help = did_you_mean_this(&name.text, self.model.definitions.iter().map(|one| (one.name.as_str(), one.read.as_str())));
            self.problems.push(Diagnostic::new(Code::E202, name.place, format!("`{}` is not defined", name.text)).help(help));
            return None;
        };
        let definition = &self.model.definitions[at];
        let wanted: Vec<Kind> = definition.variables.iter().take(definition.arguments).map(|one| one.kind).collect();
        let reading = definition.read.clone();
        let mut operands = Vec::new();
        let mut given = first.into_iter().collect::<Vec<_>>();
        for subject in rest {
            let (operand, kind) = self.operand(subject, scope)?;
            operands.push(operand);
            given.push(kind);
        }
        if given != wanted {
            let wanted: Vec<String> = wanted.iter().map(|kind| self.kind_words(*kind)).collect();
            let given: Vec<String> = given.iter().map(|kind| self.kind_words(*kind)).collect();
            let stand = if given.len() == 1 { "stands" } else { "stand" };
            let message = format!("`{}` is about {}, and here {stand} {}", name.text, wanted.join(" and "), given.join(" and "));
            self.problems.push(Diagnostic::new(Code::E203, name.place, message).help(format!("it is read “{reading}”")));
            return None;
        }
        Some((u32::try_from(at).unwrap_or(u32::MAX), operands))
    }

    fn reaches(&mut self, subject: &ast::Subject, target: &ast::Target, through: &[Name], scope: &mut Scope) -> Option<Expr> {
        let (operand, record) = self.record_operand(subject, scope)?;
        let target = match target {
            ast::Target::Subject(subject) => Target::Operand(self.record_operand(subject, scope)?.0),
            ast::Target::Noun(noun) => {
                let mark = scope.mark();
                let noun = self.noun(noun, scope);
                scope.leave(mark);
                Target::Noun(Box::new(noun?))
            }
        };
        for name in through {
            let known = self.model.vocabulary.records.iter().enumerate().filter_map(|(at, one)| {
                let id = u16::try_from(at).ok()?;
                one.attribute(&name.text)
                    .filter(|attribute| super::ir::references(&one.attributes[*attribute as usize].ty).is_some())
                    .map(|attribute| (id, attribute))
            });
            let known: Vec<_> = known.collect();
            self.used.attributes.extend(known.iter().copied());
            if known.is_empty() {
                self.unknown_attribute(name, record);
                return None;
            }
        }
        Some(Expr::Reaches(operand, target, through.iter().map(|name| name.text.clone()).collect()))
    }

    /// A noun whose record evidence points at.
    pub(super) fn evidence_noun(&mut self, noun: &ast::Noun, scope: &mut Scope) -> Option<Noun> {
        let made = self.noun(noun, scope)?;
        if self.vocabulary().frame.evidence == Some(made.record) {
            return Some(made);
        }
        let wanted = self.vocabulary().frame.evidence.map_or("the record of the frame", |id| self.vocabulary().record(id).name.as_str());
        let message = format!("evidence rests on a {wanted}, not on a {}", noun.kind.text);
        self.problems.push(Diagnostic::new(Code::E203, noun.kind.place, message).help(format!("write `resting on (a {wanted} with …)`")));
        None
    }

    /// A noun; its variable stays in sight until the caller leaves.
    pub(super) fn noun(&mut self, noun: &ast::Noun, scope: &mut Scope) -> Option<Noun> {
        let record = self.record(&noun.kind)?;
        let slot = scope.bind(noun.variable.as_ref().map_or("", |name| name.text.as_str()), Kind::Record(record));
        let mut made = Noun { record, slot, in_fact: false, modifiers: Vec::with_capacity(noun.modifiers.len()), place: noun.place };
        let mut whole = true;
        for modifier in &noun.modifiers {
            if let ast::Modifier::InFact(place) = modifier {
                if !scope.lowering {
                    let message = "what was observed can only lower a verdict, and here it could help to meet the rule";
                    let help = "put it into `lowered when …`; as a fact of law, ask for it without `in fact`";
                    self.problems.push(Diagnostic::new(Code::W224, *place, message).help(help));
                }
                made.in_fact = true;
                continue;
            }
            match self.modifier(modifier, record, scope) {
                Some(modifier) => made.modifiers.push(modifier),
                None => whole = false,
            }
        }
        whole.then_some(made)
    }

    fn modifier(&mut self, modifier: &ast::Modifier, record: u16, scope: &mut Scope) -> Option<Modifier> {
        Some(match modifier {
            ast::Modifier::Test(test) => Modifier::Test(self.test(test, record, scope)?),
            ast::Modifier::RestingOn(noun) => {
                let mark = scope.mark();
                let noun = self.evidence_noun(noun, scope);
                scope.leave(mark);
                Modifier::RestingOn(Box::new(noun?))
            }
            ast::Modifier::Qualifier(name) => Modifier::Qualifier(self.qualifier_named(name, record)?, name.place),
            ast::Modifier::OtherThan(subject) => {
                let (operand, kind) = self.operand(subject, scope)?;
                self.same_kind(Kind::Record(record), kind, subject_place(subject))?;
                Modifier::Same(operand, false, subject_place(subject))
            }
            ast::Modifier::PartOf(subject) => {
                let (operand, _) = self.record_operand(subject, scope)?;
                Modifier::PartOf(operand, subject_place(subject))
            }
            ast::Modifier::ThatIs(Is::Same(subject), positive) => {
                let (operand, kind) = self.operand(subject, scope)?;
                self.same_kind(Kind::Record(record), kind, subject_place(subject))?;
                Modifier::Same(operand, *positive, subject_place(subject))
            }
            ast::Modifier::ThatIs(Is::Named(name, rest), positive) => {
                let (definition, operands) = self.call(name, Some(Kind::Record(record)), rest, scope)?;
                Modifier::Is(definition, operands, *positive, name.place)
            }
            ast::Modifier::InFact(_) => return None,
        })
    }

    /// A qualifier by name; a word that is an attribute gets a better message.
    pub(super) fn qualifier_named(&mut self, name: &Name, record: u16) -> Option<u32> {
        self.used.qualifiers.insert(name.text.clone());
        if let Some(at) = self.model.qualifiers.iter().position(|one| one.name == name.text) {
            return u32::try_from(at).ok();
        }
        if self.left_out.contains(&name.text) {
            return None;
        }
        if self.vocabulary().record(record).attribute(&name.text).is_some() {
            let message = format!("`{}` is an attribute, and nothing is asked of it", name.text);
            self.problems
                .push(Diagnostic::new(Code::E203, name.place, message).help("say what it must be: a value, `any of …`, `stated`, `yes` …"));
            return None;
        }
        let record = self.vocabulary().record(record);
        let qualifiers = self.model.qualifiers.iter().map(|one| (one.name.as_str(), one.read.as_str()));
        let help =
            did_you_mean_this(&name.text, qualifiers.chain(record.attributes.iter().map(|one| (one.name.as_str(), one.question.as_str()))));
        let message = format!("`{}` is neither a qualifier nor an attribute of a {}", name.text, record.name);
        self.problems.push(Diagnostic::new(Code::E202, name.place, message).help(help));
        None
    }
}

/// Where a subject stands.
pub(super) fn subject_place(subject: &ast::Subject) -> Place {
    match subject {
        ast::Subject::Variable(name) | ast::Subject::The(name) => name.place,
    }
}
