//! Draft → the same draft with its structure found: the entries of live blogs, captions and credits,
//! editor's notes and corrections, and the turns of interviews and transcripts, glued or not. The same for every format.

mod caption;
mod entries;
mod note;
mod turns;

use super::draft::Draft;

pub(super) use caption::is_caption;
pub(super) use entries::is_clock;
pub(super) use note::is_note;
pub(super) use turns::opens_turn;

/// Refines the pieces of `draft`.
pub(super) fn find(draft: &mut Draft) {
    entries::find(&mut draft.pieces);
    caption::find(&mut draft.pieces);
    note::find(&mut draft.pieces);
    let askers = turns::Askers::of(draft.outlet.as_deref(), &draft.authors, draft.title.as_deref());
    turns::find(&mut draft.pieces, &askers);
}
