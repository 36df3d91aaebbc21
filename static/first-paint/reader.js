// What the reader has chosen, as far as it changes the first view.

import { resolve } from "./ask.js";

/** What the browser stores for this hub under a key, as in src/look/prefs; nothing where it stores nothing. */
export function stored(key) {
  try {
    const place = new URL(resolve(".")).pathname;
    return localStorage.getItem(place === "/" ? key : `${key} ${place}`) ?? localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The reader's preferences, as far as they change the first view. */
export function preferences() {
  try {
    const { theme, layout, language } = JSON.parse(stored("hub.preferences") ?? "{}");
    return { theme, ownKpis: Boolean(layout?.kpis), language };
  } catch {
    return {};
  }
}

// The tags that are written as the record is, and the languages with words of their own: as in
// src/look/language.
const PLAIN_ENGLISH = ["en", "en-US", "en-GB", "en-AU", "en-CA", "en-NZ", "en-IE"];
const WITH_WORDS = ["en", "de"];

/** True if numbers and words are written for a reader of this language as in the record. */
export function isPlainEnglish(configured, language) {
  const auto = (tag) => !tag || tag === "auto";
  const spoken = () => navigator.languages.find((tag) => WITH_WORDS.includes(tag.split("-")[0]));
  const host = auto(configured) ? (spoken() ?? "en-US") : configured;
  return PLAIN_ENGLISH.includes(auto(language) ? host : language);
}
