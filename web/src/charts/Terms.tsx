// Offices over time: a lane for each office, its holders as bars on one axis. Who the lists know is filled, who only pages tell of is drawn
// as an outline from the first such page to the last, dashed where that contradicts the lists.
import { scaleLinear } from 'd3-scale';
import { useState } from 'preact/hooks';
import { day } from '../ui/When';
import { Figure, plural, Tip, useWidth, type Tipped } from './Figure';
import { yearsOf, yearTicks } from './time';

export interface Office {
	who: string;
	office: string;
	body: string;
	source: 'lists' | 'pages';
	from?: string | null;
	to?: string | null;
	pages?: number;
	first?: string | null;
	last?: string | null;
	conflict?: string | null;
}

interface Props {
	title: string;
	offices: Office[];
	laneOf: (o: Office) => string;
	nameOf: (o: Office) => string;
	hrefOf: (o: Office) => string;
	since?: number; // years that are drawn; the table has all
	until?: number;
}

const side = { left: 4, right: 8, top: 4, bottom: 22 };
const row = 20;

const begin = (o: Office) => o.from ?? o.first ?? null;
const end = (o: Office) => o.to ?? o.last ?? null;

function wordsOf(o: Office): string {
	if (o.source === 'lists') return `${o.from ? day(o.from) : 'unknown'} to ${o.to ? day(o.to) : 'now, as far as the lists know'}`;
	return `on ${plural(o.pages ?? 1, 'page')}${o.first ? `, ${day(o.first)}${o.last && o.last !== o.first ? ` to ${day(o.last)}` : ''}` : ''}`;
}

interface Placed {
	o: Office;
	a: number;
	b: number;
	lane: number;
}

// Each lane takes as many rows as holders overlap in it.
function place(offices: Office[], laneOf: Props['laneOf'], from: number, to: number) {
	const lanes: { name: string; first: number; ends: number[] }[] = [];
	const placed: Placed[] = [];
	const by = new Map<string, Office[]>();

	for (const o of offices) {
		const a = yearsOf(begin(o) ?? '') ?? from;
		const b = yearsOf(end(o) ?? '', true) ?? (o.source === 'lists' ? to : a);
		if (b < from || a > to) continue;
		by.set(laneOf(o), [...(by.get(laneOf(o)) ?? []), o]);
	}
	let next = 0;
	for (const [name, list] of by) {
		const ends: number[] = [];
		for (const o of [...list].sort((x, y) => (yearsOf(begin(x) ?? '') ?? from) - (yearsOf(begin(y) ?? '') ?? from))) {
			const a = Math.max(from, yearsOf(begin(o) ?? '') ?? from);
			const b = Math.min(to, Math.max(a + (to - from) / 200, yearsOf(end(o) ?? '', true) ?? (o.source === 'lists' ? to : a)));
			let at = ends.findIndex((e) => e <= a + 0.02);
			if (at < 0) at = ends.push(b) - 1;
			ends[at] = b;
			placed.push({ o, a, b, lane: next + 1 + at });
		}
		lanes.push({ name, first: next, ends });
		next += ends.length + 1;
	}
	return { lanes, placed, rows: next };
}

export function Terms({ title, offices, laneOf, nameOf, hrefOf, since, until }: Props) {
	const [ref, width] = useWidth();
	const [tip, setTip] = useState<Tipped | null>(null);
	const starts = offices.flatMap((o) => yearsOf(begin(o) ?? '') ?? []);
	const ends = offices.flatMap((o) => yearsOf(end(o) ?? '', true) ?? []);
	const first = Math.floor(Math.min(...starts, ...ends));
	const past = Math.ceil(Math.max(...ends, ...starts) + 0.5);
	const from = Math.max(since ?? first, first);
	const to = offices.some((o) => o.source === 'lists' && !o.to) ? (until ?? past) : Math.min(until ?? past, past);
	const x = scaleLinear([from, to], [side.left, width - side.right]);
	const { lanes, placed, rows } = place(offices, laneOf, from, to);
	const height = side.top + rows * row + side.bottom;
	const doubts = offices.filter((o) => o.conflict).length;
	const listed = offices.filter((o) => o.source === 'lists').length;

	if (!Number.isFinite(from)) return null;
	return (
		<Figure
			title={title}
			summary={
				`${plural(listed, 'term')} by the lists, ${plural(offices.length - listed, 'office')} by what pages say` +
				(doubts ? `; ${doubts} of these ${doubts === 1 ? 'contradicts' : 'contradict'} the lists.` : '.') +
				(since !== undefined && until !== undefined ? ` Drawn are those of ${Math.ceil(from)} to ${Math.floor(to)}.` : '')
			}
			numbers={{ columns: ['Who', 'Office', 'When', 'By'], rows: offices.map((o) => [o.who, `${o.office}, ${o.body}`, wordsOf(o), o.conflict ? `pages; the lists: ${o.conflict}` : o.source]) }}
			legend={
				<>
					<span class="key key-lists">by the lists</span>
					<span class="key key-pages">by pages</span>
					{doubts > 0 && <span class="key key-doubt">pages, against the lists</span>}
				</>
			}
			drawing={ref}
		>
			{width > 0 && placed.length > 0 && (
				<>
					<svg width={width} height={height} role="group" aria-label={title}>
						{yearTicks(from, to, width).map((t) => (
							<g key={t} class="axis" aria-hidden="true">
								<line x1={x(t)} x2={x(t)} y1={side.top} y2={height - side.bottom} />
								<text x={x(t)} y={height - 6} text-anchor={x(t) < 20 ? 'start' : x(t) > width - 20 ? 'end' : 'middle'}>
									{t}
								</text>
							</g>
						))}
						{lanes.map((l) => (
							<text key={l.name} class="lane" x={side.left} y={side.top + l.first * row + 15}>
								{l.name}
							</text>
						))}
						{placed.map(({ o, a, b, lane }, i) => {
							const left = x(a);
							const w = Math.max(3, x(b) - left);
							const top = side.top + lane * row;
							const name = nameOf(o);
							// A name stands in its bar, shortened to the last word or left to the tip where there is no room.
							const room = w - 8;
							const fits = [name, name.split(' ').pop() ?? ''].find((n) => n.length * 6.4 <= room);
							const words = `${o.who}, ${o.office}, ${wordsOf(o)}`;
							const show = () => setTip({ x: Math.max(left, 0), y: top + row, lines: [`${o.who}, ${o.office}`, wordsOf(o), ...(o.conflict ? [`The lists: ${o.conflict}`] : [])] });
							return (
								<a
									key={i}
									class={'term' + (o.source === 'pages' ? ' term-pages' : '') + (o.conflict ? ' term-doubt' : '')}
									href={hrefOf(o)}
									aria-label={fits && !words.includes(fits) ? `${fits}: ${words}` : words}
									onFocus={show}
									onBlur={() => setTip(null)}
									onPointerEnter={show}
									onPointerLeave={() => setTip(null)}
								>
									<rect x={left} y={top + 2} width={w} height={row - 4} />
									{fits && (
										<text x={left + 4} y={top + 14} aria-hidden="true">
											{fits}
										</text>
									)}
								</a>
							);
						})}
					</svg>
					<Tip tip={tip} width={width} />
				</>
			)}
		</Figure>
	);
}
