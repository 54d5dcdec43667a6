import { useMemo } from "react";
import { Facts } from "../parts/facts.tsx";
import { bytes } from "../parts/format.ts";
import { bytesOf } from "./archive/bytes-at.ts";
import { FileLoaded } from "./file-loaded.tsx";
import { readHeader, type SafetensorsHeader } from "./safetensors.ts";
import { useFile } from "./use-file.ts";
import type { ViewerProps } from "./viewer-props.ts";
import { WholeTable } from "./whole-table.tsx";

/** The tensors of a safetensors file of any size; their values stay where they are. */
export function SafetensorsViewer({ path, file, size }: ViewerProps) {
  const query = useFile(file, "safetensors", (signal) => readHeader(bytesOf(file, signal), size));
  return <FileLoaded query={query}>{(header) => <Tensors path={path} header={header} />}</FileLoaded>;
}

const numbersIn = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

function Tensors({ path, header: { tensors, metadata } }: { readonly path: string; readonly header: SafetensorsHeader }) {
  const table = useMemo(
    () => ({
      columns: ["tensor", "dtype", "shape", "numbers", "bytes"],
      rows: tensors.map(({ name, dtype, shape, bytes: size }) => [name, dtype, shape.length === 0 ? "scalar" : shape.join(" × "), numbersIn(shape), size]),
    }),
    [tensors],
  );
  const [numbers, size] = [tensors.reduce((sum, { shape }) => sum + numbersIn(shape), 0), tensors.reduce((sum, tensor) => sum + tensor.bytes, 0)];
  return (
    <>
      <Facts
        facts={[["Tensors", tensors.length.toLocaleString("en")], ["Numbers", numbers.toLocaleString("en")], ["Size", bytes(size)], ...metadata.slice(0, 20)]}
      />
      <WholeTable table={table} label={path} />
    </>
  );
}
