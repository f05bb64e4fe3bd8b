//! What people ask for: a search, a passage in its place, who speaks, the state of the index.
//!
//! Values in, values out; colours, widths and JSON belong to `render`.

mod alerts;
mod asked;
mod batch;
mod collapse;
mod copies;
mod correct;
mod difference;
mod error;
mod explain;
mod group;
mod lineage;
mod near;
mod provenance;
mod reasons;
mod resolve;
mod saved;
mod search;
mod show;
mod speakers;
mod status;

pub use alerts::{AlertHit, AlertIndex, AlertView, Original, Since, Variant, acknowledge, alert};
pub use asked::Asked;
pub use batch::{BatchError, BatchQuery, batch_queries, names};
pub use collapse::Copy;
pub use copies::{CopiesView, CopyView};
pub use correct::{Corrected, CorrectionRequest, OverrideView, Spoken, correct, overrides};
pub use difference::{Change, Difference, Flag, FlagKind, difference};
pub use error::ViewError;
pub use explain::{ClauseCount, Explanation, Part};
pub use group::{GroupBy, HitGroup};
pub use lineage::{LineageView, QuoteView, Relation, StatementView, VersionView, lineage};
pub use provenance::{Provenance, provenance};
pub use reasons::{Elsewhere, Mark, PassageReasons, PlacedEvidence, Reasoned, reasons};
pub use saved::{Saved, named, saved};
pub use search::{RankedHit, SearchRequest, SearchView, search, search_collapsed};
pub use show::{ArticleView, PassageView, Shown, show, why};
pub use speakers::{Near, SpeakerView, SpeakersView, speakers};
pub use status::{Status, status};
