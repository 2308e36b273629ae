// Pictures and lists as tables of numbers: the twins of what is painted.
import { html, nothing, type TemplateResult } from "lit";
import type { Opened } from "../session/engine.js";
import type { Text } from "../text/en.js";

/** What a table is called; of a picture with one channel its name may be for readers of the screen alone. */
function captionOf(name: string, isHidden = false): TemplateResult {
  return html`<caption class=${isHidden ? "visually-hidden" : ""}>
    ${name}
  </caption>`;
}

/** A table for each channel of a picture; `cell` gives the <td> of a value by its place, channel after channel. */
export function planes(
  text: Text,
  { width, height, channels }: Opened["shape"],
  name: string,
  cell: (place: number) => TemplateResult,
  isNameHidden = false,
): TemplateResult[] {
  const isInColour = channels === 3;
  return Array.from({ length: channels }, (_, channel) => {
    const first = channel * width * height;
    return html`<table class="numbers">
      ${captionOf(isInColour ? `${name}: ${text.channelNames[channel]}` : name, !isInColour && isNameHidden)}
      <tbody>
        ${Array.from(
          { length: height },
          (_, y) =>
            html`<tr>
              ${Array.from({ length: width }, (_, x) => cell(first + y * width + x))}
            </tr>`,
        )}
      </tbody>
    </table>`;
  });
}

/** A column of named numbers. */
export function lines(named: readonly (readonly [name: string, value: string])[], name = ""): TemplateResult {
  return html`<table class="numbers">
    ${name === "" ? nothing : captionOf(name, true)}
    <tbody>
      ${named.map(
        ([label, value]) =>
          html`<tr>
            <th scope="row">${label}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
