//! One paragraph as the model sees it: each token's word as a number, its class, its sentence, its
//! quotation, and what the rules propose.

use std::cell::OnceCell;
use std::ops::Range;

use super::super::cues::Form;
use super::super::finding::Report;
use super::super::grammar::{Class, has};
use super::super::paragraph::Paragraph;
use super::super::tokens::{Token, TokenKind};
use super::lexicon::Lexicon;

/// A token's coarse class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Tag {
    /// No token: past an end.
    Outside,
    That,
    To,
    Subject,
    Object,
    Possessive,
    Determiner,
    Be,
    Auxiliary,
    Negation,
    Question,
    Conjunction,
    Subordinator,
    Preposition,
    Day,
    Adverb,
    Cue,
    CueNoun,
    Past,
    Participle,
    Plural,
    Name,
    Word,
    Number,
    Genitive,
    Comma,
    Stop,
    Colon,
    Semicolon,
    Dash,
    /// The opening mark of a quotation.
    Open,
    /// Its closing mark.
    Close,
    Bracket,
    Mark,
}

impl Tag {
    /// How many there are.
    pub(super) const COUNT: usize = 34;

    /// Whether it is a verb that a clause can have.
    pub(super) fn is_verb(self) -> bool {
        matches!(self, Self::Be | Self::Auxiliary | Self::Past | Self::Cue)
    }
}

/// The longest bracket after a name, in tokens.
const LONGEST_BRACKET: usize = 8;

/// Kinds of tokens that [`Scene::counts`] counts.
const COUNTED: usize = 5;

/// A token as features see it.
#[derive(Debug, Clone, Copy)]
struct Seen {
    word: u32,
    tag: Tag,
    /// How often the word is a cue, in steps; 0 for a word that is none.
    prior: u8,
    is_word: bool,
    /// The rules' report whose cue it is in, plus one.
    report: u32,
    sentence: u32,
    /// The pair of quote marks that it stands in, plus one.
    pair: u32,
    /// Whether it stands in brackets: `Rashid Tamm (Port Party) said`.
    is_bracketed: bool,
}

/// The words of a quotation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quoted {
    pub(super) first: usize,
    pub(super) last: usize,
    /// Tokens between its marks.
    pub(super) length: usize,
    /// The marks themselves, one past the closing one.
    pub(super) open: usize,
    pub(super) end: usize,
}

/// A paragraph with what the features ask for, computed once.
pub(super) struct Scene<'p, 't> {
    pub(super) paragraph: &'p Paragraph<'t>,
    seen: Vec<Seen>,
    quoted: Vec<Quoted>,
    pub(super) reports: &'p [Report],
    /// For each token, and for the end: how many of what [`Scene::counts`] counts stand before it.
    before: Vec<[u32; COUNTED]>,
    /// See [`Scene::at_end`].
    ends: Vec<OnceCell<i32>>,
    roles: Vec<OnceCell<bool>>,
}

impl<'p, 't> Scene<'p, 't> {
    /// Reads a paragraph, in which the rules propose `reports`.
    pub(super) fn read(paragraph: &'p Paragraph<'t>, reports: &'p [Report], lexicon: &Lexicon) -> Self {
        let mut seen: Vec<Seen> = paragraph
            .tokens
            .iter()
            .enumerate()
            .map(|(at, token)| {
                let word = token.number;
                let tag = tag(paragraph, at);
                Seen {
                    word,
                    tag,
                    prior: lexicon.prior(word),
                    is_word: token.is_word(),
                    report: 0,
                    sentence: 0,
                    pair: 0,
                    is_bracketed: false,
                }
            })
            .collect();
        let mut open: Option<usize> = None;
        for (at, token) in seen.iter_mut().enumerate() {
            token.is_bracketed = open.is_some_and(|open| at - open <= LONGEST_BRACKET);
            if token.tag == Tag::Bracket {
                open = paragraph.is_mark(at, &['(', '[']).then_some(at);
            }
        }
        for (number, sentence) in (0..).zip(&paragraph.sentences) {
            for token in &mut seen[sentence.clone()] {
                token.sentence = number;
            }
            // A capital at a sentence's beginning says nothing.
            let first = &mut seen[sentence.start];
            if first.tag == Tag::Name {
                first.tag = open_class(&paragraph.tokens[sentence.start]);
            }
        }
        let mut quoted = Vec::with_capacity(paragraph.marked.len());
        for (number, pair) in (1..).zip(&paragraph.marked) {
            for token in &mut seen[pair.outer.clone()] {
                token.pair = number;
            }
            let first = pair.inner.clone().find(|at| seen[*at].is_word).unwrap_or(pair.inner.start);
            let last = pair.inner.clone().rev().find(|at| seen[*at].is_word).unwrap_or(pair.inner.start);
            quoted.push(Quoted { first, last, length: pair.inner.len(), open: pair.outer.start, end: pair.outer.end });
        }
        for (number, report) in (1..).zip(reports) {
            let cue = seen.get_mut(report.cue.clone()).into_iter().flatten();
            for token in cue.filter(|token| token.report == 0) {
                token.report = number;
            }
        }
        let mut sums = [0; COUNTED];
        let mut before = Vec::with_capacity(seen.len() + 1);
        before.push(sums);
        before.extend(seen.iter().map(|seen| {
            let Seen { tag, pair, .. } = *seen;
            let counted = [tag == Tag::Comma, tag.is_verb(), tag == Tag::Subject, pair > 0, tag == Tag::That];
            sums = std::array::from_fn(|kind| sums[kind] + u32::from(counted[kind]));
            sums
        }));
        let ends = vec![OnceCell::new(); seen.len()];
        let roles = vec![OnceCell::new(); seen.len()];
        Self { paragraph, seen, quoted, reports, before, ends, roles }
    }

    /// Whether the word at `at` says what somebody is.
    pub(super) fn is_role(&self, at: usize) -> bool {
        *self.roles[at].get_or_init(|| self.paragraph.is_role(at))
    }

    /// Whether `at` stands in brackets.
    pub(super) fn is_bracketed(&self, at: usize) -> bool {
        self.seen[at].is_bracketed
    }

    /// How many commas, verbs, subject pronouns, quoted tokens and `that`s stand in `tokens`.
    pub(super) fn counts(&self, tokens: Range<usize>) -> [u32; COUNTED] {
        let (first, last) = (self.before[tokens.start.min(tokens.end)], self.before[tokens.end]);
        std::array::from_fn(|kind| last[kind] - first[kind])
    }

    /// What `weigh` gives for the token `end` as the last of a content: asked once, since many cues share an end.
    pub(super) fn at_end(&self, end: usize, weigh: impl FnOnce() -> i32) -> i32 {
        *self.ends[end].get_or_init(weigh)
    }

    pub(super) fn len(&self) -> usize {
        self.seen.len()
    }

    /// The number of the sentence of `at`.
    pub(super) fn sentence_index(&self, at: usize) -> usize {
        self.seen[at].sentence as usize
    }

    /// The sentence of `at`.
    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        self.paragraph.sentences[self.sentence_index(at)].clone()
    }

    /// One past the last token of the sentence of `at`.
    pub(super) fn sentence_end(&self, at: usize) -> usize {
        self.paragraph.sentences[self.sentence_index(at)].end
    }

    fn offset(&self, at: usize, offset: isize) -> Option<&Seen> {
        self.seen.get(at.checked_add_signed(offset)?)
    }

    /// The word `offset` tokens from `at`; 0 outside the paragraph.
    pub(super) fn word(&self, at: usize, offset: isize) -> u32 {
        self.offset(at, offset).map_or(0, |seen| seen.word)
    }

    /// The class of the token `offset` from `at`.
    pub(super) fn tag(&self, at: usize, offset: isize) -> Tag {
        self.offset(at, offset).map_or(Tag::Outside, |seen| seen.tag)
    }

    fn within(&self, at: usize, offset: isize) -> Option<&Seen> {
        let sentence = self.seen.get(at)?.sentence;
        self.offset(at, offset).filter(|other| other.sentence == sentence)
    }

    /// The same within the sentence of `at`.
    pub(super) fn tag_in(&self, at: usize, offset: isize) -> Tag {
        self.within(at, offset).map_or(Tag::Outside, |seen| seen.tag)
    }

    /// The same within the sentence of `at`.
    pub(super) fn word_in(&self, at: usize, offset: isize) -> u32 {
        self.within(at, offset).map_or(0, |seen| seen.word)
    }

    /// How often the word at `at` is a cue, in steps; 0 for a word that is none.
    pub(super) fn prior(&self, at: usize) -> u8 {
        self.seen.get(at).map_or(0, |seen| seen.prior)
    }

    /// The highest of `priors` among some tokens.
    pub(super) fn highest_prior(&self, tokens: Range<usize>) -> u8 {
        self.seen.get(tokens).unwrap_or_default().iter().map(|seen| seen.prior).max().unwrap_or(0)
    }

    /// What the word at `at` means, if it can be a cue.
    pub(super) fn meanings(&self, at: usize) -> &'static [u8] {
        &self.paragraph.tokens[at].word.meanings
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.seen.get(at).is_some_and(|seen| seen.is_word)
    }

    /// The quotation that `at` stands in, marks included.
    pub(super) fn quoted(&self, at: usize) -> Option<&Quoted> {
        self.quoted.get((self.seen.get(at)?.pair as usize).checked_sub(1)?)
    }

    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.seen.get(at).is_some_and(|seen| seen.pair > 0)
    }

    /// Whether two tokens stand in one quotation.
    pub(super) fn same_quotation(&self, a: usize, b: usize) -> bool {
        self.is_quoted(a) && self.seen[a].pair == self.seen[b].pair
    }

    /// The rules' report whose cue holds `at`.
    pub(super) fn report_at(&self, at: usize) -> Option<&'p Report> {
        self.reports.get((self.seen.get(at)?.report as usize).checked_sub(1)?)
    }

    /// How many words stand in `tokens`.
    pub(super) fn words(&self, tokens: Range<usize>) -> usize {
        self.paragraph.count_words(&tokens).0
    }

    /// From the first to the last word of some pieces.
    pub(super) fn hull<'r>(&self, pieces: impl Iterator<Item = &'r Range<usize>> + Clone) -> Option<Range<usize>> {
        let first = pieces.clone().flat_map(Clone::clone).find(|at| self.is_word(*at))?;
        let last = pieces.filter_map(|piece| piece.clone().rev().find(|at| self.is_word(*at))).last()?;
        Some(first..last + 1)
    }
}

/// Whether nothing in a paragraph can be a cue: it has no quote marks, and no word of the lists or of the lexicon.
pub(super) fn is_silent(paragraph: &Paragraph<'_>, lexicon: &Lexicon) -> bool {
    let listed = |token: &Token<'_>| !token.word.senses.is_empty() || !token.word.meanings.is_empty();
    paragraph.marked.is_empty()
        && !paragraph.tokens.iter().any(listed)
        && paragraph.tokens.iter().all(|token| lexicon.prior(token.number) == 0)
}

/// Closed classes before open ones; the first that fits counts.
const CLOSED: [(Class, Tag); 11] = [
    (Class::SubjectPronoun, Tag::Subject),
    (Class::Possessive, Tag::Possessive),
    (Class::ObjectPronoun, Tag::Object),
    (Class::Be, Tag::Be),
    (Class::Auxiliary, Tag::Auxiliary),
    (Class::Negation, Tag::Negation),
    (Class::Question, Tag::Question),
    (Class::Determiner, Tag::Determiner),
    (Class::Conjunction, Tag::Conjunction),
    (Class::Preposition, Tag::Preposition),
    (Class::Subordinator, Tag::Subordinator),
];

fn tag(paragraph: &Paragraph<'_>, at: usize) -> Tag {
    let token = &paragraph.tokens[at];
    match token.kind {
        TokenKind::Number => return Tag::Number,
        TokenKind::Genitive => return Tag::Genitive,
        TokenKind::Mark => return mark(paragraph, at),
        TokenKind::Word => {}
    }
    match &*token.lower {
        "that" => return Tag::That,
        "to" => return Tag::To,
        _ => {}
    }
    let capital = token.is_capitalised();
    if token.word.classes != 0 {
        if capital && has(token.word, &[Class::Day]) {
            return Tag::Day;
        }
        if let Some((_, tag)) = CLOSED.iter().find(|(class, _)| has(token.word, &[*class])) {
            return *tag;
        }
    }
    if capital { Tag::Name } else { open_class(token) }
}

fn open_class(token: &Token<'_>) -> Tag {
    let word = &*token.lower;
    if let Some(sense) = token.word.senses.first() {
        return if sense.form == Form::Noun { Tag::CueNoun } else { Tag::Cue };
    }
    match () {
        () if token.is_adverb() => Tag::Adverb,
        () if token.is_capitalised() => Tag::Name,
        () if word.len() > 4 && word.ends_with("ed") => Tag::Past,
        () if word.len() > 4 && word.ends_with("ing") => Tag::Participle,
        () if word.ends_with('s') => Tag::Plural,
        () => Tag::Word,
    }
}

fn mark(paragraph: &Paragraph<'_>, at: usize) -> Tag {
    if let Some(pair) = paragraph.pair_at(at) {
        if pair.outer.start == at && pair.inner.start > at {
            return Tag::Open;
        }
        if pair.outer.end == at + 1 && pair.inner.end <= at {
            return Tag::Close;
        }
    }
    match paragraph.tokens[at].text.chars().next() {
        Some(',') => Tag::Comma,
        Some('.' | '!' | '?' | '…') => Tag::Stop,
        Some(':') => Tag::Colon,
        Some(';') => Tag::Semicolon,
        Some('—' | '–' | '-' | '―') => Tag::Dash,
        Some('(' | ')' | '[' | ']') => Tag::Bracket,
        _ => Tag::Mark,
    }
}
