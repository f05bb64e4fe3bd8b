//! Who published what is in an index: each outlet with its spellings, which count as one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ViewError;
use super::extent::{Counting, Extent};
use crate::engine::{Engine, Facts};
use crate::model::outlet_key;

/// The outlets of an index.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutletsView {
    /// Those of the most passages first, equal ones by key.
    pub outlets: Vec<OutletView>,
    /// What names no outlet.
    pub without: Extent,
}

/// An outlet and what it published.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutletView {
    /// By what it is told from others and can be asked for: folded, without `the`.
    pub key: String,
    /// Its most frequent spelling.
    pub name: String,
    /// Each spelling with its passages, the most frequent first.
    pub spellings: Vec<Spelling>,
    /// Whether it is the one that the settings give to sources that name none.
    pub is_default: bool,
    /// Its passages, their articles and dates.
    #[serde(flatten)]
    pub extent: Extent,
}

/// A name as sources write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spelling {
    /// As written.
    pub name: String,
    /// Passages of articles that write it so.
    pub passages: usize,
}

/// The outlets of the index; `default` is the outlet of sources that name none.
pub fn outlets(engine: &dyn Engine, default: Option<&str>) -> Result<OutletsView, ViewError> {
    let mut found: BTreeMap<String, (Counting, BTreeMap<String, usize>)> = BTreeMap::new();
    let mut without = Counting::default();
    let mut count = |facts: Facts| match &facts.outlet {
        None => without.add(&facts),
        Some(outlet) => {
            let (counting, spellings) = found.entry(outlet.key.clone()).or_default();
            counting.add(&facts);
            *spellings.entry(outlet.name.clone()).or_default() += 1;
        }
    };
    engine.each_fact(None, &mut count).map_err(ViewError::Engine)?;
    let default = default.map(outlet_key);
    let mut outlets: Vec<OutletView> = Vec::new();
    for (key, (counting, spellings)) in found {
        let mut spellings: Vec<Spelling> =
            spellings.into_iter().map(|(name, passages)| Spelling { name, passages }).collect();
        // By name so far, which a stable sort leaves among equals.
        spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.passages));
        let name = spellings.first().map_or_else(|| key.clone(), |spelling| spelling.name.clone());
        let is_default = default.as_ref() == Some(&key);
        outlets.push(OutletView { key, name, spellings, is_default, extent: counting.extent() });
    }
    outlets.sort_by_key(|outlet| std::cmp::Reverse(outlet.extent.passages));
    Ok(OutletsView { outlets, without: without.extent() })
}
