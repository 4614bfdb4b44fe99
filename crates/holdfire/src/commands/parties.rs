//! `parties`: names that no pack knows, each a new party of its own, and bare words that several parties could be.

use std::collections::BTreeMap;
use std::io::Write as _;

use holdfire_types::{Contents, Filler, Id};
use holdfire_world::{World, fold_name};
use serde::Serialize;

use crate::args::Parties;
use crate::commands::view::{json, moment, open, world};
use crate::failure::{Done, Failure};
use crate::table::{ids, table};

/// A name without a party.
#[derive(Debug, Default, Clone, Serialize)]
struct Unknown {
    /// As it is written most fully.
    name: String,
    /// How often it stands as source, actor and target.
    source: usize,
    actor: usize,
    target: usize,
    /// Parties of the packs that bear the bare word; none for a new party.
    candidates: Vec<String>,
    /// The claims.
    claims: Vec<Id>,
}

impl Unknown {
    fn told(&self) -> usize {
        self.source + self.actor + self.target
    }
}

/// Runs the command.
pub fn run(args: &Parties) -> Result<Done, Failure> {
    let contents = open(&args.view.ledger.ledger)?.contents(moment(&args.view)?)?;
    let found = unknown(&contents, world()?);
    if args.view.json {
        json(&found)?;
    } else if args.toml {
        rows(&found)?;
    } else {
        print(&found)?;
    }
    Ok(Done::Clean)
}

/// New parties and open words, those told most first.
fn unknown(contents: &Contents, world: &World) -> Vec<Unknown> {
    let mut by_name: BTreeMap<String, Unknown> = BTreeMap::new();
    for claim in contents.claims.iter().map(|c| &c.value) {
        let mut take = |filler: &Filler, count: fn(&mut Unknown) -> &mut usize| {
            if filler.party.is_some() || filler.is_narrator() {
                return;
            }
            let candidates = world.parties_named(&filler.name);
            if candidates.is_empty() && !world.is_name(&filler.name) {
                return;
            }
            let entry = by_name.entry(fold_name(&filler.name)).or_default();
            if filler.name.len() > entry.name.len() {
                entry.name.clone_from(&filler.name);
            }
            entry.candidates = candidates.into_iter().map(|p| p.id.clone()).collect();
            *count(entry) += 1;
            if entry.claims.last() != Some(&claim.id) {
                entry.claims.push(claim.id.clone());
            }
        };
        take(&claim.source, |u| &mut u.source);
        claim.act.actor.iter().for_each(|f| take(f, |u| &mut u.actor));
        claim.act.target.iter().for_each(|f| take(f, |u| &mut u.target));
    }
    let mut found: Vec<Unknown> = by_name.into_values().collect();
    found.sort_by_key(|u| std::cmp::Reverse(u.told()));
    found
}

fn print(found: &[Unknown]) -> Result<(), Failure> {
    let (new, open): (Vec<_>, Vec<_>) = found.iter().partition(|u| u.candidates.is_empty());
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} names that no pack knows, each a party of its own", new.len())?;
    if !new.is_empty() {
        let mut rows = table(&["name", "source", "actor", "target", "claims"]);
        for u in new {
            let [source, actor, target] = [u.source, u.actor, u.target].map(|n| n.to_string());
            rows.add_row([u.name.clone(), source, actor, target, ids(&u.claims)]);
        }
        writeln!(out, "{rows}")?;
    }
    if !open.is_empty() {
        writeln!(out, "\n{} bare words left open: the reports do not settle whose they are", open.len())?;
        let mut rows = table(&["words", "could be", "claims"]);
        for u in open {
            rows.add_row([u.name.clone(), u.candidates.join(", "), ids(&u.claims)]);
        }
        writeln!(out, "{rows}")?;
    }
    writeln!(
        out,
        "\nTo make them known, put them into a pack: holdfire parties --toml prints rows for one."
    )?;
    Ok(())
}

/// Rows for a pack: a person fills in kind and source, or takes the name into another party's aliases.
fn rows(found: &[Unknown]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    for u in found.iter().filter(|u| u.candidates.is_empty()) {
        let keep = |c: char| if c.is_alphanumeric() { c } else { '-' };
        let id: String = fold_name(&u.name).chars().map(keep).collect();
        let name = u.name.replace('\\', "\\\\").replace('"', "\\\"");
        writeln!(out, "[[party]]\nid = \"{id}\"\nname = \"{name}\"\nkind = \"unknown\"\nsource = \"\"")?;
        writeln!(out, "# told in {}\n", ids(&u.claims))?;
    }
    Ok(())
}
