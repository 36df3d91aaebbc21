// A wire between browser and server: bytes come later, and no faster than a line allows.
//
// Each direction takes half of the round trip; a new connection waits one round trip more, as TCP's
// handshake would make it. All connections share the line from server to browser.

import net from "node:net";

/** What one piece may weigh, so that connections take turns on the line. */
const PIECE = 4096;
/** What may wait on the line for one connection before the server is held back. */
const ROOM = 65_536;

/** Hands things on when they are due, in the order in which they came. */
function queue(hand) {
  const waiting = [];
  const pump = () => {
    while (waiting.length > 0 && waiting[0][0] <= performance.now()) hand(waiting.shift()[1]);
    if (waiting.length > 0) setTimeout(pump, Math.max(waiting[0][0] - performance.now(), 0));
  };
  return (due, thing) => {
    waiting.push([due, thing]);
    if (waiting.length === 1) setTimeout(pump, Math.max(due - performance.now(), 0));
  };
}

/** `line` is `{ rtt, bits }`, milliseconds and bits a second; it may be changed at any time. */
export async function openWire(target, line) {
  const log = [];
  const sockets = new Set();
  let free = 0;
  const server = net.createServer({ noDelay: true, pauseOnConnect: true }, (browser) => {
    const upstream = net.connect({ port: target, host: "127.0.0.1", noDelay: true });
    for (const socket of [browser, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        browser.destroy();
        upstream.destroy();
      });
    }
    upstream.on("connect", () => {
      setTimeout(() => {
        const ask = queue((bytes) => upstream.writable && upstream.write(bytes));
        browser.on("data", (bytes) => ask(performance.now() + line.rtt / 2, bytes));
        browser.resume();
      }, line.rtt);
    });
    let waiting = 0;
    const deliver = queue((piece) => {
      waiting -= piece.length;
      log.push([performance.timeOrigin + performance.now(), piece.length]);
      if (browser.writable) browser.write(piece);
      if (waiting < ROOM && upstream.isPaused()) upstream.resume();
    });
    upstream.on("data", (bytes) => {
      for (let at = 0; at < bytes.length; at += PIECE) {
        const piece = bytes.subarray(at, at + PIECE);
        free = Math.max(free, performance.now()) + (piece.length * 8000) / line.bits;
        waiting += piece.length;
        deliver(free + line.rtt / 2, piece);
      }
      if (waiting >= ROOM) upstream.pause();
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    /** `[time, bytes]` of all that the browser got since the last call. */
    taken: () => log.splice(0),
    /** Ends all connections, so that the next visit opens its own. */
    cut() {
      for (const socket of sockets) socket.destroy();
      free = 0;
    },
    async close() {
      this.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
