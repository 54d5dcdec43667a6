import { type Initialiser, initialiserOf, typeText } from "./types.ts";
import { fieldsOf, MalformedModel, packedIntegers, textOf } from "./wire.ts";

export interface OnnxValue {
  readonly name: string;
  readonly type: string;
}
export interface OnnxNode {
  /** Its place in the graph. */
  readonly id: number;
  readonly name: string;
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
}
export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initialisers: readonly Initialiser[];
}
export interface OnnxModel {
  readonly irVersion: number;
  readonly producer: string;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
  readonly graph: OnnxGraph;
}

const mostNodes = 200_000;
const shownNumbers = 8;

function listed(values: readonly (number | string)[], count: number): string {
  const text = values.slice(0, shownNumbers).join(", ");
  return count > shownNumbers ? `[${text}, ... ${count} in all]` : `[${text}]`;
}

function attributeOf(bytes: Uint8Array) {
  let [name, value] = ["", ""];
  const several: (number | string)[] = [];
  let count = 0;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) name = textOf(field.bytes);
    else if (field.number === 2 || field.number === 3) value = String(field.value);
    else if (field.number === 4) value = JSON.stringify(textOf(field.bytes));
    else if (field.number === 5) value = initialiserOf(field.bytes).type;
    else if (field.number === 6) value = "a graph";
    else if (field.number === 9) {
      count += 1;
      if (several.length < shownNumbers) several.push(JSON.stringify(textOf(field.bytes)));
    } else if (field.number === 7 || field.number === 8) {
      const packed = field.number === 8 ? packedIntegers(field.bytes, shownNumbers) : [];
      count += field.bytes.length > 0 ? (field.number === 7 ? field.bytes.length / 4 : field.bytes.filter((byte) => byte < 0x80).length) : 1;
      if (several.length < shownNumbers) several.push(...(field.bytes.length > 0 ? packed : [field.value]));
    }
  }
  return { name, value: count > 0 ? listed(several, count) : value };
}

function nodeOf(id: number, bytes: Uint8Array): OnnxNode {
  let [name, operator, domain] = ["", "", ""];
  const [inputs, outputs, attributes]: [string[], string[], ReturnType<typeof attributeOf>[]] = [[], [], []];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) inputs.push(textOf(field.bytes));
    else if (field.number === 2) outputs.push(textOf(field.bytes));
    else if (field.number === 3) name = textOf(field.bytes);
    else if (field.number === 4) operator = textOf(field.bytes);
    else if (field.number === 5) attributes.push(attributeOf(field.bytes));
    else if (field.number === 7) domain = textOf(field.bytes);
  }
  return { id, name, operator, domain, inputs, outputs, attributes };
}

function typedValue(bytes: Uint8Array): OnnxValue {
  let [name, type] = ["", "unknown"];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) name = textOf(field.bytes);
    else if (field.number === 2) type = typeText(field.bytes);
  }
  return { name, type };
}

function graphOf(bytes: Uint8Array): OnnxGraph {
  let name = "";
  const nodes: OnnxNode[] = [];
  const [inputs, outputs, initialisers]: [OnnxValue[], OnnxValue[], Initialiser[]] = [[], [], []];
  for (const field of fieldsOf(bytes)) {
    if (nodes.length + initialisers.length > mostNodes) throw new MalformedModel(`the graph has more than ${mostNodes} parts`);
    if (field.number === 1) nodes.push(nodeOf(nodes.length, field.bytes));
    else if (field.number === 2) name = textOf(field.bytes);
    else if (field.number === 5) initialisers.push(initialiserOf(field.bytes));
    else if (field.number === 11) inputs.push(typedValue(field.bytes));
    else if (field.number === 12) outputs.push(typedValue(field.bytes));
  }
  const constants = new Set(initialisers.map((one) => one.name));
  return { name, nodes, outputs, initialisers, inputs: inputs.filter((input) => !constants.has(input.name)) };
}

function pair(bytes: Uint8Array): { readonly key: string; readonly value: string; readonly count: number } {
  let [key, value, count] = ["", "", 0];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) key = textOf(field.bytes);
    else if (field.number === 2) [value, count] = [textOf(field.bytes), field.value];
  }
  return { key, value, count };
}

/** Reads an ONNX model (onnx.proto): its graph, and of its constants only what they are. @throws MalformedModel for anything else */
export function readModel(bytes: Uint8Array): OnnxModel {
  let [irVersion, producer, graph]: [number, string[], OnnxGraph | undefined] = [0, [], undefined];
  const opsets: { domain: string; version: number }[] = [];
  const metadata: { key: string; value: string }[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) irVersion = field.value;
    else if (field.number === 2 || field.number === 3) producer.push(textOf(field.bytes));
    else if (field.number === 7) graph = graphOf(field.bytes);
    else if (field.number === 8) {
      const { key, count } = pair(field.bytes);
      opsets.push({ domain: key || "ai.onnx", version: count });
    } else if (field.number === 14) metadata.push(pair(field.bytes));
  }
  if (!graph) throw new MalformedModel("the file holds no graph");
  return { irVersion, producer: producer.join(" "), opsets, metadata, graph };
}
