//! The YAML reader: what is special in it and what is not, and where things stand.

use ephor::facts::Form;

use crate::facts_support::{dump, facts};

#[test]
fn example_of_the_manual_reads() {
    let manual = include_str!("../../docs/DESCRIPTIONS.md");
    let text = manual.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    println!("{}", dump(&facts(text, Form::Yaml)));
}
