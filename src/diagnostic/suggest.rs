//! The nearest name, for every "unknown …".

/// The candidate that is nearest to `word`, if one is near enough to be what was meant. Ties go to the earlier one.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase().replace('_', "-");
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = strsim::normalized_damerau_levenshtein(&lower, &candidate.to_lowercase());
        let contained = candidate.len() > 3 && lower.len() > 3 && (lower.contains(candidate) || candidate.contains(lower.as_str()));
        let score = if contained { likeness.max(0.7) } else { likeness };
        if score >= 0.6 && best.is_none_or(|(previous, _)| score > previous) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Whether one word becomes the other by one letter more, less, changed or swapped with its neighbour.
pub fn one_slip(word: &str, other: &str) -> bool {
    strsim::damerau_levenshtein(word, other) == 1
}

/// "`a`, `b` or `c`", at most eight of them.
pub fn list<'a>(candidates: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<&str> = candidates.into_iter().collect();
    let shown: Vec<String> = all.iter().take(8).map(|name| format!("`{name}`")).collect();
    match (shown.as_slice(), all.len() > shown.len()) {
        ([], _) => "nothing".to_owned(),
        ([one], false) => one.clone(),
        (many, true) => format!("{} and {} more", many.join(", "), all.len() - many.len()),
        ([first @ .., last], false) => format!("{} or {last}", first.join(", ")),
    }
}

/// "did you mean `x` (“what it means”)?", or else the names that there are.
pub fn did_you_mean_this<'a>(word: &str, candidates: impl IntoIterator<Item = (&'a str, &'a str)> + Clone) -> String {
    let names = || candidates.clone().into_iter().map(|(name, _)| name);
    let Some(near) = nearest(word, names()) else { return format!("known here: {}", list(names())) };
    match candidates.clone().into_iter().find(|(name, meaning)| *name == near && !meaning.is_empty()) {
        Some((_, meaning)) => format!("did you mean `{near}` (“{meaning}”)?"),
        None => format!("did you mean `{near}`?"),
    }
}

/// "did you mean `x`?", or else the names that there are.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(word, candidates.clone()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known here: {}", list(candidates)),
    }
}
