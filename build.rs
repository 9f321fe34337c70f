//! Lists the rule files of `rules/`, so that a new file is part of the program without being named anywhere.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=rules");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo did not say where the manifest is")?).join("rules");
    let mut rows = Vec::new();
    for (pack, folder) in folders(&root)? {
        for file in entries(&folder)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "ephor")) {
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let shown = if pack.is_empty() { name } else { format!("{pack}/{name}") };
            rows.push(format!("({pack:?}, {shown:?}, include_str!({:?})),", file.display().to_string()));
        }
    }
    let table = format!("&[\n{}\n]\n", rows.join("\n"));
    fs::write(PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo did not say where to write")?).join("packs.rs"), table)?;
    Ok(())
}

/// The files that every pack shares, then each pack's folder.
fn folders(root: &Path) -> Result<Vec<(String, PathBuf)>, Box<dyn std::error::Error>> {
    let mut all = vec![(String::new(), root.to_path_buf())];
    for path in entries(root)?.into_iter().filter(|path| path.is_dir()) {
        all.push((path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(), path));
    }
    Ok(all)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn std::error::Error>> {
    let mut all = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    all.sort();
    Ok(all)
}
