import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Drawing, FIELD } from "./drawing.js";
import { Model } from "./model.js";
import type { Found, Opened } from "./session/engine.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const image = {} as ImageData;
const ink = Uint8Array.of(255);
const found = (nearer: number, complete: boolean): Found => ({
  neighbours: [],
  nearer: [nearer, 50],
  complete,
});

/** A drawing that has been answered, and how often it was looked further. */
function answered() {
  const model = new Model();
  let searches = 0;
  const drawing = new Drawing(model, { draw: () => {}, search: () => void searches++ });
  drawing.begin({ widths: [FIELD, 10], experiment: { data: { kind: "generated" } } } as unknown as Opened);
  drawing.draw(ink, 1);
  drawing.drawn(image);
  return { model, drawing, searches: () => searches };
}

test("what has been found so far is shown eight times a second at most, and all of it at once", () => {
  const { model, drawing, searches } = answered();
  drawing.found(found(1, false));
  expect(model.found.value).toEqual(found(1, false));
  vi.advanceTimersByTime(100);
  drawing.found(found(2, false));
  expect(model.found.value).toEqual(found(1, false));
  vi.advanceTimersByTime(30);
  drawing.found(found(3, false));
  expect(model.found.value).toEqual(found(3, false));
  drawing.found(found(4, true));
  expect(model.found.value).toEqual(found(4, true));
  // After the drawing, and after each but the last.
  expect(searches()).toBe(4);
});

test("what an older drawing is like is of no interest", () => {
  const { model, drawing } = answered();
  drawing.draw(ink, 1);
  drawing.found(found(1, true));
  expect(model.found.value).toBeNull();
});
