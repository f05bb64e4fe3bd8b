//! The cue lexicon: verbs and nouns that introduce what somebody says, from `data/cue_verbs.toml`.

use std::collections::HashMap;

use serde::Deserialize;

use super::words::lookup;

/// What stands beside a cue as its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Frame {
    /// Words in quote marks, or after a colon.
    Quote,
    /// `that …`.
    That,
    /// A clause without `that`.
    Clause,
    /// `whether …`, `how …`.
    Question,
    /// `to …`.
    Infinitive,
    /// A noun phrase and what goes with it.
    Object,
    /// The content precedes the cue.
    Before,
}

/// Which form of the verb a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `say`.
    Base,
    /// `says`.
    Third,
    /// `saying`.
    Participle,
    /// `said`.
    Past,
    /// A noun: `claim`.
    Noun,
}

/// What is special about a family of cues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Trait {
    /// It is about speaking, not about belief, judgement or intention.
    Speech,
    /// Somebody spoken to may stand before the content.
    Addressee,
    /// A clause after the cue must show its verb: `she found them` is no report.
    Doubtful,
    /// The subject is not the source: `she seems to …`.
    Unsourced,
    /// It counts in the passive alone: `is expected to`.
    Passive,
}

/// One reading of a cue word.
#[derive(Debug, Clone)]
pub(super) struct Sense {
    /// The form that the word is.
    pub(super) form: Form,
    /// Words that must follow and belong to the cue.
    pub(super) particle: Vec<String>,
    /// What may be its content.
    pub(super) frames: Vec<Frame>,
    traits: Vec<Trait>,
}

impl Sense {
    /// Whether its family has a trait.
    pub(super) fn has(&self, quality: Trait) -> bool {
        self.traits.contains(&quality)
    }

    /// Whether `frame` may be its content.
    pub(super) fn allows(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }
}

#[derive(Deserialize, Default)]
struct File {
    family: Vec<Family>,
    noun: Vec<Nouns>,
}

#[derive(Deserialize)]
struct Family {
    frames: Vec<Frame>,
    #[serde(default)]
    traits: Vec<Trait>,
    verbs: Vec<String>,
}

#[derive(Deserialize)]
struct Nouns {
    frames: Vec<Frame>,
    nouns: Vec<String>,
}

/// The readings of a lower-case word as a cue, those with more words first.
pub(super) fn senses(word: &str) -> &'static [Sense] {
    &lookup(word).senses
}

/// Whether `word` reports a quotation that stands before its source: `asked` in `“Who pays?” Vael asked.`
pub(in crate::annotate) fn follows_quotation(word: &str) -> bool {
    senses(word).iter().any(|sense| sense.allows(Frame::Before) && matches!(sense.form, Form::Past | Form::Third))
}

/// Word → its readings.
pub(super) fn read(toml: &str) -> HashMap<String, Vec<Sense>> {
    let file: File = toml::from_str(toml).unwrap_or_default();
    let mut senses: HashMap<String, Vec<Sense>> = HashMap::new();
    for family in &file.family {
        for verb in &family.verbs {
            let (forms, particle) = inflect(verb);
            for (form, word) in forms {
                senses.entry(word).or_default().push(Sense {
                    form,
                    particle: particle.clone(),
                    frames: family.frames.clone(),
                    traits: family.traits.clone(),
                });
            }
        }
    }
    for nouns in file.noun {
        for noun in nouns.nouns {
            senses.entry(noun).or_default().push(Sense {
                form: Form::Noun,
                particle: Vec::new(),
                frames: nouns.frames.clone(),
                traits: Vec::new(),
            });
        }
    }
    for readings in senses.values_mut() {
        readings.sort_by_key(|sense| std::cmp::Reverse(sense.particle.len()));
    }
    senses
}

/// The forms of a verb as the file gives it, and the words that follow it.
pub(super) fn inflect(verb: &str) -> (Vec<(Form, String)>, Vec<String>) {
    let (lemma, irregular) = verb.split_once(':').unwrap_or((verb, ""));
    let mut words = lemma.split_whitespace().map(str::to_owned);
    let base = words.next().unwrap_or_default();
    let particle = words.collect();
    let mut given = irregular.split_whitespace().map(str::to_owned);
    let third = given.next().unwrap_or_else(|| third_person(&base));
    let participle = given.next().unwrap_or_else(|| format!("{}ing", stem(&base)));
    let past = given.next().unwrap_or_else(|| past(&base));
    let forms = vec![(Form::Past, past), (Form::Base, base), (Form::Third, third), (Form::Participle, participle)];
    (forms, particle)
}

/// The base without a mute `e`: `not` of `note`, but `agree` stays.
fn stem(base: &str) -> &str {
    if base.ends_with("ee") { base } else { base.strip_suffix('e').unwrap_or(base) }
}

fn ends_in_consonant_y(base: &str) -> Option<&str> {
    base.strip_suffix('y').filter(|rest| !rest.ends_with(['a', 'e', 'i', 'o', 'u']))
}

fn third_person(base: &str) -> String {
    match ends_in_consonant_y(base) {
        Some(rest) => format!("{rest}ies"),
        None if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") => format!("{base}es"),
        None => format!("{base}s"),
    }
}

fn past(base: &str) -> String {
    match ends_in_consonant_y(base) {
        Some(rest) => format!("{rest}ied"),
        None if base.ends_with('e') => format!("{base}d"),
        None => format!("{base}ed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_reads_and_knows_every_form() {
        for word in ["said", "says", "saying", "denied", "noting", "agreeing", "stresses", "quipped", "urges"] {
            assert!(!senses(word).is_empty(), "{word}");
        }
        assert!(senses("walked").is_empty());
    }

    #[test]
    fn a_cue_of_several_words_comes_before_its_verb_alone() {
        let first = &senses("called")[0];

        assert_eq!(first.particle.len(), 1, "{first:?}");
    }
}
