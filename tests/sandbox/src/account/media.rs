//! Uploaded invoice files and the links to them.

use std::collections::HashMap;

use bytes::Bytes;

use crate::random;

/// An unlinked file is kept three days.
const FILE_LIFE: i64 = 3 * 86_400;
/// A link to it works two hours.
pub(super) const LINK_LIFE: i64 = 7200;

/// The files of the sandbox's account.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    files: HashMap<String, (Bytes, i64)>,
    links: HashMap<String, (String, i64)>,
}

impl Shelf {
    /// Keeps a file; gives its `s_media_id`.
    pub(super) fn put(&mut self, file: Bytes, now: i64) -> String {
        // 19 digits from 1 to 8 make a 64-bit integer that a double cannot hold.
        let media_id = format!("{}{}", 1 + now.rem_euclid(8), random::digits(18));
        self.files.insert(media_id.clone(), (file, now + FILE_LIFE));
        media_id
    }

    /// Whether a file is there.
    pub(super) fn has(&self, media_id: &str, now: i64) -> bool {
        self.files.get(media_id).is_some_and(|(_, until)| now < *until)
    }

    /// A file that a card is linked to is kept for good.
    pub(super) fn link_to_card(&mut self, media_id: &str) {
        if let Some((_, until)) = self.files.get_mut(media_id) {
            *until = i64::MAX;
        }
    }

    /// Makes a link to a file; gives its `media_key`.
    pub(super) fn link(&mut self, media_id: &str, now: i64) -> Option<String> {
        self.files.get(media_id).filter(|(_, until)| now < *until)?;
        let key = random::alphanumeric(64);
        self.links.insert(key.clone(), (media_id.to_owned(), now + LINK_LIFE));
        Some(key)
    }

    /// The file behind a link.
    pub(super) fn follow(&self, key: &str, now: i64) -> Option<Bytes> {
        let (media_id, _) = self.links.get(key).filter(|(_, until)| now < *until)?;
        self.files.get(media_id).map(|(file, _)| file.clone())
    }
}
