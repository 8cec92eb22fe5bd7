import { menuButton } from '../widgets/menu.js';
import { icon } from '../widgets/icons.js';

/**
 * How the curves are drawn: logarithmic or not, and against what.
 * @param {import('./lab-view.js').LabView} view
 */
export function axisMenu(view) {
  return menuButton({
    label: 'Axes',
    content: [icon('axes')],
    items: () => {
      const { lab, description } = view;
      const tabs = lab.tabs(description);
      const tab = tabs.find(({ id }) => id === view.view.tab) ?? tabs[0];
      const suits = lab.isLog?.() ?? Boolean(tab?.log);
      const isLog = view.view.log === 'auto' ? suits : view.view.log === 'on';
      const axes = lab.axes(description);
      const current = axes.some(({ id }) => id === view.view.x) ? view.view.x : axes[0]?.id;
      const arrows = {
        label: 'Arrows of the selected runner',
        group: 'Map',
        checked: view.view.arrows,
        pick: () => view.show({ arrows: !view.view.arrows }),
      };
      return [
        {
          label: 'Logarithmic',
          group: 'Vertical axis',
          checked: isLog,
          radio: true,
          pick: () => view.show({ log: 'on' }),
        },
        {
          label: 'Linear',
          group: 'Vertical axis',
          checked: !isLog,
          radio: true,
          pick: () => view.show({ log: 'off' }),
        },
        ...axes.map(({ id, label }) => ({
          label,
          group: 'Horizontal axis',
          radio: true,
          checked: id === current,
          pick: () => view.show({ x: id }),
        })),
        ...(description.channels.some(({ kind }) => kind === 'arrow') ? [arrows] : []),
      ];
    },
  });
}
