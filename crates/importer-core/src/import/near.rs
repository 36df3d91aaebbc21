//! The word that was probably meant.

/// The nearest of some words, if it is near enough to be a slip of the pen.
pub fn nearest<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let wanted = plain(word);
    let far = |other: &&str| strsim::osa_distance(&wanted, &plain(other));
    let best = among.into_iter().map(|other| (far(&other), other)).min_by_key(|&(far, _)| far);
    let most = (wanted.chars().count() / 3).clamp(1, 3);
    best.filter(|&(far, _)| far <= most && !wanted.is_empty()).map(|(_, other)| other)
}

/// A question that names the nearest of some words; empty if none is near.
pub fn did_you_mean<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, among).map(|near| format!(" (did you mean '{near}'?)")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_told_from_other_words() {
        let words = ["columns", "guests", "decimal_comma", "Order ID"];
        for (word, near) in [
            ("colums", Some("columns")),
            ("decimalcomma", Some("decimal_comma")),
            ("OrderId", Some("Order ID")),
            ("total", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, words), near, "{word}");
        }
    }
}
