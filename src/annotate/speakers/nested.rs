//! What is quoted within a quotation: `“Vael told me, ‘It will hold,’ and I believed him,” said Moyle.`
//!
//! The words between the outer marks are read as a paragraph of their own. Only whole quotations count that name
//! their source, and only where it is somebody known: a pronoun there may mean anybody, `people say` is nobody, and marks
//! without a source are a phrase of the speaker's.

use super::find::{self, Finder};
use super::finding::Finding;
use super::grammar::Class;
use super::marks::{INNER_MARKS, Marked};
use super::paragraph::Paragraph;
use super::rules::Rule;
use crate::model::QuoteKind;

/// What named others are quoted with in the quotations of `paragraph`, in reading order.
pub(super) fn find(paragraph: &Paragraph<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for pair in paragraph.marked.iter().filter(|pair| holds_marks(paragraph, pair)) {
        let inside = paragraph.inside(pair);
        let whole = |finding: &Finding| finding.kind == QuoteKind::Direct && finding.rule != Rule::Signature;
        let findings = find::find(&inside, false, &Finder::rules()).into_iter();
        found.extend(findings.filter(|finding| whole(finding) && names_its_source(&inside, finding)));
    }
    found
}

fn holds_marks(paragraph: &Paragraph<'_>, pair: &Marked) -> bool {
    pair.inner.clone().any(|at| paragraph.is_mark(at, &INNER_MARKS))
}

/// Whether the source is more than a pronoun.
fn names_its_source(inside: &Paragraph<'_>, finding: &Finding) -> bool {
    let Some(mention) = &finding.mention else { return false };
    let at = inside.tokens.partition_point(|token| token.bytes.start < mention.start);
    !inside.is(at, &[Class::SubjectPronoun, Class::ObjectPronoun, Class::Possessive])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(text: &str) -> Vec<(&str, &str)> {
        let paragraph = Paragraph::read(text, 0..text.len(), None);
        let found = find(&paragraph);
        found.iter().map(|found| (&text[found.mention.clone().unwrap()], &text[found.spans[0].clone()])).collect()
    }

    #[test]
    fn a_quotation_within_another_counts_where_it_names_its_source() {
        assert_eq!(nested("“Tamm said, ‘It holds,’ and went,” she said."), [("Tamm", "It holds")]);
        assert_eq!(nested("\"'It holds,' said Tamm, and he went,\" she said."), [("Tamm", "It holds")]);
        assert_eq!(nested("“He said, ‘It holds,’ and I said, ‘Does it?’” she said."), []);
        assert_eq!(nested("“Tamm's ‘iron’ bridge said nothing to me,” she said."), []);
    }
}
