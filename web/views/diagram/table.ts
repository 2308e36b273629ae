// The twin of the network diagram: a unit's edges as numbers; with a sample, all terms of its sum.
import { html, nothing, type TemplateResult } from "lit";
import type { Model } from "../../model.js";
import type { Text } from "../../text/en.js";
import { lines, planes } from "../numbers.js";
import { linksInto, linksOutOf, saidBy, type Link, type Net } from "./links.js";
import type { Place } from "./plan.js";
import { sourceName, targetName, unitName } from "./words.js";

/** Of every number below. */
const DECIMALS = 4;

export function edgeTables(model: Model, net: Net, place: Place): TemplateResult {
  const { diagram } = model.text.value;
  const name = unitName(model, place);
  const below = net.opened.weightShapes[place.layer]![0];
  const above = net.opened.weightShapes[place.layer + 1]?.[1] ?? 0;
  const into = linksInto(net, place);
  const outOf = linksOutOf(net, place);
  return html`
    ${table(model, diagram.edgesInto(into.length, below, name), into, sourceName, rest(model, net, place, into))}
    ${outOf.length > 0 ? table(model, diagram.edgesOutOf(outOf.length, above, name), outOf, targetName, null) : nothing}
  `;
}

function table(
  model: Model,
  caption: string,
  links: readonly Link[],
  nameOf: (model: Model, link: Link) => string,
  foot: [name: string, value: number][] | null,
): TemplateResult {
  const { diagram, format, why } = model.text.value;
  const number = (value: number) => format.fixed(value, DECIMALS);
  const carries = links.some(({ value }) => value !== null);
  return html`<table class="numbers edges">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        <td></td>
        <th scope="col">${why.weight}</th>
        ${
          carries
            ? html`<th scope="col">× ${diagram.valueHead}</th>
                <th scope="col">= ${diagram.contribution}</th>`
            : nothing
        }
      </tr>
    </thead>
    <tbody>
      ${links.map(
        (link) =>
          html`<tr>
            <th scope="row">${nameOf(model, link)}</th>
            <td>${number(link.weight)}</td>
            ${
              carries
                ? html`<td>${number(link.value!)}</td>
                    <td>${number(link.strength)}</td>`
                : nothing
            }
          </tr>`,
      )}
    </tbody>
    ${
      foot
        ? html`<tfoot>
            ${foot.map(
              ([name, value]) =>
                html`<tr>
                  <th scope="row" colspan=${carries ? 3 : 1}>${name}</th>
                  <td>${number(value)}</td>
                </tr>`,
            )}
          </tfoot>`
        : nothing
    }
  </table>`;
}

/** What makes the sum whole: the edges that are not shown, and the bias. */
function rest(model: Model, net: Net, place: Place, shown: readonly Link[]): [string, number][] {
  const { diagram } = model.text.value;
  const bias = net.facts.layers[place.layer]!.biases[place.unit]!;
  const sum = saidBy(net, place.layer)?.sums[place.unit];
  if (sum === undefined) return [[diagram.biasRow, bias]];
  const others = shown.reduce((left, { strength }) => left - strength, sum - bias);
  const all = net.opened.weightShapes[place.layer]![0];
  const isLast = place.layer === net.opened.weightShapes.length - 1;
  return [
    [diagram.others(all - shown.length), others],
    [diagram.biasRow, bias],
    [isLast ? diagram.sumIsLogit : diagram.sum, sum],
  ];
}

/** What every input adds to a first-layer neuron's sum, as a picture of numbers. */
export function termTable(text: Text, net: Net, terms: Float32Array, name: string): TemplateResult {
  const { diagram, format } = text;
  const number = (value: number) => format.fixed(value, DECIMALS);
  const { unit } = net.facts.asked;
  const sum = saidBy(net, 0)?.sums[unit];
  const whole: [string, string][] = [[diagram.biasRow, number(net.facts.layers[0]!.biases[unit]!)]];
  if (sum !== undefined) whole.push([diagram.sum, number(sum)]);
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${diagram.twice(name)}>
    ${planes(text, net.opened.shape, name, (place) => html`<td>${number(terms[place]!)}</td>`)}
    ${lines(whole)}
  </div>`;
}
