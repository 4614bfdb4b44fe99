//! The claims of one report as bytes: one batch, so that names, codes and places are written once.

use holdfire_types::{
    Act, Claim, Days, Figure, Filler, Id, IdKind, ResolvedPlace, Status, Verification, Window,
};

use super::bytes::{Malformed, Reader, Writer};
use super::{id_number, id_of, put_id, take_id};

/// What one reader found in one report.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimBatch {
    /// The report read.
    pub report: Id,
    /// Version of the reader: program, model and packs.
    pub reader: String,
    /// The claims, in the reader's order.
    pub claims: Vec<Claim>,
}

const CONDITIONAL: u8 = 1;
const NEGATED: u8 = 2;

/// The payload of a batch.
pub fn write_claims(report: &Id, reader: &str, claims: &[Claim]) -> Vec<u8> {
    let mut w = Writer::default();
    put_id(&mut w, report);
    w.string(reader);
    w.list(claims, put_claim);
    w.finish(&[])
}

/// The batch of a payload.
pub fn read_claims(payload: &[u8]) -> Result<ClaimBatch, Malformed> {
    let mut r = Reader::new(payload)?;
    let report = take_id(&mut r)?;
    let reader = r.string()?.to_owned();
    let claims = r.list(|r| take_claim(r, &report))?;
    r.end()?;
    Ok(ClaimBatch { report, reader, claims })
}

fn put_claim(w: &mut Writer, claim: &Claim) {
    w.bytes(&id_number(&claim.id).to_be_bytes());
    w.set_base(0);
    w.span(claim.span);
    w.set_base(claim.span.start);
    w.span(claim.anchor);
    put_filler(w, &claim.source);
    w.list(&claim.via, put_filler);
    w.string(claim.stance.as_str());
    w.span_or_none(claim.stance_span);
    let conditional = if claim.conditional { CONDITIONAL } else { 0 };
    let negated = if claim.negated { NEGATED } else { 0 };
    w.byte(conditional | negated);
    w.string_or_none(claim.verification.map(Verification::as_str));
    put_act(w, &claim.act);
    w.string(&claim.rule);
    w.bytes(&claim.confidence.to_le_bytes());
}

fn take_claim(r: &mut Reader<'_>, report: &Id) -> Result<Claim, Malformed> {
    let number = u64::from_be_bytes(r.array()?);
    let id = id_of(IdKind::Claim, number).ok_or_else(|| r.damaged("a claim's id"))?;
    r.set_base(0);
    let span = r.span()?;
    r.set_base(span.start);
    let anchor = r.span()?;
    let source = take_filler(r)?;
    let via = r.list(take_filler)?;
    let stance = r.code()?;
    let stance_span = r.span_or_none()?;
    let flags = r.byte()?;
    if flags & !(CONDITIONAL | NEGATED) != 0 {
        return Err(r.damaged("the flags of a claim"));
    }
    Ok(Claim {
        id,
        report: report.clone(),
        span,
        anchor,
        source,
        via,
        stance,
        stance_span,
        conditional: flags & CONDITIONAL != 0,
        negated: flags & NEGATED != 0,
        verification: r.code_or_none()?,
        act: take_act(r)?,
        rule: r.string()?.to_owned(),
        confidence: f32::from_le_bytes(r.array()?),
    })
}

fn put_act(w: &mut Writer, act: &Act) {
    w.string(act.kind.as_str());
    w.string_or_none(act.status.map(Status::as_str));
    for fillers in [&act.actor, &act.target, &act.place] {
        w.list(fillers, put_filler);
    }
    w.option(act.days, put_days);
    w.span_or_none(act.days_span);
    w.list(&act.means, |w, means| w.string(means.as_str()));
    w.list(&act.figures, put_figure);
}

fn take_act(r: &mut Reader<'_>) -> Result<Act, Malformed> {
    Ok(Act {
        kind: r.code()?,
        status: r.code_or_none()?,
        actor: r.list(take_filler)?,
        target: r.list(take_filler)?,
        place: r.list(take_filler)?,
        days: r.option(take_days)?,
        days_span: r.span_or_none()?,
        means: r.list(Reader::code)?,
        figures: r.list(take_figure)?,
    })
}

fn put_filler(w: &mut Writer, filler: &Filler) {
    w.string(&filler.name);
    w.span_or_none(filler.span);
    w.string(&filler.rule);
    w.string_or_none(filler.party.as_deref());
    w.once_or_none(filler.place.as_ref(), put_place);
}

fn take_filler(r: &mut Reader<'_>) -> Result<Filler, Malformed> {
    Ok(Filler {
        name: r.string()?.to_owned(),
        span: r.span_or_none()?,
        rule: r.string()?.to_owned(),
        party: r.string_or_none()?.map(str::to_owned),
        place: r.once_or_none(take_place)?,
    })
}

fn put_place(w: &mut Writer, place: &ResolvedPlace) {
    for text in [&place.id, &place.name, &place.country, &place.admin1] {
        w.string(text);
    }
    w.string(place.precision.as_str());
    w.bytes(&place.lat.to_le_bytes());
    w.bytes(&place.lon.to_le_bytes());
}

fn take_place(r: &mut Reader<'_>) -> Result<ResolvedPlace, Malformed> {
    let mut text = || r.string().map(str::to_owned);
    let (id, name, country, admin1) = (text()?, text()?, text()?, text()?);
    Ok(ResolvedPlace {
        id,
        name,
        country,
        admin1,
        precision: r.code()?,
        lat: f64::from_le_bytes(r.array()?),
        lon: f64::from_le_bytes(r.array()?),
    })
}

fn put_days(w: &mut Writer, days: Days) {
    w.option(days.from, Writer::date);
    w.option(days.to, Writer::date);
}

fn take_days(r: &mut Reader<'_>) -> Result<Days, Malformed> {
    Ok(Days { from: r.option(Reader::date)?, to: r.option(Reader::date)? })
}

fn put_figure(w: &mut Writer, figure: &Figure) {
    w.string(figure.what.as_str());
    w.string(&figure.of);
    w.option(figure.min, Writer::number);
    w.option(figure.max, Writer::number);
    w.option(figure.share, |w, share| w.bytes(&share.to_le_bytes()));
    w.span(figure.span);
    w.option(figure.window.as_ref(), |w, window| {
        w.span(window.span);
        put_days(w, window.days);
    });
    w.byte(u8::from(figure.part));
}

fn take_figure(r: &mut Reader<'_>) -> Result<Figure, Malformed> {
    Ok(Figure {
        what: r.code()?,
        of: r.string()?.to_owned(),
        min: r.option(Reader::number)?,
        max: r.option(Reader::number)?,
        share: r.option(|r| Ok(f64::from_le_bytes(r.array()?)))?,
        span: r.span()?,
        window: r.option(|r| Ok(Window { span: r.span()?, days: take_days(r)? }))?,
        part: r.flag()?,
    })
}
