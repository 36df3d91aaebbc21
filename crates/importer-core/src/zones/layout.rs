//! How the zones lie in their bytes. Numbers are little-endian.
//!
//! 1. How many bytes the names take (32 bits), and the names, each with a line end behind it.
//! 2. For each name the number of its rules (16 bits).
//! 3. How many rules there are (16 bits), and for each how many changes it has (16 bits).
//! 4. What was shown before the first change, in seconds (32 bits), for each.
//! 5. All changes of all rules: first the seconds since the change before, as 64 bits for the first one
//!    of each (since 1970) and 32 bits for all others; then what is shown from then on, in seconds (32 bits).
//!
//! Numbers of one kind stand together, since that is what makes them small when they are compressed.

/// What clocks show beside Greenwich's: from the beginning, and from each change on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Before all changes.
    pub first: i32,
    /// Seconds since 1970 and seconds ahead from then on, in order.
    pub changes: Vec<(i64, i32)>,
}

impl Rules {
    /// Seconds ahead at an instant.
    pub fn offset(&self, instant: i64) -> i32 {
        let passed = self.changes.partition_point(|(from, _)| *from <= instant);
        let last = passed.checked_sub(1).and_then(|at| self.changes.get(at));
        last.map_or(self.first, |(_, offset)| *offset)
    }
}

/// The names of all zones.
pub fn names(bytes: &[u8]) -> Vec<&str> {
    let mut rest = Rest(bytes);
    let names = rest.text().unwrap_or_default();
    names.lines().collect()
}

/// The rules of a name.
pub fn rules(bytes: &[u8], name: &str) -> Option<Rules> {
    let mut rest = Rest(bytes);
    let names: Vec<&str> = rest.text()?.lines().collect();
    let at = names.iter().position(|known| *known == name)?;
    let mut number = 0;
    for place in 0..names.len() {
        let of = rest.u16()?;
        if place == at {
            number = of;
        }
    }
    let count = usize::from(rest.u16()?);
    let lengths = (0..count).map(|_| rest.u16().map(usize::from)).collect::<Option<Vec<_>>>()?;
    let firsts = (0..count).map(|_| rest.i32()).collect::<Option<Vec<_>>>()?;
    let (mut changes, number) = (Vec::new(), usize::from(number));
    for (place, length) in lengths.iter().enumerate() {
        if place != number {
            // The first one takes twice the bytes.
            let words = if *length == 0 { 0 } else { length.saturating_add(1) };
            rest.skip(words.checked_mul(4)?)?;
            continue;
        }
        let mut from = 0_i64;
        for change in 0..*length {
            from = if change == 0 { rest.i64()? } else { from.checked_add(rest.u32()?.into())? };
            changes.push((from, 0));
        }
    }
    let before: usize = lengths.iter().take(number).sum();
    rest.skip(before.checked_mul(4)?)?;
    for (_, shown) in &mut changes {
        *shown = rest.i32()?;
    }
    Some(Rules { first: *firsts.get(number)?, changes })
}

/// The bytes of zones, in the order of their names; none if there are too many, or one changes twice in
/// more seconds than 32 bits count.
pub fn write(zones: &[(&str, Rules)]) -> Option<Vec<u8>> {
    let mut all: Vec<&Rules> = Vec::new();
    let mut numbers = Vec::new();
    for (_, rules) in zones {
        let known = all.iter().position(|known| *known == rules);
        numbers.push(known.unwrap_or(all.len()));
        if known.is_none() {
            all.push(rules);
        }
    }
    let names: String = zones.iter().map(|(name, _)| format!("{name}\n")).collect();
    let mut bytes = u32::try_from(names.len()).ok()?.to_le_bytes().to_vec();
    bytes.extend(names.as_bytes());
    let lengths = all.iter().map(|rules| rules.changes.len());
    for number in numbers.into_iter().chain([all.len()]).chain(lengths) {
        bytes.extend(u16::try_from(number).ok()?.to_le_bytes());
    }
    all.iter().for_each(|rules| bytes.extend(rules.first.to_le_bytes()));
    for rules in &all {
        let mut last = None;
        for (from, _) in &rules.changes {
            match last {
                None => bytes.extend(from.to_le_bytes()),
                Some(last) => {
                    let passed = u32::try_from(from.checked_sub(last)?).ok()?;
                    bytes.extend(passed.to_le_bytes());
                }
            }
            last = Some(*from);
        }
    }
    all.iter().flat_map(|rules| &rules.changes).for_each(|(_, offset)| {
        bytes.extend(offset.to_le_bytes());
    });
    Some(bytes)
}

/// What is left to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn skip(&mut self, bytes: usize) -> Option<()> {
        self.0 = self.0.split_at_checked(bytes)?.1;
        Some(())
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.u32()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn i32(&mut self) -> Option<i32> {
        self.take().map(i32::from_le_bytes)
    }

    fn i64(&mut self) -> Option<i64> {
        self.take().map(i64::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_come_back_and_damage_is_none() {
        let summer = Rules { first: -7, changes: vec![(-100, 3_600), (50, 7_200), (60, 3_600)] };
        let none = Rules { first: 0, changes: Vec::new() };
        let zones = [("A/B", summer.clone()), ("C", none.clone()), ("D", summer.clone())];
        let bytes = write(&zones).unwrap();
        assert_eq!(names(&bytes), ["A/B", "C", "D"]);
        assert_eq!(rules(&bytes, "D").as_ref(), Some(&summer));
        assert_eq!(rules(&bytes, "C"), Some(none));
        assert_eq!(rules(&bytes, "a/b"), None);
        for length in 0..bytes.len() {
            assert_eq!(rules(&bytes[..length], "D"), None, "{length}");
        }
        let shown = [-101, -100, 49, 50, 59, 60].map(|instant| summer.offset(instant));
        assert_eq!(shown, [-7, 3_600, 3_600, 7_200, 7_200, 3_600]);
    }
}
