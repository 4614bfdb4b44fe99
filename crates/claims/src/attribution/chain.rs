//! The best chain of labels over the words beside a cue.
//!
//! Source and cue are one stretch each, and the cue holds its head word. So a state is a label together with whether source
//! and cue have come yet.

/// What a word is to a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Nothing.
    Outside,
    /// Part of the source.
    Source,
    /// Part of the cue.
    Cue,
    /// Part of the content.
    Content,
}

/// A label, and whether source and cue have begun.
type State = (Label, bool, bool);

/// Number of states.
const COUNT: usize = 12;

const STATES: [State; COUNT] = [
    (Label::Outside, false, false),
    (Label::Outside, false, true),
    (Label::Outside, true, false),
    (Label::Outside, true, true),
    (Label::Content, false, false),
    (Label::Content, false, true),
    (Label::Content, true, false),
    (Label::Content, true, true),
    (Label::Source, true, false),
    (Label::Source, true, true),
    (Label::Cue, false, true),
    (Label::Cue, true, true),
];

/// True where `b` may come right after `a`.
fn follows(a: State, b: State) -> bool {
    let part = |label: Label, had: bool, has: bool| {
        if b.0 == label { has && (!had || a.0 == label) } else { had == has }
    };
    part(Label::Source, a.1, b.1) && part(Label::Cue, a.2, b.2)
}

/// True where a line may begin with `state`.
fn begins(state: State) -> bool {
    state.1 == (state.0 == Label::Source) && state.2 == (state.0 == Label::Cue)
}

const NEVER: f32 = -1e9;

/// How far below its score a label is held that is known to be wrong: labels marked against the rules of a line still add up.
#[cfg(feature = "train")]
const FAR: f32 = 60.0;

/// The score of being in each state at a word: never another label than the cue's at its head.
fn at(words: &[[f32; 4]], n: usize, cue: usize) -> [f32; COUNT] {
    STATES.map(|state| if n == cue && state.0 != Label::Cue { NEVER } else { words[n][state.0 as usize] })
}

fn step(steps: &[[f32; 16]], n: usize, a: State, b: State) -> f32 {
    steps[n - 1][a.0 as usize * 4 + b.0 as usize]
}

/// The likeliest labels: `words` scores labels of each word, `steps` pairs of labels from the second word on, `cue` is the
/// head of the cue.
pub fn best(words: &[[f32; 4]], steps: &[[f32; 16]], cue: usize) -> Vec<Label> {
    let mut score = first(words, cue);
    let mut back: Vec<[usize; COUNT]> = vec![[0; COUNT]];
    for n in 1..words.len() {
        let here = at(words, n, cue);
        let mut next = [NEVER; COUNT];
        let mut from = [0; COUNT];
        for (b, &to) in STATES.iter().enumerate() {
            for (a, &before) in STATES.iter().enumerate().filter(|(_, before)| follows(**before, to)) {
                let total = score[a] + step(steps, n, before, to) + here[b];
                if total > next[b] {
                    (next[b], from[b]) = (total, a);
                }
            }
        }
        score = next;
        back.push(from);
    }
    let mut state = (0..COUNT).max_by(|&a, &b| score[a].total_cmp(&score[b])).unwrap_or(0);
    let mut labels = vec![Label::Outside; words.len()];
    for n in (0..words.len()).rev() {
        labels[n] = STATES[state].0;
        state = back[n][state];
    }
    labels
}

fn first(words: &[[f32; 4]], cue: usize) -> [f32; COUNT] {
    let here = at(words, 0, cue);
    std::array::from_fn(|k| if begins(STATES[k]) { here[k] } else { NEVER })
}

/// The scores with all but the known labels made impossible.
#[cfg(feature = "train")]
pub fn only(words: &[[f32; 4]], known: &[Option<Label>]) -> Vec<[f32; 4]> {
    let held = |score: &[f32; 4], label: Label| {
        std::array::from_fn(|k| if k == label as usize { score[k] } else { score[k] - FAR })
    };
    words.iter().zip(known).map(|(score, known)| known.map_or(*score, |label| held(score, label))).collect()
}

/// Odds of each label at each word, and of each pair of labels at each step.
#[cfg(feature = "train")]
pub fn odds(words: &[[f32; 4]], steps: &[[f32; 16]], cue: usize) -> (Vec<[f32; 4]>, Vec<[f32; 16]>) {
    let n = words.len();
    let mut before = vec![first(words, cue)];
    for k in 1..n {
        let here = at(words, k, cue);
        let last = before[k - 1];
        before.push(std::array::from_fn(|b| {
            let ways = |a: usize| last[a] + step(steps, k, STATES[a], STATES[b]);
            sum(|a| follows(STATES[a], STATES[b]).then(|| ways(a))) + here[b]
        }));
    }
    let mut behind = vec![[0.0_f32; COUNT]; n];
    for k in (1..n).rev() {
        let here = at(words, k, cue);
        let after = behind[k];
        behind[k - 1] = std::array::from_fn(|a| {
            let ways = |b: usize| step(steps, k, STATES[a], STATES[b]) + here[b] + after[b];
            sum(|b| follows(STATES[a], STATES[b]).then(|| ways(b)))
        });
    }
    let whole = sum(|a| Some(before[n - 1][a]));
    let mut labels = vec![[0.0; 4]; n];
    let mut pairs = vec![[0.0; 16]; n.saturating_sub(1)];
    for (k, label) in labels.iter_mut().enumerate() {
        for (a, state) in STATES.iter().enumerate() {
            label[state.0 as usize] += (before[k][a] + behind[k][a] - whole).exp();
        }
        if k == 0 {
            continue;
        }
        let here = at(words, k, cue);
        for (a, &from) in STATES.iter().enumerate() {
            for (b, &to) in STATES.iter().enumerate().filter(|(_, to)| follows(from, **to)) {
                let total = before[k - 1][a] + step(steps, k, from, to) + here[b] + behind[k][b];
                pairs[k - 1][from.0 as usize * 4 + to.0 as usize] += (total - whole).exp();
            }
        }
    }
    (labels, pairs)
}

/// The logarithm of the sum of the powers that states have.
#[cfg(feature = "train")]
fn sum(of: impl Fn(usize) -> Option<f32>) -> f32 {
    let scores: [f32; COUNT] = std::array::from_fn(|k| of(k).unwrap_or(NEVER));
    let top = scores.iter().copied().fold(NEVER, f32::max);
    if top <= NEVER { NEVER } else { top + scores.iter().map(|s| (s - top).exp()).sum::<f32>().ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores that like one label of each word.
    fn liking(labels: &[(Label, f32)]) -> Vec<[f32; 4]> {
        let one = |&(label, score): &(Label, f32)| {
            std::array::from_fn(|k| if k == label as usize { score } else { 0.0 })
        };
        labels.iter().map(one).collect()
    }

    #[test]
    fn source_and_cue_are_one_stretch_each_and_content_may_be_more() {
        use Label::{Content, Cue, Outside, Source};
        let words = liking(&[
            (Content, 1.0),
            (Source, 2.0),
            (Cue, 1.0),
            (Content, 1.0),
            (Source, 1.0),
            (Content, 1.0),
            (Cue, 1.5),
        ]);
        let labels = best(&words, &vec![[0.0; 16]; words.len() - 1], 2);
        assert_eq!(labels[..4], [Content, Source, Cue, Content]);
        assert_eq!(labels.iter().filter(|l| **l == Source).count(), 1);
        assert_ne!(labels[6], Cue);
        assert_eq!(best(&liking(&[(Outside, 5.0)]), &[], 0), [Cue]);
    }
}
