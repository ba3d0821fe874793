import { useState } from 'preact/hooks';

type Choice = 'system' | 'light' | 'dark';

const key = 'chancery-theme';

function stored(): Choice {
	try {
		const was = localStorage.getItem(key);
		return was === 'light' || was === 'dark' ? was : 'system';
	} catch {
		return 'system';
	}
}

// The choice is an attribute of the root, which style.css knows; called before anything is shown.
export function applyTheme(choice: Choice = stored()) {
	if (choice === 'system') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = choice;
}

export function Theme() {
	const [choice, set] = useState(stored);

	return (
		<label class="theme">
			<span class="unseen">Colours</span>
			<select
				value={choice}
				onChange={(e) => {
					const to = e.currentTarget.value as Choice;
					try {
						if (to === 'system') localStorage.removeItem(key);
						else localStorage.setItem(key, to);
					} catch {
						/* kept nowhere: it holds until the page is left */
					}
					applyTheme(to);
					set(to);
				}}
			>
				<option value="system">System</option>
				<option value="light">Light</option>
				<option value="dark">Dark</option>
			</select>
		</label>
	);
}
