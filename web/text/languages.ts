// The languages there are, and which one to begin with. English is here; another one comes when somebody speaks it.
import { en, type Text } from "./en.js";

export interface Language {
  language: string;
  languageName: string;
  text: () => Promise<Text>;
}

export const LANGUAGES: readonly Language[] = [
  { language: "en", languageName: "English", text: () => Promise.resolve(en) },
  { language: "es", languageName: "Español", text: async () => (await import("./es.js")).es },
];

/** The first of these that we speak; English otherwise, and where the text can't be had. */
export async function textFor(wanted: readonly string[]): Promise<Text> {
  for (const want of wanted) {
    const found = LANGUAGES.find(({ language }) => want.toLowerCase().split("-")[0] === language);
    if (found) return found.text().catch(() => en);
  }
  return en;
}
