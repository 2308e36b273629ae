// The engine's module on the page: compiled once, used here for links and summaries, posted to the worker.
import { initSync } from "../generated/brainbow_wasm.js";
import wasmUrl from "../generated/brainbow_wasm_bg.wasm?url";

export {
  check,
  formatLink,
  generatedExamples,
  ownTable,
  parseLink,
  presets,
  summary,
} from "../generated/brainbow_wasm.js";
export type * from "../generated/brainbow_wasm.js";

/** What a browser lacks for the engine, or null. */
export function missing(): "wasm" | "simd" | "workers" | null {
  if (typeof WebAssembly !== "object") return "wasm";
  if (typeof Worker !== "function") return "workers";
  // The smallest module with a vector instruction: i8x16.splat of a constant, dropped.
  const simd = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
  ];
  return WebAssembly.validate(new Uint8Array(simd)) ? null : "simd";
}

/** Compiles the module and makes the functions above usable. */
export async function loadEngine(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`${wasmUrl}: ${response.status}`);
  // Not every file server knows the type that compileStreaming insists on.
  const module = await WebAssembly.compile(await response.arrayBuffer());
  initSync({ module });
  return module;
}
