//! Which of a page's dates is taken.

use jiff::civil::Date;

use super::Candidate;
use super::ground::Ground;

/// Times of Greenwich become the day before or after where the address or the visible text says so.
pub(super) fn localise(candidates: &mut [Candidate]) {
    let local = |candidate: &&Candidate| candidate.ground >= Ground::Address && !candidate.greenwich;
    let days: Vec<Date> = candidates.iter().filter(local).map(|candidate| candidate.date).collect();
    for candidate in candidates.iter_mut().filter(|candidate| candidate.greenwich) {
        let beside = |day: &&Date| {
            candidate.date.yesterday().is_ok_and(|other| other == **day)
                || candidate.date.tomorrow().is_ok_and(|other| other == **day)
        };
        if !days.contains(&candidate.date)
            && let Some(day) = days.iter().find(beside)
        {
            candidate.date = *day;
        }
    }
}

/// The candidate of the date for which most speaks; of equal ones the first.
pub(super) fn elect(candidates: &[Candidate]) -> Option<&Candidate> {
    // Each family of grounds speaks for one date, that of its weightiest and first candidate.
    let mut speakers: [Option<&Candidate>; 4] = [None; 4];
    for candidate in candidates {
        if let Some(speaker) = speakers.get_mut(candidate.ground.family())
            && speaker.is_none_or(|speaker| candidate.ground.weight() > speaker.ground.weight())
        {
            *speaker = Some(candidate);
        }
    }
    let speakers: Vec<&Candidate> = speakers.into_iter().flatten().collect();
    let votes = |date: Date| -> u32 {
        speakers.iter().filter(|speaker| speaker.date == date).map(|speaker| speaker.ground.weight()).sum()
    };
    speakers.iter().copied().rev().max_by_key(|speaker| (votes(speaker.date), speaker.ground))
}

/// News pages are younger than the web; a page is not published after it was fetched, but clocks and
/// zones differ by a day.
pub(super) fn plausible(date: Date, retrieved: Option<Date>) -> bool {
    date.year() >= 1990
        && date.year() < 2100
        && retrieved.is_none_or(|day| day.tomorrow().is_ok_and(|next| date <= next))
}
