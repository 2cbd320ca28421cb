package io.deixis.service.http;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The members of a grounding request as JSON, for the interface's description alone; {@link
 * RequestReader} reads them.
 *
 * @param image the photo's encoded bytes, base64 in the document
 * @param phrases what to look for
 * @param caption a sentence, plain or with {@code [/EN#…]} markup, instead of phrases
 * @param query what a person typed, instead of phrases
 * @param threshold {@code best}, {@code default} or a number from 0 to 1
 * @param top most boxes for each phrase, 1 to 100
 * @param nms IoU in [0, 1] above which the worse of two boxes of a phrase is dropped
 * @param model the name of the model that answers
 * @param imageId the photo's id as the caller counts photos
 * @param fileName the photo's name
 */
@Schema(name = "GroundRequest")
record GroundRequestDocument(
    @Schema(
            type = SchemaType.STRING,
            format = "byte",
            description = "JPEG, PNG, WebP, GIF, BMP or TIFF in base64",
            minLength = 1,
            required = true)
        byte[] image,
    @Schema(description = "What to look for", examples = "[\"a cat\"]", minItems = 1)
        List<String> phrases,
    @Schema(
            description =
                "A sentence instead of phrases: plain, or with Flickr30k Entities markup as in"
                    + " [/EN#12/people A man]")
        String caption,
    @Schema(description = "What a person typed instead: a phrase, a question or a sentence")
        String query,
    @Schema(
            description =
                "Least score of a box: \"best\" (tuned for F1), \"default\" (0.5) or a number",
            defaultValue = "best")
        String threshold,
    @Schema(description = "Most boxes for each phrase", minimum = "1", maximum = "100") Integer top,
    @Schema(
            description =
                "Overlap (IoU) above which the worse of two boxes is dropped; the model's own if"
                    + " missing",
            minimum = "0",
            maximum = "1")
        Double nms,
    @Schema(description = "The model that answers, one of /v1/models; the default one if missing")
        String model,
    @Schema(
            name = "image_id",
            description = "The photo's id in COCO results and CSV",
            defaultValue = "1")
        Long imageId,
    @Schema(name = "file_name", description = "The photo's name in COCO results and CSV")
        String fileName) {}
