//! Which of a page's dates is taken, at what time, and which are not and why.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::ground::{FAMILIES, Field, Ground};
use super::signs::signs;
use super::text::Order;
use super::{Candidate, clock};
use crate::model::{
    Confidence, Disagreement, Evidence, PartialDate, Precision, Publication, StatedTime, Why, ZoneOrigin,
};

/// The web is not older (Berners-Lee's proposal is of 1989), and a page that claims to be states the day
/// of what it tells of, or none.
const FIRST_YEAR: i16 = 1990;
/// Years beyond are mistakes.
const LAST_YEAR: i16 = 2099;
/// Zones differ from Greenwich by whole quarters of an hour.
const QUARTER: i32 = 900;
/// The share of pages whose day of the latest version is what people take for their date: 3 of 4 on the
/// development half.
const LATEST_VERSION: f32 = 0.75;
/// And by no more than 14 hours.
const FARTHEST: i32 = 14 * 3600;

/// Takes the candidates that cannot be true from the others, each with the reason.
pub(super) fn refuse(candidates: &mut Vec<Candidate>, retrieved: Option<Date>) -> Vec<Disagreement> {
    let mut refused: Vec<Disagreement> = Vec::new();
    candidates.retain(|candidate| {
        let Some((rule, reason)) = refusal(candidate.date.first(), retrieved) else { return true };
        // What lines of running text speak of was never a claim of the page for itself.
        if candidate.ground.is_claim() && !refused.iter().any(|other| other.value == candidate.date.to_string()) {
            let sentence = format!("{}, {reason}", candidate.ground.sentence(candidate.field, &candidate.place));
            refused.push(candidate.disagreement(Why::new(rule, sentence)));
        }
        false
    });
    refused
}

/// Why a day can be no day of publication, if it cannot: later than `retrieved` by more than a day is
/// refused, for clocks and zones differ by one.
fn refusal(date: Date, retrieved: Option<Date>) -> Option<(&'static str, String)> {
    if date.year() < FIRST_YEAR {
        return Some(("refused-too-early", format!("which lies before {FIRST_YEAR}, the beginning of the web")));
    }
    if date.year() > LAST_YEAR {
        return Some(("refused-too-late", format!("which lies after {LAST_YEAR}")));
    }
    let day = retrieved?;
    (day.tomorrow().is_ok_and(|next| date > next)).then(|| {
        ("refused-after-retrieval", format!("which lies more than a day after {day}, when the page was fetched"))
    })
}

/// Times of Greenwich become the day before or after where the address or the visible text says so.
pub(super) fn localise(candidates: &mut [Candidate]) {
    for field in [Field::Published, Field::Modified] {
        let local = |candidate: &&Candidate| candidate.ground.is_local() && !candidate.greenwich;
        let locals: Vec<&Candidate> = candidates.iter().filter(local).collect();
        let days: Vec<PartialDate> = speakers(locals, field).into_iter().map(|speaker| speaker.date).collect();
        for candidate in candidates.iter_mut().filter(|candidate| candidate.greenwich && candidate.field == field) {
            let date = candidate.date.first();
            let beside = |day: &&PartialDate| {
                let day = day.first();
                date.yesterday().is_ok_and(|other| other == day) || date.tomorrow().is_ok_and(|other| other == day)
            };
            if !days.contains(&candidate.date)
                && let Some(day) = days.iter().find(beside)
            {
                candidate.date = *day;
            }
        }
    }
}

/// Times of Greenwich become the day of the page's country, where nothing on the page tells the local day
/// and it was another one everywhere in that country.
pub(super) fn localise_by_country(candidates: &mut [Candidate], url: Option<&str>) {
    let host = url.and_then(|url| url::Url::parse(url).ok()).and_then(|url| url.host_str().map(str::to_lowercase));
    let hours = host.as_deref().and_then(|host| signs().least_hours.get(host.rsplit('.').next()?));
    let Some(hours) = hours else { return };
    // A stamp without a zone may be one of Greenwich too.
    let local = |candidate: &Candidate| {
        !candidate.greenwich
            && candidate.ground.is_local()
            && (!candidate.ground.is_machine() || candidate.time.is_some_and(|time| time.zone().is_some()))
    };
    if candidates.iter().any(|candidate| local(candidate) && candidate.field == Field::Published) {
        return;
    }
    let there = |candidate: &Candidate| {
        let there = candidate.time?.civil().checked_add(hours.hours()).ok()?;
        Some((candidate.date, PartialDate::day(there.date())))
    };
    let shifts: Vec<(PartialDate, PartialDate)> =
        candidates.iter().filter(|candidate| candidate.greenwich).filter_map(there).collect();
    for candidate in candidates.iter_mut().filter(|candidate| !local(candidate)) {
        if let Some((_, there)) = shifts.iter().find(|(here, _)| *here == candidate.date) {
            candidate.date = *there;
        }
    }
}

/// Takes the dates far from the headline away where they name several days: then they are those of a list.
pub(super) fn drop_lists(candidates: &mut Vec<Candidate>) {
    let far = |candidate: &Candidate| candidate.ground == Ground::FarMarkup && candidate.field == Field::Published;
    let mut days = candidates.iter().filter(|candidate| far(candidate)).map(|candidate| candidate.date);
    let first = days.next();
    if days.any(|day| Some(day) != first) {
        candidates.retain(|candidate| !far(candidate));
    }
}

/// The date of `field` for which most speaks, and what speaks for others.
pub(super) fn elect(candidates: &[Candidate], field: Field, order: Order) -> Option<(Publication, Vec<Disagreement>)> {
    let speakers = speakers(candidates, field);
    let votes = |date: PartialDate| -> u32 {
        speakers.iter().filter(|speaker| speaker.date == date).map(|speaker| speaker.ground.weight()).sum()
    };
    let best = *speakers
        .iter()
        .rev()
        .max_by_key(|speaker| (speaker.date.precision() == Precision::Day, votes(speaker.date), speaker.ground))?;
    let best = reprint(best, &speakers, candidates).unwrap_or(best);
    let agreeing = speakers.iter().filter(|speaker| speaker.date == best.date).count();
    let why = Why::new(best.ground.rule(field), best.ground.sentence(field, &best.place))
        .with(Evidence::outside("stated", best.text.clone()));
    let mut publication = Publication::stated(best.date, why);
    publication.confidence = Some(best.ground.confidence(agreeing - 1));
    if best.date.precision() == Precision::Day {
        publication.time = time(best, candidates, order);
    }
    let others = speakers
        .into_iter()
        .filter(|speaker| speaker.date.precision() == Precision::Day && speaker.date != best.date)
        .map(|speaker| {
            let sentence = format!(
                "{}; {} goes before it",
                speaker.ground.sentence(field, &speaker.place),
                best.ground.name(&best.place)
            );
            speaker.disagreement(Why::new(speaker.ground.rule(field), sentence))
        })
        .collect();
    Some((publication, others))
}

/// The day that the page prints beside its headline, without a word of a change, where its tags say that
/// it is the day of the last change and state an earlier one of publication: it dates itself anew.
fn reprint<'c>(best: &Candidate, speakers: &[&'c Candidate], candidates: &[Candidate]) -> Option<&'c Candidate> {
    let printed = *speakers.iter().find(|speaker| speaker.ground.is_marked_near())?;
    let by_machine = |candidate: &&Candidate| candidate.ground.is_machine();
    let says = |field: Field, date: PartialDate| {
        candidates.iter().filter(by_machine).any(|candidate| candidate.field == field && candidate.date == date)
    };
    let agreed = speakers.iter().any(|speaker| !speaker.ground.is_machine() && speaker.date == best.date);
    let anew = best.field == Field::Published && best.ground.is_machine() && best.date < printed.date && !agreed;
    (anew && says(Field::Modified, printed.date)).then_some(printed)
}

/// The day that a page without one of publication prints as that of its latest version.
pub(super) fn latest_version(candidates: &[Candidate], order: Order) -> Option<Publication> {
    let printed: Vec<Candidate> =
        candidates.iter().filter(|candidate| candidate.ground.is_printed_near()).cloned().collect();
    let (mut publication, _) = elect(&printed, Field::Modified, order)?;
    let sentence = format!("{}, and none as that of publication", publication.why.text);
    publication.why = Why { rule: "latest-version".into(), text: sentence, evidence: publication.why.evidence };
    publication.confidence = Some(Confidence::new(LATEST_VERSION));
    Some(publication)
}

/// Each family of grounds speaks for one date, that of its weightiest and first candidate.
fn speakers<'c>(candidates: impl IntoIterator<Item = &'c Candidate>, field: Field) -> Vec<&'c Candidate> {
    let mut speakers: [Option<&Candidate>; FAMILIES] = [None; FAMILIES];
    for candidate in candidates.into_iter().filter(|candidate| candidate.field == field) {
        if let Some(speaker) = speakers.get_mut(candidate.ground.family())
            && speaker.is_none_or(|speaker| candidate.rank() > speaker.rank())
        {
            *speaker = Some(candidate);
        }
    }
    speakers.into_iter().flatten().collect()
}

/// The time of the elected candidate, or else of the weightiest that agrees with its day.
fn time(best: &Candidate, candidates: &[Candidate], order: Order) -> Option<StatedTime> {
    let own = |candidate: &Candidate| {
        candidate.time.or_else(|| clock::beside(&candidate.text, candidate.date.first(), candidate.mention, order))
    };
    let mut agreeing: Vec<&Candidate> =
        candidates.iter().filter(|other| other.field == best.field && other.date == best.date).collect();
    agreeing.sort_by_key(|other| (!std::ptr::eq(*other, best), std::cmp::Reverse(other.ground)));
    let times: Vec<StatedTime> = agreeing.into_iter().filter_map(own).collect();
    let first = *times.first()?;
    // The page prints the day of its own zone and its tag the time of Greenwich: the two tell the zone.
    let printed = times.iter().find(|time| time.zone().is_none() && time.date() == best.date.first());
    if first.date() != best.date.first()
        && let (Some(printed), Some((offset, ZoneOrigin::Stated))) = (printed, first.zone())
        && let Some(offset) = difference(*printed, first, offset)
    {
        return Some(printed.at_offset(offset, ZoneOrigin::Stated));
    }
    Some(first)
}

/// How far from Greenwich a place is where it is `printed` at the time `stamped`.
fn difference(printed: StatedTime, stamped: StatedTime, offset: Offset) -> Option<Offset> {
    let seconds = |time: StatedTime| Offset::UTC.to_timestamp(time.civil()).map(jiff::Timestamp::as_second).ok();
    let apart = i32::try_from(seconds(printed)? - seconds(stamped)?).ok()? + offset.seconds();
    // A minute is lost where only one of the two states seconds.
    let rounded = (apart + QUARTER / 2).div_euclid(QUARTER) * QUARTER;
    ((apart - rounded).abs() < 60 && rounded.abs() <= FARTHEST).then(|| Offset::from_seconds(rounded).ok()).flatten()
}
