package io.deixis.engine;

import ai.djl.Model;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts what is open in the engine on behalf of an object: arrays, and managers of arrays. All
 * managers that the object and its parts hold are counted, and those below them.
 */
final class OpenResources {

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<NDManager> managers = new HashSet<>();

  private OpenResources() {}

  static int of(Object owner) {
    OpenResources open = new OpenResources();
    open.collect(owner);
    if (open.managers.isEmpty()) {
      throw new IllegalArgumentException(owner + " holds no manager of arrays");
    }
    return open.managers.stream().mapToInt(OpenResources::below).sum();
  }

  private void collect(Object part) {
    if (part == null || !seen.add(part)) {
      return;
    }
    if (part instanceof NDManager manager) {
      managers.add(manager);
    } else if (part instanceof Model model) {
      managers.add(model.getNDManager());
    } else if (part.getClass().getName().startsWith("io.deixis.engine.")
        && !part.getClass().isEnum()) {
      for (Field field : part.getClass().getDeclaredFields()) {
        if (!field.getType().isPrimitive()) {
          collect(value(field, part));
        }
      }
    }
  }

  private static int below(Object resource) {
    if (!(resource instanceof BaseNDManager manager)) {
      return 1;
    }
    Collection<?> resources = ((Map<?, ?>) value(field("resources"), manager)).values();
    return 1 + resources.stream().mapToInt(OpenResources::below).sum();
  }

  private static Field field(String name) {
    try {
      return BaseNDManager.class.getDeclaredField(name);
    } catch (NoSuchFieldException otherVersion) {
      throw new IllegalStateException(otherVersion);
    }
  }

  private static Object value(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
