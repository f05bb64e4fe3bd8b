//! What a page declares of itself for machines: meta tags and JSON-LD, read once for all who ask.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::dom::{Dom, attr, collapse};

/// Meta tags and statements of a page.
#[derive(Default)]
pub(super) struct Declared {
    /// Name or property in lower case, and content, in document order.
    meta: Vec<(String, String)>,
    /// Objects of JSON-LD that describe an article, the best first.
    pub(super) articles: Vec<Map<String, Value>>,
    /// Every object of JSON-LD by its `@id`.
    by_id: HashMap<String, Map<String, Value>>,
    /// Whether one of them is a list of pages.
    collection: bool,
}

/// Statements beyond these are other pages' or nonsense.
const MOST_OBJECTS: usize = 500;
const LONGEST_SCRIPT: usize = 2_000_000;

impl Declared {
    /// Reads the page's head and its statements, wherever they stand.
    pub(super) fn read(dom: &Dom<'_>) -> Self {
        let mut declared = Self::default();
        for (id, element) in dom.elements() {
            match element.name() {
                "meta" => {
                    let content = attr(element, "content").or_else(|| attr(element, "value")).map(collapse);
                    let Some(content) = content.filter(|content| !content.is_empty()) else { continue };
                    for key in ["property", "name", "itemprop", "http-equiv"] {
                        if let Some(name) = attr(element, key) {
                            declared.meta.push((name.trim().to_lowercase(), content.clone()));
                        }
                    }
                }
                "script"
                    if attr(element, "type").is_some_and(|kind| kind.trim().starts_with("application/ld+json")) =>
                {
                    declared.read_statements(&dom.raw_text(id));
                }
                _ => {}
            }
        }
        declared.articles.sort_by_key(|object| std::cmp::Reverse(article_rank(object)));
        declared
    }

    /// The content of the first of the named meta tags, in the order of the names.
    pub(super) fn meta<'d>(&'d self, names: &'d [&'d str]) -> impl Iterator<Item = (&'d str, &'d str)> + 'd {
        names.iter().flat_map(move |name| {
            self.meta.iter().filter(move |(key, _)| key == name).map(move |(_, content)| (*name, content.as_str()))
        })
    }

    /// The first text of an article's statements under `key`.
    pub(super) fn stated(&self, key: &str) -> Option<&str> {
        self.articles.iter().find_map(|article| text_of(article.get(key)?))
    }

    /// How many statements describe an article proper, and not just a page.
    pub(super) fn article_count(&self) -> usize {
        self.articles.iter().filter(|object| article_rank(object) >= 3).count()
    }

    /// Whether the page is stated to be a list of other pages.
    pub(super) fn is_collection(&self) -> bool {
        self.collection
    }

    /// An object that stands under a key, or that its `@id` refers to.
    pub(super) fn resolve<'d>(&'d self, value: &'d Value) -> Option<&'d Map<String, Value>> {
        let object = value.as_object()?;
        match object.get("@id").and_then(Value::as_str).and_then(|id| self.by_id.get(id)) {
            Some(whole) if object.len() <= 2 => Some(whole),
            _ => Some(object),
        }
    }

    fn read_statements(&mut self, script: &str) {
        let Some(value) = parse(script) else { return };
        let mut waiting = vec![value];
        let mut seen = 0;
        while let Some(value) = waiting.pop() {
            seen += 1;
            if seen > MOST_OBJECTS {
                return;
            }
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().rev()),
                Value::Object(mut object) => {
                    for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                        if matches!(object.get(key), Some(Value::Array(_) | Value::Object(_))) {
                            waiting.extend(object.remove(key));
                        }
                    }
                    if let Some(id) = object.get("@id").and_then(Value::as_str).filter(|_| object.len() > 2) {
                        self.by_id.insert(id.to_owned(), object.clone());
                    }
                    self.collection |=
                        is_of(&object, &["CollectionPage", "SearchResultsPage", "ProfilePage", "MediaGallery"]);
                    if article_rank(&object) > 0 {
                        self.articles.push(object);
                    }
                }
                _ => {}
            }
        }
    }
}

/// JSON as pages write it: in comments, with line breaks inside strings, with a semicolon after it.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim().get(..LONGEST_SCRIPT).unwrap_or(script.trim());
    if let Ok(value) = serde_json::from_str(script) {
        return Some(value);
    }
    let script = &script.replace("<![CDATA[", "").replace("]]>", "");
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let plain: String =
        script.get(start..=end)?.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    serde_json::from_str(&plain).ok()
}

/// How well an object describes the page's article; 0 for what does not.
fn article_rank(object: &Map<String, Value>) -> u8 {
    let rank = |kind: &str| match kind.rsplit('/').next().unwrap_or(kind) {
        "NewsArticle" | "ReportageNewsArticle" | "AnalysisNewsArticle" | "OpinionNewsArticle" | "LiveBlogPosting" => 4,
        "Article" | "BlogPosting" | "Report" | "ScholarlyArticle" | "TechArticle" | "SocialMediaPosting" | "Review" => {
            3
        }
        kind if kind.ends_with("Article") || kind.ends_with("Posting") => 3,
        "Recipe" | "VideoObject" | "Event" | "CreativeWork" | "PodcastEpisode" => 1,
        "WebPage" | "ItemPage" => 2,
        _ => 0,
    };
    match object.get("@type") {
        Some(Value::String(kind)) => rank(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).map(rank).max().unwrap_or(0),
        _ => 0,
    }
}

/// Whether an object is of one of these types.
fn is_of(object: &Map<String, Value>, kinds: &[&str]) -> bool {
    let is = |kind: &str| kinds.contains(&kind.rsplit('/').next().unwrap_or(kind));
    match object.get("@type") {
        Some(Value::String(kind)) => is(kind),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// A string, or the first string of a list.
pub(super) fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        Value::Array(values) => values.iter().find_map(Value::as_str).map(str::trim).filter(|text| !text.is_empty()),
        Value::Object(object) => object.get("@value").and_then(Value::as_str),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(html: &str) -> Declared {
        Declared::read(&Dom::new(&scraper::Html::parse_document(html)))
    }

    #[test]
    fn statements_are_found_in_a_graph_and_by_reference() {
        let declared = declared(
            r##"<script type="application/ld+json">{"@graph":[{"@type":"WebPage","headline":"page"},
            {"@type":"NewsArticle","headline":"Rail","author":{"@id":"#nf"}},{"@type":"Person","@id":"#nf","name":"Nadia Ferrol"}]}</script>"##,
        );

        assert_eq!(declared.stated("headline"), Some("Rail"));
        let author = declared.resolve(&declared.articles[0]["author"]).unwrap();
        assert_eq!(author["name"], "Nadia Ferrol");
    }

    #[test]
    fn broken_statements_are_read_as_far_as_sense_goes() {
        let declared = declared(
            "<script type='application/ld+json'>/*<![CDATA[*/ {\"@type\":\"Article\",\"headline\":\"Two\nlines\"}; //]]></script>",
        );

        assert_eq!(declared.stated("headline"), Some("Two lines"));
    }
}
