// Files of invented shops, always the same ones, for the importer.

/** Numbers that follow from a seed. */
function dice(seed) {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const lines = (header, rows) => `${[header, ...rows].join("\n")}\n`;

const two = (number) => String(number).padStart(2, "0");

const COUNTRIES = ["France", "Österreich", "日本", "Chile"];

/** Five tables as files: customers, products, purchases, service, campaigns. */
export function shop(customers) {
  const roll = dice(customers);
  const day = () => `${2022 + roll(3)}-${two(1 + roll(12))}-${two(1 + roll(28))}`;
  const who = Array.from({ length: customers }, (_, at) => `c${at}`);
  const price = Array.from({ length: 60 }, () => 100 + roll(9_900));
  const money = (cents) => `${Math.trunc(cents / 100)}.${two(cents % 100)}`;
  const purchases = who.flatMap((id, at) =>
    Array.from({ length: 1 + roll(16) }, (_, line) => {
      const [product, quantity] = [roll(price.length), 1 + roll(4)];
      const order = `o${at}-${line >> 1}`;
      return `${at}-${line},${order},${id},p${product},${day()},${quantity},${money(price[product] * quantity)}`;
    }),
  );
  return {
    "customer_info.csv": lines(
      "customer_id,first_name,last_name,email,country,city,registration_date",
      who.map((id, at) => `${id},First${at},"Last, ${at}",${id}@example.com,${COUNTRIES[roll(4)]},City${roll(9)},2021-12-01`),
    ),
    "product_catalog.csv": lines(
      "product_id,product_name,category,price",
      price.map((cents, at) => `p${at},Product ${at},Group ${at % 7},${money(cents)}`),
    ),
    "purchase_transactions.csv": lines(
      "transaction_id,order_id,customer_id,product_id,transaction_date,quantity,amount",
      purchases,
    ),
    "customer_service.csv": lines(
      "interaction_id,customer_id,interaction_date,channel,reason,satisfaction_score",
      who.filter((_, at) => at % 3 === 0).map((id, at) => `s${at},${id},${day()},Phone,Delivery,${1 + roll(5)}`),
    ),
    "campaign_responses.csv": lines(
      "campaign_id,campaign_name,customer_id,contact_date,responded",
      who.filter((_, at) => at % 2 === 0).map((id) => `m1,Spring,${id},${day()},${roll(2)}`),
    ),
  };
}

/** How those tables are read. */
export const PEOPLE = `source = "Tables"
time_zone = "Europe/Berlin"
currency.code = "EUR"
[customer_info]
[product_catalog]
[purchase_transactions]
[customer_service]
[campaign_responses]
`;

/** How a snapshot's own tables are read, whose amounts are in cents. */
export const DATABASE = `source = "Database"
currency.code = "EUR"
format.amount_unit = "minor"
[customer_info]
[product_catalog]
[purchase_transactions]
[customer_service]
[campaign_responses]
[website_behavior]
`;

/** Purchases as a German program writes them, in windows-1252. */
export function latin(rows) {
  const roll = dice(5);
  const row = (_, at) => {
    const cents = 100 + roll(90_000);
    const amount = `${Math.trunc(cents / 100)},${two(cents % 100)}`;
    const day = `${two(1 + roll(28))}.${two(1 + roll(12))}.2023`;
    return `${1000 + (at >> 1)};${day};K${roll(80)};${["Möbel", "Gemüse", "Großgeräte"][roll(3)]};${1 + roll(5)};${amount} €`;
  };
  const text = lines("Bestellnummer;Datum;Kundennummer;Kategorie;Menge;Betrag", Array.from({ length: rows }, row));
  // The euro is the one letter here that is not where Latin-1 has it.
  return Buffer.from(text.replaceAll("€", "\x80"), "latin1");
}

/** Purchases of categories that are called so, as text. */
export function ofCategories(names, rows) {
  const roll = dice(rows);
  const day = () => `2023-${two(1 + roll(12))}-${two(1 + roll(28))}`;
  const row = (_, at) => `${1000 + (at >> 1)},${day()},K${roll(80)},${names[roll(names.length)]},${1 + roll(900)}.50`;
  return lines("order_id,date,customer_id,category,amount", Array.from({ length: rows }, row));
}

/** A text as bytes of an encoding in which a letter has at most two. */
export function encoded(label, text) {
  const decoder = new TextDecoder(label, { fatal: true });
  const letters = new Map();
  const learn = (bytes) => {
    try {
      const letter = decoder.decode(Uint8Array.from(bytes));
      if ([...letter].length === 1 && !letters.has(letter)) letters.set(letter, bytes);
    } catch {
      // No letter.
    }
  };
  for (let byte = 0; byte < 256; byte += 1) learn([byte]);
  for (let pair = 0x8000; pair < 0x10000; pair += 1) learn([pair >> 8, pair & 255]);
  return Buffer.from([...text].flatMap((letter) => letters.get(letter)));
}

/** Purchases of every half hour of the nights in which clocks change, as instants. */
export function zoned(zone) {
  const nights = ["2023-03-12", "2023-11-05", "2024-03-10", "2024-11-03", "2024-07-01"];
  const instants = nights.flatMap((night) =>
    Array.from({ length: 48 }, (_, at) => new Date(Date.parse(`${night}T00:00:00Z`) + at * 1_800_000).toISOString()),
  );
  const rows = instants.map((instant, at) => `${at},${instant},c${at % 17},${10 + (at % 90)}.50`);
  const mapping = `source = "Zoned"
time_zone = "${zone}"
currency.code = "USD"
format.date = "%Y-%m-%dT%H:%M:%S%.fZ"
[purchase_transactions.columns]
order_id = "order"
transaction_date = "at"
customer_id = "who"
amount = "total"
`;
  return { text: lines("order,at,who,total", rows), mapping };
}
