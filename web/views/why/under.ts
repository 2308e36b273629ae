// The term of the pixel or the unit under the pointer, in words.
import type { Model } from "../../model.js";
import type { SampleFacts } from "../../session/protocol.js";
import { givenTo, INPUT_NAMES } from "../names.js";
import { inputOf, votesOf, type HiddenLayer } from "./terms.js";

/** The terms of what is under the pointer. */
export function termUnder(
  model: Model,
  facts: SampleFacts,
  contributions: Float32Array | null,
  last: HiddenLayer | undefined,
  { pixel, unit }: { pixel: number | null; unit: number | null },
): string {
  const text = model.text.value;
  const { widths, shape, images } = model.opened.value!;
  const number = (value: number) => text.format.fixed(value, 3);
  if (unit !== null && last) {
    const votes = votesOf(facts, last);
    return text.why.unitTerm(
      unit,
      `${givenTo(model).sum} = ${number(last.sums[unit]!)}`,
      text.activations[last.activation],
      number(last.outputs[unit]!),
      number(facts.outgoing[unit]!),
      number(votes[unit]!),
    );
  }
  if (pixel === null || !contributions) return givenTo(model).hint;
  const input = inputOf(facts, widths);
  const place = shape.width * shape.height;
  const channels = Array.from({ length: widths[0]! / place }, (_, channel) => channel * place + pixel);
  const terms = channels.map((i) => {
    const [value, weight, term] = [input[i]!, facts.slopes[i]!, contributions[i]!].map(number);
    return `${value} × ${weight} = ${term}`;
  });
  if (!images) return text.why.inputTerm(INPUT_NAMES[pixel]!, terms.join());
  return text.why.pixelTerm(pixel % shape.width, Math.floor(pixel / shape.width), terms.join("; "));
}
