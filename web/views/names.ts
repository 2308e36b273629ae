// What classes and outputs are called: the data set's names in the page's language, numbers for digits.
import type { Model } from "../model.js";
import type { Opened } from "../session/engine.js";
import type { Text } from "../text/en.js";

/** What validates: a test set, or samples split off; a batch that stands in for a missing test batch is no test set. */
export function heldOutOf({ experiment, heldOutBatch = "test_batch" }: Opened): "test" | "split" {
  const hasTest = experiment.data.kind !== "table" && heldOutBatch === "test_batch";
  return experiment.validationSplit || !hasTest ? "split" : "test";
}

/** Whether classes have names. */
export function hasNames({ text, opened }: Model): boolean {
  const kind = opened.value?.experiment.data.kind;
  // Short ones stand where digits would.
  if (kind === "table") return opened.value!.classNames.some((name) => isNumber(name) || name.length > 2);
  return kind !== undefined && text.value.classNames[kind] !== undefined;
}

/** The class at a position among those that are learned. */
export function className({ text, opened }: Model, position: number): string {
  const { classNumbers, classNames, experiment } = opened.value ?? {};
  const own = classNames?.[classNumbers?.[position] ?? position];
  // A number says little without its column.
  if (own !== undefined)
    return experiment?.data.kind === "table" && isNumber(own)
      ? `${experiment.data.target.column} ${own}`
      : own;
  const number = classNumbers?.[position] ?? position;
  const names = experiment && text.value.classNames[experiment.data.kind];
  return names?.[number] ?? String(number);
}

const isNumber = (name: string) => name.trim() !== "" && Number.isFinite(Number(name));

/** The class that an output answers for; a single output says how much it is the second rather than the first. */
export function outputName(model: Model, output: number): string {
  const shapes = model.opened.value?.weightShapes;
  if (shapes?.at(-1)?.[1] !== 1) return className(model, output);
  return model.text.value.against(className(model, 1), className(model, 0));
}

/** A neuron's own number, with its class where it is a template of a class with a name. */
export function neuronName(model: Model, unit: number): string {
  const text = model.text.value;
  if (model.layer.value > 0) return text.laterNeuron(model.layer.value + 1, unit);
  const isTemplate = model.opened.value?.weightShapes.length === 1;
  const isDigit = !hasNames(model) && outputName(model, unit) === String(unit);
  return isTemplate && !isDigit ? text.neuron(unit, outputName(model, unit)) : text.neuron(unit);
}

/** What a point's numbers are called. */
export const INPUT_NAMES = ["x", "y"];

/** What is told, and from what: a table's columns, or x and y. */
export function columnsOf({ experiment, inputNames }: Opened): { inputs: readonly string[]; target: string } {
  const { data } = experiment;
  return data.kind === "table"
    ? { inputs: inputNames, target: data.target.column }
    : { inputs: INPUT_NAMES, target: "y" };
}

/** Which words suit what the network is given. */
export function givenTo({ opened, text }: Model): Text["why"]["given"]["image"] {
  return text.value.why.given[opened.value?.images ? "image" : "numbers"];
}

/** The widths of a network's layers, and what bends in between: "784-10-10, sigmoid". */
export function networkName({ opened, text }: Model): string {
  if (!opened.value) return "–";
  const { weightShapes, experiment } = opened.value;
  const widths = [weightShapes[0]![0], ...weightShapes.map(([, outputs]) => outputs)].join("-");
  const bends = experiment.layers.flatMap((layer) =>
    layer.kind === "activation" ? [text.value.activations[layer.function]] : [],
  );
  return [widths, ...new Set(bends)].join(", ");
}

/** What is selected, in words; null where nothing is. */
export function selectionName(model: Model): string | null {
  const selection = model.selection.value;
  const text = model.text.value;
  switch (selection?.kind) {
    case undefined:
      return null;
    case "cell":
      return `${className(model, selection.cell.actual)} → ${className(model, selection.cell.predicted)}`;
    case "class":
      return text.ofClass(className(model, selection.cls));
    case "neuron":
      return text.exciting(neuronName(model, selection.unit));
  }
}
