// A reader without a pointer: keys alone, and after each of them the focus is somewhere, in sight
// and marked.

/** Presses a key, then makes sure of the focus. */
export async function press(page, key) {
  await page.keyboard.press(key);
  await seen(page, key);
}

/** Presses Tab (or Shift+Tab) until the focus is on what a name says. */
export async function tabTo(page, name, { back = false, most = 60 } = {}) {
  const key = back ? "Shift+Tab" : "Tab";
  const passed = [];
  for (let times = 0; times < most; times += 1) {
    await press(page, key);
    const on = await focused(page);
    if (name.test(on)) return on;
    passed.push(on);
  }
  throw new Error(`${key} does not lead to ${name}, but to: ${passed.join(" · ")}`);
}

/** The role and name of what has the focus. */
export async function focused(page) {
  return page.evaluate(() => {
    const it = document.activeElement;
    const label = it.ariaLabel ?? it.labels?.[0]?.innerText ?? it.innerText ?? "";
    return `${it.role ?? it.localName} ${label.trim().replace(/\s+/g, " ").slice(0, 80)}`;
  });
}

/** Fails where the focus is lost, hidden, out of sight or not to be told from the rest. */
async function seen(page, key) {
  const wrong = () =>
    page.evaluate(() => {
      const it = document.activeElement;
      if (!it || it === document.body) return "nothing has the focus";
      // Boxes that are drawn by another element: their label, what follows them, what holds them.
      const drawn = [it, it.nextElementSibling, it.parentElement, it.parentElement?.parentElement];
      const box = drawn
        .map((part) => part?.getBoundingClientRect())
        .find((part) => part && part.width > 1 && part.height > 1);
      if (!box) return "the focus is on something without a size";
      const { innerWidth, innerHeight } = globalThis;
      const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
      const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
      if (left >= right || top >= bottom) return "the focus is out of sight";
      const places = [0.1, 0.5, 0.9].map((part) => [(left + right) / 2, top + (bottom - top) * part]);
      const covers = ([x, y]) => {
        const over = document.elementFromPoint(x, y);
        return over && drawn.some((part) => part && (part.contains(over) || over.contains(part)));
      };
      if (!places.some(covers)) return "the focus is covered by something else";
      const marked = drawn.some((part) => {
        if (!part || part === document.body) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(part);
        return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
      });
      return marked ? undefined : "the focus is not marked";
    });
  // A panel may be opening, a view arriving.
  let reason;
  for (let tries = 0; tries < 40; tries += 1) {
    reason = await wrong();
    if (!reason) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`after ${key}, ${reason}: ${await focused(page)}`);
}
