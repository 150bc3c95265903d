//! What DynamoDB leaves of a batch is asked for again, not at once and not for ever.

use crate::Error;
use std::time::Duration;

/// How often the rest is asked for.
const ATTEMPTS: u32 = 10;
/// The first pause; each is twice the one before.
const FIRST: Duration = Duration::from_millis(5);

/// The pauses of one batch.
pub(crate) struct Pause {
    call: &'static str,
    attempts: u32,
}

impl Pause {
    pub fn new(call: &'static str) -> Pause {
        Pause { call, attempts: 0 }
    }

    /// Waits, but for the first time.
    pub async fn before_next(&mut self) -> Result<(), Error> {
        if self.attempts == ATTEMPTS {
            let reason = format!("some of the batch was left undone {ATTEMPTS} times");
            return Err(Error::Call { call: self.call, reason, code: None });
        }
        if self.attempts > 0 {
            tokio::time::sleep(FIRST * (1 << (self.attempts - 1))).await;
        }
        self.attempts += 1;
        Ok(())
    }
}
