//! A pace for what strangers send: the ledger keeps everything for good, so it must not be flooded.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Corrections that may come at once.
const BURST: u32 = 20;
/// Time after which one more may come.
const EVERY: Duration = Duration::from_secs(6);

/// Lets through a burst and then one in a while.
#[derive(Debug)]
pub struct Pace(Mutex<(u32, Instant)>);

impl Default for Pace {
    fn default() -> Self {
        Self(Mutex::new((BURST, Instant::now())))
    }
}

impl Pace {
    /// True when one more may come at `now`.
    pub fn admits(&self, now: Instant) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (left, since) = *state;
        let earned = now.saturating_duration_since(since).as_secs() / EVERY.as_secs();
        let earned = u32::try_from(earned).unwrap_or(BURST);
        let left = left.saturating_add(earned).min(BURST);
        *state = (left.saturating_sub(1), since + EVERY * earned);
        left > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_burst_one_in_a_while() {
        let pace = Pace::default();
        let now = Instant::now();
        assert_eq!((0..30).filter(|_| pace.admits(now)).count(), BURST as usize);
        assert!(pace.admits(now + EVERY));
        assert!(!pace.admits(now + EVERY));
        assert_eq!((0..99).filter(|_| pace.admits(now + EVERY * 1000)).count(), BURST as usize);
    }
}
