//! The table.

use std::time::{Duration, Instant};

use crate::agree::{self, Named};
use crate::generate::{self, Size};
use crate::hand;
use crate::marks::Marks;
use crate::measure::{self, Case, Series};
use crate::ours::{Pack, Worker};
use crate::peers::guard::{self, Guard};
use crate::peers::{Hand, Ours, Parse, Typed};
use crate::process::{self, Folder};

/// Where ephor with reasons stands among the cases of the thirty rules.
const OURS: usize = 3;

/// Peers that are built into this program.
fn built_in() -> Vec<Named<'static>> {
    #[cfg(feature = "peers")]
    {
        use crate::peers::{cedar, rego, schema};
        vec![
            ("regorus 0.14, virtual machine".into(), (0..30).collect(), Box::new(rego::Machine::new())),
            ("regorus 0.14, interpreter".into(), (0..30).collect(), Box::new(rego::Interpreter::new())),
            ("Cedar 4.14".into(), cedar::RULES.to_vec(), Box::new(cedar::Cedar::new())),
            ("jsonschema 0.61".into(), schema::RULES.to_vec(), Box::new(schema::Rule29::new())),
        ]
    }
    #[cfg(not(feature = "peers"))]
    Vec::new()
}

fn peers() -> Vec<Named<'static>> {
    let mut all = built_in();
    if let Some(guard) = Guard::find() {
        all.push((guard.name().to_owned(), (0..30).collect(), Box::new(guard)));
    }
    all
}

pub fn agree(documents: usize) {
    agree::all(&Pack::thirty(), &mut peers(), documents);
}

/// One thing again and again, for a profiler.
pub fn lap(what: &str, size: Size) {
    let texts = generate::texts(1, 100, size);
    let (thirty, coc) = (Pack::thirty(), Pack::built_in("coc"));
    let mut kept = Worker::new(&thirty, thirty.options(true, true));
    let mut silent = Worker::new(&thirty, thirty.options(false, true));
    let mut real = Worker::new(&coc, coc.options(true, false));
    let (start, before, mut letters, mut count) = (Instant::now(), measure::worked(), Vec::new(), 0u64);
    while start.elapsed() < Duration::from_secs(10) {
        for text in &texts {
            letters.clear();
            match what {
                "hand" => hand::check(text.as_bytes(), &mut letters),
                "ephor" => kept.check(text.as_bytes(), &mut letters),
                "verdicts" => silent.check(text.as_bytes(), &mut letters),
                "value" => crate::peers::Peer::read(&mut Parse::default(), text.as_bytes()),
                "typed" => crate::typed::read(text.as_bytes()),
                "read" => silent.read(text.as_bytes()),
                "coc" => real.check(text.as_bytes(), &mut letters),
                other => panic!("nothing is called {other}"),
            }
            count += 1;
        }
    }
    println!("{:.1} µs of processor time a description", (measure::worked() - before) * 1e6 / count as f64);
}

pub fn print(quick: bool, huge: bool) {
    machine();
    let (thirty, coc) = (Pack::thirty(), Pack::built_in("coc"));
    let mut marks = Marks::default();
    agree::all(&thirty, &mut peers(), if quick { 100 } else { 2000 });
    let rounds = if quick { 3 } else { 9 };
    thirty_rules(&thirty, Size::Small, rounds, &mut marks);
    thirty_rules(&thirty, Size::Real, rounds, &mut Marks::default());
    whole_pack(&coc, rounds, &mut marks);
    form(&thirty, rounds);
    let folder = Folder::new();
    process::start_up(&folder, &mut marks);
    process::ten_thousand(&folder, &mut marks);
    process::findings(&folder, &mut marks);
    process::threads(&folder, &mut marks);
    process::memory(&folder, huge, &mut marks);
    marks.print();
}

fn machine() {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).map_or("", |line| line.trim_start_matches(['\t', ' ', ':']));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("Machine: {model}, {cores} processors, load {} at the start. One-thread costs are processor time.\n", load());
}

fn thirty_rules(pack: &Pack, size: Size, rounds: usize, marks: &mut Marks) {
    // A program of its own sees so many that its start weighs little.
    let (many, few, files) = if size == Size::Small { (400, 20, 60) } else { (60, 4, 12) };
    let texts = generate::texts(1, many, size);
    let bytes = texts.iter().map(String::len).sum::<usize>() / many;
    println!("\n## Thirty rules, {} descriptions of {bytes} bytes on average, {rounds} rounds\n", many);
    let case = |name: &str, rules, documents, engine| Case { name: name.to_owned(), rules, documents, engine };
    let mut cases: Vec<Case<'_>> = vec![
        case("by hand", 30, many, Box::<Hand>::default()),
        case("serde_json::Value, parsed only", 0, many, Box::<Parse>::default()),
        case("serde structs of every attribute, parsed only", 0, many, Box::new(Typed)),
        case("ephor, positions and reasons", 30, many, Box::new(Ours(Worker::new(pack, pack.options(true, true))))),
        case("ephor, verdicts alone", 30, many, Box::new(Ours(Worker::new(pack, pack.options(false, true))))),
    ];
    for (name, rules, engine) in peers() {
        let documents = match () {
            () if name.starts_with("json") => many,
            () if name.starts_with("cfn-guard") => files,
            () => few,
        };
        cases.push(Case { name, rules: rules.len(), documents, engine });
    }
    let series = measure::rounds(&mut cases, OURS, &texts, rounds);
    drop(cases);
    rows(&series);
    if series.iter().any(|one| one.name.starts_with("json")) {
        println!("\nJSON Schema says rule 29 alone.");
    }
    match Guard::find() {
        Some(guard) => println!("\n{}", guard.clock(&texts[..files])),
        None => println!("\ncfn-guard is left out: {} (`cargo install cfn-guard --version 3.2.1`).", guard::LEFT_OUT),
    }
    let ours = &series[OURS];
    marks.at_most("thirty rules with reasons, by hand = 1", ours.ratio(), 1.0);
    for (name, mark) in [("regorus 0.14, virtual machine", 20.0), ("regorus 0.14, interpreter", 60.0), ("Cedar 4.14", 15.0)] {
        match series.iter().find(|one| one.name == name) {
            Some(peer) => marks.at_least(&format!("times faster than {name} ({} rules)", peer.rules), peer.slower_than_ours(), mark),
            None => marks.not_measured(&format!("times faster than {name}"), "built without peers"),
        }
    }
    match series.iter().find(|one| one.name.starts_with("cfn-guard")) {
        Some(peer) => marks.at_least(&format!("times faster than {} ({} rules)", peer.name, peer.rules), peer.slower_than_ours(), 1000.0),
        None => marks.not_measured("times faster than cfn-guard", &format!("left out: {}", guard::LEFT_OUT)),
    }
    let parse = &series[1];
    let against = measure::median(ours.own.iter().zip(&parse.own).map(|(one, other)| one.whole() / other.whole()));
    println!(
        "\nephor with reasons takes {against:.2} times what parsing into serde_json::Value takes; reading alone {:.2}.",
        ours.read() / parse.read()
    );
    marks.at_most("thirty rules with reasons, serde_json::Value = 1", against, 1.0);
    marks.at_most("evaluation with reasons, by hand = 1", ours.judge_ratio(), 1.0);
    marks.at_most("evaluation, verdicts alone, by hand = 1", series[4].judge_ratio(), 1.0);
    second_threads(pack, &texts, rounds, marks);
}

fn rows(series: &[Series]) {
    println!(
        "| engine | rules | µs a description | × by hand | ns a rule check | descriptions/s | reading, µs | evaluation, µs | × by hand |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for one in series {
        let whole = one.whole();
        let check = if one.rules > 0 { format!("{:.0}", whole * 1000.0 / one.rules as f64) } else { String::new() };
        // A program of its own does not tell reading and evaluation apart.
        let apart = one.read() > 0.0;
        let read = if apart { format!("{:.1}", one.read()) } else { String::new() };
        let judge =
            if one.rules > 0 && apart { (format!("{:.1}", one.judge()), format!("{:.2}", one.judge_ratio())) } else { Default::default() };
        println!(
            "| {} | {} | {whole:.1} | {:.2} | {check} | {:.0} | {read} | {} | {} |",
            one.name,
            one.rules,
            one.ratio(),
            1e6 / whole,
            judge.0,
            judge.1
        );
    }
}

/// How many times faster two threads are: by the clock on a quiet machine, else by processor time, which is what a second processor of one's own would give.
fn second_threads(pack: &Pack, texts: &[String], rounds: usize, marks: &mut Marks) {
    let (items, rounds) = (texts.len(), rounds.max(7));
    let by_hand = measure::second_thread(items, rounds, Vec::new, |letters, at| {
        for _ in 0..8 {
            letters.clear();
            hand::check(texts[at].as_bytes(), letters);
        }
    });
    let worker = || (Worker::new(pack, pack.options(true, true)), Vec::new());
    let ours = measure::second_thread(items, rounds, worker, |(worker, letters), at| {
        letters.clear();
        worker.check(texts[at].as_bytes(), letters);
    });
    println!(
        "\nTwo threads against one, by the clock: by hand {:.2}, ephor {:.2}; by processor time: by hand {:.2}, ephor {:.2}.",
        by_hand.clock, ours.clock, by_hand.work, ours.work
    );
    if load() < 1.5 {
        marks.at_least("two threads against one", ours.clock, 1.85);
    } else {
        marks.at_least("two threads against one (by processor time: others are at work)", ours.work, 1.85);
    }
}

fn load() -> f64 {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or(0.0)
}

/// The pack `coc` on generated States of the size of real ones, every recorded situation.
fn whole_pack(pack: &Pack, rounds: usize, marks: &mut Marks) {
    let many = 40;
    let texts = generate::texts(1, many, Size::Real);
    let bytes = texts.iter().map(String::len).sum::<usize>() / many;
    println!("\n## The pack coc ({} rules), {many} States of {bytes} bytes on average, {rounds} rounds\n", pack.rules());
    let case = |name: &str, rules, engine| Case { name: name.to_owned(), rules, documents: many, engine };
    let mut cases: Vec<Case<'_>> = vec![
        case("serde_json::Value, parsed only", 0, Box::<Parse>::default()),
        case("ephor, positions and reasons", pack.rules(), Box::new(Ours(Worker::new(pack, pack.options(true, false))))),
        case("ephor, verdicts alone", pack.rules(), Box::new(Ours(Worker::new(pack, pack.options(false, false))))),
    ];
    let series = measure::rounds(&mut cases, 1, &texts, rounds);
    println!("| | µs a State | × serde_json::Value | µs a rule | States/s | reading, µs | evaluation, µs |\n|---|---|---|---|---|---|---|");
    for one in &series {
        let rule = if one.rules > 0 { format!("{:.1}", one.whole() / one.rules as f64) } else { String::new() };
        println!(
            "| {} | {:.0} | {:.2} | {rule} | {:.0} | {:.0} | {:.0} |",
            one.name,
            one.whole(),
            one.ratio(),
            1e6 / one.whole(),
            one.read(),
            one.judge()
        );
    }
    marks.at_most("pack coc with reasons, serde_json::Value = 1", series[1].ratio(), 3.0);
}

/// What it costs to judge the form of a description.
#[cfg(feature = "peers")]
fn form(pack: &Pack, rounds: usize) {
    use crate::peers::{Peer, schema};
    let many = 40;
    let texts = generate::texts(1, many, Size::Real);
    let text = ephor::schema::description(&pack.model.vocabulary);
    let mut form = schema::Form::new(&serde_json::from_str(&text).expect("the schema"));
    for text in &texts {
        let mut letters = Vec::new();
        form.read(text.as_bytes());
        form.judge(&mut letters);
        assert_eq!(letters, b"P", "a generated description breaks the schema");
    }
    let mut cases = [
        Case { name: "serde_json::Value".into(), rules: 0, documents: many, engine: Box::<Parse>::default() },
        Case { name: "Value and jsonschema".into(), rules: 0, documents: many, engine: Box::new(form) },
        Case { name: "ephor".into(), rules: 0, documents: many, engine: Box::new(Reading(Worker::new(pack, pack.options(false, true)))) },
    ];
    let series = measure::rounds(&mut cases, 1, &texts, rounds);
    println!("\n## Form alone: the same States against `ephor schema` by jsonschema, and read by ephor\n");
    println!("| | µs a State | × serde_json::Value |\n|---|---|---|");
    for one in &series {
        println!("| {} | {:.0} | {:.2} |", one.name, one.whole(), one.ratio());
    }
}

#[cfg(not(feature = "peers"))]
fn form(_: &Pack, _: usize) {}

/// ephor, reading alone.
#[cfg(feature = "peers")]
struct Reading<'p>(Worker<'p>);

#[cfg(feature = "peers")]
impl crate::peers::Peer for Reading<'_> {
    fn read(&mut self, bytes: &[u8]) {
        self.0.read(bytes);
    }

    fn judge(&mut self, _: &mut Vec<u8>) {}
}
