import type { Feature } from "../example-row.ts";
import type { PortReply } from "../wire.ts";

/** More numbers than this are no form and no text to look at. */
export const mostNumbers = 4096;

/** What a row of a model without a signature must name: a value for each input, or one for each column of its only input. Undefined where rows cannot fill them. */
export function featuresOfPorts(ports: readonly PortReply[]): readonly Feature[] | undefined {
  const [first] = ports;
  const width = first?.shape[1] ?? 1;
  if (first && ports.length === 1 && first.shape.length === 2 && width > 1) {
    return width > mostNumbers ? undefined : Array.from({ length: width }, (_, index) => ({ name: `${first.name}.${index}`, datatype: first.datatype }));
  }
  const isColumn = ({ shape }: PortReply) => shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  return ports.every(isColumn) ? ports.map(({ name, datatype }) => ({ name, datatype })) : undefined;
}

const sizeOf = ({ shape }: PortReply) => shape.reduce((size, length) => size * (length === -1 ? 1 : length), 1);
const zeros: Readonly<Record<string, unknown>> = { BYTES: "", BOOL: false };

/**
 * A request of the Open Inference Protocol with one row: numbers 0, texts empty.
 * @param values what the only input holds instead, where they are as many
 * @returns undefined where the tensors are too large to be looked at
 */
export function exampleTensors(ports: readonly PortReply[], values: readonly unknown[] = []): object | undefined {
  if (ports.reduce((size, port) => size + sizeOf(port), 0) > mostNumbers) return undefined;
  const inputs = ports.map((port) => {
    const isGiven = ports.length === 1 && values.length === sizeOf(port);
    const data = isGiven ? values : Array.from({ length: sizeOf(port) }, () => zeros[port.datatype] ?? 0);
    return { name: port.name, datatype: port.datatype, shape: port.shape.map((length) => (length === -1 ? 1 : length)), data };
  });
  return { inputs };
}
