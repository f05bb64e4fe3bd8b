//! The sketches of an index's articles on disk: what comparing new articles with old ones needs.
//!
//! The sketches by id, and the pairs of candidates as places in that list with the shingles they share. About 475 bytes an article, of
//! which 160 are the bands; they are hashes and cannot be compressed. Shingles are not kept: at two
//! kilobytes an article they would be most of the file, and the engine holds the passages that they are
//! made of, which only candidates need again.

use std::path::Path;

use jiff::civil::Date;

use super::StoreError;
use super::packed::{Kind, Reader, count, number};
use crate::model::ArticleId;
use crate::near_duplicates::minhash::{BANDS, Bands, GIST, Gist};
use crate::near_duplicates::{Sketch, Sketches};

/// Begins the file.
const KIND: Kind = Kind { mark: b"rapporteur sketches", version: 1 };
/// Stands for no date; no calendar day is packed as this.
const UNDATED: i32 = i32::MIN;

/// The sketches at `path`; `None` where there is no file.
pub(super) fn read(path: &Path) -> Result<Option<Sketches>, StoreError> {
    let refuse = |reason: &str| StoreError::NearDuplicates { path: path.to_owned(), reason: reason.to_owned() };
    KIND.read(path, refuse, sketches)
}

/// Puts `sketches` in the place of the file at `path`.
pub(super) fn write(path: &Path, sketches: &Sketches) -> Result<(), StoreError> {
    let mut bytes = KIND.begin();
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
    Kind::write(path, bytes)
}

/// A day in one number.
fn packed(day: Date) -> i32 {
    (i32::from(day.year()) << 16) | (i32::from(day.month()) << 8) | i32::from(day.day())
}

fn unpacked(packed: i32) -> Option<Date> {
    let part = |shift: u32| i8::try_from((packed >> shift) & 0xff).ok();
    Date::new(i16::try_from(packed >> 16).ok()?, part(8)?, part(0)?).ok()
}

fn sketches(reader: &mut Reader<'_>) -> Option<Sketches> {
    let sketches: Vec<Sketch> = reader.list(sketch)?;
    let pairs: Vec<[u32; 3]> = reader.list(|reader| Some([reader.number()?, reader.number()?, reader.number()?]))?;
    let article = |place: u32| sketches.get(place as usize).map(|sketch| sketch.article);
    let shared = pairs
        .iter()
        .map(|[left, right, shared]| Some(((article(*left)?, article(*right)?), *shared)))
        .collect::<Option<Vec<_>>>()?;
    Some(Sketches::new(sketches, shared))
}

fn sketch(reader: &mut Reader<'_>) -> Option<Sketch> {
    let article = ArticleId::from_bits(u64::from_le_bytes(reader.bytes()?))?;
    let published = match i32::from_le_bytes(reader.bytes()?) {
        UNDATED => None,
        day => Some(unpacked(day)?),
    };
    let shingles = reader.number()?;
    let sentences = reader.list(Reader::number)?;
    let mut gist: Gist = [0; GIST];
    for value in &mut gist {
        *value = u16::from_le_bytes(reader.bytes()?);
    }
    let common = reader.list(Reader::number)?.into_iter().collect();
    let bands = reader.list(bands)?.pop();
    Some(Sketch { article, published, sentences, gist, common, shingles, bands })
}

fn bands(reader: &mut Reader<'_>) -> Option<Bands> {
    let mut bands = [0; BANDS];
    for band in &mut bands {
        *band = reader.number()?;
    }
    Some(bands)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::super::packed::tests::is_refused_wherever_damaged;
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

        is_refused_wherever_damaged(&path, 97, || matches!(read(&path), Err(StoreError::NearDuplicates { .. })));
    }

    #[test]
    fn a_day_is_packed_and_unpacked() {
        for day in [jiff::civil::date(2025, 6, 18), jiff::civil::date(-44, 3, 15), Date::MAX, Date::MIN] {
            assert_eq!(unpacked(packed(day)), Some(day));
        }
    }
}
