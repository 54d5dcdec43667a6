import FormField from "@cloudscape-design/components/form-field";
import Slider from "@cloudscape-design/components/slider";
import { setQuery } from "../frame/url-state.ts";
import { useRead } from "../queries.ts";
import { folderOf, type Listing } from "./entry.ts";
import { sameSeries } from "./image-series.ts";
import { type ArtifactSource, entriesOf } from "./source.ts";

/** Chooses the step of a picture that was logged again and again. */
export function ImageSteps({ source, path }: { readonly source: ArtifactSource; readonly path: string }) {
  const { data } = useRead<Listing>(source.listing(folderOf(path)));
  const images = sameSeries(path, data ? entriesOf(source, folderOf(path), data) : []);
  const at = images.findIndex((image) => image.path === path);
  if (images.length < 2) return null;
  return (
    <FormField label={`Step ${images[at]?.step ?? ""} (${at + 1} of ${images.length} pictures)`}>
      <Slider
        ariaLabel="Step"
        min={0}
        max={images.length - 1}
        value={Math.max(0, at)}
        valueFormatter={(index) => String(images[Math.round(index)]?.step ?? "")}
        onChange={({ detail }) => setQuery({ file: images[Math.round(detail.value)]?.path ?? path })}
      />
    </FormField>
  );
}
