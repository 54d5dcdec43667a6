import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useQuery } from "@tanstack/react-query";
import { address, request } from "../client.ts";
import { Card } from "../parts/card.tsx";
import { TextBlock } from "../parts/json-block.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { ViewedImage } from "./viewed-image.tsx";

interface ArtifactViewerProps {
  readonly runId: string;
  readonly path: string;
  readonly size: number;
}
const largestShown = 2_000_000;
const images = /\.(png|jpe?g|gif|webp|bmp)$/i;
const texts = /(\.(txt|log|json|ya?ml|md|csv|tsv|py|html?|xml|toml|ini|cfg|js|ts|sh|sql|svg)|(^|\/)MLmodel)$/i;

const indented = (path: string, text: string): string => {
  if (!/\.json$/i.test(path)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

async function download(from: string, path: string): Promise<void> {
  const url = URL.createObjectURL(await (await request(from)).blob());
  const link = Object.assign(document.createElement("a"), { href: url, download: path.split("/").at(-1) ?? path });
  link.click();
  URL.revokeObjectURL(url);
}

/** One file of a run: an image, or text as text (HTML and SVG too, so that nothing in them runs); anything else to be downloaded. */
export function ArtifactViewer({ runId, path, size }: ArtifactViewerProps) {
  const from = address(["get-artifact"], { run_id: runId, path });
  const isImage = images.test(path);
  const isShown = (isImage || texts.test(path)) && size <= largestShown;
  const fetched = async (signal: AbortSignal) => (await request(from, { signal })).blob();
  const image = useQuery({ queryKey: [from], queryFn: ({ signal }) => fetched(signal), enabled: isShown && isImage, staleTime: 60_000 });
  const text = useQuery({
    queryKey: [from, "text"],
    queryFn: async ({ signal }) => indented(path, await (await fetched(signal)).text()),
    enabled: isShown && !isImage,
  });
  return (
    <Card title={path} actions={<Button onClick={() => void download(from, path)}>Download</Button>}>
      {!isShown && <Box>{size > largestShown ? "Too large to be shown here." : "This kind of file is not shown here."}</Box>}
      {isShown && isImage && <Loaded query={image}>{(blob) => <ViewedImage blob={blob} name={path} />}</Loaded>}
      {isShown && !isImage && <Loaded query={text}>{(it) => <TextBlock label={path} text={it} />}</Loaded>}
    </Card>
  );
}
