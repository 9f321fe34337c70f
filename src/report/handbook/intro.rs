//! The first pages of the handbook: what it is, and how a rule is read.

use super::{Handbook, mark};
use crate::model::ir::Footing;

/// Severities in words.
const SEVERITIES: &[(&str, &str)] = &[
    ("critical", "without it, a {subject} or its use escapes the authorities of the constitution, or life and basic rights are exposed"),
    ("major", "control exists, but one arm of it is missing"),
    ("minor", "form, detail or openness is wanting"),
    ("advisory", "good to have; it never fails anybody"),
];

/// Verdicts in words.
const VERDICTS: &[(&str, &str)] = &[
    (
        "met",
        "The limbs together hold, on evidence that reaches the rule’s floor. The law reflects the commitment; whether practice does is another question.",
    ),
    (
        "partly",
        "They certainly do not hold in full, but what the rule calls partly met does; or they hold only on evidence below the floor.",
    ),
    (
        "not met",
        "They certainly do not hold: somebody searched and found nothing, or a fact speaks against. The law does not reflect the commitment; nothing is said about guilt or illegality.",
    ),
    (
        "cannot tell",
        "A fact that could still change the result is unknown or disputed, or stands on a list that is not closed. Silence is never compliance, and never a failure.",
    ),
    ("not applicable", "Established facts make that the question does not arise. It never follows from silence."),
];

/// Title, purpose and the explanation of every part of a rule.
pub(super) fn write(handbook: &Handbook<'_>) -> String {
    let (subject, subjects) = handbook.subject();
    let instruments = &handbook.model.instruments;
    let titles: Vec<&str> = instruments.iter().map(|one| one.title.as_str()).collect();
    let short = instruments.first().map_or("instrument", |one| one.name.as_str());
    let mut out = format!("# Handbook on the {}\n\n", titles.join(" and the "));
    let adopted: Vec<String> = instruments.iter().map(|one| format!("{} ({}, adopted {})", one.title, one.name, one.of)).collect();
    let beyond = handbook.rules.iter().filter(|rule| rule.footing.iter().all(|part| part.footing == Footing::Companion)).count();
    out.push_str(&format!(
        "This handbook says what the {} asks of a State’s law on its {subjects}, paragraph by paragraph, and how `ephor` decides whether the law gives it. It holds {} rules on the {short} itself and {beyond} that only companion standards ask. It is printed from the rules by `ephor list rules --format markdown` and is not written by hand.\n\nParagraphs are told in our own words. The handbook quotes no official text, judges no State and is no legal advice.\n\n",
        adopted.join(" and the "),
        handbook.rules.len() - beyond
    ));
    out.push_str(&format!("{}## How to read this handbook\n\n", mark("how-to-read")));
    out.push_str(&format!(
        "**Paragraphs.** For each paragraph of the {short} stand its sense, whom it addresses, how strongly it speaks (its modality), and whether a State’s law can be assessed against it; where it cannot, the reason is given.\n\n**Rules.** A rule asks something of the State, either once or for every {subject} of a certain sort. What it asks stands in *limbs* with letters: (a), (b) and so on. First come the limbs in plain words. Then the same rule stands once more in one exact sentence, made from its conditions; there a capital letter stands for the same thing throughout, as in a deed, and a limb may have sub-limbs (i), (ii). Where the plain words and the exact sentence could be read differently, the exact sentence is what is checked. In it, *the chain from F by …* goes step by step along the facts that are named: from F to the body that it is under, from that body to the next, and so on. What begins with *where* or *during* is asked only where that is so, and a limb that begins so drops out elsewhere. *At all times* means in ordinary law and in each recorded situation. Where a rule is asked *in each capacity*, a {subject} that serves in several is judged in each.\n\n"
    ));
    out.push_str(&format!(
        "**How strongly a rule binds.** *Must ensure* and *must not allow* can be failed. *Must have considered* and *must seek to ensure* are duties of effort: a bare lack of result is *cannot tell*, and only a failed process is *not met*. *May provide* is a permission and can never be failed.\n\n**Verdicts.** A rule gives one of five verdicts for each {subject}, or for the State, on the law of one day:\n\n| verdict | what it says |\n| --- | --- |\n"
    ));
    for (verdict, meaning) in VERDICTS {
        out.push_str(&format!("| {verdict} | {meaning} |\n"));
    }
    out.push_str(&format!(
        "\nUnder each rule stands what this takes for that rule. For the State as a whole the worst verdict counts: *not met*, then *cannot tell*, *partly*, *met*, *not applicable*; as long as the list of {subjects} is not closed, the whole is no better than *cannot tell*. No average is ever taken.\n\n**Closed lists.** “There is no …”, and what is said of “every …”, hold only where the list of such entries is *closed* for what is asked: somebody says that the list is complete; or a search found no such entry, or none besides those on record. A search that found none also settles what a listed entry leaves unsaid; one that found none besides does not. Each names what was searched, and holds from the day described on, or for the time that is stated with it. Until then the answer is unknown. *To close the rule*, in a caution, means just that: to search, and to say so.\n\n**Law in force.** What rests on provisions counts on a day only if one of them is certainly in force on that day, and not suspended in the situation that is judged. Each rule is judged in ordinary law, and once more in each recorded situation, such as an emergency.\n\n**Footing** says on what a rule stands, and may differ between sorts of {subject}. *Text*: the words of the paragraph ask it. *Derived*: it follows from the paragraph, and makes its words testable. *Companion*: only another standard asks it, and a gap is never a gap against the {short}.\n\n**Severity** says how grave a gap is:\n\n"
    ));
    for (severity, meaning) in SEVERITIES {
        out.push_str(&format!("- *{severity}*: {}\n", meaning.replace("{subject}", &subject)));
    }
    out.push_str(&format!(
        "\n**Evidence floor.** Many rules say what the law must rest on: a statute, say, and not an internal instruction. What supports a *met* has to reach that floor; what holds only below it gives *partly*. What speaks against needs no floor: a secret order that takes a power away takes it away.\n\n**Exceptions** have names, by which reports call them. An exception makes a rule *not applicable*, or excuses limbs and asks something else in their place. If it is not known whether an exception applies, the verdict is *cannot tell*, unless it would be the same with it and without.\n\n**What lowers the verdict.** Some rules name what spoils a *met* or a *partly*: a law that says the contrary, a guarantee that holds in ordinary times only, or what was observed in practice (“as observed in fact”). It lowers the verdict by a single step, and only where it is established; that nobody reported anything changes nothing. What was observed never raises a verdict, and counts nowhere else.\n\n**Facts needed.** A rule is decided on facts that an assessor records, each with the provision on which it rests. Under each rule stand the facts that its conditions ask, by their [kind](#facts), each with the question that it answers. Not all of them are needed in every State: one fact often settles the matter. A fact that nobody has read is unknown, and what was searched for in vain is recorded with the search.\n\n**Parameters.** Where a standard leaves a number open, the rules name a [parameter](#parameters), and its value stands beside its name.\n\n**Notes for reviewers** say where a rule departs from the catalogue of requirements from which the rules were drawn, and why. “The ten hard ones” are ten sentences of lawyers against which the rules were tried; they stand in the reference of the rule language. Nobody needs the notes to use a rule.\n\n**Examples** are short invented stories. Each is run as a test, and gives the verdict that is printed here. Behind it stand the limbs on which the story turns, and not all that hold or fail: under *partly* those that are wanting or not known. Where several verdicts are given, a name in quotation marks is that of a {subject} in the story. “The reason names” quotes words that the printed reason must contain.\n\n"
    ));
    out
}
