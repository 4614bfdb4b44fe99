//! What the model of cues is told of a word.

use holdfire_types::{Dep, Upos};

use super::marks::Marks;
use crate::document::Document;
use crate::features;
use crate::linear::{Feature, fold};
use crate::view::View;

/// True for a word that may be the head of a cue.
pub fn may_be(view: &View<'_>, i: usize) -> bool {
    match view.sentence.tokens[i].upos {
        Upos::Det | Upos::Num | Upos::Cconj | Upos::Pron | Upos::Sym | Upos::X | Upos::Intj => false,
        Upos::Punct => matches!(view.form(i), ":" | "-" | "–" | "—" | "--"),
        _ => true,
    }
}

/// Relations that tell of a cue's frame, one bit each.
const FRAME: &[Dep] = &[
    Dep::Nsubj,
    Dep::NsubjPass,
    Dep::Obj,
    Dep::Iobj,
    Dep::Ccomp,
    Dep::Xcomp,
    Dep::Obl,
    Dep::Advcl,
    Dep::Parataxis,
    Dep::Mark,
    Dep::Aux,
    Dep::AuxPass,
    Dep::Cop,
    Dep::Acl,
    Dep::Nmod,
    Dep::NmodPoss,
    Dep::OblAgent,
    Dep::CompoundPrt,
    Dep::Expl,
    Dep::Csubj,
    Dep::AclRelcl,
    Dep::Dep,
];

/// The relations among a word's dependents, as bits.
pub fn frame(view: &View<'_>, i: usize) -> u32 {
    view.kids(i)
        .filter_map(|k| FRAME.iter().position(|d| *d == view.dep(k)))
        .fold(0, |bits, position| bits | 1 << position)
}

/// What tells whether token `i` of sentence `s` is the head of a cue.
pub fn features(document: &Document<'_>, marks: &Marks, s: usize, i: usize) -> Vec<Feature> {
    let view = &document.views[s];
    let mut bag = features::act(view, i).0;
    let mut add = |template: u32, parts: &[u32]| bag.push(fold(1000 + template, parts));
    let n = view.len();
    let token = &view.sentence.tokens[i];
    let (lemma, class, dep) = (view.lemma[i], view.upos(i) as u32, view.dep(i) as u32);
    let form = view.form_hash(i);
    let xpos = crate::linear::word_hash(token.xpos);
    let own_frame = frame(view, i);
    let group = view.groups[i];
    add(1, &[form, class]);
    add(2, &[xpos, dep]);
    add(3, &[lemma, xpos, dep]);
    add(4, &[own_frame]);
    add(5, &[own_frame, lemma]);
    add(6, &[own_frame, class, dep]);
    add(7, &[own_frame, group.fine]);
    let sort = |k: usize| view.mentions.iter().find(|m| m.head as usize == k).map_or(99, |m| m.sort as u32);
    if let Some(subject) = view.subject(i) {
        let own = u32::from(view.tree.head(subject) == Some(i));
        add(10, &[sort(subject), own, class]);
        add(11, &[sort(subject), own, lemma]);
        add(12, &[view.lemma[subject], own]);
        add(13, &[view.groups[subject].fine, group.fine]);
        add(14, &[sort(subject), own_frame]);
        add(15, &[view.form_hash(subject), group.coarse]);
    } else {
        add(16, &[class, dep, lemma]);
    }
    for k in view.kids(i) {
        let rel = view.dep(k);
        if matches!(
            rel,
            Dep::Ccomp | Dep::Xcomp | Dep::Acl | Dep::Parataxis | Dep::Advcl | Dep::Obl | Dep::Nmod
        ) {
            let marked = view
                .kids(k)
                .find(|&m| matches!(view.dep(m), Dep::Mark | Dep::Case))
                .map_or(0, |m| view.lemma[m]);
            add(20, &[rel as u32, marked, lemma]);
            add(21, &[rel as u32, marked, group.fine]);
            add(22, &[rel as u32, marked, class, dep]);
            add(23, &[rel as u32, view.upos(k) as u32, u32::from(k < i), class]);
            add(24, &[rel as u32, marks.place(s, k) as u32, u32::from(k < i), group.coarse]);
            add(28, &[rel as u32, view.lemma[k], lemma]);
            add(29, &[rel as u32, view.groups[k].fine, group.coarse]);
        }
        if rel == Dep::Obj {
            add(25, &[sort(k), lemma]);
            add(26, &[sort(k), group.fine]);
            add(27, &[view.groups[k].fine, group.coarse]);
        }
    }
    let place = |k: usize| marks.place(s, k) as u32;
    let (before, behind) = (i.checked_sub(1).map_or(9, place), if i + 1 < n { place(i + 1) } else { 9 });
    let own = place(i);
    let quoted_before = (0..i).any(|k| place(k) != 0);
    let quoted_behind = (i + 1..n).any(|k| place(k) != 0);
    let around = u32::from(quoted_before) + 2 * u32::from(quoted_behind);
    let open = if n > 0 { place(0) } else { 0 };
    add(30, &[own, before, behind]);
    add(31, &[own, around, lemma]);
    add(32, &[own, around, group.fine]);
    add(33, &[own, around, own_frame]);
    add(34, &[own, around, class, dep]);
    add(35, &[own, open, lemma]);
    add(36, &[own, u32::from(s == 0), class]);
    add(37, &[u32::from(s == 0), lemma]);
    if let Some(head) = view.tree.head(i) {
        add(40, &[view.lemma[head], dep, class]);
        add(41, &[view.groups[head].fine, dep, lemma]);
        add(42, &[place(head), own, dep]);
        add(43, &[view.dep(head) as u32, dep, lemma]);
        add(44, &[frame(view, head), dep, class]);
    }
    let near = |offset: i64| {
        let at = i as i64 + offset;
        if at < 0 || at >= n as i64 { 0 } else { view.form_hash(at as usize) }
    };
    add(50, &[near(-1), form]);
    add(51, &[form, near(1)]);
    add(52, &[near(-2), near(-1), form]);
    add(53, &[form, near(1), near(2)]);
    add(54, &[near(-1), form, near(1)]);
    bag
}
