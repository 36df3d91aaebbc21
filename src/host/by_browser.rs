//! What the browser does as well: done here it would bring large tables along.

/// A text in capital letters.
pub fn capitals(text: &str) -> String {
    js_sys::JsString::from(text).to_upper_case().into()
}

/// The number at the beginning of a text, if there is one.
pub fn number(text: &str) -> Option<f64> {
    Some(js_sys::parse_float(text)).filter(|number| number.is_finite())
}

/// A number to the power of another.
pub fn power(base: f64, exponent: f64) -> f64 {
    js_sys::Math::pow(base, exponent)
}
