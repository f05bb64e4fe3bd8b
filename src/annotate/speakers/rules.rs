//! The rules of attribution: their names, reasons and how often each is right.

/// A rule that finds something said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// `"…," she said`.
    QuoteThenCue,
    /// `She said: "…"`.
    CueThenQuote,
    /// `She said that …`.
    ReportThat,
    /// `She said the line …`.
    ReportClause,
    /// `She asked whether …`.
    ReportQuestion,
    /// `She vowed to …`.
    ReportInfinitive,
    /// `She praised the plan …`.
    ReportObject,
    /// `The line is late, she said`.
    ReportBefore,
    /// `According to her, …`.
    AccordingTo,
    /// `Her claim that …`.
    NounThat,
    /// `She is expected to …`.
    Expected,
    /// `"…" — Solveig Marr`.
    Signature,
    /// `“VAEL: It is late.”`.
    Label,
    /// A cue that the trained model finds, with its content behind it.
    LearnedBehind,
    /// The same with its content before it.
    LearnedBefore,
    /// The same with its content on both sides.
    LearnedAround,
    /// A quotation inside somebody's turn.
    WithinTurn,
    /// A quote set apart as a block.
    SetApart,
    /// A quotation that nobody is named with.
    Unattributed,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 19] = [
        Self::QuoteThenCue,
        Self::CueThenQuote,
        Self::ReportThat,
        Self::ReportClause,
        Self::ReportQuestion,
        Self::ReportInfinitive,
        Self::ReportObject,
        Self::ReportBefore,
        Self::AccordingTo,
        Self::NounThat,
        Self::Expected,
        Self::Signature,
        Self::Label,
        Self::LearnedBehind,
        Self::LearnedBefore,
        Self::LearnedAround,
        Self::WithinTurn,
        Self::SetApart,
        Self::Unattributed,
    ];

    /// Its name, the reason in words, and the share of its finds that are right both in span and in the
    /// words that name the source, on `PolNeAR`'s training part (`cargo run --release --example
    /// eval_quotes -- --rules --no-model --data <training part>`); 0 for those of the model, whose finds bring their own.
    ///
    /// Estimates are: `signature` (of 23 on the development part), `label` (of 9 there), `within-turn` and `quote-block`, which do not
    /// occur there, and `unattributed`, which counts the span alone.
    const fn row(self) -> (&'static str, &'static str, f32) {
        match self {
            Self::QuoteThenCue => ("quote-then-cue", "quoted words followed by a cue and its source", 0.91),
            Self::CueThenQuote => ("cue-then-quote", "a source and a cue followed by quoted words", 0.6),
            Self::ReportThat => ("report-that", "a source and a cue followed by a that-clause", 0.67),
            Self::ReportClause => ("report-clause", "a source and a cue followed by a clause", 0.54),
            Self::ReportQuestion => ("report-question", "a source and a cue followed by an indirect question", 0.47),
            Self::ReportInfinitive => {
                ("report-infinitive", "a source and a cue of intention followed by an infinitive", 0.3)
            }
            Self::ReportObject => ("report-object", "a source and a cue of judgement followed by what is judged", 0.39),
            Self::ReportBefore => ("report-before", "a clause followed by a cue and its source", 0.57),
            Self::AccordingTo => ("according-to", "`according to` a source", 0.69),
            Self::NounThat => ("report-noun", "a noun such as `claim` followed by its content", 0.17),
            Self::Expected => ("report-expected", "an expectation about somebody", 0.28),
            Self::Signature => ("signature", "quoted words signed with a name", 0.95),
            Self::Label => ("label", "a name in capitals and a colon before the words", 0.9),
            Self::LearnedBehind => ("model-behind", "a cue and its source followed by what they report", 0.0),
            Self::LearnedBefore => ("model-before", "what is reported followed by a cue and its source", 0.0),
            Self::LearnedAround => ("model-around", "what is reported around a cue and its source", 0.0),
            Self::WithinTurn => ("within-turn", "quoted words without a source of their own inside a turn", 0.85),
            Self::SetApart => ("quote-block", "a block set apart as somebody's words", 0.75),
            Self::Unattributed => ("unattributed", "quoted words that nobody is named with", 0.3),
        }
    }

    /// Whether the words are marked as somebody's by their form, without a verb.
    pub(super) fn is_formal(self) -> bool {
        matches!(self, Self::Signature | Self::Label)
    }

    /// Whether its finds are quoted words with a cue beside them.
    pub(super) fn is_quoting(self) -> bool {
        matches!(self, Self::QuoteThenCue | Self::CueThenQuote)
    }

    /// Its name in kebab case.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// The reason in words.
    #[must_use]
    pub fn reason(self) -> &'static str {
        self.row().1
    }

    /// The share of its finds that are right.
    #[must_use]
    pub fn precision(self) -> f32 {
        self.row().2
    }
}
