//! Counts for Prometheus: requests by what was asked and how it ended, and how long they took.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    route: String,
    status: u32,
}

/// The counts.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter<u64, AtomicU64>>,
    seconds: Histogram,
    listeners: Gauge,
}

impl Metrics {
    /// All at nothing.
    pub fn new() -> Self {
        let requests = Family::<Labels, Counter<u64, AtomicU64>>::default();
        // From half a millisecond to sixteen seconds.
        let seconds = Histogram::new(exponential_buckets(0.0005, 2.0, 16));
        let mut registry = Registry::with_prefix("hub");
        registry.register("requests", "Requests answered", requests.clone());
        registry.register("seconds", "Time to the answer's head", seconds.clone());
        let listeners = Gauge::default();
        registry.register("listeners", "Listeners of the live channel", listeners.clone());
        Self { registry, requests, seconds, listeners }
    }

    /// Counts a request.
    pub fn count(&self, route: &str, status: u16, took: Duration) {
        let labels = Labels { route: route.to_owned(), status: status.into() };
        self.requests.get_or_create(&labels).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// The counts as Prometheus reads them, with those who listen at this moment.
    pub fn text(&self, listeners: usize) -> String {
        self.listeners.set(i64::try_from(listeners).unwrap_or(i64::MAX));
        let mut text = String::new();
        // Writing to a text does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
