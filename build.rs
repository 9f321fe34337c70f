//! Puts the packs of `rules/` into the program, so that a new file is part of it without being named anywhere: as text, and as the form of
//! their model, which a start decodes instead of reading the text (`src/pack/form.rs`).
//!
//! The front half of the program, from text to model, is compiled into this build script as well. So the form is made by the very code that
//! the program would read the text with, and from the very bytes that are written beside it. A pack in which something is wrong gets no form:
//! the program then reads its text, and says what is wrong.

#[path = "src/diagnostic/mod.rs"]
pub mod diagnostic;
#[path = "src/model/mod.rs"]
pub mod model;
#[path = "src/pack"]
pub mod pack {
    //! Reading and writing, without what is written here.

    pub mod form;
    pub mod load;
}
#[path = "src/syntax/mod.rs"]
pub mod syntax;
#[path = "src/text.rs"]
pub mod text;
#[path = "src/values/mod.rs"]
pub mod values;
#[path = "src/vocabulary.rs"]
pub mod vocabulary;

use std::path::{Path, PathBuf};
use std::{env, fs};

use pack::form;
use pack::load::{RuleText, SCHEME, load_law};
use text::{Texts, Words};

mod parallel {
    //! One after the other: what is built once needs no threads.

    pub(crate) fn map<T: Sync, U: Send>(items: &[T], each: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
        items.iter().map(each).collect()
    }
}

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo did not say where the manifest is")?).join("rules");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo did not say where to write")?);
    let files = files(&root)?;
    let rows: Vec<String> =
        files.iter().map(|file| format!("    ({:?}, {:?}, {:?}),\n", file.pack, short(&file.name), &*file.text)).collect();
    let mut table = format!("static BUILT_IN: &[(&str, &str, &str)] = &[\n{}];\n", rows.concat());
    table.push_str("static FORMS: &[(&[&str], &[u8])] = &[\n");
    for (at, packs) in together(&files).iter().enumerate() {
        let asked: Vec<RuleText> = packs.iter().flat_map(|pack| files.iter().filter(move |file| file.pack == *pack)).cloned().collect();
        if let Some(bytes) = form::write(&load_law(&mut Texts::default(), &asked)) {
            let path = out.join(format!("packs-{at}.form"));
            fs::write(&path, bytes)?;
            table.push_str(&format!("    (&{packs:?}, include_bytes!({:?})),\n", path.display().to_string()));
        }
    }
    table.push_str("];\n");
    fs::write(out.join("packs.rs"), table)?;
    Ok(())
}

/// The packs that are asked for together: none but what every pack shares, each alone, and all.
fn together(files: &[RuleText]) -> Vec<Vec<&str>> {
    let mut names: Vec<&str> = files.iter().map(|file| file.pack.as_str()).filter(|pack| !pack.is_empty()).collect();
    names.dedup();
    let mut all: Vec<Vec<&str>> = std::iter::once(vec![""]).chain(names.iter().map(|name| vec!["", name])).collect();
    if names.len() > 1 {
        all.push(std::iter::once("").chain(names).collect());
    }
    all
}

fn short(name: &str) -> &str {
    name.strip_prefix(SCHEME).unwrap_or(name)
}

/// The files that every pack shares, then those of each pack's folder.
fn files(root: &Path) -> Result<Vec<RuleText>> {
    let mut folders = vec![(String::new(), root.to_path_buf())];
    folders.extend(entries(root)?.into_iter().filter(|path| path.is_dir()).map(|path| (name(&path), path)));
    let mut all = Vec::new();
    for (pack, folder) in folders {
        for path in entries(&folder)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "ephor")) {
            let shown = if pack.is_empty() { name(&path) } else { format!("{pack}/{}", name(&path)) };
            all.push(RuleText { pack: pack.clone(), name: format!("{SCHEME}{shown}"), text: Words::from(fs::read_to_string(&path)?) });
        }
    }
    Ok(all)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut all = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<std::result::Result<Vec<_>, _>>()?;
    all.sort();
    Ok(all)
}
