//! Names for files of several folders, of which some may be called alike.

/// A file's name, with a number where it is taken: `orders.csv`, `orders (2).csv`.
pub fn of_its_own(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (stem, ending) =
        name.find('.').filter(|at| *at > 0).map_or((name, ""), |at| name.split_at(at));
    let numbered = (2_u32..).map(|number| format!("{stem} ({number}){ending}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::of_its_own;

    #[test]
    fn files_of_one_name_are_told_apart() {
        let mut names: Vec<String> = Vec::new();
        for name in ["orders.csv.gz", "orders.csv.gz", "other", "orders.csv.gz", "other"] {
            let own = of_its_own(name, |name| names.iter().any(|known| known == name));
            names.push(own);
        }
        let should =
            ["orders.csv.gz", "orders (2).csv.gz", "other", "orders (3).csv.gz", "other (2)"];
        assert_eq!(names, should);
    }
}
