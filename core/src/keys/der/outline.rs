//! The elements of a document, before anybody knows what it is.

use super::damaged;
use crate::error::{Code, Error, Result};
use der::asn1::AnyRef;
use der::{Decode, Header, Reader, SliceReader, Tag, Tagged};

/// More elements than any key or certificate has at one level.
const MAX_ELEMENTS: usize = 16;

/// The elements of the one sequence that `der` is.
pub(in crate::keys) fn children(der: &[u8]) -> Result<Vec<AnyRef<'_>>> {
    let sequence = AnyRef::from_der(whole(der)?).map_err(|_| damaged())?;
    if sequence.tag() != Tag::Sequence {
        return Err(damaged());
    }
    contents(sequence)
}

/// The elements inside a constructed element.
pub(in crate::keys) fn contents(element: AnyRef<'_>) -> Result<Vec<AnyRef<'_>>> {
    let read = || {
        let mut reader = SliceReader::new(element.value())?;
        let mut found = Vec::new();
        while !reader.is_finished() && found.len() < MAX_ELEMENTS {
            found.push(AnyRef::decode(&mut reader)?);
        }
        reader.finish(found)
    };
    read().map_err(|_: der::Error| damaged())
}

/// The document without the line end that editors and `echo` put behind it.
pub(super) fn whole(der: &[u8]) -> Result<&[u8]> {
    let mut reader = SliceReader::new(der).map_err(|_| damaged())?;
    let header = Header::decode(&mut reader).map_err(|_| damaged())?;
    let there = usize::try_from(reader.remaining_len()).unwrap_or_default();
    let length = usize::try_from(header.length).map_err(|_| damaged())?;
    if let Some(missing) = length.checked_sub(there).filter(|missing| *missing > 0) {
        return Err(Error::new(Code::KeyFormat, format!("the key is cut short: its last {missing} bytes are missing")));
    }
    let behind = there.saturating_sub(length);
    let (document, rest) = der.split_at_checked(der.len().saturating_sub(behind)).ok_or_else(damaged)?;
    if !rest.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new(Code::KeyFormat, format!("{behind} bytes follow the end of the key")));
    }
    Ok(document)
}
