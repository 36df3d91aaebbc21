//! The names of each field, as they stand in files of shops.

/// Names of a field: those that can mean nothing else, and those that usually mean it.
pub struct Entry {
    /// The field.
    pub field: &'static str,
    /// Names that can mean nothing else.
    pub best: &'static str,
    /// Names that usually mean it.
    pub usual: &'static str,
}

/// Phrases are set apart by `|`.
pub const ENTRIES: [Entry; 33] = [
    Entry {
        field: "transaction_date",
        best: "дата заказа|принят в обработку|дата создания|siparis tarihi|oxorderdate|注文日|購入日|注文日時|購入日時|受注日|売上日|transaction date|order date|purchase date|sale date|sales date|ordered at|order time|\
            order timestamp|order datetime|placed at|order placed|purchased at|bought at|date of order|\
            date of purchase|created at|order created at|bestelldatum|auftragsdatum|kaufdatum|\
            verkaufsdatum|bestellt am|date de commande|date commande|date d achat|date achat|\
            date de vente|date vente|fecha de pedido|fecha pedido|fecha del pedido|fecha de compra|\
            fecha compra|fecha de venta|fecha venta|besteldatum|orderdatum|aankoopdatum|verkoopdatum|\
            data ordine|data dell ordine|data d ordine|data acquisto|data di acquisto|data vendita",
        usual: "дата|tarih|日付|date|datetime|date time|day|created|created date|date created|created utc|\
            created date utc|creation date|timestamp|when|invoice date|invoice datetime|\
            transaction time|payment date|payments date|paid at|date paid|posting date|datum|tag|\
            zeitpunkt|erstellt|erstellt am|erstelldatum|rechnungsdatum|belegdatum|buchungsdatum|\
            date de facture|date facture|cree le|jour|fecha|fecha de factura|fecha factura|dia|\
            factuurdatum|dag|data|data fattura|giorno|orderdate|purchasedate",
    },
    Entry {
        field: "order_id",
        best: "номер заказа|заказ|id заказа|siparis numarasi|oxordernr|注文番号|注文id|受注番号|伝票番号|order id|orders id|orders nr|order nr|order name|order code|order key|order ref|order reference|\
            sales order|sales order nr|sales order id|amazon order id|invoice|invoice nr|invoice id|\
            receipt nr|receipt id|basket id|cart id|ticket nr|purchase id|sale id|sales id|\
            bestellnr|bestellnummer|bestell nr|bestell id|bestellung|bestellung nr|auftragsnummer|\
            auftragsnr|auftrags nr|auftrag|rechnungsnummer|rechnungsnr|rechnungs nr|belegnummer|\
            belegnr|beleg nr|bonnummer|bon nr|vorgangsnummer|nr commande|nr de commande|\
            id commande|commande nr|reference commande|nr facture|nr de facture|nr pedido|\
            nr de pedido|id pedido|pedido nr|nr factura|nr de factura|bestelnummer|bestel nr|\
            ordernummer|order nummer|factuurnummer|factuur nr|nr ordine|id ordine|ordine nr|\
            nr d ordine|nr dell ordine|nr fattura|nr scontrino|\
            nr objednavky|id objednavky|kod objednavky|objednavka nr|nr faktury|nr dokladu|\
            nr uctenky|nr zamowienia|id zamowienia|kod zamowienia|zamowienie nr|nr paragonu|\
            rendelesszam|rendeles szama|rendelesi szam|rendeles azonosito|rendeles azonositoja|\
            rendeles id|szamlaszam|szamla szama|szamla sorszama|siparis nr|siparis id|siparis kodu|\
            fatura nr|fis nr|bestallningsnummer|bestallningsnr|bestallnings nr|bestallning nr|\
            ordernr|fakturanummer|fakturanr|faktura nr|kvittonummer|kvittonr|ordrenummer|ordrenr|\
            ordre nr|ordre id|bestillingsnummer|bestillingsnr|bestilling nr|kvitteringsnummer|\
            tilausnumero|tilausnr|tilauksen nr|tilaus nr|tilaus id|tilauksen tunnus|laskunumero|\
            laskun nr|kuittinumero|bestelling nr|bestel id|bestelling id|order nr|bonnr|\
            kassabonnummer|nr do pedido|id do pedido|codigo do pedido|nr da encomenda|\
            nr de encomenda|nr encomenda|id da encomenda|nr da fatura|nr fatura",
        usual: "order|orders|receipt|ticket|bon|beleg|rechnung|commande|facture|pedido|factura|\
            bestelling|factuur|objednavka|faktura|doklad|uctenka|zamowienie|paragon|rendeles|\
            szamla|siparis|fatura|bestallning|kvitto|ordre|bestilling|kvittering|tilaus|kuitti|\
            encomenda|ordine|fattura|scontrino|document nr|document id|doc nr|docnr|docno|voucher nr|orderid|ordernr|orderno|transaction id|\
            transaction nr|transaction|transaktion|transaktionsnummer",
    },
    Entry {
        field: "transaction_id",
        best: "transaction id|line id|line item id|order item id|order line id|orderline id|row id|\
            row nr|line nr|sales record nr|zeilen nr|zeilennummer|positionsnummer|positions id|\
            id ligne|nr ligne|id linea|nr linea|regelnummer|regel id|id riga|nr riga",
        usual: "line|row|position|zeile|ligne|linea|regel|riga|transaction nr|lineid|rowid|index",
    },
    Entry {
        field: "customer_id",
        best: "顧客id|顧客番号|会員番号|会員id|お客様番号|customer id|customers id|customer nr|customers nr|customer code|customer key|cust id|client id|client nr|\
            client code|user id|member id|member nr|buyer id|buyer user id|buyer username|\
            shopper id|account id|account nr|household key|kundennummer|kundennr|kunden nr|\
            kunden id|kunde nr|kunde id|debitor|debitorennummer|kaufer id|id client|nr client|\
            nr de client|code client|id cliente|nr cliente|nr de cliente|codigo cliente|\
            codigo de cliente|klantnummer|klantnr|klant nr|klant id|codice cliente",
        usual: "клиент|покупатель|musteri|alici|customer|client|user|member|buyer|shopper|kunde|kaufer|kauferin|acheteur|cliente|\
            comprador|klant|koper|acquirente|customerid|custid|clientid|userid|klantid|kundenid|\
            username|account|customer mobile|customer phone|mobile nr|guest|gast|payer|account code",
    },
    Entry {
        field: "email",
        best: "oxbillemail|e posta|eposta|メールアドレス|email|e mail|mail|email address|e mail address|customer email|buyer email|\
            billing email|email billing|customer e mail|email adresse|e mail adresse|mailadresse|\
            adresse email|adresse e mail|courriel|correo|correo electronico|direccion de correo|\
            emailadres|e mailadres|email adres|indirizzo email|posta elettronica|contact email",
        usual: "",
    },
    Entry {
        field: "first_name",
        best: "first name|firstname|given name|customer first name|billing first name|\
            first name billing|vorname|prenom|voornaam|nome di battesimo",
        usual: "",
    },
    Entry {
        field: "last_name",
        best: "last name|lastname|surname|family name|customer last name|billing last name|\
            last name billing|nachname|familienname|nom de famille|apellido|apellidos|achternaam|\
            cognome",
        usual: "",
    },
    Entry {
        field: "name",
        best: "顧客名|氏名|customer name|client name|full name|fullname|buyer name|billing name|bill to name|\
            full name billing|name of customer|kundenname|nom du client|nom client|\
            nombre del cliente|nombre cliente|klantnaam|naam klant|nome cliente|nome del cliente",
        usual: "name|nom|nombre|naam|nome|customer|client|kunde|cliente|klant|buyer|recipient name|\
            ship to name|shipping name",
    },
    Entry {
        field: "product_id",
        best: "商品id|商品番号|商品コード|product id|products id|products model|product nr|product code|product key|product sku|sku|item sku|\
            lineitem sku|variant sku|variant id|item nr|item id|item code|article nr|article id|\
            article code|stock code|asin|ean|gtin|upc|isbn|artikelnummer|artikelnr|artikel nr|\
            art nr|artikel id|produktnummer|produkt nr|produkt id|reference produit|\
            reference article|ref produit|ref article|code article|code produit|id produit|\
            id producto|codigo producto|codigo de producto|codigo articulo|codigo de articulo|\
            referencia|artikelcode|productcode|productnummer|product nummer|id prodotto|\
            codice prodotto|codice articolo",
        usual: "productid|stockcode|itemid|ref|reference|codice|codigo|plu|barcode",
    },
    Entry {
        field: "product_name",
        best: "商品名|product name|products name|product title|name of product|item name|item title|lineitem name|\
            article name|artikelname|artikelbezeichnung|produktname|produktbezeichnung|\
            nom du produit|nom produit|libelle produit|nombre del producto|nombre producto|\
            productnaam|artikelnaam|naam product|nome prodotto|nome del prodotto",
        usual: "товар|наименование|наименование товара|название товара|urun adi|urun|product|item|items|article|title|description|product description|\
            item description|artikel|produkt|bezeichnung|beschreibung|produit|designation|libelle|\
            producto|articulo|descripcion|omschrijving|prodotto|articolo|descrizione|products|\
            product s|ware|productname",
    },
    Entry {
        field: "category",
        best: "カテゴリ|カテゴリー|category|product category|item category|category name|kategorie|warengruppe|\
            produktkategorie|produktgruppe|artikelgruppe|categorie|categorie produit|\
            categorie de produit|categoria|categoria producto|categoria de producto|\
            productcategorie|productgroep|artikelgroep|categoria prodotto",
        usual: "department|product type|product group|product line|productline|aisle|section|\
            abteilung|sortiment|rayon|famille|departamento|familia|seccion|afdeling|reparto|\
            famiglia|family|productcategory",
    },
    Entry {
        field: "quantity",
        best: "количество|adet|miktar|数量|個数|quantity|qty|item quantity|order quantity|ordered quantity|lineitem quantity|\
            quantity ordered|qty ordered|quantity purchased|quantity sold|qty sold|units sold|\
            items sold|nr of items|nr of units|menge|bestellmenge|anzahl|stuckzahl|quantite|qte|\
            cantidad|aantal|hoeveelheid|quantita|qta",
        usual: "units|pieces|pcs|count|stuck|stueck|stk|unidades|uds|cant|stuks|pezzi|quant|\
            quantityordered|volume",
    },
    Entry {
        field: "unit_price",
        best: "цена|birim fiyat|birim fiyati|単価|price cents|price minor|price in cents|unit price|price per unit|price each|unit cost|price unit|lineitem price|item cost|\
            einzelpreis|stuckpreis|stueckpreis|preis pro stuck|preis je stuck|e preis|ep|\
            prix unitaire|prix par unite|precio unitario|precio por unidad|precio unidad|stukprijs|\
            eenheidsprijs|prijs per stuk|prezzo unitario|unitprice|priceeach",
        usual: "price|item price|selling price|sale price|sales price|retail price|list price|\
            preis|verkaufspreis|vk preis|prix|prix de vente|precio|precio de venta|prijs|\
            verkoopprijs|prezzo|prezzo di vendita",
    },
    Entry {
        field: "amount",
        best: "сумма|сумма заказа|сумма отправления|satis tutari|faturalanacak tutar|oxtotalordersum|amount|金額|売上|売上金額|amount cents|amount minor|amount in cents|total cents|total in cents|line total|line amount|line item total|order line total|item total|\
            total price|extended price|extended amount|sales amount|sales|net sales|revenue|\
            net revenue|net amount|sold for|amount paid|transaction amount|umsatz|betrag|\
            gesamtpreis|positionssumme|zeilensumme|nettobetrag|nettoumsatz|positionsbetrag|\
            montant|montant ligne|total ligne|prix total|chiffre d affaires|ventes|importe|\
            importe linea|total linea|precio total|ventas|bedrag|totaalprijs|regeltotaal|omzet|\
            importo|importo riga|totale riga|prezzo totale|fatturato|vendite",
        usual: "итого|стоимость|tutar|toplam|toplam tutar|net|gross|ht|ttc|brut|bruto|neto|lordo|合計|合計金額|total|total amount|total sales|total revenue|total paid|total value|gross amount|\
            gross sales|gross revenue|net total|turnover|spend|payment amount|payment|value|\
            subtotal|sub total|paid|summe|gesamt|gesamtbetrag|gesamtsumme|bruttobetrag|\
            bruttoumsatz|brutto|netto|erlos|erloes|endbetrag|warenwert|montant total|montant ttc|\
            montant ht|total ttc|total ht|ca|importe total|monto|monto total|ingresos|valor|totaal|\
            totaalbedrag|totaal bedrag|importo totale|totale|ricavo|ricavi|incasso|\
            order total|grand total|order amount|order value|order total amount|\
            order subtotal amount|grand total base|grand total purchased|bestellwert|\
            rechnungsbetrag|auftragswert|total commande|total pedido|total de pedido|ordertotaal|\
            totale ordine|totalamount|totalprice",
    },
    Entry {
        field: "currency",
        best: "通貨|currency|currency code|order currency|iso currency|wahrung|waehrung|wahrungscode|\
            devise|monnaie|moneda|divisa|valuta|munteenheid",
        usual: "presentment currency|payment currency",
    },
    Entry {
        field: "country",
        best: "country|country code|country name|billing country|country billing|\
            country code billing|customer country|land|pays|pais|paese",
        usual: "ship country|shipping country|ship to country|market|lander",
    },
    Entry {
        field: "city",
        best: "city|town|billing city|city billing|customer city|stadt|ort|wohnort|ville|ciudad|\
            stad|plaats|woonplaats|citta",
        usual: "ship city|shipping city|ship to city|comune",
    },
    Entry {
        field: "registration_date",
        best: "registration date|registered at|registered on|signup date|sign up date|\
            customer since|member since|registrierungsdatum|registriert am|kunde seit|\
            date d inscription|date inscription|fecha de registro|fecha registro|\
            registratiedatum|klant sinds|data registrazione|data di registrazione",
        usual: "registered|joined|signup|customer created at",
    },
    Entry { field: "customer_segment", best: "customer segment", usual: "" },
    Entry { field: "churn_risk", best: "churn risk", usual: "" },
    Entry {
        field: "price",
        best: "price|list price|unit price|preis|prix|precio|prijs|prezzo",
        usual: "retail price|selling price",
    },
    Entry {
        field: "interaction_id",
        best: "interaction id|ticket id|ticket nr|case id|case nr",
        usual: "id",
    },
    Entry {
        field: "interaction_date",
        best: "interaction date|ticket date|contact date|created at|opened at",
        usual: "date|datum|fecha|data|created",
    },
    Entry {
        field: "channel",
        best: "channel|contact channel|kanal|canal|kanaal|canale",
        usual: "",
    },
    Entry {
        field: "reason",
        best: "reason|topic|contact reason|grund|motif|motivo|reden",
        usual: "subject|type",
    },
    Entry {
        field: "satisfaction_score",
        best: "satisfaction score|satisfaction|csat|csat score|zufriedenheit|satisfaccion|\
            tevredenheid|soddisfazione",
        usual: "score|rating|bewertung|note",
    },
    Entry { field: "campaign_id", best: "campaign id|campaign nr|kampagne id", usual: "campaign" },
    Entry { field: "campaign_name", best: "campaign name|kampagne", usual: "" },
    Entry { field: "contact_date", best: "contact date|sent at|send date", usual: "date|datum" },
    Entry {
        field: "responded",
        best: "responded|response|has responded|reagiert",
        usual: "converted|answered",
    },
    Entry { field: "session_id", best: "session id|visit id", usual: "id|session" },
    Entry {
        field: "visit_date",
        best: "visit date|session date|visited at|session start",
        usual: "date|datum",
    },
    Entry { field: "pages_viewed", best: "pages viewed|page views|pageviews|pages", usual: "" },
];
