//! The hostile pages and what must come of each.

#![allow(unreachable_pub, reason = "a part of the test binary")]
#![allow(clippy::format_collect, clippy::too_many_lines, reason = "a table of pages, one a line or two")]

/// What must come of a page.
pub enum Expected {
    /// An article whose body has these texts and not those; with a warning that contains a text.
    Article { has: &'static [&'static str], without: &'static [&'static str], warns: Option<&'static str> },
    /// A refusal whose message contains this.
    Refused(&'static str),
}

/// A page.
pub struct Case {
    pub name: &'static str,
    pub file: &'static str,
    pub bytes: Vec<u8>,
    pub expected: Expected,
}

const FIRST: &str =
    "The railway of Kastria will reach Kesh by the end of the year, the minister told the assembly in Velmar.";
const LAST: &str =
    "Work on the last bridge began on Monday and employs four hundred people from both banks of the river.";
const BOTH: &[&str] = &[FIRST, LAST];

fn case(name: &'static str, html: impl Into<Vec<u8>>, expected: Expected) -> Case {
    Case { name, file: "page.html", bytes: html.into(), expected }
}

fn both(name: &'static str, html: impl Into<Vec<u8>>) -> Case {
    case(name, html, Expected::Article { has: BOTH, without: &["<", "\u{0}"], warns: None })
}

fn both_without(name: &'static str, html: impl Into<Vec<u8>>, without: &'static [&'static str]) -> Case {
    case(name, html, Expected::Article { has: BOTH, without, warns: None })
}

/// The second paragraph stands in something that no article's text stands in.
fn first(name: &'static str, html: impl Into<Vec<u8>>) -> Case {
    case(name, html, Expected::Article { has: &[FIRST], without: &["<"], warns: None })
}

fn refused(name: &'static str, html: impl Into<Vec<u8>>, reason: &'static str) -> Case {
    case(name, html, Expected::Refused(reason))
}

/// A page whose body is `body`.
fn page(body: &str) -> String {
    format!("<!doctype html><html lang=en><head><title>Rail</title></head><body>{body}</body></html>")
}

/// A page of the two paragraphs, with `middle` between them.
fn around(middle: &str) -> String {
    page(&format!("<h1>Rail</h1><p>{FIRST}</p>{middle}<p>{LAST}</p>"))
}

/// Every case.
pub fn all() -> Vec<Case> {
    [nesting(), unclosed(), sizes(), encodings(), letters(), statements(), shells(), walls(), other_things()]
        .into_iter()
        .flatten()
        .collect()
}

fn nesting() -> Vec<Case> {
    let nest = |open: &str, times: usize| around(&open.repeat(times));
    vec![
        both("100,000 open divs", nest("<div>", 100_000)),
        both("16,000 nested lists", nest("<ul><li>", 16_000)),
        both("50,000 definitions in items in definitions", nest("<dd><li>", 50_000)),
        both("30,000 nested tables", nest("<table><tr><td>", 30_000)),
        both("a table closed by nothing in divs, 50,000 times", nest("<div><table></div>", 50_000)),
        both("30,000 nested tables without cells", nest("<table>", 30_000)),
        both("bold, italics and paragraphs, 30,000 times", nest("<b><i><p>", 30_000)),
        both("100,000 fonts", nest("<font>", 100_000)),
        both(
            "50,000 fonts that all differ",
            around(&(0..50_000).map(|n| format!("<font color={n}>")).collect::<String>()),
        ),
        both(
            "400 open fonts over 20,000 paragraphs",
            around(&format!(
                "<p>{}</p>{}",
                (0..400).map(|n| format!("<font color={n}>")).collect::<String>(),
                "<p>x</p>".repeat(20_000)
            )),
        ),
        first("links across paragraphs, 30,000 times", nest("<a href=x><p>", 30_000)),
        both("misnested links and divs, 20,000 times", nest("<a><div></a>", 20_000)),
        both("bold closed outside of its div, 20,000 times", nest("<b><div></b>", 20_000)),
        both("50,000 links in a drawing", nest("<svg><a>", 1) + &"<a>".repeat(50_000) + &"</x>".repeat(50_000)),
        both("100,000 closing tags of nothing", nest("</div></b></p>", 33_000)),
        both("texts and divs directly in tables", around(&"<table><tr>Kesh<div>Velmar</table>".repeat(5_000))),
        first("5,000 nested forms and buttons", nest("<form><button>", 5_000)),
        both("20,000 nested templates", around(&("<template>".repeat(20_000) + &"</template>".repeat(20_000)))),
        both("30,000 ruby notes and options", nest("<ruby><rt><option>", 30_000)),
        first("20,000 nested headings", nest("<h1><h2>", 20_000)),
        both("20,000 nested frames of other pages", around(&"<iframe><object>".repeat(20_000))),
    ]
}

fn unclosed() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("an unclosed text area", "<textarea>"),
        ("an unclosed list of choices", "<select><option>One"),
        ("an unclosed template", "<template>"),
        ("an unclosed drawing", "<svg><path d='M0 0'>"),
        ("an unclosed formula", "<math><mi>x"),
        ("an unclosed noscript", "<noscript>"),
        ("an unclosed title in the body", "<title>"),
        ("an unclosed plaintext", "<plaintext>"),
        ("an unclosed inline frame", "<iframe src=a>"),
        ("an unclosed xmp", "<xmp>"),
    ]
    .into_iter()
    .map(|(name, middle)| both(name, around(middle)))
    .collect();
    cases.extend([
        both("nothing is closed", format!("<html><body><div class=a><div>Rail<p><b>{FIRST}<p><i>{LAST}<ul><li>x")),
        both("an unclosed quote in an attribute", around("<a href=\"/x>link</a>").replace("lang=en", "")),
        case(
            "an unclosed comment",
            around("<!-- never closed "),
            Expected::Article { has: &[FIRST], without: &["never", LAST], warns: None },
        ),
        case(
            "an unclosed script",
            around("<script>var a = 'never closed';"),
            Expected::Article { has: &[FIRST], without: &["never"], warns: None },
        ),
        both("a page that ends within a tag", format!("{}<div class=", around(""))),
    ]);
    cases
}

fn sizes() -> Vec<Case> {
    vec![
        both("an attribute of 50 MB", around(&format!("<img src=\"data:{}\">", "A".repeat(50_000_000)))),
        both("50 MB of NULs", around(&"\0".repeat(50_000_000))),
        both("a comment of 20 MB", around(&format!("<!--{}-->", "x ".repeat(10_000_000)))),
        both("a line of 5 MB", around(&format!("<p>{}</p>", "Velmar waits for rain. ".repeat(220_000)))),
        both("a table of 50,000 cells", around(&format!("<table>{}</table>", "<tr><td>1<td>2".repeat(25_000)))),
        both("50,000 neighbouring links", around(&"<a href=x>x</a>".repeat(50_000))),
        both("50,000 bold lines with breaks", around(&"<b>Kesh and Velmar both wait for rain.</b><br>".repeat(50_000))),
        refused("a million breaks", around(&"<br>".repeat(1_000_000)), "more than 500000 tags"),
        both(
            "50,000 attributes",
            around(&format!("<p {}>x</p>", (0..50_000).map(|n| format!("a{n}=1 ")).collect::<String>())),
        ),
        both(
            "50,000 attributes of the body, one a time",
            around(&(0..50_000).map(|n| format!("<body a{n}>")).collect::<String>()),
        ),
        both("a class of 100,000 names", around(&format!("<div class=\"{}\">x</div>", "comment ad ".repeat(50_000)))),
        both(
            "10,000 meta tags",
            around("").replace("<title>", &("<meta name=author content=x>".repeat(10_000) + "<title>")),
        ),
        both("20,000 same ids and article elements", around(&"<article id=a><time>1</time></article>".repeat(20_000))),
        both("a tag's name of 1 MB", around(&format!("<{}>", "x".repeat(1_000_000)))),
        both("a million signs of smaller", around(&"< ".repeat(1_000_000))),
    ]
    .into_iter()
    .map(|mut case| {
        if case.name.contains("smaller") {
            case.expected = Expected::Article { has: BOTH, without: &[], warns: None };
        }
        case
    })
    .collect()
}

const RUSSIAN: &str =
    "Министр заявил на заседании в Вельмаре, что железная дорога дойдёт до Кеша к концу года, и поблагодарил рабочих.";
const JAPANESE: &str = "鉄道は年末までにケシュに到達すると、大臣がヴェルマーの議会で述べた。工事は月曜日に始まり、四百人が働いている。川の両岸から人々が集まり、新しい橋の完成を待っている。";
const FRENCH: &str =
    "Le ministre a déclaré à Velmar que le chemin de fer atteindra Kesh avant la fin de l’année, malgré les retards.";

fn charset(label: &str, text: &str) -> String {
    format!("<html><head><meta charset=\"{label}\"><title>T</title></head><body><p>{text}</p></body></html>")
}

fn encoded(encoding: &'static encoding_rs::Encoding, text: &str) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

fn encodings() -> Vec<Case> {
    let article = |has, warns| Expected::Article { has, without: &["\u{fffd}", "Ã", "â€"], warns };
    let mixed = {
        let mut bytes = charset("utf-8", FRENCH).into_bytes();
        bytes.extend(encoded(
            encoding_rs::WINDOWS_1252,
            "<p>Le café du port était fermé, dit un pêcheur aux journalistes.</p>",
        ));
        bytes
    };
    let twice = {
        let (wrong, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(FRENCH.as_bytes());
        charset("utf-8", &wrong)
    };
    let marked = |mark: &[u8], text: &[u8]| [mark, text].concat();
    vec![
        case(
            "says UTF-8, is windows-1251",
            encoded(encoding_rs::WINDOWS_1251, &charset("utf-8", RUSSIAN)),
            article(&[RUSSIAN], Some("windows-1251")),
        ),
        case(
            "says UTF-8, is Shift-JIS",
            encoded(encoding_rs::SHIFT_JIS, &charset("utf-8", JAPANESE)),
            article(&[JAPANESE], Some("Shift_JIS")),
        ),
        case(
            "says UTF-8, is windows-1252",
            encoded(encoding_rs::WINDOWS_1252, &charset("utf-8", FRENCH)),
            article(&[FRENCH], Some("windows-1252")),
        ),
        case("says windows-1251, is UTF-8", charset("windows-1251", RUSSIAN), article(&[RUSSIAN], None)),
        case(
            "says windows-1252, is windows-1251",
            encoded(encoding_rs::WINDOWS_1251, &charset("windows-1252", RUSSIAN)),
            article(&[RUSSIAN], Some("windows-1251")),
        ),
        case("says Shift-JIS, is UTF-8", charset("shift_jis", FRENCH), article(&[FRENCH], None)),
        case(
            "UTF-8 with a few bytes of windows-1252",
            mixed,
            article(&[FRENCH, "Le café du port était fermé, dit un pêcheur"], Some("byte")),
        ),
        case("encoded twice", twice, article(&[FRENCH], Some("twice"))),
        case(
            "a mark of UTF-8 against its statement",
            marked(b"\xef\xbb\xbf", charset("utf-16", FRENCH).as_bytes()),
            article(&[FRENCH], None),
        ),
        case(
            "UTF-16 with its mark, says windows-1252",
            marked(b"\xff\xfe", &utf16(&charset("windows-1252", RUSSIAN), true)),
            article(&[RUSSIAN], None),
        ),
        case(
            "UTF-16 little endian without a mark",
            utf16(&charset("utf-16", FRENCH), true),
            article(&[FRENCH], Some("UTF-16LE")),
        ),
        case(
            "UTF-16 big endian without a mark",
            utf16(&charset("utf-16", FRENCH), false),
            article(&[FRENCH], Some("UTF-16BE")),
        ),
        case(
            "says UTF-7",
            charset("utf-7", "The railway +AOk- reaches Kesh at the end of the year, he said."),
            article(&["The railway +AOk- reaches Kesh"], None),
        ),
        case(
            "an unknown label",
            encoded(encoding_rs::WINDOWS_1252, &charset("x-nonsense", FRENCH)),
            article(&[FRENCH], Some("windows-1252")),
        ),
        case(
            "a label in a script before the true one",
            encoded(
                encoding_rs::WINDOWS_1251,
                &format!(
                    "<html><!-- charset=utf-16 --><script>var u='x?charset=shift_jis';</script>{}",
                    charset("windows-1251", RUSSIAN)
                ),
            ),
            article(&[RUSSIAN], None),
        ),
    ]
}

fn letters() -> Vec<Case> {
    let long = " The rest of the line is plain and long enough to be read as a sentence of the article.";
    let with = |text: &str| page(&format!("<p>{FIRST}</p><p>{text}{long}</p><p>{LAST}</p>"));
    vec![
        both_without("entities of entities", with(&"&amp;".replace("amp;", "amp;amp;amp;lt;")), &["<"]),
        both("a million ampersands", with(&"&".repeat(200_000))),
        both_without("invalid code points", with("&#0; &#x110000; &#xD800; &#x80; &#99999999999999;"), &["\u{0}"]),
        both_without("escape sequences", with("\u{1b}]0;owned\u{7} \u{1b}[31m"), &["\u{1b}", "\u{7}"]),
        both_without(
            "letters without width",
            with("Ve\u{200b}lm\u{feff}ar\u{ad}"),
            &["\u{200b}", "\u{feff}", "\u{ad}"],
        ),
        both("right-to-left overrides", with("\u{202e}ramleV\u{202c} \u{2066}x\u{2069}")),
        both("NULs within words and tags", around("<p cla\0ss=x>x\0y</p>")),
        both("200,000 combining accents", with(&format!("a{}", "\u{301}".repeat(200_000)))),
    ]
}

fn statements() -> Vec<Case> {
    let stated = |json: &str| {
        around("").replace("<title>", &format!("<script type=\"application/ld+json\">{json}</script><title>"))
    };
    vec![
        both("a statement nested 10,000 deep", stated(&format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000)))),
        both(
            "a statement of 10 MB",
            stated(&format!(
                "{{\"@type\":\"NewsArticle\",\"headline\":\"Rail\",\"x\":\"{}\"}}",
                "y".repeat(10_000_000)
            )),
        ),
        both("an invalid statement", stated("{\"@type\":\"NewsArticle\",\"headline\":")),
        both(
            "a statement with every key twice",
            stated(
                "{\"@type\":\"NewsArticle\",\"@type\":3,\"headline\":[],\"headline\":{\"a\":1},\"datePublished\":7}",
            ),
        ),
        both(
            "a headline of 200,000 open tags",
            stated(&format!("{{\"@type\":\"NewsArticle\",\"headline\":\"{}\"}}", "<div>".repeat(200_000))),
        ),
        both(
            "20,000 statements",
            stated(&format!("[{}1]", "{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"x\"}},".repeat(20_000))),
        ),
    ]
}

fn shells() -> Vec<Case> {
    let script = "the page is a script shell";
    vec![
        refused("nothing", "", "empty"),
        refused("white space", " \n\t ", "empty"),
        refused("an empty body", page(""), "the page is empty"),
        refused(
            "a frameset",
            "<html><frameset cols='20%,*'><frame src=a><frame src=b><noframes>Your browser has no frames. Please get another one.</noframes></frameset></html>",
            "frameset",
        ),
        refused(
            "a shell of React",
            page(
                "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script src=/static/js/main.js></script>",
            ),
            script,
        ),
        refused(
            "a shell of Vue",
            page("<div id=app><div class=loading>Loading…</div></div><script src=/js/app.js></script>"),
            script,
        ),
        refused(
            "a shell of Next",
            page(
                "<div id=__next></div><script id=__NEXT_DATA__ type='application/json'>{\"props\":{\"text\":\"The railway of Kastria will reach Kesh by the end of the year.\"}}</script>",
            ),
            script,
        ),
        refused(
            "a shell that asks for scripts in its text",
            page(
                "<div class=msg><h1>JavaScript is disabled</h1><p>Please enable JavaScript in your browser and reload the page to read this site as it was meant.</p></div><script src=a.js></script>",
            ),
            script,
        ),
        refused(
            "an empty template",
            page(
                "<main><h1>{{ article.title }}</h1><div class=byline>{{ article.author }}</div><div class=body>{{ article.body }}</div></main><script src=a.js></script>",
            ),
            script,
        ),
        refused("only images", page(&"<img src=a.jpg alt=''>".repeat(30)), "the page is empty"),
        refused("only links", page(&"<a href=a>Rail and water</a> ".repeat(100)), "a list of"),
    ]
}

fn walls() -> Vec<Case> {
    let titled =
        |title: &str, body: &str| page(body).replace("<title>Rail</title>", &format!("<title>{title}</title>"));
    let consent = "the page asks for consent";
    vec![
        refused(
            "a cookie wall",
            titled(
                "Before you continue",
                "<div><h1>We value your privacy</h1><p>We and our 843 partners store and access information on a device, such as cookies, and process personal data for the purposes described below.</p><p>You may click to consent to our processing, or refuse it, and change your preferences at any time in the settings.</p><button>Accept all</button><button>Reject all</button></div>",
            ),
            consent,
        ),
        refused(
            "a consent page in German",
            titled(
                "Zustimmung | Bote",
                "<main><h1>Weiter mit Werbung lesen</h1><p>Besuchen Sie unsere Seite wie gewohnt mit Werbung und Tracking. Ihre Zustimmung können Sie jederzeit widerrufen.</p><p>Wir und unsere Partner verarbeiten personenbezogene Daten und speichern Cookies auf Ihrem Gerät. Einzelheiten finden Sie in der Datenschutzerklärung.</p><button>Alle akzeptieren</button></main>",
            ),
            consent,
        ),
        refused(
            "a consent page in French",
            titled(
                "Le Courrier",
                "<main><h2>Votre vie privée compte</h2><p>Avec nos partenaires, nous utilisons des cookies pour stocker et accéder à des informations sur votre appareil et traiter des données personnelles.</p><p>Vous pouvez accepter ou refuser à tout moment, ou continuer sans accepter.</p><button>Tout accepter</button></main>",
            ),
            consent,
        ),
        refused(
            "404",
            titled(
                "404 Not Found",
                "<h1>Not Found</h1><p>The requested URL /rail was not found on this server. Please check the address and try again.</p><hr><address>Server at ledger.example</address>",
            ),
            "an error page",
        ),
        refused(
            "404 in a site's own words",
            titled(
                "Page not found | The Ledger",
                "<nav><a href=/>Home</a></nav><main><h1>Sorry, we can't find that page</h1><p>The page you were looking for may have been moved or deleted. Try the search, or go back to the front page.</p></main>",
            ),
            "an error page",
        ),
        refused(
            "404 in German",
            titled(
                "Seite nicht gefunden",
                "<main><h1>Fehler 404</h1><p>Die gewünschte Seite wurde leider nicht gefunden. Bitte prüfen Sie die Adresse oder nutzen Sie die Suche.</p></main>",
            ),
            "an error page",
        ),
        refused(
            "403",
            titled(
                "403 Forbidden",
                "<center><h1>403 Forbidden</h1></center><p>You don't have permission to access this resource on this server.</p>",
            ),
            "an error page",
        ),
        refused(
            "500",
            titled(
                "500 Internal Server Error",
                "<h1>Internal Server Error</h1><p>The server encountered an internal error or misconfiguration and was unable to complete your request.</p>",
            ),
            "an error page",
        ),
        refused(
            "maintenance",
            titled(
                "Site under maintenance",
                "<h1>We'll be back soon!</h1><p>Sorry for the inconvenience but we're performing some maintenance at the moment. We'll be back online shortly!</p>",
            ),
            "an error page",
        ),
        refused(
            "a page that moved",
            titled(
                "301 Moved Permanently",
                "<h1>Moved Permanently</h1><p>The document has moved <a href='https://ledger.example/new'>here</a>.</p>",
            ),
            "an error page",
        ),
        refused(
            "a check of the browser",
            titled(
                "Just a moment...",
                "<h1>ledger.example</h1><h2>Checking if the site connection is secure</h2><p>ledger.example needs to review the security of your connection before proceeding.</p><noscript>Enable JavaScript and cookies to continue</noscript><script>x()</script>",
            ),
            "checks for robots",
        ),
        refused(
            "a riddle for robots",
            titled(
                "Are you a robot?",
                "<h1>We've detected unusual activity from your computer network</h1><p>To continue, please click the box below to let us know you're not a robot.</p><p>Please make sure your browser supports JavaScript and cookies and that you are not blocking them from loading.</p>",
            ),
            "checks for robots",
        ),
        refused(
            "a login page",
            titled(
                "Sign in – The Ledger",
                "<main><h1>Sign in to your account</h1><p>Enter your e-mail address and your password to read on. If you have no account yet, you can create one in a minute.</p><form><input type=email><input type=password><button>Sign in</button></form></main>",
            ),
            "asks for a login",
        ),
        refused(
            "a login page in Spanish",
            titled(
                "Iniciar sesión",
                "<main><h1>Iniciar sesión</h1><p>Introduzca su correo electrónico y su contraseña para acceder a su cuenta de lector.</p><form><input type=password></form></main>",
            ),
            "asks for a login",
        ),
        both_without(
            "an article before a subscription wall",
            around("<div class=paywall><h2>Subscribe</h2><form><input type=password></form></div>"),
            &["Subscribe"],
        ),
        both_without(
            "an article under a cookie banner",
            around(
                "<div class=cookie-consent><p>We and our partners store and access information on a device, such as cookies, and process personal data.</p></div>",
            ),
            &["cookies"],
        ),
        refused(
            "a parked domain",
            titled(
                "ledger.example",
                "<div><h1>ledger.example</h1><p>This domain is for sale. Buy this domain today, before somebody else does it for you.</p><ul><li><a href=a>Rail</a></ul></div>",
            ),
            "the domain is for sale",
        ),
        refused(
            "a redirect",
            "<html><head><meta http-equiv=refresh content=\"0; url='https://ledger.example/new?a=\u{1b}[31m'\"><title>Redirecting</title></head><body><p>If you are not redirected automatically, please follow this link to the page.</p></body></html>",
            "leads on to https://ledger.example/new",
        ),
        both(
            "an article that loads itself anew",
            around("").replace("<title>", "<meta http-equiv=refresh content=300><title>"),
        ),
    ]
}

fn other_things() -> Vec<Case> {
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Ledger</title><item><title>Rail</title><description>{FIRST}</description></item></channel></rss>"
    );
    let files = (1..20)
        .map(|n| format!("<tr><td><a href=\"{n}.pdf\">{n}.pdf</a></td><td>2025-03-{n:02} 10:00</td><td>4.0K</td></tr>"))
        .collect::<String>();
    let mut cases = vec![
        refused("a feed as a page", feed.clone(), "the page is a feed"),
        Case {
            name: "a feed by its name",
            file: "feed.xml",
            bytes: feed.into_bytes(),
            expected: Expected::Refused("the page is a feed"),
        },
        refused("JSON as a page", "{\"status\": \"ok\", \"items\": []}", "neither `text` nor `html`"),
        refused("a picture as a page", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "a PNG image"),
        refused(
            "random bytes after a doctype",
            [
                b"<!doctype html>".as_slice(),
                &(0..60_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect::<Vec<u8>>(),
            ]
            .concat(),
            "",
        ),
        refused(
            "a directory",
            page(&format!("<h1>Index of /pub</h1><table>{files}</table>")).replace(">Rail<", ">Index of /pub<"),
            "no article found",
        ),
        both(
            "an AMP page",
            format!(
                "<!doctype html><html amp lang=en><head><title>Rail</title><style amp-boilerplate>body{{}}</style></head><body><h1>Rail</h1><amp-img src=a></amp-img><p>{FIRST}</p><amp-ad><p>Advertisement of the week</p></amp-ad><p>{LAST}</p></body></html>"
            ),
        ),
        both(
            "a text of the web called XML",
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>{FIRST}</p><p>{LAST}</p></body></html>"
            ),
        ),
        both(
            "two whole pages in one file",
            format!("{}{}", page(&format!("<p>{FIRST}</p>")), page(&format!("<p>{LAST}</p>"))),
        ),
    ];
    for case in &mut cases {
        if case.name.starts_with("random") {
            case.expected = Expected::Refused("page.html: ");
        }
    }
    cases
}
