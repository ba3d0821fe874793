// Who stands first: a table whose rows have a bar, cooperation and conflict side by side.
import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import './charts.css';

export interface Rank {
	key: string;
	name: ComponentChildren; // a link
	cooperation: number;
	conflict: number;
}

const first = 12;

export function Ranked({ title, what, ranks, split = true }: { title: string; what: string; ranks: Rank[]; split?: boolean }) {
	const [all, set] = useState(false);
	const most = Math.max(1, ...ranks.map((r) => r.cooperation + r.conflict));

	return (
		<>
			<table class="ranked">
				<caption class="unseen">{title}</caption>
				<thead>
					<tr>
						<th scope="col">{what}</th>
						<th aria-hidden="true" class="is-bar" />
						{split && (
							<>
								<th scope="col" class="is-number" title="events of cooperation">
									Coop.
								</th>
								<th scope="col" class="is-number" title="events of conflict">
									Confl.
								</th>
							</>
						)}
						{!split && (
							<th scope="col" class="is-number">
								Times
							</th>
						)}
					</tr>
				</thead>
				<tbody>
					{(all ? ranks : ranks.slice(0, first)).map((r) => (
						<tr key={r.key}>
							<th scope="row">{r.name}</th>
							<td class="is-bar" aria-hidden="true">
								<svg viewBox="0 0 100 1" preserveAspectRatio="none">
									<rect fill="var(--cooperation)" width={(100 * r.cooperation) / most} height="1" />
									<rect fill="var(--conflict)" x={(100 * r.cooperation) / most} width={(100 * r.conflict) / most} height="1" />
								</svg>
							</td>
							<td class="is-number">{r.cooperation.toLocaleString('en')}</td>
							{split && <td class="is-number">{r.conflict.toLocaleString('en')}</td>}
						</tr>
					))}
				</tbody>
			</table>
			{ranks.length > first && (
				<button type="button" class="told" aria-expanded={all} onClick={() => set(!all)}>
					{all ? `The first ${first}` : `All ${ranks.length}`}
				</button>
			)}
		</>
	);
}
