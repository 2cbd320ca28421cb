package io.deixis.service;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A grounding request as JSON. Members left out are null.
 *
 * @param image the photo's encoded bytes, base64 in the document
 * @param phrases what to look for
 * @param caption a sentence, plain or with {@code [/EN#…]} markup, instead of phrases
 * @param threshold {@code best}, {@code default} or a number from 0 to 1
 * @param top most boxes for each phrase, 1 to 100
 * @param nms IoU in [0, 1] above which the worse of two boxes of a phrase is dropped
 */
@RegisterForReflection
@Schema(name = "GroundRequest")
record GroundRequestDocument(
    @Schema(
            type = SchemaType.STRING,
            format = "byte",
            description = "JPEG, PNG, WebP, GIF, BMP or TIFF in base64",
            required = true)
        byte[] image,
    @Schema(description = "What to look for", examples = "[\"a cat\"]") List<String> phrases,
    @Schema(
            description =
                "A sentence instead of phrases: plain, or with Flickr30k Entities markup as in"
                    + " [/EN#12/people A man]")
        String caption,
    @Schema(
            description =
                "Least score of a box: \"best\" (tuned for F1), \"default\" (0.5) or a number",
            defaultValue = "best")
        String threshold,
    @Schema(description = "Most boxes for each phrase", minimum = "1", maximum = "100") Integer top,
    @Schema(
            description = "Overlap (IoU) above which the worse of two boxes is dropped",
            minimum = "0",
            maximum = "1")
        Double nms) {}
