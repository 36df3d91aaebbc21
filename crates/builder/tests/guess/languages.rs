//! Headers in six languages.

use crate::files::{by_hand, column, columns, days, guess, setting, sums};

#[test]
fn each_language_is_read_in_its_own_way() {
    for (header, row, more) in [
        (
            "Order no.,Order date,Customer no.,Item number,Item name,Product category,Qty,Unit price,Line total",
            "A1,2024-05-14,K1,P1,Mug,Kitchen,2,5.00,10.00",
            "A2,2024-05-15,K2,P2,Lamp,Light,3,4.50,13.50",
        ),
        (
            "Bestellnummer;Bestelldatum;Kundennummer;Artikelnummer;Bezeichnung;Warengruppe;Menge;Einzelpreis;Gesamtpreis",
            "A1;14.05.2024;K1;P1;Tasse;Küche;2;5,00;10,00",
            "A2;15.05.2024;K2;P2;Lampe;Licht;3;4,50;13,50",
        ),
        (
            "N° de commande;Date de commande;N° client;Référence produit;Désignation;Catégorie;Quantité;Prix unitaire;Montant",
            "A1;14/05/2024;K1;P1;Tasse;Cuisine;2;5,00;10,00",
            "A2;15/05/2024;K2;P2;Lampe;Lumière;3;4,50;13,50",
        ),
        (
            "Nº de pedido;Fecha de pedido;ID cliente;Código de artículo;Artículo;Categoría;Cantidad;Precio unitario;Importe",
            "A1;14/05/2024;K1;P1;Taza;Cocina;2;5,00;10,00",
            "A2;15/05/2024;K2;P2;Lámpara;Luz;3;4,50;13,50",
        ),
        (
            "Ordernummer;Besteldatum;Klantnummer;Artikelcode;Omschrijving;Productgroep;Aantal;Stukprijs;Bedrag",
            "A1;14-05-2024;K1;P1;Mok;Keuken;2;5,00;10,00",
            "A2;15-05-2024;K2;P2;Lamp;Licht;3;4,50;13,50",
        ),
        (
            "Numero ordine;Data ordine;Codice cliente;Codice articolo;Descrizione;Categoria;Quantità;Prezzo unitario;Importo",
            "A1;14/05/2024;K1;P1;Tazza;Cucina;2;5,00;10,00",
            "A2;15/05/2024;K2;P2;Lampada;Luce;3;4,50;13,50",
        ),
    ] {
        let found = guess(format!("{header}\n{row}\n{more}\n"));
        let sign = if header.contains(';') { ';' } else { ',' };
        let names: Vec<&str> = header.split(sign).collect();
        let fields: Vec<(&str, &str)> = columns(&found);
        for (field, at) in [
            ("order_id", 0),
            ("transaction_date", 1),
            ("customer_id", 2),
            ("product_id", 3),
            ("product_name", 4),
            ("category", 5),
            ("quantity", 6),
            ("amount", 8),
        ] {
            assert!(fields.contains(&(field, names[at])), "{field} of {header}: {fields:?}");
        }
        assert_eq!(sums(&found), ("23.50", 2, 2), "{header}");
        if sign == ';' {
            assert_eq!(setting(&found, "currency"), Some("EUR"));
        }
    }
}

#[test]
fn columns_of_japanese_shops_are_known() {
    let text = "注文番号,注文日,顧客ID,商品名,数量,金額\n1,2024/01/03,K0,抹茶,1,\"¥1,500\"\n\
                2,2024/01/04,K1,抹茶,2,\"¥20,000\"\n";
    let found = guess(text);
    assert_eq!(sums(&found), ("21500", 2, 2), "{}", found.mapping);
    assert_eq!(column(&found, "product_name"), Some("商品名"));
    // In Shift_JIS a backslash has the place of the yen sign.
    let text = text.replace('¥', "\\");
    let found = guess(encoding_rs::SHIFT_JIS.encode(&text).0);
    assert_eq!(sums(&found), ("21500", 2, 2), "{}", found.mapping);
}

#[test]
fn yen_and_days_are_read_as_they_are_written_in_japan() {
    let found = guess(
        "注文番号,注文日,顧客ID,金額\n1,2024年1月3日,C0,\"10,000円\"\n2,2024年1月15日,C1,\"10,370円\"\n3,2024年2月7日,C2,740円\n",
    );
    assert_eq!(sums(&found), ("21110", 3, 3), "{}", found.mapping);
    assert_eq!(found.totals.as_ref().unwrap().currency, "JPY");
    assert_eq!(days(&found), ("2024-01-03", "2024-02-07"));
}

#[test]
fn names_in_the_plural_and_with_their_tax_are_known() {
    let found = guess(
        "orders_id,customers_id,date_purchased,products_name,products_quantity,order total (inc tax)\n\
         1,7,2024-01-03,mug,1,10.00\n2,8,2024-01-04,lamp,1,20.00\n3,7,2024-01-05,mug,1,10.00\n",
    );
    assert_eq!(column(&found, "order_id"), Some("orders_id"));
    assert_eq!(column(&found, "customer_id"), Some("customers_id"));
    assert_eq!(column(&found, "product_name"), Some("products_name"));
    assert_eq!(sums(&found), ("40.00", 3, 2));
    // How many orders there were is not which.
    let days =
        guess("Day,Orders,Net sales\n2024-01-03,4,10.00\n2024-01-04,5,20.00\n2024-01-05,4,10.00\n");
    assert_eq!(column(&days, "order_id"), None);
    assert_eq!(days.doubts.len(), 2);
    // Ids that a program wrote as numbers with a point.
    let floats = guess(
        "InvoiceNo,CustomerID,InvoiceDate,Amount,Currency\n1,12010.0,2024-01-03,5.00,GBP\n2,12011.0,2024-01-03,6.00,GBP\n3,12010.0,2024-01-04,7.00,GBP\n",
    );
    assert_eq!(sums(&floats), ("18.00", 3, 2));
}

#[test]
fn what_customers_have_spent_in_all_is_no_sale() {
    let found = by_hand(
        "Customer ID,Email,Created at,Orders count,Total spent\n1,a@example.com,2024-01-03,2,50.00\n2,b@example.com,2024-01-04,1,20.00\n",
    );
    assert!(
        found.problems.join("").contains("no column has their amounts"),
        "{:?}",
        found.problems
    );
}

#[test]
fn who_buys_without_an_account_is_known_by_an_address() {
    let row =
        |n: u32, id: u32| format!("{n},{id},{n}@example.com,2024-01-0{},10.00,EUR\n", n % 9 + 1);
    let rows: String = (1..7).map(|n| row(n, 0)).chain((7..10).map(|n| row(n, n))).collect();
    let found = guess(format!("order id,customer id,email,date,amount,currency\n{rows}"));
    assert_eq!((sums(&found).2, column(&found, "customer_id")), (9, Some("email")));
    // Without one, the number is that of nobody.
    let rows: String = (1..60)
        .map(|n| format!("{n},{},2024-01-0{},10.00,EUR\n", if n < 40 { 0 } else { n }, n % 9 + 1))
        .collect();
    let found = guess(format!("order id,customer id,date,amount,currency\n{rows}"));
    assert_eq!(found.totals.as_ref().unwrap().guest_lines, 39, "{}", found.mapping);
}
