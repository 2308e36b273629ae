import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["web/**/*.test.ts", "tests/worker/**/*.test.ts", "tests/bench/*.test.ts"],
    testTimeout: 60_000,
    // By itself vitest leaves one of two cores unused.
    maxWorkers: "100%",
  },
});
