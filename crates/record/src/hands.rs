//! Whose blow a claim tells, and which claims one blow cannot have together.
//!
//! One account does not tell one blow as done by two sides. What one source of one report lays to two hands that have
//! nothing to do with each other is two blows, whatever claims that name no hand stand between them. What two sources
//! lay to two hands may be one blow whose author is disputed, and so may what one source says in two reports, as it
//! learns more: there the evidence on the two claims decides.

use std::collections::BTreeSet;

use holdfire_types::{Claim, Kind, Report, Stance};

use crate::facts::{Family, Names, family};
use crate::few::Few;
use crate::sources;

/// Who says it, as the numbers of a report and of a source, and the number of the party that struck by his word.
type Hand = (u32, u32, u32);

/// Who struck, by the word of each account in a set of claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hands(BTreeSet<Hand>);

/// The armed parties that the words of `claim` make the authors of a blow. A clash has both sides as its authors, and a
/// denial names whom others blame: neither tells whose blow it is. A party that stands in other words is a guess from
/// those.
pub(crate) fn authors(claim: &Claim, names: &mut Names) -> Few<u32, 6> {
    let asserted = matches!(claim.stance, Stance::States | Stance::Accuses);
    if !asserted || claim.act.kind == Kind::Clash || family(claim) != Some(Family::Violence) {
        return Few::of([]);
    }
    let told = claim.act.actor.iter().filter(|f| f.span.is_some()).filter_map(|f| f.party.as_deref());
    let parties: Vec<u32> = told.map(|party| names.number(party)).collect();
    Few::of(parties.into_iter().filter(|party| names.is_armed(*party)))
}

impl Hands {
    /// Who struck by the word of one claim. `at` is the number of the report it stands in.
    pub fn of(claim: &Claim, at: u32, report: &Report, names: &mut Names) -> Self {
        let authors = authors(claim, names);
        if authors.is_empty() {
            return Self::default();
        }
        let source = names.number(&sources::key(claim, report));
        Self(authors.iter().map(|party| (at, source, *party)).collect())
    }

    /// That a party struck, by the word of an account.
    #[cfg(test)]
    pub fn told(source: u32, party: u32) -> Self {
        Self(BTreeSet::from([(0, source, party)]))
    }

    /// True where nobody is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in the hands of another set; the shorter goes into the longer.
    pub fn join(&mut self, mut other: Self) {
        if self.0.len() < other.0.len() {
            std::mem::swap(self, &mut other);
        }
        self.0.extend(other.0);
    }

    /// True where both name somebody, and nobody in the one has to do with anybody in the other.
    pub fn strangers(&self, other: &Self, names: &Names) -> bool {
        let one_side = |x: u32| other.0.iter().any(|y| names.one_side(x, y.2));
        !self.is_empty() && !other.is_empty() && !self.0.iter().any(|x| one_side(x.2))
    }

    /// True where one account lays the two sets to strangers.
    pub fn part(&self, other: &Self, names: &Names) -> bool {
        let (few, many) = if self.0.len() < other.0.len() { (self, other) } else { (other, self) };
        few.0.iter().any(|&(report, source, _)| {
            let (theirs, ours) = (many.by(report, source), few.by(report, source));
            !theirs.is_empty() && theirs.strangers(&ours, names)
        })
    }

    /// Who struck by the word of one account.
    fn by(&self, report: u32, source: u32) -> Self {
        Self(self.0.range((report, source, 0)..=(report, source, u32::MAX)).copied().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parties::{Parties, PartyFacts};
    use holdfire_types::PartyKind;

    const ARMY: u32 = 1;
    const GOVERNMENT: u32 = 2;
    const REBELS: u32 = 3;

    fn names() -> Names {
        let party = |id: &str, under: &[&str]| PartyFacts {
            id: id.to_owned(),
            name: id.to_owned(),
            kind: PartyKind::Rebel,
            under: under.iter().map(|u| (*u).to_owned()).collect(),
        };
        Names::of(&Parties::new([party("army", &["gov"]), party("gov", &[]), party("rebels", &[])]))
    }

    fn hands(hands: &[Hand]) -> Hands {
        Hands(hands.iter().copied().collect())
    }

    #[test]
    fn one_account_parts_the_blows_of_two_sides_and_two_accounts_dispute_one() {
        let army = hands(&[(0, 8, ARMY)]);
        let part = |other: &[Hand]| army.part(&hands(other), &names());
        assert!(part(&[(0, 8, REBELS)]));
        assert!(!part(&[(0, 8, GOVERNMENT)]), "one stands under the other");
        assert!(!part(&[(0, 8, REBELS), (0, 8, ARMY)]), "one of them is the same");
        assert!(!part(&[(0, 9, REBELS)]), "another source");
        assert!(!part(&[(1, 8, REBELS)]), "another report");
    }

    #[test]
    fn a_set_keeps_what_each_of_its_accounts_says() {
        let (army, rebels) = (hands(&[(0, 8, ARMY)]), hands(&[(0, 9, REBELS)]));
        let mut both = army.clone();
        both.join(rebels.clone());
        for (set, parted) in [(&army, false), (&rebels, false), (&hands(&[(0, 9, ARMY)]), true)] {
            assert_eq!((both.part(set, &names()), set.part(&both, &names())), (parted, parted));
        }
        assert!(army.strangers(&rebels, &names()) && !army.strangers(&both, &names()));
    }
}
