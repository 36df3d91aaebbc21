// Whether a configuration asks for a sign-in.

/** True as soon as a key was probably meant to ask for one, rightly spelt or not: as in src/config. */
export function asksForSignIn(settings) {
  const meant = /signin|clientid|hosteddomain|authendpoint/i;
  return Object.keys(settings).some((key) => meant.test(key.replace(/[^a-z\d]/gi, "")));
}
