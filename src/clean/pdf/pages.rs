//! The pages of a document, in order, each with what it inherits from the tree above it (ISO 32000-1, 7.7.3).

use std::collections::HashSet;
use std::rc::Rc;

use super::error::PdfError;
use super::file::File;
use super::syntax::{Dict, Object};

/// Pages of one document.
const MOST_PAGES: usize = 10_000;

/// What pages inherit.
const INHERITED: [&str; 4] = ["Resources", "MediaBox", "CropBox", "Rotate"];

/// The pages, and how many of the tree's branches lead nowhere.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) pages: Vec<Dict>,
    pub(super) lost: usize,
}

/// Reads the page tree. A branch that was seen already is not entered again.
pub(super) fn read(file: &File<'_>) -> Result<Pages, PdfError> {
    let catalog = file.dict(&file.trailer, "Root")?;
    let Some(root) = catalog.get("Pages") else {
        return Err(PdfError::Damaged("it is cut off, or nothing in it leads to its pages"));
    };
    let mut found = Pages { pages: Vec::new(), lost: 0 };
    let mut seen = HashSet::new();
    let mut open: Vec<(Object, Rc<Dict>)> = vec![(root.clone(), Rc::default())];
    while let Some((node, inherited)) = open.pop() {
        if let Object::Reference(number) = node
            && !seen.insert(number)
        {
            continue;
        }
        let Object::Dict(mut node) = file.resolve(&node)? else {
            found.lost += 1;
            continue;
        };
        for (key, value) in &*inherited {
            if !node.contains_key(key) {
                file.work.charge(value.weight())?;
                node.insert(key.clone(), value.clone());
            }
        }
        let kids = file.entry(&node, "Kids")?;
        let Some(kids) = kids.array() else {
            found.pages.push(node);
            if found.pages.len() > MOST_PAGES {
                return Err(PdfError::TooMany { what: "pages", limit: MOST_PAGES });
            }
            continue;
        };
        node.retain(|key, _| INHERITED.contains(&key.as_str()));
        let inherited = Rc::new(node);
        open.extend(kids.iter().rev().map(|kid| (kid.clone(), Rc::clone(&inherited))));
    }
    if found.pages.is_empty() {
        return Err(PdfError::Damaged("its page tree holds no page"));
    }
    Ok(found)
}
