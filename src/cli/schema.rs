//! `ephor schema`: JSON Schemas of what is read and written.

use super::args::{Schema, SchemaOf};
use super::screen::Screen;
use super::{Exit, packs};
use crate::schema;
use crate::text::Texts;

pub(super) fn run(options: &Schema, screen: &mut Screen) -> Exit {
    let mut texts = Texts::default();
    let loaded = packs::load(&[], &mut texts);
    let text = match options.of {
        SchemaOf::Description => schema::description(&loaded.model.vocabulary),
        SchemaOf::Result => schema::RESULT.to_owned(),
        SchemaOf::Line => schema::LINE.to_owned(),
    };
    screen.out(&text);
    Exit::Good
}
