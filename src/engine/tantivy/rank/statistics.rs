//! Statistics of what is alive: they depend on neither segments, deletes nor merges.

use std::path::Path;
use std::sync::OnceLock;

use foldhash::{HashMap, HashSet};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

use super::cursor::Listed;
use super::kept::{self, Lengths, Summary};
use super::located::Located;
use super::{ByField, Columns, FIELDS, HEADING, TEXT};

/// What holds for all queries of one state of the index.
pub(in super::super) struct Totals {
    pub(super) passages: u64,
    /// Words in the texts of all passages.
    pub(in super::super) words: u64,
    /// Mean lengths of passages.
    pub(super) average: [f64; FIELDS],
    pub(super) articles: Means,
    /// Of the wholes that passages are parts of.
    pub(super) works: Means,
    by_article: OnceLock<HashMap<u64, ByField>>,
    columns: OnceLock<Vec<Columns>>,
}

/// How many there are of something, and their mean lengths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Means {
    pub(super) number: u64,
    pub(super) average: [f64; FIELDS],
}

impl From<Lengths> for Means {
    fn from(lengths: Lengths) -> Self {
        Self { number: lengths.number, average: mean(lengths.sums, lengths.number) }
    }
}

impl From<Summary> for Totals {
    fn from(summary: Summary) -> Self {
        let passages = Means::from(summary.passages);
        Self {
            passages: passages.number,
            words: summary.passages.sums[TEXT],
            average: passages.average,
            articles: summary.articles.into(),
            works: summary.works.into(),
            by_article: OnceLock::new(),
            columns: OnceLock::new(),
        }
    }
}

impl Totals {
    /// Those of the last commit to `folder`, or else counted.
    pub(in super::super) fn of(folder: &Path, searcher: &Searcher) -> tantivy::Result<Self> {
        Ok(match kept::read(folder, searcher) {
            Some(summary) => summary.into(),
            None => count(searcher)?.into(),
        })
    }

    /// Counts what `searcher` sees and keeps it in `folder` for those who open it.
    pub(in super::super) fn keep(folder: &Path, searcher: &Searcher) -> tantivy::Result<()> {
        Ok(kept::write(folder, searcher, count(searcher)?)?)
    }

    /// The columns of every segment; opened when first asked for.
    pub(in super::super) fn columns(&self, searcher: &Searcher) -> tantivy::Result<&[Columns]> {
        if let Some(known) = self.columns.get() {
            return Ok(known);
        }
        let opened = searcher.segment_readers().iter().map(Columns::open).collect::<Result<_, _>>()?;
        Ok(self.columns.get_or_init(|| opened))
    }

    /// The lengths of each article, by its bits; read when first asked for.
    pub(super) fn by_article(&self, searcher: &Searcher) -> tantivy::Result<&HashMap<u64, ByField>> {
        if let Some(known) = self.by_article.get() {
            return Ok(known);
        }
        let mut articles = HashMap::default();
        for (segment, columns) in searcher.segment_readers().iter().zip(self.columns(searcher)?) {
            for document in segment.doc_ids_alive() {
                join(articles.entry(columns.article(document)).or_default(), columns.lengths(document));
            }
        }
        Ok(self.by_article.get_or_init(|| articles))
    }
}

/// Reads the lengths of every passage.
fn count(searcher: &Searcher) -> tantivy::Result<Summary> {
    let mut passages = Lengths::default();
    let (mut articles, mut works) = (HashMap::default(), HashMap::default());
    for segment in searcher.segment_readers() {
        let columns = Columns::open(segment)?;
        for document in segment.doc_ids_alive() {
            let lengths = columns.lengths(document);
            passages.number += 1;
            add(&mut passages.sums, lengths);
            join(articles.entry(columns.article(document)).or_default(), lengths);
            join(works.entry(columns.work(document)).or_default(), lengths);
        }
    }
    Ok(Summary { passages, articles: sum(&articles), works: sum(&works) })
}

fn sum(of_each: &HashMap<u64, ByField>) -> Lengths {
    let mut sum = Lengths { number: of_each.len() as u64, ..Lengths::default() };
    for lengths in of_each.values() {
        add(&mut sum.sums, *lengths);
    }
    sum
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

/// How many articles hold a term in the text of any passage.
pub(super) fn articles_holding(searcher: &Searcher, columns: &[Columns], term: &Located) -> tantivy::Result<u64> {
    let mut articles = HashSet::default();
    for ((ordinal, segment), columns) in (0..).zip(searcher.segment_readers()).zip(columns) {
        if let Some(mut postings) = term.postings((segment, ordinal), TEXT, IndexRecordOption::Basic)? {
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
pub(super) fn articles_listed(columns: &[Columns], listed: &[Listed]) -> u64 {
    let mut articles = HashSet::default();
    for (columns, listed) in columns.iter().zip(listed) {
        articles.extend(listed.iter().map(|(document, _)| columns.article(*document)));
    }
    articles.len() as u64
}
