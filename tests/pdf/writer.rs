//! A writer of PDF documents for tests: objects, streams and pages, sound or broken on purpose.

use std::fmt::Write as _;

/// Objects by their numbers, from 1; the first is the catalog, the second the root of the page tree.
pub struct Pdf {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    fonts: String,
    pub info: String,
}

impl Pdf {
    /// A document whose pages use Helvetica as `/F1` and its bold face as `/F2`.
    pub fn new() -> Self {
        let mut pdf = Self {
            objects: vec![Vec::new(), Vec::new()],
            pages: Vec::new(),
            fonts: String::new(),
            info: String::new(),
        };
        pdf.font("F1", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
        pdf.font("F2", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>");
        pdf
    }

    pub fn object(&mut self, body: impl AsRef<[u8]>) -> usize {
        self.objects.push(body.as_ref().to_vec());
        self.objects.len()
    }

    pub fn stream(&mut self, dict: &str, data: &[u8]) -> usize {
        let mut body = format!("<<{dict}/Length {}>>\nstream\n", data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.object(body)
    }

    pub fn font(&mut self, name: &str, dict: &str) {
        let number = self.object(dict);
        write!(self.fonts, "/{name} {number} 0 R").unwrap();
    }

    /// A page with this content; `more` goes into its dictionary, `drawings` into its resources.
    pub fn page_with(&mut self, content: &[u8], more: &str, drawings: &str) -> usize {
        let content = self.stream("", content);
        let fonts = self.fonts.clone();
        let page = self.object(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R\
             /Resources<</Font<<{fonts}>>/XObject<<{drawings}>>>>{more}>>"
        ));
        self.pages.push(page);
        page
    }

    pub fn page(&mut self, content: &str) {
        self.page_with(content.as_bytes(), "", "");
    }

    /// All objects as they stand in a file, and where each begins.
    fn body(&self, kids: Option<&str>) -> (Vec<u8>, Vec<usize>) {
        let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut places = Vec::new();
        let pages: Vec<String> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
        for (nth, object) in self.objects.iter().enumerate() {
            places.push(out.len());
            out.extend_from_slice(format!("{} 0 obj\n", nth + 1).as_bytes());
            match nth {
                0 => out.extend_from_slice(b"<</Type/Catalog/Pages 2 0 R>>"),
                1 => {
                    let kids = kids.map_or(pages.join(" "), str::to_owned);
                    out.extend_from_slice(
                        format!("<</Type/Pages/Count {}/Kids[{kids}]>>", self.pages.len()).as_bytes(),
                    );
                }
                _ => out.extend_from_slice(object),
            }
            out.extend_from_slice(b"\nendobj\n");
        }
        (out, places)
    }

    /// The file, with `trailer` in its trailer and `kids` instead of its pages.
    pub fn file_with(&self, trailer: &str, kids: Option<&str>) -> Vec<u8> {
        let (mut out, places) = self.body(kids);
        let start = out.len();
        out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes());
        for place in &places {
            out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
        }
        let info = &self.info;
        out.extend_from_slice(
            format!(
                "trailer\n<</Size {}/Root 1 0 R/Info<<{info}>>{trailer}>>\nstartxref\n{start}\n%%EOF\n",
                places.len() + 1
            )
            .as_bytes(),
        );
        out
    }

    pub fn file(&self) -> Vec<u8> {
        self.file_with("", None)
    }

    /// The file without a cross-reference table.
    pub fn without_xref(&self) -> Vec<u8> {
        let (mut out, _) = self.body(None);
        out.extend_from_slice(b"trailer\n<</Root 1 0 R>>\n");
        out
    }

    /// The file with all but its streams in an object stream, and a cross-reference stream as its trailer.
    pub fn packed(&self) -> Vec<u8> {
        let (out, places) = self.body(None);
        let (mut index, mut content, mut rest) = (String::new(), Vec::new(), b"%PDF-1.5\n".to_vec());
        for (nth, place) in places.iter().enumerate() {
            let end = places.get(nth + 1).copied().unwrap_or(out.len());
            let object = &out[*place..end];
            if object.windows(9).any(|part| part == b"endstream") {
                rest.extend_from_slice(object);
                continue;
            }
            write!(index, "{} {} ", nth + 1, content.len()).unwrap();
            let start = object.windows(4).position(|part| part == b"obj\n").unwrap() + 4;
            content.extend_from_slice(&object[start..object.len() - 8]);
        }
        let count = index.split_whitespace().count() / 2;
        let mut whole = index.clone().into_bytes();
        whole.extend_from_slice(&content);
        let data = deflated(&whole);
        let number = self.objects.len() + 1;
        rest.extend_from_slice(
            format!(
                "{number} 0 obj\n<</Type/ObjStm/N {count}/First {}/Filter/FlateDecode/Length {}>>\nstream\n",
                index.len(),
                data.len()
            )
            .as_bytes(),
        );
        rest.extend_from_slice(&data);
        rest.extend_from_slice(b"\nendstream\nendobj\n");
        rest.extend_from_slice(
            format!(
                "{} 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Length 0>>\nstream\n\nendstream\nendobj\n",
                number + 1
            )
            .as_bytes(),
        );
        rest.extend_from_slice(b"startxref\n0\n%%EOF\n");
        rest
    }
}

pub fn deflated(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;

    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Lines of `font` in `size` points, from (`x`, `y`) downwards.
pub fn lines(font: &str, size: u32, (x, y): (u32, u32), lines: &[&str]) -> String {
    let mut content = format!("BT /{font} {size} Tf {} TL 1 0 0 1 {x} {y} Tm\n", size + 3);
    for line in lines {
        let escaped = line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        writeln!(content, "({escaped}) Tj T*").unwrap();
    }
    content + "ET\n"
}
