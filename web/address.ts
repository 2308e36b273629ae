// The address bar: the experiment behind the #, and what belongs to the page rather than to the run.
import { formatLink, parseLink, type Experiment, type Link } from "./session/engine.js";

export class Address {
  language: string | null;

  constructor() {
    this.language = new URLSearchParams(location.hash.slice(1)).get("lang");
  }

  read(): Link {
    const parts = location.hash
      .slice(1)
      .split("&")
      .filter((part) => !part.startsWith("lang="));
    return parseLink(parts.join("&"));
  }

  /** In place: no step back leads into the middle of somebody's fiddling. */
  write(experiment: Experiment): void {
    const language = this.language ? `&lang=${this.language}` : "";
    history.replaceState(null, "", `#${formatLink(experiment)}${language}`);
  }
}
