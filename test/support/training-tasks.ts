import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createTask as compareTask } from "#functions/compare-models/handler.ts";
import { createTask as evaluateTask } from "#functions/evaluate-model/handler.ts";
import { createTask as trainTask } from "#functions/train-model/handler.ts";
import { loadModel } from "#onnx/model.ts";
import { comparisonContext, evaluationContext, trainingContext } from "#stores/training-context.ts";
import { memoryObjects } from "./memory-objects.ts";

const root = join(import.meta.dirname, "../..");

/** The wine data as lines of CSV, in an order that mixes the classes; the first is the heading. */
export function wineLines(): readonly string[] {
  const [heading = "", ...rows] = readFileSync(join(root, "examples/data/wine/data.csv"), "utf8").trim().split(/\r?\n/);
  // 53 and 178 have no common divisor, so that every row comes up once.
  return [heading, ...rows.map((_, index) => rows[(index * 53) % rows.length] ?? "")];
}

/** The three tasks of training over objects in memory, which hold wine's train and test files. */
export function trainingTasks() {
  const objects = memoryObjects();
  const [heading = "", ...rows] = wineLines();
  const csv = (lines: readonly string[]) => `${[heading, ...lines].join("\n")}\n`;
  const write = (key: string, text: string) => objects.put({ bucket: "data", key }, text);
  return {
    objects,
    write,
    ready: Promise.all([write("train.csv", csv(rows.slice(0, 130))), write("test.csv", csv(rows.slice(130)))]),
    train: trainTask(trainingContext(objects, () => Date.UTC(2026, 0, 2, 3, 4, 5, 6))),
    evaluate: evaluateTask(evaluationContext("data", (bytes) => loadModel(bytes), objects)),
    compare: compareTask(comparisonContext(objects)),
  };
}
