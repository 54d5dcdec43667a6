import { Markdown } from "../parts/markdown.tsx";
import { FileLoaded } from "./file-loaded.tsx";
import { readText } from "./read-file.ts";
import { useFile } from "./use-file.ts";
import type { ViewerProps } from "./viewer-props.ts";

/** A file of Markdown as it reads. */
export function MarkdownViewer({ path, file, size }: ViewerProps) {
  const query = useFile(file, "text", (signal) => readText(file, size, signal));
  return <FileLoaded query={query}>{(text) => <Markdown label={path} text={text} />}</FileLoaded>;
}
