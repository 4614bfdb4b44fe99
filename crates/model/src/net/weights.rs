//! The language layer's file of weights.

use super::features::ROWS;
use super::heads::relu;
use super::keys::{Keys, key};
use super::parts::{NetError, Parts};
use super::rows::{LANES, Rows};
use super::{Block, Lists, Net};

/// Version of the file's form. A file of another version is refused by name.
const FORM: &str = "holdfire-english-1";

impl Net {
    /// Opens a model file.
    ///
    /// # Errors
    /// [`NetError`] says what is wrong with the file; nothing is read from a file whose checksum does not fit.
    pub fn open(bytes: &[u8]) -> Result<(Self, Lists), NetError> {
        let file = Parts::open(bytes, FORM)?;
        let (d, arc, rel) = (file.number("width")?, file.number("arc")?, file.number("rel")?);
        if [d, arc, rel].iter().any(|n| *n == 0 || n % LANES != 0) {
            return Err(NetError::Part("width".to_owned()));
        }
        let reaches: Vec<usize> = file
            .lines("reaches")?
            .iter()
            .map(|r| r.parse().map_err(|_| NetError::Part("reaches".to_owned())))
            .collect::<Result<_, _>>()?;
        let blocks = reaches
            .iter()
            .enumerate()
            .map(|(i, &reach)| {
                Ok(Block {
                    norm: file.norm(&format!("block{i}.norm"), d)?,
                    conv: file.convolution(&format!("block{i}.conv"), d)?,
                    reach,
                })
            })
            .collect::<Result<_, NetError>>()?;
        let words = file.lines("words")?;
        let mut keyed: Vec<(u64, u32)> = words.iter().enumerate().map(|(i, w)| (key(w), i as u32)).collect();
        keyed.sort_unstable();
        let table_rows = ROWS as usize + 1 + words.len();
        let table = file.bytes("table", &[table_rows, d])?;
        let lists = Lists {
            digest: file.digest(),
            upos: file.lines("upos")?,
            xpos: file.lines("xpos")?,
            deps: file.lines("deps")?,
            names: file.lines("names")?,
            lemmas: file.lines("lemmas")?,
        };
        if [&lists.upos, &lists.xpos, &lists.deps, &lists.names].iter().any(|l| l.len() > 256) {
            return Err(NetError::Part("upos".to_owned()));
        }
        let names_head = file.dense("names_head", d, lists.names.len())?;
        let names_step = file.floats("names_step", &[lists.names.len(), lists.names.len()])?;
        let mut root = Rows::default();
        root.take(&file.floats("root", &[d])?, d);
        let (arc_head, rel_head) = (file.dense("arc_head", d, arc)?, file.dense("rel_head", d, rel)?);
        let (mut arc_root, mut rel_root) = (Vec::new(), Vec::new());
        arc_head.apply(&root, &mut arc_root);
        rel_head.apply(&root, &mut rel_root);
        relu(&mut arc_root);
        let net = Self {
            width: d,
            table,
            scales: file.floats("scales", &[table_rows])?,
            keys: Keys::new(keyed.iter().map(|(k, _)| *k).collect()),
            key_rows: keyed.iter().map(|(_, i)| *i).collect(),
            blocks,
            out_norm: file.norm("out", d)?,
            upos_head: file.dense("upos_head", d, lists.upos.len())?,
            xpos_head: file.dense("xpos_head", d, lists.xpos.len())?,
            names_step: filled_up(&names_step, lists.names.len(), names_head.stride()),
            names_head,
            arc_dep: file.dense("arc_dep", d, arc)?,
            arc_head,
            arc_root,
            arc_turn: file.dense("arc_turn", arc, arc)?,
            arc_bias: file.floats("arc_bias", &[arc])?,
            rel_dep: file.dense("rel_dep", d, rel)?,
            rel_head,
            rel_root,
            rel_out: file.dense("rel_out", rel, lists.deps.len())?,
        };
        Ok((net, lists))
    }
}

/// Rows of `width` floats, each filled up with zeros to `stride`.
fn filled_up(rows: &[f32], width: usize, stride: usize) -> Vec<f32> {
    let zeros = std::iter::repeat_n(&0.0, stride - width);
    rows.chunks_exact(width).flat_map(|row| row.iter().chain(zeros.clone())).copied().collect()
}
