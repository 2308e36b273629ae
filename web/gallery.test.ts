import { effect } from "@preact/signals-core";
import { expect, test } from "vitest";
import { Gallery, type Picture } from "./gallery.js";

const picture = (label: number): Picture => ({ label, image: {} as ImageData });

test("who shows a picture is told when it comes and when it goes, and of no other", () => {
  const gallery = new Gallery();
  const seen: (number | undefined)[] = [];
  effect(() => void seen.push(gallery.get(7)?.label));
  gallery.put(8, picture(2));
  gallery.put(7, picture(4));
  gallery.put(9, picture(3));
  expect(seen).toEqual([undefined, 4]);
  gallery.clear();
  expect(seen).toEqual([undefined, 4, undefined]);
  gallery.put(7, picture(5));
  expect(seen).toEqual([undefined, 4, undefined, 5]);
});

test("the oldest pictures go when there are too many", () => {
  const gallery = new Gallery();
  for (let id = 0; id < 6002; id++) gallery.put(id, picture(id % 10));
  expect([0, 1, 2, 6001].map((id) => gallery.has(id))).toEqual([false, false, true, true]);
  expect(gallery.get(1)).toBeUndefined();
  expect(gallery.get(2)!.label).toBe(2);
});
