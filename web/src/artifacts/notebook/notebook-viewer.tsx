import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { Facts } from "../../parts/facts.tsx";
import { Markdown } from "../../parts/markdown.tsx";
import { FileLoaded } from "../file-loaded.tsx";
import { HtmlFrame } from "../html-frame.tsx";
import { readText } from "../read-file.ts";
import { useFile } from "../use-file.ts";
import type { ViewerProps } from "../viewer-props.ts";
import { type Cell, type Notebook, type Output, readNotebook } from "./notebook.ts";
import "./notebook.css";

const shownAtOnce = 60;
const mostText = 100_000;

/** A notebook as it was saved: its cells and what they gave. Nothing in it runs. */
export function NotebookViewer({ file, size }: ViewerProps) {
  const query = useFile(file, "notebook", async (signal) => readNotebook(JSON.parse(await readText(file, size, signal))));
  return <FileLoaded query={query}>{(notebook) => <Cells notebook={notebook} />}</FileLoaded>;
}

function Cells({ notebook: { language, cells } }: { readonly notebook: Notebook }) {
  const [most, setMost] = useState(shownAtOnce);
  return (
    <>
      <Facts
        facts={[
          ["Cells", String(cells.length)],
          ["Language", language],
        ]}
      />
      <ol className="notebook" aria-label="Cells">
        {cells.slice(0, most).map((cell, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell has no other name than its place
          <li key={index}>
            <CellView cell={cell} label={`Cell ${index + 1}`} />
          </li>
        ))}
      </ol>
      {cells.length > most && <Button onClick={() => setMost(most + shownAtOnce)}>{`Show more of ${cells.length} cells`}</Button>}
    </>
  );
}

function CellView({ cell: { kind, source, count, outputs }, label }: { readonly cell: Cell; readonly label: string }) {
  if (kind === "markdown") return <Markdown text={source} label={label} />;
  return (
    <>
      {kind === "code" && <div className="notebook-count">{count === undefined ? "not run" : `run ${count}`}</div>}
      <Text text={source} label={label} className="notebook-source" />
      {outputs.map((output, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an output has no other name than its place
        <OutputView key={index} output={output} label={`${label}, output ${index + 1}`} />
      ))}
    </>
  );
}

function Text({ text, label, className }: { readonly text: string; readonly label: string; readonly className: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={className} aria-label={label} tabIndex={0}>
      <pre>{text.length > mostText ? `${text.slice(0, mostText)}\n… ${text.length - mostText} more characters` : text}</pre>
    </section>
  );
}

function OutputView({ output, label }: { readonly output: Output; readonly label: string }) {
  if (output.kind === "image") return <img className="notebook-picture" src={output.url} alt={label} />;
  if (output.kind === "text") return <Text text={output.text} label={label} className={output.isError ? "notebook-output is-error" : "notebook-output"} />;
  return output.kind === "html" ? <HtmlFrame title={label} html={output.text} fits /> : <Markdown text={output.text} label={label} />;
}
