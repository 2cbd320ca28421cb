/** Line and bar charts: what Qute needs to draw them as SVG. */
package io.deixis.charts;
