//! Smooth curves that stay between their points: monotone cubics (Fritsch and Carlson), so that
//! no line shows more, or less, than was measured.

/// The steps drawn between two points.
const STEPS: usize = 8;

/// Slopes at values that lie one apart, with which a cubic through them has no other turns.
pub(crate) fn slopes(values: &[f64]) -> Vec<f64> {
    let rises: Vec<f64> = values.windows(2).map(|two| two[1] - two[0]).collect();
    let at = |at: usize| {
        let (before, after) = (at.checked_sub(1).and_then(|at| rises.get(at)), rises.get(at));
        match (before, after) {
            // The harmonic mean is at most twice the smaller of both.
            (Some(before), Some(after)) if before * after > 0.0 => {
                2.0 * before * after / (before + after)
            }
            (Some(_), Some(_)) | (None, None) => 0.0,
            (Some(rise), None) | (None, Some(rise)) => *rise,
        }
    };
    (0..values.len()).map(at).collect()
}

/// Runs of neighbours that have a value, each with the place of its first.
pub(crate) fn runs(values: &[Option<f64>]) -> Vec<(usize, Vec<f64>)> {
    let mut runs: Vec<(usize, Vec<f64>)> = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let Some(value) = *value else { continue };
        match runs.last_mut() {
            Some((first, run)) if *first + run.len() == at => run.push(value),
            _ => runs.push((at, vec![value])),
        }
    }
    runs
}

/// The curve through values as places and heights, with a gap (a place without a height) between
/// runs. Every value is a point of it.
pub(crate) fn through(values: &[Option<f64>]) -> (Vec<f64>, Vec<Option<f64>>) {
    let (mut places, mut heights) = (Vec::new(), Vec::new());
    for (first, run) in runs(values) {
        if !places.is_empty() {
            places.push(first as f64 - 0.5);
            heights.push(None);
        }
        let slopes = slopes(&run);
        for (at, value) in run.iter().enumerate() {
            places.push((first + at) as f64);
            heights.push(Some(*value));
            let Some(next) = run.get(at + 1) else { continue };
            for step in 1..STEPS {
                let t = step as f64 / STEPS as f64;
                places.push((first + at) as f64 + t);
                heights.push(Some(between((*value, slopes[at]), (*next, slopes[at + 1]), t)));
            }
        }
    }
    (places, heights)
}

/// A cubic from one value and slope to another, rounded to what can be told apart.
fn between((from, leaves): (f64, f64), (to, arrives): (f64, f64), t: f64) -> f64 {
    let (square, cube) = (t * t, t * t * t);
    let height = (2.0 * cube - 3.0 * square + 1.0) * from
        + (cube - 2.0 * square + t) * leaves
        + (3.0 * square - 2.0 * cube) * to
        + (cube - square) * arrives;
    ((height * 1e3).round() / 1e3).clamp(from.min(to), from.max(to))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn curves_stay_between_their_points(values in prop::collection::vec(proptest::option::of(-1e9..1e9_f64), 0..20)) {
            let (places, heights) = through(&values);
            for (place, height) in places.iter().zip(&heights) {
                let (left, right) = (values[place.floor() as usize], values[place.ceil() as usize]);
                match (left, right, height) {
                    (Some(left), Some(right), Some(height)) => {
                        prop_assert!((left.min(right)..=left.max(right)).contains(height));
                    }
                    (left, right, height) => {
                        prop_assert!(left.is_none() || right.is_none());
                        prop_assert_eq!(*height, None);
                    }
                }
            }
            let drawn = values.iter().enumerate().filter_map(|(at, value)| value.map(|value| (at as f64, value)));
            for (at, value) in drawn {
                prop_assert!(places.iter().zip(&heights).any(|point| point == (&at, &Some(value))));
            }
        }
    }

    #[test]
    fn a_gap_is_a_gap() {
        let (places, heights) = through(&[None, Some(1.0), None, None, Some(2.0)]);
        assert_eq!(places, [1.0, 3.5, 4.0]);
        assert_eq!(heights, [Some(1.0), None, Some(2.0)]);
    }
}
