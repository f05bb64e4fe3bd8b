//! Counts by period as a picture: SVG that is printed as it is.
//!
//! One series is columns in one colour. Several are columns side by side where there are few periods, lines where there
//! are some, and below each other on one scale where there are so many that lines would cover each other. The vertical
//! axis begins at zero. Where no passage was published at all the ground is grey: that is no zero.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::axis::{Label, labels, ticks};
use super::trends::{in_words, name, notes, percent, scale, share_of};
use crate::model::single_line;
use crate::view::{Count, Provenance, Series, SeriesOf, TrendsView};

/// Colours that those tell apart who see no red or green, without the yellow, which is faint on white (Okabe and Ito
/// 2008, "Color Universal Design").
const COLOURS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];
/// Of all others together.
const OTHERS: &str = "#767676";
const INK: &str = "#1a1a1a";
const GREY: &str = "#595959";
const FAINT: &str = "#e3e3e3";
const EMPTY: &str = "#f4f4f4";

/// Pixels of the whole picture.
const WIDTH: f64 = 900.0;
/// Height of the plot itself.
const PLOT: f64 = 280.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 28.0;
/// Width of the legend.
const LEGEND: f64 = 196.0;
/// Between the plot and the legend.
const LEGEND_GAP: f64 = 28.0;
/// Height of an entry of the legend, without the lines of its name; and of each of these.
const ENTRY: f64 = 22.0;
const NAME: f64 = 14.0;
/// Periods of which several series are columns side by side.
const FEW: usize = 6;
/// The same of periods in which anything was published.
const FEW_PUBLISHED: usize = 3;
/// Periods whose columns have their counts above them.
const COUNTED: usize = 30;
/// Periods of which several series are lines; of more, each has a plot of its own.
const SOME: usize = 24;
/// Height of such a plot, of the name above it, and of the gap before the next.
const PANEL: f64 = 64.0;
const PANEL_NAME: f64 = 20.0;
const PANEL_GAP: f64 = 22.0;
/// A letter's width in its size, of a wide sans-serif.
const LETTER: f64 = 0.6;

/// Where the plot lies.
#[derive(Clone, Copy)]
struct Frame {
    top: f64,
    width: f64,
    height: f64,
    slot: f64,
    highest: f64,
}

/// How series are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Columns,
    Lines,
    Panels,
}

impl Form {
    fn of(view: &TrendsView) -> Self {
        match view.periods.len() {
            _ if view.per.is_none() => Self::Columns,
            periods if periods <= FEW => Self::Columns,
            // Lines through two or three points tell less than columns, and cover each other.
            periods if periods <= SOME && published(view) <= FEW_PUBLISHED => Self::Columns,
            periods if periods <= SOME => Self::Lines,
            _ => Self::Panels,
        }
    }
}

/// Periods in which anything was published.
fn published(view: &TrendsView) -> usize {
    view.whole.counts.iter().filter(|count| count.of > 0).count()
}

impl Frame {
    /// The width of the columns of a period, and of one of `several` in it.
    fn column(&self, several: f64) -> (f64, f64) {
        // Few periods would give columns like walls.
        let group = (self.slot * 0.76).min(64.0 * several).max(self.slot.min(0.6));
        (group, group / several)
    }

    /// Whether the columns of one of `several` series have their counts above them.
    fn is_counted(&self, periods: usize, several: f64) -> bool {
        self.height == PLOT && periods <= COUNTED && self.column(several).1 > 10.0
    }

    fn bottom(&self) -> f64 {
        self.top + self.height
    }

    fn y(&self, share: f64) -> f64 {
        self.bottom() - share / self.highest * self.height
    }

    /// The left edge of a period.
    #[allow(clippy::cast_precision_loss, reason = "there are few periods")]
    fn x(&self, period: usize) -> f64 {
        LEFT + self.slot * period as f64
    }
}

/// The chart.
#[allow(clippy::cast_precision_loss, reason = "counts of lines and periods are small")]
pub fn trends_svg(out: &mut dyn Write, view: &TrendsView, provenance: &Provenance) -> io::Result<()> {
    let form = Form::of(view);
    let title = broken(&single_line(&view.query), 20.0, WIDTH - LEFT - RIGHT, 2);
    let filters =
        if view.filters.is_empty() { String::new() } else { format!("Filters: {}", single_line(&view.filters)) };
    let filters = broken(&filters, 13.0, WIDTH - LEFT - RIGHT, 2);
    let filters: Vec<&String> = filters.iter().filter(|line| !line.is_empty()).collect();
    let top = 90.0 + 26.0 * (title.len() as f64 - 1.0) + 18.0 * filters.len() as f64;
    let has_legend = view.per.is_some() && form != Form::Panels;
    let width = WIDTH - LEFT - RIGHT - if has_legend { LEGEND } else { 0.0 };
    let frame = Frame { top, width, height: PLOT, slot: width / view.periods.len().max(1) as f64, highest: 1.0 };
    let entries: Vec<Vec<String>> =
        if has_legend { view.series.iter().map(|one| named(view, one)).collect() } else { Vec::new() };
    let legend: f64 = entries.iter().map(|name| ENTRY + NAME * name.len() as f64).sum();
    let mut plot = Vec::new();
    let bottom = draw(&mut plot, frame, form, view)?;
    let notes = below(view);
    let notes_top = (bottom + 62.0).max(top + legend + 16.0);
    let command = broken(&single_line(&provenance.command), 9.0, WIDTH - LEFT - RIGHT, 3);
    let height = notes_top + 16.0 * notes.len() as f64 + 26.0 + 13.0 * command.len() as f64;
    let subtitle = subtitle(view, &frame, form);

    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} \
         {height}\" role=\"img\" font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\">"
    )?;
    writeln!(out, "<title>{}</title>", xml(&view.query))?;
    writeln!(out, "<desc>{} {}</desc>", xml(&subtitle), xml(&provenance.command))?;
    writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>")?;
    for (line, text) in title.iter().enumerate() {
        write_text(
            out,
            text,
            (LEFT, 36.0 + 26.0 * line as f64),
            &format!("font-size=\"20\" font-weight=\"bold\" fill=\"{INK}\""),
        )?;
    }
    let style = format!("font-size=\"13\" fill=\"{GREY}\"");
    for (line, text) in filters.iter().enumerate() {
        write_text(out, text, (LEFT, top - 32.0 - 18.0 * (filters.len() - line) as f64), &style)?;
    }
    write_text(out, &subtitle, (LEFT, top - 32.0), &style)?;
    out.write_all(&plot)?;
    write_legend(out, (top, LEFT + width + LEGEND_GAP), (view, form), &entries)?;
    for (line, note) in notes.iter().enumerate() {
        write_text(out, note, (LEFT, notes_top + 16.0 * line as f64), &format!("font-size=\"11\" fill=\"{GREY}\""))?;
    }
    let source = format!("{} · index {}", provenance.program, provenance.fingerprint);
    for (line, text) in command.iter().chain([&source]).enumerate() {
        let y = height - 14.0 - 13.0 * (command.len() - line) as f64;
        write_text(out, text, (LEFT, y), &format!("font-size=\"9\" fill=\"{GREY}\""))?;
    }
    writeln!(out, "</svg>")
}

/// The plot, or one below the other; gives where the last ends.
fn draw(out: &mut dyn Write, frame: Frame, form: Form, view: &TrendsView) -> io::Result<f64> {
    let (steps, highest, digits) = ticks(scale(view));
    let mut frame = Frame { highest, ..frame };
    let all: Vec<(usize, &Series)> = view.series.iter().enumerate().collect();
    if form == Form::Panels && !all.is_empty() {
        frame = Frame { top: frame.top - PANEL - PANEL_GAP, height: PANEL, ..frame };
        for one in &all {
            frame.top += PANEL_NAME + PANEL + PANEL_GAP;
            let text = format!("{} · {}", name(one.1, view.per).unwrap_or_default(), counted(one.1));
            let text = broken(&single_line(&text), 12.0, frame.width, 1);
            let style = format!("font-size=\"12\" fill=\"{INK}\"");
            write_text(out, text.first().map_or("", String::as_str), (LEFT, frame.top - 12.0), &style)?;
            grid(out, &frame, view, &[0.0, highest], digits)?;
            columns(out, &frame, view, &[*one])?;
            baseline(out, &frame)?;
        }
    } else {
        grid(out, &frame, view, &steps, digits)?;
        match form {
            Form::Lines => lines(out, &frame, view)?,
            Form::Columns | Form::Panels => columns(out, &frame, view, &all)?,
        }
        baseline(out, &frame)?;
    }
    dates(out, &frame, view)?;
    Ok(frame.bottom())
}

fn baseline(out: &mut dyn Write, frame: &Frame) -> io::Result<()> {
    let (right, y) = (LEFT + frame.width, frame.bottom());
    writeln!(out, "<line x1=\"{LEFT}\" x2=\"{right:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"{INK}\"/>")
}

/// `1 passage`; where some are of no period, `5 in the chart, 9 in all`.
fn counted(series: &Series) -> String {
    let (count, all) = (series.counts.iter().map(|count| count.passages).sum::<usize>(), series.total.passages);
    match all {
        all if all != count => format!("{count} in the chart, {all} in all"),
        1 => "1 passage".into(),
        all => format!("{all} passages"),
    }
}

#[allow(clippy::cast_precision_loss, reason = "there are few series")]
fn subtitle(view: &TrendsView, frame: &Frame, form: Form) -> String {
    let counted = form == Form::Columns && frame.is_counted(view.periods.len(), view.series.len().max(1) as f64);
    format!("{}{}", share_of(view), if counted { " Above a column: passages." } else { "" })
}

/// What stands below the plot.
fn below(view: &TrendsView) -> Vec<String> {
    let width = WIDTH - LEFT - RIGHT;
    let apart = view.whole.apart.iter().filter(|(_, count)| count.passages > 0);
    let apart = apart.map(|(why, count)| {
        format!("{} of {} passages of which {}", count.passages, count.of, in_words(*why, view.length))
    });
    let apart: Vec<String> = apart.collect();
    let apart = (!apart.is_empty()).then(|| format!("Not in the chart: {}.", apart.join("; ")));
    let empty = view.whole.counts.iter().any(|count| count.of == 0);
    let mut notes_below: Vec<String> =
        apart.into_iter().chain(empty.then(|| "Grey: nothing was published.".into())).collect();
    notes_below.extend(notes(view));
    notes_below.iter().flat_map(|note| broken(note, 11.0, width, 4)).collect()
}

fn grid(out: &mut dyn Write, frame: &Frame, view: &TrendsView, steps: &[f64], digits: usize) -> io::Result<()> {
    let mut period = 0;
    for run in view.whole.counts.chunk_by(|one, next| (one.of == 0) == (next.of == 0)) {
        if run.iter().all(|count| count.of == 0) {
            let (left, right) = (frame.x(period), frame.x(period + run.len()));
            writeln!(
                out,
                "<rect x=\"{left:.2}\" y=\"{:.1}\" width=\"{:.2}\" height=\"{}\" fill=\"{EMPTY}\"/>",
                frame.top,
                right - left,
                frame.height
            )?;
        }
        period += run.len();
    }
    for step in steps {
        let y = frame.y(*step);
        writeln!(
            out,
            "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"{FAINT}\"/>",
            LEFT + frame.width
        )?;
        let style = format!("font-size=\"11\" fill=\"{GREY}\" text-anchor=\"end\"");
        write_text(out, &format!("{:.digits$} %", step * 100.0), (LEFT - 8.0, y + 4.0), &style)?;
    }
    let reason = match &view.explanation {
        Some(_) => "no passage matches",
        None if view.periods.is_empty() => "no passage has a date as precise as this",
        None => return Ok(()),
    };
    let style = format!("font-size=\"13\" fill=\"{GREY}\" text-anchor=\"middle\"");
    write_text(out, reason, (LEFT + frame.width / 2.0, frame.top + frame.height / 2.0), &style)
}

/// The labels below the plot.
fn dates(out: &mut dyn Write, frame: &Frame, view: &TrendsView) -> io::Result<()> {
    for Label { at, text, year } in labels(&view.periods, frame.slot) {
        let x = frame.x(at) + frame.slot / 2.0;
        let y = frame.bottom();
        writeln!(out, "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{y:.1}\" y2=\"{:.1}\" stroke=\"{INK}\"/>", y + 4.0)?;
        let style = format!("font-size=\"11\" fill=\"{GREY}\" text-anchor=\"middle\"");
        write_text(out, &text, (x, y + 18.0), &style)?;
        if let Some(year) = year {
            write_text(out, &year, (x, y + 32.0), &style)?;
        }
    }
    Ok(())
}

/// Colour and dashes of a series.
fn style(series: &Series, at: usize) -> (&'static str, &'static str) {
    let dashes = ["", "6 3", "2 3"][at / COLOURS.len() % 3];
    match series.of {
        SeriesOf::Others { .. } => (OTHERS, "4 3"),
        _ => (COLOURS[at % COLOURS.len()], dashes),
    }
}

/// The series in `shown`, each with its number, side by side.
#[allow(clippy::cast_precision_loss, reason = "there are few series")]
fn columns(out: &mut dyn Write, frame: &Frame, view: &TrendsView, shown: &[(usize, &Series)]) -> io::Result<()> {
    let several = shown.len().max(1) as f64;
    let (group, width) = frame.column(several);
    for (place, (at, series)) in shown.iter().enumerate() {
        let (colour, _) = style(series, *at);
        for (period, count) in series.counts.iter().enumerate() {
            let Some(share) = count.share().filter(|share| *share > 0.0) else { continue };
            let x = frame.x(period) + (frame.slot - group) / 2.0 + width * place as f64;
            let y = frame.y(share);
            let gap = if several > 1.0 { (width * 0.1).min(2.0) } else { 0.0 };
            writeln!(
                out,
                "<rect x=\"{:.2}\" y=\"{y:.1}\" width=\"{:.2}\" height=\"{:.1}\" fill=\"{colour}\"><title>{}</title></rect>",
                x + gap / 2.0,
                width - gap,
                frame.bottom() - y,
                xml(&told(view, series, period, *count))
            )?;
            if frame.is_counted(view.periods.len(), several) {
                let style = format!("font-size=\"11\" fill=\"{INK}\" text-anchor=\"middle\"");
                write_text(out, &count.passages.to_string(), (x + width / 2.0, y - 5.0), &style)?;
            }
        }
    }
    Ok(())
}

fn lines(out: &mut dyn Write, frame: &Frame, view: &TrendsView) -> io::Result<()> {
    // The first series has most passages: it is drawn last, above the others.
    for (at, series) in view.series.iter().enumerate().rev() {
        let (colour, dashes) = style(series, at);
        let point = |period: usize, share: f64| (frame.x(period) + frame.slot / 2.0, frame.y(share));
        let mut path = String::new();
        let share = |period: usize| series.counts.get(period).and_then(|count| count.share());
        for period in 0..series.counts.len() {
            let Some((x, y)) = share(period).map(|share| point(period, share)) else { continue };
            let begins = period.checked_sub(1).and_then(share).is_none();
            let _ = write!(path, "{}{x:.1} {y:.1}", if begins { "M" } else { "L" });
        }
        writeln!(
            out,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\" \
             stroke-dasharray=\"{}\"/>",
            if dashes.is_empty() { "none" } else { dashes }
        )?;
        for (period, count) in series.counts.iter().enumerate() {
            let Some((x, y)) = count.share().map(|share| point(period, share)) else { continue };
            let told = xml(&told(view, series, period, *count)).into_owned();
            writeln!(out, "{}", marker(at, (x, y), (colour, count.passages > 0), &told))?;
        }
    }
    Ok(())
}

/// A shape of its own for each of four series in a row, for those who print in grey; hollow at zero.
fn marker(at: usize, (x, y): (f64, f64), (colour, is_filled): (&str, bool), told: &str) -> String {
    let shape = match at % 4 {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\""),
        1 => format!("<rect x=\"{:.1}\" y=\"{:.1}\" width=\"7\" height=\"7\"", x - 3.5, y - 3.5),
        2 => format!("<path d=\"M{x:.1} {:.1}l4.5 8h-9z\"", y - 5.0),
        _ => format!("<path d=\"M{x:.1} {:.1}l5 5l-5 5l-5 -5z\"", y - 5.0),
    };
    let name = shape.split_once(' ').map_or("", |(name, _)| name.trim_start_matches('<'));
    let (fill, stroke) = if is_filled { (colour, "#ffffff") } else { ("#ffffff", colour) };
    format!("{shape} fill=\"{fill}\" stroke=\"{stroke}\"><title>{told}</title></{name}>")
}

/// `Pieter Vael, 2025-06: 12 of 96 passages (12.5 %)`.
fn told(view: &TrendsView, series: &Series, period: usize, count: Count) -> String {
    let name = name(series, view.per).map(|name| format!("{name}, ")).unwrap_or_default();
    let period = view.periods.get(period).map(ToString::to_string).unwrap_or_default();
    let share = count.share().map(percent).unwrap_or_default();
    format!("{name}{period}: {} of {} passages ({share})", count.passages, count.of)
}

/// A series' name in the lines of the legend.
fn named(view: &TrendsView, series: &Series) -> Vec<String> {
    let name = name(series, view.per).unwrap_or_default();
    broken(&single_line(&name), 12.0, LEGEND - LEGEND_GAP - 30.0 + RIGHT - 4.0, 2)
}

#[allow(clippy::cast_precision_loss, reason = "a name has two lines at the most")]
fn write_legend(
    out: &mut dyn Write,
    (top, left): (f64, f64),
    (view, form): (&TrendsView, Form),
    entries: &[Vec<String>],
) -> io::Result<()> {
    let mut y = top + 8.0;
    for (at, (series, name)) in view.series.iter().zip(entries).enumerate() {
        let (colour, dashes) = style(series, at);
        if form == Form::Lines {
            let dashes = if dashes.is_empty() { "none" } else { dashes };
            writeln!(
                out,
                "<line x1=\"{left:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"{colour}\" \
                 stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>",
                left + 22.0
            )?;
            writeln!(out, "{}", marker(at, (left + 11.0, y), (colour, true), ""))?;
        } else {
            let (left, top) = (left + 10.0, y - 6.0);
            writeln!(out, "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"12\" height=\"12\" fill=\"{colour}\"/>")?;
        }
        let from = left + 30.0;
        for (line, text) in name.iter().enumerate() {
            let style = format!("font-size=\"12\" fill=\"{INK}\"");
            write_text(out, text, (from, y + 4.0 + NAME * line as f64), &style)?;
        }
        y += ENTRY + NAME * name.len() as f64;
        write_text(out, &counted(series), (from, y - ENTRY + 4.0), &format!("font-size=\"10\" fill=\"{GREY}\""))?;
    }
    Ok(())
}

fn write_text(out: &mut dyn Write, text: &str, (x, y): (f64, f64), style: &str) -> io::Result<()> {
    writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" {style}>{}</text>", xml(text))
}

/// Text that means nothing to XML, and holds no character that XML 1.0 forbids.
fn xml(text: &str) -> std::borrow::Cow<'static, str> {
    let mut escaped = String::with_capacity(text.len());
    for letter in single_line(text).chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            letter => escaped.push(letter),
        }
    }
    escaped.into()
}

/// `text` in lines that are `width` pixels wide at letters of `size`, at most `most` of them; what is cut off ends in
/// an ellipsis.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both are small and positive")]
fn broken(text: &str, size: f64, width: f64, most: usize) -> Vec<String> {
    let letters = (width / (size * LETTER)) as usize;
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.len() - 1;
        let long = lines[line].chars().count() + 1 + word.chars().count();
        if lines[line].is_empty() || long <= letters {
            let gap = if lines[line].is_empty() { "" } else { " " };
            lines[line].push_str(gap);
            lines[line].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    let rest = if lines.len() > most { lines.split_off(most - 1).join(" ") } else { String::new() };
    lines.extend((!rest.is_empty()).then_some(rest));
    for line in &mut lines {
        if line.chars().count() > letters {
            let kept: String = line.chars().take(letters.saturating_sub(1)).collect();
            *line = format!("{}…", kept.trim_end());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_a_text() {
        assert_eq!(xml("<script>\u{0}&\"'\n"), "&lt;script&gt;\u{fffd}&amp;&quot;&#39; ");
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(broken("one two three", 10.0, 48.0, 2), ["one two", "three"]);
        assert_eq!(broken("one two three four", 10.0, 54.0, 1), ["one two…"]);
        assert_eq!(broken("unbreakable", 10.0, 30.0, 1), ["unbr…"]);
        assert_eq!(broken("", 10.0, 30.0, 1), [""]);
    }
}
