//! Apache Parquet: typed columns for data frames, most of those of CSV.
//!
//! Written column by column through the crate's low-level writer, for rows are few and `arrow` is large.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, FloatType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::copies::copy_id;
use crate::model::{Passage, Publication, day_number};
use crate::view::{Provenance, RankedHit, SearchView};

/// The columns, in the language of the Parquet format (`LogicalTypes.md` for `DATE` and `LIST`).
const SCHEMA: &str = "message search {
    required int32 rank;
    required float score;
    required binary id (STRING);
    required binary kind (STRING);
    required binary text (STRING);
    optional binary speaker_id (STRING);
    optional binary speaker (STRING);
    optional binary role (STRING);
    optional double confidence;
    required group topics (LIST) { repeated group list { required binary element (STRING); } }
    optional binary published (STRING);
    optional int32 published_first (DATE);
    required group dates (LIST) { repeated group list { required binary element (STRING); } }
    required binary article (STRING);
    optional binary title (STRING);
    optional binary outlet (STRING);
    optional binary url (STRING);
    required group authors (LIST) { repeated group list { required binary element (STRING); } }
    required binary source (STRING);
    required binary blake3 (STRING);
    required binary fingerprint (STRING);
    required group copies (LIST) { repeated group list { required binary element (STRING); } }
}";

/// One hit a row. The program, the command and the fingerprint are among the file's metadata too.
pub fn search_parquet(out: &mut dyn Write, view: &SearchView, provenance: &Provenance) -> io::Result<()> {
    let bytes = file(&view.hits, provenance).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn file(hits: &[RankedHit], provenance: &Provenance) -> Result<Vec<u8>, ParquetError> {
    let said = |key: &str, value: String| KeyValue::new(format!("rapporteur.{key}"), value);
    let properties = WriterProperties::builder()
        .set_created_by(provenance.program.clone())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(vec![
            said("program", provenance.program.clone()),
            said("command", provenance.command.clone()),
            said("fingerprint", provenance.fingerprint.to_hex()),
        ]))
        .build();
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    {
        let mut columns = Columns { group: writer.next_row_group()?, hits };
        columns.write(provenance)?;
        columns.group.close()?;
    }
    writer.into_inner()
}

/// A row group, filled from left to right.
struct Columns<'w, 'h> {
    group: SerializedRowGroupWriter<'w, Vec<u8>>,
    hits: &'h [RankedHit],
}

impl Columns<'_, '_> {
    /// In the order of [`SCHEMA`].
    fn write(&mut self, provenance: &Provenance) -> Result<(), ParquetError> {
        self.required::<Int32Type>(|hit| i32::try_from(hit.rank).unwrap_or(i32::MAX))?;
        self.required::<FloatType>(|hit| hit.hit.score)?;
        self.text(|hit| hit.hit.passage.id.to_string())?;
        self.text(|hit| hit.hit.passage.kind.as_str().to_owned())?;
        self.text(|hit| hit.hit.passage.text.clone())?;
        self.some_text(|hit| hit.speaker.as_ref().map(|said| said.speaker.id.to_string()))?;
        self.some_text(|hit| hit.speaker.as_ref().map(|said| said.speaker.name.clone()))?;
        self.some_text(|hit| hit.speaker.as_ref().and_then(|said| said.speaker.role.clone()))?;
        self.optional::<DoubleType>(|hit| hit.speaker.as_ref().map(|said| said.confidence.value().into()))?;
        self.texts(|passage| passage.topics.iter().map(|topic| topic.id.to_string()).collect())?;
        self.some_text(|hit| hit.hit.passage.published.as_ref().map(Publication::edtf))?;
        self.optional::<Int32Type>(|hit| hit.hit.passage.published.as_ref().map(days))?;
        self.texts(|passage| passage.dates.iter().map(|mention| mention.date.to_string()).collect())?;
        self.text(|hit| hit.hit.passage.article.id.to_string())?;
        self.some_text(|hit| hit.hit.passage.article.title.clone())?;
        self.some_text(|hit| hit.hit.passage.article.outlet.clone())?;
        self.some_text(|hit| hit.hit.passage.article.url.clone())?;
        self.texts(|passage| passage.article.authors.clone())?;
        self.text(|hit| hit.hit.passage.source.path.clone())?;
        self.text(|hit| hit.hit.passage.source.blake3.to_hex())?;
        self.text(|_| provenance.fingerprint.to_hex())?;
        self.lists(|hit| hit.copies.iter().flatten().map(copy_id).collect())
    }

    fn column<T: DataType>(
        &mut self,
        values: &[T::T],
        definition: Option<&[i16]>,
        repetition: Option<&[i16]>,
    ) -> Result<(), ParquetError> {
        let missing = || ParquetError::General("the schema has fewer columns than are written".into());
        let mut column = self.group.next_column()?.ok_or_else(missing)?;
        column.typed::<T>().write_batch(values, definition, repetition)?;
        column.close()
    }

    fn required<T: DataType>(&mut self, value: impl Fn(&RankedHit) -> T::T) -> Result<(), ParquetError> {
        let values: Vec<T::T> = self.hits.iter().map(value).collect();
        self.column::<T>(&values, None, None)
    }

    /// Only what is there is written; the definition levels say where it stands.
    fn optional<T: DataType>(&mut self, value: impl Fn(&RankedHit) -> Option<T::T>) -> Result<(), ParquetError> {
        let values: Vec<Option<T::T>> = self.hits.iter().map(value).collect();
        let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
        let values: Vec<T::T> = values.into_iter().flatten().collect();
        self.column::<T>(&values, Some(&levels), None)
    }

    fn text(&mut self, value: impl Fn(&RankedHit) -> String) -> Result<(), ParquetError> {
        self.required::<ByteArrayType>(|hit| bytes(value(hit)))
    }

    fn some_text(&mut self, value: impl Fn(&RankedHit) -> Option<String>) -> Result<(), ParquetError> {
        self.optional::<ByteArrayType>(|hit| value(hit).map(bytes))
    }

    fn texts(&mut self, values: impl Fn(&Passage) -> Vec<String>) -> Result<(), ParquetError> {
        self.lists(|hit| values(&hit.hit.passage))
    }

    /// An empty list is one level without a value; an element after the first repeats its list.
    fn lists(&mut self, values: impl Fn(&RankedHit) -> Vec<String>) -> Result<(), ParquetError> {
        let (mut all, mut definition, mut repetition) = (Vec::new(), Vec::new(), Vec::new());
        for hit in self.hits {
            let values = values(hit);
            if values.is_empty() {
                definition.push(0);
                repetition.push(0);
            }
            for (place, value) in values.into_iter().enumerate() {
                all.push(bytes(value));
                definition.push(1);
                repetition.push(i16::from(place > 0));
            }
        }
        self.column::<ByteArrayType>(&all, Some(&definition), Some(&repetition))
    }
}

fn bytes(text: String) -> ByteArray {
    text.into_bytes().into()
}

/// Days since 1970 of the first day that the date may mean.
fn days(publication: &Publication) -> i32 {
    // The days of the calendar's 20,000 years fit.
    i32::try_from(day_number(publication.date.first())).unwrap_or_default()
}
