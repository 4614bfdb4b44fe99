//! Incidents: the connected sets of claims that decisions of `same` make, where no decision of `different` stands
//! between them.
//!
//! A person's decision goes before a rule's. On one pair the latest decision of its rank holds. The order in which
//! claims or decisions arrived changes nothing else: decisions are taken by their weight, then by ids.

use std::collections::{BTreeMap, HashMap};

use holdfire_types::{Decision, DecisionBy, Id, LinkDecision};

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

/// An incident's days may not spread over more than this: a chain of days, each alike to the next, is not one act.
const SPREAD: i32 = 1;

/// Puts `claims` claims into incidents. `may` says which claims can be part of one; `days` are their exact days.
/// Returns the incident number of each claim, and the incidents as lists of claims in the order recorded.
pub(crate) fn group(may: &[bool], days: &[ExactDays], held: &[Held]) -> (Vec<Option<u32>>, Vec<Vec<u32>>) {
    let mut sets = Sets::new(may.len());
    for link in held.iter().filter(|h| h.decision == Decision::Different) {
        if link.person {
            sets.bar(link.a, link.b);
        }
    }
    let mut same: Vec<&Held> = held.iter().filter(|h| h.decision == Decision::Same).collect();
    same.sort_by_key(|h| (!h.person, -h.weight, h.a, h.b));
    let persons = same.partition_point(|h| h.person);
    for link in &same[..persons] {
        sets.join(link.a, link.b);
    }
    for link in held.iter().filter(|h| h.decision == Decision::Different && !h.person) {
        sets.bar(link.a, link.b);
    }
    for (at, day) in days.iter().enumerate() {
        sets.widen(at as u32, *day);
    }
    for link in &same[persons..] {
        if may[link.a as usize] && may[link.b as usize] && sets.spread(link.a, link.b) <= SPREAD {
            sets.join(link.a, link.b);
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

/// Union-find with sets that must stay apart.
struct Sets {
    parent: Vec<u32>,
    size: Vec<u32>,
    /// Claims that may not come into the set of this root, by claim.
    barred: HashMap<u32, Vec<u32>>,
    days: Vec<ExactDays>,
}

impl Sets {
    fn new(n: usize) -> Self {
        Self {
            parent: (0..n as u32).collect(),
            size: vec![1; n],
            barred: HashMap::new(),
            days: vec![None; n],
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

    /// Keeps the sets of `a` and `b` apart from now on, unless they are one already.
    fn bar(&mut self, a: u32, b: u32) {
        let (x, y) = (self.root(a), self.root(b));
        if x != y {
            self.barred.entry(x).or_default().push(b);
            self.barred.entry(y).or_default().push(a);
        }
    }

    /// Makes the sets of `a` and `b` one unless they are barred from each other. The shorter list moves, so the work
    /// over all joins grows as n log n.
    fn join(&mut self, a: u32, b: u32) {
        let (x, y) = (self.root(a), self.root(b));
        if x == y {
            return;
        }
        let length = |s: &Self, r: u32| s.barred.get(&r).map_or(0, Vec::len);
        let (short, other) = if length(self, x) <= length(self, y) { (x, y) } else { (y, x) };
        let barred = self.barred.remove(&short).unwrap_or_default();
        let apart = barred.iter().any(|&claim| self.root(claim) == other);
        if apart {
            self.barred.insert(short, barred);
            return;
        }
        let (small, large) = if self.size[x as usize] < self.size[y as usize] { (x, y) } else { (y, x) };
        let kept = self.barred.remove(&other).unwrap_or_default();
        let (mut long, short_list) = (kept, barred);
        long.extend(short_list);
        if !long.is_empty() {
            self.barred.insert(large, long);
        }
        self.parent[small as usize] = large;
        self.size[large as usize] += self.size[small as usize];
        self.days[large as usize] = hull(self.days[large as usize], self.days[small as usize]);
    }

    fn widen(&mut self, at: u32, days: ExactDays) {
        let root = self.root(at) as usize;
        self.days[root] = hull(self.days[root], days);
    }

    /// Days between the first and the last exact day of the two sets together.
    fn spread(&mut self, a: u32, b: u32) -> i32 {
        let (x, y) = (self.root(a) as usize, self.root(b) as usize);
        hull(self.days[x], self.days[y]).map_or(0, |(from, to)| to - from)
    }
}

fn hull(a: ExactDays, b: ExactDays) -> ExactDays {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
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
        group(&vec![true; n], &vec![None; n], held).1
    }

    #[test]
    fn claims_linked_in_a_chain_are_one_incident() {
        let held = [rule(0, 1, Decision::Same), rule(1, 2, Decision::Same), rule(3, 4, Decision::Unsure)];
        assert_eq!(groups(5, &held), [vec![0, 1, 2], vec![3], vec![4]]);
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
        for incident in group(&[true; 10], &days, &held).1 {
            assert!(incident.len() <= 3, "{incident:?}");
        }
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
        fn every_claim_is_in_one_incident_and_no_persons_different_is_broken(held in decisions()) {
            let (of, incidents) = group(&[true; 12], &[None; 12], &held);
            let mut seen: Vec<u32> = incidents.concat();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..12).collect::<Vec<u32>>());
            for h in held.iter().filter(|h| h.person && h.decision == Decision::Different) {
                prop_assert_ne!(of[h.a as usize], of[h.b as usize]);
            }
        }

        #[test]
        fn the_order_of_decisions_changes_nothing(held in decisions(), turn in 0_usize..40) {
            let mut turned = held.clone();
            turned.rotate_left(turn % held.len().max(1));
            prop_assert_eq!(groups(12, &held), groups(12, &turned));
        }
    }
}
