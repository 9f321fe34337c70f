//! Writes serde structs of every attribute of the vocabulary, as somebody would who keeps all that a description says and refuses the rest.

use std::collections::BTreeMap;
use std::fmt::Write;

fn camel(name: &str) -> String {
    let part = |part: &str| part.chars().next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + &part[1..]);
    name.split('-').map(part).collect()
}

fn main() {
    println!("cargo::rerun-if-changed=../rules/vocabulary.ephor");
    println!("cargo::rerun-if-changed=build.rs");
    let text = std::fs::read_to_string("../rules/vocabulary.ephor").expect("the vocabulary");
    let mut terms: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut records: Vec<Record<'_>> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let mut words = line.split([' ', ',']);
        let (kind, name) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        if !matches!(kind, "terms" | "record") {
            continue;
        }
        let body: Vec<&str> = lines
            .by_ref()
            .take_while(|line| *line != "end")
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect();
        if kind == "terms" {
            terms.insert(name, body.iter().filter_map(|line| line.split(' ').next()).collect());
            continue;
        }
        let attribute = |line: &&'_ str| -> Option<(String, String)> {
            let (name, rest) = line.split_once(' ')?;
            let end = [" label ", " asks ", " read "].iter().filter_map(|word| rest.find(word)).min()?;
            Some((name.to_owned(), rest[..end].trim().trim_end_matches(", required").trim().to_owned()))
        };
        let attributes = body.iter().filter_map(attribute).map(|(name, ty)| (&*name.leak(), &*ty.leak())).collect();
        records.push((name, line, attributes));
    }
    let out = write(&terms, &records);
    std::fs::write(std::path::Path::new(&std::env::var("OUT_DIR").expect("OUT_DIR")).join("typed.rs"), out).expect("a file");
}

/// Name, first line, attributes with their types.
type Record<'a> = (&'a str, &'a str, Vec<(&'a str, &'a str)>);

fn write(terms: &BTreeMap<&str, Vec<&str>>, records: &[Record<'_>]) -> String {
    let mut out = String::new();
    let part = |name: &str| records.iter().any(|(known, head, _)| *known == name && head.contains("part of"));
    let ty = |ty: &str| -> String {
        if let Some(list) = ty.strip_prefix("one of ") {
            return format!("Fact<{}Term>", camel(list));
        }
        if let Some(of) = ty.strip_prefix("several ") {
            return match of {
                list if terms.contains_key(list) => format!("Fact<Vec<{}Term>>", camel(list)),
                record if part(record) => format!("Fact<Vec<{}<'a>>>", camel(record)),
                _ => "Fact<Vec<&'a str>>".into(),
            };
        }
        match ty {
            "yes or no" => "Fact<bool>".into(),
            "number" | "percentage" => "Fact<f64>".into(),
            _ => "Fact<&'a str>".into(),
        }
    };
    for (name, head, attributes) in records {
        let single = head.contains("one only");
        writeln!(
            out,
            "#[derive(Deserialize)]\n#[serde(rename_all = \"kebab-case\", deny_unknown_fields)]\npub struct {}<'a> {{",
            camel(name)
        )
        .unwrap();
        for (attribute, kind) in attributes {
            let kind = ty(kind);
            let borrow = if kind.contains("'a") { "borrow, default" } else { "default" };
            writeln!(out, "    #[serde({borrow})]\n    r#{}: {kind},", attribute.replace('-', "_")).unwrap();
        }
        if !single {
            out.push_str(
                "    id: Option<&'a str>,\n    state: Option<&'a str>,\n    #[serde(borrow, default)]\n    searched: Vec<&'a str>,\n",
            );
        }
        out.push_str(
            "    #[serde(borrow, default)]\n    evidence: Vec<Evidence<'a>>,\n    basis: Option<&'a str>,\n    note: Option<&'a str>,\n}\n",
        );
    }
    out.push_str("#[derive(Deserialize)]\n#[serde(rename_all = \"kebab-case\", deny_unknown_fields)]\npub struct Lists<'a> {\n");
    out.push_str("    format: &'a str,\n    format_version: &'a str,\n    as_of: &'a str,\n    assessor: &'a str,\n    #[serde(borrow)]\n    collections: Vec<Collection<'a>>,\n    state: State<'a>,\n");
    for (name, head, _) in records {
        if let Some((_, rest)) = head.split_once("listed as ") {
            let list = rest.split(',').next().unwrap_or("").trim().replace('-', "_");
            writeln!(out, "    #[serde(borrow, default)]\n    {list}: Vec<{}<'a>>,", camel(name)).unwrap();
        }
    }
    out.push_str("    #[serde(borrow)]\n    complete: Vec<Complete<'a>>,\n    waivers: Vec<serde::de::IgnoredAny>,\n}\n");
    for (name, words) in terms {
        writeln!(out, "#[derive(Deserialize)]\npub enum {}Term {{", camel(name)).unwrap();
        for word in words {
            writeln!(out, "    #[serde(rename = \"{word}\")]\n    {},", camel(word)).unwrap();
        }
        out.push_str("}\n");
    }
    out
}
