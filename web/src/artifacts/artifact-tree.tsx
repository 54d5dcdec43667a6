import Icon from "@cloudscape-design/components/icon";
import { useQueries } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { read } from "../client.ts";
import { Empty } from "../parts/empty.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { bytes } from "../parts/format.ts";
import { folderOf, type Listing } from "./entry.ts";
import { type ArtifactSource, entriesOf } from "./source.ts";
import { type TreeRow, treeKey, treeRows } from "./tree-rows.ts";

interface ArtifactTreeProps {
  readonly source: ArtifactSource;
  /** The file that is shown. */
  readonly shown: string;
  readonly show: (path: string, bytes: number) => void;
  /** Milliseconds between readings of the open folders. */
  readonly every: number | false;
}

const withAncestors = (path: string): readonly string[] => (path === "" ? [""] : [...withAncestors(folderOf(path)), path]);

/** The files of a run or model; a folder is read when it is opened. Worked by keyboard as any tree. */
export function ArtifactTree({ source, shown, show, every }: ArtifactTreeProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(withAncestors(folderOf(shown))));
  const [focused, setFocused] = useState(shown);
  const list = useRef<HTMLDivElement>(null);
  const folders = [...open];
  const listings = useQueries({
    queries: folders.map((folder) => ({
      queryKey: [source.listing(folder)],
      queryFn: ({ signal }: { signal: AbortSignal }) => read<Listing>(source.listing(folder), signal),
      refetchInterval: every,
    })),
  });
  const contentOf = new Map(folders.flatMap((folder, index) => (listings[index]?.data ? [[folder, entriesOf(source, folder, listings[index].data)]] : [])));
  const rows = treeRows(contentOf, open);
  const failed = listings.find(({ error, data }) => error && !data);
  const entry = rows.find(({ path }) => path === focused) ?? rows[0];
  const shownBytes = rows.find(({ path }) => path === shown)?.bytes;
  useEffect(() => {
    if (shownBytes !== undefined) show(shown, shownBytes);
  }, [shown, shownBytes, show]);

  const toggle = (path: string) => setOpen((all) => (all.has(path) ? new Set([...all].filter((one) => one !== path)) : new Set([...all, path])));
  const choose = (row: TreeRow) => {
    setFocused(row.path);
    if (row.isFolder) toggle(row.path);
    else show(row.path, row.bytes ?? 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key === "Enter" || event.key === " ") && entry) {
      event.preventDefault();
      choose(entry);
      return;
    }
    const step = entry && treeKey(event.key, rows, entry.path);
    if (!step) return;
    event.preventDefault();
    if (step.kind === "toggle") toggle(step.path);
    setFocused(step.path);
    list.current?.querySelectorAll<HTMLElement>("[role=treeitem]")[rows.findIndex(({ path }) => path === step.path)]?.focus();
  };

  if (failed?.error) return <ErrorCard error={failed.error} retry={() => void failed.refetch()} />;
  if (rows.length === 0 && contentOf.has(""))
    return <Empty text="No file was logged." command={`mlflow artifacts log-artifact --run-id ${source.id} --local-file model.txt`} />;
  return (
    <div ref={list} role="tree" aria-label="Files" className="artifact-tree" onKeyDown={onKeyDown}>
      {rows.map((row) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all its items
        <div
          key={row.path}
          role="treeitem"
          aria-level={row.level}
          aria-posinset={row.place}
          aria-setsize={row.siblings}
          aria-selected={row.path === shown}
          {...(row.isFolder && { "aria-expanded": row.isOpen })}
          tabIndex={row.path === entry?.path ? 0 : -1}
          style={{ paddingInlineStart: `${row.level * 1.1 - 0.6}rem` }}
          onClick={() => choose(row)}
        >
          <Icon name={row.isFolder ? (row.isOpen ? "folder-open" : "folder") : "file"} />
          <span className="artifact-name">{row.name}</span>
          {row.bytes !== undefined && <span className="artifact-size">{bytes(row.bytes)}</span>}
        </div>
      ))}
    </div>
  );
}
