//! What was seen: so many cases, verdicts and constructs, so that the generator cannot degenerate unseen.

use std::collections::BTreeMap;
use std::fmt;

use ephor::model::ir::VERDICTS;

/// Constructs of the language, and words by which they are known in rule text.
const CONSTRUCTS: [(&str, &str); 52] = [
    ("there is", "there is a "),
    ("there is no", "there is no "),
    ("there is at least", "there is at least "),
    ("there is at most", "there is at most "),
    ("there is exactly", "there is exactly "),
    ("for every record", ") for every "),
    ("share", "for at least 75% of every "),
    ("share by parameter", "for at least most of every "),
    ("number of every", "for at least 2 of every "),
    ("for every term", "for every craft "),
    ("where", "where "),
    ("during", "during "),
    ("at all times", "at all times: "),
    ("not so that", "it is not so that "),
    ("both", " both ("),
    ("either", " either ("),
    ("digits", "(1) "),
    ("does not have", "does not have "),
    ("nested noun", "(a "),
    ("definition", "is keen"),
    ("denied definition", "is not keen"),
    ("that is", ", that is "),
    ("reaches", " reaches "),
    ("does not reach", " does not reach "),
    ("qualifier", "sealed"),
    ("resting on", "resting on "),
    ("other than", "other than "),
    ("of owner", " of "),
    ("in fact", "in fact"),
    ("any of", "any of "),
    ("all of", "all of "),
    ("none of", "none of "),
    ("only", " only "),
    ("order of terms", "at least law"),
    ("date", "before "),
    ("within", "within "),
    ("parameter", "slow"),
    ("not stated", "not stated"),
    ("partly", "partly met when "),
    ("ignorance", "it is unknown whether "),
    ("count of limbs", " of ("),
    ("floor", "evidence "),
    ("exception", "unless "),
    ("prevails", "prevails over "),
    ("under", ", under "),
    ("excused", "is excused"),
    ("substitute", "but the land must "),
    ("not applicable", "then not applicable"),
    ("lowered", "lowered when "),
    ("in each", ", in each role "),
    ("for the land", "for the land\n"),
    ("as process", "as process, "),
];

/// Counts of one run.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// One rule on one description.
    pub(super) cases: usize,
    /// Rules and descriptions that were refused.
    pub(super) refused_rules: usize,
    pub(super) refused_descriptions: usize,
    pub(super) descriptions: usize,
    pub(super) verdicts: BTreeMap<&'static str, usize>,
    pub(super) constructs: BTreeMap<&'static str, usize>,
    /// How often each property was tried.
    pub(super) tried: BTreeMap<&'static str, usize>,
    pub(super) rules: usize,
}

impl Counts {
    pub(super) fn add(&mut self, other: &Counts) {
        self.cases += other.cases;
        self.refused_rules += other.refused_rules;
        self.refused_descriptions += other.refused_descriptions;
        self.descriptions += other.descriptions;
        self.rules += other.rules;
        for (mine, theirs) in
            [(&mut self.verdicts, &other.verdicts), (&mut self.constructs, &other.constructs), (&mut self.tried, &other.tried)]
        {
            for (name, count) in theirs {
                *mine.entry(name).or_default() += count;
            }
        }
    }

    /// Counts the constructs of a rule.
    pub(super) fn rule(&mut self, text: &str) {
        self.rules += 1;
        for (name, words) in CONSTRUCTS {
            if text.contains(words) {
                *self.constructs.entry(name).or_default() += 1;
            }
        }
    }

    /// What was seen in fewer than one of a thousand cases or rules times `often`; and refusals, where they are more than one in ten.
    pub(super) fn rare(&self, often: usize) -> Vec<&'static str> {
        let verdicts: usize = self.verdicts.values().sum();
        let seldom = |seen: &BTreeMap<&'static str, usize>, name: &str, all: usize, share: usize| {
            seen.get(name).copied().unwrap_or(0) * 1000 < all * share
        };
        let mut rare: Vec<&'static str> =
            VERDICTS.iter().map(|(_, word, _)| *word).filter(|word| seldom(&self.verdicts, word, verdicts, often)).collect();
        rare.extend(CONSTRUCTS.iter().map(|(name, _)| *name).filter(|name| seldom(&self.constructs, name, self.rules, often / 10)));
        rare.extend((self.refused_rules * 100 > self.rules).then_some("rules that are accepted"));
        rare.extend((self.refused_descriptions * 4 > self.descriptions).then_some("descriptions that are accepted"));
        rare
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} cases: {} rules ({} refused), {} descriptions ({} refused)",
            self.cases, self.rules, self.refused_rules, self.descriptions, self.refused_descriptions
        )?;
        for (what, seen) in [("verdicts", &self.verdicts), ("tried", &self.tried), ("rules with", &self.constructs)] {
            let all: Vec<String> = seen.iter().map(|(name, count)| format!("{name} {count}")).collect();
            writeln!(f, "{what}: {}", all.join(", "))?;
        }
        Ok(())
    }
}
