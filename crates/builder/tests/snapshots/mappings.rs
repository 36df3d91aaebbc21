//! What a mapping says wins, and what it says wrongly is told with its line and the right word.

use importer_core::import::mapping::{
    ClassesMapping, CurrencyMapping, FormatMapping, Mapping, TableMapping,
};
use serde::de::DeserializeOwned;
use snapshot::meta::WarningKind;

use crate::folder::Folder;

/// Imports a file of purchases; what was not used, and the sum of the amounts.
fn imported(columns: &str, csv: &str) -> Result<(Vec<String>, i64, Folder), String> {
    let folder = Folder::new();
    folder.write("purchase_transactions.csv", csv);
    let mapping = format!(
        "source = 'S'\nstrict = true\ncurrency.code = 'EUR'\n[purchase_transactions.columns]\n{columns}"
    );
    let meta = folder.import(&mapping)?.meta;
    let unused = meta.warnings.iter().filter(|w| w.kind == WarningKind::UnusedColumns);
    let unused =
        unused.flat_map(|w| w.places.iter().filter_map(|place| place.id.clone())).collect();
    let sum = folder.ask("SELECT SUM(amount) FROM purchase_transactions");
    Ok((unused, sum, folder))
}

#[test]
fn what_the_mapping_names_wins_over_columns_with_names_of_fields() {
    let csv = "id,transaction_date,qty,price,amount,name,first_name\n\
               a,2025-01-01,2,10,1,Ada King,Shop\nb,2025-01-02,1,5,1,Bo Birch,Shop\n";
    let columns = "customer_id = 'id'\nunit_price = 'price'\nquantity = 'qty'\nname = 'name'\n";
    let (unused, sum, folder) = imported(columns, csv).unwrap();
    assert_eq!((unused, sum), (vec!["amount".to_owned(), "first_name".to_owned()], 2_500));
    let name = "SELECT first_name || ' ' || last_name FROM customer_360 WHERE customer_id = 'a'";
    assert_eq!(folder.ask::<String>(name), "Ada King");
    folder.assert_sound();
    // Where the mapping says nothing of amounts, a column of that name is the amount.
    let (unused, sum, _) = imported("customer_id = 'id'\nquantity = 'qty'\n", csv).unwrap();
    assert_eq!((unused, sum), (vec![], 200));
}

#[test]
fn a_column_that_stands_for_one_field_is_no_other_by_its_name() {
    let csv = "transaction_id,name,transaction_date,amount\n7,#1,2025-01-01,1\n7,#1,2025-01-01,2\n";
    let columns = "order_id = 'transaction_id'\nproduct_id = 'name'\n";
    let (unused, sum, folder) = imported(columns, csv).unwrap();
    assert_eq!((unused, sum), (vec!["transaction_id".to_owned(), "name".to_owned()], 300));
    assert_eq!(folder.ask::<i64>("SELECT COUNT(DISTINCT order_id) FROM purchase_transactions"), 1);
    let csv = "email,transaction_date,amount\na@example.com,2025-01-01,1\n";
    let (unused, _, folder) = imported("customer_id = 'email'\n", csv).unwrap();
    assert!(unused.is_empty());
    assert_eq!(folder.ask::<String>("SELECT email FROM customer_360"), "a@example.com");
}

#[test]
fn slips_in_a_mapping_are_told_with_line_and_the_right_word() {
    let csv = "Order Date,Client,Total\n2025-01-01,a,1\n";
    for (mapping, words) in [
        (
            "source = 'S'\ncurency.code = 'EUR'\n[purchase_transactions]\n",
            "line 2, 'curency.code = 'EUR'': there is no setting 'curency'; did you mean 'currency'?",
        ),
        ("source = 'S'\ncurrency.code = 'EUR'\n[purchases]\n", "line 3"),
        (
            "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions.columns]\namuont = 'Total'\n",
            "line 4: [purchase_transactions.columns]: no field 'amuont' (did you mean 'amount'?)",
        ),
        (
            "source = 'S'\ncurrency.code = 'EURO'\n[purchase_transactions]\n",
            "line 2: currency.code: 'EURO'",
        ),
        (
            "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions.columns]\namount = 'Totl'\ntransaction_date = 'Order Date'\n",
            "perhaps 'Total' is meant",
        ),
        (
            "source = 'S'\ntime_zone = 'Europe/Berln'\ncurrency.code = 'EUR'\n[purchase_transactions]\n",
            "did you mean 'Europe/Berlin'?",
        ),
    ] {
        let folder = Folder::new();
        folder.write("purchase_transactions.csv", csv);
        let error = folder.import(mapping).unwrap_err();
        assert!(error.contains(words), "{error}");
        assert!(!error.contains("expected one of") && !error.contains("unknown field"), "{error}");
    }
}

/// The keys that a part of a mapping can have, from what it says of one that it has not.
fn keys<T: DeserializeOwned>() -> Vec<String> {
    let Err(error) = toml::from_str::<T>("no_such_key = 1") else { panic!("takes any key") };
    let keys: Vec<String> =
        error.message().split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert!(keys.len() > 1, "{error}");
    keys
}

#[test]
fn the_reference_names_every_setting() {
    let reference = include_str!("../../../../data/mappings/README.md");
    let all = [
        keys::<Mapping>(),
        keys::<CurrencyMapping>().iter().map(|key| format!("currency.{key}")).collect(),
        keys::<ClassesMapping>().iter().map(|key| format!("classes.{key}")).collect(),
        keys::<TableMapping>(),
        keys::<FormatMapping>(),
    ];
    for key in all.concat() {
        let is_group = ["currency", "classes"].contains(&key.as_str());
        let named =
            ["`{}`", "`[{}]`"].iter().any(|form| reference.contains(&form.replace("{}", &key)));
        assert!(named || is_group, "data/mappings/README.md does not name {key}");
    }
}
