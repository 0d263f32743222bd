import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { accountId, keyId, teamId } from '#core/domain/account.ts';
import { modelId, runId } from '#core/domain/ids.ts';
import type { IdMaker } from '#core/tracking/ports/id-maker.ts';

const ADJECTIVES =
  'able amber brave bright calm clear clever crisp deep eager fair fleet gentle glad grand keen kind light lively loyal lucid mellow merry mild neat nimble noble proud quick quiet rapid ready sharp sleek smart solid spry steady still sunny swift tidy true vivid warm wise witty'.split(
    ' ',
  );
const NOUNS =
  'alder aspen badger beacon birch bison brook cairn cedar cliff comet condor crane crest delta dove dune egret elk falcon fern finch fjord fox glade grove hare hawk heron hill ibis jay kestrel lake lark larch lynx marten meadow moose moss otter owl peak pine quail raven reef ridge river robin sage shore sparrow spruce stoat stone swan tern thrush vale willow wolf wren'.split(
    ' ',
  );

/** Random identities: 122 random bits as 32 hexadecimal digits. */
export const randomIdentities: IdMaker = {
  runId: () => runId(randomUUID().replaceAll('-', '')),
  modelId: () => modelId(`m-${randomUUID().replaceAll('-', '')}`),
  accountId: () => accountId(`u-${digits()}`),
  teamId: () => teamId(`t-${digits()}`),
  keyId: () => keyId(`k-${digits()}`),
  name: () => `${pick(ADJECTIVES)}-${pick(NOUNS)}-${randomInt(1000)}`,
};

/** 16 hexadecimal digits. */
function digits(): string {
  return randomBytes(8).toString('hex');
}

function pick(words: readonly string[]): string {
  return words[randomInt(words.length)] as string;
}
