//! The network that adds to the linear models' scores.
//!
//! - [`Net`] holds the layers; `training/claimnet.py` has the same in the form that is trained.
//! - [`Net::read`] makes [`Words`] of a sentence: the language layer's vectors, what each word means by itself
//!   ([`Meanings`]), what the packs and the tree say of it, and a few residual convolutions over the words before, here,
//!   behind and above in the tree.
//! - Acts, standings and fillers are scored from those rows. Everything is added to a linear score, which counts as much
//!   as the network has learned to trust it.

mod earlier;
mod meanings;
mod pairs;

use std::cell::OnceCell;

use holdfire_model::net::{Dense, NetError, Norm, Parts, Rows};
use holdfire_types::{Kind, Stance, Status, Upos};

use crate::features::Carried;
use crate::stand::Stand;
use crate::view::View;

use earlier::Earlier;
use meanings::Meanings;
use pairs::Pairs;

/// Version of the file's form.
const FORM: &str = "holdfire-claims-2";
/// What the packs say of a word: kinds and stances; and one for quoted words.
const BITS: usize = 26;
/// Rows for relations; there are fewer.
const DEPS: usize = 64;
/// Rules that offer a source: the narrator, a mention, the source before, a voice, the document's speaker.
pub const RULES: usize = 5;
/// Linear scores that are trusted apart: acts, stances, statuses, sources; three each of first fillers, further ones,
/// nobody and earlier fillers.
const TRUSTED: usize = 16;

/// The pairs that score sources, and those that score fillers of roles.
const SOURCE: usize = 0;
/// See [`SOURCE`].
const ROLE: usize = 1;

/// The layers.
#[derive(Debug)]
pub struct Net {
    width: usize,
    begin: Dense,
    meanings: Meanings,
    tags: Vec<f32>,
    deps: Vec<f32>,
    listed: Vec<f32>,
    blocks: Vec<Block>,
    last: Norm,
    act: [Dense; 2],
    kinds: Vec<f32>,
    stances: Vec<f32>,
    standing: [Dense; 2],
    source: Pairs,
    rules: Vec<f32>,
    role: Pairs,
    earlier: Earlier,
    nobody: [Dense; 2],
    trust: Vec<f32>,
}

#[derive(Debug, Clone)]
struct Block {
    norm: Norm,
    before: Dense,
    own: Dense,
    behind: Dense,
    above: Dense,
    reach: usize,
}

/// The rows of a sentence's words.
#[derive(Debug)]
pub struct Words {
    rows: Vec<f32>,
    /// The words as mentions beside an act, for its source and for its roles; made when the first act is met.
    mentions: [OnceCell<Vec<f32>>; 2],
}

impl Words {
    /// The words as `pairs` see them beside an act.
    fn mentions(&self, pairs: &Pairs, which: usize) -> &[f32] {
        self.mentions[which].get_or_init(|| pairs.mentions(&self.rows))
    }
}

/// An act as the pairs see it.
#[derive(Debug)]
pub struct Acting {
    source: Vec<f32>,
    role: Vec<f32>,
    earlier: Vec<f32>,
    /// What to add for nobody as actor, target, place, and for one of an earlier claim.
    pub nobody: [f32; 6],
}

impl Net {
    /// Opens a file of weights.
    ///
    /// # Errors
    /// [`NetError`] says what is wrong with it.
    pub fn open(bytes: &[u8]) -> Result<Self, NetError> {
        let file = Parts::open(bytes, FORM)?;
        let (vector, d, p) = (file.number("vector")?, file.number("width")?, file.number("pair")?);
        let two = |name: &str, outputs: usize| -> Result<[Dense; 2], NetError> {
            Ok([file.dense(&format!("{name}.0"), 2 * d, p)?, file.dense(&format!("{name}.1"), p, outputs)?])
        };
        let reaches = file.lines("reaches")?;
        let block = |(i, reach): (usize, &String)| -> Result<Block, NetError> {
            Ok(Block {
                norm: file.norm(&format!("block{i}.norm"), d)?,
                before: file.weights(&format!("block{i}.before"), d, d)?,
                own: file.dense(&format!("block{i}.own"), d, d)?,
                behind: file.weights(&format!("block{i}.behind"), d, d)?,
                above: file.weights(&format!("block{i}.above"), d, d)?,
                reach: reach.parse().map_err(|_| NetError::Part("reaches".to_owned()))?,
            })
        };
        Ok(Self {
            width: d,
            begin: file.dense("begin", vector, d)?,
            meanings: Meanings::open(&file, d)?,
            tags: file.floats("tags", &[Upos::ALL.len(), d])?,
            deps: file.floats("deps", &[DEPS, d])?,
            listed: file.floats("listed", &[BITS, d])?,
            blocks: reaches.iter().enumerate().map(block).collect::<Result<_, NetError>>()?,
            last: file.norm("last", d)?,
            act: two("act", Kind::ALL.len() + 1)?,
            kinds: file.floats("kinds", &[Kind::ALL.len(), d])?,
            stances: file.floats("stances", &[Stance::ALL.len(), d])?,
            standing: two("standing", Stance::ALL.len() + Status::ALL.len())?,
            source: Pairs::open(&file, "source", d, p, 1)?,
            rules: file.floats("rules", &[RULES, p])?,
            role: Pairs::open(&file, "role", d, p, 6)?,
            earlier: Earlier::open(&file, d, p)?,
            nobody: two("nobody", 6)?,
            trust: file.floats("trust", &[TRUSTED])?,
        })
    }

    /// The rows of a sentence; `None` for one that the language layer did not read.
    pub fn read(&self, view: &View<'_>) -> Option<Words> {
        let (n, d) = (view.len(), self.width);
        if n == 0 || view.sentence.vectors.len() != n * self.begin.inputs {
            return None;
        }
        let mut x = apply(&self.begin, &view.sentence.vectors);
        self.meanings.add(view, &mut x);
        for (i, row) in x.chunks_exact_mut(d).enumerate() {
            add(row, &self.tags, view.upos(i) as usize);
            add(row, &self.deps, view.dep(i) as usize);
            let quoted = u32::from(view.quoted[i]) << (BITS - 1);
            let bits = view.listed_bits(i) | quoted;
            for bit in (0..BITS).filter(|bit| bits & (1 << bit) != 0) {
                add(row, &self.listed, bit);
            }
        }
        let (mut normed, mut y) = (Rows::default(), Vec::new());
        for block in &self.blocks {
            block.norm.apply(&x, &mut normed);
            block.apply(&normed, view, &mut y);
            for (x, y) in x.iter_mut().zip(&y) {
                *x += y.max(0.0);
            }
        }
        self.last.apply(&x, &mut normed);
        Some(Words { rows: normed.floats(0..n), mentions: Default::default() })
    }

    /// What to add to the scores of no act and of each kind, row by row for these tokens.
    pub fn acts(&self, words: &Words, view: &View<'_>, tokens: &[usize]) -> Vec<f32> {
        let mut x = Vec::with_capacity(tokens.len() * 2 * self.width);
        for &i in tokens {
            self.push_with_head(words, view, i, None, &mut x);
        }
        through(&self.act, &x)
    }

    /// What to add to the scores of stances and then of statuses for an act of this kind.
    pub fn standing(&self, words: &Words, view: &View<'_>, i: usize, kind: Kind) -> Vec<f32> {
        let mut x = Vec::with_capacity(2 * self.width);
        self.push_with_head(words, view, i, Some(row(&self.kinds, self.width, kind as usize)), &mut x);
        through(&self.standing, &x)
    }

    /// The act at token `i` as its options are scored against.
    pub fn acting(&self, words: &Words, view: &View<'_>, i: usize, kind: Kind, stance: Stance) -> Acting {
        let d = self.width;
        let plus: Vec<f32> = row(&self.kinds, d, kind as usize)
            .iter()
            .zip(row(&self.stances, d, stance as usize))
            .map(|(k, s)| k + s)
            .collect();
        let x: Vec<f32> = row(&words.rows, d, i).iter().zip(&plus).map(|(h, p)| h + p).collect();
        let mut with_head = Vec::with_capacity(2 * d);
        self.push_with_head(words, view, i, Some(&plus), &mut with_head);
        let nobody = through(&self.nobody, &with_head);
        Acting {
            source: self.source.acting(&x),
            role: self.role.acting(&x),
            earlier: self.earlier.acting(&x),
            nobody: std::array::from_fn(|n| nobody[n]),
        }
    }

    /// What to add to the scores of options for the source, each told by its rule and, for a mention, by how it stands.
    pub fn sources<'s>(
        &self,
        words: &Words,
        acting: &Acting,
        options: impl Iterator<Item = (usize, Option<&'s Stand>)>,
    ) -> Vec<f32> {
        let mut x = Vec::new();
        for (rule, stand) in options {
            let from = x.len();
            let seen = stand.map(|s| (s, words.mentions(&self.source, SOURCE)));
            self.source.push(&acting.source, seen, &mut x);
            add(&mut x[from..], &self.rules, rule);
        }
        self.source.scores(&mut x)
    }

    /// What to add to the scores of mentions as the first filler of each role, and as a further one: six a mention.
    pub fn roles<'s>(
        &self,
        words: &Words,
        acting: &Acting,
        mentions: impl Iterator<Item = Option<&'s Stand>>,
    ) -> Vec<f32> {
        let mut x = Vec::new();
        for stand in mentions {
            let seen = stand.map(|s| (s, words.mentions(&self.role, ROLE)));
            self.role.push(&acting.role, seen, &mut x);
        }
        self.role.scores(&mut x)
    }

    /// What to add to the score of an earlier claim's filler; `there` are the words of its sentence.
    pub fn earlier(&self, acting: &Acting, carried: &Carried, same_kind: bool, there: Option<&Words>) -> f32 {
        let rows = there.map(|words| words.rows.as_slice());
        self.earlier.score(&acting.earlier, carried, same_kind, rows)
    }

    /// What a linear score counts: see [`TRUSTED`].
    pub fn trust(&self, which: usize) -> f32 {
        self.trust[which]
    }

    /// Adds a word's row, with `plus` added to it, and its head's behind it.
    fn push_with_head(
        &self,
        words: &Words,
        view: &View<'_>,
        i: usize,
        plus: Option<&[f32]>,
        out: &mut Vec<f32>,
    ) {
        let (d, from) = (self.width, out.len());
        out.extend_from_slice(row(&words.rows, d, i));
        if let Some(plus) = plus {
            for (x, p) in out[from..].iter_mut().zip(plus) {
                *x += p;
            }
        }
        out.extend_from_slice(row(&words.rows, d, view.tree.head(i).unwrap_or(i)));
    }
}

fn row(rows: &[f32], d: usize, n: usize) -> &[f32] {
    &rows[n * d..(n + 1) * d]
}

fn add(to: &mut [f32], rows: &[f32], n: usize) {
    let from = n * to.len();
    for (x, w) in to.iter_mut().zip(&rows[from..]) {
        *x += w;
    }
}

/// A layer's outputs, without the padding of its rows.
fn apply(layer: &Dense, x: &[f32]) -> Vec<f32> {
    let (mut rows, mut out) = (Rows::default(), Vec::new());
    rows.take(x, layer.inputs);
    layer.apply(&rows, &mut out);
    let stride = layer.stride();
    if stride != layer.outputs {
        let count = x.len() / layer.inputs;
        for row in 1..count {
            out.copy_within(row * stride..row * stride + layer.outputs, row * layer.outputs);
        }
        out.truncate(count * layer.outputs);
    }
    out
}

impl Block {
    /// The convolution over the words `reach` before and behind, the word itself and its head. Nothing stands beyond the
    /// sentence.
    fn apply(&self, x: &Rows, view: &View<'_>, out: &mut Vec<f32>) {
        let n = view.len();
        self.own.apply(x, out);
        self.before.add(x, (self.reach..n).map(|i| (i - self.reach, i)), out);
        self.behind.add(x, (self.reach..n).map(|i| (i, i - self.reach)), out);
        self.above.add(x, (0..n).map(|i| (view.tree.head(i).unwrap_or(i), i)), out);
    }
}

fn through(layers: &[Dense; 2], x: &[f32]) -> Vec<f32> {
    last(&layers[1], &mut apply(&layers[0], x))
}

/// The last layer, behind a `ReLU`.
fn last(layer: &Dense, x: &mut [f32]) -> Vec<f32> {
    for x in x.iter_mut() {
        *x = x.max(0.0);
    }
    apply(layer, x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Frame;
    use crate::models::Models;
    use crate::samples::view_of;

    const SHELLED: &str = "Rebels|NOUN|1|nsubj shelled|VERB|_|root Marran|PROPN|1|obj";

    fn net() -> &'static Net {
        Models::embedded().net.as_ref().expect("a network ships")
    }

    #[test]
    fn a_sentence_without_vectors_is_not_read() {
        view_of(SHELLED, |view| assert!(net().read(view).is_none()));
    }

    #[test]
    fn a_sentence_is_read_word_by_word_and_scored_the_same_each_time() {
        let text = "Rebels shelled Marran.";
        let model = holdfire_model::Model::embedded().unwrap();
        let twice = model.annotate(&format!("{text} {text}"));
        let acts = holdfire_world::Acts::default();
        let scores: Vec<Vec<f32>> = twice
            .iter()
            .map(|sentence| {
                let whole = format!("{text} {text}");
                let view = View::new(&whole, sentence, &acts, &mut false);
                let words = net().read(&view).expect("it has vectors");
                let frame = Frame::new(&view, 1);
                let acting = net().acting(&words, &view, 1, Kind::Attack, Stance::States);
                let mut scores = net().acts(&words, &view, &[1, 0]);
                scores.extend(net().standing(&words, &view, 1, Kind::Attack));
                let stands: Vec<Stand> =
                    view.mentions.iter().map(|mention| Stand::new(&view, 1, mention, &frame)).collect();
                scores.extend(net().roles(&words, &acting, stands.iter().map(Some)));
                scores.extend(net().sources(&words, &acting, stands.iter().map(|stand| (1, Some(stand)))));
                scores
            })
            .collect();
        assert_eq!(scores.len(), 2);
        assert_eq!(scores[0], scores[1]);
        assert!(scores[0].iter().all(|s| s.is_finite()));
    }

    #[test]
    fn a_word_that_means_something_has_it_in_its_row_and_an_unknown_one_has_nothing() {
        view_of("Xqzzyv|NOUN|1|nsubj shelled|VERB|_|root Marran|PROPN|1|obj", |view| {
            let d = net().width;
            let mut rows = vec![0.0; view.len() * d];
            net().meanings.add(view, &mut rows);
            assert!(row(&rows, d, 0).iter().all(|x| *x == 0.0));
            assert!(row(&rows, d, 1).iter().any(|x| *x != 0.0));
        });
    }

    #[test]
    fn a_cut_file_is_refused() {
        assert!(Net::open(&[1, 2, 3]).is_err());
    }
}
