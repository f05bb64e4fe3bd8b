//! A page's content: its operators run, its letters placed (ISO 32000-1, 8.4 and 9.4).
//!
//! Only what moves or writes text is done. Forms are run where they are drawn, to a depth; a form that draws
//! itself ends there.

use std::collections::HashMap;
use std::rc::Rc;

use super::cmap::utf16;
use super::file::File;
use super::font::Font;
use super::matrix::Matrix;
use super::syntax::{Dict, Object, Syntax, Token, is_space};
use super::work::{LETTER, Stop};

/// Forms in forms; a letterhead in a page in a sheet of two is three.
const DEEPEST_FORM: usize = 12;
/// Letters on one page, which are all kept until it is laid out. A newspaper's page has 40,000.
const MOST_LETTERS: usize = 500_000;
/// States and marks saved in one another.
const MOST_SAVED: usize = 512;
/// Operands before an operator; a kerned line in an array is one.
const MOST_OPERANDS: usize = 64;
/// What the table of a font's letters costs, in steps.
const TABLE: u64 = 4096;

/// A letter, or several that one code stands for, where it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// `None` where the font does not say it.
    pub(super) letters: Option<String>,
    /// Where the pen stands before and after it, in points from the page's lower left corner.
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
    /// The height of its font, in points.
    pub(super) size: f64,
    pub(super) bold: bool,
    /// Drawn neither filled nor stroked: the text behind the picture of a scan.
    pub(super) invisible: bool,
    /// Marked as no part of the text: a running header, a page number.
    pub(super) artifact: bool,
}

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) glyphs: Vec<Glyph>,
    /// Pictures that are drawn.
    pub(super) pictures: usize,
}

/// Fonts by the number of their object, read once a document.
#[derive(Default)]
pub(super) struct Fonts(HashMap<u32, Rc<Font>>);

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    /// Horizontal scale, 1 where nothing is scaled.
    scale: f64,
    leading: f64,
    rise: f64,
    mode: usize,
}

/// A run of marked content (14.6).
#[derive(Clone)]
struct Mark {
    artifact: bool,
    /// What it says instead of what is drawn, until a glyph has taken it.
    instead: Option<String>,
    replaces: bool,
}

/// What the names in one content stream stand for, each looked up once.
struct Scope<'r> {
    resources: &'r Dict,
    fonts: HashMap<String, Option<Rc<Font>>>,
    drawings: Option<Dict>,
}

impl<'r> Scope<'r> {
    fn new(resources: &'r Dict) -> Self {
        Self { resources, fonts: HashMap::new(), drawings: None }
    }
}

struct Runner<'f, 'b> {
    file: &'f File<'b>,
    fonts: &'f mut Fonts,
    drawn: Drawn,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    marks: Vec<Mark>,
    depth: usize,
}

/// Runs the content of `page`; `base` turns its space into that of the upright sheet.
pub(super) fn run(file: &File<'_>, fonts: &mut Fonts, page: &Dict, base: Matrix) -> Result<Drawn, Stop> {
    let state = State {
        matrix: base,
        font: None,
        size: 1.0,
        spacing: 0.0,
        word_spacing: 0.0,
        scale: 1.0,
        leading: 0.0,
        rise: 0.0,
        mode: 0,
    };
    let mut content = Vec::new();
    let streams = match page.get("Contents") {
        Some(Object::Reference(number)) => match &*file.get(*number)? {
            Object::Array(items) => items.clone(),
            _ => vec![Object::Reference(*number)],
        },
        Some(Object::Array(items)) => items.clone(),
        _ => Vec::new(),
    };
    // Streams part where they like, between two tokens (7.8.2).
    for stream in streams {
        if let Object::Reference(number) = stream {
            content.extend(file.data(number)?);
            content.push(b'\n');
        }
    }
    let resources = file.dict(page, "Resources")?;
    let mut runner = Runner {
        file,
        fonts,
        drawn: Drawn::default(),
        state,
        saved: Vec::new(),
        text: Matrix::IDENTITY,
        line: Matrix::IDENTITY,
        marks: Vec::new(),
        depth: 0,
    };
    runner.content(&content, &mut Scope::new(&resources))?;
    Ok(runner.drawn)
}

impl Runner<'_, '_> {
    fn content(&mut self, bytes: &[u8], scope: &mut Scope<'_>) -> Result<(), Stop> {
        self.file.work.charge(bytes.len() as u64)?;
        let mut syntax = Syntax::of_content(bytes);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(token) = syntax.token() {
            match token {
                Token::Object(object) if operands.len() < MOST_OPERANDS => operands.push(object),
                Token::Word(b"ID") => {
                    skip_picture(&mut syntax);
                    self.drawn.pictures += 1;
                    operands.clear();
                }
                Token::Word(word) => {
                    self.operator(word, &operands, scope)?;
                    operands.clear();
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn operator(&mut self, word: &[u8], operands: &[Object], scope: &mut Scope<'_>) -> Result<(), Stop> {
        let number = |place: usize| operands.get(place).and_then(Object::number).unwrap_or(0.0);
        match word {
            b"q" if self.saved.len() < MOST_SAVED => self.saved.push(self.state.clone()),
            b"Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => self.state.matrix = Matrix::of(operands).times(self.state.matrix),
            b"BT" => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tf" => {
                self.state.font = self.font(operands.first().and_then(Object::name), scope)?;
                self.state.size = number(1);
            }
            b"gs" => self.graphics_state(operands.first().and_then(Object::name), scope.resources)?,
            b"Tc" => self.state.spacing = number(0),
            b"Tw" => self.state.word_spacing = number(0),
            b"Tz" => self.state.scale = number(0) / 100.0,
            b"TL" => self.state.leading = number(0),
            b"Ts" => self.state.rise = number(0),
            b"Tr" => self.state.mode = operands.first().and_then(Object::index).unwrap_or(0),
            b"Td" => self.move_line(number(0), number(1)),
            b"TD" => {
                self.state.leading = -number(1);
                self.move_line(number(0), number(1));
            }
            b"Tm" => (self.text, self.line) = (Matrix::of(operands), Matrix::of(operands)),
            b"T*" => self.move_line(0.0, -self.state.leading),
            b"Tj" => self.show(operands.first())?,
            b"'" => {
                self.move_line(0.0, -self.state.leading);
                self.show(operands.first())?;
            }
            b"\"" => {
                (self.state.word_spacing, self.state.spacing) = (number(0), number(1));
                self.move_line(0.0, -self.state.leading);
                self.show(operands.get(2))?;
            }
            b"TJ" => {
                for item in operands.first().and_then(Object::array).unwrap_or_default() {
                    match item {
                        Object::Number(back) => {
                            self.advance(-back / 1000.0 * self.state.size * self.state.scale);
                        }
                        text => self.show(Some(text))?,
                    }
                }
            }
            b"BMC" | b"BDC" => self.mark(operands, scope.resources)?,
            b"EMC" => {
                self.marks.pop();
            }
            b"Do" => self.draw(operands.first().and_then(Object::name), scope)?,
            _ => {}
        }
        Ok(())
    }

    fn move_line(&mut self, right: f64, up: f64) {
        self.line = Matrix::moved(right, up).times(self.line);
        self.text = self.line;
    }

    /// Moves the pen; upwards in fonts that are written downwards.
    fn advance(&mut self, by: f64) {
        let vertical = self.state.font.as_ref().is_some_and(|font| font.vertical);
        let (right, up) = if vertical { (0.0, by) } else { (by, 0.0) };
        self.text = Matrix::moved(right, up).times(self.text);
    }

    fn show(&mut self, text: Option<&Object>) -> Result<(), Stop> {
        let (Some(text), Some(font)) = (text.and_then(Object::text), self.state.font.clone()) else { return Ok(()) };
        self.file.work.charge(text.len() as u64 * LETTER + self.marks.len() as u64)?;
        // A code has four bytes at most.
        if self.drawn.glyphs.len() + text.len() / 4 > MOST_LETTERS {
            return Err(Stop::Letters(MOST_LETTERS));
        }
        let artifact = self.marks.iter().any(|mark| mark.artifact);
        let replacing = self.marks.iter().position(|mark| mark.replaces);
        let state = &self.state;
        let (size, scale) = (state.size, state.scale);
        let (spacing, word_spacing, invisible) = (state.spacing, state.word_spacing, matches!(state.mode, 3 | 7));
        let base = Matrix::moved(0.0, state.rise);
        let height = Matrix([size * scale, 0.0, 0.0, size, 0.0, 0.0]);
        for shown in font.decode(text) {
            let word_space = if shown.is_space { word_spacing } else { 0.0 };
            let place = base.times(self.text).times(self.state.matrix);
            let from = place.origin();
            let advance = if font.vertical { -size } else { shown.advance * size * scale };
            let to = if font.vertical { place.apply(0.0, advance) } else { place.apply(advance, 0.0) };
            // What the marked content says instead is said once.
            let letters = match replacing.and_then(|place| self.marks.get_mut(place)) {
                Some(mark) => mark.instead.take().map(Some),
                None => Some(shown.letters),
            };
            if let Some(letters) = letters {
                self.drawn.glyphs.push(Glyph {
                    letters,
                    from,
                    to,
                    size: height.times(place).height(),
                    // Text that is filled and stroked is made bold where the font has no bold face.
                    bold: font.bold || self.state.mode == 2,
                    invisible,
                    artifact,
                });
            }
            self.advance(advance + (spacing + word_space) * if font.vertical { -1.0 } else { scale });
        }
        Ok(())
    }

    fn mark(&mut self, operands: &[Object], resources: &Dict) -> Result<(), Stop> {
        if self.marks.len() >= MOST_SAVED {
            return Ok(());
        }
        let properties = match operands.get(1) {
            Some(Object::Name(name)) => {
                let all = self.file.dict(resources, "Properties")?;
                self.file.dict(&all, name)?
            }
            Some(Object::Dict(dict)) => dict.clone(),
            _ => Dict::new(),
        };
        let instead = match properties.get("ActualText") {
            Some(Object::Text(text)) => Some(text_string(text)),
            _ => None,
        };
        let artifact = operands.first().and_then(Object::name) == Some("Artifact");
        self.marks.push(Mark { artifact, replaces: instead.is_some(), instead });
        Ok(())
    }

    /// A font may also be set by a graphics state (8.4.5).
    fn graphics_state(&mut self, name: Option<&str>, resources: &Dict) -> Result<(), Stop> {
        let all = self.file.dict(resources, "ExtGState")?;
        let Some(Object::Array(font)) =
            name.map(|name| self.file.dict(&all, name)).transpose()?.and_then(|mut state| state.remove("Font"))
        else {
            return Ok(());
        };
        if let [font, Object::Number(size)] = font.as_slice() {
            (self.state.font, self.state.size) = (self.read_font(font)?, *size);
        }
        Ok(())
    }

    fn font(&mut self, name: Option<&str>, scope: &mut Scope<'_>) -> Result<Option<Rc<Font>>, Stop> {
        let Some(name) = name else { return Ok(None) };
        if let Some(known) = scope.fonts.get(name) {
            return Ok(known.clone());
        }
        let fonts = self.file.dict(scope.resources, "Font")?;
        let font = fonts.get(name).map_or(Ok(None), |font| self.read_font(font))?;
        scope.fonts.insert(name.to_owned(), font.clone());
        Ok(font)
    }

    fn read_font(&mut self, font: &Object) -> Result<Option<Rc<Font>>, Stop> {
        if let Object::Reference(number) = font
            && let Some(known) = self.fonts.0.get(number)
        {
            return Ok(Some(Rc::clone(known)));
        }
        let Object::Dict(dict) = self.file.resolve(font)? else { return Ok(None) };
        self.file.work.charge(TABLE)?;
        let read = Rc::new(Font::read(self.file, &dict)?);
        if let Object::Reference(number) = font {
            self.fonts.0.insert(*number, Rc::clone(&read));
        }
        Ok(Some(read))
    }

    /// Draws a form, or counts a picture.
    fn draw(&mut self, name: Option<&str>, scope: &mut Scope<'_>) -> Result<(), Stop> {
        if scope.drawings.is_none() {
            scope.drawings = Some(self.file.dict(scope.resources, "XObject")?);
        }
        let drawing = name.and_then(|name| scope.drawings.as_ref()?.get(name));
        let Some(Object::Reference(number)) = drawing else { return Ok(()) };
        let object = self.file.get(*number)?;
        let Object::Stream(dict, _) = &*object else { return Ok(()) };
        match self.file.entry(dict, "Subtype")?.name() {
            Some("Image") => self.drawn.pictures += 1,
            Some("Form") if self.depth < DEEPEST_FORM => {
                let content = self.file.data(*number)?;
                let matrix = self.file.entry(dict, "Matrix")?;
                let own = self.file.dict(dict, "Resources")?;
                let before = (self.state.clone(), self.text, self.line, self.saved.len(), self.marks.len());
                if let Some(matrix) = matrix.array() {
                    self.state.matrix = Matrix::of(matrix).times(self.state.matrix);
                }
                self.depth += 1;
                // Old programs let forms use the resources of their page.
                let own = if dict.contains_key("Resources") { &own } else { scope.resources };
                self.content(&content, &mut Scope::new(own))?;
                self.depth -= 1;
                let (saved, marks);
                (self.state, self.text, self.line, saved, marks) = before;
                self.saved.truncate(saved);
                self.marks.truncate(marks);
            }
            _ => {}
        }
        Ok(())
    }
}

/// Passes over the data of an inline picture, to the `EI` that stands apart (8.9.7).
fn skip_picture(syntax: &mut Syntax<'_>) {
    let rest = &syntax.bytes[syntax.at..];
    let apart = |at: usize| {
        let before = at == 0 || is_space(rest[at - 1]);
        let after = rest.get(at + 2..rest.len().min(at + 12)).unwrap_or_default();
        // What follows is text again; the same two letters in a picture are followed by anything.
        let text = after.iter().all(|byte| is_space(*byte) && *byte != 0 || (0x20..0x7f).contains(byte));
        before && text && after.first().is_none_or(|byte| is_space(*byte))
    };
    let end = memchr::memmem::find_iter(rest, b"EI").find(|at| apart(*at));
    syntax.at += end.map_or(rest.len(), |end| end + 2);
}

/// A text of a dictionary: UTF-16 or UTF-8 by its mark, or else nearly Latin 1 (7.9.2.2).
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}
