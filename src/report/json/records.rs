//! The shape of `ephor.result`: each record as it is written, field by field in this order. Nothing is worked out here. The only module that
//! names serde.

use serde::Serialize;

use crate::model::ir::Verdict;

/// What was selected and left out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Scope {
    /// The packs.
    pub packs: Vec<String>,
    /// `--select`
    pub select: Vec<String>,
    /// `--ignore`
    pub ignore: Vec<String>,
    /// `--as-of`; none where each description's own date was taken.
    pub as_of: Option<String>,
    /// `--situation`
    pub situation: Option<String>,
    /// How many rules were run.
    pub rules: usize,
}

/// The program that wrote the result.
#[derive(Serialize)]
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

/// A pack as it was run.
#[derive(Serialize)]
pub(super) struct Pack<'a> {
    pub(super) id: &'a str,
    pub(super) version: &'static str,
    pub(super) sha256: &'a str,
}

/// A description as it was read.
#[derive(Serialize)]
pub(super) struct DocumentRecord {
    pub(super) id: String,
    pub(super) state: String,
    pub(super) path: String,
    pub(super) sha256: String,
    pub(super) as_of: Option<String>,
}

/// Counts of verdicts.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    met: u32,
    partly: u32,
    not_met: u32,
    cannot_tell: u32,
    not_applicable: u32,
}

impl Counts {
    /// One more of a verdict.
    pub fn add(&mut self, verdict: Verdict) {
        *self.of(verdict) += 1;
    }

    pub(super) fn of(&mut self, verdict: Verdict) -> &mut u32 {
        match verdict {
            Verdict::Met => &mut self.met,
            Verdict::Partly => &mut self.partly,
            Verdict::NotMet => &mut self.not_met,
            Verdict::CannotTell => &mut self.cannot_tell,
            Verdict::NotApplicable => &mut self.not_applicable,
        }
    }

    /// How many of a verdict.
    pub fn get(&self, verdict: Verdict) -> u32 {
        let mut copy = *self;
        *copy.of(verdict)
    }

    /// All but the not applicable.
    pub fn applicable(&self) -> u32 {
        self.met + self.partly + self.not_met + self.cannot_tell
    }

    /// Those that were decided.
    pub fn decided(&self) -> u32 {
        self.met + self.partly + self.not_met
    }
}

/// The verdicts of the run together.
#[derive(Serialize)]
pub(super) struct Summary {
    pub(super) documents: usize,
    pub(super) verdicts: Counts,
    pub(super) decided: u32,
    pub(super) applicable: u32,
    pub(super) rules: Vec<RuleSummary>,
}

/// The verdicts of one rule on one description.
#[derive(Serialize)]
pub(super) struct RuleSummary {
    pub(super) document: String,
    pub(super) rule: String,
    pub(super) verdict: &'static str,
    pub(super) counts: Counts,
    pub(super) list_complete: bool,
}

/// A place in a text; line and column count from 1.
#[derive(Serialize)]
pub(super) struct Position {
    pub(super) path: String,
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) offset: u32,
}

/// A limb with its truth.
#[derive(Serialize)]
pub(super) struct LimbRecord {
    pub(super) label: String,
    pub(super) says: String,
    pub(super) holds: &'static str,
    pub(super) reaches_floor: bool,
    pub(super) arises: bool,
    pub(super) excused: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) proof: Option<StepRecord>,
}

/// A step of a proof, with those below it that decided.
#[derive(Serialize)]
pub(super) struct StepRecord {
    pub(super) asked: String,
    pub(super) holds: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) remark: String,
    pub(super) rule: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) facts: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) missing: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parts: Vec<StepRecord>,
}

/// A fact on which a verdict rests.
#[derive(Serialize)]
pub(super) struct EvidenceRecord {
    pub(super) fact: String,
    pub(super) provisions: Vec<ProvisionRecord>,
    pub(super) de_facto: bool,
    pub(super) position: Position,
}

/// Where a fact stands in the law.
#[derive(Serialize)]
pub(super) struct ProvisionRecord {
    pub(super) id: String,
    pub(super) text: String,
}

/// A fact that would help to settle a verdict.
#[derive(Serialize)]
pub(super) struct MissingRecord {
    pub(super) fact: String,
    pub(super) question: String,
}

/// An exception that applies, or may.
#[derive(Serialize)]
pub(super) struct ExceptionRecord {
    pub(super) name: String,
    pub(super) applies: &'static str,
}

/// Who answers for a gap.
#[derive(Serialize)]
pub(super) struct WaiverRecord {
    pub(super) by: String,
    pub(super) reason: String,
    pub(super) until: Option<String>,
}

/// One verdict as it is printed.
#[derive(Serialize)]
pub(super) struct ResultRecord {
    pub(super) document: String,
    pub(super) rule: String,
    pub(super) title: String,
    pub(super) paragraph: Vec<String>,
    pub(super) footing: &'static str,
    pub(super) modality: &'static str,
    pub(super) severity: &'static str,
    pub(super) pack: String,
    pub(super) force: Option<String>,
    pub(super) hat: Option<String>,
    pub(super) situation: Option<String>,
    pub(super) same_in: Vec<String>,
    pub(super) verdict: &'static str,
    pub(super) message: String,
    pub(super) limbs: Vec<LimbRecord>,
    pub(super) position: Position,
    pub(super) evidence: Vec<EvidenceRecord>,
    pub(super) missing: Vec<MissingRecord>,
    pub(super) exceptions: Vec<ExceptionRecord>,
    pub(super) waiver: Option<WaiverRecord>,
    pub(super) remedy: String,
    pub(super) fingerprint: String,
}

/// A diagnostic as it is printed.
#[derive(Serialize)]
pub(super) struct DiagnosticRecord {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) severity: &'static str,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) position: Option<Position>,
}

/// The whole result.
#[derive(Serialize)]
pub(super) struct Whole<'a> {
    pub(super) format: &'static str,
    pub(super) format_version: &'static str,
    pub(super) tool: Tool,
    pub(super) packs: Vec<Pack<'a>>,
    pub(super) documents: Vec<DocumentRecord>,
    pub(super) scope: &'a Scope,
    pub(super) summary: Summary,
    pub(super) results: Vec<ResultRecord>,
    pub(super) diagnostics: Vec<DiagnosticRecord>,
}
