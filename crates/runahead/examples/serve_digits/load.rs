//! Requests by many clients at once, each over a connection of its own.

use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use runahead::files;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::Error;
use crate::batches::PIXELS;

/// Images whose digits are known, as requests.
#[derive(Clone)]
pub(crate) struct Test(Arc<Vec<(Vec<u8>, i32)>>);

impl Test {
    pub(crate) fn read(folder: &Path) -> Result<Test, Error> {
        let images = files::read_npy(folder.join("test_images.npy"))?.to_elements::<f32>().ok_or("floats")?;
        let labels =
            files::read_npy(folder.join("test_labels.npy"))?.to_elements::<i32>().ok_or("integers")?;
        let requests = images.chunks_exact(PIXELS).zip(labels).map(|(image, label)| {
            let body = serde_json::to_string(image)?;
            let length = body.len();
            let head =
                format!("POST /classify HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n");
            Ok::<_, Error>(((head + &body).into_bytes(), label))
        });
        Ok(Test(Arc::new(requests.collect::<Result<_, _>>()?)))
    }
}

/// What came of a load.
pub(crate) struct Report {
    latencies: Vec<Duration>,
    right: usize,
    took: Duration,
}

impl Report {
    /// The share of answers with the right digit.
    pub(crate) fn accuracy(&self) -> f64 {
        self.right as f64 / self.latencies.len().max(1) as f64
    }

    /// The latency that a share of the requests stayed within.
    fn within(&self, share: f64) -> Duration {
        let last = self.latencies.len().saturating_sub(1);
        self.latencies.get((last as f64 * share) as usize).copied().unwrap_or_default()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = self.latencies.len() as f64 / self.took.as_secs_f64();
        write!(
            f,
            "{} requests, {rate:.0} per second, p50 {:.2?}, p99 {:.2?}, longest {:.2?}, {:.1}% right",
            self.latencies.len(),
            self.within(0.5),
            self.within(0.99),
            self.within(1.0),
            100.0 * self.accuracy(),
        )
    }
}

/// That many requests, by that many clients.
pub(crate) async fn run(
    server: SocketAddr,
    test: &Test,
    clients: usize,
    requests: usize,
) -> Result<Report, Error> {
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let clients: Vec<_> = (0..clients.max(1))
        .map(|_| tokio::spawn(client(server, test.clone(), Arc::clone(&next), requests)))
        .collect();
    let mut report = Report { latencies: Vec::new(), right: 0, took: Duration::ZERO };
    for client in clients {
        let (latencies, right) = client.await??;
        report.latencies.extend(latencies);
        report.right += right;
    }
    report.took = start.elapsed();
    report.latencies.sort();
    Ok(report)
}

/// Requests, one after the other, until there were as many as there are to be.
async fn client(
    server: SocketAddr,
    test: Test,
    next: Arc<AtomicUsize>,
    requests: usize,
) -> Result<(Vec<Duration>, usize), Error> {
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let (mut latencies, mut right) = (Vec::new(), 0);
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= requests {
            return Ok((latencies, right));
        }
        let (request, label) = &test.0[number % test.0.len()];
        let start = Instant::now();
        stream.get_mut().write_all(request).await?;
        let answer: serde_json::Value = serde_json::from_slice(&body(&mut stream).await?)?;
        latencies.push(start.elapsed());
        right += usize::from(answer["digit"] == *label);
    }
}

/// The body of the next response.
async fn body(stream: &mut BufReader<TcpStream>) -> Result<Vec<u8>, Error> {
    let (mut line, mut length, mut ok) = (String::new(), 0, None);
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Err("the server hung up".into());
        }
        let text = line.trim_end();
        ok.get_or_insert_with(|| text.contains(" 200 "));
        match text.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse()?
            }
            None if text.is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    match ok {
        Some(true) => Ok(body),
        _ => Err(String::from_utf8_lossy(&body).into()),
    }
}

/// Clients that send a request and leave before the answer, or in the middle of what they send.
pub(crate) async fn leave(server: SocketAddr, test: &Test, clients: usize) -> Result<(), Error> {
    for i in 0..clients {
        let mut stream = TcpStream::connect(server).await?;
        let request = &test.0[i % test.0.len()].0;
        let sent = if i % 2 == 0 { request.len() } else { request.len() / 2 };
        stream.write_all(&request[..sent]).await?;
    }
    Ok(())
}
