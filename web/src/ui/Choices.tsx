import { useRoute } from 'preact-iso';
import { queryText } from '../api';

// A few ways to look at one list, each a link that sets one parameter of the URL and keeps the others. The empty key takes it out.
export function Choices({ label, param, of }: { label: string; param: string; of: [string, string][] }) {
	const { path, query } = useRoute();
	const { after: _, ...rest } = query as Record<string, string>;
	const now = rest[param] ?? '';

	return (
		<nav class="choices" aria-label={label}>
			{of.map(([key, name]) => (
				<a key={key} href={path + queryText({ ...rest, [param]: key })} aria-current={now === key ? 'true' : undefined}>
					{name}
				</a>
			))}
		</nav>
	);
}
