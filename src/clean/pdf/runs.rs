//! Letters as they are drawn → runs: pieces of one line in one face, with the spaces between their words.
//!
//! A PDF needs no spaces: where words part is told by the gaps between letters, which are measured against
//! the gaps of the same run, so that a heading that is spaced out stays one word.

use std::collections::HashMap;

use super::content::Glyph;

/// A gap wider than this part of the font's size parts words. Word spaces are .25 in most faces and shrink to
/// .2 in justified lines; kerning moves letters by less than .1.
const WORD_GAP: f64 = 0.2;
/// A gap wider than this ends a run: columns and cells stand further apart.
pub(super) const RUN_GAP: f64 = 0.9;
/// A letter further back than this begins a run anew.
const BACK: f64 = -0.5;
/// Baselines of one run differ by less.
const SAME_BASELINE: f64 = 0.1;
/// A text that is drawn twice to make it bold is moved by less than this.
const DRAWN_TWICE: f64 = 0.15;

/// Places of one text that are looked at: pages repeat a word, and a bullet more often.
const LOOKED_AT: usize = 4;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// The baseline's height above the page's foot.
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) artifact: bool,
}

/// Joins `glyphs`, which read from left to right, in the order in which they are drawn.
pub(super) fn read(glyphs: &[Glyph]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut seen: HashMap<String, Vec<(usize, f64, f64)>> = HashMap::new();
    let mut start = 0;
    for at in 1..=glyphs.len() {
        if at < glyphs.len() && goes_on(&glyphs[at - 1], &glyphs[at]) {
            continue;
        }
        let run = run(&glyphs[start..at]);
        start = at;
        if run.text.trim().is_empty() {
            continue;
        }
        let places = seen.entry(run.text.clone()).or_default();
        let near = |a: f64, b: f64| (a - b).abs() < DRAWN_TWICE * run.size;
        let twin =
            places.iter().rev().take(LOOKED_AT).find(|(_, left, base)| near(*left, run.left) && near(*base, run.base));
        if let Some((twin, ..)) = twin {
            runs[*twin].bold = true;
            continue;
        }
        places.push((runs.len(), run.left, run.base));
        runs.push(run);
    }
    runs
}

fn goes_on(before: &Glyph, after: &Glyph) -> bool {
    let size = before.size.max(after.size);
    let gap = after.from.0 - before.to.0;
    before.bold == after.bold
        && before.artifact == after.artifact
        && (before.size - after.size).abs() < 0.1 * size
        && (before.from.1 - after.from.1).abs() < SAME_BASELINE * size
        && gap < RUN_GAP * size
        && gap > BACK * size
        // A letter that stands before its forerunner is the first of another text.
        && after.from.0 > before.from.0 - SAME_BASELINE * size
}

fn run(glyphs: &[Glyph]) -> Run {
    let size = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
    let mut gaps: Vec<f64> = glyphs.windows(2).map(|pair| pair[1].from.0 - pair[0].to.0).collect();
    let usual = median(&mut gaps.clone()).max(0.0);
    let widest = usual + WORD_GAP * size;
    let mut text = String::new();
    gaps.insert(0, 0.0);
    for (glyph, gap) in glyphs.iter().zip(gaps) {
        if gap > widest && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(glyph.letters.as_deref().unwrap_or("\u{fffd}"));
    }
    let first = &glyphs[0];
    Run {
        text: unfolded(&text),
        left: first.from.0,
        right: glyphs.iter().map(|glyph| glyph.to.0).fold(first.from.0, f64::max),
        base: first.from.1,
        size,
        bold: first.bold,
        artifact: first.artifact,
    }
}

/// The gap of the middle; a few letters have none of their own.
fn median(gaps: &mut [f64]) -> f64 {
    const FEWEST: usize = 4;
    if gaps.len() < FEWEST {
        return 0.0;
    }
    gaps.sort_by(f64::total_cmp);
    gaps[gaps.len() / 2]
}

/// Ligatures as the letters that they join; full compatibility folding would also undo ² and ½.
fn unfolded(text: &str) -> String {
    const LIGATURES: [(char, &str); 7] = [
        ('\u{fb00}', "ff"),
        ('\u{fb01}', "fi"),
        ('\u{fb02}', "fl"),
        ('\u{fb03}', "ffi"),
        ('\u{fb04}', "ffl"),
        ('\u{fb05}', "st"),
        ('\u{fb06}', "st"),
    ];
    if !text.contains(|letter| ('\u{fb00}'..='\u{fb06}').contains(&letter)) {
        return text.to_owned();
    }
    LIGATURES.iter().fold(text.to_owned(), |text, (one, letters)| text.replace(*one, letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters half the size wide, from `left` on, with `gap` after each.
    fn glyphs(text: &str, left: f64, gap: f64) -> Vec<Glyph> {
        let mut x = left;
        let glyph = |letter: char| {
            let from = (x, 700.0);
            x += 5.0;
            let to = (x, 700.0);
            x += gap;
            Glyph { letters: Some(letter.into()), from, to, size: 10.0, bold: false, invisible: false, artifact: false }
        };
        text.chars().map(glyph).collect()
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        read(glyphs).into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn a_gap_is_a_space_and_kerning_is_none() {
        let line = [glyphs("Port", 0.0, -0.6), glyphs("Mire", 21.5, 0.5)].concat();

        assert_eq!(texts(&line), ["Port Mire"]);
    }

    #[test]
    fn a_spaced_out_word_stays_whole() {
        let line = [glyphs("VELMAR", 0.0, 3.0), glyphs("SUMMIT", 53.0, 3.0)].concat();

        assert_eq!(texts(&line), ["VELMAR SUMMIT"]);
    }

    #[test]
    fn what_is_drawn_twice_is_bold_and_read_once() {
        let line = [glyphs("Title", 0.0, 0.0), glyphs("Title", 0.4, 0.0)].concat();

        let runs = read(&line);

        assert_eq!((runs.len(), runs[0].bold), (1, true));
    }

    #[test]
    fn ligatures_are_unfolded() {
        assert_eq!(texts(&glyphs("o\u{fb03}ce", 0.0, 0.0)), ["office"]);
    }
}
