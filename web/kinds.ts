// What the samples of a data set are: it decides which views there are.
import type { Opened } from "./session/engine.js";

/** Images of classes, points in the plane of classes, or points of a number along one input. */
export type Kind = "images" | "plane" | "curve";

export function kindOf({ images, classes }: Pick<Opened, "images" | "classes">): Kind {
  if (images) return "images";
  return classes > 0 ? "plane" : "curve";
}

/** What has classes. */
export const OF_CLASSES: readonly Kind[] = ["images", "plane"];
