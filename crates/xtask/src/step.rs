//! Says what is being done, about how long it takes, and how long it took.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

/// Does one piece of work between two lines on the terminal.
///
/// # Errors
/// The work's own error, with what was being done.
pub fn step<T>(what: &str, estimate: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("\n==> {what} ({estimate})");
    let start = Instant::now();
    let result = work().with_context(|| what.to_owned())?;
    println!("    done in {}: {what}", spoken(start.elapsed()));
    Ok(result)
}

/// Does two pieces of work at once: a compiler that is about to end leaves a processor free.
///
/// # Errors
/// The first's error, or else the second's, once both have come to an end.
pub fn both<A: Send, B>(
    one: impl FnOnce() -> Result<A> + Send,
    other: impl FnOnce() -> Result<B>,
) -> Result<(A, B)> {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one.join().map_err(|_| anyhow!("a part of the work has panicked"))?;
        Ok((one?, other?))
    })
}

/// Tells of something without timing it.
pub fn note(text: &str) {
    println!("    {text}");
}

/// `0.4 s`, `12 s`, `3 min 20 s`.
pub fn spoken(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 10..120 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spoken_at_the_size_they_have() {
        assert_eq!(spoken(Duration::from_millis(420)), "0.4 s");
        assert_eq!(spoken(Duration::from_secs(61)), "61 s");
        assert_eq!(spoken(Duration::from_secs(200)), "3 min 20 s");
    }
}
