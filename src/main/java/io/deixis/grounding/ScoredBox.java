package io.deixis.grounding;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.deixis.geometry.Box;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A box with its score.
 *
 * @param box in pixels of the upright image; {@code [x1, y1, x2, y2]} in documents
 * @param score calibrated probability that the phrase means this box, in [0, 1]
 */
@RegisterForReflection(targets = {ScoredBox.class, Box.class})
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScoredBox(
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
        @JsonSerialize(using = Rounded.Edges.class)
        @Schema(
            type = SchemaType.ARRAY,
            implementation = Double.class,
            description = "x1, y1, x2, y2 in pixels of the upright image")
        Box box,
    @JsonSerialize(using = Rounded.Score.class) double score) {}
