//! Headers in six languages.

use crate::files::{column, columns, days, guess, setting, sums};

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
