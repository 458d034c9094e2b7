//! Does one piece of work for each of many items, on several threads, and hands on the results: in order, or as they come.

use std::any::Any;
use std::collections::VecDeque;
use std::io;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many items a thread may be ahead of the first unfinished one: so much work goes on beside a slow page, and so
/// many pages are in memory at once.
const AHEAD: usize = 16;

/// In which order results are handed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// In the order of the items: a result waits for those before it.
    #[default]
    Items,
    /// As they come: a slow item holds nothing up.
    Completion,
}

/// Works on items with so many threads (0: one a core) and gives each result to the sink, in the order of the items.
///
/// Items are drawn on a thread of their own, as late as possible: a result is handed on as soon as it is its turn, even
/// while the next item is still awaited, and no more than sixteen items a thread are in memory. The first error of the
/// sink ends it all, as soon as the items in work, and the one that is being drawn, are done.
///
/// A panic in `work` ends it as well and goes on here. To lose one page only, catch it:
///
/// ```
/// use std::panic::{AssertUnwindSafe, catch_unwind};
///
/// let halve = |n: u32| if n % 2 == 0 { n / 2 } else { panic!("odd") };
/// let careful = |n| catch_unwind(AssertUnwindSafe(|| halve(n))).map_err(|_| format!("{n}: cannot be halved"));
/// let mut results = Vec::new();
/// dehusk::corpus::run::in_order([2, 3, 4].into_iter(), 2, careful, |result| {
///     results.push(result);
///     Ok(())
/// })?;
/// assert_eq!(results, [Ok(1), Err("3: cannot be halved".into()), Ok(2)]);
/// # std::io::Result::Ok(())
/// ```
pub fn in_order<I, T, R>(
    items: I,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    sink: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()>
where
    I: Iterator<Item = T> + Send,
    T: Send,
    R: Send,
{
    in_that_order(Order::Items, items, threads, work, sink)
}

/// The same as [`in_order`], in the order that is asked for.
pub fn in_that_order<I, T, R>(
    order: Order,
    items: I,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()>
where
    I: Iterator<Item = T> + Send,
    T: Send,
    R: Send,
{
    let threads = match threads {
        0 => thread::available_parallelism().map_or(1, NonZero::get),
        some => some,
    };
    let (permit, permits) = channel();
    for _ in 0..threads.saturating_mul(AHEAD) {
        // The receiver is right here.
        let _ = permit.send(());
    }
    let (job, jobs) = channel();
    let jobs = Mutex::new(jobs);
    let (done, results) = channel();
    thread::scope(|scope| {
        // Moved in here, they close when this ends, be it by an error or a panic; then the threads end too.
        let (permit, results) = (permit, results);
        scope.spawn(move || draw(items, &permits, &job));
        for _ in 0..threads {
            let (jobs, work, done) = (&jobs, &work, done.clone());
            scope.spawn(move || labour(jobs, work, &done));
        }
        drop(done);
        let mut hand_on = |result: Outcome<R>| -> io::Result<()> {
            sink(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
            // Whether more items come is the drawing thread's business.
            let _ = permit.send(());
            Ok(())
        };
        let (mut waiting, mut turn) = (VecDeque::new(), 0);
        for (number, result) in results {
            if order == Order::Completion {
                hand_on(result)?;
                continue;
            }
            let place: usize = number - turn;
            if waiting.len() <= place {
                waiting.resize_with(place + 1, || None);
            }
            waiting[place] = Some(result);
            while let Some(Some(_)) = waiting.front() {
                waiting.pop_front().flatten().map_or(Ok(()), &mut hand_on)?;
                turn += 1;
            }
        }
        Ok(())
    })
}

/// Draws an item a permit, until there are no more of either.
fn draw<T>(items: impl Iterator<Item = T>, permits: &Receiver<()>, job: &Sender<(usize, T)>) {
    let mut items = items.enumerate();
    while permits.recv().is_ok() {
        let Some(item) = items.next() else { return };
        if job.send(item).is_err() {
            return;
        }
    }
}

type Outcome<R> = Result<R, Box<dyn Any + Send>>;

fn labour<T, R>(jobs: &Mutex<Receiver<(usize, T)>>, work: impl Fn(T) -> R, done: &Sender<(usize, Outcome<R>)>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, item)) = next else { return };
        let result = catch_unwind(AssertUnwindSafe(|| work(item)));
        if done.send((number, result)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [0, 1, 3] {
            let mut results = Vec::new();
            let work = |n: u64| {
                thread::sleep(Duration::from_micros(n * 7919 % 300));
                n
            };
            let sink = |n| {
                results.push(n);
                Ok(())
            };
            in_order(0..500, threads, work, sink).expect("the sink takes all");
            assert!(results.into_iter().eq(0..500));
        }
    }

    #[test]
    fn results_come_as_they_are_done_where_that_is_asked_for() {
        // The first waits for the last, so that no order but this is possible.
        let (tell, told) = channel();
        let (tell, told) = (Mutex::new(tell), Mutex::new(told));
        let work = |n: usize| {
            match n {
                0 => told.lock().expect("no panic").recv().expect("the last is done"),
                5 => tell.lock().expect("no panic").send(()).expect("the first waits"),
                _ => {}
            }
            n
        };
        let mut results = Vec::new();
        let sink = |n| {
            results.push(n);
            Ok(())
        };
        in_that_order(Order::Completion, 0..6, 2, work, sink).expect("the sink takes all");
        assert_eq!(results.iter().position(|n| *n == 0).map(|place| place >= 4), Some(true), "{results:?}");
        results.sort_unstable();
        assert!(results.into_iter().eq(0..6));
    }

    #[test]
    fn no_items_are_drawn_far_ahead_and_none_after_an_error() {
        let drawn = AtomicUsize::new(0);
        let items = (0..).inspect(|_| {
            drawn.fetch_add(1, Ordering::Relaxed);
        });
        let mut taken = 0;
        let sink = |n: usize| {
            assert!(drawn.load(Ordering::Relaxed) <= n + 2 * AHEAD + 1);
            taken += 1;
            if n == 99 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
        };
        let error = in_order(items, 2, |n| n, sink).expect_err("the pipe is closed");
        assert_eq!((error.kind(), taken), (io::ErrorKind::BrokenPipe, 100));
    }

    #[test]
    fn a_result_does_not_wait_for_the_next_item() {
        let (ask, asked) = channel();
        let items = std::iter::once(0).chain(asked.into_iter().take(1));
        let mut asked_for = 0;
        let sink = |n| {
            asked_for = n;
            let _ = ask.send(n + 1);
            Ok(())
        };
        in_order(items, 1, |n| n, sink).expect("the sink takes all");
        assert_eq!(asked_for, 1);
    }

    #[test]
    fn a_panic_goes_on_in_the_caller() {
        let work = |n: usize| assert!(n != 40, "forty");
        let caught = catch_unwind(|| in_order(0..1000, 2, work, |()| Ok(())));
        assert_eq!(caught.expect_err("it panics").downcast_ref(), Some(&"forty"));
    }
}
