import type { Track } from "./nearest-run.ts";

export interface PaintedTrack extends Track {
  readonly colour: string;
  /** Within every brush. */
  readonly isIn: boolean;
}

/** Draws every line: those outside the brushes faint and below, the current one on top. */
export function paintLines(
  canvas: HTMLCanvasElement,
  xs: readonly number[],
  tracks: readonly PaintedTrack[],
  current: string | undefined,
  isDark: boolean,
): void {
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(ratio, ratio);
  pen.lineJoin = "round";
  const draw = ({ ys }: Track) => {
    pen.beginPath();
    for (const [index, x] of xs.entries()) pen.lineTo(x, ys[index] ?? 0);
    pen.stroke();
  };
  pen.lineWidth = 1;
  pen.strokeStyle = isDark ? "#5f6b7a" : "#b6bec9";
  pen.globalAlpha = 0.25;
  for (const track of tracks) if (!track.isIn) draw(track);
  pen.globalAlpha = tracks.length > 100 ? 0.6 : 0.85;
  pen.lineWidth = 1.5;
  for (const track of tracks) {
    if (!track.isIn || track.id === current) continue;
    pen.strokeStyle = track.colour;
    draw(track);
  }
  const above = tracks.find(({ id }) => id === current);
  if (!above) return;
  pen.globalAlpha = 1;
  pen.lineWidth = 5;
  pen.strokeStyle = isDark ? "#ffffff" : "#0f141a";
  draw(above);
  pen.lineWidth = 2.5;
  pen.strokeStyle = above.colour;
  draw(above);
}
