// What the peers' pages have in common: they show the headline of the default view, and answer
// the questions of the script.

/** Shows a headline; the browser tells when the number is painted. */
export function show({ revenue, orders, units, customers }) {
  const list = document.querySelector("dl");
  for (const [name, value] of Object.entries({ revenue, orders, units, customers })) {
    const [term, number] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    number.textContent = (value ?? 0).toLocaleString("en-US");
    number.setAttribute("elementtiming", "kpi");
    list.append(term, number);
  }
}

/** SQL literals of a filter on columns named as the filter's keys. */
export function where(filter, columns) {
  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
  const parts = [];
  for (const [key, column] of Object.entries(columns)) {
    if (filter[key].length > 0) parts.push(`${column} IN (${filter[key].map(quoted).join(",")})`);
  }
  return parts.map((part) => ` AND ${part}`).join("");
}

/** Shows the first filter's headline, then stands ready for questions. */
export async function run(answer) {
  const filter = JSON.parse(document.querySelector("meta[name=first]").content);
  show(await answer(filter));
  window.answer = answer;
}
