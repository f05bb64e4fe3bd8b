//! The outlet, by the name that it gives itself.

use serde_json::Value;

use super::declared::{Declared, text_of};
use super::dom::{Dom, attr};
use super::title::plain;
use crate::clean::letters::collapse;
use crate::model::{fold_name, outlet_key};

/// A longer name is a slogan.
const LONGEST: usize = 80;

/// The outlet's name, if the page states one. A host is no name, but it tells which part of the page's
/// title is one.
pub(super) fn outlet(dom: &Dom<'_>, declared: &Declared, url: Option<&str>) -> Option<String> {
    let site = declared.meta(&["og:site_name"]).map(|(_, name)| plain(name));
    let publishers = declared.articles.iter().filter_map(|article| {
        let publisher = article.get("publisher")?;
        let publisher = publisher.as_array().and_then(|list| list.first()).unwrap_or(publisher);
        let name = declared.resolve(publisher).and_then(|object| object.get("name")).or(Some(publisher));
        name.filter(|name| !name.is_object()).and_then(|name: &Value| text_of(name)).map(plain)
    });
    let application = declared
        .meta(&["application-name", "dc.publisher", "apple-mobile-web-app-title", "cre", "source", "copyright"])
        .map(|(_, name)| plain(name));
    let stated: Vec<String> = site
        .chain(publishers)
        .chain(in_markup(dom))
        .chain(application)
        .map(|name| tidy(&name))
        .filter(|name| is_name(name))
        .collect();
    // A name in words is better than one in the form of a host.
    stated
        .iter()
        .find(|name| !name.contains('.'))
        .or(stated.first())
        .cloned()
        .or_else(|| from_title(dom, url?))
        .or_else(|| from_signed_title(dom))
        .or_else(|| from_masthead(dom))
}

/// The publisher by microdata.
fn in_markup(dom: &Dom<'_>) -> Option<String> {
    let is = |element: &scraper::node::Element, name: &str| attr(element, "itemprop") == Some(name);
    let (publisher, _) = dom.elements().find(|(_, element)| is(element, "publisher"))?;
    let name =
        (publisher..dom.end(publisher)).find(|id| dom.element(*id).is_some_and(|element| is(element, "name")))?;
    let content = dom.element(name).and_then(|element| attr(element, "content"));
    Some(content.map_or_else(|| collapse(&dom.raw_text(name)), plain))
}

/// The first or last part of the title element that the page also shows as its sign: a link to the front
/// page, in words or as a logo. A heading is no sign: it may be the headline.
fn from_signed_title(dom: &Dom<'_>) -> Option<String> {
    let (id, _) = dom.elements().find(|(_, element)| element.name() == "title")?;
    let title = plain(&dom.raw_text(id));
    let mut signs: Vec<String> = Vec::new();
    for (id, element) in dom.elements() {
        let home = element.name() == "a"
            && (attr(element, "href").is_some_and(is_front_page) || attr(element, "rel") == Some("home"));
        if !home {
            continue;
        }
        let images = (id..dom.end(id)).filter_map(|id| attr(dom.element(id)?, "alt"));
        let sign = std::iter::once(collapse(&dom.raw_text(id))).chain(images.map(collapse));
        signs.extend(sign.filter(|sign| !sign.is_empty() && sign.len() <= LONGEST).map(|sign| outlet_key(&sign)));
        if signs.len() > 60 {
            break;
        }
    }
    let ends = |separator: &str| {
        let (first, _) = title.split_once(separator)?;
        let (_, last) = title.rsplit_once(separator)?;
        let signed = |part: &str| is_name(part) && signs.contains(&outlet_key(part));
        [last, first].into_iter().map(str::trim).find(|part| signed(part)).map(str::to_owned)
    };
    [" | ", " - ", " – ", " — ", "_", "|", " :: ", " · ", " » ", ": ", "-"].into_iter().find_map(ends)
}

/// `/`, or an address without a path.
fn is_front_page(href: &str) -> bool {
    let rest = href.trim().trim_start_matches("https://").trim_start_matches("http://");
    href == "/" || (rest.len() < href.len() && rest.trim_end_matches('/').split('/').count() == 1)
}

/// The name on the page's sign: the alternative text of a logo, or the words of a link to the front page.
fn from_masthead(dom: &Dom<'_>) -> Option<String> {
    let is_sign = |source: &str| ["masthead", "logo"].iter().any(|word| source.to_lowercase().contains(word));
    let logo = dom.elements().filter(|(_, element)| element.name() == "img").find_map(|(_, element)| {
        let alternative = attr(element, "alt").filter(|_| attr(element, "src").is_some_and(is_sign));
        alternative.map(tidy).filter(|name| is_sign_name(name))
    });
    let home = || {
        let links = dom
            .elements()
            .filter(|(_, element)| element.name() == "a" && attr(element, "href").is_some_and(is_front_page));
        links.map(|(id, _)| tidy(&collapse(&dom.raw_text(id)))).find(|name| is_sign_name(name))
    };
    logo.or_else(home)
}

/// Two words or more, each with a capital: `The Tarnhaven Post`, and not `Front page`.
fn is_sign_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    is_name(name)
        && (2..=6).contains(&words.len())
        && words.iter().all(|word| word.starts_with(char::is_uppercase) || matches!(*word, "of" | "the" | "and"))
}

/// The part of the title element that spells the host.
fn from_title(dom: &Dom<'_>, url: &str) -> Option<String> {
    let host = url::Url::parse(url).ok()?.host_str()?.to_lowercase();
    let host = host.trim_start_matches("www.").replace('-', "");
    let (id, _) = dom.elements().find(|(_, element)| element.name() == "title")?;
    let title = dom.raw_text(id);
    let mut parts = title.split(['|', '–', '—', '·', '»', '•']).flat_map(|part| part.split(" - ")).map(tidy);
    parts.find(|part| {
        let spelled = fold_name(part).replace([' ', '\''], "");
        let without_article = spelled.trim_start_matches("the");
        spelled.len() >= 3
            && is_name(part)
            && (host.starts_with(&spelled) || host.starts_with(without_article) && without_article.len() >= 3)
    })
}

fn tidy(name: &str) -> String {
    let name = name.trim().trim_start_matches("www.").trim_start_matches(['©', '@']).trim();
    name.split([' ']).collect::<Vec<_>>().join(" ")
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= LONGEST && name.chars().any(char::is_alphabetic) && !name.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outlet_of(html: &str) -> Option<String> {
        let html = scraper::Html::parse_document(html);
        let dom = Dom::new(&html);
        outlet(&dom, &Declared::read(&dom), Some("https://www.velmarcourier.example/a"))
    }

    #[test]
    fn the_site_names_itself() {
        assert_eq!(
            outlet_of("<meta property=og:site_name content='The Velmar Courier'>").as_deref(),
            Some("The Velmar Courier")
        );
    }

    #[test]
    fn an_old_page_is_known_by_its_masthead() {
        let page = "<title>Rail</title><a href=/><img src=/img/masthead.gif alt='The Tarnhaven Post'></a>";

        assert_eq!(outlet_of(page).as_deref(), Some("The Tarnhaven Post"));
        assert_eq!(outlet_of("<a href=/>Front page</a>"), None);
    }

    #[test]
    fn a_title_names_what_leads_home_and_not_the_headline() {
        let page = |sign: &str| format!("<title>Kaldan: we pay | Long Water</title>{sign}<h1>Kaldan: we pay</h1>");

        assert_eq!(outlet_of(&page("<a href=/><img alt='Long Water'></a>")).as_deref(), Some("Long Water"));
        assert_eq!(outlet_of(&page("")), None);
    }

    #[test]
    fn a_title_names_the_site_of_its_host() {
        assert_eq!(outlet_of("<title>Rail - Velmar Courier</title>").as_deref(), Some("Velmar Courier"));
        assert_eq!(outlet_of("<title>Rail - a way forward</title>"), None);
    }
}
