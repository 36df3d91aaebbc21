//! The cubes that were read so far; what was looked for in vain is noted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use snapshot::Meta;
use snapshot::cubes::{
    AspectCells, Census, CubeData, DayWindowCells, Layer, SalesCells, VoiceCells, VoiceGaps,
    WindowCells,
};

use super::leaders::LeaderBoard;
use crate::columns::{Columns, FactsError};

/// Cubes by layer, shared with the shelves made of this one.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    month_sales: BTreeMap<u32, Arc<SalesCells>>,
    day_sales: BTreeMap<u32, Arc<SalesCells>>,
    month_voices: Option<Arc<VoiceCells>>,
    day_voices: Option<Arc<VoiceCells>>,
    month_aspects: Option<Arc<AspectCells>>,
    windows: BTreeMap<u32, Arc<WindowCells>>,
    day_windows: BTreeMap<(u32, u32), Arc<DayWindowCells>>,
    voice_gaps: BTreeMap<u32, Arc<VoiceGaps>>,
    census: Option<Arc<Census>>,
    leaders: Option<Arc<LeaderBoard>>,
    odd: Option<Arc<Columns>>,
    missed: Mutex<BTreeSet<Layer>>,
}

impl Shelf {
    /// This shelf with more on it.
    pub fn with(&self, meta: &Arc<Meta>, more: CubeData) -> Result<Self, FactsError> {
        let leaders = more.leaders.map(|leaders| LeaderBoard::new(meta.clone(), leaders));
        let odd = more.odd.map(|(customers, purchases)| {
            Columns::new(meta.clone(), customers, purchases, None, None)
        });
        Ok(Self {
            month_sales: both(&self.month_sales, more.month_sales),
            day_sales: both(&self.day_sales, more.day_sales),
            month_voices: more.month_voices.map(Arc::new).or_else(|| self.month_voices.clone()),
            day_voices: more.day_voices.map(Arc::new).or_else(|| self.day_voices.clone()),
            month_aspects: more.month_aspects.map(Arc::new).or_else(|| self.month_aspects.clone()),
            windows: both(&self.windows, more.windows),
            day_windows: both(&self.day_windows, more.day_windows),
            voice_gaps: both(&self.voice_gaps, more.voice_gaps),
            census: more.census.map(Arc::new).or_else(|| self.census.clone()),
            leaders: leaders.transpose()?.map(Arc::new).or_else(|| self.leaders.clone()),
            odd: odd.transpose()?.map(Arc::new).or_else(|| self.odd.clone()),
            missed: Mutex::default(),
        })
    }

    /// Sums of a variant by month, or by day.
    pub fn sales(&self, by_month: bool, variant: u32) -> Option<&SalesCells> {
        let (cubes, layer) = match by_month {
            true => (&self.month_sales, Layer::Months),
            false => (&self.day_sales, Layer::Days(variant)),
        };
        self.noted(layer, cubes.get(&variant).map(|cube| &**cube))
    }

    /// Feedback and contacts by month, or by day.
    pub fn voices(&self, by_month: bool) -> Option<&VoiceCells> {
        let (cube, layer) = match by_month {
            true => (&self.month_voices, Layer::Months),
            false => (&self.day_voices, Layer::Days(0)),
        };
        self.noted(layer, cube.as_deref())
    }

    /// Scores by month, channel and reason.
    pub fn aspects(&self) -> Option<&AspectCells> {
        self.noted(Layer::Aspects, self.month_aspects.as_deref())
    }

    /// Distinct customers of a variant.
    pub fn windows(&self, variant: u32) -> Option<&WindowCells> {
        let cube = self.windows.get(&variant).map(|cube| &**cube);
        self.noted(Layer::Windows(variant), cube)
    }

    /// Distinct customers of a variant's windows of days that begin in a block.
    pub fn day_windows(&self, variant: u32, block: u32) -> Option<&DayWindowCells> {
        let cube = self.day_windows.get(&(variant, block)).map(|cube| &**cube);
        self.noted(Layer::DayWindows(variant, block), cube)
    }

    /// Feedback and contacts in the gaps of a category's variant.
    pub fn voice_gaps(&self, variant: u32) -> Option<&VoiceGaps> {
        let cube = self.voice_gaps.get(&variant).map(|cube| &**cube);
        self.noted(Layer::VoiceGaps(variant), cube)
    }

    /// Everybody by classes.
    pub fn census(&self) -> Option<&Census> {
        self.noted(Layer::Months, self.census.as_deref())
    }

    /// The most valuable customers.
    pub fn leaders(&self) -> Option<&LeaderBoard> {
        self.noted(Layer::Leaders, self.leaders.as_deref())
    }

    /// Customers who are in no cube.
    pub fn odd(&self) -> Option<&Columns> {
        self.noted(Layer::Months, self.odd.as_deref())
    }

    /// What was looked for in vain since this was last asked.
    pub fn missed(&self) -> BTreeSet<Layer> {
        std::mem::take(&mut *self.missed.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn noted<'a, T>(&self, layer: Layer, found: Option<&'a T>) -> Option<&'a T> {
        if found.is_none() {
            self.missed.lock().unwrap_or_else(PoisonError::into_inner).insert(layer);
        }
        found
    }
}

fn both<K: Ord + Clone, T>(old: &BTreeMap<K, Arc<T>>, new: BTreeMap<K, T>) -> BTreeMap<K, Arc<T>> {
    let mut both = old.clone();
    both.extend(new.into_iter().map(|(place, cube)| (place, Arc::new(cube))));
    both
}
