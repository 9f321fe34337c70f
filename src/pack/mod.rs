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
/// inside the program, which their tests have read.
pub fn load_law(texts: &mut Texts, files: &[RuleText]) -> Loaded {
    let built = FORMS.iter().filter(|_| texts.is_empty()).find(|(packs, _)| are(files, packs));
    match built.and_then(|(_, bytes)| form::read(bytes)) {
        Some(loaded) => {
            files.iter().for_each(|file| {
                texts.add(file.source());
            });
            loaded
        }
        None => load::load_law(texts, files),
    }
}

/// Whether these are the texts of these packs inside the program: not texts like them, but they themselves.
fn are(files: &[RuleText], packs: &[&str]) -> bool {
    let rows = packs.iter().flat_map(|pack| BUILT_IN.iter().filter(move |(known, _, _)| known == pack));
    let same = |file: &RuleText, (pack, name, text): &(&str, &str, &str)| {
        let itself = matches!(&file.text, Words::Fixed(held) if std::ptr::eq(*held, *text));
        itself && file.pack == *pack && file.name.strip_prefix(SCHEME) == Some(name)
    };
    rows.clone().count() == files.len() && rows.zip(files).all(|(row, file)| same(file, row))
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, FORMS, are, form, load, load_law, texts_of};
    use crate::text::Texts;

    fn files(packs: &[&str]) -> Vec<super::RuleText> {
        packs.iter().flat_map(|pack| texts_of(pack)).collect()
    }

    #[test]
    fn a_form_says_what_its_text_says() {
        assert!(FORMS.len() >= 2, "the packs were built without a form: something is wrong with their text");
        for (packs, bytes) in FORMS {
            let files = files(packs);
            assert!(are(&files, packs), "{packs:?}");
            let (mut read, mut built) = (Texts::default(), Texts::default());
            let text = load::load_law(&mut read, &files);
            assert_eq!(form::write(&text).as_deref(), Some(*bytes), "{packs:?}");
            let form = load_law(&mut built, &files);
            assert_eq!(format!("{text:?}"), format!("{form:?}"), "{packs:?}");
            assert_eq!(format!("{read:?}"), format!("{built:?}"), "{packs:?}");
        }
    }

    #[test]
    fn a_form_stands_for_no_other_text() {
        let (packs, _) = FORMS.last().unwrap();
        let asked = files(packs);
        let mut changed = asked.clone();
        let copy = changed[0].text.to_string();
        changed[0].text = copy.into();
        assert!(are(&asked, packs) && !are(&changed, packs) && !are(&asked[1..], packs));
        assert!(!BUILT_IN.is_empty());
    }

    #[test]
    fn a_damaged_form_is_no_form() {
        for (_, bytes) in FORMS {
            assert!(form::read(&bytes[..bytes.len() / 2]).is_none());
        }
    }
}
