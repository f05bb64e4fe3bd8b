//! A stream's bytes, unpacked by its filters (ISO 32000-1, 7.4) under caps.
//!
//! Damaged data give what stands before the damage, as viewers show it. Pictures' filters give nothing.

use std::io::Read;

use super::syntax::{Dict, Object, hex, is_space};
use super::work::{Stop, Work};

/// Bytes of one stream, unpacked. A page of small print is 100 KB; maps drawn line by line reach 20 MB.
const LARGEST_STREAM: usize = 64 << 20;
/// Filters of one stream: two is the rule.
const MOST_FILTERS: usize = 4;

/// Unpacks `bytes` by the filters that `dict` names, its references followed by `resolve`.
pub(super) fn unpack(
    dict: &Dict,
    bytes: &[u8],
    resolve: &dyn Fn(&Object) -> Object,
    work: &Work,
) -> Result<Vec<u8>, Stop> {
    let get = |long: &str, short: &str| dict.get(long).or_else(|| dict.get(short)).map(resolve);
    let list = |object: Option<Object>| match object {
        Some(Object::Array(items)) => items.iter().take(MOST_FILTERS + 1).map(resolve).collect(),
        Some(Object::Null) | None => Vec::new(),
        Some(single) => vec![single],
    };
    let (filters, parameters) = (list(get("Filter", "F")), list(get("DecodeParms", "DP")));
    work.charge(bytes.len() as u64)?;
    if filters.len() > MOST_FILTERS {
        return Ok(Vec::new());
    }
    let mut data = bytes.to_vec();
    for (nth, filter) in filters.iter().enumerate() {
        let parameters = parameters.get(nth).and_then(Object::dict);
        let number = |key: &str, usual: usize| {
            parameters.and_then(|dict| dict.get(key)).and_then(|value| resolve(value).index()).unwrap_or(usual)
        };
        data = match filter.name().unwrap_or_default() {
            "FlateDecode" | "Fl" => predicted(inflate(&data)?, &number),
            "LZWDecode" | "LZW" => predicted(lzw(&data, number("EarlyChange", 1))?, &number),
            "ASCIIHexDecode" | "AHx" => ascii_hex(&data),
            "ASCII85Decode" | "A85" => ascii85(&data)?,
            "RunLengthDecode" | "RL" => run_length(&data)?,
            "Crypt" => data,
            _ => return Ok(Vec::new()),
        };
        work.charge(data.len() as u64)?;
    }
    Ok(data)
}

/// zlib data; where its header is wrong, bare deflate data.
fn inflate(data: &[u8]) -> Result<Vec<u8>, Stop> {
    let whole = read_under_cap(flate2::read::ZlibDecoder::new(data))?;
    if whole.is_empty() && data.len() > 2 {
        return read_under_cap(flate2::read::DeflateDecoder::new(&data[2..]));
    }
    Ok(whole)
}

fn read_under_cap(decoder: impl Read) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    // What was read before a mistake is kept.
    let _ = decoder.take(LARGEST_STREAM as u64 + 1).read_to_end(&mut bytes);
    under_cap(bytes)
}

fn under_cap(bytes: Vec<u8>) -> Result<Vec<u8>, Stop> {
    if bytes.len() > LARGEST_STREAM { Err(Stop::Stream(LARGEST_STREAM)) } else { Ok(bytes) }
}

/// Undoes a predictor: PNG's row filters (RFC 2083, chapter 6), or TIFF's of whole bytes.
fn predicted(data: Vec<u8>, number: &dyn Fn(&str, usize) -> usize) -> Vec<u8> {
    let predictor = number("Predictor", 1);
    if predictor < 2 {
        return data;
    }
    let bits = number("Colors", 1).clamp(1, 32) * number("BitsPerComponent", 8).clamp(1, 16);
    let step = bits.div_ceil(8).max(1);
    let width = (number("Columns", 1).clamp(1, 1 << 20) * bits).div_ceil(8);
    if predictor == 2 {
        let mut data = data;
        for row in data.chunks_mut(width) {
            for at in step..row.len() {
                row[at] = row[at].wrapping_add(row[at - step]);
            }
        }
        return data;
    }
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    let mut above = vec![0_u8; width];
    for packed in data.chunks(width + 1) {
        let Some((kind, packed)) = packed.split_first() else { continue };
        let mut row = packed.to_vec();
        for at in 0..row.len() {
            let left = if at >= step { row[at - step] } else { 0 };
            let (up, corner) = (above[at], if at >= step { above[at - step] } else { 0 });
            let guess = match kind {
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => paeth(left, up, corner),
                _ => 0,
            };
            row[at] = row[at].wrapping_add(guess);
        }
        out.extend_from_slice(&row);
        row.resize(width, 0);
        above = row;
    }
    out
}

/// The neighbour nearest to left + up − corner (RFC 2083, 6.6).
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(up) - i16::from(corner);
    let away = |value: u8| (estimate - i16::from(value)).abs();
    if away(left) <= away(up) && away(left) <= away(corner) {
        left
    } else if away(up) <= away(corner) {
        up
    } else {
        corner
    }
}

/// LZW with codes of 9 to 12 bits, the highest bit first (7.4.4).
fn lzw(data: &[u8], early: usize) -> Result<Vec<u8>, Stop> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    /// Codes of 12 bits.
    const MOST_CODES: usize = 4096;
    let mut out: Vec<u8> = Vec::new();
    // Where in `out` the string of each code from 258 on stands.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let (mut bits, mut held, mut width) = (0_usize, 0_u32, 9_u32);
    let mut before: Option<(usize, usize)> = None;
    for byte in data {
        bits = (bits << 8 | usize::from(*byte)) & 0xff_ffff;
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = bits >> held & ((1 << width) - 1);
        if code == END {
            break;
        }
        if code == CLEAR {
            table.clear();
            (width, before) = (9, None);
            continue;
        }
        let start = out.len();
        let length = if code < CLEAR {
            out.push(u8::try_from(code).unwrap_or(0));
            1
        } else {
            // A code that is just being made stands for the string before and its first byte again.
            let known = table.get(code - 258).copied();
            let Some((from, length)) = known.or(before.map(|(from, length)| (from, length + 1))) else { break };
            for at in from..from + length {
                let byte = out.get(at).copied().unwrap_or(0);
                out.push(byte);
            }
            length
        };
        if out.len() > LARGEST_STREAM {
            return Err(Stop::Stream(LARGEST_STREAM));
        }
        if let Some((from, length)) = before.filter(|_| table.len() + 258 < MOST_CODES) {
            table.push((from, length + 1));
        }
        before = Some((start, length));
        width = match table.len() + 258 + early {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
    }
    Ok(out)
}

fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let mut digits = data.iter().take_while(|byte| **byte != b'>').filter_map(|byte| hex(*byte));
    let mut out = Vec::new();
    while let Some(high) = digits.next() {
        out.push(high << 4 | digits.next().unwrap_or(0));
    }
    out
}

fn ascii85(data: &[u8]) -> Result<Vec<u8>, Stop> {
    let mut out = Vec::new();
    let mut group: Vec<u32> = Vec::with_capacity(5);
    for byte in data.iter().filter(|byte| !is_space(**byte)) {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            out.extend(word85(&group).to_be_bytes());
            group.clear();
        }
    }
    if group.len() > 1 {
        let keep = group.len() - 1;
        group.resize(5, 84);
        out.extend(&word85(&group).to_be_bytes()[..keep]);
    }
    under_cap(out)
}

fn word85(group: &[u32]) -> u32 {
    group.iter().fold(0_u32, |word, digit| word.wrapping_mul(85).wrapping_add(*digit))
}

fn run_length(data: &[u8]) -> Result<Vec<u8>, Stop> {
    let mut out = Vec::new();
    let mut rest = data;
    while let [length, after @ ..] = rest {
        match usize::from(*length) {
            length @ 0..128 => {
                let (run, left) = after.split_at(after.len().min(length + 1));
                out.extend_from_slice(run);
                rest = left;
            }
            128 => break,
            length => {
                let Some((byte, left)) = after.split_first() else { break };
                out.extend(std::iter::repeat_n(*byte, 257 - length));
                rest = left;
            }
        }
    }
    under_cap(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(dict: &str, bytes: &[u8]) -> Vec<u8> {
        let dict = super::super::syntax::Syntax::of_file(dict.as_bytes(), 0).object().unwrap();
        unpack(dict.dict().unwrap(), bytes, &Clone::clone, &Work::default()).unwrap()
    }

    #[test]
    fn each_filter_gives_back_what_was_packed() {
        assert_eq!(unpacked("<</Filter/AHx>>", b"4B 65 73 68>"), b"Kesh");
        assert_eq!(unpacked("<</Filter[/ASCII85Decode]>>", b"94`0Xz~>"), b"Kesh\0\0\0\0");
        assert_eq!(unpacked("<</Filter/RunLengthDecode>>", b"\x01Ke\xfes\x80"), b"Kesss");
        assert_eq!(unpacked("<</Filter/DCTDecode>>", b"picture"), b"");
    }

    /// The example of the standard (ISO 32000-1, 7.4.4.2).
    #[test]
    fn lzw_is_read() {
        let packed = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];

        assert_eq!(unpacked("<</Filter/LZWDecode>>", &packed), [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
    }

    #[test]
    fn png_rows_are_undone() {
        let rows = [2, 1, 2, 3, 2, 1, 1, 1];

        let data = predicted(rows.to_vec(), &|key, usual| match key {
            "Predictor" => 12,
            "Columns" => 3,
            _ => usual,
        });

        assert_eq!(data, [1, 2, 3, 2, 3, 4]);
    }
}
