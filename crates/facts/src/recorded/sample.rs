//! Points are written column by column: the names of their fields once, and like beside like.

/// For `#[serde(with = …)]` on a list of points.
pub(crate) mod by_column {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::measure::Point;

    #[derive(Default, Serialize, Deserialize)]
    struct Columns {
        customer: Vec<u32>,
        recency_days: Vec<i32>,
        orders: Vec<u32>,
        lifetime_value: Vec<i64>,
        segment: Vec<u8>,
        rfm_segment: Vec<u8>,
    }

    pub(crate) fn serialize<S: Serializer>(
        points: &[Point],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut columns = Columns::default();
        for point in points {
            columns.customer.push(point.customer);
            columns.recency_days.push(point.recency_days);
            columns.orders.push(point.orders);
            columns.lifetime_value.push(point.lifetime_value);
            columns.segment.push(point.segment);
            columns.rfm_segment.push(point.rfm_segment);
        }
        columns.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Point>, D::Error> {
        let columns = Columns::deserialize(deserializer)?;
        let point = |at: usize| {
            Some(Point {
                customer: *columns.customer.get(at)?,
                recency_days: *columns.recency_days.get(at)?,
                orders: *columns.orders.get(at)?,
                lifetime_value: *columns.lifetime_value.get(at)?,
                segment: *columns.segment.get(at)?,
                rfm_segment: *columns.rfm_segment.get(at)?,
            })
        };
        let points: Option<Vec<Point>> = (0..columns.customer.len()).map(point).collect();
        points.ok_or_else(|| D::Error::custom("columns of points differ in length"))
    }
}
