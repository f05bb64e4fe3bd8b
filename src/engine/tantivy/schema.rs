//! How a passage lies in a Tantivy index: which field holds what.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::{facts, rank};
use crate::analysis::words;
use crate::engine::EngineError;
use crate::model::{Attribution, Mentioned, Passage, PassageKind, Precision, day_number, fold_name, outlet_key};
use crate::query::FieldName;

/// The name under which the analyzer is registered.
pub(super) const ANALYZER: &str = "rapporteur";

/// The name under which the tokenizer of words as written is registered.
pub(super) const WORDS: &str = "rapporteur_words";
/// The name under which the tokenizer of sentence and paragraph bounds is registered.
pub(super) const BOUNDS: &str = "rapporteur_bounds";

/// The fields of the index.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// The passage as JSON: all that a hit shows.
    pub(super) passage: Field,
    /// `<article id>.<n>`.
    pub(super) id: Field,
    /// The article id, for replacing and listing.
    pub(super) article: Field,
    /// The article id as a number, for ties and grouping.
    pub(super) article_bits: Field,
    /// The passage's number in its article.
    pub(super) n: Field,
    /// [`weight`] of the passage's kind.
    pub(super) weight: Field,
    /// Terms of the passage's text, with positions.
    pub(super) text: Field,
    /// Terms of the article's title, with positions.
    pub(super) title: Field,
    /// The text's words as written and folded, at the positions of `text`; see [`super::tokenizer::WordTokenizer`].
    pub(super) word: Field,
    /// The same of the title.
    pub(super) title_word: Field,
    /// Where sentences and paragraphs of the text begin; see [`super::tokenizer::BoundsTokenizer`].
    pub(super) bounds: Field,
    /// Terms of the names of everybody who speaks, and of the heading above the passage: for ranking alone.
    pub(super) speaker_words: Field,
    pub(super) heading: Field,
    /// How many terms the four fields above hold, packed ([`super::rank::pack`]).
    pub(super) lengths: Field,
    /// What the passage is a part of ([`work`]), for the passages around it.
    pub(super) work: Field,
    /// What the source calls the article, for runs of many queries.
    pub(super) record: Field,
    /// [`crate::model::PassageKind::as_str`].
    pub(super) kind: Field,
    /// [`crate::model::Speaker::keys`] of everybody who speaks.
    pub(super) speaker: Field,
    /// Their ids alone.
    pub(super) speaker_id: Field,
    /// Terms of the role of everybody who speaks.
    pub(super) role: Field,
    /// Terms of the names of the bodies for which they speak.
    pub(super) affiliation: Field,
    /// [`crate::model::Speaker::keys`] of everybody who is mentioned.
    pub(super) about: Field,
    /// [`author_keys`] of everybody in the byline.
    pub(super) author: Field,
    /// The article's language, by its ISO 639 code.
    pub(super) lang: Field,
    /// [`FieldName::as_str`] of the fields that hold anything.
    pub(super) has: Field,
    /// Ids of topics, and of the topics that those are part of.
    pub(super) topic: Field,
    /// [`crate::model::outlet_key`] of the outlet.
    pub(super) outlet: Field,
    /// First and last day of publication, as days since 1970-01-01.
    pub(super) published_first: Field,
    pub(super) published_last: Field,
    /// Whether the day of publication is only a bound.
    pub(super) published_inferred: Field,
    /// Who speaks, which topics apply and which outlet published it, as columns for counting: see
    /// [`super::facts`].
    pub(super) speaker_fact: Field,
    pub(super) topic_fact: Field,
    pub(super) outlet_fact: Field,
    /// Dates mentioned, by precision, as the number of their first day.
    pub(super) date_day: Field,
    pub(super) date_month: Field,
    pub(super) date_year: Field,
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        let analyzed = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(ANALYZER)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        );
        let passage = schema.add_bytes_field("passage", STORED);
        let id = schema.add_text_field("id", STRING);
        let article = schema.add_text_field("article", STRING);
        let article_bits = schema.add_u64_field("article_bits", FAST);
        let n = schema.add_u64_field("n", FAST);
        let weight = schema.add_f64_field("weight", FAST);
        let text = schema.add_text_field("text", analyzed.clone());
        let title = schema.add_text_field("title", analyzed);
        let tokenized = |name: &str, record: IndexRecordOption| {
            let indexing = TextFieldIndexing::default().set_tokenizer(name).set_index_option(record);
            TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false))
        };
        let word = schema.add_text_field("word", tokenized(WORDS, IndexRecordOption::WithFreqsAndPositions));
        let title_word =
            schema.add_text_field("title_word", tokenized(WORDS, IndexRecordOption::WithFreqsAndPositions));
        let bounds = schema.add_text_field("bounds", tokenized(BOUNDS, IndexRecordOption::WithFreqsAndPositions));
        let role = schema.add_text_field("role", tokenized(ANALYZER, IndexRecordOption::WithFreqsAndPositions));
        let affiliation =
            schema.add_text_field("affiliation", tokenized(ANALYZER, IndexRecordOption::WithFreqsAndPositions));
        let about = schema.add_text_field("about", STRING);
        let author = schema.add_text_field("author", STRING);
        let lang = schema.add_text_field("lang", STRING);
        let has = schema.add_text_field("has", STRING);
        let counted = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default().set_tokenizer(ANALYZER).set_index_option(IndexRecordOption::WithFreqs),
        );
        let speaker_words = schema.add_text_field("speaker_words", counted.clone());
        let heading = schema.add_text_field("heading", counted);
        let lengths = schema.add_u64_field("lengths", FAST);
        let work = schema.add_u64_field("work", FAST | INDEXED);
        let record = schema.add_text_field("record", FAST);
        let kind = schema.add_text_field("kind", STRING);
        let speaker = schema.add_text_field("speaker", STRING);
        let speaker_id = schema.add_text_field("speaker_id", STRING);
        let topic = schema.add_text_field("topic", STRING);
        let outlet = schema.add_text_field("outlet", STRING);
        let published_first = schema.add_i64_field("published_first", FAST | INDEXED);
        let published_last = schema.add_i64_field("published_last", FAST | INDEXED);
        let published_inferred = schema.add_bool_field("published_inferred", FAST);
        let speaker_fact = schema.add_text_field("speaker_fact", FAST);
        let topic_fact = schema.add_text_field("topic_fact", FAST);
        let outlet_fact = schema.add_text_field("outlet_fact", FAST);
        let date_day = schema.add_i64_field("date_day", FAST | INDEXED);
        let date_month = schema.add_i64_field("date_month", FAST | INDEXED);
        let date_year = schema.add_i64_field("date_year", FAST | INDEXED);
        Self {
            schema: schema.build(),
            passage,
            id,
            article,
            article_bits,
            n,
            weight,
            text,
            title,
            word,
            title_word,
            bounds,
            role,
            affiliation,
            about,
            author,
            lang,
            has,
            speaker_words,
            heading,
            lengths,
            work,
            record,
            kind,
            speaker,
            speaker_id,
            topic,
            outlet,
            published_first,
            published_last,
            published_inferred,
            speaker_fact,
            topic_fact,
            outlet_fact,
            date_day,
            date_month,
            date_year,
        }
    }

    /// The documents of an article's passages, which stand in reading order.
    pub(super) fn documents(&self, passages: &[Passage]) -> Result<Vec<TantivyDocument>, EngineError> {
        let mut heading: Option<&Passage> = None;
        let mut documents = Vec::with_capacity(passages.len());
        for passage in passages {
            let speakers = passage.speakers();
            let mut document = self.document(passage, &speakers)?;
            self.add_ranked(&mut document, (passage, &speakers), heading.map(|heading| heading.text.as_str()));
            documents.push(document);
            heading = if passage.kind == PassageKind::Heading { Some(passage) } else { heading };
        }
        Ok(documents)
    }

    /// What ranking alone needs: words around the text, their lengths, the whole it is a part of.
    fn add_ranked(
        &self,
        document: &mut TantivyDocument,
        (passage, speakers): (&Passage, &[Attribution]),
        heading: Option<&str>,
    ) {
        let speakers: Vec<&str> = speakers.iter().map(|attribution| attribution.speaker.name.as_str()).collect();
        let speakers = speakers.join(" ");
        let title = passage.article.title.as_deref().unwrap_or("");
        let heading = heading.unwrap_or("");
        let texts = [passage.text.as_str(), title, speakers.as_str(), heading];
        document.add_text(self.speaker_words, &speakers);
        document.add_text(self.heading, heading);
        document.add_u64(self.lengths, rank::pack(texts.map(|text| words(text).count())));
        document.add_u64(self.work, work(passage));
        if let Some(record) = &passage.source.record {
            document.add_text(self.record, record);
        }
    }

    fn document(&self, passage: &Passage, speakers: &[Attribution]) -> Result<TantivyDocument, EngineError> {
        let json = serde_json::to_vec(passage).map_err(|error| EngineError::Backend(error.to_string()))?;
        let mut document = TantivyDocument::default();
        document.add_bytes(self.passage, &json);
        document.add_text(self.id, passage.id.to_string());
        document.add_text(self.article, passage.id.article.to_string());
        document.add_u64(self.article_bits, passage.id.article.bits());
        document.add_u64(self.n, u64::from(passage.id.n));
        document.add_f64(self.weight, weight(passage.kind));
        document.add_text(self.text, &passage.text);
        document.add_text(self.word, &passage.text);
        document.add_text(self.bounds, &passage.text);
        if let Some(title) = &passage.article.title {
            document.add_text(self.title, title);
            document.add_text(self.title_word, title);
        }
        document.add_text(self.kind, passage.kind.as_str());
        for Attribution { speaker, .. } in speakers {
            document.add_text(self.speaker_id, speaker.id.as_str());
            document.add_text(self.speaker_fact, facts::write(speaker.id.as_str(), &speaker.name));
            for key in speaker.keys() {
                document.add_text(self.speaker, key);
            }
            if let Some(role) = &speaker.role {
                document.add_text(self.role, role);
            }
            if let Some(affiliation) = &speaker.affiliation {
                document.add_text(self.affiliation, affiliation);
            }
        }
        for key in passage.mentioned.iter().flat_map(Mentioned::keys).collect::<BTreeSet<_>>() {
            document.add_text(self.about, key);
        }
        if let Some(language) = passage.article.primary_language() {
            document.add_text(self.lang, language);
        }
        let authors: BTreeSet<String> = passage.article.authors.iter().flat_map(|name| author_keys(name)).collect();
        for key in authors {
            document.add_text(self.author, key);
        }
        let topics = passage.topics.iter().flat_map(|topic| topic.broader.iter().chain([&topic.id]));
        for topic in topics.collect::<BTreeSet<_>>() {
            document.add_text(self.topic, topic.as_str());
            document.add_text(self.topic_fact, topic.as_str());
        }
        // A name without letter or digit is none that could be asked for.
        let outlet = passage.article.outlet.as_deref().map(|outlet| (outlet_key(outlet), outlet));
        if let Some((key, outlet)) = outlet.filter(|(key, _)| !key.is_empty()) {
            document.add_text(self.outlet, &key);
            document.add_text(self.outlet_fact, facts::write(&key, outlet));
        }
        if let Some(published) = &passage.published {
            document.add_i64(self.published_first, day_number(published.date.first()));
            document.add_i64(self.published_last, day_number(published.date.last()));
            document.add_bool(self.published_inferred, published.inferred);
        }
        for mention in &passage.dates {
            let field = match mention.date.precision() {
                Precision::Day => self.date_day,
                Precision::Month => self.date_month,
                Precision::Year => self.date_year,
            };
            document.add_i64(field, day_number(mention.date.first()));
        }
        self.add_existence(&mut document);
        Ok(document)
    }

    /// Names the fields that the document holds, for `speaker:*`.
    fn add_existence(&self, document: &mut TantivyDocument) {
        for name in FieldName::ALL {
            let holds = self.of(name).iter().any(|field| document.get_first(*field).is_some());
            if holds {
                document.add_text(self.has, name.as_str());
            }
        }
    }

    /// Where a field of the query language lies; in several where its values are of several sorts.
    fn of(&self, name: FieldName) -> Vec<Field> {
        match name {
            FieldName::Speaker => vec![self.speaker],
            FieldName::Role => vec![self.role],
            FieldName::Affiliation => vec![self.affiliation],
            FieldName::About => vec![self.about],
            FieldName::Topic => vec![self.topic],
            FieldName::Outlet => vec![self.outlet],
            FieldName::Title => vec![self.title],
            FieldName::Author => vec![self.author],
            FieldName::Kind => vec![self.kind],
            FieldName::Lang => vec![self.lang],
            FieldName::Date => vec![self.date_day, self.date_month, self.date_year],
            FieldName::Published => vec![self.published_first],
            FieldName::Id => vec![self.id],
        }
    }
}

/// What somebody in a byline can be asked for by: the folded name and each of its words.
fn author_keys(name: &str) -> BTreeSet<String> {
    let name = fold_name(name);
    name.split(' ').map(str::to_owned).chain([name.clone()]).filter(|key| !key.is_empty()).collect()
}

/// What a passage's score is multiplied by. BM25 favours short texts, and a subhead of two words would
/// stand above every passage that says something; chosen, not tuned.
fn weight(kind: PassageKind) -> f64 {
    match kind {
        PassageKind::Heading => 0.25,
        PassageKind::Caption => 0.7,
        _ => 1.0,
    }
}

/// What a passage is a part of: the articles of one outlet and title, which are parts of one long text; without
/// a title, its article.
fn work(passage: &Passage) -> u64 {
    let article = &passage.article;
    let title = article.title.as_deref().map(fold_name).filter(|title| !title.is_empty());
    let Some(title) = title else { return article.id.bits() };
    let outlet = article.outlet.as_deref().map(outlet_key).unwrap_or_default();
    let digest = blake3::hash(format!("{outlet}\n{title}").as_bytes());
    digest.as_bytes()[..8].iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}
