// How tests start a browser.

/** Options for Playwright; `HUB_CHROMIUM` names the program, else it is Playwright's own. */
export function launchOptions() {
  return {
    executablePath: process.env.HUB_CHROMIUM || undefined,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}
