//! The house's analyzer in the form that Tantivy asks for.

use tantivy::tokenizer::{Token as TantivyToken, TokenStream, Tokenizer};

use crate::analysis::{Analyzer, Token};

/// Gives Tantivy the tokens of [`Analyzer`].
#[derive(Clone)]
pub(super) struct IndexTokenizer {
    analyzer: Analyzer,
}

impl IndexTokenizer {
    pub(super) fn new(analyzer: Analyzer) -> Self {
        Self { analyzer }
    }
}

/// The tokens of one text.
pub(super) struct IndexTokens<'t> {
    tokens: Box<dyn Iterator<Item = Token> + 't>,
    current: TantivyToken,
}

impl Tokenizer for IndexTokenizer {
    type TokenStream<'t> = IndexTokens<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> IndexTokens<'t> {
        IndexTokens { tokens: Box::new(self.analyzer.tokens(text)), current: TantivyToken::default() }
    }
}

impl TokenStream for IndexTokens<'_> {
    fn advance(&mut self) -> bool {
        let Some(token) = self.tokens.next() else { return false };
        self.current = TantivyToken {
            offset_from: token.bytes.start,
            offset_to: token.bytes.end,
            position: token.position,
            text: token.term,
            position_length: 1,
        };
        true
    }

    fn token(&self) -> &TantivyToken {
        &self.current
    }

    fn token_mut(&mut self) -> &mut TantivyToken {
        &mut self.current
    }
}
