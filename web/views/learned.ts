// A field shows what is learned, also after something that was typed has been refused; but not while somebody types.
import { noChange } from "lit";
import { directive, Directive, type PropertyPart } from "lit/directive.js";
import { setCommittedValue } from "lit/directive-helpers.js";

class Learned extends Directive {
  override render(value: string): string {
    return value;
  }

  override update(part: PropertyPart, [value]: [string]): unknown {
    const field = part.element as HTMLInputElement;
    if (field === document.activeElement || field.value === value) return noChange;
    setCommittedValue(part);
    return value;
  }
}

export const learned = directive(Learned);
