//! How near one spelling is to another.

/// Edits of one letter that lead from `a` to `b` (Levenshtein 1966), by the row-wise method of Wagner
/// and Fischer (1974).
pub(super) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("kaldan", "kaldan"), 0);
        assert_eq!(distance("kaldn", "kaldan"), 1);
        assert_eq!(distance("", "kesh"), 4);
        assert_eq!(distance("velmar", "kesh"), 5);
    }
}
