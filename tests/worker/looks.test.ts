// Looking changes no bit: all that a session can be asked for, in ever another order between steps of learning.
import { expect, test } from "vitest";
import { Session, type Opened } from "../../web/generated/brainbow_wasm.js";
import { experimentOf } from "./rig.js";

/** What changes a run or its data; all else only looks. */
const CHANGES =
  "constructor free append beginFile beginTable readTable take forgetFiles open restore fork setEpochs setStop tune train";

type Looks = Record<string, (session: Session) => unknown>;

const floats = (length: number) => new Float32Array(length);

/** Of every run. */
function common({ widths, weightShapes }: Opened): Looks {
  const [[inputs, units], [below, outputs]] = [weightShapes[0]!, weightShapes.at(-1)!];
  const terms = [
    floats(widths.reduce((sum, width) => sum + width, 0)),
    floats(below),
    floats(inputs),
  ] as const;
  const last = weightShapes.length - 1;
  return {
    beginEvaluation: (s) => (s.beginEvaluation(0, 0), s.evaluate(1)),
    copyActive: (s) => s.copyActive(new Uint32Array(units)),
    copyActiveBehind: (s) => s.copyActiveBehind(0, new Uint32Array(units)),
    copyBiases: (s) => s.copyBiases(0, floats(units)),
    copyEdgesIn: (s) => s.copyEdgesIn(0, floats(0), new Uint32Array(units), floats(units)),
    copyEdgesOut: (s) => s.copyEdgesOut(last, new Uint32Array(below), floats(below)),
    copyEvaluated: (s) => s.copyEvaluated(0, floats(inputs * units), floats(units)),
    copyInked: (s) => s.copyInked(new Uint8Array(inputs)),
    copyParameters: (s) => s.copyParameters(last, floats(below * outputs), floats(outputs)),
    copyParts: (s) => s.copyParts(s.drawnIds(5), new Uint8Array(s.drawnIds(5).length)),
    copyUnit: (s) => s.copyUnit(0, 0, floats(inputs)),
    evaluate: (s) => s.evaluate(0),
    evaluatedLoss: (s) => s.evaluatedLoss(),
    evaluatedRmse: (s) => s.evaluatedRmse(),
    evaluatedStep: (s) => s.evaluatedStep(),
    excites: (s) => s.excites(3),
    experiment: (s) => s.experiment(),
    fingerprint: (s) => s.fingerprint(),
    fits: (s) => s.fits(),
    health: (s) => s.health(),
    kept: (s) => s.kept(),
    look: (s) => (s.look(s.kept()[0] ?? 0), s.beginEvaluation(), s.evaluate(1000), s.look(null)),
    shares: (s) => s.shares(),
    simpler: (s) => s.simpler(1),
    skipZeros: (s) => (s.skipZeros(false), s.skipZeros(true)),
    snapshot: (s) => s.snapshot(),
    spread: (s) => s.spread(1),
    step: (s) => s.step(),
    why: (s) => s.why(s.drawnIds(5)[0]!, null, ...terms),
    drawn: (s) => s.drawn(...terms),
  };
}

/** Where classes are told apart. */
function classes({ classes: count, heldOutSamples: length }: Opened): Looks {
  const bytes = () => new Uint8Array(length);
  return {
    copyConfusion: (s) => s.copyConfusion(new Uint32Array(count ** 2), new Int32Array(count ** 2)),
    copyReadings: (s) => s.copyReadings(new Uint32Array(length), bytes(), bytes(), floats(length), bytes()),
    copyScores: (s) => s.copyScores(new Float64Array(3 * count)),
    label: (s) => s.label(3),
    labels: (s) => s.labels(),
    ranked: (s) => s.ranked({ kind: "cell", actual: 1, predicted: 1 }, "mostConfident", 5),
    roc: (s) => s.roc(),
  };
}

/** Of images alone. */
function images({ weightShapes, classes: count }: Opened): Looks {
  const [inputs, units] = weightShapes[1]!;
  return {
    image: (s) => s.image(count),
    means: (s) => s.means(1),
    copyPictures: (s) => (s.beginEvaluation(1, 0), s.evaluate(1000), s.copyPictures(floats(784 * units))),
    draw: (s) => s.draw(new Uint8Array(784).fill(200, 300, 340), 28),
    search: (s) => (s.draw(new Uint8Array(784).fill(200, 100, 340), 28), s.search(1)),
    erase: (s) => s.erase(),
    copyEvaluated: (s) => s.copyEvaluated(1, floats(inputs * units), floats(units)),
  };
}

/** Of points in the plane. */
const plane = ({ classes: count }: Opened): Looks => ({
  copyPlaces: (s) => s.copyPlaces(s.drawnIds(5), floats(10), new Uint8Array(5)),
  copyPlane: (s) => s.copyPlane(9, floats(81 * count)),
  span: (s) => s.span(),
  drawnIds: (s) => s.drawnIds(100),
});

/** Of numbers that are told. */
const numbers = ({ weightShapes }: Opened): Looks => ({
  answersTo: (s) => s.answersTo(floats(weightShapes[0]![0])),
  basis: (s) => s.basis(-1, 1, floats(5 * 2), floats(5)),
  copyCurve: (s) => s.copyCurve(0, null, 0, -1, 1, floats(5)),
  copyInputs: (s) => s.copyInputs(s.drawnIds(5), 0, floats(5)),
  copyTold: (s) => s.copyTold(s.drawnIds(5), floats(5)),
  copyValues: (s) => s.copyValues(s.drawnIds(5), floats(5)),
  ends: (s) => s.ends(0),
  values: (s) => s.values(0, 20),
});

const rows = (): Looks => ({ tableRows: (s) => s.tableRows(Uint32Array.of(0, 2)) });

const TABLE =
  "data=table&table=points&target=y&inputs=x&csv=x,y~-2,4~-1.5,2.2~-1,1.1~-0.5,0.2~0,0~0.5,0.3~1,0.9~1.5,2.3~2,4.1";

const RUNS: [string, number, ((opened: Opened) => Looks)[]][] = [
  ["data=generated&hidden=9,6&act=tanh,relu&drop=0.2&opt=adam&batch=90", 90, [common, classes, images]],
  ["data=moons&hidden=5&opt=momentum&batch=16&epochs=100", 300, [common, classes, plane]],
  ["data=function&f=sin(x)&hidden=4&act=tanh&batch=32&scale=standard&epochs=100", 300, [common, numbers]],
  [`${TABLE}&hidden=4&batch=4&epochs=200`, 200, [common, numbers, rows]],
];

test.each(RUNS)("%s", (link, steps, kinds) => {
  const experiment = experimentOf(link);
  const begin = () => {
    const session = new Session();
    const opened = session.open(experiment);
    session.beginEvaluation(0, 0);
    while (!session.evaluate(1000));
    return { session, looks: Object.values(Object.assign({}, ...kinds.map((of) => of(opened))) as Looks) };
  };
  const fingerprint = (between: (session: Session, looks: Looks[string][]) => void, most: () => number) => {
    const { session, looks } = begin();
    while (session.step() < steps) {
      const before = session.step();
      session.train(1000, Math.min(most(), steps - before));
      if (session.step() === before) throw new Error(`${link} ends at step ${before}`);
      between(session, looks);
    }
    const found = session.fingerprint();
    session.free();
    return found;
  };
  const undisturbed = fingerprint(
    () => {},
    () => steps,
  );
  expect(undisturbed).toMatch(/^[0-9a-f]{4}-/);
  for (let seed = 1; seed <= 3; seed++) {
    const random = generator(seed);
    const looked = fingerprint(
      (session, looks) => {
        for (let count = random(9); count > 0; count--) looks[random(looks.length)]!(session);
      },
      () => 1 + random(9),
    );
    expect(looked, `seed ${seed}`).toBe(undisturbed);
  }
  // Each at least once.
  let [next, most] = [0, Infinity];
  const all = fingerprint(
    (session, looks) => {
      looks[next++ % looks.length]!(session);
      most = looks.length;
    },
    () => 1,
  );
  expect(next).toBeGreaterThanOrEqual(most);
  expect(all).toBe(undisturbed);
});

test("nothing that a session can be asked for is left out", () => {
  const opened = new Session().open(experimentOf("data=generated&hidden=3,3"));
  const known = RUNS.flatMap(([, , kinds]) => kinds.flatMap((of) => Object.keys(of(opened))));
  const asked = new Set([...known, ...CHANGES.split(" ")]);
  const there = Object.getOwnPropertyNames(Session.prototype).filter((name) => !name.startsWith("__"));
  expect(there.filter((name) => !asked.has(name))).toEqual([]);
});

/** Whole numbers below another, the same for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
