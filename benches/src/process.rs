//! What only a process of its own can show: peak memory, start-up, the same bytes for any number of threads.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::generate::{self, Size};
use crate::marks::Marks;
use crate::measure::median;
use crate::ours::{self, Pack};

/// A run of a child.
pub struct Run {
    pub seconds: f64,
    pub peak_mib: f64,
    pub out: Vec<u8>,
}

/// The command `ephor`, built beside this program.
fn program() -> PathBuf {
    let mut path = std::env::current_exe().expect("this program");
    path.set_file_name("ephor-as-built");
    path
}

fn run(command: &mut Command, keep: bool) -> Run {
    let start = Instant::now();
    let child = command.env("EPHOR_BENCH_MEMORY", "1").stdin(Stdio::null()).stderr(Stdio::piped());
    let child = child.stdout(if keep { Stdio::piped() } else { Stdio::null() }).output().expect("the program runs");
    let seconds = start.elapsed().as_secs_f64();
    let words = String::from_utf8_lossy(&child.stderr).into_owned();
    let peak = words.lines().rev().find_map(|line| line.strip_prefix("peak ")).unwrap_or("0 kB");
    let peak_mib = peak.split(' ').next().and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0;
    Run { seconds, peak_mib, out: child.stdout }
}

fn ephor(args: &[&str], keep: bool) -> Run {
    run(Command::new(program()).args(args), keep)
}

fn fastest(all: &[f64]) -> f64 {
    all.iter().copied().fold(f64::INFINITY, f64::min)
}

/// A folder that goes away.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        let path = std::env::temp_dir().join(format!("ephor-benches-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Writes descriptions as JSON Lines until there are so many bytes. Returns how many.
pub fn lines(path: &Path, bytes: u64, size: Size) -> u64 {
    use std::io::Write;
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("a file"));
    let (mut written, mut count) = (0, 0);
    while written < bytes {
        let text = generate::description(1 + count, size).to_string();
        writeln!(file, "{text}").expect("room on the disk");
        written += text.len() as u64 + 1;
        count += 1;
    }
    count
}

pub fn start_up(folder: &Folder, marks: &mut Marks) {
    println!("\n## Start-up (wall time of a process, of 21)\n");
    let json = folder.file("state.json", &generate::description(3, Size::Real).to_string());
    let yaml = folder.file("state.yaml", &generate::yaml(&generate::description(3, Size::Real)));
    let thirty = folder.file("thirty.ephor", ours::THIRTY);
    let cases: [(&str, Vec<&str>); 5] = [
        ("nothing but the version", vec!["--version"]),
        ("validate one State, JSON", vec!["validate", &json]),
        ("check one State, thirty rules, concise", vec!["check", "-p", &thirty, "--format", "concise", &json]),
        ("check one State, pack coc, concise, JSON", vec!["check", "--format", "concise", &json]),
        ("check one State, pack coc, concise, YAML", vec!["check", "--format", "concise", &yaml]),
    ];
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); cases.len()];
    for _ in 0..21 {
        for (at, (_, args)) in cases.iter().enumerate() {
            times[at].push(ephor(args, false).seconds * 1e3);
        }
    }
    println!("| process | median, ms | fastest, ms |\n|---|---|---|");
    for (at, (name, _)) in cases.iter().enumerate() {
        println!("| {name} | {:.1} | {:.1} |", median(times[at].iter().copied()), fastest(&times[at]));
    }
    let cold = fastest(&times[3]);
    marks.at_most("cold start: one State, built-in pack, concise (ms, fastest of 21)", cold, 10.0);
}

pub fn memory(folder: &Folder, huge: bool, marks: &mut Marks) {
    println!("\n## Peak memory of JSON Lines (`check -p thirty.ephor --format ndjson`, output thrown away)\n");
    let thirty = folder.file("thirty.ephor", ours::THIRTY);
    let one = folder.file("one.jsonl", &format!("{}\n", generate::description(1, Size::Small)));
    let args = |path: &str| -> Vec<String> { ["check", "-p", &thirty, "--format", "ndjson", path].map(str::to_owned).to_vec() };
    let measure = |path: &str| run(Command::new(program()).args(args(path)), false);
    let base = measure(&one).peak_mib;
    println!("| file | descriptions | peak MiB | above one description | s | descriptions/s |\n|---|---|---|---|---|---|");
    println!("| one line | 1 | {base:.1} | 0 | | |");
    let mut sizes = vec![(20, "20 MB"), (200, "200 MB")];
    if huge {
        sizes.push((2000, "2 GB"));
    }
    let mut last = 0.0;
    for (megabytes, name) in sizes {
        // What ten times the last peak comes to must fit into the machine.
        if last * 10.0 > 8000.0 {
            println!("| {name} | | not run: ten times the file before it would take {:.0} MiB | | | |", last * 10.0);
            marks.missed(&format!("{name} of JSON Lines, peak above the pack (MiB)"), &format!("{last:.0} at a tenth of the size"), "32");
            continue;
        }
        let path = folder.path("many.jsonl");
        let count = lines(Path::new(&path), megabytes * 1_000_000, Size::Small);
        let run = measure(&path);
        let above = run.peak_mib - base;
        println!("| {name} | {count} | {:.1} | {above:.1} | {:.1} | {:.0} |", run.peak_mib, run.seconds, count as f64 / run.seconds);
        if megabytes >= 200 {
            marks.at_most(&format!("{name} of JSON Lines, peak above the pack (MiB)"), above, 32.0);
        }
        last = run.peak_mib;
        let _ = std::fs::remove_file(&path);
    }
    if !huge {
        println!("\n2 GB is run with `--huge` (it needs as much room in the temporary folder).");
    }
    println!("\nBy hand, 20 MB of lines read one by one: {:.1} MiB.", child("memory-by-hand", folder).peak_mib);
}

/// This program again, as a child that does one thing.
fn child(what: &str, folder: &Folder) -> Run {
    run(Command::new(std::env::current_exe().expect("this program")).args(["--child", what]).arg(&folder.0), true)
}

/// What a child does.
pub fn as_child(what: &str, folder: &str) {
    match what {
        "memory-by-hand" => {
            use std::io::BufRead;
            let path = Path::new(folder).join("child.jsonl");
            lines(&path, 20_000_000, Size::Small);
            let file = std::io::BufReader::new(std::fs::File::open(&path).expect("a file"));
            let mut letters = Vec::new();
            for line in file.lines() {
                letters.clear();
                crate::hand::check(line.expect("a line").as_bytes(), &mut letters);
            }
            let _ = std::fs::remove_file(&path);
        }
        "load-30" => drop(Pack::thirty()),
        "load-10000" => {
            let text = many_rules();
            let start = Instant::now();
            let pack = Pack::of("many", vec![ephor::pack::RuleText { pack: "many".into(), name: "many.ephor".into(), text: text.into() }]);
            println!("{} {}", pack.rules(), start.elapsed().as_secs_f64());
        }
        other => panic!("no child {other}"),
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    eprintln!("peak {}", peak.trim());
}

/// The thirty rules again and again under other names.
fn many_rules() -> String {
    let first = ours::THIRTY.find("\nrule ").map_or(0, |at| at + 1);
    let (head, rules) = ours::THIRTY.split_at(first);
    let mut text = head.to_owned();
    let mut count = 0;
    'all: for round in 0.. {
        for rule in rules.split_inclusive("\nend\n") {
            if count == 10_000 {
                break 'all;
            }
            let rule = rule.trim_start();
            if let Some(rest) = rule.strip_prefix("rule r") {
                text.push_str(&format!("rule m{round}-{rest}\n"));
                count += 1;
            }
        }
    }
    text
}

pub fn ten_thousand(folder: &Folder, marks: &mut Marks) {
    println!("\n## A pack of 10,000 rules\n");
    let base = child("load-30", folder).peak_mib;
    let mut seconds = Vec::new();
    let (mut peak, mut rules) = (0.0, String::new());
    for _ in 0..5 {
        let run = child("load-10000", folder);
        let words = String::from_utf8_lossy(&run.out).into_owned();
        let mut words = words.split_whitespace();
        rules = words.next().unwrap_or("").to_owned();
        seconds.push(words.next().and_then(|word| word.parse().ok()).unwrap_or(f64::NAN));
        peak = run.peak_mib;
    }
    let seconds = fastest(&seconds);
    println!(
        "{rules} rules load in {seconds:.2} s (fastest of 5); peak {peak:.0} MiB, {:.0} MiB above a process with thirty rules.",
        peak - base
    );
    marks.at_most("10,000 rules load (s)", seconds, 0.5);
    marks.at_most("10,000 rules, memory (MiB)", peak - base, 100.0);
}

/// A description of so many bytes in which so many records have a misspelt key.
fn faulty(bytes: usize, faults: usize) -> String {
    let mut value = generate::description(7, Size::Real);
    let excerpt = "The minister decides on request of parliament within a month, unless danger is near, and reports each year. ".repeat(8);
    let wanted = bytes / 1_000;
    if let Some(serde_json::Value::Array(all)) = value.get_mut("provisions") {
        for at in 0..wanted.max(faults) {
            let key = if at < faults { "excerp" } else { "excerpt" };
            let text = if at < wanted { &excerpt[..860] } else { "Short." };
            all.push(serde_json::json!({"id": format!("x-{at}"), "instrument": "constitution", "locator": "art. 1", key: text}));
        }
    }
    // One record a line, as people write.
    value.to_string().replace("},{", "},\n{")
}

pub fn findings(folder: &Folder, marks: &mut Marks) {
    println!("\n## A full report of many findings in a large file (`validate`, wall time, fastest of 7)\n");
    println!("| file | no finding, s | 100 findings, s | 1,000 findings, s | 1,000 against none |\n|---|---|---|---|---|");
    let mut times_as_long = 0.0;
    for (bytes, name) in [(1_000_000, "1 MB"), (10_000_000, "10 MB")] {
        let paths: Vec<String> =
            [0, 100, 1000].iter().map(|faults| folder.file(&format!("faulty-{faults}.json"), &faulty(bytes, *faults))).collect();
        let mut times = vec![Vec::new(); 3];
        for _ in 0..7 {
            for (at, path) in paths.iter().enumerate() {
                times[at].push(ephor(&["validate", "--format", "full", path], false).seconds);
            }
        }
        let [none, hundred, thousand] = [fastest(&times[0]), fastest(&times[1]), fastest(&times[2])];
        let shown = ephor(&["validate", "--format", "full", &paths[2]], true);
        let drawn = String::from_utf8_lossy(&shown.out).matches("excerp").count();
        assert!(drawn >= 1000, "the report names {drawn} of 1,000 findings");
        times_as_long = thousand / none;
        println!("| {name} | {none:.3} | {hundred:.3} | {thousand:.3} | {times_as_long:.2} |");
    }
    // Were the time findings times file, a thousand findings would take hundreds of times as long as none.
    marks.at_most("full report of 1,000 findings in 10 MB, none = 1", times_as_long, 2.0);
}

pub fn threads(folder: &Folder, marks: &mut Marks) {
    println!("\n## The program on one, two and eight threads\n");
    let many = folder.path("states");
    std::fs::create_dir_all(&many).expect("a folder");
    for seed in 0..120 {
        let text = generate::description(seed, if seed % 3 == 0 { Size::Real } else { Size::Small }).to_string();
        std::fs::write(Path::new(&many).join(format!("state-{seed:03}.json")), text).expect("a file");
    }
    let mut same = true;
    for format in ["ndjson", "full", "matrix"] {
        let outs: Vec<Vec<u8>> =
            ["1", "2", "8"].iter().map(|jobs| ephor(&["check", "-j", jobs, "--format", format, &many], true).out).collect();
        same &= outs.iter().all(|out| *out == outs[0] && !out.is_empty());
    }
    let runs = (0..7).map(|_| {
        ephor(&["check", "-j", "1", "--format", "ndjson", &many], false).seconds
            / ephor(&["check", "-j", "2", "--format", "ndjson", &many], false).seconds
    });
    println!("120 descriptions, pack coc, ndjson: two threads are {:.2} times as fast as one (whole process).", median(runs));
    marks.holds("the same bytes for 1, 2 and 8 threads", same);
}
