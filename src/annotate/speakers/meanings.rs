//! What cues mean, from `data/cue_meanings.toml`: each group of verbs, nouns and adjectives has a number.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::cues::inflect;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Group {
    verbs: Vec<String>,
    nouns: Vec<String>,
    adjectives: Vec<String>,
}

/// Word → numbers of its groups, three for each meaning: verbs, nouns, adjectives.
pub(super) fn read(toml: &str) -> HashMap<String, Vec<u8>> {
    // In the order of their names, so that a group keeps its number.
    let groups: BTreeMap<String, Group> = toml::from_str(toml).unwrap_or_default();
    let mut meanings: HashMap<String, Vec<u8>> = HashMap::new();
    for (number, group) in (0..).step_by(3).zip(groups.into_values()) {
        let verbs = group.verbs.iter().flat_map(|verb| inflect(verb).0).map(|(_, form)| (form, number));
        let nouns = group.nouns.into_iter().map(|noun| (noun, number + 1));
        let adjectives = group.adjectives.into_iter().map(|adjective| (adjective, number + 2));
        for (word, number) in verbs.chain(nouns).chain(adjectives) {
            let numbers = meanings.entry(word).or_default();
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    meanings
}

#[cfg(test)]
mod tests {
    use super::super::words::lookup;

    #[test]
    fn every_form_of_a_verb_has_its_meanings() {
        let decry = &lookup("decry").meanings;

        assert!(!decry.is_empty());
        assert_eq!(decry, &lookup("decried").meanings);
        assert!(lookup("railway").meanings.is_empty());
    }
}
