// A server of the built page whose worker can be made to fail, and asked how long the engine's memory is. Only the
// worker's own script differs, by lines before it; it listens on a broadcast channel of its own.
import { createServer, type Server } from "node:http";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { fileHandler } from "../../scripts/serve.mjs";
import { BUILT, DATA_FOLDER } from "./page.js";

export type Failure = "throw" | "trap" | "hang" | "deaf";

/** Runs in the worker, before the worker's own script. */
function sabotaged(): void {
  // (module (func (export "t") unreachable))
  const bytes = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11,
  ];
  const Real = WebAssembly.Instance;
  const trap = new Real(new WebAssembly.Module(new Uint8Array(bytes))).exports["t"] as () => void;
  let trapped = false;
  let memory: WebAssembly.Memory | undefined;
  WebAssembly.Instance = function (module: WebAssembly.Module, imports: WebAssembly.Imports) {
    const { exports } = new Real(module, imports);
    memory = exports["memory"] as WebAssembly.Memory;
    const wrapped = Object.entries(exports).map(([name, value]) => {
      if (name !== "session_train") return [name, value];
      return [
        name,
        (...args: unknown[]) => (trapped ? trap() : (value as (...args: unknown[]) => unknown)(...args)),
      ];
    });
    return { exports: Object.fromEntries(wrapped) };
  } as unknown as typeof Real;
  const channel = new BroadcastChannel("sabotage");
  channel.onmessage = ({ data }: MessageEvent<Failure | "memory">) => {
    switch (data) {
      case "throw":
        throw new Error("sabotaged");
      case "trap":
        trapped = true;
        return;
      case "hang":
        // As an endless loop, but the machine may do something else meanwhile.
        Atomics.wait(
          new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer),
          0,
          0,
        );
        return;
      case "deaf":
        self.onmessage = null;
        return;
      case "memory":
        channel.postMessage({ bytes: memory?.buffer.byteLength ?? 0 });
    }
  };
}

/** Serves the page with such a worker. */
export async function sabotagedSite(
  data: string | null = DATA_FOLDER,
): Promise<{ url: string; close: () => void }> {
  const name = readdirSync(join(BUILT, "assets")).find((file) => /^worker-.*\.js$/.test(file));
  const script = `(${sabotaged})();\n${readFileSync(join(BUILT, "assets", name!), "utf8")}`;
  const handle = fileHandler({ root: BUILT, data });
  const server: Server = createServer((request, response) => {
    if (!request.url?.endsWith(`/${name}`)) return void handle(request, response);
    response.writeHead(200, { "Content-Type": "text/javascript; charset=utf-8" }).end(script);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/`, close };
}

export async function sabotage(page: Page, how: Failure): Promise<void> {
  await page.evaluate((failure) => {
    const channel = new BroadcastChannel("sabotage");
    channel.postMessage(failure);
    channel.close();
  }, how);
}

/** How long the engine's memory is, in bytes. */
export function memoryBytes(page: Page): Promise<number> {
  return page.evaluate(() => {
    const channel = new BroadcastChannel("sabotage");
    return new Promise<number>((resolve) => {
      channel.onmessage = ({ data }) => {
        channel.close();
        resolve(data.bytes);
      };
      channel.postMessage("memory");
    });
  });
}

/** Counts the workers that the page starts and ends. Before the page is opened. */
export async function countWorkers(page: Page): Promise<() => Promise<{ started: number; ended: number }>> {
  await page.addInitScript(() => {
    const counts = { started: 0, ended: 0 };
    Object.assign(globalThis, { workerCounts: counts });
    const Real = Worker;
    globalThis.Worker = class extends Real {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        counts.started++;
      }
      override terminate(): void {
        counts.ended++;
        super.terminate();
      }
    };
  });
  return () =>
    page.evaluate(
      () => (globalThis as unknown as { workerCounts: { started: number; ended: number } }).workerCounts,
    );
}
