//! Descriptions of States that never were, in the real vocabulary. The same seed gives the same bytes.
//!
//! Facts are there, missing, unknown, disputed or looked for in vain; texts are amended, end, begin late and suspend one another; some lists are said to
//! be complete and some searches are on record. Shares and counts follow the descriptions in `fixtures/states`.

use serde_json::{Map, Value, json};

/// A generator of numbers (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn between(&mut self, (low, high): (usize, usize)) -> usize {
        low + self.below(high - low + 1)
    }

    /// So many times in a thousand.
    fn mille(&mut self, n: u64) -> bool {
        self.next() % 1000 < n
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn some<T: Clone + PartialEq>(&mut self, all: &[T], range: (usize, usize)) -> Vec<T> {
        let mut found: Vec<T> = Vec::new();
        for _ in 0..self.between(range) {
            let one = self.pick(all).clone();
            if !found.contains(&one) {
                found.push(one);
            }
        }
        found
    }
}

/// How large a State is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// About 10 kB: the size for which the thirty rules were first measured.
    Small,
    /// 50 to 120 kB, as the descriptions of real States.
    Real,
}

struct Counts {
    instruments: (usize, usize),
    provisions: (usize, usize),
    forces: (usize, usize),
    bodies: (usize, usize),
    controls: (usize, usize),
    norms: (usize, usize),
    missions: (usize, usize),
    remedies: (usize, usize),
    words: (usize, usize),
    /// In a thousand: values with evidence of their own, where the thirty rules do not look.
    own_evidence: u64,
}

const SMALL: Counts = Counts {
    instruments: (4, 6),
    provisions: (7, 12),
    forces: (2, 3),
    bodies: (7, 10),
    controls: (3, 6),
    norms: (0, 2),
    missions: (0, 1),
    remedies: (1, 3),
    words: (2, 4),
    own_evidence: 60,
};

const REAL: Counts = Counts {
    instruments: (5, 40),
    provisions: (90, 230),
    forces: (4, 9),
    bodies: (20, 31),
    controls: (9, 18),
    norms: (1, 4),
    missions: (2, 5),
    remedies: (1, 3),
    words: (5, 19),
    own_evidence: 350,
};

const WORDS: &[&str] = &[
    "the",
    "minister",
    "decides",
    "on",
    "request",
    "of",
    "parliament",
    "within",
    "a",
    "month",
    "unless",
    "danger",
    "is",
    "near",
    "members",
    "may",
    "ask",
    "for",
    "papers",
    "and",
    "visit",
    "sites",
    "at",
    "any",
    "time",
    "force",
    "acts",
    "under",
    "law",
    "only",
    "report",
    "each",
    "year",
    "court",
    "reviews",
    "measures",
    "committee",
    "hears",
    "head",
    "service",
    "budget",
    "approved",
    "before",
    "spending",
];

/// Body: id, kind, usual legitimacy, civilian, usual superior.
const BODIES: &[(&str, &str, &str, bool, &str)] = &[
    ("parliament", "legislature", "elected", true, ""),
    ("government", "cabinet", "accountable-to-elected", true, ""),
    ("minister-defence", "minister", "accountable-to-elected", true, "government"),
    ("minister-interior", "minister", "accountable-to-elected", true, "government"),
    ("chief-of-staff", "force-head", "military", false, "minister-defence"),
    ("police-chief", "force-head", "appointed", true, "minister-interior"),
    ("defence-committee", "committee", "accountable-to-elected", true, "parliament"),
    ("court-of-audit", "audit", "appointed", true, ""),
    ("ombudsman", "ombuds", "accountable-to-elected", true, "parliament"),
    ("supreme-court", "court", "appointed", true, ""),
    ("minister-justice", "minister", "accountable-to-elected", true, "government"),
    ("head-of-state", "head-of-state", "elected", true, ""),
    ("intelligence-panel", "expert", "accountable-to-elected", true, "parliament"),
    ("inspector-general", "inspectorate", "appointed", true, "minister-defence"),
    ("prime-minister", "head-of-government", "accountable-to-elected", true, ""),
    ("service-chief", "force-head", "appointed", true, "prime-minister"),
    ("complaints-board", "complaints", "appointed", true, "minister-interior"),
    ("rights-institution", "nhri", "appointed", true, ""),
    ("prosecutor-general", "prosecutor", "appointed", true, ""),
    ("defence-ministry", "ministry", "appointed", true, "minister-defence"),
];

/// Force: id, categories, kind, status, usual superior.
const FORCES: &[(&str, &[&str], &str, &str, &str)] = &[
    ("army", &["armed"], "army", "military", "chief-of-staff"),
    ("police", &["police"], "police-service", "civilian", "police-chief"),
    ("state-security", &["intelligence"], "civil-intelligence", "civilian", "minister-interior"),
    ("gendarmerie", &["paramilitary", "police"], "gendarmerie", "military", "minister-defence"),
    ("border-guard", &["internal"], "border-guard", "civilian", "minister-interior"),
    ("military-intelligence", &["intelligence"], "military-intelligence", "military", "chief-of-staff"),
    ("prison-guard", &["internal"], "prison-guard", "civilian", "minister-interior"),
    ("national-guard", &["paramilitary"], "national-guard", "military", "minister-interior"),
    ("coast-guard", &["internal", "police"], "coast-guard", "mixed", "minister-interior"),
    ("customs-guard", &["internal"], "customs", "civilian", "government"),
    ("territorials", &["armed"], "territorial", "military", "chief-of-staff"),
    ("criminal-police", &["police"], "criminal-police", "civilian", "police-chief"),
];

const OVERSIGHT: &[&str] = &["inspect", "inquire", "investigate", "audit", "access-classified", "summon", "compel-documents"];
const OTHER_CONTROLS: &[&str] = &[
    "command",
    "issue-directives",
    "approve-deployment",
    "terminate-deployment",
    "notify",
    "debate",
    "appoint",
    "dismiss",
    "approve-strategy",
    "review-legality",
];
const ASKED_NORMS: &[(&str, &str)] = &[
    ("institutional-neutrality", "duty"),
    ("no-party-use-of-service", "prohibition"),
    ("refuse-unlawful-order", "duty"),
    ("individual-liability", "duty"),
    ("vote", "right"),
    ("petition", "right"),
    ("association-professional", "right"),
    ("conscientious-objection", "right"),
];
const OTHER_NORMS: &[(&str, &str)] = &[
    ("expression", "right"),
    ("belief", "right"),
    ("sole-mission-list", "prohibition"),
    ("necessity", "duty"),
    ("proportionality", "duty"),
    ("no-unlawful-orders", "prohibition"),
    ("union", "right"),
    ("capability-ceiling", "prohibition"),
    ("ihl-compliance", "duty"),
    ("private-armed-formations", "prohibition"),
    ("no-force-against-lawful-exercise", "prohibition"),
    ("pension", "right"),
    ("command-responsibility", "duty"),
];
const MISSIONS: &[&str] = &[
    "defence",
    "peace-operation",
    "counter-terrorism",
    "public-order",
    "border",
    "guard-sites",
    "disaster",
    "intelligence",
    "law-enforcement",
];

struct Maker {
    dice: Dice,
    counts: &'static Counts,
    provisions: Vec<String>,
    bodies: Vec<String>,
    forces: Vec<String>,
}

fn date(days: usize) -> String {
    // Days of a year of twelve months of 28 days: every result is a day.
    format!("{:04}-{:02}-{:02}", days / 336, days % 336 / 28 + 1, days % 28 + 1)
}

fn day(year: usize, rest: usize) -> usize {
    year * 336 + rest
}

/// The day described in every generated description.
const AS_OF: (usize, usize) = (2025, 200);

impl Maker {
    fn sentence(&mut self, factor: usize) -> String {
        let (low, high) = self.counts.words;
        let count = self.dice.between((low * factor, high * factor));
        let mut text = String::new();
        for at in 0..count.max(1) {
            let word = *self.dice.pick(WORDS);
            if at == 0 {
                text.push_str(&word[..1].to_uppercase());
                text.push_str(&word[1..]);
            } else {
                text.push(' ');
                text.push_str(word);
            }
        }
        text.push('.');
        text
    }

    fn provision(&mut self) -> String {
        let at = self.dice.below(self.provisions.len());
        self.provisions[at].clone()
    }

    fn some_provisions(&mut self, range: (usize, usize)) -> Vec<String> {
        let all = std::mem::take(&mut self.provisions);
        let mut found = self.dice.some(&all, range);
        self.provisions = all;
        if found.is_empty() {
            found.push(self.provisions[0].clone());
        }
        found
    }

    /// A fact in one of its states; nothing where it is missing. `other` is what a dispute puts against it.
    fn fact(&mut self, value: Value, other: Value) -> Option<Value> {
        let of_a_thousand = self.dice.below(1000);
        Some(match of_a_thousand {
            0..28 => return None,
            28..36 => json!({"state": "unknown", "note": self.sentence(1)}),
            36..46 if value != other => {
                let (one, two) = (self.provision(), self.provision());
                json!({"state": "disputed", "values": [{"value": value, "evidence": [one]}, {"value": other, "evidence": [two]}]})
            }
            46..58 => json!({"state": "absent", "searched": ["main-search"]}),
            58..110 => json!({"value": value, "note": self.sentence(1)}),
            _ => value,
        })
    }

    /// A fact that the thirty rules do not ask, which may have evidence of its own.
    fn aside(&mut self, value: Value) -> Option<Value> {
        if self.dice.mille(150) {
            return None;
        }
        if self.dice.mille(self.counts.own_evidence) {
            let evidence = self.some_provisions((1, 2));
            return Some(if self.dice.mille(500) {
                json!({"value": value, "evidence": evidence, "note": self.sentence(1)})
            } else {
                json!({"value": value, "evidence": evidence})
            });
        }
        Some(value)
    }

    fn evidence(&mut self) -> Value {
        if self.dice.mille(15) {
            return json!([{"attested-by": "A. Clerk", "office": "Ministry of Defence", "on": "2025-05-05"}]);
        }
        let states = self.some_provisions((1, 3));
        let mut all: Vec<Value> = states.into_iter().map(Value::String).collect();
        if self.dice.mille(40) {
            let limit = self.provision();
            if !all.contains(&json!(limit)) {
                all.push(json!({"provision": limit, "role": "limits"}));
            }
        }
        Value::Array(all)
    }

    fn yes_no(&mut self, mille: u64) -> Option<Value> {
        let value = self.dice.mille(mille);
        self.fact(json!(value), json!(!value))
    }

    fn body(&mut self, wanted: &str) -> String {
        if !wanted.is_empty() && self.bodies.iter().any(|one| one == wanted) {
            return wanted.to_owned();
        }
        let at = self.dice.below(self.bodies.len());
        self.bodies[at].clone()
    }

    fn other_body(&mut self) -> Value {
        let at = self.dice.below(self.bodies.len());
        json!(self.bodies[at])
    }
}

fn put(record: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        record.insert(key.to_owned(), value);
    }
}

fn record(pairs: &[(&str, Value)]) -> Map<String, Value> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}

/// One description.
pub fn description(seed: u64, size: Size) -> Value {
    let counts = if size == Size::Small { &SMALL } else { &REAL };
    let mut maker = Maker { dice: Dice::new(seed), counts, provisions: Vec::new(), bodies: Vec::new(), forces: Vec::new() };
    maker.run(seed, size)
}

impl Maker {
    fn run(&mut self, seed: u64, size: Size) -> Value {
        let mut all = Map::new();
        let iso: String = [seed / 676 % 26, seed / 26 % 26, seed % 26].iter().map(|at| (b'A' + *at as u8) as char).collect();
        all.insert("format".into(), json!("ephor.description"));
        all.insert("format-version".into(), json!("1.0"));
        all.insert("as-of".into(), json!(date(day(AS_OF.0, AS_OF.1))));
        all.insert("assessor".into(), json!("a generator"));
        all.insert("collections".into(), json!([{"name": "main-search", "of": self.sentence(2), "on": "2025-06-01"}]));
        let instruments = self.instruments();
        let bodies = self.bodies();
        let (forces, categories) = self.forces();
        all.insert("state".into(), Value::Object(self.state(seed, &iso)));
        all.insert("instruments".into(), instruments.0);
        all.insert("provisions".into(), instruments.1);
        all.insert("bodies".into(), bodies);
        all.insert("forces".into(), forces);
        let lists: Vec<(&str, Vec<Value>)> = vec![
            ("controls", self.controls()),
            ("procedures", self.procedures()),
            ("missions", self.missions()),
            ("norms", self.norms()),
            ("services", self.services()),
            ("remedies", self.remedies()),
            ("budgets", self.budgets()),
            ("disclosures", if size == Size::Real { self.disclosures() } else { Vec::new() }),
            ("trainings", self.trainings()),
        ];
        if size == Size::Real && self.dice.mille(300) {
            all.insert("situations".into(), json!([{"id": "unrest", "kind": "emergency", "from": "2025-02-02"}]));
        }
        for (name, records) in lists {
            let mut seen: Vec<&Value> = Vec::new();
            records.iter().for_each(|one| {
                if !seen.contains(&one) {
                    seen.push(one);
                }
            });
            all.insert(name.into(), json!(seen));
        }
        self.searches(&mut all, &categories);
        all.insert("complete".into(), self.complete());
        all.insert("waivers".into(), json!([]));
        Value::Object(all)
    }

    fn state(&mut self, seed: u64, iso: &str) -> Map<String, Value> {
        let mut state = record(&[("iso", json!(iso)), ("name", json!(format!("Generated State {seed}")))]);
        let form = *self.dice.pick(&["unitary", "federal", "devolved"]);
        put(&mut state, "form", self.aside(json!(form)));
        let army = *self.dice.pick(&["standing", "standing", "standing", "standing", "standing", "ceremonial", "none"]);
        put(&mut state, "armed-forces", self.fact(json!(army), json!(if army == "standing" { "none" } else { "standing" })));
        let conscription = *self.dice.pick(&["active", "selective", "mobilisation-only", "suspended", "abolished", "never"]);
        put(&mut state, "conscription", self.aside(json!(conscription)));
        let codified = self.dice.mille(850);
        put(&mut state, "constitution", self.aside(json!(if codified { "codified" } else { "uncodified" })));
        state
    }

    /// Texts and their provisions.
    fn instruments(&mut self) -> (Value, Value) {
        let count = self.dice.between(self.counts.instruments);
        let mut texts: Vec<Map<String, Value>> = Vec::new();
        let mut provisions = Vec::new();
        let places = self.dice.between(self.counts.provisions);
        for at in 0..count {
            let kind = if at == 0 {
                "constitution"
            } else {
                self.dice.pick(&[
                    "statute",
                    "statute",
                    "statute",
                    "statute",
                    "statute",
                    "statute",
                    "organic-law",
                    "decree",
                    "regulation",
                    "order",
                    "directive",
                    "standing-orders",
                    "decree-law",
                    "policy",
                ])
            };
            let id = if at == 0 { "constitution".to_owned() } else { format!("{}-{at}", if kind == "statute" { "act" } else { kind }) };
            let adopted = day(self.dice.between((1950, 2020)), self.dice.below(336));
            let mut text =
                record(&[("id", json!(id)), ("title", json!(self.sentence(1))), ("kind", json!(kind)), ("adopted", json!(date(adopted)))]);
            let mut begins = adopted;
            if self.dice.mille(800) {
                begins = adopted + self.dice.below(200) + if self.dice.mille(40) { 80 * 336 } else { 0 };
                text.insert("in-force".into(), json!(date(begins)));
            }
            if self.dice.mille(850) {
                text.insert("version".into(), json!(date(day(2024, self.dice.below(300)))));
            }
            if at > 0 && self.dice.mille(35) && begins < day(2020, 0) {
                text.insert("until".into(), json!(date(day(self.dice.between((2022, 2030)), self.dice.below(300)))));
            }
            if at > 1 && self.dice.mille(200) {
                text.insert("amends".into(), json!([texts[at - 1]["id"]]));
            }
            text.insert("language".into(), json!("Latin"));
            if self.counts.words.1 > 10 {
                text.insert("source".into(), json!(self.sentence(1)));
            }
            texts.push(text);
        }
        for at in 0..places.max(count) {
            let text = if at < count { at } else { self.dice.below(count) };
            let id = format!("{}.{}", texts[text]["id"].as_str().unwrap_or(""), at + 1).replace('.', "-p");
            let mut one =
                record(&[("id", json!(id)), ("instrument", texts[text]["id"].clone()), ("locator", json!(format!("art. {}", at + 1)))]);
            let mut begins = 0;
            if self.dice.mille(30) {
                begins = day(self.dice.between((2010, 2028)), self.dice.below(336));
                one.insert("in-force".into(), json!(date(begins)));
            }
            if self.dice.mille(25) && begins < day(2018, 0) {
                one.insert("until".into(), json!(date(day(self.dice.between((2019, 2029)), self.dice.below(336)))));
            }
            one.insert("excerpt".into(), json!(self.sentence(1)));
            self.provisions.push(id);
            provisions.push(one);
        }
        for (at, text) in texts.iter_mut().enumerate() {
            let publicity = *self.dice.pick(&["public", "public", "public", "public", "public", "public", "in-part", "secret"]);
            put(text, "publicity", self.fact(json!(publicity), json!(if publicity == "public" { "in-part" } else { "public" })));
            if at > 0 && self.dice.mille(25) {
                let suspended = self.some_provisions((1, 2));
                text.insert("suspends".into(), json!(suspended));
            }
        }
        (json!(texts), json!(provisions))
    }

    fn bodies(&mut self) -> Value {
        let count = self.dice.between(self.counts.bodies);
        let mut kinds: Vec<(String, &str, &str, bool, &str)> = Vec::new();
        for at in 0..count {
            let (id, kind, legitimacy, civilian, parent) = BODIES[at % BODIES.len()];
            let id = if at < BODIES.len() { id.to_owned() } else { format!("{id}-{}", at / BODIES.len() + 1) };
            kinds.push((id.clone(), kind, legitimacy, civilian, parent));
            self.bodies.push(id);
        }
        let mut bodies = Vec::new();
        for (id, kind, legitimacy, civilian, parent) in kinds {
            let mut body = record(&[("id", json!(id)), ("name", json!(self.sentence(1)))]);
            put(&mut body, "kind", if self.dice.mille(970) { Some(json!(kind)) } else { self.fact(json!(kind), json!("office")) });
            let places = self.some_provisions((1, 2));
            put(&mut body, "set-up-by", self.fact(json!(places), json!([self.provisions[0]])));
            put(&mut body, "legitimacy", self.fact(json!(legitimacy), json!("hereditary")));
            let civilian = civilian != self.dice.mille(60);
            put(&mut body, "civilian", self.fact(json!(civilian), json!(!civilian)));
            if parent.is_empty() {
                body.insert("parent".into(), json!({"state": "absent", "searched": ["main-search"]}));
            } else {
                let parent = if self.dice.mille(30) { self.body("") } else { self.body(parent) };
                let other = self.other_body();
                put(&mut body, "parent", if json!(parent) == json!(id) { None } else { self.fact(json!(parent), other) });
            }
            let answers = self.other_body();
            put(&mut body, "answerable-to", self.aside(json!([answers])));
            let dismissal = *self.dice.pick(&["for-cause", "for-cause", "for-cause", "at-will", "no-one"]);
            put(&mut body, "dismissal", self.fact(json!(dismissal), json!(if dismissal == "at-will" { "no-one" } else { "at-will" })));
            let appoints = self.other_body();
            put(&mut body, "appointed-by", self.aside(json!([appoints])));
            let funding = *self.dice.pick(&["own", "ministry", "force"]);
            put(&mut body, "funding", self.aside(json!(funding)));
            if self.dice.mille(400) {
                put(&mut body, "incompatibilities", self.aside(json!(true)));
            }
            bodies.push(body);
        }
        json!(bodies)
    }

    fn forces(&mut self) -> (Value, Vec<String>) {
        let count = self.dice.between(self.counts.forces);
        let first = if self.dice.mille(880) { 0 } else { 1 };
        let mut forces = Vec::new();
        let mut named: Vec<String> = Vec::new();
        for at in 0..count {
            let (id, categories, kind, status, parent) = FORCES[(first + at) % FORCES.len()];
            named.extend(categories.iter().map(|one| (*one).to_owned()));
            let mut force = record(&[("id", json!(id)), ("name", json!(self.sentence(1)))]);
            let sure = self.dice.mille(930);
            put(
                &mut force,
                "categories",
                if sure { Some(json!(categories)) } else { self.fact(json!(categories), json!(["internal", "armed"])) },
            );
            put(&mut force, "kind", self.aside(json!(kind)));
            put(&mut force, "status", self.aside(json!(status)));
            put(&mut force, "level", self.aside(json!("national")));
            let powers = self.dice.some(&["lethal-force", "arrest", "search", "covert", "combat", "border"], (1, 4));
            put(&mut force, "powers", self.aside(json!(powers)));
            let places = self.some_provisions((1, 3));
            put(&mut force, "founded-by", self.fact(json!(places), json!([self.provisions[0]])));
            let purpose = self.sentence(1);
            put(&mut force, "purpose", self.aside(json!(purpose)));
            let parent = if self.dice.mille(60) { self.body("") } else { self.body(parent) };
            let other = self.other_body();
            put(&mut force, "parent", self.fact(json!(parent), other));
            put(&mut force, "heavy-equipment", self.aside(json!(kind == "army")));
            if self.counts.words.1 > 10 {
                put(&mut force, "reason", Some(json!(self.sentence(2))));
            }
            self.forces.push(id.to_owned());
            forces.push(force);
        }
        (json!(forces), named)
    }

    fn over(&mut self, force: &str) -> Option<Value> {
        let mut over = vec![force.to_owned()];
        if self.dice.mille(120) {
            let other = self.forces[self.dice.below(self.forces.len())].clone();
            if !over.contains(&other) {
                over.push(other);
            }
        }
        let other = json!(self.forces);
        if self.dice.mille(975) { Some(json!(over)) } else { self.fact(json!(over), other) }
    }

    fn controls(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for force in self.forces.clone() {
            for _ in 0..self.dice.between(self.counts.controls) {
                let oversight = self.dice.mille(650);
                let kind = *self.dice.pick(if oversight { OVERSIGHT } else { OTHER_CONTROLS });
                let overseer = *self.dice.pick(&[
                    "parliament",
                    "defence-committee",
                    "ombudsman",
                    "court-of-audit",
                    "supreme-court",
                    "intelligence-panel",
                    "inspector-general",
                    "",
                ]);
                let commander = *self.dice.pick(&["minister-defence", "minister-interior", "government", "parliament", "head-of-state"]);
                let holder = self.body(if oversight || kind == "approve-deployment" { overseer } else { commander });
                let mut one = Map::new();
                let other = self.other_body();
                put(&mut one, "holder", self.fact(json!(holder), other));
                let over = self.over(&force);
                put(&mut one, "over", over);
                put(&mut one, "kind", if self.dice.mille(980) { Some(json!(kind)) } else { self.fact(json!(kind), json!("debate")) });
                let moments = self.dice.some(&["before", "meanwhile", "after", "standing"], (1, 2));
                put(&mut one, "exercised", self.fact(json!(moments), json!(["standing", "after", "before"])));
                put(&mut one, "binding", self.aside(json!(true)));
                if self.dice.mille(500) {
                    let circumstances = self.dice.some(&["peace", "emergency", "war", "internal-deployment"], (1, 3));
                    put(&mut one, "circumstances", self.aside(json!(circumstances)));
                }
                one.insert("evidence".into(), self.evidence());
                if self.dice.mille(300) {
                    one.insert("note".into(), json!(self.sentence(1)));
                }
                all.push(Value::Object(one));
            }
        }
        all
    }

    fn procedures(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for force in self.forces.clone() {
            if !self.dice.mille(700) {
                continue;
            }
            let kind =
                *self.dice.pick(&["deployment-internal", "deployment-internal", "deployment-abroad", "force-planning", "discipline"]);
            let mut one = record(&[("kind", json!(kind))]);
            put(&mut one, "over", self.over(&force));
            let deciders = vec![self.body("government"), self.body("")];
            let deciders = self.dice.some(&deciders, (1, 2));
            put(&mut one, "decided-by", self.fact(json!(deciders), json!([self.bodies[0]])));
            put(&mut one, "may-act-first", self.aside(json!(true)));
            put(&mut one, "ratify-within", self.aside(json!("30 days")));
            one.insert("evidence".into(), self.evidence());
            all.push(Value::Object(one));
        }
        all
    }

    fn missions(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for force in self.forces.clone() {
            for _ in 0..self.dice.between(self.counts.missions) {
                let kind = *self.dice.pick(MISSIONS);
                let mut one = record(&[("force", json!(force)), ("kind", json!(kind))]);
                put(&mut one, "role", self.aside(json!("lead")));
                put(&mut one, "inside", self.aside(json!(kind != "peace-operation")));
                one.insert("evidence".into(), self.evidence());
                all.push(Value::Object(one));
            }
        }
        all
    }

    fn norms(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for force in self.forces.clone() {
            let mut wanted: Vec<(&str, &str)> = ASKED_NORMS.iter().copied().filter(|_| self.dice.mille(880)).collect();
            let others = self.dice.between(self.counts.norms);
            wanted.extend(self.dice.some(OTHER_NORMS, (others, others)));
            for (content, modality) in wanted {
                let mut one = Map::new();
                put(&mut one, "modality", self.fact(json!(modality), json!(if modality == "right" { "permission" } else { "right" })));
                put(&mut one, "bearer", self.over(&force));
                put(&mut one, "content", if self.dice.mille(980) { Some(json!(content)) } else { self.fact(json!(content), json!("pay")) });
                if self.counts.words.1 > 10 {
                    let exceptions = match self.dice.below(4) {
                        0 => Some(json!({"state": "absent", "searched": ["main-search"]})),
                        1 => Some(
                            json!([{"breadth": "narrow", "purpose": "discipline", "provision": [self.provision()], "necessity": true}]),
                        ),
                        2 => Some(
                            json!([{"breadth": "swallows-the-norm", "purpose": "operational-security"}, {"breadth": "narrow", "ends": true}]),
                        ),
                        _ => None,
                    };
                    put(&mut one, "exceptions", exceptions);
                }
                one.insert("evidence".into(), self.evidence());
                if self.dice.mille(300) {
                    one.insert("note".into(), json!(self.sentence(1)));
                }
                all.push(Value::Object(one));
            }
        }
        all
    }

    fn services(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for force in self.forces.clone() {
            if !self.dice.mille(500) {
                continue;
            }
            let mode = *self.dice.pick(&["conscript", "contract", "volunteer", "reserve"]);
            let mut one = record(&[("force", json!(force))]);
            put(&mut one, "mode", self.fact(json!(mode), json!(if mode == "conscript" { "contract" } else { "conscript" })));
            put(&mut one, "min-age", self.aside(json!(18)));
            put(&mut one, "exemption-grounds", self.aside(json!(["health", "conscience"])));
            put(&mut one, "alternative", self.aside(json!(true)));
            put(&mut one, "length-ratio", self.aside(json!(1.5)));
            one.insert("evidence".into(), self.evidence());
            all.push(Value::Object(one));
        }
        all
    }

    fn remedies(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for force in self.forces.clone() {
            for _ in 0..self.dice.between(self.counts.remedies) {
                let mut one = Map::new();
                let open = self.dice.some(&["personnel", "public"], (1, 2));
                put(&mut one, "open-to", self.fact(json!(open), json!(["public", "personnel"])));
                put(&mut one, "covers", self.over(&force));
                let body = self.other_body();
                put(&mut one, "body", self.aside(body));
                put(&mut one, "outside-chain", self.yes_no(750));
                put(&mut one, "appeal-to-court", self.aside(json!(true)));
                put(&mut one, "binding", self.yes_no(750));
                put(&mut one, "deadline", self.aside(json!("60 days")));
                put(&mut one, "reprisal-ban", self.yes_no(750));
                one.insert("evidence".into(), self.evidence());
                all.push(Value::Object(one));
            }
        }
        all
    }

    fn budgets(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for force in self.forces.clone() {
            if !self.dice.mille(860) {
                continue;
            }
            let mut one = Map::new();
            put(&mut one, "covers", self.over(&force));
            let approves = self.body("parliament");
            let other = self.other_body();
            put(&mut one, "approved-by", self.fact(json!(approves), other));
            put(&mut one, "before-spending", self.aside(json!(true)));
            put(&mut one, "detail", self.aside(json!("programme")));
            let secret = *self.dice.pick(&["no-secret-part", "total-known", "total-unknown"]);
            put(
                &mut one,
                "secret-part",
                self.fact(json!(secret), json!(if secret == "total-unknown" { "total-known" } else { "total-unknown" })),
            );
            let auditor = self.body("court-of-audit");
            put(&mut one, "audited-by", self.fact(json!([auditor]), json!([self.bodies[1]])));
            put(&mut one, "audit-complete", self.yes_no(700));
            put(&mut one, "audit-reported", self.aside(json!(true)));
            one.insert("evidence".into(), self.evidence());
            all.push(Value::Object(one));
        }
        all
    }

    fn disclosures(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for subject in ["armed-forces", "budget", "force-size", "incident", "status-law"] {
            let mut one = record(&[("subject", json!(subject)), ("to", json!(["public"]))]);
            let by = self.other_body();
            put(&mut one, "by", self.aside(by));
            put(&mut one, "period", self.aside(json!("1 year")));
            put(&mut one, "time-limit", self.aside(json!(true)));
            one.insert("evidence".into(), self.evidence());
            all.push(Value::Object(one));
        }
        all
    }

    fn trainings(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for force in self.forces.clone() {
            if !self.dice.mille(900) {
                continue;
            }
            let mut one = Map::new();
            put(&mut one, "force", self.over(&force));
            put(&mut one, "ranks", self.aside(json!(["every-rank"])));
            let mut topics = self.dice.some(&["ihl", "human-rights"], (1, 4));
            topics.extend(self.dice.some(&["own-rights", "gender", "coc"], (0, 1)));
            put(&mut one, "topics", self.fact(json!(topics), json!(["coc", "gender", "ihl", "human-rights"])));
            put(&mut one, "mandatory", self.yes_no(880));
            let months = *self.dice.pick(&[12, 12, 24, 24, 36]);
            put(&mut one, "repeat", self.fact(json!(format!("{months} months")), json!("48 months")));
            one.insert("evidence".into(), self.evidence());
            all.push(Value::Object(one));
        }
        all
    }

    /// What was looked for and not found, where the description has nothing that is of the kind or may be.
    fn searches(&mut self, all: &mut Map<String, Value>, categories: &[String]) {
        let may_be = |fact: &Value, word: &str| {
            let open = fact.is_null() || matches!(fact["state"].as_str(), Some("unknown" | "disputed"));
            open || fact.to_string().contains(&format!("\"{word}\""))
        };
        let says = |all: &Map<String, Value>, list: &str, (gathers, force): (&str, &str), (key, word): (&str, &str)| {
            let rows = all[list].as_array().into_iter().flatten().filter(|row| row["state"] != "absent");
            rows.into_iter().any(|row| may_be(&row[gathers], force) && may_be(&row[key], word))
        };
        let unsettled = all["forces"].as_array().into_iter().flatten().any(|force| may_be(&force["categories"], "nothing"));
        let forces = self.forces.clone();
        for force in &forces {
            let wanted: Vec<(&str, &str, &str, &str)> = OVERSIGHT
                .iter()
                .chain(["approve-deployment"].iter())
                .map(|kind| ("controls", "over", "kind", *kind))
                .chain(ASKED_NORMS.iter().map(|(content, _)| ("norms", "bearer", "content", *content)))
                .chain([("services", "force", "mode", "conscript"), ("procedures", "over", "kind", "deployment-internal")])
                .collect();
            // Some descriptions look for everything over one force.
            let thorough = self.dice.mille(80);
            for (list, gathers, key, word) in wanted {
                if self.dice.mille(if thorough { 900 } else { 70 }) && !says(all, list, (gathers, force), (key, word)) {
                    let target = if list == "services" { json!(force) } else { json!([force]) };
                    let absent = json!({"state": "absent", gathers: target, key: word, "searched": ["main-search"]});
                    if let Some(Value::Array(rows)) = all.get_mut(list) {
                        rows.push(absent);
                    }
                }
            }
        }
        for category in ["armed", "internal", "paramilitary", "intelligence", "police"] {
            if self.dice.mille(150) && !unsettled && !categories.iter().any(|one| one == category) {
                let id = format!("no-{category}");
                if let Some(Value::Array(rows)) = all.get_mut("forces") {
                    rows.push(json!({"id": id, "state": "absent", "categories": [category], "searched": ["main-search"]}));
                }
            }
        }
    }

    fn complete(&mut self) -> Value {
        let mut all = Vec::new();
        let entry = |list: &str| json!({"list": list, "by": "a generator", "on": "2025-06-01", "searched": ["main-search"]});
        for (list, mille) in [
            ("forces", 850),
            ("bodies", 800),
            ("controls", 450),
            ("norms", 350),
            ("remedies", 450),
            ("budgets", 450),
            ("trainings", 400),
            ("services", 500),
            ("procedures", 400),
        ] {
            if self.dice.mille(mille) {
                all.push(entry(list));
                continue;
            }
            if matches!(list, "forces" | "bodies") {
                continue;
            }
            for force in self.forces.clone() {
                if self.dice.mille(500) {
                    let mut one = entry(list);
                    one["for"] = json!(force);
                    all.push(one);
                }
            }
        }
        Value::Array(all)
    }
}

/// The same as YAML, in the manner in which people write it: one record a line.
pub fn yaml(description: &Value) -> String {
    let mut text = String::new();
    for (key, value) in description.as_object().into_iter().flatten() {
        match value {
            Value::Array(rows) if !rows.is_empty() => {
                text.push_str(key);
                text.push_str(":\n");
                for row in rows {
                    text.push_str("  - ");
                    flow(row, &mut text);
                    text.push('\n');
                }
            }
            _ => {
                text.push_str(key);
                text.push_str(": ");
                flow(value, &mut text);
                text.push('\n');
            }
        }
    }
    text
}

fn flow(value: &Value, text: &mut String) {
    match value {
        Value::Object(map) => {
            text.push('{');
            for (at, (key, value)) in map.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                text.push_str(key);
                text.push_str(": ");
                flow(value, text);
            }
            text.push('}');
        }
        Value::Array(all) => {
            text.push('[');
            for (at, value) in all.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                flow(value, text);
            }
            text.push(']');
        }
        Value::String(word) if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') => {
            text.push_str(word)
        }
        other => text.push_str(&other.to_string()),
    }
}

/// Texts of so many descriptions, one after another, from a seed.
pub fn texts(seed: u64, count: usize, size: Size) -> Vec<String> {
    (0..count as u64).map(|at| description(seed + at, size).to_string()).collect()
}
