import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';

const places: [string, string][] = [
	['/', 'Overview'],
	['/register/events', 'Events'],
	['/register/instruments', 'Instruments'],
	['/register/quotes', 'Quotations'],
	['/register/pledges', 'Pledges'],
	['/register/tallies', 'Tallies'],
	['/stories', 'Stories'],
	['/search', 'Search'],
];

// What stands around every view.
export function Frame({ children }: { children: ComponentChildren }) {
	const { path } = useLocation();

	return (
		<>
			<a class="skip" href="#main">
				Skip to the record
			</a>
			<header class="masthead">
				<a class="seal" href="/">
					chancery
				</a>
				<nav aria-label="Registers">
					{places.map(([href, name]) => (
						<a href={href} aria-current={path === href ? 'page' : undefined}>
							{name}
						</a>
					))}
				</nav>
			</header>
			<main id="main" tabIndex={-1}>
				{children}
			</main>
		</>
	);
}
