//! Rule text from a tape: every construct of the language over the invented vocabulary.

use std::fmt::Write as _;

use ephor::model::ir::references;
use ephor::vocabulary::{RecordId, Type, Vocabulary};

use super::tape::Tape;

/// How deep conditions stand in each other.
const DEPTH: usize = 3;

/// What a variable in sight stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Record(RecordId),
    Terms(u16),
}

/// A definition that can be used: its name and the kinds of its variables.
#[derive(Clone)]
pub(super) struct Defined {
    name: &'static str,
    kinds: Vec<Kind>,
}

/// Text under construction.
pub(super) struct Writer<'a, 't> {
    vocabulary: &'a Vocabulary,
    tape: Tape<'t>,
    variables: Vec<(String, Kind)>,
    bound: usize,
    definitions: Vec<Defined>,
    /// Whether observations may be asked for: a rule is for what there is by law.
    in_fact: bool,
}

/// Definitions and qualifiers that rules use.
pub(super) fn declarations(vocabulary: &Vocabulary, tape: &[u8]) -> (String, Vec<Defined>) {
    let mut writer = Writer::new(vocabulary, tape, Vec::new());
    let mut text = String::from("edition 1, in English\n");
    for name in ["sealed", "trusted"] {
        let noun = writer.clause_noun();
        let _ = writeln!(text, "qualifier {name} read \"{name}\" resting on (a {noun}) end");
    }
    let wanted: [(&'static str, &[&str]); 6] = [
        ("keen", &["guild"]),
        ("lofty", &["house", "guild"]),
        ("live", &["power"]),
        ("apt", &["role"]),
        ("dear", &["craft", "guild"]),
        ("firm", &["house"]),
    ];
    for (name, kinds) in wanted {
        let kinds: Vec<Kind> = kinds.iter().filter_map(|kind| writer.kind_named(kind)).collect();
        let names: Vec<String> = kinds.iter().map(|kind| writer.bind(*kind)).collect();
        let typed: Vec<String> = names.iter().zip(&kinds).map(|(name, kind)| format!("a {} {name}", writer.word_of(*kind))).collect();
        let limbs = writer.limbs(2, &[], 2);
        let _ = writeln!(
            text,
            "define {} is {name} {}, for {}, read \"{{{}}} is {name}\", denied \"{{{}}} is not {name}\" when\n{limbs}end",
            names[0],
            names[1..].join(" "),
            typed.join(", "),
            names[0],
            names[0]
        );
        writer.variables.clear();
        writer.bound = 0;
        writer.definitions.push(Defined { name, kinds });
    }
    (text, writer.definitions)
}

/// One rule of this number.
pub(super) fn rule(vocabulary: &Vocabulary, tape: &[u8], definitions: &[Defined], number: usize) -> String {
    Writer::new(vocabulary, tape, definitions.to_vec()).rule(number)
}

impl<'a, 't> Writer<'a, 't> {
    fn new(vocabulary: &'a Vocabulary, tape: &'t [u8], definitions: Vec<Defined>) -> Writer<'a, 't> {
        Writer { vocabulary, tape: Tape::new(tape), variables: Vec::new(), bound: 0, definitions, in_fact: true }
    }

    fn kind_named(&self, name: &str) -> Option<Kind> {
        self.vocabulary.record_named(name).map(Kind::Record).or_else(|| self.vocabulary.enumeration_named(name).map(Kind::Terms))
    }

    fn record(&self, name: &str) -> RecordId {
        self.vocabulary.record_named(name).unwrap_or(0)
    }

    fn word_of(&self, kind: Kind) -> String {
        match kind {
            Kind::Record(id) => self.vocabulary.record(id).name.clone(),
            Kind::Terms(id) => self.vocabulary.enumeration(id).name.clone(),
        }
    }

    fn bind(&mut self, kind: Kind) -> String {
        let letter = char::from(b'A' + u8::try_from(self.bound % 26).unwrap_or(0));
        let name = match self.bound / 26 {
            0 => letter.to_string(),
            more => format!("{letter}{}", more % 10),
        };
        self.bound += 1;
        self.variables.push((name.clone(), kind));
        name
    }

    fn in_sight(&self, fits: impl Fn(Kind) -> bool) -> Vec<String> {
        self.variables.iter().filter(|(_, kind)| fits(*kind)).map(|(name, _)| name.clone()).collect()
    }

    fn rule(mut self, number: usize) -> String {
        let mut text = format!("rule t-{number} \"t\" cites Book 1 footing derived severity major topic crafts\n");
        let modality = self.tape.weighted(&[50, 15, 10, 10, 10]);
        let process = modality == 2 || modality == 3;
        let modality =
            ["must ensure that", "must not allow that", "must have considered", "must seek to ensure that", "may provide that"][modality];
        text.push_str(&self.selection(process || modality.starts_with("may")));
        let _ = writeln!(text, "the land {modality}");
        let count = 1 + self.tape.weighted(&[30, 45, 25]);
        let letters: Vec<String> = ["a", "b", "c"].iter().take(count).map(|one| (*one).to_owned()).collect();
        text.push_str(&self.limbs_of(&letters, DEPTH, process));
        if self.tape.chance(60) {
            let test = self.limb_test(&letters, 2);
            let _ = writeln!(text, "partly met when {test}");
        }
        if self.tape.chance(45) {
            let _ = writeln!(text, "evidence {}", self.tape.one(&["sealed", "trusted"]));
        }
        text.push_str(&self.exceptions(&letters, process));
        if self.tape.chance(25) {
            let condition = if self.tape.chance(60) { format!("there is a {}, in fact", self.noun(1, None)) } else { self.condition(1) };
            let _ = writeln!(text, "lowered when {condition}");
        }
        text.push_str("question \"?\" remedy \"!\"\nend\n");
        text
    }

    fn selection(&mut self, bounded: bool) -> String {
        if self.tape.chance(25) {
            return "for the land\n".to_owned();
        }
        let kind = *self.tape.one(&["guild", "guild", "guild", "house", "power"]);
        self.in_fact = false;
        let noun = if self.tape.chance(60) { self.noun_named(kind, 1) } else { format!("{kind} {}", self.bind_named(kind)) };
        self.in_fact = true;
        let hat =
            if kind == "guild" && self.tape.chance(40) { format!(", in each role {}", self.bind_named("role")) } else { String::new() };
        let if_none = *self.tape.one(&["not applicable", "met", "partly", "cannot tell", "not met"]);
        let if_none = if bounded && if_none == "not met" { "not applicable" } else { if_none };
        format!("for every {noun}{hat}\nif none: {if_none}\n")
    }

    fn bind_named(&mut self, kind: &str) -> String {
        self.kind_named(kind).map_or(String::new(), |kind| self.bind(kind))
    }

    /// Exceptions, each after the first prevailing over the ones before it.
    fn exceptions(&mut self, letters: &[String], process: bool) -> String {
        let mut text = String::new();
        let count = self.tape.weighted(&[55, 25, 15, 5]);
        for at in 0..count {
            let condition = if self.tape.chance(35) { self.about_the_land() } else { self.condition(1) };
            let _ = write!(text, "unless {condition}, called \"e{at}\"");
            let under = at > 0 && self.tape.chance(35);
            for weaker in 0..at {
                if under && weaker + 1 == at {
                    let _ = write!(text, ", under \"e{weaker}\"");
                } else {
                    let _ = write!(text, ", prevails over \"e{weaker}\"");
                }
            }
            text.push_str(", then ");
            let outcome = self.tape.below(4);
            let letters_left = [["p", "q"], ["r", "s"], ["t", "u"]];
            let new: Vec<String> = letters_left[at].iter().take(1 + self.tape.weighted(&[70, 30])).map(|one| (*one).to_owned()).collect();
            if outcome == 0 {
                text.push_str("not applicable\n");
                continue;
            }
            if outcome != 1 {
                let _ = write!(text, "({}) is excused", self.tape.one(letters).clone());
            }
            match outcome {
                1 => text.push_str("the land must ensure that\n"),
                2 => text.push_str(", but the land must ensure that\n"),
                _ => text.push('\n'),
            }
            if outcome != 3 {
                text.push_str(&self.limbs_of(&new, 1, process));
            }
        }
        text
    }

    fn about_the_land(&mut self) -> String {
        let record = self.record("land");
        format!("the land has {}", self.test(record, 0))
    }

    fn limb_test(&mut self, letters: &[String], depth: usize) -> String {
        let count = if depth == 0 { 1 } else { 1 + self.tape.weighted(&[60, 30, 10]) };
        let joiner = *self.tape.one(&[" and ", " or "]);
        (0..count).map(|_| self.limb_atom(letters, depth)).collect::<Vec<_>>().join(joiner)
    }

    fn limb_atom(&mut self, letters: &[String], depth: usize) -> String {
        let letter = self.tape.one(letters).clone();
        match self.tape.weighted(&[50, 20, 15, 8, if depth > 0 { 7 } else { 0 }]) {
            0 => format!("({letter})"),
            1 => format!("not ({letter})"),
            2 => {
                let all: Vec<String> = letters.iter().map(|letter| format!("({letter})")).collect();
                format!("at least {} of {}", 1 + self.tape.below(all.len()), all.join(", "))
            }
            3 => format!("it is unknown whether ({letter})"),
            _ => format!("[{}]", self.limb_test(letters, depth - 1)),
        }
    }

    fn limbs_of(&mut self, letters: &[String], depth: usize, process: bool) -> String {
        let joiner = if self.tape.chance(35) { "or" } else { "and" };
        let mut text = String::new();
        for (at, letter) in letters.iter().enumerate() {
            if at > 0 {
                let _ = writeln!(text, "  {joiner}");
            }
            let mark = self.variables.len();
            let process = if process && self.tape.chance(40) { "as process, " } else { "" };
            let condition = match self.tape.weighted(&[70, 20, 10]) {
                0 => self.condition(depth),
                1 => self.guarded(depth),
                _ => self.during(depth),
            };
            let _ = writeln!(text, "  ({letter}) {process}{condition}");
            self.variables.truncate(mark);
        }
        text
    }

    fn limbs(&mut self, most: usize, letters: &[String], depth: usize) -> String {
        let count = 1 + self.tape.below(most);
        let letters: Vec<String> =
            if letters.is_empty() { ["a", "b", "c"].iter().take(count).map(|one| (*one).to_owned()).collect() } else { letters.to_vec() };
        self.limbs_of(&letters, depth, false)
    }

    fn guarded(&mut self, depth: usize) -> String {
        let mark = self.variables.len();
        let guard = self.statement(1);
        self.variables.truncate(mark);
        format!("where {guard}: {}", self.condition(depth.saturating_sub(1)))
    }

    fn during(&mut self, depth: usize) -> String {
        let season = *self.tape.one(&["storm", "frost"]);
        format!("during {season}: {}", self.condition(depth.saturating_sub(1)))
    }

    /// Any condition.
    fn condition(&mut self, depth: usize) -> String {
        let mark = self.variables.len();
        let deeper = if depth > 0 { 1 } else { 0 };
        let text = match self.tape.weighted(&[
            22,
            20,
            8,
            12,
            10 * deeper,
            6 * deeper,
            5 * deeper,
            5 * deeper,
            3 * deeper,
            5 * deeper,
            4 * deeper,
            10 * deeper,
        ]) {
            0 => self.statement(depth),
            1 => format!("there is a {}", self.noun(depth, None)),
            2 => format!("there is no {}", self.noun(depth, None)),
            3 => {
                let bound = *self.tape.one(&["at least", "at most", "exactly"]);
                format!("there is {bound} {} {}", 1 + self.tape.below(3), self.noun(depth, None))
            }
            4 => self.over_records("every", depth),
            5 => {
                let share = *self.tape.one(&[
                    "at least 75% of every",
                    "at least most of every",
                    "at least 50% of every",
                    "at least 1 of every",
                    "at least 2 of every",
                    "exactly 1 of every",
                    "at most 1 of every",
                ]);
                self.over_records(share, depth)
            }
            6 => self.over_terms(depth),
            7 => self.guarded(depth),
            8 => self.during(depth),
            9 => format!("at all times: {}", self.condition(depth - 1)),
            10 => format!("it is not so that {}", self.condition(depth - 1)),
            _ => self.block(depth),
        };
        self.variables.truncate(mark);
        text
    }

    fn over_records(&mut self, how: &str, depth: usize) -> String {
        let noun = self.noun(depth, None);
        format!("for {how} {noun}: {}", self.condition(depth - 1))
    }

    fn over_terms(&mut self, depth: usize) -> String {
        let how = *self.tape.one(&[
            "every",
            "at least 50% of every",
            "at least 1 of every",
            "at least 2 of every",
            "at most 1 of every",
            "exactly 1 of every",
        ]);
        let list = *self.tape.one(&["craft", "theme", "hour"]);
        let name = self.bind_named(list);
        format!("for {how} {list} {name}: {}", self.condition(depth - 1))
    }

    fn block(&mut self, depth: usize) -> String {
        let (word, joiner) = *self.tape.one(&[("both", "and"), ("either", "or"), ("all of", "and"), ("any of", "or")]);
        let labels = if depth >= 2 { ["(i)", "(ii)", "(iii)"] } else { ["(1)", "(2)", "(3)"] };
        let count = 2 + self.tape.weighted(&[80, 20]);
        let parts: Vec<String> =
            labels.iter().take(count).map(|label| format!("{label} {}", self.condition(if depth >= 2 { 1 } else { 0 }))).collect();
        format!("{word} {}", parts.join(&format!(" {joiner} ")))
    }

    /// What is said of something in sight, or of the land.
    fn statement(&mut self, depth: usize) -> String {
        let variables = self.variables.clone();
        let land = (String::from("the land"), Kind::Record(self.record("land")));
        let at = self.tape.below(variables.len() * 3 + 1);
        let (name, kind) = if at == 0 { land } else { variables[(at - 1) / 3].clone() };
        match kind {
            Kind::Terms(list) => self.statement_of_term(&name, list),
            Kind::Record(record) => match self.tape.weighted(&[50, 15, 15, 8, 12]) {
                0 => {
                    let count = 1 + self.tape.weighted(&[70, 30]);
                    let tests: Vec<String> = (0..count).map(|_| self.test(record, depth)).collect();
                    format!("{name} has {}", tests.join(", "))
                }
                1 => format!("{name} does not have {}", self.test(record, depth)),
                2 => self.defined(&name, kind),
                3 => self.identity(&name, kind),
                _ => self.reaches(&name),
            },
        }
    }

    fn statement_of_term(&mut self, name: &str, list: u16) -> String {
        let not = if self.tape.chance(30) { "not " } else { "" };
        match self.tape.below(3) {
            0 => {
                let term = self.term_of(list);
                format!("{name} is {not}{term}")
            }
            1 => self.defined(name, Kind::Terms(list)),
            _ => self.identity(name, Kind::Terms(list)),
        }
    }

    fn term_of(&mut self, list: u16) -> String {
        let vocabulary = self.vocabulary;
        self.tape.one(&vocabulary.enumeration(list).terms).name.clone()
    }

    fn identity(&mut self, name: &str, kind: Kind) -> String {
        let others = self.in_sight(|one| one == kind);
        let not = if self.tape.chance(40) { "not " } else { "" };
        if others.is_empty() { format!("{name} is {not}{name}") } else { format!("{name} is {not}{}", self.tape.one(&others)) }
    }

    /// A definition with its arguments, said of something.
    fn call(&mut self, kind: Kind) -> Option<String> {
        let fitting: Vec<Defined> = self.definitions.iter().filter(|one| one.kinds.first() == Some(&kind)).cloned().collect();
        if fitting.is_empty() {
            return None;
        }
        let defined = self.tape.one(&fitting).clone();
        let mut text = defined.name.to_owned();
        for kind in &defined.kinds[1..] {
            let names = self.in_sight(|one| one == *kind);
            if names.is_empty() {
                return None;
            }
            let _ = write!(text, " {}", self.tape.one(&names));
        }
        Some(text)
    }

    fn defined(&mut self, name: &str, kind: Kind) -> String {
        let not = if self.tape.chance(40) { "not " } else { "" };
        match (self.call(kind), kind) {
            (Some(call), _) => format!("{name} is {not}{call}"),
            (None, Kind::Terms(list)) => format!("{name} is {not}{}", self.term_of(list)),
            (None, Kind::Record(record)) => format!("{name} has {}", self.test(record, 0)),
        }
    }

    fn reaches(&mut self, name: &str) -> String {
        let through =
            *self.tape.one(&["parent", "answers", "parent or answers", "holder or parent", "keeper or parent or answers", "over or about"]);
        let verb = if self.tape.chance(30) { "does not reach" } else { "reaches" };
        let names = self.in_sight(|one| matches!(one, Kind::Record(_)));
        let target = if names.is_empty() || self.tape.chance(60) {
            let kind = *self.tape.one(&["house", "guild"]);
            let mark = self.variables.len();
            let noun = self.noun_named(kind, 1);
            self.variables.truncate(mark);
            format!("(a {noun})")
        } else {
            self.tape.one(&names).clone()
        };
        format!("{name} {verb} {target} through {through}")
    }

    /// A noun of any kind, or of one of these.
    fn noun(&mut self, depth: usize, kinds: Option<&[RecordId]>) -> String {
        if let Some(kinds) = kinds {
            let kind = *self.tape.one(kinds);
            let name = self.vocabulary.record(kind).name.clone();
            return self.noun_named(&name, depth);
        }
        let parts = !self.in_sight(|kind| kind == Kind::Record(self.record("guild"))).is_empty();
        let kind = ["power", "guild", "house", "oath", "notice", "season", "clause", "scroll", "role", "limit"]
            [self.tape.weighted(&[35, 12, 14, 12, 8, 3, 4, 4, if parts { 8 } else { 2 }, 3])];
        self.noun_named(kind, depth)
    }

    fn noun_named(&mut self, kind: &str, depth: usize) -> String {
        let record = self.record(kind);
        let mut modifiers: Vec<String> = Vec::new();
        let count = self.tape.weighted(&[15, 45, 30, 10]);
        let name = self.bind(Kind::Record(record));
        let own = self.variables.len() - 1;
        for _ in 0..count {
            modifiers.push(self.modifier(record, own, depth));
        }
        let owner = match kind {
            "role" => Some("guild"),
            "limit" => Some("power"),
            _ => None,
        };
        let owners = owner.map(|owner| self.in_sight(|kind| kind == Kind::Record(self.record(owner)))).unwrap_or_default();
        if !owners.is_empty() && self.tape.chance(75) {
            modifiers.insert(0, format!("of {}", self.tape.one(&owners)));
        }
        if self.in_fact && self.vocabulary.record(record).needs_evidence && self.tape.chance(12) {
            modifiers.push("in fact".to_owned());
        }
        if modifiers.is_empty() { format!("{kind} {name}") } else { format!("{kind} {name} with {}", modifiers.join(", ")) }
    }

    fn modifier(&mut self, record: RecordId, own: usize, depth: usize) -> String {
        let kind = Kind::Record(record);
        match self.tape.weighted(&[70, 10, 6, 6, 8]) {
            1 => {
                let mine = self.variables.remove(own);
                let call = self.call(kind);
                self.variables.insert(own, mine);
                let not = if self.tape.chance(40) { "not " } else { "" };
                call.map_or_else(|| self.test(record, depth), |call| format!("that is {not}{call}"))
            }
            2 => {
                let others: Vec<String> = self
                    .variables
                    .iter()
                    .enumerate()
                    .filter(|(at, (_, one))| *at != own && *one == kind)
                    .map(|(_, (name, _))| name.clone())
                    .collect();
                if others.is_empty() {
                    return self.test(record, depth);
                }
                let verb = *self.tape.one(&["other than", "other than", "that is", "that is not"]);
                format!("{verb} {}", self.tape.one(&others))
            }
            3 => format!("resting on (a {})", self.clause_noun()),
            4 => (*self.tape.one(&["sealed", "trusted"])).to_owned(),
            _ => self.test(record, depth),
        }
    }

    fn clause_noun(&mut self) -> String {
        let rank = *self.tape.one(&["rank at least law", "rank crown", "rank any of law or letter", "open yes", "rank less than law"]);
        match self.tape.below(4) {
            0 => format!("clause with scroll (a scroll with {rank})"),
            1 => format!("clause with scroll (a scroll with {rank}, open yes)"),
            2 => format!("clause with signed yes, scroll (a scroll with {rank})"),
            _ => "clause with signed yes".to_owned(),
        }
    }

    /// A test of an attribute, of every kind that its type allows.
    fn test(&mut self, record: RecordId, depth: usize) -> String {
        let vocabulary = self.vocabulary;
        let attribute = self.tape.one(&vocabulary.record(record).attributes);
        let asked = self.asked(&attribute.ty, depth);
        format!("{} {asked}", attribute.name)
    }

    fn asked(&mut self, ty: &Type, depth: usize) -> String {
        if self.tape.chance(12) {
            return (*self.tape.one(&["stated", "not stated", "none"])).to_owned();
        }
        match ty {
            Type::Term(list) => self.asked_terms(*list, false),
            Type::Terms(list) => self.asked_terms(*list, true),
            Type::Reference(_) | Type::References(_) | Type::Parts(_) => self.asked_records(ty, depth),
            Type::YesNo => (*self.tape.one(&["yes", "no", "none of yes or no", "any of yes or no", "only yes or yes"])).to_owned(),
            Type::Text => (*self.tape.one(&["\"north\"", "any of \"north\" or \"south\"", "none of \"north\" or \"east\""])).to_owned(),
            Type::Date => (*self.tape.one(&[
                "before 2020-01-01",
                "after 2015-06-01",
                "within 5 years",
                "at least 2010-01-01",
                "2012-03-04",
                "within slow",
            ]))
            .to_owned(),
            Type::Number => {
                (*self.tape.one(&["at least 10", "at most 2.5", "more than 10", "less than 100", "10", "any of 1 or 10"])).to_owned()
            }
            Type::Percentage => (*self.tape.one(&["at least 50%", "at most most", "more than 60%", "60%"])).to_owned(),
            Type::Duration => {
                (*self.tape.one(&["at most slow", "less than 1 year", "30 days", "at least 2 months", "only 30 days or 1 year"])).to_owned()
            }
            Type::Money => (*self.tape.one(&["at least 100 EUR", "less than 50.5 USD", "100 EUR", "none of 100 EUR or 1 USD"])).to_owned(),
        }
    }

    fn asked_terms(&mut self, list: u16, several: bool) -> String {
        let ordered = self.vocabulary.enumeration(list).ordered;
        let variables = self.in_sight(|kind| kind == Kind::Terms(list));
        let one = |writer: &mut Writer<'_, '_>| {
            if !variables.is_empty() && writer.tape.chance(60) { writer.tape.one(&variables).clone() } else { writer.term_of(list) }
        };
        let (first, second) = (one(self), one(self));
        match self.tape.weighted(&[45, 18, if several { 12 } else { 0 }, 12, 13, if ordered { 60 } else { 0 }]) {
            1 => format!("any of {first} or {second}"),
            2 => format!("all of {first} and {second}"),
            3 => format!("none of {first} or {second}"),
            4 => format!("only {first} or {second}"),
            5 => format!("{} {}", self.tape.one(&["at least", "at most", "more than", "less than"]), self.term_of(list)),
            _ => first,
        }
    }

    fn asked_records(&mut self, ty: &Type, depth: usize) -> String {
        let kinds = references(ty).unwrap_or_default();
        let several = !matches!(ty, Type::Reference(_));
        let names = self.in_sight(|kind| matches!(kind, Kind::Record(id) if kinds.contains(&id)));
        if names.is_empty() || self.tape.chance(25) {
            if depth == 0 {
                return "stated".to_owned();
            }
            let mark = self.variables.len();
            let noun = self.noun(depth - 1, Some(&kinds));
            self.variables.truncate(mark);
            return format!("(a {noun})");
        }
        let (first, second) = (self.tape.one(&names).clone(), self.tape.one(&names).clone());
        match self.tape.weighted(&[60, 12, if several { 10 } else { 0 }, 8, 10]) {
            1 => format!("any of {first} or {second}"),
            2 => format!("all of {first} and {second}"),
            3 => format!("none of {first} or {second}"),
            4 => format!("only {first} or {second}"),
            _ => first,
        }
    }
}
