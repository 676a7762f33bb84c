//! Reading the JSON of a control call, with refusals in JSON too.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
};
use serde::de::DeserializeOwned;

use super::Refused;

/// The JSON body of a control call, whatever its Content-Type says.
#[derive(Debug)]
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let refuse = |reason: String| Refused::new(StatusCode::BAD_REQUEST, reason);
        let bytes = Bytes::from_request(request, state).await.map_err(|error| refuse(error.to_string()))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| refuse(error.to_string()))
    }
}
