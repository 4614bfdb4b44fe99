//! Parties by name: exact names first, then a nation and a general word ("Turkish forces"), then a name with titles.

use std::collections::HashMap;

use holdfire_types::PartyKind;
use jiff::civil::Date;

use crate::bodies::{BODIES, FORCES, RULE, TITLES};
use crate::fold::fold_name;
use crate::pack::{DatedName, Pack, Party};

/// What a text is about.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// ISO codes of countries, most spoken of first.
    pub countries: Vec<String>,
    /// How many of the first of them it is mainly about.
    pub chief: usize,
}

impl About {
    /// The countries that it is mainly about.
    fn chief(&self) -> &[String] {
        &self.countries[..self.chief.min(self.countries.len())]
    }
}

/// A name and when it holds.
#[derive(Debug, Clone)]
struct Bearer {
    party: usize,
    pack: usize,
    /// Written with a capital: a name of its own, not a description that fits any conflict.
    proper: bool,
    from: Option<Date>,
    to: Option<Date>,
}

/// All parties of the packs.
#[derive(Debug, Default)]
pub struct Index {
    parties: Vec<Party>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, Vec<Bearer>>,
    /// Folded demonym or name of a state to its ISO code in lower case.
    nations: HashMap<String, String>,
    /// ISO code in lower case to the people's adjective.
    people: HashMap<String, String>,
    /// The pack of each party.
    pack_of: Vec<usize>,
    /// Countries of each pack.
    countries: Vec<Vec<String>>,
    longest: usize,
}

impl Index {
    /// Takes the parties and states of a pack.
    pub fn add(&mut self, pack: &Pack) {
        let number = self.countries.len();
        self.countries.push(pack.countries.clone());
        for state in &pack.state {
            let iso = state.iso.to_lowercase();
            let mut aliases = state.aliases.clone();
            aliases.extend(Some(state.capital.clone()).filter(|c| !c.is_empty()));
            for people in &state.people {
                self.nations.insert(fold_name(people), iso.clone());
            }
            self.nations.insert(fold_name(&state.name), iso.clone());
            if let Some(people) = state.people.first() {
                self.people.insert(iso.clone(), people.clone());
            }
            let party = |id: String, name: String, kind, under, aliases| Party {
                id,
                name,
                kind,
                under,
                aliases,
                dated: Vec::new(),
                source: String::new(),
            };
            aliases.extend(state.people.iter().take(1).cloned());
            self.insert(
                number,
                party(format!("state/{iso}"), state.name.clone(), PartyKind::State, Vec::new(), aliases),
            );
            let forces = format!("{} forces", state.people.first().unwrap_or(&state.name));
            self.insert(
                number,
                party(
                    format!("state/{iso}/forces"),
                    forces,
                    PartyKind::StateForce,
                    vec![format!("state/{iso}")],
                    Vec::new(),
                ),
            );
        }
        for party in &pack.party {
            self.insert(number, party.clone());
        }
    }

    fn insert(&mut self, pack: usize, party: Party) {
        let at = self.parties.len();
        let names = party.aliases.iter().chain(Some(&party.name)).map(|n| (n, None, None));
        let dated = party.dated.iter().map(|DatedName { name, from, to }| (name, *from, *to));
        for (name, from, to) in names.chain(dated) {
            let folded = fold_name(name);
            self.longest = self.longest.max(folded.split(' ').count());
            let proper = name.chars().any(|c| !c.is_ascii_lowercase() && c.is_alphabetic());
            self.by_name.entry(folded).or_default().push(Bearer { party: at, pack, proper, from, to });
        }
        self.by_id.insert(party.id.clone(), at);
        self.parties.push(party);
        self.pack_of.push(pack);
    }

    /// All parties, in the order of the packs.
    pub fn all(&self) -> &[Party] {
        &self.parties
    }

    /// One party.
    pub fn get(&self, id: &str) -> Option<&Party> {
        self.by_id.get(id).map(|i| &self.parties[*i])
    }

    /// The ISO code of the state whose name or people `word` is.
    pub fn nation(&self, word: &str) -> Option<&str> {
        self.nations.get(&fold_name(word)).map(String::as_str)
    }

    /// Every party that ever bears the name itself, without regard to day and country.
    pub fn bearers(&self, name: &str) -> Vec<&Party> {
        let mut found: Vec<usize> = Vec::new();
        for bearer in self.by_name.get(&fold_name(name)).into_iter().flatten() {
            if !found.contains(&bearer.party) {
                found.push(bearer.party);
            }
        }
        found.into_iter().map(|at| &self.parties[at]).collect()
    }

    /// Whether the words hold a name of their own: one with a capital, beside nations, titles and general words.
    pub fn is_name(&self, words: &str) -> bool {
        let own = |word: &str| {
            let folded = fold_name(word);
            word.chars().next().is_some_and(char::is_uppercase)
                && !self.nations.contains_key(&folded)
                && ![FORCES, RULE, TITLES].iter().any(|list| list.contains(&folded.as_str()))
        };
        words.split([' ', '-']).any(own)
    }

    /// The party of this name on this day, in a text about these countries.
    pub fn find(&self, name: &str, on: Option<Date>, about: &About) -> Option<&Party> {
        // "the Observatory (SOHR)": the short form in brackets is no part of the name
        let name = name.split_once(" (").map_or(name, |(full, _)| full);
        let folded = fold_name(name);
        self.exact(&folded, on, about)
            .or_else(|| self.described(&folded, on, about))
            .or_else(|| self.of_owner(name, on, about))
            // "rebels in western Syria"
            .or_else(|| self.find(name.split_once(" in ")?.0, on, about))
    }

    fn described(&self, folded: &str, on: Option<Date>, about: &About) -> Option<&Party> {
        let words: Vec<&str> = folded.split(' ').collect();
        self.of_nation(&words, about, on)
            .or_else(|| self.of_country(&words, about, on))
            .or_else(|| self.inside(&words, on, about))
    }

    /// "The Free Syrian Army's Southern Front" by what is owned, "the president's forces" by both together.
    fn of_owner(&self, name: &str, on: Option<Date>, about: &About) -> Option<&Party> {
        let (owner, owned) = name.rsplit_once("'s ").or_else(|| name.rsplit_once("’s "))?;
        self.exact(&fold_name(owned), on, about)
            .filter(|_| self.is_name(owned))
            .or_else(|| self.described(&fold_name(&format!("{owner} {owned}")), on, about))
    }

    fn exact(&self, folded: &str, on: Option<Date>, about: &About) -> Option<&Party> {
        let bearers = self.by_name.get(folded)?;
        let fits = |b: &&Bearer| {
            on.is_none_or(|day| b.from.is_none_or(|f| f <= day) && b.to.is_none_or(|t| day <= t))
        };
        let rank = |b: &&Bearer| {
            let countries = if b.proper { &about.countries } else { about.chief() };
            let of_pack = self.countries[b.pack].iter();
            of_pack.filter_map(|c| countries.iter().position(|about| about == c)).min()
        };
        let near = |b: &&Bearer| rank(b).is_some();
        let world = |b: &&Bearer| self.countries[b.pack].is_empty();
        // another conflict's name only where it is a name of its own, or where nothing is known of the text and only
        // one party bears it
        let one_conflict = bearers.iter().all(|b| b.proper && b.pack == bearers[0].pack);
        let one_party = bearers.iter().all(|b| b.party == bearers[0].party);
        let far = one_conflict || about.countries.is_empty() && one_party;
        let choose = |fits: &dyn Fn(&&Bearer) -> bool| {
            bearers
                .iter()
                .filter(fits)
                .filter(near)
                .min_by_key(rank)
                .or_else(|| bearers.iter().filter(fits).find(world))
                .or_else(|| bearers.iter().filter(fits).find(|_| far))
        };
        // reports go on using a name that its party has dropped
        choose(&fits).or_else(|| choose(&|_| true)).map(|b| &self.parties[b.party])
    }

    /// "Turkish forces", "Russian Foreign Ministry", "Iran-backed ...": a nation and general words only.
    fn of_nation(&self, words: &[&str], about: &About, on: Option<Date>) -> Option<&Party> {
        let mut iso = None;
        let (mut forces, mut rule) = (false, false);
        for word in words {
            if FORCES.contains(word) {
                forces = true;
            } else if RULE.contains(word) {
                rule = true;
            } else if matches!(*word, "of" | "the") || word.contains(|c: char| c.is_ascii_digit()) {
                // "leader of the delegation"; a type of aircraft
            } else if iso.is_none() {
                iso = Some(self.nations.get(*word)?);
            } else if iso != self.nations.get(*word) {
                return None;
            }
        }
        let iso = iso?;
        let people = words.iter().find(|w| self.nations.get(**w) == Some(iso))?;
        self.body(iso, people, (forces, rule), about, on)
    }

    /// "The government", "army officials": the body of the one country that the text is about.
    fn of_country(&self, words: &[&str], about: &About, on: Option<Date>) -> Option<&Party> {
        let [country] = about.chief() else { return None };
        let known = |w: &&str| FORCES.contains(w) || RULE.contains(w);
        if !words.iter().any(|w| BODIES.contains(w)) || !words.iter().all(known) {
            return None;
        }
        let iso = country.to_lowercase();
        let people = fold_name(self.people.get(&iso)?);
        let forces = words.iter().any(|w| FORCES.contains(w));
        self.body(&iso, &people, (forces, true), about, on)
    }

    /// The forces or the rule of a state: a party of its own where a pack has one, else the state's.
    fn body(
        &self,
        iso: &str,
        people: &str,
        (forces, rule): (bool, bool),
        about: &About,
        on: Option<Date>,
    ) -> Option<&Party> {
        let general = if forces { "army" } else { "government" };
        if (forces || rule)
            && let Some(own) = self.exact(&format!("{people} {general}"), on, about)
        {
            return Some(own);
        }
        self.get(&if forces { format!("state/{iso}/forces") } else { format!("state/{iso}") })
    }

    /// Whether a word names a nation that the party's pack is not about: "Arab coalition" is not "Syrian Arab Coalition".
    fn is_foreign(&self, word: &str, party: &Party) -> bool {
        let about = self.by_id.get(&party.id).map_or(&[][..], |at| &self.countries[self.pack_of[*at]]);
        let nation = self.nations.get(word).map(|iso| iso.to_uppercase());
        !about.is_empty() && nation.is_some_and(|iso| !about.contains(&iso))
    }

    /// The forces of a government or state.
    fn forces_of(&self, party: &Party) -> Option<&Party> {
        let rules = matches!(party.kind, PartyKind::Government | PartyKind::State);
        let under = |p: &&Party| p.kind == PartyKind::StateForce && p.under.first() == Some(&party.id);
        self.parties.iter().filter(|_| rules).find(under)
    }

    /// The longest known name inside, where the other words are titles and general words.
    fn inside(&self, words: &[&str], on: Option<Date>, about: &About) -> Option<&Party> {
        for size in (1..words.len().min(self.longest + 1)).rev() {
            for from in 0..=words.len() - size {
                let rest = words[..from].iter().chain(&words[from + size..]);
                let plain = |w: &&str| {
                    FORCES.contains(w)
                        || RULE.contains(w)
                        || TITLES.contains(w)
                        || self.nations.contains_key(*w)
                };
                if rest.clone().all(&plain)
                    && let Some(party) = self.exact(&words[from..from + size].join(" "), on, about)
                    && !rest.clone().any(|w| self.is_foreign(w, party))
                {
                    let armed = rest.clone().any(|w| FORCES.contains(w));
                    return Some(self.forces_of(party).filter(|_| armed).unwrap_or(party));
                }
            }
        }
        None
    }
}
