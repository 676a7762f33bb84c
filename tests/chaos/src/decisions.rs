//! The table of decisions: world by world, what was said beside what was true.

use crate::judge::{self, Truth};
use crate::story::Story;
use crate::tally;
use comfy_table::{Table, presets};
use fapiao::flow::Effect;
use std::collections::BTreeMap;

/// What was said, whether it took effect, and the head of the column.
const COLUMNS: [(Effect, bool, &str); 6] = [
    (Effect::Yes, true, "yes, effect"),
    (Effect::Yes, false, "yes, none"),
    (Effect::No, true, "no, effect"),
    (Effect::No, false, "no, none"),
    (Effect::Unknown, true, "unknown, effect"),
    (Effect::Unknown, false, "unknown, none"),
];

/// Decisions on calls with an effect, by world.
#[derive(Debug, Default)]
pub(crate) struct Decisions(BTreeMap<&'static str, Row>);

#[derive(Debug, Default)]
struct Row {
    stories: u64,
    /// Decisions by their column.
    told: BTreeMap<&'static str, u64>,
    /// What calls came to in the end.
    settled: BTreeMap<&'static str, u64>,
}

impl Decisions {
    /// Puts down the decisions of a story, in each of its worlds.
    pub(crate) fn note(&mut self, story: &Story) {
        let truths = judge::truths(&story.trails);
        for world in story.worlds.names() {
            let row = self.0.entry(world).or_default();
            row.stories += 1;
            for Truth { said, effect } in &truths {
                let column = COLUMNS.iter().find(|column| (column.0, column.1) == (*said, *effect));
                if let Some((_, _, head)) = column {
                    *row.told.entry(head).or_default() += 1;
                }
            }
            for end in &story.settled {
                *row.settled.entry(end).or_default() += 1;
            }
        }
    }

    /// Adds another worker's.
    pub(crate) fn add(&mut self, other: Self) {
        for (world, theirs) in other.0 {
            let mine = self.0.entry(world).or_default();
            mine.stories += theirs.stories;
            tally::merge(&mut mine.told, theirs.told);
            tally::merge(&mut mine.settled, theirs.settled);
        }
    }

    /// World × decision × truth, and what calls came to once faults had stopped.
    pub(crate) fn table(&self) -> Table {
        let mut table = Table::new();
        table.load_preset(presets::NOTHING);
        let heads = COLUMNS.iter().map(|(_, _, head)| *head);
        table.set_header(["world", "stories"].into_iter().chain(heads).chain(["in the end"]));
        for (world, row) in &self.0 {
            let count = |head: &str| row.told.get(head).copied().unwrap_or_default().to_string();
            let settled: Vec<_> = row.settled.iter().map(|(end, count)| format!("{end} {count}")).collect();
            let cells = [(*world).to_owned(), row.stories.to_string()];
            let cells = cells.into_iter().chain(COLUMNS.iter().map(|(_, _, head)| count(head)));
            table.add_row(cells.chain([settled.join(", ")]));
        }
        table
    }
}
