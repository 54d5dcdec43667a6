import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import { folderOf } from "../../artifacts/entry.ts";
import { setQuery, useUrlState } from "../../frame/url-state.ts";
import { Card } from "../../parts/card.tsx";
import { Empty } from "../../parts/empty.tsx";
import { ErrorCard } from "../../parts/error-card.tsx";
import type { ComparedRun } from "../values.ts";
import { RunPicture } from "./run-picture.tsx";
import { useFolder } from "./use-folder.ts";
import "./pictures.css";

/** Of so many runs pictures are shown at once. */
const mostRuns = 24;
const up = "..";

/** The pictures that runs have under the same path, side by side. */
export function PicturesTab({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const [folder] = useUrlState("folder");
  const [picture] = useUrlState("picture");
  const shown = useMemo(() => runs.slice(0, mostRuns), [runs]);
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);
  const { entries, isReading, error, again } = useFolder(ids, folder);
  const chosen = entries.find(({ path, isFolder }) => path === picture && !isFolder);
  const options = [
    ...(folder === "" ? [] : [{ value: up, label: `Back to ${folderOf(folder) || "all files"}` }]),
    ...entries.map(({ path, name, isFolder, sizes }) => ({
      value: path,
      label: isFolder ? `${name}/` : name,
      description: `in ${sizes.size} of ${shown.length} runs`,
    })),
  ];
  const choose = (path: string) => {
    if (path === up) setQuery({ folder: folderOf(folder), picture: "" });
    else if (entries.find((entry) => entry.path === path)?.isFolder) setQuery({ folder: path, picture: "" });
    else setQuery({ picture: path });
  };
  return (
    <Card title="Pictures" description="What the runs have under the same path.">
      <SpaceBetween size="l">
        {runs.length > mostRuns && <Alert type="info">{`Shown are the first ${mostRuns} of ${runs.length} runs.`}</Alert>}
        {error && <ErrorCard error={error} retry={again} />}
        <FormField label={folder === "" ? "Folder or picture" : `Folder or picture in ${folder}`}>
          <Select
            filteringType="auto"
            statusType={isReading ? "loading" : "finished"}
            loadingText="Reading"
            placeholder="Choose a folder or a picture"
            empty="Nothing here."
            selectedOption={chosen ? { value: chosen.path, label: chosen.name } : null}
            options={options}
            onChange={({ detail }) => choose(detail.selectedOption.value ?? "")}
          />
        </FormField>
        {!isReading && entries.length === 0 && (
          <Empty text="The runs have no picture here. Log some, and compare again:" command={`mlflow.log_image(image, artifact_file="picture.png")`} />
        )}
        {chosen && (
          <div className="run-pictures">
            {shown.flatMap((run) => {
              const size = chosen.sizes.get(run.id);
              return size === undefined ? [] : [<RunPicture key={run.id} run={run} path={chosen.path} size={size} />];
            })}
          </div>
        )}
        {chosen && chosen.sizes.size < shown.length && (
          <Box variant="small">{`Without this picture: ${shown.flatMap(({ id, name }) => (chosen.sizes.has(id) ? [] : [name])).join(", ")}`}</Box>
        )}
      </SpaceBetween>
    </Card>
  );
}
