import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { number, percent } from "../parts/format.ts";
import { FileLoaded } from "./file-loaded.tsx";
import { ImageSteps } from "./image-steps.tsx";
import { readImage } from "./read-image.ts";
import { useFile } from "./use-file.ts";
import { useObjectUrl } from "./use-object-url.ts";
import type { ViewerProps } from "./viewer-props.ts";

/** A picture, fitted or enlarged; of those that were logged step by step, the one of any step. */
export function ImageViewer({ source, path, file, size }: ViewerProps) {
  const query = useFile(file, "image", (signal) => readImage(path, file, size, signal));
  return (
    <>
      <ImageSteps source={source} path={path} />
      <FileLoaded query={query}>{(blob) => <Picture key={file} blob={blob} name={path} />}</FileLoaded>
    </>
  );
}

function Picture({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const url = useObjectUrl(blob);
  const [zoom, setZoom] = useState<number | undefined>(undefined);
  const [natural, setNatural] = useState({ width: 0, height: 0 });
  const [failed, setFailed] = useState(false);
  const scale = (factor: number) => setZoom(Math.min(16, Math.max(0.05, (zoom ?? 1) * factor)));
  if (failed) return <p>This is no picture that the browser can draw.</p>;
  return (
    <>
      <div className="viewer-bar">
        <Button iconName="zoom-in" ariaLabel="Enlarge" onClick={() => scale(1.5)} />
        <Button iconName="zoom-out" ariaLabel="Make smaller" onClick={() => scale(1 / 1.5)} />
        <Button onClick={() => setZoom(1)}>1:1</Button>
        <Button onClick={() => setZoom(undefined)}>Fit</Button>
        <span className="artifact-size" role="status">
          {natural.width > 0 && `${number(natural.width)} × ${number(natural.height)} pixels, ${zoom === undefined ? "fitted" : percent(zoom)}`}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="image-stage" aria-label="Picture" tabIndex={0}>
        {url !== "" && (
          <img
            src={url}
            alt={name}
            className={zoom === undefined ? "fits" : ""}
            {...(zoom !== undefined && natural.width > 0 && { style: { width: natural.width * zoom } })}
            onLoad={({ currentTarget }) => setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })}
            onError={() => setFailed(true)}
          />
        )}
      </section>
    </>
  );
}
