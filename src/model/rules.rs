//! Rules: head, selection, duty, *partly*, exceptions, prose. A rule with an error is left out.

use std::collections::HashMap;

use super::ir::{
    Citation, Exception, FOOTINGS, FootingPart, Join, Kind, LimbTest, Limbs, MODALITIES, Modality, Outcome, Rule, SEVERITIES, Selection,
    Severity, Verdict,
};
use super::scope::Scope;
use super::{Builder, PackFile};
use crate::diagnostic::suggest::{did_you_mean, did_you_mean_this, list};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{self, Item, Name};
use crate::text::Place;

impl Builder {
    pub(super) fn rules(&mut self, files: &[PackFile]) {
        let mut known: HashMap<String, Place> = self.model.rules.iter().map(|one| (one.id.clone(), one.head)).collect();
        for file in files {
            for item in &file.file.items {
                let Item::Rule(rule) = item else { continue };
                if !self.taken(&rule.id, known.get(&rule.id.text).copied(), "the rule") {
                    let before = self.errors();
                    let made = self.rule(rule, &file.pack);
                    if let (Some(made), true) = (made, before == self.errors()) {
                        known.insert(made.id.clone(), made.head);
                        self.model.rules.push(made);
                    }
                }
            }
        }
    }

    fn rule(&mut self, rule: &ast::Rule, pack: &str) -> Option<Rule> {
        let mut scope = Scope::default();
        let cites = self.citations(&rule.cites);
        let selection = self.selection(&rule.selection, &mut scope);
        if selection.is_none() {
            // Without a subject every variable of the rule would be called unknown as well.
            self.assume_subject(&rule.selection, &mut scope)?;
        }
        self.letters(&rule.duty.limbs);
        let footing = self.footing(rule);
        let limbs = self.limbs(&rule.duty.limbs, &mut scope);
        let modality =
            MODALITIES.iter().find(|(_, words)| *words == rule.duty.modality.text).map_or(Modality::Ensure, |(modality, _)| *modality);
        self.duty_bearer(&rule.duty.who);
        let partly = rule.partly.as_ref().map(|test| self.limb_test(test, &rule.duty.limbs));
        let floor = rule.evidence.as_ref().map(|name| self.floor(name));
        let exceptions = self.exceptions(rule, &mut scope);
        scope.lowering = true;
        let lowered = rule.lowered.as_ref().map(|condition| self.condition(condition, &mut scope));
        let severity = self.severity(rule);
        self.presence(rule);
        for prose in &rule.prose {
            self.placeholders(&prose.text, &scope.names());
        }
        let prose = |word: &str| own(rule).find(|one| one.word.text == word).map_or(String::new(), |one| one.text.text.clone());
        scope.variables.shrink_to_fit();
        let rule = Rule {
            id: rule.id.text.clone(),
            pack: pack.to_owned(),
            title: rule.title.clone(),
            cites,
            footing,
            severity,
            topics: rule.topics.iter().map(|topic| topic.text.clone()).collect(),
            selection: selection?,
            modality,
            limbs: limbs?,
            partly: partly.map_or(Some(None), |test| test.map(Some))?,
            floor: floor.map_or(Some(None), |floor| floor.map(Some))?,
            exceptions: exceptions?,
            lowered: lowered.map_or(Some(None), |node| node.map(Some))?,
            question: prose("question"),
            remedy: prose("remedy"),
            caution: prose("caution"),
            note: prose("note"),
            companion: prose("companion"),
            translations: translations(rule),
            place: rule.place,
            head: rule.id.place,
            variables: scope.variables,
        };
        self.bounds(&rule);
        Some(rule)
    }

    fn citations(&mut self, cites: &[ast::Citation]) -> Vec<Citation> {
        let mut made = Vec::with_capacity(cites.len());
        made.extend(cites.iter().filter_map(|citation| self.citation(citation)));
        made
    }

    fn citation(&mut self, citation: &ast::Citation) -> Option<Citation> {
        let Some(instrument) = self.model.instruments.iter().position(|one| one.name == citation.instrument.text) else {
            let help = did_you_mean(&citation.instrument.text, self.model.instruments.iter().map(|one| one.name.as_str()));
            let message = format!("`{}` is no declared instrument", citation.instrument.text);
            self.problems.push(Diagnostic::new(Code::E207, citation.instrument.place, message).help(help));
            return None;
        };
        let known = &self.model.instruments[instrument];
        let Some(paragraph) = known.paragraphs.iter().position(|one| one.number == citation.paragraph.text) else {
            let message = format!("{} has no paragraph {}", known.name, citation.paragraph.text);
            let help = match (known.paragraphs.first(), known.paragraphs.last()) {
                (Some(first), Some(last)) => format!("it has {} paragraphs, {} to {}", known.paragraphs.len(), first.number, last.number),
                _ => "it has no paragraphs".to_owned(),
            };
            self.problems.push(Diagnostic::new(Code::E207, citation.paragraph.place, message).help(help));
            return None;
        };
        let place =
            Place { source: citation.instrument.place.source, span: citation.instrument.place.span.to(citation.paragraph.place.span) };
        Some(Citation { instrument, paragraph, sentence: citation.sentence.as_ref().map(|name| name.text.clone()), place })
    }

    fn footing(&mut self, rule: &ast::Rule) -> Vec<FootingPart> {
        let graded = self.vocabulary().frame.graded_by.and_then(|slot| super::ir::enumeration(&self.vocabulary().attribute(slot).ty));
        let mut made: Vec<FootingPart> = Vec::with_capacity(rule.footing.len());
        for part in &rule.footing {
            let footing =
                FOOTINGS.iter().find(|(_, word)| *word == part.word.text).map_or(super::ir::Footing::Derived, |(footing, _)| *footing);
            let terms: Vec<u16> = graded.map(|id| part.terms.iter().filter_map(|term| self.term(term, id)).collect()).unwrap_or_default();
            let whole = terms.len() == part.terms.len();
            if let Some(other) = made
                .iter()
                .filter(|_| whole)
                .find(|one| one.terms.is_empty() || terms.is_empty() || one.terms.iter().any(|term| terms.contains(term)))
            {
                let message = format!("the footing `{}` and `{}` are both given for the same", other.footing.word(), footing.word());
                self.problems
                    .push(Diagnostic::new(Code::E213, part.word.place, message).help("say for which each is: `text for …; derived for …`"));
            }
            made.push(FootingPart {
                footing,
                from: part.from.as_ref().and_then(|from| self.citation(from)),
                with: part.with.clone(),
                terms,
            });
        }
        made
    }

    fn selection(&mut self, selection: &ast::Selection, scope: &mut Scope) -> Option<Selection> {
        match selection {
            ast::Selection::The(name) => {
                let record = self.record(name)?;
                if self.vocabulary().frame.state != Some(record) {
                    self.problems.push(
                        Diagnostic::new(Code::E203, name.place, format!("there is more than one {}", name.text))
                            .help(format!("write `for every {} …`", name.text)),
                    );
                    return None;
                }
                Some(Selection::State)
            }
            ast::Selection::Every { noun, in_each, if_none } => {
                let made = self.noun(noun, scope)?;
                let capacity = match in_each {
                    None => None,
                    Some((word, variable)) => Some(self.capacity(word, variable, made.record, scope)?),
                };
                Some(Selection::Every { noun: made, capacity, if_none: Verdict::from_words(&if_none.text).unwrap_or(Verdict::CannotTell) })
            }
        }
    }

    /// A rule whose selection has a mistake is left out; its other parts are checked as if it were for the subject that the frame names, so that
    /// all of its mistakes are told in one run.
    fn assume_subject(&self, selection: &ast::Selection, scope: &mut Scope) -> Option<()> {
        let ast::Selection::Every { noun, in_each, .. } = selection else { return None };
        let frame = &self.vocabulary().frame;
        let record = self.vocabulary().record_named(&noun.kind.text).or(frame.subject)?;
        let part = frame
            .capacities
            .and_then(|slot| super::ir::references(&self.vocabulary().attribute(slot).ty))
            .and_then(|all| all.first().copied());
        let capacity = in_each.as_ref().and_then(|(_, variable)| part.map(|part| (variable, part)));
        for (variable, record) in noun.variable.iter().map(|one| (one, record)).chain(capacity) {
            if scope.find(&variable.text).is_none() {
                scope.bind(&variable.text, Kind::Record(record));
            }
        }
        Some(())
    }

    fn capacity(&mut self, word: &Name, variable: &Name, record: u16, scope: &mut Scope) -> Option<u16> {
        let part = self
            .vocabulary()
            .frame
            .capacities
            .filter(|slot| slot.0 == record)
            .and_then(|slot| super::ir::references(&self.vocabulary().attribute(slot).ty));
        match part.as_deref() {
            Some([part]) if self.vocabulary().record(*part).name == word.text => {
                let part = *part;
                Some(scope.bind(&variable.text, Kind::Record(part)))
            }
            _ => {
                let message = format!("`{}` is no capacity in which a {} serves", word.text, self.vocabulary().record(record).name);
                self.problems.push(
                    Diagnostic::new(Code::E202, word.place, message).help("the frame of the vocabulary says what the capacities are"),
                );
                None
            }
        }
    }

    fn duty_bearer(&mut self, who: &Name) {
        if let Some(record) = self.record(who)
            && self.vocabulary().frame.state != Some(record)
        {
            self.problems.push(Diagnostic::new(Code::E203, who.place, "a rule binds the State").help("write `the state must …`"));
        }
    }

    fn floor(&mut self, name: &Name) -> Option<u32> {
        self.used.qualifiers.insert(name.text.clone());
        let found = self.model.qualifiers.iter().position(|one| one.name == name.text);
        if found.is_none() && !self.left_out.contains(&name.text) {
            let help = did_you_mean_this(&name.text, self.model.qualifiers.iter().map(|one| (one.name.as_str(), one.read.as_str())));
            self.problems.push(Diagnostic::new(Code::E202, name.place, format!("`{}` is no qualifier", name.text)).help(help));
        }
        found.and_then(|at| u32::try_from(at).ok())
    }

    fn severity(&mut self, rule: &ast::Rule) -> Severity {
        let found = rule.severity.as_ref().and_then(|word| SEVERITIES.iter().find(|(_, known)| *known == word.text));
        found.map_or(Severity::Advisory, |(severity, _)| *severity)
    }

    /// A rule without its citation, footing, severity, question or remedy is not one.
    fn presence(&mut self, rule: &ast::Rule) {
        let has = |word: &str| own(rule).any(|one| one.word.text == word && !one.text.text.is_empty());
        let parts = [
            (!rule.cites.is_empty(), "citation", "`cites CoC 21`"),
            (!rule.footing.is_empty(), "footing", "`footing text`, `derived` or `companion`"),
            (rule.severity.is_some(), "severity", "`severity critical`, `major`, `minor` or `advisory`"),
            (has("question"), "question", "`question \"…\"`: what the assessor is asked"),
            (has("remedy"), "remedy", "`remedy \"…\"`: what would mend a gap"),
        ];
        for (_, word, how) in parts.iter().filter(|(there, _, _)| !there) {
            let message = format!("the rule `{}` has no {word}", rule.id.text);
            self.problems.push(Diagnostic::new(Code::E209, rule.id.place, message).help(format!("add {how}")));
        }
        for (at, prose) in rule.prose.iter().enumerate() {
            let same = |one: &&ast::Prose| one.word.text == prose.word.text && language(one) == language(prose);
            if rule.prose.iter().take(at).any(|one| same(&one)) {
                self.problems
                    .push(Diagnostic::new(Code::E201, prose.text.place, format!("`{}` stands twice", prose.word.text)).help("keep one"));
            }
        }
    }

    /// What the modality allows and the rule says otherwise.
    fn bounds(&mut self, rule: &Rule) {
        let process: Vec<&super::ir::Limb> = rule.limbs.limbs.iter().filter(|limb| limb.process).collect();
        let bounded = matches!(rule.modality, Modality::Considered | Modality::Seek);
        if let (false, Some(limb)) = (bounded, process.first()) {
            let message = "only a duty to consider or to seek has limbs of process";
            self.problems.push(
                Diagnostic::new(Code::E210, limb.place, message)
                    .help("take out `as process,`, or say `must have considered` or `must seek to ensure that`"),
            );
        }
        if rule.modality == Modality::May
            && let Selection::Every { if_none: Verdict::NotMet, .. } = rule.selection
        {
            let message = "a permission can never be `not met`";
            self.problems.push(Diagnostic::new(Code::E210, rule.head, message).help("say `if none: not applicable`"));
        }
        if let (Selection::Every { if_none: Verdict::NotMet, .. }, true) = (&rule.selection, bounded) {
            let message = "a duty of process cannot be `not met` because there is nothing that it could be about";
            self.problems
                .push(Diagnostic::new(Code::E210, rule.head, message).help("say `if none: not applicable` or `if none: cannot tell`"));
        }
    }

    fn limb_test(&mut self, test: &ast::LimbTest, limbs: &ast::Limbs) -> Option<LimbTest> {
        Some(match test {
            ast::LimbTest::Holds(label) => LimbTest::Holds(self.limb_label(label, limbs)?),
            ast::LimbTest::Unknown(label) => LimbTest::Unknown(self.limb_label(label, limbs)?),
            ast::LimbTest::Not(inner) => LimbTest::Not(Box::new(self.limb_test(inner, limbs)?)),
            ast::LimbTest::AtLeast(count, labels) => {
                let labels: Option<Vec<usize>> = labels.iter().map(|label| self.limb_label(label, limbs)).collect();
                LimbTest::AtLeast(count.text.parse().ok()?, labels?)
            }
            ast::LimbTest::Joined(tests, joiners) => {
                if let Some(other) = joiners.iter().find(|one| Some(&one.text) != joiners.first().map(|first| &first.text)) {
                    let message = "`and` and `or` in one list can be read in two ways";
                    self.problems.push(
                        Diagnostic::new(Code::E102, other.place, message)
                            .help("put the inner part into square brackets: `[(a) and (b)] or (c)`"),
                    );
                }
                let tests: Option<Vec<LimbTest>> = tests.iter().map(|test| self.limb_test(test, limbs)).collect();
                if joiners.first().is_some_and(|joiner| joiner.text == "or") { LimbTest::Any(tests?) } else { LimbTest::All(tests?) }
            }
        })
    }

    fn limb_label(&mut self, label: &Name, limbs: &ast::Limbs) -> Option<usize> {
        let found = limbs.limbs.iter().position(|limb| limb.label.text == label.text);
        if found.is_none() {
            let names: Vec<String> = limbs.limbs.iter().map(|limb| format!("({})", limb.label.text)).collect();
            let help = format!("the limbs are {}", list(names.iter().map(String::as_str)));
            self.problems.push(Diagnostic::new(Code::E206, label.place, format!("there is no limb ({})", label.text)).help(help));
        }
        found
    }

    /// Exceptions in order of strength. Any two need an order.
    fn exceptions(&mut self, rule: &ast::Rule, scope: &mut Scope) -> Option<Vec<Exception>> {
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (at, exception) in rule.exceptions.iter().enumerate() {
            first.entry(&exception.name.text).or_insert(at);
        }
        let position = |name: &Name| first.get(name.text.as_str()).copied();
        let mut stronger: Vec<Vec<usize>> = vec![Vec::new(); rule.exceptions.len()];
        let mut whole = true;
        for (at, exception) in rule.exceptions.iter().enumerate() {
            let first = position(&exception.name).filter(|first| *first < at).map(|first| rule.exceptions[first].name.place);
            whole &= !self.taken(&exception.name, first, "the exception");
            for name in exception.prevails.iter().chain(&exception.under) {
                match position(name) {
                    Some(weaker) => stronger[weaker].push(at),
                    None => {
                        whole = false;
                        let names = rule.exceptions.iter().map(|one| one.name.text.as_str());
                        self.problems.push(
                            Diagnostic::new(Code::E212, name.place, format!("the rule has no exception “{}”", name.text))
                                .help(format!("it has {}", list(names))),
                        );
                    }
                }
            }
        }
        // What prevails over an exception prevails over the exceptions to it as well.
        for (at, exception) in rule.exceptions.iter().enumerate() {
            if let Some(outer) = exception.under.as_ref().and_then(position) {
                let above: Vec<usize> =
                    stronger[outer].iter().copied().filter(|one| *one != at && rule.exceptions[*one].under.is_none()).collect();
                stronger[at].extend(above);
            }
        }
        if !whole {
            return None;
        }
        let order = self.order(rule, &stronger)?;
        let mut made = Vec::new();
        for at in order {
            made.push(self.exception(&rule.exceptions[at], rule, scope));
        }
        made.into_iter().collect()
    }

    /// A total order, strongest first; says which two have none between them.
    fn order(&mut self, rule: &ast::Rule, stronger: &[Vec<usize>]) -> Option<Vec<usize>> {
        let mut above: Vec<usize> = stronger.iter().map(Vec::len).collect();
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); stronger.len()];
        stronger.iter().enumerate().for_each(|(at, all)| all.iter().for_each(|one| below[*one].push(at)));
        let mut free: Vec<usize> = (0..above.len()).filter(|at| above[*at] == 0).collect();
        let mut order: Vec<usize> = Vec::new();
        while let Some(one) = free.pop() {
            if let Some(two) = free.last() {
                let (one, two) = (&rule.exceptions[one.min(*two)], &rule.exceptions[one.max(*two)]);
                let message =
                    format!("the exceptions “{}” and “{}” could apply at once, and neither prevails", one.name.text, two.name.text);
                let help = format!("add `prevails over \"{}\"` to the stronger one", one.name.text);
                self.problems.push(
                    Diagnostic::new(Code::E211, two.name.place, message).here("this one").also(one.name.place, "and this one").help(help),
                );
                return None;
            }
            order.push(one);
            for weaker in &below[one] {
                above[*weaker] -= 1;
                if above[*weaker] == 0 {
                    free.push(*weaker);
                }
            }
        }
        if order.len() < rule.exceptions.len() {
            let first = rule.exceptions.first()?;
            let message = "the exceptions prevail over each other in a circle";
            self.problems.push(Diagnostic::new(Code::E211, first.name.place, message).help("take out one `prevails over`"));
            return None;
        }
        Some(order)
    }

    fn exception(&mut self, exception: &ast::Exception, rule: &ast::Rule, scope: &mut Scope) -> Option<Exception> {
        let mark = scope.mark();
        let mut condition = self.condition(&exception.condition, scope);
        if let Some(under) = exception.under.as_ref().and_then(|name| rule.exceptions.iter().find(|one| one.name.text == name.text)) {
            // An exception to an exception applies only where the outer one would.
            let outer = self.condition(&under.condition, scope);
            condition = outer.zip(condition).map(|(outer, inner)| both(outer, inner, exception.condition.place));
        }
        scope.leave(mark);
        let outcome = match &exception.outcome {
            ast::Outcome::NotApplicable => Some(Outcome::NotApplicable),
            ast::Outcome::Substitute { excused, duty } => {
                let excused: Option<Vec<usize>> = excused.iter().map(|label| self.limb_label(label, &rule.duty.limbs)).collect();
                let instead: Option<Option<Limbs>> = match duty {
                    None => Some(None),
                    Some(duty) => {
                        self.duty_bearer(&duty.who);
                        self.letters(&duty.limbs);
                        self.limbs(&duty.limbs, scope).map(Some)
                    }
                };
                excused.zip(instead).map(|(excused, instead)| Outcome::Substitute { excused, instead })
            }
        };
        let cites = self.citations(&exception.cites);
        let condition = condition?;
        let of_subject = match &rule.selection {
            ast::Selection::The(_) => false,
            ast::Selection::Every { in_each, .. } => {
                let capacity = in_each.as_ref().and_then(|(_, variable)| scope.find(&variable.text));
                super::check::speaks_of(&condition, &[0].into_iter().chain(capacity).collect::<Vec<_>>())
            }
        };
        Some(Exception { name: exception.name.text.clone(), of_subject, condition, cites, outcome: outcome?, place: exception.name.place })
    }
}

fn both(one: super::ir::Node, other: super::ir::Node, place: Place) -> super::ir::Node {
    let limb = |label: &str, node: super::ir::Node| super::ir::Limb {
        label: label.to_owned(),
        process: false,
        place: node.place,
        node,
        says: None,
    };
    let limbs = Limbs { join: Join::And, limbs: vec![limb("i", one), limb("ii", other)] };
    super::ir::Node { expr: super::ir::Expr::Block(limbs), place }
}

/// The language of prose; English is that of every file.
fn language(prose: &ast::Prose) -> &str {
    prose.language.as_ref().map_or("English", |language| language.text.as_str())
}

/// Prose in the language of the file.
fn own(rule: &ast::Rule) -> impl Iterator<Item = &ast::Prose> {
    rule.prose.iter().filter(|one| language(one) == "English")
}

fn translations(rule: &ast::Rule) -> Vec<super::ir::Translation> {
    let others = rule.prose.iter().filter(|one| language(one) != "English");
    others
        .map(|one| super::ir::Translation { word: one.word.text.clone(), language: language(one).to_owned(), text: one.text.text.clone() })
        .collect()
}
