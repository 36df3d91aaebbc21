//! Looks for something newer than what is open, and opens it beside.

mod schedule;

use std::cell::Cell;
use std::future::pending;
use std::pin::pin;
use std::rc::Rc;

use engine::EngineError;
use futures::StreamExt;
use futures::channel::mpsc::unbounded;
use futures::future::select;
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use snapshot::Manifest;
use yew::AttrValue;
use yew::UseReducerDispatcher;

use self::schedule::Schedule;
use super::load::read_beside;
use super::newer::News;
use super::open::OpenSnapshot;
use super::pin;
use super::state::{Action, Setup, State};
use crate::host::again::jittered;
use crate::host::place;
use crate::host::shared::Shared;
use crate::host::timing::now;
use crate::session::engine_http::{look_at, manifest_of};
use crate::session::insist::note;

/// Seconds after which what the address asks for is tried again.
const ASKED_AGAIN: u32 = 300;

/// What is followed.
pub struct Followed {
    /// Where news go.
    pub dispatch: UseReducerDispatcher<State>,
    /// Where the snapshot lies, and how often is looked.
    pub setup: Shared<Setup>,
    /// The id of the snapshot that is open.
    pub open: String,
    /// The id of the one that is coming.
    pub coming: Option<String>,
    /// The id of the one that the address asks for, as far as it is not gone.
    pub pinned: Option<AttrValue>,
    /// True if the view shows facts.
    pub needs_data: bool,
    /// Failures in a row.
    pub failures: u32,
    /// True if the address asks for another snapshot than the open one.
    pub is_asked: bool,
    /// What is remembered from look to look.
    pub memory: Memory,
}

/// A text that was read as a manifest.
type Seen = Option<(String, Shared<Manifest>)>;

/// What is remembered from look to look.
#[derive(Clone, Default)]
pub struct Memory {
    /// When the last look ended, by the page's own clock.
    looked: Rc<Cell<f64>>,
    /// What it gave, if that was read as a manifest: most looks give the same.
    seen: Rc<Cell<Seen>>,
}

/// Waits for the moment, looks once, and tells what came of it.
pub async fn follow(followed: Followed) {
    if !followed.is_asked || followed.failures > 0 {
        followed.moment().await;
    }
    let looked = followed.look().await;
    // A look that was broken off is none.
    followed.memory.looked.set(now());
    let news = match looked {
        Ok(Some(news)) => news,
        Ok(None) => return,
        Err(error) => {
            note(&error);
            News::Failed(error)
        }
    };
    followed.tell(news);
}

impl Followed {
    fn tell(&self, news: News) {
        self.dispatch.dispatch(Action::Newer(news));
    }

    /// Waits until it is time to look, and somebody sees the page.
    async fn moment(&self) {
        // What the address asks for is tried again even where nobody looks for news.
        let asked = self.failures > 0 && self.is_asked;
        let every = self.setup.config.refresh.or(asked.then_some(ASKED_AGAIN));
        let schedule = || Schedule {
            every: every.map(|seconds| seconds.saturating_mul(1_000)),
            failures: self.failures,
            since: (now() - self.memory.looked.get()) as u32,
        };
        let due = pin!(async {
            match schedule().due() {
                Some(wait) => TimeoutFuture::new(jittered(wait)).await,
                None => pending().await,
            }
            // Nobody is told of news in a window that nobody sees.
            while gloo::utils::document().hidden() {
                happened().await;
            }
        });
        let called = pin!(async {
            loop {
                happened().await;
                match schedule().soon() {
                    Some(wait) => TimeoutFuture::new(wait).await,
                    None => pending().await,
                }
                if !gloo::utils::document().hidden() {
                    return;
                }
            }
        });
        select(due, called).await;
    }

    async fn look(&self) -> Result<Option<News>, EngineError> {
        let newest = place::absolute(&self.setup.config.snapshot);
        match &self.pinned {
            Some(id) if **id != *self.open => {
                match pin::read(&newest, id).await {
                    Ok(_) if self.coming.as_deref() == Some(id) => return Ok(Some(News::Same)),
                    Ok(manifest) => return self.open_beside(manifest).await.map(Some),
                    Err(error) if pin::is_gone(&error) => self.tell(News::Gone(id.clone())),
                    Err(error) => return Err(error),
                }
                // The newest one stands in for it, which is the next thing to look for.
                return Ok(None);
            }
            _ => {}
        }
        let manifest = self.newest(&newest).await?;
        let id = manifest.meta.snapshot_id.as_str();
        Ok(Some(match &self.pinned {
            _ if id == self.open => News::Nothing,
            Some(_) => News::Offered(manifest),
            None if self.coming.as_deref() == Some(id) => News::Same,
            None => self.open_beside(manifest).await?,
        }))
    }

    /// What the host points at now; it is read only if it says something else than before.
    async fn newest(&self, address: &str) -> Result<Shared<Manifest>, EngineError> {
        // What came damaged may have been kept like that, under a mark that the host confirms.
        let text = look_at(address, self.failures > 0).await?;
        let seen = self.memory.seen.take().filter(|(before, _)| *before == text);
        let seen = match seen {
            Some(seen) => seen,
            None => {
                let manifest = Shared::new(manifest_of(address, &text)?);
                (text, manifest)
            }
        };
        let manifest = seen.1.clone();
        self.memory.seen.set(Some(seen));
        Ok(manifest)
    }

    async fn open_beside(&self, manifest: Shared<Manifest>) -> Result<News, EngineError> {
        let (described, pinned) = (OpenSnapshot::described(manifest), self.pinned.is_some());
        if !self.needs_data {
            return Ok(News::Opened(described, pinned));
        }
        let data = read_beside(&self.setup.config, &described.manifest).await?;
        let open = OpenSnapshot { data: Some(Shared::new(data)), whole: true, ..described };
        Ok(News::Opened(open, pinned))
    }
}

/// Waits for something that may have changed what the host says, or who reads it.
async fn happened() {
    let (told, mut happens) = unbounded();
    let listen = |target: &web_sys::EventTarget, name: &'static str| {
        let told = told.clone();
        EventListener::new(target, name, move |_| {
            // Whoever has heard one does not wait for another.
            let _ = told.unbounded_send(());
        })
    };
    let (window, document) = (gloo::utils::window(), gloo::utils::document());
    let _listening = [
        listen(&window, "focus"),
        listen(&window, "online"),
        listen(&document, "visibilitychange"),
    ];
    happens.next().await;
}
