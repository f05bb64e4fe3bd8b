//! What persons correct of passages and quotations: written by `correct`, applied by `index`, seen everywhere, and
//! stale where the words are others now.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Home, Outcome};
use serde_json::Value;

const AUTHORITY: &str = r#"
[[speaker]]
id = "ingrid-solvane"
name = "Ingrid Solvane"
aliases = ["Secretary Solvane"]
roles = [
  { title = "harbour master of Velmar", to = "2024" },
  { title = "secretary of the Amber Corridor", from = "2025" },
]
affiliation = "Amber Corridor Secretariat"
qid = "Q4242"
"#;
const PIER: &str = "The pier of Ferrin\n\nFERRIN, June 17, 2025 - The guild of Ferrin met for an hour in the old hall by the quay.\n\n\
    “The pier will be mended before the autumn storms,” said Keren Moyle, chair of the Ferrin guild.\n\n\
    The boats stay where they are until the wind turns, and nobody on the quay was surprised by it.\n";
const FERRY: &str = "{\"url\": \"https://ferrinledger.example/ferry\", \"text\": \"“The ferry to Ferrin was late again on \
    Monday morning,” said Rashid Tamm.\\n\\nNobody waited for it on the long quay, and the keeper of the light sold no more than one cup of coffee.\"}\n";
const BY: [&str; 4] = ["--by", "Ada Lind", "--because", "she is on the recording"];

fn home() -> Home {
    let home = Home::new();
    home.write("speakers.toml", AUTHORITY);
    home.write("corpus/pier.txt", PIER);
    home.write("corpus/ferry.jsonl", FERRY);
    assert_eq!(home.run(&["index"]).code, 0);
    home
}

fn done(outcome: Outcome) -> Outcome {
    assert_eq!(outcome.code, 0, "{outcome:?}");
    outcome
}

fn index(home: &Home) -> Value {
    serde_json::from_str(&done(home.run(&["index", "--format", "json"])).stdout).unwrap()
}

fn correct(home: &Home, id: &str, what: &[&str]) -> Outcome {
    home.run(&[&["correct", id], what, &BY].concat())
}

/// The id of the one passage that a query finds.
fn passage(home: &Home, query: &str) -> String {
    let found = done(home.run(&["search", query, "--format", "jsonl"])).json_lines();
    assert_eq!(found.len(), 1, "{query}: {found:?}");
    found[0]["id"].as_str().unwrap().to_owned()
}

fn found(home: &Home, query: &[&str]) -> Vec<Value> {
    home.run(&[&["search", "--format", "jsonl"], query].concat()).json_lines()
}

fn shown(home: &Home, id: &str) -> Value {
    serde_json::from_str(&done(home.run(&["show", id, "--why", "--format", "json"])).stdout).unwrap()
}

fn states(home: &Home) -> Vec<(String, String)> {
    let list = done(home.run(&["correct", "--list", "--format", "jsonl"])).json_lines();
    list.iter()
        .map(|entry| (entry["id"].as_str().unwrap().to_owned(), entry["state"].as_str().unwrap().to_owned()))
        .collect()
}

/// Fingerprint, and every passage with all that is known of it.
fn state(home: &Home) -> (Value, Vec<Value>) {
    let status: Value = serde_json::from_str(&done(home.run(&["status", "--format", "json"])).stdout).unwrap();
    (status["fingerprint"].clone(), found(home, &["pier OR guild OR boats OR ferry OR quay", "--top", "100"]))
}

#[test]
fn a_corrected_speaker_is_found_and_shown_with_who_and_why() {
    let home = home();
    let id = passage(&home, "storms");
    let quote = format!("{id}.q1");

    let written = done(correct(&home, &quote, &["--speaker", "Secretary Solvane"]));
    assert!(written.stdout.contains("speaker = \"ingrid-solvane\""), "{written:?}");
    assert_eq!(written.stderr, "written to overrides.toml; `rapporteur index` applies it\n");
    assert_eq!(found(&home, &["storms speaker:\"Ingrid Solvane\""]), Vec::<Value>::new());
    assert_eq!(states(&home), [(quote.clone(), "pending".into())]);
    let report = index(&home);

    assert_eq!((&report["changed"], &report["corrected"], &report["unchanged"]), (&1.into(), &1.into(), &1.into()));
    assert_eq!(report["overrides"]["applied"], 1);
    let hits = found(&home, &["storms speaker:\"Ingrid Solvane\""]);
    assert_eq!(hits[0]["id"], id.as_str());
    let speaker = &hits[0]["speaker"];
    assert_eq!(
        (&speaker["role"], &speaker["affiliation"], &speaker["qid"], &speaker["confidence"]),
        (&"secretary of the Amber Corridor".into(), &"Amber Corridor Secretariat".into(), &"Q4242".into(), &1.0.into())
    );
    assert_eq!(found(&home, &["storms speaker:\"Keren Moyle\""]), Vec::<Value>::new());
    let why = &shown(&home, &id)["why"][0]["attributions"];
    assert_eq!(why.as_array().unwrap().len(), 1, "{why}");
    assert_eq!((&why[0]["rule"], &why[0]["confidence"]), (&"override".into(), &1.0.into()));
    let reason = why[0]["reason"].as_str().unwrap();
    assert!(reason.starts_with("Ada Lind on 20") && reason.ends_with(": she is on the recording"), "{reason}");
    assert!(why[0]["evidence"][0]["text"].as_str().unwrap().contains("Keren Moyle"), "{why}");
    assert!(why[0]["evidence"][1]["text"].as_str().unwrap().contains("quoted words"), "{why}");
    assert_eq!(done(home.run(&["verify", "--all"])).code, 0);
    assert_eq!(states(&home), [(quote.clone(), "applied".into())]);

    done(home.run(&["correct", &quote, "--remove"]));
    index(&home);
    assert_eq!(found(&home, &["storms speaker:\"Keren Moyle\""]).len(), 1);
    assert_eq!(states(&home), []);
}

#[test]
fn kind_topics_and_date_of_a_passage_are_corrected_and_said_to_be() {
    let home = home();
    let id = passage(&home, "boats");
    done(correct(&home, &id, &["--kind", "caption", "--topic", "+water", "--date", "2024-03"]));
    index(&home);

    let hit = &found(&home, &["boats topic:water kind:caption", "--from", "2024-03", "--to", "2024-03"])[0];
    assert_eq!((&hit["id"], &hit["published"]), (&id.as_str().into(), &"2024-03".into()));
    let text = done(home.run(&["show", &id, "--why"])).stdout;
    for part in
        ["kind of", ": caption (1.00), was narration", "+water (1.00), was none", "2024-03 (1.00), was 2025-06-17"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains("override: Ada Lind on "), "{text}");

    done(correct(&home, &id, &["--topic", "-water"]));
    index(&home);
    assert_eq!(found(&home, &["boats topic:water"]), Vec::<Value>::new());
    assert_eq!(found(&home, &["boats kind:caption"]).len(), 1, "what was not decided anew stays");
    done(home.run(&["verify", "--all"]));
}

#[test]
fn a_role_is_that_of_the_corrected_day() {
    let home = home();
    let id = passage(&home, "storms");
    done(correct(&home, &format!("{id}.q1"), &["--speaker", "ingrid-solvane"]));
    done(correct(&home, &id, &["--date", "2024-05-02"]));
    index(&home);

    assert_eq!(found(&home, &["storms"])[0]["speaker"]["role"], "harbour master of Velmar");
}

#[test]
fn nobody_speaks_where_a_person_says_so_and_a_quotation_may_be_a_report() {
    let home = home();
    let id = passage(&home, "storms");
    let before = shown(&home, &id);
    assert_eq!(
        (&before["passage"]["kind"], &before["passage"]["quotes"][0]["kind"]),
        (&"quote".into(), &"direct".into())
    );

    done(correct(&home, &format!("{id}.q1"), &["--no-speaker", "--kind", "indirect"]));
    index(&home);

    let passage = &shown(&home, &id)["passage"];
    assert_eq!((&passage["speaker"], &passage["quotes"][0]["speaker"]), (&Value::Null, &Value::Null));
    assert_eq!(passage["quotes"][0]["kind"], "indirect");
    assert_eq!(passage["kind"], "narration", "a passage of nobody's direct words is no quote");
    assert_eq!(passage["overrides"].as_array().unwrap().len(), 2);
}

#[test]
fn a_passages_speaker_is_corrected_in_its_quotations_too() {
    let home = home();
    let id = passage(&home, "storms");
    let outcome = done(correct(&home, &id, &["--speaker", "Bo Ekholm"]));
    assert!(outcome.stderr.contains("nobody is known as `Bo Ekholm`"), "{outcome:?}");
    index(&home);

    assert_eq!(found(&home, &["storms speaker:\"Bo Ekholm\""]).len(), 1);
    assert_eq!(found(&home, &["storms speaker:\"Keren Moyle\""]), Vec::<Value>::new());
    // Somebody whom the index knows by an id is written by name, and has the role that the article gives.
    done(correct(&home, &id, &["--speaker", "rashid-tamm"]));
    assert!(std::fs::read_to_string(home.path().join("overrides.toml")).unwrap().contains("\"Rashid Tamm\""));
}

#[test]
fn of_a_passage_with_two_speakers_only_the_quotations_of_its_own_are_corrected() {
    let home = home();
    home.write(
        "corpus/quay.txt",
        "On the quay\n\n“The quay will be closed for the whole of the winter and for some of the spring,” said Keren Moyle. \
         “It will not,” said Rashid Tamm. “The winter alone is long enough for it,” Moyle said.\n",
    );
    index(&home);
    let id = passage(&home, "spring");
    let speakers = |home: &Home| -> Vec<String> {
        let passage = &shown(home, &id)["passage"];
        let own = std::iter::once(&passage["speaker"]["id"]);
        let quotes = passage["quotes"].as_array().unwrap();
        own.chain(quotes.iter().map(|quote| &quote["speaker"]["id"]))
            .map(|id| id.as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(speakers(&home), ["keren-moyle", "keren-moyle", "rashid-tamm", "keren-moyle"]);

    done(correct(&home, &id, &["--speaker", "ingrid-solvane"]));
    index(&home);
    assert_eq!(speakers(&home), ["ingrid-solvane", "ingrid-solvane", "rashid-tamm", "ingrid-solvane"]);

    done(correct(&home, &format!("{id}.q3"), &["--speaker", "Bo Ekholm"]));
    index(&home);
    assert_eq!(speakers(&home), ["ingrid-solvane", "ingrid-solvane", "rashid-tamm", "bo-ekholm"]);
}

#[test]
fn the_speaker_of_a_turn_is_corrected_in_that_turn_alone() {
    let home = home();
    home.write(
        "corpus/interview.txt",
        "A talk about the lock\n\nQ: Will the lock hold?\n\nKeren Moyle: It will hold for another year, and then we shall \
         see what is left of it.\n\nQ: And the barges?\n\nKeren Moyle: The barges stay where they are until the wind turns.\n",
    );
    index(&home);
    let id = passage(&home, "barges kind:answer");

    done(correct(&home, &id, &["--speaker", "Secretary Solvane"]));
    index(&home);

    assert_eq!(found(&home, &["barges speaker:ingrid-solvane"])[0]["id"], id.as_str());
    assert_eq!(found(&home, &["hold kind:answer"])[0]["speaker"]["id"], "keren-moyle");
    assert_eq!(shown(&home, &id)["why"][0]["attributions"][0]["rule"], "override");
}

#[test]
fn what_was_decided_of_other_words_is_stale_and_not_applied() {
    let home = home();
    let id = passage(&home, "ferry");
    let quote = format!("{id}.q1");
    let article = id.split('.').next().unwrap();
    done(correct(&home, &quote, &["--speaker", "Ingrid Solvane"]));
    done(correct(&home, &format!("{article}.2"), &["--kind", "caption"]));
    index(&home);

    // An edit elsewhere in the article, and another name of the file, change nothing.
    std::fs::remove_file(home.path().join("corpus/ferry.jsonl")).unwrap();
    home.write("corpus/deep/other.jsonl", FERRY.replace("Nobody waited", "Nobody slept while waiting"));
    let report = index(&home);
    assert_eq!(report["overrides"]["applied"], 1, "{report}");
    assert_eq!(report["overrides"]["stale"][0]["id"], format!("{article}.2"));
    assert_eq!(found(&home, &["ferry speaker:\"Ingrid Solvane\""]).len(), 1);

    home.write(
        "corpus/deep/other.jsonl",
        FERRY.replace("Monday", "Tuesday").replace("\\n\\nNobody waited for it on the long quay, and the keeper of the light sold no more than one cup of coffee.", ""),
    );
    let outcome = home.run(&["index"]);
    assert!(outcome.stdout.ends_with("overrides: 2 stale\n"), "{outcome:?}");
    assert!(
        outcome
            .stderr
            .contains(&format!("overrides.toml:3: the override of {quote} is not applied: its words have changed")),
        "{outcome:?}"
    );
    assert!(outcome.stderr.contains("has 1 passages and none numbered 2"), "{outcome:?}");
    assert_eq!(found(&home, &["ferry speaker:\"Rashid Tamm\""]).len(), 1);
    // A run that reads nothing still says so, and so does the state of the index.
    assert_eq!(index(&home)["overrides"]["stale"].as_array().unwrap().len(), 2);
    let status = done(home.run(&["status"])).stdout;
    assert!(status.contains("2 stale") && status.contains("its words have changed"), "{status}");
    done(home.run(&["verify", "--all"]));

    std::fs::remove_file(home.path().join("corpus/deep/other.jsonl")).unwrap();
    let gone = index(&home);
    assert!(gone["overrides"]["stale"][0]["reason"].as_str().unwrap().contains("is not in the index"), "{gone}");
}

#[test]
fn corrections_step_by_step_give_what_a_rebuild_gives() {
    let home = home();
    let plain = state(&home);
    let (pier, ferry) = (passage(&home, "storms"), passage(&home, "ferry"));
    done(correct(&home, &format!("{pier}.q1"), &["--speaker", "Ingrid Solvane"]));
    index(&home);
    done(correct(&home, &ferry, &["--topic", "+water"]));
    index(&home);
    done(correct(&home, &pier, &["--date", "2025-06-16"]));
    done(home.run(&["correct", &ferry, "--remove"]));
    index(&home);
    let stepwise = state(&home);
    assert_ne!(stepwise.0, plain.0);

    std::fs::remove_dir_all(home.path().join("index")).unwrap();
    index(&home);
    assert_eq!(state(&home), stepwise);

    std::fs::remove_file(home.path().join("overrides.toml")).unwrap();
    index(&home);
    assert_eq!(state(&home), plain);
}

#[test]
fn a_run_over_a_part_leaves_the_corrections_of_the_rest_pending() {
    let home = home();
    let pier = passage(&home, "storms");
    done(correct(&home, &pier, &["--kind", "caption"]));

    done(home.run(&["index", "corpus/ferry.jsonl"]));
    assert_eq!(states(&home), [(pier.clone(), "pending".into())]);
    assert!(home.run(&["status"]).stdout.contains("run `rapporteur index`"));
    let verified: Value = serde_json::from_str(&home.run(&["verify", "--all", "--format", "json"]).stdout).unwrap();
    assert_eq!(verified["rules_changed"], true);

    index(&home);
    assert_eq!(states(&home), [(pier, "applied".into())]);
}

#[test]
fn a_broken_file_stops_no_search_and_no_show_but_what_derives_with_its_place() {
    let home = home();
    let id = passage(&home, "storms");
    done(correct(&home, &id, &["--kind", "caption"]));
    index(&home);
    let path = home.path().join("overrides.toml");
    let good = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, good.replace("by = ", "whom = ")).unwrap();

    for args in [&["index"][..], &["verify", "--all"], &["correct", "--list"], &["correct", &id, "--remove"]] {
        let outcome = home.run(args);
        assert_eq!(outcome.code, 2, "{args:?}: {outcome:?}");
        assert!(outcome.stderr.contains("overrides.toml:6:1: ") && outcome.stderr.contains("whom"), "{outcome:?}");
    }
    assert_eq!(found(&home, &["storms kind:caption"]).len(), 1);
    for args in [&["show", &id, "--why"][..], &["speakers"], &["status"]] {
        done(home.run(args));
    }
    let status = home.run(&["status"]).stdout;
    assert!(status.contains("overrides are refused: ") && status.contains("overrides.toml:6:1: "), "{status}");
    // What is to be built is not built without what was decided.
    std::fs::remove_dir_all(home.path().join("index")).unwrap();
    assert_eq!(home.run(&["search", "storms"]).code, 2);
}

#[test]
fn other_files_with_a_mistake_are_refused_with_their_place_too() {
    let home = home();
    for (file, text, place) in [
        ("speakers.toml", "[[speaker]]\nid = \"x\"\nname = \"X\"\nrank = 1\n", "speakers.toml:4:1: "),
        ("topics.toml", "[[topic]]\nid = \"x\"\nlabel = \"X\"\nterms = []\n", "topics.toml:4:9: "),
    ] {
        let before = std::fs::read(home.path().join(file)).ok();
        home.write(file, text);
        let outcome = home.run(&["index"]);
        assert_eq!(outcome.code, 2, "{outcome:?}");
        assert!(outcome.stderr.contains(place), "{outcome:?}");
        match before {
            Some(bytes) => drop(home.write(file, bytes)),
            None => std::fs::remove_file(home.path().join(file)).unwrap(),
        }
        assert_eq!(found(&home, &["storms"]).len(), 1, "the last index is as it was");
    }
}

#[test]
fn what_cannot_be_corrected_is_refused_with_what_there_is() {
    let home = home();
    let id = passage(&home, "storms");
    let article = id.split('.').next().unwrap().to_owned();
    let quote = format!("{id}.q1");
    let wrong_article = format!("{}{}", &article[..11], if article.ends_with('0') { "1" } else { "0" });
    for (id, what, code, says) in [
        ("nonsense", &["--no-speaker"][..], 2, "0b3k5m7p9r2t.4.q1"),
        (wrong_article.as_str(), &["--no-speaker"], 2, "nearest article: "),
        (&article, &["--no-speaker"], 2, "is an article; correct its passages, "),
        (&format!("{wrong_article}.1"), &["--no-speaker"], 1, article.as_str()),
        (&format!("{article}.99"), &["--no-speaker"], 1, "passages and none numbered 99; nearest: "),
        (&format!("{id}.q7"), &["--no-speaker"], 1, &quote),
        (&id, &["--speaker", "ingrid-solvan"], 2, "nearest: ingrid-solvane"),
        (&id, &["--speaker", "…"], 2, "--no-speaker"),
        (&id, &["--topic", "+astrology"], 2, "known: "),
        (&id, &["--topic", "water"], 2, "`+water`"),
        (&id, &["--topic", "+water", "--topic", "-water"], 2, "twice"),
        (&quote, &["--topic", "+water"], 2, "correct its passage"),
        (&quote, &["--date", "2025"], 2, "correct its passage"),
        (&id, &["--kind", "direct"], 2, "editor_note"),
        (&quote, &["--kind", "quote"], 2, "direct, indirect, mixed"),
        (&id, &["--date", "June"], 2, "June"),
        (&id, &[], 2, "--no-speaker"),
    ] {
        let outcome = correct(&home, id, what);
        assert_eq!(outcome.code, code, "{id} {what:?}: {outcome:?}");
        assert!(outcome.stderr.contains(says), "{id} {what:?}: {outcome:?}");
    }
    assert_eq!(home.run(&["correct", &id, "--no-speaker", "--by", "AL"]).code, 2);
    assert_eq!(home.run(&["correct", &id, "--no-speaker", "--by", " ", "--because", "x"]).code, 2);
    assert_eq!(home.run(&["correct", &id, "--remove"]).code, 1);
    assert!(!home.path().join("overrides.toml").exists());
    assert_eq!(Home::new().run(&["correct", &quote, "--no-speaker", "--by", "AL", "--because", "x"]).code, 10);
}

#[test]
fn a_list_is_the_same_in_every_form_and_hostile_reasons_are_harmless() {
    let home = home();
    let id = passage(&home, "storms");
    let because = "=HYPERLINK(\"x\")\u{1b}[31m";
    done(home.run(&[
        "correct",
        &id,
        "--no-speaker",
        "--topic",
        "+water",
        "--by",
        "Ada\u{202e} Lind",
        "--because",
        because,
    ]));
    index(&home);

    let json: Value = serde_json::from_str(&home.run(&["correct", "--list", "--format", "json"]).stdout).unwrap();
    assert_eq!(json[0], home.run(&["correct", "--list", "--format", "jsonl"]).json_lines()[0]);
    assert_eq!((&json[0]["line"], &json[0]["because"]), (&3.into(), &because.into()));
    let csv = home.run(&["correct", "--list", "--format", "csv"]).stdout;
    assert!(csv.lines().nth(1).unwrap().starts_with(&format!("{id},3,applied,,false,,'+water,,")), "{csv}");
    assert!(csv.contains("\"'=HYPERLINK"), "{csv}");
    for args in [&["correct", "--list"][..], &["show", &id, "--why"]] {
        let outcome = done(home.run(args));
        assert!(
            !outcome.stdout.contains(['\u{1b}', '\u{202e}']) && outcome.stdout.contains("HYPERLINK"),
            "{outcome:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn the_file_keeps_its_permissions_and_its_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let home = home();
    let id = passage(&home, "storms");
    let kept = home.write("shared/overrides.toml", "# ours\n");
    std::fs::set_permissions(&kept, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&kept, home.path().join("overrides.toml")).unwrap();

    done(correct(&home, &id, &["--no-speaker"]));

    assert!(home.path().join("overrides.toml").is_symlink());
    assert_eq!(std::fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o640);
    let text = std::fs::read_to_string(&kept).unwrap();
    assert!(text.starts_with("# ours\n\n# “The pier will be mended"), "{text}");
}

#[test]
fn a_file_of_overrides_that_cannot_be_read_is_not_an_empty_one() {
    let home = home();
    let missing = done(home.run(&["index", "--overrides", "other.toml"]));
    assert!(missing.stderr.contains("warning: there is no other.toml"), "{missing:?}");
    assert!(!done(home.run(&["index"])).stderr.contains("warning"));
    std::fs::create_dir(home.path().join("overrides.toml")).unwrap();

    let refused = home.run(&["index"]);

    assert_ne!(refused.code, 0);
    assert!(refused.stderr.contains("overrides.toml"), "{refused:?}");
}

#[cfg(unix)]
#[test]
fn a_link_to_no_file_of_overrides_is_an_error() {
    let home = home();
    std::os::unix::fs::symlink("nowhere.toml", home.path().join("overrides.toml")).unwrap();

    let refused = home.run(&["index"]);

    assert_ne!(refused.code, 0);
    assert!(refused.stderr.contains("overrides.toml"), "{refused:?}");
}

#[test]
fn the_file_has_a_speaker_as_the_index_does_however_the_name_was_typed() {
    let home = home();
    let id = passage(&home, "ferry");

    let written = done(correct(&home, &id, &["--speaker", "keren moyle"]));

    assert!(written.stdout.contains("speaker = \"Keren Moyle\""), "{written:?}");
}

#[test]
fn words_that_moved_are_named_by_their_new_id_and_no_others_are_corrected_for_them() {
    let home = home();
    let agreed = |name: &str, rest: &str| format!("“We do agree,” said {name}, and {rest}.\\n\\n");
    let write = |paragraphs: &[String]| {
        let text = paragraphs.concat();
        home.write(
            "corpus/dues.jsonl",
            format!("{{\"url\": \"https://ferrinledger.example/dues\", \"text\": \"{text}\"}}\n"),
        );
    };
    let moyle = agreed("Keren Moyle", "the old hall by the quay of Ferrin was quiet for more than an hour after that");
    let last =
        "The talks went on until the evening in the tower of Velmar, and nobody on the stairs was surprised by it.";
    write(&[moyle.clone(), last.to_owned()]);
    index(&home);
    let article = passage(&home, "tower").split('.').next().unwrap().to_owned();
    let of = |place: &str| format!("{article}.{place}");
    done(correct(&home, &of("1.q1"), &["--speaker", "Bo Ekholm"]));
    done(correct(&home, &of("2"), &["--kind", "caption"]));
    assert_eq!(index(&home)["overrides"]["applied"], 2);

    let tamm = agreed("Rashid Tamm", "the keepers of the locks wrote it down in the long book that is kept in Velmar");
    write(&[tamm, moyle, last.to_owned()]);
    let report = index(&home);

    let reasons: Vec<&Value> =
        report["overrides"]["stale"].as_array().unwrap().iter().map(|stale| &stale["reason"]).collect();
    assert_eq!(reasons, [&format!("its words are now {}", of("2.q1")), &format!("its words are now {}", of("3"))]);
    assert_eq!(shown(&home, &of("1"))["passage"]["quotes"][0]["speaker"]["id"], "rashid-tamm");
}

#[test]
fn a_quotation_of_nobody_within_a_turn_is_nobodys_in_a_concordance_too() {
    let home = home();
    home.write(
        "corpus/interview.txt",
        "A talk about the lock\n\nQ: Will the lock hold?\n\nKeren Moyle: It will hold for another year, and then we shall \
         see what is left of it.\n\nQ: And the barges?\n\nKeren Moyle: “Every barge will sink before the autumn comes,” \
         said Rashid Tamm at the door. They stay where they are.\n",
    );
    index(&home);
    let id = passage(&home, "sink kind:answer");
    done(correct(&home, &format!("{id}.q1"), &["--no-speaker"]));
    index(&home);

    let speaker = |word: &str| {
        let lines = done(home.run(&["kwic", word, "--format", "jsonl"])).json_lines();
        assert_eq!(lines.len(), 1, "{word}: {lines:?}");
        lines[0]["speaker"]["id"].clone()
    };
    assert_eq!((speaker("sink"), speaker("door")), (Value::Null, "keren-moyle".into()));
}
