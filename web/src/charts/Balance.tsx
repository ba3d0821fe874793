// With whom of two a country has to do: blocs or single partners, the one upwards, the other downwards, each year's cooperation and conflict
// as numbers or as shares of that year.
import { scaleLinear } from 'd3-scale';
import { useId, useState } from 'preact/hooks';
import { Figure, Tip, useWidth, type Tipped } from './Figure';
import { yearTicks } from './time';
import type { Count } from './Activity';

export interface Side {
	party: string;
	name: string;
	events: number;
	cooperation: number;
	conflict: number;
	years: Count[];
	members?: string[];
}

export interface Balances {
	party: string;
	sides: string[];
	blocs: Side[];
	partners: Side[];
}

interface Props {
	title: string;
	of: Balances;
	one: string;
	other: string;
	shares: boolean;
	given: boolean; // nobody has chosen yet
	onChoose: (one: string, other: string, shares: boolean) => void;
	memberName: (code: string) => string;
}

const margin = { left: 44, right: 12, top: 20, bottom: 38 };

const percent = (part: number, all: number) => (all ? `${Math.round((100 * part) / all)} %` : '–');

function inWords(s: Side): string {
	const dated = s.years.reduce((n, y) => n + y.cooperation + y.conflict, 0);
	const cooperation = s.years.reduce((n, y) => n + y.cooperation, 0);
	return `${s.name}: ${dated.toLocaleString('en')} dated, ${percent(cooperation, dated)} of it cooperation`;
}

export function Balance({ title, of, one, other, shares, given, onChoose, memberName }: Props) {
	const [ref, width] = useWidth();
	const [tip, setTip] = useState<Tipped | null>(null);
	const id = useId();
	// What an organisation did itself is in its bloc.
	const partners = of.partners.filter((s) => s.years.length && !of.blocs.some((b) => b.party === s.party && b.years.length));
	const choice = [...of.blocs.filter((s) => s.years.length), ...partners];
	const up = choice.find((s) => s.party === one);
	const down = choice.find((s) => s.party === other);

	const select = (label: string, value: string, chosen: (v: string) => void) => (
		<div>
			<label for={id + label}>{label}</label>
			<select id={id + label} value={value} onChange={(e) => chosen(e.currentTarget.value)}>
				{!choice.some((s) => s.party === value) && <option value="">choose</option>}
				<optgroup label="Organisations">
					{of.blocs
						.filter((s) => s.years.length)
						.map((s) => (
							<option key={s.party} value={s.party}>
								{s.name}
							</option>
						))}
				</optgroup>
				<optgroup label="Partners">
					{partners.map((s) => (
						<option key={s.party} value={s.party}>
							{s.name}
						</option>
					))}
				</optgroup>
			</select>
		</div>
	);

	const years = [...new Set([up, down].flatMap((s) => s?.years.map((y) => Number(y.year)) ?? []))].sort((a, b) => a - b);
	const at = (s: Side | undefined, year: number) => s?.years.find((y) => Number(y.year) === year);
	const amount = (s: Side | undefined, year: number): [number, number] => {
		const y = at(s, year);
		if (!y) return [0, 0];
		const all = shares ? (y.cooperation + y.conflict) / 100 : 1;
		return [y.cooperation / all, y.conflict / all];
	};
	const most = Math.max(1, ...years.flatMap((y) => [up, down].map((s) => amount(s, y)[0] + amount(s, y)[1])));
	const height = 256;
	const first = years[0] ?? 0;
	const last = years[years.length - 1] ?? 0;
	const x = scaleLinear([first, last + 1], [margin.left, width - margin.right]);
	const y = scaleLinear([-most, most], [height - margin.bottom, margin.top]);
	if (!shares) y.nice(4);
	const thick = Math.max(1, Math.min(22, x(first + 1) - x(first) - 1.5));
	const tell = (s: Side | undefined, year: number) => {
		const n = at(s, year);
		return s ? `${s.name}: ${n?.cooperation ?? 0} cooperation, ${n?.conflict ?? 0} conflict` : '';
	};

	return (
		<Figure
			title={title}
			summary={up && down ? `${inWords(up)}. ${inWords(down)}.${given ? ' To begin with the two of whom most is told and who share no partner in any year.' : ''}` : 'Two organisations or partners side by side: choose them below.'}
			numbers={
				up && down
					? {
							columns: ['Year', ...[up, down].flatMap((s) => [`${s.party}: cooperation`, 'conflict', 'share of cooperation'])],
							rows: years.map((year) => [
								String(year),
								...[up, down].flatMap((s) => {
									const n = at(s, year);
									return [n?.cooperation ?? 0, n?.conflict ?? 0, percent(n?.cooperation ?? 0, (n?.cooperation ?? 0) + (n?.conflict ?? 0))];
								}),
							]),
						}
					: undefined
			}
			legend={
				<>
					<span class="key key-cooperation">cooperation</span>
					<span class="key key-conflict">conflict</span>
				</>
			}
			drawing={ref}
		>
			<div class="two-sides">
				{select('Upwards', one, (v) => onChoose(v, other, shares))}
				{select('Downwards', other, (v) => onChoose(one, v, shares))}
				<div>
					<label for={id + 'as'}>Shown as</label>
					<select id={id + 'as'} value={shares ? 'shares' : 'numbers'} onChange={(e) => onChoose(one, other, e.currentTarget.value === 'shares')}>
						<option value="numbers">numbers of events</option>
						<option value="shares">shares of each year</option>
					</select>
				</div>
			</div>
			<div class="plot">
				{width > 0 && up && down && years.length > 0 && (
					<svg width={width} height={height} role="img" aria-label={`${inWords(up)}; ${inWords(down)}`} onPointerLeave={() => setTip(null)}>
						{y.ticks(4).map((t) => (
							<g key={t} class="axis">
								<line x1={margin.left} x2={width - margin.right} y1={y(t)} y2={y(t)} class={t === 0 ? 'zero' : undefined} />
								{Number.isInteger(t) && (
									<text x={margin.left - 6} y={y(t)} dy="0.32em" text-anchor="end">
										{Math.abs(t).toLocaleString('en') + (shares ? ' %' : '')}
									</text>
								)}
							</g>
						))}
						{years.map((year) => {
							const [a, b] = amount(up, year);
							const [c, d] = amount(down, year);
							const left = x(year + 0.5) - thick / 2;
							return (
								<g key={year}>
									<rect class="cooperation" x={left} width={thick} y={y(a)} height={y(0) - y(a)} />
									<rect class="conflict" x={left} width={thick} y={y(a + b)} height={y(a) - y(a + b)} />
									<rect class="cooperation" x={left} width={thick} y={y(0)} height={y(-c) - y(0)} />
									<rect class="conflict" x={left} width={thick} y={y(-c)} height={y(-c - d) - y(-c)} />
									<rect
										class="over"
										x={x(year)}
										width={x(year + 1) - x(year)}
										y={margin.top}
										height={height - margin.top - margin.bottom}
										onPointerEnter={() => setTip({ x: x(year + 0.5), y: 60, lines: [String(year), tell(up, year), tell(down, year)] })}
									/>
								</g>
							);
						})}
						<text class="lane" x={margin.left + 4} y={12}>
							↑ {up.name}
						</text>
						<text class="lane" x={margin.left + 4} y={height - 4}>
							↓ {down.name}
						</text>
						{yearTicks(first, last + 1, width).map((t) => (
							<text key={t} class="tick" x={x(t + 0.5)} y={height - 22} text-anchor="middle">
								{t <= last ? t : ''}
							</text>
						))}
					</svg>
				)}
				<Tip tip={tip} width={width} />
			</div>
			{[up, down].map((s) => s?.members && s.members.length > 0 && <p class="note">{`${s.name}: ${s.members.map(memberName).join(', ')}, each in the years of its membership.`}</p>)}
		</Figure>
	);
}
