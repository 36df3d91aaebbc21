//! A headline that moves from its old value to its new one.

use facts::KpiId;
use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use widgets::KpiCard;
use widgets::kpi_cards::headline_of;
use yew::prelude::*;

use crate::ask::use_format;
use crate::host::by_browser::number;
use crate::host::media::is_still;
use crate::host::shared::Shared;

/// How long a value is on its way.
const MILLISECONDS: f64 = 420.0;

/// The text to show now: the card's own, or one between the value before and its own.
#[hook]
pub fn use_eased(card: &Shared<KpiCard>) -> String {
    let between = use_state(|| None::<String>);
    let before = use_mut_ref(|| card.exact.clone());
    let format = use_format();
    let key = (card.id, card.exact.clone());
    {
        let between = between.clone();
        use_effect_with(key, move |(id, exact)| {
            let old = before.replace(exact.clone());
            let value = |text: &Option<String>| text.as_ref().and_then(|text| number(text));
            let way = value(&old).zip(value(exact)).filter(|(from, to)| from != to && !is_still());
            let frames =
                way.zip(format).zip(KpiId::from_key(id)).map(|(((from, to), format), id)| {
                    let between = between.clone();
                    Frames::start(move |progress| {
                        // Fast at first, slow at the end.
                        let eased = 1.0 - (1.0 - progress).powi(3);
                        let text = headline_of(id, &format, from + (to - from) * eased);
                        between.set((progress < 1.0).then_some(text));
                    })
                });
            move || {
                drop(frames);
                between.set(None);
            }
        });
    }
    (*between).clone().unwrap_or_else(|| card.text.clone())
}

/// What the browser calls at each frame, with the time.
type Frame = Closure<dyn FnMut(f64)>;

/// Calls back every frame for a while; ends when dropped.
struct Frames(std::rc::Rc<Running>);

struct Running {
    ended: std::cell::Cell<bool>,
    /// The frame that the browser was asked for and has not called yet.
    asked: std::cell::Cell<Option<i32>>,
    frame: std::cell::RefCell<Option<Frame>>,
}

impl Frames {
    fn start(mut show: impl FnMut(f64) + 'static) -> Self {
        let running = std::rc::Rc::new(Running {
            ended: std::cell::Cell::new(false),
            asked: std::cell::Cell::default(),
            frame: std::cell::RefCell::default(),
        });
        let weak = std::rc::Rc::downgrade(&running);
        let mut began = None;
        let frame = Frame::new(move |now: f64| {
            let Some(running) = weak.upgrade().filter(|running| !running.ended.get()) else {
                return;
            };
            running.asked.set(None);
            let progress = ((now - *began.get_or_insert(now)) / MILLISECONDS).clamp(0.0, 1.0);
            show(progress);
            if progress < 1.0 {
                running.ask();
            }
        });
        running.frame.replace(Some(frame));
        running.ask();
        Self(running)
    }
}

impl Running {
    fn ask(&self) {
        let frame = self.frame.borrow();
        let Some(frame) = frame.as_ref() else { return };
        let callback: &Function = frame.as_ref().unchecked_ref();
        // A window without frames shows the new value at once.
        self.asked.set(gloo::utils::window().request_animation_frame(callback).ok());
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        self.0.ended.set(true);
        // What the browser would call goes with this: it must not be asked for any more.
        if let Some(asked) = self.0.asked.take() {
            let _ = gloo::utils::window().cancel_animation_frame(asked);
        }
    }
}
