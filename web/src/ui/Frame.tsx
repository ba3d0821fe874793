import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useEffect, useRef, useState } from 'preact/hooks';
import { registers } from '../views/registers';
import { Keys } from './Keys';
import { Suggest } from './Suggest';
import { suggest } from './offers';
import { Theme } from './Theme';

const views: [string, string][] = [
	['/', 'Overview'],
	['/agenda', 'Agenda'],
	['/conflicts', 'Conflicts'],
	['/coverage', 'Coverage'],
	['/unknown', 'Unknown names'],
	['/stories', 'Stories'],
	['/register/pages', 'Pages'],
	['/review', 'Review'],
];

const listed = Object.entries(registers).filter(([name]) => name !== 'pages');

const here = (path: string, href: string) => (path === href ? 'page' : undefined);

function Search() {
	const { route, query, path } = useLocation();

	return (
		<form
			class="search"
			role="search"
			aria-label="All pages"
			method="get"
			action="/search"
			onSubmit={(e) => {
				const words = new FormData(e.currentTarget).get('words');
				e.preventDefault();
				if (typeof words === 'string' && words.trim()) route('/search?words=' + encodeURIComponent(words.trim()));
			}}
		>
			<Suggest
				name="words"
				type="search"
				label="Search the record"
				unseenLabel
				value={path === '/search' ? (query as Record<string, string>).words ?? '' : ''}
				placeholder="Search the record"
				offers={suggest}
				onTake={(o) => o.href && route(o.href)}
			/>
		</form>
	);
}

// What stands around every view.
export function Frame({ children }: { children: ComponentChildren }) {
	const { path } = useLocation();
	const [open, setOpen] = useState(false);
	const main = useRef<HTMLElement>(null);
	const before = useRef(path);

	// A new view is read from its beginning; the menu of the phone closes behind who chose.
	useEffect(() => {
		if (before.current === path) return;
		before.current = path;
		setOpen(false);
		main.current?.focus({ preventScroll: true });
	}, [path]);
	return (
		<>
			<a class="skip" href="#main">
				Skip to the record
			</a>
			<header class="masthead">
				<div class="bar">
					<a class="seal" href="/">
						chancery
					</a>
					<Search />
					<Theme />
					<Keys />
					<button type="button" class="menu" aria-expanded={open} aria-controls="places" onClick={() => setOpen(!open)}>
						Menu
					</button>
				</div>
				<div id="places" class={open ? 'places open' : 'places'}>
					<nav aria-label="Views">
						{views.map(([href, name]) => (
							<a key={href} href={href} aria-current={here(path, href)}>
								{name}
							</a>
						))}
					</nav>
					<nav aria-label="Registers">
						{listed.map(([name, r]) => (
							<a key={name} href={'/register/' + name} aria-current={here(path, '/register/' + name)}>
								{r.title}
							</a>
						))}
					</nav>
				</div>
			</header>
			<main id="main" tabIndex={-1} ref={main}>
				{children}
			</main>
		</>
	);
}
