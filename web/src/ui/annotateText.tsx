// A sentence with its highlights. Every run of text is text; how deep a highlight lies is told by the place of its line.
import { isMain, kindName, runsOf, type Annotation } from './annotate';

interface Props {
	text: string;
	annotations: Annotation[];
	active: string | null; // the record that is looked at
	href?: (record: string) => string;
	onLook?: (record: string | null) => void;
}

const says = (a: Annotation): string => `${kindName(a.kind)}, ${a.role}${a.label ? ': ' + a.label : ''}`;

export function AnnotatedText({ text, annotations, active, href, onLook }: Props) {
	const begun = new Set<Annotation>();

	if (!annotations.length) return <>{text}</>;
	return (
		<>
			{runsOf(text, annotations).map((run) => {
				if (!run.on.length) return run.text;
				// Of several the one that is looked at already, else the innermost by which a record is known, else the innermost.
				const mains = run.on.filter(isMain);
				const front = run.on.find((a) => a.record === active) ?? mains[mains.length - 1] ?? run.on[run.on.length - 1]!;
				const first = mains.find((a) => !begun.has(a));
				run.on.forEach((a) => begun.add(a));
				const seen = new Set<string>();
				const lines = run.on.filter((a) => !seen.has(a.kind) && seen.add(a.kind));
				const inner = lines.reduceRight<preact.ComponentChildren>(
					(within, a, i) => <span class={`piece k-${a.kind} line-${Math.min(lines.length - 1 - i, 3)}`}>{within}</span>,
					run.text,
				);
				const on = run.on.some((a) => a.record === active);
				const all = {
					class: 'run' + (on ? ' on' : '') + (on && run.on.some((a) => a.record === active && isMain(a)) ? ' main' : ''),
					title: run.on.map(says).join('\n'),
					onMouseEnter: () => onLook?.(front.record),
					onMouseLeave: () => onLook?.(null),
				};
				if (!href) return <span {...all}>{inner}</span>;
				const to = (first ?? front).record;
				// One stop of the keyboard a record: where it begins. The rest leads there too, but by the mouse only.
				return (
					<a {...all} href={href(to)} tabIndex={first ? undefined : -1} data-record={first?.record} onFocus={() => onLook?.(to)} onBlur={() => onLook?.(null)}>
						{inner}
					</a>
				);
			})}
		</>
	);
}
