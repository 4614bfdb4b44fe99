//! Places whose names a text runs together because it lost its commas: "Daraa Hama Idlib" are three.

use holdfire_types::{Claim, Filler, Report, Span};

use crate::World;
use crate::fold::fold_name;
use crate::locate::PlaceContext;
use crate::places::Index;

/// More names are no list that lost its commas.
const MOST: usize = 6;
/// A name of fewer letters may be part of another.
const LETTERS: usize = 4;

impl World {
    /// Parts the places of claims that run several names together, and the targets that are the same places. Names that some
    /// place bears as a whole, and those of which a part is not known in the countries that the text is about, stay as they
    /// are.
    pub(crate) fn part_places(&self, report: &Report, claims: &mut [Claim], context: &PlaceContext) {
        for act in claims.iter_mut().map(|claim| &mut claim.act) {
            let parts: Vec<(String, Vec<Filler>)> = act
                .place
                .iter()
                .filter_map(|f| {
                    Some((f.name.clone(), self.places.apart(&report.text, f, &context.countries)?))
                })
                .collect();
            for list in [&mut act.place, &mut act.target].into_iter().filter(|_| !parts.is_empty()) {
                let all = list.drain(..).flat_map(|filler| {
                    let parted = parts.iter().find(|(name, _)| *name == filler.name);
                    parted.map_or_else(|| vec![filler], |(_, parts)| parts.clone())
                });
                let mut kept: Vec<Filler> = Vec::new();
                for filler in all {
                    if kept.iter().all(|known| known.name != filler.name) {
                        kept.push(filler);
                    }
                }
                *list = kept;
            }
        }
    }
}

impl Index {
    fn apart(&self, text: &str, filler: &Filler, countries: &[String]) -> Option<Vec<Filler>> {
        let span = filler.span.filter(|span| span.of(text) == filler.name)?;
        let words: Vec<&str> = filler.name.split(' ').collect();
        let names = words.iter().all(|w| w.starts_with(|c: char| !c.is_lowercase()) || w.starts_with("al-"));
        if !(2..=MOST).contains(&words.len())
            || !names
            || !self.bearers(&filler.name, &fold_name(&filler.name)).is_empty()
        {
            return None;
        }
        let parts = self.parts(&words, countries)?;
        let mut from = 0;
        let fillers = parts.into_iter().map(|part| {
            let at = from + filler.name[from..].find(&part).unwrap_or_default();
            from = at + part.len();
            let start = span.start as usize + at;
            let span = Some(Span::new(start, start + part.len()));
            Filler { name: part, span, ..filler.clone() }
        });
        Some(fillers.collect())
    }

    /// The names that `words` are one behind the other, the longest first.
    fn parts(&self, words: &[&str], countries: &[String]) -> Option<Vec<String>> {
        if words.is_empty() {
            return Some(Vec::new());
        }
        (1..=words.len()).rev().find_map(|n| {
            let name = words[..n].join(" ");
            if name.chars().count() < LETTERS || !self.is_in(&name, countries) {
                return None;
            }
            let mut parts = vec![name];
            parts.extend(self.parts(&words[n..], countries)?);
            Some(parts)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that the one in `text` is parted into; none where it stays whole.
    fn parted(text: &str, name: &str) -> Vec<String> {
        let at = text.find(name).expect("the name stands in the text");
        let span = Some(Span::new(at, at + name.len()));
        let filler = Filler { name: name.to_owned(), span, ..Filler::narrator() };
        let world = World::embedded().expect("the packs are whole");
        let found = world.places.apart(text, &filler, &["SY".to_owned()]);
        let of = |f: Filler| {
            assert_eq!(f.span.map(|s| s.of(text)), Some(f.name.as_str()), "the span holds the name");
            f.name
        };
        found.into_iter().flatten().map(of).collect()
    }

    #[test]
    fn names_without_commas_are_parted() {
        assert_eq!(
            parted("Shells hit Daraa Hama Idlib and Homs.", "Daraa Hama Idlib"),
            ["Daraa", "Hama", "Idlib"]
        );
        assert_eq!(parted("Fighting in Deir Ezzor Raqqa", "Deir Ezzor Raqqa"), ["Deir Ezzor", "Raqqa"]);
    }

    #[test]
    fn one_name_of_several_words_stays_whole() {
        for name in
            ["Deir Ezzor", "Eastern Ghouta", "Khan Sheikhun", "Aleppo Police Command", "Eugene Armstrong"]
        {
            assert_eq!(parted(&format!("They went to {name} then."), name), Vec::<String>::new());
        }
    }
}
