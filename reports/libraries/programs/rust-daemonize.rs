use daemonize::Daemonize;

fn main() {
    Daemonize::new().start().expect("cannot become a daemon");
    loop {
        std::thread::park();
    }
}
