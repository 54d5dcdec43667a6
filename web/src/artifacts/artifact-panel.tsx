import Box from "@cloudscape-design/components/box";
import { useCallback, useState } from "react";
import { setQuery, useUrlState } from "../frame/url-state.ts";
import { Card } from "../parts/card.tsx";
import { ArtifactTree } from "./artifact-tree.tsx";
import { ArtifactViewer } from "./artifact-viewer.tsx";
import type { ArtifactSource } from "./source.ts";
import "./artifacts.css";

interface ArtifactPanelProps {
  readonly source: ArtifactSource;
  /** Whether files may still come. */
  readonly isLive: boolean;
}

/** Files as a tree, and the one that is open. The address names it. */
export function ArtifactPanel({ source, isLive }: ArtifactPanelProps) {
  const [file] = useUrlState("file");
  const [size, setSize] = useState<number>();
  const show = useCallback(
    (path: string, bytes: number) => {
      setSize(bytes);
      if (path !== file) setQuery({ file: path, at: "", rows: "", view: "" });
    },
    [file],
  );
  return (
    <div className="artifact-panel">
      <Card title="Files">
        <ArtifactTree source={source} shown={file} show={show} every={isLive ? 5000 : false} />
      </Card>
      {file === "" || size === undefined ? (
        <Box color="text-body-secondary" padding="l">
          {file === "" ? "Choose a file to see it." : "Looking for the file."}
        </Box>
      ) : (
        <ArtifactViewer source={source} path={file} size={size} />
      )}
    </div>
  );
}
