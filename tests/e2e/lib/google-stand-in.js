// Stands in for https://accounts.google.com/gsi/client: the calls that the page makes, and no more.
(() => {
  const seen = { initialized: [], prompts: 0, disabled: 0 };
  let settings;
  const host = "https://accounts.google.com/gsi";

  async function answer(selectBy) {
    const asked = await fetch(`${host}/token?nonce=${encodeURIComponent(settings.nonce)}`);
    const { callback } = settings;
    callback({ credential: await asked.text(), select_by: selectBy });
  }

  function redirect() {
    const token = Math.random().toString(36).slice(2);
    document.cookie = `g_csrf_token=${token}; path=/; SameSite=None; Secure`;
    const query = new URLSearchParams({ nonce: settings.nonce, token, to: settings.login_uri });
    location.assign(`${host}/post?${query}`);
  }

  const id = {
    initialize(given) {
      const { client_id, nonce, auto_select, ux_mode, hd } = given;
      seen.initialized.push({ client_id, nonce, auto_select, ux_mode, hd });
      settings = given;
    },
    renderButton(parent, { click_listener }) {
      const button = document.createElement("button");
      button.textContent = "Sign in with Google";
      Object.assign(button.style, { color: "#1f1f1f", background: "#fff", minHeight: "40px" });
      button.addEventListener("click", () => {
        click_listener();
        if (globalThis.popupBlocked) return;
        if (settings.ux_mode === "redirect") redirect();
        else answer("btn");
      });
      parent.append(button);
    },
    prompt(...moments) {
      if (moments.length) throw new Error("moments are gone");
      seen.prompts += 1;
      if (settings.auto_select && globalThis.staysSignedIn) answer("auto");
    },
    cancel() {},
    disableAutoSelect() {
      seen.disabled += 1;
    },
  };
  globalThis.google = { accounts: { id } };
  globalThis.googleSeen = seen;
})();
