//! What the tests of the reader share: the real vocabulary by a rough parser of its own, documents, and a dump of facts without offsets.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use ephor::facts::{Detail, Evidence, Facts, Form, Range, State, Value, read};
use ephor::text::{Place, SourceId, Span};
use ephor::vocabulary::{Attribute, Enumeration, Record, Slot, Term, Type, Vocabulary};

pub(crate) const SOURCE: SourceId = SourceId(0);

/// The vocabulary of `rules/vocabulary.ephor`. The parser here knows just the lines that stand there and believes every one of them.
pub(crate) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| vocabulary(include_str!("../../rules/vocabulary.ephor")));

fn place() -> Place {
    Place {
        source: SourceId(u32::MAX),
        span: Span::default(),
    }
}

fn vocabulary(text: &str) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let heads = |word: &str| {
        lines
            .iter()
            .filter_map(|line| line.strip_prefix(word))
            .map(|rest| rest.to_owned())
            .collect::<Vec<_>>()
    };
    for head in heads("terms ") {
        let name = head.split([' ', ',']).next().unwrap().to_owned();
        vocabulary.enumerations.push(Enumeration {
            name,
            meaning: String::new(),
            ordered: head.contains("in order"),
            terms: Vec::new(),
            place: place(),
        });
    }
    for head in heads("record ") {
        vocabulary.records.push(record(&head));
    }
    let (mut terms, mut record, mut frame) = (usize::MAX, usize::MAX, Vec::new());
    let (mut in_terms, mut in_record, mut in_frame) = (false, false, false);
    for line in &lines {
        match line.split_whitespace().next().unwrap() {
            "terms" => (in_terms, terms) = (true, terms.wrapping_add(1)),
            "record" => (in_record, record) = (true, record.wrapping_add(1)),
            "frame" => in_frame = true,
            "end" => (in_terms, in_record, in_frame) = (false, false, false),
            name if in_terms => {
                let meaning = line.split('"').nth(1).unwrap().to_owned();
                vocabulary.enumerations[terms].terms.push(Term {
                    name: name.to_owned(),
                    reading: name.replace('-', " "),
                    meaning,
                });
            }
            name if in_record => {
                let (declared, rest) = line.split_once(" label ").unwrap();
                let ty = ty(&vocabulary, declared.strip_prefix(name).unwrap().trim());
                let question = rest
                    .split_once(" asks \"")
                    .and_then(|(_, asks)| asks.split('"').next())
                    .unwrap_or("");
                let attribute = Attribute {
                    name: name.to_owned(),
                    ty,
                    required: declared.contains(", required"),
                    label: rest.split('"').nth(1).unwrap().to_owned(),
                    question: question.to_owned(),
                    read: String::new(),
                    denied: String::new(),
                    place: place(),
                };
                assert!(vocabulary.records[record].add(attribute), "{name} twice");
            }
            _ if in_frame => frame.push((*line).to_owned()),
            _ => {}
        }
    }
    gather(&mut vocabulary, &heads("record "));
    frame_of(&mut vocabulary, &frame);
    vocabulary
}

fn record(head: &str) -> Record {
    let name = head.split_whitespace().next().unwrap();
    let mut record = Record::new(name, head.split('"').nth(1).unwrap(), place());
    let rest = head.rsplit_once('"').unwrap().1;
    for clause in rest.split(',').map(str::trim) {
        match clause.split_whitespace().next() {
            Some("listed") => record.list = clause.split_whitespace().last().unwrap().to_owned(),
            Some("one") => record.single = true,
            Some("part") => record.part = true,
            Some("needs") => record.needs_evidence = true,
            _ => {}
        }
    }
    record
}

fn gather(vocabulary: &mut Vocabulary, heads: &[String]) {
    for (record, head) in vocabulary.records.iter_mut().zip(heads) {
        let clause = head
            .rsplit_once('"')
            .unwrap()
            .1
            .split(',')
            .find_map(|clause| clause.trim().strip_prefix("gathered by "));
        let names = clause.into_iter().flat_map(|names| names.split(" or "));
        record.gathered_by = names.map(|name| record.attribute(name.trim()).unwrap()).collect();
    }
}

fn ty(vocabulary: &Vocabulary, words: &str) -> Type {
    let words = words.trim_end_matches(", required");
    let simple: HashMap<&str, Type> = [
        ("yes or no", Type::YesNo),
        ("text", Type::Text),
        ("date", Type::Date),
        ("number", Type::Number),
        ("percentage", Type::Percentage),
        ("duration", Type::Duration),
        ("money", Type::Money),
    ]
    .into();
    if let Some(ty) = simple.get(words) {
        return ty.clone();
    }
    let (first, rest) = words.split_once(' ').unwrap();
    let records = || {
        rest.split(" or ")
            .map(|name| vocabulary.record_named(name).unwrap_or_else(|| panic!("{name}")))
            .collect::<Vec<_>>()
    };
    match first {
        "one" => Type::Term(vocabulary.enumeration_named(rest.strip_prefix("of ").unwrap()).unwrap()),
        "a" | "an" => Type::Reference(records()),
        _ => match vocabulary
            .enumeration_named(rest)
            .filter(|_| vocabulary.record_named(rest).is_none())
        {
            Some(terms) => Type::Terms(terms),
            None if records().iter().all(|&kind| vocabulary.record(kind).part) => Type::Parts(records()[0]),
            None => Type::References(records()),
        },
    }
}

fn frame_of(vocabulary: &mut Vocabulary, lines: &[String]) {
    let slots = |rest: &str| -> Vec<Slot> {
        let one = |words: &str| {
            let (attribute, record) = words.trim().split_once(" of ").unwrap();
            let record = vocabulary.record_named(record).unwrap();
            (record, vocabulary.record(record).attribute(attribute).unwrap())
        };
        rest.split(',').map(one).collect()
    };
    let mut frame = vocabulary.frame.clone();
    for line in lines {
        let (key, rest) = line.split_once(' ').unwrap();
        let rest = rest.trim();
        match key {
            "state" => frame.state = vocabulary.record_named(rest),
            "subject" => frame.subject = vocabulary.record_named(rest),
            "evidence" => frame.evidence = vocabulary.record_named(rest),
            "begins" => frame.begins = slots(rest),
            "seen" => frame.seen = slots(rest),
            "ends" => frame.ends = slots(rest),
            "capacities" => frame.capacities = slots(rest).pop(),
            "graded-by" => frame.graded_by = slots(rest).pop(),
            "source" => frame.source = slots(rest).pop(),
            "suspends" => frame.suspends = slots(rest).pop(),
            "situation" => frame.situation = slots(rest).pop(),
            "regime" => frame.regime = slots(rest).pop(),
            other => panic!("{other}"),
        }
    }
    vocabulary.frame = frame;
}

/// The facts of a text that has no fault.
pub(crate) fn facts(text: &str, form: Form) -> Facts {
    let (facts, diagnostics) = read(text, SOURCE, form, &VOCABULARY);
    facts.unwrap_or_else(|| panic!("{text}\n{diagnostics:#?}"))
}

/// All that facts say, without their places in the text and in the pools.
pub(crate) fn dump(facts: &Facts) -> String {
    let mut out = format!("as of {} by {:?}\n", facts.as_of, facts.assessor);
    for (number, row) in facts.rows.iter().enumerate() {
        let record = VOCABULARY.record(row.record);
        let (id, owner) = (facts.str(row.id), row.owner);
        writeln!(
            out,
            "{number} {} {id:?} {:?} {:?} #{} in {owner}",
            record.name, row.state, row.basis, row.index
        )
        .unwrap();
        writeln!(
            out,
            "  {} {}",
            evidence(facts, row.evidence),
            detail(facts, facts.detail(row.detail))
        )
        .unwrap();
        for (attribute, declared) in (0..).zip(&record.attributes) {
            let cell = facts.cell(number as u32, attribute);
            if cell.state != State::Unknown || cell.detail > 0 {
                let value = value(facts, cell.value);
                writeln!(
                    out,
                    "  {} {:?} {value} {}",
                    declared.name,
                    cell.state,
                    detail(facts, facts.detail(cell.detail))
                )
                .unwrap();
            }
        }
    }
    for (kind, record) in VOCABULARY.records.iter().enumerate() {
        writeln!(out, "{} {:?} {:?}", record.list, facts.tables[kind], facts.absent[kind]).unwrap();
    }
    for one in &facts.complete {
        writeln!(
            out,
            "complete {} {:?} {:?}",
            VOCABULARY.record(one.record).list,
            one.scope,
            one.term
        )
        .unwrap();
    }
    for one in &facts.waivers {
        writeln!(
            out,
            "waiver {:?} {:?} {:?} {:?} {:?}",
            one.rule, one.subject, one.by, one.reason, one.until
        )
        .unwrap();
    }
    for one in &facts.collections {
        writeln!(out, "collection {:?} {:?} {:?}", facts.str(one.name), facts.str(one.of), one.on).unwrap();
    }
    out
}

fn value(facts: &Facts, value: Value) -> String {
    match value {
        Value::Text(range) => format!("{:?}", facts.str(range)),
        Value::Terms(range) | Value::Rows(range) => format!("{:?}", facts.list(range)),
        other => format!("{other:?}"),
    }
}

fn evidence(facts: &Facts, range: Range) -> String {
    let one = |one: &Evidence| format!("{:?} {:?} {:?}", one.provision, one.role, facts.str(one.attested_by));
    facts.evidence(range).iter().map(one).collect::<Vec<_>>().join(", ")
}

fn detail(facts: &Facts, detail: Option<&Detail>) -> String {
    let Some(detail) = detail else { return String::new() };
    let texts = [detail.searched, detail.because, detail.note].map(|range| facts.str(range));
    let disputed = facts.disputed[detail.disputed.span()]
        .iter()
        .map(|one| format!("{} {}", value(facts, one.value), evidence(facts, one.evidence)));
    format!(
        "{texts:?} {:?} {:?} {}",
        detail.basis,
        disputed.collect::<Vec<_>>(),
        evidence(facts, detail.evidence)
    )
}
