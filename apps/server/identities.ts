import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { accountId, keyId, teamId } from '#core/domain/account.ts';
import { deploymentId, modelId, promotionId, registeredModelId, runId } from '#core/domain/ids.ts';
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
  runId: () => runId(uuidDigits()),
  modelId: () => modelId(`m-${uuidDigits()}`),
  accountId: () => accountId(`u-${digits()}`),
  teamId: () => teamId(`t-${digits()}`),
  keyId: () => keyId(`k-${digits()}`),
  registeredModelId: () => registeredModelId(`rm-${uuidDigits()}`),
  promotionId: () => promotionId(`pr-${uuidDigits()}`),
  deploymentId: () => deploymentId(`d-${uuidDigits()}`),
  name: () => `${pick(ADJECTIVES)}-${pick(NOUNS)}-${randomInt(1000)}`,
};

/** 32 hexadecimal digits. */
function uuidDigits(): string {
  return randomUUID().replaceAll('-', '');
}

/** 16 hexadecimal digits. */
function digits(): string {
  return randomBytes(8).toString('hex');
}

function pick(words: readonly string[]): string {
  return words[randomInt(words.length)] as string;
}
