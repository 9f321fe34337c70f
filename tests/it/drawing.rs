//! What `report::draw` puts on a terminal: nothing that commands it, nothing that breaks on long lines, marks in their place.

use std::time::{Duration, Instant};

use ephor::diagnostic::{Code, Diagnostic};
use ephor::report::{Style, draw};
use ephor::text::{Place, Source, SourceId, Span, Texts};

const PLAIN: Style = Style { color: false, unicode: true, width: 80, verbose: false };

fn texts(name: &str, text: impl Into<ephor::text::Words>) -> (Texts, SourceId) {
    let mut texts = Texts::default();
    let id = texts.add(Source::new(name, text));
    (texts, id)
}

fn place(source: SourceId, start: usize, end: usize) -> Place {
    Place { source, span: Span::new(start, end) }
}

fn render(diagnostic: &Diagnostic, texts: &Texts, style: Style) -> String {
    draw::diagnostic(diagnostic, texts).render(style)
}

/// Every character that must not reach a terminal: controls but for tab and line feed, and whatever turns the direction of text.
fn commands() -> Vec<char> {
    let controls = (0..0x20).chain(0x7f..0xa0).filter(|c| !matches!(c, 0x09 | 0x0a));
    let direction = (0x202a..=0x202e).chain(0x2066..=0x2069).chain([0x200e, 0x200f, 0x061c]);
    controls.chain(direction).filter_map(char::from_u32).collect()
}

fn assert_tame(out: &str, what: &str) {
    if let Some(c) = out.chars().find(|c| commands().contains(c)) {
        panic!("U+{:04X} from {what} reaches the terminal:\n{}", u32::from(c), out.escape_debug());
    }
}

#[test]
fn a_mark_far_along_one_line_is_shown_in_a_window() {
    for at in [65_000, 65_535, 65_536, 70_000, 1_000_000] {
        let text = format!("{}HERE{}", "a ".repeat(at / 2), " b".repeat(1000));
        let (texts, id) = texts("long.ephor", text);
        let start = at / 2 * 2;
        let said = Diagnostic::new(Code::E202, place(id, start, start + 4), "a message").here("this one");
        let out = render(&said, &texts, PLAIN);
        assert!(out.contains("HERE"), "{out}");
        assert!(out.contains("this one"), "{out}");
        assert!(out.len() < 6_000, "{} bytes", out.len());
    }
}

#[test]
fn a_mark_longer_than_its_line_or_behind_the_text_is_cut() {
    let (texts, id) = texts("x.ephor", "one\ntwo\nthree");
    for (start, end) in [(0, 13), (0, 400), (4, 8), (13, 13), (400, 500), (12, 4_000_000_000)] {
        let out = render(&Diagnostic::new(Code::E202, place(id, start, end), "a message"), &texts, PLAIN);
        assert!(out.contains("a message"), "{start}..{end}: {out}");
    }
    let (texts, id) = self::texts("x.ephor", "");
    assert!(render(&Diagnostic::new(Code::E202, place(id, 0, 0), "a message"), &texts, PLAIN).contains("a message"));
}

#[test]
fn a_mark_that_cuts_a_character_does_not_panic() {
    let (texts, id) = texts("x.ephor", format!("{}é指{}", "é".repeat(300), "指".repeat(300)));
    for start in 0..40 {
        for end in start..start + 5 {
            assert!(
                render(&Diagnostic::new(Code::E202, place(id, 590 + start, 590 + end), "a message"), &texts, PLAIN).contains("a message")
            );
        }
    }
}

/// How long it takes to draw 1,000 findings that are spread over a text of so many bytes.
fn time_of_drawing(bytes: usize) -> Duration {
    let line = "  (a) there is a control with kind command, over F   says \"the law names who commands {F}\"\n";
    let (texts, id) = texts("x.ephor", line.repeat(bytes / line.len()));
    let step = bytes / line.len() / 1000 * line.len();
    let began = Instant::now();
    for number in 0..1000 {
        let start = number * step + 17;
        let said = Diagnostic::new(Code::E202, place(id, start, start + 7), "a message")
            .also(place(id, start + line.len(), start + line.len() + 3), "and here");
        assert!(render(&said, &texts, PLAIN).contains("a message"));
    }
    began.elapsed()
}

#[test]
fn the_time_of_drawing_does_not_grow_with_the_text() {
    time_of_drawing(1_000_000);
    let (small, large) = (time_of_drawing(1_000_000), time_of_drawing(10_000_000));
    assert!(large < small * 4 + Duration::from_millis(800), "1 MB: {small:?}, 10 MB: {large:?}");
}

#[test]
fn the_time_of_drawing_does_not_grow_with_the_line() {
    let time = |bytes: usize| {
        let (texts, id) = texts("x.ephor", "a ".repeat(bytes / 2));
        let began = Instant::now();
        for number in 0..200 {
            let start = number * (bytes / 200);
            assert!(render(&Diagnostic::new(Code::E202, place(id, start, start + 1), "a message"), &texts, PLAIN).contains("a message"));
        }
        began.elapsed()
    };
    time(100_000);
    let (small, large) = (time(100_000), time(1_000_000));
    assert!(large < small * 4 + Duration::from_millis(800), "100 kB: {small:?}, 1 MB: {large:?}");
}

#[test]
fn nothing_in_a_text_commands_the_terminal() {
    for c in commands() {
        let text = format!("before {c}[31m after\nMARK {c}]8;;http://x{c}\\ {c}\nlast {c} line");
        let (texts, id) = texts(&format!("na{c}me.ephor"), text.as_str());
        let at = text.find("MARK").unwrap();
        let said = Diagnostic::new(Code::E202, place(id, at, at + 4), format!("a mess{c}age"))
            .here(format!("a lab{c}el"))
            .also(place(id, 0, 3), format!("a second {c} label"))
            .help(format!("a he{c}lp"));
        for unicode in [true, false] {
            assert_tame(&render(&said, &texts, Style { unicode, ..PLAIN }), &format!("U+{:04X}", u32::from(c)));
        }
        let nowhere = Diagnostic::nowhere(Code::E601, format!("a mess{c}age")).help(format!("a he{c}lp"));
        assert_tame(&render(&nowhere, &texts, PLAIN), "a diagnostic without a place");
        assert_tame(&ephor::report::concise::diagnostic(&said, &texts), "one line");
        assert_tame(&ephor::report::concise::diagnostic(&nowhere, &texts), "one line without a place");
    }
}

#[test]
fn nothing_in_another_text_commands_the_terminal() {
    for c in commands() {
        let (mut texts, id) = texts("main.ephor", "MARK\n");
        let other = texts.add(Source::new(format!("o{c}ther.ephor"), format!("first {c}\nsecond {c} OTHER\n")));
        let said = Diagnostic::new(Code::E201, place(id, 0, 4), "a message").also(place(other, 1, 3), format!("fir{c}st here"));
        assert_tame(&render(&said, &texts, PLAIN), "a further text");
    }
}

#[test]
fn a_line_feed_in_a_message_or_name_starts_no_line_of_its_own() {
    let (texts, id) = texts("na\nme.ephor", "MARK\n");
    let said = Diagnostic::new(Code::E202, place(id, 0, 4), "a\nmessage").help("a\nhelp").here("a\nlabel");
    let line = ephor::report::concise::diagnostic(&said, &texts);
    assert_eq!(line.matches('\n').count(), 1, "{line}");
    let out = render(&said, &texts, PLAIN);
    assert!(!out.lines().any(|line| line.starts_with("message") || line.starts_with("me.ephor")), "{out}");
}

#[test]
fn without_colour_there_is_no_escape_byte_and_with_it_no_link() {
    let (texts, id) = texts("x.ephor", "one\nMARK\nthree\n");
    let said = Diagnostic::new(Code::E202, place(id, 4, 8), "a message")
        .help("see https://example.org")
        .here("here")
        .also(place(id, 0, 3), "there");
    for unicode in [true, false] {
        assert!(!render(&said, &texts, Style { unicode, ..PLAIN }).contains('\u{1b}'));
    }
    let coloured = render(&said, &texts, Style { color: true, ..PLAIN });
    assert!(coloured.contains("\u{1b}["), "{}", coloured.escape_debug());
    assert!(!coloured.contains("\u{1b}]"), "{}", coloured.escape_debug());
}

#[test]
fn without_unicode_what_is_drawn_is_ascii() {
    let (texts, id) = texts("x.ephor", "one\nMARK\nthree\n");
    let said = Diagnostic::new(Code::E202, place(id, 4, 8), "a message").help("a help").here("here");
    let out = render(&said, &texts, Style { unicode: false, ..PLAIN });
    assert!(out.is_ascii(), "{out}");
}

#[test]
fn words_are_broken_at_the_width() {
    let (texts, id) = texts("x.ephor", "one\nMARK\nthree\n");
    let long = "a sentence of many words that must be broken somewhere ".repeat(6);
    let said = Diagnostic::new(Code::E202, place(id, 4, 8), long.trim()).help(long.trim());
    for width in [40, 80] {
        let out = render(&said, &texts, Style { width, ..PLAIN });
        let widest = out.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width, "{widest} columns at width {width}:\n{out}");
    }
}

/// The columns (from 0, in cells) of the first run of marks below the line with `MARK`, and of that word.
fn mark_and_word(out: &str, word: &str) -> (usize, usize) {
    use unicode_width::UnicodeWidthStr;
    let lines: Vec<&str> = out.lines().collect();
    let at = lines.iter().position(|line| line.contains(word)).unwrap();
    let cells = |line: &str, at: usize| line[..at].width();
    let marks = lines[at + 1];
    (cells(marks, marks.find(['─', '┬', '╰', '▲']).unwrap()), cells(lines[at], lines[at].find(word).unwrap()))
}

#[test]
fn marks_stand_below_what_they_mark_in_any_script() {
    for before in ["", "é ", "指揮官 ", "Дe ", "e\u{301} ", "\u{feff}", "\u{202e}", "\u{1}\u{2}", "…“”", "👩‍👩‍👧 "] {
        let text = format!("first\n{before}MARK after\n");
        let (texts, id) = texts("x.ephor", text.as_str());
        let at = text.find("MARK").unwrap();
        let out = render(&Diagnostic::new(Code::E202, place(id, at, at + 4), "a message"), &texts, PLAIN);
        if before.contains('\u{200d}') {
            assert!(out.contains("MARK"), "terminals do not agree on joined signs:\n{out}");
            continue;
        }
        let (mark, word) = mark_and_word(&out, "MARK");
        assert_eq!(mark, word, "behind {before:?}:\n{out}");
    }
}

#[test]
fn cr_lf_is_a_line_end_and_nothing_more() {
    let unix = "one\n  MARK two\nthree\n";
    let windows = unix.replace('\n', "\r\n");
    let draw = |text: &str| {
        let (texts, id) = texts("x.ephor", text);
        let at = text.find("MARK").unwrap();
        render(&Diagnostic::new(Code::E202, place(id, at, at + 4), "a message").here("here"), &texts, PLAIN)
    };
    assert_eq!(draw(unix), draw(&windows));
}

#[test]
fn lines_are_numbered_as_in_the_file() {
    let text = "line\n".repeat(200) + "MARK\n" + &"line\n".repeat(200);
    let (texts, id) = texts("x.ephor", text.as_str());
    let at = text.find("MARK").unwrap();
    let out = render(&Diagnostic::new(Code::E202, place(id, at, at + 4), "a message").also(place(id, 0, 4), "far away"), &texts, PLAIN);
    assert!(out.contains("x.ephor:201:1"), "{out}");
    assert!(out.contains("201 │ MARK"), "{out}");
    assert!(out.contains("far away"), "{out}");
    assert!(out.contains("1 │ line"), "{out}");
}
