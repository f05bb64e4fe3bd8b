//! Whose turn it is: from the labels of an interview or a transcript to persons.
//!
//! `Osmonov:` is a name, `PRESIDENT KALDAN:` a title and a name, `LD:` the outlet for which a
//! reporter is named elsewhere, `QUESTION (Corridor Wire):` an outlet whose reporter often begins by
//! saying who she is, `Q:` and `A:` whoever interviews and is interviewed.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::cast::{Cast, Register};
use super::gazetteer::{self, List};
use super::interview::Interview;
use super::labels::{
    abbreviates, after_initials, capitalised, initials, is_anonymous, joined, parts_of, role_in, trimmed, untitled,
};
use super::names::NameUse;
use crate::model::{Speaker, SpeakerId, fold_name, slug};

/// The speaker of a turn and how the label led there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TurnSpeaker {
    pub(super) speaker: Speaker,
    pub(super) member: Option<usize>,
    pub(super) confidence: f32,
    pub(super) rule: &'static str,
    pub(super) because: String,
}

/// `Mira Halden, Corridor Wire. Will you …`, also after a greeting.
static INTRODUCES_SELF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?x) ^\s* (?: (?:Good\s(?:morning|afternoon|evening|day)|Thank\syou|Thanks|Hello|Hi) [^.,!?]{0,40} [.,!] \s+ )?
        (?: (?:I\sam|I['’]m|My\sname\sis|This\sis) \s+ )?
        (?P<name> (?:\p{Lu}[\p{L}'’-]+\s+){1,3} \p{Lu}[\p{L}'’-]+ ) \s* [.,] \s+
        (?: (?P<outlet> (?:(?:from|with|for)\s+)? (?:[Tt]he\s+)? \p{Lu}[\p{L}'’&-]+ (?:\s+\p{Lu}[\p{L}'’&-]+){0,3} ) \s* [.,] | \p{Lu} | from | with | for )")
        .ok()
});

/// The name by which the one who asks introduces herself at the beginning of `words`, of an outlet that she or her
/// label names.
pub(super) fn introduces_self<'w>(words: &'w str, label: &str) -> Option<&'w str> {
    let found = INTRODUCES_SELF.as_ref()?.captures(words)?;
    let name = found.name("name")?.as_str();
    let bracket = parts_of(label).1;
    let titled = name.split(' ').any(|word| {
        gazetteer::is(&word.to_lowercase(), &[List::Office, List::Role, List::Male, List::Female, List::Neutral])
    });
    let of_outlet = found.name("outlet").is_some() || bracket.is_some();
    (!titled && of_outlet && bracket.is_none_or(|outlet| fold_name(outlet) != fold_name(name))).then_some(name)
}

/// `Is it true? Petra Holm, Kesh`: the reader who asks, from what follows the question; a nickname names nobody.
fn signature(words: &str) -> Option<&str> {
    let signed = words.rsplit_once('?').map(|(_, rest)| rest.trim())?;
    let name = signed.split_once(", ").map(|(name, _)| name)?;
    let is_name = name.split(' ').count() <= 3 && name.split(' ').all(|word| word.starts_with(char::is_uppercase));
    (is_name && !signed.ends_with(['.', '!', '”', '"', ')'])).then_some(name)
}

/// `I am Verity Lunn, and I chair this inquiry.`
static SAYS_NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:I am|I['’]m|[Mm]y name is|[Tt]his is)\s+(?P<name>\p{Lu}[\p{L}'’-]*\.?(?:\s+\p{Lu}[\p{L}'’-]+){1,4})",
    )
    .ok()
});

/// Verbs by which the person before them interviews, and the words of which one must follow; none, where any may.
#[derive(Deserialize, Default)]
#[serde(default)]
struct File {
    asks: HashMap<String, Vec<String>>,
    follow_ups: Vec<String>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/interviews.toml")).unwrap_or_default());

/// Whether whoever asked before asks again under this label: `Follow-up`.
pub(super) fn follows_up(label: &str) -> bool {
    let label = trimmed(label).to_lowercase();
    FILE.follow_ups.contains(&label)
}

/// Whether the words after a name say that its bearer interviews: `met her`, `talked to`, `moderated`.
pub(super) fn asks_whom(verb: &str, next: &str) -> bool {
    FILE.asks.get(verb).is_some_and(|follows| follows.is_empty() || follows.iter().any(|word| word == next))
}

/// Whoever says at the beginning of a turn under an office (`THE CHAIRMAN`) or a role of the conversation (`HOST`)
/// what the name is.
pub(super) fn names_himself(cast: &Cast, label: &str, words: &str) -> Option<usize> {
    let name = parts_of(label).0;
    let last = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
    let reporter = gazetteer::is(&fold_name(name), &[List::QuestionerLabel, List::AnswererLabel]);
    if reporter || !gazetteer::is(&last, &[List::Office, List::Role, List::ModeratorLabel]) {
        return None;
    }
    let found = SAYS_NAME.as_ref()?.captures(words)?;
    match cast.called(&untitled(found.name("name")?.as_str()).1) {
        [only] => Some(*only),
        _ => None,
    }
}

/// The speaker of the turn labelled `label` whose words begin with `words`.
pub(super) fn speaker(
    cast: &Cast,
    register: Register<'_>,
    interview: &Interview<'_>,
    label: &str,
    words: &str,
) -> Option<TurnSpeaker> {
    let label = trimmed(label);
    let (name, bracket) = parts_of(label);
    let joined = joined(name);
    let name = joined.as_deref().unwrap_or(name);
    let (folded, bracket) = match name.split_once(" from ") {
        Some((first, outlet)) => (fold_name(first), Some(outlet)),
        None => (fold_name(name), bracket),
    };
    if is_anonymous(label) {
        return None;
    }
    if gazetteer::is(&folded, &[List::QuestionerLabel]) {
        if let Some(reader) = signature(words) {
            return new_name(register, reader);
        }
        return questioner(cast, register, interview, bracket, introduces_self(words, label));
    }
    if let Some(member) = interview.self_named.get(&folded) {
        let because = "the one who speaks under this label says the name";
        return Some(of_member(cast, *member, 0.9, "self-introduction", because));
    }
    if gazetteer::is(&folded, &[List::AnswererLabel]) {
        let (member, confidence, because) = match (interview.interviewee, interview.subject) {
            (Some(member), _) => (member, 0.85, "the turn answers, and the article says who is interviewed"),
            (None, Some(member)) => (member, 0.75, "the turn answers, and this is whom the article is about"),
            (None, None) => return None,
        };
        return Some(of_member(cast, member, confidence, "interview-turn", because));
    }
    if gazetteer::is(&folded, &[List::ModeratorLabel]) && !folded.starts_with("chair") {
        let because = "the article says who moderates";
        return interview.interviewer.map(|member| of_member(cast, member, 0.85, "interview-turn", because));
    }
    if let Some((outlet, reporter)) = cast.outlets.get(&folded) {
        return Some(match reporter {
            Some(member) => of_member(
                cast,
                *member,
                0.95,
                "interview-outlet",
                &format!("the label stands for {outlet}, whose reporter is named"),
            ),
            None => of_outlet(register, outlet, 0.9),
        });
    }
    by_name(cast, register, name)
        .or_else(|| by_initials(cast, register, interview, name))
        .or_else(|| by_office(cast, name))
        .or_else(|| {
            // One who asks under the name of an outlet; of several outlets each asks for itself.
            let asks = interview
                .sole_asker
                .as_ref()
                .is_some_and(|labels| one_outlet(labels) && labels.iter().any(|own| own == label));
            let known = interview.interviewer.is_some() || interview.authors.len() == 1;
            (asks && known).then(|| questioner(cast, register, interview, None, None)).flatten()
        })
        .or_else(|| {
            let abbreviation =
                interview.outlet.is_some_and(|outlet| abbreviates(name, outlet) || fold_name(outlet) == folded);
            let outlet = interview.outlet.filter(|_| abbreviation)?;
            questioner(cast, register, interview, None, None).or_else(|| Some(of_outlet(register, outlet, 0.8)))
        })
        .or_else(|| new_name(register, name))
}

/// Whether several labels may be short for one outlet: `Arvelle Abend` and `Abend`.
fn one_outlet(labels: &[String]) -> bool {
    let Some(longest) = labels.iter().max_by_key(|label| label.len()).map(|label| fold_name(label)) else {
        return false;
    };
    labels.iter().all(|label| longest.contains(&fold_name(label)))
}

/// `GM`: the only person of these initials, by the article or by its byline.
fn by_initials(cast: &Cast, register: Register<'_>, interview: &Interview<'_>, label: &str) -> Option<TurnSpeaker> {
    let label: String = label.chars().filter(|letter| *letter != '.' && *letter != ' ').collect();
    if !(2..=4).contains(&label.chars().count()) || !label.chars().all(char::is_uppercase) {
        return None;
    }
    let fits = |name: &str| crate::model::fold(&initials(name)) == crate::model::fold(&label);
    let because = "the label gives the initials of a person whom the article names";
    let mut members = (0..cast.members.len()).filter(|member| fits(&cast.members[*member].name));
    if let Some(member) = members.next() {
        return members.next().is_none().then(|| of_member(cast, member, 0.85, "turn-initials", because));
    }
    let author = interview.authors.iter().find(|author| fits(author))?;
    let because = "the label gives the initials of the author".to_owned();
    let speaker = of_byline(register, interview, author);
    Some(TurnSpeaker { speaker, member: None, confidence: 0.85, rule: "turn-initials", because })
}

/// `THE PRIME MINISTER`: the only person of the article who holds the office.
fn by_office(cast: &Cast, label: &str) -> Option<TurnSpeaker> {
    let office = label.to_lowercase();
    let office = office.trim_start_matches("the ");
    let last = office.rsplit(' ').next()?;
    if !gazetteer::is(last, &[List::Office, List::Role]) {
        return None;
    }
    let neutral =
        |word: &str| word.trim_end_matches("man").trim_end_matches("woman").trim_end_matches("person").to_owned();
    let holds = |member: &usize| {
        let member = &cast.members[*member];
        let role = member.role.as_deref().map(fold_name).unwrap_or_default();
        member.is_person && (role.contains(office) || role.split(' ').any(|word| neutral(word) == neutral(office)))
    };
    let mut members = (0..cast.members.len()).filter(holds);
    let member = members.next().filter(|_| members.next().is_none())?;
    Some(of_member(cast, member, 0.85, "turn-office", "the label is the office of a person whom the article names"))
}

/// A person whom a label names in full.
pub(super) fn introduces(label: &str) -> Option<NameUse> {
    let (name, gloss) = parts_of(label);
    let (title, bare) = untitled(name);
    let words: Vec<&str> = bare.split(' ').collect();
    let is_word = |word: &&str| {
        let lower = word.to_lowercase();
        word.chars().count() > 1
            && !gazetteer::is(&lower, &[List::Body, List::Role, List::Office, List::QuestionerLabel])
            && !matches!(lower.as_str(), "the" | "of" | "from")
    };
    if !(2..=4).contains(&words.len()) || !words.iter().all(is_word) || bare.chars().any(char::is_numeric) {
        return None;
    }
    // An outlet's name can look like a person's: one who bears a title or a known given name is a person.
    let written = if bare.chars().any(char::is_lowercase) { bare.clone() } else { capitalised(&bare) };
    let folded: Vec<String> = written.split(' ').map(fold_name).collect();
    let gender = gazetteer::given_name(&folded[0]);
    Some(NameUse {
        words: folded,
        text: written,
        title: (!title.is_empty()).then_some(title),
        role: role_in(gloss).map(|role| (role.to_owned(), 0..0)),
        gender,
        ..NameUse::default()
    })
}

/// The persons whom a headline names in full and calls so by title or given name; one in capitals is read
/// as if it were not.
pub(super) fn in_headline(title: &str) -> Vec<NameUse> {
    const SMALL: [&str; 10] = ["OF", "THE", "BY", "AND", "IN", "AT", "WITH", "ON", "FOR", "TO"];
    let shouted = !title.chars().any(char::is_lowercase);
    let lower = |word: &str| if SMALL.contains(&word) { word.to_lowercase() } else { capitalised(word) };
    let written = if shouted { title.split(' ').map(lower).collect::<Vec<_>>().join(" ") } else { title.to_owned() };
    let paragraph = super::paragraph::Paragraph::read(&written, 0..written.len(), None);
    let mut uses = super::names::uses(&paragraph);
    // `Yun Seri: Stars are late news`, `Wystan Pike answers your questions`.
    let speaks = |rest: &str| rest.starts_with(':') || rest.starts_with(" answers ");
    let quoted = |name: &NameUse| written.split_once(&name.text).is_some_and(|(_, rest)| speaks(rest));
    uses.retain(|name| name.words.len() > 1 && (name.is_person || quoted(name)));
    for name in &mut uses {
        name.bytes = 0..0;
        // `President Omer Kaldan of Kastria`.
        let end = written.find(&name.text).map_or(written.len(), |at| at + name.text.len());
        let state = written[end..].strip_prefix(" of ").and_then(|rest| rest.split([' ', ',', ':']).next());
        if let (Some(title), Some(state)) =
            (&mut name.title, state.filter(|state| state.starts_with(char::is_uppercase)))
        {
            *title = format!("{title} of {state}");
        }
    }
    uses
}

/// Says of the persons of a label that they are persons, with the role that it gives.
pub(super) fn recognise(cast: &mut Cast, label: &str) {
    let (name, gloss) = parts_of(label);
    // `LD` is short for a paper, whatever its name looks like.
    if cast.outlets.contains_key(&fold_name(name)) {
        return;
    }
    let (title, bare) = untitled(name);
    let mut called = cast.called(joined(&bare).as_ref().unwrap_or(&bare)).to_vec();
    let short: String = bare.chars().filter(|letter| *letter != '.').collect();
    if called.is_empty() && (2..=4).contains(&short.chars().count()) && short.chars().all(char::is_uppercase) {
        called = (0..cast.members.len()).filter(|member| initials(&cast.members[*member].name) == short).collect();
    }
    let role = role_in(gloss).or(Some(title.as_str()).filter(|title| !title.is_empty()));
    if let [only] = called.as_slice() {
        cast.recognise_as(*only, role);
    }
}

/// Who asks under a label such as `Q` or `QUESTION (Corridor Wire)`.
///
/// `introduced` is the name that she gives herself.
fn questioner(
    cast: &Cast,
    register: Register<'_>,
    interview: &Interview<'_>,
    bracket: Option<&str>,
    introduced: Option<&str>,
) -> Option<TurnSpeaker> {
    if let Some(name) = introduced {
        let speaker = register.speaker(name, bracket.map(|outlet| format!("reporter of {outlet}")));
        let because = "the one who asks begins by saying the name".to_owned();
        return Some(TurnSpeaker { speaker, member: None, confidence: 0.9, rule: "self-introduction", because });
    }
    // `(Keren Moyle, net-menders’ guild)`: a person and what she is.
    if let Some((name, role)) = bracket.and_then(|bracket| bracket.split_once(", "))
        && name.split(' ').count() > 1
    {
        let speaker = Speaker::new(SpeakerId::new(slug(name)), name.to_owned(), Some(role.to_owned()));
        let because = "the label names the one who asks".to_owned();
        return Some(TurnSpeaker { speaker, member: None, confidence: 0.9, rule: "turn-label", because });
    }
    if let Some(outlet) = bracket.filter(|outlet| outlet.chars().next().is_some_and(char::is_uppercase)) {
        return Some(of_outlet(register, outlet, 0.85));
    }
    if bracket.is_some() {
        return None;
    }
    if let Some(member) = interview.interviewer {
        return Some(of_member(
            cast,
            member,
            0.85,
            "interview-turn",
            "the turn asks, and the article names its reporter",
        ));
    }
    if let [author] = interview.authors {
        let speaker = of_byline(register, interview, author);
        let because = "the turn asks, and the byline names one author".to_owned();
        return Some(TurnSpeaker { speaker, member: None, confidence: 0.8, rule: "byline", because });
    }
    None
}

/// By the cast: the label as it stands, without its title, or the surname in it.
fn by_name(cast: &Cast, register: Register<'_>, name: &str) -> Option<TurnSpeaker> {
    let (title, bare) = untitled(name);
    let named: Vec<usize> = cast
        .called(&bare)
        .iter()
        .copied()
        .filter(|member| {
            title.is_empty()
                || cast.called(&bare).len() == 1
                || cast.members[*member].role.as_deref().is_some_and(|role| super::cast::same_office(role, &title))
        })
        .collect();
    let named = if named.is_empty() { by_initial_and_surname(cast, &bare) } else { named };
    let member = match named.as_slice() {
        [] => {
            let person = register.authority.find(name).or_else(|| register.authority.find(&bare))?;
            let speaker =
                Speaker::new(person.id.clone(), person.name.clone(), person.role_on(register.on).map(str::to_owned));
            let because = format!("the authority file knows the label as {}", speaker.name);
            return Some(TurnSpeaker { speaker, member: None, confidence: 0.95, rule: "turn-label", because });
        }
        [only] => *only,
        several => several.iter().copied().find(|member| cast.members[*member].is_person).unwrap_or(several[0]),
    };
    let confidence = if named.len() == 1 { 0.97 } else { 0.7 };
    Some(of_member(cast, member, confidence, "turn-label", "the label names the speaker, whom the article introduces"))
}

/// `O.Kaldan`: those of the surname whose given name begins so.
fn by_initial_and_surname(cast: &Cast, name: &str) -> Vec<usize> {
    let Some((initial, surname)) = after_initials(name) else { return Vec::new() };
    let begins = |member: &&usize| {
        let full = &cast.members[**member].name;
        full.starts_with(initial) && full.contains(' ')
    };
    cast.called(surname).iter().filter(begins).copied().collect()
}

/// A name that stands in the label alone.
fn new_name(register: Register<'_>, name: &str) -> Option<TurnSpeaker> {
    let (title, bare) = untitled(name);
    let shouted = !bare.chars().any(char::is_lowercase);
    let written = if shouted { capitalised(&bare) } else { bare };
    let found = NameUse {
        words: vec![fold_name(&written)],
        text: written.clone(),
        title: Some(title.clone()),
        is_person: true,
        ..NameUse::default()
    };
    let person = super::cast::by_title_and_surname(&found, register);
    let id = person.map_or_else(|| SpeakerId::new(slug(&written)), |person| person.id.clone());
    if id.as_str().is_empty() {
        return None;
    }
    let role = person
        .and_then(|person| person.role_on(register.on))
        .map(str::to_owned)
        .or((!title.is_empty()).then_some(title));
    let speaker = Speaker::new(id, person.map_or(written, |person| person.name.clone()), role);
    let because = "the turn's label is all that names the speaker".to_owned();
    Some(TurnSpeaker {
        speaker,
        member: None,
        confidence: if person.is_some() { 0.9 } else { 0.8 },
        rule: "turn-label",
        because,
    })
}

fn of_member(cast: &Cast, member: usize, confidence: f32, rule: &'static str, because: &str) -> TurnSpeaker {
    let speaker = super::resolve::speaker(cast, member);
    TurnSpeaker { speaker, member: Some(member), confidence, rule, because: because.to_owned() }
}

/// An author of the byline as somebody who asks.
fn of_byline(register: Register<'_>, interview: &Interview<'_>, author: &str) -> Speaker {
    register.speaker(author, interview.outlet.map(|outlet| format!("reporter of {outlet}")))
}

fn of_outlet(register: Register<'_>, outlet: &str, confidence: f32) -> TurnSpeaker {
    let speaker = register.speaker(outlet, None);
    let because = format!("the label stands for {outlet}, and no reporter is named");
    TurnSpeaker { speaker, member: None, confidence, rule: "interview-outlet", because }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_names_its_speaker() {
        let names = |title: &str| in_headline(title).into_iter().map(|name| name.text).collect::<Vec<_>>();

        assert_eq!(names("Yun Seri: Stars are late news"), ["Yun Seri"]);
        assert_eq!(names("‘I have never met a calm goose’: Wystan Pike answers your questions"), ["Wystan Pike"]);
    }
}
