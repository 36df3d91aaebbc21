//! Layers: the packs of cubes that are read together, because they are of use together.

use crate::tables::{
    PACK_CENSUS, PACK_DAY_ASPECTS, PACK_DAY_SALES, PACK_DAY_VOICES, PACK_DAY_WINDOWS,
    PACK_FINE_DAY_SALES, PACK_FINE_DAY_VOICES, PACK_FINE_LEADERS, PACK_FINE_MONTH_ASPECTS,
    PACK_FINE_MONTH_SALES, PACK_FINE_MONTH_VOICES, PACK_FINE_VOICE_GAPS, PACK_FINE_WINDOWS,
    PACK_LEADERS, PACK_MONTH_ASPECTS, PACK_MONTH_SALES, PACK_MONTH_VOICES, PACK_NEAR_VOICES,
    PACK_ODD, PACK_POOL, PACK_VOICE_GAPS, PACK_WINDOWS, block_number, variant_and_block,
};

/// Packs that are read together; those that serve most questions for the fewest bytes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Sums by month, the census, and the customers who are in no cube.
    Months,
    /// Distinct customers by window of months, of one variant.
    Windows(u32),
    /// The most valuable customers of each stratum.
    Leaders,
    /// Scores by month, channel and reason.
    Aspects,
    /// The same by day.
    DayAspects,
    /// Sums by day, of one variant; feedback and contacts go with the first.
    Days(u32),
    /// Feedback and contacts of whole months under the category of one variant.
    VoiceGaps(u32),
    /// Feedback and contacts of short ranges under the category of one variant, of one block.
    NearVoices(u32, u32),
    /// Distinct customers by window of days, of one variant and one block of first days.
    DayWindows(u32, u32),
    /// As [`Layer::Months`], by fine strata.
    FineMonths,
    /// As [`Layer::Windows`], by fine strata.
    FineWindows(u32),
    /// The most valuable customers of each fine stratum.
    FineLeaders,
    /// The customers who are drawn as points.
    Pool,
    /// As [`Layer::Aspects`], by fine strata.
    FineAspects,
    /// As [`Layer::VoiceGaps`], by fine strata.
    FineVoiceGaps(u32),
    /// As [`Layer::Days`], by fine strata.
    FineDays(u32),
}

impl Layer {
    /// True for layers of fine strata.
    pub fn is_fine(self) -> bool {
        matches!(
            self,
            Self::FineMonths
                | Self::FineWindows(_)
                | Self::FineLeaders
                | Self::FineAspects
                | Self::FineVoiceGaps(_)
                | Self::FineDays(_)
        )
    }

    /// All packs of the layer, by name and block, of a snapshot with so many variants: each is
    /// there, if the layer is, or the layer answers nothing.
    pub fn packs(self, variants: usize) -> Vec<(&'static str, u32)> {
        let first = |names: &[&'static str]| names.iter().map(|&name| (name, 0)).collect();
        let each =
            |name| (0..variants).filter_map(move |block| Some((name, block.try_into().ok()?)));
        let with_first = |sales, voices, variant| match variant {
            0 => vec![(sales, 0), (voices, 0)],
            _ => vec![(sales, variant)],
        };
        match self {
            Self::Months => {
                let [customers, lines] = PACK_ODD;
                let beside = [PACK_MONTH_VOICES, PACK_CENSUS, customers, lines];
                each(PACK_MONTH_SALES).chain(beside.map(|name| (name, 0))).collect()
            }
            Self::FineMonths => {
                each(PACK_FINE_MONTH_SALES).chain([(PACK_FINE_MONTH_VOICES, 0)]).collect()
            }
            Self::Windows(variant) => vec![(PACK_WINDOWS, variant)],
            Self::FineWindows(variant) => vec![(PACK_FINE_WINDOWS, variant)],
            Self::Leaders => first(&PACK_LEADERS),
            Self::FineLeaders => first(&PACK_FINE_LEADERS),
            Self::Pool => first(&PACK_POOL),
            Self::Aspects => vec![(PACK_MONTH_ASPECTS, 0)],
            Self::DayAspects => vec![(PACK_DAY_ASPECTS, 0)],
            Self::FineAspects => vec![(PACK_FINE_MONTH_ASPECTS, 0)],
            Self::Days(variant) => with_first(PACK_DAY_SALES, PACK_DAY_VOICES, variant),
            Self::FineDays(variant) => {
                with_first(PACK_FINE_DAY_SALES, PACK_FINE_DAY_VOICES, variant)
            }
            Self::VoiceGaps(variant) => vec![(PACK_VOICE_GAPS, variant)],
            Self::FineVoiceGaps(variant) => vec![(PACK_FINE_VOICE_GAPS, variant)],
            Self::NearVoices(variant, block) => {
                vec![(PACK_NEAR_VOICES, block_number(variant, block))]
            }
            Self::DayWindows(variant, block) => {
                vec![(PACK_DAY_WINDOWS, block_number(variant, block))]
            }
        }
    }

    /// The layer that a pack belongs to; none for columns and packs of other names.
    pub fn of(name: &str, block: u32) -> Option<Self> {
        match name {
            PACK_MONTH_SALES | PACK_MONTH_VOICES | PACK_CENSUS => Some(Self::Months),
            PACK_MONTH_ASPECTS => Some(Self::Aspects),
            PACK_DAY_ASPECTS => Some(Self::DayAspects),
            PACK_WINDOWS => Some(Self::Windows(block)),
            PACK_DAY_SALES => Some(Self::Days(block)),
            PACK_DAY_VOICES => Some(Self::Days(0)),
            PACK_VOICE_GAPS => Some(Self::VoiceGaps(block)),
            PACK_NEAR_VOICES => {
                let (variant, block) = variant_and_block(block);
                Some(Self::NearVoices(variant, block))
            }
            PACK_DAY_WINDOWS => {
                let (variant, block) = variant_and_block(block);
                Some(Self::DayWindows(variant, block))
            }
            PACK_FINE_MONTH_SALES | PACK_FINE_MONTH_VOICES => Some(Self::FineMonths),
            PACK_FINE_MONTH_ASPECTS => Some(Self::FineAspects),
            PACK_FINE_VOICE_GAPS => Some(Self::FineVoiceGaps(block)),
            PACK_FINE_WINDOWS => Some(Self::FineWindows(block)),
            PACK_FINE_DAY_SALES => Some(Self::FineDays(block)),
            PACK_FINE_DAY_VOICES => Some(Self::FineDays(0)),
            name if PACK_FINE_LEADERS.contains(&name) => Some(Self::FineLeaders),
            name if PACK_POOL.contains(&name) => Some(Self::Pool),
            name if PACK_ODD.contains(&name) => Some(Self::Months),
            name if PACK_LEADERS.contains(&name) => Some(Self::Leaders),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pack_of_a_layer_belongs_to_it() {
        let layers = [
            Layer::Months,
            Layer::Windows(2),
            Layer::Leaders,
            Layer::Aspects,
            Layer::DayAspects,
            Layer::Days(0),
            Layer::Days(2),
            Layer::VoiceGaps(1),
            Layer::NearVoices(1, 3),
            Layer::DayWindows(2, 4),
            Layer::FineMonths,
            Layer::FineWindows(1),
            Layer::FineLeaders,
            Layer::Pool,
            Layer::FineAspects,
            Layer::FineVoiceGaps(1),
            Layer::FineDays(0),
            Layer::FineDays(1),
        ];
        for layer in layers {
            let packs = layer.packs(3);
            assert!(!packs.is_empty());
            for (name, block) in packs {
                assert_eq!(Layer::of(name, block), Some(layer), "{name} {block}");
            }
        }
        assert_eq!(Layer::Months.packs(3).len(), 7);
        assert_eq!(Layer::Days(0).packs(3).len(), 2);
    }
}
