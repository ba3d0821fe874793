// Cooperation above the line, conflict below it, by months or, where they are too many, by years.
import { max } from 'd3-array';
import type { MonthCount } from '../types';
import { day } from '../ui/When';

interface Bar {
	key: string; // "2021-06" or "2021"
	cooperation: number;
	conflict: number;
}

const bars_max = 96;
const width = 960;
const height = 150;
const foot = 18;

// Every period from the first to the last, those without an event too.
function periods(months: MonthCount[]): Bar[] {
	const first = months[0]?.month;
	const last = months[months.length - 1]?.month;
	if (!first || !last) return [];
	const [y0, m0, y1, m1] = [+first.slice(0, 4), +first.slice(5, 7), +last.slice(0, 4), +last.slice(5, 7)];
	const yearly = (y1 - y0) * 12 + m1 - m0 >= bars_max;
	const bars = new Map<string, Bar>();
	for (let y = y0, m = m0; y < y1 || (y === y1 && m <= m1); m++) {
		if (m > 12) {
			m = 0;
			y++;
			continue;
		}
		const key = yearly ? String(y) : `${y}-${String(m).padStart(2, '0')}`;
		if (!bars.has(key)) bars.set(key, { key, cooperation: 0, conflict: 0 });
	}
	for (const { month, cooperation, conflict } of months) {
		const bar = bars.get(yearly ? month.slice(0, 4) : month);
		if (!bar) continue;
		bar.cooperation += cooperation;
		bar.conflict += conflict;
	}
	return [...bars.values()];
}

export function Timeline({ months }: { months: MonthCount[] }) {
	const bars = periods(months);
	const up = max(bars, (b) => b.cooperation) ?? 0;
	const down = max(bars, (b) => b.conflict) ?? 0;
	const unit = (height - foot) / Math.max(1, up + down);
	const zero = up * unit;
	const step = width / Math.max(1, bars.length);
	const busiest = [...bars].sort((a, b) => b.cooperation + b.conflict - a.cooperation - a.conflict)[0];

	if (!busiest) return <p class="note">No event has a date yet.</p>;
	return (
		<figure class="timeline">
			<svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Events from ${day(bars[0]!.key)} to ${day(bars[bars.length - 1]!.key)}; most in ${day(busiest.key)}: ${busiest.cooperation} of cooperation, ${busiest.conflict} of conflict.`}>
				{bars.map((b, i) => (
					<g key={b.key}>
						<title>{`${day(b.key)}: ${b.cooperation} of cooperation, ${b.conflict} of conflict`}</title>
						<rect x={i * step} y={0} width={step} height={height - foot} class="ground" />
						<rect x={i * step + step * 0.1} y={zero - b.cooperation * unit} width={step * 0.8} height={b.cooperation * unit} class="cooperation" />
						<rect x={i * step + step * 0.1} y={zero} width={step * 0.8} height={b.conflict * unit} class="conflict" />
					</g>
				))}
				<line x1={0} x2={width} y1={zero} y2={zero} class="axis" />
				<text x={0} y={height - 3}>
					{day(bars[0]!.key)}
				</text>
				{bars.length > 1 && (
					<text x={width} y={height - 3} class="end">
						{day(bars[bars.length - 1]!.key)}
					</text>
				)}
			</svg>
			<figcaption>
				<span class="key cooperation">cooperation, above</span> <span class="key conflict">conflict, below</span>
			</figcaption>
			<details>
				<summary>The numbers</summary>
				<table class="numbers">
					<thead>
						<tr>
							<th scope="col">Period</th>
							<th scope="col">Cooperation</th>
							<th scope="col">Conflict</th>
						</tr>
					</thead>
					<tbody>
						{bars
							.filter((b) => b.cooperation || b.conflict)
							.map((b) => (
								<tr key={b.key}>
									<th scope="row">
										<a href={`/register/events?since=${b.key}&until=${b.key}`}>{day(b.key)}</a>
									</th>
									<td>{b.cooperation.toLocaleString('en')}</td>
									<td>{b.conflict.toLocaleString('en')}</td>
								</tr>
							))}
					</tbody>
				</table>
			</details>
		</figure>
	);
}
