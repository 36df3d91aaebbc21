//! What one tab tells the others: somebody signed in, or out.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent, StorageEvent};
use yew::Callback;

use crate::host::place;

/// What happened in another tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Somebody signed in.
    In,
    /// Somebody signed out.
    Out,
}

/// Where tabs are told of the edge's sessions, which are for all of a host.
const NAME: &str = "insights-hub.sign-in";

/// Where they are told: what Google says to one page alone is not for other hubs of the same host.
fn name(edge: bool) -> String {
    if edge { NAME.to_owned() } else { format!("{NAME} {}", place::path()) }
}

impl News {
    fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    fn read(word: &str) -> Option<Self> {
        [Self::In, Self::Out].into_iter().find(|news| news.word() == word)
    }
}

/// Hears the other tabs until it is dropped.
pub struct Tabs {
    name: String,
    channel: Option<BroadcastChannel>,
    _listener: EventListener,
}

impl Tabs {
    /// Listens for news of sessions, the edge's or this page's own; browsers without channels tell
    /// each other through their storage.
    pub fn listen(edge: bool, heard: Callback<News>) -> Self {
        let name = name(edge);
        if let Ok(channel) = BroadcastChannel::new(&name) {
            let listener = EventListener::new(&channel, "message", move |event| {
                let word =
                    event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                if let Some(news) = word.as_deref().and_then(News::read) {
                    heard.emit(news);
                }
            });
            return Self { name, channel: Some(channel), _listener: listener };
        }
        let listened = name.clone();
        let listener = EventListener::new(&gloo::utils::window(), "storage", move |event| {
            let event = event.dyn_ref::<StorageEvent>();
            let ours = event.filter(|event| event.key().as_ref() == Some(&listened));
            let word = ours.and_then(StorageEvent::new_value);
            if let Some(news) = word.as_deref().and_then(News::read) {
                heard.emit(news);
            }
        });
        Self { name, channel: None, _listener: listener }
    }

    /// Tells the others.
    pub fn tell(&self, news: News) {
        if let Some(channel) = &self.channel {
            // Nobody may be listening.
            let _ = channel.post_message(&news.word().into());
            return;
        }
        let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        if let Some(storage) = storage {
            // Only a change is told; the word itself need not stay.
            let _ = storage.set_item(&self.name, news.word());
            let _ = storage.remove_item(&self.name);
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
