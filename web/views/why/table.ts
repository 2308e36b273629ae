// The twin of the pictures: every term of the lead as a number, and what adds them up.
import { html, type TemplateResult } from "lit";
import type { Model } from "../../model.js";
import type { WhyFacts } from "../../session/protocol.js";
import type { Text } from "../../text/en.js";
import { givenTo, INPUT_NAMES } from "../names.js";
import { lines, planes } from "../numbers.js";
import { leadOf, rounding, votesOf, type HiddenLayer } from "./terms.js";

/** Of every number below. */
const DECIMALS = 4;

/** Inputs (where there is a sum over them), pixels as a picture of numbers; their constant, and what rounding leaves over. */
export function inputTable(model: Model, facts: WhyFacts, contributions: Float32Array): TemplateResult {
  const text = model.text.value;
  const { shape, images } = model.opened.value!;
  const { terms } = givenTo(model);
  const number = (value: number) => text.format.fixed(value, DECIMALS);
  // The channels one under another.
  const plane = { width: shape.width, height: contributions.length / shape.width, channels: 1 };
  const cell = (place: number) => html`<td>${number(contributions[place]!)}</td>`;
  const names = INPUT_NAMES.map((name, i) => [name, number(contributions[i]!)] as const);
  return html`${images ? planes(text, plane, terms, cell) : lines(names, terms)}
  ${total(text, facts, text.why.constant, facts.constant!, [...contributions, facts.constant!])}`;
}

/** The units of the last hidden layer; the biases, and what rounding leaves over. */
export function voteTable(model: Model, facts: WhyFacts, layer: HiddenLayer): TemplateResult {
  const text = model.text.value;
  const number = (value: number) => text.format.fixed(value, DECIMALS);
  const votes = votesOf(facts, layer);
  return html`<table class="numbers">
      <caption>
        ${text.why.unitTerms}
      </caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col">${givenTo(model).sum}</th>
          <th scope="col">${text.activations[layer.activation]}</th>
          <th scope="col">× ${text.why.weight}</th>
          <th scope="col">= ${text.why.vote}</th>
        </tr>
      </thead>
      <tbody>
        ${Array.from(
          votes,
          (vote, unit) =>
            html`<tr>
              <th scope="row">${text.neuron(unit)}</th>
              <td>${number(layer.sums[unit]!)}</td>
              <td>${number(layer.outputs[unit]!)}</td>
              <td>${number(facts.outgoing[unit]!)}</td>
              <td>${number(vote)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${total(text, facts, text.why.bias, facts.bias, [...votes, facts.bias])}`;
}

function total(text: Text, facts: WhyFacts, name: string, beside: number, terms: number[]): TemplateResult {
  const lead = leadOf(facts);
  const number = (value: number) => text.format.fixed(value, DECIMALS);
  return lines([
    [name, number(beside)],
    [text.why.rounding, number(rounding(terms, lead, DECIMALS))],
    [text.why.together, number(lead)],
  ]);
}
