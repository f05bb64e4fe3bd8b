//! Canonical URLs: two addresses of one page give one article.

use url::Url;

/// Query parameters that say how a reader came, not what is read.
const TRACKING: [&str; 9] = ["fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid", "ref_src", "cmpid"];

/// `url` with a lower-case host, without fragment, tracking parameters and default port; `None` for what
/// is no web address.
pub(super) fn canonical(url: &str) -> Option<String> {
    let mut url = Url::parse(url.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.host_str()?;
    url.set_fragment(None);
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !name.starts_with("utm_") && !TRACKING.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    if kept.is_empty() {
        url.set_query(None);
    } else if kept.len() < url.query_pairs().count() {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracking_and_fragments_are_dropped_and_the_rest_is_kept() {
        assert_eq!(
            canonical("HTTPS://VelmarCourier.example:443/a?id=7&utm_source=x#top").as_deref(),
            Some("https://velmarcourier.example/a?id=7")
        );
        assert_eq!(canonical("/relative"), None);
        assert_eq!(canonical("javascript:alert(1)"), None);
    }
}
