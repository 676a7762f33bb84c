//! A store of one text that compares and swaps, shared by the workers of one job.

use fapiao::flow::NeedResult;

#[derive(Default)]
pub(crate) struct Store {
    key: String,
    text: Option<String>,
    version: u32,
}

impl Store {
    pub(crate) fn load(&mut self, key: &str) -> NeedResult {
        self.check(key);
        NeedResult::Loaded { text: self.text.clone(), version: self.version() }
    }

    /// Keeps a text where what is there still has this version.
    pub(crate) fn store(&mut self, key: &str, text: String, version: Option<&str>) -> NeedResult {
        self.check(key);
        if self.version().as_deref() != version {
            return NeedResult::LostRace;
        }
        (self.text, self.version) = (Some(text), self.version + 1);
        NeedResult::Stored { version: self.version.to_string() }
    }

    /// Whether what is kept has this in it.
    pub(crate) fn holds(&self, part: &str) -> bool {
        self.text.as_ref().is_some_and(|text| text.contains(part))
    }

    /// Whether this job keeps its doubts here.
    pub(crate) fn is_used(&self) -> bool {
        !self.key.is_empty()
    }

    fn version(&self) -> Option<String> {
        self.text.is_some().then(|| self.version.to_string())
    }

    /// One job, one key.
    fn check(&mut self, key: &str) {
        if self.key.is_empty() {
            key.clone_into(&mut self.key);
        }
        assert_eq!(self.key, key, "the key of the same job");
    }
}
