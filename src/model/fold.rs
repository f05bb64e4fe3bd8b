//! Folding: how two spellings of one word or name are found to be the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without diacritics, with straight apostrophes: `Ömer` and `OMER` both give `omer`.
///
/// Compatibility decomposition (Unicode Standard Annex 15, NFKD) without combining marks; Latin
/// letters that have no decomposition are spelled as in the usual romanisations.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for_letters(text, &mut |letter| folded.push(letter));
    folded
}

/// Gives `each` the letters of the folded text, one by one.
///
/// Plain letters decompose to themselves, and no mark is put in order across one: what stands between them
/// folds by itself.
fn for_letters(text: &str, each: &mut impl FnMut(char)) {
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        rest[..plain].bytes().for_each(|byte| each(char::from(byte.to_ascii_lowercase())));
        rest = &rest[plain..];
        let other = rest.bytes().position(|byte| byte.is_ascii()).unwrap_or(rest.len());
        for_decomposed(&rest[..other], each);
        rest = &rest[other..];
    }
}

fn for_decomposed(text: &str, each: &mut impl FnMut(char)) {
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        let spelling = match letter {
            '’' | '‘' | 'ʼ' | 'ʻ' | '＇' => "'",
            'ß' | 'ẞ' => "ss",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'ø' | 'Ø' => "o",
            'đ' | 'Đ' | 'ð' | 'Ð' => "d",
            'ł' | 'Ł' => "l",
            'ħ' | 'Ħ' => "h",
            'ı' => "i",
            'þ' | 'Þ' => "th",
            'ŧ' | 'Ŧ' => "t",
            other => {
                other.to_lowercase().filter(|letter| !is_combining_mark(*letter)).for_each(&mut *each);
                continue;
            }
        };
        spelling.chars().for_each(&mut *each);
    }
}

/// A name as the authority file's aliases are compared: folded, words joined by one space, without
/// points, commas and hyphens; apostrophes stay within words.
#[must_use]
pub fn fold_name(name: &str) -> String {
    if is_plain(name) {
        return name.to_ascii_lowercase();
    }
    let mut joined = String::with_capacity(name.len());
    let mut within_word = false;
    // Apostrophes that are the word's where it goes on.
    let mut apostrophes = 0;
    for_letters(name, &mut |letter| {
        if letter == '\'' {
            apostrophes += usize::from(within_word);
            return;
        }
        if !letter.is_alphanumeric() {
            within_word = false;
            apostrophes = 0;
            return;
        }
        if !within_word && !joined.is_empty() {
            joined.push(' ');
        }
        for _ in 0..std::mem::take(&mut apostrophes) {
            joined.push('\'');
        }
        joined.push(letter);
        within_word = true;
    });
    joined
}

/// Whether a name is plain letters and digits in words that single spaces part, as most are.
fn is_plain(name: &str) -> bool {
    let mut before = b' ';
    for byte in name.bytes() {
        if !(byte.is_ascii_alphanumeric() || byte == b' ' && before != b' ') {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// An outlet's name as outlets are compared: folded, without the article before it, so that
/// `The Velmar Courier` and `Velmar Courier` are one.
#[must_use]
pub fn outlet_key(name: &str) -> String {
    let folded = fold_name(name);
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

/// A name as an identifier: `Tomáš Breković` gives `tomas-brekovic`.
#[must_use]
pub fn slug(name: &str) -> String {
    fold_name(name).replace('\'', "").replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diacritics_case_and_curly_apostrophes_fold() {
        assert_eq!(fold("Ömer"), fold("Omer"));
        assert_eq!(fold("O\u{308}mer"), "omer");
        assert_eq!(fold("Łódź’s"), "lodz's");
        assert_eq!(fold("İzmir"), "izmir");
    }

    #[test]
    fn plain_letters_fold_alike_alone_and_beside_others() {
        for text in ["O'DALE, F. (PM)", "A-B\tC", "@[`{"] {
            assert_eq!(fold(text) + "ss", fold(&format!("{text}ß")), "{text}");
        }
    }

    #[test]
    fn a_plain_name_folds_alike_alone_and_beside_others() {
        for name in ["Omer Kaldan", "OMER", "Kaldan 2", " Omer", "Omer ", "Omer  Kaldan", "Omer-Kaldan", "", " "] {
            let beside = fold_name(&format!("{name} ß"));
            assert_eq!(format!("{} ss", fold_name(name)).trim_start(), beside, "{name}");
        }
    }

    #[test]
    fn a_name_folds_to_its_words() {
        assert_eq!(fold_name("  Strandgaard, F. "), "strandgaard f");
        assert_eq!(slug("Lin Hao-ran"), "lin-hao-ran");
        assert_eq!(slug("Ann O'Dale"), "ann-odale");
        assert_eq!(fold_name("'Tis the O’’Dales' — ''Ömer''"), "tis the o''dales omer");
    }
}
