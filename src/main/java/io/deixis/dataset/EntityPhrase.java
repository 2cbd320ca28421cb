package io.deixis.dataset;

import java.util.List;

/**
 * A phrase of a caption that is tied to a coreference chain: {@code [/EN#12/people A man]}.
 *
 * @param chain the id of its coreference chain ({@code 12}); phrases of one image that mean the
 *     same thing share it, and {@code 0} stands for "not visual"
 * @param types its entity types in file order ({@code people}, {@code clothing} …), at least one
 * @param text its words, without the markup
 * @param firstChar where it begins in the plain sentence, in UTF-16 units from 0
 */
public record EntityPhrase(String chain, List<String> types, String text, int firstChar) {

  /** Copies the types. */
  public EntityPhrase {
    types = List.copyOf(types);
  }
}
