//! Measures ephor against other engines and against a program written by hand. `docs/SPEED.md` tells what comes out and what it means.

mod agree;
mod gate;
mod generate;
mod hand;
mod marks;
mod measure;
mod ours;
mod peers;
mod process;
mod table;
mod typed;

use std::process::ExitCode;

const HELP: &str = "\
usage: ephor-benches [--quick] [--huge]        verdicts compared, then the table, then the marks
       ephor-benches --gate                    ephor against the program by hand; fails if it is 15 % worse than recorded
       ephor-benches --agree N                 verdicts compared over N descriptions, nothing timed
       ephor-benches --write FOLDER N [real]   N descriptions as JSON and YAML, and all as JSON Lines
       ephor-benches --loop WHAT [real]        one thing for ten seconds, for a profiler: hand, typed, value, ephor, verdicts, read, coc

cfn-guard is measured where it is installed: in the path, or named by CFN_GUARD.
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--gate"] => return if gate::run() { ExitCode::SUCCESS } else { ExitCode::FAILURE },
        ["--child", what, folder] => process::as_child(what, folder),
        ["--agree", count] => table::agree(count.parse().expect("a number")),
        ["--write", folder, count, rest @ ..] => write(folder, count.parse().expect("a number"), rest),
        ["--loop", what, rest @ ..] => table::lap(what, size(rest)),
        flags if flags.iter().all(|flag| matches!(*flag, "--quick" | "--huge")) => {
            table::print(flags.contains(&"--quick"), flags.contains(&"--huge"));
        }
        _ => {
            print!("{HELP}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn size(rest: &[&str]) -> generate::Size {
    if rest == ["real"] { generate::Size::Real } else { generate::Size::Small }
}

fn write(folder: &str, count: u64, rest: &[&str]) {
    std::fs::create_dir_all(folder).expect("a folder");
    let folder = std::path::Path::new(folder);
    let mut lines = String::new();
    for seed in 1..=count {
        let description = generate::description(seed, size(rest));
        let text = description.to_string();
        lines.push_str(&text);
        lines.push('\n');
        std::fs::write(folder.join(format!("state-{seed:05}.json")), text).expect("a file");
        std::fs::write(folder.join(format!("state-{seed:05}.yaml")), generate::yaml(&description)).expect("a file");
    }
    std::fs::write(folder.join("all.jsonl"), lines).expect("a file");
}
