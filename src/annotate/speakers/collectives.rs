//! Several who speak as one under a name that the text gives them: `Kastria and Doruna (“the Parties”) …`.
//!
//! Treaties and communiqués define such a name once and use it throughout. Its speaker is the list that it stands
//! for, so that a search for one of them finds what all of them say.

use std::ops::Range;

use super::paragraph::Paragraph;
use super::resolve::Resolved;
use crate::model::{Speaker, SpeakerId, fold_name, slug};

/// Tokens of the longest list of names.
const LONGEST: usize = 60;
/// Collectives that a text may define: treaties name a few, and each mention looks through all.
const MOST: usize = 32;
/// Sentences after which `they` no longer means them.
const REACH: usize = 1;
/// Less sure than a name: the list is read without knowing whether each of its parts is a name.
const CONFIDENCE: f32 = 0.85;

/// The collectives that the text has defined so far.
#[derive(Debug, Default)]
pub(super) struct Collectives {
    known: Vec<Collective>,
    /// Which of them spoke last, and in which sentence.
    last: Option<(usize, usize)>,
}

#[derive(Debug)]
struct Collective {
    /// Folded, without an article: `parties`.
    alias: String,
    speaker: Speaker,
    /// The list, in bytes of the text.
    introduction: Range<usize>,
}

impl Collectives {
    /// Reads the definitions of a paragraph.
    pub(super) fn define(&mut self, paragraph: &Paragraph<'_>) {
        for at in 0..paragraph.tokens.len() {
            let Some(collective) = defined_at(paragraph, at) else { continue };
            self.known.retain(|known| known.alias != collective.alias);
            self.last = None;
            if self.known.len() < MOST {
                self.known.push(collective);
            }
        }
    }

    /// Whom a mention in `sentence` means: one of the names, or `they` soon after it.
    pub(super) fn resolve(&self, mention: &str, sentence: usize) -> Option<Resolved> {
        let folded = fold_name(mention);
        let place = if folded == "they" {
            self.last.filter(|(_, spoke)| spoke + REACH >= sentence)?.0
        } else {
            let alias = folded.strip_prefix("the ").unwrap_or(&folded);
            self.known.iter().position(|known| known.alias == alias)?
        };
        let speaker = self.known.get(place)?.speaker.clone();
        let because = format!("“{mention}” stands for {}", speaker.name);
        Some(Resolved { speaker, member: None, confidence: CONFIDENCE, because })
    }

    /// Remembers who spoke in `sentence`: whoever it was, `they` is not the one before.
    pub(super) fn spoke(&mut self, speaker: &Speaker, sentence: usize) {
        let place = self.known.iter().position(|known| known.speaker.id == speaker.id);
        self.last = place.map(|place| (place, sentence));
    }

    /// Where the text says for whom a speaker's name stands.
    pub(super) fn introduction(&self, speaker: &Speaker) -> Option<Range<usize>> {
        self.known.iter().find(|known| known.speaker.id == speaker.id).map(|known| known.introduction.clone())
    }
}

/// The collective whose definition begins at `at`: `(“the Parties”)`, `hereinafter referred to as “the Sides”`.
fn defined_at(paragraph: &Paragraph<'_>, at: usize) -> Option<Collective> {
    const QUOTES: [char; 7] = ['“', '”', '"', '„', '«', '‘', '\''];
    let hereinafter = |at: usize| matches!(paragraph.lower(at), "hereinafter" | "hereafter" | "collectively");
    if !(hereinafter(at)
        || paragraph.is_mark(at, &['(']) && (hereinafter(at + 1) || paragraph.is_mark(at + 1, &QUOTES)))
    {
        return None;
    }
    let introduces = |at: usize| {
        hereinafter(at)
            || matches!(paragraph.lower(at), "referred" | "to" | "as" | "called" | "jointly" | "together" | "the")
            || paragraph.is_mark(at, &QUOTES)
    };
    let name = (at + 1..at + 9).find(|at| !introduces(*at))?;
    let plural = paragraph.is_capitalised(name) && paragraph.lower(name).ends_with('s');
    let ends = QUOTES.iter().chain(&[')', ',']).any(|mark| paragraph.is_mark(name + 1, &[*mark]));
    if !plural || !ends {
        return None;
    }
    let (list, introduction) = list_before(paragraph, at)?;
    let speaker = Speaker::new(SpeakerId::new(slug(&list)), list, None);
    Some(Collective { alias: fold_name(paragraph.tokens[name].text), speaker, introduction })
}

/// The names joined by `and` before the definition at `at`, without articles, and where they stand.
fn list_before(paragraph: &Paragraph<'_>, at: usize) -> Option<(String, Range<usize>)> {
    let after = paragraph.sentences.partition_point(|sentence| sentence.start <= at);
    let sentence = &paragraph.sentences[after.checked_sub(1)?];
    let end = at - usize::from(at > sentence.start && paragraph.is_mark(at - 1, &[',', '(']));
    // `The leaders of Zhemeria and Doruna`: the names begin with the first capital that is no sentence's.
    let first = sentence.start + usize::from(paragraph.lower(sentence.start) == "the");
    let start = (first..end).find(|at| paragraph.is_capitalised(*at) && paragraph.lower(*at) != "the")?;
    if end - start > LONGEST {
        return None;
    }
    let mut list = String::new();
    for token in paragraph.tokens.get(start..end)?.iter().filter(|token| token.lower != "the") {
        if !list.is_empty() && !token.is_mark(&[',']) {
            list.push(' ');
        }
        list.push_str(token.text);
    }
    let several = (start..end).any(|at| paragraph.lower(at) == "and");
    let plain = (start..end).all(|at| paragraph.tokens[at].is_word() || paragraph.is_mark(at, &[',']));
    (several && plain).then_some((list, paragraph.bytes(&(start..end))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str, mention: &str) -> Option<String> {
        let mut collectives = Collectives::default();
        collectives.define(&Paragraph::read(text, 0..text.len(), None));
        collectives.resolve(mention, 1).map(|resolved| resolved.speaker.name)
    }

    #[test]
    fn a_name_for_several_stands_for_their_list() {
        let two = Some("Republic of Kastria and Doruna".to_owned());

        assert_eq!(meant("The Republic of Kastria and Doruna (“the Parties”) met.", "The Parties"), two);
        assert_eq!(meant("The Republic of Kastria and Doruna, hereinafter the Sides, met.", "the Sides"), two);
        assert_eq!(
            meant("The heads of Doruna, Arvelle and the Isles of Merrow (hereinafter referred to as \"the Parties\") met.", "the Parties").as_deref(),
            Some("Doruna, Arvelle and Isles of Merrow")
        );
    }

    #[test]
    fn other_brackets_define_nobody() {
        for text in
            ["Kastria and Doruna (“the tunnel”) met.", "Doruna (“the Parties”) met.", "(“the Parties”) and Doruna"]
        {
            assert_eq!(meant(text, "the Parties"), None, "{text}");
        }
        assert_eq!(meant("Kastria and Doruna (“the Parties”) met.", "they"), None);
    }
}
