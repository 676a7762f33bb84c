//! Where programs keep what is in doubt: in memory, comparing and swapping.

use fapiao::flow::{NeedKind, NeedResult};
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(crate) struct Store {
    texts: BTreeMap<String, (String, u64)>,
    versions: u64,
}

impl Store {
    /// Does what a flow asks of a store.
    pub(crate) fn operate(&mut self, kind: &NeedKind) -> Option<NeedResult> {
        match kind {
            NeedKind::Load { key } => {
                let found = self.texts.get(key);
                let (text, version) = found.map(|(text, version)| (text.clone(), version.to_string())).unzip();
                Some(NeedResult::Loaded { text, version })
            }
            NeedKind::Store { key, text, version } => Some(self.put(key, text, version.as_deref())),
            _ => None,
        }
    }

    fn put(&mut self, key: &str, text: &str, replaces: Option<&str>) -> NeedResult {
        let current = self.texts.get(key).map(|(_, version)| version.to_string());
        if current.as_deref() != replaces {
            return NeedResult::LostRace;
        }
        self.versions += 1;
        self.texts.insert(key.to_owned(), (text.to_owned(), self.versions));
        NeedResult::Stored { version: self.versions.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_who_saw_the_same_one_stores() {
        let mut store = Store::default();
        let put = |version: Option<&str>| NeedKind::Store {
            key: "k".into(),
            text: "t".into(),
            version: version.map(ToOwned::to_owned),
        };
        assert!(matches!(store.operate(&put(None)), Some(NeedResult::Stored { version }) if version == "1"));
        assert!(matches!(store.operate(&put(None)), Some(NeedResult::LostRace)));
        assert!(matches!(store.operate(&put(Some("1"))), Some(NeedResult::Stored { version }) if version == "2"));
        let loaded = store.operate(&NeedKind::Load { key: "k".into() });
        assert!(matches!(loaded, Some(NeedResult::Loaded { version: Some(version), .. }) if version == "2"));
    }
}
