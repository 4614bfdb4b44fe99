//! Addresses of pages and letter boxes, names of files, and telephone numbers: long forms that are one word each.

use super::forms::FILE_ENDS;

/// A file's name or an address without its scheme is no longer, in bytes.
const LONGEST_NAME: usize = 120;

/// Where the first address in a stretch without white space begins and ends.
pub(super) fn address(chunk: &str) -> Option<(usize, usize)> {
    let bytes = chunk.as_bytes();
    for (i, b) in bytes.iter().enumerate() {
        let found = match b {
            b':' if bytes[i..].starts_with(b"://") => {
                let scheme = bytes[..i].iter().rev().take(8).take_while(|b| b.is_ascii_alphabetic()).count();
                (scheme > 0).then(|| (i - scheme, page_end(chunk, i + 3)))
            }
            b'w' if bytes[i..].starts_with(b"www.") && !ends_in_letter(&chunk[..i]) => {
                Some((i, page_end(chunk, i + 4)))
            }
            b'm' if bytes[i..].starts_with(b"mailto:") => Some((i, page_end(chunk, i + 7))),
            b'@' => letter_box(chunk, i),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn ends_in_letter(before: &str) -> bool {
    before.ends_with(char::is_alphanumeric)
}

/// The end of a page's address whose host begins at `from`: marks that close the sentence around it are left out.
fn page_end(chunk: &str, from: usize) -> usize {
    let end = chunk[from..].find(['<', '>', '"', '”', '“']).map_or(chunk.len(), |i| from + i);
    let marks = ['.', ',', ')', ';', ':', ']', '?', '!', '\'', '’', '*'];
    from + chunk[from..end].trim_end_matches(marks).len()
}

/// The letter box around the `@` at `at`: a name, and a host with a point.
fn letter_box(chunk: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = chunk.as_bytes();
    let in_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-' | b'~');
    let in_host = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    let name = bytes[..at].iter().rev().take_while(in_name).count();
    let host = &chunk[at + 1..at + 1 + bytes[at + 1..].iter().take_while(in_host).count()];
    let host = host.trim_end_matches(['.', '-']);
    (name > 0 && host.contains('.')).then(|| (at - name, at + 1 + host.len()))
}

/// True for a file's name ("report-2.doc") or an address without its scheme ("example.org/news").
pub(super) fn is_file(name: &str) -> bool {
    let host = name.split('/').next().unwrap_or(name);
    let Some((stem, end)) = host.rsplit_once('.') else { return false };
    name.len() <= LONGEST_NAME
        && stem.bytes().any(|b| b.is_ascii_alphanumeric())
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-#~%&".contains(&b))
        && FILE_ENDS.iter().any(|e| *e == end || e.to_ascii_uppercase() == end)
}

/// True for a telephone number, a post code of nine digits and a date in digits ("202-555-0134", "11-20-2000").
pub(super) fn is_number_with_dashes(form: &str) -> bool {
    let digits = form.strip_prefix('+').unwrap_or(form);
    if form.len() > 20
        || !digits.contains('-')
        || !digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/'))
    {
        return false;
    }
    let parts: Vec<usize> = digits.split(['-', '/']).map(str::len).collect();
    match parts[..] {
        // a range has round ends: "500-1000"
        [3, 4] => digits.split('-').any(|part| !part.ends_with('0')),
        [3, 3, 4] | [1, 3, 3, 4] | [5, 4] | [1 | 2, 1 | 2, 2 | 4] | [4, 2, 2] => true,
        _ => digits.len() < form.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(chunk: &str) -> Option<&str> {
        address(chunk).map(|(from, to)| &chunk[from..to])
    }

    #[test]
    fn addresses_end_before_the_marks_around_them() {
        assert_eq!(told("(http://example.org/a_b?c=1)."), Some("http://example.org/a_b?c=1"));
        assert_eq!(told("<press.office@example.org>"), Some("press.office@example.org"));
        assert_eq!(told("see:www.example.org,"), Some("www.example.org"));
        assert_eq!(told("desk@night"), None);
        assert_eq!(told("://"), None);
    }

    #[test]
    fn files_and_hosts_have_known_ends() {
        assert!(is_file("order-12.pdf") && is_file("example.org/news/x-1") && is_file("LIST.XLS"));
        assert!(!is_file("said.The") && !is_file(".doc") && !is_file("and/or.x"));
    }

    #[test]
    fn telephone_numbers_are_no_ranges() {
        assert!(is_number_with_dashes("202-555-0134") && is_number_with_dashes("555-0134"));
        assert!(is_number_with_dashes("2013-08-21") && is_number_with_dashes("+963-11"));
        assert!(!is_number_with_dashes("500-1000") && !is_number_with_dashes("1990-1995"));
        assert!(!is_number_with_dashes("10/12"));
    }
}
