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
  const rests: boolean[] = [];
  const drawn: string[] = [];
  const heard: string[] = [];
  const listener = {
    opened: ({ name }: { name: string }) => void heard.push(`opened ${name}`),
    refused: () => void heard.push("refused"),
    images: () => void heard.push("images"),
    wanted: () => void heard.push("wanted"),
    tuned: () => void heard.push("tuned"),
    drawn: () => void drawn.push("drawn"),
    frame: (frame: Frame, isLast: boolean) => {
      rests.push(isLast);
      heard.push(`frame ${frame.step}`);
      player.giveBack(frame.loan, frame.run);
    },
  } as unknown as Listener;
  const player = new Player(line, {} as WebAssembly.Module, listener);
  const trains = () => sent.filter((command) => command.type === "train");
  let answered = 0;
  /** Answers the oldest loan that has not been answered. */
  const answer = (frame: Partial<Frame>) => {
    const { loan, run } = trains()[answered++]!;
    const whole = { type: "frame", run, loan, step: 20, state: { kind: "finished" }, settled: true, look: 0 };
    say({ ...whole, ...frame } as unknown as Frame);
  };
  player.open({} as never);
  say({ type: "opened", run: 1, opened: OPENED, step: 20 });
  answer({});
  return { player, answer, trains, rests, say, drawn, heard, sent };
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

/** A frame of a run that learns. */
const learning = (step: number, settled: boolean) =>
  ({ step, settled, state: { kind: "learning" } }) as unknown as Partial<Frame>;

test("after pausing the frame rests that comes last, not one that came before another", () => {
  const { player, answer, trains, rests } = settled();
  player.until(10, {} as never);
  answer(learning(20, true));
  player.play();
  const lent = trains().length;
  expect(trains().filter(({ steps }) => steps > 0)).toHaveLength(2);
  player.pause();
  answer(learning(25, true));
  answer(learning(30, true));
  expect(rests.slice(-2)).toEqual([false, true]);
  // At rest nothing is lent, and to pause once more changes nothing.
  player.pause();
  expect(trains()).toHaveLength(lent);
  player.close();
});

test("steps asked for while loans are under way count from where those end", async () => {
  const { player, answer, trains } = settled();
  player.until(10, {} as never);
  answer(learning(20, true));
  player.play();
  player.pause();
  let hasEnded = false;
  const ended = player.step(3).then(() => (hasEnded = true));
  answer(learning(25, true));
  await Promise.resolve();
  expect(hasEnded).toBe(false);
  answer(learning(30, true));
  await Promise.resolve();
  expect(trains().at(-1)!.steps).toBe(3);
  expect(hasEnded).toBe(false);
  answer(learning(33, true));
  await ended;
  player.close();
});

test("steps that are asked for before others are taken come on top of them", async () => {
  const { player, answer, trains } = settled();
  player.until(10, {} as never);
  answer(learning(20, true));
  void player.step(1);
  const both = player.step(1);
  answer(learning(21, true));
  expect(trains().at(-1)!.steps).toBe(1);
  answer(learning(22, true));
  await both;
  player.close();
});

test("while the past is looked at nothing is lent to learn", () => {
  const { player, answer, trains, rests } = settled();
  player.until(10, {} as never);
  answer(learning(20, true));
  void player.step(500);
  answer({ ...learning(40, true), look: 0 });
  player.look(10);
  const lent = trains().length;
  answer({ ...learning(60, false), look: 0 });
  answer({ ...learning(10, true), past: true, look: 1 });
  expect(
    trains()
      .slice(lent)
      .map(({ steps }) => steps),
  ).toEqual([0]);
  expect(rests.at(-1)).toBe(true);
  // The steps that are left are taken when it is over.
  player.look(null);
  expect(trains().at(-1)!.steps).toBe(460);
  player.close();
});

test("a drawing is answered also where a run was asked for meanwhile, and refused", () => {
  const { player, say, drawn } = settled();
  player.draw(new Uint8Array(1), 1);
  player.open({} as never);
  say({ type: "drawn", run: 1, image: null, read: null });
  say({ type: "refused", what: "open", run: 2, load: null, refusal: {} as never });
  expect(drawn).toEqual(["drawn"]);
  player.close();
});

const refuse = (run: number) =>
  ({ type: "refused", what: "open", run, load: null, refusal: {} as never }) as Answer;
const opens = (run: number, name: string) =>
  ({ type: "opened", run, opened: { ...OPENED, name }, step: 0 }) as unknown as Answer;

test("what is said of a run while another is being opened is heard if that one is refused, in its order", () => {
  const { player, answer, trains, say, heard, sent } = settled();
  player.until(10, {} as never);
  answer(learning(20, true));
  player.play();
  player.open({} as never);
  heard.length = 0;
  player.images([3]);
  player.want({ kind: "means" });
  answer(learning(25, false));
  say({ type: "tuned", run: 1, learningRate: [] });
  answer(learning(30, false));
  say({ type: "images", run: 1, images: [] });
  say({ type: "wanted", run: 1, want: { kind: "means" }, found: {}, isWhole: false });
  expect(heard).toEqual([]);
  const lent = trains().length;
  const wants = () => sent.filter(({ type }) => type === "want").length;
  const wanted = wants();
  say(refuse(2));
  expect(heard).toEqual(["refused", "frame 25", "tuned", "frame 30", "images", "wanted"]);
  // It goes on with both loans, and with what was wanted.
  expect(trains().length).toBe(lent + 2);
  expect(wants()).toBe(wanted + 1);
  player.close();
});

test("what is said of a run that is replaced is not heard any more", () => {
  const { player, answer, say, heard } = settled();
  player.until(10, {} as never);
  answer(learning(20, true));
  player.play();
  player.open({} as never);
  heard.length = 0;
  answer(learning(25, false));
  say(opens(2, "second"));
  say({ type: "images", run: 1, images: [] });
  expect(heard).toEqual(["opened second"]);
  player.close();
});

test("where the last of several runs is refused, the one before it that has opened goes on", () => {
  const { player, trains, say, heard } = settled();
  player.open({} as never);
  player.open({} as never);
  heard.length = 0;
  say(opens(2, "second"));
  expect(heard).toEqual([]);
  say(refuse(3));
  expect(heard).toEqual(["refused", "opened second"]);
  expect(trains().at(-1)!.run).toBe(2);
  player.close();
});

test("a refusal of what nobody waits for any more wakes nothing", () => {
  const { player, trains, say, heard } = settled();
  player.open({} as never);
  // The data of a third one has to come first.
  player.rest();
  heard.length = 0;
  const lent = trains().length;
  say(refuse(2));
  expect(heard).toEqual([]);
  expect(trains().length).toBe(lent);
  player.close();
});
