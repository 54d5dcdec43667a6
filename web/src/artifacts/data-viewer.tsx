import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useMemo } from "react";
import { useUrlState } from "../frame/url-state.ts";
import { TextBlock } from "../parts/json-block.tsx";
import { ConfusionView } from "./confusion-view.tsx";
import { parseSeparated } from "./csv.ts";
import { CurvesView } from "./curves-view.tsx";
import { drawingOf } from "./drawings.ts";
import { FileLoaded } from "./file-loaded.tsx";
import { JsonTree } from "./json-tree.tsx";
import { readText } from "./read-file.ts";
import { tableOf } from "./table.ts";
import { useFile } from "./use-file.ts";
import type { ViewerProps } from "./viewer-props.ts";
import { WholeTable } from "./whole-table.tsx";

interface Data {
  readonly text: string;
  readonly value: unknown;
}
const mostPlainText = 300_000;

function dataOf(path: string, text: string): Data {
  if (/\.json$|\.geojson$/i.test(path)) return { text, value: JSON.parse(text) };
  const { columns, rows } = parseSeparated(text, /\.tsv$/i.test(path) ? "\t" : ",");
  return { text, value: { columns, data: rows } };
}

/** A document or table of data: drawn where it is a known figure, as a table where it is one, as a tree, as it is written. */
export function DataViewer({ path, file, size }: ViewerProps) {
  const query = useFile(file, "data", async (signal) => dataOf(path, await readText(file, size, signal)));
  return <FileLoaded query={query}>{(data) => <Views path={path} data={data} />}</FileLoaded>;
}

function Views({ path, data: { text, value } }: { readonly path: string; readonly data: Data }) {
  const table = useMemo(() => tableOf(value), [value]);
  const drawing = useMemo(() => drawingOf(path, value), [path, value]);
  const isTree = /json$/i.test(path);
  const views = [
    ...(drawing ? [{ id: "drawing", text: "Drawing" }] : []),
    ...(table ? [{ id: "table", text: "Table" }] : []),
    ...(isTree ? [{ id: "tree", text: "Tree" }] : []),
    { id: "text", text: "Text" },
  ];
  const [asked, setAsked] = useUrlState("view", views[0]?.id ?? "text");
  const view = views.some(({ id }) => id === asked) ? asked : views[0]?.id;
  return (
    <>
      <div className="viewer-bar">
        <SegmentedControl label="Shown as" selectedId={view ?? "text"} options={views} onChange={({ detail }) => setAsked(detail.selectedId)} />
      </div>
      {view === "drawing" && drawing?.kind === "confusion" && <ConfusionView matrix={drawing} />}
      {view === "drawing" && drawing && drawing.kind !== "confusion" && <CurvesView drawing={drawing} />}
      {view === "table" && table && <WholeTable table={table} label={path} />}
      {view === "tree" && <JsonTree value={value} label={path} />}
      {view === "text" && <TextBlock label={path} text={isTree ? JSON.stringify(value, null, 2).slice(0, mostPlainText) : text.slice(0, mostPlainText)} />}
    </>
  );
}
