// The addresses of the page's views, as src/ui/route.rs names them.

const AT = /#\[at\("(\/[^"]*)"\)\]/g;
/** What stands for an address that no view has. */
const ELSEWHERE = "/not-found";

/** A place in an address that any text may take. */
const ANY = "[^/]+";

function pattern(route) {
  const parts = route.slice(1).split("/");
  return parts.map((part) => (part.startsWith(":") ? ANY : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))).join("/");
}

/** A regular expression for the paths of all views, below the page's own. */
export function viewPattern(source) {
  const routes = [...source.matchAll(AT)].map(([, route]) => route);
  if (!routes.includes("/") || !routes.includes(ELSEWHERE)) {
    throw new Error("src/ui/route.rs does not name the page's addresses as expected");
  }
  return `^(?:${routes.filter((route) => route !== ELSEWHERE).map(pattern).join("|")})$`;
}
