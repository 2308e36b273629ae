// The worker's side: one engine at the end of a port. Knows neither page nor pictures.
import { initSync } from "../generated/brainbow_wasm.js";
import { FileRefused, forget, readFile } from "./files.js";
import { Learner } from "./learner.js";
import type { Answer, Command, Port, Refusal, Source } from "./protocol.js";
import { buffersOf } from "./protocol.js";

/** Answers the commands that come in through the port; gives the memory's length, for tests. */
export function serve(port: Port): { memoryBytes(): number } {
  let learner: Learner | null = null;
  let memory: WebAssembly.Memory | null = null;
  const answer = (message: Answer, transfer: Transferable[] = []) => port.postMessage(message, transfer);

  /** Facts go back as a refusal; anything else means that the instance can't be trusted. */
  const failed = (command: Command, error: unknown) => {
    if (error instanceof FileRefused) return refuse(command, error.refusal);
    if (typeof error === "object" && error !== null && "code" in error && !(error instanceof Error)) {
      return refuse(command, error as Refusal);
    }
    learner = null;
    answer({ type: "crashed", message: error instanceof Error ? error.message : String(error) });
  };
  const refuse = (command: Command, refusal: Refusal) =>
    answer({ type: "refused", what: command.type, run: "run" in command ? command.run : null, refusal });

  const act = (command: Command): void | Promise<void> => {
    if (command.type === "start") {
      memory = initSync({ module: command.wasm }).memory;
      learner = new Learner();
      return answer({ type: "started" });
    }
    if (command.type === "ping") return answer({ type: "pong" });
    if (!learner) return;
    switch (command.type) {
      case "load":
        return load(learner, command, answer);
      case "open":
        return answer({
          type: "opened",
          run: command.run,
          opened: learner.open(command),
          step: learner.session.step(),
        });
      case "tune":
        return answer({ type: "tuned", run: command.run, learningRate: learner.tune(command) });
      case "until":
        return learner.until(command);
      case "train": {
        const frame = learner.train(command);
        return answer(frame, buffersOf(frame.loan));
      }
      case "ask": {
        const evaluation = learner.answer(command);
        if (evaluation) answer({ type: "answered", run: command.run, evaluation });
        return;
      }
      case "draw":
        return answer({ type: "drawn", run: command.run, ...learner.draw(command) });
      case "search":
        return answer({ type: "found", run: command.run, found: learner.search(command) });
      case "look":
        return learner.look(command);
      case "fork":
        return learner.fork(command);
      case "images":
        return answer({ type: "images", run: command.run, images: learner.images(command.ids) });
    }
  };

  port.onmessage = ({ data }: MessageEvent<Command>) => {
    try {
      const pending = act(data);
      if (pending instanceof Promise) pending.catch((error: unknown) => failed(data, error));
    } catch (error) {
      failed(data, error);
    }
  };
  return { memoryBytes: () => memory?.buffer.byteLength ?? 0 };
}

async function load(
  learner: Learner,
  command: Extract<Command, { type: "load" }>,
  answer: (message: Answer) => void,
): Promise<void> {
  try {
    learner.session.loadMnist(...(await readAll(command.sources, answer)));
  } catch (error) {
    await forget(command.sources);
    throw error;
  }
  answer({ type: "loaded" });
}

/** Names and contents of all files, said while they arrive. */
async function readAll(
  sources: Source[],
  answer: (message: Answer) => void,
): Promise<[string[], Uint8Array[]]> {
  const names: string[] = [];
  const files: Uint8Array[] = [];
  for (const source of sources) {
    let said = 0;
    const heard = (received: number, total: number | null) => {
      // A few messages for each file are enough for a progress bar, and show that the worker lives.
      if (received - said < 100_000 && received !== total) return;
      said = received;
      answer({ type: "loading", file: source.name, received, total });
    };
    names.push(source.name);
    files.push(await readFile(source, heard));
  }
  return [names, files];
}
