import { describe, expect, it } from "vitest";
import { align } from "../../../web/src/charts/align.ts";
import { palettes, styleOf } from "../../../web/src/charts/palette.ts";
import { groups, matcher } from "../../../web/src/charts/patterns.ts";
import { nearest } from "../../../web/src/charts/series.ts";

const line = (x: readonly number[], y: readonly number[]) => ({ id: "a", label: "a", colour: 0, x, y });
const plain = { logX: false, logY: false };

describe("lines of a chart", () => {
  it("share their x; where one has no point of its own its neighbours stay joined, where it is not a number it breaks", () => {
    const { x, columns } = align([line([1, 3], [10, 30]), line([1, 2, 3], [1, Number.NaN, Number.POSITIVE_INFINITY])], plain);

    expect(x).toEqual([1, 2, 3]);
    expect(columns).toEqual([
      [10, undefined, 30],
      [1, null, null],
    ]);
  });

  it("leave out on a logarithmic axis what has no logarithm", () => {
    expect(align([line([0, 1, 2], [5, -1, 7])], { logX: true, logY: true })).toEqual({ x: [1, 2], columns: [[undefined, 7]] });
  });

  it("bring the highest and the lowest of their band along", () => {
    const banded = { ...line([1], [2]), band: { low: [1], high: [3] } };

    expect(align([banded, line([1], [9])], plain).columns).toEqual([[2], [3], [1], [9]]);
  });

  it("are read at the point nearest to the pointer", () => {
    expect([nearest([0, 10, 20], 4), nearest([0, 10, 20], 6), nearest([0, 10, 20], 99), nearest([], 1)]).toEqual([0, 1, 2, -1]);
  });
});

describe("a pattern of metrics", () => {
  it("is a text, a name with stars, or a regular expression; one that is broken matches nothing", () => {
    const keys = ["train/loss", "train/acc", "val/loss", "a.b"];
    const found = (pattern: string) => keys.filter(matcher(pattern));

    expect(found("train/*")).toEqual(["train/loss", "train/acc"]);
    expect(found("*loss")).toEqual(["train/loss", "val/loss"]);
    expect(found("LOSS")).toEqual(["train/loss", "val/loss"]);
    expect(found("/^(val|a)/")).toEqual(["val/loss", "a.b"]);
    expect(found("a*b")).toEqual(["a.b"]);
    expect(found("/(/")).toEqual([]);
  });

  it("groups keys by what stands before their last slash", () => {
    expect(groups(["b/x10", "b/x9", "lone", "a/c/d"])).toEqual([
      { prefix: "", keys: ["lone"] },
      { prefix: "a/c/", keys: ["a/c/d"] },
      { prefix: "b/", keys: ["b/x9", "b/x10"] },
    ]);
  });
});

type Triple = readonly [number, number, number];
/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const eyes: Readonly<Record<string, readonly Triple[]>> = {
  trichromat: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
function linear(hex: string): Triple {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}
const luminance = (hex: string) => dot(linear(hex), [0.2126, 0.7152, 0.0722]);
const contrast = (a: string, b: string) => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
};
/** CIE L*a*b* under D65. */
function lab(rgb: Triple): Triple {
  const f = (value: number) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
  const x = f(dot(rgb, [0.4124564, 0.3575761, 0.1804375]) / 0.95047);
  const y = f(dot(rgb, [0.2126729, 0.7151522, 0.072175]));
  const z = f(dot(rgb, [0.0193339, 0.119192, 0.9503041]) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
function seen(hex: string, eye: readonly Triple[]): Triple {
  const rgb = eye.map((row) => Math.min(1, Math.max(0, dot(row, linear(hex)))));
  return lab([rgb[0] ?? 0, rgb[1] ?? 0, rgb[2] ?? 0]);
}

describe("the colours of lines", () => {
  it.each([
    ["light", "#ffffff"],
    ["dark", "#161d26"],
  ] as const)("stand out from the %s page and stay apart for every kind of colour vision", (theme, page) => {
    const colours = palettes[theme];
    for (const colour of colours) expect(contrast(colour, page), colour).toBeGreaterThanOrEqual(3);

    for (const eye of Object.values(eyes)) {
      const places = colours.map((colour) => seen(colour, eye));
      const distances = places.flatMap((a, index) => places.slice(index + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])));
      expect(Math.min(...distances)).toBeGreaterThan(20);
    }
  });

  it("come again dashed, so that no two of the first thirty-two lines look the same", () => {
    const looks = Array.from({ length: 32 }, (_, place) => JSON.stringify(styleOf(place, false)));

    expect(new Set(looks).size).toBe(32);
  });
});
