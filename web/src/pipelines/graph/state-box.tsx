import type { KeyboardEvent, RefCallback } from "react";
import type { ExecutionStep } from "#contracts/platform/pipelines.ts";
import type { PlacedState } from "./layout.ts";
import { stateHeight, stateWidth } from "./place.ts";
import { looks, stateWords } from "./state-looks.ts";

interface StateBoxProps {
  readonly placed: PlacedState;
  /** The latest step of the state; absent where the execution did not enter it, or it only decides. */
  readonly step: ExecutionStep | undefined;
  readonly isSelected: boolean;
  readonly isInTabOrder: boolean;
  readonly select: () => void;
  readonly move: (event: KeyboardEvent) => void;
  readonly host: RefCallback<SVGGElement>;
}

/** Letters that fit into a box. */
const fitting = 21;
const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** One state: by colour, sign and word how it stands. It is selected by click, Enter or space. */
export function StateBox({ placed: { state, x, y }, step, isSelected, isInTabOrder, select, move, host }: StateBoxProps) {
  const look = step?.status ?? "unreached";
  // The name that is read out begins with what is seen, so that it can be spoken to select it.
  const name = cut(`${looks[look].sign} ${state.name}`.trim(), fitting);
  const words = cut(stateWords(state.type, step, Date.now()), fitting + 5);
  const retries = state.retries > 0 ? `, retried up to ${state.retries} times` : "";
  const stands = step ? state.type : looks.unreached.word;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button of HTML cannot stand in a drawing
    <g
      ref={host}
      className="state-box"
      data-look={look}
      data-type={state.type}
      role="button"
      tabIndex={isInTabOrder ? 0 : -1}
      aria-pressed={isSelected}
      aria-label={`${name} ${words}; ${stands}${retries}`}
      data-state={state.name}
      transform={`translate(${x} ${y})`}
      onClick={select}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          select();
        } else move(event);
      }}
    >
      <rect width={stateWidth} height={stateHeight} rx={state.type === "Choice" ? 20 : 6} />
      <text x={stateWidth / 2} y={19} textAnchor="middle" className="state-name">
        {name}
      </text>{" "}
      <text x={stateWidth / 2} y={36} textAnchor="middle" className="state-words">
        {words}
      </text>
    </g>
  );
}
