//! For whom somebody speaks: the state, organisation or company in the role, else in the authority file.
//!
//! A role says it at the time of speaking, the authority file without a time; where both name the same body, the
//! authority file's name of it is taken, so that one body has one name.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::gazetteer;
use super::grammar::{self, Class};
use super::{CastMember, SpeakerAnnotation};
use crate::config::{Authority, Person};
use crate::model::{Speaker, SpeakerId, fold_name};

/// Words before a body's in a role, in lower case, at the most: `the Dorunan foreign ministry`.
const LONGEST_LOWER: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    spokes: HashSet<String>,
    unaffiliated: HashSet<String>,
    subjects: HashSet<String>,
    bodies: HashSet<String>,
    titles: HashSet<String>,
}

#[expect(clippy::expect_used, reason = "the embedded table is read by the tests of this file")]
static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/affiliations.toml")).expect("the table is TOML"));

/// Puts affiliations and Wikidata items on everybody who speaks.
pub(super) fn fill(speech: &mut SpeakerAnnotation, authority: &Authority, on: Option<jiff::civil::Date>) {
    // Few roles name a body, and only such a body is held against the persons' names.
    let persons = LazyCell::new(|| -> HashSet<String> {
        speech.cast.iter().flat_map(|member| &member.names).map(|name| fold_name(name)).collect()
    });
    let is_person = |body: &str| persons.contains(&fold_name(body));
    let mut known: HashMap<SpeakerId, Option<&Person>> = HashMap::new();
    let turns = speech.turns.iter_mut().flatten().map(|attribution| &mut attribution.speaker);
    let quotes = speech.quotes.iter_mut().filter_map(|quote| quote.speaker.as_mut());
    for speaker in turns.chain(quotes) {
        let person = *known.entry(speaker.id.clone()).or_insert_with(|| authority.find(speaker.id.as_str()));
        speaker.affiliation = of_speaker(speaker, person, on, &is_person);
        speaker.qid = person.and_then(|person| person.qid.clone());
    }
}

/// Puts affiliation and Wikidata item on somebody of whom only id, name and role are certain.
pub(in crate::annotate) fn complete(
    speaker: &mut Speaker,
    cast: &[CastMember],
    authority: &Authority,
    on: Option<jiff::civil::Date>,
) {
    let person = authority.find(speaker.id.as_str());
    let is_person =
        |body: &str| cast.iter().flat_map(|member| &member.names).any(|name| fold_name(name) == fold_name(body));
    speaker.affiliation = of_speaker(speaker, person, on, &is_person);
    speaker.qid = person.and_then(|person| person.qid.clone());
}

fn of_speaker(
    speaker: &Speaker,
    person: Option<&Person>,
    on: Option<jiff::civil::Date>,
    is_person: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let registered = person.and_then(|person| person.affiliation.clone());
    let is_registered_role = person.is_some_and(|person| person.role_on(on) == speaker.role.as_deref());
    let stated = speaker.role.as_deref().and_then(of_role).filter(|body| !is_person(body));
    match (stated, registered) {
        (Some(stated), Some(registered)) if !is_registered_role && !is_part(&stated, &registered) => Some(stated),
        (stated, registered) => registered.or(stated),
    }
}

/// Whether every word of one name stands in the other: `Kastria` and `Republic of Kastria`.
fn is_part(one: &str, other: &str) -> bool {
    let (one, other) = (fold_name(one), fold_name(other));
    let words = |text: &'_ str| text.split(' ').map(str::to_owned).collect::<HashSet<String>>();
    let (one, other) = (words(&one), words(&other));
    one.is_subset(&other) || other.is_subset(&one)
}

/// The body in a role; `None` where it names none for certain.
fn of_role(role: &str) -> Option<String> {
    // What follows a comma or bracket is another role, or where and since when.
    let role = role.split([',', ';', '(']).next().unwrap_or(role);
    let words: Vec<&str> = role.split_whitespace().collect();
    let preposition = |at: &usize| *at > 0 && matches!(words[*at], "of" | "for" | "at" | "from");
    (0..words.len()).filter(preposition).find_map(|at| after(&words, at)).or_else(|| before(&words))
}

/// The body after the preposition at `at`.
fn after(words: &[&str], at: usize) -> Option<String> {
    let head = words[at - 1].to_lowercase();
    let start = at + 1 + usize::from(words.get(at + 1) == Some(&"the"));
    let first = words.get(start)?;
    let mut body = if is_capitalised(first) { capitals(words, start) } else { lower_body(words, start)? };
    // `the Lanqing foreign ministry` is one; of `the Lanqing distant-water fleet` nothing is known.
    if words.get(start + body.len()).is_some_and(|next| !ends_name(next)) {
        body.extend(lower_body(words, start + body.len())?);
    }
    let listed = body.iter().any(|word| WORDS.bodies.contains(&word.to_lowercase()));
    let fits = match words[at] {
        "for" => WORDS.spokes.contains(&head) || listed && !WORDS.unaffiliated.contains(&head),
        "of" => !WORDS.unaffiliated.contains(&head) && !is_subject(&body),
        "from" => listed,
        _ => true,
    };
    let title = WORDS.titles.contains(&first.to_lowercase());
    (fits && !title).then(|| body.join(" "))
}

/// `Foreign Affairs`: what somebody is charged with; with a body in it, as in `Ministry of Finance`, it is one.
fn is_subject(body: &[&str]) -> bool {
    body.first().is_some_and(|word| WORDS.subjects.contains(&word.to_lowercase()))
        && !body.iter().any(|word| names_body(word))
}

/// Capitals from `start`, joined by `of`, `for`, `and`; a subject ends before the body that follows it.
fn capitals<'w>(words: &[&'w str], start: usize) -> Vec<&'w str> {
    let mut end = start;
    while let Some(word) = words.get(end) {
        let article = usize::from(words.get(end + 1) == Some(&"the"));
        let joins = matches!(*word, "of" | "for" | "and" | "&" | "de")
            && words.get(end + 1 + article).is_some_and(|next| is_capitalised(next))
            // `minister of Foreign Affairs of Doruna`: Doruna is found by its own `of`.
            && !(*word == "of" && is_subject(&words[start..end]));
        if !(is_capitalised(word) || joins) {
            break;
        }
        end += 1 + if joins { article } else { 0 };
    }
    words[start..end].to_vec()
}

/// `foreign ministry`, `ministry of Transport`: words in lower case that end in a body's.
fn lower_body<'w>(words: &[&'w str], start: usize) -> Option<Vec<&'w str>> {
    let last = (start..words.len().min(start + LONGEST_LOWER)).find(|at| WORDS.bodies.contains(words[*at]))?;
    let plain =
        words[start..last].iter().all(|word| word.chars().all(|letter| letter.is_alphanumeric() || letter == '-'));
    let mut body = words[start..=last].to_vec();
    // `ministry of Transport of Doruna`
    loop {
        let of = start + body.len();
        let article = usize::from(words.get(of + 1) == Some(&"the"));
        let goes_on =
            words.get(of) == Some(&"of") && words.get(of + 1 + article).is_some_and(|word| is_capitalised(word));
        if !goes_on {
            break;
        }
        body.extend(&words[of..=of + article]);
        body.extend(capitals(words, of + 1 + article));
    }
    let indefinite = body.first().is_some_and(|word| matches!(*word, "a" | "an" | "his" | "her" | "their" | "its"));
    (plain && !indefinite).then_some(body)
}

/// Words in lower case after which a role goes on with something else.
fn ends_name(word: &str) -> bool {
    grammar::is(word, &[Class::Preposition, Class::Conjunction, Class::Subordinator, Class::Adverb])
}

/// `Lanqing Foreign Ministry spokesperson`, `Doruna's president`: capitals before the role; or the role is the body,
/// as in labels: `net-menders’ guild`.
fn before(words: &[&str]) -> Option<String> {
    let is_bare =
        |last: &&str| WORDS.bodies.contains(&last.to_lowercase()) && !words.iter().any(|word| gazetteer::is_role(word));
    if words.len() > 1 && words.last().is_some_and(is_bare) {
        return Some(words.join(" "));
    }
    if let Some(owner) = words.first().and_then(|word| word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"))) {
        return (is_capitalised(owner) && words.len() > 1).then(|| owner.to_owned());
    }
    let end = words.iter().position(|word| !is_capitalised(word))?;
    let role = words[end..].first().is_some_and(|word| gazetteer::is_role(word));
    (end > 1 && role && names_body(words[end - 1])).then(|| words[..end].join(" "))
}

fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a word says that a name is a body's.
fn is_body(word: &str) -> bool {
    gazetteer::is(&word.to_lowercase(), &[gazetteer::List::Body]) || WORDS.bodies.contains(&word.to_lowercase())
}

/// The same, but not for words that are as well a subject: `Security`, `State`.
fn names_body(word: &str) -> bool {
    is_body(word) && !WORDS.subjects.contains(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn body(role: &str) -> Option<String> {
        of_role(role)
    }

    #[test]
    fn a_role_names_the_body_after_its_preposition() {
        for (role, expected) in [
            ("director of the Institute for Steppe Economies", "Institute for Steppe Economies"),
            ("president of Kastria", "Kastria"),
            ("prime minister of the Isles of Merrow", "Isles of Merrow"),
            ("spokesperson of the ministry", "ministry"),
            ("spokeswoman for the foreign ministry", "foreign ministry"),
            ("spokesman for the ministry of Transport of Doruna", "ministry of Transport of Doruna"),
            ("minister of transport of Kesh", "Kesh"),
            ("minister of Foreign Affairs of Doruna", "Doruna"),
            ("minister of Trade and Industry of the Lanqing Republic", "Lanqing Republic"),
            ("professor of maritime law at the University of Tarnhaven", "University of Tarnhaven"),
            ("chief economist at the Amber Development Bank", "Amber Development Bank"),
            ("reporter of Lanqing Daily", "Lanqing Daily"),
            ("secretary-general of the Amber Corridor Secretariat, in Velmar", "Amber Corridor Secretariat"),
            ("envoy for the Corridor Commission", "Corridor Commission"),
            ("spokesman of the Lanqing foreign ministry in Haoyun", "Lanqing foreign ministry"),
            ("reporter of The Velmar Courier", "The Velmar Courier"),
            ("surveyor from the Harbour Authority", "Harbour Authority"),
            ("head of the Ministry of Finance", "Ministry of Finance"),
            ("chair of the Security Council", "Security Council"),
        ] {
            assert_eq!(body(role).as_deref(), Some(expected), "{role}");
        }
    }

    #[test]
    fn a_role_names_the_body_before_it() {
        for (role, expected) in [
            ("Lanqing Foreign Ministry spokesperson", "Lanqing Foreign Ministry"),
            ("Amber Development Bank president", "Amber Development Bank"),
            ("net-menders’ guild, Ulsay", "net-menders’ guild"),
            ("Doruna’s energy minister", "Doruna"),
        ] {
            assert_eq!(body(role).as_deref(), Some(expected), "{role}");
        }
    }

    #[test]
    fn what_is_no_body_is_no_affiliation() {
        for role in [
            "Kastrian president",
            "energy minister",
            "minister of Foreign Affairs",
            "professor of History",
            "daughter of Omer Kaldan",
            "ambassador to Doruna",
            "special envoy for Central Asia",
            "aide of President Kaldan",
            "adviser of President Kaldan",
            "author of The Long Pass",
            "resident of Kesh",
            "expert for Kesh",
            "director of a fund",
            "driver from Kesh",
            "deputy commissioner of the Lanqing distant-water fleet",
            "shepherd",
            "",
            "of",
            "president of",
        ] {
            assert_eq!(body(role), None, "{role}");
        }
    }

    #[test]
    fn the_article_goes_before_the_authority_file_unless_both_name_one_body() {
        let authority = Authority::parse(
            Path::new("speakers.toml"),
            "[[speaker]]\nid = \"omer-kaldan\"\nname = \"Omer Kaldan\"\naffiliation = \"Republic of Kastria\"\nqid = \"Q42\"\n\
             roles = [{ title = \"governor of Velmar\" }]\n",
        )
        .unwrap();
        let person = authority.find("omer-kaldan");
        let affiliation = |role: Option<&str>| {
            let speaker = Speaker::new(SpeakerId::new("omer-kaldan"), "Omer Kaldan".into(), role.map(str::to_owned));
            of_speaker(&speaker, person, None, &|body| body == "Kesh").unwrap()
        };

        assert_eq!(affiliation(Some("president of Kastria")), "Republic of Kastria");
        assert_eq!(affiliation(Some("chairman of the Amber Bank")), "Amber Bank");
        assert_eq!(affiliation(Some("governor of Velmar")), "Republic of Kastria", "the file's own role");
        assert_eq!(affiliation(Some("chairman of Kesh")), "Republic of Kastria", "Kesh is a person here");
        assert_eq!(affiliation(None), "Republic of Kastria");
    }
}
