//! Packs of rules: those inside the program, and how files of rule text become a model. Opens no file itself.
//!
//! The packs inside the program are there twice, both made by `build.rs` from one reading of `rules/`: as text, into which every place points
//! and which tests, handbooks and digests need; and as the [`form`] of their model, which a start decodes in a fraction of the time that
//! reading takes. A form is taken only for exactly the texts that it was built with; for any others, and where it cannot be decoded, the text
//! is read. A test demands that both come to the same.

pub mod form;
pub mod load;

use crate::text::{Texts, Words};

pub use load::{Loaded, PackInfo, RuleText, SCHEME, load, sha256};

// `BUILT_IN`: pack, name and text of every rule file inside the program. `FORMS`: the packs that were loaded together, and their form.
include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The pack that is used when none is asked for.
pub const DEFAULT: &str = "coc";

/// The names of the packs inside the program.
pub fn built_in() -> Vec<&'static str> {
    let mut names: Vec<&str> = BUILT_IN.iter().map(|(pack, _, _)| *pack).filter(|pack| !pack.is_empty()).collect();
    names.dedup();
    names
}

/// The texts of a pack inside the program; of the empty name, what every pack shares.
pub fn texts_of(pack: &str) -> Vec<RuleText> {
    let rows = BUILT_IN.iter().filter(|(known, _, _)| *known == pack);
    rows.map(|(pack, name, text)| RuleText { pack: (*pack).to_owned(), name: format!("{SCHEME}{name}"), text: Words::Fixed(text) })
        .collect()
}

/// What rule texts come to together, for those who use them and do not write them: without warnings, and without the stories of texts
/// inside the program, which their tests have read. As many of the first texts as there is a form for are taken from it; those behind them,
/// which a user named, are read and join it.
pub fn load_law(texts: &mut Texts, files: &[RuleText]) -> Loaded {
    let forms = FORMS.iter().filter(|_| texts.is_empty());
    let longest = forms.filter_map(|(packs, bytes)| Some((first(files, packs)?, bytes))).max_by_key(|(count, _)| *count);
    longest.and_then(|(count, bytes)| formed(texts, files, count, bytes)).unwrap_or_else(|| load::load_law(texts, files))
}

/// What texts come to, the first of them in their form.
fn formed(texts: &mut Texts, files: &[RuleText], count: usize, bytes: &[u8]) -> Option<Loaded> {
    let base = form::read(bytes)?;
    let (first, behind) = files.split_at_checked(count)?;
    let mut all = Texts::default();
    for file in first {
        all.add(file.source());
    }
    let loaded = if behind.is_empty() { base } else { load::load_onto(&mut all, base, files, behind)? };
    *texts = all;
    Some(loaded)
}

/// How many texts these packs inside the program have, if the first of `files` are theirs: not texts like them, but they themselves.
fn first(files: &[RuleText], packs: &[&str]) -> Option<usize> {
    let mut files = files.iter();
    let rows = packs.iter().flat_map(|pack| BUILT_IN.iter().filter(move |(known, _, _)| known == pack));
    let same = |(pack, name, text): &(&str, &str, &str)| {
        let file = files.next()?;
        let itself = matches!(&file.text, Words::Fixed(held) if std::ptr::eq(*held, *text));
        (itself && file.pack == *pack && file.name.strip_prefix(SCHEME) == Some(*name)).then_some(())
    };
    rows.map(same).try_fold(0, |count, same| same.map(|()| count + 1))
}

#[cfg(test)]
mod tests {
    use super::{FORMS, Loaded, RuleText, first, form, load, load_law, texts_of};
    use crate::model::ir::enumeration;
    use crate::text::Texts;

    fn files(packs: &[&str]) -> Vec<RuleText> {
        packs.iter().flat_map(|pack| texts_of(pack)).collect()
    }

    /// The same files from their forms and from their text, each with its texts.
    fn both(files: &[RuleText]) -> [(Loaded, Texts); 2] {
        let (mut built, mut read) = (Texts::default(), Texts::default());
        [(load_law(&mut built, files), built), (load::load_law(&mut read, files), read)]
    }

    fn same(files: &[RuleText]) {
        let [built, read] = both(files).map(|one| format!("{one:?}"));
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert!(built == read, "{names:?}");
    }

    #[test]
    fn a_form_says_what_its_text_says() {
        assert!(FORMS.len() >= 2, "the packs were built without a form: something is wrong with their text");
        for (packs, bytes) in FORMS {
            let files = files(packs);
            assert_eq!(first(&files, packs), Some(files.len()), "{packs:?}");
            same(&files);
            let [_, (read, _)] = both(&files);
            assert_eq!(form::write(&read).as_deref(), Some(*bytes), "{packs:?}");
        }
    }

    #[test]
    fn a_form_stands_for_no_other_text() {
        for (packs, _) in FORMS {
            let asked = files(packs);
            let mut changed = asked.clone();
            changed[0].text = changed[0].text.to_string().into();
            assert_eq!(first(&changed, packs), None);
            assert_eq!(first(&asked[..asked.len() - 1], packs), None);
        }
    }

    #[test]
    fn a_damaged_form_is_no_form() {
        for (_, bytes) in FORMS {
            assert!(form::read(&bytes[..bytes.len() / 2]).is_none());
        }
    }

    /// Rules behind those of the program, with or without mistakes, and words by which those could come to mean something else.
    #[test]
    fn what_stands_behind_a_form_joins_it() {
        let shared = form::read(FORMS[0].1).unwrap().model;
        let vocabulary = &shared.vocabulary;
        let subject = vocabulary.record(vocabulary.frame.subject.unwrap());
        let (kind, list) = subject.attributes.iter().find_map(|one| Some((&one.name, enumeration(&one.ty)?))).unwrap();
        let (subject, term) = (&subject.name, &vocabulary.enumeration(list).terms[0].name);
        let (state, instrument) = (&vocabulary.record(vocabulary.frame.state.unwrap()).name, &shared.instruments[0]);
        let (source, number) = (&instrument.name, &instrument.paragraphs[0].number);
        let edition = "edition 1, in English\n";
        let named = |id: &str, subject: &str, term: &str| {
            format!(
                "rule {id} \"x\" cites {source} {number} footing text severity minor for the {state} the {state} must ensure that \
                 (a) there is a {subject} with {kind} {term} question \"?\" remedy \"!\" end\n"
            )
        };
        let rule = named("own-1", subject, term);
        let texts = [
            String::new(),
            format!("{edition}{rule}"),
            format!("{edition}{rule}{rule}"),
            format!("{edition}{}", named("own-1", subject, "nothing-of-the-kind")),
            format!("{edition}{}", named("own-1", "nothing-of-the-kind", term)),
            format!("{edition}{}", named("coc-21.1", subject, term)),
            format!("{edition}{rule}scenario \"s\" given a {subject} one expect own-1: cannot tell end\n"),
            format!("{edition}{rule}scenario \"s\" given the setting \"none\" expect own-2: met end\n"),
            format!("{edition}parameter own-share: 30 days, because \"…\"\n{rule}"),
            format!("{edition}parameter {term}: 30 days, because \"…\"\n{rule}"),
            format!("{edition}terms {subject} one \"…\" end\n{rule}"),
            format!("{edition}record own \"…\" end\n"),
            format!("{edition}questionnaire \"q\" item \"1\" \"t\", from own-1 end\n{rule}"),
            format!("edition 2, in English\n{rule}"),
        ];
        for packs in [&[""][..], &["", "coc"]] {
            for text in &texts {
                for pack in ["own", "coc"] {
                    let mut files = files(packs);
                    files.push(RuleText { pack: pack.to_owned(), name: "own.ephor".to_owned(), text: text.as_str().into() });
                    same(&files);
                }
            }
        }
        let joins = |text: &str| {
            let (packs, bytes) = FORMS[0];
            let mut files = files(packs);
            files.push(RuleText { pack: "own".to_owned(), name: "own.ephor".to_owned(), text: text.into() });
            super::formed(&mut Texts::default(), &files, files.len() - 1, bytes).is_some()
        };
        let joined: Vec<usize> = (0..texts.len()).filter(|at| joins(&texts[*at])).collect();
        assert_eq!(joined, [0, 1, 5, 6, 8, 12], "by form where nothing is wrong and nothing can change what the form says");
    }
}
