import { defineConfig } from "vitest/config";

/** One project per thing that a test needs; `npm test` runs them all, `npm run check` only `unit`. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", env: { LOG_LEVEL: "silent" }, include: ["test/unit/**/*.test.ts"], testTimeout: 20_000 } },
      { test: { name: "infra", include: ["test/infra/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 } },
      { test: { name: "local", include: ["test/local/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
      { test: { name: "compat", include: ["test/compat/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 600_000, fileParallelism: false } },
    ],
  },
});
