//! An answer that comes later: waited for by a thread or by a task of any executor.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

/// The receiving end of an answer. `None` if its giver ended without one.
#[derive(Debug)]
pub struct Pending<T> {
    shared: Arc<Shared<T>>,
}

/// The giving end.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    shared: Arc<Shared<T>>,
}

#[derive(Debug)]
struct Shared<T> {
    state: Mutex<State<T>>,
    ready: Condvar,
}

#[derive(Debug)]
struct State<T> {
    value: Option<T>,
    gone: bool,
    waker: Option<Waker>,
}

pub(crate) fn pending<T>() -> (Answer<T>, Pending<T>) {
    let shared = Arc::new(Shared {
        state: Mutex::new(State {
            value: None,
            gone: false,
            waker: None,
        }),
        ready: Condvar::new(),
    });
    (
        Answer {
            shared: Arc::clone(&shared),
        },
        Pending { shared },
    )
}

impl<T> Shared<T> {
    fn lock(&self) -> std::sync::MutexGuard<'_, State<T>> {
        // A holder only moves values, so what a panic left behind is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Pending<T> {
    /// Blocks the thread until the answer is there.
    pub fn wait(self) -> Option<T> {
        let mut state = self.shared.lock();
        loop {
            if let Some(value) = state.value.take() {
                return Some(value);
            }
            if state.gone {
                return None;
            }
            state = self
                .shared
                .ready
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl<T> Future for Pending<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.shared.lock();
        if let Some(value) = state.value.take() {
            return Poll::Ready(Some(value));
        }
        if state.gone {
            return Poll::Ready(None);
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl<T> Answer<T> {
    pub(crate) fn give(self, value: T) {
        self.shared.lock().value = Some(value);
    }
}

impl<T> Drop for Answer<T> {
    fn drop(&mut self) {
        let waker = {
            let mut state = self.shared.lock();
            state.gone = true;
            state.waker.take()
        };
        self.shared.ready.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_reaches_a_waiting_thread() {
        let (answer, pending) = pending();
        let waiter = std::thread::spawn(move || pending.wait());
        answer.give(7);
        assert_eq!(waiter.join().unwrap(), Some(7));
    }

    #[test]
    fn a_giver_that_ends_without_an_answer_is_noticed() {
        let (answer, pending) = pending::<u8>();
        drop(answer);
        assert_eq!(pending.wait(), None);
    }

    #[test]
    fn a_future_is_woken() {
        let (answer, mut pending) = pending();
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(Pin::new(&mut pending).poll(&mut context), Poll::Pending);
        answer.give("x");
        assert_eq!(
            Pin::new(&mut pending).poll(&mut context),
            Poll::Ready(Some("x"))
        );
    }
}
