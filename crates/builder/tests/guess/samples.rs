//! The samples that the demo writes: what is guessed about them is what is known of them.

use builder::demo::sample::Shape;

use crate::files::{Files, questions};

#[test]
fn guesses_about_samples_have_their_totals() {
    for shape in [Shape::Shopify, Shape::Woocommerce, Shape::Plain] {
        for seed in 1..4 {
            let sample = shape.sample(seed);
            let files = Files::with(sample.name, &sample.text);
            let found = files.guess(&[sample.name]).unwrap();
            let (totals, told) = (found.totals.as_ref().unwrap(), sample.told);
            let cents = totals.revenue.replace('.', "").parse::<i64>().unwrap();
            assert_eq!(cents, told.revenue, "{shape:?} {seed}");
            assert_eq!(
                (totals.orders, totals.customers, totals.lines),
                (told.orders, told.customers, told.lines)
            );
            assert_eq!(totals.first_day, Some(told.first.to_string()));
            assert_eq!(totals.last_day, Some(told.last.to_string()));
            // WooCommerce does not say which currency it is, and has discounts on each line of an order again.
            let open: &[&str] = match shape {
                Shape::Shopify => &["kinds", "less"],
                Shape::Woocommerce => &["kinds", "currency"],
                Shape::Plain => &[],
            };
            assert_eq!(questions(&found), open, "{shape:?} {seed}");
            assert_eq!((found.builds, found.sure), (true, open.is_empty()));
        }
    }
}
