// Files from another origin, which are kept for the next visit: what comes of them when they come slowly, are cancelled,
// or turn out to be none.
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { FILES } from "../../web/session/sets.js";
import { rest, rig, until } from "./rig.js";

const it = rig();
const sources = FILES.map((name) => ({ name, url: `https://mirror.example/${name}` }));
const kept = new Map<string, Uint8Array>();

/** A body that comes when it is told to, and breaks off when it is cancelled. */
let body: ReadableStreamDefaultController<Uint8Array>;
let asked = 0;

beforeEach(() => {
  kept.clear();
  asked = 0;
  const cache = {
    match: async (url: string) => (kept.has(url) ? new Response(kept.get(url) as BodyInit) : undefined),
    put: async (url: string, response: Response) => void kept.set(url, await response.bytes()),
    delete: async (url: string) => kept.delete(url),
  };
  vi.stubGlobal("caches", { open: async () => cache });
  vi.stubGlobal("fetch", async (_: string, { signal }: { signal: AbortSignal }) => {
    asked++;
    const stream = new ReadableStream<Uint8Array>({ start: (controller) => void (body = controller) });
    signal.addEventListener("abort", () => body.error(new DOMException("aborted", "AbortError")));
    return new Response(stream, { headers: { "content-length": "300000" } });
  });
});
afterEach(() => rest(it));
afterAll(() => {
  vi.unstubAllGlobals();
  it.close();
});

test("a download that is cancelled before its first byte is cancelled, and no crash", async () => {
  it.player.load("mnist", sources);
  await until(() => asked === 1);
  it.player.cancelLoad();
  await until(() => it.ear.refusals.length > 0 || it.ear.losses.length > 0);
  expect(it.ear.losses).toEqual([]);
  expect(it.ear.refusals[0]!.refusal).toEqual({ code: "cancelled" });
});

test("how much has come is told while it comes, though it is kept at the same time", async () => {
  it.player.load("mnist", sources);
  await until(() => asked === 1);
  body.enqueue(new Uint8Array(150_000));
  await until(() => it.ear.progress.length > 0, "progress", 2000);
  expect(it.ear.progress[0]).toEqual({ file: FILES[0], received: 150_000, total: 300_000 });
  it.player.cancelLoad();
  await until(() => it.ear.refusals.length > 0);
  // Half a file is not kept.
  expect(kept.size).toBe(0);
});

test("a file that is damaged is refused at once, though more of it would come", async () => {
  it.player.load("mnist", sources);
  await until(() => asked === 1);
  body.enqueue(Uint8Array.from({ length: 5000 }, (_, i) => [0x1f, 0x8b, 8, 0][i] ?? 0xff));
  await until(() => it.ear.refusals.length > 0, "a refusal", 2000);
  expect(it.ear.refusals[0]!.refusal).toMatchObject({ code: "gzipCut", file: FILES[0] });
  expect(kept.size).toBe(0);
});

test("what was kept stays when a load is cancelled, and is forgotten when it turns out to be none", async () => {
  kept.set(sources[0]!.url, new Uint8Array(10));
  it.player.load("mnist", sources);
  await until(() => asked === 1);
  it.player.cancelLoad();
  await until(() => it.ear.refusals.length > 0);
  expect(it.ear.refusals[0]!.refusal).toEqual({ code: "cancelled" });
  expect([...kept.keys()]).toEqual([sources[0]!.url]);
  for (const { url } of sources) kept.set(url, new Uint8Array(10));
  it.player.load("mnist", sources);
  await until(() => it.ear.refusals.length > 1);
  expect(it.ear.refusals[1]!.refusal.code).toBe("wrongMagic");
  expect(kept.size).toBe(0);
});
