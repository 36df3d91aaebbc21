//! The life of a demo customer: arrival, orders at a rhythm of their own, campaigns, silence.

use anyhow::Result;
use snapshot::Day;

use super::dice::Dice;
use super::people::Edge;
use super::till::{Order, Till};
use importer_core::rows::Purchase;

/// A habit of buying.
#[derive(Clone, Copy, Debug)]
pub struct Habit {
    weight: u64,
    /// Usual days between two orders.
    gap: i32,
    /// Chance in 1000 to come back after an order.
    stays: u64,
    /// Chance in 1000 to respond to a campaign.
    responds: u64,
}

/// Never, once, now and then, often, always.
const HABITS: [Habit; 5] = [
    Habit { weight: 50, gap: 0, stays: 0, responds: 15 },
    Habit { weight: 150, gap: 60, stays: 0, responds: 40 },
    Habit { weight: 455, gap: 105, stays: 860, responds: 80 },
    Habit { weight: 270, gap: 66, stays: 935, responds: 150 },
    Habit { weight: 75, gap: 26, stays: 978, responds: 260 },
];

/// The habit of people with hard names: often, so that the page shows them.
pub const OFTEN: Habit = HABITS[3];

impl Habit {
    /// A habit, by how common it is.
    pub fn roll(dice: &mut Dice) -> Self {
        HABITS[dice.weighted(HABITS.iter().map(|habit| habit.weight))]
    }
}

/// Share in 1000 of customers who were there before the history begins.
const OLD_CUSTOMERS: u64 = 200;

/// Share in 1000 of those registered whom a campaign reaches.
const REACH: u64 = 350;

/// Day of registration: before the history for old customers.
pub fn registration(till: &Till<'_, '_>, dice: &mut Dice) -> Day {
    if dice.chance(OLD_CUSTOMERS) {
        till.calendar.first.plus(-dice.between(1, 730))
    } else {
        till.calendar.arrival(dice)
    }
}

/// Everything an ordinary customer does.
///
/// # Errors
/// If the disk is full.
pub fn live(
    till: &mut Till<'_, '_>,
    customer: &str,
    registered: Day,
    habit: Habit,
    dice: &mut Dice,
) -> Result<()> {
    let taste = Some(till.shop.taste(dice));
    let days = if habit.gap == 0 { Vec::new() } else { order_days(till, registered, habit, dice) };
    for &day in &days {
        till.order(&Order { customer: Some(customer), day, taste, discount: 0 }, dice)?;
        if dice.chance(450) {
            till.visit(Some(customer), day, dice)?;
        }
    }
    let alive = days.last().map_or(registered, |day| day.plus(habit.gap));
    answer_campaigns(till, customer, (registered, alive), habit, dice)?;
    for _ in 0..dice.below(4) {
        let day = registered.plus(dice.between(0, 900));
        till.visit(Some(customer), day, dice)?;
    }
    Ok(())
}

fn order_days(till: &Till<'_, '_>, registered: Day, habit: Habit, dice: &mut Dice) -> Vec<Day> {
    let mut days = Vec::new();
    let calendar = till.calendar;
    let mut day = if calendar.has(registered) {
        registered.plus(if dice.chance(600) { 0 } else { dice.between(1, 40) })
    } else {
        calendar.first.plus(dice.between(0, 2 * habit.gap))
    };
    while calendar.has(day) {
        if days.is_empty() || calendar.in_the_mood(day, dice) {
            days.push(day);
            if !dice.chance(habit.stays) {
                break;
            }
            // Now and then somebody is away for a while and comes back.
            let pause = if dice.chance(140) { 2 * habit.gap } else { 0 };
            day = day.plus(pause + dice.between(habit.gap * 4 / 10, habit.gap * 13 / 10).max(1));
        } else {
            day = day.plus(dice.between(4, 18));
        }
    }
    days
}

/// Contacts after registration; who responds orders within days, at a discount.
fn answer_campaigns(
    till: &mut Till<'_, '_>,
    customer: &str,
    (registered, alive): (Day, Day),
    habit: Habit,
    dice: &mut Dice,
) -> Result<()> {
    for number in 0..till.shop.campaigns.len() {
        let campaign = &till.shop.campaigns[number];
        let (sent, discount) = (campaign.day, campaign.discount);
        if sent <= registered || !dice.chance(REACH) {
            continue;
        }
        // Those who fell silent rarely answer.
        let yes = dice.chance(if sent <= alive { habit.responds } else { habit.responds / 5 });
        till.contact(Some(customer), number, yes)?;
        let day = sent.plus(dice.between(0, 6));
        if yes && habit.gap > 0 && till.calendar.has(day) {
            let order = Order { customer: Some(customer), day, taste: None, discount };
            till.order(&order, dice)?;
            till.visit(Some(customer), day, dice)?;
        }
    }
    Ok(())
}

/// What a scripted customer does.
///
/// # Errors
/// If the disk is full.
pub fn replay(till: &mut Till<'_, '_>, customer: &str, edge: &Edge, dice: &mut Dice) -> Result<()> {
    let mut order = (0, String::new());
    for &(number, day, quantity, amount) in edge.lines.iter().flatten() {
        if order.0 != number {
            order = (number, till.order_id());
        }
        let taste = till.shop.taste(dice);
        till.line(&mut Purchase {
            order_id: order.1.clone(),
            customer_id: Some(customer.to_owned()),
            product_id: Some(till.shop.product(taste, day, dice).product_id),
            day,
            quantity: Some(quantity),
            amount,
            ..Purchase::default()
        })?;
    }
    for &(day, score) in &edge.scores {
        let given = (score > 0).then_some(score);
        till.scored(Some(customer), day, "Product advice", given, dice)?;
    }
    Ok(())
}
