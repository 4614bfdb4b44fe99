//! Reports and claims by seeded chance, as long and as varied as news is: to fill ledgers of any size.

use holdfire_types::{
    Act, Claim, Days, Figure, FigureKind, Filler, FoundIn, Kind, Means, PlacePrecision, Published, Report,
    ResolvedPlace, Span, Stance,
};
use jiff::civil::Date;

/// Sentences of a report; each carries one claim.
pub const SENTENCES: usize = 18;

/// Numbers that follow from a seed.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that begin at `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678_9ABC_DEF1)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides as u64) as usize
    }

    /// Small numbers more often than large ones, as words of a language are.
    fn skewed(&mut self, sides: usize) -> usize {
        let at = self.roll(sides) + 1;
        self.roll(at)
    }

    fn pick<'l>(&mut self, list: &[&'l str]) -> &'l str {
        list[self.roll(list.len())]
    }
}

const SYLLABLES: [&str; 16] =
    ["ra", "ko", "mir", "ta", "len", "sho", "ba", "du", "ek", "ni", "pol", "ver", "gha", "zu", "or", "im"];

/// The `n`-th word of a made-up language of twenty thousand.
fn word(n: usize) -> String {
    let mut rest = n + 1;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

const KINDS: [Kind; 6] = [Kind::Attack, Kind::Clash, Kind::Aid, Kind::Talks, Kind::Capture, Kind::Truce];
const STANCES: [Stance; 4] = [Stance::States, Stance::States, Stance::Accuses, Stance::Denies];
const MEANS: [Means; 3] = [Means::Shelling, Means::Airstrike, Means::Rocket];
const RULES: [&str; 5] = ["subject", "object", "passive-agent", "pack:syria/act", "quoted"];
const OUTLETS: [&str; 6] =
    ["The Daily Herald", "Coast Express", "Northern Post", "Radio Levant", "The Globe", "Star"];

/// A report with its claims, another for every number and seed.
pub fn report(seed: u64, number: usize) -> (Report, Vec<Claim>) {
    let dice = &mut Dice::new(seed ^ ((number as u64) << 8));
    let mut text = String::with_capacity(4_000);
    let mut told = Vec::with_capacity(SENTENCES);
    for _ in 0..SENTENCES {
        told.push(sentence(&mut text, dice));
    }
    let mut report = Report::new(format!("synth-{number}"), text);
    report.url = Some(format!("https://news.example/{seed}/{number}"));
    report.title = Some(format!("{} {}", word(dice.skewed(20_000)), word(dice.skewed(20_000))));
    report.publisher = Some(dice.pick(&OUTLETS).to_owned());
    report.agency = Some("AP".to_owned());
    report.lang = Some("en".to_owned());
    let day = Date::constant(2016, 1, 1) + jiff::Span::new().days(dice.roll(900) as i64);
    report.published = Some(Published { date: day, found: FoundIn::Metadata, span: None });
    report.seal();
    let claims = told.into_iter().map(|told| claim(&report, day, &told, dice)).collect();
    (report, claims)
}

/// Where the parts of a sentence stand.
struct Told {
    span: Span,
    actor: Span,
    verb: Span,
    place: Span,
    number: Span,
    place_number: usize,
}

fn sentence(text: &mut String, dice: &mut Dice) -> Told {
    let start = text.len();
    let mut push = |word: &str| {
        let at = text.len();
        text.push_str(word);
        let span = Span::new(at, text.len());
        text.push(' ');
        span
    };
    let actor = push(&format!("{} forces", word(dice.skewed(300))));
    let verb = push(&word(dice.skewed(400)));
    for _ in 0..8 {
        push(&word(dice.skewed(20_000)));
    }
    let place_number = dice.skewed(3_000);
    let place = push(&format!("al-{}", word(place_number)));
    let number = push(&dice.roll(60).to_string());
    for _ in 0..16 {
        push(&word(dice.skewed(20_000)));
    }
    text.pop();
    text.push_str(". ");
    Told { span: Span::new(start, text.len() - 1), actor, verb, place, number, place_number }
}

fn filler(text: &str, span: Span, dice: &mut Dice, party: &str) -> Filler {
    let mut filler = Filler::new(span.of(text), span, dice.pick(&RULES));
    filler.party = (dice.roll(2) == 0).then(|| party.to_owned());
    filler
}

fn claim(report: &Report, day: Date, told: &Told, dice: &mut Dice) -> Claim {
    let text = &report.text;
    let (kind, stance) = (KINDS[dice.roll(KINDS.len())], STANCES[dice.roll(STANCES.len())]);
    let source =
        if dice.roll(2) == 0 { Filler::narrator() } else { filler(text, told.actor, dice, "syria/army") };
    let via = |name: &Option<String>| {
        let name = name.clone().unwrap_or_default();
        Filler { name, span: None, rule: "report".to_owned(), party: None, place: None }
    };
    let mut place = filler(text, told.place, dice, "");
    place.party = None;
    place.place = Some(ResolvedPlace {
        id: format!("geonames:{}", 170_000 + told.place_number),
        name: place.name.clone(),
        lat: 32.0 + (told.place_number % 53) as f64 / 10.0,
        lon: 35.5 + (told.place_number % 67) as f64 / 10.0,
        country: "SY".to_owned(),
        admin1: word(told.place_number % 14),
        precision: PlacePrecision::Exact,
    });
    let figure = Figure {
        what: FigureKind::Killed,
        of: "people".to_owned(),
        min: Some(dice.roll(60) as u64),
        max: None,
        share: None,
        span: told.number,
        window: None,
        part: false,
    };
    Claim {
        id: Claim::make_id(&report.id, told.span, told.verb, kind, stance, &source.name),
        report: report.id.clone(),
        span: told.span,
        anchor: told.verb,
        source,
        via: vec![via(&report.publisher), via(&report.agency)],
        stance,
        stance_span: Some(told.verb),
        conditional: false,
        negated: false,
        verification: None,
        act: Act {
            kind,
            status: None,
            actor: vec![filler(text, told.actor, dice, "syria/army")],
            target: vec![filler(text, told.place, dice, "syria/opposition")],
            place: vec![place],
            days: Some(Days::on(day)),
            days_span: None,
            means: vec![MEANS[dice.roll(MEANS.len())]],
            figures: if dice.roll(2) == 0 { vec![figure] } else { Vec::new() },
        },
        rule: dice.pick(&RULES).to_owned(),
        confidence: dice.roll(100) as f32 / 100.0,
    }
}
