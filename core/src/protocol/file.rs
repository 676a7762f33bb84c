//! A downloaded file.

/// A downloaded file whose digest, where one is documented, is right.
#[derive(Clone)]
#[non_exhaustive]
pub struct File {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The media type by its first bytes: `application/pdf`, or `application/ofd`.
    pub media_type: &'static str,
    /// The name the gateway gives it.
    pub filename: Option<String>,
}
impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("File")
            .field("media_type", &self.media_type)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
