//! Which licences may be in the program: none that asks for the program's own sources.

use anyhow::{Context, Result, bail};
use spdx::{Expression, ParseMode};

use crate::part::Part;

/// Whatever a part is under, some of these must suffice for it.
const ALLOWED: [&str; 9] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

/// A licence that is let in for one part only: part, licence, why.
const FOR_ONE: [(&str, &str, &str); 1] = [(
    "webpki-roots",
    "CDLA-Permissive-2.0",
    "Mozilla's list of certificate authorities: data, whose licence only asks to be passed on with it",
)];

/// Those whose terms go with the program as files of its own.
const BESIDE: [&str; 3] = ["Apache-2.0", "Apache-2.0 WITH LLVM-exception", "MIT"];

/// Demands that a part is under licences that may be in the program.
///
/// # Errors
/// If it is not, or tells no licence that can be understood; the part is named.
pub fn demand(part: &Part) -> Result<()> {
    let license = part.license.as_deref().unwrap_or("none");
    let of_its_own =
        |id: &str| FOR_ONE.iter().any(|(name, only, _)| *name == part.name && *only == id);
    if !suffices(part, |id| ALLOWED.contains(&id) || of_its_own(id))? {
        bail!(
            "{}: its licence is {license}, which may not be in the program; do without it, or allow \
             the licence in {} with the reason",
            part.title(),
            file!()
        );
    }
    Ok(())
}

/// Whether the files of licences that lie beside the program hold the terms of a part.
///
/// # Errors
/// If it tells no licence that can be understood.
pub fn is_beside(part: &Part) -> Result<bool> {
    suffices(part, |id| BESIDE.contains(&id))
}

fn suffices(part: &Part, is_good: impl Fn(&str) -> bool) -> Result<bool> {
    let title = part.title();
    let text = part.license.as_deref().with_context(|| format!("{title}: it tells no licence"))?;
    // Older packages write a slash where they mean OR.
    let expression = Expression::parse_mode(text, ParseMode::LAX).map_err(|error| {
        anyhow::anyhow!("{title}: its licence `{text}` is not understood: {}", error.reason)
    })?;
    Ok(expression.evaluate(|asked| is_good(&asked.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, license: Option<&str>) -> Part {
        let license = license.map(str::to_owned);
        Part { name: name.to_owned(), version: "1.2.3".to_owned(), license, ..Part::default() }
    }

    #[test]
    fn what_asks_for_nothing_but_its_name_is_let_in() {
        for license in [
            "MIT",
            "MIT OR Apache-2.0",
            "MIT/Apache-2.0",
            "Apache-2.0 / MIT",
            "(Apache-2.0 OR MIT) AND BSD-3-Clause",
            "Unlicense OR MIT",
            "Apache-2.0 OR BSL-1.0",
            "MIT OR GPL-3.0-only",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            demand(&part("some", Some(license))).unwrap();
        }
    }

    #[test]
    fn what_asks_for_more_is_refused_by_name() {
        for license in [
            "GPL-3.0-only",
            "LGPL-2.1-or-later",
            "AGPL-3.0-only",
            "MPL-2.0",
            "MIT AND GPL-2.0-only",
            "GPL-2.0-only WITH Classpath-exception-2.0",
            "CDLA-Permissive-2.0",
            "SEE LICENSE IN terms.txt",
            "",
        ] {
            let error = format!("{:#}", demand(&part("some", Some(license))).unwrap_err());
            assert!(
                error.starts_with("some 1.2.3: ") && error.contains(license),
                "{license}: {error}"
            );
        }
        let error = demand(&part("some", None)).unwrap_err().to_string();
        assert_eq!(error, "some 1.2.3: it tells no licence");
    }

    #[test]
    fn what_is_let_in_for_one_part_is_for_no_other() {
        for (name, license, _) in FOR_ONE {
            demand(&part(name, Some(license))).unwrap();
            demand(&part("some", Some(license))).unwrap_err();
        }
    }

    #[test]
    fn terms_that_lie_beside_the_program_are_known() {
        assert!(is_beside(&part("some", Some("MIT/Apache-2.0"))).unwrap());
        assert!(!is_beside(&part("some", Some("MIT AND BSD-3-Clause"))).unwrap());
        assert!(!is_beside(&part("some", Some("ISC"))).unwrap());
    }
}
