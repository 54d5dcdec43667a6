import { useState } from "react";
import { bytes } from "../parts/format.ts";
import { FileLoaded } from "./file-loaded.tsx";
import { mediaType } from "./media-type.ts";
import { readBytes } from "./read-file.ts";
import { useFile } from "./use-file.ts";
import { useObjectUrl } from "./use-object-url.ts";
import type { ViewerProps } from "./viewer-props.ts";

/** Sound or moving pictures, gathered range by range with the reader's credentials, and played by the browser once they are here. */
export function MediaViewer({ path, file, size }: ViewerProps) {
  const [there, setThere] = useState(0);
  const query = useFile(file, "media", async (signal) => new Blob([await readBytes(file, size, signal, setThere)], { type: mediaType(path) }));
  return (
    <>
      {query.isPending && <p role="status">{`${bytes(there)} of ${bytes(size)} are here.`}</p>}
      <FileLoaded query={query}>{(blob) => <Player blob={blob} name={path} />}</FileLoaded>
    </>
  );
}

function Player({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const url = useObjectUrl(blob);
  const [failed, setFailed] = useState(false);
  if (failed) return <p>This is nothing that the browser can play. Download it to play it elsewhere.</p>;
  if (url === "") return null;
  const given = { src: url, controls: true, className: "media", "aria-label": name, onError: () => setFailed(true) };
  return blob.type.startsWith("audio/") ? <audio {...given} /> : <video {...given} />;
}
