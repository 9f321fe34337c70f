//! The marks to reach, each with what was measured.

/// A list of marks.
#[derive(Default)]
pub struct Marks(Vec<(String, String, String, Option<bool>)>);

impl Marks {
    pub fn at_most(&mut self, what: &str, measured: f64, mark: f64) {
        self.0.push((what.to_owned(), number(measured), format!("at most {}", number(mark)), Some(measured <= mark)));
    }

    pub fn at_least(&mut self, what: &str, measured: f64, mark: f64) {
        self.0.push((what.to_owned(), number(measured), format!("at least {}", number(mark)), Some(measured >= mark)));
    }

    pub fn holds(&mut self, what: &str, holds: bool) {
        self.0.push((what.to_owned(), if holds { "yes" } else { "no" }.to_owned(), "yes".to_owned(), Some(holds)));
    }

    pub fn missed(&mut self, what: &str, measured: &str, mark: &str) {
        self.0.push((what.to_owned(), measured.to_owned(), format!("at most {mark}"), Some(false)));
    }

    pub fn not_measured(&mut self, what: &str, why: &str) {
        self.0.push((what.to_owned(), why.to_owned(), String::new(), None));
    }

    pub fn print(&self) {
        println!("\n## Marks\n\n| what | measured | mark | |\n|---|---|---|---|");
        for (what, measured, mark, reached) in &self.0 {
            let word = match reached {
                Some(true) => "reached",
                Some(false) => "**missed**",
                None => "not measured",
            };
            println!("| {what} | {measured} | {mark} | {word} |");
        }
    }
}

fn number(value: f64) -> String {
    if value.abs() >= 100.0 {
        format!("{value:.0}")
    } else if value.abs() >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}
