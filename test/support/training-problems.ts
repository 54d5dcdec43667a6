import type { Tensor } from "#core/serving/tensor.ts";
import { randomFrom } from "#core/training/random.ts";
import type { Column, Table } from "#core/training/table.ts";
import { encodeTarget, type Target } from "#core/training/target.ts";

export interface Problem {
  readonly table: Table;
  readonly target: Target;
}
export interface ProblemShape {
  readonly seed: number;
  readonly rows: number;
  readonly numbers: number;
  readonly texts: number;
  /** 0 for a number to predict, else the count of classes. */
  readonly classes: number;
  readonly missingShare: number;
}

const words = ["red", "green", "blue", "Ünïcode ✓", "", 'a,b"c'];

/** A made-up problem whose target depends on the first column, the first words and noise. */
export function aProblem({ seed, rows, numbers, texts, classes, missingShare }: ProblemShape): Problem {
  const random = randomFrom(seed);
  const numberColumn = (index: number): Column => {
    const size = 10 ** (((index * 5) % 7) - 3);
    const values = Float32Array.from({ length: rows }, () => (random() < missingShare ? Number.NaN : (random() * 2 - 1) * size + (index % 2) * size * 5));
    return { name: `n${index}`, kind: "number", values };
  };
  const textColumn = (index: number): Column => ({
    name: `t${index}`,
    kind: "text",
    values: Array.from({ length: rows }, () => words[Math.floor(random() * words.length)] ?? ""),
  });
  const columns = [...Array.from({ length: numbers }, (_, i) => numberColumn(i)), ...Array.from({ length: texts }, (_, i) => textColumn(i))];
  const signal = Array.from({ length: rows }, (_, row) =>
    columns.reduce((sum, { kind, values }, index) => {
      const value = values[row];
      return sum + (kind === "text" ? words.indexOf(String(value)) : Number.isNaN(value) ? 1 : Math.sign(Number(value))) / (index + 1);
    }, random()),
  );
  const levels = signal.map((value) => Math.floor(Math.abs(value * 3)) % Math.max(classes, 1));
  const raw = classes === 0 ? signal.map((value) => value * 100 + 1000) : levels.map((level) => (seed % 2 === 0 ? level : `class ${level}`));
  return { table: { rows, columns }, target: encodeTarget(classes === 0 ? "regression" : "classification", raw) };
}

/** The table as the served model takes it. */
export function tensorsOf({ rows, columns }: Table): Tensor[] {
  if (columns.some(({ kind }) => kind === "text"))
    return columns.map(({ name, kind, values }) =>
      kind === "number" ? { name, datatype: "FP32", shape: [rows], data: values } : { name, datatype: "BYTES", shape: [rows], data: [...values] },
    );
  const data = Float32Array.from({ length: rows * columns.length }, (_, i) => Number(columns[i % columns.length]?.values[Math.floor(i / columns.length)]));
  return [{ name: "input", datatype: "FP32", shape: [rows, columns.length], data }];
}
