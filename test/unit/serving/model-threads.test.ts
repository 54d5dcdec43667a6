import { afterAll, describe, expect, it } from "vitest";
import { DependencyError } from "#core/errors.ts";
import type { Tensor } from "#core/serving/tensor.ts";
import { loadModel } from "#onnx/model.ts";
import { movingSession } from "#onnx/moving-session.ts";
import { openSession, type Session } from "#onnx/session.ts";
import { modelThreads } from "#onnx/threads.ts";
import { identityModel, linearModel, onnxModel } from "#test/support/onnx-model.ts";

const threads = modelThreads(new URL("../../../layers/onnx/model-thread.ts", import.meta.url), 2);
afterAll(() => threads.stop());

const row = (...values: readonly number[]): Tensor => ({ name: "x", datatype: "FP32", shape: [1, values.length], data: Float32Array.from(values) });

describe("a model on a thread", () => {
  it("answers as on the calling thread, and leaves the caller its inputs", async () => {
    const session = await threads.open(linearModel([2, 3], 1));
    const input = row(1, 1);

    const { outputs } = await session.run([input]);

    expect(session.inputs).toEqual([{ name: "x", datatype: "FP32", shape: [-1, 2] }]);
    expect(outputs).toEqual([{ name: "score", datatype: "FP32", shape: [1, 1], data: Float32Array.of(6) }]);
    expect([...(input.data as Float32Array)]).toEqual([1, 1]);
  });

  it.each<Tensor>([
    { name: "x", datatype: "BYTES", shape: [1, 2], data: ["", "grün"] },
    { name: "x", datatype: "FP16", shape: [1, 2], data: Uint16Array.of(0x38_00, 0x7b_ff) },
    { name: "x", datatype: "INT64", shape: [1, 2], data: BigInt64Array.of(-(2n ** 63n), 9_007_199_254_740_993n) },
  ])("carries $datatype exactly there and back", async (tensor) => {
    const session = await threads.open(identityModel(tensor.datatype));

    const { outputs } = await session.run([tensor]);

    expect(outputs).toEqual([{ ...tensor, name: "y" }]);
  });

  it("refuses what the runtime refuses, with the same error", async () => {
    await expect(threads.open(Buffer.from("not a model"))).rejects.toMatchObject({ name: "DomainError", code: "INVALID_PARAMETER_VALUE" });
    const gather = await threads.open(
      onnxModel({
        inputs: [{ name: "i", datatype: "INT64", shape: ["n"] }],
        outputs: [{ name: "y", datatype: "FP32", shape: ["n"] }],
        nodes: [{ operator: "Gather", inputs: ["table", "i"], outputs: ["y"] }],
        constants: { table: { shape: [3], values: [10, 11, 12] } },
      }),
    );

    const outside = gather.run([{ name: "i", datatype: "INT64", shape: [1], data: BigInt64Array.of(99n) }]);

    await expect(outside).rejects.toMatchObject({ name: "DomainError", message: expect.stringContaining("the model refuses these values") });
  });

  it("fails what waits when its thread ends, and is opened again by the next run", async () => {
    const mortal = modelThreads(new URL("../../../layers/onnx/model-thread.ts", import.meta.url), 1);
    const open = () => mortal.open(linearModel([2, 3], 1));
    const session = movingSession(await open(), open);

    const waiting = session.run([row(1, 1)]);
    await mortal.stop();

    await expect(waiting).rejects.toBeInstanceOf(DependencyError);
    expect(session.state()).toBe("ended");
    expect((await session.run([row(1, 1)])).outputs[0]?.data).toEqual(Float32Array.of(6));
    await mortal.stop();
  });
});

describe("a session that may move", () => {
  /** A session whose runs take as long as it is told. */
  function fake(state: "here" | "elsewhere", milliseconds: () => number) {
    const log: string[] = [];
    const session: Session = {
      inputs: [],
      outputs: [],
      run: async (inputs) => {
        log.push(state);
        return { outputs: inputs, milliseconds: milliseconds() };
      },
      state: () => state,
      release: async () => void log.push(`release ${state}`),
    };
    return { session, log };
  }

  it("goes elsewhere after three slow runs in a row, and is freed where it was", async () => {
    const times = [9, 9, 0.1, 9, 9, 9];
    const here = fake("here", () => times.shift() ?? 0);
    const there = fake("elsewhere", () => 9);
    const session = movingSession(here.session, async () => there.session);

    for (let run = 0; run < 5; run++) await session.run([]);
    expect(session.state()).toBe("here");
    await session.run([]);
    await expect.poll(() => session.state()).toBe("elsewhere");
    await session.run([]);

    expect(here.log).toEqual([...Array.from({ length: 6 }, () => "here"), "release here"]);
    expect(there.log).toEqual(["elsewhere"]);
  });

  it("goes after one run that holds the thread up for long", async () => {
    const session = movingSession(fake("here", () => 80).session, async () => fake("elsewhere", () => 80).session);

    await session.run([]);

    await expect.poll(() => session.state()).toBe("elsewhere");
  });

  it("stays where it is when no thread can be had, and tries again", async () => {
    let tries = 0;
    const session = movingSession(fake("here", () => 9).session, async () => {
      tries += 1;
      throw new Error("no thread");
    });

    for (let run = 0; run < 6; run++) {
      await session.run([]);
      await new Promise((resolve) => setImmediate(resolve));
    }

    expect(tries).toBe(2);
    expect(session.state()).toBe("here");
  });
});

describe("a loaded model whose runs are elsewhere", () => {
  it("refuses at once what would wait behind 256 others", async () => {
    const bytes = linearModel([2, 3], 1);
    const session = await openSession(bytes);
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const openElsewhere = async (): Promise<Session> => ({
      ...session,
      state: () => "elsewhere",
      run: async (inputs) => {
        await held;
        return session.run(inputs);
      },
    });
    // Larger than what is loaded on the calling thread: it begins elsewhere.
    const model = await loadModel(Buffer.concat([bytes], 33_554_433), { openElsewhere });

    const waiting = Array.from({ length: 256 }, () => model.infer([row(1, 1)]));
    await expect(model.infer([row(1, 1)])).rejects.toThrow("256 requests wait for the model already");
    letGo();

    expect((await Promise.all(waiting)).every(([score]) => score?.data[0] === 6)).toBe(true);
    expect((await model.infer([row(1, 1)]))[0]?.data[0]).toBe(6);
  });
});
