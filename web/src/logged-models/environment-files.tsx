import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { folderOf, type Listing } from "../artifacts/entry.ts";
import { readText } from "../artifacts/read-file.ts";
import type { ArtifactSource } from "../artifacts/source.ts";
import { useFile } from "../artifacts/use-file.ts";
import { Card } from "../parts/card.tsx";
import { Empty } from "../parts/empty.tsx";
import { TextBlock } from "../parts/json-block.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useRead } from "../queries.ts";

/** The files in which MLflow's models name what they need (mlflow/utils/environment.py). */
const names = ["requirements.txt", "python_env.yaml", "conda.yaml"];
const mostBytes = 200_000;

/** What a model needs to run, as its files say. */
export function EnvironmentFiles({ title, source }: { readonly title: string; readonly source: ArtifactSource }) {
  const query = useRead<Listing>(source.listing(""), { every: false });
  return (
    <Card title={title}>
      <Loaded query={query}>
        {({ files = [] }) => {
          const found = files.filter(({ path, is_dir }) => !is_dir && folderOf(path) === "" && names.includes(path));
          if (found.length === 0) return <Empty text="Its files do not say." />;
          return found.map(({ path, file_size }) => (
            <ExpandableSection key={path} headerText={path} defaultExpanded={path === names[0]}>
              <Text source={source} path={path} size={Math.min(mostBytes, Number(file_size ?? 0))} />
            </ExpandableSection>
          ));
        }}
      </Loaded>
    </Card>
  );
}

function Text({ source, path, size }: { readonly source: ArtifactSource; readonly path: string; readonly size: number }) {
  const file = source.file(path);
  const query = useFile(file, "text", (signal) => readText(file, size, signal));
  return <Loaded query={query}>{(text) => <TextBlock label={path} text={text} />}</Loaded>;
}
