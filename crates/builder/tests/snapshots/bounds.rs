//! The data begins with the first purchase and ends with the as-of day.

use snapshot::meta::WarningKind;

use crate::folder::Folder;

const MAPPING: &str = "source = 'S'\ncurrency.code = 'EUR'\n[customer_info]\n\
    [purchase_transactions]\n[customer_service]\n[campaign_responses]\n[website_behavior]\n";

/// A shop that sells from March to April 2024, and of which something is known years before and
/// a month after.
fn shop(purchases: &str) -> Folder {
    let folder = Folder::new();
    folder
        .write("customer_info.csv", "customer_id,registration_date\na,2011-01-01\nb,2024-01-01\n")
        .write(
            "purchase_transactions.csv",
            format!("order_id,customer_id,transaction_date,amount\n{purchases}"),
        )
        .write(
            "customer_service.csv",
            "customer_id,interaction_date,satisfaction_score\na,2014-05-01,1\na,2024-03-10,5\n\
             b,2024-05-20,2\n",
        )
        .write(
            "campaign_responses.csv",
            "campaign_id,customer_id,contact_date,responded\nm,a,2013-01-01,yes\nm,b,2024-04-01,no\n",
        )
        .write("website_behavior.csv", "customer_id,visit_date\na,2012-01-01\n");
    folder
}

const SOLD: &str = "1,a,2024-03-05,10\n2,b,2024-04-02,20\n3,a,2024-04-09,-4\n";

#[test]
fn what_lies_outside_is_left_out_and_told() {
    let folder = shop(SOLD);
    let meta = folder.import(MAPPING).unwrap().meta;
    let days = [meta.first_day, meta.last_day, meta.as_of].map(|day| day.to_string());
    // A return is a line of purchases: nothing of it is lost behind the last sale.
    assert_eq!(days, ["2024-03-05", "2024-04-09", "2024-04-09"]);
    let told: Vec<_> = meta.warnings.iter().map(|w| (w.kind, w.file.as_str(), w.count)).collect();
    let outside = WarningKind::OutsideData;
    let should = [(outside, "customer_service.csv", 2), (outside, "campaign_responses.csv", 1)];
    assert_eq!(told, should);
    assert_eq!(meta.warnings[0].places[0].lines, [2]);
    assert_eq!(folder.ask::<f64>("SELECT AVG(satisfaction_score) FROM customer_service"), 5.0);
    // Who the customers are, and how often they came by, has no day on the page.
    assert_eq!(folder.ask::<i64>("SELECT visits FROM customer_360 WHERE customer_id = 'a'"), 1);
    folder.assert_sound();
    let meta =
        folder.import(&format!("strict = true\nas_of = '2024-05-31'\n{MAPPING}")).unwrap().meta;
    assert_eq!(meta.last_day.to_string(), "2024-05-31");
    assert_eq!(meta.rows["customer_service"], 2);
    folder.assert_sound();
}

#[test]
fn a_snapshot_with_contacts_outside_is_still_sound() {
    // As older builders wrote them: rows of every table made the first and the last day.
    for (field, own, day) in
        [("first_day", "2024-03-05", "2024-01-01"), ("last_day", "2024-04-09", "2024-05-20")]
    {
        let folder = shop(SOLD);
        folder.import(MAPPING).unwrap();
        let sql = format!(
            "INSERT INTO customer_service (interaction_id, customer_id, interaction_date)
               VALUES ('x', 'a', '{day}');
             UPDATE meta SET value = '\"{day}\"' WHERE key = '{field}'"
        );
        folder.sqlite().execute_batch(&sql).unwrap();
        let manifest = folder.out().join("manifest.json");
        let text = std::fs::read_to_string(&manifest).unwrap();
        let (known, should) = (format!("\"{field}\":\"{own}\""), format!("\"{field}\":\"{day}\""));
        assert!(text.contains(&known), "{text}");
        std::fs::write(&manifest, text.replacen(&known, &should, 1)).unwrap();
        let report = folder.verify_with(false);
        for name in ["period", "comparisons"] {
            let check = report.checks.iter().find(|check| check.name == name);
            // Without packs that fit the first day, nothing can be compared.
            assert!(check.is_none_or(|check| check.differences.is_empty()), "{report}");
            assert!(check.is_some() || field == "first_day", "{report}");
        }
    }
}

#[test]
fn without_purchases_there_is_nothing_to_build() {
    for as_of in ["", "as_of = '2024-06-30'\n"] {
        let folder = shop("");
        let error = folder.import(&format!("{as_of}{MAPPING}")).unwrap_err();
        assert!(error.contains("there is no purchase"), "{error}");
        assert!(folder.files().is_empty());
    }
    let folder = shop("1,a,2024-03-05,x\n");
    let error =
        folder.import(&format!("as_of = '2024-06-30'\nreject_limit = 9\n{MAPPING}")).unwrap_err();
    assert!(error.contains("none that could be taken"), "{error}");
}

#[test]
fn a_shop_without_sales_is_sound_with_an_as_of_day() {
    for purchases in
        ["1,a,2024-03-05,-10\n2,,2024-04-02,-20\n", "1,,2024-03-05,-3\n", "1,a,2024-03-05,0\n"]
    {
        let folder = shop(purchases);
        let error = folder.import(MAPPING).unwrap_err();
        assert!(error.contains("there is no as-of day"), "{error}");
        folder.import(&format!("as_of = '2024-06-30'\n{MAPPING}")).unwrap();
        folder.assert_sound();
    }
}

#[test]
fn an_as_of_day_before_a_return_is_refused() {
    let error = shop(SOLD).import(&format!("as_of = '2024-04-05'\n{MAPPING}")).unwrap_err();
    assert!(error.contains("2024-04-05 is before the last purchase, 2024-04-09"), "{error}");
}
