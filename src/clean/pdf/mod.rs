//! A PDF document (ISO 32000-1) → draft: the letters as they stand on its pages, joined to paragraphs.
//!
//! [`file`] finds objects, [`pages`] the pages, [`content`] places letters by their [`font`]s, [`page`] makes
//! lines and columns of them, [`furniture`] takes out what is no text, [`flow`] makes paragraphs, [`head`]
//! tells the title. All of it is bounded by [`work`], counted in steps. The day on which the file was made is no
//! date of publication, and the name of its author mostly that of an account: neither is read.

mod cmap;
mod content;
mod error;
mod file;
mod filters;
mod flow;
mod font;
mod furniture;
mod glyphs;
mod head;
mod matrix;
mod page;
mod pages;
mod runs;
mod syntax;
mod work;

pub use error::PdfError;

use super::draft::Draft;
use crate::source::RawSource;
use content::{Fonts, text_string};
use file::File;
use flow::Setting;
use matrix::Matrix;
use page::Block;
use syntax::{Dict, Object};

/// Of a hundred letters, so many may be drawn by fonts that do not name them; a formula, a few signs. Of more,
/// the words would be rubbish.
const MOST_UNREADABLE: usize = 15;
/// A sheet of paper where the document does not say its own (A4, in points).
const SHEET: [f64; 4] = [0.0, 0.0, 595.0, 842.0];

/// Reads a PDF document; what a person should know of how it was read goes to `warnings`.
pub(super) fn read(source: &RawSource, warnings: &mut Vec<String>) -> Result<Draft, PdfError> {
    let file = File::open(&source.bytes)?;
    let found = pages::read(&file)?;
    let mut draft = Draft { language: language(&file)?, ..Draft::default() };
    let mut fonts = Fonts::default();
    let (mut laid, mut letters, mut unreadable) = (Vec::new(), 0, 0);
    let mut pictured: Vec<usize> = Vec::new();
    for (number, page) in found.pages.iter().enumerate() {
        let (base, size) = sheet(&file, page)?;
        let drawn = content::run(&file, &mut fonts, page, base)?;
        let pictures = drawn.pictures;
        let page = page::lay_out(drawn, number, size);
        letters += page.letters;
        unreadable += page.unreadable;
        draft.dropped.extend(page.dropped);
        if page.letters == 0 && pictures > 0 {
            pictured.push(number + 1);
        }
        laid.push(page.blocks);
    }
    if letters == 0 {
        return Err(if pictured.is_empty() { PdfError::Empty } else { PdfError::Scanned });
    }
    if unreadable * 100 > letters * MOST_UNREADABLE {
        return Err(PdfError::Undecodable { unreadable, letters });
    }
    warn(source, (found.lost, unreadable), &pictured, warnings);
    fill(&file, &mut draft, laid)?;
    Ok(draft)
}

fn warn(source: &RawSource, (lost, unreadable): (usize, usize), pictured: &[usize], warnings: &mut Vec<String>) {
    let mut warn = |text: String| warnings.push(format!("{}: {text}", source.path));
    if lost > 0 {
        warn(format!("{lost} branches of its page tree lead nowhere; pages may be missing"));
    }
    if let Some(first) = pictured.first() {
        warn(format!("{} pages are pictures without text, the first of them page {first}", pictured.len()));
    }
    if unreadable > 0 {
        warn(format!("{unreadable} letters are named by no font; they stand as U+FFFD"));
    }
}

/// Makes the draft of the pages' lines.
fn fill(file: &File<'_>, draft: &mut Draft, mut pages: Vec<Vec<Block>>) -> Result<(), PdfError> {
    let body = Setting::of(&pages).body;
    furniture::take_out(&mut pages, body, &mut draft.dropped);
    let setting = Setting::of(&pages);
    let told = flow::paragraphs(&pages, setting);
    let properties = file.dict(&file.trailer, "Info")?;
    let stated = file.entry(&properties, "Title")?.text().map(text_string);
    head::fill(draft, told, stated.as_deref(), setting.body);
    Ok(())
}

/// The language that the document declares.
fn language(file: &File<'_>) -> Result<Option<String>, PdfError> {
    let catalog = file.dict(&file.trailer, "Root")?;
    let tag = file.entry(&catalog, "Lang")?.text().map(text_string);
    Ok(tag.filter(|tag| crate::config::language_refusal(tag).is_none()))
}

/// What turns a page's space into that of the sheet as it is looked at, and the sheet's width and height.
fn sheet(file: &File<'_>, page: &Dict) -> Result<(Matrix, (f64, f64)), PdfError> {
    let mut corners = SHEET;
    for key in ["MediaBox", "CropBox"] {
        if let Object::Array(items) = file.entry(page, key)? {
            let mut numbers = Vec::new();
            for item in items.iter().take(4) {
                numbers.extend(file.resolve(item)?.number());
            }
            if let [a, b, c, d] = numbers[..]
                && a != c
                && b != d
            {
                corners = [a.min(c), b.min(d), a.max(c), b.max(d)];
            }
        }
    }
    let [left, low, right, high] = corners;
    let (width, height) = (right - left, high - low);
    let base = Matrix::moved(-left, -low);
    let turned = file.entry(page, "Rotate")?.number().unwrap_or(0.0).rem_euclid(360.0);
    Ok(if turned == 90.0 {
        (base.times(Matrix([0.0, -1.0, 1.0, 0.0, 0.0, width])), (height, width))
    } else if turned == 180.0 {
        (base.times(Matrix([-1.0, 0.0, 0.0, -1.0, width, height])), (width, height))
    } else if turned == 270.0 {
        (base.times(Matrix([0.0, 1.0, -1.0, 0.0, height, 0.0])), (height, width))
    } else {
        (base, (width, height))
    })
}
