//! A shop of four months, small and with all that a snapshot can have.

use std::fmt::Write;
use std::fs;
use std::path::Path;

const MAPPING: &str = r#"
source = "A small shop"
[currency]
code = "EUR"
[customer_info]
[product_catalog]
[purchase_transactions]
[customer_service]
[campaign_responses]
"#;

/// Customers; the last of them never bought.
const CUSTOMERS: u32 = 40;

fn day(number: u32) -> String {
    let number = number % 110;
    format!("2025-{:02}-{:02}", number / 28 + 1, number % 28 + 1)
}

/// Writes the tables of the shop and the mapping that reads them.
pub fn write(folder: &Path) {
    fs::create_dir(folder).unwrap();
    let (mut people, mut lines) = (
        "customer_id,first_name,last_name,email,country,city,registration_date\n".to_owned(),
        "transaction_id,order_id,customer_id,product_id,transaction_date,quantity,amount\n"
            .to_owned(),
    );
    let mut scores =
        "interaction_id,customer_id,interaction_date,channel,reason,satisfaction_score\n"
            .to_owned();
    let mut contacts = "campaign_id,campaign_name,customer_id,contact_date,responded\n".to_owned();
    for customer in 0..CUSTOMERS {
        writeln!(people, "c{customer},Ann {customer},Ash,,,,").unwrap();
        for time in 0..customer % 5 {
            let (day, product) = (day(customer * 7 + time * 31), (customer + time) % 3);
            let (order, amount) = (customer * 10 + time, customer * customer + time);
            writeln!(lines, "{order},o{order},c{customer},p{product},{day},1,{amount}.50").unwrap();
            writeln!(scores, "s{order},c{customer},{day},Phone,Praise,{}", order % 5 + 1).unwrap();
            writeln!(contacts, "m,Spring,c{customer},{day},{}", order % 2).unwrap();
        }
    }
    // A guest, a return, an order of two customers, one of several days, and nobody's feedback.
    lines += "g,og,,p1,2025-02-02,3,9\nr,o11,c1,p1,2025-03-03,-1,-2\n\
              t1,ot,c2,p0,2025-02-03,1,4\nt2,ot,c3,p0,2025-02-03,1,4\n\
              u1,ou,c4,p0,2025-02-04,1,4\nu2,ou,c4,p2,2025-02-09,1,4\n";
    scores += "sn,,2025-02-02,,,3\n";
    let products =
        "product_id,product_name,category,price\np0,Pen,Office,\np1,Fig,Food,\np2,Odd,,\n";
    for (name, text) in [
        ("customer_info.csv", people.as_str()),
        ("product_catalog.csv", products),
        ("purchase_transactions.csv", &lines),
        ("customer_service.csv", &scores),
        ("campaign_responses.csv", &contacts),
        ("mapping.toml", MAPPING),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}
