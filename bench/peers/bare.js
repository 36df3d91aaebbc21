// The limit: a page that asks for its answers and shows them.
import { show } from "./common.js";

const answers = await fetch(new URL("answers.json", document.baseURI));
show(await answers.json());
