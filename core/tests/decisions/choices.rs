//! Every path of choices, depth first: a path is run from its start, with the choices it is made of.

/// The choices of one path, and which path comes next.
pub(crate) struct Choices {
    made: Vec<Choice>,
    next: usize,
    counted: usize,
    most: usize,
}

struct Choice {
    picked: usize,
    of: usize,
}

impl Choices {
    /// Paths of at most so many counted choices; after them, the first alternative is taken.
    pub(crate) fn at_most(most: usize) -> Self {
        Self { made: Vec::new(), next: 0, counted: 0, most }
    }

    /// One of so many, counted.
    pub(crate) fn choose(&mut self, of: usize) -> usize {
        if of < 2 || self.counted == self.most {
            return 0;
        }
        self.counted += 1;
        self.pick(of)
    }

    /// One of so many that does not count: when something happens, not what.
    pub(crate) fn pick(&mut self, of: usize) -> usize {
        if of < 2 {
            return 0;
        }
        if self.next == self.made.len() {
            self.made.push(Choice { picked: 0, of });
        }
        let choice = &self.made[self.next];
        assert_eq!(choice.of, of, "the same choices lead to the same place");
        self.next += 1;
        choice.picked
    }

    /// Goes to the next path; none is left when it says so.
    pub(crate) fn advance(&mut self) -> bool {
        assert_eq!(self.next, self.made.len(), "a path is run to its end");
        (self.next, self.counted) = (0, 0);
        while let Some(last) = self.made.last_mut() {
            if last.picked + 1 < last.of {
                last.picked += 1;
                return true;
            }
            self.made.pop();
        }
        false
    }
}

#[test]
fn every_path_is_taken_once() {
    let mut choices = Choices::at_most(2);
    let mut paths = Vec::new();
    loop {
        let first = choices.choose(2);
        let free = if first == 1 { choices.pick(2) } else { 9 };
        paths.push((first, free, choices.choose(2), choices.choose(3)));
        if !choices.advance() {
            break;
        }
    }
    assert_eq!(paths, [(0, 9, 0, 0), (0, 9, 1, 0), (1, 0, 0, 0), (1, 0, 1, 0), (1, 1, 0, 0), (1, 1, 1, 0)]);
}
