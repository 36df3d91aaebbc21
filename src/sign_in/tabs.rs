//! What one tab tells the others: somebody signed in, or out.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent, StorageEvent};
use yew::Callback;

/// What happened in another tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Somebody signed in.
    In,
    /// Somebody signed out.
    Out,
}

const NAME: &str = "insights-hub.sign-in";

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
    channel: Option<BroadcastChannel>,
    _listener: EventListener,
}

impl Tabs {
    /// Listens; browsers without channels tell each other through their storage.
    pub fn listen(heard: Callback<News>) -> Self {
        if let Ok(channel) = BroadcastChannel::new(NAME) {
            let listener = EventListener::new(&channel, "message", move |event| {
                let word =
                    event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                if let Some(news) = word.as_deref().and_then(News::read) {
                    heard.emit(news);
                }
            });
            return Self { channel: Some(channel), _listener: listener };
        }
        let listener = EventListener::new(&gloo::utils::window(), "storage", move |event| {
            let event = event.dyn_ref::<StorageEvent>();
            let ours = event.filter(|event| event.key().as_deref() == Some(NAME));
            let word = ours.and_then(StorageEvent::new_value);
            if let Some(news) = word.as_deref().and_then(News::read) {
                heard.emit(news);
            }
        });
        Self { channel: None, _listener: listener }
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
            let _ = storage.set_item(NAME, news.word());
            let _ = storage.remove_item(NAME);
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
