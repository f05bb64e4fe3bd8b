//! Scales the sample corpus: as many articles as are asked for, each with its paragraphs in another order
//! under a URL of its own. Deterministic: the same number gives the same articles.

use std::fs;
use std::path::Path;

use rapporteur::clean::{CleanOptions, clean};
use rapporteur::model::Article;
use rapporteur::source::{self, RawSource};

/// The sources of the sample corpus.
pub(crate) fn sample() -> Vec<RawSource> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = source::find(&[root.join("corpus")], root);
    let bytes = |path: &Path| fs::read(path).expect("the sample corpus is part of the project");
    found.files.iter().flat_map(|file| source::split(&file.shown, bytes(&file.path))).filter_map(Result::ok).collect()
}

/// What the bench's sources are taken for.
pub(crate) fn options() -> CleanOptions {
    CleanOptions { outlet: None, language: "en".into(), time_zone: None }
}

/// The articles of the sample corpus.
pub(crate) fn articles() -> Vec<Article> {
    sample().iter().filter_map(|source| clean(source, &options()).ok()).map(|cleaned| cleaned.article).collect()
}

/// `count` articles as lines of JSONL.
pub(crate) fn jsonl(count: usize) -> String {
    let articles = articles();
    let mut order = Shuffle(0x5eed);
    let mut lines = String::new();
    for number in 0..count {
        let article = &articles[number % articles.len()];
        let mut paragraphs: Vec<&str> = article.text.split("\n\n").collect();
        order.shuffle(&mut paragraphs);
        let record = serde_json::json!({
            "id": format!("{}-{number}", article.name),
            "url": format!("https://bench.example/{number}"),
            "title": article.title,
            "outlet": article.outlet,
            "published": article.published.as_ref().map(|published| published.date.first().to_string()),
            "text": paragraphs.join("\n\n"),
        });
        lines.push_str(&record.to_string());
        lines.push('\n');
    }
    lines
}

/// A linear congruential generator (Knuth, The Art of Computer Programming, vol. 2, 3.3.4, MMIX's constants).
struct Shuffle(u64);

impl Shuffle {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }

    /// Fisher and Yates's shuffle.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.next(last + 1));
        }
    }
}
