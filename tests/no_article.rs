//! Home, section and other pages without an article are told from articles that look like them.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

#[path = "common/pages.rs"]
mod pages;

use pages::{Page, pages};
use rapporteur::clean::html::{Options, read};

/// The names of the pages for which `wanted` does not hold, with what came of them.
fn wrong(pages: &[Page], wanted_article: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for page in pages {
        match read(&page.html, None, Options::default()) {
            Ok(draft) if !wanted_article => {
                wrong.push(format!("{}: {:?}", page.name, draft.body().chars().take(90).collect::<String>()));
            }
            Err(error) if wanted_article => wrong.push(format!("{}: {error}", page.name)),
            _ => {}
        }
    }
    wrong
}

fn both(lists: &[&str], articles: &[&str]) {
    let lists: Vec<Page> = lists.iter().flat_map(|file| pages(file)).collect();
    let articles: Vec<Page> = articles.iter().flat_map(|file| pages(file)).collect();
    let (missed, refused) = (wrong(&lists, false), wrong(&articles, true));

    println!("{} of {} pages without an article recognised", lists.len() - missed.len(), lists.len());
    println!("{} of {} articles read", articles.len() - refused.len(), articles.len());
    let report = format!("taken for articles:\n  {}\nrefused:\n  {}", missed.join("\n  "), refused.join("\n  "));
    assert!(missed.len() * 100 <= lists.len() * 5, "{report}");
    assert!(refused.len() * 100 <= articles.len() * 3, "{report}");
}

#[test]
fn pages_without_an_article_are_told_from_articles() {
    both(&["lists.txt", "z_lists.txt"], &["articles.txt", "z_articles.txt"]);
}
