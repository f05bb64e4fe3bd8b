//! The cast of an article: which uses of names are one person.
//!
//! Full names first, then what is short for one of them: a surname, a family name that comes first, an
//! abbreviation in brackets. Two persons of one surname stay apart; between them decide the title,
//! then who was named last.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::{FixedState, RandomState};

use super::find::Finder;
use super::gazetteer::{self, Gender, List};
use super::names::NameUse;
use crate::config::{Authority, Person};
use crate::model::{Speaker, SpeakerId, fold_name, slug};

/// Persons of one name that are told apart; a text with more is a list.
const NAMESAKES: usize = 24;

/// A person (or what looks like one) with every use of the name.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) id: SpeakerId,
    pub(super) name: String,
    pub(super) role: Option<String>,
    pub(super) gender: Option<Gender>,
    /// Whether title, role, given name or a cue says that it is a person.
    pub(super) is_person: bool,
    /// The names used, each once.
    pub(super) names: Vec<String>,
    /// Where they stand, in bytes, in reading order.
    pub(super) mentions: Vec<Range<usize>>,
    /// Where the fullest name or the role is introduced.
    pub(super) introduction: Range<usize>,
    /// Whether the authority file knows the person, and by which name.
    pub(super) alias: Option<String>,
}

/// Everybody whom an article names.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub(super) members: Vec<Member>,
    by_id: HashMap<SpeakerId, usize, RandomState>,
    /// Full name as it sounds → member.
    by_spelling: HashMap<String, usize, RandomState>,
    /// Byte at which a name begins → member.
    by_start: HashMap<usize, usize, FixedState>,
    /// Folded name, or a part of it from the beginning or the end → members, in reading order.
    forms: HashMap<String, Vec<usize>, RandomState>,
    /// Word of a role → persons whose role has it.
    by_office: HashMap<String, Vec<usize>, RandomState>,
    /// Folded outlet name or abbreviation → the outlet's name, and its reporter where one is named.
    pub(super) outlets: HashMap<String, (String, Option<usize>)>,
}

/// Where the authority file is read, and for which day.
#[derive(Clone, Copy)]
pub(super) struct Register<'a> {
    pub(super) authority: &'a Authority,
    pub(super) finder: &'a Finder,
    pub(super) on: Option<jiff::civil::Date>,
}

impl Register<'_> {
    /// Somebody who is called `name` and is no member of the cast: the authority file's person, or one of that name.
    pub(super) fn speaker(self, name: &str, role: Option<String>) -> Speaker {
        match self.authority.find(name) {
            Some(person) => Speaker::new(person.id.clone(), person.name.clone(), role),
            None => Speaker::new(SpeakerId::new(slug(name)), name.to_owned(), role),
        }
    }
}

impl Cast {
    /// Builds the cast from the uses of names, in reading order.
    ///
    /// What turns' labels say in full introduces persons, too, but is no mention.
    pub(super) fn build(uses: &[NameUse], labels: &[NameUse], register: Register<'_>) -> Self {
        let mut cast = Self::default();
        let mut order: Vec<usize> = (0..uses.len()).filter(|index| uses[*index].words.len() > 1).collect();
        let is_initial = |word: &String| word.chars().count() == 1;
        order.sort_by_key(|index| {
            let words = &uses[*index].words;
            (std::cmp::Reverse(words.len()), words.first().is_some_and(is_initial))
        });
        for index in order {
            cast.introduce(&uses[index], register);
        }
        for label in labels {
            cast.introduce(label, register);
            if let [only] = *cast.called(&label.text)
                && let Some((role, _)) = &label.role
            {
                cast.recognise_as(only, Some(role));
            }
        }
        let mut last: HashMap<usize, usize> = HashMap::new();
        for (place, name) in uses.iter().enumerate() {
            if let Some(member) = cast.member_for(name, &last, register) {
                last.insert(member, place);
                cast.record(member, name);
            }
        }
        cast.settle(register);
        cast
    }

    /// The member whose name begins at byte `start`.
    pub(super) fn at(&self, start: usize) -> Option<usize> {
        self.by_start.get(&start).copied()
    }

    /// Members of whose name `name` is the whole, the beginning or the end.
    pub(super) fn called(&self, name: &str) -> &[usize] {
        self.forms.get(&fold_name(name)).map_or(&[], Vec::as_slice)
    }

    /// Persons whose role has `word` in it, by first mention.
    pub(super) fn in_office(&self, word: &str) -> &[usize] {
        self.by_office.get(word).map_or(&[], Vec::as_slice)
    }

    /// Says that a member is a person.
    pub(super) fn recognise(&mut self, member: usize) {
        self.members[member].is_person |= self.members[member].name.contains(' ');
    }

    /// Says that a member is a person, and what he is, unless that is known.
    pub(super) fn recognise_as(&mut self, member: usize, role: Option<&str>) {
        self.members[member].is_person = true;
        let known = &mut self.members[member].role;
        if role.is_some_and(|role| {
            known
                .as_ref()
                .is_none_or(|known| (!known.contains(' ') || role.starts_with(known.as_str())) && role.contains(' '))
        }) {
            *known = role.map(str::to_owned);
        }
    }

    /// Adds a full name, unless it is known or short for a longer one.
    fn introduce(&mut self, name: &NameUse, register: Register<'_>) {
        let folded = name.words.join(" ");
        let person = register.authority.find(&name.text);
        let spelled = || person.is_none().then(|| self.by_spelling.get(&spelling(&name.words)).copied()).flatten();
        let same = person.and_then(|person| self.by_id.get(&person.id)).copied().or_else(spelled);
        let known = self.forms.contains_key(&folded) || same.is_some();
        if known {
            if let Some(member) = same {
                self.add_forms(member, &name.words);
                self.rename(member, name, person);
            }
            return;
        }
        match self.by_initial(name) {
            Some(member) => self.add_form(member, folded),
            None => {
                self.add(name, person);
            }
        }
    }

    /// Of several spellings that the authority file does not know, the first that the article uses is the name.
    fn rename(&mut self, member: usize, name: &NameUse, person: Option<&Person>) {
        let known = &mut self.members[member];
        let earlier = !name.bytes.is_empty() && name.bytes.start < known.introduction.start;
        if person.is_none() && known.alias.is_none() && earlier {
            known.name.clone_from(&name.text);
            known.introduction = name.bytes.clone();
            self.by_id.remove(&known.id);
            known.id = SpeakerId::new(slug(&name.text));
            self.by_id.entry(known.id.clone()).or_insert(member);
        }
    }

    /// The only member of the surname whose given name begins as the initial says: `C. Dumonceau`.
    fn by_initial(&self, name: &NameUse) -> Option<usize> {
        let (first, surname) = (name.words.first()?, name.words.last()?);
        let [member] = self.forms.get(surname)?.as_slice() else { return None };
        let given = fold_name(&self.members[*member].name);
        (first.chars().count() == 1 && given.starts_with(first.as_str())).then_some(*member)
    }

    fn add(&mut self, name: &NameUse, person: Option<&Person>) -> usize {
        let index = self.members.len();
        self.members.push(Member {
            id: person.map_or_else(|| SpeakerId::new(slug(&name.text)), |person| person.id.clone()),
            name: person.map_or_else(|| name.text.clone(), |person| person.name.clone()),
            role: None,
            gender: None,
            is_person: person.is_some(),
            names: Vec::new(),
            mentions: Vec::new(),
            introduction: name.bytes.clone(),
            alias: person.map(|_| name.text.clone()),
        });
        self.by_id.entry(self.members[index].id.clone()).or_insert(index);
        self.add_forms(index, &name.words);
        if name.words.len() > 1 {
            self.by_spelling.entry(spelling(&name.words)).or_insert(index);
            // `Haoran Lin` and `Lin Haoran`.
            if let [first, second] = name.words.as_slice() {
                self.by_spelling.entry(spelling(&[second.clone(), first.clone()])).or_insert(index);
            }
        }
        if let Some(person) = person {
            let words: Vec<String> = fold_name(&person.name).split(' ').map(str::to_owned).collect();
            self.add_forms(index, &words);
        }
        index
    }

    fn add_forms(&mut self, member: usize, words: &[String]) {
        for cut in 0..words.len() {
            self.add_form(member, words[cut..].join(" "));
            self.add_form(member, words[..=cut].join(" "));
        }
        // `Yeonja` is short for `Kim Yeon-ja`, too: a hyphen parts words as they are folded.
        for word in words.iter().filter(|word| word.contains(' ')) {
            self.add_form(member, word.replace(' ', ""));
        }
    }

    fn add_form(&mut self, member: usize, form: String) {
        let members = self.forms.entry(form).or_default();
        if members.len() < NAMESAKES && !members.contains(&member) {
            members.push(member);
        }
    }

    /// The member that a use means; a titled name that nobody bears makes a new one.
    fn member_for(&mut self, name: &NameUse, last: &HashMap<usize, usize>, register: Register<'_>) -> Option<usize> {
        let folded = name.words.join(" ");
        let title = name.title.as_deref().unwrap_or("");
        let candidates = self.forms.get(&folded).cloned().unwrap_or_default();
        let office = title.rsplit(' ').next().unwrap_or("");
        let fits = |member: &&usize| {
            let member = &self.members[**member];
            let gender = name.gender.is_none_or(|gender| member.gender.is_none_or(|known| known == gender));
            let other_office = |role: &str| !same_office(role, office) && !gazetteer::is(office, &[List::Rank]);
            gender && (office.is_empty() || !member.role.as_deref().is_some_and(other_office))
        };
        let mut fitting: Vec<usize> = candidates.iter().filter(fits).copied().collect();
        if let Some([speaker]) =
            name.within.as_deref().filter(|_| name.title.as_deref() == Some("")).map(|label| self.called(label))
            && fitting.len() > 1
        {
            fitting.retain(|member| member != speaker);
        }
        // One who bears the whole name comes before those who bear it in part.
        let whole = fitting.iter().find(|member| fold_name(&self.members[**member].name) == folded).copied();
        let latest = || {
            fitting
                .iter()
                .copied()
                .max_by_key(|member| last.get(member).map_or(-1, |place| i64::try_from(*place).unwrap_or(0)))
        };
        let by_role = || {
            let with =
                |member: &&usize| self.members[**member].role.as_deref().is_some_and(|role| same_office(role, office));
            (!office.is_empty()).then(|| fitting.iter().find(with).copied()).flatten()
        };
        if let Some(member) = whole.or_else(by_role).or_else(latest) {
            return Some(member);
        }
        let person = register
            .authority
            .find(&name.text)
            .or_else(|| {
                (!title.is_empty()).then(|| register.authority.find(&format!("{title} {}", name.text))).flatten()
            })
            .or_else(|| by_title_and_surname(name, register));
        if let Some(known) = person.and_then(|person| self.by_id.get(&person.id)).copied() {
            self.add_form(known, folded);
            return Some(known);
        }
        (person.is_some() || name.is_person).then(|| self.add(name, person))
    }

    fn record(&mut self, index: usize, name: &NameUse) {
        self.by_start.insert(name.bytes.start, index);
        if let Some(short) = &name.short {
            self.add_form(index, fold_name(short));
        }
        if let Some((outlet, short)) = &name.outlet {
            for key in [Some(outlet), short.as_ref()].into_iter().flatten() {
                self.outlets.entry(fold_name(key)).or_insert_with(|| (outlet.clone(), Some(index)));
            }
        }
        let member = &mut self.members[index];
        member.is_person |= name.is_person;
        member.gender = member.gender.or(name.gender);
        if !member.names.contains(&name.text) {
            member.names.push(name.text.clone());
        }
        member.mentions.push(name.bytes.clone());
        let title = name.title.clone().filter(|title| !title.is_empty()).map(|title| (title, name.bytes.clone()));
        for (role, at) in [name.role.clone(), title].into_iter().flatten() {
            let fuller = member.role.as_ref().is_none_or(|known| !known.contains(' ') && role.contains(' '));
            if fuller {
                member.role = Some(role);
                member.introduction = at;
            }
        }
    }

    /// Roles that the article leaves out or gives in one word, from the authority file; names in order.
    fn settle(&mut self, register: Register<'_>) {
        for member in &mut self.members {
            let known = register.authority.find(member.id.as_str()).and_then(|person| person.role_on(register.on));
            if let Some(role) = known
                && member.role.as_ref().is_none_or(|stated| !stated.contains(' '))
            {
                member.role = Some(role.to_owned());
            }
            member.names.sort_by_key(|name| std::cmp::Reverse(name.split(' ').count()));
            member.is_person |= is_named_in_short(&member.names);
        }
        for (index, member) in self.members.iter().enumerate() {
            for word in member.role.as_deref().map(fold_name).unwrap_or_default().split(' ') {
                let holders = self.by_office.entry(word.to_owned()).or_default();
                if holders.len() < NAMESAKES && holders.last() != Some(&index) {
                    holders.push(index);
                }
            }
        }
    }
}

/// Whether somebody is named in full and by a part of that name, as persons are: `Kalia Tamberg`, `Tamberg`.
///
/// `names` has the fullest first.
fn is_named_in_short(names: &[String]) -> bool {
    let Some((full, short)) = names.split_first().filter(|(full, _)| full.contains(' ')) else { return false };
    short.iter().any(|short| full.strip_suffix(short.as_str()).is_some_and(|rest| rest.ends_with(' ')))
}

/// A full name with what transliterations differ in taken away: `Zhumabek Aytmat uulu` and `Jumabek Aitmat
/// uulu`, `Lin Hao-ran` and `Lin Haoran` are spelled alike.
///
/// The letters that the usual romanisations of Cyrillic (ISO 9, BGN/PCGN, ALA-LC), Arabic and Chinese give in more
/// than one way; a doubled letter counts once.
fn spelling(words: &[String]) -> String {
    const SAME: [(&str, &str); 14] = [
        ("ee", "i"),
        ("sch", "sh"),
        ("dzh", "i"),
        ("zh", "i"),
        ("kh", "h"),
        ("ts", "c"),
        ("tz", "c"),
        ("ck", "k"),
        ("ou", "u"),
        ("oo", "u"),
        ("q", "k"),
        ("j", "i"),
        ("y", "i"),
        ("w", "v"),
    ];
    let letters = words.iter().flat_map(|word| word.chars()).filter(|letter| !matches!(letter, '\'' | ' '));
    let mut alike: String = letters.collect();
    let mut present = letters_of(&alike);
    for (from, to) in SAME {
        if letters_of(from) & !present == 0 && alike.contains(from) {
            alike = alike.replace(from, to);
            present = letters_of(&alike);
        }
    }
    let mut spelled = String::with_capacity(alike.len());
    let mut last = None;
    for letter in alike.chars() {
        if last != Some(letter) {
            spelled.push(letter);
        }
        last = Some(letter);
    }
    spelled
}

/// Which of the alphabet's letters `text` has, as bits: a pattern whose letters are not all there needs no search.
fn letters_of(text: &str) -> u32 {
    text.bytes().fold(0, |bits, byte| bits | 1 << (byte & 31))
}

/// The one in the authority file who bears the surname and held the title's office on the day.
pub(super) fn by_title_and_surname<'a>(name: &NameUse, register: Register<'a>) -> Option<&'a Person> {
    let office = name.title.as_deref()?.rsplit(' ').next().filter(|office| !office.is_empty())?;
    let surname = name.words.join(" ");
    let mut found = register.authority.persons().iter().filter(|person| {
        let full = fold_name(&person.name);
        let bears = full.strip_suffix(&surname).is_some_and(|rest| rest.ends_with(' '))
            || full.strip_prefix(&surname).is_some_and(|rest| rest.starts_with(' '));
        bears && person.role_on(register.on).is_some_and(|role| same_office(role, office))
    });
    found.next().filter(|_| found.next().is_none())
}

/// Whether a role is that of an office: `president of Kastria` and `president`; a prime minister is a
/// minister only by name.
pub(super) fn same_office(role: &str, office: &str) -> bool {
    let role = fold_name(role);
    let office = match fold_name(office).as_str() {
        "pm" => "prime minister".to_owned(),
        "sen" => "senator".to_owned(),
        "gov" => "governor".to_owned(),
        "gen" => "general".to_owned(),
        "rep" => "representative".to_owned(),
        other => other.to_owned(),
    };
    role.split(' ').any(|word| word == office) || role.contains(&office) && office.contains(' ')
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::names;
    use super::super::paragraph::Paragraph;
    use super::*;

    fn cast(text: &str, authority: &str) -> Cast {
        let authority = Authority::parse(Path::new("speakers.toml"), authority).unwrap();
        let paragraph = Paragraph::read(text, 0..text.len(), None);
        Cast::build(
            &names::uses(&paragraph),
            &[],
            Register { authority: &authority, finder: &Finder::rules(), on: None },
        )
    }

    fn mentions(cast: &Cast, id: &str) -> usize {
        cast.members.iter().find(|member| member.id.as_str() == id).map_or(0, |member| member.mentions.len())
    }

    #[test]
    fn a_surname_goes_back_to_the_full_name() {
        let cast = cast(
            "President Omer Kaldan arrived. Mr Kaldan waved, and Kaldan left. C. Dumonceau saw Claire Dumonceau.",
            "",
        );

        assert_eq!(mentions(&cast, "omer-kaldan"), 3);
        assert_eq!(mentions(&cast, "claire-dumonceau"), 2);
    }

    #[test]
    fn a_family_name_that_comes_first_is_a_surname() {
        let cast = cast("Premier Lin Haoran met Minister Lin Meixia. Premier Lin left before Minister Lin.", "");

        assert_eq!(mentions(&cast, "lin-haoran"), 2, "{cast:?}");
        assert_eq!(mentions(&cast, "lin-meixia"), 2, "{cast:?}");
    }

    #[test]
    fn two_spellings_and_either_order_of_a_name_are_one_person() {
        let spelled = cast("Minister Ainura Sadykova left. Later Aynura Sadikova is late, and so is Sadikova.", "");
        let ordered = cast("Premier Lin Haoran left. On the coast he is Haoran Lin, in the hills Lin Hao-ran.", "");

        assert_eq!(mentions(&spelled, "ainura-sadykova"), 3, "{spelled:?}");
        assert_eq!(mentions(&ordered, "lin-haoran"), 3, "{ordered:?}");
    }

    #[test]
    fn names_that_sound_alike_in_part_stay_apart() {
        let cast = cast(
            "Kim Jong-un met his sister Kim Yo-jong. Kim Jong Un spoke, and Kim Yo Jong wrote. Jong-un left before Yo-jong.",
            "",
        );

        assert_eq!(mentions(&cast, "kim-jong-un"), 3, "{cast:?}");
        assert_eq!(mentions(&cast, "kim-yo-jong"), 3, "{cast:?}");
    }

    #[test]
    fn the_first_of_several_spellings_is_the_name() {
        let cast = cast("Dr Samir al-Khatib left. They say that Sameer Al Khatib is late, and so is al-Khatib.", "");

        assert_eq!(mentions(&cast, "samir-al-khatib"), 3, "{cast:?}");
    }

    #[test]
    fn a_rank_stands_beside_another_role() {
        let cast = cast("Matthias Decker, a harbour pilot, arrived. Captain Decker was wet. Judge Lunn was not.", "");

        assert_eq!(mentions(&cast, "matthias-decker"), 2, "{cast:?}");
    }

    #[test]
    fn whoever_is_named_in_short_is_a_person() {
        let cast = cast("It was Kalia Tamberg who had the map. Tamberg tried the door of the Kesh Depot.", "");

        assert!(cast.members.iter().all(|member| member.is_person == (member.name == "Kalia Tamberg")), "{cast:?}");
    }

    #[test]
    fn honorifics_keep_two_of_one_surname_apart() {
        let cast = cast("Mrs Liora Vael met Mr Pieter Vael. Mr Vael waved, Mrs Vael did not.", "");

        assert_eq!(mentions(&cast, "liora-vael"), 2, "{cast:?}");
        assert_eq!(mentions(&cast, "pieter-vael"), 2, "{cast:?}");
    }

    #[test]
    fn what_the_article_says_of_a_role_goes_before_the_authority_file() {
        let authority = "[[speaker]]\nid = \"claire-dumonceau\"\nname = \"Claire Dumonceau\"\nroles = [{ title = \"prime minister of Arvelle\" }]\n";
        let stated = cast("Claire Dumonceau was foreign minister and has been mayor of Kesh since May.", authority);
        let silent = cast("Claire Dumonceau left.", authority);

        assert_eq!(stated.members[0].role.as_deref(), Some("mayor of Kesh"));
        assert_eq!(silent.members[0].role.as_deref(), Some("prime minister of Arvelle"));
    }

    #[test]
    fn spellings_of_the_authority_file_are_one_person() {
        let authority = "[[speaker]]\nid = \"omer-kaldan\"\nname = \"Ömer Kaldan\"\naliases = [\"Oemer Kaldan\"]\nroles = [{ title = \"president of Kastria\" }]\n";
        let full = cast("Oemer Kaldan met Omer Kaldan.", authority);
        let titled = cast("It was President Kaldan.", authority);

        assert_eq!(mentions(&full, "omer-kaldan"), 2, "{full:?}");
        assert_eq!(mentions(&titled, "omer-kaldan"), 1, "{titled:?}");
        assert_eq!(titled.members[0].role.as_deref(), Some("president of Kastria"));
    }
}
