import Button from "@cloudscape-design/components/button";
import Input from "@cloudscape-design/components/input";
import Toggle from "@cloudscape-design/components/toggle";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useUrlState } from "../frame/url-state.ts";
import { bytes } from "../parts/format.ts";
import { Loaded } from "../parts/loaded.tsx";
import { readRange } from "./read-file.ts";
import { type TextPart, wholeLines } from "./text-lines.ts";
import { useFound } from "./use-found.ts";
import type { ViewerProps } from "./viewer-props.ts";

const partBytes = 256_000;
const followMilliseconds = 2000;
const isLog = (path: string) => /\.(log|out|err)$/i.test(path);

/** A text of any size, part by part: a log from its end, and on as it grows; anything else from its beginning. */
export function TextViewer({ file, path, size }: ViewerProps) {
  const [place, setPlace] = useUrlState("at", isLog(path) && size > partBytes ? "end" : "0");
  const [follow, setFollow] = useState(false);
  const isEnd = place === "end" || follow;
  const from = Math.max(0, Number(place) || 0);
  const range = isEnd ? `-${partBytes}` : `${from}-${from + partBytes - 1}`;
  const query = useQuery({
    queryKey: [file, range, isEnd],
    queryFn: async ({ signal }): Promise<TextPart> => (size === 0 ? { text: "", from: 0, to: 0, size: 0 } : wholeLines(await readRange(file, range, signal))),
    refetchInterval: follow ? followMilliseconds : false,
    placeholderData: keepPreviousData,
  });
  const shown = { ...query, isPlaceholderData: false } as typeof query;
  return (
    <Loaded query={shown}>
      {(part) => (
        <>
          <div className="viewer-bar">
            <Button disabled={part.from === 0} onClick={() => setPlace("0")}>
              Start
            </Button>
            <Button disabled={part.from === 0} onClick={() => setPlace(String(Math.max(0, part.from - partBytes)))}>
              Earlier
            </Button>
            <Button disabled={part.to >= part.size} onClick={() => setPlace(String(part.to))}>
              Later
            </Button>
            <Button disabled={part.to >= part.size} onClick={() => setPlace("end")}>
              End
            </Button>
            <Toggle checked={follow} onChange={({ detail }) => setFollow(detail.checked)}>
              Follow
            </Toggle>
            <span className="artifact-size" role="status">
              {part.from === 0 && part.to >= part.size ? `all of ${bytes(part.size)}` : `${bytes(part.from)} to ${bytes(part.to)} of ${bytes(part.size)}`}
            </span>
          </div>
          <SearchedText path={path} text={part.text} atEnd={isEnd} />
        </>
      )}
    </Loaded>
  );
}

function SearchedText({ path, text, atEnd }: { readonly path: string; readonly text: string; readonly atEnd: boolean }) {
  const box = useRef<HTMLElement>(null);
  const body = useRef<HTMLPreElement>(null);
  const [wanted, setWanted] = useState("");
  const [wraps, setWraps] = useState(true);
  const { count, now, go } = useFound(body, text, wanted);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text is what moves the view
  useEffect(() => {
    if (atEnd && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text, atEnd]);
  return (
    <>
      <div className="viewer-bar">
        <Input
          type="search"
          ariaLabel="Find in this part"
          placeholder="Find in this part"
          value={wanted}
          onChange={({ detail }) => setWanted(detail.value)}
          onKeyDown={({ detail }) => detail.key === "Enter" && go(detail.shiftKey ? -1 : 1)}
        />
        <span role="status">{wanted === "" ? "" : count === 0 ? "not found" : `${now + 1} of ${count}`}</span>
        <Button variant="icon" iconName="angle-up" ariaLabel="Previous" disabled={count === 0} onClick={() => go(-1)} />
        <Button variant="icon" iconName="angle-down" ariaLabel="Next" disabled={count === 0} onClick={() => go(1)} />
        <Toggle checked={wraps} onChange={({ detail }) => setWraps(detail.checked)}>
          Wrap lines
        </Toggle>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section ref={box} aria-label={path} className="scroll-box" tabIndex={0}>
        <pre ref={body} className={wraps ? "file-text wraps" : "file-text"}>
          {text}
        </pre>
      </section>
    </>
  );
}
