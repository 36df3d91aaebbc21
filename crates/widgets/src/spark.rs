//! Sparklines: the course of a value as the path of an SVG.
//!
//! Plain SVG and not a figure, so that the first numbers of the page need no charts' script.

use std::fmt::Write;

/// Width of the box that a path is drawn in.
pub const WIDTH: f64 = 100.0;
/// Height of the box that a path is drawn in.
pub const HEIGHT: f64 = 40.0;

/// How far the curve runs on in the direction of its neighbours.
const TENSION: f64 = 0.15;

/// A smooth line through the values; gaps are bridged. None for fewer than two values.
pub(crate) fn path(values: &[Option<f64>], (low, high): (f64, f64)) -> Option<String> {
    let last = values.len().checked_sub(1).filter(|&last| last > 0)?;
    let points: Vec<(f64, f64)> = values
        .iter()
        .enumerate()
        .filter_map(|(at, value)| {
            let x = WIDTH * at as f64 / last as f64;
            value.map(|value| (x, HEIGHT * (high - value) / (high - low)))
        })
        .collect();
    let [first, rest @ ..] = points.as_slice() else { return None };
    if rest.is_empty() {
        return None;
    }
    let mut path = format!("M{:.1} {:.1}", first.0, first.1);
    for (at, to) in rest.iter().enumerate() {
        let from = points[at];
        let before = points[at.saturating_sub(1)];
        let after = points.get(at + 2).unwrap_or(to);
        let ((ax, ay), (bx, by)) = (control(from, before, *to), control(*to, *after, from));
        // Writing to a string does not fail.
        let _ = write!(path, "C{ax:.1} {ay:.1} {bx:.1} {by:.1} {:.1} {:.1}", to.0, to.1);
    }
    Some(path)
}

/// Where the curve heads for when it leaves `at` for `to`, having come from `from`.
fn control(at: (f64, f64), from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let y = (at.1 + TENSION * (to.1 - from.1)).clamp(0.0, HEIGHT);
    (at.0 + TENSION * (to.0 - from.0), y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_from_edge_to_edge() {
        let path = path(&[Some(0.0), None, Some(10.0)], (0.0, 10.0)).unwrap();
        assert!(path.starts_with("M0.0 40.0C"), "{path}");
        assert!(path.ends_with(" 100.0 0.0"), "{path}");
    }

    #[test]
    fn one_value_is_no_course() {
        assert_eq!(path(&[Some(1.0)], (0.0, 2.0)), None);
        assert_eq!(path(&[None, Some(1.0), None], (0.0, 2.0)), None);
        assert_eq!(path(&[], (0.0, 2.0)), None);
    }

    #[test]
    fn curves_stay_inside_the_box() {
        let path = path(&[Some(0.0), Some(10.0), Some(10.0), Some(0.0)], (0.0, 10.0)).unwrap();
        let numbers = path.split(['M', 'C', ' ']).filter_map(|part| part.parse::<f64>().ok());
        assert!(numbers.into_iter().all(|number| (0.0..=WIDTH).contains(&number)), "{path}");
    }
}
