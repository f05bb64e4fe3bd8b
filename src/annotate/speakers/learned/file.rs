//! The model as a file: a head with its version and hash, then the tables, compressed.
//!
//! All numbers are little-endian. Head: `RAPCUES` and a zero byte, version (u32), BLAKE3 of what follows (32 bytes). Body, in
//! a Zstandard frame: the lexicon, four tables of borders, eight tables of weights.

use super::Model;
use super::candidates::Edges;
use super::lexicon::Lexicon;
use super::scene::Tag;
use super::table::{Borders, Table};
use crate::model::ContentHash;

const MAGIC: &[u8; 8] = b"RAPCUES\0";
/// Counts up whenever features or their numbers change: a model fits the features it was trained with.
const VERSION: u32 = 2;
/// Bytes before the body.
const HEAD: usize = 8 + 4 + 32;
/// The most that a body is unpacked to, in bytes.
const MOST: usize = 64 << 20;
/// The most slots of a table, as a power of two.
const MOST_BITS: u32 = 24;
/// Zstandard's level: slow to pack, as fast to unpack as any.
const LEVEL: i32 = 19;

/// A file that is no model that this program can use.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {problem}")]
pub struct ModelError {
    /// The file's name.
    pub name: String,
    /// What is wrong with it.
    pub problem: ModelProblem,
}

/// Why bytes are not a model.
#[derive(Debug, thiserror::Error)]
pub enum ModelProblem {
    /// They are something else.
    #[error("not a model of cues; train one with `cargo run --release --example train_quotes`")]
    Other,
    /// Another version of this program wrote them.
    #[error("a model of version {found}, and this program reads {VERSION}; train it anew")]
    Version {
        /// The version that they have.
        found: u32,
    },
    /// They are cut off or changed.
    #[error("a damaged model: {0}")]
    Damaged(&'static str),
}

impl Model {
    /// The model as a file.
    pub(in super::super) fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        let mut body = Vec::new();
        let mut words: Vec<(u32, u8)> = self.lexicon.words().collect();
        words.sort_unstable();
        put(&mut body, words.len());
        for (word, step) in words {
            body.extend(word.to_le_bytes());
            body.push(step);
        }
        for borders in [&self.edges.right_start, &self.edges.right_end, &self.edges.left_end, &self.edges.left_start] {
            body.extend(borders.rows.iter().flat_map(|row| row.to_le_bytes()));
        }
        for table in self.tables() {
            body.extend(table.bits.to_le_bytes());
            put(&mut body, table.classes);
            body.extend(table.scale.to_le_bytes());
            body.extend(table.weights.iter().flat_map(|weight| weight.to_le_bytes()));
        }
        let body = zstd::encode_all(&*body, LEVEL)?;
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(ContentHash::of(&body).as_bytes());
        bytes.extend(body);
        Ok(bytes)
    }

    fn tables(&self) -> [&Table; 8] {
        let Self { hint, cue, right_start, right_end, left_end, left_start, source, judge, .. } = self;
        [hint, cue, right_start, right_end, left_end, left_start, source, judge]
    }

    /// Reads a file's bytes and checks them.
    pub(in super::super) fn from_bytes(bytes: &[u8]) -> Result<Self, ModelProblem> {
        let (head, body) = bytes.split_at_checked(HEAD).ok_or(ModelProblem::Other)?;
        let mut head = Reader(head.strip_prefix(MAGIC).ok_or(ModelProblem::Other)?);
        let found = head.number()?;
        if found != VERSION {
            return Err(ModelProblem::Version { found });
        }
        if head.0 != ContentHash::of(body).as_bytes() {
            return Err(ModelProblem::Damaged("its hash does not fit"));
        }
        let body = zstd::bulk::decompress(body, MOST).map_err(|_| ModelProblem::Damaged("it cannot be unpacked"))?;
        let mut body = Reader(&body);
        let words = body.number()?;
        let step = |_| Ok((body.number()?, u8::from_le_bytes(body.take()?)));
        let lexicon = Lexicon::of((0..words).map(step).collect::<Result<Vec<_>, ModelProblem>>()?);
        let edges = Edges {
            right_start: body.borders()?,
            right_end: body.borders()?,
            left_end: body.borders()?,
            left_start: body.borders()?,
        };
        let model = Self {
            lexicon,
            edges,
            hint: body.table(2)?,
            cue: body.table(4)?,
            right_start: body.table(1)?,
            right_end: body.table(1)?,
            left_end: body.table(1)?,
            left_start: body.table(1)?,
            source: body.table(1)?,
            judge: body.table(2)?,
        };
        if body.0.is_empty() { Ok(model) } else { Err(ModelProblem::Damaged("it goes on after its end")) }
    }
}

fn put(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

/// Reads numbers off the front.
struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], ModelProblem> {
        let (number, rest) = self.0.split_first_chunk().ok_or(ModelProblem::Damaged("it ends too early"))?;
        self.0 = rest;
        Ok(*number)
    }

    fn number(&mut self) -> Result<u32, ModelProblem> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    fn borders(&mut self) -> Result<Borders, ModelProblem> {
        let rows =
            (0..Tag::COUNT).map(|_| Ok(u64::from_le_bytes(self.take()?))).collect::<Result<_, ModelProblem>>()?;
        Ok(Borders { rows })
    }

    fn table(&mut self, classes: usize) -> Result<Table, ModelProblem> {
        let bits = self.number()?;
        let found = self.number()? as usize;
        let scale = f32::from_le_bytes(self.take()?);
        if bits > MOST_BITS || found != classes || !scale.is_finite() {
            return Err(ModelProblem::Damaged("a table has another shape"));
        }
        let (weights, rest) =
            self.0.split_at_checked(classes << bits).ok_or(ModelProblem::Damaged("it ends too early"))?;
        self.0 = rest;
        let weights = weights.iter().map(|byte| i8::from_le_bytes([*byte])).collect();
        Ok(Table { bits, classes, scale, weights })
    }
}
