// Load on a server of this machine, and what the server needs for it.

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const SCRIPT = path.join(path.dirname(fileURLToPath(import.meta.url)), "load.lua");
const TICKS_A_SECOND = 100;

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What wrk measures: requests a second, times in milliseconds, what was lost or refused. */
async function wrk(url, { connections, seconds, load }) {
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "20s", "-s", SCRIPT, url];
  const { stdout } = await promisify(execFile)("wrk", args, { env: { ...process.env, ...load } });
  const line = stdout.split("\n").find((text) => text.startsWith("JSON "));
  const { requests, microseconds, p50, p99, lost, refused } = JSON.parse(line.slice(5));
  return { requests, rate: requests / (microseconds / 1e6), p50: p50 / 1000, p99: p99 / 1000, lost, refused };
}

/** A process and those that it has started. */
async function family(pid) {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return [pid, ...children.split(" ").filter(Boolean).map(Number)];
}

/** Milliseconds of processor that a server has taken so far. */
async function processor(pid) {
  let ticks = 0;
  for (const one of await family(pid)) {
    const text = await readFile(`/proc/${one}/stat`, "utf8");
    const [user, system] = text.slice(text.lastIndexOf(")") + 2).split(" ").slice(11, 13);
    ticks += Number(user) + Number(system);
  }
  return (ticks * 1000) / TICKS_A_SECOND;
}

/** Megabytes that a server holds at this moment. */
export async function memory(pid) {
  let kilobytes = 0;
  for (const one of await family(pid)) {
    const text = await readFile(`/proc/${one}/status`, "utf8");
    kilobytes += Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0);
  }
  return (kilobytes * 1024) / 1e6;
}

/** Load on an address; with the microseconds of processor that the server took for a request. */
export async function loaded({ child }, url, how) {
  await wrk(url, { ...how, seconds: 1 });
  const before = await processor(child.pid);
  const measured = await wrk(url, how);
  const took = (await processor(child.pid)) - before;
  return { ...measured, cost: (took * 1000) / measured.requests, memory: await memory(child.pid) };
}

/** A connection on which one request was answered, and that stays; nothing if it was not. */
function held(url) {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), hostname);
    const given = setTimeout(() => socket.destroy(), 30_000);
    let text = "";
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(given);
      resolve();
    });
    socket.on("data", (bytes) => {
      text += bytes;
      const head = text.indexOf("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
      if (head < 0 || text.length < head + 4 + length) return;
      clearTimeout(given);
      resolve(text.startsWith("HTTP/1.1 200") ? socket : undefined);
    });
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
  });
}

/** Opens so many connections that stay, some hundred at once; those that were answered. */
export async function manyHeld(url, count) {
  const sockets = [];
  for (let at = 0; at < count; at += 250) {
    const some = Array.from({ length: Math.min(250, count - at) }, () => held(url));
    sockets.push(...(await Promise.all(some)).filter(Boolean));
  }
  return sockets;
}

/** Heads that come a letter a second; after how many seconds the first and the last were cut off. */
export async function slowHeads(url, count, most) {
  const { hostname, port } = new URL(url);
  const begun = performance.now();
  const ends = [];
  const one = async () => {
    const socket = net.connect(Number(port), hostname);
    let over = false;
    socket.on("error", () => {});
    socket.on("close", () => (over = true));
    socket.resume();
    socket.write(`GET / HTTP/1.1\r\nHost: ${hostname}:${port}\r\nX-Slow: `);
    while (!over && performance.now() - begun < most * 1000) {
      await later(1000);
      if (!over) socket.write("a");
    }
    if (over) ends.push((performance.now() - begun) / 1000);
    socket.destroy();
  };
  await Promise.all(Array.from({ length: count }, one));
  return { cut: ends.length, first: Math.min(...ends), last: Math.max(...ends) };
}
