//! The alphabet of the canonical form: numbers, spans, and strings kept once per payload.
//!
//! `docs/ledger-format.md` says the same in prose, for those who write a reader of their own.

use std::collections::HashMap;

use holdfire_types::Span;
use jiff::Timestamp;
use jiff::civil::Date;

/// The version that this program writes first into every payload.
pub const PAYLOAD_VERSION: u64 = 1;

/// Why bytes are no payload of this form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It was written in a later form.
    #[error("its payload is of form {0}; this program reads form {PAYLOAD_VERSION}")]
    Newer(u64),
    /// It is damaged, or was never a payload.
    #[error("its payload does not read: {what} at byte {at}")]
    Damaged {
        /// Where.
        at: usize,
        /// What was expected there.
        what: &'static str,
    },
    /// A later program recorded a kind of thing that this one does not know.
    #[error("it is of kind {0}, which this program does not know; use a newer holdfire")]
    UnknownKind(i64),
    /// A code list has no such word.
    #[error("its payload holds {0}, which this program does not know")]
    UnknownCode(#[from] holdfire_types::UnknownCode),
}

/// A text locked up under a key of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Which key.
    pub key: [u8; 8],
    /// ChaCha20-Poly1305 with a zero nonce.
    pub bytes: Vec<u8>,
}

/// A text that names a person, as a payload holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Personal {
    /// As it is.
    Plain(String),
    /// Under its own key.
    Sealed(Sealed),
}

/// Builds one payload. Strings are put into a table and written once, in the order of first use.
#[derive(Debug, Default)]
pub struct Writer {
    body: Vec<u8>,
    table: Vec<u8>,
    known: HashMap<Vec<u8>, u64>,
    base: u32,
}

impl Writer {
    /// Ends the payload: version, table, body, and then `tail` as it is.
    pub fn finish(self, tail: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.table.len() + self.body.len() + tail.len() + 8);
        varint(&mut out, PAYLOAD_VERSION);
        varint(&mut out, self.known.len() as u64);
        out.extend_from_slice(&self.table);
        out.extend_from_slice(&self.body);
        out.extend_from_slice(tail);
        out
    }

    /// Spans that follow are written relative to this byte of the text.
    pub fn set_base(&mut self, base: u32) {
        self.base = base;
    }

    pub fn byte(&mut self, value: u8) {
        self.body.push(value);
    }

    pub fn bytes(&mut self, value: &[u8]) {
        self.body.extend_from_slice(value);
    }

    pub fn number(&mut self, value: u64) {
        varint(&mut self.body, value);
    }

    pub fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    pub fn string(&mut self, value: &str) {
        let at = self.shared(value.as_bytes());
        self.number(at);
    }

    /// 0 for none, else one more than the place in the table.
    pub fn string_or_none(&mut self, value: Option<&str>) {
        let at = value.map_or(0, |v| self.shared(v.as_bytes()) + 1);
        self.number(at);
    }

    /// Writes `value` once into the table and gives its place there.
    fn shared(&mut self, value: &[u8]) -> u64 {
        if let Some(&at) = self.known.get(value) {
            return at;
        }
        let at = self.known.len() as u64;
        self.known.insert(value.to_vec(), at);
        varint(&mut self.table, value.len() as u64);
        self.table.extend_from_slice(value);
        at
    }

    /// Writes what `fill` writes as one string of the table, so that equal values stand there once. 0 for none.
    pub fn once_or_none<T>(&mut self, value: Option<&T>, fill: impl FnOnce(&mut Self, &T)) {
        let Some(value) = value else { return self.number(0) };
        let outer = std::mem::take(&mut self.body);
        fill(self, value);
        let inner = std::mem::replace(&mut self.body, outer);
        let at = self.shared(&inner) + 1;
        self.number(at);
    }

    /// 0 none, 1 and the string, or 2, the key's id and the sealed bytes as a string of the table.
    pub fn personal(&mut self, value: Option<&Personal>) {
        match value {
            None => self.byte(0),
            Some(Personal::Plain(text)) => {
                self.byte(1);
                self.string(text);
            }
            Some(Personal::Sealed(sealed)) => {
                self.byte(2);
                self.bytes(&sealed.key);
                let at = self.shared(&sealed.bytes);
                self.number(at);
            }
        }
    }

    pub fn span(&mut self, span: Span) {
        self.signed(i64::from(span.start) - i64::from(self.base));
        self.number(span.len() as u64);
    }

    /// 0 for none, else one more than the length, then the start.
    pub fn span_or_none(&mut self, span: Option<Span>) {
        let Some(span) = span else { return self.number(0) };
        self.number(span.len() as u64 + 1);
        self.signed(i64::from(span.start) - i64::from(self.base));
    }

    pub fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.number(items.len() as u64);
        for item in items {
            each(self, item);
        }
    }

    /// 0 for none; else 1, then the value.
    pub fn option<T>(&mut self, value: Option<T>, put: impl FnOnce(&mut Self, T)) {
        self.byte(u8::from(value.is_some()));
        if let Some(value) = value {
            put(self, value);
        }
    }

    /// Days since 1970-01-01.
    pub fn date(&mut self, date: Date) {
        self.signed(i64::from((date - EPOCH).get_days()));
    }

    /// Seconds since 1970-01-01T00:00:00Z, then nanoseconds of the second with the same sign.
    pub fn timestamp(&mut self, at: Timestamp) {
        self.signed(at.as_second());
        self.signed(i64::from(at.subsec_nanosecond()));
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads one payload back.
#[derive(Debug)]
pub struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    table: Vec<&'b [u8]>,
    base: u32,
}

type Read<T> = Result<T, Malformed>;

impl<'b> Reader<'b> {
    /// Reads version and table; the body follows.
    pub fn new(bytes: &'b [u8]) -> Read<Self> {
        let mut reader = Self { bytes, at: 0, table: Vec::new(), base: 0 };
        match reader.number()? {
            PAYLOAD_VERSION => {}
            newer if newer > PAYLOAD_VERSION => return Err(Malformed::Newer(newer)),
            _ => return Err(reader.damaged("a version")),
        }
        let strings = reader.count()?;
        for _ in 0..strings {
            let len = reader.count()?;
            let string = reader.take(len)?;
            reader.table.push(string);
        }
        Ok(reader)
    }

    /// What is left of the payload.
    pub fn rest(&self) -> &'b [u8] {
        &self.bytes[self.at..]
    }

    /// An error when something is left.
    pub fn end(&self) -> Read<()> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(self.damaged("the end")) }
    }

    pub fn damaged(&self, what: &'static str) -> Malformed {
        Malformed::Damaged { at: self.at, what }
    }

    pub fn set_base(&mut self, base: u32) {
        self.base = base;
    }

    pub fn byte(&mut self) -> Read<u8> {
        Ok(self.array::<1>()?[0])
    }

    fn take(&mut self, len: usize) -> Read<&'b [u8]> {
        let end = self.at.checked_add(len).filter(|&end| end <= self.bytes.len());
        let end = end.ok_or_else(|| self.damaged("more bytes"))?;
        let bytes = &self.bytes[self.at..end];
        self.at = end;
        Ok(bytes)
    }

    pub fn array<const N: usize>(&mut self) -> Read<[u8; N]> {
        let bytes = self.take(N)?;
        bytes.try_into().map_err(|_| self.damaged("more bytes"))
    }

    /// A number in its shortest form; a longer one would be a second way to write the same.
    pub fn number(&mut self) -> Read<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(self.damaged("a number of 64 bits"));
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                if byte == 0 && shift > 0 {
                    return Err(self.damaged("a number in its shortest form"));
                }
                return Ok(value);
            }
        }
        Err(self.damaged("a number of 64 bits"))
    }

    pub fn signed(&mut self) -> Read<i64> {
        let value = self.number()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// How many things follow. Each takes at least a byte, so no more can follow than bytes are left.
    fn count(&mut self) -> Read<usize> {
        let count = self.number()?;
        usize::try_from(count)
            .ok()
            .filter(|&n| n <= self.bytes.len() - self.at)
            .ok_or_else(|| self.damaged("a count that fits what follows"))
    }

    fn shared(&self, at: u64) -> Read<&'b [u8]> {
        let entry = usize::try_from(at).ok().and_then(|at| self.table.get(at));
        entry.copied().ok_or_else(|| self.damaged("the number of a string"))
    }

    fn text(&self, bytes: &'b [u8]) -> Read<&'b str> {
        std::str::from_utf8(bytes).map_err(|_| self.damaged("a string of UTF-8"))
    }

    pub fn string(&mut self) -> Read<&'b str> {
        let at = self.number()?;
        self.text(self.shared(at)?)
    }

    pub fn string_or_none(&mut self) -> Read<Option<&'b str>> {
        match self.number()? {
            0 => Ok(None),
            at => self.text(self.shared(at - 1)?).map(Some),
        }
    }

    /// A word of a code list.
    pub fn code<T: std::str::FromStr<Err = holdfire_types::UnknownCode>>(&mut self) -> Read<T> {
        Ok(self.string()?.parse()?)
    }

    /// A word of a code list, or none.
    pub fn code_or_none<T: std::str::FromStr<Err = holdfire_types::UnknownCode>>(
        &mut self,
    ) -> Read<Option<T>> {
        Ok(self.string_or_none()?.map(str::parse).transpose()?)
    }

    pub fn once_or_none<T>(&mut self, fill: impl FnOnce(&mut Self) -> Read<T>) -> Read<Option<T>> {
        let at = self.number()?;
        if at == 0 {
            return Ok(None);
        }
        let inner = self.shared(at - 1)?;
        let (bytes, back) = (std::mem::replace(&mut self.bytes, inner), std::mem::take(&mut self.at));
        let value = fill(self).and_then(|value| self.end().map(|()| value));
        (self.bytes, self.at) = (bytes, back);
        value.map(Some)
    }

    pub fn personal(&mut self) -> Read<Option<Personal>> {
        match self.byte()? {
            0 => Ok(None),
            1 => Ok(Some(Personal::Plain(self.string()?.to_owned()))),
            2 => {
                let key = self.array()?;
                let at = self.number()?;
                Ok(Some(Personal::Sealed(Sealed { key, bytes: self.shared(at)?.to_vec() })))
            }
            _ => Err(self.damaged("0, 1 or 2")),
        }
    }

    fn span_from(&self, start: i64, len: u64) -> Read<Span> {
        let start = start.checked_add(i64::from(self.base)).and_then(|s| u32::try_from(s).ok());
        let end = start.zip(u32::try_from(len).ok()).and_then(|(s, len)| s.checked_add(len));
        match (start, end) {
            (Some(start), Some(end)) => Ok(Span { start, end }),
            _ => Err(self.damaged("a span of 32 bits")),
        }
    }

    pub fn span(&mut self) -> Read<Span> {
        let (start, len) = (self.signed()?, self.number()?);
        self.span_from(start, len)
    }

    pub fn span_or_none(&mut self) -> Read<Option<Span>> {
        match self.number()? {
            0 => Ok(None),
            len => {
                let start = self.signed()?;
                self.span_from(start, len - 1).map(Some)
            }
        }
    }

    pub fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let count = self.count()?;
        (0..count).map(|_| each(self)).collect()
    }

    pub fn flag(&mut self) -> Read<bool> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.damaged("0 or 1")),
        }
    }

    pub fn option<T>(&mut self, take: impl FnOnce(&mut Self) -> Read<T>) -> Read<Option<T>> {
        if self.flag()? { take(self).map(Some) } else { Ok(None) }
    }

    pub fn date(&mut self) -> Read<Date> {
        let days = self.signed()?;
        let span = jiff::Span::new().try_days(days);
        span.and_then(|span| EPOCH.checked_add(span)).map_err(|_| self.damaged("a date"))
    }

    pub fn timestamp(&mut self) -> Read<Timestamp> {
        let (second, nanosecond) = (self.signed()?, self.signed()?);
        let nanosecond = i32::try_from(nanosecond).map_err(|_| self.damaged("a moment"))?;
        Timestamp::new(second, nanosecond).map_err(|_| self.damaged("a moment"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_has_one_form_only() {
        let two_ways = [1, 0, 0x80, 0x00];
        let mut reader = Reader::new(&two_ways).unwrap();
        assert_eq!(reader.number(), Err(Malformed::Damaged { at: 4, what: "a number in its shortest form" }));
    }

    #[test]
    fn a_count_larger_than_the_payload_is_refused_before_memory_is_taken() {
        let mut bytes = vec![1];
        varint(&mut bytes, u64::MAX);
        assert!(Reader::new(&bytes).is_err());
    }

    #[test]
    fn a_later_form_says_so() {
        assert_eq!(Reader::new(&[2, 0]).unwrap_err(), Malformed::Newer(2));
    }

    proptest! {
        #[test]
        fn numbers_strings_spans_and_moments_read_back(
            number: u64, signed: i64, a in ".{0,20}", b in proptest::option::of(".{0,20}"),
            start: u32, len in 0u32..1000, base: u32, days in -3_000_000i32..2_900_000, nanos in -999_999_999i32..1_000_000_000,
        ) {
            let span = Span { start, end: start.saturating_add(len) };
            let date = EPOCH + jiff::Span::new().days(days);
            let second = i64::from(days) * 1000;
            let nanos = if second < 0 { -nanos.abs() } else { nanos.abs() };
            let moment = Timestamp::new(second, nanos).unwrap();
            let mut w = Writer::default();
            w.set_base(base);
            w.number(number);
            w.signed(signed);
            w.string(&a);
            w.string_or_none(b.as_deref());
            w.span(span);
            w.span_or_none(Some(span));
            w.span_or_none(None);
            w.date(date);
            w.timestamp(moment);
            let bytes = w.finish(b"tail");
            let mut r = Reader::new(&bytes).unwrap();
            r.set_base(base);
            prop_assert_eq!(r.number().unwrap(), number);
            prop_assert_eq!(r.signed().unwrap(), signed);
            prop_assert_eq!(r.string().unwrap(), a);
            prop_assert_eq!(r.string_or_none().unwrap(), b.as_deref());
            prop_assert_eq!(r.span().unwrap(), span);
            prop_assert_eq!(r.span_or_none().unwrap(), Some(span));
            prop_assert_eq!(r.span_or_none().unwrap(), None);
            prop_assert_eq!(r.date().unwrap(), date);
            prop_assert_eq!(r.timestamp().unwrap(), moment);
            prop_assert_eq!(r.rest(), b"tail");
        }

        #[test]
        fn any_bytes_read_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(mut r) = Reader::new(&bytes) {
                while r.string().is_ok() && r.span().is_ok() && r.timestamp().is_ok() {}
            }
        }
    }
}
