//! Hands on the entries of all inputs, one after the other, each with its place: a run that was broken off begins there.

use serde::{Deserialize, Serialize};

use super::containers::{Options, Source, open};
use super::entry::{Entries, Entry, Failure, Stage};
use super::inputs::{Input, InputError};

/// Where an entry stands among all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Which input, from 0.
    pub input: usize,
    /// Which entry of it, from 0. Those that are passed over count too.
    pub entry: usize,
}

/// The entries of all inputs.
pub struct Stream {
    inputs: Vec<Option<Result<Input, InputError>>>,
    options: Options,
    /// The entries of the input that is being read.
    open: Option<Entries>,
    next: Position,
}

impl Stream {
    /// Opens nothing yet.
    pub fn new(inputs: impl IntoIterator<Item = Result<Input, InputError>>, options: Options) -> Self {
        let inputs = inputs.into_iter().map(Some).collect();
        Self { inputs, options, open: None, next: Position::default() }
    }

    /// Begins at so many inputs, and at so many entries of that one. Inputs before it are not opened; entries before it are
    /// found, but not read.
    #[must_use]
    pub fn skip_to(mut self, input: usize, entry: usize) -> Self {
        self.next = Position { input, entry: 0 };
        if entry > 0
            && let Some(mut entries) = self.take_input()
        {
            // Where there are fewer now, the next input follows.
            let _ = entries.nth(entry - 1);
            self.open = Some(entries);
            self.next.entry = entry;
        }
        self
    }

    fn take_input(&mut self) -> Option<Entries> {
        let input = self.inputs.get_mut(self.next.input)?.take()?;
        Some(match input {
            Ok(input) => open(Source::from(&input), &self.options),
            Err(error) => {
                let (place, reason) = (error.path.to_string_lossy().into_owned(), error.problem.to_string());
                let id = Some(super::jsonl::Id::Text(place.clone()));
                let failure = Failure { id, url: None, place, stage: Stage::Read, reason };
                Box::new(std::iter::once(Entry::Failed(failure)))
            }
        })
    }
}

impl Iterator for Stream {
    type Item = (Position, Entry);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.open.is_none() {
                self.open = Some(self.take_input()?);
            }
            if let Some(entry) = self.open.as_mut().and_then(Iterator::next) {
                let position = self.next;
                self.next.entry += 1;
                return Some((position, entry));
            }
            self.open = None;
            self.next = Position { input: self.next.input + 1, entry: 0 };
        }
    }
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream").field("next", &self.next).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::containers::{Kind, Options};
    use super::super::inputs::expand;
    use super::*;

    #[test]
    fn a_run_goes_on_where_it_was_broken_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a.jsonl"), "{\"id\":1,\"text\":\"\"}\n[]\n{\"id\":3,\"text\":\"\"}\n").expect("a file");
        fs::write(path("b.html"), "<p>").expect("a file");
        let stream = || Stream::new(expand(["a.jsonl", "none", "b.html"].map(path)), Options::default());
        let all: Vec<_> = stream().map(|(position, _)| (position.input, position.entry)).collect();
        assert_eq!(all, [(0, 0), (0, 1), (0, 2), (1, 0), (2, 0)]);
        let entries = |stream: Stream| {
            stream.map(|(place, entry)| (place, entry.read().ok().flatten().map(|named| named.id))).collect::<Vec<_>>()
        };
        let all = entries(stream());
        for (done, (place, _)) in all.iter().enumerate() {
            assert_eq!(entries(stream().skip_to(place.input, place.entry)), all[done..]);
        }
        // One more than there are: nothing is left of that input.
        assert_eq!(entries(stream().skip_to(0, 3)), all[3..]);
        assert!(entries(stream().skip_to(9, 9)).is_empty());
        let gone = path("gone.jsonl");
        fs::write(&gone, "").expect("a file");
        let inputs = expand([gone.clone(), path("b.html")]);
        fs::remove_file(gone).expect("removed");
        // What is skipped is not opened.
        assert_eq!(
            Stream::new(inputs, Options { kind: Some(Kind::Page), ..Options::default() }).skip_to(1, 0).count(),
            1
        );
    }
}
