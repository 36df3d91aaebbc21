//! The cubes of fine strata, which are read when a question asks for RFM segments.

use std::collections::BTreeMap;

use super::cells::{AspectCells, Cells, SalesCells, VoiceCells, WindowCells};
use super::excerpt::Excerpt;
use super::packs::NamedPack;
use super::shape::Shape;
use super::sparse_voices::SparseVoices;
use crate::pack::{EncodedPack, PackError};
use crate::tables::{
    PACK_FINE_DAY_SALES, PACK_FINE_DAY_VOICES, PACK_FINE_LEADERS, PACK_FINE_MONTH_ASPECTS,
    PACK_FINE_MONTH_SALES, PACK_FINE_MONTH_VOICES, PACK_FINE_VOICE_GAPS, PACK_FINE_WINDOWS,
};

/// The cubes of fine strata, as those of the same name in [`super::CubeData`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "as the fields of the same name there")]
pub struct FineData {
    pub month_sales: BTreeMap<u32, SalesCells>,
    pub day_sales: BTreeMap<u32, SalesCells>,
    pub month_voices: Option<VoiceCells>,
    pub month_aspects: Option<AspectCells>,
    pub day_voices: Option<VoiceCells>,
    pub voice_gaps: BTreeMap<u32, SparseVoices>,
    pub windows: BTreeMap<u32, FineWindowCells>,
    pub leaders: Option<Excerpt>,
}

/// Distinct customers of every window of whole months, and what points tell of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FineWindowCells {
    /// As in coarse strata.
    pub windows: WindowCells,
    /// Days from the customers' last purchases to the as-of day, summed over who has any.
    pub recency_days: Vec<i64>,
    /// The customers' orders of all time.
    pub orders: Vec<i64>,
}

impl Cells for FineWindowCells {
    fn columns(&self) -> Vec<&Vec<i64>> {
        let mut columns = self.windows.columns();
        columns.extend([&self.recency_days, &self.orders]);
        columns
    }

    fn columns_mut(&mut self) -> Vec<&mut Vec<i64>> {
        let mut columns = self.windows.columns_mut();
        columns.extend([&mut self.recency_days, &mut self.orders]);
        columns
    }
}

impl FineData {
    /// All cubes that there are, encoded; what is read together lies together.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn packs(&self) -> Result<Vec<NamedPack>, PackError> {
        let mut packs = Vec::new();
        let mut add = |name: &str, block: u32, pack: EncodedPack| {
            packs.push(NamedPack { name: name.to_owned(), block, pack });
        };
        for (sales, voices, names) in [
            (&self.day_sales, &self.day_voices, (PACK_FINE_DAY_SALES, PACK_FINE_DAY_VOICES)),
            (
                &self.month_sales,
                &self.month_voices,
                (PACK_FINE_MONTH_SALES, PACK_FINE_MONTH_VOICES),
            ),
        ] {
            if let Some(cube) = voices {
                add(names.1, 0, cube.encode()?);
            }
            for (&block, cube) in sales {
                add(names.0, block, cube.encode()?);
            }
        }
        for (&block, cube) in &self.voice_gaps {
            add(PACK_FINE_VOICE_GAPS, block, cube.encode()?);
        }
        if let Some(cube) = &self.month_aspects {
            add(PACK_FINE_MONTH_ASPECTS, 0, cube.encode()?);
        }
        for (&block, cube) in &self.windows {
            add(PACK_FINE_WINDOWS, block, cube.encode()?);
        }
        if let Some(leaders) = &self.leaders {
            packs.extend(leaders.packs(PACK_FINE_LEADERS)?);
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
        let shape = shape.fine();
        let sales = |periods| SalesCells::decode(pack, shape.cells(periods));
        let voices = |periods| VoiceCells::decode(pack, shape.cells(periods));
        match name {
            PACK_FINE_MONTH_SALES => drop(self.month_sales.insert(block, sales(shape.months)?)),
            PACK_FINE_DAY_SALES => drop(self.day_sales.insert(block, sales(shape.days)?)),
            PACK_FINE_MONTH_VOICES => self.month_voices = Some(voices(shape.months)?),
            PACK_FINE_MONTH_ASPECTS => {
                let cells = shape.aspect_cells(shape.months);
                self.month_aspects = Some(AspectCells::decode(pack, cells)?);
            }
            PACK_FINE_DAY_VOICES => self.day_voices = Some(voices(shape.days)?),
            PACK_FINE_VOICE_GAPS => {
                self.voice_gaps.insert(block, SparseVoices::decode(pack, shape.gaps())?);
            }
            PACK_FINE_WINDOWS => {
                let cells = shape.window_cells();
                self.windows.insert(block, FineWindowCells::decode(pack, cells)?);
            }
            name if PACK_FINE_LEADERS.contains(&name) => {
                self.leaders.get_or_insert_default().take(PACK_FINE_LEADERS, name, pack)?;
            }
            _ => {}
        }
        Ok(())
    }
}
