// The page's side alone, with a worker that answers when the test says so.
import { expect, test } from "vitest";
import type { Opened } from "../generated/brainbow_wasm.js";
import { Player, type Line, type Listener } from "./player.js";
import type { Answer, Command, Frame } from "./protocol.js";

const OPENED = {
  weightShapes: [[4, 2]],
  classes: 2,
} as unknown as Opened;

/** A player whose run is open and has settled, and what it sends from then on. */
function settled() {
  const sent: Command[] = [];
  const line: Line = {
    postMessage: (message) => void sent.push(message as Command),
    onmessage: null,
    terminate: () => undefined,
  };
  const say = (data: Answer) => line.onmessage!({ data } as MessageEvent<Answer>);
  const listener = { opened: () => undefined, frame: () => undefined } as unknown as Listener;
  const player = new Player(line, {} as WebAssembly.Module, listener);
  const trains = () => sent.filter((command) => command.type === "train");
  /** Answers the last loan. */
  const answer = (frame: Partial<Frame>) => {
    const { loan, run } = trains().at(-1)!;
    const whole = { type: "frame", run, loan, step: 20, state: { kind: "finished" }, settled: true, look: 0 };
    say({ ...whole, ...frame } as unknown as Frame);
  };
  player.open({} as never);
  say({ type: "opened", run: 1, opened: OPENED, step: 20 });
  answer({});
  return { player, answer, trains };
}

test("a frame that was under way when somebody looked elsewhere settles nothing", () => {
  const { player, answer, trains } = settled();
  const before = trains().length;
  player.look(10);
  expect(trains()).toHaveLength(before + 1);
  // Back before the past has been shown: its frame comes all the same, and the present is asked for.
  player.look(null);
  expect(trains()).toHaveLength(before + 1);
  answer({ step: 10, past: true, look: 1 });
  expect(trains()).toHaveLength(before + 2);
  answer({ look: 2 });
  expect(trains()).toHaveLength(before + 2);
  player.close();
});

test("steps asked for behind a look at the past are not taken to have ended with its frame", async () => {
  const { player, answer } = settled();
  player.look(10);
  player.look(null);
  let hasEnded = false;
  const ended = player.step(0).then(() => (hasEnded = true));
  answer({ step: 10, past: true, look: 1 });
  await Promise.resolve();
  expect(hasEnded).toBe(false);
  answer({ look: 2 });
  await ended;
  player.close();
});
