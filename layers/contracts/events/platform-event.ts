import type * as z from "zod";

/** The `source` of every event that the platform puts on its bus. */
export const eventSource = "capstan";

/** A kind of event: its `detail-type` and the shape of its `detail`. */
export interface EventType<D extends z.ZodType = z.ZodType> {
  readonly detailType: string;
  readonly summary: string;
  readonly detail: D;
}

/** An event as it is put on the bus. */
export interface PlatformEvent {
  readonly detailType: string;
  readonly detail: unknown;
}

export const defineEvent = <const D extends z.ZodType>(event: EventType<D>): EventType<D> => event;

/** An event of a kind; its detail is parsed, so that what leaves us is what is documented. */
export const eventOf = <D extends z.ZodType>(type: EventType<D>, detail: z.input<D>): PlatformEvent => ({
  detailType: type.detailType,
  detail: type.detail.parse(detail),
});
