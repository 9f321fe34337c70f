//! Cures that lead somewhere: what to write instead of a word that says what is known, and instead of nothing.

use super::Decoder;
use crate::diagnostic::Code;
use crate::facts::event::Events;
use crate::facts::plan::article;
use crate::text::Span;

/// Words for what is known of a fact, with what to write instead where one of them stands in the place of a value.
const STATES: [(&str, &str); 4] = [
    ("unknown", "leave the key out: what is not said is unknown; or write `{state: unknown}`"),
    ("absent", "write `{state: absent, searched: […]}` with what was searched, and when"),
    ("not-applicable", "write `{state: not-applicable, because: …}` with the path of the fact that makes it so"),
    ("disputed", "write `{state: disputed, values: [{value: …, evidence: […]}, {value: …, evidence: […]}]}`"),
];

impl<'t, E: Events<'t>> Decoder<'_, 't, E> {
    /// What to do where the attribute being read must be given; none where it may be left out.
    pub(super) fn must_be_given(&self) -> Option<String> {
        let slot = self.filling?;
        let (record, attribute) = (self.vocabulary.record(slot.0), self.vocabulary.attribute(slot));
        let or_else = if record.single { "" } else { " Leave the whole record out if that is not known" };
        let what = format!("{} {}", article(&record.name), record.name);
        attribute.required.then(|| format!("`{}` of {what} must be given: {}{or_else}", attribute.name, attribute.question))
    }

    /// What to write instead of a word such as `unknown` in the place of a value.
    pub(super) fn state_instead(&self, word: &str) -> Option<String> {
        let (_, cure) = STATES.iter().find(|(known, _)| *known == word)?;
        Some(self.must_be_given().unwrap_or_else(|| (*cure).to_owned()))
    }

    /// Reports that nothing stands where a value belongs.
    pub(super) fn null(&mut self, span: Span, expected: impl FnOnce() -> String) {
        let of_record = self.filling.is_some();
        let must = self.must_be_given();
        self.sink.report(Code::E403, span, || {
            let help = match must {
                Some(must) => must,
                None if of_record => {
                    "leave the key out if it is not known; if it was looked for and is not there, write `{state: absent, searched: […]}`; \
                                      if the question does not arise, write `{state: not-applicable, because: …}`"
                        .to_owned()
                }
                None => format!("write {} here; a key that is not needed can be left out", expected().trim_end_matches(',')),
            };
            ("nothing stands where a value belongs".to_owned(), help)
        });
    }
}
