import { expect, test } from "vitest";
import { assemble, FLOPS_PER_TURN, text } from "./machine-limit.mjs";

test("the loop multiplies and adds as often as it says, four numbers at a time, and fuses nothing", () => {
  const [, loop = ""] = text().split("(loop");
  const [body = ""] = loop.split("(br_if");
  const count = (word: string) => body.split(word).length - 1;
  expect(count("f32x4.mul")).toBe(count("f32x4.add"));
  expect(4 * (count("f32x4.mul") + count("f32x4.add"))).toBe(FLOPS_PER_TURN);
  expect(text()).not.toContain("relaxed");
});

test("it runs, and its sums come to rest", () => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble() as BufferSource));
  const run = exports.run as (turns: number) => number;
  expect(run(1)).not.toBe(14);
  expect(run(1000)).toBe(14);
});
