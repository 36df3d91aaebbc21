//! Axes of values: round steps, each written as the rest of the page writes such a number.
//!
//! Plotly's own ticks know English and the prefixes of engineers (`G`) only.

use facts::NumberKind;
use serde_json::{Value, json};

use crate::Format;
use crate::format::Scale;

/// Steps between the ends of an axis at most.
const STEPS: f64 = 6.0;

/// What floating point may lose on the way.
const LOST: f64 = 1e-9;

/// How far an axis goes at most: beyond, its ends would be no numbers any more.
const FARTHEST: f64 = 1e300;

/// How long it is at least: steps would be nothing below.
const SHORTEST: f64 = 1e-290;

/// What an axis counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// Values of a key figure.
    Kind(NumberKind),
    /// Numbers of which nothing more is known.
    Plain,
}

/// Range and ticks of an axis that shows all values; from nothing on, unless the values are scores.
pub(crate) fn value_axis(format: &Format, of: Of, values: impl Iterator<Item = f64>) -> Value {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.filter(|value| value.is_finite()) {
        let value = value.clamp(-FARTHEST, FARTHEST);
        (low, high) = (low.min(value), high.max(value));
    }
    if of == Of::Kind(NumberKind::Score) && low <= high {
        (low, high) = (low - 0.1, high + 0.1);
    } else {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    if high - low < SHORTEST {
        high = low + 1.0;
    }
    let step = step(format, of, high - low);
    let scale = Scale::of(high.abs().max(low.abs()));
    let first = (low / step - LOST).ceil() as i64;
    let last = (high / step + LOST).floor() as i64;
    // Ticks are counted, so that none is off by what floating point loses on the way.
    let ticks: Vec<f64> = (first..=last).map(|at| at as f64 * step).collect();
    let texts: Vec<String> =
        ticks.iter().map(|&tick| text(format, of, tick, step, scale)).collect();
    // Room for markers that stand at an end.
    let air = (high - low) * 0.06;
    let from = if low < 0.0 || of == Of::Kind(NumberKind::Score) { low - air } else { low };
    json!({
        "range": [from, high + air],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": texts,
    })
}

/// Ticks of a logarithmic axis of money: powers of ten, and numbers between where there are few.
pub(crate) fn log_money_axis(format: &Format, values: impl Iterator<Item = f64>) -> Value {
    let (mut low, mut high) = (f64::INFINITY, 1.0_f64);
    for value in values.filter(|value| *value > 0.0) {
        (low, high) = (low.min(value), high.max(value));
    }
    let low = low.min(high);
    let (from, to) = (low.log10().floor(), high.log10().ceil().max(low.log10().floor() + 1.0));
    let between: &[f64] = if to - from <= 2.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let powers = (from as i32)..=(to as i32);
    let ticks: Vec<f64> = powers
        .flat_map(|power| between.iter().map(move |digit| digit * 10_f64.powi(power)))
        .filter(|tick| *tick <= 10_f64.powf(to))
        .collect();
    let texts: Vec<String> = ticks.iter().map(|&tick| short_money(format, tick)).collect();
    // A single value stands in the middle of some room.
    let air = 0.1_f64.max((0.6 - (high / low).log10()) / 2.0);
    // Rounded, since not every processor gives the same last digit.
    let range = [low.log10() - air, high.log10() + air].map(|end| (end * 1e3).round() / 1e3);
    json!({
        "type": "log",
        "range": range,
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": texts,
    })
}

/// One, two or five of a power of ten; not finer than what is counted.
fn step(format: &Format, of: Of, span: f64) -> f64 {
    let raw = span / STEPS;
    let power = 10_f64.powi((raw.log10() + LOST).floor() as i32);
    let digits = [1.0, 2.0, 5.0].into_iter().find(|digit| raw / power <= digit * (1.0 + LOST));
    let step = digits.unwrap_or(10.0) * power;
    match of {
        Of::Kind(NumberKind::Count) => step.max(1.0),
        Of::Kind(NumberKind::Money) => {
            step.max(10_f64.powi(-i32::from(format.currency.written_decimals())))
        }
        _ => step,
    }
}

fn text(format: &Format, of: Of, tick: f64, step: f64, scale: Scale) -> String {
    let decimals = |unit: f64| (-(unit.log10() + LOST).floor()).clamp(0.0, 9.0) as usize;
    let scaled = decimals(step / scale.unit());
    match of {
        Of::Kind(NumberKind::Money) if tick == 0.0 => format.money_in(0.0, Scale::One, 0),
        Of::Kind(NumberKind::Money) => {
            let own = usize::from(format.currency.written_decimals());
            let scaled = if scale == Scale::One && scaled > 0 { scaled.max(own) } else { scaled };
            format.money_in(tick, scale, scaled)
        }
        Of::Kind(NumberKind::Rate) => format.percent_of(tick, decimals(step * 100.0)),
        Of::Kind(NumberKind::Score) => format.decimals(tick, decimals(step)),
        Of::Kind(NumberKind::Count) | Of::Plain if tick == 0.0 => {
            format.number_in(0.0, Scale::One, 0)
        }
        Of::Kind(NumberKind::Count) | Of::Plain => format.number_in(tick, scale, scaled),
    }
}

fn short_money(format: &Format, tick: f64) -> String {
    let scale = Scale::of(tick * 10.0);
    let scaled = tick / scale.unit();
    if scaled.fract() == 0.0 { format.money_in(tick, scale, 0) } else { format.money_compact(tick) }
}

/// Pixels above a plot for its legend.
pub(crate) const LEGEND: usize = 38;

/// Pixels below a plot for the texts of its axis, in two lines, or in one and a title.
pub(crate) const BELOW: usize = 42;

/// Letters beside an axis for which there is room in any case, so that few changes move the plot.
const FEW: usize = 5;

/// Pixels that the longest of the texts beside an axis takes.
///
/// Margins that suffice are worth their pixels: where Plotly finds one too small, it draws all anew.
pub(crate) fn room_for(axis: &Value) -> usize {
    let texts = axis.get("ticktext").and_then(Value::as_array);
    let longest = texts.into_iter().flatten().filter_map(Value::as_str);
    12 + 7 * longest.map(|text| text.chars().count()).max().unwrap_or(0).max(FEW)
}

#[cfg(test)]
mod tests {
    use snapshot::Currency;
    use words::{Catalog, speak};

    use super::*;
    use crate::Locale;

    fn format(code: &str, exponent: u8) -> Format {
        Format::new(Locale::EN, Currency { code: code.to_owned(), exponent })
    }

    #[test]
    fn an_axis_of_any_numbers_has_few_steps_and_ends() {
        let format = format("USD", 2);
        let odd = [
            0.0,
            -0.0,
            5e-324,
            -5e-324,
            f64::MIN_POSITIVE,
            1e-307,
            1e-289,
            1e-9,
            1.0,
            1e18,
            1e299,
            f64::MAX,
            f64::MIN,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ];
        let kinds = [NumberKind::Money, NumberKind::Count, NumberKind::Rate, NumberKind::Score];
        for of in kinds.map(Of::Kind).into_iter().chain([Of::Plain]) {
            for (one, other) in odd.iter().flat_map(|one| odd.map(|other| (*one, other))) {
                let axis = value_axis(&format, of, [one, other].into_iter());
                let ticks = axis["tickvals"].as_array().unwrap();
                assert!(ticks.len() <= 9 && ticks.iter().all(Value::is_number), "{one} {other}");
                let ends = axis["range"].as_array().unwrap();
                assert!(ends.iter().all(Value::is_number), "{of:?} {one} {other}: {axis}");
            }
        }
    }

    fn texts(format: &Format, of: NumberKind, values: &[f64]) -> Vec<String> {
        let axis = value_axis(format, Of::Kind(of), values.iter().copied());
        axis["ticktext"]
            .as_array()
            .unwrap()
            .iter()
            .map(|t| t.as_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn steps_are_round_and_in_the_page_s_words() {
        let f = format("USD", 2);
        let money = |values: &[f64]| texts(&f, NumberKind::Money, values);
        assert_eq!(money(&[3_000.0, 82_000.0]), ["$0", "$20k", "$40k", "$60k", "$80k"]);
        assert_eq!(money(&[-50.0, 120.0]), ["\u{2212}$50", "$0", "$50", "$100"]);
        assert_eq!(money(&[0.01, 0.03]), ["$0", "$0.01", "$0.02", "$0.03"]);
        assert_eq!(money(&[2.1e9]), ["$0", "$0.5B", "$1.0B", "$1.5B", "$2.0B"]);
        assert_eq!(money(&[9_000.0]), ["$0", "$2,000", "$4,000", "$6,000", "$8,000"]);
        assert_eq!(texts(&f, NumberKind::Count, &[2.0]), ["0", "1", "2"]);
        assert_eq!(texts(&f, NumberKind::Rate, &[0.043]), ["0%", "1%", "2%", "3%", "4%"]);
        assert_eq!(texts(&f, NumberKind::Score, &[4.0, 4.2]), ["3.9", "4.0", "4.1", "4.2", "4.3"]);
    }

    #[test]
    fn nothing_at_all_has_an_axis_too() {
        let f = format("JPY", 0);
        for values in [&[][..], &[0.0], &[f64::NAN]] {
            let texts = texts(&f, NumberKind::Money, values);
            assert_eq!(texts.first().map(String::as_str), Some("¥0"), "{values:?}");
        }
        assert_eq!(texts(&f, NumberKind::Score, &[]).len(), 6);
    }

    #[test]
    fn a_language_has_its_own_ticks() {
        let texts = [("{n}k", "{n} Tsd."), ("{n}M", "{n} Mio.")];
        speak(Catalog::from_iter(texts));
        let locale = Locale {
            decimal: ",".into(),
            group: ".".into(),
            currency_first: false,
            currency_gap: "\u{a0}".into(),
            percent_gap: "\u{a0}".into(),
            ..Locale::EN
        };
        let f = Format::new(locale, Currency { code: "EUR".to_owned(), exponent: 2 });
        let money = self::texts(&f, NumberKind::Money, &[45_000.0]);
        let scores = self::texts(&f, NumberKind::Score, &[4.0, 4.1]);
        speak(Catalog::default());
        assert_eq!(money[2], "20 Tsd.\u{a0}€");
        assert_eq!(scores[1], "3,95");
    }

    #[test]
    fn a_logarithmic_axis_names_what_it_shows() {
        let f = format("USD", 2);
        let ticks = |values: &[f64]| log_money_axis(&f, values.iter().copied())["ticktext"].clone();
        assert_eq!(ticks(&[1.0, 40_000.0]), json!(["$1", "$10", "$100", "$1k", "$10k", "$100k"]));
        assert_eq!(ticks(&[20.0, 20.0]), json!(["$10", "$20", "$50", "$100"]));
        assert_eq!(ticks(&[1.0]), json!(["$1", "$2", "$5", "$10"]));
    }
}
