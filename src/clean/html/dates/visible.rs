//! Dates that a reader of the page sees: marked ones, labels, lines near the headline.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use scraper::node::Element;

use super::ground::{Field, Ground};
use super::label::{self, Day};
use super::text::{self, Order};
use super::{About, Candidate, LONGEST_TEXT, pattern};
use crate::clean::html::dom::{Dom, Id, attr};
use crate::clean::html::lines::Lines;
use crate::clean::html::remembered::Remembered;
use crate::clean::letters::collapse;
use crate::model::{BlockKind, PartialDate, Precision, StatedTime, fold_name};

/// Lines this near to the headline belong to it.
const NEAR_BEFORE: usize = 8;
const NEAR_AFTER: usize = 14;
const BODY_AFTER: usize = 2;
/// A shorter headline, in bytes, stands in other sentences too.
const LEAST_TITLE: usize = 12;
/// A lead and a first paragraph may stand between headline and date.
const PARAGRAPHS: usize = 2;

/// A page to look for dates on.
pub(super) struct Page<'d, 'h> {
    dom: &'d Dom<'h>,
    lines: &'d Lines,
    place: Place,
    /// The headline, folded.
    title: Option<&'d str>,
}

impl<'d, 'h> Page<'d, 'h> {
    /// Finds the headline; the body is known.
    pub(super) fn new(dom: &'d Dom<'h>, lines: &'d Lines, about: &About<'d>) -> Self {
        Self { dom, lines, place: Place::new(lines, about), title: about.shown.title() }
    }

    /// The text of a marked element; with spaces between its pieces where it bears a day only so: boxes of
    /// day, month and year.
    fn text_of(&self, id: Id, order: Order) -> String {
        if self.dom.text_length(id) > LONGEST_MARKED {
            return String::new();
        }
        let text = collapse(&self.dom.raw_text(id));
        if !text.bytes().any(|byte| byte.is_ascii_digit()) || !text::find(&text, order).is_empty() {
            return text;
        }
        let pieces: Vec<&str> = (id..self.dom.end(id)).filter_map(|id| self.dom.text(id)).collect();
        let spaced = collapse(&pieces.join(" "));
        if text::find(&spaced, order).is_empty() { text } else { spaced }
    }

    /// Whether a line speaks of the publication of the article by its name, as blogs' sidebars do.
    fn names_article(&self, line: &str) -> bool {
        self.title.is_some_and(|title| title.len() >= LEAST_TITLE && fold_name(line).contains(title))
    }

    /// Whether a line stands right beside the article's own headline in a list of articles, with no other
    /// day on the headline's other side.
    fn is_on_own_card(&self, at: usize, order: Order) -> bool {
        let dated = |line: Option<usize>| {
            let line = line.and_then(|line| self.lines.all.get(line));
            line.is_some_and(|line| !text::find(&line.text, order).is_empty())
        };
        self.place.repeats.iter().any(|own| {
            own.checked_sub(1) == Some(at) && !dated(own.checked_add(1)) || own + 1 == at && !dated(own.checked_sub(1))
        })
    }

    /// The text of the line before.
    fn before(&self, line: usize) -> &str {
        line.checked_sub(1).and_then(|before| self.lines.all.get(before)).map_or("", |line| line.text.as_str())
    }

    /// Whether a line is furniture that speaks of other articles.
    fn is_elsewhere(&self, line: usize) -> bool {
        self.lines.all.get(line).is_some_and(|line| is_elsewhere(line.furniture))
    }

    /// Whether a line stands at the foot of the site.
    fn is_footer(&self, line: usize) -> bool {
        self.lines.all.get(line).is_some_and(|line| line.furniture == Some("footer"))
    }

    /// The elements around a node that do not hold the headline (or, where it is not found, the body's
    /// beginning), the innermost first.
    fn apart(&self, node: Id) -> impl Iterator<Item = &'h Element> + '_ {
        let headline = self.place.anchor().and_then(|line| self.lines.all.get(line)).map(|line| line.node);
        std::iter::once(node)
            .chain(self.dom.ancestors(node))
            .take_while(move |above| {
                headline.is_none_or(|headline| !(*above..self.dom.end(*above)).contains(&headline))
            })
            .filter_map(|above| self.dom.element(above))
    }

    /// Whether a node before the headline stands in a head that does not hold the headline: there the
    /// site prints today's day.
    fn is_in_masthead(&self, node: Id) -> bool {
        let headline = self.place.headline.and_then(|line| self.lines.all.get(line));
        headline.is_some_and(|headline| node < headline.node)
            && self.apart(node).any(|element| {
                let of_article = || names(element).any(|name| OF_ARTICLE.is_match(name));
                (element.name() == "header" || names(element).any(|name| MASTHEAD.is_match(name))) && !of_article()
            })
    }

    /// Whether a node stands in a comment or a sidebar; where it does not speak of publication, also
    /// whether it stands in a card or is marked as the day of something else.
    fn is_among_others(&self, node: Id, announces: bool) -> bool {
        self.apart(node).take(ANCESTORS).enumerate().any(|(distance, element)| {
            names(element).any(|name| {
                OTHERS_CLASS.is_match(name)
                    || !announces
                        && (CARD_CLASS.is_match(name) || distance < OWN_ANCESTORS && OTHER_CLASS.is_match(name))
            })
        })
    }
}

fn names(element: &Element) -> impl Iterator<Item = &str> {
    attr(element, "class").into_iter().chain(attr(element, "id"))
}

/// Where the article stands among the lines.
struct Place {
    headline: Option<usize>,
    /// Other lines that repeat it.
    repeats: Vec<usize>,
    /// The last line that the headline's neighbourhood reaches.
    reach: usize,
    body: Option<Range<usize>>,
}

impl Place {
    /// The headline's neighbourhood ends with the second paragraph of running text.
    fn new(lines: &Lines, about: &About<'_>) -> Self {
        // The first heading among the lines that say it, or else the first.
        let is_heading = |at: &usize| lines.all.get(*at).is_some_and(|line| line.kind == BlockKind::Heading);
        let headline = about.shown.all().find(is_heading).or_else(|| about.shown.all().next());
        let mut reach = headline.unwrap_or(0);
        let mut paragraphs = 0;
        for line in lines.all.iter().skip(reach + 1).take(NEAR_AFTER) {
            paragraphs += usize::from(line.prose() > 0);
            if paragraphs > PARAGRAPHS {
                break;
            }
            reach += 1;
        }
        let repeats = about.shown.all().filter(|at| Some(*at) != headline).collect();
        Self { headline, repeats, reach, body: about.body.clone() }
    }

    /// The line by which the article is known.
    fn anchor(&self) -> Option<usize> {
        self.headline.or(self.body.as_ref().map(|body| body.start))
    }

    /// Whether a line stands where the article's date is put: about the headline, or right before
    /// and at the beginning of the body.
    fn is_near(&self, line: usize) -> bool {
        self.headline.is_some_and(|headline| line + NEAR_BEFORE >= headline && line <= self.reach)
            || self
                .body
                .as_ref()
                .is_some_and(|body| line + NEAR_BEFORE >= body.start && line <= body.start + BODY_AFTER)
    }

    /// Whether a line stands in the body or right after it.
    fn is_within(&self, line: usize) -> bool {
        self.body.as_ref().is_some_and(|body| line >= body.start && line < body.end + NEAR_BEFORE)
    }
}

/// Furniture that speaks of other articles.
fn is_elsewhere(furniture: Option<&'static str>) -> bool {
    matches!(
        furniture,
        Some(
            "related"
                | "comments"
                | "navigation"
                | "sidebar"
                | "newsletter"
                | "cookie-banner"
                | "overlay"
                | "advert"
                | "poll"
        )
    )
}

/// `time` elements, and those whose class or property names a date.
pub(super) fn from_markup(page: &Page<'_, '_>, order: Order, candidates: &mut Vec<Candidate>) {
    for (id, element) in page.dom.elements() {
        let (tag, property) = (element.name(), attr(element, "itemprop").unwrap_or(""));
        let class = attr(element, "class").unwrap_or("");
        let marked = || names(element).any(is_marked);
        if tag == "meta" || !(tag == "time" || property.contains("date") || property.contains("Published") || marked())
        {
            continue;
        }
        let (range, line) = (page.lines.of(page.dom, id), page.lines.at(page.dom, id));
        if range.len() > MOST_LINES || page.is_elsewhere(line) || page.is_in_masthead(id) {
            continue;
        }
        let text = page.text_of(id, order);
        let days = marked_days(page, element, line, &text, order);
        if days.is_empty() || page.is_among_others(id, label::announces(&text, page.before(line))) {
            continue;
        }
        let published =
            property == "datePublished" || attr(element, "pubdate").is_some() || PUBLISHED_CLASS.is_match(class);
        let updated = !published && (property == "dateModified" || UPDATED_CLASS.is_match(class));
        let ground = match (published, page.place.is_near(line)) {
            (true, _) => Ground::PublishedMarkup,
            (false, true) => Ground::NearMarkup,
            (false, false) if page.is_footer(line) => Ground::FarText,
            (false, false) => Ground::FarMarkup,
        };
        let place = if property.is_empty() { tag.to_owned() } else { format!("{tag} itemprop={property}") };
        for Marked { day, time, greenwich } in days {
            let mut push = |field: Field, ground: Ground| {
                candidates.push(Candidate {
                    date: PartialDate::day(day.date),
                    time,
                    greenwich,
                    field,
                    ground,
                    place: place.clone(),
                    text: text.chars().take(LONGEST_TEXT).collect(),
                    mention: day.mention,
                });
            };
            if updated && day.field == Field::Published {
                push(Field::Modified, ground);
                // hAtom asks for the class `updated`, and themes put it on the day of publication.
                push(Field::Published, Ground::FarMarkup);
            } else {
                push(day.field, ground);
            }
        }
    }
}

thread_local! {
    static KNOWN: Remembered<bool> = Remembered::new(|name| MARKED.is_match(name));
}

/// Whether a class or id names a date.
fn is_marked(name: &str) -> bool {
    KNOWN.with(|known| known.of(name))
}

/// A day that an element marks.
struct Marked {
    day: Day,
    time: Option<StatedTime>,
    /// Whether it is known as one of Greenwich alone.
    greenwich: bool,
}

/// The days of a marked element: by its attribute, or else as its text states them. What the line
/// around it says of them counts.
fn marked_days(page: &Page<'_, '_>, element: &Element, line: usize, text: &str, order: Order) -> Vec<Marked> {
    let stamp = STAMPS
        .iter()
        .find_map(|key| {
            let text = attr(element, key)?;
            text::stamp(text, order).map(|stamp| (stamp, text::is_greenwich(text)))
        })
        .filter(|(stamp, _)| stamp.date.precision() == Precision::Day);
    let around = page.lines.all.get(line).map(|line| line.text.as_str()).filter(|around| {
        around.len() > text.len() && !text.is_empty() && around.contains(text) && label::is_label(around)
    });
    let of_line = |around: &str| label::read(around, page.before(line), order)?.day_at(around, text);
    let own: Vec<Day> = match around {
        Some(around) if !text::find(text, order).is_empty() => {
            of_line(around).map(|day| Day::outside(day.date, day.field)).into_iter().collect()
        }
        _ => label::read(text, page.before(line), order).map(|label| label.first().collect()).unwrap_or_default(),
    };
    match stamp {
        None => own.into_iter().map(|day| Marked { day, time: None, greenwich: false }).collect(),
        Some(_) if own.is_empty() && !text::find(text, order).is_empty() => Vec::new(),
        Some((stamp, greenwich)) => {
            let field = own.first().map_or_else(|| label::field_of(around.unwrap_or(text)), |day| day.field);
            // The text prints the day of its own zone.
            let date = own.first().filter(|_| greenwich).map_or(stamp.date.first(), |day| day.date);
            vec![Marked { day: Day::outside(date, field), time: stamp.time, greenwich: greenwich && own.is_empty() }]
        }
    }
}

/// Short lines that bear a day, and paragraphs that begin with one.
pub(super) fn from_lines(page: &Page<'_, '_>, order: Order, candidates: &mut Vec<Candidate>) {
    for (at, line) in page.lines.all.iter().enumerate() {
        let near = page.place.is_near(at);
        let elsewhere = page.is_elsewhere(at) && !near;
        let Some(label) = label::read(&line.text, page.before(at), order) else { continue };
        let own = label.announces && page.names_article(&line.text) || label.pure && page.is_on_own_card(at, order);
        if elsewhere && !own {
            continue;
        }
        if matches!(line.kind, BlockKind::Caption | BlockKind::Credit) && !label.pure {
            continue;
        }
        let ground = match near {
            _ if own => Ground::Announced,
            _ if page.is_in_masthead(line.node) || page.is_among_others(line.node, label.announces) => continue,
            true => Ground::NearText,
            false if label.announces && page.place.is_within(at) => Ground::Announced,
            false if label.announces => Ground::FarText,
            false if page.is_footer(at) || !label.pure || !page.place.is_within(at) => continue,
            false => Ground::FarMarkup,
        };
        for day in label.first() {
            candidates.push(Candidate {
                date: PartialDate::day(day.date),
                time: None,
                greenwich: false,
                field: day.field,
                ground,
                place: "text".into(),
                text: line.text.chars().take(LONGEST_TEXT).collect(),
                mention: day.mention,
            });
        }
    }
}

/// Attributes that bear a machine's stamp.
const STAMPS: [&str; 7] = ["datetime", "content", "title", "data-datetime", "data-timestamp", "data-time", "data-date"];
/// A marked element of more lines than these is no label.
const MOST_LINES: usize = 6;
/// One of a longer text, in bytes, is read by its attributes alone.
const LONGEST_MARKED: usize = 320;
/// So far up an element's ancestors are asked whose it is.
const ANCESTORS: usize = 7;
/// So far up they are asked of what it is the day.
const OWN_ANCESTORS: usize = 2;

static PUBLISHED_CLASS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)publish|entry-date|pubdate"));
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s_-])(?:date|dates|datum|fecha|data|time|timestamp|published|pubdate|publish|posted|dateline|datetime|entry-date|byline|meta|postdate|articledate|pub|created|submitted|info|author|veroeffentlicht)(?:$|[\s_-])|(?:date|datum|time|Time|Date|published)(?:$|[\s_-])",
    )
});
static UPDATED_CLASS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)updated|modified|lastmod|aktualis"));
/// Dates of something else than the page, by their own class.
static OTHER_CLASS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s_-])(?:event|timeline|today|current|now|birth|born|death|deadline|expir\w*|valid\w*|broadcast|next|start|end|weather|clock|copyright|calendar)(?:$|[\s_-])",
    )
});
/// What stands beside an article and has dates of its own, by a class or id.
static OTHERS_CLASS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s_-])(?:comments?|commentlist|repl(?:y|ies)|responses?|reviews?|ratings?|testimonials?|related|recommended|archives?|calendar|ticker|sidebar)(?:$|[\s_-])|(?:^|\s)widget(?:$|\s)|^wm-ipp",
    )
});
/// What may be another article's card, or the day of an event.
static CARD_CLASS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:^|[\s_-])(?:cards?|teasers?|recent|latest|events?|timeline)(?:$|[\s_-])"));
/// A head that is the article's own.
static OF_ARTICLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)article|post|entry|story|content|title|byline"));
/// The head of a site, by its class or id.
static MASTHEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s_-])(?:masthead|top-?bar|topline|top-?nav|site-?header|page-?header|header|head|navbar|ticker|weather|breaking|wm-ipp\w*)(?:$|[\s_-])|^wm-ipp",
    )
});
