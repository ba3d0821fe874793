// Time in whole years or months, counted from the year nought: what bars and brushes snap to.
import { ticks } from 'd3-array';
import { day } from '../ui/When';

export type Unit = 'year' | 'month';

// "1972-02-21" as a year or as a month; a year is no month. Null: it is neither.
export function unitAt(iso: string | null | undefined, unit: Unit): number | null {
	const [, y, m] = /^(\d{4})(?:-(\d\d))?/.exec(iso ?? '') ?? [];

	if (!y || (unit === 'month' && !m)) return null;
	return unit === 'year' ? Number(y) : Number(y) * 12 + Number(m) - 1;
}

// "1972", "1972-02": as the filters since and until take it.
export function unitName(at: number, unit: Unit): string {
	const year = String(unit === 'year' ? at : Math.floor(at / 12)).padStart(4, '0');

	return unit === 'year' ? year : `${year}-${String((at % 12) + 1).padStart(2, '0')}`;
}

export const unitLabel = (at: number, unit: Unit): string => day(unitName(at, unit));

// A day as a year with its fraction, for axes; an end that is known to the year or month is the end of that.
export function yearsOf(iso: string, end = false): number | null {
	const [, y, m, d] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso) ?? [];

	if (!y) return null;
	if (!m) return Number(y) + (end ? 1 : 0);
	return Number(y) + (Number(m) - 1 + (d ? Number(d) / 31 : end ? 1 : 0)) / 12;
}

// Years to write at an axis, as many as there is room for.
export const yearTicks = (from: number, to: number, width: number): number[] => ticks(from, to, Math.max(2, Math.floor(width / 72))).filter(Number.isInteger);
