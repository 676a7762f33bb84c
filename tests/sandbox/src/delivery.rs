//! Writing an answer to the wire, well or badly.

use std::{convert::Infallible, fmt, io, time::Duration};

use bytes::Bytes;
use futures_util::stream;
use http_body_util::{BodyExt, Full, StreamBody, combinators::BoxBody};
use hyper::{
    body::Frame,
    header::{CONTENT_LENGTH, HeaderName, HeaderValue},
};

use crate::exchange::{Answer, Delivery};

/// An answer of the HTTP library.
pub(crate) type Response = hyper::Response<BoxBody<Bytes, io::Error>>;

/// The connection closes without an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut;

/// Turns an answer into what the HTTP library writes.
pub(crate) fn response(answer: Answer) -> Result<Response, Cut> {
    if answer.delivery == Delivery::Cut {
        return Err(Cut);
    }
    let length = answer.body.len();
    let mut response = hyper::Response::new(body(answer.delivery, answer.body));
    *response.status_mut() = hyper::StatusCode::from_u16(answer.status).map_err(|_| Cut)?;
    for (name, value) in answer.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Cut)?;
        response.headers_mut().append(name, HeaderValue::from_str(&value).map_err(|_| Cut)?);
    }
    if answer.delivery == Delivery::Truncated {
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length.max(1)));
    }
    Ok(response)
}

impl fmt::Display for Cut {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the connection is closed on purpose")
    }
}

impl std::error::Error for Cut {}

fn body(delivery: Delivery, bytes: Bytes) -> BoxBody<Bytes, io::Error> {
    match delivery {
        Delivery::Whole | Delivery::Cut => BodyExt::boxed(Full::new(bytes).map_err(|never: Infallible| match never {})),
        Delivery::Chunked => {
            let middle = bytes.len() / 2;
            let pieces = [bytes.slice(..middle), bytes.slice(middle..)].into_iter().filter(|piece| !piece.is_empty());
            let frames: Vec<_> = pieces.map(|piece| Ok(Frame::data(piece))).collect();
            BodyExt::boxed(StreamBody::new(stream::iter(frames)))
        }
        Delivery::Truncated => {
            let half = bytes.slice(..bytes.len() / 2);
            BodyExt::boxed(StreamBody::new(Box::pin(stream::unfold(Some(half), broken_off))))
        }
    }
}

/// The half that is sent, then, once it has left, an error that makes the library close the connection.
async fn broken_off(half: Option<Bytes>) -> Option<(io::Result<Frame<Bytes>>, Option<Bytes>)> {
    if let Some(half) = half {
        return Some((Ok(Frame::data(half)), None));
    }
    tokio::time::sleep(Duration::from_millis(20)).await;
    Some((Err(io::ErrorKind::UnexpectedEof.into()), None))
}
