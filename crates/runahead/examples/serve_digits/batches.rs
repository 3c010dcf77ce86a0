//! Requests that arrive together are computed together.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use runahead::{AsyncTensor, Device, Literal, Program, device, files};
use tokio::sync::{Semaphore, mpsc, oneshot};

use crate::Error;

/// Pixels of an image.
pub(crate) const PIXELS: usize = 64;
/// Images of a batch of the program's.
const BATCH: usize = 64;
/// Batches under way at once: while one is computed, the next is collected and sent.
const IN_FLIGHT: usize = 2;
/// Requests that may wait for a batch; more are turned away.
const WAITING: usize = 4096;

pub(crate) type Image = [f32; PIXELS];
pub(crate) type Scores = [f32; 10];

/// The program and its weights.
pub(crate) struct Classifier {
    program: Program,
    weights: Vec<AsyncTensor>,
    device: Device,
}

impl Classifier {
    pub(crate) fn load(folder: &Path) -> Result<Classifier, Error> {
        let device = device("cpu")?;
        let program = Program::load(folder.join("classifier.mlir"))?;
        let stored = files::read(folder.join("weights.safetensors"))?;
        let main = program.module().main().ok_or("the program has no main function")?;
        // All but the last, which is the batch.
        let names = main.parameter_names.iter().flatten().take(main.parameter_names.len() - 1);
        let weights = names.map(|name| {
            let weight = stored.iter().find(|(stored, _)| **stored == **name);
            let (_, weight) = weight.ok_or_else(|| format!("there are no weights for {name}"))?;
            Ok::<_, Error>(AsyncTensor::upload(weight, &device)?.named(Arc::clone(name)))
        });
        Ok(Classifier { weights: weights.collect::<Result<_, _>>()?, program, device })
    }

    /// Has the program compiled, before anybody waits for it.
    pub(crate) async fn warm_up(&self) -> Result<(), Error> {
        self.submit(&[[0.0; PIXELS]])?.scores().await.map(drop)
    }

    /// Sends a batch of images on its way.
    fn submit(&self, images: &[Image]) -> Result<UnderWay, Error> {
        let mut pixels = images.concat();
        pixels.resize(BATCH * PIXELS, 0.0);
        let images = AsyncTensor::upload(&Literal::from_elements([BATCH, 8, 8], &pixels)?, &self.device)?;
        let operands: Vec<&AsyncTensor> = self.weights.iter().chain([&images]).collect();
        Ok(UnderWay(self.program.call(operands)?.remove(0)))
    }
}

/// The scores of a batch, on their way.
struct UnderWay(AsyncTensor);

impl UnderWay {
    async fn scores(self) -> Result<Vec<Scores>, Error> {
        let scores = self.0.await?.to_host_async();
        let scores = scores.read().await?.to_elements::<f32>().ok_or("scores are floats")?;
        let rows = scores.chunks_exact(10).map(|row| row.try_into().map_err(Into::into));
        rows.collect()
    }
}

/// An image, and where its scores are waited for.
struct Request {
    image: Image,
    answer: oneshot::Sender<Scores>,
}

/// Where requests are handed in.
#[derive(Clone)]
pub(crate) struct Batcher {
    requests: mpsc::Sender<Request>,
    batches: Arc<AtomicUsize>,
}

impl Batcher {
    /// The scores of an image; `None` where too many wait already, or it could not be computed.
    pub(crate) async fn scores(&self, image: Image) -> Option<Scores> {
        let (answer, scores) = oneshot::channel();
        self.requests.try_send(Request { image, answer }).ok()?;
        scores.await.ok()
    }

    /// How many batches were computed.
    pub(crate) fn batches(&self) -> usize {
        self.batches.load(Ordering::Relaxed)
    }
}

/// Starts to serve requests that are handed in.
pub(crate) fn start(classifier: Classifier) -> Batcher {
    let (requests, mut waiting) = mpsc::channel::<Request>(WAITING);
    let batches = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&batches);
    tokio::spawn(async move {
        let room = Arc::new(Semaphore::new(IN_FLIGHT));
        loop {
            // With room first, what arrives until there is some is computed together.
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
            let mut batch = Vec::with_capacity(BATCH);
            if waiting.recv_many(&mut batch, BATCH).await == 0 {
                return;
            }
            // Who has left needs no answer.
            batch.retain(|request| !request.answer.is_closed());
            if batch.is_empty() {
                continue;
            }
            count.fetch_add(1, Ordering::Relaxed);
            let images: Vec<Image> = batch.iter().map(|request| request.image).collect();
            match classifier.submit(&images) {
                Ok(under_way) => drop(tokio::spawn(answer(batch, under_way, place))),
                Err(error) => eprintln!("a batch could not be submitted: {error}"),
            }
        }
    });
    Batcher { requests, batches }
}

/// Answers the requests of a batch when it is computed.
async fn answer(batch: Vec<Request>, under_way: UnderWay, _place: tokio::sync::OwnedSemaphorePermit) {
    match under_way.scores().await {
        // Who has left meanwhile is nobody to be told.
        Ok(scores) => {
            batch.into_iter().zip(scores).for_each(|(request, scores)| drop(request.answer.send(scores)))
        }
        Err(error) => eprintln!("a batch failed: {error}"),
    }
}
