//! Copies, link decisions, corrections and their answers as bytes.

use jiff::Timestamp;

use holdfire_types::{CopyOf, Correction, CorrectionAnswer, DecisionBy, Id, LinkDecision};

use super::bytes::{Malformed, Personal, Reader, Writer};
use super::{put_id, take_id};

/// The payload of a copy.
pub fn write_copy(copy: &CopyOf) -> Vec<u8> {
    let mut w = Writer::default();
    put_id(&mut w, &copy.report);
    put_id(&mut w, &copy.of);
    w.bytes(&copy.shared.to_le_bytes());
    w.finish(&[])
}

/// The copy of a payload.
pub fn read_copy(payload: &[u8]) -> Result<CopyOf, Malformed> {
    let mut r = Reader::new(payload)?;
    let copy =
        CopyOf { report: take_id(&mut r)?, of: take_id(&mut r)?, shared: f32::from_le_bytes(r.array()?) };
    r.end()?;
    Ok(copy)
}

/// The payload of link decisions made together.
pub fn write_decisions(decisions: &[LinkDecision]) -> Vec<u8> {
    let mut w = Writer::default();
    w.list(decisions, |w, decision| {
        put_id(w, &decision.a);
        put_id(w, &decision.b);
        w.string(decision.decision.as_str());
        let (person, name) = match &decision.by {
            DecisionBy::Rule(name) => (0, name),
            DecisionBy::Person(name) => (1, name),
        };
        w.byte(person);
        w.string(name);
        for evidence in [&decision.evidence_for, &decision.evidence_against] {
            w.list(evidence, |w, phrase| w.string(phrase));
        }
    });
    w.finish(&[])
}

/// The decisions of a payload.
pub fn read_decisions(payload: &[u8]) -> Result<Vec<LinkDecision>, Malformed> {
    let phrase = |r: &mut Reader<'_>| r.string().map(str::to_owned);
    let mut r = Reader::new(payload)?;
    let decisions = r.list(|r| {
        Ok(LinkDecision {
            a: take_id(r)?,
            b: take_id(r)?,
            decision: r.code()?,
            by: if r.flag()? {
                DecisionBy::Person(r.string()?.to_owned())
            } else {
                DecisionBy::Rule(r.string()?.to_owned())
            },
            evidence_for: r.list(phrase)?,
            evidence_against: r.list(phrase)?,
        })
    })?;
    r.end()?;
    Ok(decisions)
}

/// The payload of a correction, with its contact as it is to be kept.
pub fn write_correction(correction: &Correction, contact: Option<&Personal>) -> Vec<u8> {
    let mut w = Writer::default();
    put_id(&mut w, &correction.id);
    put_id(&mut w, &correction.of);
    w.string(correction.reason.as_str());
    w.string(&correction.text);
    w.personal(contact);
    w.timestamp(correction.received);
    w.finish(&[])
}

/// The correction of a payload without its contact, and the contact as it is kept.
pub fn read_correction(payload: &[u8]) -> Result<(Correction, Option<Personal>), Malformed> {
    let mut r = Reader::new(payload)?;
    let (id, of) = (take_id(&mut r)?, take_id(&mut r)?);
    let (reason, text) = (r.code()?, r.string()?.to_owned());
    let contact = r.personal()?;
    let received = r.timestamp()?;
    r.end()?;
    Ok((Correction { id, of, reason, text, contact: None, received }, contact))
}

/// The payload of an answer.
pub fn write_answer(answer: &CorrectionAnswer) -> Vec<u8> {
    let mut w = Writer::default();
    put_id(&mut w, &answer.correction);
    w.byte(u8::from(answer.accepted));
    w.string(&answer.text);
    w.string(&answer.by);
    w.timestamp(answer.decided);
    w.finish(&[])
}

/// The answer of a payload.
pub fn read_answer(payload: &[u8]) -> Result<CorrectionAnswer, Malformed> {
    let mut r = Reader::new(payload)?;
    let answer = CorrectionAnswer {
        correction: take_id(&mut r)?,
        accepted: r.flag()?,
        text: r.string()?.to_owned(),
        by: r.string()?.to_owned(),
        decided: r.timestamp()?,
    };
    r.end()?;
    Ok(answer)
}

/// The erasure of personal data: the keys named here are destroyed, and words are taken out of the entries named here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// The report or correction it belonged to.
    pub of: Id,
    /// Ids of the keys.
    pub keys: Vec<[u8; 8]>,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Entries that words were taken out of, with the hash that vouches for what is left
    /// ([`crate::chain::Entry::vouched`]).
    pub rewritten: Vec<(u64, [u8; 32])>,
}

/// The payload of an erasure.
pub fn write_erasure(erasure: &Erasure) -> Vec<u8> {
    let mut w = Writer::default();
    put_id(&mut w, &erasure.of);
    w.list(&erasure.keys, |w, key| w.bytes(key));
    w.string(&erasure.by);
    w.string(&erasure.reason);
    w.list(&erasure.rewritten, |w, (entry, hash)| {
        w.number(*entry);
        w.bytes(hash);
    });
    w.finish(&[])
}

/// The erasure of a payload.
pub fn read_erasure(payload: &[u8]) -> Result<Erasure, Malformed> {
    let mut r = Reader::new(payload)?;
    let erasure = Erasure {
        of: take_id(&mut r)?,
        keys: r.list(Reader::array)?,
        by: r.string()?.to_owned(),
        reason: r.string()?.to_owned(),
        rewritten: r.list(|r| Ok((r.number()?, r.array()?)))?,
    };
    r.end()?;
    Ok(erasure)
}

/// A pack that readings were made with: its file's name, and the hash (BLAKE3) by which the file is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// Name of the file.
    pub name: String,
    /// Hash of its bytes.
    pub hash: [u8; 32],
}

/// The payload of a pack.
pub fn write_pack(pack: &Pack) -> Vec<u8> {
    let mut w = Writer::default();
    w.string(&pack.name);
    w.bytes(&pack.hash);
    w.finish(&[])
}

/// The pack of a payload.
pub fn read_pack(payload: &[u8]) -> Result<Pack, Malformed> {
    let mut r = Reader::new(payload)?;
    let pack = Pack { name: r.string()?.to_owned(), hash: r.array()? };
    r.end()?;
    Ok(pack)
}

/// The payload of a note that the clock was set back: the moment given.
pub fn write_clock_back(given: Timestamp) -> Vec<u8> {
    let mut w = Writer::default();
    w.timestamp(given);
    w.finish(&[])
}

/// The moment of such a note.
pub fn read_clock_back(payload: &[u8]) -> Result<Timestamp, Malformed> {
    let mut r = Reader::new(payload)?;
    let given = r.timestamp()?;
    r.end()?;
    Ok(given)
}
