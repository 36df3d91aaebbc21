// Has page and readings kept for the next visit. Comes with the app's glue: the first numbers do not
// wait for it. A worker has the glue, too, and no page.

import { resolve } from "./ask.js";
import { forget } from "./kept.js";

/**
 * Has the page kept as soon as it has come to rest; where it must not be, nothing stays. `own` is what
 * keeper.js knows of this page.
 */
export async function keepPage(config, { base, isOurs, keeper, mayKeep, script }) {
  if (!keeper) return;
  const mark = document.querySelector("meta[name=hub-keeps]").content;
  const open = mark !== "" && mayKeep(await config);
  if (open) await rested();
  const found = await keeper.getRegistration(base);
  // Workers of wider places are others', and so may be one of this very place.
  const here = found?.scope === base && (found.active ?? found.waiting ?? found.installing);
  if (open && (!here || isOurs(here))) {
    // Without a host the one that is at work goes on.
    await keeper.register(script, { updateViaCache: "none" }).catch(() => {});
    await keepRead();
  }
  if (open !== false) return;
  if (here && isOurs(here)) {
    // What it is about to keep is deleted by itself.
    here.postMessage("keep-nothing");
    await found.unregister();
  }
  await forget(base);
}

/** Has kept what the page has read, which is told by a script that comes when the page has come to rest. */
async function keepRead() {
  const scripts = document.querySelector("meta[name=hub-js]").content;
  const { followVisits, keepRead: keep } = await import(resolve(`${scripts}offline.js`));
  await keep();
  followVisits();
}

/** Resolves when the page is complete and idle. */
function rested() {
  return new Promise((done) => {
    const look = () => {
      if (document.body?.dataset.ready !== "true") return;
      rest.disconnect();
      done();
    };
    const rest = new MutationObserver(look);
    rest.observe(document, { subtree: true, childList: true, attributeFilter: ["data-ready"] });
    look();
  });
}
