//! Names in claims to parties and places.

use std::collections::BTreeMap;

use holdfire_types::{Claim, Filler, PartyKind, Report, ResolvedPlace, Span};
use jiff::civil::Date;

use crate::World;
use crate::bodies;
use crate::fold::fold_name;
use crate::locate::{Mention, PlaceContext};
use crate::parties::About;

/// What the ids of the gazetteer's towns begin with.
const GAZETTEER: &str = "geonames:";

/// A country that is named no more than once for this many times of another is not what a text is mainly about.
const BESIDE: usize = 2;

/// What an act's place counts beside a mention of a country or people.
const PLACE: usize = 2;

impl World {
    /// Fills `party` of sources, actors and targets, and `place` of places; parts places whose names the text runs together.
    /// What is not known stays empty.
    pub fn resolve(&self, report: &Report, claims: &mut [Claim]) {
        let mut votes = self.country_votes(&report.text);
        let context = PlaceContext { countries: ranked(&votes).countries };
        self.part_places(report, claims, &context);
        let mut places: Vec<&mut Filler> = claims.iter_mut().flat_map(|c| &mut c.act.place).collect();
        let mentions: Vec<Mention<'_>> = places.iter().map(|f| self.mention(&report.text, f)).collect();
        let found = self.locate(&mentions, &context);
        let named = ranked(&votes);
        let chosen: Vec<Option<ResolvedPlace>> = found
            .into_iter()
            .zip(&mentions)
            .map(|(candidates, mention)| {
                let place = candidates.into_iter().next().map(|c| c.place);
                place.filter(|place| is_spoken_of(place, mention, &named))
            })
            .collect();
        for (filler, place) in places.iter_mut().zip(chosen) {
            if let Some(place) = place.as_ref().filter(|p| !p.country.is_empty()) {
                *votes.entry(place.country.clone()).or_default() += PLACE;
            }
            filler.place = place;
        }
        let about = ranked(&votes);
        let on = report.published.as_ref().map(|p| p.date);
        for claim in claims {
            let act = &mut claim.act;
            act.place.retain(|filler| !self.is_body(filler, on, &about));
            let parties = act
                .actor
                .iter_mut()
                .chain(&mut act.target)
                .chain(&mut claim.via)
                .chain(Some(&mut claim.source));
            for filler in parties.filter(|f| !f.is_narrator() && !is_new(&report.text, f)) {
                filler.party = self.parties.find(&filler.name, on, &about).map(|p| p.id.clone());
            }
        }
    }

    /// Whether the words of a place's slot name a force, a body or a person, and no place that a pack holds: a claim's
    /// place is where the act was, not who is meant.
    fn is_body(&self, filler: &Filler, on: Option<Date>, about: &About) -> bool {
        let known = filler.place.as_ref().is_some_and(|place| !place.id.starts_with(GAZETTEER));
        let party = || self.parties.find(&filler.name, on, about).is_some_and(|p| p.kind != PartyKind::State);
        !known && (bodies::is_body(&filler.name) || party())
    }

    /// A filler with the words around it. Where its name is only the beginning or the end of a pack's name that stands
    /// there ("Khan" of "Khan Sheikhun"), the whole name is taken; else its name may be fuller than the words there.
    fn mention<'t>(&self, text: &'t str, filler: &'t Filler) -> Mention<'t> {
        let Some(span) = filler.span else { return Mention::bare(&filler.name) };
        if !self.places.is_own(&filler.name)
            && let Some(whole) = longer(text, span).into_iter().find(|s| self.places.is_own(s.of(text)))
        {
            return Mention::at(text, whole);
        }
        Mention { name: &filler.name, ..Mention::at(text, span) }
    }

    /// How often `text` names each country or its people, by ISO code.
    fn country_votes(&self, text: &str) -> BTreeMap<String, usize> {
        let mut votes: BTreeMap<String, usize> = BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| w.starts_with(char::is_uppercase)) {
            if let Some(iso) = self.parties.nation(word) {
                *votes.entry(iso.to_uppercase()).or_default() += 1;
            }
        }
        votes
    }

    /// ISO codes of the countries whose names and peoples `text` names, most named first.
    pub fn countries_in(&self, text: &str) -> Vec<String> {
        ranked(&self.country_votes(text)).countries
    }
}

/// "A coalition led by ...": a noun with an indefinite article brings in a body that is none of those known.
fn is_new(text: &str, filler: &Filler) -> bool {
    let nameless = !filler.name.contains(char::is_uppercase) && !filler.name.contains(' ');
    let Some(before) = filler.span.filter(|_| nameless).and_then(|span| text.get(..span.start as usize))
    else {
        return false;
    };
    before
        .split_whitespace()
        .next_back()
        .is_some_and(|word| word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an"))
}

/// Countries by votes, the most voted first; those of one number by their codes.
fn ranked(votes: &BTreeMap<String, usize>) -> About {
    let mut ranked: Vec<(&String, usize)> = votes.iter().map(|(iso, count)| (iso, *count)).collect();
    ranked.sort_by_key(|(iso, count)| (std::cmp::Reverse(*count), *iso));
    let top = ranked.first().map_or(0, |(_, count)| *count);
    let chief = ranked.iter().take_while(|(_, count)| count * BESIDE > top).count();
    About { countries: ranked.into_iter().map(|(iso, _)| iso.clone()).collect(), chief }
}

/// Whether a text can mean a place: one of a pack, a place of just this name, or one in a country that it names. A town
/// abroad whose name is only spelled somewhat like it is not meant.
fn is_spoken_of(place: &ResolvedPlace, mention: &Mention<'_>, named: &About) -> bool {
    !place.id.starts_with(GAZETTEER)
        || named.countries.is_empty()
        || named.countries.contains(&place.country)
        || fold_name(mention.name) == fold_name(&place.name)
}

/// The stretches of `text` that hold one or two words more after `span`, or one before, the longest first.
fn longer(text: &str, span: Span) -> Vec<Span> {
    let (start, end) = (span.start as usize, span.end as usize);
    let mut found = Vec::new();
    let mut to = end;
    for _ in 0..2 {
        let Some(rest) = text[to..].strip_prefix([' ', '-']) else { break };
        let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '’' || c == '\''));
        let length = word.unwrap_or(rest.len());
        if length == 0 {
            break;
        }
        to = text.len() - rest.len() + length;
        found.insert(0, Span::new(start, to));
    }
    if let Some(before) = text[..start].strip_suffix(' ') {
        let from = before.rfind(|c: char| !(c.is_alphanumeric() || c == '-')).map_or(0, |at| at + 1);
        let from = before.ceil_char_boundary(from);
        if from < before.len() {
            found.push(Span::new(from, end));
        }
    }
    found
}
