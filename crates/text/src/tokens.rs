//! Words of English text as Universal Dependencies cuts them.
//!
//! Contractions are two words ("do" + "n't"), also where the apostrophe is lost ("do" + "nt"); hyphens stand alone but
//! after a few prefixes ("non-state"); numbers with their commas and points are one, and so are addresses, names of
//! files, telephone numbers and faces made of marks. Nothing but white space is left out, and nothing is changed.

mod addresses;
mod forms;
mod marks;

use holdfire_types::Span;

use addresses::{address, is_file, is_number_with_dashes};
use forms::{AFTER_IT_IS, FACES, JOINED, SHORTENED, SHORTENED_NAMES, STUCK, UNITS};
use marks::{cuts, face_before, face_behind, is_apostrophe, is_mark, is_stump, same_run, stays_before};

/// Byte order mark and zero-width space part words and are none.
const BOM: char = '\u{feff}';
const ZERO_WIDTH: char = '\u{200b}';

/// No abbreviation is longer, in letters.
const LONGEST_SHORT: usize = 12;

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == BOM || c == ZERO_WIDTH
}

/// True when `word` (without its point) is an abbreviation that takes one: "Gen", "Feb", "U.N", "a.m", a capital.
pub fn is_abbreviation(word: &str) -> bool {
    is_shortened(word) || is_initials(word)
}

fn is_shortened(word: &str) -> bool {
    let same = |short: &&str| short.eq_ignore_ascii_case(word);
    SHORTENED.iter().any(same)
        || (word.starts_with(|c: char| c.is_ascii_uppercase()) && SHORTENED_NAMES.iter().any(same))
}

/// Letters with points between them, or a single capital but "I".
fn is_initials(word: &str) -> bool {
    let mut letters = 0;
    for part in word.split('.') {
        let mut chars = part.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_alphabetic() => letters += 1,
            _ => return false,
        }
    }
    letters > 1 || (word != "I" && word.chars().all(char::is_uppercase))
}

/// The words of `text`, in order.
pub fn words(text: &str) -> Vec<Span> {
    let mut cutter = Cutter { text, out: Vec::with_capacity(text.len() / 5) };
    let mut start = None;
    for (at, c) in text.char_indices() {
        if is_blank(c) {
            if let Some(from) = start.take() {
                cutter.chunk(from, at);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        cutter.chunk(from, text.len());
    }
    cutter.out
}

/// Cuts stretches without white space into words.
struct Cutter<'a> {
    text: &'a str,
    out: Vec<Span>,
}

impl Cutter<'_> {
    fn push(&mut self, from: usize, to: usize) {
        if from < to {
            self.out.push(Span::new(from, to));
        }
    }

    /// One stretch without white space: addresses, and what stands between them.
    fn chunk(&mut self, mut from: usize, to: usize) {
        while let Some((start, end)) = address(&self.text[from..to]) {
            self.plain(from, from + start);
            self.push(from + start, from + end);
            from += end;
        }
        self.plain(from, to);
    }

    /// Marks before a word, the word, and marks behind it.
    fn plain(&mut self, mut from: usize, mut to: usize) {
        let text = self.text;
        let mut bracket = false;
        while let Some(c) = text[from..to].chars().next() {
            let rest = &text[from..to];
            if stays_before(rest, c) {
                break;
            }
            let whole = FACES.contains(&rest).then_some(rest.len());
            let run = whole.or_else(|| face_before(rest)).unwrap_or_else(|| same_run(rest, c));
            bracket |= c == '(';
            self.push(from, from + run);
            from += run;
        }
        let name = text[from..to].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        if is_file(&text[from..from + name]) {
            self.push(from, from + name);
            from += name;
        }
        let mut tail = Vec::new(); // back to front
        while let Some(begin) = self.mark_behind(from, to, bracket) {
            tail.push(Span::new(begin, to));
            to = begin;
        }
        self.middle(from, to);
        self.out.extend(tail.into_iter().rev());
    }

    /// Where the mark at the end of `from..to` begins; `None` when a word ends there.
    fn mark_behind(&self, from: usize, to: usize, bracket: bool) -> Option<usize> {
        let rest = &self.text[from..to];
        let c = rest.chars().next_back().filter(|c| !c.is_alphanumeric() && !is_mark(*c))?;
        if let Some(length) = face_behind(rest).filter(|_| !bracket) {
            return Some(to - length);
        }
        let before = &rest[..rest.len() - c.len_utf8()];
        let run = rest.len() - rest.trim_end_matches(c).len();
        match c {
            '.' | '!' | '?' => self.stop_behind(from, to - run, to),
            '-' if is_stump(before) => None,
            '$' if before.ends_with(char::is_alphabetic) => None,
            '-' | '*' | '=' | '_' | '+' | '<' | '>' | '~' => Some(to - run),
            '\'' | '’' if run == 2 * c.len_utf8() => Some(to - run),
            _ => Some(to - c.len_utf8()),
        }
    }

    /// Where the stop begins whose last run of one mark is `begin..to`: "?!" and ".?" are one, "..." stands apart from
    /// others, and a point may belong to the word before it.
    fn stop_behind(&self, from: usize, mut begin: usize, to: usize) -> Option<usize> {
        let text = self.text;
        if text[begin..to].starts_with('.') {
            if to - begin > 2 {
                return Some(begin);
            }
            if to - begin == 2 || !text[from..begin].ends_with(['!', '?']) {
                let kept = usize::from(self.keeps_point(from, begin));
                return (begin + kept < to).then_some(begin + kept);
            }
        }
        loop {
            let before = &text[from..begin];
            let point =
                before.ends_with('.') && !before.ends_with("..") && !self.keeps_point(from, begin - 1);
            if !point && !before.ends_with(['!', '?']) {
                return Some(begin);
            }
            begin -= 1;
        }
    }

    /// True when the point at `at` belongs to the word before it, by that word and by what follows.
    fn keeps_point(&self, from: usize, at: usize) -> bool {
        let word = last_piece(&self.text[from..at]);
        let next = self.text[at + 1..].trim_start_matches(is_blank);
        let digit = next.starts_with(|c: char| c.is_ascii_digit());
        match word {
            "No" | "no" | "Nos" | "nos" => digit || next.starts_with('#'),
            "b" | "c" | "ca" | "d" | "p" => digit,
            "al" => true,
            "etc" => !next.is_empty() && !next.starts_with(char::is_uppercase),
            _ if word.contains('.') => is_abbreviation(word),
            // where nothing follows, the point is the sentence's
            _ => !next.is_empty() && is_abbreviation(word),
        }
    }

    /// What is left: letters or digits at both ends.
    fn middle(&mut self, from: usize, to: usize) {
        let text = self.text;
        if is_number_with_dashes(&text[from..to]) {
            return self.push(from, to);
        }
        let mut start = from;
        for (i, c) in text[from..to].char_indices() {
            let at = from + i;
            let end = at + c.len_utf8();
            // marks at the end belong to the word: those that stand alone are off already
            if at < start || end == to || c.is_alphanumeric() {
                continue;
            }
            let (left, right) = (&text[start..at], &text[end..to]);
            let cut = if c == '.' {
                self.cut_at_point(start, at, to)
            } else if c == '$' && left.ends_with(char::is_alphabetic) {
                right.starts_with(|d: char| d.is_ascii_digit()).then_some((end, end)) // "US$5"
            } else {
                cuts(left, c, right).then(|| (at, at + same_run(&text[at..to], c)))
            };
            if let Some((mark, after)) = cut {
                self.word(start, mark);
                self.push(mark, after);
                start = after;
            }
        }
        self.word(start, to);
    }

    /// Where the point at `at` inside `start..to` cuts: the word before ends at the first, the next begins at the
    /// second.
    fn cut_at_point(&self, start: usize, at: usize, to: usize) -> Option<(usize, usize)> {
        let right = &self.text[at + 1..to];
        let word = last_piece(&self.text[start..at]);
        let run = same_run(&self.text[at..to], '.');
        if run > 1 {
            return Some((at, at + run));
        }
        if !right.starts_with(char::is_alphanumeric) {
            return (!is_abbreviation(word)).then_some((at, at + 1));
        }
        let letters = &right[..right.find(|c: char| !c.is_alphabetic()).unwrap_or(right.len())];
        let capital = letters.starts_with(char::is_uppercase);
        let title = capital && letters.chars().count() > 1 && letters.chars().skip(1).all(char::is_lowercase);
        let shortened = is_shortened(word) && (title || right.starts_with(|c: char| c.is_ascii_digit()));
        if shortened || (title && letters.len() > 2 && is_initials(word)) {
            return Some((at + 1, at + 1)); // "Dr.Haddad", "Feb.23", "U.S.Army"
        }
        // "said.The" without a space; not "U.N", "e.g", "12.5" or "DATA.XLS"
        let is_word = word.len() > 1 && word.chars().all(char::is_alphabetic);
        let opens =
            (title || letters == "I" || letters == "A") && word.chars().count() > 2 || STUCK.contains(&right);
        (is_word && opens).then_some((at, at + 1))
    }

    /// One word between cuts: contractions, "$5m" and "5km" are taken apart.
    fn word(&mut self, from: usize, to: usize) {
        let form = &self.text[from..to];
        if form.eq_ignore_ascii_case("its") && AFTER_IT_IS.contains(&self.next_word(to)) {
            self.push(from, to - 1);
            return self.push(to - 1, to);
        }
        if let Some(joined) = JOINED.iter().find(|j| is_joined(form, j)).filter(|_| form != "IM") {
            let mut at = from;
            for piece in joined.split('|') {
                self.push(at, at + piece.len());
                at += piece.len();
            }
            return;
        }
        let middle = clitic(form).or_else(|| unit(form)).or_else(|| with(form));
        let middle = from + middle.unwrap_or(0);
        self.push(from, middle);
        self.push(middle, to);
    }

    /// The letters that stand behind one space at `to`.
    fn next_word(&self, to: usize) -> &str {
        let rest = self.text[to..].strip_prefix(' ').unwrap_or("");
        &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())]
    }
}

/// Letters, digits and points at the end of `form`; empty when they are no abbreviation: too many, or behind "&".
fn last_piece(form: &str) -> &str {
    let mut start = form.len();
    for (count, (i, c)) in form.char_indices().rev().enumerate() {
        if c == '&' || count == LONGEST_SHORT {
            return "";
        }
        if !(c.is_alphanumeric() || c == '.') {
            break;
        }
        start = i;
    }
    &form[start..]
}

/// True when `form` is the entry `joined` without its bars, in any case.
fn is_joined(form: &str, joined: &str) -> bool {
    let mut letters = joined.bytes().filter(|b| *b != b'|');
    form.bytes().all(|b| letters.next() == Some(b.to_ascii_lowercase())) && letters.next().is_none()
}

/// Where the contraction at the end of `form` begins: "they|'re", "is|n't"; decades stay whole ("1980's").
fn clitic(form: &str) -> Option<usize> {
    let (at, mark) = form.char_indices().rev().take(3).find(|(_, c)| is_apostrophe(*c))?;
    let (before, letters) = (&form[..at], &form[at + mark.len_utf8()..]);
    let decade =
        before.ends_with('0') && matches!(before.len(), 2 | 4) && before.bytes().all(|b| b.is_ascii_digit());
    if letters.eq_ignore_ascii_case("t") {
        return (at > 1 && before.ends_with(['n', 'N'])).then(|| at - 1);
    }
    (at > 0 && !decade && marks::is_clitic(letters)).then_some(at)
}

/// Where the unit begins: "5|km", "122|mm", "7:30|PM".
fn unit(form: &str) -> Option<usize> {
    let at = form.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))?;
    (at > 0 && UNITS.contains(&&form[at..])).then_some(at)
}

/// Where the word behind "w/" begins.
fn with(form: &str) -> Option<usize> {
    let rest = form.strip_prefix("w/")?;
    (rest.len() > 1 && rest != "out").then_some(2)
}

#[cfg(test)]
mod tests;
