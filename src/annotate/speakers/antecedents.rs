//! Whom `he` and `she` mean: the latest person of that gender, subjects first.
//!
//! A window of the latest uses, so that the cost of one pronoun does not grow with the article.

use std::collections::{HashMap, VecDeque};

use super::cast::Member;
use super::gazetteer::Gender;

/// Uses of names that are remembered.
const WINDOW: usize = 24;
/// Sentences back from which a pronoun may take its person.
const REACH: usize = 8;

/// Confidence from which a pronoun tells a person's gender.
const SURE: f32 = 0.75;

/// One use of a person's name, or of a pronoun for it.
#[derive(Debug, Clone, Copy)]
struct Use {
    member: usize,
    sentence: usize,
    subject: bool,
}

/// Who was named of late.
#[derive(Debug, Default)]
pub(super) struct Recent {
    uses: VecDeque<Use>,
    /// Genders that a pronoun told: who was `he` once is not `she` later.
    learned: HashMap<usize, Gender>,
    /// Who was the latest to speak of those who are not named: the sentence, and the role that they have.
    stranger: Option<(usize, String)>,
}

/// A person found for a pronoun or a description.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Antecedent {
    pub(super) member: usize,
    pub(super) confidence: f32,
}

impl Recent {
    /// Remembers that `member` was named in `sentence`.
    pub(super) fn name(&mut self, member: usize, sentence: usize, subject: bool) {
        if self.uses.len() == WINDOW {
            self.uses.pop_front();
        }
        self.uses.push_back(Use { member, sentence, subject });
    }

    /// Remembers that somebody who is not named spoke in `sentence`, as `a diplomat` or, mentioned `before`, as
    /// `the diplomat`; another `the diplomat` is somebody known.
    pub(super) fn unnamed(&mut self, sentence: usize, role: &str, before: bool) {
        if !before || self.stranger.as_ref().is_some_and(|(_, known)| known == role) {
            self.stranger = Some((sentence, role.to_owned()));
        }
    }

    /// Remembers that `pronoun` was taken for a person, where that is sure enough.
    pub(super) fn learn(&mut self, found: Antecedent, gender: Gender) {
        if found.confidence >= SURE {
            self.learned.entry(found.member).or_insert(gender);
        }
    }

    /// Forgets everybody: another speaker begins.
    pub(super) fn clear(&mut self) {
        self.uses.clear();
        self.stranger = None;
    }

    /// The person that a pronoun of `gender` in `sentence` means.
    ///
    /// The nearest sentence with a fitting person decides; within it a subject comes before the
    /// others, and the first named before later ones. `None` where somebody unnamed may be meant.
    pub(super) fn pronoun(&self, members: &[Member], gender: Gender, sentence: usize) -> Option<Antecedent> {
        let fits = |a_use: &&Use| {
            let member = &members[a_use.member];
            member.is_person
                && self.gender(members, a_use.member).is_none_or(|known| known == gender)
                && a_use.sentence + REACH >= sentence
                // Before the pronoun in its own sentence only a subject.
                && (a_use.sentence < sentence || a_use.subject)
        };
        let fitting: Vec<&Use> = self.uses.iter().filter(fits).collect();
        let nearest = fitting.iter().map(|a_use| a_use.sentence).max()?;
        let mut there = fitting.iter().filter(|a_use| a_use.sentence == nearest);
        let chosen = there.clone().rev().find(|a_use| a_use.subject).or_else(|| there.next())?;
        // Somebody unnamed who spoke since then, or beside one who did not, is meant as well as anybody.
        if let Some((spoke, role)) = &self.stranger
            && (*spoke > nearest || *spoke == nearest && !chosen.subject)
            && gender_of(role).is_none_or(|told| told == gender)
        {
            return None;
        }
        let rivals = fitting.iter().filter(|a_use| a_use.member != chosen.member && a_use.sentence == nearest).count();
        let known = self.gender(members, chosen.member).is_some();
        #[allow(clippy::cast_precision_loss, reason = "at most REACH")]
        let distance = (sentence - nearest) as f32;
        let confidence = 0.95 - 0.04 * distance - if known { 0.0 } else { 0.1 } - if rivals > 0 { 0.1 } else { 0.0 };
        Some(Antecedent { member: chosen.member, confidence })
    }

    fn gender(&self, members: &[Member], member: usize) -> Option<Gender> {
        members[member].gender.or_else(|| self.learned.get(&member).copied())
    }

    /// The latest of the members that `fits` accepts.
    pub(super) fn latest(&self, fits: impl Fn(usize) -> bool) -> Option<usize> {
        self.uses.iter().rev().map(|a_use| a_use.member).find(|member| fits(*member))
    }
}

/// The gender that a role tells: `spokeswoman`.
fn gender_of(role: &str) -> Option<Gender> {
    match role {
        role if role.ends_with("woman") => Some(Gender::Female),
        role if role.ends_with("man") => Some(Gender::Male),
        _ => None,
    }
}
