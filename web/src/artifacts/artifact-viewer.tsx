import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Skeleton from "@cloudscape-design/components/skeleton";
import { type ComponentType, lazy, Suspense, useState } from "react";
import { useToasts } from "../frame/toasts.tsx";
import { Card } from "../parts/card.tsx";
import { bytes } from "../parts/format.ts";
import { download } from "./download.ts";
import { nameOf } from "./entry.ts";
import type { ArtifactSource } from "./source.ts";
import { ViewerBoundary } from "./viewer-boundary.tsx";
import { type ViewerKind, viewerKind } from "./viewer-kinds.ts";
import type { ViewerProps } from "./viewer-props.ts";

const DataViewer = lazy(async () => ({ default: (await import("./data-viewer.tsx")).DataViewer }));

/** The code of a viewer is loaded when the first file of its kind is opened. */
const viewers: Readonly<Record<Exclude<ViewerKind, "unknown">, ComponentType<ViewerProps>>> = {
  image: lazy(async () => ({ default: (await import("./image-viewer.tsx")).ImageViewer })),
  csv: DataViewer,
  json: DataViewer,
  parquet: lazy(async () => ({ default: (await import("./parquet-viewer.tsx")).ParquetViewer })),
  markdown: lazy(async () => ({ default: (await import("./markdown-viewer.tsx")).MarkdownViewer })),
  html: lazy(async () => ({ default: (await import("./html-viewer.tsx")).HtmlViewer })),
  onnx: lazy(async () => ({ default: (await import("./onnx/onnx-viewer.tsx")).OnnxViewer })),
  notebook: lazy(async () => ({ default: (await import("./notebook/notebook-viewer.tsx")).NotebookViewer })),
  media: lazy(async () => ({ default: (await import("./media-viewer.tsx")).MediaViewer })),
  pdf: lazy(async () => ({ default: (await import("./pdf-viewer.tsx")).PdfViewer })),
  archive: lazy(async () => ({ default: (await import("./archive/archive-viewer.tsx")).ArchiveViewer })),
  safetensors: lazy(async () => ({ default: (await import("./safetensors-viewer.tsx")).SafetensorsViewer })),
  text: lazy(async () => ({ default: (await import("./text-viewer.tsx")).TextViewer })),
};

interface ArtifactViewerProps {
  readonly source: ArtifactSource;
  readonly path: string;
  readonly size: number;
}

/** One file, as its kind is best seen. Whatever it holds, nothing of it runs. */
export function ArtifactViewer({ source, path, size }: ArtifactViewerProps) {
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);
  const kind = viewerKind(path, size);
  const Viewer = kind === "unknown" ? undefined : viewers[kind];
  const save = () => {
    setBusy(true);
    download(source, path, size)
      .catch((error: Error) => toasts.push({ type: "error", text: error.message }))
      .finally(() => setBusy(false));
  };
  return (
    <Card
      title={nameOf(path)}
      description={
        <span className="name">
          {path}, {bytes(size)}
        </span>
      }
      actions={
        <Button iconName="download" loading={busy} onClick={save}>
          Download
        </Button>
      }
    >
      {Viewer ? (
        <ViewerBoundary key={path}>
          <Suspense fallback={<Skeleton height="12rem" />}>
            <Viewer source={source} path={path} file={source.file(path)} size={size} />
          </Suspense>
        </ViewerBoundary>
      ) : (
        <Box color="text-body-secondary">{`A file of this kind and size is not shown here. Download it to open it.`}</Box>
      )}
    </Card>
  );
}
