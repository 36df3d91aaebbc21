// What the page says about itself.

/** The notice of what failed, as `code: words`; one that takes its time is waited for. */
export async function notice(page) {
  const alert = page.locator("[role=alert][data-error]").first();
  await alert.waitFor({ timeout: 60_000 });
  const { code, words } = await alert.evaluate(read);
  return `${code}: ${words}`;
}

/** What an alert says, and its code, both of one moment. */
const read = (alert) => ({ code: alert.dataset.error, words: alert.innerText.replaceAll("\n", " ") });

/** What the words of an error are called, where only they are shown. */
const CALLED = [
  ["offline", /cannot be reached/],
  ["cut-answer", /sent \d+ bytes where/],
  ["no-ranges", /does not serve byte ranges/],
  ["compressed", /compresses/],
  ["wrong-length", /has \d+ bytes, the manifest says/],
  ["not-sqlite", /is not a snapshot/],
  ["damaged", /is damaged/],
  ["other-snapshot", /the manifest describes snapshot/],
  ["not-found", /\(404\)/],
  ["server", /the server answered/i],
  ["timed-out", /did not answer within/],
  ["web-page", /a web page came/i],
];

/** What is told where something failed, wherever that is: as [`notice`]. */
export async function complaint(page) {
  const alert = page.locator("[role=alert]").first();
  await alert.waitFor({ timeout: 60_000 });
  const { code, words } = await alert.evaluate(read);
  return `${code ?? CALLED.find(([, says]) => says.test(words))?.[0]}: ${words}`;
}
