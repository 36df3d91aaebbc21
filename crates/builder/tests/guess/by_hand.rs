//! Where nothing usable is found in a table, whoever knows it can go on by hand.

use crate::files::{Files, assert_by_hand, by_hand, column, columns, setting};
use builder::build::{self, Options};
use builder::progress::Progress;
use builder::publish::PublishMode;
use builder::{disk, inspect, open};
use importer_core::guess::found::Guess;
use importer_core::import::mapping::Mapping;

/// The template with columns named, as is told in it.
fn filled(found: &Guess, named: &[(&str, &str)]) -> String {
    let mut mapping = String::new();
    for line in found.mapping.lines() {
        let name = |(field, _): &&(&str, &str)| line.starts_with(&format!("# {field} = \"\""));
        let line = named
            .iter()
            .find(name)
            .map(|(field, column)| format!("{field} = \"{column}\""))
            .unwrap_or_else(|| line.to_owned());
        mapping.push_str(&format!("{line}\n"));
    }
    mapping
}

/// Revenue, orders and customers of a build by a mapping.
fn built(found: &Guess, mapping: &str) -> (String, String, String) {
    let out = tempfile::tempdir().unwrap();
    let options = Options {
        out: out.path().join("out"),
        publish: PublishMode::Single,
        built_at: None,
        covers: 0,
        pairs_from: None,
        progress: Progress::Silent,
    };
    let import = disk::import(&found.from, Mapping::parse(mapping).unwrap());
    build::build(&options, |loader| import.feed(loader, &Progress::Silent))
        .unwrap_or_else(|error| panic!("{error:#}\n{mapping}"));
    let shown = inspect::inspect(&open::open(&options.out).unwrap()).unwrap();
    let kpi = |id: &str| shown["kpis"]["whole_period"][id]["value"].as_str().unwrap().to_owned();
    (kpi("total_revenue"), kpi("total_orders"), kpi("total_customers"))
}

fn strings(texts: [&str; 3]) -> (String, String, String) {
    let [one, two, three] = texts.map(str::to_owned);
    (one, two, three)
}

#[test]
fn what_is_found_is_filled_in_and_the_rest_can_be_named() {
    // The amounts are called by nothing that is known, and come in many forms.
    let files = Files::with(
        "sales.csv",
        "Bestellung;Kunde;Datum;Kx 7\nA1;ann;13.02.2024;10\nA1;ann;13.02.2024;5\nA2;bob;14.03.2024;n/a\n",
    );
    let found = files.guess(&["sales.csv"]).unwrap();
    assert_by_hand(&found);
    assert_eq!(
        columns(&found),
        [("order_id", "Bestellung"), ("customer_id", "Kunde"), ("transaction_date", "Datum")]
    );
    assert_eq!(found.other_columns, ["Bestellung", "Kunde", "Datum", "Kx 7"]);
    assert_eq!(setting(&found, "delimiter"), Some("\";\""));
    assert_eq!(
        (setting(&found, "header"), setting(&found, "encoding")),
        (Some("line 1"), Some("UTF-8"))
    );
    assert_eq!(
        (setting(&found, "date"), setting(&found, "decimal sign")),
        (Some("\"%d.%m.%Y\""), None)
    );
    assert_eq!(found.sheets[0].table, None);
    for (field, is_open) in [
        ("transaction_date", false),
        ("amount", true),
        ("unit_price", true),
        ("quantity", true),
        ("order_id", false),
        ("customer_id", false),
    ] {
        let lines = found.mapping.matches(&format!("\n# {field} = \"\"   # ")).count();
        assert_eq!(lines, usize::from(is_open), "{field}: {}", found.mapping);
    }
    let mapping = filled(&found, &[("amount", "Kx 7")]);
    let mapping = mapping.replace("source =", "reject_limit = 1\nsource =");
    assert_eq!(built(&found, &mapping), strings(["15.00", "1", "1"]));
}

#[test]
fn a_date_can_be_named_and_amounts_stay_found() {
    let text = "order,who,wann,amount\n1,ann,2024/Mai/01,10.50\n2,bob,2024/Mai/02,20.00\n";
    let files = Files::with("sales.csv", text);
    let found = files.guess(&["sales.csv"]).unwrap();
    assert_by_hand(&found);
    // Of dates that are not known nothing is said.
    assert_eq!(setting(&found, "time_zone"), None);
    assert!(!found.mapping.contains("dates have"), "{}", found.mapping);
    assert_eq!(
        (column(&found, "amount"), column(&found, "transaction_date")),
        (Some("amount"), None)
    );
    assert!(!found.mapping.contains("unit_price"), "{}", found.mapping);
    let mapping = filled(&found, &[("transaction_date", "wann"), ("customer_id", "who")]);
    let format = "date = \"%Y/%b/%d\"";
    let mapping = if mapping.contains("[format]") {
        mapping.replace("[format]", &format!("[format]\n{format}"))
    } else {
        mapping.replace(
            "[purchase_transactions]",
            &format!("[format]\n{format}\n\n[purchase_transactions]"),
        )
    };
    assert_eq!(built(&found, &mapping), strings(["30.50", "2", "2"]));
}

#[test]
fn columns_with_names_of_fields_can_be_named_for_them_and_others() {
    // A line that leaves out a column of a field's name would make two of one field.
    let found = by_hand(
        "order_id,transaction_date,amount,x\n1,soon,much,2024-05-01\n2,later,more,2024-05-02\n",
    );
    let named = [("transaction_date", "x"), ("amount", "order_id")];
    let mapping = filled(&found, &named);
    assert_eq!(mapping.matches("\ntransaction_date = ").count(), 1, "{mapping}");
    assert_eq!(mapping.matches("\namount = ").count(), 1, "{mapping}");
    assert!(Mapping::parse(&mapping).is_ok(), "{mapping}");
}

#[test]
fn of_several_files_the_one_that_has_most_is_gone_on_with() {
    let files = Files::new();
    files
        .write("a.csv", "colour,size\nred,big\n")
        .write("b.csv", "order,date,colour\n1,2024-05-01,red\n")
        .write("c.csv", "size\nbig\n")
        .write("d.csv", "");
    let found = files.guess(&["a.csv", "b.csv", "c.csv", "d.csv"]).unwrap();
    assert_by_hand(&found);
    assert!(found.from.ends_with("b.csv"), "{}", found.from);
    assert_eq!(found.other_columns, ["order", "date", "colour"]);
    let said = found.problems.join("\n");
    for name in ["a.csv", "b.csv", "c.csv", "d.csv is empty"] {
        assert!(said.contains(name), "{name}: {said}");
    }
    let named = |sheet: &&importer_core::guess::found::SheetFound| sheet.why.contains("by hand");
    let named: Vec<&str> = found.sheets.iter().filter(named).map(|sheet| &sheet.name[..]).collect();
    assert_eq!(named, ["b.csv"]);
}

#[test]
fn names_of_columns_are_as_in_the_header_and_harm_no_terminal() {
    let long = "very long ".repeat(40);
    let found =
        by_hand(format!("\"a \"\"b\"\"\",\u{1b}[31m,{},twice,twice,\nx,y,z,1,2,\n", long.trim()));
    assert_eq!(found.other_columns, ["a \"b\"", "\u{1b}[31m", long.trim(), "twice"]);
    let text = importer_core::guess::text(&found);
    assert!(text.contains("The mapping is a template") && !text.contains('\u{1b}'), "{text}");
    assert!(!found.mapping.contains('\u{1b}'), "{}", found.mapping);
}
