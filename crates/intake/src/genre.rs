//! News, opinion or a body's own statement, by what address and title say.

use holdfire_types::{Genre, Report};

/// Folders of an address in which papers keep signed views.
const OPINION_FOLDERS: [&str; 10] = [
    "opinion", "opinions", "op-ed", "oped", "editorial", "editorials", "commentary", "commentisfree",
    "columns", "blogs",
];

/// First words of the titles of signed views.
const OPINION_TITLES: [&str; 5] = ["opinion:", "opinion |", "editorial:", "op-ed:", "commentary:"];

/// First words of the titles under which bodies publish what they say.
const STATEMENT_TITLES: [&str; 12] = [
    "statement by", "statement of", "statement on", "joint statement", "press release", "press statement",
    "readout of", "remarks by", "remarks at", "speech by", "communiqu", "transcript of",
];

/// The genre of a report, which is news unless something says otherwise.
pub fn of(report: &Report) -> Genre {
    if report.genre != Genre::News {
        return report.genre;
    }
    let url = report.url.as_deref().unwrap_or("").to_lowercase();
    let head = report.text.trim_start_matches('\u{feff}').trim_start();
    let title = report.title.as_deref().unwrap_or_else(|| head.lines().next().unwrap_or("")).to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| title.trim_start().starts_with(word));
    if url.split('/').skip(3).any(|part| OPINION_FOLDERS.contains(&part)) || begins(&OPINION_TITLES) {
        Genre::Opinion
    } else if begins(&STATEMENT_TITLES) {
        Genre::Statement
    } else {
        Genre::News
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use holdfire_types::{Genre, Report};

    #[test]
    fn address_and_title_tell_the_genre() {
        let with = |url: Option<&str>, text: &str| {
            let mut report = Report::new("a", text);
            report.url = url.map(Into::into);
            of(&report)
        };
        assert_eq!(with(None, "Shells fell on Homs."), Genre::News);
        assert_eq!(with(Some("https://paper.example/opinion/a-truce"), "It will not last."), Genre::Opinion);
        assert_eq!(with(Some("https://opinion.example/world/x"), "Shells fell."), Genre::News);
        assert_eq!(with(None, "Joint statement by the guarantors\n\nThe sides met."), Genre::Statement);
        assert_eq!(with(None, "Editorial: hold your fire\n\nEnough."), Genre::Opinion);
    }
}
