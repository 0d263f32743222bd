import { ENGLISH_CHART_TEXTS, type ChartTexts } from '#ui/charts/chart-texts.ts';
import { count } from '../../text/numbers.ts';
import { currentLanguage } from '../../text/translate.ts';

const CHINESE: ChartTexts = {
  viewAsTable: '以表格查看',
  viewAsChart: '以图表查看',
  nan: (rows) => `NaN ${count(rows)}`,
  nanHint: (firstX) => `非有限值，首次出现于 ${firstX}`,
  clipped: (rows) => `截去 ${count(rows)}`,
  clippedHint: '位于第 1 至 99 百分位之外，以刻度画在边框上',
  notPositive: (rows) => `对数：${count(rows)} ≤ 0`,
  notPositiveHint: '对数轴无法显示的值',
  minMax: '最小–最大',
  minMaxHint: '色带为每个像素内的最小值到最大值',
  log: '对数',
  min: '最小',
  max: '最大',
  objective: '目标',
  base: '基线',
  more: (lines) => `还有 ${count(lines)} 条`,
  noValue: (labels) => `${labels.join('、')} 在此无值。`,
  clickLocks: '点击锁定。',
  escFrees: '按 Esc 解除。',
  empty: '没有可画的内容。',
  summary: ({ title, lines, xFrom, xTo, best }) =>
    `${title}：${count(lines.length)} 条线，从 ${xFrom} 到 ${xTo}` +
    (best === undefined ? '。' : `，最佳 ${best.value}（${best.label}）。`),
  columns: { line: '线', last: '最后', min: '最小', max: '最大' },
};

/** What charts say, in the language of the page. */
export function chartTexts(): ChartTexts {
  return currentLanguage() === 'zh-CN' ? CHINESE : ENGLISH_CHART_TEXTS;
}
