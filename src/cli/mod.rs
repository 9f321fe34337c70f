//! The command line: arguments, files, terminal. Everything above this module is pure; this one alone opens files, reads the environment and
//! writes to the screen.

mod args;
mod check;
mod coverage;
mod defect;
mod explain;
mod files;
mod init;
mod list;
mod packs;
mod report;
mod schema;
mod screen;
mod select;
mod test;
mod validate;
mod why;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use screen::Screen;

/// What a run came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// It ran fully, and every gate holds.
    Good,
    /// It ran fully, and a gate fails.
    Gate,
    /// It could not run as asked.
    Fault,
    /// It met a defect of its own.
    Defect,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Good => 0,
            Exit::Gate => 1,
            Exit::Fault => 2,
            Exit::Defect => 101,
        })
    }
}

/// Shown where no command is given.
const WELCOME: &str = "\
ephor checks the law of a State against the OSCE Code of Conduct on
Politico-Military Aspects of Security: who controls its armed, internal,
paramilitary, intelligence and police forces, and by which provision.

  ephor check STATE.yaml        verdicts with their legal reasons
  ephor init state STATE.yaml   a description to fill in
  ephor explain coc-21.2        a rule, a paragraph, a fact or a code

`ephor --help` lists all commands. Nothing is ever sent anywhere.
";

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Fault.into() } else { Exit::Good.into() };
        }
    };
    let mut screen = Screen::new(&args);
    let exit = match &args.command {
        None => {
            screen.out(WELCOME);
            Exit::Fault
        }
        Some(command) => defect::guard(&mut screen, |screen| run(command, screen)),
    };
    let exit = if screen.lost { exit.max(Exit::Fault) } else { exit };
    exit.into()
}

fn run(command: &Command, screen: &mut Screen) -> Exit {
    match command {
        Command::Check(options) => check::run(options, screen),
        Command::Validate(options) => validate::run(options, screen),
        Command::Why(options) => why::run(options, screen),
        Command::Report(options) => report::run(options, screen),
        Command::Explain(options) => explain::run(options, screen),
        Command::Coverage(options) => coverage::run(options, screen),
        Command::List(options) => list::run(options, screen),
        Command::Schema(options) => schema::run(options, screen),
        Command::Test(options) => test::run(options, screen),
        Command::Lint(options) => test::lint(options, screen),
        Command::Init(options) => init::run(options, screen),
        Command::Completions { shell } => {
            let mut buffer = Vec::new();
            clap_complete::generate(*shell, &mut <Args as clap::CommandFactory>::command(), "ephor", &mut buffer);
            screen.out(&String::from_utf8_lossy(&buffer));
            Exit::Good
        }
    }
}
