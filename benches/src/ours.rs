//! ephor through its library: rule text loaded once, buffers kept from one description to the next.

use ephor::engine::{self, Options, Reasons};
use ephor::facts::{self, Facts, Form, Reader};
use ephor::model::Model;
use ephor::model::ir::Verdict;
use ephor::pack::{self, RuleText};
use ephor::text::{SourceId, Texts};

/// The thirty rules.
pub const THIRTY: &str = include_str!("../rules/thirty.ephor");

/// A pack that is loaded, and which of its rules are run.
pub struct Pack {
    pub model: Model,
    rules: Vec<usize>,
}

impl Pack {
    /// The thirty rules.
    pub fn thirty() -> Pack {
        Pack::of("thirty", vec![RuleText { pack: "thirty".into(), name: "thirty.ephor".into(), text: THIRTY.into() }])
    }

    /// A pack inside the program.
    pub fn built_in(name: &str) -> Pack {
        Pack::of(name, pack::texts_of(name))
    }

    /// Rule text with what every pack shares.
    pub fn of(name: &str, own: Vec<RuleText>) -> Pack {
        let mut files = pack::texts_of("");
        files.extend(own);
        let loaded = pack::load(&mut Texts::default(), &files);
        let errors: Vec<_> = loaded.problems.iter().filter(|one| one.is_error()).collect();
        assert!(errors.is_empty(), "the pack {name} has errors: {errors:#?}");
        let rules = (0..loaded.model.rules.len()).filter(|at| loaded.model.rules[*at].pack == name).collect();
        Pack { model: loaded.model, rules }
    }

    pub fn rules(&self) -> usize {
        self.rules.len()
    }

    /// Reasons for all that is not settled; `ordinary` law alone, or every recorded situation.
    pub fn options(&self, reasons: bool, ordinary: bool) -> Options {
        // With reasons: those of every verdict that fails or is open, as the marks ask.
        let reasons = if reasons { Reasons::Open } else { Reasons::None };
        Options { as_of: None, rules: self.rules.clone(), reasons, side_by_side: false, situation: ordinary.then(|| "normal".to_owned()) }
    }
}

/// A letter for a verdict.
pub fn letter(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Met => b'P',
        Verdict::NotMet => b'F',
        Verdict::CannotTell => b'U',
        Verdict::NotApplicable => b'N',
        Verdict::Partly => b'H',
    }
}

/// One worker.
pub struct Worker<'p> {
    pack: &'p Pack,
    options: Options,
    reader: Reader<'p>,
    facts: Facts,
}

impl<'p> Worker<'p> {
    pub fn new(pack: &'p Pack, options: Options) -> Worker<'p> {
        let vocabulary = &pack.model.vocabulary;
        Worker { pack, options, reader: Reader::new(vocabulary), facts: Facts::new(SourceId(0), vocabulary.records.len()) }
    }

    /// Bytes to facts.
    pub fn read(&mut self, bytes: &[u8]) {
        self.read_as(bytes, Form::Json);
    }

    pub fn read_as(&mut self, bytes: &[u8], form: Form) {
        let text = facts::utf8(bytes, SourceId(0)).expect("UTF-8");
        let problems = self.reader.read_into(&mut self.facts, text, SourceId(0), form);
        assert!(!problems.iter().any(ephor::diagnostic::Diagnostic::is_error), "a generated description has errors: {problems:#?}\n{text}");
    }

    /// Facts to verdicts: one letter a rule, for the State as a whole. What is kept besides (proofs, one verdict a force) is dropped here.
    pub fn judge(&mut self, letters: &mut Vec<u8>) {
        let assessment = engine::assess(&self.pack.model, &self.facts, &self.options);
        letters.extend(assessment.roll_ups.iter().map(|one| letter(one.verdict)));
    }

    /// The whole job.
    pub fn check(&mut self, bytes: &[u8], letters: &mut Vec<u8>) {
        self.read(bytes);
        self.judge(letters);
    }

    /// Verdicts for each force: rule, force, letter.
    pub fn each(&mut self) -> Vec<(usize, String, u8)> {
        let assessment = engine::assess(&self.pack.model, &self.facts, &self.options);
        let first = self.pack.rules.first().copied().unwrap_or(0);
        let name = |row: Option<u32>| row.map_or_else(String::new, |row| self.facts.str(self.facts.row(row).id).to_owned());
        assessment.findings.iter().map(|one| (one.rule - first, name(one.subject), letter(one.verdict))).collect()
    }
}
