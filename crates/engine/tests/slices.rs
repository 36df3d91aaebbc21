//! Reading slices: what is wanted and not yet here, each block once, and nothing that is damaged.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::cell::RefCell;
use std::collections::BTreeSet;

use engine::native::block_on;
use engine::{Answer, EngineError, PackEntry, PackStore, Progress, SliceReader};
use serde_json::json;
use snapshot::columns::ContactColumns;
use snapshot::slices::{Grid, PACK_KINDS, PACK_LINES, PACK_VALUES, PACKS, Wanted, write};
use snapshot::tables::PACK_PURCHASES;
use snapshot::{CustomerColumns, EncodedPack, FeedbackColumns, Meta, PackError, PurchaseColumns};

/// Four months, three categories.
fn meta(last_day: &str, categories: usize) -> Meta {
    let none = [0; 4];
    let categories: Vec<String> = (0..categories).map(|code| format!("{code:03}")).collect();
    serde_json::from_value(json!({
        "format_version": snapshot::FORMAT_VERSION,
        "snapshot_id": "0123abcd",
        "built_at": "2024-05-03T00:00:00Z",
        "source": "Shop",
        "demo": false,
        "as_of": last_day,
        "first_day": "2024-01-15",
        "last_day": last_day,
        "time_zone": "UTC",
        "currency": { "code": "EUR", "exponent": 2 },
        "rows": { "customer_360": 2, "purchase_transactions": 4 },
        "rejected": {},
        "labels": {
            "segments": ["High"], "churn_risks": ["Low"], "categories": categories,
            "rfm_segments": ["Others"], "channels": [], "reasons": [],
        },
        "features": {
            "names": true, "units": true, "categories": true,
            "feedback": true, "campaigns": true, "visits": false, "category_pairs": true,
        },
        "rules": {
            "segments": { "kind": "imported" },
            "churn": { "kind": "imported" },
            "rfm": { "customers": 0, "recency": none, "frequency": none, "monetary": none },
        },
        "lineage": [],
    }))
    .unwrap()
}

/// Packs in memory, and which of them were read.
struct Store {
    packs: Vec<(PackEntry, EncodedPack)>,
    read: RefCell<Vec<(String, u32)>>,
}

impl Store {
    /// Two customers and a guest, each with lines.
    fn of(meta: &Meta) -> Self {
        let customers = CustomerColumns {
            segment: vec![0, 0],
            churn: vec![0, 0],
            rfm_segment: vec![0, 0],
            first_purchase: vec![0, 40],
            last_purchase: vec![20, 40],
            orders: vec![2, 1],
            lifetime_value: vec![300, 50],
            lines: vec![2, 1],
        };
        let purchases = PurchaseColumns {
            day: vec![0, 20, 40, 3],
            category: vec![0, 1, 0, 0],
            amount: vec![100, 200, 50, -5],
            quantity: vec![1, 2, 3, 4],
            order: vec![0, 1, 2, 3],
        };
        let mut store = Self { packs: Vec::new(), read: RefCell::default() };
        let (feedback, contacts) = (FeedbackColumns::default(), ContactColumns::default());
        write(
            Grid::of(meta).unwrap(),
            &customers,
            &purchases,
            Some(&feedback),
            Some(&contacts),
            |pack| {
                store.add(pack.name, pack.block, pack.pack);
                Ok::<_, PackError>(())
            },
        )
        .unwrap();
        store.add(PACK_PURCHASES, 0, purchases.encode().unwrap());
        store
    }

    fn add(&mut self, name: &str, block: u32, pack: EncodedPack) {
        let entry = PackEntry {
            name: name.to_owned(),
            block,
            raw_bytes: pack.raw_bytes.into(),
            rows: pack.rows,
            // As if each were a thousand times as large.
            bytes: 1_000 * pack.data.len() as u64,
        };
        self.packs.push((entry, pack));
        self.packs.sort_by(|(a, _), (b, _)| (&a.name, a.block).cmp(&(&b.name, b.block)));
    }

    fn taken(&self) -> Vec<(String, u32)> {
        self.read.take()
    }
}

impl PackStore for Store {
    fn list(&self) -> Answer<'_, Vec<PackEntry>> {
        Box::pin(async { Ok(self.packs.iter().map(|(entry, _)| entry.clone()).collect()) })
    }

    fn read<'a>(&'a self, entries: &'a [PackEntry]) -> Answer<'a, Vec<EncodedPack>> {
        Box::pin(async move {
            let mut packs = Vec::new();
            for entry in entries {
                self.read.borrow_mut().push((entry.name.clone(), entry.block));
                packs.push(self.packs.iter().find(|(it, _)| it == entry).unwrap().1.clone());
            }
            Ok(packs)
        })
    }
}

fn lines(blocks: impl IntoIterator<Item = u32>) -> Wanted {
    Wanted { lines: blocks.into_iter().collect(), ..Wanted::default() }
}

#[test]
fn each_block_is_read_once_however_often_it_is_wanted() {
    let meta = meta("2024-05-03", 3);
    let (store, mut reader) = (Store::of(&meta), SliceReader::default());
    let mut read = |wanted: &Wanted| {
        let mut told = Vec::new();
        let read = block_on(reader.read(&store, &meta, wanted, |it: Progress| told.push(it)));
        assert!(told.iter().all(|it| it.loaded <= it.total), "{told:?}");
        assert_eq!(told.last().map(|it| it.loaded), told.last().map(|it| it.total));
        read.unwrap()
    };
    let first = read(&lines([0, 1]));
    assert_eq!(
        store.taken(),
        [(PACK_KINDS, 0), (PACK_LINES, 0), (PACK_LINES, 1)]
            .map(|(name, block)| (name.to_owned(), block))
    );
    assert_eq!((first.lines.len(), first.customers.len()), (2, 2));
    assert_eq!((&first.lines[0].customer[..], &first.lines[0].day[..]), (&[0, 2][..], &[0, 3][..]));
    assert_eq!(first.lines[0].returned, [0, 1]);
    assert_eq!(first.customers.lifetime_value, [0, 0], "nothing but what they are was wanted");
    let second = read(&Wanted { values: true, ..lines([1, 5]) });
    assert_eq!(store.taken(), [(PACK_LINES.to_owned(), 5), (PACK_VALUES.to_owned(), 0)]);
    assert_eq!(second.customers.lifetime_value, [300, 50]);
    assert_eq!(read(&lines([0, 1])), first);
    assert_eq!(store.taken(), []);
}

#[test]
fn what_is_missing_twice_or_damaged_is_refused() {
    let meta = meta("2024-05-03", 3);
    let refused = |change: fn(&mut Store)| {
        let mut store = Store::of(&meta);
        change(&mut store);
        let mut reader = SliceReader::default();
        let wanted = lines([0, 1]);
        let read = block_on(reader.read(&store, &meta, &wanted, |_| ()));
        assert!(matches!(read, Err(EngineError::Damaged(_))), "{read:?}");
        // Whoever tries again gets what is there by now.
        assert!(block_on(reader.read(&Store::of(&meta), &meta, &wanted, |_| ())).is_ok());
    };
    refused(|store| store.packs.retain(|(it, _)| !(it.name == PACK_LINES && it.block == 1)));
    refused(|store| store.packs.retain(|(it, _)| it.name != PACK_KINDS));
    refused(|store| {
        let at = store.packs.iter().position(|(it, _)| it.name == PACK_LINES).unwrap();
        let again = store.packs[at].clone();
        store.packs.insert(at, again);
    });
    refused(|store| {
        let pack = store.packs.iter_mut().find(|(it, _)| it.name == PACK_LINES).unwrap();
        pack.1.crc32 ^= 1;
    });
}

#[test]
fn slices_are_read_where_that_is_shorter_than_all_columns() {
    let meta = meta("2024-05-03", 3);
    let mut store = Store::of(&meta);
    let worth = |store: &Store, wanted: &Wanted| {
        block_on(SliceReader::default().is_worth(store, wanted)).unwrap()
    };
    assert!(block_on(SliceReader::default().is_there(&store)).unwrap());
    let all: BTreeSet<u32> = (0..15).collect();
    assert!(!worth(&store, &lines(all.iter().copied())));
    for (entry, _) in store.packs.iter_mut().filter(|(it, _)| it.name == PACK_PURCHASES) {
        entry.bytes *= 100;
    }
    assert!(worth(&store, &lines(all)));
    store.packs.retain(|(it, _)| !PACKS.contains(&it.name.as_str()));
    assert!(!worth(&store, &lines([0])), "an older snapshot has none");
    assert!(!block_on(SliceReader::default().is_there(&store)).unwrap());
}

#[test]
fn blocks_stay_few_however_long_a_history_is() {
    assert_eq!(Grid::of(&meta("2024-05-03", 65)), None);
    for (last_day, categories, spans) in
        [("2024-05-03", 3, 5), ("2026-12-31", 9, 18), ("2053-12-31", 64, 3), ("2053-12-31", 1, 180)]
    {
        let meta = meta(last_day, categories);
        let grid = Grid::of(&meta).unwrap();
        assert_eq!((grid.spans(), grid.categories()), (spans, categories), "{last_day}");
        assert!(spans * categories <= 200);
        assert_eq!(grid.spans_of(meta.first_day, meta.last_day), 0..spans);
        // Every day lies in one span, and those before and after in none.
        let mut last = 0;
        for day in 0..=meta.last_day.0 - meta.first_day.0 {
            let day = meta.first_day.plus(day);
            let span = grid.spans_of(day, day);
            assert!(span.len() == 1 && (last..=last + 1).contains(&span.start));
            last = span.start;
        }
        assert_eq!(last, spans - 1);
        let (before, after) = (meta.first_day.plus(-1), meta.last_day.plus(1));
        assert!(grid.spans_of(before, before).is_empty() && grid.spans_of(after, after).is_empty());
    }
}
