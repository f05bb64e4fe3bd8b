//! A PDF file: where its objects lie, and the objects themselves, parsed when they are asked for.
//!
//! The cross-reference table is not read. It says where objects lie, which one pass over the file finds as
//! well; files that were cut, joined or mended are wrong just there, and a hostile table points a million
//! times at one place. Of several objects with one number the last in the file counts, as an update has it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use memchr::memmem;

use super::error::PdfError;
use super::filters;
use super::syntax::{Dict, Object, Syntax, is_space};
use super::work::{Stop, Work};

/// Objects of one file. A report of 500 pages has some ten thousand.
const MOST_OBJECTS: usize = 1_000_000;
/// References that lead to references.
const LONGEST_CHAIN: usize = 16;
/// Parsed objects that are kept, so that a font is not parsed again for each page.
const MOST_KEPT: usize = 50_000;

/// Where an object lies.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// In the file, from this byte on.
    File { at: usize },
    /// In an object stream, from this byte of its content on.
    Packed { container: u32, at: usize },
}

/// A file, and what was read of it.
pub(super) struct File<'b> {
    bytes: &'b [u8],
    places: HashMap<u32, Place>,
    pub(super) trailer: Dict,
    pub(super) work: Work,
    kept: RefCell<HashMap<u32, (Rc<Object>, u64)>>,
    packed: RefCell<HashMap<u32, Rc<Vec<u8>>>>,
}

/// What one pass over the file finds.
#[derive(Default)]
struct Scan {
    /// Each object's place, with the order in which it counts.
    places: HashMap<u32, (usize, Place)>,
    containers: Vec<(u32, usize)>,
    trailers: Vec<Dict>,
    catalog: Option<u32>,
}

impl<'b> File<'b> {
    /// Finds the objects of `bytes`.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, PdfError> {
        let mut file = Self {
            bytes,
            places: HashMap::new(),
            trailer: Dict::new(),
            work: Work::default(),
            kept: RefCell::default(),
            packed: RefCell::default(),
        };
        let mut scan = file.scan()?;
        file.places = scan.places.iter().map(|(number, (_, place))| (*number, *place)).collect();
        for trailer in scan.trailers.drain(..) {
            // Later ones are those of updates; what they leave out stands.
            file.trailer.extend(
                trailer.into_iter().filter(|(key, _)| ["Root", "Info", "ID", "Encrypt"].contains(&key.as_str())),
            );
        }
        if file.trailer.contains_key("Encrypt") {
            return Err(PdfError::Encrypted);
        }
        file.find_packed(&mut scan)?;
        if let Some(catalog) = scan.catalog.filter(|_| !file.trailer.contains_key("Root")) {
            file.trailer.insert("Root".into(), Object::Reference(catalog));
        }
        Ok(file)
    }

    /// One pass over the file, from one `obj` to the next; the content of streams is passed over.
    fn scan(&self) -> Result<Scan, PdfError> {
        let mut scan = Scan::default();
        let words = memmem::Finder::new(b"obj");
        let trailers = memmem::Finder::new(b"trailer");
        let (mut at, mut next_trailer) = (0, trailers.find(self.bytes));
        while let Some(found) = words.find(&self.bytes[at..]).map(|found| at + found) {
            while let Some(trailer) = next_trailer.filter(|trailer| *trailer < found) {
                self.add_trailer(&mut scan, trailer)?;
                next_trailer = trailers.find(&self.bytes[trailer + 7..]).map(|next| trailer + 7 + next);
            }
            at = found + 3;
            let Some(number) = header(&self.bytes[..found]) else { continue };
            let end = self.scan_object(&mut scan, number, at)?;
            // A word in a stream is none.
            if next_trailer.is_some_and(|trailer| trailer > at && trailer < end) {
                next_trailer = trailers.find(&self.bytes[end..]).map(|next| end + next);
            }
            at = at.max(end);
            if scan.places.len() > MOST_OBJECTS {
                return Err(PdfError::TooMany { what: "objects", limit: MOST_OBJECTS });
            }
        }
        while let Some(trailer) = next_trailer {
            self.add_trailer(&mut scan, trailer)?;
            next_trailer = trailers.find(&self.bytes[trailer + 7..]).map(|next| trailer + 7 + next);
        }
        Ok(scan)
    }

    fn add_trailer(&self, scan: &mut Scan, at: usize) -> Result<(), PdfError> {
        let mut syntax = Syntax::of_file(self.bytes, at + 7);
        if let Some(Object::Dict(dict)) = syntax.object() {
            scan.trailers.push(dict);
        }
        Ok(self.work.charge((syntax.at - at) as u64)?)
    }

    /// Notes the object whose content begins at `at`; gives the end of its stream, or `at` where it has none.
    fn scan_object(&self, scan: &mut Scan, number: u32, at: usize) -> Result<usize, PdfError> {
        scan.places.insert(number, (at, Place::File { at }));
        let mut syntax = Syntax::of_file(self.bytes, at);
        let object = syntax.object();
        self.work.charge((syntax.at - at) as u64)?;
        let Some(Object::Dict(dict)) = object else { return Ok(at) };
        let kind = dict.get("Type").and_then(Object::name).unwrap_or_default();
        match kind {
            "Catalog" => scan.catalog = Some(number),
            "ObjStm" => scan.containers.push((number, at)),
            "XRef" => scan.trailers.push(dict.clone()),
            _ => {}
        }
        let Some(start) = stream_start(&mut syntax) else { return Ok(at) };
        let length = dict.get("Length").and_then(Object::index);
        Ok(stream_end(self.bytes, start, length))
    }

    /// Finds the objects in object streams, each of which lists them at its beginning.
    fn find_packed(&mut self, scan: &mut Scan) -> Result<(), PdfError> {
        for (container, order) in std::mem::take(&mut scan.containers) {
            let object = self.get(container)?;
            let Object::Stream(dict, _) = &*object else { continue };
            let number = |key: &str| -> Result<Option<usize>, Stop> {
                dict.get(key).map_or(Ok(None), |value| self.resolve(value).map(|value| value.index()))
            };
            let (Some(first), Some(count)) = (number("First")?, number("N")?) else { continue };
            let content = self.content(container)?;
            let mut syntax = Syntax::of_content(content.get(..first).unwrap_or_default());
            for _ in 0..count {
                let mut next = || syntax.object().and_then(|object| object.index());
                let (Some(number), Some(offset)) = (next(), next()) else { break };
                let (Ok(number), Some(at)) = (u32::try_from(number), first.checked_add(offset)) else { continue };
                if scan.places.get(&number).is_none_or(|(known, _)| *known < order) {
                    let place = Place::Packed { container, at };
                    scan.places.insert(number, (order, place));
                    self.places.insert(number, place);
                }
                if self.places.len() > MOST_OBJECTS {
                    return Err(PdfError::TooMany { what: "objects", limit: MOST_OBJECTS });
                }
            }
        }
        self.kept.borrow_mut().clear();
        if scan.catalog.is_none() && !self.trailer.contains_key("Root") {
            scan.catalog = self.find_catalog()?;
        }
        Ok(())
    }

    /// A catalog in an object stream, where no trailer names it.
    fn find_catalog(&self) -> Result<Option<u32>, Stop> {
        let mut numbers: Vec<u32> = self.places.keys().copied().collect();
        numbers.sort_unstable_by(|a, b| b.cmp(a));
        for number in numbers {
            let object = self.get(number)?;
            if object.dict().and_then(|dict| dict.get("Type")).and_then(Object::name) == Some("Catalog") {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    /// The content of an object stream, unpacked once.
    fn content(&self, container: u32) -> Result<Rc<Vec<u8>>, Stop> {
        if let Some(known) = self.packed.borrow().get(&container) {
            return Ok(Rc::clone(known));
        }
        let content = Rc::new(self.data(container)?);
        self.packed.borrow_mut().insert(container, Rc::clone(&content));
        Ok(content)
    }

    /// The object of this number; nothing where there is none.
    pub(super) fn get(&self, number: u32) -> Result<Rc<Object>, Stop> {
        if let Some((known, weight)) = self.kept.borrow().get(&number) {
            self.work.charge(*weight)?;
            return Ok(Rc::clone(known));
        }
        let object = Rc::new(self.parse(number)?);
        let weight = object.weight();
        let mut kept = self.kept.borrow_mut();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(number, (Rc::clone(&object), weight));
        Ok(object)
    }

    fn parse(&self, number: u32) -> Result<Object, Stop> {
        match self.places.get(&number) {
            None => Ok(Object::Null),
            Some(Place::Packed { container, at }) => {
                // Object streams lie in the file itself (7.5.7): one in another is none.
                if !matches!(self.places.get(container), Some(Place::File { .. })) {
                    return Ok(Object::Null);
                }
                let content = self.content(*container)?;
                let mut syntax = Syntax::of_file(&content, (*at).min(content.len()));
                let object = syntax.object().unwrap_or(Object::Null);
                self.work.charge((syntax.at - (*at).min(content.len()) + 1) as u64)?;
                Ok(object)
            }
            Some(Place::File { at }) => {
                let mut syntax = Syntax::of_file(self.bytes, *at);
                let object = syntax.object().unwrap_or(Object::Null);
                self.work.charge((syntax.at - at + 1) as u64)?;
                let object = match object {
                    Object::Dict(dict) => match stream_start(&mut syntax) {
                        Some(start) => {
                            let length = dict.get("Length").and_then(|length| self.length(length));
                            let end = stream_end(self.bytes, start, length);
                            self.work.charge(if length.is_none() { (end - start) as u64 } else { 1 })?;
                            Object::Stream(dict, start..end)
                        }
                        None => Object::Dict(dict),
                    },
                    object => object,
                };
                Ok(object)
            }
        }
    }

    /// A stream's length. Where it is another object's number, that is read here and no further: a stream
    /// whose length is a stream whose length is a stream has none.
    fn length(&self, object: &Object) -> Option<usize> {
        match object {
            Object::Reference(number) => match self.places.get(number)? {
                Place::File { at } => {
                    let mut syntax = Syntax::of_file(self.bytes, *at);
                    syntax.skip_space();
                    let digit = self.bytes.get(syntax.at).is_some_and(u8::is_ascii_digit);
                    if digit { syntax.object()?.index() } else { None }
                }
                Place::Packed { .. } => None,
            },
            object => object.index(),
        }
    }

    /// The object that `object` leads to, where it is a reference.
    pub(super) fn resolve(&self, object: &Object) -> Result<Object, Stop> {
        let mut found = match object {
            Object::Reference(number) => self.get(*number)?,
            object => {
                self.work.charge(object.weight())?;
                return Ok(object.clone());
            }
        };
        for _ in 0..LONGEST_CHAIN {
            match &*found {
                Object::Reference(number) => found = self.get(*number)?,
                object => return Ok(object.clone()),
            }
        }
        Ok(Object::Null)
    }

    /// What `dict` has under `key`, references followed.
    pub(super) fn entry(&self, dict: &Dict, key: &str) -> Result<Object, Stop> {
        dict.get(key).map_or(Ok(Object::Null), |object| self.resolve(object))
    }

    /// The dictionary that `dict` has under `key`.
    pub(super) fn dict(&self, dict: &Dict, key: &str) -> Result<Dict, Stop> {
        Ok(match self.entry(dict, key)? {
            Object::Dict(found) | Object::Stream(found, _) => found,
            _ => Dict::new(),
        })
    }

    /// The unpacked content of the stream of this number.
    pub(super) fn data(&self, number: u32) -> Result<Vec<u8>, Stop> {
        let object = self.get(number)?;
        let Object::Stream(dict, range) = &*object else { return Ok(Vec::new()) };
        let raw = &self.bytes[range.clone()];
        let resolve = |object: &Object| self.resolve(object).unwrap_or(Object::Null);
        filters::unpack(dict, raw, &resolve, &self.work)
    }
}

/// The number that stands, with a generation, before the word `obj`.
fn header(before: &[u8]) -> Option<u32> {
    /// White space between them, and digits of a number, at most.
    const LONGEST: usize = 10;
    let mut rest = before;
    let mut number = || {
        let spaces = rest.iter().rev().take(LONGEST).take_while(|byte| is_space(**byte)).count();
        rest = &rest[..rest.len() - spaces];
        let digits = rest.iter().rev().take(LONGEST).take_while(|byte| byte.is_ascii_digit()).count();
        let text = std::str::from_utf8(&rest[rest.len() - digits..]).ok()?;
        rest = &rest[..rest.len() - digits];
        text.parse::<u32>().ok().map(|value| (spaces, value))
    };
    number()?;
    let (spaces, number) = number()?;
    (spaces > 0).then_some(number)
}

/// Where a stream's bytes begin, if its keyword comes next.
fn stream_start(syntax: &mut Syntax<'_>) -> Option<usize> {
    syntax.skip_space();
    let rest = syntax.bytes.get(syntax.at..)?.strip_prefix(b"stream")?;
    let line =
        if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n") || rest.starts_with(b"\r")) };
    Some(syntax.at + 6 + line)
}

/// Where a stream's bytes end: after `length` bytes, where its end stands there, or else before the next `endstream`.
fn stream_end(bytes: &[u8], start: usize, length: Option<usize>) -> usize {
    const END: &[u8] = b"endstream";
    let rest = &bytes[start.min(bytes.len())..];
    if let Some(length) = length.filter(|length| *length <= rest.len()) {
        let after = &rest[length..];
        let spaces = after.iter().take(4).take_while(|byte| is_space(**byte)).count();
        if after[spaces..].starts_with(END) || after[spaces..].starts_with(b"endobj") {
            return start + length;
        }
    }
    start.min(bytes.len()) + memmem::find(rest, END).unwrap_or(rest.len())
}
