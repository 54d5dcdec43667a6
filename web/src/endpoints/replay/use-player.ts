import { useCallback, useEffect, useState } from "react";
import { usePreferences } from "../../frame/preferences.ts";
import { useUrlState } from "../../frame/url-state.ts";
import { type Mark, neighbour } from "./marks.ts";

/** How many seconds of the past go by in one. */
export const speeds = [
  { id: "10", text: "10×" },
  { id: "60", text: "60×" },
  { id: "600", text: "600×" },
  { id: "3600", text: "3,600×" },
] as const;

const frame = 100;
/** Without motion the replay goes from mark to mark, and rests at each so long. */
const rest = 1500;
const settle = 300;
const readNow = 5000;

export interface Player {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly now: number;
  /** Nothing of the past is chosen: the instant is the present one. */
  readonly isLive: boolean;
  readonly isPlaying: boolean;
  readonly speed: string;
  /** Goes to an instant, or back to the present. */
  readonly move: (at: number | undefined) => void;
  /** From the present it starts at `from`. */
  readonly toggle: (from: number) => void;
  readonly choose: (speed: string) => void;
}

function useWantsNoMotion(): boolean {
  const { motion } = usePreferences();
  return motion === "reduced" || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), readNow);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}

/** The instant that is looked at. The address holds it, a moment after it was moved and once a second while it plays. */
export function usePlayer(marks: readonly Mark[]): Player {
  const [written, write] = useUrlState("at");
  const [speed, choose] = useUrlState("speed", "60");
  const [chosen, setChosen] = useState(() => (Number.isNaN(Date.parse(written)) ? undefined : Date.parse(written)));
  const [isPlaying, setPlaying] = useState(false);
  const now = useNow();
  const isStill = useWantsNoMotion();
  const factor = Number(speed) || 60;

  useEffect(() => {
    if (!isPlaying) return undefined;
    let last = performance.now();
    const timer = window.setInterval(
      () => {
        const gone = performance.now() - last;
        last += gone;
        setChosen((at = Date.now()) => (isStill ? neighbour(marks, at, 1)?.at : at + gone * factor));
      },
      isStill ? rest : frame,
    );
    return () => window.clearInterval(timer);
  }, [isPlaying, isStill, factor, marks]);

  const isOver = chosen === undefined || chosen >= Date.now();
  useEffect(() => {
    if (!isPlaying || !isOver) return;
    setPlaying(false);
    setChosen(undefined);
  }, [isPlaying, isOver]);

  const second = factor * 1000;
  const held = chosen === undefined || !isPlaying ? chosen : Math.round(chosen / second) * second;
  useEffect(() => {
    const timer = window.setTimeout(() => write(held === undefined ? "" : new Date(held).toISOString()), settle);
    return () => window.clearTimeout(timer);
  }, [held, write]);

  const move = useCallback((at: number | undefined) => setChosen(at === undefined || at >= now ? undefined : at), [now]);
  const toggle = useCallback((from: number) => {
    setChosen((at) => at ?? from);
    setPlaying((playing) => !playing);
  }, []);
  return { at: chosen ?? now, now, isLive: chosen === undefined, isPlaying, speed, move, toggle, choose };
}
