//! The sketches of an index's articles on disk: what comparing new articles with old ones needs.
//!
//! Little-endian numbers: a mark and a version, the sketches by id, the pairs of candidates as places in
//! that list with the shingles they share, and BLAKE3 of all before it. About 475 bytes an article, of
//! which 160 are the bands; they are hashes and cannot be compressed. Shingles are not kept: at two
//! kilobytes an article they would be most of the file, and the engine holds the passages that they are
//! made of, which only candidates need again.

use std::fs;
use std::path::Path;

use jiff::civil::Date;

use super::{StoreError, atomic};
use crate::model::ArticleId;
use crate::near_duplicates::minhash::{BANDS, Bands, GIST, Gist};
use crate::near_duplicates::{Sketch, Sketches};

/// Begins the file.
const MARK: &[u8] = b"rapporteur sketches";
/// Counts up whenever the layout, or what is hashed, changes.
const VERSION: u8 = 1;
/// Bytes of the checksum.
const CHECKSUM: usize = 32;
/// Stands for no date; no calendar day is packed as this.
const UNDATED: i32 = i32::MIN;

/// The sketches at `path`; `None` where there is no file.
pub(super) fn read(path: &Path) -> Result<Option<Sketches>, StoreError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::io(path, error)),
    };
    let refuse = |reason: &str| StoreError::NearDuplicates { path: path.to_owned(), reason: reason.to_owned() };
    let (content, checksum) =
        bytes.split_at_checked(bytes.len().saturating_sub(CHECKSUM)).ok_or_else(|| refuse("it is cut off"))?;
    if blake3::hash(content).as_bytes() != checksum {
        return Err(refuse("its checksum is wrong"));
    }
    let content = content.strip_prefix(MARK).ok_or_else(|| refuse("it is another kind of file"))?;
    let (version, content) = content.split_first().ok_or_else(|| refuse("it is empty"))?;
    if *version != VERSION {
        return Err(refuse(&format!("it is of version {version}, not {VERSION}")));
    }
    Reader { rest: content }.sketches().map(Some).ok_or_else(|| refuse("it contradicts itself"))
}

/// Puts `sketches` in the place of the file at `path`.
pub(super) fn write(path: &Path, sketches: &Sketches) -> Result<(), StoreError> {
    let mut bytes = [MARK, &[VERSION]].concat();
    let count = |bytes: &mut Vec<u8>, count: usize| number(bytes, u32::try_from(count).unwrap_or(u32::MAX));
    count(&mut bytes, sketches.sketches().len());
    for sketch in sketches.sketches() {
        bytes.extend(sketch.article.bits().to_le_bytes());
        bytes.extend(sketch.published.map_or(UNDATED, packed).to_le_bytes());
        number(&mut bytes, sketch.shingles);
        count(&mut bytes, sketch.sentences.len());
        sketch.sentences.iter().for_each(|sentence| number(&mut bytes, *sentence));
        sketch.gist.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
        count(&mut bytes, sketch.common.len());
        sketch.common.iter().for_each(|sentence| number(&mut bytes, *sentence));
        count(&mut bytes, sketch.bands.iter().len());
        sketch.bands.iter().flatten().for_each(|band| number(&mut bytes, *band));
    }
    let ids: Vec<ArticleId> = sketches.sketches().map(|sketch| sketch.article).collect();
    let place = |article: ArticleId| ids.binary_search(&article).ok().and_then(|place| u32::try_from(place).ok());
    let pairs: Vec<[u32; 3]> =
        sketches.shared().filter_map(|((left, right), shared)| Some([place(left)?, place(right)?, shared])).collect();
    count(&mut bytes, pairs.len());
    pairs.iter().flatten().for_each(|value| number(&mut bytes, *value));
    let checksum = blake3::hash(&bytes);
    bytes.extend(checksum.as_bytes());
    atomic::write(path, |file| file.write_all(&bytes))
}

fn number(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend(number.to_le_bytes());
}

/// A day in one number.
fn packed(day: Date) -> i32 {
    (i32::from(day.year()) << 16) | (i32::from(day.month()) << 8) | i32::from(day.day())
}

fn unpacked(packed: i32) -> Option<Date> {
    let part = |shift: u32| i8::try_from((packed >> shift) & 0xff).ok();
    Date::new(i16::try_from(packed >> 16).ok()?, part(8)?, part(0)?).ok()
}

/// Takes values off the beginning; `None` where there are not enough, or where they mean nothing.
struct Reader<'b> {
    rest: &'b [u8],
}

impl Reader<'_> {
    fn sketches(mut self) -> Option<Sketches> {
        let sketches: Vec<Sketch> = self.list(Self::sketch)?;
        let pairs: Vec<[u32; 3]> = self.list(|reader| Some([reader.number()?, reader.number()?, reader.number()?]))?;
        let article = |place: u32| sketches.get(place as usize).map(|sketch| sketch.article);
        let shared = pairs
            .iter()
            .map(|[left, right, shared]| Some(((article(*left)?, article(*right)?), *shared)))
            .collect::<Option<Vec<_>>>()?;
        self.rest.is_empty().then(|| Sketches::new(sketches, shared))
    }

    fn sketch(&mut self) -> Option<Sketch> {
        let article = ArticleId::from_bits(u64::from_le_bytes(self.bytes()?))?;
        let published = match i32::from_le_bytes(self.bytes()?) {
            UNDATED => None,
            day => Some(unpacked(day)?),
        };
        let shingles = self.number()?;
        let sentences = self.list(Self::number)?;
        let mut gist: Gist = [0; GIST];
        for value in &mut gist {
            *value = u16::from_le_bytes(self.bytes()?);
        }
        let common = self.list(Self::number)?.into_iter().collect();
        let bands = self.list(Self::bands)?.pop();
        Some(Sketch { article, published, sentences, gist, common, shingles, bands })
    }

    fn bands(&mut self) -> Option<Bands> {
        let mut bands = [0; BANDS];
        for band in &mut bands {
            *band = self.number()?;
        }
        Some(bands)
    }

    /// A count and so many values.
    fn list<T>(&mut self, mut value: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.number()?).map(|_| value(self)).collect()
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes()?))
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::near_duplicates::Body;

    fn body(number: usize) -> Body {
        let words: Vec<String> = (0..200).map(|word| format!("w{}.", number / 2 * 1000 + word + number % 2)).collect();
        Body::of_texts([words.join(" ").as_str()])
    }

    fn sketches() -> Sketches {
        let ids: Vec<ArticleId> = (0..6).map(|number: usize| ArticleId::derive("url", &number.to_string())).collect();
        let mut sketches = Sketches::default();
        for (number, id) in ids.iter().enumerate() {
            let day = (number > 2).then(|| jiff::civil::date(2025, 6, 18));
            sketches.put(body(number).sketch(*id, day));
        }
        let number = |id: ArticleId| ids.iter().position(|other| *other == id).unwrap();
        let groups = sketches.update(&|id| Ok::<_, Infallible>(body(number(id)))).unwrap();
        assert_eq!(groups.all().len(), 3);
        sketches
    }

    #[test]
    fn sketches_read_back_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sketches");
        let written = sketches();
        assert!(read(&path).unwrap().is_none());

        write(&path, &written).unwrap();

        assert_eq!(read(&path).unwrap(), Some(written));
    }

    #[test]
    fn a_damaged_file_is_refused_wherever_the_damage_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sketches");
        write(&path, &sketches()).unwrap();
        let whole = fs::read(&path).unwrap();

        for at in (0..whole.len()).step_by(97) {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&path, &damaged).unwrap();
            assert!(matches!(read(&path), Err(StoreError::NearDuplicates { .. })), "byte {at}");
            fs::write(&path, &whole[..at]).unwrap();
            assert!(matches!(read(&path), Err(StoreError::NearDuplicates { .. })), "cut at {at}");
        }
    }

    #[test]
    fn a_day_is_packed_and_unpacked() {
        for day in [jiff::civil::date(2025, 6, 18), jiff::civil::date(-44, 3, 15), Date::MAX, Date::MIN] {
            assert_eq!(unpacked(packed(day)), Some(day));
        }
    }
}
