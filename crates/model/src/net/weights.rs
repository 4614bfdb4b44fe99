//! The model file: safetensors with our header, checked before use.

use safetensors::{Dtype, SafeTensors};
use thiserror::Error;

use super::features::{ROWS, key};
use super::heads::relu;
use super::kernel::{Dense, LANES, Rows};
use super::keys::Keys;
use super::{Block, Lists, Net, Norm};

/// Version of the file's form. A file of another version is refused by name.
const FORM: &str = "holdfire-english-1";

/// Why a model file was refused.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum NetError {
    /// It is no safetensors file, or it is cut.
    #[error("the model file cannot be read ({0}); fetch it again")]
    Unreadable(String),
    /// It is of another form.
    #[error(
        "the model file is of form `{0}`, this holdfire reads `{FORM}`; use the file that came with this version"
    )]
    Form(String),
    /// The checksum does not fit.
    #[error("the model file is damaged: its checksum does not fit; fetch it again")]
    Checksum,
    /// A part is missing or has the wrong shape.
    #[error(
        "the model file lacks `{0}` in the shape that this holdfire reads; use the file that came with this version"
    )]
    Part(String),
}

/// A model file's bytes, opened.
struct File<'a> {
    parts: SafeTensors<'a>,
}

impl File<'_> {
    fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, NetError> {
        let wrong = || NetError::Part(name.to_owned());
        let part = self.parts.tensor(name).map_err(|_| wrong())?;
        if part.dtype() != Dtype::F32 || part.shape() != shape {
            return Err(wrong());
        }
        Ok(part.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    fn dense(&self, name: &str, inputs: usize, outputs: usize) -> Result<Dense, NetError> {
        let weights = self.floats(&format!("{name}.weight"), &[outputs, inputs])?;
        let bias = self.floats(&format!("{name}.bias"), &[outputs])?;
        Ok(Dense::new(&weights, &bias, inputs, outputs))
    }

    /// A convolution over three words, a layer for each.
    fn convolution(&self, name: &str, d: usize) -> Result<[Dense; 3], NetError> {
        let weights = self.floats(&format!("{name}.weight"), &[d, 3 * d])?;
        let bias = self.floats(&format!("{name}.bias"), &[d])?;
        Ok([0, 1, 2].map(|word| {
            let part: Vec<f32> =
                weights.chunks_exact(3 * d).flat_map(|row| &row[word * d..(word + 1) * d]).copied().collect();
            Dense::new(&part, if word == 1 { &bias } else { &[] }, d, d)
        }))
    }

    fn norm(&self, name: &str, d: usize) -> Result<Norm, NetError> {
        Ok(Norm {
            gain: self.floats(&format!("{name}.weight"), &[d])?,
            shift: self.floats(&format!("{name}.bias"), &[d])?,
        })
    }

    fn lines(&self, name: &str) -> Result<Vec<String>, NetError> {
        let wrong = || NetError::Part(name.to_owned());
        let part = self.parts.tensor(name).map_err(|_| wrong())?;
        let text = std::str::from_utf8(part.data()).map_err(|_| wrong())?;
        Ok(text.split('\n').map(str::to_owned).collect())
    }
}

impl Net {
    /// Opens a model file.
    ///
    /// # Errors
    /// [`NetError`] says what is wrong with the file; nothing is read from a file whose checksum does not fit.
    pub fn open(bytes: &[u8]) -> Result<(Self, Lists), NetError> {
        let (_, header) =
            SafeTensors::read_metadata(bytes).map_err(|e| NetError::Unreadable(e.to_string()))?;
        let meta = header.metadata().clone().unwrap_or_default();
        let form = meta.get("form").cloned().unwrap_or_default();
        if form != FORM {
            return Err(NetError::Form(form));
        }
        let parts = SafeTensors::deserialize(bytes).map_err(|e| NetError::Unreadable(e.to_string()))?;
        if meta.get("blake3").map(String::as_str) != Some(checksum(&parts).as_str()) {
            return Err(NetError::Checksum);
        }
        let number = |name: &str| {
            meta.get(name)
                .and_then(|v| v.parse::<usize>().ok())
                .ok_or_else(|| NetError::Part(name.to_owned()))
        };
        let (d, arc, rel) = (number("width")?, number("arc")?, number("rel")?);
        if [d, arc, rel].iter().any(|n| *n == 0 || n % LANES != 0) {
            return Err(NetError::Part("width".to_owned()));
        }
        let file = File { parts };
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
        let table = file.parts.tensor("table").map_err(|_| NetError::Part("table".to_owned()))?;
        if table.dtype() != Dtype::I8 || table.shape() != [table_rows, d] {
            return Err(NetError::Part("table".to_owned()));
        }
        let lists = Lists {
            digest: meta.get("blake3").map_or_else(String::new, |d| d.chars().take(12).collect()),
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
            table: table.data().iter().map(|b| *b as i8).collect(),
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

/// blake3 over the parts in order of their names: name, length, bytes.
fn checksum(parts: &SafeTensors<'_>) -> String {
    let mut names: Vec<&str> = parts.names().into_iter().collect();
    names.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for name in names {
        if let Ok(part) = parts.tensor(name) {
            hasher.update(name.as_bytes());
            hasher.update(&(part.data().len() as u64).to_le_bytes());
            hasher.update(part.data());
        }
    }
    hasher.finalize().to_hex().to_string()
}
