//! Reading a part of a file that does not say how long it is, within a share of memory and time.

use std::cell::RefCell;

use js_sys::Uint8Array;
use web_sys::{ReadableStream, Response};

use super::body::Reader;
use super::{host, respond};
use crate::Refusal;
use crate::answer::Head;
use crate::cut::{Found, Kept};
use crate::leases::{Lease, Leases};
use crate::reply::Reply;

thread_local! {
    static LEASES: RefCell<Leases> = const { RefCell::new(Leases::new()) };
}

/// Held beside the part itself while it is read.
const BESIDE: u64 = 64 * 1024;
/// Milliseconds after which a body that has stopped is given up; less than a lease is long.
const PATIENCE_MS: i32 = 5_000;
const WAIT_MS: i32 = 25;
const MOST_WAITS: u32 = 200;

/// The part of a body that was asked for.
pub async fn part(head: Head, kept: Kept, body: ReadableStream) -> Result<Response, Refusal> {
    let Some(lease) = lease(kept.longest().saturating_add(BESIDE)).await else {
        host::drop_body(Some(&body));
        return Err(Refusal::Busy);
    };
    let read = read(kept, body).await;
    LEASES.with_borrow_mut(|leases| leases.give_back(lease));
    let (found, bytes) = read?;
    let made = match found {
        Found::Part(part) => {
            let head = head.of_part(part);
            let bytes = bytes.subarray(0, narrow(part.end - part.start));
            respond::headers(&head.headers).and_then(|headers| {
                let init = respond::init(head.status, &headers);
                Response::new_with_opt_js_u8_array_and_init(Some(&bytes), &init)
            })
        }
        Found::Outside(length) => respond::reply(&Reply::bad_range(Some(length))),
        Found::Broken => return Err(Refusal::FilesUnavailable),
    };
    made.map_err(|_| Refusal::Internal)
}

/// Leave to hold some bytes, as soon as others have given theirs back.
async fn lease(bytes: u64) -> Option<Lease> {
    for _ in 0..MOST_WAITS {
        let lease = LEASES.with_borrow_mut(|leases| leases.take(bytes, host::now_ms()));
        if lease.is_some() {
            return lease;
        }
        host::sleep(WAIT_MS).await;
    }
    None
}

async fn read(mut kept: Kept, body: ReadableStream) -> Result<(Found, Uint8Array), Refusal> {
    let part = Uint8Array::new_with_length(narrow(kept.longest()));
    let reader = Reader::new(&body, Some(PATIENCE_MS))?;
    let mut ended = false;
    while kept.wants_more() {
        match reader.next().await {
            Ok(Some(piece)) => {
                let (wanted, to) = kept.take(u64::from(piece.length()));
                let wanted = piece.subarray(narrow(wanted.start), narrow(wanted.end));
                part.set(&wanted, narrow(to));
            }
            Ok(None) => {
                ended = true;
                break;
            }
            // A body that fails behind the part does the part no harm.
            Err(_) => break,
        }
    }
    reader.give_up();
    Ok((kept.found(ended), part))
}

/// What lies within one piece or one part is 32 bits wide.
fn narrow(bytes: u64) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
