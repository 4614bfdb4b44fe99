//! Bytes to text.

/// Text from bytes, and whether anything had to be replaced.
///
/// UTF-8 is read as it is (a leading byte order mark stays: it counts in offsets); UTF-16 is read where a byte order
/// mark says so. What is neither becomes U+FFFD, one for each broken piece. Line ends become `\n`.
pub fn decode(bytes: &[u8]) -> (String, bool) {
    let wide = |bytes: &[u8], join: fn([u8; 2]) -> u16| {
        let mut broken = !bytes.len().is_multiple_of(2);
        let units = bytes.chunks_exact(2).map(|b| join([b[0], b[1]]));
        let text: String = char::decode_utf16(units)
            .map(|c| {
                c.unwrap_or_else(|_| {
                    broken = true;
                    char::REPLACEMENT_CHARACTER
                })
            })
            .collect();
        (text, broken)
    };
    let (text, broken) = match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), false),
            Err(_) => (String::from_utf8_lossy(bytes).into_owned(), true),
        },
    };
    if text.contains('\r') {
        (text.replace("\r\n", "\n").replace('\r', "\n"), broken)
    } else {
        (text, broken)
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn bytes_become_text() {
        assert_eq!(decode("al-Bab\r\nHoms\rIdlib".as_bytes()), ("al-Bab\nHoms\nIdlib".to_owned(), false));
        assert_eq!(decode(&[0xFF, 0xFE, b'H', 0, b'i', 0]), ("Hi".to_owned(), false));
        assert_eq!(decode(&[b'a', 0xE9, b'b']), ("a\u{fffd}b".to_owned(), true));
    }
}
