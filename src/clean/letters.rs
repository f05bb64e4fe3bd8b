//! White space and letters that nobody sees, the same for every format.

/// Letters that are read as white space.
pub(super) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{85}')
}

/// Soft hyphens, joiners of zero width, byte order marks, marks of writing direction and control characters: nobody
/// reads them, and a word with one would be another word.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}')
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || (letter.is_control() && !letter.is_whitespace())
}

/// `text` on one line, white space collapsed, without what cannot be seen.
pub(super) fn collapse(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !is_invisible(*letter)) {
        if !is_space(letter) {
            line.push(letter);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_letters_are_dropped_and_spaces_collapse() {
        assert_eq!(
            collapse(" The rail\u{ad}way\u{a0}\n of\u{200b} \u{200b} \u{202e}Kastria\u{200e}\u{7} "),
            "The railway of Kastria"
        );
    }
}
