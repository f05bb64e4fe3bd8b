//! What is refused with its place, and what editing leaves as it was.

use super::*;
use crate::config::Settings;
use crate::model::TopicId;

const ID: &str = "0b3k5m7p9r2t.4";
const AUTHORITY: &str = "[[speaker]]\nid = \"omer-kaldan\"\nname = \"Ömer Kaldan\"\n";

fn rules() -> Rules {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("speakers.toml"), AUTHORITY).unwrap();
    Rules::load(&Settings::defaults(folder.path())).unwrap()
}

fn parse(text: &str) -> Result<Overrides, String> {
    Overrides::parse(Path::new("overrides.toml"), text, &rules()).map_err(|error| error.to_string())
}

fn entry(id: &str, decides: &str) -> String {
    format!(
        "[[override]]\nid = \"{id}\"\ntext = \"00000000000000ff\"\n{decides}\nby = \"Ada Lind\"\nbecause = \"heard it\"\n\
         on = \"2026-11-27\"\n"
    )
}

#[test]
fn everything_that_can_be_decided_is_read() {
    let text = entry(
        ID,
        "speaker = \"omer-kaldan\"\nkind = \"quote\"\ntopics = [\"+Water\", \"-trade\"]\npublished = \"2025-06\"",
    ) + &entry(&format!("{ID}.q1"), "speaker = false\nkind = \"mixed\"");
    let overrides = parse(&text).unwrap();

    let values = |index: usize| -> Vec<Option<String>> {
        overrides.all()[index].entry.corrections.iter().map(Correction::value).collect()
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(values(0), [some("omer-kaldan"), some("quote"), some("+water"), some("-trade"), some("2025-06")]);
    assert_eq!(values(1), [None, some("mixed")]);
    assert_eq!(overrides.all()[1].line, 12);
    assert_eq!(overrides.of(ID.split('.').next().unwrap().parse().unwrap()).count(), 2);
}

#[test]
fn each_mistake_is_refused_with_its_line_and_column() {
    let good = entry(ID, "kind = \"quote\"");
    let quote = format!("{ID}.q1");
    for (text, place, says) in [
        (good.replace("kind =", "kinds ="), "4:1", "kinds"),
        (good.replace(ID, "0b3k5m7p9r2t"), "2:6", "0b3k5m7p9r2t.4.q1"),
        (good.replace("by = \"Ada Lind\"\n", ""), "2:6", "`by`"),
        (good.replace("heard it", " "), "6:11", "`because`"),
        (good.replace("because = \"heard it\"\n", ""), "2:6", "`because`"),
        (good.replace("2026-11-27", "yesterday"), "7:6", "YYYY-MM-DD"),
        (good.replace("00000000000000ff", "ff"), "3:8", "16 hexadecimal digits"),
        (good.replace("text = \"00000000000000ff\"\n", ""), "2:6", "rapporteur correct"),
        (good.replace("kind = \"quote\"\n", ""), "2:6", "decides nothing"),
        (good.replace("\"quote\"", "\"sermon\""), "4:8", "editor_note"),
        (entry(&quote, "kind = \"quote\""), "4:8", "direct, indirect, mixed"),
        (entry(ID, "topics = [\"water\"]"), "4:11", "`+water`"),
        (entry(ID, "topics = [\"+water\", \"+astrology\"]"), "4:21", "known: "),
        (entry(ID, "topics = [\"+water\", \"-water\"]"), "4:21", "second time"),
        (entry(&quote, "topics = [\"+water\"]"), "4:11", "correct its passage, 0b3k5m7p9r2t.4"),
        (entry(&quote, "published = \"2025\""), "4:13", "correct its passage, 0b3k5m7p9r2t.4"),
        (entry(ID, "published = \"June\""), "4:13", "June"),
        (entry(ID, "speaker = true"), "4:11", "false for nobody"),
        (entry(ID, "speaker = \"…\""), "4:11", "without a letter"),
        (entry(ID, "speaker = \"omer-kalden\""), "4:11", "authority file"),
        (good.clone() + &entry(ID, "kind = \"answer\""), "9:6", "after line 2"),
        (good.replace("\"Ada Lind\"", "Ada"), "5:6", ""),
    ] {
        let error = parse(&text).expect_err(&text);
        assert!(error.starts_with(&format!("overrides.toml:{place}: ")), "{error}\n{text}");
        assert!(error.contains(says), "{error}\n{text}");
    }
}

#[test]
fn the_hash_of_an_article_tells_what_is_decided_and_not_where_it_stands() {
    let article = ID.split('.').next().unwrap().parse().unwrap();
    let hash = |text: &str| parse(text).unwrap().hash_of(article);
    let (one, two) = (entry(ID, "kind = \"quote\""), entry(ID, "speaker = false"));

    assert_eq!(hash(&format!("{one}{two}")), hash(&format!("# by hand\n{two}\n{one}")));
    assert_ne!(hash(&one), hash(&one.replace("heard it", "read it")));
    assert_eq!(hash(&entry("1b3k5m7p9r2t.4", "kind = \"quote\"")), None);
}

fn decided(corrections: Vec<Correction>) -> Override {
    Override {
        id: ID.parse().unwrap(),
        text: TextMark::of("It leans."),
        corrections,
        by: "Bo Ek".into(),
        because: "\"said\"\u{1b}[31m so".into(),
        on: jiff::civil::date(2026, 11, 28),
    }
}

fn add(text: &str, entry: &Override) -> String {
    let path = Path::new("overrides.toml");
    added(path, text, &parse(text).unwrap(), entry, "It leans.\n[[override]]").unwrap()
}

#[test]
fn an_entry_is_added_below_the_others_which_stay_as_they_are() {
    let text =
        format!("# Ours, by hand.\n\n# the first\n{}\n# the end\n", entry("1b3k5m7p9r2t.4", "kind = \"quote\" # sure"));
    let written = add(&text, &decided(vec![Correction::Speaker(None)]));

    assert!(written.starts_with(&text), "{written}");
    assert!(written.contains("\n\n# It leans. [[override]]\n[[override]]\nid = \"0b3k5m7p9r2t.4\"\n"), "{written}");
    assert!(!written.contains('\u{1b}'), "{written}");
    assert_eq!(parse(&written).unwrap().all()[1].entry, decided(vec![Correction::Speaker(None)]));
    assert!(add("", &decided(vec![Correction::Speaker(None)])).starts_with("# It leans."));
}

#[test]
fn what_is_decided_again_is_changed_in_place_or_taken_from_its_entry() {
    let topic = |id: &str, holds| Correction::Topic { id: TopicId::new(id), holds };
    let text = format!("# mine\n{}", entry(ID, "topics = [\"+water\", \"-trade\"]"));

    let both = add(&text, &decided(vec![topic("trade", true), topic("water", false)]));
    assert!(both.starts_with("# It leans.") && both.matches("\n[[override]]\n").count() == 1, "of other words: {both}");
    let marked = text.replace("00000000000000ff", &TextMark::of("It leans.").to_string());
    let same = add(&marked, &decided(vec![topic("trade", true), topic("water", false)]));
    assert!(same.starts_with("# mine\n[[override]]\n") && same.matches("[[override]]").count() == 1, "{same}");
    let one = add(&text, &decided(vec![topic("water", false)]));
    let values: Vec<Vec<Option<String>>> = parse(&one)
        .unwrap()
        .all()
        .iter()
        .map(|placed| placed.entry.corrections.iter().map(Correction::value).collect())
        .collect();
    assert_eq!(values, [[Some("-trade".to_owned())], [Some("-water".to_owned())]]);
}

#[test]
fn what_is_taken_out_takes_its_own_comment_along_and_no_other() {
    let other = entry("1b3k5m7p9r2t.4", "kind = \"quote\"");
    let text = format!("# Summit of 2025\n\n# leans\n{}\n# other\n{other}", entry(ID, "kind = \"quote\""));
    let path = Path::new("overrides.toml");

    let removal = removed(path, &text, &parse(&text).unwrap(), ID.parse().unwrap()).unwrap();

    assert_eq!(removal.entries, 1);
    assert_eq!(removal.text, format!("# Summit of 2025\n\n# other\n{other}"));
    let last = removed(path, &removal.text, &parse(&removal.text).unwrap(), "1b3k5m7p9r2t.4".parse().unwrap()).unwrap();
    assert_eq!(last.text, "# Summit of 2025\n");

    let text = format!("# leans\n{}\n# other\n{other}", entry(ID, "kind = \"quote\""));
    let removal = removed(path, &text, &parse(&text).unwrap(), ID.parse().unwrap()).unwrap();
    assert_eq!(removal.text, format!("# other\n{other}"));
}

#[test]
fn comments_stay_whatever_ends_the_lines_and_whatever_blanks_a_blank_one_holds() {
    let path = Path::new("overrides.toml");
    let other = entry("1b3k5m7p9r2t.4", "kind = \"quote\"");
    let text = format!("# Summit of 2025\n\n# leans\n{}\n# other\n{other}", entry(ID, "kind = \"quote\""));
    let left = format!("# Summit of 2025\n\n# other\n{other}");
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let without = |text: &str| removed(path, text, &parse(text).unwrap(), ID.parse().unwrap()).unwrap().text;

    assert_eq!(without(&crlf(&text)), crlf(&left));
    assert_eq!(without(&text.replace("2025\n\n", "2025\n \t\n")), left);
    let written = add(&crlf(&text), &decided(vec![Correction::Speaker(None)]));
    assert_eq!(written.matches('\n').count(), written.matches("\r\n").count(), "{written:?}");
    assert!(written.starts_with("# Summit of 2025\r\n\r\n# leans\r\n"), "{written:?}");
}
