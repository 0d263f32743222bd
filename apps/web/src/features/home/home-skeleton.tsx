import { Panel, Section } from '#ui/kit/Panel.tsx';
import { SkeletonRows } from '../../parts/placeholders.tsx';
import { t } from '../../text/translate.ts';

export function HomeSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Section title={t('home.training')}>
        <Panel>
          <SkeletonRows rows={4} height={40} />
        </Panel>
      </Section>
      <Section title={t('home.best')}>
        <Panel>
          <SkeletonRows rows={3} height={56} />
        </Panel>
      </Section>
      <Section title={t('home.recent')}>
        <Panel>
          <SkeletonRows rows={8} height={40} />
        </Panel>
      </Section>
    </div>
  );
}
