//! Verification notices every kind of tampering, by what was tampered with, not only by hash.

use rusqlite::{Connection, params};
use snapshot::{EncodedPack, PurchaseColumns};

use crate::folder::Folder;

/// Verification of a snapshot after a change to its file: the checks that failed.
fn failed_after(change: impl FnOnce(&Connection)) -> Vec<&'static str> {
    let folder = Folder::demo(100, 1);
    change(&folder.sqlite());
    folder.verify_with(false).failed()
}

fn failed_after_sql(sql: &str) -> Vec<&'static str> {
    failed_after(|file| {
        assert!(file.execute(sql, []).unwrap() > 0, "{sql} changed nothing");
    })
}

#[test]
fn an_untouched_snapshot_is_sound() {
    let report = Folder::demo(100, 1).verify_with(false);
    assert!(report.is_clean(), "{report}");
}

#[test]
fn every_change_is_noticed_where_it_was_made() {
    for (sql, check) in [
        (
            "UPDATE purchase_transactions SET amount = amount + 1 WHERE line = 40",
            "pack of purchases",
        ),
        ("UPDATE purchase_transactions SET amount = amount + 1 WHERE line = 40", "customer_360"),
        ("UPDATE purchase_transactions SET amount = amount + 1 WHERE line = 40", "KPIs"),
        (
            "UPDATE purchase_transactions SET transaction_date = '2024-05-05' WHERE line = 40",
            "pack of purchases",
        ),
        (
            "UPDATE purchase_transactions SET transaction_date = '2024-02-30' WHERE line = 40",
            "source tables",
        ),
        (
            "UPDATE purchase_transactions SET customer_id = 'nobody' WHERE line = 40",
            "source tables",
        ),
        (
            "UPDATE purchase_transactions SET order_id = 'other' WHERE line = 40",
            "pack of purchases",
        ),
        ("UPDATE customer_360 SET total_lifetime_value = 7 WHERE ord = 3", "customer_360"),
        ("UPDATE customer_360 SET customer_segment = 'Low Value' WHERE ord = 0", "customer_360"),
        ("UPDATE customer_360 SET churn_risk = 'High' WHERE ord = 0", "customer_360"),
        ("UPDATE customer_360 SET rfm_recency = 6 - rfm_recency WHERE ord < 5", "customer_360"),
        ("UPDATE customer_360 SET email = 'x@example.com' WHERE ord = 3", "customer_360"),
        ("UPDATE customer_360 SET visits = visits + 1 WHERE ord = 3", "customer_360"),
        ("DELETE FROM customer_360 WHERE ord = 3", "customer_360"),
        ("UPDATE customer_service SET satisfaction_score = 9 WHERE line = 2", "source tables"),
        (
            "UPDATE customer_service SET satisfaction_score = 6 - satisfaction_score
             WHERE satisfaction_score <> 3",
            "packs of feedback and contacts",
        ),
        (
            "UPDATE campaign_responses SET responded = 1 - responded WHERE line = 2",
            "packs of feedback and contacts",
        ),
        ("UPDATE product_catalog SET category = 'Books' WHERE category = 'Beauty'", "description"),
        ("DELETE FROM website_behavior WHERE line = 2", "description"),
        ("UPDATE lineage SET rows_out = rows_out + 1 WHERE step = 2", "lineage"),
        ("UPDATE meta SET value = '\"2026-06-29\"' WHERE key = 'as_of'", "description"),
        ("UPDATE customer_search SET label = 'Somebody Else' WHERE ord = 3", "type-ahead"),
        ("DELETE FROM customer_search WHERE ord = 3", "type-ahead"),
        ("DELETE FROM packs WHERE name = 'purchases' AND block = 0", "packs"),
        ("DELETE FROM packs WHERE name = 'fine_windows' AND block = 1", "fine cubes"),
        ("UPDATE packs SET data = x'00' WHERE name = 'fine_leaders'", "fine cubes"),
        ("DELETE FROM packs WHERE name = 'pool_numbers'", "cubes"),
        ("DELETE FROM packs WHERE name = 'people'", "packs of names"),
        ("UPDATE packs SET rows = rows - 1 WHERE name = 'people'", "packs of names"),
        ("UPDATE packs SET data = x'0300' WHERE name = 'people'", "packs of names"),
        (
            "UPDATE customer_info SET email = 'x@example.com' WHERE customer_id = 'C0000007'",
            "packs of names",
        ),
    ] {
        let failed = failed_after_sql(sql);
        assert!(failed.contains(&check), "{sql}: {failed:?}");
        assert!(failed.contains(&"file"), "{sql}: the hash is as it was");
    }
}

#[test]
fn orders_of_several_customers_are_listed_line_by_line() {
    let rows = "o1,ann,2024-01-05,10\no1,bob,2024-03-07,20\no2,ann,2024-01-09,5\n\
                o3,bob,2024-02-01,7\no3,,2024-02-01,8\no4,,2024-02-02,9\no4,,2024-02-03,1\n";
    let listed = |change: &str| {
        let folder = Folder::new();
        let head = "order_id,customer_id,transaction_date,amount\n";
        folder.write("purchase_transactions.csv", format!("{head}{rows}"));
        folder.import("source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n").unwrap();
        folder.sqlite().execute_batch(change).unwrap();
        let lines = folder.ask::<i64>("SELECT COUNT(*) FROM shared_orders");
        (lines, folder.verify_with(false).failed().contains(&"shared orders"))
    };
    assert_eq!(listed(""), (4, false), "o1 and o3, with a guest's line");
    let some = "SELECT order_id, line FROM purchase_transactions WHERE order_id =";
    let wrong = [
        ("DELETE FROM shared_orders WHERE order_id = 'o3'".to_owned(), 2),
        ("DELETE FROM shared_orders".to_owned(), 0),
        (format!("INSERT INTO shared_orders {some} 'o2'"), 5),
        (format!("INSERT INTO shared_orders {some} 'o4'"), 6),
    ];
    for (change, lines) in wrong {
        assert_eq!(listed(&change), (lines, true), "{change}");
    }
}

#[test]
fn a_pack_that_was_written_anew_is_noticed() {
    let failed = failed_after(|file| {
        let sql = "SELECT rows, raw_bytes, crc32, data FROM packs WHERE name = 'purchases' LIMIT 1";
        let pack = file.query_row(sql, [], |row| {
            Ok(EncodedPack {
                rows: row.get(0)?,
                raw_bytes: row.get(1)?,
                crc32: row.get(2)?,
                data: row.get(3)?,
            })
        });
        let mut columns = PurchaseColumns::default();
        columns.append(&pack.unwrap()).unwrap();
        columns.amount[3] += 100;
        let forged = columns.encode().unwrap();
        let sql = "UPDATE packs SET rows = ?, raw_bytes = ?, crc32 = ?, data = ?
            WHERE name = 'purchases' AND block = (SELECT MIN(block) FROM packs WHERE name = 'purchases')";
        let values = params![forged.rows, forged.raw_bytes, forged.crc32, forged.data];
        file.execute(sql, values).unwrap();
    });
    for check in ["file", "pack of purchases", "KPIs"] {
        assert!(failed.contains(&check), "{check}: {failed:?}");
    }
}

#[test]
fn damaged_bytes_are_noticed() {
    let failed =
        failed_after_sql("UPDATE packs SET data = zeroblob(length(data)) WHERE name = 'customers'");
    assert!(failed.contains(&"packs"), "{failed:?}");
}

/// The checks that fail after a change to the manifest, as JSON.
fn failed_after_words(change: impl FnOnce(&mut serde_json::Value)) -> Vec<&'static str> {
    let folder = Folder::demo(100, 1);
    let path = folder.out().join("manifest.json");
    let mut manifest = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    change(&mut manifest);
    std::fs::write(&path, manifest.to_string()).unwrap();
    folder.verify_with(false).failed()
}

#[test]
fn a_first_view_that_says_something_else_is_noticed() {
    let changes: [fn(&mut serde_json::Value); 6] = [
        |view| view["headline"][0]["text"] = "$9,999,999".into(),
        |view| view["headline"][1]["exact"] = "1".into(),
        |view| view["headline"][2]["spark"] = "M0 0".into(),
        |view| view["answers"][0][1]["groups"][0]["revenue"] = 7.into(),
        |view| drop(view["answers"].as_array_mut().unwrap().pop()),
        |view| view["period"]["range"] = "always".into(),
    ];
    for change in changes {
        let failed = failed_after_words(|manifest| change(&mut manifest["first_view"]));
        assert_eq!(failed, ["first view"]);
    }
    let without = failed_after_words(|manifest| {
        manifest.as_object_mut().unwrap().remove("first_view");
    });
    assert_eq!(without, [""; 0], "older snapshots have none");
}

#[test]
fn a_file_beside_the_first_view_that_says_something_else_is_noticed() {
    let folder = Folder::demo(100, 1);
    let more = folder.opened().manifest.first_view.and_then(|view| view.more).unwrap();
    let path = folder.out().join(more.path);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("\"first_name\":\"", "\"first_name\":\"X", 1)).unwrap();
    assert_eq!(folder.verify_with(false).failed(), ["first view"]);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(folder.verify_with(false).failed(), ["first view"]);
}
