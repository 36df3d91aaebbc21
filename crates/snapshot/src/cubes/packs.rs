//! All cubes of a snapshot, to and from named packs.

use std::collections::BTreeMap;

use super::cells::{AspectCells, Cells, Census, SalesCells, VoiceCells, WindowCells};
use super::day_windows::DayWindowCells;
use super::excerpt::Excerpt;
use super::fine::FineData;
use super::shape::Shape;
use super::sparse_voices::SparseVoices;
use crate::columns::{CustomerColumns, PurchaseColumns};
use crate::pack::{EncodedPack, PackError};
use crate::tables::{
    PACK_CENSUS, PACK_DAY_ASPECTS, PACK_DAY_SALES, PACK_DAY_VOICES, PACK_DAY_WINDOWS,
    PACK_FINE_DAY_SALES, PACK_FINE_MONTH_SALES, PACK_FINE_VOICE_GAPS, PACK_FINE_WINDOWS,
    PACK_LEADERS, PACK_MONTH_ASPECTS, PACK_MONTH_SALES, PACK_MONTH_VOICES, PACK_NEAR_VOICES,
    PACK_ODD, PACK_POOL, PACK_VOICE_GAPS, PACK_WINDOWS, block_number, variant_and_block,
};

const PAST_THE_END: PackError = PackError::Damaged("a block past the last day");

/// Blocks are of variants, of which there are so many; packs that are not by variant have one.
fn check_block(shape: Shape, name: &str, block: u32) -> Result<(), PackError> {
    let variant = match name {
        PACK_DAY_WINDOWS | PACK_NEAR_VOICES => variant_and_block(block).0,
        PACK_MONTH_SALES
        | PACK_DAY_SALES
        | PACK_WINDOWS
        | PACK_VOICE_GAPS
        | PACK_FINE_MONTH_SALES
        | PACK_FINE_DAY_SALES
        | PACK_FINE_WINDOWS
        | PACK_FINE_VOICE_GAPS => block,
        _ if block == 0 => 0,
        _ => return Err(PackError::Damaged("a second block where there is one")),
    };
    if (variant as usize) < shape.variants() {
        Ok(())
    } else {
        Err(PackError::Damaged("a block past the last category"))
    }
}

/// Cubes as they are stored, those of variants by variant; what is not loaded is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CubeData {
    /// Sums by month, one cube a variant.
    pub month_sales: BTreeMap<u32, SalesCells>,
    /// Sums by day, one cube a variant.
    pub day_sales: BTreeMap<u32, SalesCells>,
    /// Feedback and contacts by month.
    pub month_voices: Option<VoiceCells>,
    /// Scores by month, channel and reason, where feedback tells them.
    pub month_aspects: Option<AspectCells>,
    /// The same by day.
    pub day_aspects: Option<AspectCells>,
    /// Feedback and contacts by day.
    pub day_voices: Option<VoiceCells>,
    /// Distinct customers by window of months, one cube a variant.
    pub windows: BTreeMap<u32, WindowCells>,
    /// Distinct customers by window of days, by variant and block.
    pub day_windows: BTreeMap<(u32, u32), DayWindowCells>,
    /// Feedback and contacts in gaps between months, one cube a category's variant.
    pub voice_gaps: BTreeMap<u32, SparseVoices>,
    /// Feedback and contacts near purchases, by a category's variant and block.
    pub near_voices: BTreeMap<(u32, u32), SparseVoices>,
    /// Everybody by classes.
    pub census: Option<Census>,
    /// The most valuable customers of each stratum.
    pub leaders: Option<Excerpt>,
    /// Customers whose orders do not add up, and their lines (and such lines of guests): they
    /// are not in `*_sales` and `windows`, which are of no use without them.
    pub odd: Option<(CustomerColumns, PurchaseColumns)>,
    /// Cubes that tell RFM segments apart.
    pub fine: FineData,
    /// The customers who may be drawn as points; of their lines, one a day and category, and
    /// neither amount nor order.
    pub pool: Option<Excerpt>,
}

/// A pack with its place in table `packs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPack {
    /// Name of the pack.
    pub name: String,
    /// Number of the block.
    pub block: u32,
    /// The block.
    pub pack: EncodedPack,
}

impl CubeData {
    /// All cubes that there are, encoded.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn packs(&self) -> Result<Vec<NamedPack>, PackError> {
        let mut packs = Vec::new();
        let mut add = |name: &str, block: u32, pack: EncodedPack| {
            packs.push(NamedPack { name: name.to_owned(), block, pack });
        };
        // What is read least comes first; what is read together lies together.
        for (&(variant, block), cube) in &self.day_windows {
            add(PACK_DAY_WINDOWS, block_number(variant, block), cube.encode()?);
        }
        for (&(variant, block), cube) in &self.near_voices {
            add(PACK_NEAR_VOICES, block_number(variant, block), cube.encode()?);
        }
        for (&block, cube) in &self.voice_gaps {
            add(PACK_VOICE_GAPS, block, cube.encode()?);
        }
        for (cube, name) in
            [(&self.day_aspects, PACK_DAY_ASPECTS), (&self.month_aspects, PACK_MONTH_ASPECTS)]
        {
            if let Some(cube) = cube {
                add(name, 0, cube.encode()?);
            }
        }
        for (sales, voices, names) in [
            (&self.day_sales, &self.day_voices, (PACK_DAY_SALES, PACK_DAY_VOICES)),
            (&self.month_sales, &self.month_voices, (PACK_MONTH_SALES, PACK_MONTH_VOICES)),
        ] {
            for (&block, cube) in sales {
                add(names.0, block, cube.encode()?);
            }
            if let Some(cube) = voices {
                add(names.1, 0, cube.encode()?);
            }
        }
        if let Some(census) = &self.census {
            add(PACK_CENSUS, 0, census.encode()?);
        }
        if let Some((customers, purchases)) = &self.odd {
            add(PACK_ODD[0], 0, customers.encode()?);
            add(PACK_ODD[1], 0, purchases.encode()?);
        }
        for (&block, cube) in &self.windows {
            add(PACK_WINDOWS, block, cube.encode()?);
        }
        if let Some(leaders) = &self.leaders {
            packs.extend(leaders.packs(PACK_LEADERS)?);
        }
        packs.extend(self.fine.packs()?);
        if let Some(pool) = &self.pool {
            packs.extend(pool.packs(PACK_POOL)?);
        }
        Ok(packs)
    }

    /// Takes in one pack, with its block's number. Packs of other names are left.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the pack is not what was written.
    pub fn take(
        &mut self,
        shape: Shape,
        name: &str,
        block: u32,
        pack: &EncodedPack,
    ) -> Result<(), PackError> {
        check_block(shape, name, block)?;
        let sales = |periods| SalesCells::decode(pack, shape.cells(periods));
        match name {
            PACK_MONTH_SALES => drop(self.month_sales.insert(block, sales(shape.months)?)),
            PACK_DAY_SALES => drop(self.day_sales.insert(block, sales(shape.days)?)),
            PACK_MONTH_VOICES => {
                self.month_voices = Some(VoiceCells::decode(pack, shape.cells(shape.months))?);
            }
            PACK_MONTH_ASPECTS => {
                let cells = shape.aspect_cells(shape.months);
                self.month_aspects = Some(AspectCells::decode(pack, cells)?);
            }
            PACK_DAY_ASPECTS => {
                let cells = shape.aspect_cells(shape.days);
                self.day_aspects = Some(AspectCells::decode(pack, cells)?);
            }
            PACK_DAY_VOICES => {
                self.day_voices = Some(VoiceCells::decode(pack, shape.cells(shape.days))?);
            }
            PACK_WINDOWS => {
                let cells = shape.window_cells();
                self.windows.insert(block, WindowCells::decode(pack, cells)?);
            }
            PACK_DAY_WINDOWS => {
                let (variant, number) = variant_and_block(block);
                let place = shape.day_blocks(variant).nth(number as usize).ok_or(PAST_THE_END)?;
                let cells = DayWindowCells::decode(pack, shape, place)?;
                self.day_windows.insert((variant, number), cells);
            }
            PACK_VOICE_GAPS => {
                self.voice_gaps.insert(block, SparseVoices::decode(pack, shape.gaps())?);
            }
            PACK_NEAR_VOICES => {
                let (variant, number) = variant_and_block(block);
                let place = shape.near_blocks().nth(number as usize).ok_or(PAST_THE_END)?;
                let cells = SparseVoices::decode(pack, place.size(shape))?;
                self.near_voices.insert((variant, number), cells);
            }
            PACK_CENSUS => self.census = Some(Census::decode(pack, shape.census())?),
            name if name == PACK_ODD[0] => self.odd.get_or_insert_default().0.append(pack)?,
            name if name == PACK_ODD[1] => self.odd.get_or_insert_default().1.append(pack)?,
            name if PACK_LEADERS.contains(&name) => {
                self.leaders.get_or_insert_default().take(PACK_LEADERS, name, pack)?;
            }
            name if PACK_POOL.contains(&name) => {
                self.pool.get_or_insert_default().take(PACK_POOL, name, pack)?;
            }
            name => self.fine.take(shape, name, block, pack)?,
        }
        Ok(())
    }
}
