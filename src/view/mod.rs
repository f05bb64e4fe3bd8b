//! What people ask for: a search, a passage in its place, who speaks, the state of the index.
//!
//! Values in, values out; colours, widths and JSON belong to `render`.

mod alerts;
mod asked;
mod association;
mod batch;
mod collapse;
mod collocates;
mod context;
mod copies;
mod correct;
mod counted;
mod difference;
mod error;
mod explain;
mod extent;
mod group;
mod kwic;
mod lineage;
mod matches;
mod matrix;
mod near;
mod outlets;
mod period;
mod provenance;
mod quotes;
mod reasons;
mod resolve;
mod saved;
mod search;
mod show;
mod speakers;
mod status;
mod terms;
mod topics;
mod trends;

pub use alerts::{AlertHit, AlertIndex, AlertView, Original, Since, Variant, acknowledge, alert};
pub use asked::Asked;
pub use association::Measure;
pub use batch::{BatchError, BatchQuery, batch_queries, names};
pub use collapse::Copy;
pub use collocates::{Collocate, CollocatesRequest, CollocatesView, collocates};
pub use context::Context;
pub use copies::{CopiesView, CopyView};
pub use correct::{Corrected, CorrectionRequest, OverrideView, Spoken, correct, overrides};
pub use counted::{Copies, Counted, Dimension};
pub use difference::{Change, Difference, Flag, FlagKind, difference};
pub use error::ViewError;
pub use explain::{ClauseCount, Explanation, Part};
pub use extent::Extent;
pub use group::{GroupBy, HitGroup};
pub use kwic::{Concordance, KwicLine, KwicLines, KwicRequest, KwicSort, kwic};
pub use lineage::{LineageView, QuoteView, Relation, StatementView, VersionView, lineage};
pub use matches::MatchCounts;
pub use matrix::{Asker, Axis, Cell, Line, MatrixRequest, MatrixView, matrix};
pub use near::unknown_article;
pub use outlets::{OutletView, OutletsView, Spelling, outlets};
pub use period::{Period, PeriodLength};
pub use provenance::{Provenance, provenance};
pub use quotes::{
    LeftOut, OtherVersion, QuoteEntry, QuotesBy, QuotesGroup, QuotesRequest, QuotesView, Said, SaidId, SaidKind, quotes,
};
pub use reasons::{Elsewhere, Mark, PassageReasons, PlacedEvidence, Reasoned, reasons};
pub use saved::{Saved, named, saved};
pub use search::{RankedHit, SearchRequest, SearchView, search, search_collapsed};
pub use show::{ArticleView, PassageView, Shown, show, why};
pub use speakers::{Near, SpeakerView, SpeakersView, speakers};
pub use status::{Status, status};
pub use terms::{TermsSort, TermsView, terms};
pub use topics::{TermView, TopicView, TopicsView, topics};
pub use trends::{Apart, Count, Series, SeriesOf, ShareOf, TrendsRequest, TrendsView, trends};
