//! Sending out of the log: for a pull, for a chain asked for again, or to catch up when live ops had no room.

use std::collections::VecDeque;

use rota_model::{id::Chain, op::Op};

use crate::input::ReadId;

/// Where the ops come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// What the peer lacks, in store order from here on.
    After { from_seq: u64 },
    /// One chain from a counter on.
    Chain { chain: Chain, from: u64 },
}

/// One sending out of the log.
#[derive(Debug)]
pub(crate) struct Feed {
    /// The number of the pull that it answers; 0 for none.
    pub(crate) pull: u64,
    pub(crate) source: Source,
    /// The read that is under way.
    pub(crate) reading: Option<ReadId>,
    /// Read, and waiting for room.
    pub(crate) queue: VecDeque<Vec<Op>>,
    /// Whether the end of the log was reached.
    pub(crate) ended: bool,
    /// Where ops begin that were stored since the end was, or may have been, reached.
    pub(crate) again: Option<u64>,
}

impl Feed {
    pub(crate) fn new(pull: u64, source: Source) -> Self {
        Self {
            pull,
            source,
            reading: None,
            queue: VecDeque::new(),
            ended: false,
            again: None,
        }
    }

    /// Ops that were already taken out of the log and found no room.
    pub(crate) fn of_queue(queue: VecDeque<Vec<Op>>) -> Self {
        Self {
            queue,
            ended: true,
            ..Self::new(0, Source::After { from_seq: 0 })
        }
    }

    /// Notes that ops were stored from `seq` on, which a read that is under way or done may not have seen.
    pub(crate) fn more_from(&mut self, seq: u64) {
        if self.reading.is_some() || self.ended || matches!(self.source, Source::Chain { .. }) {
            self.again = Some(self.again.map_or(seq, |earlier| earlier.min(seq)));
        }
    }

    /// Whether it should read on now.
    pub(crate) fn wants_read(&self) -> bool {
        self.queue.is_empty() && self.reading.is_none() && !self.ended
    }

    /// Takes the answer of a read.
    pub(crate) fn take(&mut self, batches: Vec<Vec<Op>>, next: Option<u64>) {
        self.reading = None;
        self.queue.extend(batches);
        let next = match (next, &self.source, self.again) {
            (None, Source::After { .. }, Some(seq)) => {
                self.again = None;
                Some(seq)
            }
            (next, ..) => next,
        };
        match (&mut self.source, next) {
            (Source::After { from_seq }, Some(next)) => *from_seq = next,
            (Source::Chain { from, .. }, Some(next)) => *from = next,
            (_, None) => self.ended = true,
        }
    }

    /// Reads on from where ops were stored after the end was reached. False if there are none.
    pub(crate) fn resume(&mut self) -> bool {
        match (&mut self.source, self.again.take()) {
            (Source::After { from_seq }, Some(seq)) => {
                *from_seq = seq;
                self.ended = false;
                true
            }
            _ => false,
        }
    }

    /// Whether everything was sent.
    pub(crate) fn is_done(&self) -> bool {
        self.ended && self.queue.is_empty()
    }
}
