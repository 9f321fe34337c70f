//! Arguments, as clap reads them. The help texts are part of the interface.

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand, ValueEnum};

/// Checks the law of a State against commitments on democratic oversight of the security sector.
#[derive(Debug, Parser)]
#[command(
    name = "ephor",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 every gate holds; 1 a gate fails, or nothing was decided; 2 could not run as asked.\nNothing is ever sent anywhere."
)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// When to use colour.
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: When,
    /// Columns to write for [default: those of the terminal, else 80].
    #[arg(long, global = true, value_name = "COLUMNS")]
    pub(crate) width: Option<usize>,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Assess descriptions of States and report verdicts with their reasons.
    #[command(after_help = "Examples:\n  ephor check fixtures/states\n  ephor check germany.yaml --select ¶21 --format concise")]
    Check(Check),
    /// Check form and meaning of descriptions only; no rules are run.
    #[command(after_help = "Examples:\n  ephor validate germany.yaml\n  cat germany.yaml | ephor validate -")]
    Validate(Validate),
    /// Show the proof of one verdict as a tree in sentences.
    #[command(after_help = "Examples:\n  ephor why coc-21.2 germany.yaml --force bundeswehr\n  ephor why ¶28 germany.yaml")]
    Why(Why),
    /// Draw up a text from a description: a draft reply to the questionnaire, which describes and grades nothing.
    #[command(
        after_help = "Examples:\n  ephor report germany.yaml --view questionnaire\n  ephor report germany-2026.yaml --view questionnaire --since germany-2025.yaml"
    )]
    Report(Report),
    /// Explain a diagnostic code, a rule, a paragraph, a fact, a definition or a verdict.
    #[command(after_help = "Examples:\n  ephor explain coc-21.2\n  ephor explain E401\n  ephor explain ¶21\n  ephor explain control.kind")]
    Explain(Explain),
    /// Account for every paragraph: encoded by rules, not assessable and why, or still to be encoded.
    #[command(after_help = "Examples:\n  ephor coverage\n  ephor coverage --format json")]
    Coverage(Packs),
    /// List the catalogue.
    #[command(
        after_help = "Examples:\n  ephor list rules\n  ephor list facts --format json\n  ephor list rules --format markdown > HANDBOOK.md"
    )]
    List(List),
    /// Print a JSON Schema: of a description, of a result, of one line of a streamed result.
    #[command(after_help = "Examples:\n  ephor schema > description.schema.json\n  ephor schema result")]
    Schema(Schema),
    /// Run the scenarios of rule texts.
    #[command(after_help = "Examples:\n  ephor test\n  ephor test rules/coc --coverage")]
    Test(Test),
    /// Check rule texts and warn about what is probably not meant.
    #[command(after_help = "Examples:\n  ephor lint\n  ephor lint rules/coc")]
    Lint(Test),
    /// Write a skeleton to fill in. It can be read at once, and decides nothing yet.
    #[command(after_help = "Examples:\n  ephor init state ruritania.yaml\n  ephor init state - | ephor validate -")]
    Init(Init),
    /// Print a completion script.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Which rules.
#[derive(Clone, Debug, Default, Group)]
pub(crate) struct Packs {
    /// A pack: `coc`, `coc-companion`, or a file or folder of rule text. Repeatable [default: coc].
    #[arg(short, long = "pack", value_name = "NAME|PATH")]
    pub(crate) packs: Vec<String>,
    /// How to print.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<ListFormat>,
}

/// How lists are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// For documents; of rules, the handbook.
    Markdown,
}

/// What fails the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A verdict `not met`.
    NotMet,
    /// A verdict `partly`.
    Partly,
    /// A verdict `cannot tell`.
    CannotTell,
    /// A waiver that has run out.
    StaleWaiver,
    /// Nothing, not even that nothing was decided.
    None,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Description, rule and commitment of each gap in one drawing.
    Full,
    /// One line each: `path:line:column: …`.
    Concise,
    /// States by paragraphs; for one State its forces by paragraphs.
    Matrix,
    /// One JSON document.
    Json,
    /// One JSON record a line.
    Ndjson,
}

/// Options of `check`.
#[derive(Debug, Group)]
pub(crate) struct Check {
    /// Descriptions: files (.yaml, .json, .jsonl), folders, or `-`.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// A pack: `coc`, `coc-companion`, or a file or folder of rule text. Repeatable [default: coc].
    #[arg(short, long = "pack", value_name = "NAME|PATH")]
    pub(crate) packs: Vec<String>,
    /// The day whose law is assessed [default: each description's own].
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// Only this situation: `normal`, a kind, or an id [default: ordinary law and each recorded situation].
    #[arg(long, value_name = "NAME")]
    pub(crate) situation: Option<String>,
    /// Only these: rule ids or prefixes, a paragraph (`¶21` or `21`), a severity, a footing, the id of a force, a topic. Repeatable.
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// All but these. Repeatable.
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// How to print [default: full for one State, matrix for several].
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Also write a file: `json:result.json`. Repeatable.
    #[arg(short, long = "output", value_name = "FORMAT:FILE")]
    pub(crate) outputs: Vec<String>,
    /// What fails the gate. Repeatable.
    #[arg(long, value_name = "WHAT", default_value = "not-met", value_delimiter = ',')]
    pub(crate) fail_on: Vec<FailOn>,
    /// The least severity that fails the gate: critical, major or minor. An advisory rule never does.
    #[arg(long, value_name = "SEVERITY", default_value = "minor")]
    pub(crate) min_severity: String,
    /// The least share of applicable verdicts that must be decided, in per cent.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(..=100))]
    pub(crate) min_decided: Option<u32>,
    /// Threads, at most 256; 0 takes one for each processor. The result is the same for any number.
    #[arg(short, long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=256))]
    pub(crate) jobs: u16,
    /// The name and form of standard input: `x.yaml`, `x.json`, `x.jsonl`.
    #[arg(long, value_name = "NAME", default_value = "-")]
    pub(crate) stdin_filename: String,
    /// Findings only, no summary.
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Met, open and not applicable verdicts as well.
    #[arg(short, long)]
    pub(crate) verbose: bool,
    /// The language of sentences; English is the only one so far.
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = ["en"])]
    pub(crate) lang: String,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ValidateFormat {
    /// Each in a drawing of the description.
    Full,
    /// One line each: `path:line:column: …`.
    Concise,
    /// One JSON document, a result without verdicts (`ephor schema result`).
    Json,
    /// The same records, one a line (`ephor schema line`).
    Ndjson,
}

/// Options of `validate`.
#[derive(Debug, Group)]
pub(crate) struct Validate {
    /// Descriptions: files (.yaml, .json, .jsonl), folders, or `-`.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// A pack whose rules waivers may name besides those inside the program. Repeatable.
    #[arg(short, long = "pack", value_name = "NAME|PATH")]
    pub(crate) packs: Vec<String>,
    /// How to print.
    #[arg(short, long, value_name = "FORMAT", default_value = "full")]
    pub(crate) format: ValidateFormat,
    /// The name and form of standard input.
    #[arg(long, value_name = "NAME", default_value = "-")]
    pub(crate) stdin_filename: String,
}

/// Options of `why`.
#[derive(Debug, Group)]
pub(crate) struct Why {
    /// The rule, or a paragraph: `coc-21.2`, `¶21`.
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
    /// The description.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Only this force.
    #[arg(long, value_name = "ID")]
    pub(crate) force: Option<String>,
    /// A pack besides those inside the program.
    #[arg(short, long = "pack", value_name = "NAME|PATH")]
    pub(crate) packs: Vec<String>,
    /// The day whose law is assessed.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
}

/// What to draw up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum View {
    /// A draft reply: what the law says, item by item, with a marked blank for what is not known.
    Questionnaire,
}

/// Options of `report`.
#[derive(Debug, Group)]
pub(crate) struct Report {
    /// The description.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// What to draw up.
    #[arg(long, value_enum)]
    pub(crate) view: View,
    /// An earlier description: what is said now and was not said then is marked.
    #[arg(long, value_name = "FILE")]
    pub(crate) since: Option<PathBuf>,
    /// A pack besides those inside the program.
    #[arg(short, long = "pack", value_name = "NAME|PATH")]
    pub(crate) packs: Vec<String>,
    /// The day whose law is told.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
}

/// Options of `explain`.
#[derive(Debug, Group)]
pub(crate) struct Explain {
    /// What to explain.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The language of a rule's prose, where it was translated.
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = ["en", "fr", "de", "it", "ru", "es"])]
    pub(crate) lang: String,
    /// A pack besides those inside the program.
    #[arg(short, long = "pack", value_name = "NAME|PATH")]
    pub(crate) packs: Vec<String>,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// Rules.
    Rules,
    /// Paragraphs of the Code.
    Paragraphs,
    /// The kinds of force.
    Forces,
    /// Facts that a description can give.
    Facts,
    /// Diagnostic codes.
    Codes,
    /// Packs inside the program.
    Packs,
}

/// Options of `list`.
#[derive(Debug, Group)]
pub(crate) struct List {
    /// What to list.
    pub(crate) what: What,
    /// Only rules with this topic.
    #[arg(long, value_name = "TOPIC")]
    pub(crate) topic: Option<String>,
    #[command(flatten)]
    pub(crate) packs: Packs,
}

/// Which schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A description of a State.
    Description,
    /// The result of `check --format json`.
    Result,
    /// One line of `check --format ndjson`.
    Line,
}

/// Options of `schema`.
#[derive(Debug, Group)]
pub(crate) struct Schema {
    /// Which.
    #[arg(default_value = "description")]
    pub(crate) of: SchemaOf,
}

/// Options of `test` and `lint`.
#[derive(Debug, Group)]
pub(crate) struct Test {
    /// Files or folders of rule text [default: every pack inside the program].
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Fail where a rule has no scenario for met, not met (where its modality allows it) and cannot tell.
    #[arg(long)]
    pub(crate) coverage: bool,
    /// Print only problems.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// What to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Skeleton {
    /// A description of a State.
    State,
}

/// Options of `init`.
#[derive(Debug, Group)]
pub(crate) struct Init {
    /// What to begin.
    pub(crate) what: Skeleton,
    /// Where to write; `-` for standard output.
    #[arg(value_name = "FILE", default_value = "state.yaml")]
    pub(crate) file: PathBuf,
    /// The State's three-letter code.
    #[arg(long, value_name = "CODE", default_value = "XXX")]
    pub(crate) iso: String,
    /// The State's name.
    #[arg(long, value_name = "NAME", default_value = "Name of the State")]
    pub(crate) name: String,
    /// The day whose law is described.
    #[arg(long, value_name = "DATE", default_value = "2026-01-01")]
    pub(crate) as_of: String,
}
