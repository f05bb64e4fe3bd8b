//! What people ask for: a search, a passage in its place, who speaks, the state of the index.
//!
//! Values in, values out; colours, widths and JSON belong to `render`.

mod asked;
mod association;
mod batch;
mod collapse;
mod collocates;
mod context;
mod copies;
mod difference;
mod error;
mod explain;
mod group;
mod kwic;
mod lineage;
mod matches;
mod near;
mod provenance;
mod reasons;
mod resolve;
mod search;
mod show;
mod speakers;
mod status;

pub use asked::Asked;
pub use association::Measure;
pub use batch::{BatchError, BatchQuery, batch_queries, names};
pub use collapse::Copy;
pub use collocates::{Collocate, CollocatesRequest, CollocatesView, collocates};
pub use context::Context;
pub use copies::{CopiesView, CopyView};
pub use difference::{Change, Difference, Flag, FlagKind, difference};
pub use error::ViewError;
pub use explain::{ClauseCount, Explanation};
pub use group::{GroupBy, HitGroup};
pub use kwic::{Concordance, KwicLine, KwicLines, KwicRequest, KwicSort, kwic};
pub use lineage::{LineageView, QuoteView, Relation, StatementView, VersionView, lineage};
pub use matches::MatchCounts;
pub use provenance::{Provenance, provenance};
pub use reasons::{Elsewhere, Mark, PassageReasons, PlacedEvidence, Reasoned, reasons};
pub use search::{RankedHit, SearchRequest, SearchView, search, search_collapsed};
pub use show::{ArticleView, PassageView, Shown, show, why};
pub use speakers::{Near, SpeakerView, SpeakersView, speakers};
pub use status::{Status, status};
