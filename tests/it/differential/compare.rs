//! One group of cases: a pack of rules on some descriptions, assessed by both sides and under change.

use std::collections::BTreeMap;

use ephor::diagnostic::Diagnostic;
use ephor::engine::{Assessment, Finding, Options, Reasons, assess};
use ephor::facts::{Facts, Form, RowId, read};
use ephor::model::ir::{LimbTest, Modality, Model, Outcome, Rule, Selection, Verdict};
use ephor::model::{Built, PackFile, build};
use ephor::syntax::parse;
use ephor::text::SourceId;
use serde_json::Value;

use super::count::Counts;
use super::naive::{Context, Naive, Thing};
use super::{Tapes, describe, rules, verdicts};

/// The invented vocabulary, read once.
pub(super) struct Vocabulary {
    file: PackFile,
    model: Model,
}

impl Vocabulary {
    pub(super) fn new() -> Vocabulary {
        let (file, problems) = parse(include_str!("vocabulary.ephor"), SourceId(0));
        assert!(!problems.iter().any(Diagnostic::is_error), "{problems:?}");
        let file = PackFile { pack: String::new(), file };
        let Built { model, problems, .. } = build(std::slice::from_ref(&file));
        assert!(!problems.iter().any(Diagnostic::is_error), "{problems:?}");
        Vocabulary { file, model }
    }
}

/// A verdict with its subject, capacity and situation.
type Place = (Option<RowId>, Option<RowId>, Option<RowId>, Verdict);

/// Verdicts by the names of subject, capacity and situation.
type Named = BTreeMap<(String, String, String), Verdict>;

/// A pack that was built from tapes.
struct Pack {
    model: Model,
    declarations: String,
    texts: Vec<String>,
}

/// A disagreement, if there is one.
pub(super) fn group(vocabulary: &Vocabulary, tapes: &Tapes, counts: &mut Counts) -> Result<(), String> {
    let pack = pack(vocabulary, tapes, counts)?;
    for (number, tape) in tapes.descriptions.iter().enumerate() {
        let description = describe::description(&vocabulary.model.vocabulary, tape);
        counts.descriptions += 1;
        let Some(facts) = facts(&pack, &description) else {
            counts.refused_descriptions += 1;
            continue;
        };
        let case = Case { pack: &pack, description: &description, facts: &facts };
        let changes = tapes.changes.get(number * 20 % tapes.changes.len().max(1)..).unwrap_or(&[]);
        case.run(&vocabulary.model, changes, counts)?;
    }
    Ok(())
}

fn pack(vocabulary: &Vocabulary, tapes: &Tapes, counts: &mut Counts) -> Result<Pack, String> {
    let words = &vocabulary.model.vocabulary;
    let (declarations, definitions) = rules::declarations(words, &tapes.declarations);
    let texts: Vec<String> = tapes.rules.iter().enumerate().map(|(number, tape)| rules::rule(words, tape, &definitions, number)).collect();
    let text = format!("{declarations}{}", texts.concat());
    let (file, mut problems) = parse(&text, SourceId(1));
    let Built { model, problems: more, .. } = build(&[vocabulary.file.clone(), PackFile { pack: "t".to_owned(), file }]);
    problems.extend(more);
    let refused = texts.len() - model.rules.len();
    counts.refused_rules += refused;
    if std::env::var_os("EPHOR_STRICT").is_some() && (refused > 0 || problems.iter().any(Diagnostic::is_error)) {
        let all: Vec<String> = problems
            .iter()
            .filter(|one| one.is_error())
            .map(|one| format!("{} at {}", one.message, one.labels[0].place.span.of(&text)))
            .collect();
        return Err(format!("refused:\n{}\n{text}", all.join("\n")));
    }
    texts.iter().for_each(|text| counts.rule(text));
    Ok(Pack { model, declarations, texts })
}

fn facts(pack: &Pack, description: &Value) -> Option<Facts> {
    let (facts, problems) = read(&description.to_string(), SourceId(2), Form::Json, &pack.model.vocabulary);
    if facts.is_none() && std::env::var_os("EPHOR_VERBOSE").is_some() {
        use std::io::Write as _;
        let all: Vec<&str> = problems.iter().filter(|one| one.is_error()).map(|one| one.message.as_str()).collect();
        let _ = writeln!(std::io::stderr(), "refused description: {}", all.join("; "));
    }
    facts
}

fn assessed<'m>(model: &'m Model, facts: &Facts, reasons: Reasons) -> Assessment<'m> {
    assess(model, facts, &Options { as_of: None, rules: (0..model.rules.len()).collect(), reasons, side_by_side: false, situation: None })
}

/// A pack on one description.
struct Case<'a> {
    pack: &'a Pack,
    description: &'a Value,
    facts: &'a Facts,
}

impl Case<'_> {
    fn run(&self, vocabulary: &Model, changes: &[u8], counts: &mut Counts) -> Result<(), String> {
        let model = &self.pack.model;
        let recorded = assessed(model, self.facts, Reasons::All);
        let silent = assessed(model, self.facts, Reasons::None);
        let naive = Naive { model, facts: self.facts, day: self.facts.as_of };
        for (at, rule) in model.rules.iter().enumerate() {
            counts.cases += 1;
            self.agrees(&naive, rule, at, &recorded, counts)?;
            let (one, other) = (self.named(&recorded, self.facts, at), self.named(&silent, self.facts, at));
            self.same(rule, "with reasons and without", &one, &other)?;
        }
        let words = &vocabulary.vocabulary;
        self.under_change("order", Some((describe::shuffled(self.description, changes), String::new())), &recorded, counts)?;
        self.under_change("forgetting", describe::forgetful(words, self.description, changes), &recorded, counts)?;
        self.under_change("completion", Some((describe::completed(words, self.description, changes), String::new())), &recorded, counts)
    }

    /// Both sides on one rule: verdicts, roll-up, and each limb.
    fn agrees(&self, naive: &Naive<'_>, rule: &Rule, at: usize, recorded: &Assessment, counts: &mut Counts) -> Result<(), String> {
        let whole = naive.rule(rule);
        let findings: Vec<_> = recorded.findings.iter().filter(|one| one.rule == at).collect();
        // A situation that changes nothing is named in the verdict under ordinary law.
        let each = |one: &&Finding| -> Vec<Place> {
            situations(one).map(|situation| (one.subject, one.capacity, situation, one.verdict)).collect()
        };
        let mut engine: Vec<Place> = findings.iter().flat_map(each).collect();
        engine.sort_by_key(|one| (one.0, one.1, one.2));
        let ours: Vec<_> = whole.given.iter().map(|one| (one.subject, one.capacity, one.situation, one.verdict)).collect();
        for finding in &findings {
            *counts.verdicts.entry(finding.verdict.word()).or_default() += 1;
            let things = vec![Thing::Unbound; rule.variables.len()];
            let mut context = Context { things, situation: finding.situation, floor: None, support: true, observed: false };
            bind(naive, rule, finding, &mut context);
            for limb in finding.proof.limbs.iter().filter(|limb| !limb.excused) {
                let own = rule.limbs.limbs.iter().filter(|_| !limb.substitute);
                let new = rule.exceptions.iter().filter(|_| limb.substitute).filter_map(|one| match &one.outcome {
                    Outcome::Substitute { instead, .. } => instead.as_ref(),
                    Outcome::NotApplicable => None,
                });
                let Some(written) = own.chain(new.flat_map(|limbs| &limbs.limbs)).find(|one| one.label == limb.label()) else { continue };
                let (strict, truth, arises) = naive.limb_truths(rule, written, &context);
                let strict = if rule.floor.is_none() || rule.modality == Modality::NotAllow { limb.strict } else { strict };
                if (limb.strict, limb.truth, limb.arises) != (strict, truth, arises) {
                    let engine = format!("strict {:?}, lenient {:?}, arises {}", limb.strict, limb.truth, limb.arises);
                    let ours = format!("strict {strict:?}, lenient {truth:?}, arises {arises}");
                    let for_whom = self.words(finding.subject, finding.capacity, finding.situation);
                    return Err(self.difference(rule, &format!("limb ({}) for {for_whom:?}", limb.label()), &engine, &ours));
                }
            }
        }
        if engine != ours {
            let words = |all: &[Place]| {
                all.iter().map(|one| format!("{:?}: {}", self.words(one.0, one.1, one.2), one.3.word())).collect::<Vec<_>>().join("\n  ")
            };
            return Err(self.difference(rule, "verdicts", &words(&engine), &words(&ours)));
        }
        let roll_up = recorded.roll_ups.iter().find(|one| one.rule == at).map(|one| one.verdict);
        if roll_up != Some(whole.roll_up) {
            return Err(self.difference(rule, "roll-up", &format!("{roll_up:?}"), &format!("{:?}", whole.roll_up)));
        }
        Ok(())
    }

    fn under_change(
        &self,
        what: &'static str,
        changed: Option<(Value, String)>,
        before: &Assessment,
        counts: &mut Counts,
    ) -> Result<(), String> {
        let Some((changed, key)) = changed else { return Ok(()) };
        let Some(facts) = facts(self.pack, &changed) else { return Ok(()) };
        let after = assessed(&self.pack.model, &facts, Reasons::None);
        for (at, rule) in self.pack.model.rules.iter().enumerate() {
            let one = self.named(before, self.facts, at);
            let other = self.named(&after, &facts, at);
            let hats = matches!(rule.selection, Selection::Every { capacity: Some(_), .. });
            let ignorance = rule.partly.as_ref().is_some_and(verdicts::asks_ignorance as fn(&LimbTest) -> bool);
            let ok = match what {
                "order" => one == other,
                // An observation lowers and its absence does not raise, so that forgetting one may help.
                _ if ignorance || rule.lowered.is_some() || hats && key == "roles" => continue,
                // More is known before than after.
                "forgetting" => informed(&other, &one),
                _ => informed(&one, &other),
            };
            *counts.tried.entry(what).or_default() += 1;
            if !ok {
                let what = format!("{what} of `{key}`, and then:\n{}", listed(&changed));
                return Err(self.difference(rule, &what, &format!("before {one:?}"), &format!("after {other:?}")));
            }
        }
        Ok(())
    }

    fn same(&self, rule: &Rule, what: &str, one: &Named, other: &Named) -> Result<(), String> {
        if one == other { Ok(()) } else { Err(self.difference(rule, what, &format!("{one:?}"), &format!("{other:?}"))) }
    }

    fn named(&self, assessment: &Assessment, facts: &Facts, rule: usize) -> Named {
        let word = |row: Option<RowId>| row.map_or(String::new(), |row| facts.name(row, "row"));
        let findings = assessment.findings.iter().filter(|one| one.rule == rule);
        let all = findings
            .flat_map(|one| situations(one).map(|situation| ((word(one.subject), word(one.capacity), word(situation)), one.verdict)));
        let whole = assessment
            .roll_ups
            .iter()
            .filter(|one| one.rule == rule)
            .map(|one| (("the whole".to_owned(), String::new(), String::new()), one.verdict));
        all.chain(whole).collect()
    }

    fn words(&self, subject: Option<RowId>, capacity: Option<RowId>, situation: Option<RowId>) -> [String; 3] {
        [subject, capacity, situation].map(|row| row.map_or(String::new(), |row| self.facts.name(row, "row")))
    }

    fn difference(&self, rule: &Rule, what: &str, engine: &str, ours: &str) -> String {
        let number = rule.id.trim_start_matches("t-").parse::<usize>().unwrap_or(0);
        let text = self.pack.texts.get(number).map_or("", String::as_str);
        let used = self
            .pack
            .declarations
            .split_inclusive("\nend\n")
            .filter(|one| one.split_whitespace().nth(3).is_some_and(|name| text.contains(name)));
        format!("{what}\nengine: {engine}\nours:   {ours}\n\n{}\n{text}\n{}", used.collect::<String>(), listed(self.description))
    }
}

/// The situations that a finding is for.
fn situations(finding: &Finding) -> impl Iterator<Item = Option<RowId>> {
    std::iter::once(finding.situation).chain(finding.same_in.iter().copied().map(Some))
}

/// The variables of a finding: its subject, and its capacity, which may be one that is not settled.
fn bind(naive: &Naive<'_>, rule: &Rule, finding: &Finding, context: &mut Context) {
    let (Selection::Every { noun, capacity, .. }, Some(row)) = (&rule.selection, finding.subject) else { return };
    context.things[noun.slot as usize] = Thing::Row(row);
    if let Some(slot) = capacity {
        let open = || naive.capacities(row, context).into_iter().flatten().find(|one| *one == Thing::Unsettled);
        context.things[*slot as usize] = finding.capacity.map(Thing::Row).or_else(open).unwrap_or(Thing::Unbound);
    }
}

/// Whether what is decided on less information is so on more. A subject that the rule is not for, and one to which it does not apply, are
/// the same.
fn informed(less: &Named, more: &Named) -> bool {
    less.iter().all(|(name, verdict)| match (verdict, more.get(name)) {
        (Verdict::CannotTell, _) | (Verdict::NotApplicable, None) => true,
        (verdict, Some(other)) => verdict == other,
        (_, None) => false,
    })
}

/// A description with one record on each line.
fn listed(description: &Value) -> String {
    let mut text = String::new();
    for (key, value) in description.as_object().into_iter().flatten() {
        match value.as_array() {
            Some(rows) => rows.iter().for_each(|row| text.push_str(&format!("{key}: {row}\n"))),
            None => text.push_str(&format!("{key}: {value}\n")),
        }
    }
    text
}
