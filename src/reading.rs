//! The lawyer's sentence: a rule or condition in words, generated from the readings that the vocabulary declares.
//!
//! Sentences are made here and never parsed. Brackets appear where the words alone could be attached in two ways.

use crate::model::ir::{
    Comparator, Definition, Expr, HowMany, Join, LimbTest, Limbs, MODALITIES, Mode, Model, Modifier, Node, Noun, Operand, Outcome, Rule,
    Scalar, Selection, Slot, Target, Test, TestKind, Variable,
};
use crate::values::date::show_duration;
use crate::vocabulary::{Attribute, Type};

/// Reads conditions aloud; `names` says what each variable is called.
pub struct Reader<'a> {
    /// The model that the conditions belong to.
    pub model: &'a Model,
    /// The name of each variable; empty where it has none.
    pub names: Vec<String>,
}

impl<'a> Reader<'a> {
    /// A reader that calls variables by their letters.
    pub fn letters(model: &'a Model, variables: &[Variable]) -> Reader<'a> {
        Reader { model, names: variables.iter().map(|one| one.name.clone()).collect() }
    }

    /// A condition.
    pub fn node(&self, node: &Node) -> String {
        self.expr(&node.expr, false)
    }

    /// A condition, denied.
    pub fn denied(&self, node: &Node) -> String {
        self.expr(&node.expr, true)
    }

    fn expr(&self, expr: &Expr, denied: bool) -> String {
        let not = if denied { "it is not so that " } else { "" };
        match expr {
            Expr::Not(inner) => self.expr(&inner.expr, !denied),
            Expr::Block(limbs) => format!("{not}{}", self.block(limbs)),
            Expr::Where(guard, then) => format!("{not}where {}, {}", whole(self.node(guard)), self.node(then)),
            Expr::During(term, then) => format!("{not}during {}, {}", self.situation(*term), self.node(then)),
            Expr::Always(then) => format!("{not}at all times {}", self.node(then)),
            Expr::Records(how, noun, body) => self.records(*how, noun, body.as_deref(), denied),
            Expr::Terms(how, id, slot, body) => {
                let list = &self.model.vocabulary.enumeration(*id).name.replace('-', " ");
                let of = self.of_all(*how, list, &plural_of(list));
                format!("{not}for {of} {}, {}", self.slot(*slot), self.node(body))
            }
            Expr::Has(operand, tests) => self.has(*operand, tests, denied),
            Expr::Call(id, operands) => self.call(*id, operands, denied),
            Expr::Same(one, other) => format!("{} is {}{}", self.operand(*one), if denied { "not " } else { "" }, self.operand(*other)),
            Expr::IsTerm(slot, id, term) => {
                let reading = &self.model.vocabulary.enumeration(*id).terms[*term as usize].reading;
                format!("{} is {}{reading}", self.slot(*slot), if denied { "not " } else { "" })
            }
            Expr::Reaches(from, target, through) => {
                let target = match target {
                    Target::Operand(operand) => self.operand(*operand),
                    Target::Noun(noun) => self.article(noun),
                };
                let verb = if denied { "does not lead" } else { "leads" };
                format!("the chain from {} by {} {verb} to {target}", self.operand(*from), through.join(" or ").replace('-', " "))
            }
        }
    }

    fn situation(&self, term: u16) -> String {
        let frame = &self.model.vocabulary.frame;
        let list = frame.situation.and_then(|slot| crate::model::ir::enumeration(&self.model.vocabulary.attribute(slot).ty));
        list.map_or_else(String::new, |id| self.model.vocabulary.enumeration(id).terms[term as usize].meaning.clone())
    }

    fn records(&self, how: HowMany, noun: &Noun, body: Option<&Node>, denied: bool) -> String {
        let not = if denied { "it is not so that " } else { "" };
        match (how, body) {
            (HowMany::AtLeast(1), None) if denied => format!("there is no {}", self.noun(noun)),
            (HowMany::AtLeast(1), None) => format!("there is {}", self.article(noun)),
            (HowMany::AtMost(0), None) if denied => format!("there is {}", self.article(noun)),
            (HowMany::AtMost(0), None) => format!("there is no {}", self.noun(noun)),
            (HowMany::AtLeast(count) | HowMany::Exactly(count) | HowMany::AtMost(count), None) if count != 1 => {
                format!("{not}there are {} {}", self.quantity(how), self.plural(noun))
            }
            (how, None) => format!("{not}there is {} {}", self.quantity(how), self.noun(noun)),
            (how, Some(body)) => {
                format!("{not}for {}, {}", self.of_all(how, &self.noun(noun), &self.plural(noun)), self.node(body))
            }
        }
    }

    fn has(&self, operand: Operand, tests: &[Test], denied: bool) -> String {
        let subject = self.operand(operand);
        let parts: Vec<String> =
            tests.iter().enumerate().map(|(at, test)| predicate(&self.test(test, denied != test.denied, at + 1 == tests.len()))).collect();
        let join = if denied { "or" } else { "and" };
        let mixed = parts.iter().any(|part| part.contains(" and ") || part.contains(" or "));
        match parts.as_slice() {
            [] => subject,
            [one] => format!("{subject} {one}"),
            [first @ .., last] if mixed => {
                format!("{subject} {}{}, {join} {last}", if denied { "either " } else { "" }, first.join(", "))
            }
            [first @ .., last] => format!("{subject} {} {join} {last}", first.join(", ")),
        }
    }

    fn call(&self, id: u32, operands: &[Operand], denied: bool) -> String {
        let Some(definition) = self.model.definitions.get(id as usize) else { return String::new() };
        let mut text = if denied { definition.denied.clone() } else { definition.read.clone() };
        for (variable, operand) in definition.variables.iter().zip(operands) {
            text = text.replace(&format!("{{{}}}", variable.name), &self.operand(*operand));
        }
        text
    }

    /// A noun with its article.
    pub fn article(&self, noun: &Noun) -> String {
        let text = self.noun(noun);
        let article = if text.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{article} {text}")
    }

    /// A noun in the plural: the name of its list.
    fn plural(&self, noun: &Noun) -> String {
        let record = self.model.vocabulary.record(noun.record);
        self.noun(noun).replacen(&record.name.replace('-', " "), &record.list.replace('-', " "), 1)
    }

    /// A noun without its article.
    pub fn noun(&self, noun: &Noun) -> String {
        let mut text = self.model.vocabulary.record(noun.record).name.replace('-', " ");
        let name = self.slot(noun.slot);
        if !name.is_empty() {
            text.push(' ');
            text.push_str(&name);
        }
        // A demand on evidence is said of the whole and stands last, after a comma.
        let demand = |one: &&Modifier| matches!(one, Modifier::Qualifier(..));
        let (demands, others): (Vec<&Modifier>, Vec<&Modifier>) = noun.modifiers.iter().partition(demand);
        let mut clause = false;
        for (at, modifier) in others.into_iter().chain(demands).enumerate() {
            let phrase = self.modifier(modifier, noun, at + 1 == noun.modifiers.len());
            let begins = phrase.starts_with("that ") || phrase.starts_with("such that ");
            text.push_str(&match (begins, clause, modifier) {
                (false, _, Modifier::Qualifier(..)) => format!(", {phrase}"),
                (true, true, _) => format!(" and {phrase}"),
                (false, true, _) => format!(" and that {}", predicate(&phrase)),
                (_, false, _) => format!(" {phrase}"),
            });
            clause |= begins;
        }
        if noun.in_fact {
            text.push_str(", as observed in fact");
        }
        text
    }

    fn modifier(&self, modifier: &Modifier, noun: &Noun, last: bool) -> String {
        match modifier {
            Modifier::Test(test) => self.test(test, test.denied, last),
            Modifier::Same(operand, true, _) => format!("that is {}", self.operand(*operand)),
            Modifier::Same(operand, false, _) => format!("other than {}", self.operand(*operand)),
            Modifier::PartOf(operand, _) => format!("of {}", self.operand(*operand)),
            Modifier::RestingOn(noun) => format!("resting on {}", bracketed(&self.article(noun), last)),
            Modifier::Qualifier(id, _) => self.model.qualifiers.get(*id as usize).map_or_else(String::new, |one| laid_down(&one.read)),
            Modifier::Is(id, operands, positive, _) => {
                let mut all = vec![Operand::Slot(noun.slot)];
                all.extend(operands);
                // “B is independent of F” said of B itself: “that is independent of F”.
                let (own, text) = match self.slot(noun.slot) {
                    own if own.is_empty() => ("it".to_owned(), self.call_it(*id, &all, !positive)),
                    own => (own, self.call(*id, &all, !positive)),
                };
                match text.strip_prefix(own.as_str()).filter(|rest| rest.starts_with(' ') && !rest.starts_with(" and ")) {
                    Some(rest) => format!("that{rest}"),
                    None => format!("such that {}", bracketed(&text, last)),
                }
            }
        }
    }

    /// A definition said of something without a name.
    fn call_it(&self, id: u32, operands: &[Operand], denied: bool) -> String {
        let Some(definition) = self.model.definitions.get(id as usize) else { return String::new() };
        let mut text = if denied { definition.denied.clone() } else { definition.read.clone() };
        for (at, (variable, operand)) in definition.variables.iter().zip(operands).enumerate() {
            let name = if at == 0 { "it".to_owned() } else { self.operand(*operand) };
            text = text.replace(&format!("{{{}}}", variable.name), &name);
        }
        text
    }

    fn test(&self, test: &Test, denied: bool, last: bool) -> String {
        let attribute = self.model.vocabulary.attribute((test.record, test.attribute));
        if let TestKind::Stated(stated) = test.kind {
            return is_stated(attribute, stated != denied);
        }
        if let (TestKind::Scalars(Mode::Any, scalars), true) = (&test.kind, attribute.read.ends_with(": {value}"))
            && let [Scalar::YesNo(value)] = scalars.as_slice()
        {
            return yes_or_no(attribute.read.trim_end_matches(": {value}"), *value != denied);
        }
        let (value, none) = match &test.kind {
            TestKind::Terms(mode, mask, slots) => {
                let list = crate::model::ir::enumeration(&attribute.ty).map(|id| self.model.vocabulary.enumeration(id));
                let terms = list.map(|list| {
                    list.terms
                        .iter()
                        .enumerate()
                        .filter(|(at, _)| mask >> at & 1 == 1)
                        .map(|(_, term)| term.reading.clone())
                        .collect::<Vec<_>>()
                });
                let mut all = terms.unwrap_or_default();
                all.extend(slots.iter().map(|slot| self.slot(*slot)));
                several(*mode, &all)
            }
            TestKind::Rows(mode, operands) => several(*mode, &operands.iter().map(|one| self.operand(*one)).collect::<Vec<_>>()),
            TestKind::Scalars(mode, scalars) => several(*mode, &scalars.iter().map(scalar).collect::<Vec<_>>()),
            TestKind::Nested(noun) => (bracketed(&self.article(noun), last), false),
            TestKind::Order(how, term) => {
                let list = crate::model::ir::enumeration(&attribute.ty).map(|id| self.model.vocabulary.enumeration(id));
                let reading = list.map_or_else(String::new, |list| list.terms[*term as usize].reading.clone());
                (format!("{} {reading}", comparison(*how)), false)
            }
            TestKind::Compare(how, value, name) => {
                let named = name.as_ref().map_or_else(String::new, |name| format!(" ({})", name.replace('-', " ")));
                (format!("{} {}{named}", comparison(*how), scalar(value)), false)
            }
            TestKind::Stated(_) => (String::new(), false),
        };
        let phrase = if denied != none { &attribute.denied } else { &attribute.read };
        phrase.replace("{value}", &value)
    }

    /// How many of all: “every force F”, “at least one force F”, “at least 75% (…) of all forces F”.
    fn of_all(&self, how: HowMany, one: &str, all: &str) -> String {
        match how {
            HowMany::Every | HowMany::AtMost(0) => format!("{} {one}", self.quantity(how)),
            HowMany::AtLeast(1) => format!("at least one {one}"),
            HowMany::AtLeast(_) | HowMany::AtMost(_) | HowMany::Exactly(_) | HowMany::Share(..) => {
                format!("{} of all {all}", self.quantity(how))
            }
        }
    }

    fn quantity(&self, how: HowMany) -> String {
        match how {
            HowMany::Every => "every".to_owned(),
            HowMany::AtLeast(count) => format!("at least {count}"),
            HowMany::AtMost(0) => "no".to_owned(),
            HowMany::AtMost(count) => format!("at most {count}"),
            HowMany::Exactly(count) => format!("exactly {count}"),
            HowMany::Share(share, parameter) => {
                let parameter = parameter.and_then(|at| self.model.parameters.get(at as usize));
                let named = parameter.map_or_else(String::new, |one| format!(" ({})", one.name.replace('-', " ")));
                format!("at least {}%{named}", decimal(share))
            }
        }
    }

    fn operand(&self, operand: Operand) -> String {
        match operand {
            Operand::Slot(slot) => self.slot(slot),
            Operand::State => {
                let state = self.model.vocabulary.frame.state.map(|id| self.model.vocabulary.record(id).name.as_str());
                let mut letters = state.unwrap_or("state").chars();
                let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
                format!("the {first}{}", letters.as_str())
            }
        }
    }

    fn slot(&self, slot: Slot) -> String {
        self.names.get(slot as usize).cloned().unwrap_or_default()
    }

    fn block(&self, limbs: &Limbs) -> String {
        if let [one] = limbs.limbs.as_slice() {
            return self.node(&one.node);
        }
        let word = match (limbs.join, limbs.limbs.len()) {
            (Join::Or, _) => "either",
            (Join::And, 2) => "both",
            (Join::And, _) => "all of:",
        };
        format!("{word} {}", self.limbs(limbs))
    }

    /// Limbs with their letters, joined.
    pub fn limbs(&self, limbs: &Limbs) -> String {
        let joiner = if limbs.join == Join::Or { "or" } else { "and" };
        let parts: Vec<String> = limbs.limbs.iter().map(|limb| format!("({}) {}", limb.label, self.node(&limb.node))).collect();
        parts.join(&format!("; {joiner} "))
    }

    /// A text of the rule with `{F}` filled in.
    pub fn fill(&self, text: &str, variables: &[Variable]) -> String {
        let mut out = text.to_owned();
        for (variable, name) in variables.iter().zip(&self.names) {
            if !variable.name.is_empty() {
                out = out.replace(&format!("{{{}}}", variable.name), name);
            }
        }
        out
    }
}

/// The plural of a name.
fn plural_of(name: &str) -> String {
    name.strip_suffix('y').map_or_else(|| format!("{name}s"), |stem| format!("{stem}ies"))
}

/// A phrase said of a noun, as what is said of a subject: “with power to …” becomes “has power to …”.
fn predicate(phrase: &str) -> String {
    const FORMS: &[(&str, &str)] =
        &[("with ", "has "), ("without ", "has no "), ("that ", ""), ("such that ", "is such that "), ("resting on ", "rests on ")];
    let form = FORMS.iter().find_map(|(before, after)| phrase.strip_prefix(before).map(|rest| format!("{after}{rest}")));
    form.unwrap_or_else(|| format!("is {phrase}"))
}

/// A demand on evidence as something said of a record: “laid down by law”.
pub fn laid_down(read: &str) -> String {
    if read.starts_with("by ") || read.starts_with("in ") { format!("laid down {read}") } else { read.to_owned() }
}

/// A condition inside a longer sentence: in square brackets where it has an end of its own.
fn whole(text: String) -> String {
    if text.contains(';') { format!("[{text}]") } else { text }
}

/// Whether an attribute is stated: “with its deadline stated”, “that says whether it has binding force”.
fn is_stated(attribute: &Attribute, stated: bool) -> String {
    let label = attribute.label.to_lowercase();
    match (attribute.ty == Type::YesNo, attribute.read.strip_suffix(": {value}")) {
        (true, Some(phrase)) => {
            let says = if stated { "says" } else { "does not say" };
            format!("that {says} whether it {}", predicate(phrase))
        }
        _ if stated => format!("with its {label} stated"),
        _ => format!("with no {label}"),
    }
}

fn bracketed(text: &str, last: bool) -> String {
    if last || !text.trim_start_matches("a ").trim_start_matches("an ").contains(' ') { text.to_owned() } else { format!("({text})") }
}

fn several(mode: Mode, all: &[String]) -> (String, bool) {
    let join = |word: &str| match all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    };
    match mode {
        Mode::Any => (join("or"), false),
        Mode::All => (join("and"), false),
        Mode::None => (join("or"), true),
        Mode::Only => (format!("nothing but {}", join("or")), false),
    }
}

fn comparison(how: Comparator) -> &'static str {
    match how {
        Comparator::AtLeast => "at least",
        Comparator::AtMost => "at most",
        Comparator::More => "more than",
        Comparator::Less => "less than",
        Comparator::Within => "within the last",
    }
}

/// A value in words.
pub fn scalar(value: &Scalar) -> String {
    match value {
        Scalar::YesNo(true) => "yes".to_owned(),
        Scalar::YesNo(false) => "no".to_owned(),
        Scalar::Text(text) => format!("“{text}”"),
        Scalar::Date(date) => date.to_string(),
        Scalar::Number(value) => decimal(*value),
        Scalar::Percentage(value) => format!("{}%", decimal(*value)),
        Scalar::Duration(days) => show_duration(*days),
        Scalar::Money(amount, currency) => format!("{} {currency}", decimal(*amount)),
    }
}

/// Millionths as a decimal number without needless zeros.
pub fn decimal(millionths: i64) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let (whole, part) = (millionths.unsigned_abs() / 1_000_000, millionths.unsigned_abs() % 1_000_000);
    if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{}", format!("{part:06}").trim_end_matches('0')) }
}

/// A whole rule as one paragraph of law.
pub fn rule(model: &Model, rule: &Rule) -> String {
    let reader = Reader::letters(model, &rule.variables);
    let mut text = String::new();
    match &rule.selection {
        Selection::State => text.push_str("The State "),
        Selection::Every { noun, capacity, .. } => {
            text.push_str(&format!("For every {}", reader.noun(noun)));
            if let Some(slot) = capacity {
                text.push_str(&format!(", in each capacity {} in which it serves", reader.slot(*slot)));
            }
            text.push_str(", the State ");
        }
    }
    let modality = MODALITIES.iter().find(|(known, _)| *known == rule.modality).map_or("", |(_, words)| words);
    text.push_str(&format!("{modality} {}.", reader.limbs(&rule.limbs)));
    if let Selection::Every { noun, if_none, .. } = &rule.selection {
        let what = model.vocabulary.record(noun.record).name.replace('-', " ");
        text.push_str(&format!(" Where there certainly is no such {what}, the verdict is {}.", if_none.words()));
    }
    let floor = rule.floor.and_then(|id| model.qualifiers.get(id as usize)).map(|floor| &floor.read);
    let partly = rule.partly.as_ref().map(|partly| partly_when(partly, rule));
    match (floor, partly) {
        (Some(floor), Some(partly)) => {
            text.push_str(&format!(
                " What supports this must be laid down {floor}. If it is laid down elsewhere only, or if {partly}, the rule is partly met."
            ));
        }
        (Some(floor), None) => text.push_str(&format!(
            " What supports this must be laid down {floor}; if it is laid down elsewhere only, the rule is partly met."
        )),
        (None, Some(partly)) => text.push_str(&format!(" If {partly}, the rule is partly met.")),
        (None, None) => {}
    }
    for exception in &rule.exceptions {
        let (name, condition) = (&exception.name, reader.node(&exception.condition));
        text.push_str(&match &exception.outcome {
            Outcome::NotApplicable => format!(" The rule does not apply (exception “{name}”) if {condition}."),
            Outcome::Substitute { .. } => {
                format!(" The exception “{name}” applies if {condition}. Then {}", outcome(&reader, &exception.outcome, rule))
            }
        });
    }
    if rule.exceptions.len() > 1 {
        text.push_str(" Where several exceptions apply, the first of them decides.");
    }
    if let Some(lowered) = &rule.lowered {
        text.push_str(&format!(" The verdict is lowered by one step when {}.", reader.node(lowered)));
    }
    text
}

/// “held by a civilian: yes” reads “held by a civilian”; its denial “not held by a civilian”, or “without …” for “with …”.
fn yes_or_no(phrase: &str, value: bool) -> String {
    match (value, phrase.strip_prefix("with ")) {
        (true, _) => phrase.to_owned(),
        (false, Some(rest)) => format!("without {}", rest.trim_start_matches("a ").trim_start_matches("an ")),
        (false, None) => format!("not {phrase}"),
    }
}

/// What follows from an exception, as the end of a sentence.
pub fn outcome(reader: &Reader<'_>, outcome: &Outcome, rule: &Rule) -> String {
    match outcome {
        Outcome::NotApplicable => "the rule does not apply.".to_owned(),
        Outcome::Substitute { excused, instead } => {
            let labels: Vec<String> = excused.iter().map(|at| format!("({})", rule.limbs.limbs[*at].label)).collect();
            let excuse = if labels.is_empty() {
                String::new()
            } else {
                format!("{} {} excused", labels.join(" and "), if labels.len() == 1 { "is" } else { "are" })
            };
            match instead {
                None if excuse.is_empty() => "nothing is asked.".to_owned(),
                None => format!("{excuse}."),
                Some(limbs) if excuse.is_empty() => format!("the State must instead ensure that {}.", reader.limbs(limbs)),
                Some(limbs) => format!("{excuse}, but the State must ensure that {}.", reader.limbs(limbs)),
            }
        }
    }
}

/// What gives *partly*, and that the whole does not hold.
fn partly_when(partly: &LimbTest, rule: &Rule) -> String {
    let comma = if matches!(partly, LimbTest::All(_) | LimbTest::Any(_) | LimbTest::AtLeast(..)) { "," } else { "" };
    format!("{}{comma} and the whole does not", limb_test(partly, rule))
}

/// A condition over limbs in words.
pub fn limb_test(test: &LimbTest, rule: &Rule) -> String {
    let label = |at: &usize| rule.limbs.limbs.get(*at).map_or_else(String::new, |limb| format!("({})", limb.label));
    let inner = |test: &LimbTest| match test {
        LimbTest::All(_) | LimbTest::Any(_) => format!("[{}]", limb_test(test, rule)),
        LimbTest::Holds(_) | LimbTest::Not(_) | LimbTest::Unknown(_) | LimbTest::AtLeast(..) => limb_test(test, rule),
    };
    match test {
        LimbTest::Holds(at) => format!("{} holds", label(at)),
        LimbTest::Unknown(at) => format!("it is unknown whether {} holds", label(at)),
        LimbTest::Not(one) => match one.as_ref() {
            LimbTest::Holds(at) => format!("{} does not hold", label(at)),
            other => format!("it is not so that {}", inner(other)),
        },
        LimbTest::AtLeast(count, all) => {
            let labels = several(Mode::All, &all.iter().map(label).collect::<Vec<_>>()).0;
            format!("at least {} of {labels} hold{}", counted(*count), if *count == 1 { "s" } else { "" })
        }
        LimbTest::All(all) => {
            // Limbs that have to hold stand together and first.
            let (held, others): (Vec<&LimbTest>, Vec<&LimbTest>) = all.iter().partition(|one| matches!(one, LimbTest::Holds(_)));
            let labels: Vec<String> =
                held.iter().filter_map(|one| if let LimbTest::Holds(at) = one { Some(label(at)) } else { None }).collect();
            let together = match labels.as_slice() {
                [] => None,
                [one] => Some(format!("{one} holds")),
                many => Some(format!("{} hold", several(Mode::All, many).0)),
            };
            let long = labels.len() > 1 || others.iter().any(|one| matches!(one, LimbTest::AtLeast(..)));
            let parts: Vec<String> = together.into_iter().chain(others.into_iter().map(inner)).collect();
            parts.join(if long { ", and " } else { " and " })
        }
        LimbTest::Any(all) => match held(all, label) {
            Some(labels) => format!("{} holds", several(Mode::Any, &labels).0),
            None => all.iter().map(inner).collect::<Vec<_>>().join(" or "),
        },
    }
}

/// A small number as a word.
fn counted(count: usize) -> String {
    const WORDS: [&str; 7] = ["none", "one", "two", "three", "four", "five", "six"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// The labels, where nothing but that limbs hold is asked.
fn held(all: &[LimbTest], label: impl Fn(&usize) -> String) -> Option<Vec<String>> {
    all.iter().map(|one| if let LimbTest::Holds(at) = one { Some(label(at)) } else { None }).collect()
}

/// A definition as one sentence.
pub fn definition(model: &Model, definition: &Definition) -> String {
    let reader = Reader::letters(model, &definition.variables);
    let operands: Vec<Operand> = (0..definition.arguments).filter_map(|at| u16::try_from(at).ok()).map(Operand::Slot).collect();
    let id = model.definitions.iter().position(|one| one.name == definition.name).and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
    let body = match &definition.body.expr {
        Expr::Block(limbs) => reader.limbs(limbs),
        _ => reader.node(&definition.body),
    };
    format!("{} when {body}.", reader.call(id, &operands, false))
}
