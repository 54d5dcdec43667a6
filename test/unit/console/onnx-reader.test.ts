import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layout } from "../../../web/src/artifacts/onnx/layout.ts";
import { type OnnxGraph, readModel } from "../../../web/src/artifacts/onnx/model.ts";
import { MalformedModel } from "../../../web/src/artifacts/onnx/wire.ts";

/** Messages of onnx.proto, written field by field as protobuf's encoding says. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return bytes;
}
const number = (field: number, value: number) => [...varint(field * 8), ...varint(value)];
const message = (field: number, bytes: readonly number[]) => [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
const text = (field: number, value: string) => message(field, [...new TextEncoder().encode(value)]);

const tensor = (name: string, dims: readonly (number | string)[]) => {
  const shape = dims.flatMap((dim) => message(1, typeof dim === "number" ? number(1, dim) : text(2, dim)));
  return [...text(1, name), ...message(2, message(1, [...number(1, 1), ...message(2, shape)]))];
};
const node = (operator: string, inputs: readonly string[], outputs: readonly string[]) => [
  ...inputs.flatMap((name) => text(1, name)),
  ...outputs.flatMap((name) => text(2, name)),
  ...text(4, operator),
  ...message(5, [...text(1, "axis"), ...number(3, -1), ...number(20, 2)]),
];
const graph = [
  ...message(1, node("Gemm", ["x", "w"], ["h"])),
  ...message(1, node("Softmax", ["h"], ["y"])),
  ...text(2, "tiny"),
  ...message(5, [...number(1, 4), ...number(1, 3), ...number(2, 1), ...text(8, "w"), ...message(9, new Array(48).fill(0))]),
  ...message(11, tensor("x", ["N", 4])),
  ...message(11, tensor("w", [4, 3])),
  ...message(12, tensor("y", ["N", 3])),
];
const model = Uint8Array.from([...number(1, 10), ...text(2, "by hand"), ...message(7, graph), ...message(8, number(2, 21))]);

describe("an ONNX model", () => {
  it("is read to what goes in and out, its nodes, and what its constants are", () => {
    const read = readModel(model);

    expect(read).toMatchObject({ irVersion: 10, producer: "by hand", opsets: [{ domain: "ai.onnx", version: 21 }] });
    expect(read.graph.inputs).toEqual([{ name: "x", type: "float32[N, 4]" }]);
    expect(read.graph.outputs).toEqual([{ name: "y", type: "float32[N, 3]" }]);
    expect(read.graph.initialisers).toEqual([{ name: "w", type: "float32[4, 3]", bytes: 48 }]);
    expect(read.graph.nodes.map(({ operator, inputs, attributes }) => [operator, inputs, attributes])).toEqual([
      ["Gemm", ["x", "w"], [{ name: "axis", value: "-1" }]],
      ["Softmax", ["h"], [{ name: "axis", value: "-1" }]],
    ]);
  });

  it("that is cut off anywhere is refused, or read as far as whole fields go; nothing else is thrown", () => {
    for (let length = 0; length < model.length; length += 1) {
      try {
        readModel(model.subarray(0, length));
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedModel);
      }
    }
  });

  it("of any bytes whatsoever is read or refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(model.length - 1), fc.nat(255), (noise, at, byte) => {
        const broken = Uint8Array.from(model);
        broken[at] = byte;
        for (const bytes of [noise, broken]) {
          try {
            layout(readModel(bytes).graph);
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedModel);
          }
        }
      }),
    );
  });

  it("that claims a field longer than the file is refused before a byte is set aside for it", () => {
    const claim = Uint8Array.from([...varint(7 * 8 + 2), ...varint(2 ** 40), 1, 2, 3]);

    expect(() => readModel(claim)).toThrow(/reaches beyond the end/);
  });
});

const chain = (edges: readonly (readonly [string, string])[]): OnnxGraph => ({
  name: "g",
  nodes: edges.map(([from, to], id) => ({ id, name: "", operator: `op${id}`, domain: "", inputs: [from], outputs: [to], attributes: [] })),
  inputs: [{ name: "x", type: "" }],
  outputs: [{ name: "y", type: "" }],
  initialisers: [],
});

describe("the drawing of a graph", () => {
  it("puts every box below all that feed it, and no two in one place", () => {
    const { boxes, edges } = layout(readModel(model).graph);
    const rowOf = new Map(boxes.map(({ id, y }) => [id, y]));

    for (const { from, to } of edges) expect(rowOf.get(to)).toBeGreaterThan(rowOf.get(from) ?? Number.NaN);
    expect(edges).toHaveLength(3);
    expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(boxes.length);
  });

  it("comes to an end also where the graph runs in a ring", () => {
    const { boxes } = layout(
      chain([
        ["x", "a"],
        ["a", "b"],
        ["b", "a"],
        ["b", "y"],
      ]),
    );

    expect(boxes).toHaveLength(6);
  });
});
