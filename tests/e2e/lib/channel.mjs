// A live channel: a real WebSocket server as docs/live.md has it, which can be told to misbehave.

import { WebSocketServer } from "ws";

/**
 * Opens a channel at `/live` of a host. It keeps every event it was given; `tell` sends more, `send`
 * sends whatever it is told, and `without` is what is lost on its way the first time.
 */
export function channel({ server }, { name = "one" } = {}) {
  const sockets = new Set();
  const told = [];
  const resumed = [];
  const state = { name, without: () => false, silent: false };
  const ws = new WebSocketServer({ noServer: true, handleProtocols: () => "insights-hub.live.v1" });
  server.on("upgrade", (request, socket, head) => {
    if (state.silent) return;
    if (state.closed || request.url !== "/live") return socket.destroy();
    ws.handleUpgrade(request, socket, head, (client) => {
      sockets.add(client);
      client.on("close", () => sockets.delete(client));
      client.on("message", (text) => {
        const { type, after } = JSON.parse(text);
        if (type !== "resume") return;
        resumed.push(after);
        const from = told[state.from ?? 0]?.seq ?? told.length + 1;
        say(client, { type: "hello", channel: state.name, seq: told.at(-1)?.seq ?? 0, from });
        const missing = told.slice(state.from ?? 0).filter(({ seq }) => seq > after);
        if (missing.length > 0) say(client, missing);
      });
    });
  });
  const say = (client, what) => client.send(typeof what === "string" ? what : JSON.stringify(what));
  const send = (what) => sockets.forEach((client) => say(client, what));
  return {
    resumed,
    state,
    send,
    /** How many are connected. */
    count: () => sockets.size,
    /** New events, each in a frame of its own, in the order of `mixed`; what is lost is kept all the same. */
    tell(events, mixed = (list) => list) {
      told.push(...events);
      for (const event of mixed(events)) if (!state.without(event)) send(event);
    },
    /** New events in one frame. */
    tellAll(events) {
      told.push(...events);
      send(events);
    },
    /** A sign of life. */
    tick: () => send({ type: "tick", seq: told.at(-1)?.seq ?? 0 }),
    /** Breaks every line off. */
    breakOff: () => sockets.forEach((client) => client.terminate()),
    /** Other events have the numbers from now on. */
    begin(name) {
      told.length = 0;
      state.name = name;
    },
    close() {
      sockets.forEach((client) => client.terminate());
      ws.close();
    },
  };
}
