//! The main incident of an article against a table of Syrian-war articles: civilians killed, governorate, cause, actor.
//!
//! The main incident is the one told first, in title or lead, with people killed, or failing that the first attack.
//! Classes are the table's own; `unknown` is one of them. Articles that are marked claim by claim are left out.

use holdfire_types::{Claim, Figure, FigureKind, Filler, FoundIn, Kind, Means, Published, Report};
use jiff::civil::Date;

use crate::Fault;
use crate::data::Data;
use crate::reader;
use crate::row::{Row, share};

const SET: &str = "articles/fa-kes";
/// The table of articles.
pub const FILE: &str = "data/articles/fa-kes-dev.csv";
const MARKED: &str = "claims/dev/text";

/// How far title and lead reach, in bytes.
const LEAD: u32 = 900;

/// Governorates as the table writes them, with the spellings that the gazetteer and papers use.
const GOVERNORATES: [(&str, &[&str]); 12] = [
    ("aleppo", &["aleppo", "halab", "manbij", "al-bab", "azaz", "kobani", "jarabulus"]),
    (
        "damascus",
        &["damascus", "ghouta", "douma", "rif-dimashq", "rif dimashq", "daraya", "zabadani", "dimashq"],
    ),
    ("idlib", &["idlib", "idleb", "saraqeb", "ariha"]),
    ("hasakeh", &["hasak", "qamishli"]),
    ("homs", &["homs", "palmyra", "rastan", "hims"]),
    ("deir ezzor", &["deir", "dayr", "bukamal"]),
    ("raqqa", &["raq", "tabqa", "tabaqa"]),
    ("hama", &["hama"]),
    ("daraa", &["daraa", "dara", "dar'a", "deraa"]),
    ("lattakia", &["lattakia", "latakia", "ladhiqiyah"]),
    ("quneitra", &["quneitra", "golan"]),
    ("tartus", &["tartus", "tartous"]),
];

/// The table's actors, with words of the names that belong to each; the first that fits counts.
const ACTORS: [(&str, &[&str]); 6] = [
    (
        "the organization of the islamic state in iraq and the levant - isis",
        &["isis", "isil", "daesh", "islamic state", "takfiri"],
    ),
    ("al-nusra front", &["nusra", "qaeda", "qaida", "fateh al-sham"]),
    (
        "international coalition forces",
        &["coalition", "u.s.", "us ", "american", "united states", "us-led", "turk"],
    ),
    ("self administration forces", &["kurd", "ypg", "sdf", "democratic forces", "peshmerga"]),
    (
        "armed opposition groups",
        &[
            "rebel", "opposition", "terrorist", "free syrian", "insurgent", "jaish", "jeish", "ahrar",
            "militant", "faylaq",
        ],
    ),
    (
        "syrian government or russian troops",
        &["regime", "government", "assad", "army", "russia", "syrian", "hezbollah", "warplane", "helicopter"],
    ),
];

/// What the table says of an article.
#[derive(Debug)]
pub struct Marked {
    /// The article, title before text.
    pub report: Report,
    place: String,
    actor: String,
    cause: String,
    civilians: u64,
}

/// Shares of articles whose main incident is read as the table has it.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let Some(file) = data.get(FILE) else { return Ok(Vec::new()) };
    let bytes = std::fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let left_out: Vec<String> = data.documents(MARKED, "txt")?.into_iter().map(|(_, text)| text).collect();
    let [mut killed, mut told, mut place, mut cause, mut actor, mut all] = [0_usize; 6];
    for marked in table(&bytes)? {
        let body = marked.report.text.split_once("\n\n").map_or("", |(_, body)| body).trim();
        if left_out.iter().any(|text| text.contains(body)) {
            continue;
        }
        let (_, claims) = reader::read(&marked.report)?;
        let incident = main_incident(&claims);
        all += 1;
        if marked.civilians > 0 {
            told += 1;
            killed += usize::from(civilians(&incident) == Some(marked.civilians));
        }
        place += usize::from(governorate(&incident, &claims) == marked.place);
        cause += usize::from(cause_of(&incident) == marked.cause);
        actor += usize::from(actor_of(&incident) == marked.actor);
    }
    let row = |measure, right, n| Row::new(SET, measure, share(right, n), n, "accuracy");
    Ok(vec![
        row("civilians killed", killed, told),
        row("place", place, all),
        row("cause", cause, all),
        row("actor", actor, all),
    ])
}

/// The claims of the main incident: the first that has people killed, with the others of title and lead.
pub fn main_incident(claims: &[Claim]) -> Vec<&Claim> {
    let harm = |c: &&Claim| matches!(c.act.kind, Kind::Attack | Kind::Clash | Kind::Toll);
    let deadly = |c: &&Claim| c.act.figures.iter().any(|f| f.what == FigureKind::Killed);
    let attack = |c: &&Claim| c.act.kind == Kind::Attack;
    let mut by_place: Vec<&Claim> = claims.iter().filter(harm).collect();
    by_place.sort_by_key(|c| c.span);
    let first = by_place
        .iter()
        .copied()
        .find(|c| deadly(c) && c.span.start < LEAD)
        .or_else(|| by_place.iter().copied().find(deadly))
        .or_else(|| by_place.iter().copied().find(attack));
    let Some(first) = first else { return Vec::new() };
    let reach = first.span.start + LEAD;
    let rest = by_place.into_iter().filter(|c| c.id != first.id && c.span.start < reach);
    std::iter::once(first).chain(rest).collect()
}

/// Words of those who bear no arms.
const CIVILIAN: [&str; 4] = ["civilian", "worshipper", "citizen", "resident"];
/// Words of those who do.
const ARMED: [&str; 12] = [
    "soldier", "fighter", "militant", "terrorist", "troop", "rebel", "jihadi", "insurgent", "gunmen",
    "member", "officer", "commander",
];

/// Civilians killed: the first count that calls them so, else the first whole count of people not called armed.
fn civilians(incident: &[&Claim]) -> Option<u64> {
    let killed =
        || incident.iter().flat_map(|c| &c.act.figures).filter(|f| f.what == FigureKind::Killed && !f.part);
    let has = |f: &&Figure, words: &[&str]| {
        let of = f.of.to_lowercase();
        words.iter().any(|w| of.contains(w))
    };
    let figure = killed()
        .find(|f| has(f, &CIVILIAN))
        .or_else(|| killed().find(|f| !has(f, &ARMED)))
        .or_else(|| killed().next())?;
    figure.min.or(figure.max)
}

fn class<'t>(table: &[(&'t str, &[&str])], name: &str) -> Option<&'t str> {
    let name = name.to_lowercase();
    table.iter().find(|(_, words)| words.iter().any(|w| name.contains(w))).map(|(class, _)| *class)
}

/// The governorate of the incident's first place that lies in one; else that of the first place of any claim.
fn governorate(incident: &[&Claim], claims: &[Claim]) -> &'static str {
    let of = |place: &Filler| {
        let resolved = place.place.as_ref();
        resolved
            .and_then(|p| class(&GOVERNORATES, &p.admin1).or_else(|| class(&GOVERNORATES, &p.name)))
            .or_else(|| class(&GOVERNORATES, &place.name))
    };
    let named = |claim: &Claim| claim.act.place.iter().chain(&claim.act.target).find_map(of);
    incident.iter().find_map(|c| named(c)).or_else(|| claims.iter().find_map(named)).unwrap_or("unknown")
}

/// The table's cause of death for the first means named.
fn cause_of(incident: &[&Claim]) -> &'static str {
    let means: Vec<Means> = incident.iter().flat_map(|c| c.act.means.iter().copied()).collect();
    if means.contains(&Means::Chemical) {
        return "chemical and toxic gases";
    }
    means.first().map_or("unknown", |means| match means {
        Means::CarBomb | Means::SuicideBomb | Means::MineIed => "explosion",
        Means::SmallArms | Means::Sniper => "shooting",
        Means::Execution => "execution",
        Means::Abduction | Means::GroundAssault | Means::Arson => "unknown",
        _ => "shelling",
    })
}

fn actor_of(incident: &[&Claim]) -> &'static str {
    incident.iter().flat_map(|c| &c.act.actor).find_map(|who| class(&ACTORS, &who.name)).unwrap_or("unknown")
}

/// The rows of the table.
pub fn table(file: &[u8]) -> Result<Vec<Marked>, Fault> {
    let (text, _) = holdfire_text::decode(file);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let head = rows.headers()?.clone();
    let mut out = Vec::new();
    for row in rows.records() {
        let row = row?;
        let field =
            |name: &str| head.iter().position(|h| h == name).and_then(|i| row.get(i)).unwrap_or("").trim();
        let mut report = Report::new(
            field("unit_id"),
            format!("{}\n\n{}", field("article_title"), field("article_content")),
        );
        report.publisher = Some(field("source").to_owned());
        report.published =
            day(field("date")).map(|date| Published { date, found: FoundIn::Record, span: None });
        report.seal();
        out.push(Marked {
            report,
            place: field("location").to_lowercase(),
            actor: field("actor").to_lowercase(),
            cause: field("cause_of_death").to_lowercase(),
            civilians: field("nb_civilians").parse().unwrap_or(0),
        });
    }
    Ok(out)
}

/// A day written month/day/year with a year of two digits.
fn day(written: &str) -> Option<Date> {
    let mut parts = written.split('/').map(|p| p.parse::<i16>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    Date::new(if year < 100 { 2000 + year } else { year }, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_the_table_s_classes() {
        assert_eq!(
            class(&ACTORS, "Islamic State group"),
            Some("the organization of the islamic state in iraq and the levant - isis")
        );
        assert_eq!(class(&ACTORS, "Syrian rebels"), Some("armed opposition groups"));
        assert_eq!(class(&ACTORS, "Syrian army"), Some("syrian government or russian troops"));
        assert_eq!(class(&GOVERNORATES, "Deir Ezzor"), Some("deir ezzor"));
    }

    #[test]
    fn a_row_is_read_with_its_day() {
        let file =
            b"unit_id,article_title,article_content,source,date,location,actor,cause_of_death,nb_civilians\n\
                     7,Raid,It came at dawn.,paper,7/10/16,Homs,unknown,shelling,3\n";
        let marked = table(file).expect("a table");
        assert_eq!(marked[0].civilians, 3);
        assert_eq!(marked[0].report.published.as_ref().map(|p| p.date), Date::new(2016, 7, 10).ok());
    }
}
