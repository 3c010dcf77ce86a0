//! A server that reads handwritten digits with a network exported from JAX, and a load of requests for it.
//!
//! ```sh
//! cargo run --release -p runahead --example serve_digits -- --listen 127.0.0.1:8080
//! cargo run --release -p runahead --example serve_digits -- --clients 64 --requests 50000
//! ```
//!
//! The first serves until it is interrupted: `POST /classify` takes a JSON array of 64 pixels from 0 to 1, row by row, and
//! gives the digit with its scores. The second serves on a free port and measures itself: requests per second, latencies,
//! accuracy on the test images of `examples/digits`, and that clients that leave harm nobody.

mod batches;
mod load;
mod server;

use std::path::{Path, PathBuf};

type Error = Box<dyn std::error::Error + Send + Sync>;

/// What the command line asks for.
struct Arguments {
    listen: Option<String>,
    clients: usize,
    requests: usize,
    digits: PathBuf,
}

impl Arguments {
    fn parse() -> Result<Arguments, Error> {
        let digits = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/digits");
        let mut arguments = Arguments { listen: None, clients: 64, requests: 20_000, digits };
        let mut given = std::env::args().skip(1);
        while let Some(option) = given.next() {
            let value = given.next().ok_or_else(|| format!("{option} needs a value"))?;
            match &*option {
                "--listen" => arguments.listen = Some(value),
                "--clients" => arguments.clients = value.parse()?,
                "--requests" => arguments.requests = value.parse()?,
                "--digits" => arguments.digits = value.into(),
                _ => return Err(format!("{option}: give --listen, --clients, --requests or --digits").into()),
            }
        }
        Ok(arguments)
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let arguments = Arguments::parse()?;
    let classifier = batches::Classifier::load(&arguments.digits)?;
    classifier.warm_up().await?;
    let address = arguments.listen.as_deref().unwrap_or("127.0.0.1:0");
    let listener = tokio::net::TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    println!("listening on http://{address}/classify");
    let batcher = batches::start(classifier);
    let served = tokio::spawn(server::serve(listener, batcher.clone()));
    if arguments.listen.is_some() {
        tokio::signal::ctrl_c().await?;
        return Ok(());
    }
    let test = load::Test::read(&arguments.digits)?;
    // Some first, so that what is measured is not the start.
    load::run(address, &test, arguments.clients, arguments.requests / 10).await?;
    let before = batcher.batches();
    let report = load::run(address, &test, arguments.clients, arguments.requests).await?;
    println!("{report}");
    println!("{:.1} requests in a batch", arguments.requests as f64 / (batcher.batches() - before) as f64);
    load::leave(address, &test, arguments.clients).await?;
    let after = load::run(address, &test, 4, 100).await?;
    println!("after {} clients left without their answers: {after}", arguments.clients);
    served.abort();
    match report.accuracy() < 0.95 || after.accuracy() < 0.95 {
        true => Err("the answers are worse than what the network reaches".into()),
        false => Ok(()),
    }
}
