//! What is taken off amounts that stands in columns of its own.

use super::Asking;
use crate::guess::draft::{list, named};
use crate::guess::found::{Choice, Question};
use crate::guess::lost;
use snapshot::money::to_decimal;

/// Columns that are asked about.
const MOST: usize = 3;

impl Asking<'_> {
    pub(super) fn less(&self) -> Option<Question> {
        let now = self.draft.purchases()?.less.as_ref()?;
        let trial = self.trial?;
        let currency = &trial.imported.currency;
        let mut all = lost::less(self.found, self.draft, trial);
        all.truncate(MOST);
        let look = self.found.choosing.look;
        let names: Vec<String> = all.iter().map(|less| look.column(less.at).name.clone()).collect();
        let sums = all.iter().zip(&names).map(|(less, name)| {
            let sum = to_decimal(less.sum, currency.exponent);
            format!("{} ({sum} {} in all)", named(name), currency.code)
        });
        let ask = format!(
            "Is {} to be taken off the amounts, or is it taken off already?",
            sums.collect::<Vec<_>>().join(" or ")
        );
        let mut ways: Vec<Vec<String>> = vec![Vec::new()];
        ways.extend(names.iter().map(|name| vec![name.clone()]));
        if names.len() > 1 {
            ways.push(names);
        }
        let value = |less: &[String]| match less {
            [] => "the amounts stay as they are".to_owned(),
            [one] => format!("{} is taken off", named(one)),
            more => {
                let names: Vec<String> = more.iter().map(|name| named(name)).collect();
                format!("{} are taken off", names.join(" and "))
            }
        };
        let setting = |less: &[String]| format!("less = {}", list(less));
        let others = ways.iter().filter(|less| *less != now).map(|less| {
            self.other(&value(less), setting(less), |draft| {
                if let Some(table) = draft.purchases_mut() {
                    table.less = Some(less.clone());
                }
            })
        });
        let choices: Vec<Choice> =
            std::iter::once(self.written(&value(now), setting(now))).chain(others).collect();
        Some(Question { id: "less", ask, choices })
    }
}
