//! Interleaved rounds of two operations, and what they took at best and usually.

use anyhow::Result;
use std::time::{Duration, Instant};

/// The least and the median of some rounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    pub(crate) minimum: f64,
    pub(crate) median: f64,
}

impl Figures {
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
        Self { minimum: at(0), median: at(values.len() / 2) }
    }

    /// One value, measured once.
    pub(crate) fn once(value: f64) -> Self {
        Self { minimum: value, median: value }
    }

    /// The least over the least, the median over the median.
    pub(crate) fn over(self, other: Self) -> Self {
        Self { minimum: self.minimum / other.minimum, median: self.median / other.median }
    }

    pub(crate) fn scaled(self, factor: f64) -> Self {
        Self { minimum: self.minimum * factor, median: self.median * factor }
    }
}

/// How long a number of calls took.
pub(crate) trait Calls: FnMut(u32) -> Result<Duration> {}

impl<F: FnMut(u32) -> Result<Duration>> Calls for F {}

/// The same call again and again.
pub(crate) fn each<T>(mut call: impl FnMut() -> Result<T>) -> impl Calls {
    move |calls| {
        let started = Instant::now();
        for _ in 0..calls {
            std::hint::black_box(call()?);
        }
        Ok(started.elapsed())
    }
}

/// A call that uses something up, which is made beforehand and not measured.
pub(crate) fn each_of<I, T>(mut make: impl FnMut() -> Result<I>, mut call: impl FnMut(I) -> Result<T>) -> impl Calls {
    move |calls| {
        let inputs = (0..calls).map(|_| make()).collect::<Result<Vec<_>>>()?;
        let started = Instant::now();
        for input in inputs {
            std::hint::black_box(call(input)?);
        }
        Ok(started.elapsed())
    }
}

/// Microseconds a call of two sides, in rounds that take turns in going first.
pub(crate) fn interleaved(
    rounds: u32,
    calls: u32,
    mut ours: impl Calls,
    mut against: impl Calls,
) -> Result<(Figures, Figures)> {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    // The first round warms caches and keys.
    for round in 0..=rounds {
        let (one, other) = if round % 2 == 0 {
            let one = ours(calls)?;
            (one, against(calls)?)
        } else {
            let other = against(calls)?;
            (ours(calls)?, other)
        };
        if round > 0 {
            left.push(one.as_secs_f64() * 1e6 / f64::from(calls));
            right.push(other.as_secs_f64() * 1e6 / f64::from(calls));
        }
    }
    Ok((Figures::of(left), Figures::of(right)))
}

/// Microseconds a call of one side.
pub(crate) fn alone(rounds: u32, calls: u32, ours: impl Calls) -> Result<Figures> {
    interleaved(rounds, calls, ours, |_| Ok(Duration::ZERO)).map(|(ours, _)| ours)
}
