import { useState } from "react";
import { address } from "../../address.ts";
import { FileLoaded } from "../../artifacts/file-loaded.tsx";
import { readImage } from "../../artifacts/read-image.ts";
import { runFiles } from "../../artifacts/source.ts";
import { useFile } from "../../artifacts/use-file.ts";
import { useObjectUrl } from "../../artifacts/use-object-url.ts";
import { GoTo } from "../../parts/go-to.tsx";
import type { ComparedRun } from "../values.ts";

interface RunPictureProps {
  readonly run: ComparedRun;
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

/** A picture of a run under the run's name. */
export function RunPicture({ run, path, size }: RunPictureProps) {
  return (
    <figure className="run-picture">
      <figcaption>
        <GoTo href={address(["runs", run.id], { tab: "artifacts", file: path })}>
          <span className="named">{run.name}</span>
        </GoTo>
      </figcaption>
      <Read run={run} path={path} size={size} />
    </figure>
  );
}

function Read({ run, path, size }: { readonly run: ComparedRun; readonly path: string; readonly size: number }) {
  const file = runFiles(run.id).file(path);
  const query = useFile(file, "image", (signal) => readImage(path, file, size, signal));
  return <FileLoaded query={query}>{(blob) => <Drawn blob={blob} text={`${path} of ${run.name}`} />}</FileLoaded>;
}

function Drawn({ blob, text }: { readonly blob: Blob; readonly text: string }) {
  const url = useObjectUrl(blob);
  const [failed, setFailed] = useState(false);
  if (failed) return <p className="secondary">This is no picture that the browser can draw.</p>;
  return url === "" ? null : <img src={url} alt={text} onError={() => setFailed(true)} />;
}
