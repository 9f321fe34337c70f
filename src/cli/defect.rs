//! What is said where the program meets something that its authors held impossible. No verdict leaves a run that did.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;

use super::Exit;
use super::screen::Screen;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Texts;

/// The words of the first panic, with its place in our code. Threads have no other way to tell.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

/// Does `work`; a panic in it becomes a diagnostic and exit code 2.
pub(super) fn guard(screen: &mut Screen, work: impl FnOnce(&mut Screen) -> Exit) -> Exit {
    panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(|place| format!(" ({}:{})", place.file(), place.line()))
            .unwrap_or_default();
        let payload = panic.payload();
        let words = payload
            .downcast_ref::<&str>()
            .copied()
            .or(payload.downcast_ref::<String>().map(String::as_str));
        let words = words.unwrap_or("no words were given").replace('\n', " ");
        if let Ok(mut first) = FIRST.lock() {
            first.get_or_insert(format!("{words}{place}"));
        }
    }));
    let exit = panic::catch_unwind(AssertUnwindSafe(|| work(screen)));
    let _ = panic::take_hook();
    exit.unwrap_or_else(|_| {
        let words = FIRST.lock().ok().and_then(|mut first| first.take()).unwrap_or_default();
        screen.problem(&diagnostic(&words), &Texts::default());
        Exit::Fault
    })
}

fn diagnostic(words: &str) -> Diagnostic {
    Diagnostic::nowhere(Code::E901, format!("a defect in ephor, not in your text: {words}"))
        .help("no verdict of this run can be relied on; please report this line with the command and the files that led to it")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::Args;

    #[test]
    fn a_panic_is_a_fault_and_says_where() {
        let mut screen = Screen::new(&Args::try_parse_from(["ephor", "list", "codes"]).unwrap());
        assert_eq!(guard(&mut screen, |_| panic!("no such row")), Exit::Fault);
        assert_eq!(guard(&mut screen, |_| Exit::Gate), Exit::Gate);
        let said = diagnostic("no such row (src/x.rs:1)");
        assert_eq!(said.message, "a defect in ephor, not in your text: no such row (src/x.rs:1)");
    }
}
