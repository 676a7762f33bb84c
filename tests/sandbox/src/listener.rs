//! Listeners that can be taken down and put up again on the same port.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use http_body_util::{BodyExt, Limited};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};

use crate::{
    delivery::{self, Cut},
    exchange::{Arrival, Host},
    gateway,
    sandbox::Sandbox,
};

/// The connection of a larger request is closed; the largest documented upload has 2 MB.
const LARGEST: usize = 16 * 1024 * 1024;

/// Whether a listener takes connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Presence {
    Up,
    Down,
}

/// One door of the gateway.
#[derive(Debug)]
pub(crate) struct Listener {
    address: SocketAddr,
    wanted: watch::Sender<Presence>,
    actual: watch::Receiver<Presence>,
}

impl Listener {
    /// Opens a door on loopback.
    pub(crate) async fn open(sandbox: Arc<Sandbox>, host: Host, port: u16) -> io::Result<Self> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = socket.local_addr()?;
        let (wanted, orders) = watch::channel(Presence::Up);
        let (state, actual) = watch::channel(Presence::Up);
        let door = Door { sandbox, host, orders };
        tokio::spawn(async move { door.keep(socket, address, &state).await });
        Ok(Self { address, wanted, actual })
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Takes it down, with all its connections, or puts it up; returns once that is so.
    pub(crate) async fn set(&self, presence: Presence) {
        let mut actual = self.actual.clone();
        if self.wanted.send(presence).is_ok() {
            // The door's task holds the other end for as long as the process lives.
            let _gone = actual.wait_for(|state| *state == presence).await;
        }
    }
}

struct Door {
    sandbox: Arc<Sandbox>,
    host: Host,
    orders: watch::Receiver<Presence>,
}

impl Door {
    async fn keep(mut self, first: TcpListener, address: SocketAddr, state: &watch::Sender<Presence>) {
        let mut socket = Some(first);
        loop {
            if let Some(open) = socket.take() {
                self.accept(&open).await;
            }
            state.send_replace(Presence::Down);
            if self.orders.wait_for(|wanted| *wanted == Presence::Up).await.is_err() {
                return;
            }
            socket = TcpListener::bind(address).await.ok();
            if socket.is_none() {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                continue;
            }
            state.send_replace(Presence::Up);
        }
    }

    /// Takes connections until the door is to be closed.
    async fn accept(&self, socket: &TcpListener) {
        let mut orders = self.orders.clone();
        loop {
            tokio::select! {
                connection = socket.accept() => {
                    if let Ok((stream, _)) = connection {
                        self.serve(stream);
                    }
                }
                _down = orders.wait_for(|wanted| *wanted == Presence::Down) => return,
            }
        }
    }

    fn serve(&self, stream: TcpStream) {
        let (sandbox, host, mut orders) = (Arc::clone(&self.sandbox), self.host, self.orders.clone());
        tokio::spawn(async move {
            // Without this, the kernel holds small answers back for an acknowledgement.
            let _unsupported = stream.set_nodelay(true);
            let service = service_fn(move |request| answer(Arc::clone(&sandbox), host, request));
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            tokio::select! {
                // A client that hangs up, or a fault that cuts: both end here and concern nobody else.
                _ended = connection => {}
                _down = orders.wait_for(|wanted| *wanted == Presence::Down) => {}
            }
        });
    }
}

async fn answer(sandbox: Arc<Sandbox>, host: Host, request: Request<Incoming>) -> Result<delivery::Response, Cut> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, LARGEST).collect().await.map_err(|_| Cut)?.to_bytes();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let arrival = Arrival {
        host,
        method: head.method.as_str().to_owned(),
        target: head.uri.path_and_query().map_or("", |target| target.as_str()).to_owned(),
        headers: head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect(),
        body,
    };
    delivery::response(gateway::take(&sandbox, arrival).await)
}
