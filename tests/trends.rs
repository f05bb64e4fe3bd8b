//! Counts by period, through the program, on small invented corpora and the sample corpus.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Home, Outcome, sample};
use quick_xml::events::Event;
use serde_json::{Value, json};

/// An article with two passages, one of which holds `word`.
fn article(number: usize, published: Option<&str>, outlet: &str, word: &str) -> Value {
    json!({
        "id": number,
        "url": format!("https://trends.example/{number}"),
        "title": format!("Day {number} at the pass"),
        "outlet": outlet,
        "published": published,
        "text": format!(
            "Rain fell on Velmar all morning, and bus number {number} was late again by half an hour.\n\n\
             \"We will keep the {word} of Sarn open all winter,\" said Ingrid Solvane, the transport minister."
        ),
    })
}

fn home(articles: &[Value]) -> Home {
    let home = Home::new();
    let lines: Vec<String> = articles.iter().map(ToString::to_string).collect();
    home.write("corpus/pass.jsonl", lines.join("\n"));
    let built = home.run(&["index"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    home
}

fn done(outcome: Outcome) -> Outcome {
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    outcome
}

/// Text without its line breaks.
fn unbroken(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn records(home: &Home, args: &[&str]) -> Vec<Value> {
    let args = [&["trends"], args, &["--format", "jsonl"]].concat();
    done(home.run(&args)).json_lines()
}

/// Period or reason, passages and what they are of, without reasons that hold nothing.
fn counts(records: &[Value]) -> Vec<(String, u64, u64)> {
    let label = |record: &Value| record["period"].as_str().or(record["apart"].as_str()).unwrap().to_owned();
    let number = |value: &Value| value.as_u64().unwrap();
    let counts = records.iter().map(|record| (label(record), number(&record["passages"]), number(&record["of"])));
    counts.filter(|(label, _, of)| *of > 0 || label.starts_with('2')).collect()
}

fn expected(counts: &[(&str, u64, u64)]) -> Vec<(String, u64, u64)> {
    counts.iter().map(|(label, passages, of)| ((*label).to_owned(), *passages, *of)).collect()
}

fn four() -> Home {
    home(&[
        article(1, Some("2024-12-30"), "Velmar Courier", "tunnel"),
        article(2, Some("2025-01-14"), "Velmar Courier", "road"),
        article(3, Some("2025-01"), "Kesh Monitor", "tunnel"),
        article(4, None, "Kesh Monitor", "tunnel"),
    ])
}

#[test]
fn a_period_without_passages_is_nothing_of_nothing() {
    let home = four();

    let weeks = records(&home, &["tunnel", "--by", "week"]);

    let all = [("2025-W01", 1, 2), ("2025-W02", 0, 0), ("2025-W03", 0, 2), ("undated", 1, 2), ("imprecise", 1, 2)];
    assert_eq!(counts(&weeks), expected(&all));
    assert_eq!((&weeks[0]["share"], &weeks[1]["share"], &weeks[2]["share"]), (&json!(0.5), &Value::Null, &json!(0.0)));
    assert_eq!((&weeks[0]["first"], &weeks[0]["last"]), (&json!("2024-12-30"), &json!("2025-01-05")));
}

#[test]
fn a_month_counts_among_months_and_is_put_on_no_day() {
    let home = four();

    let months = records(&home, &["tunnel", "--by", "month"]);
    let days = records(&home, &["tunnel", "--by", "day"]);

    assert_eq!(counts(&months), expected(&[("2024-12", 1, 2), ("2025-01", 1, 4), ("undated", 1, 2)]));
    let by_day = counts(&days);
    assert_eq!(by_day.len(), 16 + 2);
    assert_eq!(by_day[16..], expected(&[("undated", 1, 2), ("imprecise", 1, 2)]));
    let text = done(home.run(&["trends", "tunnel", "--by", "day"])).stdout;
    assert!(text.contains("2024-12-31 … 2025-01-13: 14 days without passages"), "{text}");
    assert!(text.contains("the date is less precise than a day"), "{text}");
}

#[test]
fn a_share_is_of_what_the_filters_let_pass_and_not_of_what_the_query_says() {
    let home = four();

    let filtered = records(&home, &["tunnel", "--by", "year", "--outlet", "Velmar Courier"]);
    let asked = records(&home, &["tunnel outlet:\"Velmar Courier\"", "--by", "year"]);

    assert_eq!(counts(&filtered), expected(&[("2024", 1, 2), ("2025", 0, 2)]));
    assert_eq!(counts(&asked), expected(&[("2024", 1, 2), ("2025", 0, 4), ("undated", 0, 2)]));
}

#[test]
fn the_first_series_stand_alone_and_the_others_together() {
    let mut articles: Vec<Value> = (1..4).map(|n| article(n, Some("2025-03-01"), "Velmar Courier", "tunnel")).collect();
    articles.push(article(4, Some("2025-03-02"), "Kesh Monitor", "tunnel"));
    articles.push(article(5, Some("2025-03-02"), "Kesh Monitor", "road"));
    articles.push(article(6, Some("2025-03-02"), "Tarnhaven Post", "tunnel"));
    let home = home(&articles);

    let of_all = records(&home, &["tunnel", "--by", "day", "--per", "outlet", "--top", "1"]);
    let of_series = records(&home, &["tunnel", "--by", "day", "--per", "outlet", "--top", "2", "--share-of", "series"]);

    let names: Vec<&str> = of_all.iter().map(|record| record["name"].as_str().unwrap()).collect();
    assert_eq!(names, [["Velmar Courier"; 5], ["other: 2 outlets"; 5]].concat());
    let all = [("2025-03-01", 3, 6), ("2025-03-02", 0, 6), ("2025-03-01", 0, 6), ("2025-03-02", 2, 6)];
    assert_eq!(counts(&of_all), expected(&all));
    // Of the others of the second, those alone that match.
    let road = article(7, Some("2025-03-02"), "Sarn Herald", "road");
    articles.push(road);
    let home = self::home(&articles);
    let others = records(&home, &["tunnel", "--by", "day", "--per", "outlet", "--top", "2", "--share-of", "series"]);
    assert_eq!(counts(&others)[4..], expected(&[("2025-03-01", 0, 0), ("2025-03-02", 1, 2)]));
    // Kesh Monitor is second by its name, with one of its four passages.
    let monitor = [("2025-03-01", 0, 0), ("2025-03-02", 1, 4)];
    assert_eq!(counts(&of_series)[2..4], expected(&monitor));
}

#[test]
fn a_passage_in_no_series_is_named() {
    let home = four();

    let text = unbroken(&done(home.run(&["trends", "rain OR tunnel", "--per", "speaker"])).stdout);

    assert!(text.contains("4 of 7 matching passages are in no series: nobody speaks in them."), "{text}");
}

#[test]
fn copies_count_each_or_once_on_their_first_day() {
    let text = |end: &str| {
        format!(
            "The tunnel under the Sarn pass will open two years late, the transport ministry of Doruna conceded on Monday, \
             after water entered the eastern bore for the third time since spring.\n\nEngineers had warned in a report \
             that nobody published that the pumps were too small for the snowmelt, and that the contractor had saved on \
             drains where the rock is softest.\n\nThe ministry said nothing about the cost, which the last budget gave as \
             four hundred million crowns, and {end}"
        )
    };
    let copy = |number: usize, day: &str, outlet: &str, end: &str| {
        json!({"id": number, "url": format!("https://trends.example/{number}"), "title": "Tunnel late", "outlet": outlet,
            "published": day, "text": text(end)})
    };
    let home = home(&[
        copy(1, "2025-03-01", "Corridor Wire", "nothing about the pumps."),
        copy(2, "2025-03-02", "Velmar Courier", "nothing about pumps."),
        article(3, Some("2025-03-02"), "Kesh Monitor", "road"),
    ]);

    let each = records(&home, &["tunnel", "--by", "day"]);
    let once = records(&home, &["tunnel", "--by", "day", "--copies", "once"]);
    let filtered = records(&home, &["tunnel", "--by", "day", "--copies", "once", "--outlet", "Velmar Courier"]);

    assert_eq!(counts(&each), expected(&[("2025-03-01", 1, 3), ("2025-03-02", 1, 5)]));
    assert_eq!(counts(&once), expected(&[("2025-03-01", 1, 3), ("2025-03-02", 0, 2)]));
    // Where the filters let only the copy pass, it is the first.
    assert_eq!(counts(&filtered), expected(&[("2025-03-02", 1, 3)]));
    let text = unbroken(&done(home.run(&["trends", "tunnel", "--copies", "once"])).stdout);
    assert!(text.contains("matching passages of later ones left out: 1."), "{text}");
}

#[test]
fn every_format_has_the_same_counts_and_they_add_up_to_the_search() {
    let run = |format: &str| done(sample(&["trends", "railway", "--by", "month", "--format", format])).stdout;
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    let lines = done(sample(&["trends", "railway", "--by", "month", "--format", "jsonl"])).json_lines();
    let csv = run("csv");
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
    let found: Value = serde_json::from_str(&done(sample(&["search", "railway", "--format", "json"])).stdout).unwrap();

    let counts = json["counts"].as_array().unwrap();
    assert_eq!((counts.len(), lines.len()), (rows.len(), rows.len()));
    for ((record, line), row) in counts.iter().zip(&lines).zip(&rows) {
        assert_eq!((&record["period"], &record["passages"]), (&line["period"], &line["passages"]));
        assert_eq!((row[7].to_owned(), row[8].to_owned()), (line["passages"].to_string(), line["of"].to_string()));
        assert_eq!(line["fingerprint"], json["fingerprint"]);
        assert_eq!(row[9].is_empty(), line["share"].is_null());
    }
    let sum: u64 = counts.iter().map(|record| record["passages"].as_u64().unwrap()).sum();
    assert_eq!((json!(sum), &json["passages"]), (found["total"].clone(), &found["total"]));
    let markdown = run("md");
    assert!(markdown.contains("| 2024-05 | 5 | 226 | 2.2 % |"), "{markdown}");
}

#[test]
fn a_plot_is_well_formed_whatever_the_query_and_the_names_hold() {
    let hostile = "Post <script>alert(1)</script> & \u{202e}Sons";
    let articles: Vec<Value> =
        (1..40).map(|n| article(n, Some(&format!("2025-{:02}-07", n % 12 + 1)), hostile, "tunnel")).collect();
    let home = home(&articles);
    for args in [
        &["tunnel OR \"a < b & c\""][..],
        &["tunnel", "--per", "outlet"],
        &["tunnel", "--per", "speaker", "--by", "year"],
        &["tunnel", "--per", "outlet", "--by", "day"],
        &["nothing-of-the-kind"],
    ] {
        let svg = done(home.run(&[&["trends"], args, &["--format", "svg"]].concat())).stdout;

        let mut reader = quick_xml::Reader::from_str(&svg);
        let mut texts = String::new();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{args:?}: {error}\n{svg}")) {
                Event::Eof => break,
                Event::Start(tag) => assert_ne!(tag.name().as_ref(), "script", "{svg}"),
                Event::Text(text) => texts.push_str(&text),
                _ => {}
            }
        }
        assert!(!svg.contains('\u{202e}') && texts.contains("index "), "{svg}");
    }
}

#[test]
fn a_picture_says_what_is_in_it_and_of_what() {
    let args = ["trends", "tunnel", "--per", "outlet", "--outlet", "Kesh Monitor"];

    let [svg, markdown] =
        ["svg", "md"].map(|format| done(four().run(&[&args[..], &["--format", format]].concat())).stdout);

    for text in
        ["1 in the chart, 2 in all", "Filters: outlet:&quot;Kesh Monitor&quot;", "Not in the chart: 1 of 2 passages"]
    {
        assert!(svg.contains(text), "{text}: {svg}");
    }
    assert!(
        svg.contains(">rapporteur trends tunnel --per outlet --outlet &#39;Kesh Monitor&#39; --format svg<"),
        "{svg}"
    );
    let command = "Command: `rapporteur trends tunnel --per outlet --outlet 'Kesh Monitor' --format md`";
    assert_eq!(markdown.lines().last(), Some(command));
    let undated = done(four().run(&["trends", "road", "--format", "svg"])).stdout;
    assert!(!undated.contains("Not in the chart"), "{undated}");
}

#[test]
fn a_line_has_a_hollow_mark_at_zero_and_few_periods_have_columns() {
    let article = |n: usize| {
        let word = if n.is_multiple_of(2) { "road" } else { "tunnel" };
        article(n, Some(&format!("2025-03-{n:02}")), "Velmar Courier", word)
    };
    let svg = |numbers: &[usize]| {
        let articles: Vec<Value> = numbers.iter().map(|n| article(*n)).collect();
        done(home(&articles).run(&["trends", "tunnel", "--per", "outlet", "--by", "day", "--format", "svg"])).stdout
    };

    let (lines, columns) = (svg(&[1, 2, 3, 4, 5, 6, 7, 8]), svg(&[1, 2, 8]));

    assert_eq!(lines.matches("fill=\"#ffffff\" stroke=\"#0072b2\"").count(), 4, "{lines}");
    assert!(!columns.contains("<circle") && columns.contains("2025-03-01: 1 of 2 passages"), "{columns}");
}

#[test]
fn what_finds_nothing_is_explained() {
    let home = four();

    let outcome = done(home.run(&["trends", "tunnel speaker:Solvene"]));

    assert!(outcome.stderr.contains("solvane"), "{}", outcome.stderr);
}

#[test]
fn a_chart_of_more_days_than_can_be_read_is_refused_with_the_way_out() {
    let first = article(1, Some("1700-01-01"), "Velmar Courier", "road");
    let home = home(&[first, article(2, Some("2025-01-01"), "Velmar Courier", "road")]);

    let refused = home.run(&["trends", "road", "--by", "day"]);

    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    assert!(
        refused.stderr.contains("from 1700-01-01 to 2025-01-01") && refused.stderr.contains("--from"),
        "{refused:?}"
    );
}

#[test]
fn without_an_index_there_is_nothing_to_count() {
    assert_eq!(Home::new().run(&["trends", "road"]).code, 10);
}
