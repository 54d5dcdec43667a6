/** What a cell printed, drew or failed with. */
export type Output =
  | { readonly kind: "text"; readonly text: string; readonly isError: boolean }
  | { readonly kind: "image"; readonly url: string }
  | { readonly kind: "html" | "markdown"; readonly text: string };

export interface Cell {
  readonly kind: "code" | "markdown" | "raw";
  readonly source: string;
  /** The number that the kernel gave the cell; undefined where it was never run. */
  readonly count: number | undefined;
  readonly outputs: readonly Output[];
}
export interface Notebook {
  readonly language: string;
  readonly cells: readonly Cell[];
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** A text as notebooks keep it: whole, or line by line. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : listOf(value).join(""));
/** Colours of a terminal (ECMA-48), which tracebacks are full of. */
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[ -/]*[@-~]`, "g");
const plain = (text: string) => text.replaceAll(colours, "");

const pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** The richest form of what was shown, of those that can be shown without running anything. */
function richest(data: Fields): Output | undefined {
  if (data["text/html"] !== undefined) return { kind: "html", text: textOf(data["text/html"]) };
  if (data["image/svg+xml"] !== undefined) return { kind: "image", url: `data:image/svg+xml,${encodeURIComponent(textOf(data["image/svg+xml"]))}` };
  const type = pictures.find((one) => data[one] !== undefined);
  const base64 = type === undefined ? "" : textOf(data[type]).replaceAll(/\s/g, "");
  if (type !== undefined && /^[A-Za-z0-9+/]+=*$/.test(base64)) return { kind: "image", url: `data:${type};base64,${base64}` };
  if (data["text/markdown"] !== undefined) return { kind: "markdown", text: textOf(data["text/markdown"]) };
  if (data["text/plain"] !== undefined) return { kind: "text", text: plain(textOf(data["text/plain"])), isError: false };
  const [first] = Object.entries(data);
  return first && { kind: "text", text: typeof first[1] === "string" ? first[1] : JSON.stringify(first[1], null, 2), isError: false };
}

function outputOf(value: unknown): readonly Output[] {
  const output = fieldsOf(value);
  if (output["output_type"] === "stream") return [{ kind: "text", text: plain(textOf(output["text"])), isError: output["name"] === "stderr" }];
  if (output["output_type"] === "error") {
    const trace = listOf(output["traceback"]).map(String).join("\n");
    return [{ kind: "text", text: plain(trace || `${textOf(output["ename"])}: ${textOf(output["evalue"])}`), isError: true }];
  }
  const shown = richest(fieldsOf(output["data"]));
  return shown ? [shown] : [];
}

/** Reads a notebook of Jupyter's format 4. @throws Error where the document is none */
export function readNotebook(document: unknown): Notebook {
  const { nbformat, cells, metadata } = fieldsOf(document);
  if (nbformat !== 4 || !Array.isArray(cells)) throw new Error(`nbformat must be 4 with a list of cells, got ${String(nbformat)}`);
  const kernel = fieldsOf(fieldsOf(metadata)["kernelspec"]);
  return {
    language: textOf(fieldsOf(fieldsOf(metadata)["language_info"])["name"]) || textOf(kernel["language"]) || "unknown",
    cells: cells.map((value): Cell => {
      const { cell_type: type, source, execution_count: count, outputs } = fieldsOf(value);
      return {
        kind: type === "code" || type === "markdown" ? type : "raw",
        source: textOf(source),
        count: typeof count === "number" ? count : undefined,
        outputs: listOf(outputs).flatMap(outputOf),
      };
    }),
  };
}
