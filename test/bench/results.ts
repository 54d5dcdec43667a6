import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Machine } from "./machine.ts";
import type { AreaResult } from "./measurement.ts";

/** A run of one area, as it is kept. */
export interface Recorded extends AreaResult {
  readonly area: string;
  readonly machine: Machine;
  readonly seconds: number;
}

const folder = fileURLToPath(new URL("results", import.meta.url));
const fileOf = (area: string) => `${folder}/${area}.json`;

export function record(result: Recorded): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(result.area), `${JSON.stringify(result, undefined, 2)}\n`);
}

/** The last run of an area. @throws Error when there was none */
export const recorded = (area: string): Recorded => JSON.parse(readFileSync(fileOf(area), "utf8")) as Recorded;
