package io.deixis.service.http;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The fields of the form, for the interface's description alone; {@link RequestReader} reads them.
 */
@Schema(name = "GroundForm")
record GroundForm(
    @Schema(
            type = SchemaType.STRING,
            format = "binary",
            description = "JPEG, PNG, WebP, GIF, BMP or TIFF",
            required = true)
        byte[] image,
    @Schema(description = "What to look for; may be repeated", examples = "a cat")
        List<String> phrase,
    @Schema(description = "A sentence instead of phrases, plain or with [/EN#…] markup")
        String caption,
    @Schema(description = "What a person typed instead: a phrase, a question or a sentence")
        String query,
    @Schema(description = "best, default or a number from 0 to 1", defaultValue = "best")
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
        Long imageId) {}
