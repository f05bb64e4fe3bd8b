//! Dates that a source states in a field made for them: a record's `published`, a front matter's `date`.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::byline;
use super::draft::Draft;
use crate::model::{Disagreement, Evidence, PartialDate, Publication, StatedTime, Why};

/// `2025-06-18`, `2025-06`, `2025`, `18 June 2025` or an RFC 3339 time, whose day in its own zone counts.
pub(super) fn publication(text: &str, why: Why) -> Option<Publication> {
    let text = text.trim();
    let time = text.parse::<StatedTime>().ok();
    let of_time = || {
        let is_time = matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' '));
        time.map(StatedTime::date).or_else(|| text.get(..10).filter(|_| is_time)?.parse::<Date>().ok())
    };
    let date = text.parse().ok().or_else(|| of_time().or_else(|| byline::day(text)).map(PartialDate::day))?;
    Some(Publication { time, ..Publication::stated(date, why) })
}

/// The day on which a source says that it was fetched.
pub(super) fn retrieved(text: &str) -> Option<Date> {
    publication(text, Why::new("retrieved", ""))
        .filter(|day| day.date.precision() == crate::model::Precision::Day)
        .map(|day| day.date.first())
}

/// The same for every format: times without a zone are read in `zone`, and what was published or changed
/// more than a day after it was fetched is refused.
pub(super) fn settle(draft: &mut Draft, zone: Option<&TimeZone>) {
    let last = draft.retrieved.and_then(|day| day.tomorrow().ok());
    let Draft { published, modified, disagreements, .. } = draft;
    for (field, stated) in [("published", published), ("modified", modified)] {
        if let Some(late) = stated.take_if(|stated| last.is_some_and(|last| stated.date.first() > last)) {
            let text = format!("{}, which lies more than a day after the source was fetched", late.why.text);
            disagreements.push(Disagreement {
                field: field.to_owned(),
                value: late.date.to_string(),
                why: Why { rule: "refused-after-retrieval".into(), text, evidence: late.why.evidence },
            });
        }
        if let (Some(stated), Some(zone)) = (stated, zone) {
            stated.time = stated.time.map(|time| time.or_in(zone));
        }
    }
}

/// Why a field's date is believed.
pub(super) fn field(rule: &'static str, sentence: &'static str, name: &'static str, text: &str) -> Why {
    Why::new(rule, sentence).with(Evidence::outside(name, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Option<String>)> {
        let found = publication(text, Why::new("record-published", "stated"))?;
        Some((found.date.to_string(), found.time.map(|time| time.to_string())))
    }

    #[test]
    fn a_time_counts_as_the_day_of_its_own_zone() {
        assert_eq!(
            read("2025-06-18T23:30:00+06:00"),
            Some(("2025-06-18".into(), Some("2025-06-18T23:30:00+06:00".into())))
        );
        assert_eq!(read("2025-06"), Some(("2025-06".into(), None)));
        assert_eq!(read("18 June 2025"), Some(("2025-06-18".into(), None)));
        assert_eq!(read("Wednesday"), None);
    }

    #[test]
    fn a_time_of_no_zone_is_read_in_that_of_the_settings() {
        let zone = TimeZone::get("Asia/Tashkent").unwrap();
        let published = publication("2025-06-18 10:30", Why::new("record-published", "stated"));
        let mut draft = Draft { published, ..Draft::default() };

        settle(&mut draft, Some(&zone));

        assert_eq!(draft.published.unwrap().time.unwrap().to_string(), "2025-06-18T10:30:00+05:00");
    }

    #[test]
    fn what_lies_after_the_day_of_retrieval_is_refused_and_kept() {
        let stated = |text: &str| publication(text, Why::new("record-published", "the record states it"));
        let mut draft = Draft {
            published: stated("2025-06-21"),
            modified: stated("2025-06-19"),
            retrieved: retrieved("2025-06-18T10:00:00Z"),
            ..Draft::default()
        };

        settle(&mut draft, None);

        assert_eq!((draft.published, draft.modified.is_some()), (None, true));
        let refused = &draft.disagreements[0];
        assert_eq!((refused.field.as_str(), refused.value.as_str()), ("published", "2025-06-21"));
        assert!(refused.why.text.contains("after the source was fetched"), "{refused:?}");
    }
}
