//! How often a story really came to what its worlds are about.

use crate::story::Story;
use crate::trail::{Came, Fate, Mark, Sent, Shown, Trail};
use crate::world::World;

/// The hits of one of the story's worlds.
pub(crate) fn hits(world: World, story: &Story) -> u64 {
    let count: usize = story.trails.iter().map(|trail| in_flow(world, story, trail)).sum();
    count.try_into().unwrap_or(u64::MAX)
}

fn in_flow(world: World, story: &Story, trail: &Trail) -> usize {
    let calls = || trail.calls();
    match world {
        World::Lag => trail.sent.iter().filter(|sent| is_old(story, trail, sent)).count(),
        World::Late => calls().map(|sent| sent.late.len()).sum(),
        World::Repeat => calls().filter(|sent| sent.arrivals.len() == 2).count(),
        World::Proxy | World::Refusal => calls().filter(|sent| struck_by(world, trail, sent)).count(),
        World::Workers => usize::from(trail.is(Mark::Race) && (trail.is(Mark::LostRace) || trail.is(Mark::Found))),
        World::Crash => usize::from(trail.end.effect().is_none() && calls().next().is_some()),
        World::Reversal => {
            let reversal = matches!(trail.called.shown, Shown::ByStatus(_));
            let old = |sent: &&Sent| is_old(story, trail, sent) && trail.fate(sent) == Fate::Success;
            trail.sent.iter().filter(old).filter(|_| reversal).count()
        }
        World::Replay => calls().filter(|sent| sent.came == Came::Replayed).count(),
    }
}

/// Whether a question was answered without what had taken effect before.
fn is_old(story: &Story, trail: &Trail, sent: &Sent) -> bool {
    let answered = match trail.fate(sent) {
        Fate::NotThere => true,
        Fate::Success => !sent.shows,
        _ => false,
    };
    let Some(arrival) = sent.arrivals.last().filter(|_| sent.asks && answered) else { return false };
    let same = story.trails.iter().filter(|other| other.called.name == trail.called.name && other.ids == trail.ids);
    let mut entries = same.flat_map(Trail::calls).flat_map(Sent::entries);
    entries.any(|entry| entry.seq < arrival.seq && entry.counts())
}

fn struck_by(world: World, trail: &Trail, sent: &Sent) -> bool {
    sent.struck(&trail.plan).any(|(_, variant)| variant.world == Some(world))
}
