//! When two names name the same party or place.
//!
//! The rule of the claim guide: their words are the same, or one adds only titles, general words, or a nation or side
//! that the other leaves open. "Government forces" and "Syrian government forces" agree; "Russian forces" and
//! "Turkish forces" never do.

use std::collections::HashMap;
use std::sync::LazyLock;

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

/// What a word does in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Proper,
    Nation,
    Party,
    Way,
    General,
}

/// The lists' words; where two lists hold a word, the one that decides stands last.
static LISTED: LazyLock<HashMap<&'static str, Part>> = LazyLock::new(|| {
    let lists = [
        (DIRECTION, Part::Way),
        (NATION, Part::Nation),
        (GENERIC, Part::General),
        (TITLE, Part::General),
        (PARTY, Part::Party),
    ];
    lists.into_iter().flat_map(|(list, part)| list.split(' ').map(move |word| (word, part))).collect()
});

fn part(stem: &str) -> Part {
    match LISTED.get(stem) {
        Some(part) => *part,
        None if NATION_END.iter().any(|end| stem.ends_with(end)) => Part::Nation,
        None => Part::Proper,
    }
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

/// Stems with what each does in its name. Names are a few words long: sets of them are looked through, not built.
struct Parts<'a>(Vec<(&'a str, Part)>);

impl<'a> Parts<'a> {
    fn of(stems: &'a [String]) -> Self {
        Self(stems.iter().map(|stem| (stem.as_str(), part(stem))).collect())
    }

    fn all(&self, part: Part) -> impl Iterator<Item = &'a str> + Clone {
        self.0.iter().filter(move |(_, p)| *p == part).map(|(stem, _)| *stem)
    }

    fn any(&self, part: Part) -> bool {
        self.all(part).next().is_some()
    }

    /// Each of these words of ours is one of the other's.
    fn within(&self, part: Part, other: &Self) -> bool {
        self.all(part).all(|stem| other.all(part).any(|s| s == stem))
    }

    fn same(&self, part: Part, other: &Self) -> bool {
        self.within(part, other) && other.within(part, self)
    }

    fn differ(&self, part: Part, other: &Self) -> bool {
        self.any(part) && other.any(part) && !self.all(part).any(|stem| other.all(part).any(|s| s == stem))
    }

    fn is_free(&self) -> bool {
        self.all(Part::Party).any(|stem| stem == "free")
    }
}

/// True for the stems of a name that tells a nation alone: "Varanian", "US".
pub fn is_nation(stems: &[String]) -> bool {
    let parts = Parts::of(stems);
    parts.any(Part::Nation) && ![Part::Proper, Part::Party, Part::Way].into_iter().any(|p| parts.any(p))
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
    let within = |x: &[String], y: &[String]| x.iter().all(|stem| y.contains(stem));
    if within(x, y) && within(y, x) {
        return true;
    }
    let (p, q) = (Parts::of(x), Parts::of(y));
    if [Part::Nation, Part::Party, Part::Way].into_iter().any(|part| p.differ(part, &q)) {
        return false;
    }
    if p.any(Part::Proper) || q.any(Part::Proper) {
        let held = p.within(Part::Proper, &q) || q.within(Part::Proper, &p);
        return p.any(Part::Proper) && q.any(Part::Proper) && held && p.is_free() == q.is_free();
    }
    for part in [Part::Party, Part::Nation] {
        if p.any(part) || q.any(part) {
            return p.same(part, &q);
        }
    }
    within(x, y) || within(y, x)
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
