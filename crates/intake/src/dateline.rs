//! The dateline: the place, and the agency, that a news story opens with ("BEIRUT (AP) — ...").

use holdfire_types::Report;

/// Agencies: the name they are recorded under, and the forms that datelines and bylines use.
const AGENCIES: [(&str, &[&str]); 26] = [
    ("AP", &["AP", "Associated Press", "The Associated Press"]),
    ("Reuters", &["Reuters", "Thomson Reuters"]),
    ("AFP", &["AFP", "Agence France-Presse", "Agence France Presse"]),
    ("dpa", &["dpa", "Deutsche Presse-Agentur"]),
    ("UPI", &["UPI", "United Press International"]),
    ("EFE", &["EFE", "Agencia EFE"]),
    ("ANSA", &["ANSA"]),
    ("Xinhua", &["Xinhua", "Xinhua News Agency"]),
    ("TASS", &["TASS", "Itar-Tass"]),
    ("Interfax", &["Interfax"]),
    ("RIA Novosti", &["RIA Novosti", "RIA", "Sputnik"]),
    ("Anadolu", &["Anadolu", "Anadolu Agency", "AA"]),
    ("DHA", &["DHA", "Dogan News Agency"]),
    ("SANA", &["SANA", "Syrian Arab News Agency"]),
    ("IRNA", &["IRNA"]),
    ("Fars", &["Fars", "FNA", "Fars News Agency"]),
    ("Tasnim", &["Tasnim"]),
    ("NNA", &["NNA", "National News Agency"]),
    ("WAFA", &["WAFA"]),
    ("Petra", &["Petra"]),
    ("KUNA", &["KUNA"]),
    ("SPA", &["SPA", "Saudi Press Agency"]),
    ("PTI", &["PTI", "Press Trust of India"]),
    ("Kyodo", &["Kyodo", "Kyodo News"]),
    ("Ukrinform", &["Ukrinform"]),
    ("AAP", &["AAP", "Australian Associated Press"]),
];

/// Paragraphs at the head of a text among which the dateline is looked for: headline, byline and date may come first.
const HEAD: usize = 6;

/// Longest dateline, in bytes.
const LONGEST: usize = 90;

/// A dateline as read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Dateline {
    place: Option<String>,
    agency: Option<&'static str>,
}

/// Fills place and agency of a report from the head of its text; agency also from its byline or publisher.
pub fn onto(report: &mut Report) {
    let lines = report.text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let found = lines.filter(|line| !line.is_empty()).take(HEAD).find_map(read);
    let (place, by_dateline) = found.map_or((None, None), |line| (line.place, line.agency));
    report.dateline = report.dateline.take().or(place);
    let by_name =
        || [&report.byline, &report.publisher].into_iter().flatten().find_map(|name| agency_in(name));
    report.agency = report.agency.take().or_else(|| by_dateline.or_else(by_name).map(str::to_owned));
}

/// The dateline that a paragraph opens with.
fn read(paragraph: &str) -> Option<Dateline> {
    let end = DASHES.iter().filter_map(|dash| paragraph.find(dash)).filter(|at| *at <= LONGEST).min()?;
    let head = paragraph[..end].trim();
    let (head, agency) = bracketed(head);
    // "BEIRUT, Feb 16", "AMMAN, Jordan", "ASTANA, 16 February"
    let place = head.trim().trim_end_matches(',').trim();
    let first = place.split(',').next().unwrap_or("").trim();
    let capitals = first.chars().filter(|c| c.is_uppercase()).count();
    let shouted = capitals >= 3 && !first.chars().any(char::is_lowercase);
    let named = agency.is_some() && is_name(first);
    if !(shouted || named || (agency.is_some() && place.is_empty())) || place.split_whitespace().count() > 8 {
        return None;
    }
    Some(Dateline { place: (!first.is_empty()).then(|| first.to_owned()), agency })
}

/// What parts a dateline from the story.
const DASHES: [&str; 5] = [" - ", " – ", " — ", " -- ", "— "];

/// The text without its last brackets, and the agency named in them.
fn bracketed(head: &str) -> (&str, Option<&'static str>) {
    let inner = head.rfind('(').and_then(|open| Some((open, head[open + 1..].strip_suffix(')')?)));
    match inner.and_then(|(open, inner)| Some((open, agency_in(inner)?))) {
        Some((open, agency)) => (&head[..open], Some(agency)),
        None => (head, None),
    }
}

/// True for a few words that each begin with a capital.
fn is_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    (1..=4).contains(&words.clone().count()) && words.all(|word| word.starts_with(char::is_uppercase))
}

/// The agency that a name is, alone or among others ("Sarah Haddad | AP", "AP/AFP": the first).
fn agency_in(name: &str) -> Option<&'static str> {
    name.split(['|', '/', ',', ';', '(', ')']).find_map(|part| {
        let part = part.trim().trim_start_matches("By ").trim_start_matches("by ");
        AGENCIES.iter().find(|(_, forms)| forms.contains(&part)).map(|(agency, _)| *agency)
    })
}

#[cfg(test)]
mod tests {
    use super::{onto, read};
    use holdfire_types::Report;

    fn told(paragraph: &str) -> Option<(Option<String>, Option<&'static str>)> {
        read(paragraph).map(|line| (line.place, line.agency))
    }

    #[test]
    fn place_and_agency_are_read() {
        let place = |name: &str| Some(name.to_owned());
        assert_eq!(told("BEIRUT (AP) - Shells fell."), Some((place("BEIRUT"), Some("AP"))));
        assert_eq!(told("AMMAN, Jordan (AP) — Talks began."), Some((place("AMMAN"), Some("AP"))));
        assert_eq!(told("ASTANA, Feb 16 (Reuters) - Envoys met."), Some((place("ASTANA"), Some("Reuters"))));
        assert_eq!(told("ASTANA, 16 February 2017 – Envoys met."), Some((place("ASTANA"), None)));
        assert_eq!(told("Beirut (AFP) – A convoy turned back."), Some((place("Beirut"), Some("AFP"))));
        assert_eq!(told("(AP) — A convoy turned back."), Some((None, Some("AP"))));
    }

    #[test]
    fn a_dash_in_a_sentence_is_no_dateline() {
        for text in [
            "The town - held since August - fell.",
            "Mr. Haddad — who spoke by phone — denied it.",
            "UN envoy - a Swede - left.",
            "no dash at all",
            "",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn the_dateline_may_follow_headline_and_byline() {
        let mut report =
            Report::new("a", "Convoy turns back\n\nBy Lina Haddad\n\nBEIRUT (AFP) - Trucks left.");
        onto(&mut report);
        assert_eq!((report.dateline.as_deref(), report.agency.as_deref()), (Some("BEIRUT"), Some("AFP")));
    }

    #[test]
    fn a_byline_can_name_the_agency() {
        let mut report = Report::new("a", "Trucks left the depot.");
        report.byline = Some("Lina Haddad | AP".into());
        onto(&mut report);
        assert_eq!((report.dateline, report.agency.as_deref()), (None, Some("AP")));
    }
}
