/** Everything that can be said of the code without running the platform: one command, the same here and in CI. */
import { runSteps } from "./run-steps.ts";
import { ownScratchFolder } from "./scratch-folder.ts";

ownScratchFolder();

process.exitCode = runSteps([
  { title: "format, lint, import rules (biome)", command: "biome", args: ["ci", "--error-on-warnings", "--colors=off", "."] },
  { title: "promises and types (oxlint)", command: "oxlint", args: ["--type-aware", "--deny-warnings"] },
  { title: "types: layers, functions, laptop, tests (tsc)", command: "tsc", args: ["-p", "."] },
  { title: "types: infra (tsc)", command: "tsc", args: ["-p", "infra"] },
  { title: "types: web (tsc)", command: "tsc", args: ["-p", "web"] },
  { title: "nothing unused (knip)", command: "knip", args: ["--no-progress"] },
  { title: "reference is fresh", command: "node", args: ["scripts/generate-reference.ts", "--check"] },
  { title: "lock file is complete", command: "node", args: ["scripts/complete-lock.ts", "--check"] },
  { title: "unit tests", command: "vitest", args: ["run", "--project", "unit", "--reporter=dot"] },
]);
