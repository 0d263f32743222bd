import { expect, test } from 'vitest';
import { parseSearch, stringifySearch } from '../../shell/address/search-params.ts';
import { changeView, DEFAULT_VIEW, type BoardView } from './view.ts';
import { decodeView, encodeView, validateBoardSearch } from './view-codec.ts';

const RICH: BoardView = {
  filter: 'params.lr < 1e-3 AND metrics.`val/loss` IS NOT NULL',
  sort: { column: 'metrics.val/loss~min', isDescending: true },
  columns: ['name', 'params.lr', 'metrics.val/loss~min', 'tags.团队'],
  shown: [12, 7, 31],
  base: 7,
  pins: [12],
  marked: [3, 31],
  metrics: '/^(train|val)\\//',
  x: 'relative',
  range: [-0.5, 1e21],
  isLog: true,
  smoothing: 0.6,
  hasEnvelope: false,
  perRow: 2,
  layout: 'charts',
  tableWidth: 640,
  toggled: ['grad', 'system'],
};

function throughUrl(view: BoardView): BoardView {
  return decodeView(validateBoardSearch(parseSearch(stringifySearch(encodeView(view)))));
}

test('a view comes back from its URL as it was', () => {
  expect(throughUrl(RICH)).toEqual(RICH);
});

test('the usual view has an empty query', () => {
  expect(stringifySearch(encodeView(DEFAULT_VIEW))).toBe('');
  expect(throughUrl(DEFAULT_VIEW)).toEqual(DEFAULT_VIEW);
});

test('nothing shown is not the same as following the table', () => {
  const hidden = { ...DEFAULT_VIEW, shown: [] };
  expect(throughUrl(hidden).shown).toEqual([]);
});

test('what cannot be read counts as left out', () => {
  const view = decodeView({ base: 'x', x: 'up', sm: '7', lay: '99', xr: '5:1', sel: '3,x,-1,3', w: '1' });
  expect(view).toEqual({ ...DEFAULT_VIEW, shown: [3] });
});

test('a URL stays readable', () => {
  expect(stringifySearch(encodeView({ ...DEFAULT_VIEW, shown: [12, 17], smoothing: 0.6, base: 17 }))).toBe(
    '?sel=12,17&base=17&sm=.6',
  );
});

test('showing one more run keeps the places of the others', () => {
  const view = changeView(DEFAULT_VIEW, { kind: 'toggle-shown', runs: [5], shown: [9, 8] });
  expect(view.shown).toEqual([9, 8, 5]);
  expect(changeView(view, { kind: 'toggle-shown', runs: [9], shown: [9, 8, 5] }).shown).toEqual([8, 5]);
});

test('several rows are shown together unless all are shown already', () => {
  const view = changeView(DEFAULT_VIEW, { kind: 'toggle-shown', runs: [8, 5], shown: [9, 8] });
  expect(view.shown).toEqual([9, 8, 5]);
  expect(changeView(view, { kind: 'toggle-shown', runs: [8, 5], shown: [9, 8, 5] }).shown).toEqual([9]);
});

test('a head that is clicked sorts, turns, and lets go', () => {
  const click = (view: BoardView): BoardView =>
    changeView(view, { kind: 'sort-by', column: 'age', startsDescending: true });
  const once = click(DEFAULT_VIEW);
  expect(once.sort).toEqual({ column: 'age', isDescending: true });
  expect(click(once).sort).toEqual({ column: 'age', isDescending: false });
  expect(click(click(once)).sort).toBeUndefined();
});

test('another x axis forgets the zoom', () => {
  const zoomed = changeView(DEFAULT_VIEW, { kind: 'set', change: { range: [1, 2] } });
  expect(changeView(zoomed, { kind: 'set', change: { x: 'time' } }).range).toBeUndefined();
});

test('a range adds to what is selected, and a row leaves alone', () => {
  const view = changeView({ ...DEFAULT_VIEW, marked: [4] }, { kind: 'mark', runs: [3, 4, 5] });
  expect(view.marked).toEqual([4, 3, 5]);
  expect(changeView(view, { kind: 'toggle-mark', run: 3 }).marked).toEqual([4, 5]);
});
