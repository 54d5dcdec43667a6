import Box from "@cloudscape-design/components/box";
import { FileLoaded } from "./file-loaded.tsx";
import { HtmlFrame } from "./html-frame.tsx";
import { readText } from "./read-file.ts";
import { useFile } from "./use-file.ts";
import type { ViewerProps } from "./viewer-props.ts";

/** A page as it looks, in a frame where nothing runs. */
export function HtmlViewer({ path, file, size }: ViewerProps) {
  const query = useFile(file, "text", (signal) => readText(file, size, signal));
  return (
    <FileLoaded query={query}>
      {(html) => (
        <>
          <Box variant="small">Nothing in the page runs here, and nothing is loaded from elsewhere. Download it to see it as it was made.</Box>
          <HtmlFrame title={path} html={html} />
        </>
      )}
    </FileLoaded>
  );
}
