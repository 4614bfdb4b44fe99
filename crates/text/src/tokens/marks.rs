//! Marks around and inside words: which stand alone, which run together, which belong to a word.

use super::forms::PREFIXES;

/// Marks used as an apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´')
}

/// Combining marks belong to the letter before them.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{640}')
}

/// Letters of a contraction behind its apostrophe.
pub(super) fn is_clitic(letters: &str) -> bool {
    ["s", "m", "d", "re", "ve", "ll"].iter().any(|c| c.eq_ignore_ascii_case(letters))
}

/// Length in bytes of the run of `c` at the start, for marks that are told together ("...", "--", "!!").
pub(super) fn same_run(chunk: &str, c: char) -> usize {
    if matches!(c, '.' | '-' | '!' | '?' | '*' | '=' | '_' | '`' | '\'' | '’' | '<' | '>' | '+' | '~') {
        chunk.len() - chunk.trim_start_matches(c).len()
    } else {
        c.len_utf8()
    }
}

/// True when `c`, which opens `rest`, begins a word.
pub(super) fn stays_before(rest: &str, c: char) -> bool {
    let after = &rest[c.len_utf8()..];
    let digit = after.starts_with(|d: char| d.is_ascii_digit());
    match c {
        '.' | '+' => digit,
        '@' | '#' => after.starts_with(char::is_alphabetic),
        _ if is_apostrophe(c) => is_clipped(first_piece(after)),
        _ => c.is_alphanumeric(),
    }
}

/// Letters and digits at the start; empty when they are more than a clipped word has.
fn first_piece(form: &str) -> &str {
    let end = form.char_indices().take(7).find(|(_, c)| !c.is_alphanumeric()).map(|(i, _)| i);
    end.map_or(if form.len() > 6 { "" } else { form }, |i| &form[..i])
}

/// Letters of a word that begins with an apostrophe.
fn is_clipped(letters: &str) -> bool {
    is_clitic(letters) || is_short_year(letters) || matches!(letters, "em" | "n" | "til" | "cause")
}

/// "07" of "'07", "60s" of "'60s".
fn is_short_year(letters: &str) -> bool {
    let digits = letters.strip_suffix('s').unwrap_or(letters);
    digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Length of a face at the start: eyes, perhaps a nose, a mouth, and no letter behind (":)", ";-)", "=D").
pub(super) fn face_before(rest: &str) -> Option<usize> {
    let face = rest.strip_prefix([':', ';', '='])?;
    let face = face.strip_prefix(['-', '\'']).unwrap_or(face);
    let mouth = face.chars().next().filter(|c| matches!(c, ')' | '(' | 'D' | 'P' | 'p' | 'O' | 'o'))?;
    let behind = face.trim_start_matches(mouth);
    (!behind.starts_with(char::is_alphanumeric)).then(|| rest.len() - behind.len())
}

/// Length of a face at the end, of marks alone.
pub(super) fn face_behind(rest: &str) -> Option<usize> {
    let mouth = rest.chars().next_back().filter(|c| matches!(c, ')' | '('))?;
    let face = rest.trim_end_matches(mouth);
    let face = face.strip_suffix('-').unwrap_or(face);
    face.strip_suffix([':', ';', '=']).map(|before| rest.len() - before.len())
}

/// True for letters that a voice broke off at a dash ("th-", "w-").
pub(super) fn is_stump(before: &str) -> bool {
    let vowel = |b: u8| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    match before.as_bytes() {
        [b] => b.is_ascii_alphabetic(),
        letters @ ([_, _] | [_, _, _]) => {
            letters.iter().all(|b| b.is_ascii_alphabetic() && !vowel(*b)) && letters[1].is_ascii_lowercase()
        }
        _ => false,
    }
}

/// True when the mark `c` between `left` and `right` parts two words.
pub(super) fn cuts(left: &str, c: char, right: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let digits = left.ends_with(is_digit) && right.starts_with(is_digit);
    let letters = left.ends_with(char::is_alphabetic) && right.starts_with(char::is_alphabetic);
    match c {
        '-' => !PREFIXES.iter().any(|p| p.eq_ignore_ascii_case(left)),
        '/' if digits => {
            is_fraction(left, right) || left.bytes().rev().take(10).any(|b| b.is_ascii_alphabetic())
        }
        '/' => left != "w" && !(is_letter(left) && is_letter(first_piece(right)) && left != "c"),
        ',' => !(digits && is_group(right)),
        ':' => !digits,
        '+' => digits,
        '#' => left.ends_with(char::is_alphabetic) && right.starts_with(is_digit),
        '*' => !letters,
        '&' | '_' | '@' | '\u{ad}' => false,
        _ if is_apostrophe(c) => {
            digits || (left.is_empty() && !is_clipped(first_piece(right))) || (c == '`' && !is_clitic(right))
        }
        _ => !is_mark(c),
    }
}

fn is_letter(piece: &str) -> bool {
    piece.len() == 1 && piece.bytes().all(|b| b.is_ascii_alphabetic())
}

/// "1/2", "3/4": one digit over a greater one.
fn is_fraction(left: &str, right: &str) -> bool {
    let mut below = right.chars();
    let digit = below.next().filter(char::is_ascii_digit);
    let alone = !below.next().is_some_and(|c| c.is_ascii_digit() || c == '/');
    left.len() == 1 && alone && left.chars().next() < digit
}

/// Digits behind a comma that belong to the number before it: three, or two before a last three ("1,00,000").
fn is_group(right: &str) -> bool {
    let three = |part: &str| part.bytes().take(4).take_while(u8::is_ascii_digit).count() == 3;
    let two = right.bytes().take(2).all(|b| b.is_ascii_digit());
    three(right) || (two && right.get(2..3) == Some(",") && three(&right[3..]))
}
