//! The trained model: in force unless it is left out, refused by name where it is none, the same from the same texts.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::Home;
use rapporteur::annotate::speakers::annotate_text;
use rapporteur::annotate::speakers::training::{AnnotatedQuote, AnnotatedText, train};
use rapporteur::config::{Authority, ModelFile};
use rapporteur::model::Span;

const RECORD: &str = "{\"id\":1,\"text\":\"Pieter Vael said that the bridge would hold.\"}\n";

#[test]
fn a_find_says_what_the_model_makes_of_it_unless_it_is_left_out() {
    let home = Home::new();
    home.write("texts.jsonl", RECORD);

    let (with, without) =
        (home.run(&["attribute", "texts.jsonl"]), home.run(&["--no-model", "attribute", "texts.jsonl"]));

    assert!(with.stdout.contains("(model: cue "), "{with:?}");
    assert!(without.stdout.contains("report-that") && !without.stdout.contains("model"), "{without:?}");
    home.write("rapporteur.toml", "model = false\n");
    assert_eq!(home.run(&["attribute", "texts.jsonl"]).stdout, without.stdout);
}

#[test]
fn a_file_that_is_no_model_is_refused_by_its_name() {
    let home = Home::new();
    home.write("texts.jsonl", RECORD);
    let mut damaged = ModelFile::built_in().bytes.into_owned();
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    home.write("damaged.model", damaged);
    let mut later = ModelFile::built_in().bytes.into_owned();
    later[8] = 200;
    home.write("later.model", later);
    home.write("corpus/story.txt", "The ministers met in Velmar and spoke of the railway for two hours.\n");

    for (file, reason) in [
        ("texts.jsonl", "not a model"),
        ("damaged.model", "damaged"),
        ("later.model", "version 200"),
        ("absent.model", "No such file"),
    ] {
        for command in [&["attribute", "texts.jsonl"][..], &["index"]] {
            let outcome = home.run(&[&["--model", file], command].concat());

            assert_eq!(outcome.code, 2, "{outcome:?}");
            assert!(outcome.stderr.contains(file) && outcome.stderr.contains(reason), "{outcome:?}");
        }
    }
}

#[test]
fn an_index_of_another_model_is_derived_anew() {
    let home = Home::new();
    home.write("corpus/story.txt", "VELMAR — Pieter Vael said that the bridge would hold until spring.\n");
    assert_eq!(home.run(&["index"]).code, 0);
    assert!(home.run(&["index"]).stdout.contains("0 changed"));

    let outcome = home.run(&["--no-model", "index"]);

    assert!(outcome.stdout.contains("1 changed"), "{outcome:?}");
}

/// Sentences of one pattern, each with what is said in it.
fn lessons() -> Vec<AnnotatedText> {
    let names = ["Pieter Vael", "Ainura Sadykova", "Rashid Tamm", "Keren Moyle", "Solveig Marr"];
    let words = ["the bridge would hold", "the ice was thin", "nobody had paid", "the port was open"];
    let text = |name: &str, said: &str| {
        let text = format!("{name} blurbled that {said}.\nThe ferry left at noon.");
        let cue = name.len() + 1;
        let content = cue + "blurbled ".len();
        let quote = AnnotatedQuote {
            spans: vec![Span::new(content, content + "that ".len() + said.len())],
            cue: Span::new(cue, cue + "blurbled".len()),
            mention: Some(Span::new(0, name.len())),
        };
        AnnotatedText { text, quotes: vec![quote] }
    };
    names.iter().flat_map(|name| words.iter().map(move |said| text(name, said))).collect()
}

#[test]
fn the_same_texts_give_the_same_model_and_it_finds_their_cue() {
    let trained = train(&lessons()).unwrap();

    assert_eq!(trained.file, train(&lessons()).unwrap().file);
    let text = "Hélène Farrow blurbled that the treaty was old.";
    let found = annotate_text(text, &Authority::default(), &trained.finder, None).quotes;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].spans[0].slice(text), "that the treaty was old");
    assert_eq!(found[0].mention.as_ref().unwrap().text, "Hélène Farrow");
    let file = ModelFile { name: "trained".into(), bytes: trained.file.into() };
    let finder = rapporteur::annotate::speakers::Finder::read(Some(&file)).unwrap();
    assert_eq!(annotate_text(text, &Authority::default(), &finder, None).quotes, found);
}
