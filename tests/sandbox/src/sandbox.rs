//! The shared state of the gateway and how it starts.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::{
    account::{Component, Invoices, Shelf, Tokens},
    agenda::{self, Agenda, Worker},
    announce::Announcement,
    callbacks::Callbacks,
    clock::Clock,
    control,
    exchange::Host,
    faults::Faults,
    keys::Keys,
    ledger::Ledger,
    listener::Listener,
    options::Options,
    pay::{
        authorization::Nonces,
        fapiao::{Book, Registry},
    },
    pushes::Pushes,
    settings::Settings,
};

/// Everything the listeners share.
#[derive(Debug)]
pub(crate) struct Sandbox {
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    options: Options,
    settings: Mutex<Settings>,
    book: Mutex<Book>,
    registry: Mutex<Registry>,
    nonces: Mutex<Nonces>,
    tokens: Mutex<Tokens>,
    component: Mutex<Component>,
    shelf: Mutex<Shelf>,
    invoices: Mutex<Invoices>,
    faults: Mutex<Faults>,
    ledger: Mutex<Ledger>,
    callbacks: Mutex<Callbacks>,
    pushes: Mutex<Pushes>,
    agenda: Mutex<Agenda>,
    pub(crate) worker: Worker,
    main: OnceLock<Listener>,
    backup: OnceLock<Listener>,
}

/// A sandbox that takes requests for as long as its runtime lives.
#[derive(Debug)]
pub struct Running {
    /// Addresses, merchants and keys.
    pub announcement: Announcement,
}

/// Opens the three listeners on loopback.
pub async fn start(options: Options) -> Result<Running, Box<dyn std::error::Error + Send + Sync>> {
    let sandbox = Arc::new(Sandbox::new(options).map_err(|error| format!("test keys: {error}"))?);
    let main = Listener::open(Arc::clone(&sandbox), Host::Main, sandbox.options.port).await?;
    let backup = Listener::open(Arc::clone(&sandbox), Host::Backup, sandbox.options.backup_port).await?;
    let (main, backup) = (sandbox.main.get_or_init(|| main).url(), sandbox.backup.get_or_init(|| backup).url());
    for order in sandbox.options.fault_orders()? {
        control::order_fault(&sandbox, order).await?;
    }
    tokio::spawn(agenda::keep_up(Arc::clone(&sandbox)));
    let control = control::open(Arc::clone(&sandbox), sandbox.options.control_port).await?;
    Ok(Running { announcement: Announcement::new(&sandbox.keys, main, backup, control) })
}

impl Sandbox {
    /// Address of the main listener, where every link points to.
    pub(crate) fn main_url(&self) -> String {
        self.main.get().map(Listener::url).unwrap_or_default()
    }

    /// One of the two listeners.
    pub(crate) fn listener(&self, host: Host) -> Option<&Listener> {
        match host {
            Host::Main => self.main.get(),
            Host::Backup => self.backup.get(),
        }
    }

    pub(crate) fn settings(&self) -> MutexGuard<'_, Settings> {
        lock(&self.settings)
    }

    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        lock(&self.book)
    }

    pub(crate) fn registry(&self) -> MutexGuard<'_, Registry> {
        lock(&self.registry)
    }

    pub(crate) fn nonces(&self) -> MutexGuard<'_, Nonces> {
        lock(&self.nonces)
    }

    pub(crate) fn tokens(&self) -> MutexGuard<'_, Tokens> {
        lock(&self.tokens)
    }

    pub(crate) fn component(&self) -> MutexGuard<'_, Component> {
        lock(&self.component)
    }

    pub(crate) fn shelf(&self) -> MutexGuard<'_, Shelf> {
        lock(&self.shelf)
    }

    pub(crate) fn invoices(&self) -> MutexGuard<'_, Invoices> {
        lock(&self.invoices)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        lock(&self.ledger)
    }

    pub(crate) fn callbacks(&self) -> MutexGuard<'_, Callbacks> {
        lock(&self.callbacks)
    }

    pub(crate) fn pushes(&self) -> MutexGuard<'_, Pushes> {
        lock(&self.pushes)
    }

    pub(crate) fn agenda(&self) -> MutexGuard<'_, Agenda> {
        lock(&self.agenda)
    }

    /// Forgets everything that happened; addresses stay.
    pub(crate) fn reset(&self) {
        *self.settings() = Settings::new(&self.options);
        *self.book() = Book::default();
        *self.registry() = Registry::default();
        *self.nonces() = Nonces::default();
        *self.tokens() = Tokens::default();
        *self.component() = Component::default();
        *self.shelf() = Shelf::default();
        *self.invoices() = Invoices::default();
        self.faults().clear();
        self.ledger().clear();
        self.agenda().clear();
        *self.callbacks() = Callbacks::default();
        *self.pushes() = Pushes::default();
        self.clock.put_ahead(0);
    }

    /// The state before anything has happened; nobody listens yet.
    pub(crate) fn new(options: Options) -> Result<Self, rsa::pkcs8::Error> {
        Ok(Self {
            keys: Keys::load()?,
            clock: Clock::default(),
            settings: Mutex::new(Settings::new(&options)),
            ledger: Mutex::new(Ledger::new(options.ledger)),
            options,
            book: Mutex::default(),
            registry: Mutex::default(),
            nonces: Mutex::default(),
            tokens: Mutex::default(),
            component: Mutex::default(),
            shelf: Mutex::default(),
            invoices: Mutex::default(),
            faults: Mutex::default(),
            agenda: Mutex::default(),
            callbacks: Mutex::default(),
            pushes: Mutex::default(),
            worker: Worker::default(),
            main: OnceLock::new(),
            backup: OnceLock::new(),
        })
    }
}

/// A request that panicked leaves its state as it was for the next one.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
