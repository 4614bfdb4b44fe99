//! From our values to the classes of the article table: governorate, cause of death, actor. `unknown` is a class.

use holdfire_types::{Claim, FigureKind, Filler, Kind, Means};

/// A class and the words of the names that belong to it.
type Class = (&'static str, &'static [&'static str]);

/// Governorates as the table writes them, with the spellings that the gazetteer and papers use.
const GOVERNORATES: [Class; 12] = [
    ("aleppo", &["aleppo", "halab", "manbij", "al-bab", "azaz", "kobani", "jarabulus"]),
    (
        "damascus",
        &["damascus", "ghouta", "douma", "rif-dimashq", "rif dimashq", "daraya", "zabadani", "dimashq"],
    ),
    ("idlib", &["idlib", "idleb", "saraqeb", "ariha"]),
    ("hasakeh", &["hasaka", "hasake", "qamishli"]),
    ("homs", &["homs", "palmyra", "rastan", "hims"]),
    ("deir ezzor", &["deir ez", "deir al-zor", "deir al-zour", "dayr az", "bukamal"]),
    ("raqqa", &["raqqa", "raqa", "raqqah", "tabqa", "tabaqa"]),
    ("hama", &["hama", "hamah"]),
    ("daraa", &["daraa", "dara", "dar'a", "deraa"]),
    ("lattakia", &["lattakia", "latakia", "ladhiqiyah"]),
    ("quneitra", &["quneitra", "golan"]),
    ("tartus", &["tartus", "tartous"]),
];

const UNKNOWN: &str = "unknown";
const SHOOTING: &str = "shooting";
const SHELLING: &str = "shelling";

/// The table's actors, with words of the names that belong to each; the first that fits counts. Who is called only by
/// what he did, or by a word of abuse, is nobody in particular; and Israel has no class.
const ACTORS: [Class; 7] = [
    (
        "the organization of the islamic state in iraq and the levant - isis",
        &["isis", "isil", "daesh", "da'esh", "islamic state"],
    ),
    ("al-nusra front", &["nusra", "qaeda", "qaida", "fateh al-sham", "fatah al-sham"]),
    (
        "international coalition forces",
        &["coalition", "u.s.", "us ", "american", "united states", "us-led", "turk"],
    ),
    ("self administration forces", &["kurd", "ypg", "sdf", "democratic forces", "peshmerga"]),
    (
        "armed opposition groups",
        &["rebel", "opposition", "free syrian", "insurgent", "jaish", "jeish", "ahrar", "faylaq"],
    ),
    (
        "syrian government or russian troops",
        &["regime", "government", "assad", "army", "russia", "syrian", "hezbollah", "hizballah"],
    ),
    (UNKNOWN, &["terrorist", "takfiri", "militant", "gunm", "bomber", "attacker", "assailant", "israel"]),
];

fn actor_class(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    ACTORS.iter().find(|(_, words)| words.iter().any(|w| name.contains(w))).map(|(class, _)| *class)
}

/// The governorate that a name has among its words. Short words stand whole, but for the "s" of a lost apostrophe: Iraq is
/// not Raqqa and Hamadaniya not Hama. Long ones may go on: Deir Ezzour.
fn governorate_named(name: &str) -> Option<&'static str> {
    const LONG: usize = 6;
    let name = name.to_lowercase();
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let stands = |word: &str| {
        name.match_indices(word).any(|(at, _)| {
            let rest = &name[at + word.len()..];
            let whole = ends(rest) || rest.strip_prefix('s').is_some_and(ends);
            !name[..at].ends_with(char::is_alphanumeric) && (whole || word.len() >= LONG)
        })
    };
    GOVERNORATES.iter().find(|(_, words)| words.iter().any(|w| stands(w))).map(|(class, _)| *class)
}

/// The governorate of the incident's first place that lies in one; else that of the first place of any claim. What the
/// text names goes before what was looked up: a quarter of Aleppo may share its name with a village elsewhere.
pub fn governorate(incident: &[&Claim], claims: &[Claim]) -> &'static str {
    let named = |place: &Filler| governorate_named(&place.name);
    let resolved = |place: &Filler| {
        let place = place.place.as_ref()?;
        governorate_named(&place.admin1).or_else(|| governorate_named(&place.name))
    };
    let of = |claim: &Claim| {
        let places = || claim.act.place.iter().chain(&claim.act.target);
        places().find_map(named).or_else(|| places().find_map(resolved))
    };
    incident.iter().find_map(|c| of(c)).or_else(|| claims.iter().find_map(of)).unwrap_or(UNKNOWN)
}

/// The table's cause of death: gas wherever it is told, unless the main claim tells means that carry none; else what the
/// main claim tells; else the first means of the others that kills; else the first word of theirs that tells one. Who
/// dies in a clash with no means told is shot.
pub fn cause(text: &str, incident: &[&Claim]) -> &'static str {
    let Some(first) = incident.first() else { return UNKNOWN };
    let gas = |claim: &&Claim| claim.act.means.contains(&Means::Chemical);
    let may_carry = first.act.means.first().is_none_or(|means| by_means(*means) == SHELLING);
    if may_carry && incident.iter().any(gas) {
        return "chemical and toxic gases";
    }
    let told = |claim: &&Claim| match claim.act.means.first() {
        Some(means) => Some(by_means(*means)),
        None if claim.act.kind == Kind::Clash && is_deadly(claim) => Some(SHOOTING),
        None => by_words(text, claim),
    };
    let kills = |claim: &&Claim| {
        let means = claim.act.means.first()?;
        Some(by_means(*means)).filter(|class| *class != UNKNOWN)
    };
    let rest = if first.act.kind == Kind::Clash { SHOOTING } else { UNKNOWN };
    told(first)
        .or_else(|| incident.iter().find_map(kills))
        .or_else(|| incident.iter().find_map(told))
        .unwrap_or(rest)
}

fn is_deadly(claim: &Claim) -> bool {
    claim.act.figures.iter().any(|f| f.what == FigureKind::Killed)
}

fn by_means(means: Means) -> &'static str {
    match means {
        Means::CarBomb | Means::SuicideBomb | Means::MineIed => "explosion",
        Means::SmallArms | Means::Sniper => SHOOTING,
        Means::Execution => "execution",
        Means::Abduction | Means::GroundAssault | Means::Arson => UNKNOWN,
        _ => SHELLING,
    }
}

/// Causes by words that name no means of ours: in the evidence, and as the word that carries the act.
fn by_words(text: &str, claim: &Claim) -> Option<&'static str> {
    const BLASTS: [&str; 9] = [
        "blast", "blasts", "explosion", "explosions", "exploded", "bomb", "bomber", "explosive", "explosives",
    ];
    let quote = claim.quote(text).to_lowercase();
    let blast = quote.split(|c: char| !c.is_alphanumeric()).any(|word| BLASTS.contains(&word));
    let act = claim.anchor.of(text).to_lowercase();
    let carried = |stems: &[&str]| stems.iter().any(|stem| act.starts_with(stem));
    if blast && claim.act.kind == Kind::Attack || carried(&["bomb", "blew", "blow", "detonat"]) {
        return Some("explosion");
    }
    // the table counts what brings down aircraft among shells
    let downed = text[claim.anchor.end as usize..].trim_start().starts_with("down");
    if (carried(&["shot", "shoot"]) && downed) || carried(&["down"]) {
        return Some(SHELLING);
    }
    if carried(&["shot", "shoot", "gun"]) {
        return Some(SHOOTING);
    }
    carried(&["behead", "execut", "crucif", "slaughter"]).then_some("execution")
}

/// The table's actor: the first named for the incident that is not among its dead.
pub fn actor(incident: &[&Claim]) -> &'static str {
    let Some(first) = incident.first() else { return UNKNOWN };
    let dead: Vec<&str> = first
        .act
        .figures
        .iter()
        .filter(|f| f.what == FigureKind::Killed)
        .filter_map(|f| actor_class(&f.of))
        .filter(|class| *class != UNKNOWN)
        .collect();
    incident
        .iter()
        .filter(|c| first.act.kind != Kind::Attack || c.act.kind == Kind::Attack)
        .flat_map(|c| c.act.actor.iter().map(move |who| (c, who)))
        .filter(|(c, who)| c.act.kind == Kind::Clash || !c.act.target.iter().any(|t| t.name == who.name))
        .filter_map(|(_, who)| actor_class(&who.name))
        .find(|class| !dead.contains(class))
        .unwrap_or(UNKNOWN)
}

#[cfg(test)]
mod tests {
    use holdfire_types::{Act, Figure, Id, IdKind, Span};

    use super::*;

    fn claim(text: &str, kind: Kind, actors: &[&str], means: &[Means]) -> Claim {
        let span = Span { start: 0, end: text.len() as u32 };
        let mut act = Act::of(kind);
        act.actor = actors.iter().map(|name| Filler::new(*name, span, "test")).collect();
        act.means = means.to_vec();
        Claim::plain(&Id::of(IdKind::Report, &["test"]), span, span, Filler::narrator(), act, "test")
    }

    #[test]
    fn names_fall_into_the_table_s_classes() {
        assert_eq!(
            actor_class("Islamic State group"),
            Some("the organization of the islamic state in iraq and the levant - isis")
        );
        assert_eq!(actor_class("Syrian rebels"), Some("armed opposition groups"));
        assert_eq!(actor_class("Syrian army"), Some("syrian government or russian troops"));
        assert_eq!(actor_class("terrorist groups"), Some(UNKNOWN));
    }

    #[test]
    fn a_governorate_is_named_by_whole_words_or_long_ones() {
        assert_eq!(governorate_named("Deir Ezzor"), Some("deir ezzor"));
        assert_eq!(governorate_named("Deir Ezour"), Some("deir ezzor"));
        assert_eq!(governorate_named("Syrias Raqas"), Some("raqqa"));
        assert_eq!(governorate_named("Iraq"), None);
        assert_eq!(governorate_named("al-Hamadaniya"), None);
        assert_eq!(governorate_named("Deir al-Adas"), None);
    }

    #[test]
    fn a_blast_is_an_explosion_and_a_named_means_goes_first() {
        let text = "A blast killed six people";
        let blast = claim(text, Kind::Attack, &[], &[]);
        assert_eq!(cause(text, &[&blast]), "explosion");
        let raid = claim(text, Kind::Attack, &[], &[Means::Airstrike]);
        assert_eq!(cause(text, &[&raid]), SHELLING);
        let text = "Nine fighters died";
        assert_eq!(cause(text, &[&claim(text, Kind::Clash, &[], &[])]), "shooting");
        assert_eq!(cause(text, &[&claim(text, Kind::Attack, &[], &[])]), UNKNOWN);
    }

    #[test]
    fn means_told_later_go_before_words_told_later() {
        let (main, blast) = ("Six people died", "An explosion was heard");
        let died = claim(main, Kind::Attack, &[], &[]);
        let text = format!("{main}. {blast}");
        let mut heard = claim(&text, Kind::Attack, &[], &[]);
        let raid = claim(main, Kind::Attack, &[], &[Means::GroundAssault, Means::Airstrike]);
        let shells = claim(main, Kind::Attack, &[], &[Means::Shelling]);
        heard.id = Id::of(IdKind::Claim, &["heard"]);
        assert_eq!(cause(&text, &[&died, &heard]), "explosion");
        assert_eq!(cause(&text, &[&died, &heard, &raid, &shells]), SHELLING);
    }

    #[test]
    fn gas_comes_with_bombs_and_shells_only() {
        let text = "A raid killed six people";
        let raid = claim(text, Kind::Attack, &[], &[Means::Airstrike]);
        let car = claim(text, Kind::Attack, &[], &[Means::CarBomb]);
        let gas = claim(text, Kind::Attack, &[], &[Means::Chemical]);
        assert_eq!(cause(text, &[&raid, &gas]), "chemical and toxic gases");
        assert_eq!(cause(text, &[&car, &gas]), "explosion");
    }

    #[test]
    fn what_is_shot_down_is_not_shot() {
        let mut text = "A helicopter was shot".to_owned();
        let mut shot = claim(&text, Kind::Attack, &[], &[]);
        shot.anchor = Span::new(17, 21);
        assert_eq!(cause(&text, &[&shot]), SHOOTING);
        text.push_str(" down");
        assert_eq!(cause(&text, &[&shot]), SHELLING);
    }

    #[test]
    fn the_side_that_lost_the_dead_is_not_the_actor() {
        let text = "Nine rebels were killed in clashes with the army";
        let mut fight = claim(text, Kind::Clash, &["rebels", "army"], &[]);
        fight.act.figures.push(Figure {
            what: FigureKind::Killed,
            of: "rebels".to_owned(),
            min: Some(9),
            max: Some(9),
            share: None,
            span: Span { start: 0, end: 4 },
            window: None,
            part: false,
        });
        assert_eq!(actor(&[&fight]), "syrian government or russian troops");
    }
}
