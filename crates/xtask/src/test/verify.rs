//! Snapshots of several seeds and sizes, each derived once more from its source tables.

use std::path::Path;

use anyhow::Result;

use super::tally::Tally;
use crate::process::Run;
use crate::snapshot;
use crate::step::step;

/// Customers and seed; the builder's own tests have many more small ones.
const DEMOS: [(&str, &str, &str); 3] =
    [("100", "1", "1 s"), ("10000", "2", "10 s"), ("100000", "3", "2 min")];

/// Builds and verifies each snapshot.
///
/// # Errors
/// At the first that cannot be built or holds a number that plain SQL does not give.
pub fn run(tally: &mut Tally) -> Result<()> {
    let builder = snapshot::builder()?;
    let folder = Path::new("target/verified");
    for (customers, seed, estimate) in DEMOS {
        step(&format!("verify demo data: {customers} customers, seed {seed}"), estimate, || {
            let how = ["demo", "--customers", customers, "--seed", seed, "--out"];
            Run::new(&builder, &how).arg(folder).run()?;
            Run::new(&builder, &["verify"]).arg(folder).run()
        })?;
        tally.count_passed();
    }
    std::fs::remove_dir_all(folder)?;
    Ok(())
}
