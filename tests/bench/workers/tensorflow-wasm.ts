// TensorFlow.js on its wasm backend: its SIMD binary, one thread (more would need COOP and COEP).
import * as tf from "@tensorflow/tfjs-core";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import scalar from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import { contendBy } from "./tensorflow.js";

setThreadsCount(1);
setWasmPaths({
  "tfjs-backend-wasm.wasm": scalar,
  "tfjs-backend-wasm-simd.wasm": simd,
  "tfjs-backend-wasm-threaded-simd.wasm": threaded,
});

contendBy(self.name as "loop" | "fit", start());

async function start(): Promise<void> {
  await tf.setBackend("wasm");
  const vectors = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  if (tf.getBackend() !== "wasm" || !vectors) throw new Error("TensorFlow.js has no SIMD wasm backend here");
}
