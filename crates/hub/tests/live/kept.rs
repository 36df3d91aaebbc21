//! A channel goes on, however the program ends.

use facts::live::Sequence;
use serde_json::json;

use crate::hub::{Hub, numbers};

#[test]
fn a_channel_goes_on_where_it_was() {
    let demo = ["--live", "demo", "--live-every", "1"];
    let hub = Hub::with(&demo);
    let mut sequence = Sequence::after(0);
    let mut listener = hub.listener();
    listener.resume(0);
    let mut given = listener.until(&mut sequence, 100);
    let channel = sequence.channel().unwrap().to_owned();
    let hub = hub.killed(&demo);
    let mut listener = hub.listener();
    let resume = json!({ "type": "resume", "after": sequence.next() - 1, "channel": channel });
    listener.say(&resume.to_string());
    given.extend(listener.until(&mut sequence, 300));
    assert_eq!(given, numbers(1, *given.last().unwrap()));
    assert_eq!(sequence.channel(), Some(&*channel), "it is the same");
    // Another journal is another channel.
    let other = Hub::edits();
    let mut listener = other.listener();
    listener.say(&resume.to_string());
    let taken = sequence.take(facts::live::read(&listener.text().unwrap()).unwrap());
    assert_eq!(taken.news.unwrap().before, channel);
}
