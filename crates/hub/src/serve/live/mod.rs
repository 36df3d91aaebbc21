//! The live channel: what happens after the snapshot, told to everybody who listens, and edits of
//! customers. `docs/live.md` is its description.

mod ask;
mod channel;
mod clock;
mod customers;
mod edits;
mod journal;
mod laid;
mod listener;
mod options;
mod origins;
mod pace;
mod recorded;
mod told;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::header::{CONNECTION, HOST, ORIGIN, SEC_WEBSOCKET_PROTOCOL, UPGRADE};
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use serde_json::json;
use tokio::sync::{Semaphore, watch};

use super::current::{Current, Open};
use super::{log, reply};
use channel::Channel;
use journal::Journal;
use laid::Laying;
pub use laid::{Laid, NotLaid};
pub use options::LiveOptions;
use origins::Origins;
use pace::Pace;
use told::Written;

/// The name of the protocol.
const PROTOCOL: &str = "insights-hub.live.v1";

/// Listeners at once.
const MOST_LISTENERS: usize = 256;

/// Bytes of what a listener says at most.
const MOST_SAID: usize = 4 * 1024;

/// How long listeners have to leave once the program shall end.
const FAREWELL: Duration = Duration::from_secs(2);

/// The channel of a site.
pub struct Live {
    channel: Arc<Channel>,
    current: Arc<Current>,
    origins: Origins,
    room: Arc<Semaphore>,
    /// Sent whenever all who listen shall leave.
    leave: watch::Sender<()>,
    tick: Duration,
    edits: Pace,
    laying: Laying,
}

impl Live {
    /// Opens the channel, if one is asked for, and tells what it has to tell by itself.
    ///
    /// # Errors
    /// If the journal cannot be read or written, or is another snapshot's.
    pub fn open(options: &LiveOptions, current: &Arc<Current>) -> Result<Option<Arc<Self>>> {
        let Some(path) = options.journal()? else { return Ok(None) };
        let open = current.now();
        let meta = open.facts.meta();
        let journal = Journal::open(path, meta)?;
        let channel = Arc::new(Channel::of(journal));
        let live = Arc::new(Self {
            channel: channel.clone(),
            current: current.clone(),
            origins: Origins::of(&options.allow_origin),
            room: Arc::new(Semaphore::new(MOST_LISTENERS)),
            leave: watch::Sender::new(()),
            tick: Duration::from_millis(options.live_tick),
            edits: Pace::of_edits(),
            laying: Laying::default(),
        });
        live.published();
        if options.recorded() {
            let events = recorded::read(&current.folder)?;
            let every = Duration::from_millis(options.live_every);
            tokio::spawn(recorded::tell(events, channel, every));
        }
        Ok(Some(live))
    }

    /// Tells of the snapshot that is served now, unless that was told before.
    pub fn published(&self) {
        let open = self.current.now();
        let meta = open.facts.meta();
        let (id, covers) = (meta.snapshot_id.clone(), meta.covers);
        let told = self.channel.write(|journal| {
            if journal.snapshot == id || covers > journal.last() {
                return Ok(Written::default());
            }
            let event = json!({
                "type": "snapshot_published", "at": clock::now(), "snapshot_id": id, "covers": covers,
            });
            journal.published(event, &id)
        });
        if let Err(error) = told {
            log::note("not_told", &format!("{error:#}"));
        }
        if covers > self.channel.state().last {
            log::note("not_told", "the snapshot holds events that this channel does not have");
        }
    }

    /// The facts of a snapshot under all events that were told since.
    ///
    /// # Errors
    /// If events are gone, or the snapshot or the journal cannot be read.
    pub async fn over(self: &Arc<Self>, open: &Arc<Open>) -> Result<Laid, NotLaid> {
        if let Some(laid) = self.laying.known(open, &self.channel) {
            return Ok(laid);
        }
        let (live, open) = (self.clone(), open.clone());
        let laid = tokio::task::spawn_blocking(move || live.laying.lay(&open, &live.channel)).await;
        laid.map_err(anyhow::Error::from)?
    }

    /// Sends away whoever listens.
    pub fn send_away(&self) {
        self.leave.send_replace(());
    }

    /// Sends everybody away, and waits a while until they are gone.
    pub async fn close(&self) {
        self.send_away();
        let all = u32::try_from(MOST_LISTENERS).unwrap_or(u32::MAX);
        let _ = tokio::time::timeout(FAREWELL, self.room.acquire_many(all)).await;
        self.room.close();
        self.channel.settle();
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        MOST_LISTENERS.saturating_sub(self.room.available_permits())
    }

    /// Opens a WebSocket for a listener.
    async fn listen(&self, request: Request<Body>, who: Who) -> Response<Body> {
        let (mut parts, _) = request.into_parts();
        if who == Who::Anybody && !self.origins.take(&parts.headers) {
            return reply::refusal(
                StatusCode::FORBIDDEN,
                "Pages of other sites do not listen here",
            );
        }
        let socket = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
            Ok(socket) => socket.protocols([PROTOCOL]),
            Err(rejection) => return no_socket(&rejection),
        };
        if parts.headers.contains_key(SEC_WEBSOCKET_PROTOCOL)
            && socket.selected_protocol().is_none()
        {
            let why = format!("The protocol spoken here is {PROTOCOL}");
            return reply::refusal(StatusCode::BAD_REQUEST, &why);
        }
        let Ok(place) = self.room.clone().try_acquire_owned() else {
            return reply::refusal(StatusCode::SERVICE_UNAVAILABLE, "Too many listen here");
        };
        let (channel, leave, tick) = (self.channel.clone(), self.leave.subscribe(), self.tick);
        let socket = socket.max_message_size(MOST_SAID).max_frame_size(MOST_SAID);
        socket.on_upgrade(move |socket| async move {
            listener::serve(socket, &channel, leave, (tick, who.lasts())).await;
            drop(place);
        })
    }
}

/// What is told to whoever asks otherwise than for a WebSocket.
fn no_socket(rejection: &WebSocketUpgradeRejection) -> Response<Body> {
    let mut response = reply::refusal(StatusCode::UPGRADE_REQUIRED, &rejection.to_string());
    response.headers_mut().insert(UPGRADE, HeaderValue::from_static("websocket"));
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("upgrade"));
    response
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody; from which page is looked at here.
    Anybody,
    /// Somebody whom a guard has let in, for so long.
    LetIn(Duration),
}

impl Who {
    /// For how long they may listen, if that ends by itself.
    fn lasts(self) -> Option<Duration> {
        match self {
            Self::Anybody => None,
            Self::LetIn(lasts) => Some(lasts),
        }
    }
}

/// What of the channel an address asks for.
#[derive(Clone, Copy)]
pub enum Asked<'a> {
    /// To listen.
    Listen,
    /// To edit the customer of an id.
    Edit(&'a str),
}

impl<'a> Asked<'a> {
    /// What a path below the site's root asks for, if it is something of the channel's.
    pub fn of(path: &'a str) -> Option<Self> {
        match path {
            "/live" => Some(Self::Listen),
            _ => path.strip_prefix("/api/customers/").map(Self::Edit),
        }
    }

    /// What that is, as it is written down.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Listen => "live",
            Self::Edit(_) => "edit",
        }
    }
}

impl Live {
    /// Answers what is asked for, and says what that was.
    pub async fn answer(
        self: &Arc<Self>,
        asked: Asked<'_>,
        request: Request<Body>,
        who: Who,
    ) -> (&'static str, Response<Body>) {
        let response = match asked {
            Asked::Listen => self.listen(request, who).await,
            Asked::Edit(id) => self.edit(id, request, who).await,
        };
        (asked.kind(), response)
    }
}

/// A header's text.
fn text<'a>(headers: &'a HeaderMap, name: &axum::http::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The names that a request has for the site and for the page that it comes from.
fn ends(headers: &HeaderMap) -> (Option<&str>, Option<&str>) {
    (text(headers, &HOST), text(headers, &ORIGIN))
}
