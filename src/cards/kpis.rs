//! The row of KPI cards, one of which may be open to its breakdown.

use facts::kpi::SHOWN_BY_DEFAULT;
use facts::{KpiId, View};
use widgets::KpiCard;
use widgets::kpi_cards::kpi_card;
use yew::prelude::*;

use super::away::use_away;
use super::kpi::{Kpi, kpi_skeleton};
use super::parts::{CardPart, PARTS};
use crate::ask::use_answered;
use crate::filter::use_view;
use crate::host::page::use_page;
use crate::host::shared::Shared;
use crate::host::timing::measured;
use crate::look::Look;
use crate::look::prefs::{shown_kpis, use_prefs};
use crate::session::data::Data;
use crate::session::store::{use_looks, use_store};
use crate::ui::Later;

/// A card, or its place.
#[derive(Clone, Default)]
struct Slot {
    card: Option<Shared<KpiCard>>,
    /// The view that it is the answer to.
    of: Option<Shared<View>>,
    /// True while the card is of the view before.
    updating: bool,
}

/// The KPI cards; a skeleton for each that is not known yet.
#[component(Kpis)]
pub fn kpis() -> Html {
    let (store, page) = (use_store(), use_page());
    let open = use_state(|| None::<&'static str>);
    let before = use_mut_ref(|| vec![Slot::default(); SHOWN_BY_DEFAULT]);
    let of = use_mut_ref(|| None::<String>);
    let (prefs, _) = use_prefs();
    let chosen = prefs.layout.kpis.clone();
    let dark = use_looks().is_dark();
    use_answered((chosen.clone(), dark), |data, view, (chosen, dark)| {
        let shown = shown_kpis(chosen.as_deref(), |id| data.facts.has(id));
        cards(data, view, *dark, &shown).iter().all(|(_, card)| card.is_some())
    });
    let inputs = (store.data().cloned(), use_view(), dark, chosen);
    let cards = use_memo(inputs, |(data, view, dark, chosen)| {
        // What is of another snapshot is not kept.
        let snapshot = data.as_ref().map(|data| data.id().to_owned());
        if of.replace(snapshot.clone()) != snapshot {
            before.replace(vec![Slot::default(); SHOWN_BY_DEFAULT]);
        }
        if let (Some(data), Some(view)) = (data, view) {
            let shown = shown_kpis(chosen.as_deref(), |id| data.facts.has(id));
            let now = cards(data, view, *dark, &shown);
            let kept = same_kept(&before.borrow(), now, view);
            before.replace(kept);
        }
        before.borrow().clone()
    });
    let failed = store.failure.is_some();
    let is_behind = cards.iter().any(|slot| slot.updating || slot.card.is_none());
    let missing = use_away(failed, is_behind);
    let awaited = !failed && is_behind;
    use_effect_with(awaited, move |awaited| {
        let working = awaited.then(|| page.busy.begin());
        move || drop(working)
    });
    let card = |slot: &Slot| match &slot.card {
        Some(card) => known(card, slot, missing, &open),
        None => kpi_skeleton(failed, missing),
    };
    cards.iter().map(card).collect()
}

fn known(
    card: &Shared<KpiCard>,
    slot: &Slot,
    missing: bool,
    open: &UseStateHandle<Option<&'static str>>,
) -> Html {
    let (of, updating) = (slot.of.clone(), slot.updating);
    let missing = updating && missing;
    let is_open = **open == Some(card.id);
    let toggle = {
        let (open, id) = (open.clone(), card.id);
        Callback::from(move |()| open.set((!is_open).then_some(id)))
    };
    html! {
        <>
            <Kpi key={card.id} card={card.clone()} of={of.clone()} {updating} {missing} open={is_open} toggle={toggle.clone()} />
            if is_open {
                <Later key={format!("{}-detail", card.id)} part={PARTS.part(CardPart::Breakdown(card.clone(), of, toggle))} />
            }
        </>
    }
}

/// Cards that say the same as before are those of before, so that nothing is drawn again; where
/// an answer is still to come, the one before stays.
fn same_kept(
    before: &[Slot],
    now: Vec<(&str, Option<Shared<KpiCard>>)>,
    view: &Shared<View>,
) -> Vec<Slot> {
    let is = |slot: &&Slot, id: &str| slot.card.as_ref().is_some_and(|card| card.id == id);
    let kept = |(id, card): (&str, Option<Shared<KpiCard>>)| {
        let old = before.iter().find(|slot| is(slot, id)).cloned().unwrap_or_default();
        let Some(new) = card else { return Slot { updating: old.card.is_some(), ..old } };
        let same = old.card.filter(|old| **old == *new);
        Slot { card: Some(same.unwrap_or(new)), of: Some(view.clone()), updating: false }
    };
    now.into_iter().map(kept).collect()
}

/// The KPIs that are shown, as far as they are known.
fn cards(
    data: &Data,
    view: &View,
    dark: bool,
    shown: &[KpiId],
) -> Vec<(&'static str, Option<Shared<KpiCard>>)> {
    let look = Look::new(data.facts.meta(), dark);
    data.asking(&look, view, |ask| {
        let card = |id: &KpiId| (id.def().key, kpi_card(ask, id.def()).ready().map(Shared::new));
        measured(|| shown.iter().map(card).collect())
    })
}
