//! Sparklines: the course of a value as the path of an SVG.
//!
//! Plain SVG and not a figure, so that the first numbers of the page need no charts' script.

use std::fmt::Write;

use crate::curve::{runs, slopes};

/// Width of the box that a path is drawn in.
pub const WIDTH: f64 = 100.0;
/// Height of the box that a path is drawn in.
pub const HEIGHT: f64 = 40.0;

/// A smooth line through the values, broken where there is none: a value without neighbours is a
/// dot. None for fewer than two values.
pub(crate) fn path(values: &[Option<f64>], (low, high): (f64, f64)) -> Option<String> {
    let last = values.len().checked_sub(1).filter(|&last| last > 0)?;
    if values.iter().flatten().count() < 2 {
        return None;
    }
    let heights: Vec<Option<f64>> = values
        .iter()
        .map(|value| value.map(|value| HEIGHT * (high - value) / (high - low)))
        .collect();
    let width = WIDTH / last as f64;
    let mut path = String::new();
    for (first, run) in runs(&heights) {
        line(&mut path, first as f64 * width, width, &run);
    }
    Some(path)
}

/// One unbroken line. Writing to a string does not fail.
fn line(path: &mut String, start: f64, width: f64, run: &[f64]) {
    let slopes = slopes(run);
    let _ = write!(path, "M{start:.1} {:.1}", run[0]);
    if run.len() == 1 {
        path.push_str("h0");
    }
    for (at, two) in run.windows(2).enumerate() {
        let x = start + width * at as f64;
        let (ax, ay) = (x + width / 3.0, two[0] + slopes[at] / 3.0);
        let (bx, by) = (x + width * 2.0 / 3.0, two[1] - slopes[at + 1] / 3.0);
        let _ = write!(path, "C{ax:.1} {ay:.1} {bx:.1} {by:.1} {:.1} {:.1}", x + width, two[1]);
    }
}

/// The area below a path, down to the floor of the box, and nothing below its gaps.
pub fn area(path: &str) -> String {
    let below = |line: &str| {
        let start = line.split(' ').next().unwrap_or_default();
        format!("M{line}V{HEIGHT}H{start}Z")
    };
    path.split('M').filter(|line| !line.is_empty()).map(below).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_goes_from_edge_to_edge() {
        let path = path(&[Some(0.0), Some(5.0), Some(10.0)], (0.0, 10.0)).unwrap();
        assert!(path.starts_with("M0.0 40.0C"), "{path}");
        assert!(path.ends_with(" 100.0 0.0"), "{path}");
        assert_eq!(area(&path), format!("{path}V40H0.0Z"));
    }

    #[test]
    fn what_is_not_known_is_neither_bridged_nor_filled() {
        let values = [None, Some(5.0), Some(1.0), None, None, Some(3.0)];
        let path = path(&values, (0.0, 5.0)).unwrap();
        assert_eq!(path.matches('M').count(), 2);
        assert!(path.starts_with("M20.0 0.0C") && path.ends_with("M100.0 16.0h0"), "{path}");
        assert!(area(&path).ends_with("V40H20.0ZM100.0 16.0h0V40H100.0Z"), "{}", area(&path));
    }

    #[test]
    fn one_value_is_no_course() {
        assert_eq!(path(&[Some(1.0)], (0.0, 2.0)), None);
        assert_eq!(path(&[None, Some(1.0), None], (0.0, 2.0)), None);
        assert_eq!(path(&[], (0.0, 2.0)), None);
    }

    proptest! {
        #[test]
        fn curves_stay_between_their_points(values in prop::collection::vec(0.0..40.0_f64, 2..20)) {
            let known: Vec<_> = values.iter().copied().map(Some).collect();
            let path = path(&known, (0.0, 40.0)).unwrap();
            let mut from = HEIGHT - values[0];
            for curve in path.split('C').skip(1) {
                let numbers: Vec<f64> = curve.split(' ').map(|n| n.parse().unwrap()).collect();
                let to = numbers[5];
                let air = 0.11;
                let within = (from.min(to) - air)..=(from.max(to) + air);
                prop_assert!(within.contains(&numbers[1]) && within.contains(&numbers[3]), "{}", path);
                from = to;
            }
        }
    }

    #[test]
    fn curves_stay_inside_the_box() {
        for values in [[0.0, 10.0, 10.0, 0.0], [10.0, 0.0, 0.0, 10.0], [0.0, 10.0, 0.0, 10.0]] {
            let path = path(&values.map(Some), (0.0, 10.0)).unwrap();
            let numbers = path.split(['M', 'C', ' ']).filter(|part| !part.is_empty());
            let numbers: Vec<f64> = numbers.map(|part| part.parse().unwrap()).collect();
            assert_eq!(numbers.len(), 2 + 3 * 6, "a start and three curves: {path}");
            for place in numbers.chunks(2) {
                assert!((0.0..=WIDTH).contains(&place[0]), "{path}");
                assert!((0.0..=HEIGHT).contains(&place[1]), "{path}");
            }
        }
    }
}
