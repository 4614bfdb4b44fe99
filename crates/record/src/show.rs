//! Views of single things: a claim on a line, a claim whole, a report whole, corrections, the review queue.

use holdfire_types::{CharMap, Correction, Filler, Id, Root, Span};

use crate::incidents::Held;
use crate::record::Record;
use crate::view::{
    AnswerView, ClaimLine, ClaimView, CopyView, CorrectionView, FigureView, LinkView, PlaceView, ReportView,
    SlotView, VersionView,
};
use crate::{Interval, basis, differences, sources};

/// Versions of one address shown.
const MOST_VERSIONS: usize = 50;

impl Record {
    /// One claim whole.
    pub fn claim_view(&self, id: &Id) -> Option<ClaimView> {
        let at = self.find_claim(id)?;
        let (claim, report) = (self.claim(at), self.report_of(at));
        let map = &self.maps[self.report_index(at) as usize];
        let sentence = sentence_around(&report.text, claim.span);
        let start = map.to_char(&report.text, sentence.start);
        let chars = map.chars(&report.text, claim.span);
        let mut slots = Vec::new();
        let mut fillers = |slot, list: &[Filler]| {
            slots.extend(list.iter().map(|f| slot_view(slot, f, &report.text, map)));
        };
        fillers("source", std::slice::from_ref(&claim.source));
        fillers("actor", &claim.act.actor);
        fillers("target", &claim.act.target);
        fillers("place", &claim.act.place);
        // rows of others are whole: one rule filled all of their slots
        let read = claim.rule.starts_with("model:");
        let mut worded = |slot, value: String, span: Option<Span>, rule: &str| {
            if let Some(span) = span {
                slots.push(SlotView {
                    slot,
                    value,
                    words: span.of(&report.text).to_owned(),
                    chars: Some(map.chars(&report.text, span)),
                    rule: if read { rule.to_owned() } else { claim.rule.clone() },
                    party: None,
                });
            }
        };
        worded("act", claim.act.kind.to_string(), Some(claim.anchor), &claim.rule);
        worded("stance", claim.stance.to_string(), claim.stance_span, "words:stance");
        let days = claim.act.days.map(days_words).unwrap_or_default();
        worded("days", days, claim.act.days_span, "grammar:times");
        for figure in &claim.act.figures {
            let count = Interval::new(figure.min, figure.max).to_string();
            worded("figure", count, Some(figure.span), "grammar:figures");
        }
        let of_report = self.corrections_of(&report.id);
        let corrections = [self.corrections_of(id), of_report].concat();
        let plover = Root::of(claim);
        Some(ClaimView {
            line: self.line(at),
            sentence: sentence.of(&report.text).to_owned(),
            within: [chars[0] - start, chars[1] - start],
            slots,
            plover,
            cameo: plover.map(|root| root.cameo(&claim.act.means)),
            links: self.links_of(at),
            corrections,
        })
    }

    /// One report whole.
    pub fn report_view(&self, id: &Id) -> Option<ReportView> {
        let at = self.find_report(id)?;
        let recorded = &self.contents.reports[at as usize];
        let report = &recorded.value;
        let mut claims = self.claims_of[at as usize].clone();
        claims.sort_by_key(|c| self.claim(*c).span);
        let text = |report: u32| self.contents.reports[report as usize].value.text.as_str();
        let compare = |other: u32| {
            if other < at {
                differences(text(other), &report.text)
            } else {
                differences(&report.text, text(other))
            }
        };
        let copies = self.copies_of[at as usize].iter().map(|(other, shared)| CopyView {
            report: self.contents.reports[*other as usize].value.id.clone(),
            publisher: sources::publisher(&self.contents.reports[*other as usize].value),
            earlier: *other < at,
            shared: *shared,
            differences: compare(*other),
        });
        let same_url = |other: &holdfire_types::Report| {
            report.url.is_some() && other.url == report.url && other.id != *id
        };
        let versions = self.reports().filter(|(_, r)| same_url(r)).take(MOST_VERSIONS).map(|(other, r)| {
            VersionView { report: r.id.clone(), earlier: other < at, differences: compare(other) }
        });
        Some(ReportView {
            id: id.clone(),
            name: report.name.clone(),
            title: report.title.clone(),
            publisher: report.publisher.clone(),
            agency: report.agency.clone(),
            dateline: report.dateline.clone(),
            url: report.url.clone(),
            published: report.published.as_ref().map(|p| p.date),
            published_found: report.published.as_ref().map(|p| p.found),
            lang: report.lang.clone(),
            genre: report.genre,
            text: report.text.clone(),
            claims: claims.into_iter().map(|c| self.line(c)).collect(),
            copies: copies.collect(),
            versions: versions.collect(),
            corrections: self.corrections_of(id),
            entry: recorded.entry,
            recorded: recorded.at,
        })
    }

    /// All corrections, in the order received.
    pub fn corrections(&self) -> Vec<CorrectionView> {
        self.contents.corrections.iter().map(|c| self.correction_view(&c.value)).collect()
    }

    /// The claims that most need a reader's eye, least sure first; struck ones are settled and left out.
    pub fn review(&self, most: usize) -> Vec<ClaimLine> {
        let mut claims: Vec<u32> =
            (0..self.contents.claims.len() as u32).filter(|c| self.struck(*c).is_none()).collect();
        let confidence = |c: &u32| self.claim(*c).confidence;
        claims.sort_by(|a, b| confidence(a).total_cmp(&confidence(b)).then(a.cmp(b)));
        claims.truncate(most);
        claims.into_iter().map(|c| self.line(c)).collect()
    }

    /// A claim on one line.
    pub fn claim_line(&self, id: &Id) -> Option<ClaimLine> {
        self.find_claim(id).map(|at| self.line(at))
    }

    /// Every claim on one line, in the order recorded.
    pub fn claim_lines(&self) -> impl Iterator<Item = ClaimLine> {
        (0..self.contents.claims.len() as u32).map(|at| self.line(at))
    }

    pub(crate) fn line(&self, at: u32) -> ClaimLine {
        let recorded = &self.contents.claims[at as usize];
        let claim = &recorded.value;
        let report_at = self.report_index(at);
        let report = self.report_of(at);
        let names = |fillers: &[Filler]| fillers.iter().map(|f| f.name.clone()).collect();
        let source = self.source(at);
        let published = report.published.as_ref().map(|p| p.date);
        ClaimLine {
            id: claim.id.clone(),
            report: report.id.clone(),
            publisher: sources::publisher(report),
            published,
            chain: self.chain(at),
            source,
            stance: claim.stance,
            conditional: claim.conditional,
            negated: claim.negated,
            verification: claim.verification,
            kind: claim.act.kind,
            status: claim.act.status,
            actor: names(&claim.act.actor),
            target: names(&claim.act.target),
            place: claim.act.place.iter().map(place_view).collect(),
            days: claim.act.days,
            means: claim.act.means.clone(),
            figures: claim
                .act
                .figures
                .iter()
                .map(|f| FigureView {
                    what: f.what,
                    of: f.of.clone(),
                    count: Interval::new(f.min, f.max),
                    share: f.share,
                    words: f.span.of(&report.text).to_owned(),
                    window: f.window.as_ref().map(|w| w.span.of(&report.text).to_owned()),
                    covers: f.window.as_ref().map(|w| w.days),
                    basis: basis::of(claim, f, report),
                    part: f.part,
                })
                .collect(),
            quote: claim.quote(&report.text).to_owned(),
            chars: self.maps[report_at as usize].chars(&report.text, claim.span),
            confidence: claim.confidence,
            entry: recorded.entry,
            recorded: recorded.at,
            incident: self.incident_of[at as usize].map(|i| self.incident_id(i).clone()),
            copy_of: self.copy_of[report_at as usize]
                .map(|of| self.contents.reports[of as usize].value.id.clone()),
            struck: self.struck(at).cloned(),
        }
    }

    /// Publisher, agency, whoever the speaker is cited by, speaker; each once.
    fn chain(&self, at: u32) -> Vec<String> {
        let (claim, report) = (self.claim(at), self.report_of(at));
        let mut chain = vec![sources::publisher(report)];
        let named = claim.via.iter().filter(|f| !f.is_narrator()).map(|f| f.name.clone());
        chain.extend(report.agency.clone());
        chain.extend(named);
        if !claim.source.is_narrator() {
            chain.push(claim.source.name.clone());
        }
        let mut seen: Vec<String> = Vec::new();
        chain.retain(|name| {
            let folded = crate::facts::fold(name);
            let new = !seen.contains(&folded);
            seen.push(folded);
            new
        });
        chain
    }

    /// Every decision on a claim and another, in the order recorded.
    pub(crate) fn links_of(&self, claim: u32) -> Vec<LinkView> {
        let links = self.links_of.get(&claim).map_or(&[][..], Vec::as_slice);
        links.iter().map(|&at| self.link_view(at)).collect()
    }

    pub(crate) fn link_view(&self, at: u32) -> LinkView {
        let recorded = &self.contents.decisions[at as usize];
        let link = &recorded.value;
        let stands = self.find_claim(&link.a).zip(self.find_claim(&link.b)).is_some_and(|(a, b)| {
            let pair = (a.min(b), a.max(b));
            let found = self.held.binary_search_by_key(&pair, |h: &Held| (h.a, h.b));
            found.is_ok_and(|i| self.held[i].at == at)
        });
        LinkView {
            a: link.a.clone(),
            b: link.b.clone(),
            decision: link.decision,
            by: link.by.clone(),
            evidence_for: link.evidence_for.clone(),
            evidence_against: link.evidence_against.clone(),
            entry: recorded.entry,
            stands,
        }
    }

    pub(crate) fn corrections_of(&self, id: &Id) -> Vec<CorrectionView> {
        let all = self.contents.corrections.iter().map(|c| &c.value);
        all.filter(|c| c.of == *id).map(|c| self.correction_view(c)).collect()
    }

    fn correction_view(&self, correction: &Correction) -> CorrectionView {
        let answers =
            self.contents.answers.iter().map(|a| &a.value).filter(|a| a.correction == correction.id);
        CorrectionView {
            id: correction.id.clone(),
            of: correction.of.clone(),
            reason: correction.reason,
            text: correction.text.clone(),
            received: correction.received,
            answers: answers
                .map(|a| AnswerView {
                    accepted: a.accepted,
                    text: a.text.clone(),
                    by: a.by.clone(),
                    decided: a.decided,
                })
                .collect(),
        }
    }
}

fn slot_view(slot: &'static str, filler: &Filler, text: &str, map: &CharMap) -> SlotView {
    SlotView {
        slot,
        value: filler.name.clone(),
        words: filler.span.map(|s| s.of(text).to_owned()).unwrap_or_default(),
        chars: filler.span.map(|s| map.chars(text, s)),
        rule: filler.rule.clone(),
        party: filler.party.clone(),
    }
}

pub(crate) fn place_view(filler: &Filler) -> PlaceView {
    let place = filler.place.as_ref();
    PlaceView {
        name: filler.name.clone(),
        id: place.map(|p| p.id.clone()),
        admin1: place.map(|p| p.admin1.clone()).unwrap_or_default(),
        country: place.map(|p| p.country.clone()).unwrap_or_default(),
        lat: place.map(|p| p.lat),
        lon: place.map(|p| p.lon),
        precision: place.map(|p| p.precision),
    }
}

fn days_words(days: holdfire_types::Days) -> String {
    match (days.from, days.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => String::new(),
    }
}

/// The sentence around a span: to the nearest full stop, question mark or line end on both sides. Only for showing.
fn sentence_around(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = &text[..start];
    let from = before
        .char_indices()
        .rev()
        .take(600)
        .find(|(i, c)| {
            *c == '\n' || matches!(c, '.' | '?' | '!') && text[i + c.len_utf8()..].starts_with([' ', '\n'])
        })
        .map_or_else(
            || before.char_indices().rev().nth(599).map_or(0, |(i, _)| i),
            |(i, c)| i + c.len_utf8(),
        );
    let from = from + (text[from..start].len() - text[from..start].trim_start().len());
    let after = &text[end..];
    let closed = text[..end].ends_with(['.', '?', '!']);
    let to = if closed {
        0
    } else {
        after
            .char_indices()
            .take(600)
            .find(|(i, c)| {
                *c == '\n' || matches!(c, '.' | '?' | '!') && ends_here(&after[i + c.len_utf8()..])
            })
            .map_or_else(
                || after.char_indices().nth(600).map_or(after.len(), |(i, _)| i),
                |(i, c)| if c == '\n' { i } else { i + c.len_utf8() },
            )
    };
    Span::new(from.min(start), end + to)
}

fn ends_here(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\n', '"', '\u{201d}'])
}
