//! What is asked and cannot be answered: waivers of what is not there, days before the commitment, situations, topics, packs, numbers. Each
//! ends in 2 with a cure, and no verdict stands in for the answer.

use crate::support::typed;

/// A description of one force.
const BASE: &str = "format: ephor.description
format-version: \"1.0\"
as-of: 2026-01-01
state: {iso: RUR, name: Ruritania}
forces:
  - {id: army, name: Army, categories: [armed]}
";

fn run(text: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let mut all = vec![arguments[0], "x.yaml"];
    all.extend(&arguments[1..]);
    typed(&[("x.yaml", text)], &all)
}

fn with_waiver(waiver: &str) -> String {
    format!("{BASE}waivers:\n  - {{{waiver}, by: Assembly, reason: a bill is before the house}}\n")
}

#[test]
fn a_waiver_names_a_rule_and_a_force_that_are_there() {
    for command in ["validate", "check"] {
        let (code, text) = run(&with_waiver("rule: coc-21.22, subject: army"), &[command, "--format", "concise"]);
        assert_eq!(code, Some(2), "{text}");
        let line = "x.yaml:8:12: error E406: there is no rule `coc-21.22` that could be waived (did you mean `coc-21.2`?)";
        assert!(text.contains(line), "{text}");
        let (code, text) = run(&with_waiver("rule: coc-21.2, subject: arny"), &[command, "--format", "concise"]);
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains("x.yaml:8:31: error E406: no force has the id `arny` (did you mean `army`?)"), "{text}");
    }
    let (_, text) = run(&with_waiver("rule: coc-21.22, subject: arny"), &["validate", "--format", "concise"]);
    assert_eq!(text.matches("error E406").count(), 2, "both in one run: {text}");
    let (_, text) = run(&BASE.replace("as-of: 2026-01-01\n", ""), &["validate", "--format", "concise"]);
    assert!(text.contains("E405") && !text.contains("E419"), "no day is not an early day: {text}");
    let (code, text) = run(&with_waiver("rule: coc-21.2"), &["validate"]);
    assert_eq!(code, Some(0), "{text}");
}

/// A rule of a pack that is not run is there all the same; one of a pack of one's own is known where the pack is named.
#[test]
fn a_waiver_may_name_a_rule_of_another_pack() {
    let (_, list) = typed(&[], &["list", "rules", "--pack", "coc-companion", "--format", "json"]);
    let rules: serde_json::Value = serde_json::from_str(&list).unwrap();
    let companion = format!("rule: {}", rules[0]["id"].as_str().unwrap());
    assert_eq!(run(&with_waiver(&companion), &["check", "--fail-on", "none"]).0, Some(0));
    let own = "edition 1, in English\nrule own-1 \"A law names who commands\"\n  cites CoC 21   footing text   severity minor\n  for every force F   \
               if none: cannot tell\n  the state must ensure that\n    (a) there is a control with kind command, over F\n  question \"Who commands \
               {F}?\"   remedy \"Name who commands {F}.\"\nend\n";
    let files = [("x.yaml", with_waiver("rule: own-1")), ("own.ephor", own.to_owned())];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (code, text) = typed(&files, &["validate", "x.yaml"]);
    assert!(code == Some(2) && text.contains("`--pack` names their file"), "{text}");
    let (code, text) = typed(&files, &["validate", "x.yaml", "--pack", "own.ephor"]);
    assert_eq!(code, Some(0), "{text}");
}

/// The Code took effect on 1 January 1995: before that day there is nothing to reflect.
#[test]
fn no_verdict_for_a_day_before_the_commitment() {
    let took = "the Code of Conduct on Politico-Military Aspects of Security took effect on 1995-01-01";
    for arguments in [&["check", "--as-of", "1994-12-31"][..], &["check", "--as-of", "1994-12-31", "-q"]] {
        let (code, text) = run(BASE, arguments);
        assert_eq!(code, Some(2), "{text}");
        assert!(
            text.contains(&format!("E419: {took}; there are no verdicts for 1994-12-31 (ask for 1995-01-01 or a later day)")),
            "{text}"
        );
        assert!(!text.contains("verdicts fail"), "{text}");
    }
    assert_ne!(run(BASE, &["check", "--as-of", "1995-01-01"]).0, Some(2));
    let early = BASE.replace("2026-01-01", "1990-06-01");
    let (code, text) = run(&early, &["check", "--format", "concise"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains(&format!("x.yaml:3:8: error E419: {took}")), "{text}");
    assert!(text.contains("x.yaml: 1 error in the description, no verdicts"), "{text}");
    assert_eq!(run(&early, &["validate"]).0, Some(2));
    assert_ne!(run(&early, &["check", "--as-of", "2000-01-01"]).0, Some(2), "another day is asked for");
    let (code, text) = typed(&[("x.yaml", BASE)], &["why", "coc-21.2", "x.yaml", "--as-of", "1990-01-01"]);
    assert!(code == Some(2) && text.contains("E419"), "{text}");
}

/// Nothing but the problem is printed, in every format and with `--quiet`.
#[test]
fn what_is_asked_in_vain_gets_no_verdict() {
    let cases: &[(&[&str], &str)] = &[
        (&["--situation", "nope"], "no description has a situation `nope`"),
        (&["--select", "coc-21.22"], "`coc-21.22` selects nothing"),
        (&["--pack", "nope"], "there is no pack `nope`"),
    ];
    for (asked, words) in cases {
        for more in [&[][..], &["-q"], &["--format", "matrix"], &["--format", "concise"]] {
            let arguments: Vec<&str> = [&["check"], *asked, more].concat();
            let (code, text) = run(BASE, &arguments);
            assert_eq!(code, Some(2), "{arguments:?}: {text}");
            assert!(text.contains(words), "{arguments:?}: {text}");
            for wrong in ["Fill in", "decided", "fail the gate", "cannot tell", "0 rules"] {
                assert!(!text.contains(wrong), "{arguments:?} says `{wrong}`: {text}");
            }
        }
    }
}

#[test]
fn topics_are_known_or_helped() {
    let (code, text) = typed(&[], &["list", "rules", "--topic", "comand"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("E602: no rule has the topic `comand` (did you mean `command`?)"), "{text}");
    let (code, text) = typed(&[], &["list", "facts", "--topic", "command"]);
    assert!(code == Some(2) && text.contains("`--topic` picks rules"), "{text}");
    assert_eq!(typed(&[], &["list", "rules", "--topic", "command"]).0, Some(0));
}

#[test]
fn numbers_and_severities_that_mean_nothing_are_refused() {
    for (arguments, words) in [
        (["check", "--min-decided", "150"], "0..=100"),
        (["check", "--min-severity", "advisory"], "an advisory rule never fails the gate (write critical, major or minor)"),
        (["validate", "--format", "matrix"], "possible values: full, concise, json, ndjson"),
    ] {
        let (code, text) = run(BASE, &arguments);
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains(words), "{arguments:?}: {text}");
    }
}

/// `validate` prints its diagnostics for programs too, by the schemas of results.
#[test]
fn validate_speaks_json() {
    let schema = |of: &str| {
        let schema: serde_json::Value = serde_json::from_str(&typed(&[], &["schema", of]).1).unwrap();
        jsonschema::validator_for(&schema).unwrap()
    };
    let faulty = BASE.replace("name: Army", "nam: Army");
    let (code, text) = run(&faulty, &["validate", "--format", "json"]);
    assert_eq!(code, Some(2));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(schema("result").is_valid(&value), "{text}");
    let first = &value["diagnostics"][0];
    assert_eq!(
        (first["code"].as_str(), first["position"]["line"].as_u64(), first["position"]["column"].as_u64()),
        (Some("E401"), Some(6), Some(16))
    );
    assert_eq!(value["results"].as_array().map(Vec::len), Some(0));
    let (_, text) = run(&faulty, &["validate", "--format", "ndjson"]);
    let line = schema("line");
    assert!(text.lines().count() >= 3, "{text}");
    for text in text.lines() {
        assert!(line.is_valid(&serde_json::from_str(text).unwrap()), "{text}");
    }
    let (code, text) = run(BASE, &["validate", "--format", "json"]);
    assert!(code == Some(0) && text.starts_with('{'), "{text}");
}

/// What `init` writes can be read, decides nothing, and says so.
#[test]
fn a_skeleton_is_promised_no_more_than_it_keeps() {
    let (code, text) = typed(&[], &["init", "state", "ruritania.yaml"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("ephor validate ruritania.yaml") && text.contains("exits with 1 as long as nothing is decided"), "{text}");
}
