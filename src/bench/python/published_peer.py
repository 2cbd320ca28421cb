#!/usr/bin/env python3
"""Published detectors of the real size with random weights, and what they cost in their own library.

    published_peer.py make owlv2-base DIR           writes a folder in the layout of Hugging Face repositories
    published_peer.py make grounding-dino-tiny DIR
    published_peer.py answer DIR PHOTO THREADS      is what PublishedPeer starts: for each phrase it reads, it answers
                                                    it for the photo and prints its milliseconds on the processor and the best score

The tokenizer is the small one of src/test/resources/published/make_golden.py, since no vocabulary comes with random
weights. It makes as many tokens of a phrase as the real one, or a few more.
"""
import os
import pathlib
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]


def make(kind, folder):
    sys.path.insert(0, str(ROOT / "src/test/resources/published"))
    import make_golden as golden

    torch.manual_seed(1)
    if kind == "owlv2-base":
        tokenizer = golden.clip_tokenizer()
        text = dict(bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id)
        config = transformers.Owlv2Config(text_config=text, vision_config=dict(image_size=960, patch_size=16))
        model = transformers.Owlv2ForObjectDetection(config)
        images = transformers.Owlv2ImageProcessor(size={"height": 960, "width": 960})
        processor = transformers.Owlv2Processor(images, tokenizer)
    else:
        config = transformers.GroundingDinoConfig(disable_custom_kernels=True)
        model = transformers.GroundingDinoForObjectDetection(config)
        processor = transformers.GroundingDinoProcessor(
            transformers.GroundingDinoImageProcessor(), golden.bert_tokenizer())
    print(f"{sum(weight.numel() for weight in model.parameters()) / 1e6:.0f} million weights")
    processor.save_pretrained(folder)
    model.save_pretrained(folder)


def answer(folder, photo, threads):
    from PIL import Image

    torch.set_num_threads(int(threads))
    model = transformers.AutoModelForZeroShotObjectDetection.from_pretrained(folder).eval()
    processor = transformers.AutoProcessor.from_pretrained(folder)
    owl = model.config.model_type.startswith("owl")
    print("ready", flush=True)
    for line in sys.stdin:
        phrase = line.strip()
        begun = time.process_time()
        with torch.no_grad():
            image = Image.open(photo).convert("RGB")
            text = [[phrase]] if owl else [phrase]
            inputs = processor(text=text, images=image, return_tensors="pt")
            out = model(**inputs)
            found = processor.post_process_grounded_object_detection(
                out, *([] if owl else [inputs["input_ids"]]), threshold=0.0,
                target_sizes=[(image.height, image.width)])[0]
        taken = 1000 * (time.process_time() - begun)
        # The phrase's own tokens, without its full stop and the marks around all.
        scores = found["scores"] if owl else out.logits[0, :, 1 : inputs["input_ids"].shape[1] - 2].sigmoid().amax(-1)
        x1, y1, x2, y2 = found["boxes"].unbind(-1)
        shown = (x1 < image.width) & (y1 < image.height) & (x2 > 0) & (y2 > 0)
        print(f"{taken} {float(scores[shown].max())}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", sys.argv[-1] if sys.argv[1] == "answer" else "1")
    import torch
    import transformers

    {"make": make, "answer": answer}[sys.argv[1]](*sys.argv[2:])
