//! The cubes that were read so far; what was looked for in vain is noted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use snapshot::Meta;
use snapshot::cubes::{
    AspectCells, Cells, Census, CubeData, DayWindowCells, FineWindowCells, Grain, Layer,
    SalesCells, Shape, SparseVoices, VoiceCells, WindowCells,
};

use super::leaders::LeaderBoard;
use super::pool::Pool;
use crate::columns::{Columns, FactsError};

/// Cubes by layer, shared with the shelves made of this one.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    coarse: Sums,
    fine: Sums,
    day_aspects: Option<Arc<AspectCells>>,
    windows: BTreeMap<u32, Arc<WindowCells>>,
    day_windows: BTreeMap<(u32, u32), Arc<DayWindowCells>>,
    voice_gaps: BTreeMap<u32, Arc<SparseVoices>>,
    fine_voice_gaps: BTreeMap<u32, Arc<SparseVoices>>,
    near_voices: BTreeMap<(u32, u32), Arc<SparseVoices>>,
    fine_windows: BTreeMap<u32, Arc<FineWindowCells>>,
    census: Option<Arc<Census>>,
    pool: Option<Arc<Pool>>,
    odd: Option<Arc<Columns>>,
    missed: Mutex<BTreeSet<Layer>>,
}

/// What both grains have.
#[derive(Debug, Default)]
struct Sums {
    month_sales: BTreeMap<u32, Arc<SalesCells>>,
    day_sales: BTreeMap<u32, Arc<SalesCells>>,
    month_voices: Option<Arc<VoiceCells>>,
    day_voices: Option<Arc<VoiceCells>>,
    month_aspects: Option<Arc<AspectCells>>,
    leaders: Option<Arc<LeaderBoard>>,
}

impl Shelf {
    /// This shelf with more on it.
    pub fn with(&self, meta: &Arc<Meta>, more: CubeData) -> Result<Self, FactsError> {
        let shape = Shape::of(meta);
        let board = |excerpt, shape| LeaderBoard::new(meta.clone(), shape, excerpt).map(Arc::new);
        let leaders = more.leaders.map(|leaders| board(leaders, shape)).transpose()?;
        let fine_leaders = more.fine.leaders.map(|leaders| board(leaders, shape.fine()));
        let pool = more.pool.map(|pool| Pool::new(meta.clone(), pool).map(Arc::new));
        let odd = more.odd.map(|(customers, purchases)| {
            Columns::new(meta.clone(), customers, purchases, None, None)
        });
        let (coarse, fine) = (&self.coarse, &self.fine);
        Ok(Self {
            coarse: Sums {
                month_sales: both(&coarse.month_sales, more.month_sales),
                day_sales: both(&coarse.day_sales, more.day_sales),
                month_voices: either(more.month_voices, &coarse.month_voices),
                day_voices: either(more.day_voices, &coarse.day_voices),
                month_aspects: either(more.month_aspects, &coarse.month_aspects),
                leaders: leaders.or_else(|| coarse.leaders.clone()),
            },
            fine: Sums {
                month_sales: both(&fine.month_sales, more.fine.month_sales),
                day_sales: both(&fine.day_sales, more.fine.day_sales),
                month_voices: either(more.fine.month_voices, &fine.month_voices),
                day_voices: either(more.fine.day_voices, &fine.day_voices),
                month_aspects: either(more.fine.month_aspects, &fine.month_aspects),
                leaders: fine_leaders.transpose()?.or_else(|| fine.leaders.clone()),
            },
            day_aspects: either(more.day_aspects, &self.day_aspects),
            windows: both(&self.windows, more.windows),
            day_windows: both(&self.day_windows, more.day_windows),
            voice_gaps: both(&self.voice_gaps, more.voice_gaps),
            fine_voice_gaps: both(&self.fine_voice_gaps, more.fine.voice_gaps),
            near_voices: both(&self.near_voices, more.near_voices),
            fine_windows: both(&self.fine_windows, more.fine.windows),
            census: either(more.census, &self.census),
            pool: pool.transpose()?.or_else(|| self.pool.clone()),
            odd: odd.transpose()?.map(Arc::new).or_else(|| self.odd.clone()),
            missed: Mutex::default(),
        })
    }

    /// Bytes that all cubes take, lists of customers left out.
    pub fn bytes(&self) -> u64 {
        let sums = |sums: &Sums| {
            let Sums { month_sales, day_sales, month_voices, day_voices, month_aspects, .. } = sums;
            let sales = month_sales.values().chain(day_sales.values()).map(dense);
            let voices = month_voices.iter().chain(day_voices).map(dense);
            sales.chain(voices).chain(month_aspects.iter().map(dense)).sum::<u64>()
        };
        let sparse =
            [&self.voice_gaps, &self.fine_voice_gaps].into_iter().flat_map(BTreeMap::values);
        let sparse = sparse.chain(self.near_voices.values()).map(|cube| cube.bytes());
        let parts = [
            sums(&self.coarse),
            sums(&self.fine),
            self.day_aspects.iter().map(dense).sum::<u64>(),
            self.windows.values().map(dense).sum::<u64>(),
            self.fine_windows.values().map(dense).sum::<u64>(),
            self.day_windows.values().map(|cube| cube.bytes()).sum::<u64>(),
            sparse.sum::<u64>(),
        ];
        parts.into_iter().fold(0, u64::saturating_add)
    }

    fn sums(&self, grain: Grain) -> &Sums {
        match grain {
            Grain::Coarse => &self.coarse,
            Grain::Fine => &self.fine,
        }
    }

    /// Sums of a variant by month, or by day.
    pub fn sales(&self, grain: Grain, by_month: bool, variant: u32) -> Option<&SalesCells> {
        let sums = self.sums(grain);
        let cubes = if by_month { &sums.month_sales } else { &sums.day_sales };
        self.noted(layer(grain, by_month, variant), cubes.get(&variant).map(|cube| &**cube))
    }

    /// Feedback and contacts by month, or by day.
    pub fn voices(&self, grain: Grain, by_month: bool) -> Option<&VoiceCells> {
        let sums = self.sums(grain);
        let cube = if by_month { &sums.month_voices } else { &sums.day_voices };
        self.noted(layer(grain, by_month, 0), cube.as_deref())
    }

    /// Scores by month, channel and reason.
    pub fn aspects(&self, grain: Grain) -> Option<&AspectCells> {
        let layer = match grain {
            Grain::Coarse => Layer::Aspects,
            Grain::Fine => Layer::FineAspects,
        };
        self.noted(layer, self.sums(grain).month_aspects.as_deref())
    }

    /// Scores by day, channel and reason.
    pub fn day_aspects(&self) -> Option<&AspectCells> {
        self.noted(Layer::DayAspects, self.day_aspects.as_deref())
    }

    /// Distinct customers of a variant.
    pub fn windows(&self, grain: Grain, variant: u32) -> Option<&WindowCells> {
        match grain {
            Grain::Coarse => {
                let cube = self.windows.get(&variant).map(|cube| &**cube);
                self.noted(Layer::Windows(variant), cube)
            }
            Grain::Fine => self.fine_windows(variant).map(|cube| &cube.windows),
        }
    }

    /// Distinct customers of a variant, and what points tell of them.
    pub fn fine_windows(&self, variant: u32) -> Option<&FineWindowCells> {
        let cube = self.fine_windows.get(&variant).map(|cube| &**cube);
        self.noted(Layer::FineWindows(variant), cube)
    }

    /// Distinct customers of a variant's windows of days that begin in a block.
    pub fn day_windows(&self, variant: u32, block: u32) -> Option<&DayWindowCells> {
        let cube = self.day_windows.get(&(variant, block)).map(|cube| &**cube);
        self.noted(Layer::DayWindows(variant, block), cube)
    }

    /// Feedback and contacts in the gaps of a category's variant.
    pub fn voice_gaps(&self, grain: Grain, variant: u32) -> Option<&SparseVoices> {
        let (cubes, layer) = match grain {
            Grain::Coarse => (&self.voice_gaps, Layer::VoiceGaps(variant)),
            Grain::Fine => (&self.fine_voice_gaps, Layer::FineVoiceGaps(variant)),
        };
        self.noted(layer, cubes.get(&variant).map(|cube| &**cube))
    }

    /// Feedback and contacts near purchases of a category's variant, of a block of days.
    pub fn near_voices(&self, variant: u32, block: u32) -> Option<&SparseVoices> {
        let cube = self.near_voices.get(&(variant, block)).map(|cube| &**cube);
        self.noted(Layer::NearVoices(variant, block), cube)
    }

    /// Everybody by classes.
    pub fn census(&self) -> Option<&Census> {
        self.noted(Layer::Months, self.census.as_deref())
    }

    /// The most valuable customers.
    pub fn leaders(&self, grain: Grain) -> Option<&LeaderBoard> {
        let layer = match grain {
            Grain::Coarse => Layer::Leaders,
            Grain::Fine => Layer::FineLeaders,
        };
        self.noted(layer, self.sums(grain).leaders.as_deref())
    }

    /// The customers who may be drawn as points.
    pub fn pool(&self) -> Option<&Pool> {
        self.noted(Layer::Pool, self.pool.as_deref())
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

/// Bytes of a cube's columns.
fn dense<C: Cells>(cube: &Arc<C>) -> u64 {
    cube.columns().into_iter().map(|column| (column.len() as u64).saturating_mul(8)).sum()
}

fn both<K: Ord + Clone, T>(old: &BTreeMap<K, Arc<T>>, new: BTreeMap<K, T>) -> BTreeMap<K, Arc<T>> {
    let mut both = old.clone();
    both.extend(new.into_iter().map(|(place, cube)| (place, Arc::new(cube))));
    both
}

fn either<T>(new: Option<T>, old: &Option<Arc<T>>) -> Option<Arc<T>> {
    new.map(Arc::new).or_else(|| old.clone())
}

fn layer(grain: Grain, by_month: bool, variant: u32) -> Layer {
    match (grain, by_month) {
        (Grain::Coarse, true) => Layer::Months,
        (Grain::Coarse, false) => Layer::Days(variant),
        (Grain::Fine, true) => Layer::FineMonths,
        (Grain::Fine, false) => Layer::FineDays(variant),
    }
}
