//! When two names name the same party or place.
//!
//! The rule of the claim guide: their words are the same, or one adds only titles, general words, or a nation or side
//! that the other leaves open. "Government forces" and "Syrian government forces" agree; "Russian forces" and
//! "Turkish forces" never do.

use std::collections::BTreeSet;

const DROP: &[&str] = &[
    "the", "a", "an", "of", "for", "and", "in", "at", "on", "by", "its", "their", "his", "her", "our",
    "some", "several", "s", "mr", "mrs", "ms", "al", "el", "ad", "as", "ash", "an-",
];
const TITLE: &str = "envoy special ambassador minister foreign prime president vice deputy spokesman spokeswoman spokesperson chief commander secretary adviser advisor head leader general gen colonel col lieutenant lt captain official senior top state department ministry high representative director member humanitarian monitor monitoring office king emperor sheikh imam dr sen rep governor mayor";
const GENERIC: &str = "force troop army military group fighter militant soldier jet warplane plane aircraft faction civilian people person resident man woman child police delegation delegate town village city area province district neighbourhood neighborhood suburb countryside region camp hospital school market convoy truck helicopter unit side party authority warring armed security naval air ground local official member militia terrorist insurgent gunman country nation territory site position base building worker body organisation organization movement network";
const PARTY: &str = "government regime opposition rebel separatist loyalist state coalition ally allied pro anti backed free democratic islamic kurdish shiite shia sunni";
const DIRECTION: &str = "north south east west northern southern eastern western";
const NATION: &str = "iraqi israeli yemeni saudi qatari kuwaiti omani pakistani afghan turkish french dutch greek british american german russian us un thai uzbek tajik kazakh serb croat kurd arab azeri somali bengali nepali emirati iraq danish polish swedish libyan";
const NATION_END: [&str; 4] = ["ian", "ean", "ese", "ish"];

fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|w| w == word)
}

/// The words of a name in lower case, without accents, possessives, articles and plural endings.
pub fn stems(name: &str) -> Vec<String> {
    let plain: String = name
        .chars()
        .filter(|c| *c != '.')
        .flat_map(|c| match c {
            '’' | '‘' => '\''.to_lowercase(),
            c => unaccented(c).to_lowercase(),
        })
        .collect();
    plain
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .map(|w| w.strip_suffix("'s").unwrap_or(w).trim_matches('\''))
        .filter(|w| !w.is_empty() && !DROP.contains(w))
        .map(|w| {
            let plural = w.chars().count() > 3 && w.ends_with('s') && !w.ends_with("ss");
            (if plural { &w[..w.len() - 1] } else { w }).to_owned()
        })
        .collect()
}

/// A Latin letter without its accent.
fn unaccented(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' => 'u',
        'ş' | 'š' | 'ś' => 's',
        'ğ' => 'g',
        'ž' | 'ż' | 'ź' => 'z',
        other => other,
    }
}

#[derive(Default)]
struct Parts<'a> {
    proper: BTreeSet<&'a str>,
    nation: BTreeSet<&'a str>,
    party: BTreeSet<&'a str>,
    way: BTreeSet<&'a str>,
}

fn parts(stems: &[String]) -> Parts<'_> {
    let mut parts = Parts::default();
    for stem in stems.iter().map(String::as_str) {
        let general = listed(GENERIC, stem) || listed(TITLE, stem);
        if listed(PARTY, stem) {
            parts.party.insert(stem);
        } else if !general && (listed(NATION, stem) || NATION_END.iter().any(|end| stem.ends_with(end))) {
            parts.nation.insert(stem);
        } else if listed(DIRECTION, stem) {
            parts.way.insert(stem);
        } else if !general {
            parts.proper.insert(stem);
        }
    }
    parts
}

fn differ(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
}

/// True for the stems of a name that tells a nation alone: "Varanian", "US".
pub fn is_nation(stems: &[String]) -> bool {
    let parts = parts(stems);
    let others = parts.proper.len() + parts.party.len() + parts.way.len();
    !parts.nation.is_empty() && others == 0
}

/// True when the two names name the same party or place.
pub fn same_name(a: &str, b: &str) -> bool {
    same_stems(&stems(a), &stems(b))
}

/// [`same_name`] of names whose stems are at hand.
pub fn same_stems(x: &[String], y: &[String]) -> bool {
    if x.is_empty() || y.is_empty() {
        return false;
    }
    let (all_x, all_y): (BTreeSet<&String>, BTreeSet<&String>) = (x.iter().collect(), y.iter().collect());
    if all_x == all_y {
        return true;
    }
    let (p, q) = (parts(x), parts(y));
    if differ(&p.nation, &q.nation) || differ(&p.party, &q.party) || differ(&p.way, &q.way) {
        return false;
    }
    if !p.proper.is_empty() || !q.proper.is_empty() {
        let held = p.proper.is_subset(&q.proper) || q.proper.is_subset(&p.proper);
        return !p.proper.is_empty()
            && !q.proper.is_empty()
            && held
            && p.party.contains("free") == q.party.contains("free");
    }
    if !p.party.is_empty() || !q.party.is_empty() {
        return p.party == q.party;
    }
    if !p.nation.is_empty() || !q.nation.is_empty() {
        return p.nation == q.nation;
    }
    all_x.is_subset(&all_y) || all_y.is_subset(&all_x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_general_words_and_an_open_nation_make_no_difference() {
        assert!(same_name("government forces", "Syrian government forces"));
        assert!(same_name("Col. Anna Weiss", "Anna Weiss"));
        assert!(same_name("the town of Marran", "Marran"));
        assert!(same_name("U.S. troops", "US"));
    }

    #[test]
    fn another_nation_or_side_does() {
        assert!(!same_name("Russian forces", "Turkish forces"));
        assert!(!same_name("Syrian Army", "Free Syrian Army"));
        assert!(!same_name("rebels", "government"));
        assert!(!same_name("", "Marran"));
    }
}
