//! JSON by RFC 8259 and nothing looser, in one pass, with byte offsets. Strings without escapes are not copied; numbers keep their exact text.

use std::borrow::Cow;

use super::event::{DEPTH, Event, Events, Fault, Kind, Problem, Scalar};
use super::json_faults;
use crate::diagnostic::Code;
use crate::text::Span;

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// A value: at the start, behind a colon, or behind a comma in a list.
    Value,
    /// The first value of a list, or its end.
    FirstValue,
    /// The first key of a mapping, or its end.
    FirstKey,
    /// A comma or the end of what is open; the end of the text where nothing is.
    Behind,
    /// Nothing more.
    End,
}

/// A reader of JSON.
#[derive(Debug)]
pub struct Json<'t> {
    text: &'t str,
    at: usize,
    /// One bit for each open bracket, the innermost lowest; set for a mapping.
    open: u64,
    depth: usize,
    expect: Expect,
}

impl<'t> Json<'t> {
    /// A reader at the start of a text of less than 4 GiB.
    pub fn new(text: &'t str) -> Json<'t> {
        Json { text, at: 0, open: 0, depth: 0, expect: Expect::Value }
    }

    /// The byte at an offset; 0 behind the end. A real NUL is told apart where the fault is described.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    #[inline]
    fn blank(&mut self) -> u8 {
        loop {
            match self.byte(self.at) {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                other => return other,
            }
        }
    }

    #[inline]
    fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or("")
    }

    fn value(&mut self) -> Result<Event<'t>, Fault> {
        let start = self.at;
        match self.byte(start) {
            b'"' => {
                self.expect = Expect::Behind;
                Ok(Event::Scalar(self.string()?))
            }
            b'{' => self.enter(true),
            b'[' => self.enter(false),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.literal("true", Kind::True),
            b'f' => self.literal("false", Kind::False),
            b'n' => self.literal("null", Kind::Null),
            _ => Err(json_faults::no_value(self.text, start)),
        }
    }

    fn enter(&mut self, object: bool) -> Result<Event<'t>, Fault> {
        let start = offset(self.at);
        if self.depth == DEPTH {
            return Err(too_deep(Span::new(self.at, self.at + 1)));
        }
        self.at += 1;
        self.depth += 1;
        self.open = self.open << 1 | u64::from(object);
        self.expect = if object { Expect::FirstKey } else { Expect::FirstValue };
        Ok(if object { Event::ObjectStart(start) } else { Event::ArrayStart(start) })
    }

    fn leave(&mut self) -> Event<'t> {
        let object = self.open & 1 == 1;
        self.at += 1;
        self.depth -= 1;
        self.open >>= 1;
        self.expect = Expect::Behind;
        if object { Event::ObjectEnd(offset(self.at)) } else { Event::ArrayEnd(offset(self.at)) }
    }

    fn key(&mut self, behind_comma: bool) -> Result<Event<'t>, Fault> {
        if self.byte(self.at) != b'"' {
            return Err(json_faults::no_key(self.text, self.at, behind_comma));
        }
        let key = self.string()?;
        if self.blank() != b':' {
            return Err(json_faults::no_colon(self.text, self.at, &key.text));
        }
        self.at += 1;
        self.expect = Expect::Value;
        Ok(Event::Key(key))
    }

    fn behind(&mut self) -> Result<Event<'t>, Fault> {
        let byte = self.blank();
        if self.depth == 0 {
            if self.at < self.text.len() {
                return Err(json_faults::trailing(self.text, self.at));
            }
            self.expect = Expect::End;
            return Ok(Event::End);
        }
        match (self.open & 1 == 1, byte) {
            (true, b'}') | (false, b']') => Ok(self.leave()),
            (true, b',') => {
                self.at += 1;
                self.blank();
                self.key(true)
            }
            (false, b',') => {
                self.at += 1;
                if self.blank() == b']' {
                    return Err(json_faults::trailing_comma(self.at));
                }
                self.value()
            }
            (object, _) => Err(json_faults::no_comma(self.text, self.at, object)),
        }
    }

    /// A string; the cursor stands on its first quote.
    #[inline]
    fn string(&mut self) -> Result<Scalar<'t>, Fault> {
        let start = self.at;
        let end = plain_end(self.text.as_bytes(), start + 1);
        match self.byte(end) {
            b'"' => {
                self.at = end + 1;
                let text = Cow::Borrowed(self.slice(start + 1, end));
                Ok(Scalar { kind: Kind::String, plain: false, text, at: offset(start), end: offset(self.at) })
            }
            b'\\' => self.escaped(start, end),
            _ => Err(json_faults::in_string(self.text, start, end)),
        }
    }

    /// A string with escapes, of which the first stands at `from`.
    fn escaped(&mut self, start: usize, mut from: usize) -> Result<Scalar<'t>, Fault> {
        let mut text = String::from(self.slice(start + 1, from));
        loop {
            match self.byte(from) {
                b'\\' => from = self.escape(from, &mut text)?,
                b'"' => break,
                _ => return Err(json_faults::in_string(self.text, start, from)),
            }
            let end = plain_end(self.text.as_bytes(), from);
            text.push_str(self.slice(from, end));
            from = end;
        }
        self.at = from + 1;
        Ok(Scalar { kind: Kind::String, plain: false, text: Cow::Owned(text), at: offset(start), end: offset(self.at) })
    }

    /// One escape at `at`; gives the offset behind it.
    fn escape(&self, at: usize, text: &mut String) -> Result<usize, Fault> {
        let simple = match self.byte(at + 1) {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(at, text),
            _ => return Err(json_faults::bad_escape(self.text, at)),
        };
        text.push(simple);
        Ok(at + 2)
    }

    fn unicode(&self, at: usize, text: &mut String) -> Result<usize, Fault> {
        let first = self.hex(at)?;
        let (number, end) = match first {
            0xd800..=0xdbff => match self.hex(at + 6) {
                Ok(second @ 0xdc00..=0xdfff) => (0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00), at + 12),
                _ => return Err(json_faults::lone_surrogate(self.text, at)),
            },
            other => (other, at + 6),
        };
        match char::from_u32(number) {
            Some(letter) => text.push(letter),
            None => return Err(json_faults::lone_surrogate(self.text, at)),
        }
        Ok(end)
    }

    /// The number of `\uXXXX` at an offset.
    fn hex(&self, at: usize) -> Result<u32, Fault> {
        let digits = self.text.as_bytes().get(at..at + 6).and_then(|six| six.strip_prefix(b"\\u"));
        let number = digits.and_then(|four| four.iter().try_fold(0u32, |sum, byte| Some(sum * 16 + char::from(*byte).to_digit(16)?)));
        number.ok_or_else(|| json_faults::bad_escape(self.text, at))
    }

    fn digits(&self, mut at: usize) -> usize {
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        at
    }

    fn number(&mut self) -> Result<Event<'t>, Fault> {
        let start = self.at;
        let whole = start + usize::from(self.byte(start) == b'-');
        let mut end = self.digits(whole);
        let leading_zero = end > whole + 1 && self.byte(whole) == b'0';
        let mut short = end == whole;
        if self.byte(end) == b'.' {
            let from = end + 1;
            end = self.digits(from);
            short |= end == from;
        }
        if matches!(self.byte(end), b'e' | b'E') {
            let from = end + 1 + usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
            end = self.digits(from);
            short |= end == from;
        }
        if leading_zero || short {
            return Err(json_faults::bad_number(self.text, start, end, leading_zero));
        }
        self.at = end;
        self.expect = Expect::Behind;
        let text = Cow::Borrowed(self.slice(start, end));
        Ok(Event::Scalar(Scalar { kind: Kind::Number, plain: false, text, at: offset(start), end: offset(end) }))
    }

    fn literal(&mut self, word: &'static str, kind: Kind) -> Result<Event<'t>, Fault> {
        let (start, end) = (self.at, self.at + word.len());
        if self.text.as_bytes().get(start..end) != Some(word.as_bytes()) {
            return Err(json_faults::no_value(self.text, start));
        }
        self.at = end;
        self.expect = Expect::Behind;
        Ok(Event::Scalar(Scalar { kind, plain: false, text: Cow::Borrowed(word), at: offset(start), end: offset(end) }))
    }
}

impl<'t> Events<'t> for Json<'t> {
    #[inline]
    fn next(&mut self) -> Result<Event<'t>, Fault> {
        match self.expect {
            Expect::Behind => self.behind(),
            Expect::Value => {
                self.blank();
                self.value()
            }
            Expect::FirstKey => match self.blank() {
                b'}' => Ok(self.leave()),
                _ => self.key(false),
            },
            Expect::FirstValue => match self.blank() {
                b']' => Ok(self.leave()),
                _ => self.value(),
            },
            Expect::End => Ok(Event::End),
        }
    }
}

/// Readers refuse texts of 4 GiB and more, so every offset fits.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The fault of a text that is nested too deep; the same for both readers.
pub(super) fn too_deep(span: Span) -> Fault {
    let help = "a description needs fewer than ten levels; look for a bracket that is not closed";
    Box::new(Problem::new(Code::E303, span, format!("nested deeper than {DEPTH} levels"), help))
}

/// The offset of the first byte from `at` that is a quote, a backslash or a control character; the length of the text if there is none.
/// Looks at eight bytes at a time: `(word - ones) & !word & highs` has the high bit set in (at least the first) byte that is zero.
#[inline]
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*eight);
        let quote = word ^ (ONES * b'"' as u64);
        let slash = word ^ (ONES * b'\\' as u64);
        let zeros = (quote.wrapping_sub(ONES) & !quote) | (slash.wrapping_sub(ONES) & !slash) | (word.wrapping_sub(ONES * 0x20) & !word);
        let found = zeros & HIGHS;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or(&[]);
    at + rest.iter().position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20).unwrap_or(rest.len())
}
