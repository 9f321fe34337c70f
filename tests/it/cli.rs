//! The command line as people meet it: exit codes, pipes, colours, widths, faulty files.

use std::io::{Read, Write};
use std::process::Stdio;

use crate::support::{command, ephor, golden, root, transcript};

const GERMANY: &str = "fixtures/states/germany/description.yaml";

fn code(arguments: &[&str]) -> (Option<i32>, String) {
    let output = ephor(arguments);
    (output.status.code(), transcript(&output))
}

/// Without a command the program says what it is for, and that nothing was done.
#[test]
fn no_arguments_welcome() {
    let (code, text) = code(&[]);
    golden("tests/cli/welcome.txt", &text);
    assert_eq!(code, Some(2));
}

/// What cannot be run as asked ends in 2, with the place or the cure.
#[test]
fn faults_end_in_two() {
    let cases: &[(&[&str], &str)] = &[
        (&["check", "fixtures/states/germny/description.yaml"], "there is no file or folder"),
        (&["check", "fixtures/states/*/nothing.yaml"], "matches no file"),
        (&["check", "rules"], "no file that ends in"),
        (&["check", "rules/coc/21.ephor"], "is rule text and describes no State"),
        (&["check", GERMANY, "--as-of", "2026-13-01"], "is no date"),
        (&["check", GERMANY, "--select", "coc-21.22"], "selects nothing"),
        (&["check", GERMANY, "--pack", "cocc"], "did you mean `coc`"),
        (&["check", GERMANY, "--format", "xml"], "invalid value"),
        (&["check", GERMANY, "-o", "xml:out"], "names no format"),
        (&["check", GERMANY, "-o", "json:no/such/folder/x.json"], "cannot be written"),
        (&["check", GERMANY, "--min-severity", "grave"], "is no severity"),
        (&["explain", "coc-21.x"], "there is nothing called"),
        (&["why", "coc-99.1", GERMANY], "there is no rule"),
        (&["why", "coc-21.2", GERMANY, "--force", "navy"], "gives no verdict for"),
        (&["init", "state", GERMANY], "is there already"),
        (&["check"], "required"),
    ];
    for (arguments, words) in cases {
        let (code, text) = code(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {text}");
        assert!(text.contains(words), "{arguments:?} says: {text}");
    }
}

/// What a folder holds and cannot be read is a fault: a gate must not pass because it did not see.
#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_seen() {
    let folder = std::env::temp_dir().join(format!("ephor-links-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(root().join(GERMANY), folder.join("good.yaml")).unwrap();
    std::os::unix::fs::symlink("nowhere.yaml", folder.join("lost.yaml")).unwrap();
    let (code, text) = code(&["check", folder.to_str().unwrap(), "--fail-on", "none"]);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("lost.yaml` cannot be read: it is not there"), "{text}");
}

/// A near name is offered for a path that is not there.
#[test]
fn a_misspelt_path_is_helped() {
    let (_, text) = code(&["check", "fixtures/states/germny"]);
    assert!(text.contains("did you mean `fixtures/states/germany`?"), "{text}");
}

/// Exit 1: a gate fails, or nothing was decided. `--fail-on none` holds always.
#[test]
fn gates() {
    let skeleton = ephor(&["init", "state", "-"]).stdout;
    let run = |more: &[&str]| {
        let mut arguments = vec!["check", "-"];
        arguments.extend(more);
        let mut child = command(&arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(&skeleton).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code(), transcript(&output))
    };
    let (code, text) = run(&[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("Nothing was decided"), "{text}");
    assert_eq!(run(&["--fail-on", "none"]).0, Some(0));
    assert_eq!(self::code(&["check", GERMANY, "--fail-on", "cannot-tell"]).0, Some(1));
    assert_eq!(self::code(&["check", GERMANY, "--min-decided", "100"]).0, Some(1));
    assert_eq!(self::code(&["check", GERMANY, "--fail-on", "none"]).0, Some(0));
}

/// A skeleton passes at once, from a file and through a pipe.
#[test]
fn a_skeleton_validates() {
    let folder = std::env::temp_dir().join(format!("ephor-init-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let output = command(&["init", "state", "ruritania.yaml"]).current_dir(&folder).output().unwrap();
    assert!(output.status.success(), "{}", transcript(&output));
    let output = command(&["validate", "ruritania.yaml"]).current_dir(&folder).output().unwrap();
    assert!(output.status.success(), "{}", transcript(&output));
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Colour comes from the flag, then NO_COLOR, then the variables that force it; none of them lets another escape through.
#[test]
fn colour_is_asked_for() {
    let run = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut all = vec!["check", GERMANY, "--select", "¶22"];
        all.extend(arguments);
        let output = command(&all).envs(variables.iter().copied()).output().unwrap();
        transcript(&output).contains('\u{1b}')
    };
    assert!(!run(&[], &[]), "a pipe is written without colour");
    assert!(run(&["--color", "always"], &[]));
    assert!(run(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!run(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!run(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

/// Nothing but ASCII where the locale says so.
#[test]
fn an_ascii_terminal_gets_ascii_frames() {
    let output = command(&["check", GERMANY, "--select", "coc-22.1"]).env("LC_ALL", "C").output().unwrap();
    let text = transcript(&output);
    assert!(!text.contains(['╭', '│', '╰', '×', '⚠']), "{text}");
}

/// No line is wider than the terminal, but for excerpts of texts and paths.
#[test]
fn narrow_terminals() {
    for width in ["40", "80"] {
        let text = transcript(&command(&["check", "fixtures/states"]).env("COLUMNS", width).output().unwrap());
        for line in text.lines() {
            assert!(line.chars().count() <= width.parse().unwrap(), "{width}: {line}");
        }
    }
}

/// A reader that goes away ends the program quietly.
#[test]
fn a_closed_pipe_is_no_error() {
    let mut child =
        command(&["check", "fixtures/states", "--format", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut few = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut few).unwrap();
    let mut errors = String::new();
    child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    let status = child.wait().unwrap();
    assert!(errors.is_empty(), "{errors}");
    assert!(matches!(status.code(), Some(0 | 1)), "{status}");
}

/// A file that is not UTF-8 is shown with the place of the first bad byte, and ends in 2.
#[test]
fn a_file_that_is_not_utf_8() {
    let path = std::env::temp_dir().join(format!("ephor-latin-{}.yaml", std::process::id()));
    std::fs::write(&path, b"format: ephor.description\nstate: {name: \"Espa\xf1a\"}\n").unwrap();
    let (code, text) = code(&["check", path.to_str().unwrap()]);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(code, Some(2));
    assert!(text.contains("E305") && text.contains("not UTF-8"), "{text}");
}

/// Outputs are written whole, beside what is printed.
#[test]
fn several_outputs_of_one_run() {
    let path = std::env::temp_dir().join(format!("ephor-out-{}.json", std::process::id()));
    let output = format!("json:{}", path.display());
    let (code, text) = code(&["check", GERMANY, "--format", "concise", "-o", &output]);
    assert_ne!(code, Some(2), "{text}");
    let written = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(written.starts_with("{\n  \"format\": \"ephor.result\""), "{}", &written[..80]);
}

/// One bad line of JSON Lines becomes an error with its number; the others are assessed; the exit code is 2.
#[test]
fn json_lines() {
    let good = r#"{"format":"ephor.description","format-version":"1.0","as-of":"2026-01-01","state":{"iso":"AAA","name":"A"}}"#;
    let path = std::env::temp_dir().join(format!("ephor-lines-{}.jsonl", std::process::id()));
    std::fs::write(&path, format!("{good}\n{{\"format\":\n{good}\n")).unwrap();
    let (code, text) = code(&["check", path.to_str().unwrap(), "--format", "json"]);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains(".jsonl:2"), "{text}");
    assert!(text.contains(".jsonl:3"), "{text}");
}

/// Each kind of list, as a table and as JSON.
#[test]
fn lists() {
    for what in ["rules", "paragraphs", "forces", "facts", "codes", "packs"] {
        let (code, text) = code(&["list", what]);
        assert_eq!(code, Some(0), "{text}");
        assert!(text.lines().count() >= 2, "{what}: {text}");
        let output = ephor(&["list", what, "--format", "json"]);
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(value.as_array().unwrap().iter().all(|row| row["id"].is_string()), "{what}");
    }
}

/// `explain` knows codes, rules, paragraphs, facts, definitions, verdicts; each by its own name.
#[test]
fn explanations() {
    for id in [
        "E401",
        "unknown-key",
        "coc-21.2",
        "¶21",
        "21",
        "control.kind",
        "control",
        "category",
        "democratic-authority",
        "by-law",
        "cannot tell",
        "not-met",
    ] {
        let (code, text) = code(&["explain", id]);
        assert_eq!(code, Some(0), "{id}: {text}");
    }
    golden("tests/cli/explain-rule.txt", &code(&["explain", "coc-21.2"]).1);
    golden("tests/cli/explain-paragraph.txt", &code(&["explain", "¶28"]).1);
}

/// Completions for the common shells.
#[test]
fn completions() {
    for shell in ["bash", "zsh", "fish"] {
        let (code, text) = code(&["completions", shell]);
        assert_eq!(code, Some(0));
        assert!(text.contains("ephor"), "{shell}");
    }
}

/// The table of faulty descriptions: each row has a right answer of its own, and none is compliant.
#[test]
fn faulty_descriptions_each_have_their_answer() {
    let mut text = String::new();
    for path in crate::support::files("fixtures/invented/faulty", "yaml") {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        let output = ephor(&["check", &name, "--format", "concise"]);
        let shown = transcript(&output);
        let met = shown.lines().filter(|line| line.contains("] met")).count();
        assert_eq!(met, 0, "{name} is compliant somewhere: {shown}");
        assert_ne!(output.status.code(), Some(0), "{name}: {shown}");
        let lines: Vec<&str> = shown.lines().take(8).collect();
        text += &format!("$ ephor check {name}\n{}\nexit {}\n\n", lines.join("\n"), output.status.code().unwrap());
    }
    golden("tests/cli/faulty.txt", &text);
}

/// A full disk is no closed pipe: what was cut off must not look like success.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a device that is always full");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_ephor")).arg("schema").stdout(full).output().expect("ephor runs");
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(said.starts_with("error E604: standard output cannot be written"), "{said}");
}

/// What a run reads it never writes over, also through a link, and no output is lost to a second one.
#[test]
fn an_output_never_replaces_an_input() {
    let folder = crate::support::folder("outputs");
    let text = std::fs::read(crate::support::root().join("fixtures/states/iceland/description.yaml")).unwrap();
    let input = folder.join("iceland.yaml");
    std::fs::write(&input, &text).unwrap();
    let link = folder.join("link.json");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&input, &link).unwrap();
    #[cfg(not(unix))]
    std::fs::copy(&input, &link).unwrap();
    let place = folder.to_str().unwrap();
    for output in [&input, &link] {
        let run = ephor(&["check", place, "-o", &format!("json:{}", output.display())]);
        assert_eq!(run.status.code(), Some(2));
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(
            said.contains("E604") && said.contains("is not written over: this run reads it") && said.contains("name another file"),
            "{said}"
        );
        assert_eq!(std::fs::read(&input).unwrap(), text);
    }
    let twice = format!("json:{}", folder.join("result.json").display());
    let run = ephor(&["check", place, "-o", &twice, "-o", &twice]);
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("it is named twice"));
    std::fs::remove_file(&link).unwrap();
    let good = folder.join("real.txt");
    std::fs::write(&good, "old").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&good, folder.join("out.txt")).unwrap();
    let run = ephor(&["check", place, "-q", "-o", &format!("json:{}", folder.join("out.txt").display())]);
    assert_ne!(run.status.code(), Some(2), "{}", transcript(&run));
    #[cfg(unix)]
    assert!(std::fs::read_to_string(&good).unwrap().starts_with('{'), "a link is followed");
}
