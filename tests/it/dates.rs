//! Law that moves: verdicts and reasons of real States the day before a change and on the day of it. What changed is said in each row.

use crate::support::{ephor, transcript};

/// A day, the verdict on it, and words of the proof: those that stand in it and those that do not.
type Day = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

/// State, rule, force (nothing for the State as a whole), the day before, the day of the change.
const CHANGES: &[(&str, &str, &str, Day, Day)] = &[
    // Military Act, art. 66b: troops for peace support go on a mandate of the United Nations or the OSCE; in force on 1 September 2001.
    (
        "switzerland",
        "coc-14.4",
        "army",
        ("2001-08-31", "NOT MET", &["does not hold: (a) a decision to send Swiss Armed Forces abroad must state"], &["+ (a)"]),
        ("2001-09-01", "PARTLY", &["does not hold in full: (b)", "+ procedure peace-support"], &["does not hold: (a)"]),
    ),
    // Constitution, art. 35: Parliament is told within three days, and consents after four months; in force on 25 July 2008.
    (
        "france",
        "coc-35.3",
        "armed-forces",
        ("2008-07-24", "CANNOT TELL", &["(b) the legislature is asked or told"], &["“urgent cases”)"]),
        (
            "2008-07-25",
            "PARTLY",
            &["does not hold in full: (e)", "(under the exception “urgent cases”)"],
            &[
                "not known: (a) a decision to use Armées (army, navy, air and space force, joint bodies) abroad must state its legal basis; (b)",
            ],
        ),
    ),
    // Act on the Intelligence Services: control of the civil foreign service by a body of the Chamber; in force on 1 January 2018.
    (
        "czechia",
        "coc-20.4",
        "uzsi",
        ("2017-12-31", "NOT MET", &["does not hold: (a) somebody outside the chain of command"], &["holds:"]),
        ("2018-01-01", "MET", &["holds: (a) somebody outside the chain of command"], &["not known"]),
    ),
    // Constitution of 2003: who is at the top of the chain answers to the elected; in force on 15 September 2003.
    (
        "liechtenstein",
        "coc-21.3",
        "national-police",
        ("2003-09-14", "CANNOT TELL", &["not known: (c) if a head of State above National Police"], &[]),
        ("2003-09-15", "MET", &["holds: (a)"], &["not known"]),
    ),
    // Constitution, art. 10: no emergency decree may set the Constitution or this article aside, and none lasts beyond six months; in force on
    // 15 September 2003. Only then is it known that the Government's command holds through an emergency.
    (
        "liechtenstein",
        "coc-21.4",
        "national-police",
        ("2003-09-14", "CANNOT TELL", &["not known: (a) an authority that is elected or answers to the elected directs"], &["+ (a)"]),
        (
            "2003-09-15",
            "CANNOT TELL",
            &["not known: (b) the legislature oversees", "+ (a) an authority that is elected"],
            &["not known: (a)"],
        ),
    ),
    // The Constitution of 1995 was replaced on 1 July 2026: its one chamber can debate, ask and inquire.
    (
        "kazakhstan",
        "coc-20.3",
        "army",
        ("2026-06-30", "CANNOT TELL", &["not known: (a) a house or a committee"], &["Constitutional law on the Kurultai"]),
        ("2026-07-01", "MET", &["Constitutional law on the Kurultai"], &["not known"]),
    ),
    // The same ban on armed groups stands in either Constitution; the ground changes.
    (
        "kazakhstan",
        "coc-25.1",
        "",
        ("2026-06-30", "MET", &["Constitution of the Republic of Kazakhstan of 1995, art. 5"], &["Kazakhstan of 2026"]),
        ("2026-07-01", "MET", &["Constitution of the Republic of Kazakhstan of 2026, art. 6"], &["Kazakhstan of 1995"]),
    ),
    // The Ombudsman for service complaints gave way to the Armed Forces Commissioner on 1 April 2026; of the Act of 2006 no wording of the day was read.
    (
        "united-kingdom",
        "coc-33.1",
        "armed-forces",
        (
            "2026-03-31",
            "CANNOT TELL",
            &["not known: (a) some members", "remedy r-complaint-ombudsman"],
            &["Armed Forces Commissioner Act 2025"],
        ),
        ("2026-04-01", "CANNOT TELL", &["not known: (b) every member", "Armed Forces Commissioner Act 2025"], &["r-complaint-ombudsman"]),
    ),
    // Service in prisons by call-up was abolished; its last day was 31 December 2024.
    (
        "georgia",
        "coc-27.4",
        "prison-service",
        ("2024-12-31", "CANNOT TELL", &["exception “nobody is called up” applies"], &["not applicable:"]),
        (
            "2025-01-01",
            "NOT APPLICABLE",
            &["not applicable: nobody is called up", "prison-43-1 is not in force on the day assessed"],
            &["not known"],
        ),
    ),
    // The Special Investigation Service was abolished; its last day was 30 June 2025.
    (
        "georgia",
        "coc-21.9",
        "police",
        ("2025-06-30", "CANNOT TELL", &["not known: (a) somebody oversees Police"], &[]),
        ("2025-07-01", "CANNOT TELL", &["not known: (b) Police has no hold"], &["Special Investigation Service"]),
    ),
    // The rules on internal help by the Armed Forces ask for care for civilians; in force on 1 July 2026.
    (
        "sweden",
        "coc-36.5",
        "armed-forces",
        ("2026-06-30", "CANNOT TELL", &["not known: (b)"], &["holds:"]),
        ("2026-07-01", "MET", &["holds: (a)", "(b)"], &["not known"]),
    ),
];

#[test]
fn verdicts_move_with_the_law() {
    let mut wrong = String::new();
    for (state, rule, force, before, after) in CHANGES {
        for (day, verdict, with, without) in [before, after] {
            let path = format!("fixtures/states/{state}/description.yaml");
            let mut arguments = vec!["why", rule, &path, "--as-of", day];
            if !force.is_empty() {
                arguments.extend(["--force", force]);
            }
            let output = ephor(&arguments);
            let text = transcript(&output).split_whitespace().collect::<Vec<_>>().join(" ");
            let head = format!("]: {verdict} ");
            let right = text.contains(&head) && text.contains(&format!("as of {day}"));
            let words = with.iter().all(|word| text.contains(word)) && !without.iter().any(|word| text.contains(word));
            if !right || !words {
                wrong.push_str(&format!(
                    "{state} {rule} {force} on {day}: expected {verdict} with {with:?} without {without:?}\n{text}\n\n"
                ));
            }
        }
        assert_ne!(before, after, "{state}: nothing moves");
    }
    assert!(wrong.is_empty(), "{wrong}");
}
