//! Numbers rows of several files on, as the lines of one file of all of them would be.

/// The files so far, each with the number at which its header would stand, and the line of that.
#[derive(Debug, Default)]
pub struct Numbering {
    files: Vec<(u64, u64, String)>,
}

impl Numbering {
    /// Begins a file whose header ends on a line; `last` is the number of the last row so far.
    /// Gives the number that stands for the header.
    pub fn begin(&mut self, file: &str, header_line: u64, last: u64) -> u64 {
        // The first file's lines are their own numbers.
        let begin = if self.files.is_empty() { header_line } else { last };
        self.files.push((begin, header_line, file.to_owned()));
        begin
    }

    /// Whether a row of a number is in the file that was begun last.
    pub fn is_here(&self, number: u64) -> bool {
        self.files.last().is_none_or(|(begin, ..)| number > *begin) || self.files.len() == 1
    }

    /// The file of a row, and its line there.
    pub fn place(&self, number: u64) -> (&str, u64) {
        let found = self.files.iter().rev().find(|(begin, ..)| number > *begin);
        let found = found.or(self.files.first());
        found.map_or(("", number), |(begin, header, file)| {
            (file.as_str(), number.saturating_sub(*begin).saturating_add(*header))
        })
    }

    /// A row of an earlier line, as a message names it in the file that was begun last.
    pub fn earlier(&self, number: u64) -> String {
        let (file, line) = self.place(number);
        if self.is_here(number) { format!("line {line}") } else { format!("line {line} of {file}") }
    }
}

#[cfg(test)]
mod tests {
    use super::Numbering;

    #[test]
    fn rows_are_numbered_on_and_found_again() {
        let mut numbering = Numbering::default();
        assert_eq!(numbering.begin("a.csv", 3, 0), 3);
        assert_eq!(numbering.place(4), ("a.csv", 4));
        assert_eq!(numbering.begin("b.csv", 1, 10), 10);
        assert_eq!(numbering.begin("empty.csv", 1, 12), 12);
        assert_eq!(numbering.begin("c.csv", 5, 12), 12);
        for (number, place) in
            [(4, ("a.csv", 4)), (10, ("a.csv", 10)), (11, ("b.csv", 2)), (13, ("c.csv", 6))]
        {
            assert_eq!(numbering.place(number), place);
        }
        assert_eq!(numbering.earlier(11), "line 2 of b.csv");
        assert_eq!(numbering.earlier(14), "line 7");
    }
}
