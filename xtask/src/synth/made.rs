//! Reports and claims by seeded chance, as long and as varied as news is, at one density: each day has so many acts
//! and so many reports that tell of them, so that more claims are more days and never more claims a day and place.

use holdfire_types::{
    Act, Claim, Days, Figure, FigureKind, Filler, FoundIn, Kind, Means, PlacePrecision, Published, Report,
    ResolvedPlace, Span, Stance,
};
use jiff::civil::Date;

/// Sentences of a report; each carries one claim.
pub const SENTENCES: usize = 18;
/// Reports published on one day.
pub const REPORTS_A_DAY: usize = 32;
/// Acts of one day: each is told 2.4 times a day on average, by some reports of its day and of the next.
pub const ACTS_A_DAY: usize = 240;
/// Places; acts fall on some more often than on others.
pub const PLACES: usize = 3_000;
/// One report in so many is a wire copy of one of the day before it, retitled and shortened.
pub const ONE_COPY_IN: usize = 8;

/// Numbers that follow from a seed.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that begin at `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678_9ABC_DEF1)
    }

    /// Dice for one thing of many.
    fn of(seed: u64, sort: u64, number: usize) -> Self {
        let mut dice = Self::new(seed ^ (sort << 56) ^ ((number as u64) << 8));
        dice.roll(2);
        dice
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

    fn once_in(&mut self, times: usize) -> bool {
        self.roll(times) == 0
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

const KINDS: [Kind; 8] = [
    Kind::Attack,
    Kind::Attack,
    Kind::Attack,
    Kind::Clash,
    Kind::Aid,
    Kind::Talks,
    Kind::Capture,
    Kind::Control,
];
const STANCES: [Stance; 6] =
    [Stance::States, Stance::States, Stance::States, Stance::Accuses, Stance::Denies, Stance::Demands];
const MEANS: [Means; 3] = [Means::Shelling, Means::Airstrike, Means::Rocket];
const RULES: [&str; 5] = ["subject", "object", "passive-agent", "pack:syria/act", "quoted"];
const OUTLETS: [&str; 6] =
    ["The Daily Herald", "Coast Express", "Northern Post", "Radio Levant", "The Globe", "Star"];
const PARTIES: [&str; 6] = [
    "syria/army", "syria/opposition", "syria/islamic-state", "syria/hezbollah", "syria/ypg",
    "syria/turkish-army",
];

/// Something that happened, as reports may tell it.
struct Happening {
    kind: Kind,
    place: usize,
    actor: usize,
    target: usize,
    means: Means,
    killed: usize,
}

fn happening(seed: u64, day: usize, number: usize) -> Happening {
    let dice = &mut Dice::of(seed, 1, day * ACTS_A_DAY + number);
    Happening {
        kind: KINDS[dice.roll(KINDS.len())],
        place: dice.skewed(PLACES),
        actor: dice.roll(PARTIES.len()),
        target: dice.roll(PARTIES.len()),
        means: MEANS[dice.roll(MEANS.len())],
        killed: dice.skewed(60),
    }
}

/// The day that days are counted from.
const FIRST: Date = Date::constant(2012, 1, 1);

fn date(day: usize) -> Date {
    FIRST + jiff::Span::new().days(day as i64)
}

/// The report that report `number` is a wire copy of.
pub fn copied(seed: u64, number: usize) -> Option<usize> {
    let dice = &mut Dice::of(seed, 2, number);
    let copy = dice.once_in(ONE_COPY_IN) && number > REPORTS_A_DAY;
    let of = number.saturating_sub(1 + dice.roll(REPORTS_A_DAY));
    (copy && copied(seed, of).is_none()).then_some(of)
}

/// A report with its claims, another for every number and seed. Those of one day follow each other.
pub fn report(seed: u64, number: usize) -> (Report, Vec<Claim>) {
    let day = number / REPORTS_A_DAY;
    let (of, told) = match copied(seed, number) {
        Some(of) => (of, SENTENCES * 2 / 3),
        None => (number, SENTENCES),
    };
    let words = &mut Dice::of(seed, 3, of);
    let mut text = String::with_capacity(4_000);
    let mut sentences = Vec::with_capacity(SENTENCES);
    for _ in 0..told {
        // Two in three acts that a report tells are of its own day.
        let on = (of / REPORTS_A_DAY).saturating_sub(usize::from(words.once_in(3)));
        let happening = happening(seed, on, words.skewed(ACTS_A_DAY));
        sentences.push(sentence(&mut text, on, happening, words));
    }
    let dice = &mut Dice::of(seed, 4, number);
    let mut report = Report::new(format!("synth-{number}"), text);
    report.url = Some(format!("https://news.example/{seed}/{number}"));
    report.title = Some(format!("{} {}", word(dice.skewed(20_000)), word(dice.skewed(20_000))));
    report.publisher = Some(dice.pick(&OUTLETS).to_owned());
    report.agency = Some("AP".to_owned());
    report.lang = Some("en".to_owned());
    report.published = Some(Published { date: date(day), found: FoundIn::Metadata, span: None });
    report.seal();
    let claims = sentences.iter().map(|told| claim(&report, told, words)).collect();
    (report, claims)
}

/// Where the parts of a sentence stand.
struct Told {
    span: Span,
    actor: Span,
    verb: Span,
    place: Span,
    number: Span,
    day: usize,
    happening: Happening,
    killed: usize,
}

fn sentence(text: &mut String, day: usize, happening: Happening, dice: &mut Dice) -> Told {
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
    let place = push(&format!("al-{}", word(happening.place)));
    // Two in three accounts give one number, the others another.
    let killed = if dice.once_in(3) { happening.killed + dice.roll(9) } else { happening.killed };
    let number = push(&killed.to_string());
    for _ in 0..16 {
        push(&word(dice.skewed(20_000)));
    }
    text.pop();
    text.push_str(". ");
    Told { span: Span::new(start, text.len() - 1), actor, verb, place, number, day, happening, killed }
}

fn filler(text: &str, span: Span, dice: &mut Dice, party: Option<usize>) -> Filler {
    let mut filler = Filler::new(span.of(text), span, dice.pick(&RULES));
    filler.party = party.map(|party| PARTIES[party].to_owned());
    filler
}

fn claim(report: &Report, told: &Told, dice: &mut Dice) -> Claim {
    let (text, happening) = (&report.text, &told.happening);
    let stance = STANCES[dice.roll(STANCES.len())];
    let party = dice.roll(PARTIES.len());
    let source = if dice.once_in(2) {
        Filler::narrator()
    } else {
        let party = dice.once_in(2).then_some(party);
        filler(text, told.actor, dice, party)
    };
    let via = |name: &Option<String>| {
        let name = name.clone().unwrap_or_default();
        Filler { name, span: None, rule: "report".to_owned(), party: None, place: None }
    };
    let mut place = filler(text, told.place, dice, None);
    place.place = Some(ResolvedPlace {
        id: format!("geonames:{}", 170_000 + happening.place),
        name: place.name.clone(),
        lat: 32.0 + (happening.place * 37 % 530) as f64 / 100.0,
        lon: 35.5 + (happening.place * 61 % 670) as f64 / 100.0,
        country: "SY".to_owned(),
        admin1: word(happening.place % 14),
        precision: PlacePrecision::Exact,
    });
    let figure = Figure {
        what: FigureKind::Killed,
        of: "people".to_owned(),
        min: Some(told.killed as u64),
        max: Some(told.killed as u64),
        share: None,
        span: told.number,
        window: None,
        part: false,
    };
    // One count in thirty is over several days.
    let first = if dice.once_in(30) { told.day.saturating_sub(2) } else { told.day };
    let actor = (!dice.once_in(4)).then_some(happening.actor);
    let target = (!dice.once_in(4)).then_some(happening.target);
    Claim {
        id: Claim::make_id(&report.id, told.span, told.verb, happening.kind, stance, &source.name),
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
            kind: happening.kind,
            status: None,
            actor: vec![filler(text, told.actor, dice, actor)],
            target: vec![filler(text, told.place, dice, target)],
            place: vec![place],
            days: Some(Days::between(date(first), date(told.day))),
            days_span: None,
            means: vec![happening.means],
            figures: if dice.once_in(2) { vec![figure] } else { Vec::new() },
        },
        rule: dice.pick(&RULES).to_owned(),
        confidence: dice.roll(100) as f32 / 100.0,
    }
}
