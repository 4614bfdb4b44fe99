//! The words beside a cue, and what the models are told of each.

use holdfire_types::{Span, Upos};

use super::cue;
use super::marks::{Marks, Place};
use super::way::{Way, flag, way};
use crate::document::Document;
use crate::linear::{Feature, fold, word_hash};
use crate::stand::near;
use crate::view::View;

/// Sentences looked at before and behind the cue's.
const BEFORE: usize = 5;
/// See [`BEFORE`].
const BEHIND: usize = 8;

/// Words looked at before and behind the cue: far more than a sentence has, and few enough that a line of thousands of words
/// stays cheap.
const REACH: usize = 300;

/// The words beside a cue: those of its sentence, and of the sentences around it that go on with a quotation.
#[derive(Debug)]
pub struct Line<'d, 'a> {
    document: &'d Document<'a>,
    marks: &'d Marks,
    words: Vec<(usize, usize)>,
    at: (usize, usize),
    cue: usize,
    told: Told,
    ways: Vec<Way>,
}

/// What is known of the cue, made once.
#[derive(Debug)]
struct Told {
    lemma: u32,
    group: u32,
    coarse: u32,
    class: u32,
    dep: u32,
    frame: u32,
    above: u32,
    place: u32,
    subject: Option<usize>,
    own_subject: bool,
    quoted: u32,
}

impl<'d, 'a> Line<'d, 'a> {
    /// The line of the cue at token `i` of sentence `s`.
    pub fn new(document: &'d Document<'a>, marks: &'d Marks, s: usize, i: usize) -> Self {
        let views = &document.views;
        let paragraph = |k: usize| views[k].sentence.paragraph;
        let goes_on = |k: usize, next: usize| paragraph(k) == paragraph(next) || marks.runs_on(k).is_some();
        let mut first = s;
        while first > 0 && s - first < BEFORE && marks.quoted(first - 1) && goes_on(first - 1, first) {
            first -= 1;
        }
        let mut last = s;
        while last + 1 < views.len() && last - s < BEHIND && marks.quoted(last + 1) && goes_on(last, last + 1)
        {
            last += 1;
        }
        let words: Vec<(usize, usize)> =
            (first..=last).flat_map(|k| (0..views[k].len()).map(move |t| (k, t))).collect();
        let at = words.iter().position(|w| *w == (s, i)).unwrap_or(0);
        let words = words[at.saturating_sub(REACH)..words.len().min(at + REACH)].to_vec();
        let cue = at.min(REACH);
        let told = Told::new(document, marks, s, i);
        let ways = (0..views[s].len()).map(|t| way(&views[s], i, t)).collect();
        Self { document, marks, words, at: (s, i), cue, told, ways }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The cue's head among them.
    pub fn cue(&self) -> usize {
        self.cue
    }

    /// Where word `n` stands.
    pub fn span(&self, n: usize) -> Span {
        let (s, t) = self.words[n];
        self.document.views[s].sentence.tokens[t].span
    }

    fn view(&self, n: usize) -> &'d View<'a> {
        &self.document.views[self.words[n].0]
    }

    fn form(&self, n: Option<usize>) -> u32 {
        n.filter(|&n| n < self.len()).map_or(0, |n| self.view(n).form_hash(self.words[n].1))
    }

    fn class(&self, n: Option<usize>) -> u32 {
        n.filter(|&n| n < self.len()).map_or(99, |n| self.view(n).upos(self.words[n].1) as u32)
    }

    fn place_at(&self, n: Option<usize>) -> u32 {
        n.filter(|&n| n < self.len()).map_or(9, |n| self.place(n))
    }

    fn place(&self, n: usize) -> u32 {
        let (s, t) = self.words[n];
        self.marks.place(s, t) as u32
    }

    /// Features of what word `n` is to the cue.
    pub fn word(&self, n: usize) -> Vec<Feature> {
        let mut bag = Vec::with_capacity(64);
        let mut add = |template: u32, parts: &[u32]| bag.push(fold(2000 + template, parts));
        let (s, t) = self.words[n];
        let (at, h) = self.at;
        let view = self.view(n);
        let told = &self.told;
        let form = self.form(Some(n));
        let (last, next) = (n.checked_sub(1), Some(n + 1));
        let class = self.class(Some(n));
        let lemma = view.lemma[t];
        let dep = view.dep(t) as u32;
        let place = self.place(n);
        let side = u32::from(n > self.cue);
        let gap = near(n as i64 - self.cue as i64);
        let same_quote =
            u32::from(self.marks.number(s, t) != 0 && self.marks.number(s, t) == self.marks.number(at, h));
        add(0, &[]);
        if s != at {
            let off = (s as i64 - at as i64).clamp(-3, 3) as u32;
            let joined = u32::from(self.joined(n));
            let bare = u32::from(self.outside_words(s));
            add(1, &[off, place]);
            add(2, &[off, place, told.quoted, bare]);
            add(3, &[off, place, joined, bare]);
            add(4, &[place, joined, bare, told.lemma]);
            add(5, &[off, form]);
            add(6, &[u32::from(t == 0), place, joined, off]);
            add(7, &[u32::from(t + 1 == view.len()), place, joined]);
            add(8, &[off, place, told.place, told.quoted]);
            add(9, &[place, told.frame]);
            let ends = self.place_at(last) * 10 + self.place_at(next);
            add(80, &[ends, place, off]);
            add(81, &[place, bare, told.quoted, told.frame]);
            add(82, &[place, off, told.dep, told.class]);
            add(83, &[class, self.class(last), self.class(next), place]);
            add(84, &[form, self.form(last), place]);
            add(85, &[form, self.form(next), place]);
            add(86, &[place, bare, joined, u32::from(told.place != 0)]);
            add(87, &[place, off, bare, told.group]);
            return bag;
        }
        let way = self.ways[t];
        add(10, &[way.whole]);
        add(11, &[way.whole, class]);
        add(12, &[way.whole, told.lemma]);
        add(13, &[way.whole, told.dep]);
        add(14, &[way.bare, told.class, told.dep]);
        add(15, &[way.branch, told.lemma]);
        add(16, &[way.branch, told.group]);
        add(17, &[way.branch, told.class, told.dep, side]);
        add(18, &[way.branch, way.second, side]);
        add(19, &[way.branch, form]);
        add(20, &[way.branch_bare, form, told.lemma]);
        add(21, &[way.branch_bare, way.flags, told.class]);
        add(22, &[way.branch_bare, way.flags, class]);
        add(23, &[way.branch_bare, way.edge, class]);
        add(24, &[way.branch_bare, way.edge, form]);
        add(25, &[way.branch, told.frame]);
        add(26, &[way.branch_bare, told.frame, told.lemma]);
        add(27, &[way.branch_bare, place, told.quoted]);
        add(28, &[way.branch_bare, place, told.quoted, told.frame]);
        add(29, &[way.branch_bare, way.steps, class]);
        add(30, &[way.branch_bare, lemma]);
        add(31, &[way.branch_bare, view.groups[t].fine]);
        add(32, &[way.branch_bare, view.groups[t].coarse, told.coarse]);
        add(33, &[form, gap]);
        add(34, &[class, gap, way.branch_bare]);
        add(35, &[gap, told.lemma]);
        add(36, &[form, self.form(last)]);
        add(37, &[form, self.form(next)]);
        add(38, &[form, told.lemma]);
        add(39, &[class, self.class(last), self.class(next), way.branch_bare]);
        add(40, &[place, side, same_quote, told.place]);
        add(41, &[place, side, told.quoted, told.lemma]);
        add(42, &[place, side, told.quoted, dep]);
        add(43, &[dep, way.branch_bare, side]);
        add(44, &[gap, class, told.class]);
        add(45, &[word_hash(view.sentence.tokens[t].xpos), way.bare]);
        add(46, &[way.bare, view.groups[t].coarse]);
        add(47, &[form, told.group]);
        add(48, &[form, self.form(last), told.lemma]);
        add(49, &[form, self.form(next), gap]);
        let under = way.under.min(view.len() - 1);
        add(50, &[way.branch_bare, view.lemma[under]]);
        add(51, &[way.branch_bare, view.groups[under].fine, told.group]);
        add(52, &[way.branch, view.lemma[under], told.lemma]);
        add(53, &[way.whole, told.frame]);
        add(54, &[way.bare, form]);
        add(55, &[way.branch_bare, form, self.form(last)]);
        add(56, &[way.branch_bare, form, self.form(next)]);
        add(57, &[way.bare, self.form(next)]);
        add(58, &[way.bare, self.form(last)]);
        add(59, &[way.branch_bare, way.second, way.edge, place]);
        add(73, &[way.branch, way.whole_second, class]);
        add(74, &[way.branch, way.whole_second, told.lemma]);
        if let Some((head, reach)) = self.subject_place(t) {
            add(60, &[reach, u32::from(told.own_subject), side]);
            add(61, &[reach, way.flags, class]);
            add(62, &[reach, view.form_hash(head), class]);
            add(63, &[reach, told.class, told.dep]);
            add(64, &[reach, form]);
            add(65, &[reach, self.flags_below(head, t), class]);
        } else {
            add(66, &[u32::from(told.subject.is_some()), side, way.branch_bare]);
        }
        add(70, &[told.above, way.branch_bare, told.dep]);
        add(71, &[u32::from(t == 0), class, form]);
        add(72, &[u32::from(t + 1 == view.len()), form, way.branch_bare]);
        bag
    }

    /// Features of the step from word `n - 1` to word `n`.
    pub fn step(&self, n: usize) -> Vec<Feature> {
        let mut bag = Vec::with_capacity(16);
        let mut add = |template: u32, parts: &[u32]| bag.push(fold(3000 + template, parts));
        let (before, here) = (self.words[n - 1], self.words[n]);
        let cut = u32::from(before.0 != here.0);
        let (former, form) = (self.form(Some(n - 1)), self.form(Some(n)));
        let (class_before, class) = (self.class(Some(n - 1)), self.class(Some(n)));
        let view = self.view(n);
        let turn = u32::from(n <= self.cue) + u32::from(n == self.cue + 1) * 2;
        add(0, &[]);
        add(1, &[cut, self.place(n - 1), self.place(n)]);
        add(2, &[former, cut]);
        add(3, &[form, cut]);
        add(4, &[former, form]);
        add(5, &[class_before, class]);
        add(6, &[turn, self.told.class]);
        add(7, &[turn, self.told.lemma]);
        add(8, &[form, self.told.lemma]);
        if cut == 1 {
            let bare = u32::from(self.outside_words(here.0));
            let off = (here.0 as i64 - self.at.0 as i64).clamp(-3, 3) as u32;
            add(30, &[self.place(n - 1), self.place(n), bare, off]);
            add(31, &[self.place(n - 1), self.place(n), self.told.frame, off]);
            add(32, &[self.place(n - 1), self.place(n), self.told.quoted, off]);
            add(33, &[former, form, off]);
        }
        if cut == 0 && here.0 == self.at.0 {
            let (from, to) = (self.ways[before.1], self.ways[here.1]);
            let same = u32::from(from.under == to.under);
            add(10, &[same, from.branch_bare, to.branch_bare]);
            add(11, &[same, to.branch, turn]);
            add(12, &[same, from.edge, to.edge, to.branch_bare]);
            add(13, &[same, form, to.branch_bare]);
            add(14, &[same, former, from.branch_bare]);
            add(15, &[from.flags, to.flags]);
            add(16, &[to.branch_bare, view.dep(here.1) as u32, class]);
            add(17, &[self.place(n - 1), self.place(n), to.branch_bare]);
            add(18, &[same, to.branch, self.told.lemma]);
            let (reach_before, reach) = (
                self.subject_place(before.1).map_or(9, |x| x.1),
                self.subject_place(here.1).map_or(9, |x| x.1),
            );
            add(19, &[reach_before, reach]);
            add(20, &[reach_before, reach, class_before, class]);
            add(21, &[reach_before, reach, former]);
            add(22, &[reach_before, reach, form]);
        }
        bag
    }

    /// True where the words between `n` and the cue's sentence are one quotation, or quotations that follow each other.
    fn joined(&self, n: usize) -> bool {
        let (s, t) = self.words[n];
        let number = self.marks.number(s, t);
        number != 0
            && (0..self.document.views[self.at.0].len()).any(|k| self.marks.number(self.at.0, k) == number)
    }

    /// True where a sentence has words outside quotations.
    fn outside_words(&self, s: usize) -> bool {
        let view = &self.document.views[s];
        (0..view.len()).any(|t| self.marks.place(s, t) == Place::Outside && view.upos(t) != Upos::Punct)
    }

    /// The head of the cue's subject, and where in its extent token `t` stands.
    fn subject_place(&self, t: usize) -> Option<(usize, u32)> {
        let head = self.told.subject?;
        let tree = &self.document.views[self.at.0].tree;
        let (from, to) = tree.extent(head);
        if !(from..to).contains(&t) || (tree.under(self.at.1, head) && t >= self.at.1) {
            return None;
        }
        let reach = match (t == from, t + 1 == to, t == head) {
            (true, true, _) => 1,
            (true, false, _) => 2,
            (false, true, _) => 3,
            (false, false, true) => 4,
            _ => 5,
        };
        Some((head, reach))
    }

    fn flags_below(&self, head: usize, t: usize) -> u32 {
        let view = &self.document.views[self.at.0];
        std::iter::once(t)
            .chain(view.tree.above(t))
            .take_while(|&k| k != head)
            .fold(0, |bits, k| bits | flag(view.dep(k)))
    }
}

impl Told {
    fn new(document: &Document<'_>, marks: &Marks, s: usize, i: usize) -> Self {
        let view = &document.views[s];
        let n = view.len();
        let place = |k: usize| marks.place(s, k);
        let before = (0..i).any(|k| place(k) != Place::Outside);
        let behind = (i + 1..n).any(|k| place(k) != Place::Outside);
        let starts = n > 0 && place(0) != Place::Outside;
        Self {
            lemma: fold(1, &[view.lemma[i], view.upos(i) as u32]),
            group: view.groups[i].fine,
            coarse: view.groups[i].coarse,
            class: word_hash(view.sentence.tokens[i].xpos),
            dep: view.dep(i) as u32,
            frame: cue::frame(view, i),
            above: view.tree.head(i).map_or(99, |h| view.upos(h) as u32),
            place: place(i) as u32,
            subject: view.subject(i),
            own_subject: view.subject(i).is_some_and(|k| view.tree.head(k) == Some(i)),
            quoted: u32::from(before) + 2 * u32::from(behind) + 4 * u32::from(starts),
        }
    }
}
