//! The terminal: what it can do, and writing to it. A closed pipe ends writing quietly; any other failure
//! is said and remembered.

use std::env;
use std::io::{self, IsTerminal, Write};

use super::args::{Args, When};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::{Style, concise, draw};
use crate::text::Texts;

/// Standard output and error.
pub(super) struct Screen {
    /// What standard output can do.
    pub(super) style: Style,
    /// What standard error can do.
    errors: Style,
    closed: bool,
    /// Whether something could not be written, other than into a pipe that nobody reads any more.
    pub(super) lost: bool,
}

impl Screen {
    pub(super) fn new(args: &Args) -> Screen {
        let unicode = unicode();
        let style = |terminal: bool| Style {
            color: color(args.color, terminal),
            unicode,
            width: args.width.unwrap_or_else(|| width(terminal)),
            verbose: false,
        };
        Screen { style: style(io::stdout().is_terminal()), errors: style(io::stderr().is_terminal()), closed: false, lost: false }
    }

    /// Writes to standard output.
    pub(super) fn out(&mut self, text: &str) {
        if !self.closed {
            let mut out = io::stdout().lock();
            let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) else { return };
            self.closed = true;
            if error.kind() != io::ErrorKind::BrokenPipe {
                self.lost = true;
                let problem = Diagnostic::nowhere(Code::E604, format!("standard output cannot be written: {error}"))
                    .help("make room, or write elsewhere; what was written is cut off");
                self.problem(&problem, &Texts::default());
            }
        }
    }

    /// Shows how far a long run is, on a terminal alone; an empty text takes it away.
    pub(super) fn progress(&mut self, text: &str) {
        if io::stderr().is_terminal() && !io::stdout().is_terminal() {
            let _ = write!(io::stderr().lock(), "\r{text:30}{}", if text.is_empty() { "\r" } else { "" });
        }
    }

    /// Writes a diagnostic to standard error.
    pub(super) fn problem(&mut self, problem: &Diagnostic, texts: &Texts) {
        let text = if problem.labels.is_empty() {
            concise::diagnostic(problem, texts)
        } else {
            draw::diagnostic(problem, texts).render(self.errors)
        };
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Writes diagnostics to standard error.
    pub(super) fn problems<'a>(&mut self, problems: impl IntoIterator<Item = &'a Diagnostic>, texts: &Texts) {
        for problem in problems {
            self.problem(problem, texts);
        }
    }
}

fn set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn color(when: When, terminal: bool) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if set("NO_COLOR") => false,
        When::Auto if set("CLICOLOR_FORCE") || set("FORCE_COLOR") => true,
        When::Auto => terminal && env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Characters beyond ASCII are drawn unless the locale or the terminal says that they cannot be.
fn unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(env::var_os).find(|value| !value.is_empty());
    let locale = locale.is_none_or(|value| value.to_string_lossy().to_uppercase().replace('-', "").contains("UTF8"));
    locale && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn width(terminal: bool) -> usize {
    let columns = env::var_os("COLUMNS").and_then(|value| value.to_string_lossy().parse().ok());
    let measured = || terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| usize::from(width.0));
    columns.or_else(measured).unwrap_or(80).clamp(40, 120)
}
