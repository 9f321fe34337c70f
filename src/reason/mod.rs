//! Verdicts in words: the message of a finding, its missing facts, and the names that its reasons hold. Every report and every test reads
//! these; nothing computes a reason twice.

mod evidence;

pub use evidence::Rested;

use crate::engine::proof::{Gap, Step};
use crate::engine::world::World;
use crate::engine::{Finding, LimbResult, name_of, situation_names, words};
use crate::facts::{Facts, RowId, State};
use crate::model::ir::{Model, Rule, Selection, Verdict};
use crate::reading::Reader;
use crate::values::Truth;

/// A missing fact as a report shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// A path that names it stably: `controls[3].circumstances`, `norms`.
    pub path: String,
    /// The question that would settle it.
    pub question: String,
    /// What the question asks of, where a record is there.
    pub about: Option<String>,
    /// Where that record, or what was said of the fact, stands in the description.
    pub offset: Option<u32>,
}

/// One finding with what is needed to speak of it.
pub struct Account<'a> {
    /// The model.
    pub model: &'a Model,
    /// The facts.
    pub facts: &'a Facts,
    /// The facts on the day assessed.
    pub world: &'a World<'a>,
    /// The finding.
    pub finding: &'a Finding<'a>,
}

impl<'a> Account<'a> {
    /// The rule.
    pub fn rule(&self) -> &'a Rule {
        &self.model.rules[self.finding.rule]
    }

    /// The id of the subject, if there is one.
    pub fn subject(&self) -> Option<String> {
        self.finding.subject.map(|row| self.id(row))
    }

    /// The id of the capacity, if there is one.
    pub fn capacity(&self) -> Option<String> {
        self.finding.capacity.map(|row| self.id(row))
    }

    /// The id of the situation; none for ordinary law.
    pub fn situation(&self) -> Option<String> {
        self.finding.situation.map(|row| situation_names(self.world, Some(row)).into_iter().next().unwrap_or_default())
    }

    /// The ids of the situations in which everything is the same as here.
    pub fn same_in(&self) -> Vec<String> {
        self.finding.same_in.iter().map(|row| situation_names(self.world, Some(*row)).into_iter().next().unwrap_or_default()).collect()
    }

    /// The id of a row, or its list and number.
    pub fn id(&self, row: RowId) -> String {
        self.facts.name(row, &self.model.vocabulary.record(self.facts.row(row).record).list)
    }

    /// The path of a fact: `controls[3].circumstances`.
    pub fn fact_path(&self, cited: crate::engine::proof::Cited) -> String {
        let record = self.model.vocabulary.record(self.facts.row(cited.row).record);
        let id = if record.single { record.name.clone() } else { self.id(cited.row) };
        match cited.attribute {
            Some(attribute) => format!("{id}.{}", record.attributes[attribute as usize].name),
            None => id,
        }
    }

    /// The waiver of the description for this finding, if one holds on the day. It is shown and changes no verdict.
    pub fn waiver(&self) -> Option<&'a crate::facts::Waiver> {
        let subject = self.subject();
        let facts = self.facts;
        facts.waivers.iter().find(|one| {
            one.rule == self.rule().id
                && (one.subject.is_none() || one.subject == subject)
                && one.until.is_none_or(|until| self.world.as_of <= until)
        })
    }

    /// Limbs that decided the verdict.
    pub fn deciding(&self) -> Vec<&'a LimbResult<'a>> {
        let asked = self.finding.proof.limbs.iter().filter(|limb| limb.arises && !limb.excused);
        asked.filter(|limb| self.decides(limb)).collect()
    }

    /// The verdict of the limbs: what lowers it may have come after that.
    fn on_law(&self) -> Verdict {
        self.finding.proof.before.unwrap_or(self.finding.verdict)
    }

    fn decides(&self, limb: &LimbResult<'_>) -> bool {
        match self.on_law() {
            Verdict::Met => limb.truth == Truth::Yes,
            Verdict::NotMet => limb.truth == Truth::No,
            Verdict::Partly if self.finding.proof.below_floor => limb.strict != Truth::Yes,
            Verdict::Partly => limb.truth != Truth::Yes || limb.strict != Truth::Yes,
            Verdict::CannotTell => limb.truth == Truth::Unknown || limb.strict == Truth::Unknown || self.finding.proof.bounded,
            Verdict::NotApplicable => false,
        }
    }

    /// The message: why the verdict is what it is, in one sentence or two.
    pub fn message(&self) -> String {
        let proof = &self.finding.proof;
        if let (Verdict::NotApplicable, Some(at)) = (self.finding.verdict, proof.exception) {
            return format!("not applicable: {}", self.rule().exceptions[at].name);
        }
        let mut text = if proof.limbs.is_empty() { self.without_limbs() } else { self.limbs_message() };
        if proof.was_lowered {
            text.push_str("; lowered by one step, because ");
            text.push_str(&proof.step(proof.lowered).map_or_else(String::new, |step| words::said(self.world, step)));
        }
        if let Some(at) = proof.exception {
            text.push_str(&format!(" (under the exception “{}”)", self.rule().exceptions[at].name));
        }
        for (at, _) in &proof.open_exceptions {
            text.push_str(&format!("; it is not known whether the exception “{}” applies", self.rule().exceptions[*at].name));
        }
        text
    }

    fn without_limbs(&self) -> String {
        let Selection::Every { noun, .. } = &self.rule().selection else { return self.finding.verdict.words().to_owned() };
        let mut reader = Reader::letters(self.model, &self.rule().variables);
        if let Some(name) = reader.names.get_mut(noun.slot as usize) {
            name.clear();
        }
        let what = reader.noun(noun);
        // Where more of them may exist than were written down, one of them is what is missing.
        let open = self.finding.proof.missing.iter().any(|gap| matches!(gap, Gap::Record(record, _) if *record == noun.record));
        match self.finding.verdict {
            Verdict::CannotTell if open => format!("no {what} is described, and the list is not said to be complete"),
            Verdict::CannotTell if !self.finding.proof.open_exceptions.is_empty() => format!("there is no {what}"),
            verdict => format!("there is no {what}, and then the verdict of the rule is {}", verdict.words()),
        }
    }

    fn limbs_message(&self) -> String {
        let proof = &self.finding.proof;
        if proof.selection.is_some() {
            return "it is not known whether the rule is for this subject".to_owned();
        }
        let list = |limbs: &[&LimbResult<'_>]| {
            limbs.iter().map(|limb| format!("({}) {}", limb.label(), limb.says(self.world, proof.frame()))).collect::<Vec<_>>().join("; ")
        };
        let deciding = self.deciding();
        let of = |truth: Truth| deciding.iter().copied().filter(|limb| limb.truth == truth).collect::<Vec<_>>();
        let not_allow = self.rule().modality == crate::model::ir::Modality::NotAllow;
        match self.on_law() {
            Verdict::Met if not_allow => "what may not be is not there".to_owned(),
            Verdict::Met if deciding.is_empty() => "nothing is asked".to_owned(),
            Verdict::Met => format!("holds: {}", list(&deciding)),
            Verdict::NotMet if not_allow => "what may not be is there".to_owned(),
            Verdict::NotMet => format!("does not hold: {}", list(&of(Truth::No))),
            Verdict::Partly if proof.below_floor => format!("holds only below the evidence floor: {}", list(&deciding)),
            Verdict::Partly => {
                let (no, unknown) = (of(Truth::No), of(Truth::Unknown));
                match (no.is_empty(), unknown.is_empty()) {
                    (false, _) => format!("does not hold in full: {}", list(&no)),
                    (true, false) => format!("not known: {}", list(&unknown)),
                    (true, true) => format!("holds in part: {}", list(&deciding)),
                }
            }
            Verdict::CannotTell if proof.bounded => {
                "a duty of process is not broken by its outcome alone; nothing shows that it failed".to_owned()
            }
            Verdict::CannotTell if deciding.is_empty() => "all that is asked is known".to_owned(),
            Verdict::CannotTell => format!("not known: {}", list(&deciding)),
            Verdict::NotApplicable => "nothing that is asked arises".to_owned(),
        }
    }

    /// The smallest set of facts that would settle the verdict.
    pub fn missing(&self) -> Vec<Missing> {
        let mut all: Vec<Missing> = self.finding.proof.missing.iter().map(|gap| self.gap(gap)).collect();
        all.sort();
        all.dedup();
        all
    }

    /// A gap in words.
    pub fn gap(&self, gap: &Gap<'_>) -> Missing {
        let vocabulary = &self.model.vocabulary;
        match gap {
            Gap::Fact(row, attribute) => {
                let record = vocabulary.record(self.facts.row(*row).record);
                let known = &record.attributes[*attribute as usize];
                let cell = self.facts.cell(*row, *attribute);
                let mut question = self.fill(&known.question, *row);
                if cell.state == State::Disputed {
                    question.push_str(" (disputed)");
                }
                let path =
                    if record.single { format!("{}.{}", record.name, known.name) } else { format!("{}.{}", self.id(*row), known.name) };
                let missing = self.missing_of(*row, path, question);
                Missing { offset: Some(cell.at).filter(|at| *at > 0).or(missing.offset), ..missing }
            }
            Gap::Record(record, wanted) => {
                let record = vocabulary.record(*record);
                let what = match wanted {
                    Some(wanted) => words::wanted(self.world, wanted),
                    None => record.name.replace('-', " "),
                };
                let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
                let question = format!("Is there {article} {what}? If a search finds none, record that.");
                Missing { path: record.list.clone(), question, about: None, offset: None }
            }
            Gap::InForce(row) => {
                let question = format!("Since when, and until when, is {} in force?", self.id(*row));
                self.missing_of(*row, format!("{}.in-force", self.id(*row)), question)
            }
            Gap::Evidence(row) => {
                let question = format!("On which provision does {} rest?", name_of(self.world, *row));
                self.missing_of(*row, format!("{}.evidence", self.id(*row)), question)
            }
            Gap::Variable(name) => Missing { path: (*name).to_owned(), question: format!("What is {name}?"), about: None, offset: None },
        }
    }

    /// What is missing of a record that is there.
    fn missing_of(&self, row: RowId, path: String, question: String) -> Missing {
        Missing { path, question, about: Some(name_of(self.world, row)), offset: Some(self.facts.row(row).at) }
    }

    /// A text of the rule with the name of the subject in the place of its variable, `{F}`.
    pub fn with_names(&self, text: &str) -> String {
        let rule = self.rule();
        let Selection::Every { noun, capacity, .. } = &rule.selection else { return text.to_owned() };
        let named = [(Some(noun.slot), self.finding.subject), (*capacity, self.finding.capacity)];
        named.into_iter().fold(text.to_owned(), |text, (slot, row)| match (slot.and_then(|slot| rule.variables.get(slot as usize)), row) {
            (Some(variable), Some(row)) => text.replace(&format!("{{{}}}", variable.name), &name_of(self.world, row)),
            _ => text,
        })
    }

    /// A question with the names of a record's own attributes filled in.
    fn fill(&self, question: &str, row: RowId) -> String {
        let record = self.model.vocabulary.record(self.facts.row(row).record);
        let mut text = question.replace(&format!("{{{}}}", record.name), &name_of(self.world, row));
        for (at, attribute) in record.attributes.iter().enumerate() {
            let mark = format!("{{{}}}", attribute.name);
            if text.contains(&mark) {
                let cell = self.facts.cell(row, u16::try_from(at).unwrap_or(u16::MAX));
                let rows: Vec<String> = self.world.rows(&cell.value).iter().map(|row| name_of(self.world, *row)).collect();
                text = text.replace(&mark, &if rows.is_empty() { attribute.label.to_lowercase() } else { rows.join(", ") });
            }
        }
        text
    }

    /// All words of the reasons, for tests that look for some of them.
    pub fn all_words(&self) -> String {
        let mut out = self.message();
        let proof = &self.finding.proof;
        for limb in &proof.limbs {
            out.push('\n');
            out.push_str(&limb.says(self.world, proof.frame()));
            if let Some(step) = proof.step(limb.step) {
                self.step_words(step, &mut out);
            }
        }
        for missing in self.missing() {
            out.push_str(&format!("\n{} {}", missing.path, missing.question));
        }
        for step in [proof.exception_step, proof.lowered, proof.selection].into_iter().filter_map(|id| proof.step(id)) {
            self.step_words(step, &mut out);
        }
        out
    }

    fn step_words(&self, step: Step<'_, '_>, out: &mut String) {
        out.push('\n');
        out.push_str(&words::said(self.world, step));
        out.push(' ');
        out.push_str(&words::remark(self.world, step));
        for part in step.parts() {
            self.step_words(part, out);
        }
    }
}
