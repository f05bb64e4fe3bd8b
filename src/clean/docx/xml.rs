//! XML as a row of steps: elements by their local names, texts with their references resolved.
//!
//! No entity of a document's own is ever expanded, and no step is a recursion: neither a bomb of
//! entities nor a tower of elements costs more than its bytes.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Elements within elements. Word writes fewer than fifty.
const DEEPEST: usize = 1000;

/// One step through a part.
pub(super) enum Step<'a> {
    /// An element begins.
    Open(&'a str, &'a Attributes<'a>),
    /// An element ends; one without content ends at once.
    Close(&'a str),
    /// Text.
    Text(&'a str),
}

/// An element's attributes.
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of the attribute of this local name.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found =
            attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.trim().to_owned())
    }

    /// Whether the element switches its property on: it does unless its value says no (17.17.4).
    pub(super) fn is_on(&self) -> bool {
        !self.get("val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}

/// Takes each step of `xml`. The error says what is wrong, and where.
pub(super) fn walk(xml: &str, mut take: impl FnMut(Step<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0usize;
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|error| format!("its XML is damaged at byte {at}: {error}"))? {
            Event::Start(element) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(format!("its XML nests more than {DEEPEST} elements at byte {at}"));
                }
                take(Step::Open(element.local_name().as_ref(), &Attributes(&element)));
            }
            Event::Empty(element) => {
                take(Step::Open(element.local_name().as_ref(), &Attributes(&element)));
                take(Step::Close(element.local_name().as_ref()));
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                take(Step::Close(element.local_name().as_ref()));
            }
            Event::Text(text) => take(Step::Text(&text.xml10_content())),
            Event::CData(text) => take(Step::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().ok().flatten();
                let resolved = letter.map(String::from).or_else(|| {
                    quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned)
                });
                take(Step::Text(resolved.as_deref().unwrap_or("")));
            }
            Event::Eof if depth > 0 => return Err(format!("its XML breaks off at byte {at}")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
