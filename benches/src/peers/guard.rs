//! cfn-guard, Amazon's language for checking templates, as a program of its own: whoever measures has installed it (`cargo install cfn-guard --version
//! 3.2.1`), and it is looked for under `CFN_GUARD` or in the path. It is no dependency, because it needs a package under the MPL.
//!
//! One call judges a folder of descriptions, so that its rules are read once. What a call costs over a description that says nothing but its day (the
//! start of the process and the reading of the rules above all) is taken away. What is timed says no word and leaves nothing but its exit code, which
//! favours it: its answers are read when verdicts are compared, and writing them takes as much again as a third or a half of the judging.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde::Deserialize;

use crate::measure::Cost;

const POLICY: &str = include_str!("../../rules/thirty.guard");

/// What is said where it is not measured.
pub const LEFT_OUT: &str = "no program cfn-guard in the path or under CFN_GUARD";

pub struct Guard {
    program: PathBuf,
    name: String,
    folder: PathBuf,
    text: Vec<u8>,
}

/// Of its answer about a file: what passed and what was skipped. All else failed.
#[derive(Deserialize)]
struct Answer {
    name: String,
    compliant: Vec<String>,
    not_applicable: Vec<String>,
}

/// Seconds of a call.
#[derive(Clone, Copy)]
struct Spent {
    clock: f64,
    work: f64,
}

impl Guard {
    /// The program, if there is one.
    pub fn find() -> Option<Guard> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let program = PathBuf::from(std::env::var_os("CFN_GUARD").unwrap_or_else(|| "cfn-guard".into()));
        let version = Command::new(&program).arg("--version").stdin(Stdio::null()).output().ok()?;
        let name = String::from_utf8(version.stdout).ok()?.trim().to_owned();
        if !version.status.success() || !name.starts_with("cfn-guard") {
            return None;
        }
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("ephor-benches-guard-{}-{count}", std::process::id()));
        std::fs::create_dir_all(folder.join("nothing")).expect("a folder");
        std::fs::write(folder.join("thirty.guard"), POLICY).expect("a file");
        std::fs::write(folder.join("nothing/state.json"), r#"{"as-of": "2025-01-01"}"#).expect("a file");
        Some(Guard { program, name, folder, text: Vec::new() })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// One call over a folder. It says nothing, or gives all its answers as JSON.
    fn call(&self, data: &Path, answers: bool) -> (Output, Spent) {
        let mut command = Command::new(&self.program);
        command.args(["validate", "--show-summary", "none"]);
        if answers {
            command.args(["--structured", "--output-format", "json"]);
        }
        command.arg("--rules").arg(self.folder.join("thirty.guard")).arg("--data").arg(data);
        let (before, start) = (children(), Instant::now());
        let output = command.stdin(Stdio::null()).output().expect("cfn-guard runs");
        let clock = start.elapsed().as_secs_f64();
        let work = before.zip(children()).map_or(clock, |(before, after)| after - before);
        (output, Spent { clock, work })
    }

    /// A folder with these descriptions, one a file.
    fn files(&self, texts: &[impl AsRef<[u8]>]) -> PathBuf {
        let data = self.folder.join("data");
        let _ = std::fs::remove_dir_all(&data);
        std::fs::create_dir_all(&data).expect("a folder");
        for (at, text) in texts.iter().enumerate() {
            std::fs::write(data.join(format!("{at:05}.json")), text).expect("a file");
        }
        data
    }

    fn answers(&self, texts: &[impl AsRef<[u8]>]) -> Vec<Vec<u8>> {
        let (output, _) = self.call(&self.files(texts), true);
        let answers: Vec<Answer> = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|problem| panic!("cfn-guard: {problem}: {}", String::from_utf8_lossy(&output.stderr)));
        let mut letters = vec![Vec::new(); texts.len()];
        for answer in &answers {
            let stem = Path::new(&answer.name).file_stem().and_then(|stem| stem.to_str()).expect("a name");
            letters[stem.parse::<usize>().expect("a number")] = answer.letters();
        }
        letters
    }

    /// What the start cost, and what a description costs without it.
    fn spent(&self, texts: &[String], answers: bool) -> (Spent, Spent) {
        let data = self.files(texts);
        let (_, start) = self.call(&self.folder.join("nothing"), answers);
        let (output, whole) = self.call(&data, answers);
        // 0: all passed, 19: some rule failed. Anything else is an error.
        assert!(matches!(output.status.code(), Some(0 | 19)), "cfn-guard: {}", String::from_utf8_lossy(&output.stderr));
        let each = |whole: f64, start: f64| (whole - start).max(0.0) / texts.len().max(1) as f64;
        (start, Spent { clock: each(whole.clock, start.clock), work: each(whole.work, start.work) })
    }

    /// What a call costs by the clock, in words.
    pub fn clock(&self, texts: &[String]) -> String {
        let ((start, silent), (_, told)) = (self.spent(texts, false), self.spent(texts, true));
        format!(
            "{} over {} files in one call, without a word: {:.1} ms a description by the clock, {:.1} ms of processor time; with its answers as JSON \
             {:.1} and {:.1} ms. Not counted: {:.0} ms to start and to read the rules.",
            self.name,
            texts.len(),
            silent.clock * 1e3,
            silent.work * 1e3,
            told.clock * 1e3,
            told.work * 1e3,
            start.clock * 1e3
        )
    }
}

impl Answer {
    fn letters(&self) -> Vec<u8> {
        let letter = |rule: usize| {
            let (holds, fails) = (format!("r{rule:02}_holds"), format!("r{rule:02}_fails"));
            match () {
                () if self.compliant.contains(&fails) => b'F',
                () if self.compliant.contains(&holds) => b'P',
                () if self.not_applicable.contains(&holds) => b'N',
                () => b'U',
            }
        };
        (1..=30).map(letter).collect()
    }
}

/// Processor time of the children that have ended, in seconds, where the system tells it.
fn children() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    // A tick is a hundredth of a second.
    Some((ticks(13)? + ticks(14)?) / 100.0)
}

impl super::Peer for Guard {
    fn read(&mut self, bytes: &[u8]) {
        self.text = bytes.to_vec();
    }

    fn judge(&mut self, letters: &mut Vec<u8>) {
        letters.extend(self.answers(&[&self.text]).concat());
    }

    fn together(&mut self, texts: &[String]) -> Option<Vec<Vec<u8>>> {
        Some(self.answers(texts))
    }

    fn cost(&mut self, texts: &[String]) -> Option<Cost> {
        Some(Cost { read: 0.0, judge: self.spent(texts, false).1.work * 1e6 })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
