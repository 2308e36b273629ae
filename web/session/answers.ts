// What the page asked of the evaluations: everything in an answer is of one and the same step.
import type { Opened, Session } from "../generated/brainbow_wasm.js";
import { fitOf } from "./fit.js";
import { diagramOf, laterOf, scaleOfAll } from "./layers.js";
import type {
  DrawingRead,
  EvaluationFacts,
  Questions,
  Readings,
  SamplePicture,
  WhyFacts,
} from "./protocol.js";

/** Samples that are shown for a unit, at either end. */
const EXCITING = 9;

/** Where evaluations follow one another faster, not each is asked what it makes of everything. */
const ANSWER_EVERY_MS = 40;

/** What the engine fills beside its answer to a why. */
type Terms = Pick<WhyFacts, "values" | "outgoing" | "slopes">;
const listed = ({ values, outgoing, slopes }: Terms) => [values, outgoing, slopes] as const;

export class Answers {
  readonly #session: Session;
  #opened: Opened | null = null;
  #asked = "";
  #lastAnswered = -1;
  #answeredAt = -Infinity;
  /** Samples whose pictures the page has been sent in this run. */
  readonly #sent = new Set<number>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** A new run: nothing has been answered or sent. */
  begin(opened: Opened): void {
    this.#opened = opened;
    this.#lastAnswered = -1;
    this.#answeredAt = -Infinity;
    this.#sent.clear();
  }

  /** Everything that was asked, of the last whole evaluation; nothing where there is none. */
  of(questions: Questions): EvaluationFacts | null {
    const step = this.#session.evaluatedStep();
    return step === undefined ? null : this.#facts(step, questions);
  }

  /** The same; nothing, too, where neither the evaluation (they are counted) nor the questions are new, or where the last
   *  answers are as new as anybody can read and others follow (`isLast` tells whether they do not). */
  news(questions: Questions, evaluation: number, isLast: boolean): EvaluationFacts | null {
    const step = this.#session.evaluatedStep();
    const asked = JSON.stringify(questions);
    const isAsked = asked !== this.#asked;
    if (step === undefined || (evaluation === this.#lastAnswered && !isAsked)) return null;
    const now = performance.now();
    if (!isAsked && !isLast && now - this.#answeredAt < ANSWER_EVERY_MS) return null;
    this.#answeredAt = now;
    this.#lastAnswered = evaluation;
    this.#asked = asked;
    return this.#facts(step, questions);
  }

  /** Of the samples that there are. */
  images(ids: number[]): SamplePicture[] {
    return ids.flatMap((id) => {
      this.#sent.add(id);
      const label = this.#session.label(id);
      return label === undefined ? [] : [{ id, label, image: this.#session.image(id) }];
    });
  }

  /** What is made of the drawing; null as long as nothing has been evaluated. */
  drawing(): DrawingRead | null {
    const step = this.#session.evaluatedStep();
    return step === undefined ? null : { step, drawing: this.#why() };
  }

  /** See `EvaluationFacts.score`. */
  score(): number {
    const { classes, heldOutSamples } = this.#opened!;
    if (classes === 0) return this.#session.evaluatedRmse() ?? NaN;
    const counts = new Uint32Array(classes * classes);
    this.#session.copyConfusion(counts, new Int32Array(classes * classes));
    let correct = 0;
    for (let i = 0; i < classes; i++) correct += counts[i * classes + i]!;
    return correct / heldOutSamples;
  }

  #facts(
    step: number,
    { card, mistakes, sample, readings, diagram, scale, fit, whatIf, roc }: Questions,
  ): EvaluationFacts {
    const cell = card && this.#session.ranked({ kind: "cell", ...card.cell }, card.order, card.most);
    const worst = this.#session.ranked(mistakes.among, mistakes.order, mistakes.most);
    const excites = this.#session.excites(EXCITING) ?? null;
    const exciting = excites ? [...excites.most, ...excites.least] : [];
    const asked = sample === null ? null : this.#sample(sample);
    const { classes, experiment } = this.#opened!;
    const hasPictures = classes > 0 && experiment.data.kind !== "table";
    const named = [...(cell?.samples ?? []), ...worst.samples, ...exciting].map(({ id }) => id);
    return {
      step,
      loss: this.#session.evaluatedLoss(),
      score: this.score(),
      card: card && cell && { asked: card, ranking: cell },
      mistakes: { asked: mistakes, ranking: worst },
      sample: asked,
      neuron: excites,
      later: excites && laterOf(this.#session, this.#opened!, excites.layer),
      diagram: diagram && diagramOf(this.#session, this.#opened!, diagram, asked?.values ?? null),
      scale: scale ? scaleOfAll(this.#session, this.#opened!) : null,
      drawing: this.#why(),
      // Where a number is told there are no classes that a sample could be taken for.
      readings: readings && classes > 0 ? this.#readings() : null,
      fit: fit && fitOf(this.#session, this.#opened!, fit),
      whatIf: whatIf && this.#whatIf(whatIf),
      roc: roc ? (this.#session.roc() ?? null) : null,
      health: this.#session.health(),
      shares: this.#session.shares() ?? null,
      // Rows and numbers have none.
      pictures: hasPictures ? this.images([...new Set(named)].filter((id) => !this.#sent.has(id))) : [],
    };
  }

  /** Nothing where the question is about another table. */
  #whatIf(asked: number[]): EvaluationFacts["whatIf"] {
    const { widths } = this.#opened!;
    return asked.length === widths[0]
      ? { asked, answers: this.#session.answersTo(Float32Array.from(asked)) }
      : null;
  }

  #readings(): Readings {
    const count = this.#opened!.heldOutSamples;
    const readings = {
      ids: new Uint32Array(count),
      actual: new Uint8Array(count),
      predicted: new Uint8Array(count),
      probability: new Float32Array(count),
      excites: new Uint8Array(count),
    };
    const { ids, actual, predicted, probability, excites } = readings;
    this.#session.copyReadings(ids, actual, predicted, probability, excites);
    return readings;
  }

  #sample(asked: NonNullable<Questions["sample"]>): EvaluationFacts["sample"] {
    const terms = this.#terms();
    const why = this.#session.why(asked.id, asked.against ?? undefined, ...listed(terms));
    return why ? { ...why, asked, ...terms } : null;
  }

  #why(): WhyFacts | null {
    const terms = this.#terms();
    const why = this.#session.drawn(...listed(terms));
    return why ? { ...why, ...terms } : null;
  }

  #terms(): Terms {
    const { widths, weightShapes } = this.#opened!;
    return {
      values: new Float32Array(widths.reduce((sum, width) => sum + width, 0)),
      outgoing: new Float32Array(weightShapes.at(-1)![0]),
      slopes: new Float32Array(widths[0]!),
    };
  }
}
