//! Names of customers: from the packs that hold nothing else, or by SQL, whichever is shorter.

use std::rc::Rc;

use engine::{Engine, EngineError, PeopleIndex, PeopleRead, Query};
use futures::future::try_join_all;
use snapshot::PAGE_SIZE;
use snapshot::people::Names;
use widgets::Person;

use super::supply::Supply;

/// More customers than these are for paper, or a file: nobody waits for the first few of them.
pub const MANY: usize = 50;

/// Customers whom one statement names.
const IN_A_STATEMENT: usize = 400;

/// Customers who lie in one page of their table, at a guess.
const IN_A_PAGE: u32 = 64;

/// Pages that lead to those of the customers, in the largest table.
const MOST_ON_THE_WAY: u64 = 10;

/// Bytes on the wire before SQL answers for the first time: its program, and what that reads.
const SQL_BEGINS: u64 = 450_000;

/// Ranges that are asked for at once.
const AT_ONCE: usize = 6;

/// Bytes of blocks that are kept, unpacked, for the next names.
const KEPT: usize = 16 << 20;

/// Times that blocks are read of which another look-up has let go.
const MOST_TRIES: u32 = 8;

/// Fetches the names of customers, whom their tables have.
///
/// # Errors
/// Whatever the engine answers.
pub async fn look_up(supply: &Supply, customers: &[u32]) -> Result<(), EngineError> {
    // Where it cannot be found out where the packs lie, the tables say the same.
    if (supply.engine.has_places() || customers.len() > MANY)
        && let Ok(index) = supply.engine.people().await
    {
        let blocks = index.blocks_of(customers);
        let missing: Vec<u32> =
            blocks.iter().copied().filter(|&block| !supply.names.borrow().has(block)).collect();
        let begins = if supply.engine.has_sql() { 0 } else { SQL_BEGINS };
        if index.bytes(&missing) <= bytes_by_sql(customers) + begins {
            match from_packs(supply, &index, &blocks, customers).await {
                // The tables say the same.
                Err(EngineError::Damaged(_)) => {}
                read => return read,
            }
        }
    }
    for few in customers.chunks(IN_A_STATEMENT) {
        by_sql(supply, few).await?;
    }
    Ok(())
}

/// What a table's pages take in which customers lie, with the way to them.
fn bytes_by_sql(customers: &[u32]) -> u64 {
    let mut pages: Vec<u32> = customers.iter().map(|customer| customer / IN_A_PAGE).collect();
    pages.sort_unstable();
    pages.dedup();
    let pages = pages.len() as u64;
    (pages + pages.min(MOST_ON_THE_WAY)) * u64::from(PAGE_SIZE)
}

async fn from_packs(
    supply: &Supply,
    index: &PeopleIndex,
    blocks: &[u32],
    customers: &[u32],
) -> Result<(), EngineError> {
    // While some are on their way, another look-up may let go of those that are here.
    for tries in 0.. {
        let batches = index.batches(blocks, &supply.names.borrow());
        if batches.is_empty() {
            break;
        }
        if tries == MOST_TRIES {
            return Err(EngineError::Damaged("names are missing".to_owned()));
        }
        for some in batches.chunks(AT_ONCE) {
            let asked = some.iter().map(|batch| supply.engine.load_people(index, batch.clone()));
            for read in try_join_all(asked).await? {
                supply.names.borrow_mut().add(read);
            }
        }
    }
    for &customer in customers {
        let names = supply.names.borrow();
        let Names { customer_id, first_name, last_name, email } =
            names.get(customer).unwrap_or_default();
        let person = Person {
            customer_id: customer_id.to_owned(),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            email: email.to_owned(),
        };
        keep(supply, customer, person);
    }
    let mut names = supply.names.borrow_mut();
    if names.bytes() > KEPT {
        *names = PeopleRead::default();
    }
    Ok(())
}

async fn by_sql(supply: &Supply, customers: &[u32]) -> Result<(), EngineError> {
    let marks = vec!["?"; customers.len()].join(", ");
    let sql = format!(
        "SELECT ord, customer_id, first_name, last_name, email \
         FROM customer_360 WHERE ord IN ({marks})"
    );
    let query = customers.iter().fold(Query::new(sql), |query, &ord| query.bind(ord));
    let rows = supply.engine.query(query).await?;
    for row in rows.iter() {
        let text = |column| -> Result<String, EngineError> {
            Ok(row.get::<Option<&str>>(column)?.unwrap_or_default().to_owned())
        };
        let person = Person {
            customer_id: text("customer_id")?,
            first_name: text("first_name")?,
            last_name: text("last_name")?,
            email: text("email")?,
        };
        keep(supply, row.get("ord")?, person);
    }
    Ok(())
}

/// An event may have called the customer otherwise meanwhile.
fn keep(supply: &Supply, customer: u32, person: Person) {
    let mut people = supply.people.borrow_mut();
    if people.get(customer).is_none() {
        people.insert(customer, person);
    }
}

/// Names of as many customers as there are, held once, as they were unpacked: for what is written
/// and not shown.
pub struct NamesOfMany {
    supply: Rc<Supply>,
    index: PeopleIndex,
    read: PeopleRead,
}

impl NamesOfMany {
    /// Of a snapshot, none read so far.
    ///
    /// # Errors
    /// If it cannot be found out where they lie.
    pub async fn open(supply: Rc<Supply>) -> Result<Self, EngineError> {
        let index = supply.engine.people().await?;
        Ok(Self { supply, index, read: PeopleRead::default() })
    }

    /// Reads the next of what is needed for some customers; false once all of it is here.
    ///
    /// # Errors
    /// Whatever the host answers; what was read stays.
    pub async fn read_on(&mut self, customers: &[u32]) -> Result<bool, EngineError> {
        let blocks = self.index.blocks_of(customers);
        let Some(batch) = self.index.batches(&blocks, &self.read).into_iter().next() else {
            return Ok(false);
        };
        self.read.add(self.supply.engine.load_people(&self.index, batch).await?);
        Ok(true)
    }

    /// Who a customer is, if that was read: as events say, else as the snapshot does.
    pub fn with<T>(&self, customer: u32, look: impl FnOnce(Names<'_>) -> T) -> T {
        let people = self.supply.people.borrow();
        let person = people.get(customer).map(|person| Names {
            customer_id: &person.customer_id,
            first_name: &person.first_name,
            last_name: &person.last_name,
            email: &person.email,
        });
        look(person.or_else(|| self.read.get(customer)).unwrap_or_default())
    }
}
