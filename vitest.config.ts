import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["web/**/*.test.ts", "tests/worker/**/*.test.ts", "tests/bench/*.test.ts"],
    testTimeout: 60_000,
  },
});
