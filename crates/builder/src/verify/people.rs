//! Compares the packs of names with the source tables, customer by customer.

use anyhow::Result;
use engine::native::block_on;
use engine::{PeopleIndex, PeopleRead, SqlPacks};
use rusqlite::Connection;
use snapshot::people::Names;

use super::report::Check;
use crate::open::Opened;

const CUSTOMERS: &str = "SELECT ord, customer_id, COALESCE(first_name, ''),
    COALESCE(last_name, ''), COALESCE(email, '')
  FROM derived_customer ORDER BY ord";

/// Every name of every customer, read as the page reads them.
///
/// # Errors
/// If a block is missing or damaged.
pub fn compare(snapshot: &Opened, database: &Connection) -> Result<Check> {
    let mut check = Check::new("packs of names");
    let (engine, meta) = (snapshot.engine()?, &snapshot.manifest.meta);
    let store = SqlPacks { engine: &engine, meta };
    let index = block_on(PeopleIndex::open(&store, meta))?;
    let mut statement = database.prepare(CUSTOMERS)?;
    let mut rows = statement.query([])?;
    let (mut read, mut at) = (PeopleRead::default(), 0_u32);
    while let Some(row) = rows.next()? {
        let blocks = index.blocks_of(&[at]);
        if blocks.iter().any(|&block| !read.has(block)) {
            // One after the other: all together they may fill much memory.
            read = PeopleRead::default();
            for &block in &blocks {
                read.add(block_on(index.read(&store, block..block + 1))?);
            }
        }
        let texts = [1, 2, 3, 4].map(|column| row.get_ref(column).map(|it| it.as_str()));
        let [customer_id, first_name, last_name, email] = texts;
        let should = Names {
            customer_id: customer_id??,
            first_name: first_name??,
            last_name: last_name??,
            email: email??,
        };
        check.same("place of a customer", &row.get::<_, u32>(0)?, &at);
        check.same(&format!("names of customer {at}"), &read.get(at), &Some(should));
        at += 1;
    }
    let packed: u32 = database.query_row(PACKED, [], |row| row.get(0))?;
    check.same("customers in packs of names", &packed, &at);
    Ok(check.of(format!("{at} rows x 4 texts")))
}

const PACKED: &str = "SELECT COALESCE(SUM(rows), 0) FROM packs WHERE name = 'people'";
