// The most that wasm can do on this machine: a loop that multiplies and adds four f32 at a time, in registers alone.
// It is what a kernel's rate is a share of; it uses neither relaxed SIMD nor a fused multiply-add, as the engine.
import binaryen from "binaryen";

/**
 * Independent sums. Each waits for its own multiplication and addition (six to eight cycles), while the machine can
 * begin up to two of each in every cycle: fewer sums than this measure the waiting (twelve reached 47 GFLOP/s where
 * these reached 56), more of them leave the sixteen registers, of which one holds the factor and one is V8's own.
 */
const SUMS = 14;
/** How often the loop's body stands there, so that counting costs next to nothing. */
const UNROLLED = 4;

/** One pass of the loop. */
export const FLOPS_PER_TURN = SUMS * UNROLLED * 2 * 4;

/** sum = sum·c + c with c = ½: it comes to rest at 1, far from any number that is slow to calculate with. */
export function text() {
  const sums = Array.from({ length: SUMS }, (_, i) => `$sum${i}`);
  const step = (/** @type {string} */ sum) =>
    `(local.set ${sum} (f32x4.add (f32x4.mul (local.get ${sum}) (local.get $c)) (local.get $c)))`;
  const total = sums.map((sum) => `(local.get ${sum})`).reduce((a, b) => `(f32x4.add ${a} ${b})`);
  return `(module
    (func (export "run") (param $turns i32) (result f32)
      ${sums.map((sum) => `(local ${sum} v128)`).join(" ")} (local $c v128)
      (local.set $c (f32x4.splat (f32.const 0.5)))
      ${sums.map((sum, i) => `(local.set ${sum} (f32x4.splat (f32.const ${i}.25)))`).join("\n      ")}
      (loop $again
        ${sums.map(step).join("\n        ").concat("\n").repeat(UNROLLED)}
        (br_if $again (local.tee $turns (i32.sub (local.get $turns) (i32.const 1)))))
      (f32x4.extract_lane 0 ${total})))`;
}

/** The module's bytes. Binaryen only assembles: it does not optimise. */
export function assemble() {
  const module = binaryen.parseText(text());
  module.setFeatures(binaryen.Features.SIMD128);
  if (!module.validate()) throw new Error("the limit's module is not valid");
  return module.emitBinary();
}
