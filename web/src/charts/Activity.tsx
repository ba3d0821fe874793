// How much there was of cooperation and of conflict, year by year or month by month: the one upwards, the other downwards from one line.
// With onRange a stretch of time can be chosen, by the pointer or by two handles that take the keys of a slider.
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { useRef, useState } from 'preact/hooks';
import { day } from '../ui/When';
import { Figure, plural, Tip, useWidth, type Tipped } from './Figure';
import { unitAt, unitLabel, unitName, yearTicks, type Unit } from './time';

export interface Count {
	year?: string;
	month?: string;
	cooperation: number;
	conflict: number;
}

export interface Mark {
	kind: 'visit' | 'instrument';
	date: string | null;
	label: string;
	href: string;
	n?: number; // how many it stands for
}

interface Props {
	title: string;
	years: Count[];
	months?: Count[];
	since?: string;
	until?: string;
	onRange?: (since: string | undefined, until: string | undefined) => void;
	marks?: Mark[];
	markHref?: (kind: Mark['kind'], since: string) => string; // where several of a kind in one bar lead to
}

interface Bar {
	at: number;
	cooperation: number;
	conflict: number;
}

const side = { left: 40, right: 14, top: 8, bottom: 24 };
const names = { visit: 'visits', instrument: 'instruments' };

// Months where that many bars have room, years otherwise.
function unitOf(years: Count[], months: Count[] | undefined, width: number): Unit {
	const [first, last] = extent(months ?? [], (m) => unitAt(m.month, 'month') ?? undefined);
	const known = years.reduce((n, y) => (unitAt(y.year, 'year') ? n + y.cooperation + y.conflict : n), 0);
	const exact = months?.reduce((n, m) => n + m.cooperation + m.conflict, 0) ?? 0;

	return first !== undefined && last !== undefined && last - first < (width - 54) / 6 && exact * 4 >= known * 3 ? 'month' : 'year';
}

function barsOf(counts: Count[], unit: Unit): Bar[] {
	return counts.flatMap((c) => {
		const at = unitAt(unit === 'year' ? c.year : c.month, unit);
		return at === null ? [] : [{ at, cooperation: c.cooperation, conflict: c.conflict }];
	});
}

function summaryOf(bars: Bar[], unit: Unit, years: Count[]): string {
	const most = bars.reduce<Bar | undefined>((m, b) => (m && m.cooperation + m.conflict >= b.cooperation + b.conflict ? m : b), undefined);
	const cooperation = bars.reduce((n, b) => n + b.cooperation, 0);
	const conflict = bars.reduce((n, b) => n + b.conflict, 0);
	const rest = years.reduce((n, y) => n + y.cooperation + y.conflict, 0) - cooperation - conflict;

	if (!most) return rest ? `${plural(rest, 'event')}, none of them dated.` : 'No events.';
	return (
		`${unitLabel(bars[0]!.at, unit)} to ${unitLabel(bars[bars.length - 1]!.at, unit)}: ${cooperation.toLocaleString('en')} of cooperation, ` +
		`${conflict.toLocaleString('en')} of conflict; most in ${unitLabel(most.at, unit)} (${(most.cooperation + most.conflict).toLocaleString('en')}).` +
		(rest > 0 ? ` ${rest.toLocaleString('en')} more ${rest === 1 ? 'is' : 'are'} ${unit === 'year' ? 'undated' : 'dated to the year or not at all'}.` : '')
	);
}

export function Activity(props: Props) {
	const [ref, width] = useWidth();
	const unit = unitOf(props.years, props.months, width);
	const bars = barsOf(unit === 'year' ? props.years : (props.months ?? []), unit);

	return (
		<Figure
			title={props.title}
			summary={summaryOf(bars, unit, props.years)}
			numbers={bars.length ? { columns: [unit === 'year' ? 'Year' : 'Month', 'Cooperation', 'Conflict'], rows: bars.map((b) => [unitName(b.at, unit), b.cooperation, b.conflict]) } : undefined}
			drawing={ref}
			legend={
				bars.length > 0 && (
					<>
						<span class="key key-cooperation">cooperation</span>
						<span class="key key-conflict">conflict</span>
						{props.marks?.some((m) => m.kind === 'visit') && <span class="key key-visit">visit</span>}
						{props.marks?.some((m) => m.kind === 'instrument') && <span class="key key-instrument">instrument</span>}
						{props.onRange && <span class="how">Drag over the bars, or move the two handles, to choose a time.</span>}
					</>
				)
			}
		>
			{width > 0 && bars.length > 0 && <Plot {...props} bars={bars} unit={unit} width={width} />}
		</Figure>
	);
}

function Plot({ bars, unit, width, since, until, onRange, marks, markHref, title }: Props & { bars: Bar[]; unit: Unit; width: number }) {
	const svg = useRef<SVGSVGElement>(null);
	const [tip, setTip] = useState<Tipped | null>(null);
	const [draft, setDraft] = useState<[number, number] | null>(null);
	const drag = useRef<{ fixed: number } | null>(null);
	const first = bars[0]!.at;
	const last = bars[bars.length - 1]!.at;
	const strip = marks?.length ? 26 : 0;
	const top = side.top + strip;
	const height = top + 150 + side.bottom;
	const x = scaleLinear([first, last + 1], [side.left, width - side.right]);
	const y = scaleLinear([-Math.max(1, ...bars.map((b) => b.conflict)), Math.max(1, ...bars.map((b) => b.cooperation))], [height - side.bottom, top]).nice(4);
	const step = x(first + 1) - x(first);
	const thick = Math.max(1, Math.min(22, step - (step > 6 ? 2 : 0.5)));
	const clamp = (at: number) => Math.min(last, Math.max(first, at));
	const asked: [number, number] = [clamp(unitAt(since, unit) ?? unitAt(since && since + '-01', unit) ?? first), clamp(unitAt(until, unit) ?? unitAt(until && until + '-12', unit) ?? last)];
	const [from, to] = draft ?? asked;
	const whole = from === first && to === last;
	const chosen = from === to ? unitLabel(from, unit) : `${unitLabel(from, unit)} to ${unitLabel(to, unit)}`;
	const known = new Map(bars.map((b) => [b.at, b]));

	const unitUnder = (e: PointerEvent) => clamp(Math.floor(x.invert(e.clientX - svg.current!.getBoundingClientRect().left)));
	const take = (a: number, b: number) => {
		const all = a === first && b === last;
		setDraft(null);
		onRange?.(all ? undefined : unitName(a, unit), all ? undefined : unitName(b, unit));
	};
	const inWords = (at: number) => {
		const b = known.get(at);
		return [unitLabel(at, unit), `${b?.cooperation ?? 0} cooperation, ${b?.conflict ?? 0} conflict`];
	};

	// Marks of one kind in one bar are one.
	const groups = new Map<string, { at: number; kind: Mark['kind']; marks: Mark[] }>();
	for (const m of marks ?? []) {
		const at = unitAt(m.date, unit);
		if (at === null || at < first || at > last) continue;
		const key = m.kind + at;
		const group = groups.get(key);
		if (group) group.marks.push(m);
		else groups.set(key, { at, kind: m.kind, marks: [m] });
	}

	const down = (e: PointerEvent) => {
		if (!onRange || e.button !== 0) return;
		const at = unitUnder(e);
		const px = e.clientX - svg.current!.getBoundingClientRect().left;
		// Near an end of what is chosen that end is moved; elsewhere a new stretch begins.
		const near = !whole && Math.abs(px - x(from)) < 9 ? to : !whole && Math.abs(px - x(to + 1)) < 9 ? from : at;
		drag.current = { fixed: near };
		(e.currentTarget as Element).setPointerCapture(e.pointerId);
		setDraft([Math.min(near, at), Math.max(near, at)]);
	};
	const move = (e: PointerEvent) => {
		const at = unitUnder(e);
		if (drag.current) setDraft([Math.min(drag.current.fixed, at), Math.max(drag.current.fixed, at)]);
		setTip({ x: x(at + 0.5), y: 0, lines: drag.current && draft ? [`${unitLabel(draft[0], unit)} – ${unitLabel(draft[1], unit)}`] : inWords(at) });
	};
	const up = () => {
		if (drag.current && draft) take(draft[0], draft[1]);
		drag.current = null;
	};
	const stop = () => {
		drag.current = null;
		setDraft(null);
	};

	const keys = (end: 'from' | 'to') => (e: KeyboardEvent) => {
		const far = unit === 'year' ? 5 : 12;
		const by: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -far, PageUp: far, Home: -1e6, End: 1e6 };
		const delta = by[e.key];
		if (e.key === 'Escape') take(first, last);
		else if (delta !== undefined && end === 'from') take(Math.min(to, clamp(from + delta)), to);
		else if (delta !== undefined) take(from, Math.max(from, clamp(to + delta)));
		else return;
		e.preventDefault();
	};

	return (
		<>
			<svg ref={svg} width={width} height={height} role="group" aria-label={title}>
				{y.ticks(4).map((t) => (
					<g key={t} class="axis" aria-hidden="true">
						<line x1={side.left} x2={width - side.right} y1={y(t)} y2={y(t)} class={t === 0 ? 'zero' : undefined} />
						{Number.isInteger(t) && (
							<text x={side.left - 6} y={y(t)} dy="0.32em" text-anchor="end">
								{Math.abs(t).toLocaleString('en')}
							</text>
						)}
					</g>
				))}
				{yearTicks(unit === 'year' ? first : first / 12, unit === 'year' ? last + 1 : (last + 1) / 12, width).map((year) => {
					const at = unit === 'year' ? x(year + 0.5) : x(year * 12);
					return at < side.left || at > width - side.right ? null : (
						<text key={year} class="tick" x={at} y={height - 6} text-anchor="middle" aria-hidden="true">
							{year}
						</text>
					);
				})}
				<g aria-hidden="true">
					{bars.map((b) => (
						<g key={b.at} class={b.at < from || b.at > to ? 'out' : undefined}>
							{b.cooperation > 0 && <rect class="cooperation" x={x(b.at + 0.5) - thick / 2} width={thick} y={y(b.cooperation)} height={y(0) - y(b.cooperation)} />}
							{b.conflict > 0 && <rect class="conflict" x={x(b.at + 0.5) - thick / 2} width={thick} y={y(0)} height={y(-b.conflict) - y(0)} />}
						</g>
					))}
				</g>
				<rect
					class={onRange ? 'over can' : 'over'}
					x={side.left}
					y={top}
					width={width - side.left - side.right}
					height={height - top - side.bottom}
					onPointerDown={down}
					onPointerMove={move}
					onPointerUp={up}
					onPointerCancel={stop}
					onPointerLeave={() => setTip(null)}
				/>
				{onRange && !whole && <rect class="window" x={x(from)} y={top} width={x(to + 1) - x(from)} height={height - top - side.bottom} />}
				{onRange &&
					(['from', 'to'] as const).map((end) => {
						const at = end === 'from' ? from : to;
						const px = end === 'from' ? x(from) : x(to + 1);
						return (
							<g
								key={end}
								class="handle"
								tabindex={0}
								role="slider"
								aria-label={end === 'from' ? 'From' : 'To'}
								aria-valuemin={end === 'from' ? first : from}
								aria-valuemax={end === 'from' ? to : last}
								aria-valuenow={at}
								aria-valuetext={unitLabel(at, unit)}
								onKeyDown={keys(end)}
								onPointerDown={(e) => {
									drag.current = { fixed: end === 'from' ? to : from };
									e.currentTarget.setPointerCapture(e.pointerId);
									setDraft([from, to]);
								}}
								onPointerMove={(e) => drag.current && move(e)}
								onPointerUp={up}
								onPointerCancel={stop}
							>
								<rect class="reach" x={px - 12} y={top} width={24} height={height - top - side.bottom} />
								<line x1={px} x2={px} y1={top} y2={height - side.bottom} />
								<rect class="grip" x={px - 4} y={(top + height - side.bottom) / 2 - 12} width={8} height={24} rx={2} />
							</g>
						);
					})}
				{[...groups.values()].sort((a, b) => a.at - b.at).map((g) => {
					const px = x(g.at + 0.5);
					const py = g.kind === 'visit' ? side.top + 4 : side.top + 16;
					const one = g.marks.length === 1;
					const label = one ? g.marks[0]!.label : `${unitLabel(g.at, unit)}: ${g.marks.reduce((n, m) => n + (m.n ?? 1), 0)} ${names[g.kind]}`;
					const show = () => setTip({ x: px, y: py + 12, lines: one ? [label] : [label, ...g.marks.slice(0, 4).map((m) => m.label)] });
					return (
						<a
							key={g.kind + g.at}
							class={'mark mark-' + g.kind}
							href={one || !markHref ? g.marks[0]!.href : markHref(g.kind, unitName(g.at, unit))}
							aria-label={label}
							onFocus={show}
							onBlur={() => setTip(null)}
							onPointerEnter={show}
							onPointerLeave={() => setTip(null)}
						>
							<rect class="reach" x={px - 6} y={py - 6} width={12} height={12} />
							{g.kind === 'visit' ? <circle cx={px} cy={py} r={one ? 3.5 : 4.5} /> : <rect x={px - 3.5} y={py - 3.5} width={7} height={7} />}
						</a>
					);
				})}
			</svg>
			{onRange && !whole && (
				<p class="chosen">
					{draft || !since || !until ? chosen : since === until ? day(since) : `${day(since)} to ${day(until)}`}{' '}
					<button type="button" onClick={() => take(first, last)}>
						All the time
					</button>
				</p>
			)}
			<Tip tip={tip} width={width} />
		</>
	);
}
