//! The host of a flow: keys, clock, network and store of one path.

use crate::book::{Book, Event};
use crate::calls::{Class, Job};
use crate::choices::Choices;
use crate::gateway::Gateway;
use crate::running::{Ended, Going, Running};
use crate::store::Store;
use crate::told::{Signer, Told};
use crate::world::{Asked, Client, Fails, Meets, Program, World};
use fapiao::flow::{NeedKind, NeedResult};
use fapiao::{Moment, SeenAnswers, SignatureCheck};
use http::{Method, Request, Response};

pub(crate) const START: i64 = 1_795_305_600;
/// How often a store or a key fails at most.
const FAULTS: usize = 1;
/// More steps than any flow takes.
const ENDLESS: usize = 200;

pub(crate) struct Host<'a> {
    pub(crate) job: Job,
    pub(crate) client: Client,
    fails: Fails,
    pub(crate) sends: &'a [Meets],
    pub(crate) questions: &'a [Asked],
    pub(crate) choices: &'a mut Choices,
    pub(crate) now: i64,
    pub(crate) gateway: Gateway,
    pub(crate) store: Store,
    pub(crate) signer: Signer,
    pub(crate) seen: SeenAnswers,
    /// An answer that another request had.
    pub(crate) earlier: Option<Response<Vec<u8>>>,
    moments: u64,
    faults: usize,
    /// Nobody else is at the job.
    pub(crate) alone: bool,
    /// Which of its workers is at it.
    pub(crate) worker: usize,
    pub(crate) book: Book,
}

impl<'a> Host<'a> {
    pub(crate) fn new(
        world: &World,
        job: Job,
        (sends, questions): (&'a [Meets], &'a [Asked]),
        choices: &'a mut Choices,
    ) -> Self {
        let mut host = Self {
            job,
            client: world.client,
            fails: world.fails,
            sends,
            questions,
            choices,
            now: START,
            gateway: Gateway::new(world.clock_ahead),
            store: Store::default(),
            signer: Signer::default(),
            seen: SeenAnswers::new(),
            earlier: None,
            moments: 0,
            faults: 0,
            alone: world.program != Program::Workers,
            worker: 0,
            book: Book::default(),
        };
        if sends.iter().any(|meets| meets.told == Told::Replayed) {
            host.answer_another_call();
        }
        host
    }

    /// The same host, whose requests and questions meet this from now on, and nothing else fails.
    pub(crate) fn meeting<'b>(self, sends: &'b [Meets], questions: &'b [Asked]) -> Host<'b>
    where
        'a: 'b,
    {
        Host { sends, questions, fails: Fails::Nothing, ..self }
    }

    /// A flow of the job, as this host sets it up.
    pub(crate) fn flow(&mut self) -> Box<dyn Running> {
        self.book.begins(self.worker);
        let mut flow = self.job.flow();
        if self.client == Client::Repeats {
            flow.client_repeats();
        }
        flow.remember_in(&self.seen);
        flow
    }

    /// Drives a flow to its end.
    pub(crate) fn drive(&mut self, mut flow: Box<dyn Running>) -> Ended {
        for _ in 0..ENDLESS {
            match flow.step(&self.moment()) {
                Going::Over(ended) => return ended,
                Going::Needs(needs) => {
                    for need in needs {
                        let result = self.operate(need.kind);
                        flow.give(need.id, result);
                    }
                }
            }
        }
        panic!("the flow does not end: {:?}", self.book.events)
    }

    pub(crate) fn moment(&mut self) -> Moment {
        self.moments += 1;
        let mut entropy = [0; 32];
        entropy[..8].copy_from_slice(&self.moments.to_be_bytes());
        Moment::new(self.now, entropy).unwrap()
    }

    /// Does one piece of work, or fails at it.
    pub(crate) fn operate(&mut self, kind: NeedKind) -> NeedResult {
        let fault = match (&kind, self.fails) {
            (NeedKind::Sign { .. } | NeedKind::Encrypt { .. } | NeedKind::Verify { .. }, Fails::Keys)
                if self.faults < FAULTS =>
            {
                self.choices.pick(2)
            }
            (NeedKind::Load { .. } | NeedKind::Store { .. }, Fails::Store) if self.faults < FAULTS => {
                self.choices.pick(3)
            }
            _ => 0,
        };
        if fault == 0 {
            return self.work(kind);
        }
        self.book.events.push(Event::Failed);
        // Whatever was answered could not be made use of.
        self.book.last_answer = None;
        self.faults += 1;
        if fault == 2 {
            // It is done, but nobody says so.
            self.work(kind);
        }
        NeedResult::Failed
    }

    fn work(&mut self, kind: NeedKind) -> NeedResult {
        match kind {
            NeedKind::Sign { .. } => NeedResult::Signed(vec![0; 256]),
            NeedKind::Encrypt { .. } => NeedResult::Encrypted(vec![7; 256]),
            NeedKind::Decrypt { ciphertext, .. } => NeedResult::Decrypted(ciphertext),
            NeedKind::Verify { signature, .. } => NeedResult::Checked(if Signer::is_right(&signature) {
                SignatureCheck::Valid
            } else {
                SignatureCheck::Invalid
            }),
            NeedKind::Send { request, .. } if self.is_question(&request) => self.ask(),
            NeedKind::Send { request, .. } => self.send(&request),
            NeedKind::Wait { milliseconds } => {
                let seconds = i64::try_from(milliseconds.div_ceil(1000)).unwrap();
                self.book.events.push(Event::Waited(seconds));
                self.now += seconds;
                NeedResult::Waited
            }
            NeedKind::Load { key } => {
                let loaded = self.store.load(&key);
                if self.store.holds(r#""settled":"no""#) {
                    self.book.hears_of_no(self.worker);
                }
                loaded
            }
            NeedKind::Store { key, text, version } => self.store.store(&key, text, version.as_deref()),
            other => panic!("{other:?}"),
        }
    }

    fn is_question(&self, request: &Request<Vec<u8>>) -> bool {
        self.job.class() != Class::Safe && request.method() == Method::GET
    }
}
