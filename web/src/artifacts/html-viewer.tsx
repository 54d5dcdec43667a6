import Box from "@cloudscape-design/components/box";
import { useMemo } from "react";
import { FileLoaded } from "./file-loaded.tsx";
import { readText } from "./read-file.ts";
import { dress, tamePage } from "./tame-page.ts";
import { useFile } from "./use-file.ts";
import type { ViewerProps } from "./viewer-props.ts";

/**
 * A page as it looks, in a frame where nothing runs: what acts is taken out of it, the frame allows no script and no form, and the console's
 * policy holds in it (a srcdoc document inherits it), so that it loads nothing from elsewhere. It shares the console's origin only so that
 * its styles can be put on it from outside.
 */
export function HtmlViewer({ path, file, size }: ViewerProps) {
  const query = useFile(file, "text", (signal) => readText(file, size, signal));
  return <FileLoaded query={query}>{(html) => <Frame path={path} html={html} />}</FileLoaded>;
}

function Frame({ path, html }: { readonly path: string; readonly html: string }) {
  const page = useMemo(() => tamePage(html), [html]);
  return (
    <>
      <Box variant="small">Nothing in the page runs here, and nothing is loaded from elsewhere. Download it to see it as it was made.</Box>
      <iframe
        className="html-frame"
        title={path}
        sandbox="allow-same-origin"
        referrerPolicy="no-referrer"
        srcDoc={page.html}
        onLoad={({ currentTarget }) => dress(currentTarget, page)}
      />
    </>
  );
}
