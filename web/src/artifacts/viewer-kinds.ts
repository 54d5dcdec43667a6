/** How a file is shown. */
export type ViewerKind =
  | "image"
  | "csv"
  | "json"
  | "parquet"
  | "markdown"
  | "html"
  | "onnx"
  | "notebook"
  | "media"
  | "pdf"
  | "archive"
  | "safetensors"
  | "text"
  | "unknown";

interface Kind {
  readonly kind: ViewerKind;
  readonly names: RegExp;
  /** A larger file is not read whole. */
  readonly mostBytes: number;
}
/** The first that fits the name counts. */
const kinds: readonly Kind[] = [
  { kind: "image", names: /\.(png|jpe?g|gif|webp|bmp|avif|svg)$/i, mostBytes: 50_000_000 },
  { kind: "csv", names: /\.(csv|tsv)$/i, mostBytes: 30_000_000 },
  { kind: "json", names: /\.(json|geojson)$/i, mostBytes: 20_000_000 },
  { kind: "parquet", names: /\.(parquet|pq)$/i, mostBytes: Number.POSITIVE_INFINITY },
  { kind: "markdown", names: /\.(md|markdown)$/i, mostBytes: 1_000_000 },
  { kind: "html", names: /\.html?$/i, mostBytes: 10_000_000 },
  { kind: "onnx", names: /\.onnx$/i, mostBytes: 128_000_000 },
  { kind: "notebook", names: /\.ipynb$/i, mostBytes: 50_000_000 },
  { kind: "media", names: /\.(mp3|wav|og[agv]|flac|m4a|mp4|webm|mov)$/i, mostBytes: 200_000_000 },
  { kind: "pdf", names: /\.pdf$/i, mostBytes: Number.POSITIVE_INFINITY },
  { kind: "archive", names: /\.(zip|whl|npz|jar|mar|tar|tar\.gz|tgz)$/i, mostBytes: Number.POSITIVE_INFINITY },
  { kind: "safetensors", names: /\.safetensors$/i, mostBytes: Number.POSITIVE_INFINITY },
  {
    kind: "text",
    names: /(\.(txt|log|out|err|ya?ml|py|r|xml|toml|ini|cfg|conf|env|js|ts|sh|sql|jsonl|ndjson|lock|rst)|(^|\/)(MLmodel|Dockerfile|README|LICENSE))$/i,
    mostBytes: Number.POSITIVE_INFINITY,
  },
];

/** How a file of this name and size is shown. A text that is too large for its own viewer is shown as text, part by part. */
export function viewerKind(path: string, size: number): ViewerKind {
  const found = kinds.find(({ names }) => names.test(path));
  if (!found) return "unknown";
  if (size <= found.mostBytes) return found.kind;
  return ["image", "onnx", "media"].includes(found.kind) ? "unknown" : "text";
}
