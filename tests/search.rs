//! What a search of the sample corpus gives: names, fields, highlights, ranks.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Outcome, sample};
use rapporteur::model::Span;
use serde_json::Value;

fn hits(args: &[&str]) -> Vec<Value> {
    let mut all = vec!["search", "--format", "jsonl", "--top", "500", "--no-collapse"];
    all.extend(args);
    let outcome: Outcome = sample(&all);
    assert_eq!(outcome.code, 0, "{args:?}: {}", outcome.stderr);
    outcome.json_lines()
}

fn ids(hits: &[Value]) -> Vec<&str> {
    hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect()
}

#[test]
fn every_alias_of_a_speaker_gives_the_same_hits() {
    for aliases in [
        &["Ömer Kaldan", "Omer Kaldan", "OEMER KALDAN", "President Kaldan", "Kaldan", "omer-kaldan"][..],
        &["Askar Temirbek uulu", "Asqar Temirbek uulu", "Temirbekov", "President Temirbekov"],
        &["Fiona Strandgaard", "Fiona Strandgård", "PM Strandgaard", "Strandgård"],
        &["Lin Haoran", "Premier Lin", "Lin Hao-ran"],
    ] {
        let query = "railway OR sea OR water OR the";
        let first = hits(&[query, "--speaker", aliases[0]]);
        assert!(first.len() > 3, "{}: {}", aliases[0], first.len());
        for alias in aliases {
            let by_option = hits(&[query, "--speaker", alias]);
            let by_field = hits(&[&format!("({query}) speaker:\"{alias}\"")]);
            assert_eq!(ids(&by_option), ids(&first), "{alias}");
            assert_eq!(ids(&by_field), ids(&first), "{alias}");
        }
        let id = &first[0]["speaker"]["id"];
        assert!(first.iter().all(|hit| hit["speaker"]["id"] == *id), "the speaker asked for is the speaker shown");
    }
}

#[test]
fn two_persons_of_one_surname_stay_apart() {
    let premier = hits(&["the", "--speaker", "Lin Haoran"]);
    let minister = hits(&["the", "--speaker", "Lin Meixia"]);

    assert!(!premier.is_empty() && !minister.is_empty());
    let names: Vec<&Value> = premier.iter().map(|hit| &hit["speaker"]["name"]).collect();
    assert!(names.iter().all(|name| **name == "Lin Haoran"), "{names:?}");
}

#[test]
fn highlights_are_the_words_that_matched() {
    for hit in hits(&["railway \"good neighbour\" -tunnel"]) {
        let text = hit["text"].as_str().unwrap();
        let marked: Vec<String> = hit["highlights"]
            .as_array()
            .unwrap()
            .iter()
            .map(|span| {
                let at = |index: usize| usize::try_from(span[index].as_u64().unwrap()).unwrap();
                Span::new(at(0), at(1)).slice(text).to_lowercase()
            })
            .collect();
        assert!(!marked.is_empty(), "{text}");
        assert!(
            marked.iter().all(|word| [
                "railway",
                "railways",
                "railway’s",
                "railway's",
                "good",
                "neighbour",
                "neighbours"
            ]
            .contains(&word.as_str())),
            "{marked:?}"
        );
        assert!(!text.to_lowercase().contains("tunnel"));
    }
}

#[test]
fn diacritics_and_curly_quotes_do_not_matter() {
    assert_eq!(ids(&hits(&["Ömer"])), ids(&hits(&["omer"])));
    assert_eq!(ids(&hits(&["“good neighbour”"])), ids(&hits(&["\"good neighbour\""])));
}

#[test]
fn filters_narrow_as_fields_do() {
    for (option, value, field) in [
        ("--topic", "water", "topic:water"),
        ("--kind", "answer", "kind:answer"),
        ("--outlet", "Velmar Courier", "outlet:\"The Velmar Courier\""),
        ("--from", "2025-06-17", "published:>=2025-06-17"),
        ("--to", "2023", "published:<=2023"),
    ] {
        let all = hits(&["railway"]);
        let narrowed = hits(&["railway", option, value]);
        let by_field = hits(&[&format!("railway {field}")]);
        assert!(!narrowed.is_empty() && narrowed.len() < all.len(), "{option}: {} of {}", narrowed.len(), all.len());
        assert_eq!(ids(&narrowed), ids(&by_field), "{option}");
    }
}

#[test]
fn a_topic_finds_what_is_about_its_parts() {
    let climate = hits(&["topic:climate"]);
    let environment = hits(&["topic:environment"]);

    assert!(!climate.is_empty());
    assert!(climate.iter().all(|hit| ids(&environment).contains(&hit["id"].as_str().unwrap())));
    let alone = hits(&["topic:environment -topic:climate"]);
    assert_eq!(alone.len() + climate.len(), environment.len());
    let is_climate = |topic: &Value| topic["id"] == "climate";
    assert!(!alone.iter().any(|hit| hit["topics"].as_array().unwrap().iter().any(is_climate)));
}

#[test]
fn by_article_ranks_each_article_once() {
    let passages = hits(&["railway"]);
    let articles = hits(&["railway", "--by", "article"]);

    let mut seen: Vec<&str> = articles.iter().map(|hit| hit["article"]["id"].as_str().unwrap()).collect();
    let more: u64 = articles.iter().map(|hit| hit["more"].as_u64().unwrap()).sum();
    assert_eq!(articles.len() as u64 + more, passages.len() as u64);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), articles.len());
    assert_eq!(passages[0]["id"], articles[0]["id"]);
}

#[test]
fn the_passage_that_a_reader_would_choose_comes_first() {
    for (query, words) in [
        ("shepherd pass shopkeeper desert", "belongs to the shepherd"),
        ("sell the sea by the kilo", "sell the sea by the kilo"),
        ("thirty-four staff sceptre", "sceptre"),
        ("circus elephants", "three elephants"),
        ("\"asleep\" OR apricots milk goats", "goats"),
        ("gas cut Kastria denial", "gas"),
        ("observers hulls hake", "observer"),
        ("title:sleepers poverty", "poverty"),
    ] {
        let found = hits(&[query]);
        let text = found[0]["text"].as_str().unwrap().to_lowercase();
        assert!(text.contains(words), "{query}: {text}");
    }
}

/// The figures and the rest of the line of an explanation that begins with `clause`.
fn explained(stderr: &str, clause: &str) -> Vec<String> {
    let line = stderr.lines().find_map(|line| line.trim_start().strip_prefix(clause));
    let words = line.unwrap_or_else(|| panic!("no {clause} in {stderr}")).split_whitespace();
    words.map(str::to_owned).collect()
}

#[test]
fn nothing_found_is_explained_and_nothing_is_rewritten() {
    let outcome = sample(&["search", "railway speaker:Kaldn"]);

    assert_eq!((outcome.code, outcome.stdout.as_str()), (0, ""));
    let railways = sample(&["search", "railway", "--format", "json"]);
    let railways: Value = serde_json::from_str(&railways.stdout).unwrap();
    let total = railways["total"].to_string();
    assert_eq!(explained(&outcome.stderr, "railway "), [total.as_str(), "0"]);
    assert_eq!(explained(&outcome.stderr, "speaker:Kaldn "), ["0", &total, "nearest", "known:", "kaldan"]);
    assert!(outcome.stderr.ends_with("it is speaker:Kaldn that leaves nothing\n"), "{}", outcome.stderr);
    assert_eq!(railways.get("explanation"), None);
}

#[test]
fn words_exclusions_and_filters_that_leave_nothing_are_told_apart() {
    let misspelt = sample(&["search", "railwy"]);
    assert_eq!(explained(&misspelt.stderr, "railwy ")[..4], ["0", "nearest", "known:", "railway,"]);

    let excluded = sample(&["search", "water AND NOT (water OR river)"]);
    let line = explained(&excluded.stderr, "NOT (water OR river) ");
    assert_eq!(line[0], "excludes", "{}", excluded.stderr);
    assert!(line[1].parse::<usize>().unwrap() > line[2].parse::<usize>().unwrap(), "{}", excluded.stderr);

    let near = sample(&["search", "railway NEAR/2 fisheries"]);
    assert!(explained(&near.stderr, "fisheries ")[0].parse::<usize>().unwrap() > 0, "{}", near.stderr);

    let filtered = sample(&["search", "railway", "--topic", "fisheries", "--from", "2030", "--format", "json"]);
    let filtered: Value = serde_json::from_str(&filtered.stdout).unwrap();
    let clauses = filtered["explanation"]["clauses"].as_array().unwrap();
    let parts: Vec<&str> = clauses.iter().map(|clause| clause["part"].as_str().unwrap()).collect();
    assert_eq!(parts, ["asked", "filter", "filter"]);
    assert_eq!(clauses[2]["passages"], 0);
}

#[test]
fn two_runs_give_the_same_bytes_in_every_format() {
    for format in ["table", "jsonl", "json", "csv", "md"] {
        let run = || sample(&["search", "railway water", "--format", format]);
        let (first, second) = (run(), run());
        assert_eq!(first.code, 0, "{}", first.stderr);
        assert!(!first.stdout.is_empty());
        assert_eq!(first.stdout, second.stdout, "{format}");
    }
}

#[test]
fn csv_reads_back_with_one_row_a_hit() {
    let outcome = sample(&["search", "railway", "--format", "csv", "--top", "25"]);

    let mut reader = csv::Reader::from_reader(outcome.stdout.as_bytes());
    assert_eq!(reader.headers().unwrap().get(0), Some("rank"));
    assert_eq!(reader.records().filter_map(Result::ok).count(), 25);
}

#[test]
fn a_passage_is_shown_in_its_context_with_the_reasons() {
    let hit = &hits(&["thirty-four staff sceptre"])[0];
    let id = hit["id"].as_str().unwrap();

    let shown = sample(&["show", id]);
    let article = sample(&["show", hit["article"]["id"].as_str().unwrap()]);
    let json = sample(&["show", id, "--format", "json"]);

    assert_eq!((shown.code, article.code, json.code), (0, 0, 0), "{}", shown.stderr);
    assert!(shown.stdout.contains("speaker ") && shown.stdout.contains("blake3"), "{}", shown.stdout);
    assert!(article.stdout.matches(hit["article"]["id"].as_str().unwrap()).count() > 5);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["passage"]["id"], hit["id"]);
    assert_eq!(sample(&["show", "000000000000.1"]).code, 1);
}

#[test]
fn the_index_says_what_it_holds() {
    let outcome = sample(&["status", "--format", "json"]);

    let status: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert!(status["articles"].as_u64().unwrap() >= 40, "{status}");
    assert_eq!(status["quarantined"], 0);
    assert_eq!(status["published"][0], "2023-09-12");
    assert_eq!(status["fingerprint"].as_str().unwrap().len(), 64);
}

#[test]
fn why_marks_the_text_and_lists_the_reasons_of_each_quote() {
    let hit = &hits(&["thirty-four staff sceptre"])[0];
    let id = hit["id"].as_str().unwrap();

    let text = sample(&["show", id, "--why"]).stdout;
    let json: Value = serde_json::from_str(&sample(&["show", id, "--why", "--format", "json"]).stdout).unwrap();
    let plain: Value = serde_json::from_str(&sample(&["show", id, "--format", "json"]).stdout).unwrap();

    let reasons = &json["why"][0];
    assert_eq!(reasons["passage"], hit["id"]);
    let attributions = reasons["attributions"].as_array().unwrap();
    assert!(!attributions.is_empty(), "{json}");
    for attribution in attributions {
        assert!(text.contains(attribution["rule"].as_str().unwrap()), "{text}");
        for evidence in attribution["evidence"].as_array().unwrap() {
            assert!(text.contains(&format!("    {} “", evidence["part"].as_str().unwrap())), "{text}");
        }
    }
    for mark in reasons["marks"].as_array().unwrap() {
        assert!(text.contains(&format!("[{} {}| ", mark["part"].as_str().unwrap(), mark["n"])), "{text}");
        assert!(text.contains(&format!(" |{}]", mark["n"])), "{text}");
    }
    assert!(plain.get("why").is_none());
}

#[test]
fn evidence_that_stands_in_another_passage_is_quoted_with_its_place() {
    let home = common::Home::new();
    home.write(
        "corpus/a.txt",
        "A summit on rails\n\nSolveig Marr, the fisheries minister of Doruna, arrived on Monday with a large \
         delegation.\n\nNothing else was said on that day, and the delegations dined apart from one another.\n\n\
         “The [cue 7| rails |7] will be laid before the winter comes to the valley,” Marr said on Tuesday.\n",
    );
    assert_eq!(home.run(&["index"]).code, 0);
    let hit = &home.run(&["search", "rails laid", "--format", "jsonl"]).json_lines()[0];
    let id = hit["id"].as_str().unwrap();

    let text = home.run(&["show", id, "--why"]).stdout;
    let article = home.run(&["show", hit["article"]["id"].as_str().unwrap(), "--why"]).stdout;

    assert!(text.contains("\\[cue 7\\| rails \\|7\\]"), "the text's own brackets are no markers: {text}");
    assert!(text.contains("[cue 1| said |1]"), "{text}");
    let introduction = text.lines().find(|line| line.trim_start().starts_with("introduction ")).unwrap_or_default();
    assert!(introduction.contains("Solveig Marr") && introduction.contains('»'), "{text}");
    assert!(!introduction.contains(id), "{introduction}");
    assert!(article.contains("[cue 1| said |1]"), "{article}");
}

/// When a hit was published; `None` for undated ones.
fn published(hit: &Value) -> Option<String> {
    hit["published"].as_str().map(|edtf| edtf.split('/').next().unwrap_or(edtf).to_owned())
}

#[test]
fn sorted_by_date_the_first_of_all_matches_come_first() {
    let by_score = hits(&["railway"]);
    for (sort, by) in [("newest", "passage"), ("oldest", "passage"), ("newest", "article"), ("oldest", "article")] {
        let all = hits(&["railway", "--sort", sort, "--by", by]);
        let dates: Vec<String> = all.iter().filter_map(published).collect();
        assert!(dates.len() > 10 && dates[0] != dates[dates.len() - 1], "{dates:?}");
        let ordered = if sort == "oldest" { dates.is_sorted() } else { dates.iter().rev().is_sorted() };
        assert!(ordered, "{sort} {by}: {dates:?}");
        let undated = all.iter().position(|hit| published(hit).is_none()).unwrap_or(all.len());
        assert!(all[undated..].iter().all(|hit| published(hit).is_none()), "undated ones are last");
        let mut few = vec!["search", "railway", "--sort", sort, "--by", by, "--no-collapse", "--format", "jsonl"];
        few.extend(["--top", "3"]);
        assert_eq!(ids(&sample(&few).json_lines()), ids(&all)[..3], "{sort} {by}: not the best three put in order");
    }
    let newest = hits(&["railway", "--sort", "newest"]);
    let key = |hit: &Value| (published(hit), -hit["score"].as_f64().unwrap());
    for pair in newest.windows(2).filter(|pair| published(&pair[0]) == published(&pair[1])) {
        assert!(key(&pair[0]).1 <= key(&pair[1]).1, "equal dates by score");
    }
    let sorted = |hits: &[Value]| ids(hits).into_iter().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(sorted(&newest), sorted(&by_score), "the same passages match");
}

#[test]
fn an_undated_article_is_last_either_way() {
    let home = common::Home::new();
    home.write("corpus/a.jsonl", concat!(
        "{\"title\": \"One\", \"url\": \"https://a.example/1\", \"published\": \"2024-05-01\", \"text\": \"The ferry to Kesh was late.\"}\n",
        "{\"title\": \"Two\", \"url\": \"https://a.example/2\", \"text\": \"The ferry, the ferry, the ferry sank.\"}\n",
        "{\"title\": \"Three\", \"url\": \"https://a.example/3\", \"published\": \"2025-05-01\", \"text\": \"A ferry is a bridge that moves over the sea.\"}\n",
    ));
    let titles = |sort: &str| -> Vec<String> {
        let hits = home.run(&["search", "ferry", "--sort", sort, "--format", "jsonl"]).json_lines();
        hits.iter().map(|hit| hit["article"]["title"].as_str().unwrap().to_owned()).collect()
    };

    assert_eq!(titles("newest"), ["Three", "One", "Two"]);
    assert_eq!(titles("oldest"), ["One", "Three", "Two"]);
}

#[test]
fn grouped_hits_stand_under_their_group_with_the_best_group_first() {
    for by in ["speaker", "article", "outlet"] {
        let plain = hits(&["railway"]);
        let grouped = hits(&["railway", "--group", by]);
        let key = |hit: &Value| match by {
            "speaker" => hit["speaker"]["id"].clone(),
            "article" => hit["article"]["id"].clone(),
            _ => hit["article"]["outlet"].clone(),
        };
        let mut runs: Vec<Value> = grouped.iter().map(&key).collect();
        assert!(grouped.iter().all(|hit| hit["group"]["key"] == key(hit) && hit["group"]["by"] == *by), "{by}");
        runs.dedup();
        let mut order: Vec<Value> = Vec::new();
        for hit in &plain {
            if !order.contains(&key(hit)) {
                order.push(key(hit));
            }
        }
        assert_eq!(runs, order, "{by}: each group once, in the order of its best hit");
        assert_eq!(grouped.len(), plain.len());
        for group in &order {
            let members: Vec<&Value> = grouped.iter().filter(|hit| key(hit) == *group).collect();
            let ranks: Vec<u64> = members.iter().map(|hit| hit["rank"].as_u64().unwrap()).collect();
            assert!(ranks.is_sorted(), "{ranks:?}");
            assert_eq!(members[0]["group"]["shown"], members.len());
            if by != "speaker" && !group.is_null() {
                assert_eq!(members[0]["group"]["matching"], members.len(), "{by} {group}: all of them are shown");
            }
        }
    }
}

#[test]
fn every_format_says_the_group() {
    let search = |format: &str, group: &str| {
        sample(&["search", "railway", "--top", "5", "--group", group, "--format", format]).stdout
    };

    let table = search("table", "outlet");
    assert!(table.starts_with("outlet: ") && table.contains(" shown of "), "{table}");
    assert!(search("table", "speaker").contains("speaker: "));
    assert!(search("md", "article").starts_with("## "));
    let csv = search("csv", "outlet");
    assert!(csv.lines().next().unwrap().ends_with(",group"), "{csv}");
    let json: Value = serde_json::from_str(&search("json", "outlet")).unwrap();
    let groups = json["groups"].as_array().unwrap();
    let shown: u64 = groups.iter().map(|group| group["shown"].as_u64().unwrap()).sum();
    assert_eq!((shown, &json["hits"][0]["group"]), (5, &groups[0]));
    let plain: Value = serde_json::from_str(&sample(&["search", "railway", "--format", "json"]).stdout).unwrap();
    assert!(plain.get("groups").is_none() && plain["hits"][0].get("group").is_none());
}

#[test]
fn a_passage_says_whom_it_names_and_for_whom_its_speaker_speaks() {
    let found = hits(&["railway water sea gas quota"]);
    let mentioned: Vec<&Value> = found.iter().flat_map(|hit| hit["mentioned"].as_array().unwrap()).collect();
    assert!(mentioned.len() > 20, "{}", mentioned.len());
    assert!(mentioned.iter().all(|one| one["why"]["rule"].as_str().unwrap().starts_with("mention-")));
    for hit in &found {
        let text = hit["text"].as_str().unwrap();
        for mention in hit["mentioned"].as_array().unwrap().iter().flat_map(|one| one["mentions"].as_array().unwrap()) {
            assert!(text.contains(mention["text"].as_str().unwrap()), "{text}: {mention}");
        }
    }
    let kaldan = hits(&["the", "--speaker", "Kaldan"]);
    assert!(kaldan.iter().all(|hit| hit["speaker"]["affiliation"] == "Republic of Kastria"), "{kaldan:?}");
    assert!(found.iter().any(|hit| hit["article"]["language"] == "en"));
    let shown = sample(&["show", mentioned_id(&found)]).stdout;
    assert!(shown.contains("mentioned ") && shown.contains("language   en"), "{shown}");
}

/// The id of a hit that mentions somebody.
fn mentioned_id(hits: &[Value]) -> &str {
    let hit = hits.iter().find(|hit| !hit["mentioned"].as_array().unwrap().is_empty()).unwrap();
    hit["id"].as_str().unwrap()
}

#[test]
fn a_query_is_told_in_json_with_every_kind_of_clause() {
    let query = "railway NEAR/5 toll AND (x^2 OR \"a * b\"~1) -tunnel WITHIN SENTENCE (x y) speaker:kaldan =Rail r* stone~1 /t.*/";
    let outcome = sample(&["search", "--parse", "--format", "json", "--", query]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let told: Value = serde_json::from_str(&outcome.stdout).unwrap();

    let mut names = std::collections::BTreeSet::new();
    let mut open = vec![&told["tree"]];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                names.extend(fields.keys().map(String::as_str));
                open.extend(fields.values());
            }
            Value::Array(values) => open.extend(values),
            Value::String(text) => _ = names.insert(text),
            _ => {}
        }
    }
    let kinds = [
        "word", "phrase", "near", "within", "field", "boost", "and", "or", "group", "stem", "exact", "wildcard",
        "fuzzy", "regex", "gap", "must_not",
    ];
    let missing: Vec<&str> = kinds.into_iter().filter(|kind| !names.contains(kind)).collect();
    assert!(missing.is_empty(), "{missing:?} in {}", outcome.stdout);
    assert_eq!(told["query"], query);
    // What is told reads back as the same.
    let again = sample(&["search", "--parse", "--format", "json", "--", told["canonical"].as_str().unwrap()]);
    let again: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(again["canonical"], told["canonical"]);
}

#[test]
fn a_score_tells_the_words_of_the_first_results_and_sums_up() {
    let outcome = sample(&["search", "railway", "--explain", "--feedback", "on", "--format", "json"]);
    let found: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let hit = &found["hits"][0];
    let parts = &hit["score_parts"];
    let words = parts["words"].as_array().unwrap_or_else(|| panic!("{hit}"));

    assert!(words.iter().any(|word| word["feedback"] == true) && words.iter().any(|word| word["feedback"] == false));
    assert_eq!(parts["feedback"]["used"], true);
    let amount = |name: &str| parts[name].as_f64().unwrap();
    let of_words: f64 = words.iter().map(|word| word["score"].as_f64().unwrap()).sum();
    let sum = of_words + amount("proximity") + amount("context") + amount("best_passage");
    assert!((sum - amount("total")).abs() < 1e-6, "{sum} {parts}");
}

#[test]
fn an_unknown_article_gets_the_nearest_known_one() {
    let known = &hits(&["railway"])[0];
    let id = known["article"]["id"].as_str().unwrap();
    let last = if id.ends_with('0') { '1' } else { '0' };
    let unknown = format!("{}{last}.1", &id[..id.len() - 1]);

    for command in ["show", "verify", "lineage"] {
        let outcome = sample(&[command, &unknown]);
        assert_eq!(outcome.code, 1, "{}", outcome.stderr);
        assert!(outcome.stderr.contains(&format!("nearest: {id}")), "{command}: {}", outcome.stderr);
    }
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused() {
    for command in ["search", "trends", "kwic", "quotes"] {
        let outcome = sample(&[command, "railway", "--from", "2025-07", "--to", "2025-06"]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{command}");
        assert!(outcome.stderr.contains("2025-07 is later than --to 2025-06"), "{}", outcome.stderr);
    }
}

#[test]
fn an_export_that_counts_from_today_says_the_day() {
    let told = |query: &str| {
        let outcome = sample(&["search", query, "--format", "json"]);
        let found: Value = serde_json::from_str(&outcome.stdout).unwrap();
        found["command"].as_str().unwrap().to_owned()
    };

    assert!(told("railway published:\"last 30 days\"").contains(" --now 2"));
    assert!(!told("railway published:2025").contains("--now"));
}

#[test]
fn the_columns_of_csv_do_not_depend_on_what_is_found() {
    let header = |args: &[&str]| sample(args).stdout.lines().next().unwrap().to_owned();

    assert_eq!(header(&["search", "railway", "--format", "csv"]), header(&["search", "zzqx", "--format", "csv"]));
    let bare = header(&["search", "zzqx", "--no-collapse", "--format", "csv"]);
    assert!(!bare.ends_with("copies"), "{bare}");
}
