import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { connect } from '#sdks/typescript/connect.ts';
import type { Classifier, Weights } from './classifier.ts';
import { CLASSES, PIXELS, type Digits } from './digits.ts';
import { classifierOf } from './grid.ts';
import { hiddenUnits } from './model-files.ts';
import { MODEL, type Api } from './release.ts';

// Serves whichever version is in production: a process of its own that knows nothing of the training, only the server's address. It
// looks every second whether another version was promoted, or this one was rolled back.

const LOOK_MS = 1000;
const BODY_LIMIT = 10_000_000;

interface Served {
  readonly version: number;
  readonly model: Classifier;
  readonly weights: Weights;
}

async function load(api: Api, version: number): Promise<Served> {
  const read = async (path: string): Promise<ArrayBuffer> => {
    const params = { model: MODEL, version: String(version) };
    return new Response(await api.readVersionFile({ params, query: { path } })).arrayBuffer();
  };
  const hidden = hiddenUnits(new TextDecoder().decode(await read('MLmodel')));
  return { version, model: classifierOf({ hidden }), weights: new Float64Array(await read('weights.f64')) };
}

async function productionOf(api: Api): Promise<number> {
  return (await api.getModelVersion({ params: { model: MODEL, version: '@production' } })).number;
}

/** `{"images": [[64 grey values], …]}` → `{"version": 2, "digits": [7, …]}`. */
async function answer(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Error('The body is too large.');
    chunks.push(chunk);
  }
  const digits = imagesIn(Buffer.concat(chunks).toString());
  const probabilities = new Float64Array(CLASSES);
  const guesses = Array.from({ length: digits.count }, (_, row) => {
    served.model.predict(served.weights, digits, row, probabilities);
    return probabilities.indexOf(Math.max(...probabilities));
  });
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ version: served.version, digits: guesses }));
}

/** @throws Error when it is something else. */
function imagesIn(text: string): Digits {
  const { images } = JSON.parse(text) as { images?: unknown };
  const isGood =
    Array.isArray(images) && images.every((image) => Array.isArray(image) && image.length === PIXELS);
  if (!isGood) throw new Error(`The body is {"images": [[${PIXELS} numbers], …]}.`);
  const values = Float64Array.from((images as number[][]).flat());
  return { count: images.length, images: values, labels: new Uint8Array(images.length) };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { server: { type: 'string' } } });
  const api = await connect(values.server === undefined ? {} : { server: values.server });
  let served = await load(api, await productionOf(api));
  const look = async (): Promise<void> => {
    const version = await productionOf(api);
    if (version !== served.version) served = await load(api, version);
  };
  setInterval(() => {
    look().catch((error: unknown) => console.error(`cairn demo: ${String(error)}`));
  }, LOOK_MS).unref();
  const server = createServer((request, response) => {
    answer(request, response, served).catch((error: unknown) => {
      response.statusCode = 400;
      response.end(JSON.stringify({ error: error instanceof Error ? error.message : 'bad request' }));
    });
  });
  server.listen(0, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
}

await main();
