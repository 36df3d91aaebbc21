//! Mounts the page.

fn main() {
    yew::Renderer::<insights_hub::App>::new().render();
}
