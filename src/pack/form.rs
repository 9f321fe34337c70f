//! The model of rule text as bytes: what the program is built with for its own packs, so that no start reads them again. It is a copy of the
//! model and nothing more: the same build makes both sides of it, it never leaves the program, and texts stay where they are. The only module
//! that names postcard.

use crate::model::Model;

use super::load::{Loaded, PackInfo};

/// The bytes of what was loaded without a problem; `None` where there was one, which only reading can tell.
pub fn write(loaded: &Loaded) -> Option<Vec<u8>> {
    let clean = loaded.problems.is_empty() && loaded.stories.is_empty();
    clean.then(|| postcard::to_allocvec(&(&loaded.model, &loaded.packs)).ok()).flatten()
}

/// What was loaded, of its bytes.
pub fn read(bytes: &[u8]) -> Option<Loaded> {
    let (model, packs): (Model, Vec<PackInfo>) = postcard::from_bytes(bytes).ok()?;
    Some(Loaded { model, packs, ..Loaded::default() })
}
