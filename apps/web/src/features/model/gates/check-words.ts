import type { CheckJson } from '../../../api/registry.ts';
import { rt } from '../../../text/registry/translate.ts';

/** A check as a sentence: `val/auc on holdout is at least as good as that of the current holder, within 0.002`. */
export function checkWords(check: CheckJson): string {
  switch (check.kind) {
    case 'metric': {
      const { dataset, tolerance, bound, direction } = check;
      const metric = check.metric ?? rt('check.words.objective');
      const on = dataset === undefined ? '' : ` ${rt('check.words.on', { dataset })}`;
      const parts = [
        rt('check.words.metric', { metric: `${metric}${on}` }),
        tolerance !== undefined && rt('check.words.tolerance', { value: String(tolerance) }),
        bound !== undefined &&
          rt(
            direction === 'min'
              ? 'check.words.atMost'
              : direction === 'max'
                ? 'check.words.atLeast'
                : 'check.words.bound',
            {
              value: String(bound),
            },
          ),
      ];
      return parts.filter(Boolean).join(rt('check.words.comma'));
    }
    case 'signature':
      return rt('check.words.signature');
    case 'tags':
      return rt('check.words.tags', {
        tags: check.tags.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)).join(', '),
      });
    case 'evaluation':
      return rt('check.words.evaluation', {
        metric: check.metric ?? rt('check.words.anyMetric'),
        environment: check.environment ?? rt('check.words.anywhere'),
      });
    case 'file':
      return rt('check.words.file', { path: check.path });
    case 'data-age':
    default:
      return rt('check.words.data-age', { count: check.days });
  }
}
