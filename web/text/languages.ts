// The languages there are, and which one to begin with.
import { en, type Text } from "./en.js";
import { es } from "./es.js";

export const LANGUAGES: readonly Text[] = [en, es];

/** The first of these that we speak; English otherwise. */
export function textFor(wanted: readonly string[]): Text {
  for (const want of wanted) {
    const found = LANGUAGES.find(({ language }) => want.toLowerCase().split("-")[0] === language);
    if (found) return found;
  }
  return en;
}
