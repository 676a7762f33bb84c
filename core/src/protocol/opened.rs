//! Answers whose entries are encrypted under the merchant's `APIv3` key: the list of platform certificates. That key vouches for
//! what it opens, so that the certificates in an answer may verify the answer itself.
//! [Official page](https://pay.weixin.qq.com/docs/merchant/products/platform-certificate/apilist.html)

use super::resource::Resource;
use crate::error::{Code, Error, Result};
use crate::identity::Merchant;
use crate::json::{Object, Raw, quote};
use crate::keys::KeyRing;
use crate::schema::EncryptedEntries;

/// An answer with its entries in the clear.
pub(super) struct Opened {
    /// The answer, with the plaintexts in place of what was encrypted.
    pub(super) body: Vec<u8>,
    /// The certificates among them.
    pub(super) ring: KeyRing,
}

/// Opens the entries of an answer.
pub(super) fn open(entries: EncryptedEntries, body: &[u8], merchant: &Merchant) -> Result<Opened> {
    let not_json = || Error::new(Code::ParseJson, "the answer is not a JSON object");
    let object = std::str::from_utf8(body).ok().and_then(Object::parse).ok_or_else(not_json)?;
    let mut ring = KeyRing::new();
    let body = rewritten(&object, |name, list, out| {
        if name != entries.list {
            out.push_str(list.get());
            return Ok(());
        }
        out.push('[');
        for (index, entry) in list.list().unwrap_or_default().into_iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            let place = format!("/{name}/{index}/{}", entries.member);
            let Some(members) = entry.object() else {
                out.push_str(entry.get());
                continue;
            };
            let entry = rewritten(&members, |name, value, out| {
                if name != entries.member {
                    out.push_str(value.get());
                    return Ok(());
                }
                let plaintext = opened(value, &place, merchant)?;
                // One that is not RSA's verifies nothing here, and is handed on all the same.
                if let Ok(more) = ring.clone().certificate(&merchant.mchid, plaintext.as_bytes()) {
                    ring = more;
                }
                quote(&plaintext, out);
                Ok(())
            })?;
            out.push_str(&entry);
        }
        out.push(']');
        Ok(())
    })?;
    Ok(Opened { body: body.into_bytes(), ring })
}

fn opened(value: Raw<'_>, place: &str, merchant: &Merchant) -> Result<String> {
    let plaintext = Resource::read(value, place)?.open(&merchant.api_v3_keys)?;
    Ok(String::from_utf8_lossy(&plaintext).into_owned())
}

/// An object written again, each value by `write`.
fn rewritten(object: &Object<'_>, mut write: impl FnMut(&str, Raw<'_>, &mut String) -> Result<()>) -> Result<String> {
    let mut out = String::from("{");
    for (index, (name, value)) in object.members().enumerate() {
        if index > 0 {
            out.push(',');
        }
        quote(name, &mut out);
        out.push(':');
        write(name, value, &mut out)?;
    }
    out.push('}');
    Ok(out)
}
