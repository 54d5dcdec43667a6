import { mlflow } from "../address.ts";
import { ArtifactPanel } from "../artifacts/artifact-panel.tsx";
import { rootIn, versionFiles } from "../artifacts/source.ts";
import { Empty } from "../parts/empty.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useRead } from "../queries.ts";
import type { PlaceReply } from "./wire.ts";

interface VersionFilesProps {
  readonly name: string;
  readonly version: string;
}

/** The files of a version, each in its viewer. */
export function VersionFiles({ name, version }: VersionFilesProps) {
  const place = useRead<PlaceReply>(mlflow("model-versions/get-download-uri", { name, version }), { every: false });
  return (
    <Loaded query={place}>
      {({ artifact_uri: uri }) => {
        const root = rootIn(uri);
        if (root === undefined) return <Empty text={`Its files are at ${uri}, which the platform does not list.`} />;
        return <ArtifactPanel source={versionFiles(name, version, root)} isLive={false} />;
      }}
    </Loaded>
  );
}
