//! Who speaks in the index, and who of them the authority file does not know.
//!
//! One article is read at a time; what is kept is a few figures a speaker.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::ViewError;
use super::near::distance;
use crate::config::{Authority, Person, Role, Rules};
use crate::engine::{Engine, EngineError};
use crate::model::{Passage, Publication, Quote, Speaker, SpeakerId, fold, fold_name, slug};
use crate::store::IndexFolder;

/// Entries suggested for one speaker.
const MOST_NEAR: usize = 3;
/// Edits between two spellings of one name at the most: more join names of different persons.
const MOST_EDITS: usize = 2;
/// Letters for each edit: in `Marr` and `Tamm` two edits are half of the name.
const LETTERS_PER_EDIT: usize = 5;

/// Who speaks in an index.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpeakersView {
    /// Everybody who speaks in at least one passage.
    pub total: usize,
    /// Those of them whom the authority file does not know.
    pub unresolved: usize,
    /// Those asked for: the most turns and quotes first, equal ones by id.
    pub speakers: Vec<SpeakerView>,
    /// Whether topics, speakers or settings have changed since the index was built.
    pub stale: bool,
}

/// A speaker, and where and how often they speak.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpeakerView {
    /// The id in the index.
    pub id: SpeakerId,
    /// Under which names, the most frequent first; never empty.
    pub names: Vec<String>,
    /// In which roles, the most frequent first; once where they differ in case and diacritics alone.
    pub roles: Vec<String>,
    /// Articles in which they speak.
    pub articles: usize,
    /// Passages that they speak as a whole, as in an interview.
    pub turns: usize,
    /// What is quoted or reported of them.
    pub quotes: usize,
    /// First and last day of publication of these articles; `None` where none is dated.
    pub published: Option<(Date, Date)>,
    /// The id of their entry in the authority file; `None` where it has none.
    pub entry: Option<SpeakerId>,
    /// Other names in that entry, by which they can be asked for as well.
    pub aliases: Vec<String>,
    /// Entries whom a speaker without one may be, the most alike first; three at the most.
    pub perhaps: Vec<Near>,
}

/// An entry of the authority file whose name is like another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Near {
    /// The entry's id.
    pub id: SpeakerId,
    /// Its name.
    pub name: String,
}

impl SpeakersView {
    /// The entries that the authority file lacks for those shown, each to be checked by a person: id, every name
    /// and every role. Together they read as an authority file: where an index knows one name under two ids, the
    /// first has it.
    pub fn proposals(&self) -> Vec<(&SpeakerView, Person)> {
        let mut taken = BTreeSet::new();
        let missing = self.speakers.iter().filter(|speaker| speaker.entry.is_none());
        missing.filter_map(|speaker| Some((speaker, speaker.proposal(&mut taken)?))).collect()
    }
}

impl SpeakerView {
    /// The entry for this speaker; `taken` holds the ids and folded names of the entries before it.
    fn proposal(&self, taken: &mut BTreeSet<String>) -> Option<Person> {
        let id = Some(slug(self.id.as_str())).filter(|id| !id.is_empty() && taken.insert(id.clone()))?;
        let mut names = self.names.iter().filter(|name| {
            let folded = fold_name(name);
            // A second spelling that folds alike finds nothing that the first does not.
            !folded.is_empty() && taken.insert(format!("name {folded}"))
        });
        Some(Person {
            id: SpeakerId::new(id),
            name: names.next()?.clone(),
            aliases: names.cloned().collect(),
            // The last role in the file is the one that holds: the most frequent one.
            roles: self.roles.iter().rev().map(|title| Role { title: title.clone(), from: None, to: None }).collect(),
            affiliation: None,
            qid: None,
        })
    }
}

/// Who speaks in the index in `folder`; with `unresolved`, those whom the authority file does not know.
pub fn speakers(
    engine: &dyn Engine,
    folder: &IndexFolder,
    rules: &Rules,
    unresolved: bool,
) -> Result<SpeakersView, ViewError> {
    let manifest =
        folder.manifest()?.ok_or_else(|| ViewError::Engine(EngineError::Missing(folder.path().to_owned())))?;
    let mut heard: BTreeMap<SpeakerId, Heard> = BTreeMap::new();
    for source in manifest.indexed() {
        hear(&mut heard, &engine.article(source.article).map_err(ViewError::Engine)?);
    }
    let total = heard.len();
    let known = Known::new(&rules.authority);
    let mut speakers: Vec<SpeakerView> = heard.into_iter().map(|(id, heard)| known.look_up(heard.view(id))).collect();
    let without_entry = speakers.iter().filter(|speaker| speaker.entry.is_none()).count();
    speakers.retain(|speaker| !unresolved || speaker.entry.is_none());
    // By id so far, which a stable sort leaves among equals.
    speakers.sort_by_key(|speaker| std::cmp::Reverse(speaker.turns + speaker.quotes));
    Ok(SpeakersView { total, unresolved: without_entry, speakers, stale: manifest.rules != rules.hash })
}

/// What is heard of a speaker, article by article.
#[derive(Debug, Default)]
struct Heard {
    names: BTreeMap<String, usize>,
    roles: BTreeMap<String, usize>,
    articles: usize,
    turns: usize,
    quotes: usize,
    published: Option<(Date, Date)>,
}

/// Adds what is said in one article, given by its passages.
fn hear(heard: &mut BTreeMap<SpeakerId, Heard>, article: &[Passage]) {
    let mut here: BTreeMap<&SpeakerId, Heard> = BTreeMap::new();
    for passage in article {
        if let Some(turn) = passage.turn() {
            here.entry(&turn.speaker.id).or_default().turn(&turn.speaker);
        }
        for speaker in passage.quotes.iter().filter_map(|Quote { speaker, .. }| speaker.as_ref()) {
            here.entry(&speaker.id).or_default().quote(speaker);
        }
    }
    let published = article.first().and_then(|passage| passage.published.as_ref());
    for (id, said) in here {
        heard.entry(id.clone()).or_default().article(said, published);
    }
}

impl Heard {
    fn turn(&mut self, speaker: &Speaker) {
        self.turns += 1;
        self.called(speaker);
    }

    fn quote(&mut self, speaker: &Speaker) {
        self.quotes += 1;
        self.called(speaker);
    }

    fn called(&mut self, speaker: &Speaker) {
        *self.names.entry(speaker.name.clone()).or_default() += 1;
        if let Some(role) = &speaker.role {
            *self.roles.entry(role.clone()).or_default() += 1;
        }
    }

    /// Adds what one article has, published when it says.
    fn article(&mut self, said: Self, published: Option<&Publication>) {
        self.articles += 1;
        self.turns += said.turns;
        self.quotes += said.quotes;
        for (all, own) in [(&mut self.names, said.names), (&mut self.roles, said.roles)] {
            for (text, times) in own {
                *all.entry(text).or_default() += times;
            }
        }
        if let Some(day) = published.map(|published| published.date) {
            let (first, last) = self.published.unwrap_or((day.first(), day.last()));
            self.published = Some((first.min(day.first()), last.max(day.last())));
        }
    }

    fn view(self, id: SpeakerId) -> SpeakerView {
        let mut roles = by_frequency(self.roles);
        // `President of Doruna` is no second role.
        let mut seen = BTreeSet::new();
        roles.retain(|role| seen.insert(fold(role)));
        SpeakerView {
            id,
            names: by_frequency(self.names),
            roles,
            articles: self.articles,
            turns: self.turns,
            quotes: self.quotes,
            published: self.published,
            entry: None,
            aliases: Vec::new(),
            perhaps: Vec::new(),
        }
    }
}

/// The most frequent first, equal ones in order.
fn by_frequency(counted: BTreeMap<String, usize>) -> Vec<String> {
    let mut counted: Vec<(String, usize)> = counted.into_iter().collect();
    counted.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    counted.into_iter().map(|(text, _)| text).collect()
}

/// The authority file, with its names as they are compared.
struct Known<'a> {
    authority: &'a Authority,
    /// Folded name, its letters, and whose it is.
    names: Vec<(String, usize, &'a Person)>,
}

impl<'a> Known<'a> {
    fn new(authority: &'a Authority) -> Self {
        let folded = |person: &'a Person| person.names().map(move |name| (fold_name(name), person));
        let counted = |(name, person): (String, _)| (name.chars().count(), name, person);
        let names = authority.persons().iter().flat_map(folded).map(counted);
        Self { authority, names: names.map(|(letters, name, person)| (name, letters, person)).collect() }
    }

    /// The speaker with their entry, or else with the entries that they may be.
    ///
    /// A name counts beside the id: the index may be older than the file.
    fn look_up(&self, speaker: SpeakerView) -> SpeakerView {
        let names = speaker.names.iter().map(String::as_str);
        let entry = std::iter::once(speaker.id.as_str()).chain(names).find_map(|name| self.authority.find(name));
        match entry {
            Some(person) => {
                let aliases = other_names(person, &speaker.names);
                SpeakerView { entry: Some(person.id.clone()), aliases, ..speaker }
            }
            None => SpeakerView { perhaps: self.near(&speaker.names), ..speaker },
        }
    }

    /// Entries with a name like one of `names`.
    fn near(&self, names: &[String]) -> Vec<Near> {
        let mut near: BTreeMap<&SpeakerId, (usize, &Person)> = BTreeMap::new();
        for name in names.iter().map(|name| fold_name(name)) {
            let letters = name.chars().count();
            for (other, other_letters, person) in &self.names {
                let Some(edits) = alike((&name, letters), (other, *other_letters)) else { continue };
                let best = near.entry(&person.id).or_insert((edits, person));
                best.0 = best.0.min(edits);
            }
        }
        let mut near: Vec<(usize, &Person)> = near.into_values().collect();
        near.sort_by_key(|(edits, _)| *edits);
        let shown = near.into_iter().take(MOST_NEAR);
        shown.map(|(_, person)| Near { id: person.id.clone(), name: person.name.clone() }).collect()
    }
}

/// The names of an entry that are none of `names`, case and diacritics aside.
fn other_names(person: &Person, names: &[String]) -> Vec<String> {
    let known: BTreeSet<String> = names.iter().map(|name| fold_name(name)).collect();
    person.names().filter(|name| !known.contains(&fold_name(name))).map(str::to_owned).collect()
}

/// How many edits two folded names, given with their letters, are apart; `None` where neither they nor their last
/// words are alike.
fn alike((one, letters): (&str, usize), (other, other_letters): (&str, usize)) -> Option<usize> {
    let allowed = MOST_EDITS.min(letters.max(other_letters) / LETTERS_PER_EDIT);
    let same_last = last_word(one) == last_word(other);
    // The edits are at least the difference in length: most pairs need no counting.
    if !same_last && letters.abs_diff(other_letters) > allowed {
        return None;
    }
    let edits = distance(one, other);
    (same_last || edits <= allowed).then_some(edits)
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn alike_names(one: &str, other: &str) -> bool {
        let (one, other) = (fold_name(one), fold_name(other));
        alike((&one, one.chars().count()), (&other, other.chars().count())).is_some()
    }

    fn speaker(id: &str, names: &[&str]) -> SpeakerView {
        let names = names.iter().map(ToString::to_string).collect();
        let roles = vec!["chair".into(), "skipper".into()];
        SpeakerView { names, roles, ..Heard::default().view(SpeakerId::new(id)) }
    }

    #[test]
    fn proposals_read_as_one_authority_file_whatever_the_names() {
        let speakers = vec![
            speaker("keren-moyle", &["Keren Moyle", "KEREN MOYLE", "K. \u{1b}[31m\"Moyle\""]),
            speaker("k-moyle", &["Keren Moyle"]),
            speaker("Keren Moyle", &["Keren O'Moyle"]),
            speaker("\u{1b}", &["…"]),
            speaker("tarn", &["Tarn\n[[speaker]]"]),
        ];
        let view = SpeakersView { total: 5, unresolved: 5, speakers, stale: false };

        let text: String = view.proposals().iter().map(|(_, person)| person.to_toml()).collect();
        let read = Authority::parse(Path::new("speakers.toml"), &text).unwrap();

        assert_eq!(read.persons().iter().map(|person| person.id.as_str()).collect::<Vec<_>>(), ["keren-moyle", "tarn"]);
        assert_eq!(read.persons()[0].aliases, ["K. \u{1b}[31m\"Moyle\""]);
        assert_eq!(read.persons()[0].role_on(None), Some("chair"));
    }

    #[test]
    fn names_are_alike_by_their_last_word_or_a_few_letters() {
        for (one, other) in [
            ("Bela Kaldan", "Ömer Kaldan"),
            ("Kaldan", "Ömer Kaldan"),
            ("Ömer Kalden", "Ömer Kaldan"),
            ("Fiona Strandgard", "Fiona Strandgaard"),
        ] {
            assert!(alike_names(one, other), "{one}, {other}");
        }
        for (one, other) in
            [("Marr", "Tamm"), ("Qiu", "Qin"), ("Lin Haoran", "Lin Meixia"), ("Ömer Kaldan", "Ömer Vael")]
        {
            assert!(!alike_names(one, other), "{one}, {other}");
        }
    }
}
