//! Incidents: the sets of claims that decisions of `same` make.
//!
//! Two sets become one where more decisions between them say `same` than `different`, and where all days that their
//! claims tell exactly have a day in common: one claim misread then neither parts an incident nor ties two together,
//! and the fighting of one day does not run into the next. Nor does a blow run into the one that answers it, through
//! claims that name nobody: the decisions on claims that name strangers as authors must bear a dispute out, and no one
//! account may lay the two sets to strangers ([`Hands`]).
//!
//! A person's decision goes before a rule's: what a person holds apart stays apart, what a person joins is joined. On
//! one pair the latest decision of its rank holds. The order in which claims or decisions arrived changes nothing else:
//! decisions are taken by their weight, then by ids.

use std::collections::{BTreeMap, HashMap};

use holdfire_types::{Decision, DecisionBy, Id, LinkDecision};

use crate::facts::Names;
use crate::hands::Hands;

/// A decision that holds, on two claims by their index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    pub a: u32,
    pub b: u32,
    pub decision: Decision,
    pub person: bool,
    /// Pieces of evidence for, less those against.
    pub weight: i32,
    /// Index of the decision in the list given.
    pub at: u32,
}

/// The decisions that hold, one a pair: the latest by a person, else the latest by a rule.
pub(crate) fn held<'d>(
    decisions: impl Iterator<Item = &'d LinkDecision>,
    index: &HashMap<Id, u32>,
) -> Vec<Held> {
    let mut by_pair: BTreeMap<(u32, u32), Held> = BTreeMap::new();
    for (at, link) in decisions.enumerate() {
        let (Some(&a), Some(&b)) = (index.get(&link.a), index.get(&link.b)) else { continue };
        if a == b {
            continue;
        }
        let person = matches!(link.by, DecisionBy::Person(_));
        let new = Held {
            a: a.min(b),
            b: a.max(b),
            decision: link.decision,
            person,
            weight: link.evidence_for.len() as i32 - link.evidence_against.len() as i32,
            at: at as u32,
        };
        by_pair
            .entry((new.a, new.b))
            .and_modify(|old| {
                if person || !old.person {
                    *old = new;
                }
            })
            .or_insert(new);
    }
    by_pair.into_values().collect()
}

/// First and last day of a claim whose text tells the day within two days; claims told more loosely bound nothing.
pub(crate) type ExactDays = Option<(i32, i32)>;

/// What one claim tells of the incident that it can be part of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// It can be part of one.
    pub may: bool,
    pub days: ExactDays,
    pub hands: Hands,
}

/// Puts claims into incidents. Returns the incident number of each claim, and the incidents as lists of claims in the
/// order recorded.
pub(crate) fn group(told: Vec<Told>, held: &[Held], names: &Names) -> (Vec<Option<u32>>, Vec<Vec<u32>>) {
    let may: Vec<bool> = told.iter().map(|t| t.may).collect();
    let mut sets = Sets::new(may.len());
    let decided =
        |person: bool| held.iter().filter(move |h| h.person == person && h.decision != Decision::Unsure);
    let mut same: Vec<&Held> = held.iter().filter(|h| h.decision == Decision::Same).collect();
    same.sort_by_key(|h| (!h.person, -h.weight, h.a, h.b));
    let persons = same.partition_point(|h| h.person);
    for link in decided(true) {
        sets.vote(link, false);
    }
    for link in &same[..persons] {
        sets.join(link);
    }
    for link in decided(false) {
        let hands = |claim: u32| &told[claim as usize].hands;
        sets.vote(link, hands(link.a).strangers(hands(link.b), names));
    }
    for (at, told) in told.into_iter().enumerate() {
        sets.narrow(at as u32, told);
    }
    for link in &same[persons..] {
        let both = may[link.a as usize] && may[link.b as usize];
        if both && sets.share_a_day(link) && sets.may_be_one_blow(link, names) {
            sets.join(link);
        }
    }
    let mut number: HashMap<u32, u32> = HashMap::new();
    let mut incidents: Vec<Vec<u32>> = Vec::new();
    let mut of = vec![None; may.len()];
    for at in 0..may.len() as u32 {
        let root = sets.root(at);
        // A claim that a person joined to an incident belongs there, whatever its kind.
        if !may[at as usize] && sets.size[root as usize] == 1 {
            continue;
        }
        let next = incidents.len() as u32;
        let n = *number.entry(root).or_insert(next);
        if n == next {
            incidents.push(Vec::new());
        }
        incidents[n as usize].push(at);
        of[at as usize] = Some(n);
    }
    (of, incidents)
}

/// Union-find with what is decided between the sets.
struct Sets {
    parent: Vec<u32>,
    size: Vec<u32>,
    /// By the root of a set, what is decided on its claims and those of other sets.
    votes: HashMap<u32, Vec<Vote>>,
    /// By the root of a set, the days that all its exact days have in common.
    days: Vec<ExactDays>,
    /// By the root of a set, whom its claims name as authors; none for the sets that name nobody.
    hands: HashMap<u32, Hands>,
}

/// What is decided on a claim of a set and `other`, which is of another.
#[derive(Debug, Clone, Copy)]
struct Vote {
    other: u32,
    same: bool,
    person: bool,
    /// The two claims name strangers as authors.
    strangers: bool,
}

impl Sets {
    fn new(n: usize) -> Self {
        Self {
            parent: (0..n as u32).collect(),
            size: vec![1; n],
            votes: HashMap::new(),
            days: vec![None; n],
            hands: HashMap::new(),
        }
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let above = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = above;
            at = above;
        }
        at
    }

    /// Counts a decision from now on, unless its claims are in one set already.
    fn vote(&mut self, link: &Held, strangers: bool) {
        let (x, y) = (self.root(link.a), self.root(link.b));
        if x != y {
            let same = link.decision == Decision::Same;
            let vote = |other| Vote { other, same, person: link.person, strangers };
            self.votes.entry(x).or_default().push(vote(link.b));
            self.votes.entry(y).or_default().push(vote(link.a));
        }
    }

    /// Makes the sets of a decision's claims one, unless what is decided between them speaks against it. The shorter
    /// list of votes moves, so the work over all joins grows as n log n.
    fn join(&mut self, link: &Held) {
        let (x, y) = (self.root(link.a), self.root(link.b));
        if x == y {
            return;
        }
        let length = |s: &Self, r: u32| s.votes.get(&r).map_or(0, Vec::len);
        let (short, other) = if length(self, x) <= length(self, y) { (x, y) } else { (y, x) };
        let mut votes = self.votes.remove(&short).unwrap_or_default();
        let (mut balance, mut dispute, mut barred) = (0, 0, false);
        votes.retain(|vote| {
            let of = self.root(vote.other);
            if of == other {
                let step = if vote.same { 1 } else { -1 };
                balance += step;
                dispute += if vote.strangers { step } else { 0 };
                barred |= vote.person && !vote.same;
            }
            of != short
        });
        if barred || (balance <= 0 || dispute < 0) && !link.person {
            self.votes.insert(short, votes);
            return;
        }
        let (small, large) = if self.size[x as usize] < self.size[y as usize] { (x, y) } else { (y, x) };
        let mut all = self.votes.remove(&other).unwrap_or_default();
        all.extend(votes);
        if !all.is_empty() {
            self.votes.insert(large, all);
        }
        self.parent[small as usize] = large;
        self.size[large as usize] += self.size[small as usize];
        self.days[large as usize] = shared(self.days[large as usize], self.days[small as usize]);
        if let Some(hands) = self.hands.remove(&small) {
            self.hands.entry(large).or_default().join(hands);
        }
    }

    fn narrow(&mut self, at: u32, told: Told) {
        let root = self.root(at);
        self.days[root as usize] = shared(self.days[root as usize], told.days);
        if !told.hands.is_empty() {
            self.hands.entry(root).or_default().join(told.hands);
        }
    }

    /// True where the exact days of the two sets have a day in common, or one has none.
    fn share_a_day(&mut self, link: &Held) -> bool {
        let (x, y) = (self.root(link.a) as usize, self.root(link.b) as usize);
        shared(self.days[x], self.days[y]).is_none_or(|(from, to)| from <= to)
    }

    /// True unless one account lays the two sets to strangers.
    fn may_be_one_blow(&mut self, link: &Held, names: &Names) -> bool {
        let (x, y) = (self.root(link.a), self.root(link.b));
        let both = self.hands.get(&x).zip(self.hands.get(&y));
        x == y || both.is_none_or(|(x, y)| !x.part(y, names))
    }
}

/// The days that two stretches have in common; the first after the last where there is none.
fn shared(a: ExactDays, b: ExactDays) -> ExactDays {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.max(b.0), a.1.min(b.1))),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule(a: u32, b: u32, decision: Decision) -> Held {
        Held { a: a.min(b), b: a.max(b), decision, person: false, weight: 3, at: 0 }
    }

    fn person(a: u32, b: u32, decision: Decision) -> Held {
        Held { person: true, ..rule(a, b, decision) }
    }

    fn groups(n: usize, held: &[Held]) -> Vec<Vec<u32>> {
        on(vec![None; n], held).1
    }

    /// Claims of these days, which name nobody.
    fn on(days: Vec<ExactDays>, held: &[Held]) -> (Vec<Option<u32>>, Vec<Vec<u32>>) {
        let told = days.into_iter().map(|days| Told { may: true, days, hands: Hands::default() });
        group(told.collect(), held, &Names::default())
    }

    /// Claims of no day, by the voice that tells each and the party that it names: 0 for nobody.
    fn by(hands: &[(u8, u8)], held: &[Held]) -> (Vec<Option<u32>>, Vec<Vec<u32>>) {
        let hands = hands.iter().map(|&(voice, party)| match party {
            0 => Hands::default(),
            party => Hands::told(voice.into(), party.into()),
        });
        let told = hands.map(|hands| Told { may: true, days: None, hands });
        group(told.collect(), held, &Names::default())
    }

    #[test]
    fn claims_linked_in_a_chain_are_one_incident() {
        let held = [rule(0, 1, Decision::Same), rule(1, 2, Decision::Same), rule(3, 4, Decision::Unsure)];
        assert_eq!(groups(5, &held), [vec![0, 1, 2], vec![3], vec![4]]);
    }

    #[test]
    fn one_misread_claim_neither_parts_an_incident_nor_ties_two_together() {
        let same = |a, b| rule(a, b, Decision::Same);
        let different = |a, b| rule(a, b, Decision::Different);
        // Two accounts of three claims each. Many say that they tell one act, one pair that they tell two.
        let sure = |a, b| Held { weight: 5, ..same(a, b) };
        let own = [sure(0, 1), sure(0, 2), sure(1, 2), sure(3, 4), sure(3, 5), sure(4, 5)];
        let one = [&own[..], &[same(0, 3), same(1, 4), different(2, 5)]].concat();
        assert_eq!(groups(6, &one), [vec![0, 1, 2, 3, 4, 5]]);
        let two = [&own[..], &[same(2, 5), different(0, 3), different(1, 4)]].concat();
        assert_eq!(groups(6, &two), [vec![0, 1, 2], vec![3, 4, 5]]);
    }

    #[test]
    fn a_decision_of_different_breaks_the_chain() {
        let held = [rule(0, 1, Decision::Same), rule(1, 2, Decision::Same), rule(0, 2, Decision::Different)];
        assert_eq!(groups(3, &held), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn a_person_overrules_a_rule_and_can_be_overruled_only_by_a_person() {
        let index: HashMap<Id, u32> = ["a", "b"]
            .iter()
            .enumerate()
            .map(|(n, t)| (Id::of(holdfire_types::IdKind::Claim, &[t]), n as u32))
            .collect();
        let link = |decision, by| LinkDecision {
            a: Id::of(holdfire_types::IdKind::Claim, &["a"]),
            b: Id::of(holdfire_types::IdKind::Claim, &["b"]),
            decision,
            by,
            evidence_for: vec![],
            evidence_against: vec![],
        };
        let rule = |d| link(d, DecisionBy::Rule("r/1".to_owned()));
        let person = |d| link(d, DecisionBy::Person("a reviewer".to_owned()));
        let decide = |links: &[LinkDecision]| held(links.iter(), &index)[0].decision;
        assert_eq!(decide(&[rule(Decision::Same), rule(Decision::Different)]), Decision::Different);
        assert_eq!(decide(&[person(Decision::Different), rule(Decision::Same)]), Decision::Different);
        let back = [rule(Decision::Same), person(Decision::Different), person(Decision::Same)];
        assert_eq!(decide(&back), Decision::Same);
    }

    #[test]
    fn a_persons_same_joins_what_a_rule_holds_apart() {
        let held =
            [rule(0, 1, Decision::Same), rule(0, 2, Decision::Different), person(1, 2, Decision::Same)];
        let found = groups(3, &held);
        assert!(found.iter().any(|g| g.contains(&1) && g.contains(&2)), "{found:?}");
    }

    #[test]
    fn days_that_follow_each_other_do_not_run_into_one_incident() {
        let days: Vec<ExactDays> = (0..10).map(|d| Some((d, d))).collect();
        let held: Vec<Held> = (0..9).map(|n| rule(n, n + 1, Decision::Same)).collect();
        assert_eq!(on(days, &held).1.len(), 10);
        // A night is told over two days: it goes with one of them, and does not tie the two.
        let days = vec![Some((0, 0)), Some((0, 1)), Some((1, 1))];
        let held = [rule(0, 1, Decision::Same), rule(1, 2, Decision::Same)];
        assert_eq!(on(days, &held).1, [vec![0, 1], vec![2]]);
    }

    #[test]
    fn no_claim_between_ties_the_blows_that_one_account_tells_of_two_sides() {
        let held = [rule(0, 1, Decision::Same), rule(1, 2, Decision::Same)];
        assert_eq!(by(&[(1, 1), (2, 0), (1, 2)], &held).1, [vec![0, 1], vec![2]]);
        // A dispute: two accounts, each of which may tell it of whom it wants.
        assert_eq!(by(&[(1, 1), (2, 0), (3, 2)], &held).1, [vec![0, 1, 2]]);
        let joined = [&held[..], &[person(0, 2, Decision::Same)]].concat();
        assert_eq!(by(&[(1, 1), (2, 0), (1, 2)], &joined).1, [vec![0, 1, 2]]);
    }

    #[test]
    fn many_claims_that_name_nobody_do_not_outvote_two_accounts_of_two_blows() {
        let between = [1, 2, 3].map(|n| [rule(0, n, Decision::Same), rule(n, 4, Decision::Same)]).concat();
        let hands = |last| [(1, 1), (2, 0), (2, 0), (2, 0), (3, last)];
        let apart = [&between[..], &[rule(0, 4, Decision::Different)]].concat();
        assert_eq!(by(&hands(2), &apart).1, [vec![0, 1, 2, 3], vec![4]]);
        // Of one side they are outvoted; and where the two accounts tell one blow, they dispute who struck.
        assert_eq!(by(&hands(1), &apart).1, [vec![0, 1, 2, 3, 4]]);
        let dispute = [&between[..], &[rule(0, 4, Decision::Same)]].concat();
        assert_eq!(by(&hands(2), &dispute).1, [vec![0, 1, 2, 3, 4]]);
    }

    fn hands() -> impl Strategy<Value = Vec<(u8, u8)>> {
        prop::collection::vec((0_u8..3, 0_u8..3), 12)
    }

    fn decisions() -> impl Strategy<Value = Vec<Held>> {
        let one =
            (0_u32..12, 0_u32..12, 0_u8..3, any::<bool>(), 0_i32..4).prop_map(|(a, b, d, person, weight)| {
                Held {
                    a: a.min(b),
                    b: a.max(b),
                    decision: [Decision::Same, Decision::Different, Decision::Unsure][d as usize],
                    person,
                    weight,
                    at: 0,
                }
            });
        prop::collection::vec(one, 0..40).prop_map(|mut all| {
            all.retain(|h| h.a != h.b);
            all.sort_by_key(|h| (h.a, h.b));
            all.dedup_by_key(|h| (h.a, h.b));
            all
        })
    }

    proptest! {
        #[test]
        fn every_claim_is_in_one_incident_and_no_persons_different_is_broken(held in decisions(), hands in hands()) {
            let (of, incidents) = by(&hands, &held);
            let mut seen: Vec<u32> = incidents.concat();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..12).collect::<Vec<u32>>());
            for h in held.iter().filter(|h| h.person && h.decision == Decision::Different) {
                prop_assert_ne!(of[h.a as usize], of[h.b as usize]);
            }
        }

        #[test]
        fn the_order_of_decisions_changes_nothing(held in decisions(), hands in hands(), turn in 0_usize..40) {
            let mut turned = held.clone();
            turned.rotate_left(turn % held.len().max(1));
            prop_assert_eq!(by(&hands, &held), by(&hands, &turned));
        }

        #[test]
        fn no_account_lays_one_incident_to_two_sides(held in decisions(), hands in hands()) {
            let rules: Vec<Held> = held.into_iter().filter(|h| !h.person).collect();
            for incident in by(&hands, &rules).1 {
                let told: Vec<_> = incident.iter().map(|c| hands[*c as usize]).filter(|h| h.1 != 0).collect();
                prop_assert!(told.iter().all(|x| told.iter().all(|y| x.0 != y.0 || x.1 == y.1)), "{:?}", told);
            }
        }
    }
}
