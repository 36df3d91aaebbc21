//! Changes of a mapping's text: one setting at a time, the rest of it as it stands.

/// A setting: the section it stands in (none is the beginning), its key and its value, as TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    section: String,
    key: String,
    value: String,
}

impl Setting {
    /// The column of a field of a table.
    pub fn column(table: &str, field: &str, column: &str) -> Self {
        Self { section: format!("{table}.columns"), key: field.to_owned(), value: quoted(column) }
    }

    /// A setting that has a name of its own, such as `date` or `currency.code`.
    pub fn named(name: &str, value: &str) -> Self {
        let (section, key) = match name {
            "time_zone" | "reject_limit" | "source" => ("", name),
            "currency.code" => ("currency", "code"),
            "overlap" | "orders_across" | "returns" | "amount_of" | "negative_quantity"
            | "kinds" | "less" | "file" | "table" => ("purchase_transactions", name),
            "date" | "decimal_comma" | "thousands" | "amount_unit" | "currency_symbol"
            | "quote" | "delimiter" | "encoding" | "header" => ("format", name),
            // What else is asked about is the column of a field.
            field => ("purchase_transactions.columns", field),
        };
        Self { section: section.to_owned(), key: key.to_owned(), value: value.to_owned() }
    }
}

/// The settings that an answer means, as the importer writes them: `a = 1, b = "x"`.
pub fn settings(text: &str) -> Vec<Setting> {
    let mut parts = vec![String::new()];
    let (mut quote, mut depth, mut escaped) = (false, 0_u32, false);
    for sign in text.chars() {
        match sign {
            '"' if !escaped => quote = !quote,
            '[' | '{' if !quote => depth += 1,
            ']' | '}' if !quote => depth = depth.saturating_sub(1),
            ',' if !quote && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        escaped = sign == '\\' && !escaped;
        if let Some(part) = parts.last_mut() {
            part.push(sign);
        }
    }
    let setting = |part: &String| {
        let (name, value) = part.split_once('=')?;
        Some(Setting::named(name.trim(), value.trim()))
    };
    parts.iter().filter_map(setting).collect()
}

/// A mapping with these settings in the place of what it said.
pub fn with(mapping: &str, settings: &[Setting]) -> String {
    settings.iter().fold(mapping.to_owned(), |text, setting| set(&text, setting))
}

/// True if a mapping says anything of these settings.
pub fn says(mapping: &str, settings: &[Setting]) -> bool {
    let lines: Vec<String> = mapping.lines().map(str::to_owned).collect();
    settings.iter().any(|Setting { section, key, .. }| {
        let part = range(&lines, section).and_then(|(first, end)| lines.get(first..end));
        part.is_some_and(|part| part.iter().any(|line| is_of(line, key)))
    })
}

/// True if some field is read from a column.
pub fn reads(mapping: &str, column: &str) -> bool {
    let column = quoted(column);
    let of = |line: &str| line.split_once('=').is_some_and(|(_, value)| value.trim() == column);
    mapping.lines().any(of)
}

/// True for the line of a key.
fn is_of(line: &str, key: &str) -> bool {
    let rest = line.trim_start().strip_prefix(key);
    rest.is_some_and(|rest| rest.trim_start().starts_with('='))
}

/// A text as TOML writes it.
pub fn quoted(text: &str) -> String {
    let signs = text.chars().map(|sign| match sign {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        sign if sign.is_control() => format!("\\u{:04X}", u32::from(sign)),
        sign => sign.to_string(),
    });
    format!("\"{}\"", signs.collect::<String>())
}

fn set(mapping: &str, Setting { section, key, value }: &Setting) -> String {
    let mut lines: Vec<String> = mapping.lines().map(str::to_owned).collect();
    // One of them may take the place of the other.
    let replaced = match key.as_str() {
        "amount" => Some("unit_price"),
        "unit_price" => Some("amount"),
        _ => None,
    };
    let (first, end) = match range(&lines, section) {
        Some(range) => range,
        None => {
            lines.extend([String::new(), format!("[{section}]")]);
            (lines.len(), lines.len())
        }
    };
    let line = format!("{key} = {value}");
    let place = lines.get(first..end).and_then(|part| part.iter().position(|it| is_of(it, key)));
    match place.and_then(|at| lines.get_mut(first + at)) {
        Some(present) => *present = line,
        None => lines.insert(first, line),
    }
    if let Some((other, (first, end))) = replaced.zip(range(&lines, section)) {
        let other = (first..end).find(|&at| lines.get(at).is_some_and(|it| is_of(it, other)));
        if let Some(at) = other {
            lines.remove(at);
        }
    }
    lines.join("\n") + "\n"
}

/// The lines of a section, without its head.
fn range(lines: &[String], section: &str) -> Option<(usize, usize)> {
    let is_head = |line: &String| line.trim_start().starts_with('[');
    let first = if section.is_empty() {
        0
    } else {
        let head = format!("[{section}]");
        lines.iter().position(|line| line.trim() == head)? + 1
    };
    let rest = lines.get(first..)?;
    Some((first, first + rest.iter().position(is_head).unwrap_or(rest.len())))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    const MAPPING: &str = "# Guessed.\nsource = \"a\"\ntime_zone = \"UTC\"\n\n[currency]\n# unsure\ncode = \"USD\"\n\n\
        [format]\ndate = \"%m/%d/%Y\"\n\n[purchase_transactions]\n\n[purchase_transactions.columns]\n\
        order_id = \"Order\"\namount = \"Amount\"\n";

    #[wasm_bindgen_test]
    fn an_answer_changes_its_own_lines_alone() {
        let with = |text: &str| with(MAPPING, &settings(text));
        assert_eq!(with("date = \"%d/%m/%Y\""), MAPPING.replace("%m/%d/", "%d/%m/"));
        assert_eq!(with("currency.code = \"EUR\""), MAPPING.replace("USD", "EUR"));
        assert_eq!(with("time_zone = \"Europe/Berlin\""), MAPPING.replace("UTC", "Europe/Berlin"));
        let price = MAPPING.replace("amount = \"Amount\"\n", "");
        let price = price.replace("order_id", "unit_price = \"Price, net\"\norder_id");
        assert_eq!(with("unit_price = \"Price, net\""), price, "one takes the other's place");
        let signs = with("decimal_comma = true, thousands = \",\"");
        assert!(
            signs.contains("[format]\nthousands = \",\"\ndecimal_comma = true\ndate"),
            "{signs}"
        );
        assert!(says(&signs, &settings("thousands = \"\"")));
        assert!(!says(MAPPING, &settings("decimal_comma = true, thousands = \",\"")));
        let once = with("overlap = \"leave_out\"");
        assert!(once.contains("[purchase_transactions]\noverlap = \"leave_out\"\n"), "{once}");
        let minus = with("negative_quantity = \"sale\"");
        let section = "[purchase_transactions]\nnegative_quantity = \"sale\"\n";
        assert!(minus.contains(section), "{minus}");
        let kinds =
            with("kinds = { column = \"a, b\", leave_out = [\"void\", \"x\"] }, less = [\"c\"]");
        let section = "[purchase_transactions]\nless = [\"c\"]\n\
                       kinds = { column = \"a, b\", leave_out = [\"void\", \"x\"] }\n";
        assert!(kinds.contains(section), "{kinds}");
        let sign = with("currency.code = \"GBP\", currency_symbol = \"£\"");
        assert!(sign.contains("[format]\ncurrency_symbol = \"£\"\n"), "{sign}");
        let apart = with("orders_across = \"apart\"");
        assert!(apart.contains("[purchase_transactions]\norders_across = \"apart\"\n"), "{apart}");
        let back = with(
            "file = [\"a.csv\", { name = \"b.csv\", delimiter = \";\" }], returns = [\"b.csv\"]",
        );
        let files = "file = [\"a.csv\", { name = \"b.csv\", delimiter = \";\" }]\n";
        let section = format!("[purchase_transactions]\nreturns = [\"b.csv\"]\n{files}");
        assert!(back.contains(&section), "{back}");
        let without = super::with(&back, &settings("file = [\"a.csv\"], returns = []"));
        let section = "[purchase_transactions]\nreturns = []\nfile = [\"a.csv\"]\n";
        assert!(without.contains(section), "{without}");
        assert!(reads(MAPPING, "Amount") && !reads(MAPPING, "amount"));
        let dates = with("date = [\"%d.%m.%Y\", \"%d.%m.%y\"]");
        assert!(dates.contains("date = [\"%d.%m.%Y\", \"%d.%m.%y\"]\n"), "{dates}");
    }

    #[wasm_bindgen_test]
    fn a_section_that_is_not_there_is_added_and_names_are_quoted() {
        let text = with("source = \"a\"\n", &[Setting::column("campaigns", "day", "a \"b\" \\")]);
        assert_eq!(text, "source = \"a\"\n\n[campaigns.columns]\nday = \"a \\\"b\\\" \\\\\"\n");
        let again = with(&text, &[Setting::column("campaigns", "day", "c")]);
        assert_eq!(again, "source = \"a\"\n\n[campaigns.columns]\nday = \"c\"\n");
    }
}
