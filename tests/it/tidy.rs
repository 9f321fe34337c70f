//! The shape of the house: layers, owners of dependencies, no domain word in Rust, small files.

use crate::support::{files, root};

/// Modules in the order of their layers; each may name only those before it.
const LAYERS: &[&str] = &[
    "parallel",
    "text",
    "values",
    "diagnostic",
    "vocabulary",
    "syntax",
    "model",
    "pack",
    "reading",
    "facts",
    "review",
    "engine",
    "reason",
    "scenario",
    "schema",
    "report",
    "cli",
];

/// Dependencies with the one module that names each. serde_json writes all that we write in JSON.
const OWNERS: &[(&str, &[&str])] = &[
    ("pest", &["syntax"]),
    ("miette", &["report/draw.rs"]),
    ("rayon", &["parallel.rs"]),
    ("granit_parser", &["facts/yaml.rs", "facts/yaml"]),
    ("jiff", &["values/date.rs"]),
    ("rustc_hash", &["facts/plan.rs"]),
    ("sha2", &["pack/load.rs"]),
    ("postcard", &["pack/form.rs"]),
    ("strsim", &["diagnostic/suggest.rs"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("terminal_size", &["cli/screen.rs"]),
    ("ignore", &["cli/files.rs"]),
    ("globset", &["cli/files.rs"]),
    ("rustc_hash", &["facts/plan.rs"]),
    ("unicode_width", &["report/matrix.rs"]),
    // What is written of the model derives how; only `report/json` and `pack/form.rs` write.
    ("serde", &["report/json", "text.rs", "values/date.rs", "vocabulary.rs", "syntax/ast.rs", "model/ir.rs", "pack/load.rs"]),
    ("serde_json", &["report/json", "schema.rs", "scenario/story.rs", "cli"]),
];

fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    let name = |path: &std::path::Path| path.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
    files("src", "rs").iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn layer(file: &str) -> Option<usize> {
    let module = file.split('/').next().unwrap().trim_end_matches(".rs");
    LAYERS.iter().position(|one| *one == module)
}

/// A module names only modules of earlier layers, so data flows one way.
#[test]
fn layers_point_down() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some(own) = layer(&file) else {
            assert!(matches!(file.as_str(), "lib.rs" | "main.rs"), "{file} belongs to no layer");
            continue;
        };
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for (above, name) in LAYERS.iter().enumerate().skip(own + 1) {
                let named = line.split("crate::").skip(1).any(|rest| {
                    let word = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                    word == *name
                });
                if named {
                    wrong.push(format!(
                        "src/{file}:{}: {} names {name}, which is layer {above} above its own {own}",
                        number + 1,
                        LAYERS[own]
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each dependency has one owner, so that it can be replaced in one place.
#[test]
fn dependencies_have_one_owner() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for (name, owners) in OWNERS {
                let used = line.contains(&format!("{name}::")) || line.contains(&format!("use {name}"));
                let exact = line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == *name);
                if used && exact && !owners.iter().any(|owner| file.starts_with(owner)) {
                    wrong.push(format!("src/{file}:{}: {name} is owned by {owners:?}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Forces, paragraphs and records come from `rules/`: no term of the five kinds of force stands as a word of its own in Rust code.
#[test]
fn the_engine_knows_no_domain_word() {
    let words = ["armed", "paramilitary", "intelligence", "police", "gendarmerie", "legislature", "conscription", "ombuds"];
    let mut wrong = Vec::new();
    for (file, text) in sources().into_iter().filter(|(file, _)| !file.starts_with("cli/") && file != "lib.rs" && file != "main.rs") {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            if let Some(word) = words.iter().find(|word| line.contains(&format!("\"{word}\""))) {
                wrong.push(format!("src/{file}:{}: {word}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "domain words belong in rules/:\n{}", wrong.join("\n"));
}

/// The core opens no files and knows no screen, environment or clock.
#[test]
fn only_the_command_line_touches_the_system() {
    let forbidden = ["std::fs", "std::env::", "std::io", "std::process", "SystemTime", "Instant::now", "println!", "eprintln!"];
    let mut wrong = Vec::new();
    for (file, text) in sources().into_iter().filter(|(file, _)| !file.starts_with("cli/") && file != "main.rs") {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            if let Some(word) = forbidden.iter().find(|word| line.contains(*word)) {
                wrong.push(format!("src/{file}:{}: {word}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file is one thing. The two trees (`ast.rs`, `ir.rs`) are tables of types and may be longer.
#[test]
fn files_stay_small() {
    let limit = |file: &str| if file.ends_with("ast.rs") || file.ends_with("ir.rs") { 800 } else { 620 };
    let long: Vec<String> = sources()
        .iter()
        .filter(|(file, text)| text.lines().count() > limit(file))
        .map(|(file, text)| format!("src/{file}: {} lines", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// Every dependency of the manifest has an owner here and a reason in CONTRIBUTING.md.
#[test]
fn every_dependency_has_a_reason() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let contributing = std::fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    for name in section.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim()) {
        assert!(contributing.contains(&format!("`{name}`")), "{name} has no reason in CONTRIBUTING.md");
        let owned = OWNERS.iter().any(|(owner, _)| *owner == name.replace('-', "_") || name == "pest_derive");
        assert!(owned, "{name} has no owner in tests/it/tidy.rs");
    }
}
