//! Statistics of what is alive: they depend on neither segments, deletes nor merges.

use std::sync::OnceLock;

use foldhash::{HashMap, HashSet};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

use super::cursor::Listed;
use super::{ByField, Columns, FIELDS, HEADING, TEXT};

/// What holds for all queries of one state of the index.
pub(in super::super) struct Totals {
    pub(super) passages: u64,
    /// Mean lengths of passages.
    pub(super) average: [f64; FIELDS],
    wholes: OnceLock<Wholes>,
}

/// Lengths of articles and of the wholes that they are parts of.
pub(super) struct Wholes {
    pub(super) articles: Lengths,
    pub(super) works: Lengths,
}

/// Lengths by article bits or work.
#[derive(Default)]
pub(super) struct Lengths {
    by_key: HashMap<u64, ByField>,
    pub(super) average: [f64; FIELDS],
}

impl Totals {
    /// Reads the lengths of every passage.
    pub(in super::super) fn of(searcher: &Searcher) -> tantivy::Result<Self> {
        let (mut passages, mut sums) = (0, [0; FIELDS]);
        for segment in searcher.segment_readers() {
            let columns = Columns::open(segment)?;
            for document in segment.doc_ids_alive() {
                passages += 1;
                add(&mut sums, columns.lengths(document));
            }
        }
        Ok(Self { passages, average: mean(sums, passages), wholes: OnceLock::new() })
    }

    /// Lengths of articles and wholes; computed when first asked for.
    pub(super) fn wholes(&self, searcher: &Searcher) -> tantivy::Result<&Wholes> {
        if let Some(wholes) = self.wholes.get() {
            return Ok(wholes);
        }
        let (mut articles, mut works) = (Lengths::default(), Lengths::default());
        for segment in searcher.segment_readers() {
            let columns = Columns::open(segment)?;
            for document in segment.doc_ids_alive() {
                let lengths = columns.lengths(document);
                articles.join(columns.article(document), lengths);
                works.join(columns.work(document), lengths);
            }
        }
        articles.close();
        works.close();
        Ok(self.wholes.get_or_init(|| Wholes { articles, works }))
    }
}

impl Lengths {
    pub(super) fn of(&self, key: u64) -> ByField {
        self.by_key.get(&key).copied().unwrap_or_default()
    }

    pub(super) fn len(&self) -> u64 {
        self.by_key.len() as u64
    }

    fn join(&mut self, key: u64, lengths: ByField) {
        join(self.by_key.entry(key).or_default(), lengths);
    }

    fn close(&mut self) {
        let mut sums = [0; FIELDS];
        self.by_key.values().for_each(|lengths| add(&mut sums, *lengths));
        self.average = mean(sums, self.len());
    }
}

/// Adds a part's occurrences or lengths to its whole's: texts are summed; title and speakers count once; headings are
/// texts of the whole already.
pub(super) fn join(whole: &mut ByField, part: ByField) {
    whole[TEXT] = whole[TEXT].saturating_add(part[TEXT]);
    for field in TEXT + 1..HEADING {
        whole[field] = whole[field].max(part[field]);
    }
}

fn add(sums: &mut [u64; FIELDS], lengths: ByField) {
    for (sum, length) in sums.iter_mut().zip(lengths) {
        *sum += u64::from(length);
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of words are far below 2^52")]
fn mean(sums: [u64; FIELDS], of: u64) -> [f64; FIELDS] {
    sums.map(|sum| sum as f64 / of.max(1) as f64)
}

/// How many passages hold `term` in `field`.
pub(super) fn passages_holding(searcher: &Searcher, field: Field, term: &str) -> tantivy::Result<u64> {
    let term = Term::from_field_text(field, term);
    let mut holding = 0;
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let Some(info) = inverted.get_term_info(&term)? else { continue };
        match segment.alive_bitset() {
            None => holding += u64::from(info.doc_freq),
            Some(alive) => {
                let postings = inverted.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                holding += u64::from(postings.doc_freq_given_deletes(alive));
            }
        }
    }
    Ok(holding)
}

/// How many articles hold `term` in `field` of any passage.
pub(super) fn articles_holding(searcher: &Searcher, field: Field, term: &str) -> tantivy::Result<u64> {
    let term = Term::from_field_text(field, term);
    let mut articles = HashSet::default();
    for segment in searcher.segment_readers() {
        let columns = Columns::open(segment)?;
        if let Some(mut postings) = segment.inverted_index(field)?.read_postings(&term, IndexRecordOption::Basic)? {
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    articles.insert(columns.article(postings.doc()));
                }
                postings.advance();
            }
        }
    }
    Ok(articles.len() as u64)
}

/// The same of places that are listed, one list a segment.
pub(super) fn articles_listed(searcher: &Searcher, listed: &[Listed]) -> tantivy::Result<u64> {
    let mut articles = HashSet::default();
    for (segment, listed) in searcher.segment_readers().iter().zip(listed) {
        let columns = Columns::open(segment)?;
        articles.extend(listed.iter().map(|(document, _)| columns.article(*document)));
    }
    Ok(articles.len() as u64)
}
