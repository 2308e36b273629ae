// The worker's side: one engine at the end of a port. Knows neither page nor pictures.
import { initSync } from "../generated/brainbow_wasm.js";
import { FileRefused } from "./files.js";
import { Learner } from "./learner.js";
import { Loader } from "./loading.js";
import type { Answer, Command, Port, Refusal } from "./protocol.js";
import { buffersOf } from "./loan.js";

/** Answers the commands that come in through the port; gives the memory's length, for tests. */
export function serve(port: Port): { memoryBytes(): number } {
  let learner: Learner | null = null;
  let memory: WebAssembly.Memory | null = null;
  const answer = (message: Answer, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  const loader = new Loader(answer);

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
    answer({
      type: "refused",
      what: command.type,
      run: "run" in command ? command.run : null,
      load: "load" in command ? command.load : null,
      refusal,
    });

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
        return loader.load(learner.session, command);
      case "cancel":
        return loader.cancel();
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
        return answer({ type: "images", run: command.run, images: learner.images(command) });
      case "want": {
        const wanted = learner.want(command);
        if (wanted) answer({ type: "wanted", run: command.run, want: command.want, ...wanted });
        return;
      }
      case "table":
        return loader.table(learner.session, command);
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
