// Every number that a page has ever shown, frame by frame, and what it may be.

/**
 * From now on notes what stands on a page whenever it was painted anew: `{ address, shown, cards }`:
 * what the page says that it shows (view and filter), by card the exact numbers in their order, and
 * whether the card says that they are not of this moment.
 */
export async function watchNumbers(page) {
  await page.addInitScript(() => {
    const seen = (globalThis.numbersSeen = new Set());
    const { setTimeout } = globalThis;
    let changed = true;
    const note = () => {
      const cards = {};
      for (const cell of document.querySelectorAll("data[value]")) {
        const card = cell.closest("[data-kpi], [data-widget]");
        const name = card?.dataset.kpi ?? card?.dataset.widget ?? "page";
        // What hides behind a tip or a note is said of the card, too.
        const updating = card?.matches('[aria-busy="true"]') || card?.querySelector(".kept, .card__updating") !== null;
        cards[name] ??= { updating: card ? updating : false, values: [] };
        cards[name].values.push(cell.value);
      }
      const words = [...document.querySelectorAll("h1, .chip")].map(({ textContent }) => textContent.trim());
      const address = location.pathname + location.search;
      seen.add(JSON.stringify({ address, shown: words.join(", "), cards }));
    };
    const next = () =>
      requestAnimationFrame(() => {
        // After the frame was painted: what the reader sees, and not what is being put together.
        if (changed) setTimeout(note);
        changed = false;
        next();
      });
    new MutationObserver(() => (changed = true)).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["value", "aria-busy"],
      characterData: true,
    });
    next();
  });
}

/**
 * From now on drawing pauses wherever it may, and each pause is a frame: as on a machine that is slow
 * or has much else to do. Comes after [`watchNumbers`].
 */
export async function drawSlowly(page) {
  await page.addInitScript(() => {
    const { setTimeout, Date } = globalThis;
    const now = Date.now.bind(Date);
    let spent = 0;
    Date.now = () => now() + (spent += 20);
    const afterFrame = (work) => requestAnimationFrame(() => requestAnimationFrame(() => work()));
    globalThis.setTimeout = (work, wait, ...rest) => (wait === 0 ? afterFrame(work) : setTimeout(work, wait, ...rest));
  });
}

/** What a page has shown since it was loaded. */
export async function numbersSeen(page) {
  return page.evaluate(() => [...globalThis.numbersSeen].map((text) => JSON.parse(text)));
}

/** What stands on a page at rest: card by card, as [`watchNumbers`] notes it. */
export async function numbersNow(page) {
  const seen = await numbersSeen(page);
  return seen.at(-1);
}

/** True if some numbers are others with some left out: a card that is not complete yet. */
function isWithin(values, whole) {
  let at = 0;
  for (const value of whole) if (values[at] === value) at += 1;
  return at === values.length;
}

/**
 * What was shown and is not so: a card's numbers are those of the view and the filter that the page
 * shows, or, where the card says that they are on their way, those of before. `truths` are pages at
 * rest.
 */
export function wrongNumbers(seen, truths) {
  const wrong = new Set();
  const passed = new Set();
  for (const { address, shown, cards } of seen) {
    // The address is ahead of the page for a moment; before the page says what it shows, it counts.
    const isKnown = truths.some((truth) => truth.shown === shown);
    const now = truths.filter((truth) => (isKnown ? truth.shown === shown : truth.address === address));
    for (const truth of now) passed.add(truth);
    const before = [...passed];
    for (const [name, { updating, values }] of Object.entries(cards)) {
      // A card out of sight may still be of before when all is at rest.
      const truly = (updating ? before : now).flatMap(({ cards }) => (cards[name]?.updating ? [] : (cards[name] ?? [])));
      const right = values.length === 0 || truly.some((truth) => isWithin(values, truth.values));
      if (!right) wrong.add(`${address} ${name}${updating ? " (updating)" : ""}: ${values.join(" ")}`);
    }
  }
  return [...wrong];
}
