//! What merchants and providers have set up before any invoice.

mod invitation;
mod sub_merchant;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

pub(crate) use self::{
    invitation::{Invitation, Outcome},
    sub_merchant::{Relation, SubMerchant, SubMerchantChange},
};
use super::book::Scope;
use crate::keys::SUB_MERCHANTS;

/// A card template (卡券模板).
#[derive(Debug, Clone)]
pub(super) struct CardTemplate {
    pub(super) appid: String,
    pub(super) card_id: String,
}

/// The development options (开发选项).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct DevelopmentConfig {
    /// Where callbacks go; empty as long as nobody has said.
    #[serde(default)]
    pub(crate) callback_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) show_fapiao_cell: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) support_vat_fapiao: Option<bool>,
}

/// The gateway's memory of merchants.
#[derive(Debug)]
pub(crate) struct Registry {
    sub_merchants: BTreeMap<String, SubMerchant>,
    pub(super) invitations: Vec<Invitation>,
    pub(super) templates: HashMap<Scope, CardTemplate>,
    pub(super) configs: HashMap<Scope, DevelopmentConfig>,
}

impl Default for Registry {
    fn default() -> Self {
        let ready = |number: &str| (number.to_owned(), SubMerchant::ready());
        Self {
            sub_merchants: SUB_MERCHANTS.into_iter().map(ready).collect(),
            invitations: Vec::new(),
            templates: HashMap::new(),
            configs: HashMap::new(),
        }
    }
}

impl Registry {
    /// The sub-merchant of that number, if it has accepted the provider.
    pub(crate) fn partner_of(&self, number: &str) -> Option<&SubMerchant> {
        self.sub_merchants.get(number).filter(|known| known.relation == Relation::Accepted)
    }

    /// The sub-merchant of that number; one that was unknown is ready for everything.
    pub(crate) fn sub_merchant(&mut self, number: &str) -> &mut SubMerchant {
        self.sub_merchants.entry(number.to_owned()).or_insert_with(SubMerchant::ready)
    }

    /// Ends the invitation of that code; a success makes the merchant a partner.
    pub(crate) fn end_invitation(&mut self, code: &str, now: i64, outcome: Outcome) -> Option<()> {
        let invitation = self.invitations.iter_mut().find(|invitation| invitation.code == code)?;
        invitation.sub_mchid = outcome.sub_mchid.clone().or(invitation.sub_mchid.take());
        let accepted = invitation.sub_mchid.clone().filter(|_| outcome.failed_code.is_none());
        invitation.end = Some((now, outcome));
        if let Some(number) = accepted {
            self.sub_merchant(&number).relation = Relation::Accepted;
        }
        Some(())
    }

    /// Sets the address callbacks about somebody's invoices go to.
    pub(crate) fn set_callback_url(&mut self, scope: Scope, url: String) {
        self.configs.entry(scope).or_default().callback_url = url;
    }

    /// Where callbacks about somebody's invoices go: to the address set for the sub-merchant, or to its provider's.
    pub(crate) fn callback_url(&self, scope: &Scope) -> Option<&str> {
        let provider = Scope { sub_mchid: None, ..scope.clone() };
        let set = |scope: &Scope| self.configs.get(scope).map(|config| config.callback_url.as_str());
        [set(scope), set(&provider)].into_iter().flatten().find(|url| !url.is_empty())
    }
}
