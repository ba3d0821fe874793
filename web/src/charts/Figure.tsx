// What every chart has: a title, what it shows in a sentence, the drawing, and its numbers as a table.
import type { ComponentChildren, Ref } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import './charts.css';

export interface Numbers {
	columns: string[];
	rows: (string | number)[][];
}

interface Props {
	title: string;
	summary: string;
	numbers?: Numbers;
	legend?: ComponentChildren;
	drawing: Ref<HTMLDivElement>; // where useWidth measures
	children: ComponentChildren; // drawn for that width
}

// What a sheet of paper has of it, A4 or letter, upright.
const paper = 680;

// The width that there is, in whole pixels: charts are drawn for it, so that their letters are as large as all others. Paper is no size
// that an observer would be told of.
export function useWidth() {
	const ref = useRef<HTMLDivElement>(null);
	const [width, set] = useState(0);

	useEffect(() => {
		const el = ref.current;
		if (!el) return;
		const see = () => set(Math.floor(el.clientWidth));
		const print = () => set(paper);
		const seen = new ResizeObserver(see);
		see();
		seen.observe(el);
		addEventListener('beforeprint', print);
		addEventListener('afterprint', see);
		return () => {
			seen.disconnect();
			removeEventListener('beforeprint', print);
			removeEventListener('afterprint', see);
		};
	}, []);
	return [ref, width] as const;
}

export function Figure({ title, summary, numbers, legend, drawing, children }: Props) {
	const id = useId();

	return (
		<figure class="chart" aria-labelledby={id}>
			<figcaption>
				<h2 id={id}>{title}</h2>
				<p class="note">{summary}</p>
			</figcaption>
			{legend && <p class="legend">{legend}</p>}
			<div class="drawing" ref={drawing}>
				{children}
			</div>
			{numbers && <Table title={title} numbers={numbers} />}
		</figure>
	);
}

// The rows are made when somebody wants them.
function Table({ title, numbers }: { title: string; numbers: Numbers }) {
	const [open, set] = useState(false);

	return (
		<details class="numbers" onToggle={(e) => set(e.currentTarget.open)}>
			<summary>The numbers</summary>
			{open && (
				<div class="wide" tabIndex={0} role="region" aria-label={title + ': the numbers'}>
					<table>
						<caption class="unseen">{title}</caption>
						<thead>
							<tr>
								{numbers.columns.map((c) => (
									<th key={c} scope="col">
										{c}
									</th>
								))}
							</tr>
						</thead>
						<tbody>
							{numbers.rows.map((r, n) => (
								<tr key={n}>
									{r.map((v, i) => (i === 0 ? <th scope="row">{v}</th> : <td class={typeof v === 'number' ? 'is-number' : undefined}>{typeof v === 'number' ? v.toLocaleString('en') : v}</td>))}
								</tr>
							))}
						</tbody>
					</table>
				</div>
			)}
		</details>
	);
}

export interface Tipped {
	x: number; // pixels from the left of the drawing
	y: number;
	lines: string[];
}

// What stands under the pointer or the focus, in words.
export function Tip({ tip, width }: { tip: Tipped | null; width: number }) {
	if (!tip) return null;
	const right = tip.x > width / 2;
	return (
		<div class="tip" aria-hidden="true" style={{ top: tip.y + 'px', left: right ? 'auto' : tip.x + 'px', right: right ? width - tip.x + 'px' : 'auto' }}>
			{tip.lines.map((l) => (
				<div key={l}>{l}</div>
			))}
		</div>
	);
}

export const plural = (n: number, one: string, many = one + 's') => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
