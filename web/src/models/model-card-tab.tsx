import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../address.ts";
import { Card } from "../parts/card.tsx";
import { offer } from "../parts/download.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { modelCard } from "./model-card.ts";
import type { VersionFacts } from "./use-version.ts";

/** The model card of a version, as it reads now. */
export function ModelCardTab({ facts }: { readonly facts: VersionFacts }) {
  const { version } = facts;
  if (!version) return null;
  const text = modelCard({ ...facts, version });
  const save = () => offer(new Blob([text], { type: "text/markdown" }), `${version.name}-${version.version}.md`);
  return (
    <Card
      title="Model card"
      description="Written from what the platform holds, each time it is opened."
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="download" onClick={save}>
            Download .md
          </Button>
        </SpaceBetween>
      }
    >
      <Markdown text={text} label="Model card" />
      <Box color="text-body-secondary" padding={{ top: "s" }}>
        Intended use is the description of <GoTo href={address(["models", version.name])}>the model</GoTo>; this version's own is under Overview.
      </Box>
    </Card>
  );
}
