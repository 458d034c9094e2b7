//! Has the program built anew when a rule file is added: the compiler only knows those that it has seen.

fn main() {
    println!("cargo::rerun-if-changed=rules");
}
