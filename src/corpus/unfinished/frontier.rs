//! Keeps count of the entries that are done, in whatever order they come.

use std::collections::BTreeMap;

use crate::corpus::stream::Position;

/// The line between what is done and what is not. Results may come out of order; what is done behind the line is
/// remembered one by one, no more than there are entries in work at once.
#[derive(Clone, Debug, Default)]
pub struct Frontier {
    done: u64,
    next: Position,
    beyond: BTreeMap<u64, Position>,
}

impl Frontier {
    /// The line where a run was stopped: `done` entries before `next`, and some behind it.
    pub fn at(next: Position, done: u64, beyond: &[(u64, Position)]) -> Self {
        Self { done, next, beyond: beyond.iter().copied().collect() }
    }

    /// How many entries are done without a gap.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// The place behind the last of these: of the first entry that is not done, or where the next input begins.
    pub fn next(&self) -> Position {
        self.next
    }

    /// Those behind it that are done, with their numbers.
    pub fn beyond(&self) -> Vec<(u64, Position)> {
        self.beyond.iter().map(|(number, position)| (*number, *position)).collect()
    }

    /// Whether an entry is done, by its number.
    pub fn is_done(&self, number: u64) -> bool {
        number < self.done || self.beyond.contains_key(&number)
    }

    /// Takes down that an entry is done: its number from 0 over the whole run, and its position.
    pub fn pass(&mut self, number: u64, position: Position) {
        self.beyond.insert(number, position);
        while let Some(Position { input, entry }) = self.beyond.remove(&self.done) {
            self.done += 1;
            self.next = Position { input, entry: entry + 1 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_moves_over_what_is_done_and_a_stopped_run_finds_it_again() {
        let at = |entry| Position { input: 1, entry };
        let mut frontier = Frontier::at(at(3), 10, &[]);
        frontier.pass(12, at(5));
        frontier.pass(11, at(4));
        assert_eq!((frontier.done(), frontier.next(), frontier.beyond().len()), (10, at(3), 2));
        let mut again = Frontier::at(frontier.next(), frontier.done(), &frontier.beyond());
        assert!(again.is_done(9) && !again.is_done(10) && again.is_done(11) && !again.is_done(13));
        again.pass(10, at(3));
        assert_eq!((again.done(), again.next(), again.beyond()), (13, at(6), vec![]));
    }
}
